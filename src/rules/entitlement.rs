//! The entitlement status of a service: the guide that leads to the right one, what contradicts it, and what follows from it.
//!
//! A person chooses the status; the guide proposes. Answers are kept with the service, so that a colleague sees why. The words of
//! questions and contradictions stand in `content/lists`, the explanations on the reference page `entitlement-status`.

mod contradictions;
mod guide;
mod questions;
mod service_status;
mod status;

pub use contradictions::{Contradiction, Severity, contradictions};
pub use guide::{Guide, guide, trail};
pub use questions::{
    BLOCKER, COMPETITOR, DATA_TO_MOVE, DECLINES_HELP_ONLY, DOUBTS, DUPLICATE, Doubt, FUNCTION_UNAVAILABLE, INTENDS,
    INTENT_KNOWN, Kind, LEGAL_LIMITS, MERGED, MERGER, NEW_ENTITLEMENTS, ON_PREMISES, OUTLOOK_WITHOUT_EXCHANGE,
    Question, REDIRECTS, Redirect, Reply, SILENT, STOPPED, TRAINING_MISSING, TREE, USABLE, questions,
};
pub use service_status::{SERVICE_STATUSES, propose_service_status};
pub use status::{Intent, Leaf, Line, Status, actions, chosen, explained, intent, own_line, parts};
