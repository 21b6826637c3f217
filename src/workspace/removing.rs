//! What the keeper removes: journals of dead tabs, imports, what the trash has had for 30 days.
//!
//! Only on a later pass, 10 seconds after it was absorbed, only if it still stands there byte for byte, and only if the
//! stored snapshots cover it (`t09_...`). What could not be joined under its own number is put aside first.

use super::{
    SETTLED, Workspace,
    keys::Key,
    quarantine::put_aside,
    shelf::{Seen, What},
    store::KeyValue,
    trash,
};
use crate::{
    engagement::{Vector, stamp::ReplicaId},
    playbook::EngagementId,
};

/// What may happen to a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It is still needed, or not ours to judge.
    Stays,
    /// Snapshots have it all.
    Goes,
    /// It goes, once a copy of it has been put aside.
    GoesAside,
}

impl<S: KeyValue> Workspace<S> {
    /// Removes what was absorbed a while ago, and notes what has been absorbed by now. Returns how many keys went.
    pub(super) fn remove_absorbed(&mut self, now: i64, dead: &[ReplicaId]) -> usize {
        let mut removed = 0;
        let keys: Vec<Key> = self.shelf.0.keys().cloned().collect();
        self.keeper.absorbed.retain(|key, _| self.shelf.0.contains_key(key));
        for key in keys {
            let Some(seen) = self.shelf.0.get(&key) else { continue };
            let fate = self.fate(&key, seen, now, dead);
            if fate == Fate::Stays {
                self.keeper.absorbed.remove(&key);
                continue;
            }
            let text = seen.text.clone();
            let noted = self
                .keeper
                .absorbed
                .get(&key)
                .filter(|(as_it_was, since)| *as_it_was == text && *since <= now);
            match noted.map(|(_, since)| now - since >= SETTLED) {
                None => drop(self.keeper.absorbed.insert(key, (text, now))),
                Some(false) => {}
                Some(true) => removed += usize::from(self.remove(&key, &text, fate)),
            }
        }
        removed
    }

    fn remove(&mut self, key: &Key, text: &str, fate: Fate) -> bool {
        let name = key.to_string();
        if !matches!(self.store.get(&name), Ok(Some(there)) if there == text) {
            return false;
        }
        if fate == Fate::GoesAside {
            let Some(kept_as) = put_aside(&mut self.store, &name) else {
                return false;
            };
            self.tell_put_aside(key, &kept_as);
        }
        let gone = self.store.remove(&name).is_ok();
        if gone {
            self.shelf.0.remove(key);
            self.keeper.absorbed.remove(key);
        }
        gone
    }

    fn fate(&self, key: &Key, seen: &Seen, now: i64, dead: &[ReplicaId]) -> Fate {
        let is_dead = key.replica().is_none_or(|replica| dead.contains(&replica));
        match (key, &seen.what) {
            (_, What::Older) if is_dead => Fate::Goes,
            (Key::Journal(replica, _), What::Journal(entries)) if is_dead => {
                self.fate_of_journal(*replica, entries, now)
            }
            (Key::MergeIn(replica, import, _), What::MergeIn { joined: true, .. }) => {
                let mut all = self.shelf.import(*replica, *import);
                if all.all(|(key, seen)| self.is_kept(key, seen, now)) {
                    Fate::Goes
                } else {
                    Fate::Stays
                }
            }
            (Key::MergeIn(replica, import, id), What::MergeIn { vector, .. })
                if is_dead && self.is_cut_off(*replica, *import) =>
            {
                // The rest of one whose removal was cut off is in snapshots; one whose writing was cut off is not.
                if self.has(id, vector) {
                    Fate::Goes
                } else {
                    Fate::GoesAside
                }
            }
            (Key::Snapshot(id), What::Snapshot(vector, _)) => {
                let over = self
                    .trash
                    .get(id)
                    .is_some_and(|marker| marker.is_over(now) && marker.covers(vector));
                if over && !self.documents.has(id) {
                    Fate::Goes
                } else {
                    Fate::Stays
                }
            }
            (Key::Trash(id), What::Trash) => {
                let old = self
                    .trash
                    .get(id)
                    .is_some_and(|marker| marker.is_over(now.saturating_sub(trash::KEPT)));
                if old && self.shelf.snapshot(id).is_none() {
                    Fate::Goes
                } else {
                    Fate::Stays
                }
            }
            // It has been put aside already; an import keeps its place as long as the others of it are there.
            (Key::MergeIn(replica, import, _), What::Damaged(Some(_))) => {
                let alone = self
                    .shelf
                    .import(*replica, *import)
                    .all(|(_, seen)| matches!(seen.what, What::Damaged(_)));
                if alone { Fate::Goes } else { Fate::Stays }
            }
            (_, What::Damaged(Some(_))) if is_dead => Fate::Goes,
            _ => Fate::Stays,
        }
    }

    fn fate_of_journal(&self, replica: ReplicaId, entries: &[(EngagementId, u64)], now: i64) -> Fate {
        let mut fate = Fate::Goes;
        for (id, sequence) in entries {
            let stored = self
                .shelf
                .snapshot(id)
                .is_some_and(|(vector, _)| *sequence <= vector.last(replica));
            if stored || self.is_over(id, replica, *sequence, now) {
                continue;
            }
            let adopted = self.keeper.adopted.contains(&(replica, id.clone(), *sequence)) && !self.stale.contains(id);
            if !adopted {
                return Fate::Stays;
            }
            fate = Fate::GoesAside;
        }
        fate
    }

    /// Whether snapshots have everything of one engagement of an import, or nobody needs it any more.
    fn is_kept(&self, key: &Key, seen: &Seen, now: i64) -> bool {
        let Key::MergeIn(_, _, id) = key else { return false };
        match &seen.what {
            What::MergeIn { vector, kept, .. } => {
                let marker = self.trash.get(id).filter(|marker| marker.is_over(now));
                let over = marker.is_some_and(|marker| marker.covers(vector)) && !self.documents.has(id);
                over || *kept && self.has(id, vector)
            }
            What::Damaged(kept_as) => kept_as.is_some(),
            _ => false,
        }
    }

    /// Whether the stored snapshot of an engagement has seen all that.
    fn has(&self, id: &EngagementId, vector: &Vector) -> bool {
        self.shelf
            .snapshot(id)
            .is_some_and(|(stored, _)| stored.covers_all(vector))
    }
}
