//! WHAT HAS BEEN DONE: one engagement, changed by `apply` and combined with another copy of itself by `merge`.
//!
//! Pure: no clock, no randomness, no browser; time and author come in as arguments. It does not know the playbook either:
//! which tasks there are and what they ask for is a question of `rules`.
//!
//! Where to start: `change` lists everything a person can do, `record` everything that can be read, `register` how one
//! field merges, `merge` the laws.

mod body;
mod change;
mod conflict;
mod fields;
mod history;
mod merge;
pub mod node;
mod places;
mod record;
pub mod register;
pub mod stamp;
mod vector;

pub use body::{
    DEEPEST, Fault, FaultKind, KNOWN, LONGEST_TEXT, Shape, check_write, is_list, shape_of, written_from_json,
    written_to_json,
};
pub use change::{Change, Put, StateKey};
pub use conflict::{Claim, Conflict};
pub use fields::{Datum, EntryField, EntryKind, Factor, FactorState, Field, ProcessField, ServiceField};
pub use history::{History, LONGEST_KEPT, OF_AN_ENGAGEMENT, OF_AN_ITEM, Record};
pub use merge::{Merged, merge};
pub use record::{LastChange, ListEntry, Note, TaskRecord, parse_day};
pub use vector::{Session, Vector};

use crate::playbook::EngagementId;
use node::{Branch, Path};
use register::{Register, Written};
use serde_json::Value;
use stamp::{Dot, Mark, ReplicaId, Stamp};

/// One customer's engagement.
#[derive(Clone, Debug, PartialEq)]
pub struct Engagement {
    id: EngagementId,
    vector: Vector,
    body: Branch,
    history: History,
}

/// Who changes something, and when; the stamp of each written field is made from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// UTC milliseconds.
    pub now: i64,
    /// This start of this tab.
    pub replica: ReplicaId,
    /// The author's name as given in the settings; may be empty.
    pub author: String,
    /// The language of the app at that time, as a tag.
    pub language: String,
}

/// One change as it goes into the journal: enough to do it again to any copy.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The engagement that was changed.
    pub engagement: EngagementId,
    /// Counted from 1, without gaps, per replica and engagement.
    pub sequence: u64,
    /// The fields that were written.
    pub writes: Vec<Write>,
}

/// One field as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Write {
    /// Where in the body.
    pub path: Path,
    /// The value with its stamp.
    pub written: Written,
    /// The changes that it saw there and replaced.
    pub replaced: Vec<Dot>,
}

/// What became of a journal entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absorbed {
    /// It was new and is in.
    Applied,
    /// It had been seen before.
    Known,
    /// The change before it is missing; nothing was done.
    Gap,
}

impl Engagement {
    /// An engagement in which nothing has been written.
    #[must_use]
    pub fn new(id: EngagementId) -> Self {
        Self {
            id,
            vector: Vector::default(),
            body: Branch::new(),
            history: History::default(),
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &EngagementId {
        &self.id
    }

    /// What this copy has seen, and who wrote.
    #[must_use]
    pub fn vector(&self) -> &Vector {
        &self.vector
    }

    /// The tree of fields.
    #[must_use]
    pub fn body(&self) -> &Branch {
        &self.body
    }

    /// What has been changed, by whom and when, as far back as it is kept.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The same work with only the newest part of its history.
    #[must_use]
    pub fn with_recent_history(&self, most: usize) -> Self {
        Self {
            history: self.history.newest(most),
            ..self.clone()
        }
    }

    /// Whether both hold the same work and have seen the same; how far back their histories reach does not matter.
    #[must_use]
    pub fn is_same_work(&self, other: &Self) -> bool {
        (&self.id, &self.vector, &self.body) == (&other.id, &other.vector, &other.body)
    }

    /// Does what a person did. Returns the entry for the journal, or `None` when everything was so already.
    pub fn apply(&mut self, change: &Change, by: &Signature) -> Option<Entry> {
        self.write(places::writes(self, change), by)
    }

    /// Writes values as a new change of `by`; fields that show that value without a conflict are left alone.
    fn write(&mut self, values: Vec<(Path, Value)>, by: &Signature) -> Option<Entry> {
        let sequence = self.vector.last(by.replica) + 1;
        let mut writes = Vec::new();
        for (path, value) in values {
            let names: Vec<&str> = path.iter().map(String::as_str).collect();
            let old = node::find(&self.body, &names);
            let same = match old {
                Some(register) => register.others().is_empty() && register.shown().value == value,
                None => value.is_null() || !node::is_free(&self.body, &names),
            };
            if same {
                continue;
            }
            let stamp = Stamp::new(by.now, by.replica, old.map(Register::stamp));
            let replaced = old.map(|register| register.dots().collect()).unwrap_or_default();
            writes.push(Write {
                path,
                written: Written {
                    value,
                    mark: Mark { stamp, sequence },
                },
                replaced,
            });
        }
        if writes.is_empty() {
            return None;
        }
        let entry = Entry {
            engagement: self.id.clone(),
            sequence,
            writes,
        };
        self.absorb(&entry, by.replica, &by.author, &by.language);
        Some(entry)
    }

    /// Does again what a journal says: at most once, and only in order.
    pub fn absorb(&mut self, entry: &Entry, replica: ReplicaId, author: &str, language: &str) -> Absorbed {
        let last = self.vector.last(replica);
        if entry.sequence <= last {
            return Absorbed::Known;
        }
        if entry.sequence > last + 1 {
            return Absorbed::Gap;
        }
        for write in &entry.writes {
            let names: Vec<&str> = write.path.iter().map(String::as_str).collect();
            let after = Register::after(node::find(&self.body, &names), write.written.clone(), &write.replaced);
            node::put(&mut self.body, &write.path, after);
        }
        self.vector
            .0
            .entry(replica)
            .or_insert_with(|| Session {
                author: author.to_owned(),
                language: language.to_owned(),
                sequence: 0,
            })
            .sequence = entry.sequence;
        self.history.add(entry, replica);
        Absorbed::Applied
    }

    /// Enters a change that is known already in the history, where it is not in it: it had been cut off.
    pub fn recall(&mut self, entry: &Entry, replica: ReplicaId) {
        let dot = Dot {
            replica,
            sequence: entry.sequence,
        };
        if self.vector.covers(dot) && self.history.get(dot).is_none() {
            self.history.add(entry, replica);
        }
    }

    /// Takes an entry whose predecessor is lost as a new edit of the reader, under the reader's own number.
    ///
    /// The new stamp is newer than the entry's, and a field that shows something as new is left alone: so an entry that is
    /// found again, by another tab or at the next start, never undoes what was written since.
    pub fn adopt(&mut self, entry: &Entry, by: &Signature) -> Option<Entry> {
        let is_news = |write: &&Write| {
            let names: Vec<&str> = write.path.iter().map(String::as_str).collect();
            node::find(&self.body, &names).is_none_or(|register| register.stamp() < write.written.mark.stamp)
        };
        let news: Vec<&Write> = entry.writes.iter().filter(is_news).collect();
        let newest = news.iter().map(|write| write.written.mark.stamp).max()?;
        let values = news
            .iter()
            .map(|write| (write.path.clone(), write.written.value.clone()))
            .collect();
        self.write(
            values,
            &Signature {
                now: by.now.max(newest.at + 1),
                ..by.clone()
            },
        )
    }
}
