//! Where each change is stored: the layout of the body, in one table, for writing (here) and reading (`record`).
//!
//! ```text
//! about.customer   name tenant country region seats language
//! about.assignment motion on fast_track_manager
//! about.facts      <fact>
//! about.archive    archived
//! services.<id>    in_scope entitlements
//! tasks.<id>       state | states.<service>  before | befores.<service>  reason | reasons.<service>  done_on owner due comment
//! checks.<process>.<block>  done evidence
//! notes.<id>       text process on language removed
//! services.<id>    the fields of `ServiceField`, ssat.<factor> (state reason), answers.<question>
//! picture completion calendar   the fields of `Field`
//! processes.<id>   the fields of `ProcessField`
//! holidays.<day>   name
//! <kind>.<id>      the fields of `EntryKind`, removed
//! ```

use super::{
    Engagement,
    change::{Change, StateKey},
    fields::{Datum, EntryField, ProcessField, ServiceField},
    node::Path,
};
use crate::playbook::{TaskId, TaskState};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// A path of the body from its parts.
pub(super) fn path(parts: &[&str]) -> Path {
    parts.iter().map(|part| (*part).to_owned()).collect()
}

/// A civil date as it stands in files.
pub(super) fn date(day: Option<NaiveDate>) -> Value {
    day.map_or(Value::Null, |day| Value::String(day.to_string()))
}

fn text(text: &str) -> Value {
    if text.is_empty() {
        Value::Null
    } else {
        Value::String(text.to_owned())
    }
}

fn datum(value: &Datum) -> Value {
    match value {
        Datum::Text(words) => text(words),
        Datum::Day(day) => date(*day),
        Datum::Number(number) => json!(number),
    }
}

fn optional(text: Option<&str>) -> Value {
    text.map_or(Value::Null, |text| Value::String(text.to_owned()))
}

fn state_field(task: &TaskId, one: &'static str, each: &'static str, key: &StateKey) -> Path {
    match key {
        StateKey::Whole => path(&["tasks", task.as_str(), one]),
        StateKey::Service(service) => path(&["tasks", task.as_str(), each, service.as_str()]),
    }
}

/// What a change writes, by path. A value that stands there already is left out by `apply`.
pub(super) fn writes(engagement: &Engagement, change: &Change) -> Vec<(Path, Value)> {
    let customer = |field, value| vec![(path(&["about", "customer", field]), value)];
    let assignment = |field, value| vec![(path(&["about", "assignment", field]), value)];
    let task = |task: &TaskId, field, value| vec![(path(&["tasks", task.as_str(), field]), value)];
    match change {
        Change::SetCustomer(name) => customer("name", text(name)),
        Change::SetTenant(tenant) => customer("tenant", text(tenant)),
        Change::SetCountry(country) => customer("country", text(country)),
        Change::SetRegion(region) => customer("region", optional(region.as_ref().map(|id| id.as_str()))),
        Change::SetSeats(seats) => customer("seats", json!(seats)),
        Change::SetCustomerLanguage(tag) => customer("language", optional(tag.as_deref())),
        Change::SetMotion(motion) => assignment("motion", optional(motion.as_ref().map(|id| id.as_str()))),
        Change::SetAssignedOn(day) => assignment("on", date(*day)),
        Change::SetFastTrackManager(name) => assignment("fast_track_manager", text(name)),
        Change::SetFact(fact, answer) => vec![(path(&["about", "facts", fact.as_str()]), json!(answer))],
        Change::SetServiceInScope(service, in_scope) => {
            vec![(path(&["services", service.as_str(), "in_scope"]), json!(in_scope))]
        }
        Change::SetEntitlements(service, count) => {
            vec![(path(&["services", service.as_str(), "entitlements"]), json!(count))]
        }
        Change::SetTaskState {
            task,
            states,
            reason,
            done_on,
        } => state_writes(engagement, task, states, reason.as_deref(), *done_on),
        Change::SetDoneOn(id, day) => task(id, "done_on", date(*day)),
        Change::SetOwner(id, owner) => task(id, "owner", text(owner)),
        Change::SetDue(id, day) => task(id, "due", date(*day)),
        Change::SetComment(id, comment) => task(id, "comment", text(comment)),
        Change::SetCheck(process, block, done) => {
            vec![(path(&["checks", process.as_str(), block.as_str(), "done"]), json!(done))]
        }
        Change::SetEvidence(process, block, evidence) => {
            vec![(
                path(&["checks", process.as_str(), block.as_str(), "evidence"]),
                text(evidence),
            )]
        }
        Change::WriteNote {
            note,
            text: words,
            process,
            on,
            language,
        } => {
            let field = |field| path(&["notes", note.as_str(), field]);
            vec![
                (field("text"), text(words)),
                (field("process"), optional(process.as_ref().map(|id| id.as_str()))),
                (field("on"), date(Some(*on))),
                (field("language"), text(language)),
            ]
        }
        Change::EditNote(note, words) => vec![(path(&["notes", note.as_str(), "text"]), text(words))],
        Change::RemoveNote(note) => {
            vec![(
                path(&["notes", note.as_str(), "removed"]),
                json!(seen(engagement, "notes", note.as_str())),
            )]
        }
        Change::RestoreNote(note) => vec![(path(&["notes", note.as_str(), "removed"]), Value::Null)],
        Change::SetService(service, field, value) => {
            vec![(path(&["services", service.as_str(), field.name()]), datum(value))]
        }
        Change::SetStartDate { service, day, reason } => {
            let field = |field: ServiceField| path(&["services", service.as_str(), field.name()]);
            let before = engagement
                .service_day(service, ServiceField::StartDate)
                .filter(|old| Some(*old) != *day);
            let mut writes = vec![(field(ServiceField::StartDate), date(*day))];
            if before.is_some() {
                writes.push((field(ServiceField::StartDateBefore), date(before)));
            }
            writes.push((field(ServiceField::StartDateReason), text(reason)));
            writes
        }
        Change::SetAnswer(service, question, answer) => vec![(
            path(&["services", service.as_str(), "answers", question]),
            optional(answer.as_deref()),
        )],
        Change::SetFactor {
            service,
            factor,
            state,
            reason,
        } => {
            let field = |field| path(&["services", service.as_str(), "ssat", factor.name(), field]);
            vec![
                (field("state"), optional(state.map(|state| state.name()))),
                (field("reason"), text(reason)),
            ]
        }
        Change::SetField(field, value) => vec![(path(&[field.section(), field.name()]), datum(value))],
        Change::CloseProcess { process, on, reason } => {
            let services: Vec<String> = engagement.services_in_scope().iter().map(ToString::to_string).collect();
            let field = |field: ProcessField| path(&["processes", process.as_str(), field.name()]);
            vec![
                (field(ProcessField::ClosedOn), date(Some(*on))),
                (field(ProcessField::ClosedReason), text(reason)),
                (field(ProcessField::ClosedServices), text(&services.join(" "))),
            ]
        }
        Change::ReopenProcess(process) => {
            let fields = ProcessField::ALL.iter();
            fields
                .map(|field| (path(&["processes", process.as_str(), field.name()]), Value::Null))
                .collect()
        }
        Change::SetHoliday(day, name) => {
            vec![(path(&["holidays", &day.to_string(), "name"]), optional(name.as_deref()))]
        }
        Change::WriteEntry(kind, id, values) => {
            let of = |(field, value): &(EntryField, Datum)| {
                (path(&[kind.section(), id.as_str(), field.name()]), datum(value))
            };
            values.iter().map(of).collect()
        }
        Change::RemoveEntry(kind, id) => vec![(
            path(&[kind.section(), id.as_str(), "removed"]),
            json!(seen(engagement, kind.section(), id.as_str())),
        )],
        Change::RestoreEntry(kind, id) => vec![(path(&[kind.section(), id.as_str(), "removed"]), Value::Null)],
        Change::HandOver {
            entry,
            to,
            on,
            language,
        } => {
            let field = |field| path(&["handovers", entry.as_str(), field]);
            let seen = engagement.vector().0.iter();
            let seen: Vec<String> = seen
                .map(|(replica, session)| format!("{replica}.{}", session.sequence))
                .collect();
            vec![
                (field("to"), text(to)),
                (field("on"), date(Some(*on))),
                (field("language"), text(language)),
                (field("seen"), json!(seen)),
            ]
        }
        Change::Put(all) => all
            .iter()
            .filter(|put| {
                put.only_over
                    .as_ref()
                    .is_none_or(|dots| engagement.dots_at(&put.path) == *dots)
            })
            .map(|put| (put.path.clone(), put.value.clone()))
            .collect(),
        Change::SetArchived(archived) => vec![(path(&["about", "archive", "archived"]), json!(archived))],
    }
}

/// States, the states before a tick (so that an untick finds its way back), and reasons.
fn state_writes(
    engagement: &Engagement,
    task: &TaskId,
    states: &[(StateKey, TaskState)],
    reason: Option<&str>,
    done_on: Option<NaiveDate>,
) -> Vec<(Path, Value)> {
    let mut writes = Vec::new();
    for (key, state) in states {
        let old = engagement.task_state(task, key);
        writes.push((state_field(task, "state", "states", key), json!(state.as_str())));
        let ticked = *state == TaskState::Complete && old != TaskState::Complete;
        if ticked && (old != TaskState::NotStarted || engagement.state_before(task, key) != TaskState::NotStarted) {
            writes.push((state_field(task, "before", "befores", key), json!(old.as_str())));
        }
        let why = if state.wants_reason() {
            optional(reason)
        } else {
            Value::Null
        };
        writes.push((state_field(task, "reason", "reasons", key), why));
    }
    if done_on.is_some() {
        writes.push((path(&["tasks", task.as_str(), "done_on"]), date(done_on)));
    }
    writes
}

/// The changes whose words of this entry are seen now: what a removal covers.
fn seen(engagement: &Engagement, section: &str, id: &str) -> Vec<String> {
    let dots = engagement.dots_of(&path(&[section, id]));
    let mut dots: Vec<String> = dots.iter().map(ToString::to_string).collect();
    dots.sort();
    dots
}
