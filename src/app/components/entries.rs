//! A list of entries of one kind as a table of native fields: readings, goals, actions, meetings. A row is written in a form
//! below the table and begun as a whole; afterwards each of its fields saves by itself. What is removed can be brought back.

use super::{
    conflict_mark::ConflictMark,
    datum::{Entered, Kind, of_entry},
    history_link::HistoryLink,
    icon::Icon,
    removed_mark::RemovedMark,
};
use crate::{
    app::{filling::isolated, ui::use_ui, words::W},
    browser::{clock, page},
    engagement::{Change, Datum, EntryField, EntryKind, ListEntry},
    playbook::{EngagementId, EntryId},
};
use leptos::prelude::*;

/// A column of the table.
#[derive(Clone)]
pub struct Column {
    /// The field.
    pub field: EntryField,
    /// Its heading.
    pub word: W,
    /// How it is asked for.
    pub kind: Kind,
}

/// A column.
#[must_use]
pub fn column(field: EntryField, word: W, kind: Kind) -> Column {
    Column { field, word, kind }
}

/// The entries of a kind that belong together.
#[component]
pub fn Entries(
    /// The engagement.
    engagement: EngagementId,
    /// The list.
    kind: EntryKind,
    /// Its columns; the first one has to be filled.
    columns: Vec<Column>,
    /// Fields that every entry of this table has, such as its service.
    #[prop(optional)]
    fixed: Vec<(EntryField, String)>,
    /// What the table is.
    caption: W,
    /// What stands on the button that adds one.
    add: W,
) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let columns = StoredValue::new(columns);
    let prefix = fixed
        .iter()
        .fold(kind.section().to_owned(), |name, (_, value)| format!("{name}-{value}"));
    let prefix = StoredValue::new(prefix);
    let fixed = StoredValue::new(fixed);
    let belongs = move |entry: &ListEntry<'_>| {
        fixed.with_value(|fixed| fixed.iter().all(|(field, value)| entry.text(*field) == value))
    };
    let listed = move |removed: bool| {
        ui.store.with(&id.get_value(), |one| {
            one.into_iter()
                .flat_map(|one| one.all_entries(kind))
                .filter(|entry| entry.is_removed() == removed && belongs(entry))
                .filter_map(|entry| entry.id())
                .collect::<Vec<_>>()
        })
    };
    let shown = Memo::new(move |_| listed(false));
    let removed = Memo::new(move |_| listed(true));
    let head = move || {
        let cells = columns.get_value().into_iter();
        cells
            .map(|column| view! { <th scope="col">{ui.say(column.word)}</th> })
            .collect_view()
    };
    let row = move |entry: EntryId| {
        view! { <Row engagement=id.get_value() kind=kind entry=entry columns=columns.get_value() prefix=prefix.get_value()/> }
    };
    view! {
        <div class="entries" data-entries=kind.section()>
            <Show when=move || !shown.with(Vec::is_empty)>
                <table class="entries-table">
                    <caption class="sr">{ui.say(caption)}</caption>
                    <thead><tr>{head} <th scope="col"><span class="sr">{ui.say(W::actions)}</span></th></tr></thead>
                    <tbody><For each=move || shown.get() key=|entry| entry.clone() children=row/></tbody>
                </table>
            </Show>
            <Draft engagement=id.get_value() kind=kind columns=columns.get_value() fixed=fixed.get_value() prefix=prefix.get_value() add=add/>
            <Show when=move || !removed.with(Vec::is_empty)>
                <details class="more">
                    <summary>{move || ui.count(W::n_removed_entries, removed.with(Vec::len), &[])}</summary>
                    <ul role="list">
                        <For each=move || removed.get() key=|entry| entry.clone() children=move |entry| view! { <Removed engagement=id.get_value() kind=kind entry=entry columns=columns.get_value()/> }/>
                    </ul>
                </details>
            </Show>
        </div>
    }
}

/// What an entry says in one line.
fn line(columns: &[Column], entry: &ListEntry<'_>) -> String {
    let texts = columns.iter().map(|column| {
        let text = of_entry(entry, column.field);
        match &column.kind {
            Kind::Choice(options) => options.with(|options| {
                let named = options.iter().find(|(id, _)| *id == text);
                named.map_or(text.clone(), |(_, name)| name.clone())
            }),
            _ => text,
        }
    });
    texts
        .filter(|text| !text.is_empty())
        .map(|text| isolated(&text).into_owned())
        .collect::<Vec<_>>()
        .join(" · ")
}

#[component]
fn Row(
    engagement: EngagementId,
    kind: EntryKind,
    entry: EntryId,
    columns: Vec<Column>,
    prefix: String,
) -> impl IntoView {
    let ui = use_ui();
    let (id, of) = (StoredValue::new(engagement), StoredValue::new(entry.clone()));
    let all = columns.clone();
    let first = columns
        .first()
        .map(|column| format!("{prefix}-{entry}-{}", column.field.name()));
    let first = first.unwrap_or_default();
    let said = move || {
        ui.store.with(&id.get_value(), |one| {
            let entry = of.get_value();
            let found = one.and_then(|one| one.entry(kind, &entry));
            found.map(|entry| line(&all, &entry)).unwrap_or_default()
        })
    };
    let said = Memo::new(move |_| said());
    let remove = move |_| {
        ui.store
            .dispatch(&id.get_value(), Change::RemoveEntry(kind, of.get_value()));
        ui.tell_step(ui.word(W::entry_removed));
    };
    let cells = columns
        .into_iter()
        .map(|column| {
            let field = column.field;
            let value = Signal::derive(move || {
                ui.store.with(&id.get_value(), |one| {
                    let entry = of.get_value();
            let found = one.and_then(|one| one.entry(kind, &entry));
                    found.map(|entry| of_entry(&entry, field)).unwrap_or_default()
                })
            });
            let ask = column.kind.clone();
            let save = Callback::new(move |text: String| -> Result<(), String> {
                let values = vec![(field, ask.read(ui, &text)?)];
                ui.store
                    .dispatch(&id.get_value(), Change::WriteEntry(kind, of.get_value(), values));
                Ok(())
            });
            let name = format!("{prefix}-{entry}-{}", field.name());
            view! { <td><Entered id=name label=Signal::derive(ui.say(column.word)) kind=column.kind value=value save=save/></td> }
        })
        .collect_view();
    view! {
        <tr data-entry=entry.to_string()>
            {cells}
            <td class="away">
                <ConflictMark engagement=id.get_value() place=[kind.section().to_owned(), entry.to_string()]/>
                <RemovedMark engagement=id.get_value() entry=[kind.section().to_owned(), entry.to_string()] keep=Change::RestoreEntry(kind, entry.clone()) focus=first/>
                <HistoryLink engagement=id.get_value() section=kind.section() item=entry.to_string() what=said/>
                <button class="btn small quiet" type="button" on:click=remove>{ui.say(W::remove)}<span class="sr">" " {said}</span></button>
            </td>
        </tr>
    }
}

/// What stands in a field that nobody has touched: nothing, or the first of a choice.
fn untouched(column: &Column) -> String {
    match &column.kind {
        Kind::Choice(options) => options.with_untracked(|options| {
            let first = options.first();
            first.map(|(id, _)| id.clone()).unwrap_or_default()
        }),
        _ => String::new(),
    }
}

/// The form for a new entry.
#[component]
fn Draft(
    engagement: EngagementId,
    kind: EntryKind,
    columns: Vec<Column>,
    fixed: Vec<(EntryField, String)>,
    prefix: String,
    add: W,
) -> impl IntoView {
    let ui = use_ui();
    let texts: Vec<RwSignal<String>> = columns.iter().map(|column| RwSignal::new(untouched(column))).collect();
    let error = RwSignal::new(String::new());
    let field_id = move |prefix: &str, field: EntryField| format!("new-{prefix}-{}", field.name());
    let first = columns
        .first()
        .map(|column| field_id(&prefix, column.field))
        .unwrap_or_default();
    let fields = {
        let (texts, prefix) = (texts.clone(), prefix.clone());
        columns
            .iter()
            .cloned()
            .zip(texts)
            .map(move |(column, text)| {
                let ask = column.kind.clone();
                let save = Callback::new(move |words: String| -> Result<(), String> {
                    text.set(words.clone());
                    error.set(String::new());
                    ask.read(ui, &words).map(|_| ())
                });
                view! { <Entered id=field_id(&prefix, column.field) label=Signal::derive(ui.say(column.word)) kind=column.kind value=text save=save form=true/> }
            })
            .collect_view()
    };
    let begin = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let read = |(column, text): (&Column, &RwSignal<String>)| {
            let datum = column.kind.read(ui, &text.get_untracked())?;
            Ok((column.field, datum))
        };
        let values: Result<Vec<(EntryField, Datum)>, String> = columns.iter().zip(&texts).map(read).collect();
        let is_empty = |datum: &Datum| match datum {
            Datum::Text(text) => text.is_empty(),
            Datum::Day(day) => day.is_none(),
            Datum::Number(number) => number.is_none(),
        };
        let values = match values {
            Ok(values) if values.first().is_some_and(|(_, datum)| !is_empty(datum)) => values,
            Ok(_) => {
                let word = columns.first().map(|column| ui.word(column.word)).unwrap_or_default();
                error.set(ui.fill(W::field_wanted, &[("field", word)]));
                return page::focus(&first);
            }
            Err(reason) => return error.set(reason),
        };
        let own = fixed.iter().map(|(field, value)| (*field, Datum::Text(value.clone())));
        let written = own.chain(values).filter(|(_, datum)| !is_empty(datum)).collect();
        ui.store
            .dispatch(&engagement, Change::WriteEntry(kind, clock::new_entry(), written));
        for (column, text) in columns.iter().zip(&texts) {
            text.set(untouched(column));
        }
        page::focus(&first);
    };
    let fault = format!("new-{prefix}-error");
    view! {
        <form class="entry-new" on:submit=begin novalidate>
            <div class="fields">{fields}</div>
            <p class="row">
                <button class="btn small" type="submit"><Icon name="plus"/>{ui.say(add)}</button>
                <span class="error" id=fault role="alert">{move || error.get()}</span>
            </p>
        </form>
    }
}

#[component]
fn Removed(engagement: EngagementId, kind: EntryKind, entry: EntryId, columns: Vec<Column>) -> impl IntoView {
    let ui = use_ui();
    let (id, of) = (StoredValue::new(engagement), StoredValue::new(entry));
    let said = move || {
        ui.store.with(&id.get_value(), |one| {
            let entry = of.get_value();
            let found = one.and_then(|one| one.entry(kind, &entry));
            found.map(|entry| line(&columns, &entry)).unwrap_or_default()
        })
    };
    let restore = move |_| {
        ui.store
            .dispatch(&id.get_value(), Change::RestoreEntry(kind, of.get_value()));
    };
    view! { <li class="row"><span dir="auto">{said}</span><button class="btn small" type="button" on:click=restore>{ui.say(W::restore)}</button></li> }
}
