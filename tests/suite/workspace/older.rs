//! T14: values of an older version. There is no older version yet: one is made up here, with its converter, and carried over
//! through the doors that the app has. What must hold for the first real one: interrupted anywhere it can be done again, the
//! old bytes are there until the new ones are and a copy stays, what nobody knows is carried along.

use super::model::{Fault, Faulty, Plan, tab};
use engagement_playbook::{
    engagement::{Change, Engagement, Signature, StateKey, stamp::ReplicaId},
    playbook::{EngagementId, TaskId, TaskState},
    workspace::{Refusal, StoreError, Workspace, envelope::wrap},
};
use serde_json::{Value, json};

/// The golden values of version 0: a name, the numbers of the tasks that are done, and a member that nobody knows.
fn golden() -> [(String, String); 2] {
    [
        (
            "contoso",
            json!({"customer": "Contoso 株式会社", "done": ["994", "983"], "x-mood": {"smiley": [1, null, "😀"]}}),
        ),
        ("fabrikam", json!({"customer": "Fabrikam", "done": []})),
    ]
    .map(|(id, value)| (format!("ep.e.{id}"), wrap(0, 0, &value.to_string())))
}

/// Version 0 to version 1. Everything in it follows from the old bytes, so that doing it twice is doing it once.
fn converted(key: &str, text: &str) -> Engagement {
    let id = EngagementId::parse(key.trim_start_matches("ep.e.")).expect("an id");
    let (_, payload) = text.split_once('\n').expect("an envelope");
    let old: Value = serde_json::from_str(payload).expect("JSON");
    let mut engagement = Engagement::new(id);
    let by = Signature {
        now: 1_000,
        replica: ReplicaId::from_bits(1),
        author: String::new(),
        language: "en".to_owned(),
    };
    let name = old["customer"].as_str().expect("a name");
    engagement.apply(&Change::SetCustomer(name.to_owned()), &by);
    for task in old["done"].as_array().expect("a list").iter().filter_map(Value::as_str) {
        let change = Change::SetTaskState {
            task: TaskId::parse(task).expect("a task"),
            states: vec![(StateKey::Whole, TaskState::Complete)],
            reason: None,
            done_on: None,
        };
        engagement.apply(&change, &by);
    }
    let mut members = engagement.to_json();
    members.extend(
        old.as_object()
            .expect("an object")
            .clone()
            .into_iter()
            .filter(|(name, _)| name.starts_with("x-")),
    );
    Engagement::from_json(&members).expect("version 1")
}

/// Carries the old values over, as a start of the newer app would.
fn carry_over(store: &Faulty, now: i64) -> Result<Workspace<Faulty>, Refusal> {
    let mut workspace = Workspace::open(store.clone(), tab(true), now);
    let texts = store.texts();
    let all: Vec<Engagement> = golden()
        .iter()
        .filter_map(|(key, _)| {
            // Where it stood, or where it was put aside because it is not of this version.
            let old = texts
                .iter()
                .find(|(name, text)| name.ends_with(key.as_str()) && text.starts_with("ep 0 "));
            old.map(|(_, text)| converted(key, text))
        })
        .collect();
    workspace.merge_in(&all, now)?;
    for pass in 0..4 {
        workspace.keep(now + 11_000 * pass, &[]);
    }
    Ok(workspace)
}

fn old_bytes_are_there(store: &Faulty, context: &str) {
    for (key, text) in golden() {
        let there = store
            .texts()
            .into_iter()
            .any(|(name, stands)| name.ends_with(&key) && stands == text);
        assert!(there, "{context}: the old bytes of {key} are gone");
    }
}

fn is_carried_over(workspace: &Workspace<Faulty>) {
    let contoso = workspace.get(&"contoso".into()).expect("contoso");
    assert_eq!(contoso.customer(), "Contoso 株式会社");
    assert_eq!(contoso.task_state(&"994".into(), &StateKey::Whole), TaskState::Complete);
    assert_eq!(
        contoso.to_json().get("x-mood"),
        Some(&json!({"smiley": [1, null, "😀"]})),
        "what nobody knows"
    );
    assert!(contoso.conflicts().is_empty());
    assert_eq!(workspace.engagements().count(), 2);
}

#[test]
fn t14_an_older_value_is_carried_over_wherever_that_is_interrupted() {
    for fault in [Fault::Throws(StoreError::Full), Fault::Throws(StoreError::Blocked)] {
        for always in [false, true] {
            let mut first = 0;
            loop {
                let store = Faulty::default();
                golden().iter().for_each(|(key, text)| store.put(key, Some(text)));
                store.plan(Some(Plan {
                    fault,
                    first,
                    always,
                    writes: false,
                }));
                let interrupted = carry_over(&store, 10_000);
                let calls = store.calls();
                store.plan(None);
                let context = format!("{fault:?} at call {first} of {calls}");
                old_bytes_are_there(&store, &context);
                drop(interrupted);
                // Done again, once and twice: the same.
                let done = carry_over(&store, 100_000).expect("carried over");
                is_carried_over(&done);
                old_bytes_are_there(&store, &context);
                let again = carry_over(&store, 200_000).expect("carried over again");
                is_carried_over(&again);
                let same = |id: &str| {
                    let id = EngagementId::parse(id).expect("an id");
                    done.get(&id).map(Engagement::to_json) == again.get(&id).map(Engagement::to_json)
                };
                assert!(same("contoso") && same("fabrikam"), "{context}: repeated, it changes");
                if first >= calls {
                    break;
                }
                first += 1;
            }
            assert!(first > 10, "there were calls to fail: {first}");
        }
    }
}

#[test]
fn t14_an_older_value_is_never_taken_for_ours() {
    let store = Faulty::default();
    golden().iter().for_each(|(key, text)| store.put(key, Some(text)));
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    assert_eq!(workspace.engagements().count(), 0);
    assert_eq!(workspace.take_notices().len(), 2, "each is named");
    for pass in 0..4 {
        workspace.keep(2_000 + 11_000 * pass, &[]);
    }
    old_bytes_are_there(&store, "left alone");
}
