//! Which engagements rest: archived, or not opened in this browser for a week. Theirs are the snapshots that are kept small
//! (`what_was_not_opened_for_a_week_is_kept_small_and_is_the_same`, `small_and_large_again_is_the_same`).
//!
//! ```text
//! ep.opened     when each engagement was opened last, UTC milliseconds, by its id; any tab writes it
//! ```
//!
//! Two tabs that write it at the same moment may lose an entry: then a snapshot is small that need not be, until the
//! next opening. Nothing depends on it but room and time.

use super::{
    SaveState, Workspace,
    documents::Face,
    envelope::{self, Opened},
    keys::{Key, OPENED},
    store::KeyValue,
    values::{self, Form},
};
use crate::{engagement::Engagement, gather::gather, playbook::EngagementId};
use std::collections::BTreeMap;

/// How long after it was opened an engagement rests, in milliseconds.
pub const RESTS_AFTER: i64 = 7 * 24 * 3_600_000;

/// How often an opening is noted, in milliseconds: a day more or less does not matter.
const NOTED: i64 = 24 * 3_600_000;

/// A snapshot is made small only when that gains something, in bytes.
const WORTH_IT: usize = 4_096;

/// When each engagement was opened last.
pub type Openings = BTreeMap<EngagementId, i64>;

impl<S: KeyValue> Workspace<S> {
    /// Notes that somebody looks at an engagement.
    pub fn note_opened(&mut self, id: &EngagementId, now: i64) {
        let noted = self.openings();
        let is_noted = noted.get(id).is_some_and(|at| (0..NOTED).contains(&(now - at)));
        self.take_openings(noted);
        self.opened.insert(id.clone(), now);
        if is_noted || self.save == SaveState::ReadOnly {
            return;
        }
        self.opened
            .retain(|id, at| now.saturating_sub(*at) < RESTS_AFTER && self.documents.has(id));
        let all = self.opened.iter().map(|(id, at)| (id.as_str(), *at));
        let payload = serde_json::json!(gather::<BTreeMap<&str, i64>, _>(all)).to_string();
        // Where there is no room for it, the next start is a little slower.
        let _ = self.store.set(OPENED, &envelope::seal(self.generation, &payload));
    }

    /// Takes over what other tabs have noted.
    pub(super) fn hear_openings(&mut self) {
        let noted = self.openings();
        self.take_openings(noted);
    }

    fn take_openings(&mut self, noted: Openings) {
        for (id, at) in noted {
            let known = self.opened.entry(id).or_insert(at);
            *known = at.max(*known);
        }
    }

    /// What stands there, as far as it can be read.
    fn openings(&self) -> Openings {
        let text = self.store.get(OPENED).ok().flatten().unwrap_or_default();
        let Opened::Ours { generation, payload } = envelope::open(&text) else {
            return Openings::default();
        };
        let noted: BTreeMap<String, i64> = serde_json::from_str(payload).unwrap_or_default();
        let ours = noted.into_iter().filter(|_| generation >= self.generation);
        gather(ours.filter_map(|(id, at)| Some((EngagementId::parse(&id)?, at))))
    }

    /// In which form an engagement is stored.
    pub(super) fn form(&self, engagement: &Engagement, now: i64) -> Form {
        let opened = self.opened.get(engagement.id());
        let lately = opened.is_some_and(|at| now.saturating_sub(*at) < RESTS_AFTER);
        if engagement.archived() || !lately {
            Form::Small
        } else {
            Form::Whole
        }
    }

    /// The text of a snapshot, as the keeper writes it.
    pub(super) fn snapshot_text(&self, engagement: &Engagement, now: i64) -> String {
        let (keeper, generation) = (self.replica(), self.generation);
        match self.form(engagement, now) {
            Form::Whole => values::snapshot(engagement, keeper, generation),
            Form::Small => values::small_snapshot(engagement, keeper, generation),
        }
    }

    /// Engagements whose stored snapshot is large although they rest.
    pub(super) fn to_make_small(&self, now: i64) -> Vec<EngagementId> {
        let large = self.shelf.0.iter().filter_map(|(key, seen)| match key {
            Key::Snapshot(id) if seen.text.len() > WORTH_IT && !values::is_small(&seen.text) => Some(id),
            _ => None,
        });
        let rests = |id: &&EngagementId| {
            let engagement = self.documents.get(id);
            engagement.is_some_and(|one| self.form(one, now) == Form::Small)
        };
        large.filter(rests).cloned().collect()
    }

    /// What a list shows of an engagement that is not in the trash, without reading it.
    #[must_use]
    pub fn face(&self, id: &EngagementId) -> Option<Face> {
        self.documents.face(id).filter(|_| !self.is_trashed(id))
    }

    /// The engagements that are not in the trash, by id, without reading them.
    pub fn ids(&self) -> impl Iterator<Item = &EngagementId> {
        self.documents.ids().filter(|id| !self.is_trashed(id))
    }
}
