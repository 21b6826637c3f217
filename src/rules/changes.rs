//! The history of an engagement as lines to read: who changed what, from what to what, and whether it still shows.
//!
//! What a field showed before is what the change before it wrote there, as far as that is known.

use crate::engagement::{Engagement, node::Path, stamp::Dot};
use serde_json::Value;
use std::collections::BTreeMap;

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryLine {
    /// Which change it is.
    pub dot: Dot,
    /// When, UTC milliseconds by the author's clock.
    pub at: i64,
    /// Who; empty when no name was given.
    pub author: String,
    /// What it wrote.
    pub fields: Vec<HistoryField>,
}

/// One field that a change wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryField {
    /// The field.
    pub path: Path,
    /// What it wrote; `None` where that was too long to be kept. A removal is an empty list.
    pub value: Option<Value>,
    /// What had been written there before, by anybody; `None` where that is not known.
    pub before: Option<Value>,
    /// Whether the field shows that value now.
    pub shows: bool,
}

/// The history of one item (`tasks`, `994`), or of everything; the newest change first.
#[must_use]
pub fn history(engagement: &Engagement, item: Option<&[String]>) -> Vec<HistoryLine> {
    let mut last: BTreeMap<&Path, Option<&Value>> = BTreeMap::new();
    let mut lines = Vec::new();
    let records = engagement.history().newest_first();
    for (dot, record) in records.into_iter().rev() {
        if item.is_some_and(|item| !record.writes.iter().any(|(path, _)| path.starts_with(item))) {
            continue;
        }
        let of = |(path, value): &(Path, Option<Value>), before: Option<Option<&Value>>| HistoryField {
            path: path.clone(),
            value: value.clone(),
            before: before.flatten().cloned(),
            shows: engagement.dot_of(path) == Some(dot) || value.is_some() && engagement.shown(path) == value.as_ref(),
        };
        let fields = record
            .writes
            .iter()
            .map(|write| of(write, last.get(&write.0).copied()))
            .collect();
        lines.push(HistoryLine {
            dot,
            at: record.at,
            author: engagement.vector().author(dot.replica).to_owned(),
            fields,
        });
        last.extend(record.writes.iter().map(|(path, value)| (path, value.as_ref())));
    }
    lines.reverse();
    lines
}

/// Everybody who stands in the history, each once, by name.
#[must_use]
pub fn people(lines: &[HistoryLine]) -> Vec<String> {
    let mut names: Vec<String> = lines.iter().map(|line| line.author.clone()).collect();
    names.sort();
    names.dedup();
    names
}
