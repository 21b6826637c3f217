//! Under which keys work is kept. Each key has one kind of writer; keys that are not listed here are never touched
//! (`keys_that_are_not_ours_are_never_touched`).
//!
//! ```text
//! ep.e.<engagement>                 snapshot; written by the keeper
//! ep.j.<replica>[.<part>]           journal of one tab; written by that tab alone
//! ep.m.<replica>.<import>.<engagement>  an import until a snapshot has it; written once
//! ep.t.<engagement>                 marker of the trash
//! ep.q.<checksum>.<key>             what could not be read, byte for byte; never overwritten or deleted
//! ep.d.<place>                      unfinished text of one box; see `drafts`
//! ep.erased                         how often everything was erased
//! ep.opened                         which engagements were opened lately; see `resting`
//! ```

use crate::{engagement::stamp::ReplicaId, playbook::EngagementId};
use std::fmt;

/// Raised when everything is erased.
pub const ERASED: &str = "ep.erased";
/// When each engagement was opened last.
pub const OPENED: &str = "ep.opened";
/// What was put aside begins with this.
pub const QUARANTINE: &str = "ep.q.";

/// One of our keys, apart from quarantine and `ep.erased`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// The snapshot of an engagement.
    Snapshot(EngagementId),
    /// A part of a tab's journal; the first has number 0.
    Journal(ReplicaId, u32),
    /// One engagement of an import, by the tab and the number of the import in it.
    MergeIn(ReplicaId, u32, EngagementId),
    /// The marker of an engagement in the trash.
    Trash(EngagementId),
}

impl Key {
    /// The key that is spelled so.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.strip_prefix("ep.")?.split_once('.')?;
        match kind {
            "e" => EngagementId::parse(rest).map(Self::Snapshot),
            "t" => EngagementId::parse(rest).map(Self::Trash),
            "j" => match rest.split_once('.') {
                None => Some(Self::Journal(ReplicaId::parse(rest)?, 0)),
                Some((replica, part)) => number(part)
                    .filter(|n| *n > 0)
                    .and_then(|n| Some(Self::Journal(ReplicaId::parse(replica)?, n))),
            },
            "m" => {
                let (replica, rest) = rest.split_once('.')?;
                let (import, engagement) = rest.split_once('.')?;
                Some(Self::MergeIn(
                    ReplicaId::parse(replica)?,
                    number(import)?,
                    EngagementId::parse(engagement)?,
                ))
            }
            _ => None,
        }
    }

    /// The tab that wrote it, where a key has one.
    #[must_use]
    pub fn replica(&self) -> Option<ReplicaId> {
        match self {
            Self::Journal(replica, _) | Self::MergeIn(replica, ..) => Some(*replica),
            Self::Snapshot(_) | Self::Trash(_) => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Snapshot(id) => write!(f, "ep.e.{id}"),
            Self::Journal(replica, 0) => write!(f, "ep.j.{replica}"),
            Self::Journal(replica, part) => write!(f, "ep.j.{replica}.{part}"),
            Self::MergeIn(replica, import, id) => write!(f, "ep.m.{replica}.{import}.{id}"),
            Self::Trash(id) => write!(f, "ep.t.{id}"),
        }
    }
}

fn number(text: &str) -> Option<u32> {
    text.parse::<u32>().ok().filter(|n| n.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::Key;

    #[test]
    fn a_key_has_one_spelling_and_other_keys_are_not_ours() {
        for ours in [
            "ep.e.a.b",
            "ep.j.0000000A",
            "ep.j.0000000A.7",
            "ep.m.0000000A.3.a.b",
            "ep.t.contoso",
        ] {
            assert_eq!(Key::parse(ours).map(|key| key.to_string()).as_deref(), Some(ours));
        }
        for other in [
            "ep.language",
            "ep.e.",
            "ep.e.a b",
            "ep.j.x",
            "ep.j.0000000A.0",
            "ep.j.0000000A.07",
            "ep.erased",
            "xep.e.a",
        ] {
            assert_eq!(Key::parse(other), None, "{other}");
        }
    }
}
