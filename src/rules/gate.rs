//! How a process stands at its gate: whether it may be closed, is closed, or was reopened by a service that joined.
//!
//! A process is done when nothing is missing (`missing`); a person closes it. Three readings of ours:
//!
//! * Closed **with** a written reason stays closed whatever is missing: the reason answers for it.
//! * Closed **without** a reason is closed only while nothing is missing. An untick opens it again (`InProgress`); the day of
//!   closing stays on record, and the tick that follows closes it again.
//! * A service that joins the scope after the closing turns the process into `NewScope` as long as the process asks something of
//!   it that is not settled, optional tasks included: nobody has looked at them yet. Closing again takes the service on record.
//!
//! Preconditions warn and never lock; what may be closed is decided by what is missing alone.

use super::{Missing, discussions_missing, keys, keys_at, missing, process_scope, step_scope};
use crate::{
    engagement::{Engagement, LastChange, StateKey},
    gather::gather,
    playbook::{Block, Condition, Guidance, Place, Process, ServiceId, Structure, TaskId, TaskState},
};
use chrono::NaiveDate;

/// How a process stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GateState {
    /// Not asked for.
    OutOfScope,
    /// Nothing done.
    Open,
    /// Begun, and something is missing.
    InProgress,
    /// Nothing is missing; nobody has closed it.
    ReadyToClose,
    /// Closed by a person.
    Closed,
    /// Closed, and a service joined the scope since.
    NewScope,
}

/// What was written down when a process was closed.
#[derive(Clone, Debug, PartialEq)]
pub struct Closed {
    /// The day.
    pub on: NaiveDate,
    /// Why, although something was missing; empty when nothing was.
    pub reason: String,
    /// Who wrote it down, and when.
    pub by: Option<LastChange>,
}

/// A process at its gate.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// How it stands.
    pub state: GateState,
    /// What is missing, each entry a place to go to.
    pub missing: Missing,
    /// Tasks that should come first and are open (our reading); none once it is closed or not asked for.
    pub warnings: Vec<TaskId>,
    /// The closing on record, also where the process was opened again by an untick or a new service.
    pub closed: Option<Closed>,
    /// Services that joined since the closing and of which the process asks something that is not settled.
    pub joined: Vec<ServiceId>,
}

/// How a process may be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// Nothing is missing.
    Freely,
    /// Something is missing; a written reason is wanted.
    WithReason,
}

/// How a process may be closed.
#[must_use]
pub fn may_close(gate: &Gate) -> Closing {
    if gate.missing.is_empty() {
        Closing::Freely
    } else {
        Closing::WithReason
    }
}

/// A process at its gate. Without guidance (not loaded, not written yet) only tasks and discussions count.
#[must_use]
pub fn gate(structure: &Structure, guidance: Option<&Guidance>, engagement: &Engagement, process: &Process) -> Gate {
    let missing = missing(structure, guidance, engagement, process);
    let closed = engagement.closed_on(&process.id).map(|on| Closed {
        on,
        reason: engagement.closed_reason(&process.id).to_owned(),
        by: engagement.closed_by(&process.id),
    });
    let joined = if closed.is_some() {
        joined(structure, guidance, engagement, process)
    } else {
        Vec::new()
    };
    let state = if process_scope(structure, engagement, process).is_err() {
        GateState::OutOfScope
    } else {
        match &closed {
            Some(_) if !joined.is_empty() => GateState::NewScope,
            Some(closed) if missing.is_empty() || !closed.reason.is_empty() => GateState::Closed,
            Some(_) => GateState::InProgress,
            None if missing.is_empty() => GateState::ReadyToClose,
            None if begun(structure, guidance, engagement, process) => GateState::InProgress,
            None => GateState::Open,
        }
    };
    let warnings = match state {
        GateState::OutOfScope | GateState::Closed => Vec::new(),
        _ => warnings(structure, engagement, process),
    };
    Gate {
        state,
        missing,
        warnings,
        closed,
        joined,
    }
}

/// Services that joined the scope since the process was closed and of which its tasks, or its discussions, are not settled.
/// What the path shows: without the written outcomes, which are read with the process.
#[must_use]
pub fn joined_since(structure: &Structure, engagement: &Engagement, process: &Process) -> Vec<ServiceId> {
    joined(structure, None, engagement, process)
}

fn joined(
    structure: &Structure,
    guidance: Option<&Guidance>,
    engagement: &Engagement,
    process: &Process,
) -> Vec<ServiceId> {
    let closed = engagement.closed_services(&process.id);
    let discussions = discussions_of(structure, engagement, process);
    let asks = |service: &ServiceId| {
        discussions.contains(service)
            || asks_task(structure, engagement, process, service)
            || guidance.is_some_and(|guidance| asks_outcome(guidance, engagement, process, service))
    };
    let services = engagement.services_in_scope();
    gather(
        services
            .into_iter()
            .filter(|service| !closed.contains(service) && asks(service)),
    )
}

/// The services whose completion discussion this process waits for; none where it is not about them.
pub(super) fn discussions_of(structure: &Structure, engagement: &Engagement, process: &Process) -> Vec<ServiceId> {
    let ends = structure.gates_of(&process.id).any(super::completion::ends);
    if ends && process_scope(structure, engagement, process).is_ok() {
        discussions_missing(engagement)
    } else {
        Vec::new()
    }
}

/// Whether a task of the process is open for this service, or because of it.
fn asks_task(structure: &Structure, engagement: &Engagement, process: &Process, service: &ServiceId) -> bool {
    process.steps.iter().any(|step| {
        let place = Place {
            process: process.id.clone(),
            step: step.id.clone(),
        };
        let about = |key: &StateKey| match key {
            StateKey::Service(one) => one == service,
            StateKey::Whole => step.applies_to.contains(service),
        };
        step_scope(structure, engagement, &place).is_ok()
            && step.tasks.iter().any(|task| {
                let keys = keys_at(structure, engagement, &place, task);
                keys.iter()
                    .any(|key| about(key) && !engagement.task_state(task, key).settles())
            })
    })
}

/// Whether an outcome that counts hangs on this service and is not ticked.
fn asks_outcome(guidance: &Guidance, engagement: &Engagement, process: &Process, service: &ServiceId) -> bool {
    super::missing::counted(guidance).into_iter().any(|block: &Block| {
        let about = block.when.as_ref().is_some_and(|when| mentions(when, service));
        about && super::missing::is_open(block, engagement, process)
    })
}

fn mentions(condition: &Condition, service: &ServiceId) -> bool {
    match condition {
        Condition::Service(one) => one == service,
        Condition::All(all) | Condition::Any(all) => all.iter().any(|one| mentions(one, service)),
        Condition::Not(one) => mentions(one, service),
        _ => false,
    }
}

/// Whether anything was written down: a task that is not at its start, an outcome that is ticked.
fn begun(structure: &Structure, guidance: Option<&Guidance>, engagement: &Engagement, process: &Process) -> bool {
    let touched = process.steps.iter().any(|step| {
        let place = Place {
            process: process.id.clone(),
            step: step.id.clone(),
        };
        step.tasks.iter().any(|task| {
            let keys = keys_at(structure, engagement, &place, task);
            keys.iter()
                .any(|key| engagement.task_state(task, key) != TaskState::NotStarted)
        })
    });
    touched
        || guidance.is_some_and(|guidance| {
            let mut counted = super::missing::counted(guidance).into_iter();
            counted.any(|block| engagement.checked(&process.id, &block.id))
        })
}

/// Tasks that should come first and are open; a task that asks nothing of this engagement does not warn.
fn warnings(structure: &Structure, engagement: &Engagement, process: &Process) -> Vec<TaskId> {
    let needs = structure.preconditions.iter().filter(|one| one.process == process.id);
    let open = |task: &&TaskId| {
        keys(structure, engagement, task)
            .iter()
            .any(|key| !engagement.task_state(task, key).settles())
    };
    gather(needs.flat_map(|one| &one.needs).filter(open).cloned())
}
