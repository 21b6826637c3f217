//! The gate: what is JSON to us, and where a fault is.

use engagement_playbook::exchange::json::{DEEPEST, Document, JsonFault, JsonFaultKind, Limits, bytes_of_units, read};
use serde_json::{Value, json};

fn reading(text: &str) -> Result<Document, JsonFault> {
    read(
        text.as_bytes(),
        Limits {
            depth: DEEPEST,
            items: 1_000,
        },
    )
}

fn kind(text: &str) -> JsonFaultKind {
    reading(text).expect_err(text).kind
}

/// Line, column, path and kind.
fn place(text: &str) -> (usize, usize, String, JsonFaultKind) {
    let fault = reading(text).expect_err(text);
    (fault.line, fault.column, fault.path.join("."), fault.kind)
}

fn nested(depth: usize) -> String {
    format!("{}{}", "[".repeat(depth), "]".repeat(depth))
}

#[test]
fn every_kind_of_value_is_read_and_counted() {
    let text = r#" {"a": [null, true, -3, 18446744073709551615, 2.5, "ü\n😀\u0041"], "b": {"": {}}} "#;
    let document = reading(text).expect("JSON");
    assert_eq!(
        document.value,
        json!({"a": [null, true, -3, u64::MAX, 2.5, "ü\n😀A"], "b": {"": {}}})
    );
    assert_eq!(document.items, 9);
}

#[test]
fn a_fault_says_its_line_its_column_and_where_it_is() {
    assert_eq!(
        place("{\"tasks\": {\"994\":\n  [1, x]}}"),
        (2, 7, "tasks.994.1".into(), JsonFaultKind::Syntax)
    );
    assert_eq!(
        place("{\"日本\": \"日本\", 5}"),
        (1, 14, String::new(), JsonFaultKind::Syntax)
    );
    assert_eq!(place(r#"{"a": 1,}"#), (1, 9, String::new(), JsonFaultKind::Syntax));
    assert_eq!(place("<!doctype html>"), (1, 1, String::new(), JsonFaultKind::Syntax));
}

#[test]
fn a_text_that_ends_early_or_late_is_told_apart() {
    for text in ["", "  \n", "{", "[1,", "{\"a\"", "\"x", "tru"] {
        assert_eq!(kind(text), JsonFaultKind::EndsEarly, "{text}");
    }
    assert_eq!(place("{}\n{}"), (2, 1, String::new(), JsonFaultKind::TrailingText));
    assert_eq!(kind("{} x"), JsonFaultKind::TrailingText);
    assert_eq!(kind("{}\0"), JsonFaultKind::TrailingText);
    assert!(reading("{} \r\n\t").is_ok());
}

#[test]
fn javascript_that_is_not_json_is_refused() {
    for text in [
        "NaN",
        "Infinity",
        "{a:1}",
        "{'a':1}",
        "[1,]",
        "//x\n1",
        "+1",
        "01",
        ".5",
        "\"\t\"",
        "\"\\x41\"",
        "1_0",
    ] {
        assert!(
            matches!(kind(text), JsonFaultKind::Syntax | JsonFaultKind::TrailingText),
            "{text}"
        );
    }
}

#[test]
fn t16_nesting_is_accepted_to_32_and_no_deeper() {
    for good in [1, 31, 32] {
        assert!(reading(&nested(good)).is_ok(), "{good}");
    }
    for bad in [33, 128, 100_000] {
        let fault = reading(&nested(bad)).expect_err("too deep");
        assert_eq!(fault.kind, JsonFaultKind::TooDeep { limit: 32 });
        assert_eq!((fault.line, fault.path.len()), (1, 32));
        assert!((33..=34).contains(&fault.column), "{}", fault.column);
        assert_eq!(kind(&"{\"a\":".repeat(bad)), JsonFaultKind::TooDeep { limit: 32 });
    }
    let side_by_side = format!("[{},{}]", nested(31), nested(31));
    assert!(reading(&side_by_side).is_ok(), "depth is no count of brackets");
}

#[test]
fn t16_a_flood_of_items_is_refused_before_it_is_built() {
    let exactly = format!("[0{}]", ",0".repeat(999));
    assert_eq!(reading(&exactly).expect("at the limit").items, 1_000);
    assert_eq!(
        kind(&format!("[0{}]", ",0".repeat(1_000_000))),
        JsonFaultKind::TooManyItems { limit: 1_000 }
    );
    let members: Vec<String> = (0..1_001).map(|n| format!("\"{n}\":{{}}")).collect();
    assert_eq!(
        kind(&format!("{{{}}}", members.join(","))),
        JsonFaultKind::TooManyItems { limit: 1_000 }
    );
    let broken_behind_the_limit = format!("[0{}, broken", ",0".repeat(1_000));
    assert_eq!(
        kind(&broken_behind_the_limit),
        JsonFaultKind::TooManyItems { limit: 1_000 }
    );
}

#[test]
fn t16_extreme_numbers_are_kept_or_refused_by_name() {
    for number in [
        "1e308",
        "-0.0",
        "5e-324",
        "0.1",
        "9007199254740993",
        "-9223372036854775808",
        "18446744073709551615",
    ] {
        let value = reading(number).expect(number).value;
        assert_eq!(
            reading(&value.to_string()).expect("its text").value.to_string(),
            value.to_string()
        );
        assert_eq!(
            value.to_string().parse::<f64>().map(f64::to_bits),
            number.parse::<f64>().map(f64::to_bits)
        );
    }
    assert_eq!(
        reading("9007199254740993").expect("2^53 + 1").value,
        json!(9_007_199_254_740_993_u64)
    );
    assert_eq!(reading("-0").expect("minus zero").value.to_string(), "-0.0");
    for number in ["1e999", "-1e999", &"9".repeat(400)] {
        assert_eq!(kind(number), JsonFaultKind::NumberOutOfRange, "{number}");
    }
    assert_eq!(
        place("{\"a\":\n[0, 1e999]}"),
        (2, 9, "a.1".into(), JsonFaultKind::NumberOutOfRange)
    );
}

/// `serde_json` reads doubles inexactly by default, and tests would not notice: one of their tools switches it on.
#[test]
fn t16_the_app_reads_doubles_as_exactly_as_the_tests_do() {
    let manifest = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).expect("Cargo.toml");
    let of_the_app = manifest.split("[dev-dependencies]").next().unwrap_or_default();
    let line = of_the_app
        .lines()
        .find(|line| line.starts_with("serde_json"))
        .unwrap_or_default();
    assert!(
        line.contains("\"float_roundtrip\""),
        "add features = [\"float_roundtrip\"] to serde_json in [dependencies]"
    );
}

#[test]
fn t17_a_name_may_stand_once_in_an_object() {
    assert_eq!(
        place("{\"a\":1,\n\"a\":1}"),
        (2, 3, "a".into(), JsonFaultKind::DuplicateKey)
    );
    assert_eq!(place(r#"{"x":[0,{"b":{"c":1,"d":2,"c":{}}}]}"#).2, "x.1.b.c");
    assert_eq!(
        kind(r#"{"a":1,"\u0061":1}"#),
        JsonFaultKind::DuplicateKey,
        "two spellings of one name"
    );
    assert_eq!(kind(r#"{"":1,"":1}"#), JsonFaultKind::DuplicateKey);
    assert_eq!(kind(r#"{"__proto__":1,"__proto__":1}"#), JsonFaultKind::DuplicateKey);
    assert!(reading(r#"{"a":{"a":1},"b":{"a":1},"A":1}"#).is_ok(), "once each");
    assert!(
        reading("{\"\u{e9}\":1,\"e\u{301}\":1}").is_ok(),
        "other bytes are another name"
    );
}

#[test]
fn t20_half_a_surrogate_pair_is_no_text() {
    for text in [
        r#""\ud83d""#,
        r#""\udc00""#,
        r#""\ud83dx""#,
        r#""\ud83d\n""#,
        r#""\ud83d\ud83d""#,
        r#"{"\ud83d":1}"#,
    ] {
        assert_eq!(kind(text), JsonFaultKind::LoneSurrogate, "{text}");
    }
    assert_eq!(place(r#"{"notes": "\udc00"}"#).2, "notes");
    assert_eq!(reading(r#""\ud83d\ude00""#).expect("a pair").value, json!("😀"));
}

#[test]
fn t20_half_a_character_that_is_pasted_is_refused_by_its_place() {
    let whole: Vec<u16> = "{\n\"日本 😀\": 1}".encode_utf16().collect();
    assert_eq!(bytes_of_units(&whole), "{\n\"日本 😀\": 1}".as_bytes());
    for half in [0xd800_u16, 0xd83d, 0xdbff, 0xdc00, 0xdfff] {
        let mut units = whole.clone();
        units.splice(6..8, [half]);
        let bytes = bytes_of_units(&units);
        let fault = read(&bytes, Limits { depth: 32, items: 9 }).expect_err("half a character");
        assert_eq!(
            (fault.line, fault.column, fault.kind),
            (2, 5, JsonFaultKind::NotUtf8),
            "{half:x}"
        );
    }
}

#[test]
fn t20_bytes_that_are_not_utf8_are_refused_with_their_place() {
    let read = |bytes: &[u8]| {
        let fault = read(bytes, Limits { depth: 32, items: 9 }).expect_err("not UTF-8");
        (fault.line, fault.column, fault.kind)
    };
    assert_eq!(read(b"\"\xff\""), (1, 2, JsonFaultKind::NotUtf8));
    assert_eq!(
        read(
            "{\n\"日本"
                .bytes()
                .chain([0xed, 0xa0, 0x80])
                .collect::<Vec<_>>()
                .as_slice()
        ),
        (2, 4, JsonFaultKind::NotUtf8)
    );
    assert_eq!(read(b"PK\x03\x04\x8a\x00"), (1, 5, JsonFaultKind::NotUtf8), "a ZIP");
    assert_eq!(read(b"\x89PNG"), (1, 1, JsonFaultKind::NotUtf8), "an image");
    assert_eq!(read(b"\xff\xfe{\0}\0"), (1, 1, JsonFaultKind::NotUtf8), "UTF-16");
    assert_eq!(read(b"\xef\xbb\xbf{}"), (1, 1, JsonFaultKind::ByteOrderMark));
}

#[test]
fn names_of_prototypes_are_names_like_any_other() {
    let value = reading(r#"{"__proto__": {"constructor": 1}}"#).expect("JSON").value;
    assert_eq!(value["__proto__"]["constructor"], Value::from(1));
}
