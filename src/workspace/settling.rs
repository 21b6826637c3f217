//! Others' journal entries find their place: in the order of each journal, and after what they replaced.
//!
//! An entry whose predecessor is missing waits; its tab will write it again if it lives. When it is dead, or at the next
//! start, the entry is adopted: done again as a new edit of the reader, never under its own number (`t06_...`).

use super::{
    Notice, Workspace,
    journal::Part,
    keys::Key,
    shelf::Shelf,
    store::KeyValue,
    values::{self, Reading},
};
use crate::{
    engagement::{Absorbed, Engagement, Entry, stamp::ReplicaId},
    gather::gather,
    playbook::EngagementId,
};
use std::collections::BTreeSet;

/// Which entry: in the order in which they can be joined.
pub type Waiting = (ReplicaId, EngagementId, u64);

/// Which entries are joined.
#[derive(Clone, Copy)]
enum Ready {
    /// Those of which everything that they replaced has been seen.
    SeenAll,
    /// One that replaced nothing that waits itself: what is missing will not come any more.
    First,
    /// One, whatever it replaced.
    Any,
}

/// An entry, and who wrote it.
#[derive(Clone, Debug)]
pub struct Foreign {
    entry: Entry,
    author: String,
    language: String,
}

impl<S: KeyValue> Workspace<S> {
    /// Lines up what a part of a journal has that is not known yet.
    pub(super) fn line_up(&mut self, part: Part) {
        for entry in part.entries {
            let known = self
                .documents
                .vector(&entry.engagement)
                .map_or(0, |vector| vector.last(part.replica));
            if entry.sequence > known {
                let place = (part.replica, entry.engagement.clone(), entry.sequence);
                let (author, language) = (part.author.clone(), part.language.clone());
                self.waiting.insert(
                    place,
                    Foreign {
                        entry,
                        author,
                        language,
                    },
                );
            }
        }
    }

    /// Joins what can be joined. With `all` the storage has been read whole: then what an entry replaced will not come any
    /// more, and the entry is joined without it.
    pub(super) fn settle(&mut self, all: bool, changed: &mut BTreeSet<EngagementId>) {
        let concerned: BTreeSet<&EngagementId> = gather(self.waiting.keys().map(|(_, id, _)| id));
        let broken = concerned.into_iter().filter(|id| self.documents.is_broken(id)).cloned();
        let broken = broken.collect();
        self.put_broken_aside(broken, changed);
        loop {
            let before = self.waiting.len();
            self.settle_once(Ready::SeenAll, changed);
            let stuck = self.waiting.len() == before;
            // First what replaced nothing that waits, too: joined the other way round, what was replaced would stand again.
            if stuck && !(all && (self.settle_once(Ready::First, changed) || self.settle_once(Ready::Any, changed))) {
                break;
            }
        }
        self.documents.drop_blank();
    }

    /// One walk over what waits: joins what has seen all that it replaced, and of the others the first that is ready.
    fn settle_once(&mut self, mut ready: Ready, changed: &mut BTreeSet<EngagementId>) -> bool {
        let before = self.waiting.len();
        let there: BTreeSet<Waiting> = match ready {
            Ready::First => self.waiting.keys().cloned().collect(),
            Ready::SeenAll | Ready::Any => BTreeSet::new(),
        };
        let Self {
            documents,
            shelf,
            generation,
            stale,
            ..
        } = self;
        self.waiting.retain(|(replica, id, sequence), foreign| {
            documents.write(
                id,
                || stored(shelf, id, *generation),
                |document| {
                    let vector = document.vector();
                    let mut unseen = foreign
                        .entry
                        .writes
                        .iter()
                        .flat_map(|write| &write.replaced)
                        .filter(|dot| !vector.covers(**dot))
                        .peekable();
                    let is_ready = unseen.peek().is_none()
                        || match ready {
                            Ready::SeenAll => false,
                            Ready::First => unseen.all(|dot| !there.contains(&(dot.replica, id.clone(), dot.sequence))),
                            Ready::Any => true,
                        };
                    if *sequence == vector.last(*replica) + 1 && !is_ready {
                        return true;
                    }
                    match document.absorb(&foreign.entry, *replica, &foreign.author, &foreign.language) {
                        Absorbed::Gap => return true,
                        Absorbed::Known => {}
                        Absorbed::Applied => {
                            ready = Ready::SeenAll;
                            stale.insert(id.clone());
                            changed.insert(id.clone());
                        }
                    }
                    false
                },
            )
        });
        self.waiting.len() < before
    }

    /// Adopts what still waits of the replicas in question.
    pub(super) fn adopt(&mut self, now: i64, whose: impl Fn(ReplicaId) -> bool) {
        let orphans: Vec<Waiting> = self
            .waiting
            .keys()
            .filter(|(replica, ..)| whose(*replica))
            .cloned()
            .collect();
        let mut adopted = BTreeSet::new();
        for place in orphans {
            let Some(foreign) = self.waiting.remove(&place) else {
                continue;
            };
            let id = &place.1;
            self.avoid_a_twin(id);
            let by = self.signature(now);
            let Self {
                documents,
                shelf,
                generation,
                ..
            } = self;
            let adopt = |document: &mut Engagement| document.adopt(&foreign.entry, &by);
            if let Some(entry) = documents.write(id, || stored(shelf, id, *generation), adopt) {
                self.stale.insert(id.clone());
                self.enter_own(&[entry]);
                adopted.insert(id.clone());
                self.unreported.insert(id.clone());
            }
            self.keeper.adopted.insert(place);
        }
        self.documents.drop_blank();
        if !adopted.is_empty() {
            self.notices.push(Notice::Adopted(adopted));
        }
    }
}

/// Whether nothing was ever written in it.
pub fn is_blank(engagement: &Engagement) -> bool {
    engagement.vector().0.is_empty() && engagement.body().is_empty()
}

/// The engagement of the stored snapshot, for one that memory does not hold (any more); else an empty one.
fn stored(shelf: &Shelf, id: &EngagementId, generation: u64) -> Engagement {
    let key = Key::Snapshot(id.clone());
    match shelf
        .text(&key)
        .map(|text| values::read(&key, text, generation).0.whole())
    {
        Some(Reading::Snapshot(engagement, _)) => engagement,
        _ => Engagement::new(id.clone()),
    }
}
