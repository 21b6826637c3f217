//! How the work is kept, in one word in the bar and in full below it. Announced only when the word changes.

use super::icon::Icon;
use crate::{
    app::{export, ui::use_ui, words::W},
    workspace::SaveState,
};
use leptos::prelude::*;

/// The state, as outside checks read it.
fn attribute(state: &SaveState) -> &'static str {
    match state {
        SaveState::Saved => "saved",
        SaveState::Unsaved(_) | SaveState::ReadOnly => "unsaved",
    }
}

/// The word in the bar and what it means.
#[component]
pub fn SaveStatePop() -> impl IntoView {
    let ui = use_ui();
    let state = ui.store.save_state;
    let word = move || match state.get() {
        SaveState::Saved => W::saved,
        SaveState::Unsaved(_) => W::not_saved,
        SaveState::ReadOnly => W::read_only,
    };
    let explained = move || match state.get() {
        SaveState::Saved => W::saved_explained,
        SaveState::Unsaved(_) => W::not_saved_explained,
        SaveState::ReadOnly => W::read_only_explained,
    };
    let when = move || ui.store.saved_at.get().map(|at| ui.instant(at));
    let shared = move || match ui.store.shared_at.get() {
        Some(at) => ui.fill(W::shared_explained, &[("when", ui.instant(at))]),
        None => ui.word(W::not_shared_yet),
    };
    view! {
        <details class="save" data-save-state=move || attribute(&state.get()) on:keydown=move |event| {
            if event.key() == "Escape" {
                crate::browser::page::close_details(&event);
            }
        }>
            <summary>
                <Icon name=Signal::derive(move || if state.get() == SaveState::Saved { "disk" } else { "warning" })/>
                <span role="status">{move || ui.word(word())}</span>
                <Icon name="down"/>
            </summary>
            <div class="pop">
                <h2>{ui.say(W::where_work_is_kept)}</h2>
                <ul role="list">
                    <li>
                        <Icon name="disk"/>
                        <b>{move || ui.word(word())}</b>
                        <span class="meta">{when}</span>
                        <small>{move || ui.word(explained())}</small>
                    </li>
                    <li class:todo=move || ui.store.shared_at.get().is_none()>
                        <Icon name="share"/>
                        <b>{ui.say(W::shared)}</b>
                        <span></span>
                        <small>{shared}</small>
                    </li>
                </ul>
                <button class="btn" type="button" on:click=move |_| export::save_all(ui)>{ui.say(W::save_a_file)} " " <kbd>"Ctrl+S"</kbd></button>
            </div>
        </details>
    }
}
