//! Whole engagements that come in at once: a file, a paste, a link.
//!
//! All or none: each engagement stands under a key of its own, written once, and an import counts only when all of them
//! are there; one that was cut off in the middle is never joined (`t04_...`, `t03_...`).

use super::{
    Notice, Refusal, Workspace,
    keys::Key,
    room::{LIMIT, units},
    settling::is_blank,
    shelf::{Seen, What},
    store::KeyValue,
    values::{self, Reading},
};
use crate::{
    engagement::{Engagement, merge, stamp::ReplicaId},
    playbook::EngagementId,
};
use std::collections::{BTreeMap, BTreeSet};

impl<S: KeyValue> Workspace<S> {
    /// Takes in copies of engagements: all of them or none. Returns those that are other than before; one that lay in the
    /// trash comes out of it.
    ///
    /// # Errors
    /// When nothing was taken in.
    pub fn merge_in(&mut self, engagements: &[Engagement], now: i64) -> Result<BTreeSet<EngagementId>, Refusal> {
        self.look_around(now);
        self.ready()?;
        let mut given: BTreeMap<&EngagementId, Engagement> = BTreeMap::new();
        for one in engagements {
            let joined = given
                .get(one.id())
                .map_or_else(|| one.clone(), |before| merge(before, one).engagement);
            given.insert(one.id(), joined);
        }
        let trashed: BTreeSet<EngagementId> = given
            .keys()
            .filter(|id| self.trash.contains_key(**id))
            .map(|id| (*id).clone())
            .collect();
        given.retain(|_, one| !is_blank(one));
        given.retain(|id, one| {
            self.documents
                .get(*id)
                .is_none_or(|mine| merge(mine, one).news_for_mine)
        });
        for one in given.values() {
            Engagement::from_json(&one.to_json()).map_err(Refusal::Unfit)?;
        }
        let texts = self.texts(&given)?;
        self.write_import(&texts)?;
        let mut changed = BTreeSet::new();
        for (key, text) in texts {
            let what = What::MergeIn {
                of: given.len(),
                joined: true,
            };
            self.shelf.0.insert(key, Seen { text, what });
        }
        for (id, one) in &given {
            self.join(one, false, &mut changed);
            self.avoid_a_twin(id);
        }
        for id in trashed {
            if self.restore(&id).is_ok() {
                changed.insert(id);
            }
        }
        Ok(changed)
    }

    /// What has to be written, and whether it fits: as an import now, and as snapshots before the import can go.
    fn texts(&mut self, given: &BTreeMap<&EngagementId, Engagement>) -> Result<Vec<(Key, String)>, Refusal> {
        self.imports += 1;
        let (replica, import) = (self.replica(), self.imports);
        let mut needs = 0;
        let mut texts = Vec::new();
        for (id, one) in given {
            let key = Key::MergeIn(replica, import, (*id).clone());
            let text = values::merge_in(one, given.len(), self.generation);
            let joined = self
                .documents
                .get(*id)
                .map_or_else(|| one.clone(), |mine| merge(mine, one).engagement);
            let snapshot = Key::Snapshot((*id).clone());
            let grown = units(&snapshot.to_string()) + units(&values::snapshot(&joined, replica, self.generation));
            needs += units(&key.to_string()) + units(&text);
            needs += grown.saturating_sub(self.shelf.text(&snapshot).map_or(0, units));
            texts.push((key, text));
        }
        let left = LIMIT.saturating_sub(self.room().total());
        if needs > left {
            Err(Refusal::NoRoom { needs, left })
        } else {
            Ok(texts)
        }
    }

    fn write_import(&mut self, texts: &[(Key, String)]) -> Result<(), Refusal> {
        for (place, (key, text)) in texts.iter().enumerate() {
            if let Err(why) = self.store.set(&key.to_string(), text) {
                // Should one of these fail too: an import that is not complete is never joined.
                for (key, _) in &texts[..=place] {
                    let _ = self.store.remove(&key.to_string());
                }
                return Err(Refusal::Store(why));
            }
        }
        Ok(())
    }

    /// Joins the imports of other tabs of which every engagement is there now.
    pub(super) fn join_imports(&mut self, changed: &mut BTreeSet<EngagementId>) {
        let waits = |(key, seen): (&Key, &Seen)| match (key, &seen.what) {
            (Key::MergeIn(replica, import, _), What::MergeIn { joined: false, .. }) => Some((*replica, *import)),
            _ => None,
        };
        let waiting: BTreeSet<(ReplicaId, u32)> = self.shelf.0.iter().filter_map(waits).collect();
        for (replica, import) in waiting {
            if !self.shelf.is_complete(replica, import) {
                continue;
            }
            let keys: Vec<Key> = self.shelf.import(replica, import).map(|(key, _)| key.clone()).collect();
            for key in keys {
                let text = self.shelf.text(&key).unwrap_or_default().to_owned();
                if let Reading::MergeIn(engagement, of) = values::read(&key, &text, self.generation).0 {
                    self.join(&engagement, false, changed);
                    self.shelf.0.insert(
                        key,
                        Seen {
                            text,
                            what: What::MergeIn { of, joined: true },
                        },
                    );
                }
            }
        }
    }

    /// An import that was cut off in the middle by the end of its tab: nobody was told that it is saved. Its engagements are
    /// put aside and named, so that the import can be done again.
    pub(super) fn is_cut_off(&self, replica: ReplicaId, import: u32) -> bool {
        !self.shelf.is_complete(replica, import)
            && self
                .shelf
                .import(replica, import)
                .all(|(_, seen)| !matches!(seen.what, What::MergeIn { joined: true, .. }))
    }

    /// Tells of an import that was cut off.
    pub(super) fn tell_cut_off(&mut self, key: &Key, kept_as: &str) {
        self.notices.push(Notice::Damaged {
            key: key.to_string(),
            kept_as: Some(kept_as.to_owned()),
        });
    }
}
