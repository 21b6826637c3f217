//! The checkbox with three positions: what a tick and an untick mean when a task has a state per service.

use crate::{
    engagement::{Engagement, StateKey},
    playbook::{StateGroup, TaskId, TaskState},
};

/// How the checkbox of a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// Nothing is complete.
    Empty,
    /// Some of it is complete, some is open.
    Part,
    /// Something is complete and nothing is open.
    Full,
}

/// What a tick does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TickPlan {
    /// Open states that become complete.
    pub complete: Vec<StateKey>,
    /// Blocked and waiting states: a person is asked before they become complete. So are settled ones when nothing is open.
    pub ask: Vec<(StateKey, TaskState)>,
}

/// The position of the checkbox over the given states of a task.
#[must_use]
pub fn position(engagement: &Engagement, task: &TaskId, keys: &[StateKey]) -> Position {
    let states: Vec<TaskState> = keys.iter().map(|key| engagement.task_state(task, key)).collect();
    let some = states.contains(&TaskState::Complete);
    match (some, states.iter().all(|state| state.settles())) {
        (false, _) => Position::Empty,
        (true, true) => Position::Full,
        (true, false) => Position::Part,
    }
}

/// What a tick on an empty or partly filled box does.
#[must_use]
pub fn tick(engagement: &Engagement, task: &TaskId, keys: &[StateKey]) -> TickPlan {
    let mut plan = TickPlan::default();
    for key in keys {
        let state = engagement.task_state(task, key);
        match state.group() {
            StateGroup::Open | StateGroup::Active => plan.complete.push(key.clone()),
            StateGroup::Waiting | StateGroup::Blocked => plan.ask.push((key.clone(), state)),
            StateGroup::Closed => {}
        }
    }
    if plan == TickPlan::default() {
        plan.ask = keys
            .iter()
            .map(|key| (key.clone(), engagement.task_state(task, key)))
            .collect();
    }
    plan
}

/// What an untick does: only what was complete goes back, to the state before its tick.
#[must_use]
pub fn untick(engagement: &Engagement, task: &TaskId, keys: &[StateKey]) -> Vec<(StateKey, TaskState)> {
    keys.iter()
        .filter(|key| engagement.task_state(task, key) == TaskState::Complete)
        .map(|key| (key.clone(), engagement.state_before(task, key)))
        .collect()
}
