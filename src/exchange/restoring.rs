//! Back to an earlier copy: what has to be written so that an engagement shows again what the copy shows.
//!
//! It is written as new edits, all in one step: nothing is displaced, colleagues get it like any other edit, and it can be
//! taken back (`t38_a_restore_shows_what_the_copy_shows`). What the copy does not know yet is emptied or, as an entry of a
//! list, removed; its words stay in the file.

use crate::engagement::{Engagement, Put, is_list, node, node::Path};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The writes after which `mine` shows what `copy` shows; none where it does already, or for another engagement.
#[must_use]
pub fn restore(mine: &Engagement, copy: &Engagement) -> Vec<Put> {
    if mine.id() != copy.id() {
        return Vec::new();
    }
    let all: BTreeSet<Path> = places(mine).union(&places(copy)).cloned().collect();
    let entries: BTreeSet<&[String]> = all
        .iter()
        .filter(|path| is_entry(path))
        .map(|path| &path[..2])
        .collect();
    let mut puts = Vec::new();
    for path in &all {
        if is_entry(path) && (path[2] == "removed" || !copy.is_there(&path[..2])) {
            continue;
        }
        let value = copy.shown(path).unwrap_or(&Value::Null);
        if mine.shown(path).unwrap_or(&Value::Null) != value {
            puts.push(put(path.clone(), value.clone()));
        }
    }
    for entry in entries {
        let removed = [entry, &["removed".to_owned()]].concat();
        match (mine.is_there(entry), copy.is_there(entry)) {
            (true, false) => {
                let seen: Vec<String> = mine.dots_of(entry).iter().map(ToString::to_string).collect();
                puts.push(put(removed, json!(seen)));
            }
            (false, true) => puts.push(put(removed, Value::Null)),
            _ => {}
        }
    }
    puts
}

fn put(path: Path, value: Value) -> Put {
    Put {
        path,
        value,
        only_over: None,
    }
}

/// Every field that was ever written.
fn places(engagement: &Engagement) -> BTreeSet<Path> {
    let mut all = BTreeSet::new();
    node::each(engagement.body(), &mut |path, _| {
        all.insert(path.iter().map(|name| (*name).to_owned()).collect());
    });
    all
}

/// Whether a path leads into an entry of a list.
fn is_entry(path: &[String]) -> bool {
    path.len() == 3 && is_list(&path[0])
}
