//! States of the whole page: storage that does not keep, damaged values set aside, a newer app's data, a new version,
//! and the question who is writing. The most serious one shows; the rest stand on the data page.

use super::{halves::Halves, icon::Icon};
use crate::{
    app::{
        export,
        route::Route,
        ui::{Ui, use_ui},
        words::W,
    },
    browser::shell,
    workspace::{Notice, SafeState, SaveState, StoreError},
};
use leptos::prelude::*;

/// What a notice says.
#[must_use]
pub fn notice_text(ui: Ui, notice: &Notice) -> String {
    match notice {
        Notice::Damaged { key, .. } => ui.fill(W::notice_damaged, &[("key", key.clone())]),
        Notice::NewerSchema { .. } => ui.word(W::read_only_explained),
        Notice::ForeignWrite { key, .. } => ui.fill(W::notice_foreign_write, &[("key", key.clone())]),
        Notice::WrittenAgain(_) => ui.word(W::notice_written_again),
        Notice::Adopted(_) => ui.word(W::notice_adopted),
        Notice::Erased => ui.word(W::notice_erased),
        Notice::Unreadable { .. } => ui.word(W::notice_unreadable),
        Notice::Recovered(_) => ui.word(W::notice_recovered),
        Notice::NewReplica => String::new(),
    }
}

/// At most one banner.
#[component]
pub fn Banner() -> impl IntoView {
    let ui = use_ui();
    move || {
        let find = |what: fn(&Notice) -> bool| {
            ui.store
                .notices
                .with(|notices| notices.iter().find(|one| what(one)).cloned())
        };
        let damaged = find(|one| matches!(one, Notice::Damaged { .. }));
        let recovered = find(|one| matches!(one, Notice::Recovered(_)));
        match ui.store.save_state.get() {
            SaveState::Unsaved(error) => view! { <Unsaved error=error/> }.into_any(),
            SaveState::ReadOnly => warning(ui.word(W::read_only_explained), ()).into_any(),
            SaveState::Saved => match damaged {
                Some(notice) => {
                    let link = view! { <a class="btn small" href=Route::Data.href()>{ui.say(W::data)}</a> };
                    warning(notice_text(ui, &notice), link).into_any()
                }
                None if ui.update.get() => view! { <Update/> }.into_any(),
                None if recovered.is_some() && !ui.store.recovery_seen.get() => view! { <Recovered/> }.into_any(),
                None if ui.store.ask_name.get() => view! { <AskName/> }.into_any(),
                None => ().into_any(),
            },
        }
    }
}

fn warning(text: impl IntoView + 'static, action: impl IntoView) -> impl IntoView {
    view! { <div class="banner warning" role="alert"><Icon name="warning"/><p>{text}</p>{action}</div> }
}

#[component]
fn Unsaved(error: StoreError) -> impl IntoView {
    let ui = use_ui();
    // Where the second store has it, it is kept; for how long localStorage takes nothing is for the person to know.
    let second = Memo::new(move |_| match ui.store.safe_state.get() {
        SafeState::Safe | SafeState::Pending => true,
        SafeState::Absent | SafeState::Failed => false,
    });
    let word = move || match error {
        _ if second.get() => W::kept_in_second,
        StoreError::Full => W::storage_full,
        StoreError::Blocked => W::storage_blocked,
    };
    let button = view! {
        <button class="btn small" type="button" on:click=move |_| export::save_all(ui)>{ui.say(W::download_a_copy)}</button>
    };
    warning(move || ui.word(word()), button)
}

/// One store had lost something; it is there again. Nothing has to be done.
#[component]
fn Recovered() -> impl IntoView {
    let ui = use_ui();
    view! {
        <div class="banner" role="status">
            <Icon name="shield"/>
            <p>{ui.say(W::notice_recovered)}</p>
            <button class="btn small quiet" type="button" on:click=move |_| ui.store.recovery_seen.set(true)>{ui.say(W::close)}</button>
        </div>
    }
}

#[component]
fn Update() -> impl IntoView {
    let ui = use_ui();
    view! {
        <div class="banner" role="status">
            <Icon name="newer"/>
            <p>{ui.say(W::new_version)}</p>
            <button class="btn small" type="button" on:click=move |_| shell::apply_update()>{ui.say(W::reload)}</button>
        </div>
    }
}

/// Asked at the first edit, once; nothing waits for the answer.
#[component]
fn AskName() -> impl IntoView {
    let ui = use_ui();
    let [name, error] = [RwSignal::new(String::new()), RwSignal::new(String::new())];
    let halves = Halves::told_in(error);
    let typed = move |event: leptos::ev::Event| {
        if let Some(text) = halves.text_in(ui, &event) {
            name.set(text);
        }
    };
    let keep = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if halves.stand() {
            return crate::browser::page::focus("ask-name");
        }
        ui.store.set_author(name.get_untracked().trim());
        ui.store.ask_name.set(false);
    };
    view! {
        <form class="banner" on:submit=keep>
            <Icon name="edit"/>
            <p><label for="ask-name">{ui.say(W::who_is_writing)}</label></p>
            <input
                class="input"
                id="ask-name"
                autocomplete="name"
                aria-describedby="ask-name-error"
                aria-invalid=move || (!error.with(String::is_empty)).then_some("true")
                prop:value=move || name.get()
                on:input=typed
            />
            <span class="error" id="ask-name-error" role="alert">{move || error.get()}</span>
            <button class="btn small" type="submit">{ui.say(W::keep_name)}</button>
            <button class="btn small quiet" type="button" on:click=move |_| ui.store.ask_name.set(false)>{ui.say(W::later)}</button>
        </form>
    }
}
