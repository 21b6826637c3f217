//! Everything that is refused, with the place and the reason; the list of data.md.

use super::made::{contoso, contoso_with, damages, imported, mark};
use engagement_playbook::{
    engagement::{Engagement, FaultKind},
    exchange::{
        ImportError, LARGEST_ENGAGEMENT, LARGEST_FILE, MOST_ITEMS_OF_A_FILE, MOST_ITEMS_OF_AN_ENGAGEMENT, export,
        import,
        json::{JsonFault, JsonFaultKind},
    },
};
use serde_json::{Value, json};

fn refused(text: &str) -> ImportError {
    import(text.as_bytes()).expect_err("refused")
}

/// Zeros as an unknown member of an engagement that has two members besides it.
fn flood(items: usize) -> String {
    let list = format!("[0{}]", ",0".repeat(items - 4));
    format!(r#"{{"format":"engagement-playbook/engagement","version":1,"id":"a","replicas":{{}},"x":{list}}}"#)
}

fn several(engagements: &[String]) -> String {
    format!(
        r#"{{"format":"engagement-playbook/engagements","version":1,"engagements":[{}]}}"#,
        engagements.join(",")
    )
}

#[test]
fn a_damaged_value_is_named_with_its_place() {
    for (path, value, fault, _) in damages() {
        let error = refused(&contoso_with(&path, value.clone()).to_string());
        assert_eq!(error.code(), "import_damaged", "{path:?} {value}");
        let [("path", place), ("fault", code)] = &error.args()[..] else {
            panic!("{error:?}")
        };
        assert!(place.starts_with(path[0]), "{place}");
        assert_eq!(code, fault, "{place} {value}");
    }
}

#[test]
fn the_place_of_a_date_that_is_none_reads_like_a_path() {
    let error = refused(&contoso_with(&["tasks", "994", "due"], json!(["2026-02-30", mark(1)])).to_string());
    assert_eq!(
        error.args(),
        [
            ("path", "tasks.994.due".to_owned()),
            ("fault", "fault_not_a_date".to_owned())
        ]
    );
    assert_eq!(error.to_string(), "tasks.994.due: NotADate");
}

#[test]
fn what_stands_at_the_edge_is_accepted() {
    for (path, value) in [
        (vec!["tasks", "994", "due"], json!("1970-01-01")),
        (vec!["tasks", "994", "due"], json!("2199-12-31")),
        (vec!["tasks", "994", "due"], json!("2024-02-29")),
        (vec!["tasks", "994", "due"], Value::Null),
        (vec!["notes", "note-1", "text"], json!("x".repeat(65_536))),
        (vec!["notes", "note-1", "text"], json!("é".repeat(32_768))),
        (vec!["services", "teams", "entitlements"], json!(u32::MAX)),
    ] {
        imported(&contoso_with(&path, json!([value, mark(1)])).to_string());
    }
    imported(&contoso_with(&["id"], json!("x".repeat(256))).to_string());
    let most = 1_u64 << 40;
    let mut file = contoso_with(&["replicas", "ZZZZZZZZ"], json!(["Zoë", "en", most]));
    file["tasks"]["994"]["owner"] = json!(["x", format!("6j7kp39vv.ZZZZZZZZ.{most}.{most}")]);
    let engagement = imported(&file.to_string());
    assert_eq!(engagement.owner(&"994".into()), "x");
    assert_eq!(export(&[&imported(&export(&[&engagement]))]), export(&[&engagement]));
}

#[test]
fn what_must_be_there_is_missed() {
    for name in ["id", "replicas"] {
        let mut file = contoso_with(&[], serde_json::from_str(&export(&[&contoso()])).expect("JSON"));
        file.as_object_mut().expect("an object").remove(name);
        assert_eq!(refused(&file.to_string()).to_string(), format!("{name}: Missing"));
    }
}

#[test]
fn t16_an_engagement_nested_deeper_than_32_is_refused() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let file = |depth: usize| {
        format!(
            r#"{{"format":"engagement-playbook/engagement","version":1,"id":"a","replicas":{{}},"x":{}}}"#,
            nested(depth - 1)
        )
    };
    for good in [31, 32] {
        let engagement = imported(&file(good));
        let both = export(&[&engagement, &Engagement::new("b".into())]);
        assert_eq!(
            import(both.as_bytes()).expect("what is exported together is imported again")[0],
            engagement
        );
    }
    for bad in [33, 128, 100_000] {
        assert_eq!(refused(&file(bad)).code(), "import_too_deep");
        assert_eq!(
            refused(&several(&[file(bad)])).code(),
            "import_too_deep",
            "also among several"
        );
    }
    let named_like_the_list = file(34).replace("\"x\":", "\"engagements\":");
    assert_eq!(refused(&named_like_the_list).code(), "import_too_deep");
}

#[test]
fn t16_one_engagement_may_have_20_000_items() {
    let engagement = imported(&flood(MOST_ITEMS_OF_AN_ENGAGEMENT));
    assert_eq!(imported(&export(&[&engagement])), engagement);
    let limit = ImportError::TooManyItems { limit: 20_000 };
    assert_eq!(refused(&flood(MOST_ITEMS_OF_AN_ENGAGEMENT + 1)), limit);
    assert_eq!(refused(&several(&[flood(MOST_ITEMS_OF_AN_ENGAGEMENT + 1)])), limit);
    assert_eq!(
        refused(&flood(1_000_000)),
        ImportError::TooManyItems {
            limit: MOST_ITEMS_OF_A_FILE
        }
    );
}

#[test]
fn t16_a_file_of_several_may_have_400_000_items() {
    let engagements = |count: usize| {
        let one = |n: usize| flood(MOST_ITEMS_OF_AN_ENGAGEMENT).replace("\"id\":\"a\"", &format!("\"id\":\"a{n}\""));
        several(&(0..count).map(one).collect::<Vec<_>>())
    };
    assert_eq!(import(engagements(19).as_bytes()).map(|all| all.len()), Ok(19));
    assert_eq!(
        refused(&engagements(20)),
        ImportError::TooManyItems { limit: 400_000 },
        "with the members of the wrapping"
    );
}

#[test]
fn t15_one_engagement_may_have_8_mb_and_a_file_of_several_32() {
    let large = |size: usize| {
        let text = flood(10).replace("[0,", &format!("[\"{}\",", "x".repeat(size)));
        assert!(text.len() > size);
        text
    };
    imported(&large((8 << 20) - 500));
    let ImportError::TooLarge {
        size,
        limit: LARGEST_ENGAGEMENT,
    } = refused(&large(8 << 20))
    else {
        panic!("too large")
    };
    assert!(size > 8 << 20);
    let two = [large(4 << 20), large(5 << 20).replace("\"id\":\"a\"", "\"id\":\"b\"")];
    assert_eq!(
        import(several(&two).as_bytes()).map(|all| all.len()),
        Ok(2),
        "9 MB together"
    );
    assert!(matches!(
        refused(&several(&[large(8 << 20)])),
        ImportError::TooLarge {
            limit: LARGEST_ENGAGEMENT,
            ..
        }
    ));
    assert!(matches!(
        refused(&large(32 << 20)),
        ImportError::TooLarge {
            limit: LARGEST_FILE,
            ..
        }
    ));
}

#[test]
fn every_error_has_a_code_and_the_facts_for_its_sentence() {
    let json = |kind| {
        ImportError::NotJson(JsonFault {
            line: 3,
            column: 4,
            path: vec!["tasks".into(), "994".into()],
            kind,
        })
    };
    let facts = |error: &ImportError| {
        let args: Vec<String> = error
            .args()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        format!("{}({})", error.code(), args.join(", "))
    };
    let errors = [
        ImportError::TooLarge { size: 9, limit: 8 },
        ImportError::TooManyItems { limit: 7 },
        ImportError::NotOurs,
        ImportError::NotAVersion,
        ImportError::Newer { version: 2 },
        ImportError::Twice { id: "a".into() },
        ImportError::Empty,
        json(JsonFaultKind::NotUtf8),
        json(JsonFaultKind::ByteOrderMark),
        json(JsonFaultKind::Syntax),
        json(JsonFaultKind::EndsEarly),
        json(JsonFaultKind::TrailingText),
        json(JsonFaultKind::DuplicateKey),
        json(JsonFaultKind::NumberOutOfRange),
        json(JsonFaultKind::LoneSurrogate),
        json(JsonFaultKind::TooDeep { limit: 32 }),
    ];
    let lines: Vec<String> = errors
        .iter()
        .map(|error| format!("{} | {error}", facts(error)))
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    import_too_large(size=9, limit=8) | 9 bytes, at most 8
    import_too_many_items(limit=7) | more than 7 items
    import_not_ours() | not an engagement file
    import_not_a_version() | no version
    import_newer(version=2) | version 2 is newer than this app
    import_twice(id=a) | the engagement a stands there twice
    import_empty() | no engagement in it
    import_not_utf8(line=3, column=4, path=tasks.994) | not UTF-8 at line 3, column 4
    import_byte_order_mark(line=3, column=4, path=tasks.994) | byte order mark at line 3, column 4
    import_not_json(line=3, column=4, path=tasks.994) | not JSON at line 3, column 4
    import_ends_early(line=3, column=4, path=tasks.994) | the text ends too early at line 3, column 4
    import_trailing_text(line=3, column=4, path=tasks.994) | text after the end at line 3, column 4
    import_duplicate_key(line=3, column=4, path=tasks.994) | duplicate key at line 3, column 4
    import_number_out_of_range(line=3, column=4, path=tasks.994) | number out of range at line 3, column 4
    import_lone_surrogate(line=3, column=4, path=tasks.994) | lone surrogate at line 3, column 4
    import_too_deep(line=3, column=4, path=tasks.994, limit=32) | nested deeper than 32 at line 3, column 4
    ");
    let mut codes: Vec<&str> = errors.iter().map(ImportError::code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), errors.len(), "no two errors share a code");
}

#[test]
fn every_fault_has_a_code_of_its_own_and_is_met_in_these_tests() {
    use FaultKind::*;
    let all = [
        Missing,
        NotAnObject,
        NotAField,
        NotAMark,
        NotInReplicas,
        NotASession,
        NotAnId,
        NotText,
        TextTooLong,
        NotADate,
        NotANumber,
        NotYesNo,
        NotAList,
    ];
    let met: Vec<&str> = damages()
        .into_iter()
        .map(|(_, _, fault, _)| fault)
        .chain(["fault_missing"])
        .collect();
    for kind in all {
        assert_eq!(all.iter().filter(|other| other.code() == kind.code()).count(), 1);
        assert!(met.contains(&kind.code()), "{}", kind.code());
    }
}

#[test]
fn a_hostile_name_does_not_become_a_hostile_message() {
    let long = "ä".repeat(1_000_000);
    let error = refused(&contoso_with(&["tasks", &long], json!({})).to_string());
    assert_eq!(error.args()[0].1, format!("tasks.{}…", "ä".repeat(60)));
    assert!(error.to_string().len() < 200);
}
