//! The file itself: what it looks like, how several travel together, and which versions are read.

use super::made::{by, contoso, contoso_with, imported, mark, note, owner};
use crate::support::draw;
use engagement_playbook::{
    engagement::{Change, Engagement, Signature},
    exchange::{ImportError, LARGEST_FILE, check_size, export, import, is_sample},
    playbook::EngagementId,
};
use serde_json::{Value, json};

fn refused(text: &str) -> ImportError {
    import(text.as_bytes()).expect_err(text)
}

#[test]
fn a_file_has_one_item_a_line_and_sorted_names() {
    let mut engagement = Engagement::new("contoso-1".into());
    by("anna", 0, &mut engagement, owner("Zoë 様"));
    by("anna", 1, &mut engagement, note("b", "zwei\nZeilen"));
    by("anna", 2, &mut engagement, note("a", "eins"));
    by(
        "ben",
        3,
        &mut engagement,
        Change::SetCheck("conduct-customer-kickoff".into(), "ki.team".into(), true),
    );
    insta::assert_snapshot!(export(&[&engagement]), @r#"
    {
      "format": "engagement-playbook/engagement",
      "version": 1,
      "id": "contoso-1",
      "checks": {
        "conduct-customer-kickoff": {
          "ki.team": {"done":[true,"1k7tme603.0000025E.1"]}
        }
      },
      "history": {
        "0000025E.1": [1795219200003,[["checks","conduct-customer-kickoff","ki.team","done"],true]],
        "00001EE1.1": [1795219200000,[["tasks","994","owner"],"Zoë 様"]],
        "00001EE1.2": [1795219200001,[["notes","b","text"],"zwei\nZeilen"],[["notes","b","process"],"conduct-customer-kickoff"],[["notes","b","on"],"2026-11-20"],[["notes","b","language"],"de"]],
        "00001EE1.3": [1795219200002,[["notes","a","text"],"eins"],[["notes","a","process"],"conduct-customer-kickoff"],[["notes","a","on"],"2026-11-20"],[["notes","a","language"],"de"]]
      },
      "notes": {
        "a": {"language":["de","1k7tme602.00001EE1.3"],"on":["2026-11-20","1k7tme602.00001EE1.3"],"process":["conduct-customer-kickoff","1k7tme602.00001EE1.3"],"text":["eins","1k7tme602.00001EE1.3"]},
        "b": {"language":["de","1k7tme601.00001EE1.2"],"on":["2026-11-20","1k7tme601.00001EE1.2"],"process":["conduct-customer-kickoff","1k7tme601.00001EE1.2"],"text":["zwei\nZeilen","1k7tme601.00001EE1.2"]}
      },
      "replicas": {
        "0000025E": ["ben","de",1],
        "00001EE1": ["anna","de",3]
      },
      "tasks": {
        "994": {"owner":["Zoë 様","1k7tme600.00001EE1.1"]}
      }
    }
    "#);
}

#[test]
fn an_empty_engagement_has_a_file_too() {
    let empty = Engagement::new("e".into());
    let text = export(&[&empty]);
    assert_eq!(
        text,
        "{\n  \"format\": \"engagement-playbook/engagement\",\n  \"version\": 1,\n  \"id\": \"e\",\n  \"replicas\": {}\n}\n"
    );
    assert_eq!(imported(&text), empty);
}

#[test]
fn several_stand_in_one_file_sorted_by_id() {
    let [a, b] = ["a", "b"].map(|id| Engagement::new(id.into()));
    let text = export(&[&b, &a]);
    assert_eq!(text, export(&[&a, &b]));
    insta::assert_snapshot!(text, @r#"
    {
      "format": "engagement-playbook/engagements",
      "version": 1,
      "engagements": [
        {
          "id": "a",
          "replicas": {}
        },
        {
          "id": "b",
          "replicas": {}
        }
      ]
    }
    "#);
    assert_eq!(import(text.as_bytes()), Ok(vec![a, b]));
}

#[test]
fn a_fault_in_one_of_several_says_in_which() {
    let text = export(&[&contoso(), &Engagement::new("b".into())]);
    let text = text.replace("\"id\": \"contoso-1\"", "\"id\": \"contoso 1\"");
    let error = refused(&text);
    assert_eq!(
        error.args(),
        vec![
            ("path", "engagements.1.id".to_owned()),
            ("fault", "fault_not_an_id".to_owned())
        ]
    );
}

#[test]
fn a_file_of_several_needs_engagements_and_each_once() {
    let several = |list: &str| format!(r#"{{"format":"engagement-playbook/engagements","version":1{list}}}"#);
    let one = r#"{"id":"a","replicas":{}}"#;
    assert_eq!(refused(&several(r#","engagements":[]"#)), ImportError::Empty);
    assert_eq!(refused(&export(&[])), ImportError::Empty);
    assert_eq!(refused(&several("")).to_string(), "engagements: Missing");
    assert_eq!(
        refused(&several(r#","engagements":{}"#)).to_string(),
        "engagements: NotAList"
    );
    assert_eq!(
        refused(&several(r#","engagements":[7]"#)).to_string(),
        "engagements.0: NotAnObject"
    );
    assert_eq!(
        refused(&several(&format!(r#","engagements":[{one},{one}]"#))),
        ImportError::Twice { id: "a".into() }
    );
    assert!(import(several(&format!(r#","engagements":[{one}]"#)).as_bytes()).is_ok());
}

#[test]
fn t13_a_newer_file_is_refused_and_said_so() {
    for version in [2_u64, 101, u64::MAX] {
        let mut newer = contoso_with(&["version"], json!(version));
        newer["tasks"] = json!("of a shape that nobody knows yet");
        assert_eq!(refused(&newer.to_string()), ImportError::Newer { version });
    }
    assert!(import(contoso_with(&["version"], json!(1)).to_string().as_bytes()).is_ok());
}

#[test]
fn t13_a_version_that_is_none_is_refused() {
    for version in [json!(0), json!(-1), json!("1"), json!(1.5), json!(1.0), Value::Null] {
        assert_eq!(
            refused(&contoso_with(&["version"], version).to_string()),
            ImportError::NotAVersion
        );
    }
}

#[test]
fn json_that_is_not_ours_is_refused() {
    for text in [
        "{}",
        "[]",
        "null",
        "5",
        "\"engagement-playbook/engagement\"",
        r#"{"format":"x","version":1}"#,
        r#"{"format":1}"#,
    ] {
        assert_eq!(refused(text), ImportError::NotOurs);
    }
}

#[test]
fn t15_the_size_is_checked_before_anything_is_read() {
    assert_eq!(check_size(LARGEST_FILE), Ok(()));
    for size in [LARGEST_FILE + 1, 50 << 20, 5 << 30] {
        assert_eq!(check_size(size), Err(ImportError::TooLarge { size, limit: 32 << 20 }));
    }
    let not_even_text = vec![0xff; (32 << 20) + 1];
    assert_eq!(import(&not_even_text).expect_err("large").code(), "import_too_large");
}

#[test]
fn t15_other_kinds_of_files_are_refused_by_name() {
    for (bytes, code) in [
        (&b"PK\x03\x04\x14\x00\x08\x08\x08\x00\x8a\xb6"[..], "import_not_utf8"),
        (b"\x89PNG\r\n\x1a\n", "import_not_utf8"),
        (b"\xff\xd8\xff\xe0JFIF", "import_not_utf8"),
        (b"<!doctype html><title>Sign in</title>", "import_not_json"),
        (b"%PDF-1.7", "import_not_json"),
        (b"Customer;Tenant\n", "import_not_json"),
        (&[0; 4096], "import_not_json"),
        (b"", "import_ends_early"),
    ] {
        assert_eq!(import(bytes).expect_err("not JSON").code(), code);
    }
}

#[test]
fn t17_duplicate_keys_are_refused_also_in_maps() {
    let text = export(&[&contoso()]);
    for (name, twice) in [
        ("\"version\": 1", "\"version\": 1, \"version\": 1"),
        ("\"994\":", "\"994\": {}, \"994\":"),
        ("\"notes\": {", "\"notes\": {}, \"notes\": {"),
        (
            "\"replicas\": {",
            "\"replicas\": {\"00000001\": [\"\",\"\",1], \"00000001\": [\"\",\"\",1],",
        ),
    ] {
        assert_eq!(text.matches(name).count(), 1, "{name}");
        assert_eq!(
            refused(&text.replace(name, twice)).code(),
            "import_duplicate_key",
            "{name}"
        );
    }
}

#[test]
fn t18_names_of_prototypes_are_ids_like_any_other() {
    for id in ["__proto__", "constructor", "toString", "conflict", "removed"] {
        let file = contoso_with(&["tasks", id], json!({ "owner": ["Ben", mark(1)] })).to_string();
        let engagement = imported(&file);
        let task = engagement_playbook::playbook::TaskId::parse(id).expect("an id");
        assert_eq!(engagement.owner(&task), "Ben");
        let text = export(&[&engagement]);
        assert!(text.contains(&format!("\"{id}\": {{\"owner\":[\"Ben\",")), "{text}");
        assert_eq!(export(&[&imported(&text)]), text);
    }
    let file = contoso_with(&["id"], json!("__proto__")).to_string();
    assert_eq!(imported(&file).id().as_str(), "__proto__");
    assert_eq!(
        refused(&contoso_with(&["id"], json!("")).to_string()).to_string(),
        "id: NotAnId"
    );
}

#[test]
fn t20_odd_text_is_kept_byte_for_byte() {
    for text in [
        "a\0b",
        "\u{202e}gpj.exe\u{202c} \u{2066}x\u{2069}",
        "zero\u{200b}width\u{200d}\u{feff}",
        "\u{e9} \u{65}\u{301} \u{ac00} \u{1100}\u{1161}",
        "😀 𠮷 👩\u{200d}👩\u{200d}👧",
        "\u{85}\u{2028}\u{2029}\u{7f}\u{fffe}\u{10ffff}",
        "\\u0041 \\ \" / \r\n\t\u{8}\u{c}\u{1b}",
        "</script><img src=x onerror=alert(1)>",
    ] {
        let mut engagement = Engagement::new("e".into());
        by("anna", 0, &mut engagement, owner(text));
        let file = export(&[&engagement]);
        let again = imported(&file);
        assert_eq!(again.owner(&"994".into()), text);
        assert_eq!(export(&[&again]), file);
    }
    let mut composed = Engagement::new("e".into());
    by("anna", 0, &mut composed, owner("\u{e9}"));
    assert!(
        export(&[&composed]).contains('\u{e9}'),
        "letters stand as they are, not as escapes"
    );
}

#[test]
fn the_sample_is_known_by_its_id() {
    for (id, sample) in [
        ("sample", true),
        ("sample-2", true),
        ("contoso-sample", false),
        ("Sample", false),
    ] {
        assert_eq!(is_sample(&EngagementId::from(id)), sample, "{id}");
    }
}

/// `data.md`: 1,000 writing sessions cost at most 40 KB.
#[test]
fn a_thousand_writing_sessions_cost_at_most_40_kb() {
    let mut engagement = Engagement::new(EngagementId::from("contoso"));
    let session = |engagement: &mut Engagement, number: u32| {
        let by = Signature {
            now: 1_000 + i64::from(number),
            replica: draw(),
            author: "Anna".to_owned(),
            language: "de".to_owned(),
        };
        engagement.apply(&Change::SetSeats(Some(number)), &by);
    };
    session(&mut engagement, 0);
    let one = export(&[&engagement.with_recent_history(0)]).len();
    (1..=1_000).for_each(|number| session(&mut engagement, number));
    let all = export(&[&engagement.with_recent_history(0)]).len();
    assert!(all - one <= 40_000, "{} bytes", all - one);
}
