//! The first page with no engagement yet: what this is, and how to begin. It comes first of all pages, so it stands in the
//! first wasm file and uses little.

use super::frame::{Head, Plain};
use crate::app::{components::icon::Icon, route::Route, sample, ui::use_ui, words::W};
use leptos::prelude::*;

/// What this is, and three ways to begin.
#[component]
pub fn Empty() -> impl IntoView {
    let ui = use_ui();
    let trashed = move || ui.store.read(|workspace| workspace.trashed().len());
    // Should the work itself have been cleared away, its backups are offered (`t29_...`).
    let backups = RwSignal::new(0);
    Effect::new(move |_| {
        ui.store.backed_up.track();
        leptos::task::spawn_local(async move {
            let made = ui.store.backups().await.len();
            backups.try_set(made);
        });
    });
    view! {
        <Plain>
            <Start/>
            <p class="row">
                <Show when=move || trashed() != 0>
                    <a class="btn quiet" href=Route::Data.href()><Icon name="trash"/>{move || ui.count(W::n_in_trash, trashed(), &[])}</a>
                </Show>
                <Show when=move || backups.get() != 0>
                    <a class="btn quiet" href=Route::Data.href() data-backups=move || backups.get().to_string()><Icon name="disk"/>{move || ui.count(W::n_backups_here, backups.get(), &[])}</a>
                </Show>
            </p>
        </Plain>
    }
}

#[component]
fn Start() -> impl IntoView {
    let ui = use_ui();
    view! {
        <section class="start">
            <Head crumbs=Vec::new() title=Signal::derive(ui.say(W::start_title))/>
            <p>{ui.say(W::start_text)}</p>
            <ul class="points" role="list">
                <li><Icon name="check"/>{ui.say(W::start_point_1)}</li>
                <li><Icon name="check"/>{ui.say(W::start_point_2)}</li>
                <li><Icon name="check"/>{ui.say(W::start_point_3)}</li>
            </ul>
            <div class="row">
                <a class="btn primary" href=Route::NewEngagement.href()><Icon name="plus"/>{ui.say(W::new_engagement)}</a>
                <button class="btn" type="button" on:click=move |_| sample::open(ui)>{ui.say(W::look_at_sample)}</button>
                <a class="btn" href=Route::Import.href()><Icon name="in"/>{ui.say(W::import)}</a>
            </div>
        </section>
    }
}
