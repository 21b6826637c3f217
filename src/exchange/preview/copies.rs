//! Two copies and their merge laid side by side, and what becomes of one field or one entry of a list: a note, a reading, a goal.

use super::{ChangeKind, FieldChange};
use crate::engagement::{Engagement, Vector, is_list, node, register::Written, shape_of};
use crate::exchange::leaves::{Leaf, Leaves, same, values};
use serde_json::{Map, Value};

/// The leaves of both copies and of what they have together.
pub(super) struct Copies<'a> {
    pub(super) mine: Leaves<'a>,
    pub(super) theirs: Leaves<'a>,
    /// `None` where there is nothing of mine: then it is theirs.
    pub(super) merged: Option<Leaves<'a>>,
    /// Who wrote, of both.
    pub(super) authors: &'a Vector,
}

/// Whether an entry stands in its list: at mine, at theirs, and afterwards.
#[derive(Clone, Copy)]
pub(super) struct Shows {
    mine: bool,
    theirs: bool,
    joined: bool,
}

impl Shows {
    /// An entry without any field that makes one is none that we know; its fields count as if it showed.
    pub(super) fn of(item: &[&str], mine: Option<&Engagement>, theirs: &Engagement, joined: &Engagement) -> Self {
        let &[section, id] = item else {
            return Self::everywhere();
        };
        let is_there = |copy: &Engagement| {
            let entry = node::find_branch(copy.body(), item);
            entry.is_some_and(|entry| entry.keys().any(|field| makes_an_entry(section, field)))
        };
        if !is_there(joined) {
            return Self::everywhere();
        }
        let shows = |copy: &Engagement| is_there(copy) && !copy.is_removed(section, id);
        Self {
            mine: mine.is_some_and(shows),
            theirs: shows(theirs),
            joined: shows(joined),
        }
    }

    fn everywhere() -> Self {
        Self {
            mine: true,
            theirs: true,
            joined: true,
        }
    }
}

/// The thing to a person that a place belongs to: an entry of a list with all its fields, or the field itself.
pub(super) fn item_of<'p, 'a>(path: &'p [&'a str]) -> &'p [&'a str] {
    if path.len() > 2 && is_list(path[0]) {
        &path[..2]
    } else {
        path
    }
}

/// A note is one by its text, every other entry by any field that we know.
fn makes_an_entry(section: &str, field: &str) -> bool {
    match section {
        "notes" => field == "text",
        _ => field != "removed" && shape_of(&[section, "*", field]).is_some(),
    }
}

impl<'a> Copies<'a> {
    /// Every place of either, sorted: the fields of one item stand together.
    pub(super) fn paths(&self) -> Vec<&[&'a str]> {
        let mut paths: Vec<&[&str]> = self.mine.keys().chain(self.theirs.keys()).map(Vec::as_slice).collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    fn joined(&self) -> &Leaves<'a> {
        self.merged.as_ref().unwrap_or(&self.theirs)
    }

    /// What becomes of a field; `None` when the same shows on both sides.
    fn kind(&self, path: &[&str]) -> Option<ChangeKind> {
        let [mine, theirs, joined] = [&self.mine, &self.theirs, self.joined()].map(|copy| values(copy.get(path)));
        if !same(&joined, &mine) {
            Some(match self.mine.contains_key(path) {
                _ if joined.len() > 1 && joined.iter().any(|value| !mine.contains(value)) => ChangeKind::Conflict,
                false => ChangeKind::New,
                true if joined[0].is_null() && !mine[0].is_null() => ChangeKind::Vanishing,
                true => ChangeKind::Newer,
            })
        } else if same(&joined, &theirs) {
            None
        } else {
            Some(ChangeKind::MineNewer)
        }
    }

    /// What becomes of a field, with its values.
    pub(super) fn field(&self, path: &[&str]) -> Option<FieldChange> {
        let kind = self.kind(path)?;
        let mine = self.mine.get(path).map(|leaf| leaf.shown().clone());
        Some(self.change(path, [mine, self.said(path, kind)], self.news(path, kind), kind, false))
    }

    /// What becomes of an entry; one that shows nowhere is no news, whatever is in it.
    pub(super) fn entry(&self, item: &[&str], fields: &[&[&str]], shows: Shows) -> Option<FieldChange> {
        let kind = self.entry_kind(fields, shows)?;
        let removal = [item, &["removed"]].concat();
        let mine = summary(fields, |path| Some(self.mine.get(path)?.shown().clone())).filter(|_| shows.mine);
        let theirs_shows = if kind == ChangeKind::MineNewer {
            shows.theirs
        } else {
            shows.joined
        };
        let theirs = summary(fields, |path| self.said(path, kind)).filter(|_| theirs_shows);
        let news = if shows.mine && !shows.joined {
            self.joined().get(&removal).and_then(Leaf::written)
        } else {
            fields
                .iter()
                .filter_map(|path| self.news(path, kind))
                .max_by_key(|written| written.mark.stamp)
        };
        Some(self.change(item, [mine, theirs], news, kind, !shows.joined))
    }

    fn entry_kind(&self, fields: &[&[&str]], shows: Shows) -> Option<ChangeKind> {
        let words = || fields.iter().filter(|path| path.get(2) != Some(&"removed"));
        let kinds: Vec<ChangeKind> = words().filter_map(|path| self.kind(path)).collect();
        let is_at_mine = words().any(|path| self.mine.contains_key(*path));
        let brings_news = shows.mine != shows.joined || kinds.iter().any(|kind| *kind != ChangeKind::MineNewer);
        if !(shows.mine || shows.theirs || shows.joined) {
            None
        } else if kinds.contains(&ChangeKind::Conflict) && shows.joined {
            Some(ChangeKind::Conflict)
        } else if shows.mine && !shows.joined || kinds.contains(&ChangeKind::Vanishing) {
            Some(ChangeKind::Vanishing)
        } else if brings_news {
            Some(if is_at_mine { ChangeKind::Newer } else { ChangeKind::New })
        } else if shows.theirs != shows.joined || !kinds.is_empty() {
            Some(ChangeKind::MineNewer)
        } else {
            None
        }
    }

    /// Whether a field or an entry says something at mine: it is not empty, and in its list.
    pub(super) fn says_something(&self, fields: &[&[&str]], shows: Shows) -> bool {
        let words = fields.iter().filter(|path| path.last() != Some(&"removed"));
        let said = |path: &&[&str]| self.mine.get(*path).is_some_and(|leaf| !leaf.shown().is_null());
        shows.mine && words.into_iter().any(said)
    }

    /// What theirs has to say at a place: its news, or what shows there.
    fn said(&self, path: &[&str], kind: ChangeKind) -> Option<Value> {
        let value = match kind {
            ChangeKind::MineNewer => self.theirs.get(path)?.shown(),
            _ => self
                .news(path, kind)
                .map(|written| &written.value)
                .or(self.joined().get(path).map(Leaf::shown))?,
        };
        Some(value.clone())
    }

    /// What the newer side wrote and the other does not have: another value, or else the same one again.
    fn news(&self, path: &[&str], kind: ChangeKind) -> Option<&'a Written> {
        let other = if kind == ChangeKind::MineNewer {
            &self.theirs
        } else {
            &self.mine
        };
        let shows = values(other.get(path));
        let known = other.get(path).map(Leaf::all).unwrap_or_default();
        let joined = self.joined().get(path)?.all();
        let another = joined.iter().find(|written| !shows.contains(&&written.value));
        another.or_else(|| joined.iter().find(|written| !known.contains(written)))
    }

    fn change(
        &self,
        path: &[&str],
        [mine, theirs]: [Option<Value>; 2],
        news: Option<&Written>,
        kind: ChangeKind,
        removed: bool,
    ) -> FieldChange {
        FieldChange {
            path: path.iter().map(|name| (*name).to_owned()).collect(),
            mine,
            theirs,
            by: news
                .map(|written| self.authors.author(written.mark.stamp.replica).to_owned())
                .unwrap_or_default(),
            at: news.map(|written| written.mark.stamp.at),
            kind,
            removed,
        }
    }
}

/// What an entry says: a note its text, another one the values of its fields by name.
fn summary(fields: &[&[&str]], said: impl Fn(&[&str]) -> Option<Value>) -> Option<Value> {
    let known = |path: &&&[&str]| matches!(***path, [section, _, field] if makes_an_entry(section, field));
    let mut values = fields
        .iter()
        .filter(known)
        .filter_map(|path| Some((path, said(path)?)))
        .peekable();
    if values.peek()?.0[0] == "notes" {
        return values.next().map(|(_, text)| text);
    }
    let values: Map<String, Value> = values
        .filter(|(_, value)| !value.is_null())
        .map(|(path, value)| (path[2].to_owned(), value))
        .collect();
    Some(Value::Object(values))
}
