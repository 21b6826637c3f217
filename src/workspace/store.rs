//! What a place for work must be able to do: keep texts under keys. The browser's localStorage is one, memory another.
//!
//! A read that fails is not the same as nothing there: whoever takes one for the other overwrites what it could not
//! read. So every call can fail, and says how.

use std::collections::BTreeMap;

/// Why a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum StoreError {
    /// There is no room; the old value stands.
    #[error("the storage is full")]
    Full,
    /// The storage does not answer: forbidden, gone, broken.
    #[error("the storage is blocked")]
    Blocked,
}

impl StoreError {
    /// What a browser means by the name and the code of what it throws. Full goes by several of either; one of them is
    /// enough, since old browsers give the one and new ones the other. Anything else is blocked (`t04_...`).
    #[must_use]
    pub fn named(name: Option<&str>, code: Option<f64>) -> Self {
        let full = matches!(name, Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED"))
            || matches!(code, Some(22.0 | 1014.0));
        if full { Self::Full } else { Self::Blocked }
    }
}

/// Texts under keys. One `set` is atomic: afterwards the old text stands or the new one.
pub trait KeyValue {
    /// The text under a key; `None` when there is none.
    ///
    /// # Errors
    /// When it cannot be known what stands there.
    fn get(&self, key: &str) -> Result<Option<String>, StoreError>;

    /// Puts a text under a key.
    ///
    /// # Errors
    /// When the old text stands.
    fn set(&mut self, key: &str, text: &str) -> Result<(), StoreError>;

    /// Takes a key away.
    ///
    /// # Errors
    /// When it stands as before.
    fn remove(&mut self, key: &str) -> Result<(), StoreError>;

    /// Every key there is, ours and others', in any order.
    ///
    /// # Errors
    /// When they cannot be known.
    fn keys(&self) -> Result<Vec<String>, StoreError>;

    /// Copies a text as it is. The browser's side does it without reading it as UTF-8, so that even half a character
    /// stays what it is.
    ///
    /// # Errors
    /// When nothing was copied.
    fn copy(&mut self, from: &str, to: &str) -> Result<(), StoreError> {
        match self.get(from)? {
            Some(text) => self.set(to, &text),
            None => Ok(()),
        }
    }
}

/// For when the browser's storage is blocked: the app works, and says that nothing outlives the tab.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory(BTreeMap<String, String>);

impl KeyValue for Memory {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self.0.get(key).cloned())
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), StoreError> {
        self.0.insert(key.to_owned(), text.to_owned());
        Ok(())
    }

    fn remove(&mut self, key: &str) -> Result<(), StoreError> {
        self.0.remove(key);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.0.keys().cloned().collect())
    }
}
