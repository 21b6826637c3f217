//! The published schema: made from the reader's own table, and agreeing with the reader.

use super::{
    made::{cases, contoso, contoso_with, damages, imported},
    random::documents,
    round_trip::{GOLDEN, GOLDEN_SEVERAL, GOLDEN_UNKNOWN},
};
use engagement_playbook::exchange::{export, schema};
use proptest::prelude::*;
use serde_json::{Value, json};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/engagement.v1.json");

fn validator() -> jsonschema::Validator {
    jsonschema::validator_for(&schema()).expect("a schema")
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// Renew with `UPDATE_SCHEMA=1 cargo test --test suite exchange::schema`.
#[test]
fn the_published_schema_is_the_one_that_is_made() {
    let text = format!("{}\n", serde_json::to_string_pretty(&schema()).expect("JSON"));
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(FILE, &text).expect("written");
    }
    let published = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        published == text,
        "schema/engagement.v1.json has drifted: renew it with `UPDATE_SCHEMA=1 cargo test --test suite exchange::schema`, \
         and ask first whether old files still pass"
    );
}

#[test]
fn the_schema_is_one_of_draft_2020_12() {
    assert!(jsonschema::meta::is_valid(&schema()));
    assert_eq!(schema()["$schema"], "https://json-schema.org/draft/2020-12/schema");
}

#[test]
fn every_frozen_file_passes_the_schema() {
    for text in [GOLDEN, GOLDEN_UNKNOWN, GOLDEN_SEVERAL, &export(&[&contoso()])] {
        let errors: Vec<String> = validator()
            .iter_errors(&parsed(text))
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn what_the_reader_refuses_the_schema_refuses_where_a_schema_can() {
    let validator = validator();
    for (path, value, _, visible) in damages() {
        let file = contoso_with(&path, value.clone());
        assert_eq!(validator.is_valid(&file), !visible, "{path:?} {value}");
    }
    for file in [
        json!({}),
        json!([]),
        contoso_with(&["format"], json!("something/else")),
        contoso_with(&["format"], json!("engagement-playbook/engagements")),
        contoso_with(&["version"], json!(2)),
        contoso_with(&["version"], json!("1")),
        json!({ "format": "engagement-playbook/engagements", "version": 1, "engagements": [] }),
        json!({ "format": "engagement-playbook/engagements", "version": 1, "engagements": [{ "id": "a" }] }),
    ] {
        assert!(!validator.is_valid(&file), "{file}");
    }
}

#[test]
fn unknown_members_pass_the_schema_and_the_reader() {
    let validator = validator();
    for path in [
        &["x"][..],
        &["about", "x"],
        &["about", "customer", "x"],
        &["tasks", "994", "x"],
        &["notes", "note-1", "x"],
    ] {
        for value in [json!(null), json!([1]), json!({ "a b": 1 }), json!({ "conflict": 1 })] {
            let file = contoso_with(path, value.clone());
            assert!(validator.is_valid(&file), "{path:?} {value}");
            imported(&file.to_string());
        }
    }
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn every_export_passes_the_schema(engagements in prop::collection::vec(documents(), 1..3)) {
        let mut engagements = engagements;
        engagements.dedup_by(|a, b| a.id() == b.id());
        let file = parsed(&export(&engagements.iter().collect::<Vec<_>>()));
        let errors: Vec<String> = validator().iter_errors(&file).map(|error| format!("{error} at {}", error.instance_path())).collect();
        prop_assert!(errors.is_empty(), "{:?}", errors);
    }
}
