//! A field of an engagement and its value in words: for previews and conflicts, in the language of the reader.

use super::{components::condition::fact_word, field_words, filling::isolated, ui::Ui, words::W};
use crate::{
    engagement::{EntryKind, Factor, parse_day},
    playbook::{BlockId, Fact, MotionId, ProcessId, RegionId, ServiceId, TaskId, TaskState},
};
use serde_json::{Map, Value};

/// The kind of the entries of a section.
fn kind(section: &str) -> Option<EntryKind> {
    EntryKind::ALL.into_iter().find(|kind| kind.section() == section)
}

/// The name of a field.
fn field(ui: Ui, section: &str, name: &str) -> String {
    field_words::field(section, name).map_or_else(|| name.to_owned(), |word| ui.word(word))
}

/// What a path of the body is about.
#[must_use]
pub fn place(ui: Ui, path: &[String]) -> String {
    let parts: Vec<&str> = path.iter().map(String::as_str).collect();
    match parts.as_slice() {
        ["about", "facts", fact] => match Fact::ALL.into_iter().find(|known| known.as_str() == *fact) {
            Some(known) => ui.word(fact_word(known)),
            None => (*fact).to_owned(),
        },
        ["about", "assignment", "on"] => ui.word(W::assigned),
        ["about", _, name] => field(ui, "about", name),
        ["services", id, "answers", question] => format!("{} · {}", service(ui, id), ui.listed("questions", question)),
        ["services", id, "ssat", factor, name] => ssat(ui, id, factor, name),
        ["services", id, name] => format!("{} · {}", service(ui, id), field(ui, "services", name)),
        ["tasks", id, name] => format!("{} ({id}) · {}", task(ui, id), field(ui, "tasks", name)),
        ["tasks", id, name, of] => {
            format!(
                "{} ({id}) · {} · {}",
                task(ui, id),
                service(ui, of),
                field(ui, "tasks", name)
            )
        }
        ["checks", process, block, name] => format!("{} · {}", check(ui, process, block), field(ui, "checks", name)),
        ["processes", id, name] => format!("{} · {}", process(ui, id), field(ui, "processes", name)),
        ["picture" | "completion" | "calendar", name] => field(ui, parts[0], name),
        ["holidays", day, "name"] => format!("{} · {}", ui.word(W::holiday), day_text(ui, day)),
        ["notes", _, name @ ("removed" | "on")] => format!("{} · {}", ui.word(W::note), field(ui, "notes", name)),
        ["notes", ..] => ui.word(W::note),
        [section, _] if kind(section).is_some() => kind(section)
            .map(|kind| ui.word(field_words::entry(kind)))
            .unwrap_or_default(),
        [section, _, name] if kind(section).is_some() => {
            format!("{} · {}", place(ui, &path[..2]), field(ui, section, name))
        }
        _ => path.join("."),
    }
}

fn ssat(ui: Ui, of: &str, factor: &str, name: &str) -> String {
    let known = Factor::ALL.into_iter().find(|known| known.name() == factor);
    let factor = known.map_or_else(|| factor.to_owned(), |known| ui.word(field_words::factor(known)));
    let line = format!("{} · {} · {factor}", service(ui, of), ui.word(W::ssat));
    match name {
        "state" => line,
        _ => format!("{line} · {}", ui.word(W::reason)),
    }
}

fn process(ui: Ui, id: &str) -> String {
    ProcessId::parse(id).map_or_else(|| id.to_owned(), |id| ui.name(|names| names.process(&id).to_owned()))
}

fn day_text(ui: Ui, text: &str) -> String {
    parse_day(text).map_or_else(|| text.to_owned(), |day| ui.day(day))
}

fn service(ui: Ui, id: &str) -> String {
    ServiceId::parse(id).map_or_else(|| id.to_owned(), |id| ui.service(&id))
}

fn task(ui: Ui, id: &str) -> String {
    TaskId::parse(id).map_or_else(|| id.to_owned(), |id| ui.name(|names| names.task(&id, None).to_owned()))
}

/// The words of a ticked entry, when they are loaded; its process and id until then.
fn check(ui: Ui, process: &str, block: &str) -> String {
    let (Some(process), Some(block)) = (ProcessId::parse(process), BlockId::parse(block)) else {
        return format!("{process} {block}");
    };
    let words = ui.words(&process).and_then(|words| words.get(block.as_str()).cloned());
    words
        .map(|text| plain(ui, &text))
        .unwrap_or_else(|| format!("{} · {block}", ui.name(|names| names.process(&process).to_owned())))
}

/// A text of the playbook as plain text, its placeholders filled.
fn plain(ui: Ui, text: &str) -> String {
    use crate::playbook::words::{Piece, pieces};
    let speech = ui.speech();
    let Ok(pieces) = pieces(text) else {
        return text.to_owned();
    };
    let say = |piece: &Piece<'_>| match piece {
        Piece::Text(text) => (*text).to_owned(),
        Piece::Number(n) => speech.locale.number(f64::from(*n)),
        Piece::Percent(n) => speech.locale.percent(f64::from(*n)),
        Piece::MonthDay(month, day) => speech.locale.month_day(*month, *day),
        Piece::Task(id) => id.to_string(),
        Piece::Resource(id) => id.to_string(),
        Piece::Process(id) => speech.names.process(id).to_owned(),
        Piece::Step(place) => speech.names.step(place),
        Piece::Reference(page) => speech.names.reference(page).to_owned(),
    };
    pieces.iter().map(say).collect()
}

/// A value in words; "empty" for one that was never written or was cleared.
#[must_use]
pub fn value(ui: Ui, path: &[String], value: Option<&Value>) -> String {
    let parts: Vec<&str> = path.iter().map(String::as_str).collect();
    match value {
        None | Some(Value::Null) if matches!(parts[..], ["tasks", _, "state" | "states", ..]) => {
            ui.name(|names| names.state(TaskState::NotStarted).to_owned())
        }
        Some(value) if path.len() > 2 && parts.last() == Some(&"removed") => {
            ui.word(if value.is_null() { W::yes } else { W::removed_note })
        }
        None | Some(Value::Null) => ui.word(W::empty),
        Some(Value::Bool(is)) => ui.word(if *is { W::yes } else { W::no }),
        Some(Value::Number(number)) => number
            .as_f64()
            .map_or_else(|| number.to_string(), |n| ui.speech().locale.number(n)),
        Some(Value::String(text)) => words(ui, &parts, text),
        Some(Value::Object(fields)) if path.len() == 2 => entry(ui, path, fields),
        Some(other) => other.to_string(),
    }
}

/// An entry in one line: what it is first, then its other fields with their names.
fn entry(ui: Ui, path: &[String], fields: &Map<String, Value>) -> String {
    let Some(kind) = kind(&path[0]) else {
        return Value::Object(fields.clone()).to_string();
    };
    // The metric of a measurement is an id, which says nothing to a person.
    let known = kind
        .fields()
        .iter()
        .map(|field| field.name())
        .filter(|name| *name != "metric");
    let line = known.filter_map(|name| {
        let of = [path, &[name.to_owned()]].concat();
        let text = value(ui, &of, Some(fields.get(name).filter(|value| !value.is_null())?));
        Some(match name {
            "name" | "service" => isolated(&text).into_owned(),
            _ => ui.fill(
                W::field_and_value,
                &[("field", field(ui, &path[0], name)), ("value", text)],
            ),
        })
    });
    line.collect::<Vec<_>>().join(" · ")
}

/// A text as it is meant: the name of an id, a date, or the words of a person.
fn words(ui: Ui, path: &[&str], text: &str) -> String {
    if let Some(word) = field_words::choice(path, text) {
        return ui.word(word);
    }
    let listed = |list: &str| ui.listed(list, text);
    match path {
        ["tasks", _, "state" | "states" | "before" | "befores", ..] => TaskState::parse(text).map_or_else(
            || text.to_owned(),
            |state| ui.name(|names| names.state(state).to_owned()),
        ),
        ["about", _, "motion"] => {
            MotionId::parse(text).map_or_else(|| text.to_owned(), |id| ui.name(|names| names.motion(&id).to_owned()))
        }
        ["about", _, "region"] => {
            RegionId::parse(text).map_or_else(|| text.to_owned(), |id| ui.name(|names| names.region(&id).to_owned()))
        }
        ["services" | "parts", _, "status"] => listed("entitlement_status"),
        ["services" | "parts", _, "reason"] | ["services", _, "answers", _] => listed("entitlement_reasons"),
        ["services", _, "business_reason"] => listed("business_reasons"),
        ["services", _, "service_status"] => listed("service_status"),
        ["completion", "queue"] => listed("queues"),
        ["completion", "another_workload"] | [_, _, "service"] => service(ui, text),
        ["processes", _, "closed_services"] => {
            let services: Vec<ServiceId> = text.split(' ').filter_map(ServiceId::parse).collect();
            ui.services(&services)
        }
        _ => day_text(ui, text),
    }
}

/// A text in one line of a message: its beginning, when it is long.
#[must_use]
pub fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
