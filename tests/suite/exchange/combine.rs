//! The same tenant under two ids, and several files at once.

use super::{
    made::{by, cases, contoso, day, note, owner, replica, state},
    random,
};
use engagement_playbook::{
    engagement::{
        Change, Datum, Engagement, EntryField, EntryKind, Signature, StateKey, merge,
        node::{self, Path},
    },
    exchange::{combine, export, is_same_tenant, of_same_tenant, together},
    playbook::TaskState,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn other() -> Engagement {
    Engagement::new("contoso-2".into())
}

fn combined(mine: &Engagement, theirs: &Engagement) -> Engagement {
    let mut copy = mine.clone();
    let by = Signature {
        now: super::made::NOW + 100_000,
        replica: replica("me"),
        author: "me".into(),
        language: "en".into(),
    };
    copy.apply(&Change::Put(combine(mine, theirs).puts), &by);
    copy
}

/// Every value that shows, by its path.
fn shown(engagement: &Engagement) -> BTreeMap<Path, Value> {
    let mut all = BTreeMap::new();
    node::each(engagement.body(), &mut |path, register| {
        let path = path.iter().map(|name| (*name).to_owned()).collect();
        all.insert(path, register.shown().value.clone());
    });
    all
}

#[test]
fn a_tenant_is_the_same_whatever_its_case_and_an_empty_one_is_nobodys() {
    let with = |id: &'static str, tenant: &str| {
        let mut one = Engagement::new(id.into());
        if !tenant.is_empty() {
            by("anna", 0, &mut one, Change::SetTenant(tenant.to_owned()));
        } else {
            by("anna", 0, &mut one, owner("Anna"));
        }
        one
    };
    let mine = with("a", " Contoso.onmicrosoft.com");
    let theirs = with("b", "contoso.OnMicrosoft.com ");
    assert!(is_same_tenant(&mine, &theirs));
    assert!(!is_same_tenant(&mine, &mine), "the same engagement");
    assert!(!is_same_tenant(&with("a", "  "), &with("b", "  ")));
    assert!(!is_same_tenant(&with("a", ""), &with("b", "")));
    assert!(!is_same_tenant(&mine, &with("b", "fabrikam.onmicrosoft.com")));
    let all = [mine, with("c", "x"), with("d", "CONTOSO.onmicrosoft.com")];
    assert_eq!(of_same_tenant(&theirs, all.iter()), ["a".into(), "d".into()]);
}

#[test]
fn entries_come_whole_and_fields_only_where_mine_is_silent() {
    let (mut mine, mut theirs) = (other(), contoso());
    by("me", 0, &mut mine, Change::SetCustomer("Contoso".into()));
    by("me", 1, &mut mine, owner("Me"));
    by("me", 2, &mut mine, note("note-9", "meine"));
    by(
        "ben",
        9_000,
        &mut theirs,
        Change::WriteEntry(
            EntryKind::Goal,
            "g1".into(),
            vec![(EntryField::Name, Datum::Text("leave the old server".into()))],
        ),
    );
    let after = combined(&mine, &theirs);
    assert_eq!(after.customer(), "Contoso");
    assert_eq!(after.owner(&"994".into()), "Me");
    assert_eq!(after.tenant(), "contoso.onmicrosoft.com");
    assert_eq!(after.seats(), Some(4_200));
    assert_eq!(after.task_state(&"994".into(), &StateKey::Whole), TaskState::InProgress);
    let notes: Vec<_> = after
        .notes()
        .into_iter()
        .map(|note| (note.id.to_string(), note.text))
        .collect();
    assert_eq!(
        notes,
        [
            ("note-9".to_owned(), "meine".to_owned()),
            ("note-1".to_owned(), "Erstes Gespräch".to_owned())
        ],
        "the removed one is left out"
    );
    assert_eq!(after.entries(EntryKind::Goal).count(), 1);
    assert!(after.conflicts().is_empty());
    let left: Vec<_> = combine(&mine, &theirs)
        .differing
        .into_iter()
        .map(|one| (one.path.join("."), one.mine, one.theirs))
        .collect();
    assert_eq!(
        left,
        [
            (
                "about.customer.name".to_owned(),
                json!("Contoso"),
                json!("Contoso \"Süd\" 株式会社")
            ),
            ("tasks.994.owner".to_owned(), json!("Me"), json!("Ben")),
            ("tasks.994.owner".to_owned(), json!("Me"), json!("Anna A.")),
        ]
    );
}

#[test]
fn what_mine_cleared_stays_cleared_and_is_told() {
    let (mut mine, mut theirs) = (other(), other_tenant());
    by("me", 0, &mut mine, Change::SetCountry("Chile".into()));
    by("me", 1, &mut mine, Change::SetCountry(String::new()));
    by("ben", 2, &mut theirs, Change::SetCountry("Peru".into()));
    let done = combine(&mine, &theirs);
    assert!(done.puts.is_empty());
    assert_eq!(
        (&done.differing[0].mine, &done.differing[0].theirs),
        (&Value::Null, &json!("Peru"))
    );
    assert_eq!(done.differing[0].by, "ben");
}

fn other_tenant() -> Engagement {
    Engagement::new("contoso-3".into())
}

#[test]
fn a_reason_and_a_day_go_with_their_state_or_not_at_all() {
    let (mut mine, mut theirs) = (other(), other_tenant());
    by("me", 0, &mut mine, state("994", StateKey::Whole, TaskState::InProgress));
    by(
        "ben",
        1,
        &mut theirs,
        state("994", StateKey::Whole, TaskState::Cancelled),
    );
    by(
        "ben",
        2,
        &mut theirs,
        Change::SetDoneOn("994".into(), day("2026-11-20")),
    );
    by(
        "ben",
        3,
        &mut theirs,
        state("983", StateKey::Whole, TaskState::NotRequired),
    );
    let after = combined(&mine, &theirs);
    assert_eq!(after.reason(&"994".into(), &StateKey::Whole), "");
    assert_eq!(after.done_on(&"994".into()), None);
    assert_eq!(after.reason(&"983".into(), &StateKey::Whole), "weil");
    let left: Vec<_> = combine(&mine, &theirs)
        .differing
        .into_iter()
        .map(|one| one.path.join("."))
        .collect();
    assert_eq!(left, ["tasks.994.done_on", "tasks.994.reason", "tasks.994.state"]);
}

#[test]
fn an_entry_that_was_taken_over_and_changed_or_removed_here_stays_as_it_is() {
    let (mine, mut theirs) = (other(), other_tenant());
    by("ben", 1, &mut theirs, note("n1", "hello"));
    by("ben", 2, &mut theirs, note("n2", "world"));
    let mut mine = combined(&mine, &theirs);
    by(
        "me",
        200_000,
        &mut mine,
        Change::EditNote("n1".into(), "hello again".into()),
    );
    by("me", 200_001, &mut mine, Change::RemoveNote("n2".into()));
    assert!(combine(&mine, &theirs).puts.is_empty());
    by("ben", 300_000, &mut theirs, note("n3", "more"));
    let again = combined(&mine, &theirs);
    assert_eq!(again.notes().iter().filter(|note| !note.removed).count(), 2);
}

#[test]
fn what_speaks_of_theirs_alone_is_not_taken_over() {
    let (mut mine, mut theirs) = (other(), other_tenant());
    by("me", 0, &mut mine, Change::SetCustomer("Contoso".into()));
    by("ben", 1, &mut theirs, Change::SetArchived(true));
    by(
        "ben",
        2,
        &mut theirs,
        Change::HandOver {
            entry: "h1".into(),
            to: "Anna".into(),
            on: day("2026-11-20").expect("a day"),
            language: "ja".into(),
        },
    );
    assert!(combine(&mine, &theirs).puts.is_empty());
}

#[test]
fn the_same_file_twice_and_two_copies_in_two_files_are_one_engagement() {
    let (mut anna, mut ben) = (contoso(), contoso());
    by("anna", 9_000, &mut anna, note("n8", "von Anna"));
    by("ben", 9_000, &mut ben, note("n9", "von Ben"));
    let both = merge(&anna, &ben).engagement;
    let more = other();
    for files in [
        vec![anna.clone(), ben.clone(), anna.clone(), more.clone()],
        vec![ben.clone(), anna.clone(), more.clone(), ben.clone()],
    ] {
        let joined = together(files);
        assert_eq!(joined, [both.clone(), more.clone()]);
    }
    let once = export(&[&together(vec![anna.clone()])[0]]);
    assert_eq!(export(&[&together(vec![anna.clone(), anna])[0]]), once);
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn combining_changes_nothing_of_mine_and_twice_is_once(mine in random::documents(), theirs in random::documents()) {
        // Under another id.
        let mut file = theirs.to_json();
        file.insert("id".into(), json!("another"));
        let theirs = Engagement::from_json(&file).expect("the same under another id");
        let after = combined(&mine, &theirs);
        let (before, now) = (shown(&mine), shown(&after));
        for (path, value) in &before {
            prop_assert_eq!(now.get(path), Some(value));
        }
        prop_assert_eq!(mine.conflicts(), after.conflicts());
        prop_assert!(combine(&after, &theirs).puts.is_empty());
        prop_assert_eq!(&combined(&after, &theirs), &after);
        // What they say is here, or told, or goes with something that is told.
        for put in combine(&mine, &theirs).puts {
            prop_assert!(!before.contains_key(&put.path));
            prop_assert_eq!(now.get(&put.path), Some(&put.value));
        }
        // It can be saved and read like any other edit.
        let text = export(&[&after]);
        prop_assert!(engagement_playbook::exchange::import(text.as_bytes()).is_ok());
    }

    #[test]
    fn together_is_what_merging_one_after_the_other_is([mine, theirs] in random::copies()) {
        let joined = together(vec![mine.clone(), theirs.clone(), mine.clone()]);
        prop_assert_eq!(joined, vec![merge(&mine, &theirs).engagement]);
    }
}
