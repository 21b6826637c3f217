//! A native field over one value of an engagement: a line, several lines, a day, a number, a choice. It reads what shows, and
//! writes when it is left; what cannot be read stays in the field with the reason beside it, and nothing is written.

use super::{
    conflict_mark::ConflictMark,
    field::{AreaField, SelectField, TextField},
    task_details::read_day,
};
use crate::{
    app::{
        ui::{Ui, use_ui},
        words::W,
    },
    engagement::{
        Change, Datum, Engagement, EntryField, Field, LONGEST_TEXT, ListEntry, ServiceField, Shape, node::Path,
    },
    playbook::{EngagementId, ServiceId},
};
use leptos::prelude::*;
use std::sync::Arc;

/// How a value is asked for.
#[derive(Clone)]
pub enum Kind {
    /// A line of text.
    Line,
    /// Several lines of text.
    Area,
    /// A date.
    Day,
    /// A whole number.
    Number,
    /// One of a list; ids with their names.
    Choice(Signal<Vec<(String, String)>>),
}

impl Kind {
    /// Reads what stands in the field.
    ///
    /// # Errors
    /// The reason, in the user's language.
    pub fn read(&self, ui: Ui, text: &str) -> Result<Datum, String> {
        let text = text.trim();
        match self {
            Self::Day => read_day(ui, text).map(Datum::Day),
            Self::Number => read_number(ui, text).map(Datum::Number),
            _ if text.len() > LONGEST_TEXT => Err(ui.word(W::text_too_long)),
            _ => Ok(Datum::Text(text.to_owned())),
        }
    }
}

/// A whole number, with or without the marks that people put between thousands; empty is not known.
///
/// # Errors
/// The reason, in the user's language.
pub fn read_number(ui: Ui, text: &str) -> Result<Option<u32>, String> {
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, ' ' | '.' | ',' | '\u{a0}' | '\u{202f}' | '\'' | '’'))
        .collect();
    if plain.is_empty() {
        return Ok(None);
    }
    plain.parse().map(Some).map_err(|_| ui.word(W::not_a_number))
}

/// Reads the value that shows, as the field wants it.
pub type Read = Arc<dyn Fn(&Engagement) -> String + Send + Sync>;
/// Makes the change.
pub type Write = Arc<dyn Fn(Datum) -> Change + Send + Sync>;

/// Reading and writing a value.
#[derive(Clone)]
pub struct Bound {
    /// Reads what shows.
    pub read: Read,
    /// Makes the change.
    pub write: Write,
    /// Where the value stands, when it is one field: it is marked there while it carries several.
    pub place: Option<Path>,
}

impl Bound {
    /// One field, at its place.
    #[must_use]
    pub fn at(place: &[&str], read: Read, write: Write) -> Self {
        Self {
            read,
            write,
            place: Some(place.iter().map(|name| (*name).to_owned()).collect()),
        }
    }
}

impl From<(Read, Write)> for Bound {
    fn from((read, write): (Read, Write)) -> Self {
        Self {
            read,
            write,
            place: None,
        }
    }
}

/// A date or number as a field wants it; empty for none.
#[must_use]
pub fn shown<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Reading and writing a field of a service.
#[must_use]
pub fn of_service(service: &ServiceId, field: ServiceField) -> Bound {
    let (a, b) = (service.clone(), service.clone());
    Bound::at(
        &["services", service.as_str(), field.name()],
        Arc::new(move |one: &Engagement| match field.shape() {
            Shape::Day => shown(one.service_day(&a, field)),
            Shape::Number => shown(one.service_number(&a, field)),
            _ => one.service_text(&a, field).to_owned(),
        }),
        Arc::new(move |value| Change::SetService(b.clone(), field, value)),
    )
}

/// Reading and writing a field of the whole engagement.
#[must_use]
pub fn of_engagement(field: Field) -> Bound {
    Bound::at(
        &[field.section(), field.name()],
        Arc::new(move |one: &Engagement| match field.shape() {
            Shape::Day => shown(one.field_day(field)),
            _ => one.field_text(field).to_owned(),
        }),
        Arc::new(move |value| Change::SetField(field, value)),
    )
}

/// A field of an entry as it shows.
#[must_use]
pub fn of_entry(entry: &ListEntry<'_>, field: EntryField) -> String {
    match field.shape() {
        Shape::Day => shown(entry.day(field)),
        Shape::Number => shown(entry.number(field)),
        _ => entry.text(field).to_owned(),
    }
}

/// The field.
#[component]
pub fn DatumField(
    /// The engagement.
    engagement: EngagementId,
    /// Its id in the page.
    #[prop(into)]
    id: String,
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// How it is asked for.
    kind: Kind,
    /// Reading and writing.
    #[prop(into)]
    bound: Bound,
    /// A help text below.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
) -> impl IntoView {
    let ui = use_ui();
    let Bound { read, write, place } = bound;
    let mark = place.map(|place| view! { <ConflictMark engagement=engagement.clone() place=place/> });
    let of = engagement.clone();
    let value = Signal::derive(move || ui.store.with(&of, |one| one.map(|one| read(one)).unwrap_or_default()));
    let kept = kind.clone();
    let save = Callback::new(move |text: String| -> Result<(), String> {
        let datum = kept.read(ui, &text)?;
        ui.store.dispatch(&engagement, write(datum));
        Ok(())
    });
    view! {
        <Entered id=id label=label kind=kind value=value save=save hint=hint/>
        {mark}
    }
}

/// A field over any value: native, labelled, with its error beside it.
#[component]
pub fn Entered(
    /// Its id in the page.
    #[prop(into)]
    id: String,
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// How it is asked for.
    kind: Kind,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// Takes what was written.
    save: Callback<String, Result<(), String>>,
    /// A help text below.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// Whether it belongs to a form, which is saved as a whole.
    #[prop(optional)]
    form: bool,
) -> impl IntoView {
    let ui = use_ui();
    let put = move |text: String| {
        if let Err(reason) = save.run(text) {
            ui.tell(reason);
        }
    };
    match kind {
        Kind::Line => view! { <TextField id=id label=label value=value save=save hint=hint form=form/> }.into_any(),
        Kind::Day => view! { <TextField id=id kind="date" label=label value=value save=save hint=hint/> }.into_any(),
        Kind::Number => {
            view! { <TextField id=id kind="number" label=label value=value save=save hint=hint/> }.into_any()
        }
        Kind::Area => view! { <AreaField id=id label=label value=value save=save form=form/> }.into_any(),
        Kind::Choice(options) => {
            view! { <SelectField id=id label=label value=value options=options save=put/> }.into_any()
        }
    }
}
