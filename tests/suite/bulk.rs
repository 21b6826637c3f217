//! Owner, due date and state of several tasks in one step.

use crate::{
    playbook::structure,
    support::{Book, by, day, draw},
};
use engagement_playbook::{
    engagement::{Change, Engagement, StateKey},
    playbook::{Place, TaskId, TaskState},
    rules::{self, Bulk, BulkPlan},
};

/// Each task at the first of its places.
fn rows(tasks: &[&'static str]) -> Vec<(Place, TaskId)> {
    let structure = structure();
    let row = |task: &&'static str| {
        let task = TaskId::from(*task);
        (structure.tasks[&task].places[0].clone(), task)
    };
    tasks.iter().map(row).collect()
}

/// The plan on 20 November 2026, and the engagement after it, as one edit.
fn after(book: &Book, tasks: &[&'static str], what: Bulk) -> (BulkPlan, Engagement) {
    let plan = rules::bulk(&structure(), &book.engagement, &rows(tasks), &what, day("2026-11-20"));
    let mut one = book.engagement.clone();
    let signature = by(draw(), 9_000);
    for change in &plan.changes {
        one.apply(change, &signature);
    }
    (plan, one)
}

fn is(service: &'static str) -> StateKey {
    StateKey::Service(service.into())
}

fn book() -> Book {
    let mut book = Book::after(&[]);
    book.scopes(&["exchange", "sharepoint", "teams"]);
    book
}

#[test]
fn an_owner_or_a_day_goes_to_every_task_that_has_another() {
    let mut book = book();
    book.does(Change::SetOwner("994".into(), "Anna".to_owned()));
    let (plan, one) = after(&book, &["994", "3616", "1672"], Bulk::Owner("Anna".to_owned()));
    assert_eq!(plan.changes.len(), 2);
    for task in ["994", "3616", "1672"] {
        assert_eq!(one.owner(&task.into()), "Anna");
    }
    let due = Some(day("2026-12-01"));
    let (plan, one) = after(&book, &["994", "3616"], Bulk::Due(due));
    assert_eq!((plan.changes.len(), one.due(&"994".into())), (2, due));
    let (plan, one) = after(&book, &["994", "3616"], Bulk::Owner(String::new()));
    assert_eq!((plan.changes.len(), one.owner(&"994".into())), (1, ""));
}

#[test]
fn a_state_goes_to_each_service_in_scope_or_to_the_task_as_a_whole() {
    let mut book = book();
    book.puts("1672", is("exchange"), TaskState::Complete, Some("2026-11-02"));
    let (plan, one) = after(&book, &["994", "1672"], Bulk::State(TaskState::Complete, None));
    assert_eq!(plan.changes.len(), 2);
    assert_eq!(one.task_state(&"994".into(), &StateKey::Whole), TaskState::Complete);
    assert_eq!(one.done_on(&"994".into()), Some(day("2026-11-20")));
    assert_eq!(one.task_state(&"1672".into(), &is("sharepoint")), TaskState::Complete);
    assert_eq!(
        one.task_state(&"1672".into(), &is("onedrive-for-business")),
        TaskState::NotStarted
    );
    assert_eq!(one.done_on(&"1672".into()), Some(day("2026-11-02")));
    // So an untick finds its way back.
    let (_, one) = {
        let mut book = self::book();
        book.puts("994", StateKey::Whole, TaskState::InProgress, None);
        after(&book, &["994"], Bulk::State(TaskState::Complete, None))
    };
    assert_eq!(one.state_before(&"994".into(), &StateKey::Whole), TaskState::InProgress);
}

#[test]
fn a_state_that_wants_a_reason_gets_it_and_no_other_does() {
    let reason = Some("not licensed".to_owned());
    let (_, one) = after(
        &book(),
        &["994", "1672"],
        Bulk::State(TaskState::NotRequired, reason.clone()),
    );
    assert_eq!(one.reason(&"994".into(), &StateKey::Whole), "not licensed");
    assert_eq!(one.reason(&"1672".into(), &is("sharepoint")), "not licensed");
    let (_, one) = after(&book(), &["994"], Bulk::State(TaskState::InProgress, reason));
    assert_eq!(one.reason(&"994".into(), &StateKey::Whole), "");
}

#[test]
fn what_stands_so_already_is_no_change() {
    let mut book = book();
    book.puts("994", StateKey::Whole, TaskState::InProgress, None);
    let (plan, one) = after(&book, &["994"], Bulk::State(TaskState::InProgress, None));
    assert_eq!(plan, BulkPlan::default());
    assert_eq!(one, book.engagement);
    // A task of services that are out of scope has no state here.
    let (plan, _) = after(&book, &["3734"], Bulk::State(TaskState::Complete, None));
    assert_eq!(plan, BulkPlan::default());
}

#[test]
fn a_task_that_ends_the_engagement_waits_for_its_discussions() {
    let (plan, one) = after(&book(), &["994", "4058"], Bulk::State(TaskState::Complete, None));
    assert_eq!((plan.changes.len(), plan.waiting), (1, vec!["4058".into()]));
    assert_eq!(one.task_state(&"4058".into(), &StateKey::Whole), TaskState::NotStarted);
    let (plan, _) = after(&book(), &["4058"], Bulk::State(TaskState::InProgress, None));
    assert_eq!((plan.changes.len(), plan.waiting.len()), (1, 0));
}
