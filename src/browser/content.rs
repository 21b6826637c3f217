//! The playbook as a document like any other: seeded from the bundle, kept in localStorage, read from there afterwards, and
//! repaired from the bundle when it is damaged or of another version.
//!
//! One key per content file, `ep.p.<path>`: version, checksum, text.

use super::{prefs, shell, storage};
use crate::{playbook::Language, workspace::KeyValue};
use wasm_bindgen::JsValue;

const PREFIX: &str = "ep.p.";

/// How much of the storage the playbook may take, in UTF-16 units.
const MOST: usize = 900_000;

/// The text of a content file. A copy in localStorage is used when it is whole and of this version.
///
/// # Errors
/// The bundle does not have the file, or it cannot be fetched and no copy is kept.
pub async fn load(path: &str) -> Result<String, JsValue> {
    if let Some(text) = kept(path) {
        return Ok(text);
    }
    let text = shell::asset(path).await?;
    keep(path.to_owned(), text.clone());
    Ok(text)
}

fn kept(path: &str) -> Option<String> {
    let value = prefs::get_text(&format!("{PREFIX}{path}"));
    let mut lines = value.splitn(3, '\n');
    let (version, sum, text) = (lines.next()?, lines.next()?, lines.next()?);
    (version == shell::version() && sum == checksum(text)).then(|| text.to_owned())
}

/// A flipped bit or a missing end shows.
fn checksum(text: &str) -> String {
    format!("{:08x}", crc32fast::hash(text.as_bytes()))
}

/// Keeps a copy when the page has nothing else to do; a full storage is no harm, the bundle is the second copy.
fn keep(path: String, text: String) {
    gloo_timers::callback::Timeout::new(1500, move || {
        let value = format!("{}\n{}\n{text}", shell::version(), checksum(&text));
        if make_room(&path, units(&value)) {
            prefs::set_text(&format!("{PREFIX}{path}"), &value);
        }
    })
    .forget();
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Makes room for a file among the playbook's: what is written in other languages goes. Returns whether there is room.
fn make_room(path: &str, needed: usize) -> bool {
    let mut store = storage::open_store();
    let ours = |name: &String| name.strip_prefix(PREFIX).is_some_and(|kept| kept != path);
    let names = store.keys().unwrap_or_default().into_iter().filter(ours);
    let kept: Vec<(String, usize)> = names
        .map(|name| {
            let size = store.get(&name).ok().flatten().map_or(0, |text| units(&text));
            (name, size)
        })
        .collect();
    let mut taken: usize = kept.iter().map(|(_, size)| size).sum();
    let language = Language::of_file(path).or_else(|| Language::parse(&shell::start_language()));
    for (name, size) in kept {
        let written_in = Language::of_file(&name[PREFIX.len()..]);
        if taken + needed > MOST && written_in.is_some() && written_in != language && store.remove(&name).is_ok() {
            taken -= size;
        }
    }
    taken + needed <= MOST
}
