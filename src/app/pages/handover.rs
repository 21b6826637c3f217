//! Handing an engagement to a colleague: the sheet, in the colleague's language, to print or to send, and the handovers on
//! record.

use super::frame::{Head, InEngagement, Tabs, crumbs_of};
use crate::{
    app::{
        components::{
            datum::Kind,
            field::{SelectField, TextField},
            icon::Icon,
            task_details::{field_day, read_day},
        },
        handover_words::{Part, Worded, handover_line, worded},
        speech::Speech,
        ui::{Ui, use_ui},
        words::W,
    },
    browser::{clock, files, page},
    engagement::{Change, Datum, EntryField, EntryKind},
    exchange::{self, handover_markdown},
    playbook::{EngagementId, EntryId, Language},
    rules::{self, Handover},
};
use leptos::prelude::*;
use std::sync::Arc;

/// The page of the handover.
#[component]
pub fn Handing(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement.clone());
    let asked = RwSignal::new(None::<Language>);
    let last = Memo::new(move |_| {
        ui.store
            .with(&id.get_value(), |one| one.and_then(rules::last_handover))
            .and_then(|last| offered(&last.language))
    });
    let wanted = Memo::new(move |_| asked.get().or(last.get()).unwrap_or_else(|| ui.language()));
    view! {
        <InEngagement engagement=engagement rail=false>
            <Head crumbs=crumbs_of(ui, id) title=Signal::derive(ui.say(W::handover))/>
            <Tabs engagement=id.get_value()/>
            <SheetPanel engagement=id.get_value() asked=asked wanted=wanted/>
            <section class="panel handing" aria-labelledby="h-mark">
                <header><h2 id="h-mark" tabindex="-1">{ui.say(W::mark_handover)}</h2></header>
                <div class="body stack">
                    <Mark engagement=id.get_value() asked=asked wanted=wanted/>
                    <Earlier engagement=id.get_value()/>
                </div>
            </section>
        </InEngagement>
    }
}

/// A language with this tag, when the app has its words.
fn offered(tag: &str) -> Option<Language> {
    Language::parse(tag).filter(|language| Language::OFFERED.contains(language))
}

/// The languages of the app, by their own names.
fn languages() -> Vec<(String, String)> {
    let named = |language: Language| (language.tag().to_owned(), language.own_name().to_owned());
    Language::OFFERED.map(named).to_vec()
}

/// Loads the words of the language that is wanted; the app goes on in its own. What cannot be had is said, and the sheet stands
/// in the app's language.
fn spoken(ui: Ui, asked: RwSignal<Option<Language>>, wanted: Memo<Language>) -> Ui {
    let speech = RwSignal::new_local(untrack(|| ui.speech()));
    Effect::new(move |_| {
        let (language, own) = (wanted.get(), ui.speech());
        if language == own.language {
            return speech.set(own);
        }
        leptos::task::spawn_local(async move {
            let loaded = Speech::load(language).await;
            // Meanwhile the page may be gone, or another language wanted.
            if wanted.try_get_untracked() != Some(language) {
                return;
            }
            match loaded {
                Ok(loaded) => speech.set(Arc::new(loaded)),
                Err(_) => {
                    ui.tell(ui.fill(W::language_failed, &[("language", language.own_name().into())]));
                    asked.set(Some(ui.language()));
                }
            }
        });
    });
    ui.speaking(speech)
}

/// The sheet, and what can be done with it.
#[component]
fn SheetPanel(engagement: EngagementId, asked: RwSignal<Option<Language>>, wanted: Memo<Language>) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let there = spoken(ui, asked, wanted);
    let sheet = Memo::new(move |_| {
        let (structure, today) = (ui.structure(), ui.today.get());
        ui.store.with(&id.get_value(), |one| {
            one.map(|one| rules::handover(&structure, one, today))
        })
    });
    let words = Memo::new(move |_| {
        let is_here = there.language() == wanted.get();
        sheet
            .get()
            .filter(|_| is_here)
            .map(|sheet| worded(there, &id.get_value(), &sheet))
    });
    let markdown = move || words.with_untracked(|words| words.as_ref().map(|words| handover_markdown(&words.text())));
    let copy = move |_| {
        if let Some(text) = markdown() {
            page::copy(&text);
            ui.tell(ui.word(W::markdown_copied));
        }
    };
    let save = move |_| {
        let Some(text) = markdown() else { return };
        let name = ui.store.with_untracked(&id.get_value(), |one| {
            let customer = one.map(|one| one.customer().to_owned()).unwrap_or_default();
            exchange::file_name_of_handover(&customer, clock::today())
        });
        match files::save_as(&name, &text, "text/markdown") {
            Ok(()) => ui.tell(ui.fill(W::markdown_saved, &[("file", name)])),
            Err(_) => ui.tell(ui.word(W::export_failed)),
        }
    };
    let tag = Signal::derive(move || wanted.get().tag().to_owned());
    let loading = move || {
        let language = wanted.get().own_name().to_owned();
        ui.fill(W::sheet_loading, &[("language", language)])
    };
    let choose = move |tag: String| asked.set(offered(&tag));
    view! {
        <div class="handing row">
            <SelectField id="sheet-language" label=Signal::derive(ui.say(W::sheet_language)) value=tag options=Signal::derive(languages) save=choose/>
            <button class="btn" type="button" id="sheet-print" on:click=move |_| page::print()>{ui.say(W::print_page)}</button>
            <button class="btn" type="button" id="sheet-copy" on:click=copy><Icon name="copy"/>{ui.say(W::copy_as_markdown)}</button>
            <button class="btn" type="button" id="sheet-save" on:click=save>{ui.say(W::save_as_markdown)}</button>
            <button class="btn" type="button" id="to-mark" on:click=|_| { page::show("h-mark"); }>{ui.say(W::mark_handover)}</button>
        </div>
        {move || match words.get() {
            Some(words) => view! { <Drawn words=words language=there.language()/> }.into_any(),
            None => view! { <p class="meta" role="status">{loading}</p> }.into_any(),
        }}
    }
}

/// The sheet as it stands on the page and on paper.
#[component]
fn Drawn(words: Worded, language: Language) -> impl IntoView {
    let facts = words
        .facts
        .into_iter()
        .map(|fact| view! { <li dir="auto">{fact}</li> })
        .collect_view();
    let parts = words
        .parts
        .into_iter()
        .map(|part| view! { <Section part=part/> })
        .collect_view();
    view! {
        <section class="panel sheet" id="sheet" lang=language.tag() aria-labelledby="h-sheet">
            <header><h2 id="h-sheet" dir="auto">{words.title}</h2></header>
            <div class="body stack">
                <ul class="meta" role="list">{facts}</ul>
                {parts}
            </div>
        </section>
    }
}

/// A section of the sheet.
#[component]
fn Section(part: Part) -> impl IntoView {
    let none = part.text.items.is_empty().then(|| view! { <p>{part.text.none}</p> });
    let items = part.text.items.into_iter().zip(part.hrefs).map(|(item, href)| {
        let details = item
            .details
            .into_iter()
            .map(|detail| view! { <p class="meta" dir="auto">{detail}</p> });
        view! { <li><a href=href dir="auto">{item.text}</a>{details.collect_view()}</li> }
    });
    let heading = format!("h-sheet-{}", part.name);
    let named = heading.clone();
    view! {
        <section data-part=part.name aria-labelledby=named>
            <h3 id=heading>{part.text.heading}</h3>
            {none}
            <ul class="lined" role="list">{items.collect_view()}</ul>
        </section>
    }
}

/// The form that writes a handover down.
#[component]
fn Mark(engagement: EngagementId, asked: RwSignal<Option<Language>>, wanted: Memo<Language>) -> impl IntoView {
    let ui = use_ui();
    let (to, on) = (
        RwSignal::new(String::new()),
        RwSignal::new(field_day(Some(clock::today()))),
    );
    let chosen = RwSignal::new(None::<Language>);
    let language = move || chosen.get().unwrap_or_else(|| wanted.get());
    let error = RwSignal::new(String::new());
    let take = move |text: String| {
        let read = Kind::Line.read(ui, &text);
        to.set(text);
        error.set(String::new());
        read.map(|_| ())
    };
    let take_day = move |text: String| {
        let read = read_day(ui, &text);
        on.set(text);
        error.set(String::new());
        read.map(|_| ())
    };
    let mark = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let wanted = |word: W| ui.fill(W::field_wanted, &[("field", ui.word(word))]);
        let name = match Kind::Line.read(ui, &to.get_untracked()) {
            Ok(Datum::Text(name)) if !name.is_empty() => name,
            Ok(_) => {
                error.set(wanted(W::handed_to));
                return page::focus("handover-to");
            }
            Err(reason) => return error.set(reason),
        };
        let day = match read_day(ui, &on.get_untracked()) {
            Ok(Some(day)) => day,
            Ok(None) => {
                error.set(wanted(W::date));
                return page::focus("handover-on");
            }
            Err(reason) => return error.set(reason),
        };
        let change = Change::HandOver {
            entry: clock::new_entry(),
            to: name.clone(),
            on: day,
            language: untrack(language).tag().to_owned(),
        };
        ui.store.dispatch(&engagement, change);
        // From here on the sheet is the receiver's.
        asked.set(None);
        chosen.set(None);
        to.set(String::new());
        on.set(field_day(Some(clock::today())));
        error.set(String::new());
        ui.tell(ui.fill(W::handed_over_marked, &[("name", name)]));
        page::focus("h-handovers");
    };
    let tag = Signal::derive(move || language().tag().to_owned());
    view! {
        <form id="mark-handover" on:submit=mark novalidate>
            <p class="meta">{ui.say(W::mark_handover_hint)}</p>
            <div class="fields">
                <TextField id="handover-to" label=Signal::derive(ui.say(W::handed_to)) value=to save=take/>
                <TextField id="handover-on" kind="date" label=Signal::derive(ui.say(W::date)) value=on save=take_day/>
                <SelectField id="handover-language" label=Signal::derive(ui.say(W::sheet_language)) value=tag options=Signal::derive(languages) save=move |tag: String| chosen.set(offered(&tag))/>
            </div>
            <p class="row">
                <button class="btn primary" type="submit">{ui.say(W::mark_it)}</button>
                <span class="error" role="alert">{move || error.get()}</span>
            </p>
        </form>
    }
}

/// The handovers on record; one that was marked by mistake can be taken out, and brought back.
#[component]
fn Earlier(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let all = Memo::new(move |_| {
        ui.store
            .with(&id.get_value(), |one| one.map(rules::handovers).unwrap_or_default())
    });
    let removed = Memo::new(move |_| {
        ui.store.with(&id.get_value(), |one| {
            let entries = one.into_iter().flat_map(|one| one.all_entries(EntryKind::Handover));
            let gone = entries.filter(|entry| entry.is_removed());
            gone.filter_map(|entry| Some((entry.id()?, entry.text(EntryField::To).to_owned())))
                .collect::<Vec<_>>()
        })
    });
    let change = move |change: Change| ui.store.dispatch(&id.get_value(), change);
    let remove = move |entry: EntryId| {
        change(Change::RemoveEntry(EntryKind::Handover, entry));
        ui.tell(ui.word(W::entry_removed));
        page::focus("h-handovers");
    };
    let line = move |handover: Handover| {
        let (entry, of) = (handover.entry.clone(), handover.clone());
        let (tag, to) = (entry.to_string(), handover.to.clone());
        view! {
            <li class="row" data-handover=tag>
                <span dir="auto">{move || handover_line(ui, &of)}" · " {language_name(&handover.language)}</span>
                <button class="btn small quiet" type="button" on:click=move |_| remove(entry.clone())>{ui.say(W::remove)}<span class="sr">" " {to}</span></button>
            </li>
        }
    };
    let gone = move |(entry, to): (EntryId, String)| {
        let name = to.clone();
        let restore = move |_| {
            change(Change::RestoreEntry(EntryKind::Handover, entry.clone()));
            page::focus("h-handovers");
        };
        view! { <li class="row"><span dir="auto">{to}</span><button class="btn small" type="button" on:click=restore>{ui.say(W::restore)}<span class="sr">" " {name}</span></button></li> }
    };
    view! {
        <div class="stack">
            <h3 id="h-handovers" tabindex="-1">{ui.say(W::earlier_handovers)}</h3>
            <Show when=move || all.with(Vec::is_empty)><p class="meta">{ui.say(W::never_handed_over)}</p></Show>
            <ul class="lined" role="list">
                <For each=move || all.get() key=|handover| handover.clone() children=line/>
            </ul>
            <Show when=move || !removed.with(Vec::is_empty)>
                <details class="more">
                    <summary>{move || ui.count(W::n_removed_entries, removed.with(Vec::len), &[])}</summary>
                    <ul role="list"><For each=move || removed.get() key=|entry| entry.clone() children=gone/></ul>
                </details>
            </Show>
        </div>
    }
}

/// The own name of a language; its tag when the app does not know it.
fn language_name(tag: &str) -> String {
    Language::parse(tag).map_or_else(|| tag.to_owned(), |language| language.own_name().to_owned())
}
