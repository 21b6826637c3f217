//! The handover sheet in words, in the language of the handle: the same lines are drawn on the page, printed, and written as
//! Markdown.

use super::{
    components::{
        deadline_list,
        matrix::part_name,
        next_item::{reason_parts, what_text},
        rule::rule_text,
    },
    filling::isolated,
    pages::frame::{customer_name, facts_of},
    route::{Route, Spot},
    ui::Ui,
    value_text,
    words::W,
};
use crate::{
    engagement::{EntryField, EntryKind},
    exchange::{HandoverText, TextItem, TextSection},
    playbook::{EngagementId, EntryId, ProcessId, ServiceId, TaskId},
    rules::{Changed, ChangedField, Deadline, Handover, NextItem, OpenMandatory, Sheet},
};
use leptos::prelude::*;

/// So many deadlines stand on the sheet.
const DEADLINES: usize = 10;
/// Letters of a value that stand on the sheet; the whole of it is in the file.
const LONGEST: usize = 300;

/// The sheet in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Worded {
    /// What it is, and of which customer.
    pub title: String,
    /// Lines below the title.
    pub facts: Vec<String>,
    /// Its sections, in order.
    pub parts: Vec<Part>,
}

/// A section.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its name in the page.
    pub name: &'static str,
    /// Its words.
    pub text: TextSection,
    /// Where each of its items is worked on.
    pub hrefs: Vec<String>,
}

impl Worded {
    /// The words alone.
    #[must_use]
    pub fn text(&self) -> HandoverText {
        HandoverText {
            title: self.title.clone(),
            facts: self.facts.clone(),
            sections: self.parts.iter().map(|part| part.text.clone()).collect(),
        }
    }
}

/// A handover in one line.
#[must_use]
pub fn handover_line(ui: Ui, handover: &Handover) -> String {
    let day = handover.on.map(|day| ui.day(day)).unwrap_or_default();
    let values = [
        ("name", handover.to.clone()),
        ("day", day),
        ("author", handover.by.clone()),
    ];
    let word = if handover.by.is_empty() {
        W::handed_over_to
    } else {
        W::handed_over_to_by
    };
    ui.fill(word, &values)
}

/// The sheet of an engagement in words.
#[must_use]
pub fn worded(ui: Ui, id: &EngagementId, sheet: &Sheet) -> Worded {
    let (customer, facts) = ui.store.with(id, |one| {
        one.map(|one| (customer_name(ui, one), facts_of(ui, one)))
            .unwrap_or_default()
    });
    let mut lines = vec![ui.fill(W::as_of, &[("day", ui.day(ui.today.get()))])];
    lines.push(match &sheet.last {
        Some(last) => handover_line(ui, last),
        None => ui.word(W::never_handed_over),
    });
    lines.extend(facts.into_iter().map(|(word, value)| pair(ui, ui.word(word), value)));
    if sheet.conflicts > 0 {
        lines.push(ui.count(W::n_conflicts, sheet.conflicts, &[]));
    }
    let since = sheet.last.as_ref().and_then(|last| last.on);
    let changed = match since {
        Some(day) => ui.fill(W::changed_since, &[("day", ui.day(day))]),
        None => ui.word(W::changed_so_far),
    };
    let next = sheet.next.iter().map(|next| {
        let why = vec![reason_parts(ui, next).join(" · ")];
        let text = match &next.item {
            NextItem::Task { task, .. } => numbered(ui, what_text(ui, id, &next.item), task),
            NextItem::Deadline(_) => what_text(ui, id, &next.item),
        };
        let href = match &next.item {
            NextItem::Task { task, place } => task_href(id, task, &place.process),
            NextItem::Deadline(_) => Route::Dates(id.clone()).href(),
        };
        (item(text, why), href)
    });
    let deadlines = sheet.deadlines.iter().take(DEADLINES);
    let open = sheet.open.iter().map(|open| open_task(ui, id, open));
    let gaps = sheet.gaps.iter().map(|(service, gaps)| {
        let names: Vec<String> = gaps.iter().map(|part| part_name(ui, *part)).collect();
        let line = item(ui.service(service), vec![ui.row(&names)]);
        (line, Route::Services(id.clone()).href())
    });
    let changes = sheet.changes.iter().map(|change| changed_item(ui, id, change));
    Worded {
        title: ui.fill(W::handover_of, &[("customer", customer)]),
        facts: lines,
        parts: vec![
            part("next", ui.word(W::next_and_why), ui.word(W::nothing_next), next),
            part(
                "deadlines",
                ui.word(W::deadlines),
                ui.word(W::no_deadline),
                deadlines.map(|one| deadline(ui, id, one)),
            ),
            part("open", ui.word(W::open_mandatory_tasks), ui.word(W::nothing_next), open),
            part("gaps", ui.word(W::four_plus_four), ui.word(W::no_gaps), gaps),
            part("changes", changed, ui.word(W::nothing_changed_since), changes),
        ],
    }
}

fn part(name: &'static str, heading: String, none: String, lines: impl Iterator<Item = (TextItem, String)>) -> Part {
    let (items, hrefs) = lines.unzip();
    let text = TextSection { heading, none, items };
    Part { name, text, hrefs }
}

fn item(text: String, details: Vec<String>) -> TextItem {
    let details = details.into_iter().filter(|detail| !detail.is_empty()).collect();
    TextItem { text, details }
}

fn pair(ui: Ui, field: String, value: String) -> String {
    ui.fill(W::field_and_value, &[("field", field), ("value", value)])
}

fn numbered(ui: Ui, name: String, task: &TaskId) -> String {
    ui.fill(W::task_and_number, &[("name", name), ("task", task.to_string())])
}

fn task_href(id: &EngagementId, task: &TaskId, process: &ProcessId) -> String {
    Route::Work(id.clone(), process.clone(), Some(Spot::Task(task.clone()))).href()
}

fn deadline(ui: Ui, id: &EngagementId, deadline: &Deadline) -> (TextItem, String) {
    let values = [
        ("field", ui.day(deadline.day)),
        ("value", deadline_list::title(ui, id, deadline)),
    ];
    let line = item(ui.fill(W::field_and_value, &values), vec![rule_text(ui, deadline.rule)]);
    (line, deadline_list::route(id, deadline).href())
}

fn open_task(ui: Ui, id: &EngagementId, open: &OpenMandatory) -> (TextItem, String) {
    let name = ui.name(|names| names.task(&open.task, Some(&open.place)).to_owned());
    let services = (!open.services.is_empty()).then(|| ui.services(&open.services));
    let owner = (!open.owner.is_empty()).then(|| ui.fill(W::owned_by, &[("name", open.owner.clone())]));
    let due = open.due.map(|day| ui.fill(W::due_on, &[("day", ui.day(day))]));
    let facts: Vec<String> = services.into_iter().chain(owner).chain(due).collect();
    let line = item(numbered(ui, name, &open.task), vec![facts.join(" · ")]);
    (line, task_href(id, &open.task, &open.place.process))
}

/// What changed about an item, by whom and when, and where it is worked on.
fn changed_item(ui: Ui, id: &EngagementId, change: &Changed) -> (TextItem, String) {
    let name = item_name(ui, &change.item);
    let newest = change.fields.first();
    let by = newest
        .map(|field| [isolated(&field.by).into_owned(), ui.instant(field.at)])
        .into_iter()
        .flatten();
    let by: Vec<String> = by.filter(|part| !part.is_empty()).collect();
    let fields = change.fields.iter().filter(|field| is_told(field));
    let told = fields.map(|field| field_line(ui, &name, field));
    let details = told.chain([by.join(" · ")]).collect();
    let which = entry_words(ui, id, &change.item);
    let title = match which {
        Some(which) => ui.fill(W::what_and_which, &[("what", name.clone()), ("which", which)]),
        None => name.clone(),
    };
    (item(title, details), href(ui, id, &change.item))
}

/// The name of an item; its fields stand below it.
fn item_name(ui: Ui, of: &[String]) -> String {
    let parts: Vec<&str> = of.iter().map(String::as_str).collect();
    match parts.as_slice() {
        ["about", "customer"] => ui.word(W::customer),
        ["about", ..] => ui.word(W::customer_and_scope),
        ["tasks", task] => TaskId::parse(task).map_or_else(
            || (*task).to_owned(),
            |id| format!("{} ({id})", ui.name(|names| names.task(&id, None).to_owned())),
        ),
        ["services", service] => {
            ServiceId::parse(service).map_or_else(|| (*service).to_owned(), |service| ui.service(&service))
        }
        ["checks" | "processes", process] => ProcessId::parse(process).map_or_else(
            || (*process).to_owned(),
            |process| ui.name(|names| names.process(&process).to_owned()),
        ),
        ["holidays", day] => value_text::place(ui, &["holidays".into(), (*day).into(), "name".into()]),
        _ => value_text::place(ui, of),
    }
}

/// Which entry of a list it is, by its name; a note is told by its words.
fn entry_words(ui: Ui, id: &EngagementId, item: &[String]) -> Option<String> {
    let [section, entry] = item else { return None };
    let kind = EntryKind::ALL.into_iter().find(|kind| kind.section() == section)?;
    let entry = EntryId::parse(entry)?;
    let name = ui.store.with(id, |one| {
        let entry = one?.entry(kind, &entry)?;
        Some(entry.text(EntryField::Name).to_owned())
    });
    name.filter(|name| !name.is_empty()).map(|name| excerpt(&name))
}

/// What only helps the app, and a reason that is wanted no more, say nothing to a person.
fn is_told(field: &ChangedField) -> bool {
    let path: Vec<&str> = field.path.iter().map(String::as_str).collect();
    match path.as_slice() {
        ["notes", _, name] => matches!(*name, "text" | "removed"),
        ["measurements", _, "metric"] => false,
        ["tasks", _, "reason" | "reasons", ..] => !field.value.is_null(),
        _ => true,
    }
}

/// A field with what it shows now.
fn field_line(ui: Ui, item: &str, field: &ChangedField) -> String {
    if field.path.last().is_some_and(|name| name == "removed") {
        return ui.word(if field.value.is_null() {
            W::brought_back
        } else {
            W::removed_note
        });
    }
    let place = value_text::place(ui, &field.path);
    let rest = place.strip_prefix(item);
    let label = match rest.map(|rest| (rest, rest.strip_prefix(" · "))) {
        Some((_, Some(label))) => label,
        Some(("", None)) => "",
        _ => &place,
    };
    let value = excerpt(&value_text::value(ui, &field.path, Some(&field.value)));
    match label {
        "" => value,
        label => pair(ui, label.to_owned(), value),
    }
}

/// The beginning of a text.
fn excerpt(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} …", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// Where an item is worked on.
fn href(ui: Ui, id: &EngagementId, item: &[String]) -> String {
    let id = id.clone();
    let parts: Vec<&str> = item.iter().map(String::as_str).collect();
    let route = match parts.as_slice() {
        ["tasks", task] => match TaskId::parse(task) {
            Some(task) => return ui.task_href(&task),
            None => Route::Tasks(id),
        },
        ["checks" | "processes", process] => match ProcessId::parse(process) {
            Some(process) => Route::Work(id, process, None),
            None => Route::Engagement(id),
        },
        ["about", ..] => Route::About(id),
        ["notes", ..] => Route::Notes(id),
        ["services" | "readings" | "migrations" | "parts" | "scenarios", ..] => Route::Services(id),
        [
            "picture" | "goals" | "actions" | "metrics" | "measurements" | "meetings",
            ..,
        ] => Route::Plan(id),
        ["completion", ..] => Route::Completion(id),
        ["holidays" | "calendar", ..] => Route::Dates(id),
        _ => Route::Engagement(id),
    };
    route.href()
}
