//! QUESTIONS ABOUT BOTH: does this task apply, how far are we, what is next, what is missing, what is open by when; which
//! entitlement status fits and what contradicts it, how the 4+4 stands; may this be closed, completed, released; what has a
//! colleague to know who takes over.
//!
//! Pure functions of the playbook, the engagement and, where it matters, `today`. Nothing is stored that can be asked.

mod agenda;
mod bulk;
mod calendar;
mod changes;
mod clocks;
mod completion;
mod condition;
mod deadlines;
pub mod entitlement;
pub mod four_plus_four;
mod gate;
mod handover;
mod milestones;
mod missing;
mod next;
mod overview;
mod progress;
mod scope;
mod survey;
mod thresholds;
mod tick;
mod today;
mod track;
mod wanted;

pub use agenda::{Agenda, agenda};
pub use bulk::{Bulk, BulkPlan, bulk};
pub use calendar::Calendar;
pub use changes::{HistoryField, HistoryLine, history, people};
pub use clocks::{Ahead, CLEARLY, Doubt, ahead, doubt};
pub use completion::{
    Action, Branch, Completion, CompletionStep, FollowOn, Kind, Locked, REVIEW_OUTCOMES, Standing, Workload,
    another_workload, completion, counts, discussions_missing, follow_on, may_complete, may_release, next_action_after,
};
pub use condition::{Answer, Question, Why, answer};
pub use deadlines::{DEADLINES, Deadline, deadlines};
pub use gate::{Closed, Closing, Gate, GateState, gate, joined_since, may_close};
pub use handover::{Changed, ChangedField, Handover, OpenMandatory, Sheet, handover, handovers, last_handover};
pub use milestones::{Milestones, Reached, active_users, enabled_from, is_enabled, milestones};
pub use missing::{Missing, missing};
pub use next::{Due, Next, NextItem, Reason, next_items};
pub use overview::{Overview, PhaseStanding, ProcessStanding, StepStanding, overview};
pub use progress::{
    ProcessState, Progress, current_phase, of_engagement, of_phase, of_process, of_step, process_state, standing,
};
pub use scope::{OutOfScope, keys, keys_at, phase_scope, process_scope, step_scope, task_scope};
pub use thresholds::{
    Band, Document, Finding, How, Number, Origin, THRESHOLDS, Threshold, Verdict, WhyNot, findings,
    next_action_after_completion, numbers, proposed_status, threshold, usage_band, wizard_order,
};
pub use tick::{Position, TickPlan, position, tick, untick};
pub use today::{TodayItem, today, today_of};
pub use track::{TrackRow, TrackView, track};
pub use wanted::{Wanted, wanted};
