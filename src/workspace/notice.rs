//! What the workspace has to say: how saving stands, what was refused, what a person should hear about.
//!
//! Facts only; the sentences stand with the words of each language.

use super::store::StoreError;
use crate::engagement::Fault;
use crate::playbook::EngagementId;
use std::collections::BTreeSet;

/// How saving stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SaveState {
    /// Everything that was done here stands in the storage.
    #[default]
    Saved,
    /// The last write failed. What was done is kept in memory and written together with the next edit.
    Unsaved(StoreError),
    /// A newer version of the app uses this storage: nothing is written here any more.
    ReadOnly,
}

/// What an edit came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Whether anything was other than before.
    pub changed: bool,
    /// How saving stands after it.
    pub save: SaveState,
}

/// Why nothing was done; memory and storage are as they were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No engagement of this id.
    Unknown(EngagementId),
    /// An engagement of this id is there already.
    Exists(EngagementId),
    /// A value that a file may not hold either.
    Unfit(Fault),
    /// It will not fit.
    NoRoom {
        /// UTF-16 units it needs.
        needs: usize,
        /// UTF-16 units that are left for it.
        left: usize,
    },
    /// The storage refused.
    Store(StoreError),
    /// A newer version of the app uses this storage.
    ReadOnly,
}

/// Something a person should hear about. Each is told once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A stored value fails its check.
    Damaged {
        /// Where it stood.
        key: String,
        /// Where it was put aside, byte for byte; `None` when there was no room: then it stays where it is, untouched.
        kept_as: Option<String>,
    },
    /// A stored value is of a newer version of the app; this tab only reads from now on.
    NewerSchema {
        /// Where it stands.
        key: String,
    },
    /// Somebody else wrote to a key that this tab alone writes.
    ForeignWrite {
        /// The key.
        key: String,
        /// Where what stood there was put aside; `None` when nothing stood there or there was no room.
        kept_as: Option<String>,
    },
    /// What was kept here had vanished from the storage and was written again.
    WrittenAgain(BTreeSet<EngagementId>),
    /// Changes of a tab whose earlier ones are lost were taken over.
    Adopted(BTreeSet<EngagementId>),
    /// Everything was erased from another tab; this one has forgotten it too.
    Erased,
    /// A key could not be read; nothing is written there until it can be.
    Unreadable {
        /// The key; `None` when not even the list of keys could be read.
        key: Option<String>,
        /// Why.
        why: StoreError,
    },
    /// Work that one store had lost came back from the other.
    Recovered(BTreeSet<EngagementId>),
    /// The tab writes under a new replica: it should take that one's lock.
    NewReplica,
}
