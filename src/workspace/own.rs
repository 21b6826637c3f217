//! The journal of this tab: what was done here, in parts of bounded size, so that an edit writes a bounded number of bytes.
//!
//! * An entry that could not be written is written together with the next, never skipped: parts are written in order, and
//!   a part that fails stops those behind it (`t04_...`).
//! * Entries stay in memory for the tab's life; what snapshot and journal no longer hold is written again (`t29_...`).
//! * Only what a snapshot has covered for 10 seconds under the same keeper is trimmed (`t09_...`).
//! * A text under one of our keys that we did not write is put aside, never overwritten (`t30_...`).

mod mending;
mod trimming;
mod writing;

pub use writing::Met;

use super::journal;
use crate::{
    engagement::{Entry, stamp::ReplicaId},
    gather::gather,
    playbook::EngagementId,
};
use std::{collections::BTreeMap, sync::Arc};

/// A part is closed before it grows beyond this, in bytes; one edit is never divided.
pub const LARGEST_PART: usize = 32 * 1024;

/// One journal: everything done here under one replica.
#[derive(Clone, Debug)]
pub struct OwnJournal {
    /// The replica.
    pub replica: ReplicaId,
    /// Who sits here.
    pub author: String,
    /// In which language.
    pub language: String,
    done: BTreeMap<EngagementId, Vec<Arc<str>>>,
    parts: Vec<OwnPart>,
    next: u32,
    watched: BTreeMap<EngagementId, Watched>,
}

#[derive(Clone, Debug)]
struct OwnPart {
    number: u32,
    lines: Vec<Line>,
    /// The text that stands in the storage as far as we know.
    written: Option<String>,
    /// The text of a write that failed; a browser may have kept it all the same.
    tried: Option<String>,
    /// Whether the lines are others than those of the text.
    dirty: bool,
}

#[derive(Clone, Debug)]
struct Line {
    engagement: EngagementId,
    sequence: u64,
    text: Arc<str>,
}

/// Since when a snapshot has covered how much, as long as one keeper writes it.
#[derive(Clone, Debug)]
struct Watched {
    keeper: ReplicaId,
    covered: Vec<(u64, i64)>,
}

impl OwnJournal {
    /// An empty journal.
    #[must_use]
    pub fn new(replica: ReplicaId, author: &str, language: &str) -> Self {
        let (author, language) = (author.to_owned(), language.to_owned());
        Self {
            replica,
            author,
            language,
            done: BTreeMap::new(),
            parts: Vec::new(),
            next: 0,
            watched: BTreeMap::new(),
        }
    }

    /// The last change to an engagement; 0 when there is none.
    #[must_use]
    pub fn last(&self, id: &EngagementId) -> u64 {
        self.done.get(id).map_or(0, |all| all.len() as u64)
    }

    /// The last change to each engagement.
    #[must_use]
    pub fn lasts(&self) -> BTreeMap<EngagementId, u64> {
        gather(self.done.iter().map(|(id, all)| (id.clone(), all.len() as u64)))
    }

    /// Whether nothing was done under it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.done.is_empty()
    }

    /// Whether something has still to be written.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.parts.iter().any(|part| part.dirty)
    }

    /// Adds what one edit did; it stays together. Returns the entries as text.
    pub fn push(&mut self, entries: &[Entry]) -> Vec<Arc<str>> {
        let mut lines = Vec::new();
        for entry in entries {
            let text: Arc<str> = journal::entry_to_text(entry).into();
            self.done
                .entry(entry.engagement.clone())
                .or_default()
                .push(text.clone());
            lines.push(Line {
                engagement: entry.engagement.clone(),
                sequence: entry.sequence,
                text,
            });
        }
        let texts = lines.iter().map(|line: &Line| line.text.clone()).collect();
        self.push_lines(lines);
        texts
    }

    fn push_lines(&mut self, lines: Vec<Line>) {
        let size = |lines: &[Line]| lines.iter().map(|line| line.text.len() + 1).sum::<usize>();
        match self.parts.last_mut() {
            Some(last) if size(&last.lines) + size(&lines) <= LARGEST_PART => {
                last.lines.extend(lines);
                last.dirty = true;
            }
            _ => {
                self.parts.push(OwnPart {
                    number: self.next,
                    lines,
                    written: None,
                    tried: None,
                    dirty: true,
                });
                self.next += 1;
            }
        }
    }

    /// Bytes of what stands in parts.
    #[must_use]
    pub fn size(&self) -> usize {
        self.parts
            .iter()
            .flat_map(|part| &part.lines)
            .map(|line| line.text.len())
            .sum()
    }
}
