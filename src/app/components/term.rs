//! Terms of the glossary where they first stand on a page: hover, focus and tap show the explanation.
//!
//! One pop-up a page, described to assistive technology by `aria-describedby`. It stays while it is pointed at, and Escape
//! closes it (WCAG 1.4.13). A tap pins it, since a finger does not hover.

use crate::{
    app::{
        ui::{Ui, use_ui},
        words::W,
    },
    browser::page::{self, Below},
    playbook::{ProcessId, glossary::reading_order},
};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// How long a pointer may take from the term to its explanation, in milliseconds.
const ON_ITS_WAY: u32 = 250;

/// Which terms are linked in which text of the page, and which explanation is open.
#[derive(Clone, Copy)]
pub struct Terms {
    places: Memo<BTreeMap<String, BTreeSet<String>>>,
    open: RwSignal<Option<Opened>>,
    closing: StoredValue<Option<Timeout>, LocalStorage>,
}

#[derive(Clone, PartialEq)]
struct Opened {
    term: String,
    at: Below,
    pinned: bool,
}

impl Terms {
    /// Links the terms of a page from here on.
    pub fn provide(ui: Ui, page: &ProcessId) {
        let (page, structure) = (page.clone(), ui.structure());
        let places = Memo::new(move |_| {
            let written = || Some((ui.guidance(&page)?, ui.words(&page)?, ui.glossary()?));
            let Some((guidance, words, glossary)) = written() else {
                return BTreeMap::new();
            };
            let steps = structure.process(&page).map_or(&[][..], |process| &process.steps);
            glossary.first_places(&reading_order(&guidance, steps), &words)
        });
        provide_context(Self {
            places,
            open: RwSignal::new(None),
            closing: StoredValue::new_local(None),
        });
    }

    /// The terms that are linked in the text with this key.
    #[must_use]
    pub fn of(self, key: &str) -> BTreeSet<String> {
        // A page that links no terms finds what the page before it provided.
        let found = self.places.try_with(|all| all.get(key).cloned());
        found.flatten().unwrap_or_default()
    }

    fn show(self, term: &str, event: &web_sys::Event, pinned: bool) {
        self.hold();
        if let Some(at) = page::below(event) {
            self.open.set(Some(Opened {
                term: term.to_owned(),
                at,
                pinned,
            }));
        }
    }

    fn hold(self) {
        self.closing.set_value(None);
    }

    fn close_soon(self) {
        let close = move || {
            if self
                .open
                .with_untracked(|open| open.as_ref().is_some_and(|open| !open.pinned))
            {
                self.open.set(None);
            }
        };
        self.closing.set_value(Some(Timeout::new(ON_ITS_WAY, close)));
    }

    fn is_open(self, term: &str) -> bool {
        self.open
            .with(|open| open.as_ref().is_some_and(|open| open.term == term))
    }
}

/// A term in a text.
#[component]
pub fn TermLink(
    /// The id of the term.
    term: String,
    /// The string that stands in the text.
    text: String,
) -> impl IntoView {
    let terms: Terms = expect_context();
    let id = StoredValue::new(term.clone());
    let is_open = move || id.with_value(|id| terms.is_open(id));
    let show = move |event: &web_sys::Event, pinned: bool| id.with_value(|id| terms.show(id, event, pinned));
    let click = move |event: web_sys::MouseEvent| {
        let pinned = terms.open.with_untracked(|open| {
            open.as_ref()
                .is_some_and(|open| open.pinned && id.with_value(|id| open.term == *id))
        });
        if pinned {
            terms.open.set(None);
        } else {
            show(&event, true);
        }
    };
    view! {
        <button
            class="term"
            type="button"
            data-term=term
            aria-describedby=move || is_open().then_some("term-pop")
            on:mouseenter=move |event| if !is_open() { show(&event, false) } else { terms.hold() }
            on:mouseleave=move |_| terms.close_soon()
            on:focus=move |event| if !is_open() { show(&event, false) }
            on:blur=move |_| terms.open.set(None)
            on:click=click
            on:keydown=move |event| if event.key() == "Escape" { terms.open.set(None) }
        >{text}</button>
    }
}

/// The explanation of the term that is open; once on a page with terms.
#[component]
pub fn TermPop() -> impl IntoView {
    let ui = use_ui();
    let terms: Terms = expect_context();
    move || {
        let open = terms.open.get()?;
        let term = ui.glossary()?.get(&open.term)?.clone();
        let today = term.today.map(|name| ui.fill(W::name_of_today, &[("name", name)]));
        Some(view! {
            <div
                class="term-pop"
                id="term-pop"
                role="tooltip"
                style:left=format!("{}px", open.at.left)
                style:top=format!("{}px", open.at.top)
                style:width=format!("{}px", open.at.width)
                on:mouseenter=move |_| terms.hold()
                on:mouseleave=move |_| terms.close_soon()
            >
                <b>{term.term}</b>
                {term.long.map(|long| view! { <span class="meta" lang="en">{long}</span> })}
                <p>{term.text}</p>
                {today.map(|today| view! { <p class="meta">{today}</p> })}
            </div>
        })
    }
}
