//! What was last read from the storage, key by key: so that a text that is as it was is not read again, and so that it is
//! known what the storage holds without this tab.

use super::{keys::Key, room::units};
use crate::{
    engagement::{Vector, stamp::ReplicaId},
    playbook::EngagementId,
};
use std::collections::BTreeMap;

/// A text, and what it turned out to be.
#[derive(Clone, Debug)]
pub struct Seen {
    /// As it was read.
    pub text: String,
    /// What it is.
    pub what: What,
}

/// What a stored text is, as far as it has to be remembered.
#[derive(Clone, Debug)]
pub enum What {
    /// A snapshot: what it has seen, and who wrote it.
    Snapshot(Vector, ReplicaId),
    /// A part of a journal: its entries by engagement and sequence.
    Journal(Vec<(EngagementId, u64)>),
    /// One of the engagements of an import.
    MergeIn {
        /// How many there are.
        of: usize,
        /// What it has seen.
        vector: Vector,
        /// Whether it has been joined: only once all of them are there.
        joined: bool,
        /// Whether a snapshot was written since, or needed nothing of it.
        kept: bool,
    },
    /// A marker of the trash.
    Trash,
    /// Written before everything was erased.
    Older,
    /// Of a newer schema.
    Newer,
    /// Not as it was written; where it was put aside.
    Damaged(Option<String>),
}

/// The keys of the storage that are not this tab's own journals.
#[derive(Clone, Debug, Default)]
pub struct Shelf(pub BTreeMap<Key, Seen>);

impl Shelf {
    /// The text under a key.
    #[must_use]
    pub fn text(&self, key: &Key) -> Option<&str> {
        self.0.get(key).map(|seen| seen.text.as_str())
    }

    /// What the stored snapshot of an engagement has seen, and who wrote it.
    #[must_use]
    pub fn snapshot(&self, id: &EngagementId) -> Option<(&Vector, ReplicaId)> {
        match &self.0.get(&Key::Snapshot(id.clone()))?.what {
            What::Snapshot(vector, keeper) => Some((vector, *keeper)),
            _ => None,
        }
    }

    /// The other keys of the import that a key belongs to, and itself.
    pub fn import(&self, replica: ReplicaId, import: u32) -> impl Iterator<Item = (&Key, &Seen)> {
        self.0
            .iter()
            .filter(move |(key, _)| matches!(key, Key::MergeIn(by, number, _) if *by == replica && *number == import))
    }

    /// UTF-16 units of snapshots and imports.
    #[must_use]
    pub fn engagement_units(&self) -> usize {
        let of_engagements = |key: &Key| matches!(key, Key::Snapshot(_) | Key::MergeIn(..));
        self.0
            .iter()
            .filter(|(key, _)| of_engagements(key))
            .map(|(key, seen)| units(&key.to_string()) + units(&seen.text))
            .sum()
    }

    /// Whether all engagements of an import are there; one that is damaged counts, it was there once.
    #[must_use]
    pub fn is_complete(&self, replica: ReplicaId, import: u32) -> bool {
        let of = self.import(replica, import).find_map(|(_, seen)| match seen.what {
            What::MergeIn { of, .. } => Some(of),
            _ => None,
        });
        of.is_some_and(|of| self.import(replica, import).count() >= of)
    }
}
