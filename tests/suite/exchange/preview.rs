//! What an import would change, before anybody agrees.

use super::{
    made::{NOW, by, cases, contoso, contoso_with, imported, mark, note, owner, playbook, state},
    random,
};
use engagement_playbook::{
    engagement::{Change, Engagement, StateKey, merge},
    exchange::{ChangeKind, Counts, FieldChange, Preview, Status},
    playbook::TaskState,
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn preview(mine: Option<&Engagement>, theirs: &Engagement) -> Preview {
    engagement_playbook::exchange::preview(mine, theirs, &playbook())
}

/// Two copies of the same engagement, as two people have them.
fn copies() -> (Engagement, Engagement) {
    let mut engagement = Engagement::new("e".into());
    by("anna", 0, &mut engagement, owner("Anna"));
    by("anna", 1, &mut engagement, Change::SetSeats(Some(5)));
    (engagement.clone(), engagement)
}

fn path(text: &str) -> Vec<String> {
    text.split('.').map(str::to_owned).collect()
}

fn counts(preview: &Preview) -> [usize; 6] {
    let Counts { new, newer, same, conflicting, mine_newer, unknown } = preview.counts;
    [new, newer, same, conflicting, mine_newer, unknown]
}

#[test]
fn an_engagement_that_is_not_there_is_new() {
    let (_, theirs) = copies();
    let preview = preview(None, &theirs);
    assert_eq!(preview.status, Status::New);
    assert_eq!(preview.id.as_str(), "e");
    assert_eq!(counts(&preview), [2, 0, 0, 0, 0, 0]);
    assert_eq!(
        preview.changes,
        [
            FieldChange {
                path: path("about.customer.seats"),
                mine: None,
                theirs: Some(json!(5)),
                by: "anna".into(),
                at: Some(NOW + 1),
                kind: ChangeKind::New,
                removed: false,
            },
            FieldChange {
                path: path("tasks.994.owner"),
                mine: None,
                theirs: Some(json!("Anna")),
                by: "anna".into(),
                at: Some(NOW),
                kind: ChangeKind::New,
                removed: false,
            },
        ]
    );
}

#[test]
fn the_same_copy_brings_nothing() {
    let (mine, theirs) = copies();
    let preview = preview(Some(&mine), &theirs);
    assert_eq!((preview.status, counts(&preview)), (Status::Same, [0, 0, 2, 0, 0, 0]));
    assert!(preview.changes.is_empty());
}

#[test]
fn a_newer_copy_says_what_it_changes_and_who_wrote_it() {
    let (mine, mut theirs) = copies();
    by("ben", 7, &mut theirs, owner("Ben"));
    by("carla", 8, &mut theirs, Change::SetCountry("Chile".into()));
    let preview = preview(Some(&mine), &theirs);
    assert_eq!((preview.status, counts(&preview)), (Status::Newer, [1, 1, 1, 0, 0, 0]));
    let [country, owner] = &preview.changes[..] else { panic!("{:?}", preview.changes) };
    assert_eq!((&country.path, country.kind, country.by.as_str()), (&path("about.customer.country"), ChangeKind::New, "carla"));
    assert_eq!((&owner.mine, &owner.theirs), (&Some(json!("Anna")), &Some(json!("Ben"))));
    assert_eq!((owner.by.as_str(), owner.at, owner.kind), ("ben", Some(NOW + 7), ChangeKind::Newer));
}

#[test]
fn an_older_copy_changes_nothing_and_says_which_of_mine_stay() {
    let (mut mine, theirs) = copies();
    by("ben", 7, &mut mine, owner("Ben"));
    by("ben", 8, &mut mine, Change::SetCountry("Chile".into()));
    let preview = preview(Some(&mine), &theirs);
    assert_eq!((preview.status, counts(&preview)), (Status::MineNewer, [0, 0, 1, 0, 2, 0]));
    let [country, owner] = &preview.changes[..] else { panic!("{:?}", preview.changes) };
    assert_eq!((&country.mine, &country.theirs), (&Some(json!("Chile")), &None));
    assert_eq!((&owner.mine, &owner.theirs), (&Some(json!("Ben")), &Some(json!("Anna"))));
    assert_eq!((owner.by.as_str(), owner.at, owner.kind), ("ben", Some(NOW + 7), ChangeKind::MineNewer));
}

#[test]
fn news_on_both_sides_of_different_fields_is_no_conflict() {
    let (mut mine, mut theirs) = copies();
    by("anna", 5, &mut mine, owner("Ann"));
    by("ben", 5, &mut theirs, Change::SetSeats(None));
    let preview = preview(Some(&mine), &theirs);
    assert_eq!((preview.status, counts(&preview)), (Status::Both, [0, 1, 0, 0, 1, 0]));
    assert_eq!(preview.changes[0].theirs, Some(Value::Null), "cleared is a value too");
}

#[test]
fn the_same_field_changed_on_both_sides_is_a_conflict_whoever_was_later() {
    for (mine_at, theirs_at) in [(5, 9), (9, 5)] {
        let (mut mine, mut theirs) = copies();
        by("anna", mine_at, &mut mine, owner("Ann"));
        by("ben", theirs_at, &mut theirs, owner("Ben"));
        let preview = preview(Some(&mine), &theirs);
        assert_eq!((preview.status, counts(&preview)), (Status::Both, [0, 0, 1, 1, 0, 0]));
        let [change] = &preview.changes[..] else { panic!("{:?}", preview.changes) };
        assert_eq!((&change.mine, &change.theirs), (&Some(json!("Ann")), &Some(json!("Ben"))));
        assert_eq!((change.by.as_str(), change.at, change.kind), ("ben", Some(NOW + theirs_at), ChangeKind::Conflict));
    }
}

#[test]
fn two_who_wrote_the_same_have_nothing_to_decide() {
    let (mut mine, mut theirs) = copies();
    by("anna", 5, &mut mine, state("994", StateKey::Whole, TaskState::Complete));
    by("ben", 9, &mut theirs, state("994", StateKey::Whole, TaskState::Complete));
    let preview = preview(Some(&mine), &theirs);
    assert_eq!((preview.status, counts(&preview)), (Status::Both, [0, 0, 3, 0, 0, 0]));
    assert!(preview.changes.is_empty());
}

#[test]
fn a_conflict_that_i_have_already_is_not_announced_again() {
    let (mut anna, mut ben) = copies();
    by("anna", 5, &mut anna, owner("Ann"));
    by("ben", 9, &mut ben, owner("Ben"));
    let mine = merge(&anna, &ben).engagement;
    assert_eq!(counts(&preview(Some(&mine), &mine)), [0, 0, 2, 0, 0, 0]);
    assert_eq!(counts(&preview(Some(&mine), &ben)), [0, 0, 1, 0, 1, 0], "theirs is older");
    let known_to_ben = preview(Some(&ben), &mine);
    assert_eq!((known_to_ben.status, counts(&known_to_ben)), (Status::Newer, [0, 0, 1, 1, 0, 0]));
    assert_eq!(known_to_ben.changes[0].theirs, Some(json!("Ann")), "the value that Ben does not see yet");
    let mut third = copies().1;
    by("carla", 7, &mut third, owner("Carla"));
    let one_more = preview(Some(&mine), &third);
    assert_eq!(counts(&one_more), [0, 0, 1, 1, 0, 0], "a third value is a new conflict");
    assert_eq!(one_more.changes[0].theirs, Some(json!("Carla")));
}

#[test]
fn a_conflict_settled_by_theirs_is_a_newer_value() {
    let (mut anna, mut ben) = copies();
    by("anna", 5, &mut anna, owner("Ann"));
    by("ben", 9, &mut ben, owner("Ben"));
    let mine = merge(&anna, &ben).engagement;
    let mut theirs = mine.clone();
    by("carla", 20, &mut theirs, owner("Ann"));
    let preview = preview(Some(&mine), &theirs);
    assert_eq!((preview.status, counts(&preview)), (Status::Newer, [0, 1, 1, 0, 0, 0]));
    let change = &preview.changes[0];
    assert_eq!((&change.mine, &change.theirs), (&Some(json!("Ben")), &Some(json!("Ann"))));
    assert_eq!((change.by.as_str(), change.kind), ("carla", ChangeKind::Newer));
}

#[test]
fn a_new_engagement_says_which_conflicts_it_brings() {
    let preview = preview(None, &contoso());
    assert_eq!(preview.counts.conflicting, 1);
    let change = preview.changes.iter().find(|change| change.kind == ChangeKind::Conflict).expect("the owner");
    assert_eq!((&change.path, &change.theirs), (&path("tasks.994.owner"), &Some(json!("Ben"))));
}

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
    by("ben", 7, &mut theirs, Change::EditNote("n1".into(), "hello again".into()));
    let newer = preview(Some(&mine), &theirs);
    assert_eq!(counts(&newer), [0, 1, 2, 0, 0, 0]);
    let change = &newer.changes[0];
    assert_eq!((&change.mine, &change.theirs), (&Some(json!("hello")), &Some(json!("hello again"))));
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
    assert_eq!((removed.status, counts(&removed)), (Status::Newer, [0, 1, 2, 0, 0, 0]));
    let change = &removed.changes[0];
    assert_eq!((change.kind, change.removed), (ChangeKind::Newer, true));
    assert_eq!((&change.mine, &change.theirs), (&Some(json!("hello")), &None));
    assert_eq!((change.by.as_str(), change.at), ("ben", Some(NOW + 7)));
    let stays_removed = preview(Some(&theirs), &mine);
    let change = &stays_removed.changes[0];
    assert_eq!((change.kind, change.removed, change.by.as_str()), (ChangeKind::MineNewer, true, "ben"));
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
    assert_eq!((&change.mine, &change.theirs, change.by.as_str()), (&None, &Some(json!("important")), "ben"));
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
    by("anna", 9, &mut mine, Change::EditNote("n1".into(), "hello again".into()));
    by("anna", 10, &mut mine, Change::RemoveNote("n1".into()));
    by("ben", 7, &mut theirs, Change::RemoveNote("n1".into()));
    assert!(merge(&mine, &theirs).engagement.notes()[0].removed);
    for preview in [preview(Some(&mine), &theirs), preview(Some(&theirs), &mine)] {
        assert_eq!((preview.status, counts(&preview)), (Status::Both, [0, 0, 3, 0, 0, 0]));
    }
    assert_eq!(counts(&preview(None, &mine)), [2, 0, 1, 0, 0, 0], "new to me, and removed already");
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
    assert_eq!((change.kind, change.removed, change.at), (ChangeKind::Newer, true, Some(NOW + 20)));
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
fn a_note_without_words_is_a_note() {
    let (mine, mut theirs) = copies();
    by("ben", 7, &mut theirs, note("n1", "x"));
    let with_a_word = theirs.clone();
    by("ben", 8, &mut theirs, Change::EditNote("n1".into(), String::new()));
    assert_eq!(preview(Some(&mine), &theirs).changes[0].theirs, Some(Value::Null));
    assert_eq!(preview(Some(&with_a_word), &theirs).changes[0].kind, ChangeKind::Newer);
}

#[test]
fn an_entry_of_another_version_is_shown_by_its_fields() {
    let theirs = imported(&contoso_with(&["notes", "n9"], json!({ "title": ["x", mark(1)] })).to_string());
    let preview = preview(Some(&contoso()), &theirs);
    assert_eq!(counts(&preview)[0], 1);
    assert_eq!((&preview.changes[0].path, preview.changes[0].by.as_str()), (&path("notes.n9"), "anna"));
}

#[test]
fn a_field_that_was_cleared_before_i_ever_had_it_is_no_news() {
    let mut theirs = copies().1;
    by("ben", 7, &mut theirs, Change::SetCountry("Chile".into()));
    by("ben", 8, &mut theirs, Change::SetCountry(String::new()));
    assert_eq!(counts(&preview(Some(&copies().0), &theirs)), [0, 0, 3, 0, 0, 0]);
    assert_eq!(counts(&preview(None, &theirs)), [2, 0, 1, 0, 0, 0]);
}

#[test]
fn a_note_rewritten_on_both_sides_is_a_conflict() {
    let (mut mine, mut theirs) = copies_with_a_note();
    by("anna", 9, &mut mine, Change::EditNote("n1".into(), "mine".into()));
    by("ben", 7, &mut theirs, Change::EditNote("n1".into(), "theirs".into()));
    let preview = preview(Some(&mine), &theirs);
    assert_eq!(counts(&preview), [0, 0, 2, 1, 0, 0]);
    let change = &preview.changes[0];
    assert_eq!((&change.mine, &change.theirs), (&Some(json!("mine")), &Some(json!("theirs"))));
    assert_eq!((change.by.as_str(), change.kind), ("ben", ChangeKind::Conflict));
}

#[test]
fn what_this_version_does_not_know_is_counted_and_shown() {
    let known = imported(&contoso_with(&["tasks", "3278", "owner"], json!(["x", mark(1)])).to_string());
    assert_eq!(preview(None, &known).counts.unknown, 0);
    for (path, value) in [
        (vec!["x-tool"], json!([1, 2])),
        (vec!["tasks", "994", "effort"], json!([2, mark(1)])),
        (vec!["tasks", "994", "effort"], json!({ "hours": 2 })),
        (vec!["tasks", "of-a-newer-edition"], json!({ "owner": ["x", mark(1)] })),
        (vec!["tasks", "994", "state"], json!(["half-done", mark(1)])),
        (vec!["tasks", "983", "states", "hologram-online"], json!(["complete", mark(1)])),
        (vec!["services", "hologram-online"], json!({ "in_scope": [true, mark(1)] })),
        (vec!["checks", "conduct-seance"], json!({ "a": { "done": [true, mark(1)] } })),
        (vec!["about", "facts", "on-the-moon"], json!([true, mark(1)])),
        (vec!["about", "assignment", "motion"], json!(["teleport", mark(1)])),
        (vec!["about", "customer", "region"], json!(["moon", mark(1)])),
        (vec!["notes", "note-1", "process"], json!(["conduct-seance", mark(1)])),
        (vec!["notes", "note-1", "colour"], json!("red")),
    ] {
        let theirs = imported(&contoso_with(&path, value.clone()).to_string());
        assert_eq!(preview(None, &theirs).counts.unknown, 1, "{path:?} {value}");
    }
}

#[test]
fn a_value_without_a_stamp_has_no_author() {
    let mine = imported(&contoso_with(&["x-tool"], json!({ "version": 3 })).to_string());
    let theirs = imported(&contoso_with(&["x-tool"], json!({ "version": 4, "more": [] })).to_string());
    let preview = preview(Some(&mine), &theirs);
    assert_eq!(preview.status, Status::Newer);
    let [more, version] = &preview.changes[..] else { panic!("{:?}", preview.changes) };
    assert_eq!((&more.path, more.kind), (&path("x-tool.more"), ChangeKind::New));
    assert_eq!((&version.mine, &version.theirs), (&Some(json!(3)), &Some(json!(4))));
    assert_eq!((version.by.as_str(), version.at, version.kind), ("", None, ChangeKind::Newer));
}

#[test]
fn a_copy_of_another_engagement_is_none_of_mine() {
    let (mine, _) = copies();
    assert_eq!(preview(Some(&mine), &contoso()), preview(None, &contoso()));
}

#[test]
fn the_counts_are_those_of_the_list() {
    let mut theirs = contoso();
    by("dora", 9_000, &mut theirs, note("note-9", "neu"));
    by("dora", 9_001, &mut theirs, owner("Dora"));
    for mine in [None, Some(&contoso())] {
        let preview = preview(mine, &theirs);
        let of = |kind| preview.changes.iter().filter(|change| change.kind == kind).count();
        let [new, newer, _, conflicting, mine_newer, _] = counts(&preview);
        assert_eq!([new, newer, conflicting, mine_newer], [ChangeKind::New, ChangeKind::Newer, ChangeKind::Conflict, ChangeKind::MineNewer].map(of));
        let paths: Vec<_> = preview.changes.iter().map(|change| &change.path).collect();
        assert!(paths.is_sorted(), "{paths:?}");
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn what_a_preview_promises_is_what_the_merge_does([mine, theirs] in random::copies()) {
        let playbook = playbook();
        let preview = |mine: &Engagement| engagement_playbook::exchange::preview(Some(mine), &theirs, &playbook);
        let joined = merge(&mine, &theirs).engagement;
        let before = preview(&mine);
        for task in ["994", "983", "own:task", "__proto__"] {
            let announced = before.changes.iter().any(|change| {
                change.path == ["tasks", task, "owner"] && change.kind != ChangeKind::MineNewer
            });
            let changes = mine.owner(&task.into()) != joined.owner(&task.into());
            prop_assert!(announced || !changes, "{task}");
        }
        for note in joined.notes() {
            let was = mine.note(&note.id);
            let shown = |note: &engagement_playbook::engagement::Note| (!note.removed).then(|| note.text.clone());
            let announced = before.changes.iter().any(|change| {
                change.path == ["notes", note.id.as_str()] && change.kind != ChangeKind::MineNewer
            });
            prop_assert!(announced || was.as_ref().and_then(shown) == shown(&note), "{note:?}");
        }
        let conflicts = |engagement: &Engagement| engagement.conflicts().len();
        prop_assert!(before.counts.conflicting <= conflicts(&joined));
        let after = preview(&joined);
        prop_assert!(matches!(after.status, Status::Same | Status::MineNewer));
        prop_assert_eq!([after.counts.new, after.counts.newer, after.counts.conflicting], [0, 0, 0]);
    }
}
