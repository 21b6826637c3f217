//! Ids of the playbook and of engagements: one type each, so that a task can never be taken for a service.
//!
//! An id is data from a file. `parse` is the one gate: `[A-Za-z0-9._:-]{1,256}`. Ids that this edition does not
//! know are valid ids; they are kept and shown, never dropped.

use serde::{Deserialize, Serialize};
use std::{borrow::Borrow, fmt, sync::Arc};

/// Longest id that is accepted, in bytes.
pub const LONGEST_ID: usize = 256;

/// Whether `text` may be an id: `[A-Za-z0-9._:-]{1,256}`.
#[must_use]
pub fn is_id(text: &str) -> bool {
    (1..=LONGEST_ID).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b':' | b'-'))
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id, when `text` may be one.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                is_id(text).then(|| Self(text.into()))
            }

            /// The id as it stands in files and addresses.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = &'static str;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text).ok_or("not an id")
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.as_ref().to_owned()
            }
        }

        /// For ids written in code; ids from outside go through `parse`.
        impl From<&'static str> for $name {
            fn from(text: &'static str) -> Self {
                debug_assert!(is_id(text));
                Self(text.into())
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
    )*};
}

ids! {
    /// One of the phases, such as `initiate`.
    PhaseId
    /// One of the 16 processes, such as `conduct-customer-kickoff`.
    ProcessId
    /// A step within its process, such as `prepare-for-kickoff-meeting`.
    StepId
    /// A task by its published number, such as `994`; a team's own tasks may have any id.
    TaskId
    /// A service, or one of the pseudo services `all-services` and `core-onboarding`.
    ServiceId
    /// A role of the delivery team, such as `fasttrack-manager`.
    RoleId
    /// A way into an engagement: `customer-health`, `rfa`, `targeting`.
    MotionId
    /// `americas`, `apj` or `emea`.
    RegionId
    /// A track over the same tasks, such as `get-modern`.
    TrackId
    /// A block of guidance, a key input or outcome, within its process.
    BlockId
    /// A published link, within its process.
    ResourceId
    /// One engagement; drawn once, never reused.
    EngagementId
    /// One note of an engagement.
    NoteId
    /// One entry of a list of an engagement: a reading, an action, a meeting.
    EntryId
}

/// A step with its process: the address of a place where tasks stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The process the step belongs to.
    pub process: ProcessId,
    /// The step.
    pub step: StepId,
}

impl Place {
    /// Reads `process/step`, as the facts write it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (process, step) = text.split_once('/')?;
        Some(Self {
            process: ProcessId::parse(process)?,
            step: StepId::parse(step)?,
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.process, self.step)
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Place::parse(&text).ok_or_else(|| serde::de::Error::custom("not process/step"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_letters_digits_and_four_signs() {
        for good in ["994", "conduct-customer-kickoff", "own:task.1_b", "__proto__"] {
            assert!(is_id(good), "{good}");
        }
        for bad in ["", "a b", "é", "a/b", "a\n", &"x".repeat(257)] {
            assert!(!is_id(bad), "{bad:?}");
        }
    }
}
