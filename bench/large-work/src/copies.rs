//! Two copies of one engagement, with 1,000 touched items each: what two people bring who began with the same file.

use crate::person::Person;
use engagement_playbook::engagement::{Engagement, StateKey};
use engagement_playbook::exchange::{ImportError, export, import};
use engagement_playbook::playbook::{TaskId, TaskState};
use std::ops::Range;

/// So many items in each copy.
pub const ITEMS: usize = 1_000;
/// So many of them both had before, ...
const BEFORE: usize = 500;
/// ... these somebody changed in mine since, ...
const MINE: Range<usize> = 0..250;
/// ... and these somebody else in theirs.
const THEIRS: Range<usize> = 200..450;
/// Items that both changed: a conflict each, in one field.
pub const CONFLICTS: usize = MINE.end - THEIRS.start;

/// Mine and theirs, as they come out of a file.
///
/// # Errors
/// When the app does not read what it wrote.
pub fn copies() -> Result<[Engagement; 2], ImportError> {
    let start = 1_790_000_000_000;
    let mut base = Engagement::new("large".into());
    touches(&mut base, &mut Person::new("Anna Berger", 0, start), 0..BEFORE);
    let since = |name: &str, number, changed: Range<usize>, state, new: Range<usize>| {
        let mut copy = base.clone();
        let mut person = Person::new(name, number, start + 200 * 24 * 3_600_000);
        for task in tasks(changed) {
            person.puts(&mut copy, &task, StateKey::Whole, state);
        }
        touches(&mut copy, &mut person, new);
        read(&copy)
    };
    let theirs_end = ITEMS + (ITEMS - BEFORE);
    Ok([
        since("Anna Berger", 1, MINE, TaskState::Complete, BEFORE..ITEMS)?,
        since("Sato Yuki", 2, THEIRS, TaskState::Warning, ITEMS..theirs_end)?,
    ])
}

/// Touches items: a state, an owner and a day each.
fn touches(engagement: &mut Engagement, person: &mut Person, items: Range<usize>) {
    for task in tasks(items) {
        person.puts(engagement, &task, StateKey::Whole, TaskState::InProgress);
        person.plans(engagement, &task, "Ben Okafor", "2026-12-11");
    }
}

fn tasks(items: Range<usize>) -> impl Iterator<Item = TaskId> {
    items.filter_map(|number| TaskId::parse(&(1_000 + number).to_string()))
}

/// The engagement after a way through a file.
fn read(engagement: &Engagement) -> Result<Engagement, ImportError> {
    let mut read = import(export(&[engagement]).as_bytes())?;
    read.pop().ok_or(ImportError::Empty)
}

#[cfg(test)]
mod tests {
    use super::*;
    use engagement_playbook::engagement::merge;

    fn touched(engagement: &Engagement) -> usize {
        engagement.to_json()["tasks"]
            .as_object()
            .map_or(0, serde_json::Map::len)
    }

    #[test]
    fn each_copy_has_1000_touched_items_and_they_meet_in_some() {
        let [mine, theirs] = copies().expect("what was written is read");
        assert_eq!((touched(&mine), touched(&theirs)), (ITEMS, ITEMS));
        let merged = merge(&mine, &theirs);
        assert!(merged.news_for_mine && merged.news_for_theirs);
        assert_eq!(touched(&merged.engagement), 2 * ITEMS - BEFORE);
        assert_eq!(merged.engagement.conflicts().len(), CONFLICTS);
    }
}
