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

pub fn preview(mine: Option<&Engagement>, theirs: &Engagement) -> Preview {
    engagement_playbook::exchange::preview(mine, theirs, &playbook())
}

/// Two copies of the same engagement, as two people have them.
pub fn copies() -> (Engagement, Engagement) {
    let mut engagement = Engagement::new("e".into());
    by("anna", 0, &mut engagement, owner("Anna"));
    by("anna", 1, &mut engagement, Change::SetSeats(Some(5)));
    (engagement.clone(), engagement)
}

pub fn path(text: &str) -> Vec<String> {
    text.split('.').map(str::to_owned).collect()
}

pub fn counts(preview: &Preview) -> [usize; 6] {
    let Counts {
        new,
        newer,
        same,
        conflicting,
        mine_newer,
        unknown,
        vanishing: _,
    } = preview.counts;
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
    let [country, owner] = &preview.changes[..] else {
        panic!("{:?}", preview.changes)
    };
    assert_eq!(
        (&country.path, country.kind, country.by.as_str()),
        (&path("about.customer.country"), ChangeKind::New, "carla")
    );
    assert_eq!(
        (&owner.mine, &owner.theirs),
        (&Some(json!("Anna")), &Some(json!("Ben")))
    );
    assert_eq!(
        (owner.by.as_str(), owner.at, owner.kind),
        ("ben", Some(NOW + 7), ChangeKind::Newer)
    );
}

#[test]
fn an_older_copy_changes_nothing_and_says_which_of_mine_stay() {
    let (mut mine, theirs) = copies();
    by("ben", 7, &mut mine, owner("Ben"));
    by("ben", 8, &mut mine, Change::SetCountry("Chile".into()));
    let preview = preview(Some(&mine), &theirs);
    assert_eq!(
        (preview.status, counts(&preview)),
        (Status::MineNewer, [0, 0, 1, 0, 2, 0])
    );
    let [country, owner] = &preview.changes[..] else {
        panic!("{:?}", preview.changes)
    };
    assert_eq!((&country.mine, &country.theirs), (&Some(json!("Chile")), &None));
    assert_eq!(
        (&owner.mine, &owner.theirs),
        (&Some(json!("Ben")), &Some(json!("Anna")))
    );
    assert_eq!(
        (owner.by.as_str(), owner.at, owner.kind),
        ("ben", Some(NOW + 7), ChangeKind::MineNewer)
    );
}

#[test]
fn news_on_both_sides_of_different_fields_is_no_conflict() {
    let (mut mine, mut theirs) = copies();
    by("anna", 5, &mut mine, owner("Ann"));
    by("ben", 5, &mut theirs, Change::SetSeats(None));
    let preview = preview(Some(&mine), &theirs);
    assert_eq!((preview.status, counts(&preview)), (Status::Both, [0, 0, 0, 0, 1, 0]));
    assert_eq!(preview.counts.vanishing, 1);
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
        let [change] = &preview.changes[..] else {
            panic!("{:?}", preview.changes)
        };
        assert_eq!(
            (&change.mine, &change.theirs),
            (&Some(json!("Ann")), &Some(json!("Ben")))
        );
        assert_eq!(
            (change.by.as_str(), change.at, change.kind),
            ("ben", Some(NOW + theirs_at), ChangeKind::Conflict)
        );
    }
}

#[test]
fn two_who_wrote_the_same_have_nothing_to_decide() {
    let (mut mine, mut theirs) = copies();
    by("anna", 5, &mut mine, state("994", StateKey::Whole, TaskState::Complete));
    by(
        "ben",
        9,
        &mut theirs,
        state("994", StateKey::Whole, TaskState::Complete),
    );
    let preview = preview(Some(&mine), &theirs);
    assert_eq!((preview.status, counts(&preview)), (Status::Both, [0, 0, 3, 0, 0, 0]));
    assert!(preview.changes.is_empty());
}

#[test]
fn a_conflict_that_i_have_already_is_not_announced_again() {
    let (_, ben, mine) = two_owners();
    assert_eq!(counts(&preview(Some(&mine), &mine)), [0, 0, 2, 0, 0, 0]);
    assert_eq!(
        counts(&preview(Some(&mine), &ben)),
        [0, 0, 1, 0, 1, 0],
        "theirs is older"
    );
    let known_to_ben = preview(Some(&ben), &mine);
    assert_eq!(
        (known_to_ben.status, counts(&known_to_ben)),
        (Status::Newer, [0, 0, 1, 1, 0, 0])
    );
    assert_eq!(
        known_to_ben.changes[0].theirs,
        Some(json!("Ann")),
        "the value that Ben does not see yet"
    );
    let mut third = copies().1;
    by("carla", 7, &mut third, owner("Carla"));
    let one_more = preview(Some(&mine), &third);
    assert_eq!(counts(&one_more), [0, 0, 1, 1, 0, 0], "a third value is a new conflict");
    assert_eq!(one_more.changes[0].theirs, Some(json!("Carla")));
}

#[test]
fn a_conflict_settled_by_theirs_is_a_newer_value() {
    let (_, _, mine) = two_owners();
    let mut theirs = mine.clone();
    by("carla", 20, &mut theirs, owner("Ann"));
    let preview = preview(Some(&mine), &theirs);
    assert_eq!((preview.status, counts(&preview)), (Status::Newer, [0, 1, 1, 0, 0, 0]));
    let change = &preview.changes[0];
    assert_eq!(
        (&change.mine, &change.theirs),
        (&Some(json!("Ben")), &Some(json!("Ann")))
    );
    assert_eq!((change.by.as_str(), change.kind), ("carla", ChangeKind::Newer));
}

/// Anna's and Ben's copies, and the two merged: Ben's owner shows, Anna's stands against it.
fn two_owners() -> (Engagement, Engagement, Engagement) {
    let (mut anna, mut ben) = copies();
    by("anna", 5, &mut anna, owner("Ann"));
    by("ben", 9, &mut ben, owner("Ben"));
    let both = merge(&anna, &ben).engagement;
    (anna, ben, both)
}

#[test]
fn a_conflict_settled_to_the_value_that_showed_is_settled() {
    let (_, _, mine) = two_owners();
    let mut theirs = mine.clone();
    by("carla", 20, &mut theirs, owner("Ben"));
    let preview = preview(Some(&mine), &theirs);
    assert_eq!(counts(&preview), [0, 1, 1, 0, 0, 0]);
    assert_eq!(
        (preview.changes[0].by.as_str(), preview.changes[0].at),
        ("carla", Some(NOW + 20))
    );
}

#[test]
fn another_value_in_an_open_conflict_is_a_conflict_again() {
    let (anna, _, mine) = two_owners();
    let mut theirs = anna;
    by("anna", 6, &mut theirs, owner("Anna B."));
    let preview = preview(Some(&mine), &theirs);
    assert_eq!(counts(&preview), [0, 0, 1, 1, 0, 0]);
    assert_eq!(
        (&preview.changes[0].mine, &preview.changes[0].theirs),
        (&Some(json!("Ben")), &Some(json!("Anna B.")))
    );
}

#[test]
fn a_conflict_whose_other_value_shows_afterwards_is_no_new_conflict() {
    let (anna, _, mine) = two_owners();
    let mut theirs = anna;
    by("anna", 20, &mut theirs, owner("A slip"));
    by("anna", 21, &mut theirs, owner("Ann"));
    let preview = preview(Some(&mine), &theirs);
    assert_eq!(counts(&preview), [0, 1, 1, 0, 0, 0]);
    assert_eq!(
        (&preview.changes[0].mine, &preview.changes[0].theirs),
        (&Some(json!("Ben")), &Some(json!("Ann")))
    );
}

#[test]
fn a_conflict_names_the_value_that_i_do_not_have_and_its_author() {
    let (mine, mut dora) = copies();
    by("dora", 10, &mut dora, owner("A slip"));
    by("dora", 11, &mut dora, owner("Anna"));
    let theirs = merge(&dora, &two_owners().1).engagement;
    let preview = preview(Some(&mine), &theirs);
    let change = &preview.changes[0];
    assert_eq!(
        (&change.theirs, change.by.as_str(), change.kind),
        (&Some(json!("Ben")), "ben", ChangeKind::Conflict)
    );
}

#[test]
fn a_new_engagement_says_which_conflicts_it_brings() {
    let preview = preview(None, &contoso());
    assert_eq!(preview.counts.conflicting, 1);
    let change = preview
        .changes
        .iter()
        .find(|change| change.kind == ChangeKind::Conflict)
        .expect("the owner");
    assert_eq!(
        (&change.path, &change.theirs),
        (&path("tasks.994.owner"), &Some(json!("Ben")))
    );
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
fn what_this_version_does_not_know_is_counted_and_shown() {
    let known = imported(&contoso_with(&["tasks", "3278", "owner"], json!(["x", mark(1)])).to_string());
    assert_eq!(preview(None, &known).counts.unknown, 0);
    for (path, value) in [
        (vec!["x-tool"], json!([1, 2])),
        (vec!["tasks", "994", "effort"], json!([2, mark(1)])),
        (vec!["tasks", "994", "effort"], json!({ "hours": 2 })),
        (vec!["tasks", "of-a-newer-edition"], json!({ "owner": ["x", mark(1)] })),
        (vec!["tasks", "994", "state"], json!(["half-done", mark(1)])),
        (
            vec!["tasks", "983", "states", "hologram-online"],
            json!(["complete", mark(1)]),
        ),
        (
            vec!["services", "hologram-online"],
            json!({ "in_scope": [true, mark(1)] }),
        ),
        (
            vec!["checks", "conduct-seance"],
            json!({ "a": { "done": [true, mark(1)] } }),
        ),
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
    let [more, version] = &preview.changes[..] else {
        panic!("{:?}", preview.changes)
    };
    assert_eq!((&more.path, more.kind), (&path("x-tool.more"), ChangeKind::New));
    assert_eq!((&version.mine, &version.theirs), (&Some(json!(3)), &Some(json!(4))));
    assert_eq!(
        (version.by.as_str(), version.at, version.kind),
        ("", None, ChangeKind::Newer)
    );
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
        assert_eq!(
            [new, newer, conflicting, mine_newer],
            [
                ChangeKind::New,
                ChangeKind::Newer,
                ChangeKind::Conflict,
                ChangeKind::MineNewer
            ]
            .map(of)
        );
        assert_eq!(preview.counts.vanishing, of(ChangeKind::Vanishing));
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
        let Counts { new, newer, vanishing, conflicting, .. } = after.counts;
        prop_assert_eq!([new, newer, vanishing, conflicting], [0, 0, 0, 0]);
        prop_assert!(after.clashes.is_empty());
    }
}
