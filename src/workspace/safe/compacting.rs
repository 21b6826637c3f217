//! Compaction of the second store: appends and imports become snapshots, in one strict transaction that reads, joins, puts
//! and deletes. So any tab may do it at any time; the keeper does it when appends are many, every tab for what it began with
//! and the second store lacks (`t08_...`), and to carry out an erasure (`t29_...`).
//!
//! What is deleted is covered by what is put or stands in the same transaction, never by localStorage (`t03_...`).

use super::{
    found::{Found, head_key, head_of},
    taking::aside_key,
};
use crate::{
    engagement::{Vector, stamp::ReplicaId},
    gather::gather,
    playbook::EngagementId,
    workspace::{
        Batch, SaveState, Workspace, envelope,
        keys::{ERASED, Key, QUARANTINE},
        shelf::What,
        store::KeyValue,
        trash,
        values::{self, Reading},
    },
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Appends are worth a compaction when they are more than this, or larger, in bytes.
const MOST_APPENDS: usize = 64;
const MOST_BYTES: usize = 64 * 1024;

/// Snapshots that one compaction writes, in bytes, about; the rest waits for the next.
const MOST_WRITTEN: usize = 128 * 1024;

/// A snapshot whose size is not known is taken for this large.
const TYPICAL: usize = 25 * 1024;

/// What has to be read before anything is written, in the same transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// There is nothing to do.
    Nothing,
    /// The texts under these keys.
    These(Vec<String>),
    /// Everything there is.
    Everything,
}

/// A compaction that was begun.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    found: Found,
    /// Everything that was read.
    texts: BTreeMap<String, String>,
    chosen: BTreeSet<EngagementId>,
    /// Everything there is from before an erasure goes.
    erase: bool,
    /// What the snapshots that are put have seen.
    put: BTreeMap<EngagementId, Vector>,
}

impl<S: KeyValue> Workspace<S> {
    /// Begins a compaction with everything there but snapshots (`SMALL`), which is taken in. Says what is to be read of the
    /// rest; `compact` has to follow in the same transaction unless that is nothing. The keeper, who is to say so, looks
    /// after the appends of all tabs.
    pub fn plan_compaction(&mut self, read: Vec<(String, String)>, keeper: bool, now: i64) -> Wanted {
        self.safe.plan = None;
        if !self.safe.here {
            return Wanted::Nothing;
        }
        let texts = gather(read.iter().cloned());
        let found = self.take_in(read, now);
        if self.save == SaveState::ReadOnly {
            return Wanted::Nothing;
        }
        let erase = self.safe.erased < self.safe.to_erase;
        let reach = found.reach();
        let documents = &self.documents;
        self.safe.behind.retain(|id| {
            let covered = |vector: &Vector| reach.get(id).is_some_and(|reach| reach.covers(vector));
            documents.vector(id).is_some_and(|vector| !covered(vector))
        });
        self.safe.seeding &= !self.safe.behind.is_empty();
        let unknown = self.unknown(&found, now);
        let many = found.appends > MOST_APPENDS || found.size > MOST_BYTES;
        let dirty = found
            .texts
            .values()
            .any(|what| matches!(what, What::Older | What::Damaged(_)));
        let mut candidates = self.safe.behind.clone();
        if keeper && (many || dirty) {
            candidates.extend(found.concerned());
        }
        let chosen = self.choose(candidates);
        self.safe.looked = unknown.is_empty();
        if chosen.is_empty() && unknown.is_empty() && !erase && !(keeper && (many || dirty)) {
            return Wanted::Nothing;
        }
        let mut wanted: BTreeSet<String> = unknown.into_iter().collect();
        wanted.extend(chosen.iter().map(|id| Key::Snapshot(id.clone()).to_string()));
        self.safe.plan = Some(Plan {
            found,
            texts,
            chosen,
            erase,
            put: BTreeMap::new(),
        });
        if erase {
            Wanted::Everything
        } else {
            Wanted::These(wanted.into_iter().collect())
        }
    }

    /// Of those that are worth it as many as one compaction writes: at least one, so that it always goes on.
    fn choose(&self, candidates: BTreeSet<EngagementId>) -> BTreeSet<EngagementId> {
        let (mut size, mut chosen) = (0, BTreeSet::new());
        for id in candidates.into_iter().filter(|id| self.documents.has(id)) {
            if size > MOST_WRITTEN {
                break;
            }
            size += self.shelf.text(&Key::Snapshot(id.clone())).map_or(TYPICAL, str::len);
            chosen.insert(id);
        }
        chosen
    }

    /// What a compaction writes: snapshots of what memory holds, joined with what was read, and the keys that go because they
    /// are covered now.
    pub fn compact(&mut self, read: Vec<(String, String)>, now: i64) -> Batch {
        let mut batch = Batch::default();
        let Some(mut plan) = self.safe.plan.take() else {
            return batch;
        };
        plan.texts.extend(read.iter().cloned());
        let mut changed = BTreeSet::new();
        let more = self.take_in_all(read, now, &mut changed);
        self.settle(false, &mut changed);
        self.drop_expired(now, &mut changed);
        self.unreported.append(&mut changed);
        self.safe.looked = true;
        plan.found.texts.extend(more.texts);
        if self.save == SaveState::ReadOnly {
            return batch;
        }
        if plan.erase {
            let text = envelope::seal(self.safe.to_erase, &json!({ "at": now }).to_string());
            batch.put.push((ERASED.to_owned(), text));
            let before = |id: EngagementId| !plan.found.heads.contains_key(&id);
            let goes = |name: &&String| name.starts_with(QUARANTINE) || head_of(name).is_some_and(before);
            batch.delete.extend(plan.texts.keys().filter(goes).cloned());
        }
        for id in &plan.chosen {
            self.put_snapshot(id, &mut batch, &mut plan.put);
        }
        self.drop_expired_there(&plan, now, &mut batch);
        self.delete_covered(&plan, now, &mut batch);
        self.safe.plan = Some(plan);
        batch
    }

    /// A compaction was written, or not.
    pub fn compacted(&mut self, done: bool) {
        let Some(plan) = self.safe.plan.take().filter(|_| done) else {
            return;
        };
        if plan.erase {
            self.safe.erased = self.safe.to_erase;
        }
        for (id, vector) in &plan.put {
            if self.documents.vector(id).is_none_or(|mine| vector.covers_all(mine)) {
                self.safe.behind.remove(id);
            }
        }
        self.safe.seeding &= !self.safe.behind.is_empty();
    }

    /// Whether a compaction left something for the next.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        !self.safe.behind.is_empty()
    }

    fn put_snapshot(&self, id: &EngagementId, batch: &mut Batch, put: &mut BTreeMap<EngagementId, Vector>) {
        let Some(engagement) = self.documents.get(id) else {
            return;
        };
        let (key, keeper) = (Key::Snapshot(id.clone()), self.replica());
        let text = values::snapshot(engagement, keeper, self.generation);
        // Only what can be read again.
        if values::read(&key, &text, self.generation).0 == Reading::Snapshot(engagement.clone(), keeper) {
            batch.put.push((key.to_string(), text));
            batch.put.push(self.head(engagement));
            put.insert(id.clone(), engagement.vector().clone());
        }
    }

    /// What has been in the trash for 30 days goes, and after 60 its marker.
    fn drop_expired_there(&self, plan: &Plan, now: i64, batch: &mut Batch) {
        for (id, head) in &plan.found.heads {
            let over = self
                .trash
                .get(id)
                .filter(|marker| marker.is_over(now) && marker.has_seen(head));
            if over.is_some() && !self.documents.has(id) {
                batch.delete.push(Key::Snapshot(id.clone()).to_string());
                batch.delete.push(head_key(id));
            }
        }
        for (id, marker) in &plan.found.markers {
            let old = marker.is_over(now.saturating_sub(trash::KEPT));
            if old && !plan.found.heads.contains_key(id) && !plan.put.contains_key(id) {
                batch.delete.push(Key::Trash(id.clone()).to_string());
            }
        }
    }

    fn delete_covered(&mut self, plan: &Plan, now: i64, batch: &mut Batch) {
        let last = |id: &EngagementId, replica: ReplicaId| match plan.put.get(id) {
            Some(vector) => vector.last(replica),
            None => plan
                .found
                .heads
                .get(id)
                .and_then(|head| head.get(&replica))
                .copied()
                .unwrap_or(0),
        };
        for (name, what) in &plan.found.texts {
            let mut aside = None;
            let goes = match (what, Key::parse(name)) {
                (What::Journal(entries), Some(Key::Journal(replica, _))) => entries.iter().all(|(id, sequence)| {
                    let place = (replica, id.clone(), *sequence);
                    let adopted = self.keeper.adopted.contains(&place) && plan.put.contains_key(id);
                    let covered = *sequence <= last(id, replica) || self.is_over(id, replica, *sequence, now);
                    if adopted && !covered {
                        aside = plan.texts.get(name).map(|text| aside_key(name, text));
                    }
                    covered || adopted
                }),
                (What::MergeIn { vector, .. }, Some(Key::MergeIn(_, _, id))) => {
                    let over = self
                        .trash
                        .get(&id)
                        .filter(|marker| marker.is_over(now) && marker.covers(vector));
                    let put = plan.put.get(&id).is_some_and(|put| put.covers_all(vector));
                    put || over.is_some() && !self.documents.has(&id)
                }
                (What::Older, _) => true,
                (What::Damaged(kept_as), _) => {
                    aside.clone_from(kept_as);
                    true
                }
                _ => false,
            };
            if goes {
                batch.delete.push(name.clone());
                let text = plan.texts.get(name);
                batch.put.extend(aside.zip(text.cloned()));
            }
        }
        for id in &plan.found.headless {
            let snapshot = Key::Snapshot(id.clone()).to_string();
            if batch.delete.contains(&snapshot) || !plan.texts.contains_key(&snapshot) {
                batch.delete.push(head_key(id));
            } else if self.documents.has(id) && !plan.put.contains_key(id) {
                self.safe.behind.insert(id.clone());
            }
        }
    }
}
