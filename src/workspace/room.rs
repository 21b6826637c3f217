//! How much room there is. The unit is the browser's own: UTF-16 units of keys and values together
//! (`room_is_counted_in_the_browsers_units`).
//!
//! The budget: 900,000 for the playbook, 3,400,000 for engagements, the rest for journals and what is put aside.
//! When their share is used up, new engagements are refused and edits go on
//! (`new_engagements_are_refused_when_their_share_is_used_and_edits_go_on`); an import that will not fit is refused before
//! anything is written (`what_will_not_fit_is_refused_before_anything_is_written`). Two hundred typical ones fit
//! (`t37_200_typical_engagements_fit_into_their_share_and_are_read_one_by_one`).

use super::{
    Workspace,
    drafts::DRAFTS,
    keys::{Key, QUARANTINE},
    store::KeyValue,
};
use std::collections::BTreeMap;

/// What a browser gives one origin, whatever the script.
pub const LIMIT: usize = 5_242_879;
/// The engagements' share of it: at 80 % the data page warns, at 95 % new ones are refused.
pub const ENGAGEMENTS: usize = 3_400_000;

/// The playbook's share: copies of the content that was opened.
pub const PLAYBOOK: usize = 900_000;

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Snapshots, and imports that are not in one yet.
    Engagements,
    /// Journals of the tabs.
    Journals,
    /// Markers of the trash.
    Trash,
    /// What was put aside because it could not be read.
    Quarantine,
    /// Unfinished texts.
    Drafts,
    /// Everything else in this origin: preferences, playbook, other pages.
    Other,
}

/// How much of the storage is used, in UTF-16 units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Room {
    /// Per kind of key.
    pub used: BTreeMap<Kind, usize>,
}

impl Room {
    /// Units in use for a kind of key.
    #[must_use]
    pub fn of(&self, kind: Kind) -> usize {
        self.used.get(&kind).copied().unwrap_or(0)
    }

    /// Units in use, of `LIMIT`.
    #[must_use]
    pub fn total(&self) -> usize {
        self.used.values().sum()
    }
}

/// The UTF-16 units of a text.
#[must_use]
pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

fn kind(name: &str) -> Kind {
    match Key::parse(name) {
        Some(Key::Snapshot(_) | Key::MergeIn(..)) => Kind::Engagements,
        Some(Key::Journal(..)) => Kind::Journals,
        Some(Key::Trash(_)) => Kind::Trash,
        None if name.starts_with(QUARANTINE) => Kind::Quarantine,
        None if name.starts_with(DRAFTS) => Kind::Drafts,
        None => Kind::Other,
    }
}

impl<S: KeyValue> Workspace<S> {
    /// How much room is used, counted anew; what cannot be read counts as nothing.
    #[must_use]
    pub fn room(&self) -> Room {
        let mut room = Room::default();
        for name in self.store.keys().unwrap_or_default() {
            let text = self.store.get(&name).ok().flatten().unwrap_or_default();
            *room.used.entry(kind(&name)).or_default() += units(&name) + units(&text);
        }
        room
    }
}
