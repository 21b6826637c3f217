//! What a merge would change, before anybody agrees to it: field by field, from the same pure `merge`
//! (`what_a_preview_promises_is_what_the_merge_does`).
//!
//! It compares what shows, not marks: where both have written the same value there is nothing to decide and nothing to
//! report. A note, a goal, a reading is one thing, whatever fields it has. Nothing is changed here, and nothing asks a person.

mod clashes;
mod copies;
mod known;
mod sections;

use super::leaves::leaves;
use crate::{
    engagement::{Engagement, merge, node::Branch},
    playbook::{EngagementId, Structure},
};
use copies::{Copies, Shows, item_of};
use serde_json::Value;
use std::collections::BTreeMap;

pub use clashes::{Clash, Side, Standpoint};
pub use sections::Section;

/// What importing `theirs` would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// The engagement.
    pub id: EngagementId,
    /// How the two copies stand to each other.
    pub status: Status,
    /// How many fields and entries of each kind.
    pub counts: Counts,
    /// The same for each part of the work that has any, in the order of the app; together they are `counts`.
    pub sections: Vec<(Section, Counts)>,
    /// How much of mine would be emptied.
    pub blanks: Blanks,
    /// The fields that a person will have to choose a value for, and did not have to before.
    pub clashes: Vec<Clash>,
    /// Every field and entry that differs, sorted by path.
    pub changes: Vec<FieldChange>,
}

/// How two copies of an engagement stand to each other, by what they have seen of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// There is no copy of mine.
    New,
    /// Neither has anything that the other has not.
    Same,
    /// Theirs brings something; mine has nothing that theirs has not.
    Newer,
    /// Theirs is an older copy of mine.
    MineNewer,
    /// Both have something that the other has not.
    Both,
}

/// Fields and entries of both copies together; each counts once among the first six.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Only theirs.
    pub new: usize,
    /// Theirs replaces mine, or settles my conflict.
    pub newer: usize,
    /// Theirs empties mine, or takes it out of its list.
    pub vanishing: usize,
    /// The same shows on both sides.
    pub same: usize,
    /// A person will have to choose, and did not have to before.
    pub conflicting: usize,
    /// Mine stays; theirs is older or missing.
    pub mine_newer: usize,
    /// Among theirs: of another version or another playbook; kept and written back all the same.
    pub unknown: usize,
}

impl Counts {
    /// The number for a kind of change.
    #[must_use]
    pub fn of(&self, kind: ChangeKind) -> usize {
        let mut counts = *self;
        *counts.place(kind)
    }

    fn place(&mut self, kind: ChangeKind) -> &mut usize {
        match kind {
            ChangeKind::New => &mut self.new,
            ChangeKind::Newer => &mut self.newer,
            ChangeKind::Vanishing => &mut self.vanishing,
            ChangeKind::Conflict => &mut self.conflicting,
            ChangeKind::MineNewer => &mut self.mine_newer,
        }
    }

    fn count(&mut self, kind: Option<ChangeKind>, unknown: bool) {
        match kind {
            Some(kind) => *self.place(kind) += 1,
            None => self.same += 1,
        }
        self.unknown += usize::from(unknown);
    }
}

/// How much of what is written down would be emptied by taking something in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Blanks {
    /// Fields and entries that say something now and would be empty or out of their list.
    pub blank: usize,
    /// Fields and entries that say something now.
    pub of: usize,
}

impl Blanks {
    /// Whether a person is asked first: more than 20, or more than 10 % (`t39_...`).
    #[must_use]
    pub fn are_many(self) -> bool {
        self.blank > 20 || self.blank * 10 > self.of
    }
}

impl std::iter::Sum for Blanks {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            blank: sum.blank + one.blank,
            of: sum.of + one.of,
        })
    }
}

/// One field that differs, or one entry of a list: a note, a goal, a reading.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// Where, such as `tasks`, `994`, `owner`; an entry is `notes`, `<id>` or `goals`, `<id>`.
    pub path: Vec<String>,
    /// What shows at mine now; `null` was cleared, `None` was never there. Of a note its text, of another entry its values by
    /// the names of its fields; `None` when removed.
    pub mine: Option<Value>,
    /// What theirs has to say against it; the same way.
    pub theirs: Option<Value>,
    /// Who wrote what is newer; empty when no name was given, or nothing is known.
    pub by: String,
    /// When, in UTC milliseconds; `None` for a value of another version that has no stamp.
    pub at: Option<i64>,
    /// What becomes of it.
    pub kind: ChangeKind,
    /// It is an entry, and out of its list afterwards.
    pub removed: bool,
}

/// What becomes of a field that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// It is there for the first time.
    New,
    /// Theirs replaces mine.
    Newer,
    /// Theirs empties mine, wholly or in a field, or takes it out of its list.
    Vanishing,
    /// Both stay, and a person will have to choose.
    Conflict,
    /// Mine stays.
    MineNewer,
}

/// What importing `theirs` over `mine` would do. A copy of another engagement is none of mine.
#[must_use]
pub fn preview(mine: Option<&Engagement>, theirs: &Engagement, playbook: &Structure) -> Preview {
    let mine = mine.filter(|mine| mine.id() == theirs.id());
    let merged = mine.map(|mine| merge(mine, theirs));
    let status = match &merged {
        None => Status::New,
        Some(merged) => match (merged.news_for_mine, merged.news_for_theirs) {
            (false, false) => Status::Same,
            (true, false) => Status::Newer,
            (false, true) => Status::MineNewer,
            (true, true) => Status::Both,
        },
    };
    let joined = merged.as_ref().map_or(theirs, |merged| &merged.engagement);
    let nothing = Branch::new();
    let copies = Copies {
        mine: leaves(mine.map_or(&nothing, Engagement::body)),
        theirs: leaves(theirs.body()),
        merged: merged.as_ref().map(|_| leaves(joined.body())),
        authors: joined.vector(),
    };
    let mut counts = Counts::default();
    let mut sections: BTreeMap<Section, Counts> = BTreeMap::new();
    let mut blanks = Blanks::default();
    let mut changes = Vec::new();
    for fields in copies.paths().chunk_by(|one, next| item_of(one) == item_of(next)) {
        let item = item_of(fields[0]);
        let unknown = fields.iter().any(|field| {
            let leaf = copies.theirs.get(*field);
            leaf.is_some_and(|leaf| !known::is_known(field, leaf.shown(), playbook))
        });
        let is_entry = fields.iter().all(|field| field.len() > item.len());
        let shows = Shows::of(item, mine, theirs, joined);
        let change = if is_entry {
            copies.entry(item, fields, shows)
        } else {
            copies.field(item)
        };
        let kind = change.as_ref().map(|change| change.kind);
        counts.count(kind, unknown);
        sections.entry(Section::of(item)).or_default().count(kind, unknown);
        blanks.of += usize::from(copies.says_something(fields, shows));
        blanks.blank += usize::from(kind == Some(ChangeKind::Vanishing));
        changes.extend(change);
    }
    Preview {
        id: theirs.id().clone(),
        status,
        counts,
        sections: sections.into_iter().collect(),
        blanks,
        clashes: clashes::clashes(mine, joined),
        changes,
    }
}
