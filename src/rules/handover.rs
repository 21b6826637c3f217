//! The handover sheet: what a colleague who takes an engagement over has to know. What changed since it was handed over last,
//! what is next, which dates are near, what mandatory work is open, which of the 4+4 are missing.
//!
//! A handover writes down what had been seen by then (`seen`), so that "since" is no question of clocks: what a colleague wrote
//! before a handover and what came in by merge after it is news for the receiver, and stands here. A field has changed when it
//! carries a write that was not seen. That is told by the work itself and not by its history, which may have been cut off.

use super::{
    Deadline, Next,
    deadlines::deadlines_of,
    four_plus_four::{Part, matrix},
    next,
    overview::look,
    survey::OpenTask,
};
use crate::{
    engagement::{
        Engagement, EntryField, EntryKind, Field,
        node::{self, Path},
        register::{Register, Written},
        stamp::{Dot, ReplicaId},
    },
    gather::gather,
    playbook::{EntryId, Place, Requirement, ServiceId, Structure, TaskId},
};
use chrono::NaiveDate;
use serde_json::Value;
use std::collections::BTreeMap;

/// So many things to do next stand on the sheet.
const NEXT: usize = 3;

/// An engagement was handed to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Handover {
    /// Its entry.
    pub entry: EntryId,
    /// To whom.
    pub to: String,
    /// The day.
    pub on: Option<NaiveDate>,
    /// The language of the sheet, as a tag.
    pub language: String,
    /// Who handed it over; empty when no name was given.
    pub by: String,
    /// When that was written down, UTC milliseconds.
    pub at: i64,
}

/// What a colleague has to know.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The last handover; `None` when there was none, and everything counts as changed.
    pub last: Option<Handover>,
    /// What changed since, by item, the newest first.
    pub changes: Vec<Changed>,
    /// Mandatory tasks that are asked for and open, in the order of the playbook.
    pub open: Vec<OpenMandatory>,
    /// What is missing of the 4+4, by service.
    pub gaps: Vec<(ServiceId, Vec<Part>)>,
    /// Every open deadline, by day.
    pub deadlines: Vec<Deadline>,
    /// The first things to do next.
    pub next: Vec<Next>,
    /// Fields that carry two values until somebody chooses.
    pub conflicts: usize,
}

/// An item that changed: a task, a service, a note, the customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// The first two members of the path of its fields.
    pub item: Path,
    /// Its fields that changed, the newest first.
    pub fields: Vec<ChangedField>,
}

/// A field that changed.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangedField {
    /// The field.
    pub path: Path,
    /// What it shows now.
    pub value: Value,
    /// When it was written last, UTC milliseconds.
    pub at: i64,
    /// By whom; empty when no name was given.
    pub by: String,
}

/// A mandatory task that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenMandatory {
    /// The task.
    pub task: TaskId,
    /// The first place where it is open.
    pub place: Place,
    /// The services it is open for; none where it has one state.
    pub services: Vec<ServiceId>,
    /// Whose it is; empty when nobody's.
    pub owner: String,
    /// The day it is due.
    pub due: Option<NaiveDate>,
}

/// The handovers that were not removed, the newest first.
#[must_use]
pub fn handovers(engagement: &Engagement) -> Vec<Handover> {
    let mut all: Vec<_> = engagement
        .entries(EntryKind::Handover)
        .filter_map(|entry| {
            let id = entry.id()?;
            let written = written_down(engagement, &id)?;
            let handover = Handover {
                to: entry.text(EntryField::To).to_owned(),
                on: entry.day(EntryField::On),
                language: entry.text(EntryField::Language).to_owned(),
                by: engagement.vector().author(written.mark.stamp.replica).to_owned(),
                at: written.mark.stamp.at,
                entry: id,
            };
            Some((written.mark.stamp, handover))
        })
        .collect();
    all.sort_unstable_by_key(|(stamp, _)| std::cmp::Reverse(*stamp));
    all.into_iter().map(|(_, handover)| handover).collect()
}

/// The newest handover, by the stamp with which it was written down.
#[must_use]
pub fn last_handover(engagement: &Engagement) -> Option<Handover> {
    handovers(engagement).into_iter().next()
}

/// What was seen stands there once and is never written again; its stamp is the handover's. Without it (a file of another tool)
/// the day's is.
fn written_down<'a>(engagement: &'a Engagement, entry: &EntryId) -> Option<&'a Written> {
    let of = |field| node::find(engagement.body(), &["handovers", entry.as_str(), field]);
    ["seen", "on", "to"].into_iter().find_map(of).map(Register::shown)
}

/// How far each tab's changes had been seen when it was handed over.
fn seen(engagement: &Engagement, handover: Option<&Handover>) -> BTreeMap<ReplicaId, u64> {
    let list = handover.and_then(|last| node::find(engagement.body(), &["handovers", last.entry.as_str(), "seen"]));
    let dots = list
        .and_then(|list| list.shown().value.as_array())
        .into_iter()
        .flatten();
    let dots = dots.filter_map(|dot| dot.as_str()?.parse::<Dot>().ok());
    gather(dots.map(|dot| (dot.replica, dot.sequence)))
}

/// Everything that stands on the sheet. Of a closed engagement, which asks for nothing any more, no tasks.
#[must_use]
pub fn handover(structure: &Structure, engagement: &Engagement, today: NaiveDate) -> Sheet {
    let (overview, mut open) = look(structure, engagement);
    let deadlines = deadlines_of(structure, engagement, &open, today);
    if engagement.field_day(Field::ClosedOn).is_some() {
        open.clear();
    }
    let mut next = next::in_order(structure, &overview, &deadlines, &open, today);
    next.truncate(NEXT);
    let last = last_handover(engagement);
    let rows = matrix(engagement).into_iter();
    let gaps = rows
        .map(|row| (row.gaps(), row.service))
        .filter(|(gaps, _)| !gaps.is_empty());
    Sheet {
        changes: changes(engagement, &seen(engagement, last.as_ref())),
        open: open
            .iter()
            .filter(|task| task.row.facts.requirement == Requirement::Mandatory)
            .map(|task| open_task(engagement, task))
            .collect(),
        gaps: gaps.map(|(gaps, service)| (service, gaps)).collect(),
        deadlines,
        next,
        conflicts: engagement.conflicts().len(),
        last,
    }
}

fn open_task(engagement: &Engagement, task: &OpenTask) -> OpenMandatory {
    let states = task.row.states.iter();
    OpenMandatory {
        task: task.row.task.clone(),
        place: task.place.clone(),
        services: states
            .filter(|(_, state)| !state.settles())
            .filter_map(|(service, _)| service.cloned())
            .collect(),
        owner: engagement.owner(task.row.task).to_owned(),
        due: engagement.due(task.row.task),
    }
}

/// What carries a write that was not seen. Handovers themselves are no change of the work, and neither is the state before a
/// tick, which only helps an untick.
fn changes(engagement: &Engagement, seen: &BTreeMap<ReplicaId, u64>) -> Vec<Changed> {
    let is_news = |one: &&Written| {
        let dot = one.mark.dot();
        seen.get(&dot.replica).is_none_or(|last| dot.sequence > *last)
    };
    let mut items: BTreeMap<Path, Vec<ChangedField>> = BTreeMap::new();
    node::each(engagement.body(), &mut |path, register| {
        let is_work = path[0] != "handovers" && !matches!(path, ["tasks", _, "before" | "befores", ..]);
        // The highest stamp comes first.
        if let Some(newest) = register.all().iter().find(is_news).filter(|_| is_work) {
            let path: Path = path.iter().map(|name| (*name).to_owned()).collect();
            items
                .entry(path[..path.len().min(2)].to_vec())
                .or_default()
                .push(ChangedField {
                    path,
                    value: register.shown().value.clone(),
                    at: newest.mark.stamp.at,
                    by: engagement.vector().author(newest.mark.stamp.replica).to_owned(),
                });
        }
    });
    let by_time = |(item, mut fields): (Path, Vec<ChangedField>)| {
        // Stable: fields of one change stay in the order of the file.
        fields.sort_by_key(|field| std::cmp::Reverse(field.at));
        Changed { item, fields }
    };
    let mut changed: Vec<Changed> = items.into_iter().map(by_time).collect();
    changed.sort_by_key(|item| std::cmp::Reverse(item.fields.first().map(|field| field.at)));
    changed
}
