//! A note in a preview is one thing: written, rewritten, removed, back again.

use super::{
    made::{NOW, by, contoso, contoso_with, imported, mark, note},
    preview::{copies, counts, path, preview},
};
use engagement_playbook::{
    engagement::{Change, Engagement, merge},
    exchange::{ChangeKind, FieldChange, Status},
};
use serde_json::{Value, json};

#[test]
fn a_new_note_is_one_change() {
    let (mine, mut theirs) = copies();
    by("ben", 7, &mut theirs, note("n1", "hello"));
    let preview = preview(Some(&mine), &theirs);
    assert_eq!((preview.status, counts(&preview)), (Status::Newer, [1, 0, 2, 0, 0, 0]));
    assert_eq!(
        preview.changes,
        [FieldChange {
            path: path("notes.n1"),
            mine: None,
            theirs: Some(json!("hello")),
            by: "ben".into(),
            at: Some(NOW + 7),
            kind: ChangeKind::New,
            removed: false,
        }]
    );
}

/// Two copies with a note.
fn copies_with_a_note() -> (Engagement, Engagement) {
    let (mut mine, _) = copies();
    by("anna", 2, &mut mine, note("n1", "hello"));
    (mine.clone(), mine)
}

#[test]
fn a_rewritten_note_shows_both_texts() {
    let (mine, mut theirs) = copies_with_a_note();
    by(
        "ben",
        7,
        &mut theirs,
        Change::EditNote("n1".into(), "hello again".into()),
    );
    let newer = preview(Some(&mine), &theirs);
    assert_eq!(counts(&newer), [0, 1, 2, 0, 0, 0]);
    let change = &newer.changes[0];
    assert_eq!(
        (&change.mine, &change.theirs),
        (&Some(json!("hello")), &Some(json!("hello again")))
    );
    assert_eq!((change.by.as_str(), change.at), ("ben", Some(NOW + 7)));
    let older = preview(Some(&theirs), &mine);
    assert_eq!(counts(&older), [0, 0, 2, 0, 1, 0]);
    assert_eq!(older.changes[0].theirs, Some(json!("hello")));
}

#[test]
fn a_removed_note_says_so_and_who_removed_it() {
    let (mine, mut theirs) = copies_with_a_note();
    by("ben", 7, &mut theirs, Change::RemoveNote("n1".into()));
    let removed = preview(Some(&mine), &theirs);
    assert_eq!((removed.status, counts(&removed)), (Status::Newer, [0, 0, 2, 0, 0, 0]));
    assert_eq!(removed.counts.vanishing, 1);
    let change = &removed.changes[0];
    assert_eq!((change.kind, change.removed), (ChangeKind::Vanishing, true));
    assert_eq!((&change.mine, &change.theirs), (&Some(json!("hello")), &None));
    assert_eq!((change.by.as_str(), change.at), ("ben", Some(NOW + 7)));
    let stays_removed = preview(Some(&theirs), &mine);
    let change = &stays_removed.changes[0];
    assert_eq!(
        (change.kind, change.removed, change.by.as_str()),
        (ChangeKind::MineNewer, true, "ben")
    );
    assert_eq!((&change.mine, &change.theirs), (&None, &Some(json!("hello"))));
}

#[test]
fn a_note_removed_here_and_rewritten_there_comes_back() {
    let (mut mine, mut theirs) = copies_with_a_note();
    by("anna", 9, &mut mine, Change::RemoveNote("n1".into()));
    by("ben", 7, &mut theirs, Change::EditNote("n1".into(), "important".into()));
    let preview = preview(Some(&mine), &theirs);
    let change = &preview.changes[0];
    assert_eq!((change.kind, change.removed), (ChangeKind::Newer, false));
    assert_eq!(
        (&change.mine, &change.theirs, change.by.as_str()),
        (&None, &Some(json!("important")), "ben")
    );
}

#[test]
fn a_note_that_both_removed_is_no_news() {
    let (mut mine, mut theirs) = copies_with_a_note();
    by("anna", 9, &mut mine, Change::RemoveNote("n1".into()));
    by("ben", 7, &mut theirs, Change::RemoveNote("n1".into()));
    let preview = preview(Some(&mine), &theirs);
    assert_eq!(counts(&preview), [0, 0, 3, 0, 0, 0]);
}

#[test]
fn a_note_that_shows_nowhere_is_no_news_whatever_is_in_it() {
    let (mut mine, mut theirs) = copies_with_a_note();
    by(
        "anna",
        9,
        &mut mine,
        Change::EditNote("n1".into(), "hello again".into()),
    );
    by("anna", 10, &mut mine, Change::RemoveNote("n1".into()));
    by("ben", 7, &mut theirs, Change::RemoveNote("n1".into()));
    assert!(merge(&mine, &theirs).engagement.notes()[0].removed);
    for preview in [preview(Some(&mine), &theirs), preview(Some(&theirs), &mine)] {
        assert_eq!((preview.status, counts(&preview)), (Status::Both, [0, 0, 3, 0, 0, 0]));
    }
    assert_eq!(
        counts(&preview(None, &mine)),
        [2, 0, 1, 0, 0, 0],
        "new to me, and removed already"
    );
}

#[test]
fn a_note_whose_conflict_was_removed_with_it_is_a_removed_note() {
    let (mut mine, mut ben) = copies_with_a_note();
    by("anna", 9, &mut mine, Change::EditNote("n1".into(), "mine".into()));
    by("ben", 7, &mut ben, Change::EditNote("n1".into(), "theirs".into()));
    let mut theirs = merge(&mine, &ben).engagement;
    by("ben", 20, &mut theirs, Change::RemoveNote("n1".into()));
    let preview = preview(Some(&mine), &theirs);
    let change = &preview.changes[0];
    assert_eq!(
        (change.kind, change.removed, change.at),
        (ChangeKind::Vanishing, true, Some(NOW + 20))
    );
}

#[test]
fn a_note_that_shows_on_both_sides_is_the_same_whoever_removed_it_once() {
    let (mut anna, mut theirs) = copies_with_a_note();
    by("anna", 9, &mut anna, Change::RemoveNote("n1".into()));
    by("ben", 7, &mut theirs, Change::EditNote("n1".into(), "important".into()));
    theirs = merge(&anna, &theirs).engagement;
    let mut mine = theirs.clone();
    by("anna", 20, &mut mine, Change::RestoreNote("n1".into()));
    assert_eq!(counts(&preview(Some(&mine), &theirs)), [0, 0, 3, 0, 0, 0]);
}

#[test]
fn a_note_names_its_newest_author_and_a_removed_one_who_removed_it() {
    let (mine, mut theirs) = copies();
    by("ben", 7, &mut theirs, note("n1", "hello"));
    by(
        "carla",
        50,
        &mut theirs,
        Change::EditNote("n1".into(), "hello again".into()),
    );
    let written = preview(Some(&mine), &theirs);
    assert_eq!(
        (written.changes[0].by.as_str(), written.changes[0].at),
        ("carla", Some(NOW + 50))
    );
    let mine = theirs.clone();
    by("carla", 50, &mut theirs, Change::EditNote("n1".into(), "hello!".into()));
    by("ben", 20, &mut theirs, Change::RemoveNote("n1".into()));
    let removed = preview(Some(&mine), &theirs);
    assert_eq!(
        (removed.changes[0].by.as_str(), removed.changes[0].at),
        ("ben", Some(NOW + 20)),
        "by a clock that is late"
    );
}

#[test]
fn a_conflict_in_a_note_that_theirs_settled_names_who_settled_it() {
    let (mut mine, mut ben) = copies_with_a_note();
    by("anna", 9, &mut mine, Change::EditNote("n1".into(), "mine".into()));
    by("ben", 7, &mut ben, Change::EditNote("n1".into(), "theirs".into()));
    mine = merge(&mine, &ben).engagement;
    let mut theirs = mine.clone();
    by("carla", 20, &mut theirs, Change::EditNote("n1".into(), "theirs".into()));
    let preview = preview(Some(&mine), &theirs);
    let change = &preview.changes[0];
    assert_eq!(
        (change.by.as_str(), change.at, change.kind),
        ("carla", Some(NOW + 20), ChangeKind::Newer)
    );
}

#[test]
fn a_note_rewritten_here_and_rewritten_and_removed_there_is_a_conflict() {
    let (mut mine, mut theirs) = copies_with_a_note();
    by("anna", 9, &mut mine, Change::EditNote("n1".into(), "mine".into()));
    by("ben", 7, &mut theirs, Change::EditNote("n1".into(), "theirs".into()));
    by("ben", 8, &mut theirs, Change::RemoveNote("n1".into()));
    let preview = preview(Some(&mine), &theirs);
    let change = &preview.changes[0];
    assert_eq!((change.kind, change.removed), (ChangeKind::Conflict, false));
    assert_eq!(change.theirs, Some(json!("theirs")));
}

#[test]
fn a_removal_of_a_note_that_i_never_had_does_not_make_it_old() {
    let (mut mine, mut theirs) = copies();
    by("anna", 9, &mut mine, Change::RemoveNote("n1".into()));
    by("ben", 7, &mut theirs, note("n1", "hello"));
    assert_eq!(preview(Some(&mine), &theirs).changes[0].kind, ChangeKind::New);
}

#[test]
fn a_note_without_words_is_a_note() {
    let (mine, mut theirs) = copies();
    by("ben", 7, &mut theirs, note("n1", "x"));
    let with_a_word = theirs.clone();
    by("ben", 8, &mut theirs, Change::EditNote("n1".into(), String::new()));
    assert_eq!(preview(Some(&mine), &theirs).changes[0].theirs, Some(Value::Null));
    assert_eq!(
        preview(Some(&with_a_word), &theirs).changes[0].kind,
        ChangeKind::Vanishing
    );
}

#[test]
fn an_entry_of_another_version_is_shown_by_its_fields() {
    let theirs = imported(&contoso_with(&["notes", "n9"], json!({ "title": ["x", mark(1)] })).to_string());
    let preview = preview(Some(&contoso()), &theirs);
    assert_eq!(counts(&preview)[0], 1);
    assert_eq!(
        (&preview.changes[0].path, preview.changes[0].by.as_str()),
        (&path("notes.n9"), "anna")
    );
}

#[test]
fn a_note_rewritten_on_both_sides_is_a_conflict() {
    let (mut mine, mut theirs) = copies_with_a_note();
    by("anna", 9, &mut mine, Change::EditNote("n1".into(), "mine".into()));
    by("ben", 7, &mut theirs, Change::EditNote("n1".into(), "theirs".into()));
    let preview = preview(Some(&mine), &theirs);
    assert_eq!(counts(&preview), [0, 0, 2, 1, 0, 0]);
    let change = &preview.changes[0];
    assert_eq!(
        (&change.mine, &change.theirs),
        (&Some(json!("mine")), &Some(json!("theirs")))
    );
    assert_eq!((change.by.as_str(), change.kind), ("ben", ChangeKind::Conflict));
}
