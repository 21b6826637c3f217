//! How well the work is kept: the last file, and whether the browser may clear the storage.

use crate::{
    app::{export, ui::use_ui, words::W},
    browser::persistence,
};
use leptos::prelude::*;

/// When the last file was saved, and what the browser has promised.
#[component]
pub fn Kept() -> impl IntoView {
    let ui = use_ui();
    let persistent = RwSignal::new(None::<bool>);
    leptos::task::spawn_local(async move {
        let answer = persistence::is_persistent().await;
        persistent.try_set(answer);
    });
    let shared = move || match ui.store.shared_at.get() {
        Some(at) => ui.fill(W::shared_explained, &[("when", ui.instant(at))]),
        None => ui.word(W::not_shared_yet),
    };
    let promise = move || {
        ui.word(match persistent.get() {
            Some(true) => W::storage_is_kept,
            Some(false) => W::storage_may_be_cleared,
            None => W::storage_unknown,
        })
    };
    let ask = move |_| {
        leptos::task::spawn_local(async move {
            let answer = persistence::ask().await;
            persistent.try_set(answer);
            if answer != Some(true) {
                ui.tell(ui.word(W::storage_not_promised));
            }
        });
    };
    view! {
        <section class="panel">
            <header><h2>{ui.say(W::how_well_kept)}</h2></header>
            <div class="body">
                <p class="row">
                    <span>{shared}</span>
                    <button class="btn small" type="button" on:click=move |_| export::save_all(ui)>{ui.say(W::save_a_file)}</button>
                </p>
                <p class="row">
                    <span>{promise}</span>
                    <Show when=move || persistent.get() == Some(false)>
                        <button class="btn small" type="button" on:click=ask>{ui.say(W::ask_to_keep)}</button>
                    </Show>
                </p>
            </div>
        </section>
    }
}
