//! Loads what the first page needs, mounts the app, and listens to what happens to the page.

use super::{
    components::{bar::Bar, toast::Toast},
    export,
    incoming::Incoming,
    keeper,
    later::{self, Rest},
    pages,
    route::Route,
    second,
    speech::Speech,
    store::{Desk, Store},
    taking_back,
    ui::Ui,
    words::W,
};
use crate::{
    browser::{
        clock, content,
        dropped::Dropped,
        idb::{self, Second},
        page, shell,
    },
    exchange::json,
    playbook::{Language, Structure},
    workspace::{SafeState, SaveState},
};
use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::JsCast;

/// Starts the app. What goes wrong before it stands is shown by the shell.
pub fn start() {
    shell::report_panics();
    wasm_bindgen_futures::spawn_local(async {
        match load().await {
            Ok(loaded) => mount(loaded),
            Err(error) => shell::give_up(&error),
        }
    });
}

/// What the first page needs.
struct Loaded {
    structure: Structure,
    speech: Speech,
    desk: Desk,
    second: Option<Second>,
}

/// Loads content and work at the same time.
async fn load() -> Result<Loaded, String> {
    let found = idb::begin();
    let language = Language::parse(&shell::start_language()).unwrap_or(Language::En);
    let structure = content::load("structure.json")
        .await
        .map_err(|error| format!("structure.json: {error:?}"))?;
    let structure = serde_json::from_str(&structure).map_err(|error| format!("structure.json: {error}"))?;
    let speech = Speech::load(language).await?;
    let (desk, second) = second::open(speech.language, found.await).await;
    Ok(Loaded {
        structure,
        speech,
        desk,
        second,
    })
}

fn mount(loaded: Loaded) {
    let root = page::app_root();
    let handle = leptos::mount::mount_to(root, move || {
        let store = Store::new(loaded.desk, loaded.second);
        let ui = Ui::new(loaded.structure, loaded.speech, store);
        view! { <App ui=ui/> }
    });
    handle.forget();
    page::remove("boot");
}

#[component]
fn App(ui: Ui) -> impl IntoView {
    provide_context(ui);
    let incoming = Incoming::new();
    provide_context(incoming);
    listen(ui, incoming);
    keeper::hold_lock(ui.store);
    ui.store.await_second();
    Effect::new(move |_| page::mark_root("lang", ui.language().tag()));
    let shown = Memo::new(move |_| ui.route.with(Route::page));
    let opened = Memo::new(move |_| ui.route.with(|route| route.engagement().cloned()));
    Effect::new(move |_| opened.with(|id| id.iter().for_each(|id| ui.store.note_opened(id))));
    let rest = RwSignal::new(Rest::Coming);
    // The first screen first: what it does without is not to hold it up.
    page::after_paint(move || later::fetch(ui.store, rest));
    let empty = Memo::new(move |_| ui.route.with(|route| *route == Route::Portfolio) && ui.store.ids().is_empty());
    Effect::new(move |_| {
        if rest.get() == Rest::Here || empty.get() {
            page::mark_root("data-ready", "");
        }
    });
    view! {
        <a class="skip" href="#main" on:click=|event| { event.prevent_default(); page::show("main"); }>{ui.say(W::skip_to_work)}</a>
        <Bar/>
        {move || {
            if empty.get() {
                view! { <pages::empty::Empty/> }.into_any()
            } else {
                draw(shown.get(), ui.store, rest)
            }
        }}
        <Toast/>
        <footer class="foot"><p>{ui.say(W::unofficial)}</p></footer>
    }
}

/// The page of a place, as soon as the code of the pages is there.
fn draw(route: Route, store: Store, rest: RwSignal<Rest>) -> AnyView {
    match rest.get() {
        Rest::Here => later::page(route).into_any(),
        state => {
            view! { <pages::not_found::NotYet missing=state == Rest::Missing retry=move || later::fetch(store, rest)/> }
                .into_any()
        }
    }
}

thread_local! {
    /// How far each visited address was scrolled, for the way back.
    static SCROLLED: RefCell<std::collections::BTreeMap<String, f64>> = const { RefCell::new(std::collections::BTreeMap::new()) };
}

/// Everything that can happen to the page.
fn listen(ui: Ui, incoming: Incoming) {
    page::scroll_by_hand();
    if page::is_shut_in() {
        page::take_forms_by_click();
    }
    let at = StoredValue::new(page::hash());
    let back = StoredValue::new(false);
    page::on_window("popstate", move |_| back.set_value(true));
    page::on_window("scroll", move |_| {
        SCROLLED.with_borrow_mut(|all| all.insert(at.get_value(), page::scroll_top()));
    });
    page::on_window("hashchange", move |_| {
        let hash = page::hash();
        let Some(route) = Route::parse(&hash) else { return };
        let same_page = ui.route.with_untracked(|now| now.page() == route.page());
        let spot = route.spot().map(super::route::Spot::anchor);
        at.set_value(hash.clone());
        page::close_pop();
        ui.today.set(clock::today());
        let returning = back.get_value() && SCROLLED.with_borrow(|all| all.contains_key(&hash));
        ui.at_once.set(returning);
        ui.route.set(route);
        back.set_value(false);
        settle(hash, spot, same_page, returning);
    });
    if let Some(spot) = ui
        .route
        .with_untracked(|route| route.spot().map(super::route::Spot::anchor))
    {
        settle(page::hash(), Some(spot), false, false);
    }
    let hear_all = move || {
        ui.today.set(clock::today());
        ui.store.hear(None);
    };
    page::on_window("storage", move |event| {
        let key = event
            .dyn_ref::<web_sys::StorageEvent>()
            .and_then(web_sys::StorageEvent::key);
        ui.store.hear(key.as_deref());
    });
    page::on_tabs(hear_all);
    page::on_window("focus", move |_| hear_all());
    page::on_document("visibilitychange", move |_| {
        if page::visible() {
            hear_all()
        }
    });
    page::on_window("pageshow", move |event| {
        if event
            .dyn_ref::<web_sys::PageTransitionEvent>()
            .is_some_and(web_sys::PageTransitionEvent::persisted)
        {
            ui.store.sign();
            hear_all();
        }
    });
    page::on_window("pagehide", move |_| {
        ui.store.save();
        ui.store.append(true);
    });
    page::on_window("beforeunload", move |event| {
        let unsaved = matches!(ui.store.save_state.get_untracked(), SaveState::Unsaved(_));
        let safe = ui.store.safe_state.get_untracked() == SafeState::Safe;
        if unsaved && !safe && !ui.store.ids_untracked().is_empty() {
            page::ask_before_leaving(event);
        }
    });
    page::on_window("ep-update", move |_| ui.update.set(true));
    if shell::update_waits() {
        ui.update.set(true);
    }
    page::on_window("keydown", move |event| {
        let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>() else {
            return;
        };
        // Keys with which a word is being put together mean the word.
        if event.is_composing() {
            return;
        }
        if (event.ctrl_key() || event.meta_key()) && !event.shift_key() && event.key() == "s" {
            event.prevent_default();
            export::save_all(ui);
        }
        taking_back::on_key(ui, event);
    });
    page::on_window("dragover", page::allow_drop);
    page::on_window("drop", move |event| {
        incoming.take_dropped(ui, Dropped::of(event));
    });
    page::on_window("paste", move |event| {
        if let Some(text) = page::pasted_outside_fields(event) {
            let bytes = text.map_or_else(|units| json::bytes_of_units(&units), String::into_bytes);
            incoming.take_text(ui, bytes);
        }
    });
}

/// After a change of place: the spot comes into view, a page gone back to is as it was left, a new one starts at its heading.
fn settle(hash: String, spot: Option<String>, same_page: bool, returning: bool) {
    page::after_paint(move || match spot {
        Some(anchor) if !returning => page::show_when_there(anchor),
        _ if returning => {
            let top = SCROLLED.with_borrow(|all| all.get(&hash).copied()).unwrap_or_default();
            page::scroll_to(top);
            page::focus("title");
        }
        _ if !same_page => {
            page::scroll_to(0.0);
            page::focus("title");
        }
        _ => {}
    });
}
