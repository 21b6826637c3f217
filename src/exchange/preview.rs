//! What a merge would change, before anybody agrees to it: field by field, from the same pure `merge`.
//!
//! It compares what shows, not marks: where both have written the same value there is nothing to decide and nothing to
//! report. A note, a goal, a reading is one thing, whatever fields it has. Nothing is changed here, and nothing asks a person.

mod copies;
mod known;
mod leaves;

use crate::{
    engagement::{Engagement, merge, node::Branch},
    playbook::{EngagementId, Structure},
};
use copies::{Copies, Shows};
use leaves::leaves;
use serde_json::Value;

/// What importing `theirs` would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// The engagement.
    pub id: EngagementId,
    /// How the two copies stand to each other.
    pub status: Status,
    /// How many fields and entries of each kind.
    pub counts: Counts,
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

/// Fields and entries of both copies together; each counts once among the first five.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Only theirs.
    pub new: usize,
    /// Theirs replaces mine, or settles my conflict.
    pub newer: usize,
    /// The same shows on both sides.
    pub same: usize,
    /// A person will have to choose, and did not have to before.
    pub conflicting: usize,
    /// Mine stays; theirs is older or missing.
    pub mine_newer: usize,
    /// Among theirs: of another version or another playbook; kept and written back all the same.
    pub unknown: usize,
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
        joined: leaves(joined.body()),
        authors: joined.vector(),
    };
    let mut counts = Counts::default();
    let mut changes = Vec::new();
    for (item, fields) in copies.items() {
        counts.unknown += usize::from(fields.iter().any(|field| {
            copies
                .theirs
                .get(field)
                .is_some_and(|leaf| !known::is_known(field, leaf.shown(), playbook))
        }));
        let is_entry = fields.iter().all(|field| field.len() > item.len());
        let change = if is_entry {
            copies.entry(&item, &fields, Shows::of(&item, mine, theirs, joined))
        } else {
            copies.field(&item)
        };
        *match change.as_ref().map(|change| change.kind) {
            Some(ChangeKind::New) => &mut counts.new,
            Some(ChangeKind::Newer) => &mut counts.newer,
            Some(ChangeKind::Conflict) => &mut counts.conflicting,
            Some(ChangeKind::MineNewer) => &mut counts.mine_newer,
            None => &mut counts.same,
        } += 1;
        changes.extend(change);
    }
    Preview {
        id: theirs.id().clone(),
        status,
        counts,
        changes,
    }
}
