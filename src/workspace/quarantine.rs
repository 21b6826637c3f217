//! What cannot be read is put aside byte for byte, named to the user, never overwritten and never deleted.
//!
//! The copy's key carries the checksum of what was copied: tabs that find the same damage make the same copy, and
//! another damage of the same key never lands on it (`t06_...`).

use super::{Workspace, envelope, keys::QUARANTINE, store::KeyValue};

/// Copies what stands under a key to a key of its own, and says which; `None` when there was no room: then nobody may
/// write to the original.
pub fn put_aside(store: &mut impl KeyValue, key: &str) -> Option<String> {
    let text = store.get(key).ok()??;
    let mut number = envelope::fingerprint(&text);
    loop {
        let aside = format!("{QUARANTINE}{number:08x}.{key}");
        match store.get(&aside).ok()? {
            Some(there) if there == text => return Some(aside),
            Some(_) => number = number.wrapping_add(1),
            None => {
                store.copy(key, &aside).ok()?;
                return (store.get(&aside).ok()?? == text).then_some(aside);
            }
        }
    }
}

impl<S: KeyValue> Workspace<S> {
    /// The keys under which something was put aside, sorted.
    #[must_use]
    pub fn set_aside(&self) -> Vec<String> {
        let mut keys = self.store.keys().unwrap_or_default();
        keys.retain(|key| key.starts_with(QUARANTINE));
        keys.sort();
        keys
    }
}
