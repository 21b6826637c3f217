//! What is next in one engagement: one list, in order, each item once and with its reason.

use crate::{
    playbook::structure,
    support::{by, contoso, draw},
};
use chrono::NaiveDate;
use engagement_playbook::{
    app::deadline_words::deadline_word,
    engagement::{
        Change, Datum, Engagement, EntryField, EntryKind, Field, ServiceField, Signature, StateKey, parse_day,
    },
    playbook::TaskState,
    rules::{self, Due, Next, NextItem, Reason},
};

/// An engagement by request, with Exchange and Teams.
struct Desk {
    engagement: Engagement,
    by: Signature,
}

impl Desk {
    fn new() -> Self {
        let mut desk = Self {
            engagement: Engagement::new(contoso()),
            by: by(draw(), 1_000),
        };
        desk.does(Change::SetMotion(Some("rfa".into())));
        for service in ["exchange", "teams"] {
            desk.does(Change::SetServiceInScope(service.into(), true));
        }
        desk
    }

    fn does(&mut self, change: Change) {
        self.by.now += 1;
        self.engagement.apply(&change, &self.by);
    }

    fn puts(&mut self, task: &'static str, service: Option<&'static str>, state: TaskState) {
        let key = service.map_or(StateKey::Whole, |service| StateKey::Service(service.into()));
        self.does(Change::SetTaskState {
            task: task.into(),
            states: vec![(key, state)],
            reason: None,
            done_on: None,
        });
    }

    /// On Friday, 20 November 2026.
    fn next(&self) -> Vec<Next> {
        rules::next_items(&structure(), &self.engagement, day("2026-11-20"), 300)
    }

    fn reason(&self, item: &str) -> Option<Reason> {
        let next = self.next();
        let found = next.iter().find(|next| name(next) == item);
        found.map(|next| next.reason.clone())
    }
}

/// The number of a task, or the rule of a deadline.
fn name(next: &Next) -> &str {
    match &next.item {
        NextItem::Task { task, .. } => task.as_str(),
        NextItem::Deadline(deadline) => deadline.rule,
    }
}

fn day(text: &str) -> NaiveDate {
    parse_day(text).expect("a day")
}

fn due(text: &str, rule: &'static str) -> Due {
    Due { day: day(text), rule }
}

#[test]
fn the_first_contact_has_its_day_without_anybody_setting_one() {
    let mut desk = Desk::new();
    assert_eq!(desk.reason("3616"), Some(Reason::Mandatory));
    desk.does(Change::SetAssignedOn(Some(day("2026-11-20"))));
    let tuesday = due("2026-11-24", "first-contact-rfa");
    assert_eq!(desk.reason("3616"), Some(Reason::DueSoon(tuesday)));
    assert_eq!(name(&desk.next()[0]), "3616");
    desk.does(Change::SetDue("3616".into(), Some(day("2026-11-23"))));
    assert_eq!(
        desk.reason("3616"),
        Some(Reason::DueSoon(due("2026-11-23", "due"))),
        "the earlier of two days counts, and the task stands there once"
    );
    assert_eq!(desk.next().iter().filter(|next| name(next) == "3616").count(), 1);
}

#[test]
fn a_deadline_that_no_task_is_about_stands_for_itself_when_it_is_near() {
    let mut desk = Desk::new();
    let target = |text| Change::SetService("teams".into(), ServiceField::Target, Datum::Day(Some(day(text))));
    desk.does(target("2026-11-28"));
    assert_eq!(desk.reason("target"), None, "eight days are not soon");
    desk.does(target("2026-11-27"));
    assert_eq!(
        desk.reason("target"),
        Some(Reason::DueSoon(due("2026-11-27", "target")))
    );
    desk.does(Change::WriteEntry(
        EntryKind::Action,
        "a1".into(),
        vec![(EntryField::Due, Datum::Day(Some(day("2026-11-18"))))],
    ));
    let next = desk.next();
    assert_eq!(
        next.iter().take(2).map(name).collect::<Vec<_>>(),
        ["action", "target"],
        "overdue, then soon"
    );
}

#[test]
fn after_a_migration_the_report_of_issues_has_its_fifth_working_day() {
    let mut desk = Desk::new();
    desk.does(Change::WriteEntry(
        EntryKind::Migration,
        "m1".into(),
        vec![
            (EntryField::Service, Datum::Text("exchange".to_owned())),
            (EntryField::On, Datum::Day(Some(day("2026-11-17")))),
        ],
    ));
    let tuesday = due("2026-11-24", "post-migration-issue-report");
    assert_eq!(desk.reason("2543"), Some(Reason::DueSoon(tuesday)));
}

#[test]
fn what_is_held_says_in_which_state_and_for_which_services() {
    let mut desk = Desk::new();
    desk.puts("994", None, TaskState::Warning);
    let at_risk = Reason::Held {
        state: TaskState::Warning,
        services: Vec::new(),
    };
    assert_eq!(desk.reason("994"), Some(at_risk));
    desk.puts("1904", Some("exchange"), TaskState::BlockedBusiness);
    let blocked = Reason::Held {
        state: TaskState::BlockedBusiness,
        services: vec!["exchange".into()],
    };
    assert_eq!(desk.reason("1904"), Some(blocked));
    assert_eq!(
        desk.next().iter().take(2).map(name).collect::<Vec<_>>(),
        ["994", "1904"],
        "in the order of the playbook"
    );
}

#[test]
fn what_opens_the_way_comes_before_what_is_only_mandatory_but_not_before_its_own_way_is_open() {
    let mut desk = Desk::new();
    assert_eq!(desk.reason("994"), Some(Reason::Unblocks("deploy-securely".into())));
    assert_eq!(
        desk.reason("4017"),
        Some(Reason::Gate),
        "deploying securely waits for the kickoff itself"
    );
    desk.puts("994", None, TaskState::Complete);
    let workshops = Reason::Unblocks("conduct-security-workshops".into());
    assert_eq!(
        desk.reason("3736"),
        Some(workshops.clone()),
        "a precondition that is no gate"
    );
    assert_eq!(desk.reason("4017"), Some(workshops));
    assert_eq!(
        desk.reason("1701"),
        Some(Reason::Gate),
        "a gate of a later phase opens nothing yet"
    );
    let place = |task| desk.next().iter().position(|next| name(next) == task).expect("open");
    assert!(place("4017") < place("3616"));
    assert!(place("3616") < place("1701"));
}

#[test]
fn optional_tasks_are_offered_last_and_only_in_the_current_phase_or_when_begun() {
    let mut desk = Desk::new();
    let next = desk.next();
    let rank = |next: &Next| match next.reason {
        Reason::Begun => 1,
        Reason::Optional => 2,
        _ => 0,
    };
    assert!(next.iter().map(rank).is_sorted());
    assert_eq!(desk.reason("2544"), None, "of a later phase");
    desk.puts("2544", None, TaskState::InProgress);
    desk.puts("2544", Some("exchange"), TaskState::InProgress);
    assert_eq!(desk.reason("2544"), Some(Reason::Begun));
}

#[test]
fn nothing_is_next_in_a_closed_engagement_but_its_next_action() {
    let mut desk = Desk::new();
    desk.does(Change::SetDue("994".into(), Some(day("2026-11-19"))));
    desk.does(Change::SetField(Field::ClosedOn, Datum::Day(Some(day("2026-11-19")))));
    desk.does(Change::SetField(Field::NextAction, Datum::Day(Some(day("2026-11-23")))));
    assert_eq!(desk.next().iter().map(name).collect::<Vec<_>>(), ["next-action"]);
}

#[test]
fn every_rule_that_sets_a_day_has_its_word() {
    for rule in rules::DEADLINES {
        assert_eq!(deadline_word(rule).is_none(), rule == "due", "{rule}");
    }
}
