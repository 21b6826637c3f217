//! Owner, due date or state of several tasks at once. A state goes where the rows of these tasks show one: to each of their
//! services in scope, or to the task as a whole. What stands so already is left alone.

use super::{keys_at, may_complete};
use crate::{
    engagement::{Change, Engagement, StateKey},
    playbook::{Place, Structure, TaskId, TaskState},
};
use chrono::NaiveDate;

/// What several tasks get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bulk {
    /// An owner; empty clears.
    Owner(String),
    /// A due date; `None` clears.
    Due(Option<NaiveDate>),
    /// A state, with the reason where it wants one.
    State(TaskState, Option<String>),
}

/// What that does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BulkPlan {
    /// A change for each task that becomes other than it is; together they are one edit.
    pub changes: Vec<Change>,
    /// The tasks that end an engagement and still wait for its discussions: they are left as they are.
    pub waiting: Vec<TaskId>,
}

/// The changes that give these tasks, each at one of its places, what was chosen.
#[must_use]
pub fn bulk(
    structure: &Structure,
    engagement: &Engagement,
    rows: &[(Place, TaskId)],
    what: &Bulk,
    today: NaiveDate,
) -> BulkPlan {
    let mut plan = BulkPlan::default();
    for (place, task) in rows {
        let change = match what {
            Bulk::Owner(owner) => {
                (engagement.owner(task) != owner).then(|| Change::SetOwner(task.clone(), owner.clone()))
            }
            Bulk::Due(due) => (engagement.due(task) != *due).then(|| Change::SetDue(task.clone(), *due)),
            Bulk::State(state, reason) => {
                let keys = keys_at(structure, engagement, place, task);
                let change = put(engagement, task, keys, *state, reason.as_deref(), today);
                if change.is_some() && *state == TaskState::Complete && may_complete(engagement, task).is_err() {
                    plan.waiting.push(task.clone());
                    continue;
                }
                change
            }
        };
        plan.changes.extend(change);
    }
    plan
}

/// Puts those states of a task that are others into this one; a tick also writes the day, once.
fn put(
    engagement: &Engagement,
    task: &TaskId,
    keys: Vec<StateKey>,
    state: TaskState,
    reason: Option<&str>,
    today: NaiveDate,
) -> Option<Change> {
    let reason = reason.filter(|_| state.wants_reason());
    let is_so = |key: &StateKey| {
        engagement.task_state(task, key) == state && reason.is_none_or(|reason| engagement.reason(task, key) == reason)
    };
    let states: Vec<_> = keys
        .into_iter()
        .filter(|key| !is_so(key))
        .map(|key| (key, state))
        .collect();
    let ticked = state == TaskState::Complete && engagement.done_on(task).is_none();
    (!states.is_empty()).then(|| Change::SetTaskState {
        task: task.clone(),
        states,
        reason: reason.map(str::to_owned),
        done_on: ticked.then_some(today),
    })
}
