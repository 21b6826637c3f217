//! The trash: a marker that says what was seen when an engagement was put away.
//!
//! It is local and lasts 30 days. An edit that it does not cover brings the engagement back; nobody's work is thrown away
//! unseen (`t26_...`). After 30 days the engagement goes, after 60 the marker, so that a tab that slept for a month does
//! not bring it back.

use super::{
    Refusal, StoreError, Workspace, envelope,
    keys::Key,
    shelf::{Seen, What},
    store::KeyValue,
};
use crate::{
    engagement::{Engagement, Vector, stamp::ReplicaId},
    gather::gather,
    playbook::EngagementId,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// How long an engagement stays in the trash, in milliseconds.
pub const KEPT: i64 = 30 * 24 * 3_600_000;

/// Put into the trash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// When, UTC milliseconds.
    pub at: i64,
    /// What had been seen by then.
    pub seen: BTreeMap<ReplicaId, u64>,
    /// Taken out again: this marker only says that earlier ones hold no more, in whichever store they still stand.
    pub taken_out: bool,
}

/// An engagement in the trash.
#[derive(Clone, Copy, Debug)]
pub struct Trashed<'a> {
    /// It.
    pub engagement: &'a Engagement,
    /// When it was put there, UTC milliseconds.
    pub at: i64,
}

impl Marker {
    /// Marks what a copy has seen.
    #[must_use]
    pub fn new(vector: &Vector, at: i64) -> Self {
        Self {
            at,
            seen: vector
                .0
                .iter()
                .map(|(replica, session)| (*replica, session.sequence))
                .collect(),
            taken_out: false,
        }
    }

    /// The later of two markers holds.
    #[must_use]
    pub fn order(&self) -> (i64, bool) {
        (self.at, self.taken_out)
    }

    /// Whether all up to these changes was seen.
    #[must_use]
    pub fn has_seen(&self, all: &BTreeMap<ReplicaId, u64>) -> bool {
        let seen = |(replica, last): (&ReplicaId, &u64)| self.seen.get(replica).is_some_and(|seen| last <= seen);
        !self.taken_out && all.iter().all(seen)
    }

    /// Whether it was all seen.
    #[must_use]
    pub fn covers(&self, vector: &Vector) -> bool {
        let seen = |replica: &ReplicaId, last: u64| self.seen.get(replica).is_some_and(|seen| last <= *seen);
        !self.taken_out
            && vector
                .0
                .iter()
                .all(|(replica, session)| seen(replica, session.sequence))
    }

    /// Whether the 30 days are over.
    #[must_use]
    pub fn is_over(&self, now: i64) -> bool {
        now.saturating_sub(self.at) > KEPT
    }

    fn to_text(&self, generation: u64) -> String {
        let seen: BTreeMap<&str, u64> = self
            .seen
            .iter()
            .map(|(replica, last)| (replica.as_str(), *last))
            .collect();
        let payload = if self.taken_out {
            json!({ "at": self.at, "out": true, "seen": seen })
        } else {
            json!({ "at": self.at, "seen": seen })
        };
        envelope::seal(generation, &payload.to_string())
    }

    /// Reads the payload of a marker.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let seen = value.get("seen")?.as_object()?.iter();
        let seen = seen
            .map(|(name, last)| Some((ReplicaId::parse(name)?, last.as_u64()?)))
            .collect::<Option<_>>()?;
        Some(Self {
            at: value.get("at")?.as_i64()?,
            seen,
            taken_out: value.get("out").is_some_and(|out| *out == json!(true)),
        })
    }
}

impl<S: KeyValue> Workspace<S> {
    /// Engagements in the trash, the last one first.
    #[must_use]
    pub fn trashed(&self) -> Vec<Trashed<'_>> {
        let all = self.documents.vectors().filter_map(|(id, vector)| {
            let marker = self.marker(id, vector)?;
            Some(Trashed {
                engagement: self.documents.get(id)?,
                at: marker.at,
            })
        });
        let mut all: Vec<Trashed<'_>> = all.collect();
        all.sort_unstable_by(|a, b| b.at.cmp(&a.at).then_with(|| a.engagement.id().cmp(b.engagement.id())));
        all
    }

    /// Whether an engagement lies in the trash.
    #[must_use]
    pub fn is_trashed(&self, id: &EngagementId) -> bool {
        let vector = self.documents.vector(id);
        vector.is_some_and(|vector| self.marker(id, vector).is_some())
    }

    /// The marker that holds for an engagement that has seen so much.
    pub(super) fn marker(&self, id: &EngagementId, vector: &Vector) -> Option<&Marker> {
        self.trash.get(id).filter(|marker| marker.covers(vector))
    }

    /// Puts an engagement into the trash for 30 days.
    ///
    /// # Errors
    /// When it stays where it is.
    pub fn trash(&mut self, id: &EngagementId, now: i64) -> Result<(), Refusal> {
        self.put_away(id, now)?;
        self.steps.went(id);
        Ok(())
    }

    /// Puts an engagement into the trash, whoever asked for it.
    pub(super) fn put_away(&mut self, id: &EngagementId, now: i64) -> Result<(), Refusal> {
        self.ready()?;
        let engagement = self.documents.get(id).ok_or_else(|| Refusal::Unknown(id.clone()))?;
        // Later than any marker before, whatever the clock says.
        let at = self.trash.get(id).map_or(now, |before| now.max(before.at + 1));
        let marker = Marker::new(engagement.vector(), at);
        self.mark(id, marker)
    }

    fn mark(&mut self, id: &EngagementId, marker: Marker) -> Result<(), Refusal> {
        let text = marker.to_text(self.generation);
        let key = Key::Trash(id.clone());
        self.may_write(&key)?;
        self.store.set(&key.to_string(), &text).map_err(Refusal::Store)?;
        self.safe.send(&key, &text);
        self.shelf.0.insert(
            key,
            Seen {
                text,
                what: What::Trash,
            },
        );
        self.trash.insert(id.clone(), marker);
        Ok(())
    }

    /// Takes an engagement out of the trash.
    ///
    /// # Errors
    /// When it stays there.
    pub fn restore(&mut self, id: &EngagementId) -> Result<(), Refusal> {
        self.take_out(id)?;
        self.steps.came(id);
        Ok(())
    }

    /// Takes an engagement out of the trash, whoever asked for it.
    pub(super) fn take_out(&mut self, id: &EngagementId) -> Result<(), Refusal> {
        self.ready()?;
        let Some(marker) = self.trash.get(id).filter(|marker| !marker.taken_out) else {
            return Ok(());
        };
        let out = Marker {
            at: marker.at,
            seen: BTreeMap::new(),
            taken_out: true,
        };
        match self.mark(id, out.clone()) {
            // Where there is no room for a marker, to take the other away will do.
            Err(Refusal::Store(StoreError::Full)) => {
                let key = Key::Trash(id.clone());
                self.store.remove(&key.to_string()).map_err(Refusal::Store)?;
                self.safe.send(&key, &out.to_text(self.generation));
                self.shelf.0.remove(&key);
                self.trash.insert(id.clone(), out);
                Ok(())
            }
            done => done,
        }
    }

    /// Forgets what has been in the trash for more than 30 days. The keeper takes it out of the storage.
    pub(super) fn drop_expired(&mut self, now: i64, changed: &mut BTreeSet<EngagementId>) {
        let over = |(id, vector): &(&EngagementId, &Vector)| {
            let marker = self.marker(id, vector);
            marker.is_some_and(|marker| marker.is_over(now))
        };
        let gone: Vec<EngagementId> = gather(self.documents.vectors().filter(over).map(|(id, _)| id.clone()));
        for id in gone {
            self.documents.remove(&id);
            self.stale.remove(&id);
            changed.insert(id);
        }
    }

    /// Whether everything up to a change lies in the trash for good: nobody has to keep it any more.
    pub(super) fn is_over(&self, id: &EngagementId, replica: ReplicaId, sequence: u64, now: i64) -> bool {
        let marker = self
            .trash
            .get(id)
            .filter(|marker| marker.is_over(now) && !self.documents.has(id));
        marker.is_some_and(|marker| marker.seen.get(&replica).is_some_and(|last| sequence <= *last))
    }
}
