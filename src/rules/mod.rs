//! QUESTIONS ABOUT BOTH: does this task apply, how far are we, what is next, what is missing.
//!
//! Pure functions of the playbook, the engagement and, where it matters, `today`. Nothing is stored that can be asked.

mod completion;
mod condition;
mod gate;
mod missing;
mod next;
mod progress;
mod scope;
mod tick;

pub use completion::{
    Action, Branch, Completion, CompletionStep, FollowOn, Kind, Locked, REVIEW_OUTCOMES, Standing, Workload,
    another_workload, completion, counts, discussions_missing, follow_on, may_complete, may_release, next_action_after,
};
pub use condition::{Answer, Question, Why, answer};
pub use gate::{Closed, Closing, Gate, GateState, gate, joined_since, may_close};
pub use missing::{Missing, missing};
pub use next::{NextTask, Reason, next_tasks};
pub use progress::{
    ProcessState, Progress, current_phase, of_engagement, of_phase, of_process, of_step, process_state, standing,
};
pub use scope::{OutOfScope, keys, keys_at, phase_scope, process_scope, step_scope, task_scope};
pub use tick::{Position, TickPlan, position, tick, untick};
