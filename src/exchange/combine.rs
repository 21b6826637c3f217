//! The same customer under two ids: two people began the same engagement. What theirs says is copied into mine as new edits
//! of mine; the ids stay apart, so there is nothing to merge.
//!
//! Nothing of mine is changed. Entries are copied whole, where no entry of that id is here; fields only where mine has never
//! said anything. What belongs together is not torn apart: the reason of a state goes with the state or not at all. Where
//! both say different things mine stays, and the difference is told. Doing it again changes nothing (`combining_changes_nothing_of_mine_and_twice_is_once`).
//! What is not copied: handovers, which speak of what was seen in theirs; whether theirs is archived; members of another
//! version without stamps; the history.

use super::leaves::{Leaf, Leaves, leaves};
use crate::{
    engagement::{Engagement, Put, check_write, is_list},
    playbook::EngagementId,
};
use serde_json::Value;
use std::collections::BTreeSet;

/// What combining would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Combined {
    /// The values that mine gets; one change.
    pub puts: Vec<Put>,
    /// Where both say different things: mine stays.
    pub differing: Vec<Difference>,
}

/// A place where both say different things.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Where.
    pub path: Vec<String>,
    /// What stays; `null` where mine was cleared.
    pub mine: Value,
    /// What is left out.
    pub theirs: Value,
    /// Who wrote that; empty when no name was given.
    pub by: String,
    /// When, in UTC milliseconds.
    pub at: i64,
}

/// Whether both are about the same tenant, under different ids. Nobody who left it empty is the same as anybody.
#[must_use]
pub fn is_same_tenant(one: &Engagement, other: &Engagement) -> bool {
    let tenant = |engagement: &Engagement| engagement.tenant().trim().to_lowercase();
    one.id() != other.id() && !tenant(one).is_empty() && tenant(one) == tenant(other)
}

/// The engagements of the same tenant as this one.
#[must_use]
pub fn of_same_tenant<'a>(theirs: &Engagement, mine: impl Iterator<Item = &'a Engagement>) -> Vec<EngagementId> {
    mine.filter(|one| is_same_tenant(one, theirs))
        .map(|one| one.id().clone())
        .collect()
}

/// What copying `theirs` into `mine` would write, and what it would leave out because mine says something else.
#[must_use]
pub fn combine(mine: &Engagement, theirs: &Engagement) -> Combined {
    let (here, there) = (leaves(mine.body()), leaves(theirs.body()));
    let mut combined = Combined::default();
    let mut taken: BTreeSet<&[&str]> = BTreeSet::new();
    // A field before those that go with it.
    let mut paths: Vec<&Vec<&str>> = there.keys().collect();
    paths.sort_by_key(|path| !leaders(path, &there).is_empty());
    for path in paths {
        let Some(Leaf::Field(register)) = there.get(path) else {
            continue;
        };
        let shown = &register.shown().value;
        if shown.is_null() || stays_out(path, theirs) {
            continue;
        }
        let leads = leaders(path, &there);
        let goes_along = leads
            .iter()
            .all(|lead| taken.contains(lead.as_slice()) || shows(&here, lead) == shows(&there, lead));
        if goes_along && is_free(&here, path) {
            taken.insert(path);
            combined.puts.push(Put {
                path: path.iter().map(|name| (*name).to_owned()).collect(),
                value: shown.clone(),
                only_over: None,
            });
        }
        let stays = if taken.contains(path.as_slice()) {
            Some(shown)
        } else {
            shows(&here, path)
        };
        for other in register
            .all()
            .iter()
            .filter(|other| Some(&other.value) != stays && !other.value.is_null())
        {
            combined.differing.push(Difference {
                path: path.iter().map(|name| (*name).to_owned()).collect(),
                mine: stays.cloned().unwrap_or_default(),
                theirs: other.value.clone(),
                by: theirs.vector().author(other.mark.stamp.replica).to_owned(),
                at: other.mark.stamp.at,
            });
        }
    }
    combined.puts.sort_by(|a, b| a.path.cmp(&b.path));
    combined.differing.sort_by(|a, b| a.path.cmp(&b.path));
    combined
}

fn shows<'a>(copy: &Leaves<'a>, path: &[&str]) -> Option<&'a Value> {
    copy.get(path).map(Leaf::shown)
}

/// What is none of mine: see above; and entries that are out of their list.
fn stays_out(path: &[&str], theirs: &Engagement) -> bool {
    let about_theirs_only = matches!(
        path,
        ["handovers", ..] | ["about", "archive", ..] | ["completion", "follow_on" | "follows_on"]
    );
    let removed = match path {
        [section, id, ..] if is_entry(path) => path.last() == Some(&"removed") || theirs.is_removed(section, id),
        _ => false,
    };
    let names: Vec<String> = path.iter().map(|name| (*name).to_owned()).collect();
    about_theirs_only || removed || check_write(&names, &Value::Null).is_err()
}

fn is_entry(path: &[&str]) -> bool {
    path.len() > 2 && is_list(path[0])
}

/// Whether mine has never said anything there: no field at the place, above it or below it; of an entry, no field at all.
fn is_free(here: &Leaves<'_>, path: &[&str]) -> bool {
    let place = if is_entry(path) { &path[..2] } else { path };
    let above = (1..path.len()).any(|length| here.contains_key(&path[..length]));
    let next = here.range(place.to_vec()..).next();
    let below = next.is_some_and(|(other, _)| other.starts_with(place));
    !above && !below
}

/// The fields without which a field of theirs says something else: it is copied with them or not at all.
fn leaders<'a>(path: &[&'a str], there: &Leaves<'a>) -> Vec<Vec<&'a str>> {
    let of = |names: &[&'a str]| there.contains_key(names).then(|| names.to_vec()).into_iter().collect();
    match *path {
        ["tasks", id, "before" | "reason"] => of(&["tasks", id, "state"]),
        ["tasks", id, "befores" | "reasons", service] => of(&["tasks", id, "states", service]),
        ["tasks", id, "done_on"] => {
            let states = |other: &&Vec<&str>| {
                other.starts_with(&["tasks", id]) && matches!(other.get(2), Some(&("state" | "states")))
            };
            there.keys().filter(states).cloned().collect()
        }
        ["services", id, "reason"] => of(&["services", id, "status"]),
        ["services", id, "start_date_before" | "start_date_reason"] => of(&["services", id, "start_date"]),
        ["services", id, "ssat", factor, "reason"] => of(&["services", id, "ssat", factor, "state"]),
        ["processes", id, "closed_reason" | "closed_services"] => of(&["processes", id, "closed_on"]),
        _ => Vec::new(),
    }
}
