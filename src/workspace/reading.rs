//! Reading what stands in the storage: each text that is other than before is told apart, and what is ours is joined.
//!
//! A text that is as it was is not read again. A call that fails says nothing about what stands there: it is told, and
//! nobody writes where it cannot be read (`t05_...`).

use super::{
    Notice, SaveState, Workspace,
    keys::Key,
    quarantine::put_aside,
    shelf::{Seen, What},
    store::{KeyValue, StoreError},
    values::{self, Reading},
};
use crate::{
    engagement::{Engagement, Vector, merge},
    gather::gather,
    playbook::EngagementId,
};
use std::collections::BTreeSet;

impl<S: KeyValue> Workspace<S> {
    /// Reads every key of ours that another tab may have written, and joins all that can be joined.
    pub(super) fn read_all(&mut self, changed: &mut BTreeSet<EngagementId>) {
        self.read_keys(changed);
        self.settle(true, changed);
    }

    /// Reads every key of ours that another tab may have written.
    pub(super) fn read_keys(&mut self, changed: &mut BTreeSet<EngagementId>) {
        let keys = match self.store.keys() {
            Ok(keys) => keys,
            Err(why) => return self.cannot_read(None, why),
        };
        let (mut there, mut fresh) = (BTreeSet::new(), Vec::new());
        for name in keys {
            let Some(key) = Key::parse(&name).filter(|key| !self.is_own_journal(key)) else {
                continue;
            };
            match self.store.get(&name) {
                Err(why) => self.cannot_read(Some(name), why),
                Ok(None) => self.cannot_read(Some(name), StoreError::Blocked),
                Ok(Some(text)) => {
                    self.unreadable.remove(&name);
                    // What was older once is looked at again: `ep.erased` may have vanished.
                    let as_it_was = self.shelf.0.get(&key).filter(|seen| seen.text == text);
                    if as_it_was.is_none_or(|seen| matches!(seen.what, What::Older)) {
                        fresh.push((key.clone(), text));
                    }
                }
            }
            there.insert(key);
        }
        self.unreadable
            .retain(|name| Key::parse(name).is_some_and(|key| there.contains(&key)));
        let gone: Vec<Key> = self
            .shelf
            .0
            .keys()
            .filter(|key| !there.contains(key))
            .cloned()
            .collect();
        gone.iter().for_each(|key| self.has_vanished(key, changed));
        self.take_up(fresh, changed);
    }

    pub(super) fn is_own_journal(&self, key: &Key) -> bool {
        matches!(key, Key::Journal(replica, _) if self.is_own(*replica))
    }

    fn cannot_read(&mut self, key: Option<String>, why: StoreError) {
        if self.unreadable.insert(key.clone().unwrap_or_default()) {
            self.notices.push(Notice::Unreadable { key, why });
        }
    }

    fn has_vanished(&mut self, key: &Key, changed: &mut BTreeSet<EngagementId>) {
        self.shelf.0.remove(key);
        match key {
            Key::Snapshot(id) if self.documents.has(id) => {
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
    pub(super) fn take_up(&mut self, fresh: Vec<(Key, String)>, changed: &mut BTreeSet<EngagementId>) {
        let erased = self.erased();
        let mut read: Vec<(Key, String, Reading)> = Vec::new();
        for (key, text) in fresh {
            let (reading, generation) = values::read(&key, &text, erased);
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
        // One that is here already has to be joined with it; another is left unread.
        let reading = match reading {
            Reading::Cold(ref cold, _) if self.documents.has(&cold.id) => reading.whole(),
            reading => reading,
        };
        match reading {
            Reading::Snapshot(engagement, keeper) => {
                self.look_back(key, engagement.vector());
                self.join(&engagement, true, changed);
                What::Snapshot(engagement.vector().clone(), keeper)
            }
            Reading::Cold(cold, keeper) => {
                self.look_back(key, &cold.vector);
                let vector = cold.vector.clone();
                changed.insert(cold.id.clone());
                self.stale.remove(&cold.id);
                self.documents.take_up(cold);
                What::Snapshot(vector, keeper)
            }
            Reading::Journal(part) => {
                let entries = part.entries.iter();
                let entries = gather(entries.map(|entry| (entry.engagement.clone(), entry.sequence)));
                self.line_up(part);
                What::Journal(entries)
            }
            Reading::MergeIn(engagement, of) => What::MergeIn {
                of,
                vector: engagement.vector().clone(),
                joined: false,
                kept: false,
            },
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
                    self.stale.extend(self.documents.has(id).then(|| id.clone()));
                }
                What::Damaged(self.put_aside(key))
            }
        }
    }

    /// Tells of a snapshot that has seen less than the one before it: no keeper writes such a one.
    fn look_back(&mut self, key: &Key, vector: &Vector) {
        let Key::Snapshot(id) = key else { return };
        let before = self.shelf.snapshot(id).map(|(vector, _)| vector);
        if self.tab.locks && before.is_some_and(|before| !vector.covers_all(before)) {
            self.notices.push(Notice::ForeignWrite {
                key: key.to_string(),
                kept_as: None,
            });
        }
    }

    /// Puts aside what was taken up unread and turns out not to be readable, before anything is joined with it.
    pub(super) fn put_broken_aside(&mut self, broken: Vec<EngagementId>, changed: &mut BTreeSet<EngagementId>) {
        for id in broken {
            let key = Key::Snapshot(id.clone());
            self.documents.remove(&id);
            let what = What::Damaged(self.put_aside(&key));
            if let Some(seen) = self.shelf.0.get_mut(&key) {
                seen.what = what;
            }
            changed.insert(id);
        }
    }

    /// Puts a damaged value aside and says so; in a tab that only reads it stays where it is.
    fn put_aside(&mut self, key: &Key) -> Option<String> {
        let key = key.to_string();
        let kept_as = if self.save == SaveState::ReadOnly {
            None
        } else {
            put_aside(&mut self.store, &key)
        };
        self.notices.push(Notice::Damaged {
            key,
            kept_as: kept_as.clone(),
        });
        kept_as
    }

    /// Tries again to put aside what there was no room for.
    pub(super) fn put_aside_again(&mut self) {
        for (key, seen) in &mut self.shelf.0 {
            if let What::Damaged(None) = seen.what
                && let Some(kept_as) = put_aside(&mut self.store, &key.to_string())
            {
                self.notices.push(Notice::Damaged {
                    key: key.to_string(),
                    kept_as: Some(kept_as.clone()),
                });
                seen.what = What::Damaged(Some(kept_as));
            }
        }
    }

    /// Joins a whole engagement; one that is the stored snapshot says whether memory holds more than that.
    pub(super) fn join(&mut self, theirs: &Engagement, is_snapshot: bool, changed: &mut BTreeSet<EngagementId>) {
        let id = theirs.id();
        if self.documents.is_broken(id) {
            self.put_broken_aside(vec![id.clone()], changed);
        }
        let mut deeper = None;
        let (news, more) = match self.documents.get(id) {
            None => (Some(theirs.clone()), !is_snapshot),
            Some(mine) => {
                let merged = merge(mine, theirs);
                let more = merged.news_for_theirs || !is_snapshot && merged.news_for_mine;
                if merged.news_for_mine {
                    (Some(merged.engagement), more)
                } else {
                    // The same work, perhaps with more of its history.
                    deeper = Some(merged.engagement);
                    (None, more)
                }
            }
        };
        if is_snapshot && !more {
            self.stale.remove(id);
        } else if more {
            self.stale.insert(id.clone());
        }
        if let Some(joined) = news {
            self.documents.insert(joined);
            changed.insert(id.clone());
        } else if let Some(deeper) = deeper {
            self.documents.insert(deeper);
        }
    }
}
