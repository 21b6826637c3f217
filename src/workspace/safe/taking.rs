//! How the work of the second store comes in: joined like everything else that is read, never taken in place of what is
//! here.
//!
//! At the start it comes in before anything is adopted: what localStorage lost may stand there under its own number, and
//! an edit is never done twice (`t03_...`). What only one store had is told (`t07_...`, `t08_...`); an erasure that one of
//! them knows of holds for both (`t29_...`).

use super::{
    SafeState,
    found::{Found, head_of, read_head},
};
use crate::{
    engagement::{Engagement, Vector, merge, stamp::ReplicaId},
    gather::gather,
    playbook::EngagementId,
    workspace::{
        Notice, SaveState, Workspace, envelope, erasing,
        keys::{ERASED, Key, QUARANTINE},
        shelf::{Seen, What},
        store::KeyValue,
        trash::{self, Marker},
        values::{self, Reading},
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// How far something reaches in one engagement: what has been seen without gaps, and single changes beyond.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    seen: BTreeMap<ReplicaId, u64>,
    single: BTreeSet<(ReplicaId, u64)>,
}

impl Reach {
    /// Adds all up to these changes.
    pub fn see(&mut self, seen: &BTreeMap<ReplicaId, u64>) {
        for (replica, last) in seen {
            let known = self.seen.entry(*replica).or_default();
            *known = (*known).max(*last);
        }
    }

    /// Adds one change.
    pub fn add(&mut self, replica: ReplicaId, sequence: u64) {
        self.single.insert((replica, sequence));
    }

    /// Whether everything that a copy has seen is within reach.
    pub fn covers(&self, vector: &Vector) -> bool {
        vector.0.iter().all(|(replica, session)| {
            let seen = self.seen.get(replica).copied().unwrap_or(0);
            (seen + 1..=session.sequence).all(|sequence| self.single.contains(&(*replica, sequence)))
        })
    }
}

/// What a copy has seen, without who sat there.
pub fn seen(vector: &Vector) -> BTreeMap<ReplicaId, u64> {
    gather(vector.0.iter().map(|(replica, session)| (*replica, session.sequence)))
}

/// Where a text of the second store is put aside.
pub fn aside_key(name: &str, text: &str) -> String {
    format!("{QUARANTINE}{:08x}.{name}", envelope::fingerprint(text))
}

impl<S: KeyValue> Workspace<S> {
    /// Looks into what the second store has at the start, apart from its snapshots (`SMALL`). Says which snapshots hold what
    /// is not known here: they are to be read, and handed to `recover` in any case.
    pub fn look_into(&mut self, read: Vec<(String, String)>, now: i64) -> Vec<String> {
        self.safe.before = self.reach();
        (self.safe.here, self.safe.joining) = (true, true);
        let found = self.take_in(read, now);
        let wanted = self.unknown(&found, now);
        self.safe.reached = found.reach();
        wanted
    }

    /// Ends the start that `begin` began: with the snapshots that `look_into` asked for, or with `None` where there is no
    /// second store. A new tab that lacks nothing there is safe.
    pub fn recover(&mut self, snapshots: Option<Vec<(String, String)>>, now: i64) {
        let mut changed = BTreeSet::new();
        // What is only half read leaves entries without their predecessors.
        let whole = snapshots.is_some() || !self.safe.here;
        self.join_second(snapshots, true, now, &mut changed);
        if self.unreadable.is_empty() && whole {
            self.adopt(now, |_| true);
        }
        self.drop_expired(now, &mut changed);
        self.unreported.clear();
    }

    /// Joins a second store that answered only after the start: with the snapshots that `look_into` asked for, or with `None`
    /// where they could not be read. Until then there was none; nothing is adopted now, since this tab edits already.
    pub fn join_late(&mut self, snapshots: Option<Vec<(String, String)>>, now: i64) {
        let mut changed = BTreeSet::new();
        self.join_second(snapshots, false, now, &mut changed);
        self.drop_expired(now, &mut changed);
        self.unreported.append(&mut changed);
    }

    /// With `all` nothing else will come: see `settle`.
    fn join_second(
        &mut self,
        snapshots: Option<Vec<(String, String)>>,
        all: bool,
        now: i64,
        changed: &mut BTreeSet<EngagementId>,
    ) {
        self.safe.here &= snapshots.is_some();
        self.safe.joining = false;
        self.take_in_all(snapshots.unwrap_or_default(), now, changed);
        self.settle(all, changed);
        if self.safe.here {
            self.compare_stores(now);
        }
    }

    /// Tells what localStorage lacked, and notes what the second store lacks.
    fn compare_stores(&mut self, now: i64) {
        let before = std::mem::take(&mut self.safe.before);
        let reached = std::mem::take(&mut self.safe.reached);
        let (nothing, mut recovered) = (Reach::default(), BTreeSet::new());
        for (id, vector) in self.documents.vectors() {
            let of = |all: &BTreeMap<EngagementId, Reach>| all.get(id).unwrap_or(&nothing).covers(vector);
            let over = self.marker(id, vector).is_some_and(|marker| marker.is_over(now));
            if !of(&before) && !over {
                recovered.insert(id.clone());
            }
            if !of(&reached) {
                self.safe.behind.insert(id.clone());
            }
        }
        self.safe.seeding = !self.safe.behind.is_empty();
        if !recovered.is_empty() {
            self.notices.push(Notice::Recovered(recovered));
        }
        debug_assert_ne!(self.safe_state(), SafeState::Absent);
    }

    /// How far memory and what waits reach.
    fn reach(&self) -> BTreeMap<EngagementId, Reach> {
        let mut all: BTreeMap<EngagementId, Reach> = BTreeMap::new();
        for (id, vector) in self.documents.vectors() {
            all.entry(id.clone()).or_default().see(&seen(vector));
        }
        for (replica, id, sequence) in self.waiting.keys() {
            all.entry(id.clone()).or_default().add(*replica, *sequence);
        }
        all
    }

    /// Snapshots there that hold what is not known here.
    pub(super) fn unknown(&self, found: &Found, now: i64) -> Vec<String> {
        let empty = Vector::default();
        let heads = found.heads.iter().filter(|(id, head)| {
            let mine = self.documents.vector(id);
            let over = |marker: &Marker| marker.is_over(now) && marker.has_seen(head);
            let over = mine.is_none() && self.trash.get(*id).is_some_and(over);
            let known = mine.unwrap_or(&empty);
            !over && head.iter().any(|(replica, last)| *last > known.last(*replica))
        });
        let heads = heads.map(|(id, _)| id);
        heads
            .chain(&found.headless)
            .map(|id| Key::Snapshot(id.clone()).to_string())
            .collect()
    }

    /// Takes in what was read of everything but snapshots.
    pub(super) fn take_in(&mut self, read: Vec<(String, String)>, now: i64) -> Found {
        let mut changed = BTreeSet::new();
        let erased = read.iter().find(|(key, _)| key == ERASED);
        self.safe.erased = erased.and_then(|(_, text)| erasing::count(text)).unwrap_or(0);
        self.heed_erasure_there(&mut changed);
        let found = self.take_in_all(read, now, &mut changed);
        for (id, marker) in &self.trash {
            if found.markers.get(id).is_none_or(|there| there.order() < marker.order())
                && let Some(seen) = self.shelf.0.get(&Key::Trash(id.clone()))
            {
                self.safe.send(&Key::Trash(id.clone()), &seen.text);
            }
        }
        self.settle(false, &mut changed);
        self.drop_expired(now, &mut changed);
        self.unreported.append(&mut changed);
        found
    }

    /// Takes in texts of any kind. Those that are damaged, or of a newer schema, hide nothing else.
    pub(super) fn take_in_all(
        &mut self,
        read: Vec<(String, String)>,
        now: i64,
        changed: &mut BTreeSet<EngagementId>,
    ) -> Found {
        let mut found = Found::default();
        let erased = self.erased();
        for (name, text) in read {
            if let Some(id) = head_of(&name) {
                match read_head(&text, erased) {
                    Some(head) => drop(found.heads.insert(id, head)),
                    None => drop(found.headless.insert(id)),
                }
                continue;
            }
            let Some(key) = Key::parse(&name) else { continue };
            let (reading, generation) = values::read(&key, &text, erased);
            self.generation = self.generation.max(generation);
            // Nobody writes a small one there; one that was put there comes in all the same.
            let what = match reading.whole() {
                Reading::Snapshot(engagement, keeper) => {
                    self.join_what_was_there(&engagement, now, changed);
                    What::Snapshot(engagement.vector().clone(), keeper)
                }
                Reading::MergeIn(engagement, of) => {
                    (found.appends, found.size) = (found.appends + 1, found.size + text.len());
                    self.join_what_was_there(&engagement, now, changed);
                    let vector = engagement.vector().clone();
                    let (joined, kept) = (true, false);
                    What::MergeIn {
                        of,
                        vector,
                        joined,
                        kept,
                    }
                }
                Reading::Journal(part) => {
                    (found.appends, found.size) = (found.appends + 1, found.size + text.len());
                    // Of what is known localStorage may have cut off the history.
                    for entry in &part.entries {
                        self.documents.recall(entry, part.replica);
                    }
                    let entries = part.entries.iter();
                    let entries = gather(entries.map(|entry| (entry.engagement.clone(), entry.sequence)));
                    self.line_up(part);
                    What::Journal(entries)
                }
                Reading::Trash(marker) => {
                    if let Key::Trash(id) = key {
                        self.take_in_marker(&id, &marker, &text, now, changed);
                        found.markers.insert(id, marker);
                    }
                    What::Trash
                }
                Reading::Older => What::Older,
                Reading::Newer => {
                    self.save = SaveState::ReadOnly;
                    self.notices.push(Notice::NewerSchema { key: name.clone() });
                    What::Newer
                }
                Reading::Damaged | Reading::Cold(..) => What::Damaged(Some(self.note_damage(&name, &text))),
            };
            found.texts.insert(name, what);
        }
        found
    }

    /// How often everything was erased, as far as either store knows.
    pub(in crate::workspace) fn erased(&self) -> u64 {
        let here = erasing::raised(&self.store).unwrap_or(0);
        here.max(self.safe.erased())
    }

    fn note_damage(&mut self, name: &str, text: &str) -> String {
        let aside = aside_key(name, text);
        if self.safe.damaged.insert(name.to_owned(), aside.clone()).as_ref() != Some(&aside) {
            self.notices.push(Notice::Damaged {
                key: name.to_owned(),
                kept_as: Some(aside.clone()),
            });
        }
        aside
    }

    /// Joins a whole engagement of the second store; what is news to memory is news to localStorage too.
    fn join_what_was_there(&mut self, theirs: &Engagement, now: i64, changed: &mut BTreeSet<EngagementId>) {
        let id = theirs.id();
        let over = self.trash.get(id).filter(|marker| marker.is_over(now));
        if over.is_some_and(|marker| marker.covers(theirs.vector())) && !self.documents.has(id) {
            return;
        }
        let joined = match self.documents.get(id) {
            None => theirs.clone(),
            Some(mine) => {
                let merged = merge(mine, theirs);
                if !merged.news_for_mine {
                    // How far the history reaches is no news; it is kept all the same.
                    self.documents.insert(merged.engagement);
                    return;
                }
                merged.engagement
            }
        };
        self.documents.insert(joined);
        self.stale.insert(id.clone());
        changed.insert(id.clone());
    }

    /// The later of two markers holds.
    fn take_in_marker(
        &mut self,
        id: &EngagementId,
        marker: &Marker,
        text: &str,
        now: i64,
        changed: &mut BTreeSet<EngagementId>,
    ) {
        let old = marker.is_over(now.saturating_sub(trash::KEPT));
        let later = self.trash.get(id).is_none_or(|mine| mine.order() < marker.order());
        if old || !later {
            return;
        }
        self.trash.insert(id.clone(), marker.clone());
        changed.insert(id.clone());
        let key = Key::Trash(id.clone());
        let may = self.save != SaveState::ReadOnly && self.may_write(&key).is_ok();
        // Should it fail, the second store still has it at the next start.
        if may && self.store.set(&key.to_string(), text).is_ok() {
            let (text, what) = (text.to_owned(), What::Trash);
            self.shelf.0.insert(key, Seen { text, what });
        }
    }
}
