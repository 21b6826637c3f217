//! The engagements in memory. One that is kept small is inflated and parsed when somebody asks for it, and never before: a
//! start with two hundred of them reads those that are looked at (`a_start_reads_it_only_when_somebody_asks`). One that turns out
//! not to be readable is put aside like any damage (`t30_a_small_one_that_cannot_be_read_is_set_aside_and_named`).

use super::{cold::Cold, settling::is_blank};
use crate::{
    engagement::{Engagement, Entry, Vector, stamp::ReplicaId},
    gather::gather,
    playbook::EngagementId,
};
use std::{cell::OnceCell, collections::BTreeMap};

/// All engagements, by id.
#[derive(Debug, Default)]
pub struct Documents(BTreeMap<EngagementId, Held>);

/// What a list of engagements shows first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// Which.
    pub id: EngagementId,
    /// The customer's name.
    pub customer: String,
    /// Whether it is archived.
    pub archived: bool,
    /// Whether it has been read: one that is kept small was not, as long as nobody has asked for it.
    pub read: bool,
}

/// Whole, or small and perhaps read.
#[derive(Debug)]
struct Held {
    /// Empty as long as nobody has asked; `None` when it cannot be read.
    read: OnceCell<Option<Engagement>>,
    cold: Option<Box<Cold>>,
}

/// What one that is neither has seen.
static NOTHING: Vector = Vector(BTreeMap::new());

impl Held {
    fn whole(engagement: Engagement) -> Self {
        let (read, cold) = (OnceCell::from(Some(engagement)), None);
        Self { read, cold }
    }

    fn read(&self) -> Option<&Engagement> {
        let thaw = || self.cold.as_ref().and_then(|cold| cold.thaw());
        self.read.get_or_init(thaw).as_ref()
    }

    fn into_read(self) -> Option<Engagement> {
        let thaw = || self.cold.and_then(|cold| cold.thaw());
        self.read.into_inner().unwrap_or_else(thaw)
    }

    fn known(&self) -> Option<&Engagement> {
        self.read.get()?.as_ref()
    }

    fn vector(&self) -> &Vector {
        match (self.known(), &self.cold) {
            (Some(engagement), _) => engagement.vector(),
            (None, Some(cold)) => &cold.vector,
            (None, None) => &NOTHING,
        }
    }
}

impl Documents {
    /// One engagement, read if it was not.
    pub fn get(&self, id: &EngagementId) -> Option<&Engagement> {
        self.0.get(id)?.read()
    }

    /// What one has seen.
    pub fn vector(&self, id: &EngagementId) -> Option<&Vector> {
        self.0.get(id).map(Held::vector)
    }

    /// Whether there is such a one, whether it can be read or not.
    pub fn has(&self, id: &EngagementId) -> bool {
        self.0.contains_key(id)
    }

    /// All ids.
    pub fn ids(&self) -> impl Iterator<Item = &EngagementId> {
        self.0.keys()
    }

    /// What each has seen.
    pub fn vectors(&self) -> impl Iterator<Item = (&EngagementId, &Vector)> {
        self.0.iter().map(|(id, held)| (id, held.vector()))
    }

    /// What a list shows of one.
    pub fn face(&self, id: &EngagementId) -> Option<Face> {
        let held = self.0.get(id)?;
        let (customer, archived) = match (held.known(), &held.cold) {
            (Some(engagement), _) => (engagement.customer(), engagement.archived()),
            (None, Some(cold)) => (&*cold.customer, cold.archived),
            (None, None) => return None,
        };
        Some(Face {
            id: id.clone(),
            customer: customer.to_owned(),
            archived,
            read: held.known().is_some(),
        })
    }

    /// Puts one in its place. Returns the one that was there.
    pub fn insert(&mut self, engagement: Engagement) -> Option<Engagement> {
        let id = engagement.id().clone();
        self.0.insert(id, Held::whole(engagement))?.into_read()
    }

    /// Takes up one that was not there, as it is.
    pub fn take_up(&mut self, cold: Cold) {
        let (id, read, cold) = (cold.id.clone(), OnceCell::new(), Some(Box::new(cold)));
        self.0.insert(id, Held { read, cold });
    }

    /// Enters a known change in the history of one that has been read, where it is not in it.
    pub fn recall(&mut self, entry: &Entry, replica: ReplicaId) {
        let whole = self.0.get_mut(&entry.engagement).filter(|held| held.cold.is_none());
        if let Some(Some(engagement)) = whole.and_then(|held| held.read.get_mut()) {
            engagement.recall(entry, replica);
        }
    }

    /// Forgets one.
    pub fn remove(&mut self, id: &EngagementId) {
        self.0.remove(id);
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Writes in one; where there is none, in the other, which is put in its place.
    pub fn write<T>(
        &mut self,
        id: &EngagementId,
        other: impl FnOnce() -> Engagement,
        act: impl FnOnce(&mut Engagement) -> T,
    ) -> T {
        let mut engagement = self.0.remove(id).and_then(Held::into_read).unwrap_or_else(other);
        let done = act(&mut engagement);
        self.insert(engagement);
        done
    }

    /// Keeps those that have been written in.
    pub fn drop_blank(&mut self) {
        self.0
            .retain(|_, held| held.cold.is_some() || held.known().is_some_and(|one| !is_blank(one)));
    }

    /// Whether one that is there cannot be read.
    pub fn is_broken(&self, id: &EngagementId) -> bool {
        self.0.get(id).is_some_and(|held| held.read().is_none())
    }

    /// Those of which it has turned out that they cannot be read.
    pub fn broken(&self) -> Vec<EngagementId> {
        let found = self.0.iter().filter(|(_, held)| matches!(held.read.get(), Some(None)));
        gather(found.map(|(id, _)| id.clone()))
    }
}
