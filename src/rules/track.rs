//! A track is a way through the same tasks: nothing is recorded for it, its tasks keep their places and states.

use super::{OutOfScope, Progress, keys, task_scope};
use crate::{
    engagement::{Engagement, StateKey},
    playbook::{Place, Structure, TaskId, TaskState, TrackId},
};

/// A track of an engagement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrackView {
    /// Its tasks, in the order of the track.
    pub rows: Vec<TrackRow>,
    /// Progress over those that are asked for.
    pub progress: Progress,
}

/// A task of a track.
#[derive(Clone, Debug, PartialEq)]
pub struct TrackRow {
    /// The task.
    pub task: TaskId,
    /// The first place where it is asked for; the first of all when it is not.
    pub place: Place,
    /// Whether it is asked for, anywhere.
    pub scope: Result<(), OutOfScope>,
    /// Its states that are asked for.
    pub states: Vec<(StateKey, TaskState)>,
}

/// A track of an engagement; empty for one that the playbook does not know.
#[must_use]
pub fn track(structure: &Structure, engagement: &Engagement, id: &TrackId) -> TrackView {
    let mut view = TrackView::default();
    let known = structure.tracks.iter().find(|track| track.id == *id);
    for task in known.into_iter().flat_map(|track| &track.tasks) {
        let Some(facts) = structure.tasks.get(task) else {
            continue;
        };
        let scopes = facts
            .places
            .iter()
            .map(|place| (place, task_scope(structure, engagement, place, task)));
        let mut scopes: Vec<_> = scopes.collect();
        let first = scopes.iter().position(|(_, scope)| scope.is_ok()).unwrap_or(0);
        if scopes.is_empty() {
            continue;
        }
        let (place, scope) = scopes.swap_remove(first);
        let states = keys(structure, engagement, task).into_iter();
        let states: Vec<_> = states
            .map(|key| (key.clone(), engagement.task_state(task, &key)))
            .collect();
        if scope.is_ok() {
            let settled = states.iter().all(|(_, state)| state.settles());
            view.progress.count(facts.requirement, settled);
        }
        view.rows.push(TrackRow {
            task: task.clone(),
            place: place.clone(),
            scope,
            states,
        });
    }
    view
}
