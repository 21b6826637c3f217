//! Unfinished text: what somebody has typed into a box and not saved yet. It comes back when the page is opened again, as
//! long as the value it began from still stands (`t34_...`).
//!
//! ```text
//! ep.d.<place>      one box; the place is the engagement and the field
//! ```
//!
//! It is no work yet: it is in no file, no other copy hears of it, and a full storage does without. What the room is for
//! goes first, so there are few drafts and small ones; the oldest makes way.

use super::{
    SaveState, Workspace,
    envelope::{self, Opened},
    quarantine,
    room::units,
    store::{KeyValue, StoreError},
};
use serde_json::{Value, json};

/// Every key of a draft begins with this.
pub const DRAFTS: &str = "ep.d.";
/// How many boxes keep their text.
pub const MOST_DRAFTS: usize = 20;
/// The longest text that is kept, in bytes: as long as a field may be.
pub const LONGEST_DRAFT: usize = crate::engagement::LONGEST_TEXT;
/// All drafts together, in UTF-16 units of keys and values.
pub const ROOM_FOR_DRAFTS: usize = 400_000;

/// What stands under the key of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stored {
    /// Nothing, or what was erased since.
    Nothing,
    /// A text, what it began from, and when it was typed.
    Draft { text: String, from: String, at: i64 },
    /// Of a newer schema: left alone.
    Newer,
    /// Not as it was written.
    Damaged,
}

/// A short name for the value a draft began from.
fn fingerprint(committed: &str) -> String {
    format!("{}.{:08x}", committed.len(), envelope::fingerprint(committed))
}

fn read(text: Option<&str>, generation: u64) -> Stored {
    let Some(text) = text else { return Stored::Nothing };
    match envelope::open(text) {
        Opened::Newer { .. } => Stored::Newer,
        Opened::Damaged => Stored::Damaged,
        Opened::Ours {
            generation: written, ..
        } if written < generation => Stored::Nothing,
        Opened::Ours { payload, .. } => draft(payload).unwrap_or(Stored::Damaged),
    }
}

fn draft(payload: &str) -> Option<Stored> {
    let value: Value = serde_json::from_str(payload).ok()?;
    Some(Stored::Draft {
        text: value.get("text")?.as_str()?.to_owned(),
        from: value.get("from")?.as_str()?.to_owned(),
        at: value.get("at")?.as_i64()?,
    })
}

impl<S: KeyValue> Workspace<S> {
    /// Keeps what stands in a box, as it is typed. A text that is the saved value, or nothing, is no draft any more.
    ///
    /// # Errors
    /// It is not kept: too long, no room, read-only. What was kept before stands.
    pub fn keep_draft(&mut self, place: &str, committed: &str, text: &str, now: i64) -> Result<(), StoreError> {
        if text == committed || text.is_empty() {
            return self.drop_draft(place);
        }
        if self.save == SaveState::ReadOnly {
            return Err(StoreError::Blocked);
        }
        if text.len() > LONGEST_DRAFT {
            return Err(StoreError::Full);
        }
        let key = format!("{DRAFTS}{place}");
        let payload = json!({ "at": now, "from": fingerprint(committed), "text": text });
        let sealed = envelope::seal(self.generation, &payload.to_string());
        let before = self.store.get(&key)?;
        match read(before.as_deref(), self.generation) {
            Stored::Newer => return Err(StoreError::Blocked),
            Stored::Damaged if quarantine::put_aside(&mut self.store, &key).is_none() => {
                return Err(StoreError::Blocked);
            }
            _ => {}
        }
        let growth = (units(&key) + units(&sealed)).saturating_sub(before.map_or(0, |text| units(&key) + units(&text)));
        self.make_way(&key, growth)?;
        self.store.set(&key, &sealed)
    }

    /// The text that was typed into a box and not saved, when it began from the value that stands there now.
    #[must_use]
    pub fn draft(&self, place: &str, committed: &str) -> Option<String> {
        let stored = self.store.get(&format!("{DRAFTS}{place}")).ok()?;
        match read(stored.as_deref(), self.generation) {
            Stored::Draft { text, from, .. } => (from == fingerprint(committed) && text != committed).then_some(text),
            _ => None,
        }
    }

    /// Forgets what was typed into a box: it is saved, or given up.
    ///
    /// # Errors
    /// It is still there.
    pub fn drop_draft(&mut self, place: &str) -> Result<(), StoreError> {
        if self.save == SaveState::ReadOnly {
            return Err(StoreError::Blocked);
        }
        let key = format!("{DRAFTS}{place}");
        match read(self.store.get(&key)?.as_deref(), self.generation) {
            Stored::Draft { .. } => self.store.remove(&key),
            // What cannot be read is no draft that was saved.
            _ => Ok(()),
        }
    }

    /// The oldest drafts go until another one fits. What cannot be read is not ours to remove.
    fn make_way(&mut self, for_key: &str, growth: usize) -> Result<(), StoreError> {
        let names = self.store.keys()?;
        let (mut drafts, mut used) = (Vec::new(), growth);
        for name in names.into_iter().filter(|name| name.starts_with(DRAFTS)) {
            let text = self.store.get(&name)?;
            let size = units(&name) + text.as_deref().map_or(0, units);
            used += size;
            match read(text.as_deref(), self.generation) {
                Stored::Draft { at, .. } if name != for_key => drafts.push((at, name, size)),
                Stored::Nothing if name != for_key => drafts.push((i64::MIN, name, size)),
                _ => {}
            }
        }
        drafts.sort_unstable();
        let mut count = drafts.len() + 1;
        for (_, name, size) in drafts {
            if count <= MOST_DRAFTS && used <= ROOM_FOR_DRAFTS {
                break;
            }
            self.store.remove(&name)?;
            (count, used) = (count - 1, used.saturating_sub(size));
        }
        Ok(())
    }
}
