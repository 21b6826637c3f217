//! What the app answers about an engagement: scope, conditions, the tick, progress, next, missing.

use crate::{
    playbook::structure,
    support::{by, contoso, draw},
};
use chrono::NaiveDate;
use engagement_playbook::{
    engagement::{Change, Engagement, Signature, StateKey},
    playbook::{Condition, Fact, Guidance, Place, ProcessId, ServiceId, TaskId, TaskState},
    rules::{self, Answer, Due, Next, NextItem, OutOfScope, Position, Question, Reason, Why},
};

const KICKOFF: &str = "conduct-customer-kickoff/schedule-and-conduct-kickoff-meeting";
const VALUE: &str = "conduct-customer-success-workshop/value-add-discussions";
const OTHER_VALUE: &str = "conduct-adoption-and-change-management-conversation/value-add-discussions";

/// An RFA engagement with Exchange, OneDrive and Teams, changed by one person.
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
        for service in ["exchange", "onedrive-for-business", "teams"] {
            desk.does(Change::SetServiceInScope(service.into(), true));
        }
        desk
    }

    fn does(&mut self, change: Change) {
        self.by.now += 1;
        self.engagement.apply(&change, &self.by);
    }

    fn puts(&mut self, task: &'static str, service: Option<&'static str>, state: TaskState) {
        let states = vec![(key(service), state)];
        self.does(Change::SetTaskState {
            task: task.into(),
            states,
            reason: None,
            done_on: None,
        });
    }

    fn keys(&self, place: &str, task: &'static str) -> Vec<StateKey> {
        rules::keys_at(&structure(), &self.engagement, &at(place), &task.into())
    }
}

fn key(service: Option<&'static str>) -> StateKey {
    service.map_or(StateKey::Whole, |service| StateKey::Service(service.into()))
}

fn at(place: &str) -> Place {
    Place::parse(place).expect("process/step")
}

fn day(text: &str) -> NaiveDate {
    engagement_playbook::engagement::parse_day(text).expect("a day")
}

fn guidance(process: &str) -> Guidance {
    let path = format!("{}/src/content/guidance/{process}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).expect("written")).expect("JSON")
}

#[test]
fn a_task_for_sharepoint_is_out_of_scope_and_says_why() {
    let desk = Desk::new();
    let reason = rules::task_scope(&structure(), &desk.engagement, &at(VALUE), &"3737".into());
    assert_eq!(reason, Err(OutOfScope::Services(vec!["sharepoint".into()])));
}

#[test]
fn a_service_that_joins_brings_its_tasks_and_one_that_leaves_keeps_its_states() {
    let mut desk = Desk::new();
    desk.does(Change::SetServiceInScope("sharepoint".into(), true));
    assert_eq!(desk.keys(VALUE, "3737"), [key(Some("sharepoint"))]);
    desk.puts("3737", Some("sharepoint"), TaskState::Complete);
    desk.does(Change::SetServiceInScope("sharepoint".into(), false));
    assert!(desk.keys(VALUE, "3737").is_empty());
    assert_eq!(
        desk.engagement.task_state(&"3737".into(), &key(Some("sharepoint"))),
        TaskState::Complete
    );
}

#[test]
fn task_1904_has_a_state_for_exchange_and_one_for_onedrive_but_none_for_sharepoint() {
    let desk = Desk::new();
    assert_eq!(
        desk.keys(KICKOFF, "1904"),
        [key(Some("exchange")), key(Some("onedrive-for-business"))]
    );
}

#[test]
fn task_3278_shows_each_place_its_own_services_and_keeps_one_state_per_service() {
    let mut desk = Desk::new();
    for service in ["aadp", "microsoft-365-apps"] {
        desk.does(Change::SetServiceInScope(service.into(), true));
    }
    assert!(desk.keys(VALUE, "3278").contains(&key(Some("aadp"))));
    assert!(!desk.keys(VALUE, "3278").contains(&key(Some("microsoft-365-apps"))));
    assert!(
        desk.keys(OTHER_VALUE, "3278")
            .contains(&key(Some("microsoft-365-apps")))
    );
    assert!(!desk.keys(OTHER_VALUE, "3278").contains(&key(Some("aadp"))));
    desk.puts("3278", Some("exchange"), TaskState::Complete);
    for place in [VALUE, OTHER_VALUE] {
        assert_eq!(
            rules::position(&desk.engagement, &"3278".into(), &desk.keys(place, "3278")),
            Position::Part,
            "{place}"
        );
    }
}

#[test]
fn a_task_for_all_services_has_one_state_whatever_is_in_scope() {
    assert_eq!(Desk::new().keys(KICKOFF, "994"), [StateKey::Whole]);
}

#[test]
fn a_step_for_other_motions_is_not_asked_for() {
    let mut desk = Desk::new();
    let place = at("conduct-engagement-completion-discussion-enablement/conduct-engagement-completion-discussion");
    assert_eq!(rules::step_scope(&structure(), &desk.engagement, &place), Ok(()));
    desk.does(Change::SetMotion(Some("targeting".into())));
    assert!(
        matches!(rules::step_scope(&structure(), &desk.engagement, &place), Err(OutOfScope::Motions(only)) if only == ["rfa".into()])
    );
}

#[test]
fn migration_is_asked_for_until_somebody_says_that_there_is_none() {
    let mut desk = Desk::new();
    let structure = structure();
    let phase = structure.phase(&"migrate".into()).expect("a phase");
    assert_eq!(rules::phase_scope(phase, &desk.engagement), Ok(()));
    desk.does(Change::SetFact(Fact::MigrationInScope, Some(false)));
    assert_eq!(
        rules::phase_scope(phase, &desk.engagement),
        Err(OutOfScope::Phase(Why::Fact(Fact::MigrationInScope, false)))
    );
    let automated = structure.phase(&"automated-onboarding".into()).expect("a phase");
    assert_eq!(
        rules::phase_scope(automated, &desk.engagement),
        Err(OutOfScope::WithoutManager)
    );
}

#[test]
fn a_condition_holds_does_not_hold_with_its_reason_or_asks() {
    let mut desk = Desk::new();
    let windows = Condition::Fact(Fact::Windows10Entitled);
    assert_eq!(
        rules::answer(&windows, &desk.engagement),
        Answer::Ask(Question::Fact(Fact::Windows10Entitled))
    );
    desk.does(Change::SetFact(Fact::Windows10Entitled, Some(false)));
    assert_eq!(
        rules::answer(&windows, &desk.engagement),
        Answer::DoesNot(Why::Fact(Fact::Windows10Entitled, false))
    );
    desk.does(Change::SetFact(Fact::Windows10Entitled, Some(true)));
    assert_eq!(rules::answer(&windows, &desk.engagement), Answer::Holds);
    desk.does(Change::SetFact(Fact::Windows10Entitled, None));
    assert!(matches!(rules::answer(&windows, &desk.engagement), Answer::Ask(_)));
}

#[test]
fn in_a_list_of_conditions_a_no_decides_before_a_question_and_a_yes_before_both() {
    let mut desk = Desk::new();
    let (no, ask) = (
        Condition::Fact(Fact::Enterprise),
        Condition::Fact(Fact::PartnerInvolved),
    );
    desk.does(Change::SetFact(Fact::Enterprise, Some(false)));
    let yes = Condition::Motion("rfa".into());
    let not = |condition: &Condition| Condition::Not(Box::new(condition.clone()));
    let of = |condition: Condition| rules::answer(&condition, &desk.engagement);
    assert!(matches!(
        of(Condition::All(vec![ask.clone(), no.clone()])),
        Answer::DoesNot(_)
    ));
    assert!(matches!(
        of(Condition::All(vec![yes.clone(), ask.clone()])),
        Answer::Ask(_)
    ));
    assert_eq!(
        of(Condition::Any(vec![no.clone(), ask.clone(), yes.clone()])),
        Answer::Holds
    );
    assert!(matches!(
        of(Condition::Any(vec![no.clone(), ask.clone()])),
        Answer::Ask(_)
    ));
    assert_eq!(of(not(&no)), Answer::Holds);
    assert!(matches!(
        of(not(&Condition::Any(vec![yes, ask.clone()]))),
        Answer::DoesNot(Why::ThisMotion(_))
    ));
    assert!(matches!(of(not(&ask)), Answer::Ask(_)));
}

#[test]
fn seats_decide_at_the_bound() {
    for (seats, at_least, below) in [(19_999, false, true), (20_000, true, false), (20_001, true, false)] {
        let mut desk = Desk::new();
        desk.does(Change::SetSeats(Some(seats)));
        assert_eq!(
            rules::answer(&Condition::SeatsAtLeast(20_000), &desk.engagement) == Answer::Holds,
            at_least,
            "{seats}"
        );
        assert_eq!(
            rules::answer(&Condition::SeatsBelow(20_000), &desk.engagement) == Answer::Holds,
            below,
            "{seats}"
        );
    }
    assert_eq!(
        rules::answer(&Condition::SeatsBelow(1_000), &Desk::new().engagement),
        Answer::Ask(Question::Seats)
    );
}

#[test]
fn a_tick_completes_what_is_open_and_asks_for_what_is_blocked_or_waiting() {
    let mut desk = Desk::new();
    desk.puts("1904", Some("onedrive-for-business"), TaskState::BlockedBusiness);
    let keys = desk.keys(KICKOFF, "1904");
    let plan = rules::tick(&desk.engagement, &"1904".into(), &keys);
    assert_eq!(plan.complete, [key(Some("exchange"))]);
    assert_eq!(
        plan.ask,
        [(key(Some("onedrive-for-business")), TaskState::BlockedBusiness)]
    );
}

#[test]
fn an_untick_takes_back_only_what_was_complete_to_the_state_before_the_tick() {
    let mut desk = Desk::new();
    desk.puts("1904", Some("exchange"), TaskState::Warning);
    desk.puts("1904", Some("exchange"), TaskState::Complete);
    desk.puts("1904", Some("onedrive-for-business"), TaskState::NotRequired);
    let keys = desk.keys(KICKOFF, "1904");
    assert_eq!(rules::position(&desk.engagement, &"1904".into(), &keys), Position::Full);
    assert_eq!(
        rules::untick(&desk.engagement, &"1904".into(), &keys),
        [(key(Some("exchange")), TaskState::Warning)]
    );
}

#[test]
fn after_tick_untick_tick_untick_the_way_back_is_the_last_state_not_the_first() {
    let mut desk = Desk::new();
    let task = TaskId::from("994");
    desk.puts("994", None, TaskState::Warning);
    desk.puts("994", None, TaskState::Complete);
    desk.puts("994", None, TaskState::NotStarted);
    desk.puts("994", None, TaskState::Complete);
    assert_eq!(
        rules::untick(&desk.engagement, &task, &[StateKey::Whole]),
        [(StateKey::Whole, TaskState::NotStarted)]
    );
}

#[test]
fn the_box_is_part_filled_while_one_service_is_open() {
    let mut desk = Desk::new();
    let keys = desk.keys(KICKOFF, "1904");
    let position = |desk: &Desk| rules::position(&desk.engagement, &"1904".into(), &keys);
    assert_eq!(position(&desk), Position::Empty);
    desk.puts("1904", Some("exchange"), TaskState::Complete);
    assert_eq!(position(&desk), Position::Part);
    desk.puts("1904", Some("onedrive-for-business"), TaskState::Cancelled);
    assert_eq!(position(&desk), Position::Full);
}

#[test]
fn progress_counts_mandatory_tasks_in_scope_and_a_task_in_two_processes_once() {
    let mut desk = Desk::new();
    let structure = structure();
    let kickoff = structure
        .process(&ProcessId::from("conduct-customer-kickoff"))
        .expect("a process");
    let before = rules::of_process(&structure, &desk.engagement, kickoff);
    assert_eq!((before.settled, before.mandatory), (0, 2), "3616 and 994");
    desk.puts("994", None, TaskState::Complete);
    desk.puts("3616", None, TaskState::NotRequired);
    assert!(rules::of_process(&structure, &desk.engagement, kickoff).is_settled());
    let whole = rules::of_engagement(&structure, &desk.engagement);
    let sum = structure
        .phases
        .iter()
        .map(|phase| rules::of_phase(&structure, &desk.engagement, phase).mandatory)
        .sum::<usize>();
    assert!(whole.mandatory < sum, "{} tasks, {sum} rows", whole.mandatory);
    assert_eq!(whole.settled, 2);
}

#[test]
fn next_is_what_is_late_then_due_then_the_current_phase_with_its_gates() {
    let mut desk = Desk::new();
    let today = day("2026-11-20");
    desk.does(Change::SetDue("2536".into(), Some(day("2026-11-24"))));
    desk.does(Change::SetDue("4058".into(), Some(day("2026-11-19"))));
    let next = rules::next_items(&structure(), &desk.engagement, today, 5);
    let order: Vec<_> = next.iter().map(|next| (task_of(next), &next.reason)).collect();
    assert_eq!(order[0], ("4058", &Reason::Overdue(due("2026-11-19"))));
    assert_eq!(order[1], ("2536", &Reason::DueSoon(due("2026-11-24"))));
    assert_eq!(order[2], ("994", &Reason::Unblocks("deploy-securely".into())));
    assert_eq!(order[3], ("3616", &Reason::Mandatory));
    assert_eq!(order[4], ("4017", &Reason::Gate));
}

fn task_of(next: &Next) -> &str {
    match &next.item {
        NextItem::Task { task, .. } => task.as_str(),
        NextItem::Deadline(deadline) => deadline.rule,
    }
}

fn due(text: &str) -> Due {
    Due {
        day: day(text),
        rule: "due",
    }
}

#[test]
fn due_today_is_not_late_and_due_in_eight_days_is_not_soon() {
    let today = day("2026-12-31");
    for (on, reason) in [
        ("2026-12-30", Reason::Overdue(due("2026-12-30"))),
        ("2026-12-31", Reason::DueSoon(due("2026-12-31"))),
        ("2027-01-07", Reason::DueSoon(due("2027-01-07"))),
        ("2027-01-08", Reason::Unblocks("deploy-securely".into())),
    ] {
        let mut desk = Desk::new();
        desk.does(Change::SetDue("994".into(), Some(day(on))));
        let next = rules::next_items(&structure(), &desk.engagement, today, 300);
        let found = next.iter().find(|next| task_of(next) == "994").expect("open");
        assert_eq!(found.reason, reason, "{on}");
    }
}

#[test]
fn a_process_misses_its_gate_its_mandatory_tasks_its_outcomes_and_the_answers_they_hang_on() {
    let mut desk = Desk::new();
    let (structure, guidance) = (structure(), guidance("conduct-customer-kickoff"));
    let process = structure.process(&guidance.process).expect("a process");
    let missing = |desk: &Desk| rules::missing(&structure, Some(&guidance), &desk.engagement, process);
    let first = missing(&desk);
    assert_eq!(first.gates, [TaskId::from("994")]);
    assert_eq!(first.mandatory, [TaskId::from("3616")]);
    assert!(!first.outcomes.is_empty());
    desk.puts("994", None, TaskState::Complete);
    desk.puts("3616", None, TaskState::Complete);
    for outcome in &first.outcomes {
        desk.does(Change::SetCheck(process.id.clone(), outcome.clone(), true));
    }
    for fact in Fact::ALL {
        desk.does(Change::SetFact(fact, Some(false)));
    }
    let last = missing(&desk);
    assert!(last.is_empty(), "{last:?}");
}

#[test]
fn services_chosen_one_by_one_are_the_scope() {
    let desk = Desk::new();
    let scope: Vec<ServiceId> = desk.engagement.services_in_scope().into_iter().collect();
    assert_eq!(
        scope,
        ["exchange".into(), "onedrive-for-business".into(), "teams".into()]
    );
}
