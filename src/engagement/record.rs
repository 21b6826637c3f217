//! Reading an engagement in the consultant's words. Nothing here writes, and nothing here knows the playbook.
//!
//! A value of a shape that this version does not expect reads as "not known"; it is still kept and exported.

use super::{
    Engagement,
    change::StateKey,
    fields::{EntryField, EntryKind, Factor, FactorState, Field, ProcessField, ServiceField},
    is_list,
    node::{self, Branch},
    register::Register,
    stamp::Dot,
};
use crate::gather::gather;
use crate::playbook::{BlockId, EntryId, Fact, MotionId, NoteId, ProcessId, RegionId, ServiceId, TaskId, TaskState};
use chrono::NaiveDate;
use serde_json::Value;
use std::collections::BTreeSet;

/// A note, as it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Its id; ids are drawn in the order of time.
    pub id: NoteId,
    /// The words.
    pub text: String,
    /// The process during which it was written.
    pub process: Option<ProcessId>,
    /// The day it speaks of.
    pub on: Option<NaiveDate>,
    /// The language it is written in, as a tag; empty when not known.
    pub language: String,
    /// Who wrote the words that show.
    pub author: String,
    /// When they were written, UTC milliseconds.
    pub written_at: i64,
    /// Taken out of the list, with nothing written since.
    pub removed: bool,
}

/// An entry of a list, as it shows.
#[derive(Clone, Copy)]
pub struct ListEntry<'a> {
    engagement: &'a Engagement,
    kind: EntryKind,
    id: &'a str,
}

impl<'a> ListEntry<'a> {
    /// Its id, which may be any name in a file; ids are drawn in the order of time.
    #[must_use]
    pub fn id(&self) -> Option<EntryId> {
        EntryId::parse(self.id)
    }

    /// Words of it; empty when not given.
    #[must_use]
    pub fn text(&self, field: EntryField) -> &'a str {
        self.engagement.text(&[self.kind.section(), self.id, field.name()])
    }

    /// A day of it.
    #[must_use]
    pub fn day(&self, field: EntryField) -> Option<NaiveDate> {
        self.engagement.day(&[self.kind.section(), self.id, field.name()])
    }

    /// A number of it.
    #[must_use]
    pub fn number(&self, field: EntryField) -> Option<u32> {
        self.engagement.number(&[self.kind.section(), self.id, field.name()])
    }

    /// The service it is about.
    #[must_use]
    pub fn service(&self) -> Option<ServiceId> {
        ServiceId::parse(self.text(EntryField::Service))
    }

    /// Whether it was taken out of the list, with nothing written since.
    #[must_use]
    pub fn is_removed(&self) -> bool {
        self.engagement.is_removed(self.kind.section(), self.id)
    }
}

/// What is written down for one task; nothing, for one that nobody has touched.
#[derive(Clone, Copy)]
pub struct TaskRecord<'a>(Option<&'a Branch>);

impl<'a> TaskRecord<'a> {
    fn text(&self, path: &[&str]) -> Option<&'a str> {
        node::find(self.0?, path)?.shown().value.as_str()
    }

    /// The state it has for a service, or its one state; not started when nothing was written.
    #[must_use]
    pub fn state(&self, service: Option<&ServiceId>) -> TaskState {
        let text = match service {
            None => self.text(&["state"]),
            Some(service) => self.text(&["states", service.as_str()]),
        };
        text.and_then(TaskState::parse).unwrap_or_default()
    }

    /// The day it is due.
    #[must_use]
    pub fn due(&self) -> Option<NaiveDate> {
        parse_day(self.text(&["due"])?)
    }
}

/// The newest change of an engagement.
#[derive(Clone, Debug, PartialEq)]
pub struct LastChange {
    /// UTC milliseconds.
    pub at: i64,
    /// Who; empty when no name was given.
    pub author: String,
}

impl Engagement {
    /// The value that shows at a place of the body; `None` when nothing was written or it was cleared.
    fn value(&self, path: &[&str]) -> Option<&Value> {
        node::find(self.body(), path)
            .map(|register| &register.shown().value)
            .filter(|value| !value.is_null())
    }

    fn text(&self, path: &[&str]) -> &str {
        self.value(path).and_then(Value::as_str).unwrap_or_default()
    }

    fn day(&self, path: &[&str]) -> Option<NaiveDate> {
        parse_day(self.text(path))
    }

    fn number(&self, path: &[&str]) -> Option<u32> {
        self.value(path)?.as_u64()?.try_into().ok()
    }

    /// The customer's name; empty when not given.
    #[must_use]
    pub fn customer(&self) -> &str {
        self.text(&["about", "customer", "name"])
    }

    /// The tenant; empty when not given.
    #[must_use]
    pub fn tenant(&self) -> &str {
        self.text(&["about", "customer", "tenant"])
    }

    /// The country in the author's words; empty when not given.
    #[must_use]
    pub fn country(&self) -> &str {
        self.text(&["about", "customer", "country"])
    }

    /// The FastTrack region.
    #[must_use]
    pub fn region(&self) -> Option<RegionId> {
        RegionId::parse(self.text(&["about", "customer", "region"]))
    }

    /// Seats of the tenant; `None` when not known.
    #[must_use]
    pub fn seats(&self) -> Option<u32> {
        self.number(&["about", "customer", "seats"])
    }

    /// The customer's language as a tag; empty when not known.
    #[must_use]
    pub fn customer_language(&self) -> &str {
        self.text(&["about", "customer", "language"])
    }

    /// The way into the engagement.
    #[must_use]
    pub fn motion(&self) -> Option<MotionId> {
        MotionId::parse(self.text(&["about", "assignment", "motion"]))
    }

    /// The day of assignment.
    #[must_use]
    pub fn assigned_on(&self) -> Option<NaiveDate> {
        self.day(&["about", "assignment", "on"])
    }

    /// The FastTrack Manager's name; empty when not given.
    #[must_use]
    pub fn fast_track_manager(&self) -> &str {
        self.text(&["about", "assignment", "fast_track_manager"])
    }

    /// A fact's answer; `None` when not known yet.
    #[must_use]
    pub fn fact(&self, fact: Fact) -> Option<bool> {
        self.value(&["about", "facts", fact.as_str()])?.as_bool()
    }

    /// Whether the engagement is in the archive.
    #[must_use]
    pub fn archived(&self) -> bool {
        self.value(&["about", "archive", "archived"])
            .and_then(Value::as_bool)
            .unwrap_or(false)
    }

    /// Whether a service is in scope.
    #[must_use]
    pub fn has_service(&self, service: &ServiceId) -> bool {
        self.value(&["services", service.as_str(), "in_scope"])
            .and_then(Value::as_bool)
            == Some(true)
    }

    /// The services in scope, by id.
    #[must_use]
    pub fn services_in_scope(&self) -> BTreeSet<ServiceId> {
        let Some(services) = node::find_branch(self.body(), &["services"]) else {
            return BTreeSet::new();
        };
        services
            .keys()
            .filter(|id| self.value(&["services", id, "in_scope"]).and_then(Value::as_bool) == Some(true))
            .filter_map(|id| ServiceId::parse(id))
            .collect()
    }

    /// Entitlements of a service; `None` when not known.
    #[must_use]
    pub fn entitlements(&self, service: &ServiceId) -> Option<u32> {
        self.number(&["services", service.as_str(), "entitlements"])
    }

    /// What is written down for a task: found once, for those who ask more than one thing of it.
    #[must_use]
    pub fn task(&self, task: &TaskId) -> TaskRecord<'_> {
        TaskRecord(node::find_branch(self.body(), &["tasks", task.as_str()]))
    }

    fn of_task(&self, task: &TaskId, one: &str, each: &str, key: &StateKey) -> &str {
        match key {
            StateKey::Whole => self.text(&["tasks", task.as_str(), one]),
            StateKey::Service(service) => self.text(&["tasks", task.as_str(), each, service.as_str()]),
        }
    }

    /// The state of a task; not started when nothing was written.
    #[must_use]
    pub fn task_state(&self, task: &TaskId, key: &StateKey) -> TaskState {
        TaskState::parse(self.of_task(task, "state", "states", key)).unwrap_or_default()
    }

    /// The state before the last tick; not started when not known.
    #[must_use]
    pub fn state_before(&self, task: &TaskId, key: &StateKey) -> TaskState {
        TaskState::parse(self.of_task(task, "before", "befores", key)).unwrap_or_default()
    }

    /// Why a task is not required or cancelled; empty when not said.
    #[must_use]
    pub fn reason(&self, task: &TaskId, key: &StateKey) -> &str {
        self.of_task(task, "reason", "reasons", key)
    }

    /// The day a task was done.
    #[must_use]
    pub fn done_on(&self, task: &TaskId) -> Option<NaiveDate> {
        self.day(&["tasks", task.as_str(), "done_on"])
    }

    /// Whose task it is; empty when nobody's.
    #[must_use]
    pub fn owner(&self, task: &TaskId) -> &str {
        self.text(&["tasks", task.as_str(), "owner"])
    }

    /// The day a task is due.
    #[must_use]
    pub fn due(&self, task: &TaskId) -> Option<NaiveDate> {
        self.day(&["tasks", task.as_str(), "due"])
    }

    /// The remark on a task; empty when there is none.
    #[must_use]
    pub fn comment(&self, task: &TaskId) -> &str {
        self.text(&["tasks", task.as_str(), "comment"])
    }

    /// Whether a key input, key outcome, quality input or output is ticked.
    #[must_use]
    pub fn checked(&self, process: &ProcessId, block: &BlockId) -> bool {
        self.value(&["checks", process.as_str(), block.as_str(), "done"])
            .and_then(Value::as_bool)
            .unwrap_or(false)
    }

    /// Who ticked it and when (UTC milliseconds).
    #[must_use]
    pub fn checked_by(&self, process: &ProcessId, block: &BlockId) -> Option<LastChange> {
        let mark = node::find(self.body(), &["checks", process.as_str(), block.as_str(), "done"])?
            .shown()
            .mark;
        Some(LastChange {
            at: mark.stamp.at,
            author: self.vector().author(mark.stamp.replica).to_owned(),
        })
    }

    /// What shows that a ticked entry holds; empty when nothing was written.
    #[must_use]
    pub fn evidence(&self, process: &ProcessId, block: &BlockId) -> &str {
        self.text(&["checks", process.as_str(), block.as_str(), "evidence"])
    }

    /// Words of a service; empty when not given.
    #[must_use]
    pub fn service_text(&self, service: &ServiceId, field: ServiceField) -> &str {
        self.text(&["services", service.as_str(), field.name()])
    }

    /// A day of a service.
    #[must_use]
    pub fn service_day(&self, service: &ServiceId, field: ServiceField) -> Option<NaiveDate> {
        self.day(&["services", service.as_str(), field.name()])
    }

    /// A number of a service.
    #[must_use]
    pub fn service_number(&self, service: &ServiceId, field: ServiceField) -> Option<u32> {
        self.number(&["services", service.as_str(), field.name()])
    }

    /// The answer to a question of the guide to the entitlement status; empty when not answered.
    #[must_use]
    pub fn answer(&self, service: &ServiceId, question: &str) -> &str {
        self.text(&["services", service.as_str(), "answers", question])
    }

    /// How a factor of SSAT stands; `None` when not known.
    #[must_use]
    pub fn factor(&self, service: &ServiceId, factor: Factor) -> Option<FactorState> {
        FactorState::parse(self.text(&["services", service.as_str(), "ssat", factor.name(), "state"]))
    }

    /// Why there is a gap in a factor of SSAT; empty when not said.
    #[must_use]
    pub fn factor_reason(&self, service: &ServiceId, factor: Factor) -> &str {
        self.text(&["services", service.as_str(), "ssat", factor.name(), "reason"])
    }

    /// Words of the whole engagement; empty when not given.
    #[must_use]
    pub fn field_text(&self, field: Field) -> &str {
        self.text(&[field.section(), field.name()])
    }

    /// A day of the whole engagement.
    #[must_use]
    pub fn field_day(&self, field: Field) -> Option<NaiveDate> {
        self.day(&[field.section(), field.name()])
    }

    /// The day a process was closed.
    #[must_use]
    pub fn closed_on(&self, process: &ProcessId) -> Option<NaiveDate> {
        self.day(&["processes", process.as_str(), ProcessField::ClosedOn.name()])
    }

    /// Why a process was closed although something was missing; empty when nothing was.
    #[must_use]
    pub fn closed_reason(&self, process: &ProcessId) -> &str {
        self.text(&["processes", process.as_str(), ProcessField::ClosedReason.name()])
    }

    /// Who closed a process and when (UTC milliseconds).
    #[must_use]
    pub fn closed_by(&self, process: &ProcessId) -> Option<LastChange> {
        let closing = node::find(
            self.body(),
            &["processes", process.as_str(), ProcessField::ClosedOn.name()],
        )?
        .shown();
        let stamp = closing.mark.stamp;
        (!closing.value.is_null()).then(|| LastChange {
            at: stamp.at,
            author: self.vector().author(stamp.replica).to_owned(),
        })
    }

    /// The services that were in scope when a process was closed.
    #[must_use]
    pub fn closed_services(&self, process: &ProcessId) -> BTreeSet<ServiceId> {
        let text = self.text(&["processes", process.as_str(), ProcessField::ClosedServices.name()]);
        gather(text.split(' ').filter_map(ServiceId::parse))
    }

    /// The holidays with their names, by day.
    #[must_use]
    pub fn holidays(&self) -> Vec<(NaiveDate, String)> {
        let days = node::find_branch(self.body(), &["holidays"]).into_iter().flatten();
        days.filter_map(|(day, _)| {
            let name = self.text(&["holidays", day, "name"]);
            (!name.is_empty()).then_some((parse_day(day)?, name.to_owned()))
        })
        .collect()
    }

    /// The entries of a list that were not removed, in the order in which they were begun.
    pub fn entries(&self, kind: EntryKind) -> impl Iterator<Item = ListEntry<'_>> {
        self.all_entries(kind).filter(|entry| !entry.is_removed())
    }

    /// One entry of a list, also a removed one.
    #[must_use]
    pub fn entry<'a>(&'a self, kind: EntryKind, id: &'a EntryId) -> Option<ListEntry<'a>> {
        let entry = ListEntry {
            engagement: self,
            kind,
            id: id.as_str(),
        };
        node::find_branch(self.body(), &[kind.section(), id.as_str()]).map(|_| entry)
    }

    /// All entries of a list, removed ones too.
    pub fn all_entries(&self, kind: EntryKind) -> impl Iterator<Item = ListEntry<'_>> {
        let entries = node::find_branch(self.body(), &[kind.section()]).into_iter().flatten();
        entries.map(move |(id, _)| ListEntry {
            engagement: self,
            kind,
            id,
        })
    }

    /// All notes, removed ones too, newest first.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let Some(notes) = node::find_branch(self.body(), &["notes"]) else {
            return Vec::new();
        };
        let mut all: Vec<Note> = notes.keys().filter_map(|id| self.note(&NoteId::parse(id)?)).collect();
        all.sort_by(|a, b| b.on.cmp(&a.on).then_with(|| b.id.cmp(&a.id)));
        all
    }

    /// The day of the newest note up to a day; removed ones do not count. Reads no words: there may be hundreds.
    #[must_use]
    pub fn newest_note(&self, until: NaiveDate) -> Option<NaiveDate> {
        let mut newest = None;
        let notes = node::find_branch(self.body(), &["notes"]).into_iter().flatten();
        for (id, _) in notes {
            let on = self.day(&["notes", id, "on"]).filter(|on| *on <= until);
            if on > newest && node::find(self.body(), &["notes", id, "text"]).is_some() && !self.is_removed("notes", id)
            {
                newest = on;
            }
        }
        newest
    }

    /// One note.
    #[must_use]
    pub fn note(&self, id: &NoteId) -> Option<Note> {
        let of = |field| ["notes", id.as_str(), field];
        let mark = node::find(self.body(), &of("text"))?.shown().mark;
        Some(Note {
            id: id.clone(),
            text: self.text(&of("text")).to_owned(),
            process: ProcessId::parse(self.text(&of("process"))),
            on: self.day(&of("on")),
            language: self.text(&of("language")).to_owned(),
            author: self.vector().author(mark.stamp.replica).to_owned(),
            written_at: mark.stamp.at,
            removed: self.is_removed("notes", id.as_str()),
        })
    }

    /// An entry is removed while every field of it carries a change that a removal has seen.
    pub(crate) fn is_removed(&self, section: &str, id: &str) -> bool {
        let Some(removals) = node::find(self.body(), &[section, id, "removed"]) else {
            return false;
        };
        if removals.shown().value.is_null() {
            return false;
        }
        let covered: BTreeSet<Dot> = removals
            .all()
            .iter()
            .filter_map(|written| written.value.as_array())
            .flatten()
            .filter_map(|dot| dot.as_str()?.parse().ok())
            .collect();
        let mut unseen = false;
        if let Some(entry) = node::find_branch(self.body(), &[section, id]) {
            node::each(entry, &mut |path, register| {
                unseen |= path != ["removed"] && register.dots().any(|dot| !covered.contains(&dot));
            });
        }
        !unseen
    }

    /// The newest change, by its stamp.
    #[must_use]
    pub fn last_change(&self) -> Option<LastChange> {
        let mut newest = None;
        node::each(self.body(), &mut |_, register| {
            newest = newest.max(Some(register.stamp()))
        });
        newest.map(|stamp| LastChange {
            at: stamp.at,
            author: self.vector().author(stamp.replica).to_owned(),
        })
    }

    /// Who took an entry or a note out of its list, and when; also where it stands again because somebody wrote on, which is
    /// told there (`t26_...`).
    #[must_use]
    pub fn removed_by(&self, entry: &[String]) -> Option<LastChange> {
        let [section, id] = entry else { return None };
        let removal = node::find(self.body(), &[section, id, "removed"])?.shown();
        let stamp = removal.mark.stamp;
        (!removal.value.is_null()).then(|| LastChange {
            at: stamp.at,
            author: self.vector().author(stamp.replica).to_owned(),
        })
    }

    /// What a field shows; `None` where nothing was ever written.
    #[must_use]
    pub fn shown(&self, path: &[String]) -> Option<&Value> {
        self.register(path).map(|register| &register.shown().value)
    }

    /// The change whose value a field shows; `None` where nothing was ever written.
    #[must_use]
    pub fn dot_of(&self, path: &[String]) -> Option<Dot> {
        self.register(path).map(|register| register.shown().mark.dot())
    }

    /// The changes whose values a field holds: several where they are in conflict, none where nothing was ever written.
    #[must_use]
    pub fn dots_at(&self, path: &[String]) -> BTreeSet<Dot> {
        self.register(path)
            .map(|register| register.dots().collect())
            .unwrap_or_default()
    }

    /// Whether a path leads into an entry of a list, or a note, of which nothing was written yet.
    #[must_use]
    pub fn is_new_entry(&self, path: &[String]) -> bool {
        let [section, id, _] = path else { return false };
        is_list(section) && node::find_branch(self.body(), &[section, id]).is_none()
    }

    /// Whether an entry of a list, or a note, stands in its list: begun and not removed.
    #[must_use]
    pub fn is_there(&self, entry: &[String]) -> bool {
        let [section, id] = entry else { return false };
        !self.dots_of(entry).is_empty() && !self.is_removed(section, id)
    }

    /// The changes that wrote what an entry says; its removal is none of them.
    #[must_use]
    pub fn dots_of(&self, entry: &[String]) -> BTreeSet<Dot> {
        let names: Vec<&str> = entry.iter().map(String::as_str).collect();
        let mut dots = BTreeSet::new();
        if let Some(fields) = node::find_branch(self.body(), &names) {
            node::each(fields, &mut |path, register| {
                if path != ["removed"] {
                    dots.extend(register.dots());
                }
            });
        }
        dots
    }

    fn register(&self, path: &[String]) -> Option<&Register> {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        node::find(self.body(), &names)
    }
}

/// A civil date `YYYY-MM-DD` from 1970 to 2199.
#[must_use]
pub fn parse_day(text: &str) -> Option<NaiveDate> {
    let exact = text.len() == 10
        && text.bytes().enumerate().all(|(i, byte)| {
            if i == 4 || i == 7 {
                byte == b'-'
            } else {
                byte.is_ascii_digit()
            }
        });
    if !exact {
        return None;
    }
    let (year, month, day) = (
        text[..4].parse().ok()?,
        text[5..7].parse().ok()?,
        text[8..].parse().ok()?,
    );
    (1970..=2199)
        .contains(&year)
        .then(|| NaiveDate::from_ymd_opt(year, month, day))?
}
