//! Engagements for the tests of files: one that a person could have, and random ones.

use chrono::NaiveDate;
use engagement_playbook::{
    engagement::{Change, Engagement, Signature, StateKey, merge, stamp::ReplicaId},
    exchange::{export, import},
    playbook::{EngagementId, Fact, Structure, TaskState},
};
use proptest::prelude::ProptestConfig;
use serde_json::{Value, json};

/// 21 November 2026, in UTC milliseconds.
pub const NOW: i64 = 1_795_219_200_000;

/// The replica of a person of the tests.
pub fn replica(who: &str) -> ReplicaId {
    ReplicaId::from_bits(who.bytes().fold(0, |bits, byte| bits << 5 | u64::from(byte & 31)))
}

/// A person changes an engagement, some milliseconds after `NOW`.
pub fn by(who: &str, after: i64, engagement: &mut Engagement, change: Change) {
    let signature = Signature {
        now: NOW + after,
        replica: replica(who),
        author: who.to_owned(),
        language: "de".to_owned(),
    };
    assert!(
        engagement.apply(&change, &signature).is_some(),
        "{change:?} changes nothing"
    );
}

pub fn day(text: &str) -> Option<NaiveDate> {
    Some(text.parse().expect("a date"))
}

pub fn owner(name: &str) -> Change {
    Change::SetOwner("994".into(), name.to_owned())
}

pub fn note(id: &'static str, text: &str) -> Change {
    let on = day("2026-11-20").expect("a date");
    Change::WriteNote {
        note: id.into(),
        text: text.to_owned(),
        process: Some("conduct-customer-kickoff".into()),
        on,
        language: "de".to_owned(),
    }
}

pub fn state(task: &'static str, key: StateKey, state: TaskState) -> Change {
    Change::SetTaskState {
        task: task.into(),
        states: vec![(key, state)],
        reason: Some("weil".into()),
        done_on: None,
    }
}

/// An engagement of every kind of field, with an open conflict, a removed note and a cleared value.
pub fn contoso() -> Engagement {
    let mut anna = Engagement::new(EngagementId::from("contoso-1"));
    for (after, change) in [
        Change::SetCustomer("Contoso \"Süd\" 株式会社".into()),
        Change::SetTenant("contoso.onmicrosoft.com".into()),
        Change::SetRegion(Some("emea".into())),
        Change::SetSeats(Some(4_200)),
        Change::SetMotion(Some("rfa".into())),
        Change::SetAssignedOn(day("2026-11-02")),
        Change::SetFact(Fact::PartnerInvolved, Some(true)),
        Change::SetServiceInScope("exchange".into(), true),
        Change::SetEntitlements("exchange".into(), Some(3_900)),
        state("994", StateKey::Whole, TaskState::InProgress),
        state("983", StateKey::Service("exchange".into()), TaskState::NotRequired),
        owner("Anna"),
        Change::SetDue("994".into(), day("2026-12-24")),
        Change::SetComment("994".into(), "first line\nsecond line".into()),
        Change::SetCheck("conduct-customer-kickoff".into(), "ki.team".into(), true),
        Change::SetEvidence("conduct-customer-kickoff".into(), "ki.team".into(), "Protokoll".into()),
        note("note-1", "Erstes Gespräch"),
        note("note-2", "aus Versehen"),
    ]
    .into_iter()
    .enumerate()
    {
        by("anna", after as i64, &mut anna, change);
    }
    let mut ben = anna.clone();
    by("anna", 1_000, &mut anna, owner("Anna A."));
    by("anna", 1_001, &mut anna, Change::RemoveNote("note-2".into()));
    by("ben", 2_000, &mut ben, owner("Ben"));
    by("ben", 2_001, &mut ben, Change::SetComment("994".into(), String::new()));
    merge(&anna, &ben).engagement
}

/// The file of `contoso` with one member put at a place, as somebody else's tool could write it.
pub fn contoso_with(path: &[&str], value: Value) -> Value {
    let mut file: Value = serde_json::from_str(&export(&[&contoso()])).expect("an export is JSON");
    let mut place = &mut file;
    for name in path {
        place = &mut place[*name];
    }
    *place = value;
    file
}

/// The mark of Anna's n-th change, which the table of replicas knows.
pub fn mark(sequence: u64) -> String {
    format!("1k7r2.{}.{sequence}", replica("anna"))
}

/// Places of a file, what is put there, what the import says, and whether a schema can see it.
pub fn damages() -> Vec<(Vec<&'static str>, Value, &'static str, bool)> {
    let field = |value: Value| json!([value, mark(1)]);
    vec![
        (vec!["id"], json!(5), "fault_not_an_id", true),
        (vec!["id"], json!(""), "fault_not_an_id", true),
        (vec!["id"], json!("a b"), "fault_not_an_id", true),
        (vec!["id"], json!("x".repeat(257)), "fault_not_an_id", true),
        (vec!["replicas"], json!([]), "fault_not_an_object", true),
        (
            vec!["replicas", "anna"],
            json!(["Anna", "de", 1]),
            "fault_not_an_id",
            true,
        ),
        (
            vec!["replicas", "00000001"],
            json!(["Anna", "de", 0]),
            "fault_not_a_session",
            true,
        ),
        (
            vec!["replicas", "00000001"],
            json!(["Anna", "de", (1_u64 << 40) + 1]),
            "fault_not_a_session",
            true,
        ),
        (
            vec!["replicas", "00000001"],
            json!(["Anna", "de"]),
            "fault_not_a_session",
            true,
        ),
        (vec!["tasks"], json!([]), "fault_not_an_object", true),
        (vec!["tasks"], field(json!("all of them")), "fault_not_an_object", true),
        (vec!["tasks", "994"], field(json!("x")), "fault_not_an_object", true),
        (
            vec!["about", "facts"],
            json!({ "conflict": [field(json!(1)), field(json!(2))] }),
            "fault_not_a_field",
            true,
        ),
        (vec!["tasks", ""], json!({}), "fault_not_an_id", true),
        (vec!["tasks", "9 94"], json!({}), "fault_not_an_id", true),
        (vec!["notes", "ä"], json!({}), "fault_not_an_id", true),
        (
            vec!["tasks", "994", "due"],
            json!("2026-01-01"),
            "fault_not_a_field",
            true,
        ),
        (
            vec!["tasks", "994", "due"],
            json!({ "conflict": [field(Value::Null)] }),
            "fault_not_a_field",
            true,
        ),
        (
            vec!["tasks", "994", "due"],
            json!(["2026-01-01", "yesterday"]),
            "fault_not_a_mark",
            true,
        ),
        (
            vec!["tasks", "994", "due"],
            field(json!("2026-02-30")),
            "fault_not_a_date",
            false,
        ),
        (
            vec!["tasks", "994", "due"],
            field(json!("2026-2-3")),
            "fault_not_a_date",
            true,
        ),
        (
            vec!["tasks", "994", "due"],
            field(json!("1969-12-31")),
            "fault_not_a_date",
            true,
        ),
        (
            vec!["tasks", "994", "due"],
            field(json!("2200-01-01")),
            "fault_not_a_date",
            true,
        ),
        (
            vec!["tasks", "994", "due"],
            field(json!(20_260_101)),
            "fault_not_a_date",
            true,
        ),
        (vec!["tasks", "994", "owner"], field(json!(7)), "fault_not_text", true),
        (
            vec!["notes", "note-1", "text"],
            field(json!("x".repeat(65_537))),
            "fault_text_too_long",
            true,
        ),
        (
            vec!["notes", "note-1", "text"],
            field(json!("é".repeat(32_769))),
            "fault_text_too_long",
            false,
        ),
        (
            vec!["notes", "note-1", "removed"],
            field(json!(["x"])),
            "fault_not_a_list",
            true,
        ),
        (
            vec!["notes", "note-1", "removed"],
            field(json!(true)),
            "fault_not_a_list",
            true,
        ),
        (
            vec!["services", "teams", "in_scope"],
            field(json!("yes")),
            "fault_not_yes_no",
            true,
        ),
        (
            vec!["services", "teams", "entitlements"],
            field(json!(-1)),
            "fault_not_a_number",
            true,
        ),
        (
            vec!["services", "teams", "entitlements"],
            field(json!(1.5)),
            "fault_not_a_number",
            true,
        ),
        (
            vec!["services", "teams", "entitlements"],
            field(json!(4_294_967_296_u64)),
            "fault_not_a_number",
            true,
        ),
        (
            vec!["tasks", "994", "owner"],
            json!(["x", format!("1k7r2.{}.99", replica("anna"))]),
            "fault_not_in_replicas",
            false,
        ),
        (
            vec!["tasks", "994", "owner"],
            json!(["x", "1k7r2.ZZZZZZZZ.1"]),
            "fault_not_in_replicas",
            false,
        ),
        (
            vec!["tasks", "994", "owner"],
            json!(["x", mark((1 << 40) + 1)]),
            "fault_not_a_mark",
            false,
        ),
        (
            vec!["tasks", "994", "owner"],
            json!(["x", format!("{}.{}", mark(1), (1_u64 << 40) + 1)]),
            "fault_not_a_mark",
            false,
        ),
        (
            vec!["tasks", "994", "owner"],
            json!(["x", "6j7kp3a00.00000001.1"]),
            "fault_not_a_mark",
            false,
        ),
    ]
}

/// The engagement of a file of one.
pub fn imported(text: &str) -> Engagement {
    let mut engagements = import(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(engagements.len(), 1);
    engagements.remove(0)
}

/// So many random cases, or as many as `PROPTEST_CASES` asks for.
pub fn cases(usual: u32) -> ProptestConfig {
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => ProptestConfig::default(),
        None => ProptestConfig::with_cases(usual),
    }
}

/// The playbook of the app.
pub fn playbook() -> Structure {
    serde_json::from_str(include_str!("../../../src/content/structure.json")).expect("the playbook's structure")
}
