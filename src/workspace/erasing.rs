//! Erasing everything, for every tab: `ep.erased` counts how often it was done.
//!
//! A tab that was started before drops its memory when it hears of it; what it wrote late carries the older count and is
//! nobody's any more (`t29_...`). A storage that is cleared without it is written again.

use super::{
    Notice, Refusal, SaveState, Workspace,
    drafts::DRAFTS,
    envelope::{self, Opened},
    keys::{ERASED, Key, OPENED, QUARANTINE},
    store::KeyValue,
};
use crate::gather::gather;
use crate::playbook::EngagementId;
use serde_json::json;
use std::collections::BTreeSet;

/// How often everything was erased; `None` when it never was, or nobody can say.
pub fn raised(store: &impl KeyValue) -> Option<u64> {
    count(&store.get(ERASED).ok()??)
}

/// How often a text under `ep.erased` says it was.
pub fn count(text: &str) -> Option<u64> {
    match envelope::open(text) {
        Opened::Ours { generation, .. } => Some(generation),
        Opened::Newer { .. } | Opened::Damaged => None,
    }
}

impl<S: KeyValue> Workspace<S> {
    /// Erases every engagement from this storage, in every tab: snapshots, journals, imports, trash, unfinished texts and what was put
    /// aside. Preferences and the playbook stay.
    ///
    /// # Errors
    /// When something is still there; memory is empty all the same.
    pub fn erase_all(&mut self, now: i64) -> Result<(), Refusal> {
        self.ready()?;
        let generation = self.generation + 1;
        let text = envelope::seal(generation, &json!({ "at": now }).to_string());
        let raised = self.store.set(ERASED, &text);
        let keys = self.store.keys().map_err(Refusal::Store)?;
        let ours = |name: &&String| {
            Key::parse(name).is_some() || [QUARANTINE, DRAFTS, OPENED].iter().any(|is| name.starts_with(is))
        };
        let mut done = Ok(());
        for name in keys.iter().filter(ours) {
            done = done.and(self.store.remove(name));
        }
        if raised.is_err() {
            // A full storage has room now.
            done = done.and(self.store.set(ERASED, &text));
        }
        self.forget(generation);
        done.map_err(Refusal::Store)
    }

    /// How often everything has been erased, as far as this tab knows.
    #[must_use]
    pub fn erasures(&self) -> u64 {
        self.generation
    }

    /// Notices that another tab has erased everything. Returns what is gone.
    pub(super) fn heed_erasure(&mut self) -> BTreeSet<EngagementId> {
        let generation = raised(&self.store).filter(|generation| *generation > self.generation);
        let Some(generation) = generation else {
            return BTreeSet::new();
        };
        let gone = gather(self.documents.ids().cloned());
        if self.save != SaveState::ReadOnly {
            let ours = |name: &&String| {
                Key::parse(name)
                    .and_then(|key| key.replica())
                    .is_some_and(|by| self.is_own(by))
            };
            let keys = self.store.keys().unwrap_or_default();
            for name in keys.iter().filter(ours).cloned().collect::<Vec<_>>() {
                // What cannot be removed carries the older count: nobody reads it, and a keeper takes it away.
                let _ = self.store.remove(&name);
            }
        }
        self.forget(generation);
        self.notices.push(Notice::Erased);
        self.notices.push(Notice::NewReplica);
        gone
    }

    /// Heeds an erasure that only the second store knows of: localStorage was put back to what it was before.
    pub(super) fn heed_erasure_there(&mut self, changed: &mut BTreeSet<EngagementId>) {
        let (there, here) = (self.safe.erased(), raised(&self.store).unwrap_or(0));
        if there > here && self.save != SaveState::ReadOnly {
            let before =
                |text: &str| matches!(envelope::open(text), Opened::Ours { generation, .. } if generation < there);
            for name in self.store.keys().unwrap_or_default() {
                let ours = Key::parse(&name).is_some();
                let goes = ours && self.store.get(&name).ok().flatten().is_some_and(|text| before(&text));
                if goes || name.starts_with(QUARANTINE) && there > self.generation {
                    // What cannot be removed carries the older count: nobody reads it.
                    let _ = self.store.remove(&name);
                }
            }
            let _ = self.store.set(ERASED, &envelope::seal(there, "{}"));
        }
        if there > self.generation {
            changed.extend(self.documents.ids().cloned());
            self.forget(there);
            self.notices.push(Notice::Erased);
            self.notices.push(Notice::NewReplica);
            self.read_all(changed);
        }
        self.safe.expect_erasure(here.max(there));
    }

    fn forget(&mut self, generation: u64) {
        self.safe.forget(generation);
        self.generation = generation;
        self.documents.clear();
        self.opened.clear();
        self.stale.clear();
        self.lost.clear();
        self.trash.clear();
        self.waiting.clear();
        self.shelf.0.clear();
        self.unreadable.clear();
        self.own.clear();
        self.steps = super::steps::Steps::default();
        if self.save != SaveState::ReadOnly {
            self.save = SaveState::Saved;
        }
        self.start_journal();
    }
}
