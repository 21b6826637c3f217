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
    steps::Arrival,
    store::KeyValue,
    values::{self, Reading},
};
use crate::{
    engagement::{Change, Engagement, Put, check_write, merge, stamp::ReplicaId},
    gather::gather,
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
        self.import(engagements, &[], now)
    }

    /// Takes in copies of engagements, and writes what was chosen while looking at them: values for conflicts, or what another
    /// engagement of the same customer says. Both are one step: one undo takes both back.
    ///
    /// # Errors
    /// When nothing was taken in.
    pub fn import(
        &mut self,
        engagements: &[Engagement],
        chosen: &[(EngagementId, Vec<Put>)],
        now: i64,
    ) -> Result<BTreeSet<EngagementId>, Refusal> {
        for put in chosen.iter().flat_map(|(_, puts)| puts) {
            check_write(&put.path, &put.value).map_err(Refusal::Unfit)?;
        }
        let mut arrival = Arrival::default();
        let mut changed = self.join_given(engagements, &mut arrival, now)?;
        let done = self.write_chosen(chosen, &mut arrival, &mut changed, now);
        self.steps.came_in(arrival);
        done.map(|()| changed)
    }

    fn write_chosen(
        &mut self,
        chosen: &[(EngagementId, Vec<Put>)],
        arrival: &mut Arrival,
        changed: &mut BTreeSet<EngagementId>,
        now: i64,
    ) -> Result<(), Refusal> {
        for (id, puts) in chosen.iter().filter(|(_, puts)| !puts.is_empty()) {
            let Some(document) = self.documents.get(id).cloned() else {
                continue;
            };
            let (_, stood, entries) = self.enter(document, &[Change::Put(puts.clone())], now)?;
            if let Some(stood) = stood {
                arrival.chosen(stood, &entries);
                changed.insert(id.clone());
            }
        }
        Ok(())
    }

    fn join_given(
        &mut self,
        engagements: &[Engagement],
        arrival: &mut Arrival,
        now: i64,
    ) -> Result<BTreeSet<EngagementId>, Refusal> {
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
            .filter(|id| self.trash.get(**id).is_some_and(|marker| !marker.taken_out))
            .map(|id| (*id).clone())
            .collect();
        given.retain(|_, one| !is_blank(one));
        given.retain(|id, one| self.documents.get(id).is_none_or(|mine| merge(mine, one).news_for_mine));
        for one in given.values() {
            Engagement::from_json(&one.to_json()).map_err(Refusal::Unfit)?;
        }
        let texts = self.texts(&given, now)?;
        self.write_import(&texts)?;
        let before: Vec<(EngagementId, Option<Engagement>)> = given
            .keys()
            .map(|id| ((*id).clone(), self.documents.get(id).cloned()))
            .collect();
        let mut changed = BTreeSet::new();
        for ((key, text), one) in texts.into_iter().zip(given.values()) {
            self.safe.send(&key, &text);
            self.join_import(key, text, one, given.len(), &mut changed);
            self.avoid_a_twin(one.id());
        }
        for id in trashed {
            if self.take_out(&id).is_ok() {
                changed.insert(id);
            }
        }
        for (id, before) in before {
            if let Some(after) = self.documents.get(&id) {
                arrival.joined(before, after);
            }
        }
        Ok(changed)
    }

    /// What has to be written, and whether it fits: as an import now, and as snapshots before the import can go.
    fn texts(&mut self, given: &BTreeMap<&EngagementId, Engagement>, now: i64) -> Result<Vec<(Key, String)>, Refusal> {
        self.imports += 1;
        let (replica, import) = (self.replica(), self.imports);
        let mut needs = 0;
        let mut texts = Vec::new();
        for (id, one) in given {
            let key = Key::MergeIn(replica, import, (*id).clone());
            let text = values::merge_in(one, given.len(), self.generation, self.form(one, now));
            let size = units(&key.to_string()) + units(&text);
            // One that is new here will be as large in its snapshot.
            let snapshot = self.documents.get(id).map(|mine| {
                let joined = self.snapshot_text(&merge(mine, one).engagement, now);
                let stored = self.shelf.text(&Key::Snapshot((*id).clone())).map_or(0, units);
                units(&joined).saturating_sub(stored)
            });
            needs += size + snapshot.unwrap_or(size);
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
        let waiting: BTreeSet<(ReplicaId, u32)> = gather(self.shelf.0.iter().filter_map(waits));
        for (replica, import) in waiting {
            if !self.shelf.is_complete(replica, import) {
                continue;
            }
            let keys: Vec<Key> = self.shelf.import(replica, import).map(|(key, _)| key.clone()).collect();
            for key in keys {
                let text = self.shelf.text(&key).unwrap_or_default().to_owned();
                if let Reading::MergeIn(engagement, of) = values::read(&key, &text, self.generation).0 {
                    self.join_import(key, text, &engagement, of, changed);
                }
            }
        }
    }

    fn join_import(
        &mut self,
        key: Key,
        text: String,
        engagement: &Engagement,
        of: usize,
        changed: &mut BTreeSet<EngagementId>,
    ) {
        self.join(engagement, false, changed);
        let id = engagement.id();
        let what = What::MergeIn {
            of,
            vector: engagement.vector().clone(),
            joined: true,
            kept: !self.stale.contains(id) && self.shelf.snapshot(id).is_some(),
        };
        self.shelf.0.insert(key, Seen { text, what });
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

    /// Tells what was put aside because it could not be joined as it stood.
    pub(super) fn tell_put_aside(&mut self, key: &Key, kept_as: &str) {
        self.notices.push(Notice::Damaged {
            key: key.to_string(),
            kept_as: Some(kept_as.to_owned()),
        });
    }
}
