//! A field of an engagement and its value in words: for previews and conflicts, in the language of the reader.

use super::{components::condition::fact_word, ui::Ui, words::W};
use crate::{
    engagement::{Engagement, node, parse_day},
    playbook::{BlockId, Fact, MotionId, ProcessId, RegionId, ServiceId, TaskId, TaskState},
};
use serde_json::Value;

/// A field with more than one value.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// Where.
    pub path: Vec<String>,
    /// The values, the one that shows first, each with who wrote it.
    pub values: Vec<(Value, String)>,
}

/// The conflicts of an engagement that nobody has settled.
#[must_use]
pub fn open_conflicts(engagement: &Engagement) -> Vec<Conflict> {
    let of = |path: Vec<String>| {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        let register = node::find(engagement.body(), &names)?;
        let author = |replica| engagement.vector().author(replica).to_owned();
        let values = register
            .all()
            .iter()
            .map(|one| (one.value.clone(), author(one.mark.stamp.replica)))
            .collect();
        Some(Conflict { path, values })
    };
    engagement.conflicts().into_iter().filter_map(of).collect()
}

/// The name of a field.
fn field(ui: Ui, name: &str) -> String {
    let word = match name {
        "name" => W::customer_name,
        "tenant" => W::tenant,
        "country" => W::country,
        "region" => W::region,
        "seats" => W::seats,
        "language" => W::language,
        "motion" => W::motion,
        "on" => W::date,
        "fast_track_manager" => W::fast_track_manager,
        "archived" => W::archive,
        "in_scope" => W::in_scope,
        "entitlements" => W::entitlements,
        "state" | "states" => W::state,
        "before" | "befores" => W::state_before,
        "reason" | "reasons" => W::reason,
        "done_on" => W::done_on,
        "owner" => W::owner,
        "due" => W::due,
        "comment" => W::comment,
        "done" => W::ticked,
        "evidence" => W::evidence,
        _ => return name.to_owned(),
    };
    ui.word(word)
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
        ["about", _, name] => field(ui, name),
        ["services", id, name] => format!("{} · {}", service(ui, id), field(ui, name)),
        ["tasks", id, name] => format!("{} ({id}) · {}", task(ui, id), field(ui, name)),
        ["tasks", id, name, of] => format!("{} ({id}) · {} · {}", task(ui, id), service(ui, of), field(ui, name)),
        ["checks", process, block, name] => format!("{} · {}", check(ui, process, block), field(ui, name)),
        ["notes", ..] => ui.word(W::note),
        _ => path.join("."),
    }
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
    let name = path
        .iter()
        .rev()
        .find(|part| !part.contains('-') || part.len() < 3)
        .map(String::as_str)
        .unwrap_or_default();
    let kind = path.get(2).map(String::as_str).unwrap_or_default();
    match value {
        None | Some(Value::Null) => ui.word(W::empty),
        Some(Value::Bool(is)) => ui.word(if *is { W::yes } else { W::no }),
        Some(Value::Number(number)) => number
            .as_f64()
            .map_or_else(|| number.to_string(), |n| ui.speech().locale.number(n)),
        Some(Value::String(text)) => {
            match (kind, name) {
                ("state" | "states" | "before" | "befores", _) => TaskState::parse(text)
                    .map_or_else(|| text.clone(), |state| ui.name(|names| names.state(state).to_owned())),
                (_, "motion") => MotionId::parse(text)
                    .map_or_else(|| text.clone(), |id| ui.name(|names| names.motion(&id).to_owned())),
                (_, "region") => RegionId::parse(text)
                    .map_or_else(|| text.clone(), |id| ui.name(|names| names.region(&id).to_owned())),
                _ => parse_day(text).map_or_else(|| text.clone(), |day| ui.day(day)),
            }
        }
        Some(other) => other.to_string(),
    }
}
