//! A goal, a reading, an action in a preview is one thing, as a note is: written, rewritten, removed, back again.

use super::{
    made::{NOW, by, contoso, contoso_with, imported, mark},
    preview::{copies, counts, path, preview},
};
use engagement_playbook::{
    engagement::{Change, Datum, Engagement, EntryField, EntryKind},
    exchange::ChangeKind,
};
use serde_json::json;

fn goal(name: &str) -> Change {
    let values = vec![(EntryField::Name, Datum::Text(name.to_owned()))];
    Change::WriteEntry(EntryKind::Goal, "g1".into(), values)
}

fn reading(service: &str, users: u32) -> Change {
    let values = vec![
        (EntryField::Service, Datum::Text(service.to_owned())),
        (EntryField::Users, Datum::Number(Some(users))),
    ];
    Change::WriteEntry(EntryKind::Reading, "r1".into(), values)
}

/// Two copies with a goal.
fn copies_with_a_goal() -> (Engagement, Engagement) {
    let (mut mine, _) = copies();
    by("anna", 2, &mut mine, goal("leave the old server"));
    (mine.clone(), mine)
}

#[test]
fn a_new_reading_is_one_change_with_all_it_says() {
    let (mine, mut theirs) = copies();
    by("ben", 7, &mut theirs, reading("teams", 85));
    let preview = preview(Some(&mine), &theirs);
    assert_eq!(counts(&preview), [1, 0, 2, 0, 0, 0]);
    let change = &preview.changes[0];
    assert_eq!((&change.path, change.kind), (&path("readings.r1"), ChangeKind::New));
    assert_eq!(
        (&change.mine, &change.theirs),
        (&None, &Some(json!({ "service": "teams", "users": 85 })))
    );
    assert_eq!((change.by.as_str(), change.at), ("ben", Some(NOW + 7)));
}

#[test]
fn a_reading_for_a_service_of_another_playbook_counts_as_unknown_once() {
    let (mine, mut theirs) = copies();
    by("ben", 7, &mut theirs, reading("moon", 85));
    assert_eq!(counts(&preview(Some(&mine), &theirs)), [1, 0, 2, 0, 0, 1]);
}

#[test]
fn a_goal_written_on_shows_both_and_what_was_not_touched() {
    let (mine, mut theirs) = copies_with_a_goal();
    let on = vec![(EntryField::Horizon, Datum::Text("short".into()))];
    by(
        "ben",
        7,
        &mut theirs,
        Change::WriteEntry(EntryKind::Goal, "g1".into(), on),
    );
    let newer = preview(Some(&mine), &theirs);
    assert_eq!(counts(&newer), [0, 1, 2, 0, 0, 0]);
    let [was, is] = [
        json!({ "name": "leave the old server" }),
        json!({ "horizon": "short", "name": "leave the old server" }),
    ];
    let change = &newer.changes[0];
    assert_eq!((&change.mine, &change.theirs), (&Some(was), &Some(is.clone())));
    let older = preview(Some(&theirs), &mine);
    assert_eq!(counts(&older), [0, 0, 2, 0, 1, 0]);
    assert_eq!(older.changes[0].mine, Some(is));
}

#[test]
fn a_removed_goal_says_so_and_who_removed_it() {
    let (mine, mut theirs) = copies_with_a_goal();
    by("ben", 7, &mut theirs, Change::RemoveEntry(EntryKind::Goal, "g1".into()));
    let preview = preview(Some(&mine), &theirs);
    assert_eq!((counts(&preview), preview.counts.vanishing), ([0, 0, 2, 0, 0, 0], 1));
    let change = &preview.changes[0];
    assert_eq!((change.kind, change.removed), (ChangeKind::Vanishing, true));
    assert_eq!(change.theirs, None);
    assert_eq!((change.by.as_str(), change.at), ("ben", Some(NOW + 7)));
}

#[test]
fn a_goal_removed_here_and_rewritten_there_comes_back() {
    let (mut mine, mut theirs) = copies_with_a_goal();
    by("anna", 9, &mut mine, Change::RemoveEntry(EntryKind::Goal, "g1".into()));
    by("ben", 7, &mut theirs, goal("leave it by May"));
    let preview = preview(Some(&mine), &theirs);
    let change = &preview.changes[0];
    assert_eq!((change.kind, change.removed), (ChangeKind::Newer, false));
    assert_eq!(
        (&change.mine, &change.theirs),
        (&None, &Some(json!({ "name": "leave it by May" })))
    );
}

#[test]
fn a_goal_that_both_removed_is_no_news() {
    let (mut mine, mut theirs) = copies_with_a_goal();
    by("anna", 9, &mut mine, Change::RemoveEntry(EntryKind::Goal, "g1".into()));
    by("ben", 7, &mut theirs, Change::RemoveEntry(EntryKind::Goal, "g1".into()));
    assert_eq!(counts(&preview(Some(&mine), &theirs)), [0, 0, 3, 0, 0, 0]);
}

#[test]
fn a_goal_rewritten_on_both_sides_is_one_conflict() {
    let (mut mine, mut theirs) = copies_with_a_goal();
    by("anna", 9, &mut mine, goal("mine"));
    by("ben", 7, &mut theirs, goal("theirs"));
    let preview = preview(Some(&mine), &theirs);
    assert_eq!(counts(&preview), [0, 0, 2, 1, 0, 0]);
    let change = &preview.changes[0];
    assert_eq!(
        (change.kind, &change.mine, &change.theirs),
        (
            ChangeKind::Conflict,
            &Some(json!({ "name": "mine" })),
            &Some(json!({ "name": "theirs" }))
        )
    );
}

#[test]
fn an_entry_of_another_version_is_there_and_says_nothing_yet() {
    let theirs = imported(&contoso_with(&["goals", "g9"], json!({ "colour": ["red", mark(1)] })).to_string());
    let preview = preview(Some(&contoso()), &theirs);
    assert_eq!(counts(&preview)[0], 1);
    let change = &preview.changes[0];
    assert_eq!((&change.path, &change.theirs), (&path("goals.g9"), &None));
}
