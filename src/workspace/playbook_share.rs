//! The playbook's share of the storage: copies of content files, which the bundle brings anyway.
//!
//! When the share is used up, files in other languages than the one in use go first, and what still does not fit is not kept
//! (`files_in_other_languages_go_first_and_only_as_many_as_must`).

use super::{
    room::{PLAYBOOK, units},
    store::KeyValue,
};
use crate::playbook::Language;
use std::collections::BTreeMap;

/// What the keys of content files begin with; the path follows, such as `words/ja/migration.json`.
pub const PLAYBOOK_KEYS: &str = "ep.p.";

/// Keeps content files, by their paths, within the playbook's share. What does not fit, or is refused, is not kept.
pub fn keep_playbook<S: KeyValue>(store: &mut S, files: &[(String, String)], language: Option<Language>) {
    let mut kept: BTreeMap<String, usize> = BTreeMap::new();
    for name in store.keys().unwrap_or_default() {
        if name.starts_with(PLAYBOOK_KEYS) {
            let text = store.get(&name).ok().flatten().unwrap_or_default();
            kept.insert(name.clone(), units(&name) + units(&text));
        }
    }
    for (path, text) in files {
        let name = format!("{PLAYBOOK_KEYS}{path}");
        let needed = units(&name) + units(text);
        let before = kept.remove(&name);
        if make_room(store, &mut kept, needed, language) && store.set(&name, text).is_ok() {
            kept.insert(name, needed);
        } else if let Some(before) = before {
            kept.insert(name, before);
        }
    }
}

/// Removes files in other languages until there is room. Returns whether there is.
fn make_room<S: KeyValue>(
    store: &mut S,
    kept: &mut BTreeMap<String, usize>,
    needed: usize,
    language: Option<Language>,
) -> bool {
    let is_other = |name: &&String| {
        let written_in = Language::of_file(&name[PLAYBOOK_KEYS.len()..]);
        written_in.is_some() && written_in != language
    };
    let others: Vec<String> = kept.keys().filter(is_other).cloned().collect();
    for name in others {
        if kept.values().sum::<usize>() + needed <= PLAYBOOK {
            break;
        }
        if store.remove(&name).is_ok() {
            kept.remove(&name);
        }
    }
    kept.values().sum::<usize>() + needed <= PLAYBOOK
}
