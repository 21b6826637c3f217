//! T25: taking an own edit back never takes back what somebody else wrote over it.

use crate::support::{by, cases, contoso, draw, draw_from_the_start, edit};
use engagement_playbook::engagement::{Change, Engagement, Entry, Put, merge, node, stamp::ReplicaId};
use proptest::{collection::vec, prelude::*};
use serde_json::Value;
use std::collections::BTreeSet;

fn named(name: &str) -> Change {
    Change::SetCustomer(name.to_owned())
}

/// What takes an edit back: each field as it stood before, where it still shows what the edit wrote.
fn undo(before: &Engagement, done: &Entry) -> Change {
    let puts = done.writes.iter().map(|write| {
        let names: Vec<&str> = write.path.iter().map(String::as_str).collect();
        let old = node::find(before.body(), &names).map(|register| register.shown().value.clone());
        Put {
            path: write.path.clone(),
            value: old.unwrap_or(Value::Null),
            only_over: Some(BTreeSet::from([write.written.mark.dot()])),
        }
    });
    Change::Put(puts.collect())
}

/// Anna's copy with a name, and one edit of hers on top; the copy before, and what takes it back.
fn annas_edit(anna: ReplicaId) -> (Engagement, Engagement, Change) {
    let mut before = Engagement::new(contoso());
    before.apply(&named("Contoso"), &by(anna, 1_000));
    let mut after = before.clone();
    let done = after.apply(&named("Contoso AG"), &by(anna, 2_000)).expect("an edit");
    let back = undo(&before, &done);
    (before, after, back)
}

#[test]
fn t25_what_a_colleague_wrote_over_it_stays() {
    let (anna, ben) = (draw(), draw());
    let (_, mut mine, back) = annas_edit(anna);
    let mut theirs = mine.clone();
    theirs.apply(&named("Contoso Ltd"), &by(ben, 500));
    mine = merge(&mine, &theirs).engagement;
    assert!(
        mine.apply(&back, &by(anna, 9_000)).is_none(),
        "there is nothing of hers left to take back"
    );
    assert_eq!(mine.customer(), "Contoso Ltd");
    assert_eq!(merge(&theirs, &mine).engagement.customer(), "Contoso Ltd");
}

#[test]
fn t25_what_a_colleague_wrote_beside_it_stays_as_a_conflict() {
    let (anna, ben) = (draw(), draw());
    let (before, mut mine, back) = annas_edit(anna);
    let mut theirs = before;
    theirs.apply(&named("Contoso Ltd"), &by(ben, 500));
    mine = merge(&mine, &theirs).engagement;
    assert_eq!(mine.conflicts().len(), 1);
    assert!(
        mine.apply(&back, &by(anna, 9_000)).is_none(),
        "an open conflict is chosen from, not undone"
    );
    assert_eq!(mine.conflicts().len(), 1, "and both values stay");
}

#[test]
fn t25_what_nobody_touched_is_taken_back() {
    let anna = draw();
    let (_, mut mine, back) = annas_edit(anna);
    let elsewhere = Change::SetSeats(Some(9));
    let mut theirs = mine.clone();
    theirs.apply(&elsewhere, &by(draw(), 500));
    mine = merge(&mine, &theirs).engagement;
    assert!(mine.apply(&back, &by(anna, 9_000)).is_some());
    assert_eq!((mine.customer(), mine.seats()), ("Contoso", Some(9)));
    assert!(mine.apply(&back, &by(anna, 9_001)).is_none(), "once");
}

proptest! {
    #![proptest_config(cases())]

    /// Whatever two people do: after Anna takes her last edit back, every value of Ben's that showed still shows.
    #[test]
    fn t25_undo_never_changes_what_another_shows(
        hers in vec(edit(), 1..8), his in vec(edit(), 0..8), last in edit()
    ) {
        draw_from_the_start();
        let (anna, ben) = (draw(), draw());
        let mut mine = Engagement::new(contoso());
        for edit in &hers {
            mine.apply(&edit.change(), &by(anna, 1_000));
        }
        let before = mine.clone();
        let Some(done) = mine.apply(&last.change(), &by(anna, 2_000)) else { return Ok(()) };
        let mut theirs = mine.clone();
        for edit in &his {
            theirs.apply(&edit.change(), &by(ben, 1_500));
        }
        let merged = merge(&mine, &theirs).engagement;
        let mut undone = merged.clone();
        undone.apply(&undo(&before, &done), &by(anna, 9_000));
        let mut wrong = Vec::new();
        node::each(merged.body(), &mut |path, register| {
            let shown = register.shown();
            let now = node::find(undone.body(), path).map(|register| register.shown().value.clone());
            if shown.mark.stamp.replica == ben && now.as_ref() != Some(&shown.value) {
                wrong.push(path.join("."));
            }
        });
        prop_assert!(wrong.is_empty(), "{wrong:?}");
    }
}
