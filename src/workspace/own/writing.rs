//! Writing the parts of this tab's journal: in order, and never over a text that is not ours
//! (`t30_...`).

use super::{OwnJournal, OwnPart};
use crate::workspace::{StoreError, envelope, journal, keys::Key, quarantine::put_aside, store::KeyValue};

/// What was met while writing or mending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Met {
    /// Keys under which somebody else wrote, and where that was put aside.
    pub foreign: Vec<(String, Option<String>)>,
    /// Whether something of ours had vanished.
    pub gone: bool,
}

/// What is found under the key of a part.
pub(super) enum Stands {
    /// What we wrote; nothing, where we have not written yet.
    Ours,
    /// Nothing, although we wrote.
    Gone,
    /// Something that we did not write.
    Foreign,
}

impl OwnPart {
    /// What is found under the part's key. An answer that surprises is asked for twice: it may have been a stale one.
    pub(super) fn stands(&mut self, store: &impl KeyValue, key: &str) -> Result<Stands, StoreError> {
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

impl OwnJournal {
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
        envelope::seal(
            generation,
            &journal::payload(self.replica, &self.author, &self.language, lines),
        )
    }

    /// Somebody else wrote under the key of a part. Whether we may write there now; if not, the part has another key.
    pub(super) fn make_way(&mut self, store: &mut impl KeyValue, place: usize, key: &str, met: &mut Met) -> bool {
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
}
