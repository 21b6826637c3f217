//! Notes: written, rewritten, taken out and brought back. Each is drawn in the script of its own language.

use super::{
    conflict_mark::ConflictMark,
    halves::Halves,
    history_link::HistoryLink,
    icon::Icon,
    removed_mark::RemovedMark,
    unfinished::{Unfinished, UnfinishedMark},
};
use crate::{
    app::{
        filling::isolated,
        ui::{Ui, use_ui},
        words::W,
    },
    browser::{clock, page},
    engagement::{Change, LONGEST_TEXT, Note},
    playbook::{EngagementId, Language, NoteId, ProcessId},
};
use leptos::prelude::*;

/// The notes of an engagement, newest first; with a box for a new one.
#[component]
pub fn NoteList(
    /// The engagement.
    engagement: EngagementId,
    /// The process that is open; it goes with a new note.
    #[prop(optional_no_strip)]
    process: Option<ProcessId>,
    /// How many to show.
    #[prop(default = usize::MAX)]
    limit: usize,
) -> impl IntoView {
    let ui = use_ui();
    let notes = {
        let id = engagement.clone();
        Memo::new(move |_| ui.store.with(&id, |one| one.map(|one| one.notes()).unwrap_or_default()))
    };
    let shown = move || {
        notes
            .get()
            .into_iter()
            .filter(|note| !note.removed)
            .take(limit)
            .collect::<Vec<_>>()
    };
    let removed = move || notes.get().into_iter().filter(|note| note.removed).collect::<Vec<_>>();
    let id = StoredValue::new(engagement.clone());
    view! {
        <NewNote engagement=engagement process=process/>
        <For each=shown key=|note| (note.id.clone(), note.text.clone(), note.written_at) children=move |note| view! { <NoteItem engagement=id.get_value() note=note/> }/>
        <Show when=move || limit == usize::MAX && !removed().is_empty()>
            <details class="more">
                <summary>{move || ui.count(W::n_removed_notes, removed().len(), &[])}</summary>
                <For each=removed key=|note| (note.id.clone(), note.text.clone()) children=move |note| view! { <RemovedNote engagement=id.get_value() note=note/> }/>
            </details>
        </Show>
    }
}

#[component]
fn NewNote(engagement: EngagementId, process: Option<ProcessId>) -> impl IntoView {
    let ui = use_ui();
    // A note belongs to the process during which it is written, and so does its beginning.
    let place = process
        .as_ref()
        .map_or("new-note".to_owned(), |process| format!("new-note.{process}"));
    let unfinished = Unfinished::of(&place, "");
    let text = RwSignal::new(unfinished.text());
    let error = RwSignal::new(String::new());
    let halves = Halves::told_in(error);
    let give_up = Callback::new(move |()| {
        unfinished.over();
        text.set(String::new());
        halves.over();
    });
    let write = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if halves.stand() {
            return;
        }
        let words = text.get_untracked().trim().to_owned();
        if let Err(reason) = check(ui, &words) {
            error.set(reason);
            return;
        }
        error.set(String::new());
        let note = Change::WriteNote {
            note: clock::new_note(),
            text: words,
            process: process.clone(),
            on: clock::today(),
            language: ui.language().tag().to_owned(),
        };
        ui.store.dispatch(&engagement, note);
        unfinished.over();
        text.set(String::new());
    };
    view! {
        <form class="newnote" on:submit=write>
            <label class="sr" for="new-note">{ui.say(W::new_note)}</label>
            <textarea
                class="input"
                id="new-note"
                rows="2"
                placeholder=ui.say(W::new_note_hint)
                dir="auto"
                aria-describedby=move || if unfinished.is_back() { "new-note-error new-note-unfinished" } else { "new-note-error" }
                aria-invalid=move || (!error.with(String::is_empty)).then_some("true")
                prop:value=move || text.get()
                on:input=move |event| {
                    if let Some(words) = halves.text_in(ui, &event) {
                        unfinished.typed("", &words);
                        text.set(words);
                    }
                }
            ></textarea>
            <UnfinishedMark of=unfinished field="new-note" give_up=give_up/>
            <span class="error" id="new-note-error" role="alert">{move || error.get()}</span>
            <Show when=move || !text.with(String::is_empty)>
                <button class="btn small" type="submit"><Icon name="plus"/>{ui.say(W::add_note)}</button>
            </Show>
        </form>
    }
}

fn check(ui: Ui, words: &str) -> Result<(), String> {
    if words.is_empty() {
        return Err(ui.word(W::note_is_empty));
    }
    if words.len() > LONGEST_TEXT {
        return Err(ui.word(W::text_too_long));
    }
    Ok(())
}

/// The language of a note, when it is another than the app's.
fn foreign(ui: Ui, note: &Note) -> Option<String> {
    let language = Language::parse(&note.language).filter(|language| *language != ui.language())?;
    let named = ui.speech().locale.language(language.tag());
    Some(named.unwrap_or_else(|| language.own_name().to_owned()))
}

#[component]
fn NoteItem(engagement: EngagementId, note: Note) -> impl IntoView {
    let ui = use_ui();
    let id = note.id.clone();
    let (marked, past, stands) = (engagement.clone(), engagement.clone(), engagement.clone());
    let beginning = {
        let text = note.text.clone();
        move || format!("{} {}", ui.word(W::note), isolated(&beginning_of(&text)))
    };
    let field = format!("note-{id}");
    let unfinished = Unfinished::of(&field, &note.text);
    let editing = RwSignal::new(unfinished.is_back());
    let error = RwSignal::new(String::new());
    let meta = {
        let note = note.clone();
        move || {
            let mut parts = Vec::new();
            parts.extend(note.on.map(|day| ui.day(day)));
            if !note.author.is_empty() {
                parts.push(isolated(&note.author).into_owned());
            }
            parts.extend(foreign(ui, &note).map(|name| ui.fill(W::written_in, &[("language", name)])));
            parts.join(" · ")
        }
    };
    let process = note.process.clone();
    let tag = move || process.as_ref().map(|id| ui.name(|names| names.process(id).to_owned()));
    let lang = (!note.language.is_empty()).then(|| note.language.clone());
    let remove = {
        let (engagement, id) = (engagement.clone(), id.clone());
        move |_| {
            ui.store.dispatch(&engagement, Change::RemoveNote(id.clone()));
            ui.tell_step(ui.word(W::note_removed));
        }
    };
    let button = format!("edit-{id}");
    let edit = button.clone();
    let text = note.text.clone();
    let body = move || {
        if editing.get() {
            let (engagement, id, before) = (engagement.clone(), id.clone(), text.clone());
            let put = Callback::new(move |words: String| match check(ui, words.trim()) {
                Ok(()) => {
                    unfinished.over();
                    ui.store
                        .dispatch(&engagement, Change::EditNote(id.clone(), words.trim().to_owned()));
                    editing.set(false);
                }
                // What was typed stays in the box.
                Err(reason) => error.set(reason),
            });
            let keep = Callback::new(move |()| put.run(unfinished.text()));
            let give_up = Callback::new(move |()| {
                unfinished.over();
                editing.set(false);
            });
            let (shown, fault) = (
                unfinished.back_once().unwrap_or_else(|| text.clone()),
                format!("{field}-error"),
            );
            error.set(String::new());
            view! {
                <label class="sr" for=field.clone()>{ui.say(W::note)}</label>
                <textarea
                    class="input"
                    id=field.clone()
                    rows="4"
                    dir="auto"
                    aria-describedby=fault.clone()
                    aria-invalid=move || (!error.with(String::is_empty)).then_some("true")
                    on:input=move |event| {
                        if let Some(words) = page::text_in(&event) {
                            unfinished.typed(&before, &words);
                        }
                    }
                    on:change=move |event| {
                        match page::text_in(&event) {
                            Some(words) => put.run(words),
                            None => error.set(ui.word(W::half_a_character)),
                        }
                    }
                >{shown}</textarea>
                <UnfinishedMark of=unfinished field=field.clone() keep=Some(keep) give_up=give_up focus=button.clone()/>
                <span class="error" id=fault role="alert">{move || error.get()}</span>
            }
            .into_any()
        } else {
            view! { <p class="words" dir="auto">{text.clone()}</p> }.into_any()
        }
    };
    view! {
        <article class="note" id=format!("n-{}", note.id) data-note=note.id.to_string()>
            <p class="meta">{move || tag().map(|tag| view! { <span class="tag">{tag}</span> " " })}{meta}</p>
            <ConflictMark engagement=marked place=["notes".to_owned(), note.id.to_string()]/>
            <RemovedMark engagement=stands entry=["notes".to_owned(), note.id.to_string()] keep=Change::RestoreNote(note.id.clone()) focus=edit.clone()/>
            <div lang=lang>{body}</div>
            <p class="row">
                <button class="btn small quiet" type="button" id=edit aria-pressed=move || editing.get().to_string() on:click=move |_| editing.update(|is| *is = !*is)>{ui.say(W::edit)}</button>
                <HistoryLink engagement=past section="notes" item=note.id.to_string() what=Signal::derive(beginning)/>
                <button class="btn small quiet" type="button" on:click=remove>{ui.say(W::remove)}</button>
            </p>
        </article>
    }
}

/// How a note begins, to tell it from others.
fn beginning_of(text: &str) -> String {
    const LETTERS: usize = 30;
    let line = text.lines().next().unwrap_or_default();
    let cut: String = line.chars().take(LETTERS).collect();
    if cut.len() < text.len() {
        format!("{cut}…")
    } else {
        cut
    }
}

#[component]
fn RemovedNote(engagement: EngagementId, note: Note) -> impl IntoView {
    let ui = use_ui();
    let id: NoteId = note.id.clone();
    view! {
        <article class="note" lang=(!note.language.is_empty()).then(|| note.language.clone())>
            <p class="words" dir="auto">{note.text.clone()}</p>
            <p class="row">
                <button class="btn small" type="button" on:click=move |_| ui.store.dispatch(&engagement, Change::RestoreNote(id.clone()))>{ui.say(W::restore)}</button>
            </p>
        </article>
    }
}
