//! What to do next in one engagement, in order, each with its reason.
//!
//! Overdue first, then due within a week, then at risk or blocked, then the gate and mandatory tasks of the current phase and
//! the phases after it. Optional tasks are offered only when they are begun or due.

use super::{current_phase, keys_at, phase_scope, task_scope};
use crate::{
    engagement::Engagement,
    playbook::{Place, Requirement, StateGroup, Structure, TaskId},
};
use chrono::{Days, NaiveDate};
use std::collections::BTreeSet;

/// A task that waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextTask {
    /// The task.
    pub task: TaskId,
    /// The first place where it is asked for.
    pub place: Place,
    /// Why it stands here.
    pub reason: Reason,
}

/// Why a task is next; in the order of urgency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// It was due on that day.
    Overdue(NaiveDate),
    /// It is due within a week.
    DueSoon(NaiveDate),
    /// Something stops it.
    Blocked,
    /// It records that its process is done or held.
    Gate,
    /// Its process is not done without it.
    Mandatory,
    /// It was begun.
    Begun,
}

/// The open tasks in the order in which to take them, at most `limit`.
#[must_use]
pub fn next_tasks(structure: &Structure, engagement: &Engagement, today: NaiveDate, limit: usize) -> Vec<NextTask> {
    let current = current_phase(structure, engagement).map(|phase| &phase.id);
    let first = structure
        .phases
        .iter()
        .position(|phase| Some(&phase.id) == current)
        .unwrap_or(0);
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (index, phase) in structure.phases.iter().enumerate() {
        if phase_scope(phase, engagement).is_err() {
            continue;
        }
        for (order, place, task) in places_of(structure, &phase.processes) {
            if seen.contains(&task) || task_scope(structure, engagement, &place, &task).is_err() {
                continue;
            }
            if let Some(reason) = reason(structure, engagement, &place, &task, today) {
                // What is urgent comes first wherever it stands; the rest by phase, the current one first.
                let urgency = if reason < Reason::Gate {
                    (0, Some(reason), 0)
                } else {
                    (1, None, index.abs_diff(first))
                };
                seen.insert(task.clone());
                found.push(((urgency, index, order), NextTask { task, place, reason }));
            }
        }
    }
    found.sort_by_key(|(order, _)| *order);
    found.into_iter().map(|(_, next)| next).take(limit).collect()
}

fn places_of(structure: &Structure, processes: &[crate::playbook::ProcessId]) -> Vec<(usize, Place, TaskId)> {
    let steps = processes
        .iter()
        .filter_map(|id| structure.process(id))
        .flat_map(|process| {
            process.steps.iter().flat_map(|step| {
                let place = Place {
                    process: process.id.clone(),
                    step: step.id.clone(),
                };
                step.tasks.iter().map(move |task| (place.clone(), task.clone()))
            })
        });
    steps
        .enumerate()
        .map(|(order, (place, task))| (order, place, task))
        .collect()
}

fn reason(
    structure: &Structure,
    engagement: &Engagement,
    place: &Place,
    task: &TaskId,
    today: NaiveDate,
) -> Option<Reason> {
    let states: Vec<_> = keys_at(structure, engagement, place, task)
        .iter()
        .map(|key| engagement.task_state(task, key))
        .collect();
    if states.iter().all(|state| state.settles()) {
        return None;
    }
    if let Some(due) = engagement.due(task) {
        if due < today {
            return Some(Reason::Overdue(due));
        }
        if due <= today + Days::new(7) {
            return Some(Reason::DueSoon(due));
        }
    }
    if states.iter().any(|state| state.group() == StateGroup::Blocked) {
        return Some(Reason::Blocked);
    }
    if structure.gates_of(&place.process).any(|gate| gate == task) {
        return Some(Reason::Gate);
    }
    if structure.tasks.get(task)?.requirement == Requirement::Mandatory {
        return Some(Reason::Mandatory);
    }
    let begun = states
        .iter()
        .any(|state| matches!(state.group(), StateGroup::Active | StateGroup::Waiting));
    begun.then_some(Reason::Begun)
}
