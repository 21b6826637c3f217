//! Small preferences of this browser: language, theme, own name. Read and written through gloo-storage after a probe,
//! because it panics where storage is blocked; then they last as long as the tab.

use super::storage::why;
use crate::workspace::StoreError;
use gloo_storage::{LocalStorage, Storage};
use serde::{Serialize, de::DeserializeOwned};

/// Whether localStorage may be touched at all.
#[must_use]
pub fn storage_works() -> bool {
    web_sys::window().is_some_and(|window| matches!(window.local_storage(), Ok(Some(_))))
}

/// A preference, when it was set and can be read.
#[must_use]
pub fn get<T: DeserializeOwned>(key: &str) -> Option<T> {
    if storage_works() {
        LocalStorage::get(key).ok()
    } else {
        None
    }
}

/// Sets a preference; without storage it lasts as long as the tab.
pub fn set<T: Serialize>(key: &str, value: &T) {
    if storage_works() {
        let _ = LocalStorage::set(key, value);
    }
}

/// A preference that the shell reads as plain text, too.
pub fn set_text(key: &str, value: &str) {
    if let Some(storage) = web_sys::window().and_then(|window| window.local_storage().ok().flatten()) {
        let _ = if value.is_empty() {
            storage.remove_item(key)
        } else {
            storage.set_item(key, value)
        };
    }
}

/// Keeps a text, or says that it is not kept.
///
/// # Errors
/// There is no room, or the storage is blocked; the old text stands.
pub fn keep_text(key: &str, value: &str) -> Result<(), StoreError> {
    let storage = web_sys::window()
        .and_then(|window| window.local_storage().ok().flatten())
        .ok_or(StoreError::Blocked)?;
    storage.set_item(key, value).map_err(|error| why(&error))
}

/// A preference as plain text; empty when it was not set.
#[must_use]
pub fn get_text(key: &str) -> String {
    web_sys::window()
        .and_then(|window| window.local_storage().ok().flatten())
        .and_then(|storage| storage.get_item(key).ok().flatten())
        .unwrap_or_default()
}
