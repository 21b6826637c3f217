//! Taking back and doing again: everything a person can do, and never what a colleague wrote since.

use super::model::{Faulty, Origin, View, opened, tab, write};
use crate::support::{Edit, by, contoso, day, draw, edit, fewer_cases, shown};
use engagement_playbook::{
    engagement::{Change, Datum, Engagement, EntryField, EntryKind, Put, Signature, StateKey},
    playbook::{EngagementId, TaskState},
    workspace::{KeyValue, Refusal, TakenBack, Workspace},
};
use proptest::prelude::*;
use serde_json::Value;
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

fn named(name: &str) -> Change {
    Change::SetCustomer(name.to_owned())
}

fn note(id: &'static str, text: &str) -> Change {
    Change::WriteNote {
        note: id.into(),
        text: text.to_owned(),
        process: None,
        on: day("2026-11-20"),
        language: "en".to_owned(),
    }
}

fn ticked(state: TaskState) -> Change {
    Change::SetTaskState {
        task: "994".into(),
        states: vec![(StateKey::Whole, state)],
        reason: None,
        done_on: Some(day("2026-11-20")),
    }
}

/// A tab with an engagement of Contoso in it.
fn at_work() -> Workspace<Faulty> {
    let mut workspace = Workspace::open(Faulty::default(), tab(true), 1_000);
    let done = workspace.create(&contoso(), &[named("Contoso")], 2_000);
    assert!(done.is_ok_and(|done| done.changed));
    workspace
}

fn undo<S: KeyValue>(workspace: &mut Workspace<S>, now: i64) -> TakenBack {
    workspace
        .undo(now)
        .expect("the storage is open")
        .expect("there is a step")
}

fn redo<S: KeyValue>(workspace: &mut Workspace<S>, now: i64) -> TakenBack {
    workspace
        .redo(now)
        .expect("the storage is open")
        .expect("there is a step")
}

#[test]
fn a_value_comes_back_and_goes_again() {
    let mut workspace = at_work();
    write(&mut workspace, &contoso(), &named("Fabrikam"), 3_000);
    let customer = |workspace: &Workspace<Faulty>| workspace.get(&contoso()).map(|one| one.customer().to_owned());
    let back = undo(&mut workspace, 4_000);
    assert_eq!((back.fields.len(), back.left_alone, back.whole), (1, 0, 0));
    assert_eq!(customer(&workspace).as_deref(), Some("Contoso"));
    assert!(workspace.can_redo());
    redo(&mut workspace, 5_000);
    assert_eq!(customer(&workspace).as_deref(), Some("Fabrikam"));
    assert!(!workspace.can_redo());
    undo(&mut workspace, 6_000);
    let again = opened(workspace.store().texts());
    assert_eq!(
        again.get(&contoso()).map(|one| one.customer()),
        Some("Contoso"),
        "it is saved like any edit"
    );
}

#[test]
fn what_was_never_written_is_empty_again() {
    let mut workspace = at_work();
    write(&mut workspace, &contoso(), &ticked(TaskState::Complete), 3_000);
    undo(&mut workspace, 4_000);
    let one = workspace.get(&contoso()).expect("there");
    assert_eq!(one.task_state(&"994".into(), &StateKey::Whole), TaskState::NotStarted);
    assert_eq!(one.done_on(&"994".into()), None);
}

#[test]
fn a_new_note_is_taken_out_of_the_list_with_its_words_kept_and_comes_back() {
    let mut workspace = at_work();
    write(&mut workspace, &contoso(), &note("n1", "First call"), 3_000);
    undo(&mut workspace, 4_000);
    let removed = |workspace: &Workspace<Faulty>| {
        let notes = workspace.get(&contoso()).map(|one| one.notes()).unwrap_or_default();
        notes
            .iter()
            .map(|note| (note.text.clone(), note.removed))
            .collect::<Vec<_>>()
    };
    assert_eq!(removed(&workspace), [("First call".to_owned(), true)]);
    redo(&mut workspace, 5_000);
    assert_eq!(removed(&workspace), [("First call".to_owned(), false)]);
}

#[test]
fn a_removal_and_an_entry_of_a_list_are_steps_like_any_other() {
    let mut workspace = at_work();
    let goal = Change::WriteEntry(
        EntryKind::Goal,
        "g1".into(),
        vec![(EntryField::Name, Datum::Text("Fewer mails".to_owned()))],
    );
    write(&mut workspace, &contoso(), &goal, 3_000);
    write(
        &mut workspace,
        &contoso(),
        &Change::RemoveEntry(EntryKind::Goal, "g1".into()),
        4_000,
    );
    let goals = |workspace: &Workspace<Faulty>| {
        workspace
            .get(&contoso())
            .map_or(0, |one| one.entries(EntryKind::Goal).count())
    };
    assert_eq!(goals(&workspace), 0);
    undo(&mut workspace, 5_000);
    assert_eq!(goals(&workspace), 1);
    undo(&mut workspace, 6_000);
    assert_eq!(goals(&workspace), 0, "the goal itself was the step before");
}

#[test]
fn several_changes_of_one_edit_are_one_step() {
    let mut workspace = at_work();
    let owners: Vec<Change> = ["994", "983", "1903"]
        .map(|task| Change::SetOwner(task.into(), "Ben".to_owned()))
        .into();
    assert!(workspace.apply(&contoso(), &owners, 3_000).is_ok());
    assert_eq!(undo(&mut workspace, 4_000).fields.len(), 3);
    assert_eq!(workspace.get(&contoso()).map(|one| one.owner(&"983".into())), Some(""));
}

#[test]
fn an_engagement_that_was_begun_goes_to_the_trash_and_one_in_the_trash_comes_back() {
    let mut workspace = at_work();
    let back = undo(&mut workspace, 3_000);
    assert_eq!(back.whole, 1);
    assert_eq!(workspace.engagements().count(), 0);
    redo(&mut workspace, 4_000);
    assert_eq!(workspace.engagements().count(), 1);
    assert_eq!(workspace.trash(&contoso(), 5_000), Ok(()));
    undo(&mut workspace, 6_000);
    assert_eq!(workspace.engagements().count(), 1);
}

#[test]
fn a_new_edit_leaves_nothing_to_do_again() {
    let mut workspace = at_work();
    write(&mut workspace, &contoso(), &named("Fabrikam"), 3_000);
    undo(&mut workspace, 4_000);
    write(&mut workspace, &contoso(), &named("Northwind"), 5_000);
    assert!(!workspace.can_redo());
    assert_eq!(workspace.redo(6_000), Ok(None));
}

#[test]
fn t25_what_a_colleague_wrote_since_is_left_alone() {
    let origin = Rc::new(RefCell::new(Origin::default()));
    let views = [View::new(&origin, 0), View::new(&origin, 1)];
    let [mut mine, mut theirs] = views.clone().map(|view| Workspace::open(view, tab(true), 1_000));
    write(&mut mine, &contoso(), &named("Contoso"), 2_000);
    let owner = |name: &str| Change::SetOwner("994".into(), name.to_owned());
    let both = [owner("Ada"), Change::SetOwner("983".into(), "Ada".to_owned())];
    assert!(mine.apply(&contoso(), &both, 3_000).is_ok());
    views[1].deliver(usize::MAX, 0);
    theirs.hear(3_500);
    write(&mut theirs, &contoso(), &owner("Ben"), 4_000);
    views[0].deliver(usize::MAX, 0);
    mine.hear(4_500);
    let back = undo(&mut mine, 5_000);
    assert_eq!((back.fields.len(), back.left_alone), (1, 1));
    let one = mine.get(&contoso()).expect("there");
    assert_eq!((one.owner(&"994".into()), one.owner(&"983".into())), ("Ben", ""));
}

#[test]
fn t25_a_note_that_a_colleague_has_written_on_stays() {
    let origin = Rc::new(RefCell::new(Origin::default()));
    let views = [View::new(&origin, 0), View::new(&origin, 1)];
    let [mut mine, mut theirs] = views.clone().map(|view| Workspace::open(view, tab(true), 1_000));
    write(&mut mine, &contoso(), &named("Contoso"), 2_000);
    write(&mut mine, &contoso(), &note("n1", "First call"), 3_000);
    views[1].deliver(usize::MAX, 0);
    theirs.hear(3_500);
    write(
        &mut theirs,
        &contoso(),
        &Change::EditNote("n1".into(), "First call, 11:00".to_owned()),
        4_000,
    );
    views[0].deliver(usize::MAX, 0);
    mine.hear(4_500);
    let back = undo(&mut mine, 5_000);
    assert!(back.fields.is_empty() && back.left_alone > 0, "{back:?}");
    assert_eq!(
        mine.get(&contoso())
            .map(|one| one.notes().iter().filter(|note| !note.removed).count()),
        Some(1)
    );
}

#[test]
fn an_import_is_one_step_back_and_forth() {
    let mut workspace = at_work();
    write(
        &mut workspace,
        &contoso(),
        &Change::SetOwner("994".into(), "Ada".to_owned()),
        3_000,
    );
    let mine = workspace.get(&contoso()).cloned().expect("there");
    let mut theirs = mine.clone();
    let haruka = by(draw(), 4_000);
    theirs.apply(&Change::SetOwner("994".into(), "Ben".to_owned()), &haruka);
    theirs.apply(&note("n1", "First call"), &haruka);
    let mut other = Engagement::new("fabrikam".into());
    other.apply(&named("Fabrikam"), &haruka);
    let before = seen(&workspace);
    assert!(workspace.merge_in(&[theirs, other], 5_000).is_ok());
    let after = seen(&workspace);
    assert_eq!(workspace.engagements().count(), 2);

    let back = undo(&mut workspace, 6_000);
    assert_eq!((back.whole, back.left_alone, back.engagements.len()), (1, 0, 2));
    assert_eq!((seen(&workspace), workspace.engagements().count()), (before.clone(), 1));
    redo(&mut workspace, 7_000);
    assert_eq!((seen(&workspace), workspace.engagements().count()), (after, 2));
    undo(&mut workspace, 8_000);
    assert_eq!(seen(&workspace), before);
}

/// A value as it is chosen on the preview.
fn put(path: &[&str], value: &str) -> Put {
    Put {
        path: path.iter().map(|name| (*name).to_owned()).collect(),
        value: value.into(),
        only_over: None,
    }
}

#[test]
fn an_import_and_what_was_chosen_on_its_preview_are_one_step() {
    let mut workspace = at_work();
    let mut theirs = workspace.get(&contoso()).cloned().expect("there");
    let haruka = by(draw(), 4_000);
    let owner = |task: &'static str, name: &str| Change::SetOwner(task.into(), name.to_owned());
    theirs.apply(&owner("994", "Ben"), &haruka);
    theirs.apply(&note("n1", "First call"), &haruka);
    write(&mut workspace, &contoso(), &owner("994", "Ada"), 3_000);
    let mut other = Engagement::new("fabrikam".into());
    other.apply(&named("Fabrikam"), &haruka);
    let (before, step) = (seen(&workspace), workspace.last_step());
    let chosen = [
        (
            contoso(),
            vec![
                put(&["tasks", "994", "owner"], "Ada"),
                put(&["notes", "n1", "text"], "First call, 11:00"),
            ],
        ),
        (
            "fabrikam".into(),
            vec![put(&["about", "customer", "name"], "Fabrikam Ltd")],
        ),
    ];
    let changed = workspace.import(&[theirs, other], &chosen, 5_000);
    assert_eq!(changed.map(|changed| changed.len()), Ok(2));
    let one = workspace.get(&contoso()).expect("there");
    assert!(one.conflicts().is_empty(), "the choice settled it");
    assert_eq!(one.owner(&"994".into()), "Ada");
    let after = seen(&workspace);

    let back = undo(&mut workspace, 6_000);
    assert_eq!((back.whole, back.left_alone, back.engagements.len()), (1, 0, 2));
    assert_eq!((seen(&workspace), workspace.last_step()), (before.clone(), step));
    assert_eq!(workspace.engagements().count(), 1);
    redo(&mut workspace, 7_000);
    assert_eq!(seen(&workspace), after);
    let other = workspace.get(&"fabrikam".into()).map(|one| one.customer());
    assert_eq!(other, Some("Fabrikam Ltd"));
    undo(&mut workspace, 8_000);
    assert_eq!((seen(&workspace), workspace.last_step()), (before, step));
}

#[test]
fn what_is_only_combined_is_one_step_and_what_does_not_fit_changes_nothing() {
    let mut workspace = at_work();
    let before = seen(&workspace);
    let bad = [(contoso(), vec![put(&["tasks", "994", "due"], "not a day")])];
    let mut other = Engagement::new("fabrikam".into());
    other.apply(&named("Fabrikam"), &by(draw(), 4_000));
    assert!(matches!(
        workspace.import(&[other], &bad, 5_000),
        Err(Refusal::Unfit(_))
    ));
    assert_eq!((seen(&workspace), workspace.engagements().count()), (before.clone(), 1));
    let combined = [(
        contoso(),
        vec![
            put(&["tasks", "994", "owner"], "Ben"),
            put(&["tasks", "983", "owner"], "Ben"),
        ],
    )];
    assert!(workspace.import(&[], &combined, 6_000).is_ok());
    assert_eq!(undo(&mut workspace, 7_000).fields.len(), 2);
    assert_eq!(seen(&workspace), before);
}

#[test]
fn t25_an_import_that_brought_a_conflict_is_taken_back_and_what_was_written_since_stays() {
    let mut workspace = at_work();
    let mut theirs = workspace.get(&contoso()).cloned().expect("there");
    let haruka = by(draw(), 4_000);
    let owner = |task: &'static str, name: &str| Change::SetOwner(task.into(), name.to_owned());
    theirs.apply(&owner("994", "Ben"), &haruka);
    theirs.apply(&owner("983", "Ben"), &haruka);
    write(&mut workspace, &contoso(), &owner("994", "Ada"), 3_000);
    assert!(workspace.merge_in(&[theirs], 5_000).is_ok());
    assert_eq!(workspace.get(&contoso()).map_or(0, |one| one.conflicts().len()), 1);
    write(&mut workspace, &contoso(), &owner("983", "Chika"), 6_000);
    // The edit since, then the import.
    undo(&mut workspace, 7_000);
    write(&mut workspace, &contoso(), &owner("983", "Dora"), 8_000);
    undo(&mut workspace, 9_000);
    undo(&mut workspace, 10_000);
    let one = workspace.get(&contoso()).expect("there");
    assert_eq!((one.owner(&"994".into()), one.conflicts().len()), ("Ada", 0));
    assert_eq!(one.owner(&"983".into()), "");
}

#[test]
fn without_a_step_nothing_happens() {
    let mut workspace = Workspace::open(Faulty::default(), tab(true), 1_000);
    assert_eq!(workspace.undo(2_000), Ok(None));
    assert_eq!((workspace.last_step(), workspace.can_redo()), (None, false));
    assert!(workspace.get(&EngagementId::from("x")).is_none());
}

/// What a person sees of it.
fn seen(workspace: &Workspace<Faulty>) -> BTreeMap<String, Value> {
    shown(workspace.get(&contoso()).expect("there"))
}

/// Whether the app offers it: nobody writes on what is removed, removes what is not there, or restores what is.
fn can_be_done(workspace: &Workspace<Faulty>, edit: &Edit) -> bool {
    let one = workspace.get(&contoso()).expect("there");
    let note = |number: u8| {
        one.note(&["n1", "n2"][usize::from(number) % 2].into())
            .map(|note| note.removed)
    };
    let reading = |number: u8| {
        let id = ["r1", "r2"][usize::from(number) % 2].into();
        one.entry(EntryKind::Reading, &id).map(|entry| entry.is_removed())
    };
    match *edit {
        Edit::Write(number, words) => note(number).is_none() && words % 4 > 0,
        Edit::Reword(number, _) | Edit::Remove(number) => note(number) == Some(false),
        Edit::Restore(number) => note(number) == Some(true),
        Edit::Reading(number, _) => reading(number) != Some(true),
        Edit::RemoveReading(number) => reading(number) == Some(false),
        _ => true,
    }
}

proptest! {
    #![proptest_config(fewer_cases(4))]

    /// All steps back, and what shows is what showed; all steps again, and it shows what was done.
    #[test]
    fn all_the_way_back_and_forth(edits in prop::collection::vec(edit(), 1..12)) {
        let mut workspace = at_work();
        let before = seen(&workspace);
        let mut steps = 0;
        for (place, edit) in edits.iter().enumerate() {
            if can_be_done(&workspace, edit) {
                let done = workspace.apply(&contoso(), &[edit.change()], 3_000 + place as i64);
                steps += usize::from(done.is_ok_and(|done| done.changed));
            }
        }
        let after = seen(&workspace);
        for _ in 0..steps {
            undo(&mut workspace, 10_000);
        }
        prop_assert_eq!(seen(&workspace), before);
        for _ in 0..steps {
            redo(&mut workspace, 20_000);
        }
        prop_assert_eq!(seen(&workspace), after);
    }
}

#[test]
fn a_removal_that_is_done_again_covers_what_was_done_again_before_it() {
    let mut workspace = at_work();
    write(&mut workspace, &contoso(), &note("n1", "First call"), 3_000);
    write(
        &mut workspace,
        &contoso(),
        &Change::EditNote("n1".into(), "First call, 11:00".to_owned()),
        3_001,
    );
    write(&mut workspace, &contoso(), &Change::RemoveNote("n1".into()), 3_002);
    let after = seen(&workspace);
    (0..3).for_each(|_| drop(undo(&mut workspace, 4_000)));
    (0..3).for_each(|_| drop(redo(&mut workspace, 5_000)));
    assert_eq!(seen(&workspace), after);
}

/// The note of a colleague came in; both know it, and nobody else has written on it.
fn with_a_note_of_both() -> (Workspace<Faulty>, Engagement, Signature) {
    let mut workspace = at_work();
    let haruka = by(draw(), 2_500);
    let mut theirs = workspace.get(&contoso()).cloned().expect("there");
    theirs.apply(&note("n1", "First call"), &haruka);
    assert!(workspace.merge_in(&[theirs], 2_600).is_ok());
    let theirs = workspace.get(&contoso()).cloned().expect("there");
    (workspace, theirs, by(haruka.replica, 4_000))
}

fn edited(text: &str) -> Change {
    Change::EditNote("n1".into(), text.to_owned())
}

fn stands(workspace: &Workspace<Faulty>) -> bool {
    let one = workspace.get(&contoso()).expect("there");
    one.note(&"n1".into()).is_some_and(|note| !note.removed)
}

/// Takes a copy in, back, in again, and back: what stands is each time what stood before or after.
fn there_and_back(workspace: &mut Workspace<Faulty>, theirs: Engagement) {
    let before = (seen(workspace), stands(workspace));
    assert!(workspace.merge_in(&[theirs], 5_000).is_ok());
    let after = (seen(workspace), stands(workspace));
    for (turn, now) in [6_000, 8_000].into_iter().enumerate() {
        undo(workspace, now);
        assert_eq!((seen(workspace), stands(workspace)), before, "taken back, {turn}");
        redo(workspace, now + 1_000);
        assert_eq!((seen(workspace), stands(workspace)), after, "done again, {turn}");
    }
}

#[test]
fn t26_an_import_with_a_removal_that_did_not_see_my_edit_is_taken_back_and_done_again() {
    let (mut workspace, mut theirs, haruka) = with_a_note_of_both();
    write(&mut workspace, &contoso(), &edited("First call, 11:00"), 3_000);
    theirs.apply(&Change::RemoveNote("n1".into()), &haruka);
    there_and_back(&mut workspace, theirs);
    assert!(stands(&workspace), "the removal had not seen the edit");
}

#[test]
fn t26_an_import_that_removes_what_stood_over_an_earlier_removal_is_taken_back() {
    let (mut workspace, mut theirs, haruka) = with_a_note_of_both();
    write(&mut workspace, &contoso(), &edited("First call, 11:00"), 3_000);
    theirs.apply(&Change::RemoveNote("n1".into()), &haruka);
    assert!(workspace.merge_in(&[theirs.clone()], 4_500).is_ok());
    theirs = workspace.get(&contoso()).cloned().expect("there");
    assert!(stands(&workspace));
    theirs.apply(&Change::RemoveNote("n1".into()), &haruka);
    there_and_back(&mut workspace, theirs);
    assert!(!stands(&workspace), "now it has seen everything");
}

#[test]
fn t26_an_import_that_brings_back_what_i_removed_is_taken_back() {
    let (mut workspace, mut theirs, haruka) = with_a_note_of_both();
    write(&mut workspace, &contoso(), &Change::RemoveNote("n1".into()), 3_000);
    theirs.apply(&edited("First call, 11:00"), &haruka);
    there_and_back(&mut workspace, theirs);
    assert!(stands(&workspace), "somebody writes on it");
}

#[test]
fn t26_an_edit_that_is_done_again_stays_out_of_sight_of_a_removal_that_had_not_seen_it() {
    let (mut workspace, mut theirs, haruka) = with_a_note_of_both();
    write(&mut workspace, &contoso(), &edited("First call, 11:00"), 3_000);
    theirs.apply(&Change::RemoveNote("n1".into()), &haruka);
    assert!(workspace.merge_in(&[theirs], 5_000).is_ok());
    let after = (seen(&workspace), stands(&workspace));
    (0..2).for_each(|_| drop(undo(&mut workspace, 6_000)));
    (0..2).for_each(|_| drop(redo(&mut workspace, 7_000)));
    assert_eq!((seen(&workspace), stands(&workspace)), after);
}
