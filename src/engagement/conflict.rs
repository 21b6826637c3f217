//! A field that carries several values because nobody knew of the other: what there is to choose from, and the changes
//! that settle it. Nothing here decides; a choice is a new write, which settles the field everywhere it is merged
//! (`a_choice_settles_the_conflict_in_every_copy_with_the_same_bytes`).

use super::{Change, Engagement, Put, Shape, node, register::Register, shape_of};
use crate::playbook::NoteId;
use node::Path;
use serde_json::{Map, Value};

/// A field with more than one value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Conflict {
    /// Where.
    pub path: Path,
    /// What the entry of a list says as it shows, by the names of its fields, when the field belongs to one.
    pub entry: Option<Value>,
    /// The values, each once, the one that shows first.
    pub values: Vec<Claim>,
}

/// One of the values, and who wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Claim {
    /// The value; `null` was cleared.
    pub value: Value,
    /// Who wrote it last; empty when no name was given.
    pub author: String,
    /// The language of the app in which it was written, as a tag.
    pub language: String,
    /// When, in UTC milliseconds by the author's clock.
    pub at: i64,
}

/// Whether two who wrote these values would have to be asked. Two removals of an entry agree, whatever each had seen.
fn differ(path: &[&str], a: &Value, b: &Value) -> bool {
    let two_removals = shape_of(path) == Some(Shape::Dots) && a.is_array() && b.is_array();
    a != b && !two_removals
}

impl Engagement {
    /// Fields that carry different values: the conflicts that are still open. Two people who wrote the same agree.
    #[must_use]
    pub fn conflicts(&self) -> Vec<Path> {
        let mut open = Vec::new();
        node::each(self.body(), &mut |path, register| {
            let shown = &register.shown().value;
            if register.others().iter().any(|other| differ(path, shown, &other.value)) {
                open.push(super::places::path(path));
            }
        });
        open
    }

    /// The open conflicts with their values.
    #[must_use]
    pub fn open_conflicts(&self) -> Vec<Conflict> {
        self.conflicts()
            .into_iter()
            .filter_map(|path| self.conflict(path))
            .collect()
    }

    fn conflict(&self, path: Path) -> Option<Conflict> {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        let values = self.claims(node::find(self.body(), &names)?);
        let entry = match names.as_slice() {
            [section, id, _] if shape_of(&[section, id, "removed"]).is_some() => Some(self.said_by_entry(section, id)),
            _ => None,
        };
        Some(Conflict { path, entry, values })
    }

    /// The different values of a field, each with whoever wrote it last.
    fn claims(&self, register: &Register) -> Vec<Claim> {
        let mut claims: Vec<Claim> = Vec::new();
        // Newest first: the first one of a value is its last writer.
        for written in register.all() {
            if claims.iter().all(|claim| claim.value != written.value) {
                let session = self.vector().0.get(&written.mark.stamp.replica);
                claims.push(Claim {
                    value: written.value.clone(),
                    author: session.map(|session| session.author.clone()).unwrap_or_default(),
                    language: session.map(|session| session.language.clone()).unwrap_or_default(),
                    at: written.mark.stamp.at,
                });
            }
        }
        claims
    }

    /// What an entry says, by the names of its fields.
    fn said_by_entry(&self, section: &str, id: &str) -> Value {
        let mut fields = Map::new();
        if let Some(entry) = node::find_branch(self.body(), &[section, id]) {
            node::each(entry, &mut |path, register| {
                if let [field] = path {
                    fields.insert((*field).to_owned(), register.shown().value.clone());
                }
            });
        }
        Value::Object(fields)
    }
}

impl Conflict {
    /// The change that keeps one value; it settles the field everywhere.
    #[must_use]
    pub fn keep(&self, value: &Value) -> Change {
        Change::Put(vec![Put {
            path: self.path.clone(),
            value: value.clone(),
            only_over: None,
        }])
    }

    /// The note whose text it is about: then both texts can stay.
    #[must_use]
    pub fn note(&self) -> Option<NoteId> {
        match self.path.as_slice() {
            [section, id, field] if section == "notes" && field == "text" => NoteId::parse(id),
            _ => None,
        }
    }

    /// The changes that keep every text of a note: the one that shows stays, each other one becomes a note of its own, of the
    /// same day and process, in the language of its author. `draw` gives the ids. Nothing for any other field.
    #[must_use]
    pub fn keep_both(&self, engagement: &Engagement, mut draw: impl FnMut() -> NoteId) -> Vec<Change> {
        let Some(note) = self.note().and_then(|id| engagement.note(&id)) else {
            return Vec::new();
        };
        let (Some((shown, others)), Some(on)) = (self.values.split_first(), note.on) else {
            return Vec::new();
        };
        let as_a_note = |claim: &Claim| {
            let text = claim.value.as_str().filter(|text| !text.is_empty())?;
            Some(Change::WriteNote {
                note: draw(),
                text: text.to_owned(),
                process: note.process.clone(),
                on,
                language: claim.language.clone(),
            })
        };
        let more: Vec<Change> = others.iter().filter_map(as_a_note).collect();
        std::iter::once(self.keep(&shown.value)).chain(more).collect()
    }
}
