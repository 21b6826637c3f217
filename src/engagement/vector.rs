//! What a copy has seen: per replica the last change, and who sat at that replica.
//!
//! A vector is joined only with the whole document. It is also the table of authors: each writing session costs
//! one short line of the file.

use super::stamp::{Dot, ReplicaId};
use std::collections::BTreeMap;

/// Who wrote during one start of a tab, in which language, and how many changes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Session {
    /// The author's name as given in the settings; may be empty.
    pub author: String,
    /// The language of what was written, as a tag.
    pub language: String,
    /// The last change that this copy has seen; changes are counted from 1.
    pub sequence: u64,
}

/// The sessions that wrote to a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vector(pub BTreeMap<ReplicaId, Session>);

impl Vector {
    /// Whether the change has been seen.
    #[must_use]
    pub fn covers(&self, dot: Dot) -> bool {
        dot.sequence <= self.last(dot.replica)
    }

    /// The last change seen of a replica; 0 when none.
    #[must_use]
    pub fn last(&self, replica: ReplicaId) -> u64 {
        self.0.get(&replica).map_or(0, |session| session.sequence)
    }

    /// Whether everything the other has seen has been seen here.
    #[must_use]
    pub fn covers_all(&self, other: &Vector) -> bool {
        other
            .0
            .iter()
            .all(|(replica, session)| session.sequence <= self.last(*replica))
    }

    /// Whether both have seen the same; who sat at the replicas does not matter.
    #[must_use]
    pub fn is_as_far_as(&self, other: &Vector) -> bool {
        self.covers_all(other) && other.covers_all(self)
    }

    /// Who sat at a replica; empty when unknown.
    #[must_use]
    pub fn author(&self, replica: ReplicaId) -> &str {
        self.0.get(&replica).map_or("", |session| &session.author)
    }

    /// Everything either has seen. Two names for one replica (a restored profile): the greater one, everywhere the same.
    #[must_use]
    pub fn join(&self, other: &Vector) -> Vector {
        let mut joined = self.clone();
        for (replica, theirs) in &other.0 {
            let mine = joined.0.entry(*replica).or_insert_with(|| theirs.clone());
            let sequence = mine.sequence.max(theirs.sequence);
            if (&theirs.author, &theirs.language) > (&mine.author, &mine.language) {
                *mine = theirs.clone();
            }
            mine.sequence = sequence;
        }
        joined
    }
}
