//! A preview summed up by the parts of the work, what would be emptied, and what there is to choose from.

use super::{
    made::{NOW, by, cases, day, note, owner, playbook},
    preview::{copies, preview},
    random,
};
use engagement_playbook::{
    engagement::{Change, Datum, Engagement, EntryField, EntryKind, Field, ServiceField, merge},
    exchange::{Blanks, ChangeKind, Counts, Section, Standpoint},
};
use proptest::prelude::*;
use serde_json::json;

fn section(preview: &engagement_playbook::exchange::Preview, of: Section) -> Counts {
    let found = preview.sections.iter().find(|(section, _)| *section == of);
    found.map(|(_, counts)| *counts).unwrap_or_default()
}

#[test]
fn each_part_of_the_work_says_what_comes_stays_and_clashes() {
    let (mut mine, mut theirs) = copies();
    by("anna", 9, &mut mine, owner("Anna A."));
    by("ben", 7, &mut theirs, owner("Ben"));
    by("ben", 8, &mut theirs, Change::SetSeats(None));
    by("ben", 9, &mut theirs, note("n1", "hello"));
    by(
        "ben",
        10,
        &mut theirs,
        Change::SetService("teams".into(), ServiceField::SuccessOwner, Datum::Text("Kim".into())),
    );
    by(
        "ben",
        11,
        &mut theirs,
        Change::SetField(Field::Industry, Datum::Text("Retail".into())),
    );
    by(
        "anna",
        10,
        &mut mine,
        Change::SetCheck("conduct-customer-kickoff".into(), "ki.team".into(), true),
    );
    by(
        "ben",
        12,
        &mut theirs,
        Change::SetHoliday(day("2026-12-25").expect("a day"), Some("Weihnachten".into())),
    );
    let preview = preview(Some(&mine), &theirs);
    let one = |kind| {
        let mut counts = Counts::default();
        match kind {
            ChangeKind::New => counts.new = 1,
            ChangeKind::Newer => counts.newer = 1,
            ChangeKind::Vanishing => counts.vanishing = 1,
            ChangeKind::Conflict => counts.conflicting = 1,
            ChangeKind::MineNewer => counts.mine_newer = 1,
        }
        counts
    };
    let expected = [
        (Section::Customer, one(ChangeKind::Vanishing)),
        (Section::Services, one(ChangeKind::New)),
        (Section::Tasks, one(ChangeKind::Conflict)),
        (Section::Checks, one(ChangeKind::MineNewer)),
        (Section::Notes, one(ChangeKind::New)),
        (Section::Plan, one(ChangeKind::New)),
        (Section::Dates, one(ChangeKind::New)),
    ];
    assert_eq!(preview.sections, expected);
}

#[test]
fn the_history_is_no_part_of_a_preview() {
    let (mine, mut theirs) = copies();
    by("ben", 7, &mut theirs, owner("Ben"));
    let preview = preview(Some(&mine), &theirs);
    assert!(!theirs.history().is_empty());
    assert_eq!(section(&preview, Section::Other), Counts::default());
    assert!(preview.changes.iter().all(|change| change.path[0] != "history"));
}

#[test]
fn a_cleared_value_and_an_entry_with_a_cleared_field_would_vanish() {
    let (mut mine, _) = copies();
    let action = |due| {
        let values = vec![
            (EntryField::Name, Datum::Text("Find champions".into())),
            (EntryField::Due, Datum::Day(due)),
        ];
        Change::WriteEntry(EntryKind::Action, "a1".into(), values)
    };
    by("anna", 2, &mut mine, action(day("2026-12-01")));
    let mut theirs = mine.clone();
    by("ben", 7, &mut theirs, Change::SetOwner("994".into(), String::new()));
    by("ben", 8, &mut theirs, action(None));
    let preview = preview(Some(&mine), &theirs);
    assert_eq!(preview.counts.vanishing, 2);
    assert_eq!(preview.blanks, Blanks { blank: 2, of: 3 });
    assert!(
        preview
            .changes
            .iter()
            .all(|change| change.kind == ChangeKind::Vanishing && !change.removed)
    );
}

/// Mine with so many notes, and theirs with the first ones removed.
fn with_removed(notes: usize, removed: usize) -> [Engagement; 2] {
    let ids: Vec<&'static str> = (0..notes).map(|n| &*format!("n{n}").leak()).collect();
    let mut mine = Engagement::new("e".into());
    for (after, id) in ids.iter().enumerate() {
        by("anna", after as i64, &mut mine, note(id, "words"));
    }
    let mut theirs = mine.clone();
    for (after, id) in ids[..removed].iter().enumerate() {
        by(
            "ben",
            1_000 + after as i64,
            &mut theirs,
            Change::RemoveNote((*id).into()),
        );
    }
    [mine, theirs]
}

#[test]
fn t39_an_import_that_would_blank_over_20_items_or_10_percent_is_asked_about() {
    for (notes, removed, asks) in [
        (10, 1, false),
        (10, 2, true),
        (200, 20, false),
        (300, 21, true),
        (199, 20, true),
        (1, 0, false),
    ] {
        let [mine, theirs] = with_removed(notes, removed);
        let blanks = preview(Some(&mine), &theirs).blanks;
        assert_eq!(
            blanks,
            Blanks {
                blank: removed,
                of: notes
            }
        );
        assert_eq!(blanks.are_many(), asks, "{removed} of {notes}");
    }
    let together: Blanks = [Blanks { blank: 15, of: 400 }, Blanks { blank: 6, of: 400 }]
        .into_iter()
        .sum();
    assert!(together.are_many());
}

#[test]
fn t39_an_older_copy_of_theirs_blanks_nothing() {
    let [older, mine] = with_removed(30, 25);
    let preview = preview(Some(&mine), &older);
    assert_eq!((preview.blanks.blank, preview.blanks.are_many()), (0, false));
    assert_eq!(preview.counts.mine_newer, 25);
}

#[test]
fn t23_what_there_is_to_choose_from_has_both_values_with_author_and_time() {
    let (mut mine, mut theirs) = copies();
    by("anna", 9, &mut mine, owner("Anna A."));
    by("ben", 7, &mut theirs, owner("Ben"));
    let before = preview(Some(&mine), &theirs);
    let [clash] = &before.clashes[..] else {
        panic!("{:?}", before.clashes)
    };
    assert_eq!(clash.conflict.path, ["tasks", "994", "owner"]);
    let said: Vec<_> = clash
        .sides
        .iter()
        .map(|side| {
            (
                side.claim.value.clone(),
                side.claim.author.as_str(),
                side.claim.at,
                side.of,
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            (json!("Anna A."), "anna", NOW + 9, Standpoint::Mine),
            (json!("Ben"), "ben", NOW + 7, Standpoint::Theirs),
        ]
    );
    let joined = merge(&mine, &theirs).engagement;
    assert!(
        preview(Some(&joined), &theirs).clashes.is_empty(),
        "it stands there already"
    );
    assert_eq!(preview(None, &joined).clashes.len(), 1, "new here, with its conflict");
}

#[test]
fn a_conflict_in_an_entry_that_is_out_of_its_list_asks_nobody() {
    let (mut mine, _) = copies();
    by("anna", 2, &mut mine, note("n1", "hello"));
    let mut ben = mine.clone();
    by("anna", 9, &mut mine, Change::EditNote("n1".into(), "mine".into()));
    by("ben", 7, &mut ben, Change::EditNote("n1".into(), "theirs".into()));
    let both = merge(&mine, &ben).engagement;
    assert_eq!(preview(Some(&mine), &ben).clashes.len(), 1);
    let mut theirs = both.clone();
    by("ben", 20, &mut theirs, Change::RemoveNote("n1".into()));
    assert!(preview(None, &theirs).clashes.is_empty());
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn the_parts_sum_up_to_the_whole([mine, theirs] in random::copies()) {
        let preview = engagement_playbook::exchange::preview(Some(&mine), &theirs, &playbook());
        let mut sum = [0; 7];
        for (_, counts) in &preview.sections {
            let Counts { new, newer, vanishing, same, conflicting, mine_newer, unknown } = *counts;
            for (place, n) in [new, newer, vanishing, same, conflicting, mine_newer, unknown].into_iter().enumerate() {
                sum[place] += n;
            }
        }
        let Counts { new, newer, vanishing, same, conflicting, mine_newer, unknown } = preview.counts;
        prop_assert_eq!(sum, [new, newer, vanishing, same, conflicting, mine_newer, unknown]);
        prop_assert_eq!(preview.blanks.blank, vanishing);
        prop_assert!(preview.blanks.blank <= preview.blanks.of);
        for change in &preview.changes {
            prop_assert!(preview.sections.iter().any(|(section, _)| *section == Section::of(&change.path)));
        }
    }

    #[test]
    fn t39_what_would_vanish_is_all_that_is_blank_afterwards([mine, theirs] in random::copies()) {
        let preview = engagement_playbook::exchange::preview(Some(&mine), &theirs, &playbook());
        let joined = merge(&mine, &theirs).engagement;
        for task in ["994", "983", "own:task", "__proto__"] {
            let blanked = !mine.owner(&task.into()).is_empty() && joined.owner(&task.into()).is_empty();
            let told = preview.changes.iter().any(|change| {
                change.path == ["tasks", task, "owner"]
                    && matches!(change.kind, ChangeKind::Vanishing | ChangeKind::Conflict)
            });
            prop_assert!(told || !blanked, "{task}");
        }
        for note in mine.notes().into_iter().filter(|note| !note.removed) {
            let gone = joined.note(&note.id).is_none_or(|note| note.removed);
            let told = preview.changes.iter().any(|change| {
                change.path == ["notes", note.id.as_str()] && change.kind == ChangeKind::Vanishing
            });
            prop_assert!(told || !gone, "{note:?}");
        }
    }
}
