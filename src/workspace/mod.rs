//! WHERE WORK IS KEPT: every engagement of this storage, between this tab, the other tabs and the next start.
//!
//! Pure: a protocol over any place that keeps texts under keys (`store`); no browser, no clock, no chance. What merging
//! means is the business of `engagement`; which tab holds which lock is `browser::locks`'.
//!
//! Why it is not one key with a list in it: a browser gives no transaction over localStorage, tabs see each other's writes
//! late, and a write can fail or be lost with the power. So each tab writes a journal that nobody else writes, one tab, the
//! keeper, joins journals into snapshots, and whoever reads joins everything there is.
//!
//! What a person is promised:
//!
//! * **Saved**: localStorage has it. It survives reload and closing the tab (`t09_...`, `t29_...`).
//! * **Safe**: the second store has confirmed it. It survives killing the browser (`t01_...`, `t03_...`) and the loss of
//!   either store (`t07_...`, `t08_...`).
//! * **Shared**: everything as it is was handed out as a file; the app knows that, not the workspace.
//!
//! Where to start: `keys` is the layout, `editing` what an edit does, `hearing` how others' work comes in, `keeper` the
//! only one who removes what others wrote, `own` how this tab's work is never lost, `safe` the second store, `notice` all
//! that is said of it.

mod cold;
mod documents;
mod drafts;
mod editing;
pub mod envelope;
mod erasing;
mod hearing;
mod imports;
mod journal;
mod keeper;
mod keys;
mod notice;
mod own;
mod playbook_share;
mod quarantine;
mod reading;
pub mod reminder;
mod removing;
mod resting;
pub mod ring;
mod room;
mod safe;
mod settling;
mod shelf;
mod small;
mod steps;
mod store;
mod trash;
mod values;

pub use documents::Face;
pub use drafts::{DRAFTS, LONGEST_DRAFT, MOST_DRAFTS, ROOM_FOR_DRAFTS};
pub use keeper::Kept;
pub use notice::{Notice, Outcome, Refusal, SaveState};
pub use own::LARGEST_PART;
pub use playbook_share::{PLAYBOOK_KEYS, keep_playbook};
pub use resting::RESTS_AFTER;
pub use room::{ENGAGEMENTS, Kind, LIMIT, PLAYBOOK, Room};
pub use safe::{Batch, PUT_ASIDE, SMALL, SafeState, Wanted};
pub use small::{deflated, inflated};
pub use steps::TakenBack;
pub use store::{KeyValue, Memory, StoreError};
pub use trash::{KEPT as KEPT_IN_TRASH, Trashed};

use crate::{
    engagement::{Engagement, Signature, stamp::ReplicaId},
    playbook::EngagementId,
};
use documents::Documents;
use keys::Key;
use own::OwnJournal;
use settling::Waiting;
use shelf::Shelf;
use std::collections::{BTreeMap, BTreeSet};
use trash::Marker;

/// How long until every tab has seen what one wrote, in milliseconds: tabs see each other's writes late.
pub const SETTLED: i64 = 10_000;

/// Who opens the workspace.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Draws a replica that was never used before; called at the start and whenever a new one is due.
    pub draw: fn() -> ReplicaId,
    /// The author's name as given in the settings; may be empty.
    pub author: String,
    /// The language of the app, as a tag.
    pub language: String,
    /// Whether locks hold between all pages that share this storage. Without them nobody removes what another wrote.
    pub locks: bool,
}

/// All engagements of this storage, as this tab knows them.
#[derive(Debug)]
pub struct Workspace<S> {
    store: S,
    tab: Tab,
    /// Everything that was ever read or done here, joined.
    documents: Documents,
    /// When each engagement was opened last: looked at in any tab, or edited in this one.
    opened: resting::Openings,
    /// Engagements of which memory holds more than the stored snapshot.
    stale: BTreeSet<EngagementId>,
    trash: BTreeMap<EngagementId, Marker>,
    shelf: Shelf,
    /// Others' entries that cannot be joined yet.
    waiting: BTreeMap<Waiting, settling::Foreign>,
    /// Journals of this tab; it writes to the last.
    own: Vec<OwnJournal>,
    /// How often everything has been erased.
    generation: u64,
    imports: u32,
    save: SaveState,
    /// Whether this tab has written or has something to write.
    touched: bool,
    /// Keys that could not be read; nobody writes there.
    unreadable: BTreeSet<String>,
    /// Engagements that vanished from the storage and have to be written again.
    lost: BTreeSet<EngagementId>,
    keeper: keeper::Keeper,
    /// When everything was read last.
    heard_at: i64,
    safe: safe::Safe,
    /// Engagements that changed while something else was done.
    unreported: BTreeSet<EngagementId>,
    notices: Vec<Notice>,
    /// What can be taken back here.
    steps: steps::Steps,
}

impl<S: KeyValue> Workspace<S> {
    /// Reads everything where there is no second store: each snapshot joined with every import and journal.
    ///
    /// Nothing is written but copies of what is damaged. Damage is told and hides nothing else (`t06_...`).
    pub fn open(store: S, tab: Tab, now: i64) -> Self {
        let mut workspace = Self::begin(store, tab, now);
        workspace.recover(None, now);
        workspace
    }

    /// Reads localStorage only. Before anybody edits, `recover` has to follow: with what the second store has, or without one.
    pub fn begin(store: S, tab: Tab, now: i64) -> Self {
        let mut workspace = Self {
            store,
            tab,
            documents: Documents::default(),
            opened: BTreeMap::new(),
            stale: BTreeSet::new(),
            trash: BTreeMap::new(),
            shelf: Shelf::default(),
            waiting: BTreeMap::new(),
            own: Vec::new(),
            generation: 0,
            imports: 0,
            save: SaveState::Saved,
            touched: false,
            unreadable: BTreeSet::new(),
            lost: BTreeSet::new(),
            keeper: keeper::Keeper::default(),
            heard_at: now,
            safe: safe::Safe::default(),
            unreported: BTreeSet::new(),
            notices: Vec::new(),
            steps: steps::Steps::default(),
        };
        workspace.generation = erasing::raised(&workspace.store).unwrap_or(0);
        workspace.hear_openings();
        let mut news = BTreeSet::new();
        workspace.read_keys(&mut news);
        workspace.settle(false, &mut news);
        workspace.start_journal();
        workspace
    }

    /// Engagements that are not in the trash, by id; those that were not read yet are read by it.
    pub fn engagements(&self) -> impl Iterator<Item = &Engagement> {
        self.ids().filter_map(|id| self.documents.get(id))
    }

    /// One engagement, in the trash or not.
    #[must_use]
    pub fn get(&self, id: &EngagementId) -> Option<&Engagement> {
        self.documents.get(id)
    }

    /// The replica this tab writes under; it should hold that one's lock.
    #[must_use]
    pub fn replica(&self) -> ReplicaId {
        self.own.last().map_or_else(self.tab.draw, |own| own.replica)
    }

    /// How saving stands.
    #[must_use]
    pub fn save_state(&self) -> SaveState {
        self.save
    }

    /// What a person should hear about, each once.
    pub fn take_notices(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }

    /// Replicas of other tabs, alive or dead, that have something in the storage: their locks can be tried.
    #[must_use]
    pub fn others(&self) -> BTreeSet<ReplicaId> {
        self.shelf
            .0
            .keys()
            .filter_map(Key::replica)
            .filter(|replica| !self.is_own(*replica))
            .collect()
    }

    /// The store it works on.
    #[must_use]
    pub fn store(&self) -> &S {
        &self.store
    }

    fn is_own(&self, replica: ReplicaId) -> bool {
        self.own.iter().any(|own| own.replica == replica)
    }

    fn signature(&self, now: i64) -> Signature {
        let (author, language) = (self.tab.author.clone(), self.tab.language.clone());
        Signature {
            now,
            replica: self.replica(),
            author,
            language,
        }
    }
}
