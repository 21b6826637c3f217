//! Who changed what, and when: the changes themselves, as they went by. It travels in the file and never decides a merge.
//!
//! A record is one change under its (replica, sequence), so that two histories join by union. What is kept is bounded: the
//! newest 20 of each item, and of those the newest 1,000. A record belongs to one item only, the one of its first field; so
//! it does not matter whether one bounds before joining or after (`t22_...`). A value that is too long to be kept twice is
//! named without its words.

use super::{
    Entry, Fault, FaultKind, Shape, check_write,
    node::Path,
    shape_of,
    stamp::{Dot, LATEST, ReplicaId},
    vector::Vector,
};
use serde_json::{Map, Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// How many records of one item are kept.
pub const OF_AN_ITEM: usize = 20;
/// How many records of an engagement are kept, in the file and in memory.
pub const OF_AN_ENGAGEMENT: usize = 1_000;
/// Bytes of a value, as JSON, beyond which a record names the field only.
pub const LONGEST_KEPT: usize = 4 * 1024;

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// When, UTC milliseconds by the author's clock.
    pub at: i64,
    /// The fields that were written; the value is `None` where it was too long to be kept, and `[]` for a removal.
    pub writes: Vec<(Path, Option<Value>)>,
}

impl Record {
    /// What it is about: a task, a note, a service ... as the first two members of its first path.
    #[must_use]
    pub fn item(&self) -> &[String] {
        let path = self.writes.first().map(|(path, _)| path.as_slice()).unwrap_or_default();
        &path[..path.len().min(2)]
    }
}

/// The changes that are still known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History(BTreeMap<Dot, Arc<Record>>);

impl History {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One change.
    #[must_use]
    pub fn get(&self, dot: Dot) -> Option<&Record> {
        self.0.get(&dot).map(|record| &**record)
    }

    /// Every change, the newest first.
    #[must_use]
    pub fn newest_first(&self) -> Vec<(Dot, &Record)> {
        let mut all: Vec<(Dot, &Record)> = self.0.iter().map(|(dot, record)| (*dot, &**record)).collect();
        all.sort_unstable_by_key(|(dot, record)| std::cmp::Reverse((record.at, *dot)));
        all
    }

    /// Adds a change as it is done.
    pub(super) fn add(&mut self, entry: &Entry, replica: ReplicaId) {
        let Some(first) = entry.writes.first() else { return };
        let record = Record {
            at: first.written.mark.stamp.at,
            writes: entry
                .writes
                .iter()
                .map(|write| (write.path.clone(), kept(&write.path, &write.written.value)))
                .collect(),
        };
        let dot = Dot {
            replica,
            sequence: entry.sequence,
        };
        let record = Arc::new(record);
        self.0.insert(dot, record.clone());
        // It was bounded before: at most one is over, of this item or of all.
        let of_item = |(_, one): &(&Dot, &Arc<Record>)| one.item() == record.item();
        if self.0.iter().filter(of_item).count() > OF_AN_ITEM {
            self.drop_oldest(of_item);
        }
        if self.0.len() > OF_AN_ENGAGEMENT {
            self.drop_oldest(|_| true);
        }
    }

    fn drop_oldest(&mut self, among: impl Fn(&(&Dot, &Arc<Record>)) -> bool) {
        let oldest = self.0.iter().filter(among).map(|(dot, one)| (one.at, *dot)).min();
        if let Some((_, dot)) = oldest {
            self.0.remove(&dot);
        }
    }

    /// What both know.
    #[must_use]
    pub(super) fn join(&self, other: &Self) -> Self {
        let mut joined = self.clone();
        for (dot, record) in &other.0 {
            match joined.0.get(dot) {
                // One change with two values (a restored profile): the greater one, everywhere the same.
                Some(mine) if text(mine) >= text(record) => {}
                _ => drop(joined.0.insert(*dot, record.clone())),
            }
        }
        joined.bound(OF_AN_ENGAGEMENT);
        joined
    }

    /// Only the newest ones.
    #[must_use]
    pub(super) fn newest(&self, most: usize) -> Self {
        let mut fewer = self.clone();
        fewer.bound(most);
        fewer
    }

    fn bound(&mut self, most: usize) {
        if self.0.len() <= OF_AN_ITEM {
            return;
        }
        let mut of_item: BTreeMap<&[String], Vec<(i64, Dot)>> = BTreeMap::new();
        for (dot, record) in &self.0 {
            of_item.entry(record.item()).or_default().push((record.at, *dot));
        }
        let mut over: BTreeSet<Dot> = BTreeSet::new();
        for all in of_item.values_mut().filter(|all| all.len() > OF_AN_ITEM) {
            all.sort_unstable();
            over.extend(all[..all.len() - OF_AN_ITEM].iter().map(|(_, dot)| *dot));
        }
        self.0.retain(|dot, _| !over.contains(dot));
        if self.0.len() > most {
            let mut all: Vec<(i64, Dot)> = self.0.iter().map(|(dot, record)| (record.at, *dot)).collect();
            all.sort_unstable();
            all.truncate(all.len() - most);
            for (_, dot) in all {
                self.0.remove(&dot);
            }
        }
    }

    /// The member `history` of a file: `{"<replica>.<sequence>": [time, [path, value], ...]}`.
    #[must_use]
    pub(super) fn to_json(&self) -> Map<String, Value> {
        self.0
            .iter()
            .map(|(dot, record)| (dot.to_string(), record_to_json(record)))
            .collect()
    }

    /// Reads the member `history` of a file.
    pub(super) fn from_json(value: &Value, vector: &Vector) -> Result<Self, Fault> {
        let fault = |name: Option<&str>, kind| Fault {
            path: std::iter::once("history").chain(name).map(str::to_owned).collect(),
            kind,
        };
        let members = value.as_object().ok_or_else(|| fault(None, FaultKind::NotAnObject))?;
        let mut history = Self::default();
        for (name, line) in members {
            let dot: Dot = name.parse().map_err(|()| fault(Some(name), FaultKind::NotAnId))?;
            if !vector.covers(dot) {
                return Err(fault(Some(name), FaultKind::NotInReplicas));
            }
            let record = record_from_json(line).ok_or_else(|| fault(Some(name), FaultKind::NotARecord))?;
            history.0.insert(dot, Arc::new(record));
        }
        history.bound(OF_AN_ENGAGEMENT);
        Ok(history)
    }
}

fn text(record: &Record) -> String {
    record_to_json(record).to_string()
}

/// The value as a record keeps it: a removal without the list of what it saw, nothing where it is too long.
fn kept(path: &[String], value: &Value) -> Option<Value> {
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    if value.is_array() && shape_of(&names) == Some(Shape::Dots) {
        return Some(json!([]));
    }
    (value.to_string().len() <= LONGEST_KEPT).then(|| value.clone())
}

fn record_to_json(record: &Record) -> Value {
    let writes = record.writes.iter().map(|(path, value)| match value {
        Some(value) => json!([path, value]),
        None => json!([path]),
    });
    Value::Array(std::iter::once(json!(record.at)).chain(writes).collect())
}

fn record_from_json(line: &Value) -> Option<Record> {
    let (at, writes) = line.as_array()?.split_first()?;
    let writes: Vec<(Path, Option<Value>)> = writes.iter().map(write_from_json).collect::<Option<_>>()?;
    let at = at.as_i64().filter(|at| (0..=LATEST).contains(at))?;
    (!writes.is_empty()).then_some(Record { at, writes })
}

fn write_from_json(write: &Value) -> Option<(Path, Option<Value>)> {
    let (path, value) = write.as_array()?.split_first()?;
    let path: Path = path
        .as_array()?
        .iter()
        .map(|name| name.as_str().map(str::to_owned))
        .collect::<Option<_>>()?;
    let value = match value {
        [] => None,
        [value] => Some(value.clone()),
        _ => return None,
    };
    check_write(&path, value.as_ref().unwrap_or(&Value::Null)).ok()?;
    Some((path, value))
}
