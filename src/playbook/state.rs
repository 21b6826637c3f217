//! The 13 states a task can be in, in the order of the portal's list.
//!
//! Names stand with the words of each language; groups and what settles a task are our reading of the facts.

use serde::{Deserialize, Serialize};

/// State of a task for one service, or for all where it has one state only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaskState {
    /// Nothing done yet; where every task starts.
    #[default]
    NotStarted,
    /// Does not apply to this tenant or service; wants a reason.
    NotRequired,
    /// Work is going on.
    InProgress,
    /// Done.
    Complete,
    /// A short stop that the customer asked for or caused.
    PausedCustomerDelay,
    /// The customer put it off for long.
    DeferredCustomerExtendedDelay,
    /// Goes on, but is at risk.
    Warning,
    /// Waits until a known gap is closed.
    BlockedPendingRemediation,
    /// A technical problem on the customer's side.
    BlockedTechnicalCustomer,
    /// A business decision or policy stops it.
    BlockedBusiness,
    /// Stopped for a reason outside the list.
    BlockedOther,
    /// A technical problem on Microsoft's side.
    BlockedTechnicalMs,
    /// Will not be done any more; wants a reason.
    Cancelled,
}

/// What states have in common; the shape and colour of the chip follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StateGroup {
    /// Not begun.
    Open,
    /// Being worked on, at risk or not.
    Active,
    /// The customer delays it.
    Waiting,
    /// Something stops it.
    Blocked,
    /// Settled.
    Closed,
}

impl TaskState {
    /// All states, in the order of the list.
    pub const ALL: [TaskState; 13] = [
        Self::NotStarted,
        Self::NotRequired,
        Self::InProgress,
        Self::Complete,
        Self::PausedCustomerDelay,
        Self::DeferredCustomerExtendedDelay,
        Self::Warning,
        Self::BlockedPendingRemediation,
        Self::BlockedTechnicalCustomer,
        Self::BlockedBusiness,
        Self::BlockedOther,
        Self::BlockedTechnicalMs,
        Self::Cancelled,
    ];

    /// The id in the facts and in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotStarted => "not-started",
            Self::NotRequired => "not-required",
            Self::InProgress => "in-progress",
            Self::Complete => "complete",
            Self::PausedCustomerDelay => "paused-customer-delay",
            Self::DeferredCustomerExtendedDelay => "deferred-customer-extended-delay",
            Self::Warning => "warning",
            Self::BlockedPendingRemediation => "blocked-pending-remediation",
            Self::BlockedTechnicalCustomer => "blocked-technical-customer",
            Self::BlockedBusiness => "blocked-business",
            Self::BlockedOther => "blocked-other",
            Self::BlockedTechnicalMs => "blocked-technical-ms",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state with this id; `None` for one that this version does not know.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// What it has in common with others.
    #[must_use]
    pub fn group(self) -> StateGroup {
        match self {
            Self::NotStarted => StateGroup::Open,
            Self::InProgress | Self::Warning => StateGroup::Active,
            Self::PausedCustomerDelay | Self::DeferredCustomerExtendedDelay => StateGroup::Waiting,
            Self::BlockedPendingRemediation
            | Self::BlockedTechnicalCustomer
            | Self::BlockedBusiness
            | Self::BlockedOther
            | Self::BlockedTechnicalMs => StateGroup::Blocked,
            Self::Complete | Self::NotRequired | Self::Cancelled => StateGroup::Closed,
        }
    }

    /// Whether a task in this state no longer counts as open: complete, not required, cancelled.
    #[must_use]
    pub fn settles(self) -> bool {
        self.group() == StateGroup::Closed
    }

    /// Whether a person has to say why.
    #[must_use]
    pub fn wants_reason(self) -> bool {
        matches!(self, Self::NotRequired | Self::Cancelled)
    }
}
