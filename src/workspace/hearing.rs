//! How others' work comes in: whatever stands in the storage is read and joined, never taken in place of what is here.
//!
//! Events are hints, the storage is the truth, and what is damaged, newer or foreign there is told apart before anything
//! is joined. A text that is as it was is not read again.

use super::{
    Notice, SaveState, Workspace,
    keys::{ERASED, Key},
    own::Met,
    quarantine::put_aside,
    shelf::{Seen, What},
    store::{KeyValue, StoreError},
    values::{self, Reading},
};
use crate::{
    engagement::{Engagement, merge},
    playbook::EngagementId,
};
use std::collections::{BTreeMap, BTreeSet};

impl<S: KeyValue> Workspace<S> {
    /// Reads again what others have written (focus, resume, a `storage` event that names no key), and looks after what this
    /// tab wrote: what vanished without `ep.erased` is written again (`t29_...`). Returns what is other than before.
    pub fn hear(&mut self, now: i64) -> BTreeSet<EngagementId> {
        let mut changed = self.heed_erasure();
        self.read_all(&mut changed);
        if self.save != SaveState::ReadOnly {
            self.look_after_own(now);
        }
        self.drop_expired(now, &mut changed);
        changed
    }

    /// Reads one key again (a `storage` event that names it): a bounded number of bytes. Returns what is other than before.
    pub fn hear_of(&mut self, key: &str, now: i64) -> BTreeSet<EngagementId> {
        let parsed = Key::parse(key).filter(|key| key.replica().is_none_or(|replica| !self.is_own(replica)));
        let Some(parsed) = parsed else {
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
        changed
    }

    /// Reads every key of ours that another tab may have written.
    pub(super) fn read_all(&mut self, changed: &mut BTreeSet<EngagementId>) {
        let keys = match self.store.keys() {
            Ok(keys) => keys,
            Err(why) => return self.cannot_read(None, why),
        };
        self.unreadable.remove("");
        let (mut there, mut fresh) = (BTreeSet::new(), Vec::new());
        for name in keys {
            let Some(key) = Key::parse(&name).filter(|key| !key.replica().is_some_and(|replica| self.is_own(replica))) else {
                continue;
            };
            match self.store.get(&name) {
                Err(why) => self.cannot_read(Some(name), why),
                Ok(None) => self.cannot_read(Some(name), StoreError::Blocked),
                Ok(Some(text)) => {
                    self.unreadable.remove(&name);
                    if self.shelf.text(&key) != Some(&text) {
                        fresh.push((key.clone(), text));
                    }
                }
            }
            there.insert(key);
        }
        let gone: Vec<Key> = self.shelf.0.keys().filter(|key| !there.contains(key)).cloned().collect();
        gone.iter().for_each(|key| self.has_vanished(key, changed));
        self.take_up(fresh, changed);
        self.settle(true, changed);
    }

    fn cannot_read(&mut self, key: Option<String>, why: StoreError) {
        if self.unreadable.insert(key.clone().unwrap_or_default()) {
            self.notices.push(Notice::Unreadable { key, why });
        }
    }

    fn has_vanished(&mut self, key: &Key, changed: &mut BTreeSet<EngagementId>) {
        self.shelf.0.remove(key);
        match key {
            Key::Snapshot(id) if self.documents.contains_key(id) => {
                self.stale.insert(id.clone());
                self.lost.insert(id.clone());
            }
            Key::Trash(id) => {
                self.trash.remove(id);
                changed.insert(id.clone());
            }
            Key::Snapshot(_) | Key::Journal(..) | Key::MergeIn(..) => {}
        }
    }

    /// Takes up texts that are other than before. Nothing is put aside when one of them is of a newer schema: then this tab
    /// only reads (`t12_...`).
    fn take_up(&mut self, fresh: Vec<(Key, String)>, changed: &mut BTreeSet<EngagementId>) {
        let mut read: Vec<(Key, String, Reading)> = Vec::new();
        for (key, text) in fresh {
            let (reading, generation) = values::read(&key, &text, self.generation);
            self.generation = self.generation.max(generation);
            if reading == Reading::Newer {
                self.save = SaveState::ReadOnly;
                self.notices.push(Notice::NewerSchema { key: key.to_string() });
            }
            read.push((key, text, reading));
        }
        for (key, text, reading) in read {
            let what = self.take_up_one(&key, reading, changed);
            self.shelf.0.insert(key, Seen { text, what });
        }
        self.join_imports(changed);
    }

    fn take_up_one(&mut self, key: &Key, reading: Reading, changed: &mut BTreeSet<EngagementId>) -> What {
        match reading {
            Reading::Snapshot(engagement, keeper) => {
                let before = self.shelf.snapshot(engagement.id()).map(|(vector, _)| vector);
                if self.tab.locks && before.is_some_and(|vector| !engagement.vector().covers_all(vector)) {
                    self.notices.push(Notice::ForeignWrite { key: key.to_string(), kept_as: None });
                }
                self.join(&engagement, true, changed);
                What::Snapshot(engagement.vector().clone(), keeper)
            }
            Reading::Journal(part) => {
                let entries = part.entries.iter().map(|entry| (entry.engagement.clone(), entry.sequence)).collect();
                self.line_up(part);
                What::Journal(entries)
            }
            Reading::MergeIn(_, of) => What::MergeIn { of, joined: false },
            Reading::Trash(marker) => {
                if let Key::Trash(id) = key {
                    self.trash.insert(id.clone(), marker);
                    changed.insert(id.clone());
                }
                What::Trash
            }
            Reading::Older => What::Older,
            Reading::Newer => What::Newer,
            Reading::Damaged => {
                if let Key::Snapshot(id) = key {
                    self.stale.extend(self.documents.contains_key(id).then(|| id.clone()));
                }
                What::Damaged(self.put_aside(key))
            }
        }
    }

    /// Puts a damaged value aside and says so; in a tab that only reads it stays where it is.
    pub(super) fn put_aside(&mut self, key: &Key) -> Option<String> {
        let key = key.to_string();
        let kept_as = if self.save == SaveState::ReadOnly { None } else { put_aside(&mut self.store, &key) };
        self.notices.push(Notice::Damaged { key, kept_as: kept_as.clone() });
        kept_as
    }

    /// Joins a whole engagement; one that is the stored snapshot says whether memory holds more than that.
    pub(super) fn join(&mut self, theirs: &Engagement, is_snapshot: bool, changed: &mut BTreeSet<EngagementId>) {
        let id = theirs.id();
        let (news, more) = match self.documents.get(id) {
            None => (Some(theirs.clone()), !is_snapshot),
            Some(mine) => {
                let merged = merge(mine, theirs);
                (merged.news_for_mine.then_some(merged.engagement), merged.news_for_theirs || !is_snapshot && merged.news_for_mine)
            }
        };
        if is_snapshot && !more {
            self.stale.remove(id);
        } else if more {
            self.stale.insert(id.clone());
        }
        if let Some(joined) = news {
            self.documents.insert(id.clone(), joined);
            changed.insert(id.clone());
        }
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
                let held = if self.is_over(&id, replica, last, now) { last } else { stored };
                (id, held)
            });
            let covered: BTreeMap<EngagementId, u64> = covered.collect();
            again.extend(journal.mend(&mut self.store, &covered, &mut met));
            if self.tab.locks {
                journal.watch(now, |id| self.shelf.snapshot(id).map(|(vector, keeper)| (vector.last(replica), keeper)));
                journal.trim(&mut self.store, now);
            }
        }
        self.own = own;
        self.tell(&met);
        if !again.is_empty() {
            self.notices.push(Notice::WrittenAgain(again));
        }
        if self.touched {
            self.write_journals();
        }
        if !self.tab.locks && !self.lost.is_empty() {
            self.write_snapshots(now);
        }
    }
}
