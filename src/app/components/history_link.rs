//! The way from a thing to its own history, as a small drawing beside it.

use super::icon::Icon;
use crate::{
    app::{route::Route, ui::use_ui, words::W},
    playbook::EngagementId,
};
use leptos::prelude::*;

/// The link.
#[component]
pub fn HistoryLink(
    /// The engagement.
    engagement: EngagementId,
    /// The part of the work, such as `notes`.
    section: &'static str,
    /// The id in it.
    #[prop(into)]
    item: String,
    /// What it is called, for whoever does not see where it stands.
    #[prop(into)]
    what: Signal<String>,
) -> impl IntoView {
    let ui = use_ui();
    let href = Route::History(engagement, Some((section.to_owned(), item))).href();
    let label = move || ui.fill(W::history_of, &[("what", what.get())]);
    view! { <a class="btn small quiet icon" href=href data-history="" aria-label=label title=ui.say(W::history)><Icon name="past"/></a> }
}
