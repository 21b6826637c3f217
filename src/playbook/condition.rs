//! Conditions on blocks of the playbook: for which customers a part of the text holds.
//!
//! Only the language of conditions stands here; `rules::condition` answers them for an engagement.

use super::{Fact, MotionId, ServiceId};
use serde::Deserialize;

/// When a block holds.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// The fact is yes.
    Fact(Fact),
    /// The customer came in this way.
    Motion(MotionId),
    /// The service is in scope.
    Service(ServiceId),
    /// The tenant has this many seats or more.
    SeatsAtLeast(u32),
    /// The tenant has fewer seats.
    SeatsBelow(u32),
    /// It does not hold.
    Not(Box<Condition>),
    /// Each of them holds.
    All(Vec<Condition>),
    /// One of them holds.
    Any(Vec<Condition>),
}
