//! What is open by which day.

use crate::{
    playbook::structure,
    support::{Book, day, number, on_day, text},
};
use chrono::NaiveDate;
use engagement_playbook::{
    engagement::{Change, EntryField, EntryKind, Field, ServiceField, StateKey},
    playbook::{Fact, TaskState},
    rules::{self, Deadline},
};

const TODAY: &str = "2026-11-20";

/// A request of Exchange and Teams, assigned on a Thursday.
fn request() -> Book {
    let mut book = Book::after(&[
        Change::SetMotion(Some("rfa".into())),
        Change::SetAssignedOn(Some(day("2026-11-05"))),
    ]);
    book.scopes(&["exchange", "teams"]);
    book
}

fn all(book: &Book) -> Vec<Deadline> {
    rules::deadlines(&structure(), &book.engagement, day(TODAY))
}

fn days(book: &Book, rule: &str) -> Vec<NaiveDate> {
    let of_rule = all(book).into_iter().filter(|deadline| deadline.rule == rule);
    of_rule.map(|deadline| deadline.day).collect()
}

#[test]
fn the_first_contact_is_due_two_business_days_after_the_assignment_of_a_request() {
    let mut book = request();
    let found = all(&book);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].day, day("2026-11-09"));
    assert_eq!(found[0].task, Some("3616".into()));
    let place = found[0].place.clone().expect("a place");
    assert_eq!(
        place.to_string(),
        "conduct-customer-kickoff/prepare-for-kickoff-meeting"
    );
    book.does(Change::SetHoliday(day("2026-11-06"), Some("Bridge".to_owned())));
    assert_eq!(days(&book, "first-contact-rfa"), [day("2026-11-10")]);
    book.puts("3616", StateKey::Whole, TaskState::Complete, Some("2026-11-06"));
    assert!(all(&book).is_empty());
}

#[test]
fn nobody_waits_for_a_first_contact_in_another_way_in_or_without_an_assignment_day() {
    let mut book = request();
    book.does(Change::SetMotion(Some("customer-health".into())));
    assert!(all(&book).is_empty());
    book.does(Change::SetMotion(Some("rfa".into())));
    book.does(Change::SetAssignedOn(None));
    assert!(all(&book).is_empty());
}

#[test]
fn a_due_task_stands_at_its_first_place_while_it_is_open_and_asked_for() {
    let mut book = request();
    book.does(Change::SetMotion(Some("customer-health".into())));
    for task in ["994", "3737"] {
        book.does(Change::SetDue(task.into(), Some(day("2026-11-18"))));
    }
    assert_eq!(days(&book, "due"), [day("2026-11-18")], "3737 is for SharePoint");
    book.puts("994", StateKey::Whole, TaskState::BlockedOther, None);
    assert_eq!(days(&book, "due").len(), 1);
    book.puts("994", StateKey::Whole, TaskState::Cancelled, None);
    assert!(all(&book).is_empty());
}

#[test]
fn issues_are_reported_five_business_days_after_each_migration_event() {
    let mut book = request();
    book.does(Change::SetMotion(Some("customer-health".into())));
    book.migrates("m1", "exchange", "2026-11-13", 40);
    book.migrates("m2", "exchange", "2026-11-18", 60);
    assert_eq!(
        days(&book, "post-migration-issue-report"),
        [day("2026-11-20"), day("2026-11-25")]
    );
    assert_eq!(all(&book)[0].task, Some("2543".into()));
    assert_eq!(all(&book)[0].entry, Some("m1".into()));
    book.puts("2543", StateKey::Service("exchange".into()), TaskState::Complete, None);
    assert!(all(&book).is_empty());
}

#[test]
fn where_no_task_asks_for_the_report_its_time_runs_out_by_itself() {
    let mut book = request();
    book.does(Change::SetMotion(Some("customer-health".into())));
    book.scopes(&["sharepoint"]);
    book.migrates("m1", "sharepoint", "2026-11-12", 40);
    book.migrates("m2", "sharepoint", "2026-11-13", 60);
    assert_eq!(days(&book, "post-migration-issue-report"), [day("2026-11-20")]);
    assert_eq!(all(&book)[0].task, None);
}

#[test]
fn dates_of_a_service_stand_until_they_are_reached() {
    let mut book = request();
    book.puts("3616", StateKey::Whole, TaskState::Complete, None);
    book.does(Change::SetSeats(Some(2_000)));
    book.does(Change::SetEntitlements("teams".into(), Some(1_000)));
    book.writes("teams", ServiceField::Target, on_day("2026-12-18"));
    book.writes("teams", ServiceField::ForecastTen, on_day("2026-12-01"));
    book.writes("teams", ServiceField::ForecastForty, on_day("2027-02-01"));
    book.writes("teams", ServiceField::StatusNextAction, on_day("2026-11-27"));
    let rules = |book: &Book| all(book).iter().map(|deadline| deadline.rule).collect::<Vec<_>>();
    assert_eq!(
        rules(&book),
        ["status-next-action", "forecast-10", "target", "forecast-40"]
    );
    book.reads("r1", "teams", "2026-11-20", 100);
    assert_eq!(rules(&book), ["status-next-action", "forecast-40"]);
    book.reads("r2", "teams", "2026-11-21", 400);
    assert_eq!(
        rules(&book),
        ["status-next-action", "forecast-40"],
        "a reading of tomorrow"
    );
}

#[test]
fn the_word_of_the_customer_ends_the_wait_for_the_target() {
    let mut book = request();
    book.puts("3616", StateKey::Whole, TaskState::Complete, None);
    book.writes("teams", ServiceField::Target, on_day("2026-12-18"));
    assert_eq!(days(&book, "target").len(), 1);
    book.writes("teams", ServiceField::NoBlockerBy, text("IT lead"));
    assert_eq!(days(&book, "target").len(), 1, "the day is missing");
    book.writes("teams", ServiceField::NoBlockerOn, on_day("2026-11-19"));
    assert!(all(&book).is_empty());
}

#[test]
fn actions_of_the_plan_stand_while_they_are_open() {
    let mut book = Book::after(&[]);
    for (id, state) in [("a1", ""), ("a2", "in-progress"), ("a3", "done"), ("a4", "dropped")] {
        let fields = [
            (EntryField::Due, on_day("2026-11-30")),
            (EntryField::State, text(state)),
        ];
        book.enters(EntryKind::Action, id, &fields);
    }
    let entries: Vec<_> = all(&book).into_iter().filter_map(|deadline| deadline.entry).collect();
    assert_eq!(entries, ["a1".into(), "a2".into()]);
}

#[test]
fn a_meeting_without_a_next_date_has_the_next_one_of_its_series() {
    let mut book = Book::after(&[]);
    let meets = |book: &mut Book, start: &str, weeks: u32| {
        let fields = [
            (EntryField::Round, text("customer")),
            (EntryField::Start, on_day(start)),
            (EntryField::Weeks, number(weeks)),
        ];
        book.enters(EntryKind::Meeting, "g1", &fields);
        days(book, "governance-review-cadence")
    };
    assert_eq!(meets(&mut book, "2026-11-06", 2), [day(TODAY)]);
    assert_eq!(meets(&mut book, "2026-11-05", 2), [day("2026-12-03")]);
    assert_eq!(meets(&mut book, "2026-11-05", 1), [day("2026-11-26")]);
    assert_eq!(meets(&mut book, "2026-11-24", 2), [day("2026-11-24")]);
    assert_eq!(meets(&mut book, "2026-11-05", 0), []);
    assert_eq!(meets(&mut book, "2026-11-05", u32::MAX), []);
    book.enters(EntryKind::Meeting, "g1", &[(EntryField::Next, on_day("2026-11-18"))]);
    assert_eq!(meets(&mut book, "2026-11-05", 2), [day("2026-11-18")], "as written");
}

#[test]
fn a_status_note_is_due_two_weeks_after_the_newest() {
    let mut book = Book::after(&[]);
    assert!(all(&book).is_empty());
    book.notes("n1", "2026-11-02");
    book.notes("n2", "2026-11-10");
    book.notes("n3", "2026-12-24");
    assert_eq!(days(&book, "overall-status-frequency"), [day("2026-11-24")]);
    book.does(Change::RemoveNote("n2".into()));
    book.does(Change::SetFact(Fact::Enterprise, Some(true)));
    assert_eq!(days(&book, "enterprise-status-frequency"), [day("2026-11-16")]);
    assert!(days(&book, "overall-status-frequency").is_empty());
}

#[test]
fn after_the_last_discussion_the_next_action_is_on_31_december_of_the_next_year() {
    let mut book = request();
    book.puts("3616", StateKey::Whole, TaskState::Complete, None);
    book.writes("teams", ServiceField::DiscussedOn, on_day("2026-11-18"));
    assert!(all(&book).is_empty(), "Exchange has had none");
    book.writes("exchange", ServiceField::DiscussedOn, on_day("2026-11-12"));
    assert_eq!(days(&book, "next-action-date-after-completion"), [day("2027-12-31")]);
    book.does(Change::SetField(Field::NextAction, on_day("2027-12-31")));
    assert_eq!(days(&book, "next-action"), [day("2027-12-31")]);
    assert_eq!(all(&book).len(), 1);
}

#[test]
fn a_closed_engagement_has_only_its_next_action() {
    let mut book = request();
    book.notes("n1", "2026-11-02");
    book.does(Change::SetField(Field::NextAction, on_day("2027-12-31")));
    assert_eq!(all(&book).len(), 3);
    book.does(Change::SetField(Field::ClosedOn, on_day("2026-11-19")));
    assert_eq!(days(&book, "next-action"), [day("2027-12-31")]);
    assert_eq!(all(&book).len(), 1);
}

#[test]
fn every_rule_of_a_deadline_is_listed_and_they_come_by_day() {
    let mut book = request();
    book.notes("n1", "2026-11-02");
    book.migrates("m1", "exchange", "2026-11-13", 40);
    book.writes("teams", ServiceField::Target, on_day("2026-10-18"));
    let found = all(&book);
    assert!(found.is_sorted_by_key(|deadline| deadline.day));
    assert!(found.iter().all(|deadline| rules::DEADLINES.contains(&deadline.rule)));
}
