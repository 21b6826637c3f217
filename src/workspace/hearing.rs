//! How others' work comes in, and how this tab's work is looked after: whatever stands in the storage is read and joined,
//! never taken in place of what is here. Events are hints, the storage is the truth.

use super::{
    Notice, SaveState, Workspace,
    keys::{ERASED, Key},
    own::Met,
    store::KeyValue,
    values,
};
use crate::{engagement::Engagement, gather::gather, playbook::EngagementId};
use std::collections::{BTreeMap, BTreeSet};

/// How long events are trusted before everything is read again, in milliseconds.
const LISTENED: i64 = 30_000;

impl<S: KeyValue> Workspace<S> {
    /// Reads again what others have written (focus, resume, a `storage` event that names no key), and looks after what this
    /// tab wrote: what vanished without `ep.erased` is written again (`t29_...`). Returns what is other than before.
    pub fn hear(&mut self, now: i64) -> BTreeSet<EngagementId> {
        let mut changed = self.heed_erasure();
        changed.append(&mut self.unreported);
        self.heard_at = now;
        self.put_broken_aside(self.documents.broken(), &mut changed);
        self.read_all(&mut changed);
        if self.save != SaveState::ReadOnly {
            self.look_after_own(now);
        }
        self.drop_expired(now, &mut changed);
        self.safe.heard_of(&changed);
        changed
    }

    /// What is other than before because something was heard while something else was done (an edit, an import, a pass of
    /// the keeper); the next `hear` returns it too, once.
    pub fn take_changed(&mut self) -> BTreeSet<EngagementId> {
        std::mem::take(&mut self.unreported)
    }

    /// Hears while something else is done.
    pub(super) fn hear_meanwhile(&mut self, now: i64) {
        self.unreported = self.hear(now);
    }

    /// Hears what there is before anything is written, when it was not heard for a while: a tab that slept merges first
    /// (`t11_...`), and a lost event is made up for.
    pub(super) fn look_around(&mut self, now: i64) {
        if !(0..LISTENED).contains(&(now - self.heard_at)) {
            self.hear_meanwhile(now);
        }
    }

    /// Reads one key again (a `storage` event that names it): a bounded number of bytes. Returns what is other than before.
    pub fn hear_of(&mut self, key: &str, now: i64) -> BTreeSet<EngagementId> {
        let Some(parsed) = Key::parse(key).filter(|key| !self.is_own_journal(key)) else {
            let ours = key == ERASED || Key::parse(key).is_some();
            return if ours { self.hear(now) } else { BTreeSet::new() };
        };
        let mut changed = self.heed_erasure();
        match self.store.get(key) {
            Ok(Some(text)) => {
                self.take_up(vec![(parsed, text)], &mut changed);
                self.settle(false, &mut changed);
            }
            Ok(None) | Err(_) => changed.extend(self.hear(now)),
        }
        if !self.waiting.is_empty() {
            changed.extend(self.hear(now));
        }
        self.drop_expired(now, &mut changed);
        self.safe.heard_of(&changed);
        changed
    }

    /// Notes what snapshots hold of this tab's journals by now.
    pub(super) fn watch_own(&mut self, now: i64) {
        let mut own = std::mem::take(&mut self.own);
        for journal in &mut own {
            let replica = journal.replica;
            journal.watch(now, |id, last| {
                let over = self.is_over(id, replica, last, now).then_some((last, replica));
                over.or_else(|| {
                    self.shelf
                        .snapshot(id)
                        .map(|(vector, keeper)| (vector.last(replica), keeper))
                })
            });
        }
        self.own = own;
    }

    /// This tab's journals: what vanished or was overwritten is written again, what snapshots have is trimmed.
    fn look_after_own(&mut self, now: i64) {
        let mut met = Met::default();
        let mut again = BTreeSet::new();
        let mut own = std::mem::take(&mut self.own);
        for journal in &mut own {
            let replica = journal.replica;
            let covered = journal.lasts().into_iter().map(|(id, last)| {
                let stored = self.shelf.snapshot(&id).map_or(0, |(vector, _)| vector.last(replica));
                let held = if self.is_over(&id, replica, last, now) {
                    last
                } else {
                    stored
                };
                (id, held)
            });
            let covered: BTreeMap<EngagementId, u64> = gather(covered);
            again.extend(journal.mend(&mut self.store, &covered, &mut met));
        }
        self.own = own;
        self.watch_own(now);
        if self.tab.locks {
            for journal in &mut self.own {
                journal.trim(&mut self.store, now);
            }
        }
        self.tell(&met);
        if !again.is_empty() {
            self.notices.push(Notice::WrittenAgain(again));
        }
        if self.touched {
            self.write_journals();
        }
        if !self.tab.locks && !self.lost.is_empty() {
            // Whole: what makes them small is the keeper's, and stands in the second file of the app.
            let ids = self.stale.iter().cloned().collect();
            let spell = |of: &Self, engagement: &Engagement| values::snapshot(engagement, of.replica(), of.generation);
            self.write_snapshots(ids, now, spell);
        }
    }
}
