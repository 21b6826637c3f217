//! What one item costs in a file: a task with three stamped fields.

use crate::person::Person;
use engagement_playbook::engagement::{Engagement, StateKey};
use engagement_playbook::exchange::export;
use engagement_playbook::playbook::{TaskId, TaskState};

/// So many items stand beside it.
const OTHERS: usize = 100;

/// What stands in its fields.
const VALUES: [&str; 3] = ["in-progress", "Anna Berger", "2026-11-20"];

/// Bytes of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// The item: its state, owner and day, each with its stamp.
    pub item: usize,
    /// Of these, what was written.
    pub values: usize,
    /// What the history says about it beside: three changes.
    pub history: usize,
}

/// What the last of some items costs.
#[must_use]
pub fn cost() -> Cost {
    let (fewer, more) = (sizes(OTHERS), sizes(OTHERS + 1));
    let item = more.1 - fewer.1;
    Cost {
        item,
        values: VALUES.iter().map(|value| value.len() + "\"\"".len()).sum(),
        history: more.0 - fewer.0 - item,
    }
}

/// The size of a file with so many items, and without its history.
fn sizes(items: usize) -> (usize, usize) {
    let [_, owner, due] = VALUES;
    let mut engagement = Engagement::new("large".into());
    let mut anna = Person::new("Anna Berger", 0, 1_790_000_000_000);
    // Ids as long as the playbook's.
    let tasks = (0..items).filter_map(|number| TaskId::parse(&(3_000 + number).to_string()));
    for task in tasks {
        anna.puts(&mut engagement, &task, StateKey::Whole, TaskState::InProgress);
        anna.plans(&mut engagement, &task, owner, due);
    }
    let mut members = engagement.to_json();
    members.remove("history");
    let bare = Engagement::from_json(&members).unwrap_or_else(|_| Engagement::new("large".into()));
    (export(&[&engagement]).len(), export(&[&bare]).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cost_is_of_the_item_its_values_and_its_history() {
        let cost = cost();
        assert!((100..=125).contains(&(cost.item - cost.values)), "{cost:?}");
        assert!((150..=300).contains(&cost.history), "{cost:?}");
        assert_eq!(cost.values, 38);
    }
}
