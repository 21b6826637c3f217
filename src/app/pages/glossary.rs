//! Every term of the glossary, found by any part of it.

use super::frame::{Crumbs, Head, Plain};
use crate::{
    app::{route::Route, ui::use_ui, words::W},
    playbook::Term,
};
use leptos::prelude::*;

/// The glossary.
#[component]
pub fn Glossary() -> impl IntoView {
    let ui = use_ui();
    let wanted = RwSignal::new(String::new());
    let crumbs = move || -> Crumbs { vec![(ui.word(W::playbook), Some(Route::Playbook.href()))] };
    let found = move || {
        let wanted = wanted.get().trim().to_lowercase();
        let glossary = ui.glossary()?;
        let mut found: Vec<(String, Term)> = glossary
            .terms()
            .filter(|(_, term)| wanted.is_empty() || holds(term, &wanted))
            .map(|(id, term)| (id.to_owned(), term.clone()))
            .collect();
        ui.speech().locale.sort_by_text(&mut found, |(_, term)| &term.term);
        Some(found)
    };
    let found = Memo::new(move |_| found());
    let count = move || found.get().map(|found| ui.count(W::n_terms, found.len(), &[]));
    let list = move || {
        let found = found.get()?;
        let lines = found
            .into_iter()
            .map(|(id, term)| view! { <Entry id=id term=term/> })
            .collect_view();
        Some(view! { <dl class="glossary">{lines}</dl> })
    };
    view! {
        <Plain>
            <Head crumbs=Signal::derive(crumbs) title=Signal::derive(ui.say(W::glossary))/>
            <p class="lead-text">{ui.say(W::glossary_explained)}</p>
            <div class="field find-term">
                <label for="find-term">{ui.say(W::find_a_term)}</label>
                <input class="input" id="find-term" type="search" autocomplete="off" prop:value=move || wanted.get() on:input=move |event| wanted.set(event_target_value(&event))/>
                <p class="meta" role="status">{count}</p>
            </div>
            <Show when=move || found.with(|found| found.as_ref().is_some_and(Vec::is_empty))><p>{ui.say(W::no_such_term)}</p></Show>
            {list}
        </Plain>
    }
}

/// Whether a term speaks of something; `wanted` is in lower case.
fn holds(term: &Term, wanted: &str) -> bool {
    let texts = [
        Some(&term.term),
        term.long.as_ref(),
        term.today.as_ref(),
        Some(&term.text),
    ];
    texts
        .into_iter()
        .flatten()
        .chain(&term.forms)
        .any(|text| text.to_lowercase().contains(wanted))
}

#[component]
fn Entry(id: String, term: Term) -> impl IntoView {
    let ui = use_ui();
    let today = term.today.map(|name| ui.fill(W::name_of_today, &[("name", name)]));
    view! {
        <div data-term=id>
            <dt>{term.term} {term.long.map(|long| view! { " " <span class="meta" lang="en">{long}</span> })}</dt>
            <dd>{term.text} {today.map(|today| view! { <span class="meta">{today}</span> })}</dd>
        </div>
    }
}
