//! The second store: IndexedDB in a browser, written with strict durability. What it has confirmed is *safe*.
//!
//! A `setItem` that returned is not on the disk yet: a browser may write it seconds later, and a kill in between loses it.
//! So every edit goes to a second store too, started in the same task; neither waits for the other, and an edit is safe
//! even when localStorage is full (`t01_...`, `t04_...`).
//!
//! ```text
//! ep.e.<engagement>             snapshot, as in localStorage
//! ep.h.<engagement>             its head: what it has seen, so that a start reads only snapshots that bring something
//! ep.j.<replica>.<n>            one append of a tab; counted per append, so not the number of localStorage's part
//! ep.m.<replica>.<import>.<engagement>, ep.t.<engagement>, ep.erased   the same texts as in localStorage
//! ep.q.<checksum>.<key>         what could not be read
//! ```
//!
//! * What goes there waits in an outbox. One batch is under way at a time, and a batch that failed is written together
//!   with the next, never skipped: so a journal has no gaps there (`t05_...`).
//! * A start joins both stores before anything is adopted or edited (`taking`, `t07_...`, `t08_...`).
//!   One that answers only after the start is joined then (`t07_a_second_store_that_answers_late_is_joined_then`).
//! * It has the whole history, localStorage the newest part: whoever needs all of it asks (`deepening`).
//! * Each store compacts alone (`compacting`): this one in a single transaction that reads, joins, puts and deletes.
//!   Nothing here is removed because localStorage has it, and the other way round (`t03_...`).

mod compacting;
mod deepening;
mod found;
mod taking;

pub use compacting::Wanted;

use super::{SaveState, Workspace, envelope, journal, keys::Key, store::KeyValue};
use crate::{
    engagement::{Engagement, Entry, stamp::ReplicaId},
    gather::gather,
    playbook::EngagementId,
};
use compacting::Plan;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use taking::Reach;

/// Ranges of keys, from and up to but without: everything that a start reads whole. The others are snapshots and what was
/// put aside.
pub const SMALL: [(&str, &str); 2] = [("ep.e/", "ep.q."), ("ep.q/", "ep/")];

/// The range of what was put aside there, from and up to but without.
pub const PUT_ASIDE: (&str, &str) = ("ep.q.", "ep.q/");

/// How the second store stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SafeState {
    /// There is none here, or it does not answer.
    #[default]
    Absent,
    /// Something is on its way there.
    Pending,
    /// It has confirmed everything that was done here and all that is known.
    Safe,
    /// The last batch failed; it is written together with the next.
    Failed,
}

/// What is written in one transaction: all of it or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Keys that go, first.
    pub delete: Vec<String>,
    /// Texts by their keys.
    pub put: Vec<(String, String)>,
}

/// What this tab knows of the second store.
#[derive(Debug, Default)]
pub struct Safe {
    /// Whether there is one.
    here: bool,
    /// It was looked into, and not all of it is joined yet: nothing is called safe until then.
    joining: bool,
    outbox: Vec<Item>,
    under_way: BTreeMap<u64, Vec<Item>>,
    batches: u64,
    appends: u32,
    failed: bool,
    /// `ep.erased` as it stands there, and as it has to.
    erased: u64,
    to_erase: u64,
    /// Engagements of which memory may hold more than the second store.
    behind: BTreeSet<EngagementId>,
    /// What stood in localStorage only when the tab began is not over there yet.
    seeding: bool,
    /// What was found damaged there, and where it is put aside.
    damaged: BTreeMap<String, String>,
    /// Whether everything there has been read since the last pass of the keeper: only then is it known that an entry's
    /// predecessor is nowhere.
    looked: bool,
    /// What localStorage had before the second store was looked into.
    before: BTreeMap<EngagementId, Reach>,
    /// Engagements whose whole history has been read there.
    deep: BTreeSet<EngagementId>,
    /// What was found there when the tab began.
    reached: BTreeMap<EngagementId, Reach>,
    plan: Option<Plan>,
}

/// Something that has to go there.
#[derive(Clone, Debug)]
enum Item {
    /// An entry of a journal of this tab.
    Entry(ReplicaId, Arc<str>),
    /// A text under its key.
    Text(String, String),
}

impl Safe {
    /// Forgets what waits: everything was erased.
    pub(super) fn forget(&mut self, generation: u64) {
        self.outbox.clear();
        self.under_way.clear();
        self.behind.clear();
        self.damaged.clear();
        self.plan = None;
        (self.failed, self.seeding, self.to_erase) = (false, false, generation);
    }

    /// Notes how often everything was erased: the second store has to know it too.
    pub(super) fn expect_erasure(&mut self, generation: u64) {
        self.to_erase = self.to_erase.max(generation);
    }

    /// How often everything was erased, as far as the second store knows.
    pub(super) fn erased(&self) -> u64 {
        self.erased
    }

    /// Notes that others wrote to localStorage; whether it reached the second store is found out by the next compaction.
    pub(super) fn heard_of<'a>(&mut self, ids: impl IntoIterator<Item = &'a EngagementId>) {
        if self.here {
            self.behind.extend(ids.into_iter().cloned());
        }
    }

    /// Whether an entry whose predecessor is missing may be adopted. Asked once, before each pass.
    pub(super) fn knows_all(&mut self) -> bool {
        std::mem::take(&mut self.looked) || !self.here
    }

    /// Puts a text on its way.
    pub(super) fn send(&mut self, key: &Key, text: &str) {
        if self.here {
            self.outbox.push(Item::Text(key.to_string(), text.to_owned()));
        }
    }
}

impl<S: KeyValue> Workspace<S> {
    /// Enters what was done here in this tab's journal, for both stores.
    pub(super) fn enter_own(&mut self, entries: &[Entry]) {
        let Some(own) = self.own.last_mut() else { return };
        let (replica, texts) = (own.replica, own.push(entries));
        if self.safe.here {
            self.safe
                .outbox
                .extend(texts.into_iter().map(|text| Item::Entry(replica, text)));
        }
    }

    /// How the second store stands.
    #[must_use]
    pub fn safe_state(&self) -> SafeState {
        let safe = &self.safe;
        if !safe.here || safe.joining {
            SafeState::Absent
        } else if safe.failed && !safe.outbox.is_empty() {
            SafeState::Failed
        } else if safe.outbox.is_empty() && safe.under_way.is_empty() && !self.wants_tending() {
            SafeState::Safe
        } else {
            SafeState::Pending
        }
    }

    /// What has to be written to the second store now, and the number under which the answer is told. `None` when there is
    /// nothing, or a batch is under way: what comes meanwhile goes with the next one. Only the `last` one, when the page
    /// goes away, does not wait.
    pub fn take_batch(&mut self, last: bool) -> Option<(u64, Batch)> {
        let waits = !self.safe.under_way.is_empty() && !last;
        if waits || self.safe.outbox.is_empty() || self.save == SaveState::ReadOnly {
            return None;
        }
        let items = std::mem::take(&mut self.safe.outbox);
        let mut batch = Batch::default();
        let mut entries: Vec<(ReplicaId, Vec<Arc<str>>)> = Vec::new();
        for item in &items {
            match (item, entries.last_mut()) {
                (Item::Text(key, text), _) => batch.put.push((key.clone(), text.clone())),
                (Item::Entry(replica, text), Some((by, texts))) if by == replica => texts.push(text.clone()),
                (Item::Entry(replica, text), _) => entries.push((*replica, vec![text.clone()])),
            }
        }
        for (replica, texts) in entries {
            let put = self.append(replica, &texts);
            batch.put.extend(put);
        }
        self.safe.batches += 1;
        self.safe.under_way.insert(self.safe.batches, items);
        Some((self.safe.batches, batch))
    }

    fn append(&mut self, replica: ReplicaId, texts: &[Arc<str>]) -> Option<(String, String)> {
        let own = self.own.iter().find(|own| own.replica == replica)?;
        self.safe.appends += 1;
        let lines = texts.iter().map(|text| &**text);
        let payload = journal::payload(replica, &own.author, &own.language, lines);
        let key = Key::Journal(replica, self.safe.appends);
        Some((key.to_string(), envelope::seal(self.generation, &payload)))
    }

    /// The second store has confirmed a batch.
    pub fn batch_done(&mut self, number: u64) {
        if self.safe.under_way.remove(&number).is_some() {
            self.safe.failed = false;
        }
    }

    /// A batch was not written; it goes with the next.
    pub fn batch_failed(&mut self, number: u64) {
        if let Some(mut items) = self.safe.under_way.remove(&number) {
            items.append(&mut self.safe.outbox);
            self.safe.outbox = items;
            self.safe.failed = true;
        }
    }

    /// The second store had vanished and was made anew, empty: everything has to go there again (`t29_...`).
    pub fn second_is_new(&mut self) {
        let all: BTreeSet<EngagementId> = gather(self.documents.ids().cloned());
        self.safe.seeding = !all.is_empty();
        self.safe.behind = all;
        self.safe.to_erase = self.safe.to_erase.max(self.safe.erased);
        self.safe.erased = 0;
    }

    /// Whether this tab itself has to look after the second store, keeper or not: it lacks what stood here when the tab
    /// began, or an erasure has not reached it.
    #[must_use]
    pub fn wants_tending(&self) -> bool {
        let safe = &self.safe;
        safe.here && self.save != SaveState::ReadOnly && (safe.seeding || safe.erased < safe.to_erase)
    }

    /// What a snapshot has seen, sealed.
    fn head(&self, engagement: &Engagement) -> (String, String) {
        let seen: BTreeMap<&str, u64> = gather(
            engagement
                .vector()
                .0
                .iter()
                .map(|(replica, session)| (replica.as_str(), session.sequence)),
        );
        let payload = serde_json::json!(seen).to_string();
        (
            found::head_key(engagement.id()),
            envelope::seal(self.generation, &payload),
        )
    }
}
