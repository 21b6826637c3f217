//! Random engagements, as hostile as files can make them.

use super::made::{note, replica, state};
use chrono::{Days, NaiveDate};
use engagement_playbook::{
    engagement::{Change, Engagement, Signature, StateKey, merge},
    playbook::{Fact, TaskState},
};
use proptest::{prelude::*, sample::select};
use serde_json::{Map, Value, json};

/// Engagements as people make them together, with members of other versions.
pub fn documents() -> impl Strategy<Value = Engagement> {
    copies().prop_map(|[mine, theirs]| merge(&mine, &theirs).engagement)
}

/// Two copies of one engagement: changes of up to four replicas, exchanges in between, and members of other versions.
pub fn copies() -> impl Strategy<Value = [Engagement; 2]> {
    let place = || (select(&["x", "about", "tasks", "notes"][..]), "x-[a-z]{1,3}");
    let unknown = || prop::collection::vec((place(), plain(), any::<bool>()), 0..4);
    (
        select(&["a", "b", "c:1"][..]),
        prop::collection::vec(step(), 0..40),
        [unknown(), unknown()],
    )
        .prop_map(|(id, steps, unknown)| {
            let mut copies = vec![Engagement::new(id.into()); 4];
            for (who, other, clock, change) in steps {
                match change {
                    Some(change) => {
                        let replica = replica(["anna", "ben", "carla", "dora"][who]);
                        let by = Signature {
                            now: clock,
                            replica,
                            author: format!("№{who}"),
                            language: "ja".into(),
                        };
                        copies[who].apply(&change, &by);
                    }
                    None => copies[who] = merge(&copies[who], &copies[other]).engagement,
                }
            }
            let [mine, theirs] = unknown;
            [with_unknown(&copies[0], mine), with_unknown(&copies[1], theirs)]
        })
}

fn with_unknown(engagement: &Engagement, members: Vec<((&str, String), Value, bool)>) -> Engagement {
    let mut file = engagement.to_json();
    let writer = engagement
        .vector()
        .0
        .iter()
        .next()
        .map(|(replica, session)| format!("{replica}.{}", session.sequence));
    for ((section, name), value, as_field) in members {
        let value = match &writer {
            Some(writer) if as_field => json!([value, format!("1k7tme600.{writer}")]),
            _ => value,
        };
        let section = file.entry(section).or_insert_with(|| Value::Object(Map::new()));
        // In a group of ids the unknown stands one level deeper, as a field of an item.
        section["of-another-version"][&name] = value;
    }
    Engagement::from_json(&file).expect("unknown members are kept")
}

fn step() -> impl Strategy<Value = (usize, usize, i64, Option<Change>)> {
    (
        0..4_usize,
        0..4_usize,
        prop_oneof![0..2_000_i64, Just(i64::MAX), Just(-1)],
        prop::option::weighted(0.8, change()),
    )
}

fn change() -> impl Strategy<Value = Change> {
    let text = || {
        prop_oneof![
            any::<String>(),
            select(&["", "Anna", "\0", "\u{202e}x", "e\u{301}", "\u{feff}"][..]).prop_map(str::to_owned)
        ]
    };
    let day = || {
        let first = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a date");
        prop::option::of((0..84_006_u64).prop_map(move |n| first + Days::new(n)))
    };
    let task = || select(&["994", "983", "own:task", "__proto__"][..]);
    let key = prop_oneof![Just(StateKey::Whole), Just(StateKey::Service("exchange".into()))];
    let note_id = || select(&["n1", "n2"][..]);
    prop_oneof![
        text().prop_map(Change::SetCustomer),
        prop::option::of(any::<u32>()).prop_map(Change::SetSeats),
        (select(&Fact::ALL[..]), any::<Option<bool>>()).prop_map(|(fact, answer)| Change::SetFact(fact, answer)),
        (task(), text()).prop_map(|(task, owner)| Change::SetOwner(task.into(), owner)),
        (task(), day()).prop_map(|(task, day)| Change::SetDue(task.into(), day)),
        (task(), key, select(&TaskState::ALL[..])).prop_map(|(task, key, to)| state(task, key, to)),
        (task(), any::<bool>()).prop_map(|(block, done)| Change::SetCheck(
            "enable-services".into(),
            block.into(),
            done
        )),
        (note_id(), text()).prop_map(|(id, text)| note(id, &text)),
        (note_id(), text()).prop_map(|(id, text)| Change::EditNote(id.into(), text)),
        note_id().prop_map(|id| Change::RemoveNote(id.into())),
        note_id().prop_map(|id| Change::RestoreNote(id.into())),
    ]
}

/// Any JSON, extreme numbers included.
fn plain() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        select(&[1e308, -0.0, 5e-324, f64::MAX, 1e15, 1e16, 1e17][..]).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}
