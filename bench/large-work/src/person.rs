//! Somebody who makes one change after the other.

use engagement_playbook::engagement::{Change, Engagement, Signature, StateKey, parse_day, stamp::ReplicaId};
use engagement_playbook::playbook::{TaskId, TaskState};

/// Milliseconds between two changes.
const BETWEEN: i64 = 3 * 3_600_000;

/// Who it is, and when the next change is made.
#[derive(Debug, Clone)]
pub struct Person(Signature);

impl Person {
    /// Somebody with a name, at a time; `number` tells one start of the app from the others.
    pub fn new(name: &str, number: u64, now: i64) -> Self {
        Self(Signature {
            now,
            // Spread, as if it were drawn.
            replica: ReplicaId::from_bits((number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20),
            author: name.to_owned(),
            language: "en".to_owned(),
        })
    }

    /// Does nothing until then.
    pub fn rests_until(&mut self, now: i64) {
        self.0.now = self.0.now.max(now);
    }

    /// Makes a change.
    pub fn does(&mut self, engagement: &mut Engagement, change: &Change) {
        self.0.now += BETWEEN;
        engagement.apply(change, &self.0);
    }

    /// Puts a task into a state.
    pub fn puts(&mut self, engagement: &mut Engagement, task: &TaskId, key: StateKey, state: TaskState) {
        let change = Change::SetTaskState {
            task: task.clone(),
            states: vec![(key, state)],
            reason: None,
            done_on: None,
        };
        self.does(engagement, &change);
    }

    /// Gives a task an owner and a day.
    pub fn plans(&mut self, engagement: &mut Engagement, task: &TaskId, owner: &str, day: &str) {
        self.does(engagement, &Change::SetOwner(task.clone(), owner.to_owned()));
        self.does(engagement, &Change::SetDue(task.clone(), parse_day(day)));
    }
}
