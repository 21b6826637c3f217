//! What was found in the second store, told apart: appends, imports, heads of snapshots, markers, dirt.

use super::taking::{Reach, seen};
use crate::{
    engagement::stamp::ReplicaId,
    playbook::EngagementId,
    workspace::{
        envelope::{self, Opened},
        keys::Key,
        shelf::What,
        trash::Marker,
    },
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const HEADS: &str = "ep.h.";

/// What a snapshot there has seen.
pub type Head = BTreeMap<ReplicaId, u64>;

/// What was read in one go.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Appends, imports, and what is older than the last erasure.
    pub texts: BTreeMap<String, What>,
    /// How many appends and imports there are, and their bytes.
    pub appends: usize,
    pub size: usize,
    /// Heads of snapshots that are of this generation.
    pub heads: BTreeMap<EngagementId, Head>,
    /// Snapshots whose head cannot be read, or that stand there from before an erasure.
    pub headless: BTreeSet<EngagementId>,
    /// Markers of the trash.
    pub markers: BTreeMap<EngagementId, Marker>,
}

/// The key of the head of a snapshot.
pub fn head_key(id: &EngagementId) -> String {
    format!("{HEADS}{id}")
}

/// The engagement whose head stands under this key.
pub fn head_of(key: &str) -> Option<EngagementId> {
    EngagementId::parse(key.strip_prefix(HEADS)?)
}

/// Reads a head; `None` for one that is older than the last erasure or cannot be read.
pub fn read_head(text: &str, erased: u64) -> Option<Head> {
    let Opened::Ours { generation, payload } = envelope::open(text) else {
        return None;
    };
    if generation < erased {
        return None;
    }
    let value: Value = serde_json::from_str(payload).ok()?;
    let seen = value.as_object()?.iter();
    seen.map(|(name, last)| Some((ReplicaId::parse(name)?, last.as_u64()?)))
        .collect()
}

impl Found {
    /// How far what was found reaches, per engagement.
    pub fn reach(&self) -> BTreeMap<EngagementId, Reach> {
        let mut all: BTreeMap<EngagementId, Reach> = BTreeMap::new();
        for (id, head) in &self.heads {
            all.entry(id.clone()).or_default().see(head);
        }
        for (key, what) in &self.texts {
            match (what, Key::parse(key)) {
                (What::MergeIn { vector, .. }, Some(Key::MergeIn(_, _, id))) => {
                    all.entry(id).or_default().see(&seen(vector));
                }
                (What::Journal(entries), Some(Key::Journal(replica, _))) => {
                    for (id, sequence) in entries {
                        all.entry(id.clone()).or_default().add(replica, *sequence);
                    }
                }
                _ => {}
            }
        }
        all
    }

    /// Engagements that appends and imports are about.
    pub fn concerned(&self) -> BTreeSet<EngagementId> {
        let mut all = BTreeSet::new();
        for (key, what) in &self.texts {
            match (what, Key::parse(key)) {
                (What::Journal(entries), _) => all.extend(entries.iter().map(|(id, _)| id.clone())),
                (What::MergeIn { .. }, Some(Key::MergeIn(_, _, id))) => drop(all.insert(id)),
                _ => {}
            }
        }
        all
    }
}
