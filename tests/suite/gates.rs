//! A process at its gate: what is missing, what warns, closing with and without a reason, and a service that joins later.

use crate::{
    playbook::structure,
    support::{by, cases, contoso, draw, saved_and_loaded},
};
use engagement_playbook::{
    engagement::{Change, Datum, Engagement, ServiceField, Signature, StateKey, parse_day},
    playbook::{Fact, Guidance, ProcessId, ServiceId, TaskId, TaskState},
    rules::{self, Closing, Gate, GateState, ProcessState},
};
use proptest::prelude::*;

const KICKOFF: &str = "conduct-customer-kickoff";
const WORKSHOPS: &str = "conduct-services-workshop";
const ENDING: &str = "conduct-engagement-completion-discussion-enablement";

fn guidance(process: &ProcessId) -> Guidance {
    let path = format!("{}/src/content/guidance/{process}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).expect("written")).expect("JSON")
}

/// An RFA engagement with Exchange and Teams.
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
        desk.joins("exchange");
        desk.joins("teams");
        desk
    }

    fn does(&mut self, change: Change) {
        self.by.now += 1;
        self.engagement.apply(&change, &self.by);
    }

    fn joins(&mut self, service: &'static str) {
        self.does(Change::SetServiceInScope(service.into(), true));
    }

    fn puts(&mut self, task: &TaskId, key: StateKey, state: TaskState) {
        self.does(Change::SetTaskState {
            task: task.clone(),
            states: vec![(key, state)],
            reason: None,
            done_on: None,
        });
    }

    fn gate(&self, process: &'static str) -> Gate {
        let (structure, id) = (structure(), ProcessId::from(process));
        let process = structure.process(&id).expect("a process");
        rules::gate(&structure, Some(&guidance(&id)), &self.engagement, process)
    }

    fn path(&self, process: &'static str) -> ProcessState {
        let structure = structure();
        let process = structure.process(&process.into()).expect("a process");
        rules::process_state(&structure, &self.engagement, process)
    }

    /// Answers, ticks and records all that a process misses.
    fn settles(&mut self, process: &'static str) {
        for fact in Fact::ALL {
            if self.engagement.fact(fact).is_none() {
                self.does(Change::SetFact(fact, Some(fact == Fact::AccountTeamKnown)));
            }
        }
        let missing = self.gate(process).missing;
        for service in missing.discussions {
            self.discusses(&service);
        }
        for task in missing.gates.iter().chain(&missing.mandatory) {
            for key in rules::keys(&structure(), &self.engagement, task) {
                self.puts(task, key, TaskState::Complete);
            }
        }
        for outcome in missing.outcomes {
            self.does(Change::SetCheck(process.into(), outcome, true));
        }
    }

    fn discusses(&mut self, service: &ServiceId) {
        let day = Datum::Day(parse_day("2026-11-20"));
        self.does(Change::SetService(service.clone(), ServiceField::DiscussedOn, day));
    }

    fn closes(&mut self, process: &'static str, reason: &str) {
        self.does(Change::CloseProcess {
            process: process.into(),
            on: parse_day("2026-11-20").expect("a day"),
            reason: reason.to_owned(),
        });
    }
}

#[test]
fn a_process_is_open_then_in_progress_then_ready_then_closed_by_a_person_and_opened_again() {
    let mut desk = Desk::new();
    assert_eq!(desk.gate(KICKOFF).state, GateState::Open);
    desk.puts(&"994".into(), StateKey::Whole, TaskState::Complete);
    assert_eq!(desk.gate(KICKOFF).state, GateState::InProgress);
    desk.settles(KICKOFF);
    let ready = desk.gate(KICKOFF);
    assert_eq!(
        (ready.state, rules::may_close(&ready)),
        (GateState::ReadyToClose, Closing::Freely)
    );
    desk.closes(KICKOFF, "");
    let closed = Desk {
        engagement: saved_and_loaded(&desk.engagement),
        by: desk.by.clone(),
    }
    .gate(KICKOFF);
    assert_eq!(closed.state, GateState::Closed);
    let record = closed.closed.expect("on record");
    assert_eq!(
        (record.on, record.reason.as_str()),
        (parse_day("2026-11-20").expect("a day"), "")
    );
    assert_eq!(record.by.expect("somebody").author, desk.by.author);
    assert_eq!(desk.path(KICKOFF), ProcessState::Closed);
    desk.does(Change::ReopenProcess(KICKOFF.into()));
    assert_eq!(desk.gate(KICKOFF).state, GateState::ReadyToClose);
    assert_eq!(desk.gate(KICKOFF).closed, None);
}

#[test]
fn closing_while_something_is_missing_wants_a_reason_and_the_reason_keeps_it_closed() {
    let mut desk = Desk::new();
    assert_eq!(rules::may_close(&desk.gate(KICKOFF)), Closing::WithReason);
    desk.closes(KICKOFF, "Held by the partner in August");
    let gate = desk.gate(KICKOFF);
    assert_eq!(gate.state, GateState::Closed);
    assert_eq!(gate.missing.gates, [TaskId::from("994")]);
    assert_eq!(gate.closed.expect("on record").reason, "Held by the partner in August");
    assert_eq!(desk.path(KICKOFF), ProcessState::Closed);
}

#[test]
fn an_untick_opens_a_process_that_was_closed_without_reason_and_keeps_the_day() {
    let mut desk = Desk::new();
    desk.settles(KICKOFF);
    desk.closes(KICKOFF, "");
    desk.puts(&"994".into(), StateKey::Whole, TaskState::NotStarted);
    let gate = desk.gate(KICKOFF);
    assert_eq!(gate.state, GateState::InProgress);
    assert_eq!(gate.closed.map(|closed| closed.on), parse_day("2026-11-20"));
    assert_eq!(desk.path(KICKOFF), ProcessState::InProgress);
    desk.puts(&"994".into(), StateKey::Whole, TaskState::Complete);
    assert_eq!(desk.gate(KICKOFF).state, GateState::Closed);
}

#[test]
fn tasks_that_are_not_required_or_cancelled_do_not_hold_a_process_open() {
    let mut desk = Desk::new();
    desk.settles(KICKOFF);
    desk.puts(&"994".into(), StateKey::Whole, TaskState::Cancelled);
    desk.puts(&"3616".into(), StateKey::Whole, TaskState::NotRequired);
    assert_eq!(desk.gate(KICKOFF).state, GateState::ReadyToClose);
    desk.puts(&"3616".into(), StateKey::Whole, TaskState::BlockedBusiness);
    assert_eq!(desk.gate(KICKOFF).state, GateState::InProgress);
}

#[test]
fn a_service_that_joins_a_closed_process_is_new_scope_until_its_tasks_are_settled() {
    let mut desk = Desk::new();
    desk.settles(WORKSHOPS);
    desk.closes(WORKSHOPS, "");
    assert_eq!(desk.gate(WORKSHOPS).state, GateState::Closed);
    desk.joins("windows-10");
    let gate = desk.gate(WORKSHOPS);
    assert_eq!(
        (gate.state, gate.joined.clone()),
        (GateState::NewScope, vec!["windows-10".into()])
    );
    assert_eq!(desk.path(WORKSHOPS), ProcessState::NewScope);
    desk.closes(WORKSHOPS, "Windows 10 was shown at the kickoff");
    assert_eq!(
        desk.gate(WORKSHOPS).state,
        GateState::Closed,
        "closed again with Windows 10"
    );
    desk.does(Change::SetServiceInScope("windows-10".into(), false));
    desk.joins("windows-10");
    assert_eq!(desk.gate(WORKSHOPS).state, GateState::Closed, "it was there");
}

#[test]
fn a_service_of_which_a_closed_process_asks_nothing_leaves_it_closed() {
    let mut desk = Desk::new();
    desk.settles("address-technical-gaps");
    desk.closes("address-technical-gaps", "");
    desk.joins("yammer");
    assert_eq!(desk.gate("address-technical-gaps").state, GateState::Closed);
}

#[test]
fn what_should_come_first_warns_and_locks_nothing() {
    let mut desk = Desk::new();
    let process = "deploy-securely";
    assert_eq!(desk.gate(process).warnings, [TaskId::from("994")]);
    desk.settles(process);
    let gate = desk.gate(process);
    assert_eq!(gate.warnings, [TaskId::from("994")]);
    assert_eq!(
        (gate.state, rules::may_close(&gate)),
        (GateState::ReadyToClose, Closing::Freely)
    );
    desk.puts(&"994".into(), StateKey::Whole, TaskState::Complete);
    assert!(desk.gate(process).warnings.is_empty());
    assert!(desk.gate(KICKOFF).warnings.is_empty());
}

#[test]
fn several_tasks_that_should_come_first_warn_one_by_one() {
    let mut desk = Desk::new();
    let process = "conduct-security-workshops";
    let warned = desk.gate(process).warnings;
    assert!(
        warned.contains(&"4017".into()) && warned.contains(&"3720".into()),
        "{warned:?}"
    );
    desk.puts(&"4017".into(), StateKey::Whole, TaskState::Complete);
    assert!(!desk.gate(process).warnings.contains(&"4017".into()));
}

#[test]
fn a_process_for_others_is_out_of_scope_and_misses_no_discussion() {
    let mut desk = Desk::new();
    desk.does(Change::SetMotion(Some("targeting".into())));
    let gate = desk.gate(ENDING);
    assert_eq!(gate.state, GateState::OutOfScope);
    assert!(gate.missing.discussions.is_empty() && gate.warnings.is_empty());
}

#[test]
fn the_process_that_ends_the_engagement_misses_the_discussion_of_each_service() {
    let mut desk = Desk::new();
    assert_eq!(
        desk.gate(ENDING).missing.discussions,
        ["exchange".into(), "teams".into()]
    );
    desk.settles(ENDING);
    desk.closes(ENDING, "");
    assert_eq!(desk.gate(ENDING).state, GateState::Closed);
    desk.joins("intune");
    let gate = desk.gate(ENDING);
    assert_eq!((gate.state, gate.joined), (GateState::NewScope, vec!["intune".into()]));
    desk.discusses(&"intune".into());
    assert_eq!(desk.gate(ENDING).state, GateState::Closed);
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_service_that_joins_turns_closed_into_new_scope_or_leaves_it_closed(
        process in 0..16_usize,
        service in 0..64_usize,
        before in proptest::collection::vec(0..64_usize, 0..3),
        reason in any::<bool>(),
    ) {
        let structure = structure();
        let process = &structure.processes[process % structure.processes.len()];
        let services: Vec<ServiceId> = structure.scopable_services().cloned().collect();
        let mut desk = Desk::new();
        for one in before {
            desk.does(Change::SetServiceInScope(services[one % services.len()].clone(), true));
        }
        let guidance = guidance(&process.id);
        for fact in Fact::ALL {
            desk.does(Change::SetFact(fact, Some(true)));
        }
        let gate = |desk: &Desk| rules::gate(&structure, Some(&guidance), &desk.engagement, process);
        if !reason {
            for service in gate(&desk).missing.discussions {
                desk.discusses(&service);
            }
            let missing = gate(&desk).missing;
            for task in missing.gates.iter().chain(&missing.mandatory) {
                for key in rules::keys(&structure, &desk.engagement, task) {
                    desk.puts(task, key, TaskState::Complete);
                }
            }
            for outcome in missing.outcomes {
                desk.does(Change::SetCheck(process.id.clone(), outcome, true));
            }
        }
        desk.does(Change::CloseProcess {
            process: process.id.clone(),
            on: parse_day("2026-11-20").expect("a day"),
            reason: if reason { "agreed".to_owned() } else { String::new() },
        });
        let closed = gate(&desk);
        let joining = services[service % services.len()].clone();
        desk.does(Change::SetServiceInScope(joining.clone(), true));
        let after = gate(&desk);
        if closed.state == GateState::Closed {
            prop_assert!(
                matches!(after.state, GateState::Closed | GateState::NewScope),
                "{:?} {:?}: {:?}", process.id, joining, after
            );
            prop_assert_eq!(after.state == GateState::NewScope, !after.joined.is_empty());
        }
    }
}
