//! QUESTIONS ABOUT BOTH: does this task apply, how far are we, what is next, what is missing; which entitlement status fits, what
//! contradicts it, how the 4+4 stands.
//!
//! Pure functions of the playbook, the engagement and, where it matters, `today`. Nothing is stored that can be asked.

mod condition;
pub mod entitlement;
pub mod four_plus_four;
mod missing;
mod next;
mod progress;
mod scope;
mod tick;

pub use condition::{Answer, Question, Why, answer};
pub use missing::{Missing, missing};
pub use next::{NextTask, Reason, next_tasks};
pub use progress::{
    ProcessState, Progress, current_phase, of_engagement, of_phase, of_process, of_step, process_state, standing,
};
pub use scope::{OutOfScope, keys, keys_at, phase_scope, process_scope, step_scope, task_scope};
pub use tick::{Position, TickPlan, position, tick, untick};
