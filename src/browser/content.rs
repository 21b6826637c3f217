//! The playbook as a document like any other: seeded from the bundle, kept in localStorage, read from there afterwards, and
//! repaired from the bundle when it is damaged or of another version.
//!
//! One key per content file, `ep.p.<path>`: version, checksum, text.

use super::{prefs, shell, storage};
use crate::{
    playbook::Language,
    workspace::{PLAYBOOK_KEYS, keep_playbook},
};
use std::cell::RefCell;
use wasm_bindgen::JsValue;

/// The text of a content file. A copy in localStorage is used when it is whole and of this version.
///
/// # Errors
/// The bundle does not have the file, or it cannot be fetched and no copy is kept.
pub async fn load(path: &str) -> Result<String, JsValue> {
    if let Some(text) = kept(path) {
        return Ok(text);
    }
    let text = shell::asset(path).await?;
    keep(path.to_owned(), &text);
    Ok(text)
}

fn kept(path: &str) -> Option<String> {
    let value = prefs::get_text(&format!("{PLAYBOOK_KEYS}{path}"));
    let mut lines = value.splitn(3, '\n');
    let (version, sum, text) = (lines.next()?, lines.next()?, lines.next()?);
    (version == shell::version() && sum == checksum(text)).then(|| text.to_owned())
}

/// A flipped bit or a missing end shows.
fn checksum(text: &str) -> String {
    format!("{:08x}", crc32fast::hash(text.as_bytes()))
}

thread_local! {
    /// Files that wait to be kept, as they will stand in the storage.
    static WAITING: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// Keeps a copy when the page has nothing else to do, with those that were loaded about then; a full storage is no harm, the
/// bundle is the second copy.
fn keep(path: String, text: &str) {
    let value = format!("{}\n{}\n{text}", shell::version(), checksum(text));
    let waiting = WAITING.with_borrow_mut(|waiting| {
        waiting.push((path, value));
        waiting.len()
    });
    if waiting == 1 {
        gloo_timers::callback::Timeout::new(1500, || {
            let language = Language::parse(&shell::chosen_language());
            keep_playbook(&mut storage::open_store(), &WAITING.take(), language);
        })
        .forget();
    }
}
