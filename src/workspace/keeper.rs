//! The keeper: the one tab, holding the lock `ep.keeper`, that joins journals and imports into snapshots.
//!
//! * It reads everything in one synchronous task, joins, writes, reads back, and believes only what it read back.
//! * It writes nothing in its first 10 seconds: by then it sees everything that the keeper before it wrote (`t09_...`).
//! * It does nothing while a key cannot be read (`t05_...`), and nothing any more once it saw a newer schema (`t12_...`).
//! * What it removes, and when, stands in `removing`.

use super::{
    Notice, SETTLED, SaveState, StoreError, Workspace,
    keys::Key,
    settling::Waiting,
    shelf::{Seen, What},
    store::KeyValue,
    values::{self, Reading},
};
use crate::{
    engagement::{Engagement, stamp::ReplicaId},
    playbook::EngagementId,
};
use std::collections::{BTreeMap, BTreeSet};

/// Snapshots that one pass writes at most, in bytes; the rest waits for the next.
const MOST_WRITTEN: usize = 128 * 1024;

/// Changes of the history that a snapshot in localStorage keeps; a file has them all.
pub(super) const HISTORY: usize = 200;

/// How long a snapshot is left alone after it was written, in milliseconds: a browser puts 10 MiB an hour on its disk.
const PAUSE: i64 = 60_000;

/// What a keeper remembers between its passes.
#[derive(Clone, Debug, Default)]
pub struct Keeper {
    /// Since when this tab keeps.
    pub since: Option<i64>,
    /// What has been absorbed, as it was then, and when.
    pub absorbed: BTreeMap<Key, (String, i64)>,
    /// When each snapshot was written last.
    pub written: BTreeMap<EngagementId, i64>,
    /// Entries without predecessor that were taken over.
    pub adopted: BTreeSet<Waiting>,
}

/// What a pass did, and when the next one has something to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Snapshots that were written.
    pub written: usize,
    /// Keys that were removed.
    pub removed: usize,
    /// Why a snapshot could not be written; journals stay, so nothing is lost.
    pub failed: Option<StoreError>,
    /// When there will be something to do even if nobody edits, UTC milliseconds; `None` when there is nothing.
    pub again_at: Option<i64>,
}

impl<S: KeyValue> Workspace<S> {
    /// A pass of the keeper: at idle, after edits, and when the last pass said so. Only for the tab that holds the lock
    /// `ep.keeper`; `dead` are replicas whose lock it holds too. Where there are no locks the first tab of a start may
    /// call it: it compacts and removes nothing.
    pub fn keep(&mut self, now: i64, dead: &[ReplicaId]) -> Kept {
        let mut kept = Kept::default();
        self.hear_meanwhile(now);
        self.hear_openings();
        if self.save == SaveState::ReadOnly || !self.unreadable.is_empty() {
            return kept;
        }
        let since = self.keeper.since.filter(|since| *since <= now).unwrap_or(now);
        self.keeper.since = Some(since);
        if now - since < SETTLED {
            kept.again_at = Some(since + SETTLED);
            return kept;
        }
        self.put_aside_again();
        if self.safe.knows_all() {
            self.adopt(now, |replica| dead.contains(&replica));
        }
        if self.own.iter().any(super::own::OwnJournal::is_dirty) {
            self.touched = true;
            self.write_journals();
        }
        let ids = self.stale.iter().cloned().chain(self.to_make_small(now)).collect();
        (kept.written, kept.failed) =
            self.write_snapshots(ids, now, |of, engagement| of.snapshot_text(engagement, now));
        self.watch_own(now);
        if self.tab.locks {
            kept.removed = self.remove_absorbed(now, dead);
        }
        let removable = self.keeper.absorbed.values().map(|(_, since)| since + SETTLED).min();
        let trimmable = self
            .own
            .iter()
            .filter(|_| self.tab.locks)
            .filter_map(super::own::OwnJournal::trim_at)
            .min();
        let pause = if kept.failed.is_some() { SETTLED } else { 1 };
        let more = self
            .stale
            .iter()
            .map(|id| self.keeper.written.get(id).map_or(now + pause, |at| at + PAUSE))
            .min();
        kept.again_at = [more, removable, trimmable]
            .into_iter()
            .flatten()
            .min()
            .map(|at| at.max(now + 1));
        kept
    }

    /// UTF-16 units in journals and imports that a pass would move into snapshots: worth a pass when they are many.
    #[must_use]
    pub fn backlog(&self) -> usize {
        let others = self.shelf.0.iter().filter(|(key, _)| key.replica().is_some());
        others.map(|(_, seen)| seen.text.len()).sum::<usize>()
            + self.own.iter().map(super::own::OwnJournal::size).sum::<usize>()
    }

    /// Writes snapshots anew, spelled so. Everything has just been read.
    pub(super) fn write_snapshots(
        &mut self,
        ids: Vec<EngagementId>,
        now: i64,
        spell: impl Fn(&Self, &Engagement) -> String,
    ) -> (usize, Option<StoreError>) {
        let (mut written, mut bytes) = (0, 0);
        let mut again = BTreeSet::new();
        let mut failed = None;
        for id in ids {
            let lately = self
                .keeper
                .written
                .get(&id)
                .is_some_and(|at| *at <= now && now - at < PAUSE);
            if bytes > MOST_WRITTEN || lately && !self.lost.contains(&id) {
                continue;
            }
            match self.write_snapshot(&id, &spell) {
                Ok(0) => {}
                Ok(size) => {
                    bytes += size;
                    written += 1;
                    self.keeper.written.insert(id.clone(), now);
                    again.extend(self.lost.take(&id));
                }
                Err(why) => failed = Some(why),
            }
        }
        if !again.is_empty() {
            self.notices.push(Notice::WrittenAgain(again));
        }
        (written, failed)
    }

    /// Writes one snapshot, if it can be read again and what stands there is not the only copy of something. Returns its size.
    fn write_snapshot(
        &mut self,
        id: &EngagementId,
        spell: &impl Fn(&Self, &Engagement) -> String,
    ) -> Result<usize, StoreError> {
        let key = Key::Snapshot(id.clone());
        let Some(engagement) = self.documents.get(id) else {
            self.stale.remove(id);
            return Ok(0);
        };
        if self.may_write(&key).is_err() {
            return Err(StoreError::Blocked);
        }
        let keeper = self.replica();
        let stored = engagement.with_recent_history(HISTORY);
        let text = spell(self, &stored);
        if values::read(&key, &text, self.generation).0.whole() != Reading::Snapshot(stored, keeper) {
            return Err(StoreError::Blocked);
        }
        let vector = engagement.vector().clone();
        self.store.set(&key.to_string(), &text)?;
        if self.store.get(&key.to_string())?.as_ref() != Some(&text) {
            return Err(StoreError::Blocked);
        }
        let size = text.len();
        for (key, seen) in &mut self.shelf.0 {
            match (key, &mut seen.what) {
                (Key::MergeIn(_, _, of), What::MergeIn { joined: true, kept, .. }) if of == id => *kept = true,
                _ => {}
            }
        }
        self.shelf.0.insert(
            key,
            Seen {
                text,
                what: What::Snapshot(vector, keeper),
            },
        );
        self.stale.remove(id);
        Ok(size)
    }
}
