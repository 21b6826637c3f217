//! What stands under a key, once its envelope is open: one place that knows the payloads of snapshot, import and marker
//! (`t06_a_whole_envelope_with_foreign_words_is_damage`).

use super::{
    cold::Cold,
    envelope::{self, Opened},
    journal,
    keys::Key,
    trash::Marker,
};
use crate::engagement::{Engagement, stamp::ReplicaId};
use serde_json::{Map, Value, json};

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A whole engagement, and the keeper that wrote it.
    Snapshot(Engagement, ReplicaId),
    /// The same, kept small and not looked into.
    Cold(Cold, ReplicaId),
    /// A part of a tab's journal.
    Journal(journal::Part),
    /// One engagement of an import of so many.
    MergeIn(Engagement, usize),
    /// A marker of the trash.
    Trash(Marker),
    /// Written before everything was erased.
    Older,
    /// Of a newer schema.
    Newer,
    /// Not as it was written.
    Damaged,
}

impl Reading {
    /// The same with an engagement that was kept small as a whole one; damage where it cannot be read.
    #[must_use]
    pub fn whole(self) -> Self {
        match self {
            Self::Cold(cold, keeper) => cold.thaw().map_or(Self::Damaged, |one| Self::Snapshot(one, keeper)),
            other => other,
        }
    }
}

/// Reads what stands under a key, and how often everything had been erased when it was written.
#[must_use]
pub fn read(key: &Key, text: &str, generation: u64) -> (Reading, u64) {
    match envelope::open(text) {
        Opened::Newer { .. } => (Reading::Newer, generation),
        Opened::Damaged => (Reading::Damaged, generation),
        Opened::Ours {
            generation: written, ..
        } if written < generation => (Reading::Older, generation),
        Opened::Ours {
            generation: written,
            payload,
        } => (read_payload(key, payload).unwrap_or(Reading::Damaged), written),
    }
}

fn read_payload(key: &Key, payload: &str) -> Option<Reading> {
    if let Key::Journal(replica, _) = key {
        return journal::read(payload, *replica).map(Reading::Journal);
    }
    let value: Value = serde_json::from_str(payload).ok()?;
    let cold = || Cold::from_json(value.get(COLD)?);
    let engagement = || match value.get(WHOLE) {
        Some(whole) => Engagement::from_json(whole.as_object()?).ok(),
        None => cold()?.thaw(),
    };
    match key {
        Key::Snapshot(id) => {
            let keeper = ReplicaId::parse(value.get("keeper")?.as_str()?)?;
            match value.get(WHOLE) {
                Some(_) => engagement()
                    .filter(|one| one.id() == id)
                    .map(|one| Reading::Snapshot(one, keeper)),
                None => cold().filter(|one| one.id == *id).map(|one| Reading::Cold(one, keeper)),
            }
        }
        Key::MergeIn(_, _, id) => {
            let of = usize::try_from(value.get("of")?.as_u64()?).ok()?;
            engagement()
                .filter(|one| one.id() == id)
                .map(|one| Reading::MergeIn(one, of))
        }
        Key::Trash(_) => Marker::from_json(&value).map(Reading::Trash),
        Key::Journal(..) => None,
    }
}

/// The text of a snapshot.
#[must_use]
pub fn snapshot(engagement: &Engagement, keeper: ReplicaId, generation: u64) -> String {
    wrap(whole(engagement), "keeper", json!(keeper.as_str()), generation)
}

/// The text of a snapshot that is kept small.
#[must_use]
pub fn small_snapshot(engagement: &Engagement, keeper: ReplicaId, generation: u64) -> String {
    wrap(small(engagement), "keeper", json!(keeper.as_str()), generation)
}

/// The text of one engagement of an import of so many.
#[must_use]
pub fn merge_in(engagement: &Engagement, of: usize, generation: u64, form: Form) -> String {
    let member = match form {
        Form::Whole => whole(engagement),
        Form::Small => small(engagement),
    };
    wrap(member, "of", json!(of), generation)
}

/// Whether a text holds an engagement that is kept small.
#[must_use]
pub fn is_small(text: &str) -> bool {
    let payload = text.split_once('\n').map_or("", |(_, payload)| payload);
    payload.strip_prefix("{\"").is_some_and(|rest| rest.starts_with(COLD))
}

/// In which form an engagement is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As it is.
    Whole,
    /// Deflated.
    Small,
}

/// The members under which an engagement stands in its two forms; in the text it is the first of all.
const WHOLE: &str = "engagement";
const COLD: &str = "cold";

fn whole(engagement: &Engagement) -> (&'static str, Value) {
    (WHOLE, Value::Object(engagement.to_json()))
}

fn small(engagement: &Engagement) -> (&'static str, Value) {
    (COLD, Cold::of(engagement).to_json())
}

fn wrap((name, engagement): (&str, Value), other: &str, value: Value, generation: u64) -> String {
    let mut members = Map::new();
    members.insert(name.to_owned(), engagement);
    members.insert(other.to_owned(), value);
    envelope::seal(generation, &Value::Object(members).to_string())
}
