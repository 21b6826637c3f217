//! An address that leads nowhere, or not yet, says so, and where to go on.

use super::frame::{Head, Plain};
use crate::app::{components::banner::Banner, route::Route, ui::use_ui, words::W};
use leptos::prelude::*;

/// For an address that no page has.
#[component]
pub fn NotFound() -> impl IntoView {
    let ui = use_ui();
    view! {
        <Plain>
            <Head crumbs=Vec::new() title=Signal::derive(ui.say(W::nothing_here))/>
            <p>{ui.say(W::nothing_here_explained)} " " <a href=Route::Portfolio.href()>{ui.say(W::portfolio)}</a></p>
        </Plain>
    }
}

/// For an engagement that is not in this browser, or in the trash.
#[component]
pub fn NoEngagement() -> impl IntoView {
    let ui = use_ui();
    view! {
        <Plain>
            <Head crumbs=Vec::new() title=Signal::derive(ui.say(W::no_such_engagement))/>
            <p>{ui.say(W::no_such_engagement_explained)} " " <a href=Route::Portfolio.href()>{ui.say(W::portfolio)}</a> " · " <a href=Route::Import.href()>{ui.say(W::import)}</a></p>
        </Plain>
    }
}

/// For a page whose code is on its way, or could not be had.
#[component]
pub fn NotYet(
    /// It could not be had.
    missing: bool,
    /// Asks for it again.
    retry: impl Fn() + Send + Sync + Clone + 'static,
) -> impl IntoView {
    let ui = use_ui();
    // No `data-route`: whoever waits for the page goes on waiting.
    view! {
        <div class="cols one">
            <main class="main" id="main" tabindex="-1" aria-busy=(!missing).to_string()>
                <Banner/>
                {missing.then(|| view! {
                    <Head crumbs=Vec::new() title=Signal::derive(ui.say(W::part_missing))/>
                    <p><button class="btn primary" type="button" on:click=move |_| retry()>{ui.say(W::try_again)}</button></p>
                })}
            </main>
        </div>
    }
}
