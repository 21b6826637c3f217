//! The journal of this tab: what was done here, in parts of bounded size, so that an edit writes a bounded number of bytes.
//!
//! * An entry that could not be written is written together with the next, never skipped: parts are written in order, and
//!   a part that fails stops those behind it (`t04_...`).
//! * Entries stay in memory for the tab's life; what snapshot and journal no longer hold is written again (`t29_...`).
//! * Only what a snapshot has covered for 10 seconds under the same keeper is trimmed (`t09_...`).
//! * A text under one of our keys that we did not write is put aside, never overwritten (`t30_...`).

use super::{
    SETTLED, journal,
    keys::Key,
    quarantine::put_aside,
    store::{KeyValue, StoreError},
};
use crate::{
    engagement::{Entry, stamp::ReplicaId},
    playbook::EngagementId,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

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

/// What is found under the key of a part.
enum Stands {
    /// What we wrote; nothing, where we have not written yet.
    Ours,
    /// Nothing, although we wrote.
    Gone,
    /// Something that we did not write.
    Foreign,
}

impl OwnPart {
    /// What is found under the part's key. An answer that surprises is asked for twice: it may have been a stale one.
    fn stands(&mut self, store: &impl KeyValue, key: &str) -> Result<Stands, StoreError> {
        let mut there = store.get(key)?;
        if there != self.written {
            there = store.get(key)?;
        }
        if there.is_some() && there == self.tried {
            self.written = self.tried.take();
        }
        Ok(match there {
            there if there == self.written => Stands::Ours,
            None => Stands::Gone,
            Some(_) => Stands::Foreign,
        })
    }
}

/// Since when a snapshot has covered how much, as long as one keeper writes it.
#[derive(Clone, Debug)]
struct Watched {
    keeper: ReplicaId,
    covered: Vec<(u64, i64)>,
}

/// What was met while writing or checking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Met {
    /// Keys under which somebody else wrote, and where that was put aside.
    pub foreign: Vec<(String, Option<String>)>,
    /// Whether something of ours had vanished.
    pub gone: bool,
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
        self.done.iter().map(|(id, all)| (id.clone(), all.len() as u64)).collect()
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

    /// The keys it may have.
    pub fn keys(&self) -> impl Iterator<Item = Key> + '_ {
        self.parts.iter().map(|part| Key::Journal(self.replica, part.number))
    }

    /// Adds what one edit did; it stays together.
    pub fn push(&mut self, entries: &[Entry]) {
        let mut lines = Vec::new();
        for entry in entries {
            let text: Arc<str> = journal::entry_to_text(entry).into();
            self.done.entry(entry.engagement.clone()).or_default().push(text.clone());
            lines.push(Line { engagement: entry.engagement.clone(), sequence: entry.sequence, text });
        }
        self.push_lines(lines);
    }

    fn push_lines(&mut self, lines: Vec<Line>) {
        let size = |lines: &[Line]| lines.iter().map(|line| line.text.len() + 1).sum::<usize>();
        match self.parts.last_mut() {
            Some(last) if size(&last.lines) + size(&lines) <= LARGEST_PART => {
                last.lines.extend(lines);
                last.dirty = true;
            }
            _ => {
                self.parts.push(OwnPart { number: self.next, lines, written: None, tried: None, dirty: true });
                self.next += 1;
            }
        }
    }

    /// Writes what has to be written.
    ///
    /// # Errors
    /// When something is left to be written with the next edit.
    pub fn write(&mut self, store: &mut impl KeyValue, generation: u64, met: &mut Met) -> Result<(), StoreError> {
        for place in 0..self.parts.len() {
            while self.parts[place].dirty {
                let key = Key::Journal(self.replica, self.parts[place].number).to_string();
                match self.parts[place].stands(store, &key)? {
                    Stands::Ours => {}
                    Stands::Gone => met.gone = true,
                    Stands::Foreign if self.make_way(store, place, &key, met) => {}
                    Stands::Foreign => continue,
                }
                let text = self.text(place, generation);
                let done = store.set(&key, &text);
                let part = &mut self.parts[place];
                if let Err(why) = done {
                    part.tried = Some(text);
                    return Err(why);
                }
                (part.written, part.tried, part.dirty) = (Some(text), None, false);
            }
        }
        Ok(())
    }

    fn text(&self, place: usize, generation: u64) -> String {
        let lines = self.parts[place].lines.iter().map(|line| &*line.text);
        super::envelope::seal(generation, &journal::payload(self.replica, &self.author, &self.language, lines))
    }

    /// Somebody else wrote under the key of a part. Whether we may write there now; if not, the part has another key.
    fn make_way(&mut self, store: &mut impl KeyValue, place: usize, key: &str, met: &mut Met) -> bool {
        let aside = put_aside(store, key);
        let free = aside.is_some();
        met.foreign.push((key.to_owned(), aside));
        let part = &mut self.parts[place];
        part.dirty = true;
        if free {
            part.written = store.get(key).ok().flatten();
        } else {
            (part.number, part.written, part.tried) = (self.next, None, None);
            self.next += 1;
        }
        free
    }

    /// Looks after what was written: what vanished or was overwritten is to be written again, and so are entries that
    /// neither a part nor the snapshot (which has those up to `covered`) holds. Returns the engagements concerned.
    pub fn mend(
        &mut self,
        store: &mut impl KeyValue,
        covered: &BTreeMap<EngagementId, u64>,
        met: &mut Met,
    ) -> BTreeSet<EngagementId> {
        let covered = |id: &EngagementId| covered.get(id).copied().unwrap_or(0);
        let mut again = BTreeSet::new();
        for place in 0..self.parts.len() {
            let key = Key::Journal(self.replica, self.parts[place].number).to_string();
            let part = &mut self.parts[place];
            match part.stands(store, &key) {
                Ok(Stands::Gone) => {
                    part.written = None;
                    // The keeper removes what it has absorbed when it takes this tab for dead; that is no loss.
                    let lost = part.lines.iter().filter(|line| line.sequence > covered(&line.engagement));
                    again.extend(lost.map(|line| line.engagement.clone()));
                    part.lines.retain(|line| line.sequence > covered(&line.engagement));
                    part.dirty = !part.lines.is_empty();
                    met.gone |= part.dirty;
                }
                Ok(Stands::Foreign) => {
                    self.make_way(store, place, &key, met);
                }
                Ok(Stands::Ours) | Err(_) => {}
            }
        }
        self.parts.retain(|part| !part.lines.is_empty());
        let mut missing = Vec::new();
        for (id, all) in &self.done {
            let held: BTreeSet<u64> = self.held(id).collect();
            let wanted = covered(id) + 1..=all.len() as u64;
            missing.extend(wanted.filter(|sequence| !held.contains(sequence)).map(|sequence| {
                Line { engagement: id.clone(), sequence, text: all[(sequence - 1) as usize].clone() }
            }));
        }
        again.extend(missing.iter().map(|line| line.engagement.clone()));
        if !missing.is_empty() {
            self.push_lines(missing);
        }
        again
    }

    fn held(&self, id: &EngagementId) -> impl Iterator<Item = u64> {
        self.parts.iter().flat_map(|part| &part.lines).filter(move |line| line.engagement == *id).map(|line| line.sequence)
    }

    /// Notes what the snapshots cover now, and under which keeper.
    pub fn watch(&mut self, now: i64, mut snapshot: impl FnMut(&EngagementId) -> Option<(u64, ReplicaId)>) {
        for id in self.done.keys() {
            let Some((last, keeper)) = snapshot(id) else {
                self.watched.remove(id);
                continue;
            };
            let watched = self.watched.entry(id.clone()).or_insert_with(|| Watched { keeper, covered: Vec::new() });
            let fell = watched.covered.last().is_some_and(|(before, since)| *before > last || *since > now);
            if watched.keeper != keeper || fell {
                *watched = Watched { keeper, covered: Vec::new() };
            }
            if watched.covered.last().is_none_or(|(before, _)| *before < last) {
                watched.covered.push((last, now));
            }
            // Of what has settled only the last has to be known.
            let settled = watched.covered.iter().filter(|(_, since)| now - since >= SETTLED).count();
            watched.covered.drain(..settled.saturating_sub(1));
        }
    }

    /// Removes parts of which every entry has been covered for long enough. Returns how many.
    pub fn trim(&mut self, store: &mut impl KeyValue, now: i64) -> usize {
        let before = self.parts.len();
        let (replica, watched) = (self.replica, &self.watched);
        self.parts.retain(|part| {
            let key = Key::Journal(replica, part.number).to_string();
            let settled = part.lines.iter().all(|line| {
                let covered = watched.get(&line.engagement).map(|watched| watched.covered.iter()).into_iter().flatten();
                covered.into_iter().any(|(last, since)| *last >= line.sequence && now - since >= SETTLED)
            });
            let untouched = || matches!(store.get(&key), Ok(there) if there == part.written);
            !(settled && !part.dirty && untouched() && store.remove(&key).is_ok())
        });
        before - self.parts.len()
    }

    /// When the next part can be trimmed, if snapshots stay as they are.
    #[must_use]
    pub fn trim_at(&self) -> Option<i64> {
        let settles = |line: &Line| {
            let watched = self.watched.get(&line.engagement)?;
            watched.covered.iter().find(|(last, _)| *last >= line.sequence).map(|(_, since)| since + SETTLED)
        };
        let of_part = |part: &OwnPart| part.lines.iter().map(settles).collect::<Option<Vec<_>>>()?.into_iter().max();
        self.parts.iter().filter_map(of_part).min()
    }

    /// UTF-16 units are not counted here: bytes of what is in parts, as a measure of what a keeper could absorb.
    #[must_use]
    pub fn size(&self) -> usize {
        self.parts.iter().flat_map(|part| &part.lines).map(|line| line.text.len()).sum()
    }
}
