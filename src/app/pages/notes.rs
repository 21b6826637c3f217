//! All notes of an engagement.

use super::frame::{Head, InEngagement, Tabs, customer_name};
use crate::{
    app::{components::note_list::NoteList, route::Route, ui::use_ui, words::W},
    playbook::EngagementId,
};
use leptos::prelude::*;

/// The page of notes.
#[component]
pub fn Notes(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement.clone());
    let name = move || {
        ui.store.with(&id.get_value(), |one| {
            one.map(|one| customer_name(ui, one)).unwrap_or_default()
        })
    };
    let crumbs = move || {
        vec![
            (ui.word(W::portfolio), Some(Route::Portfolio.href())),
            (name(), Some(Route::Engagement(id.get_value()).href())),
        ]
    };
    view! {
        <InEngagement engagement=engagement rail=false>
            <Head crumbs=Signal::derive(crumbs) title=Signal::derive(ui.say(W::notes))/>
            <Tabs engagement=id.get_value()/>
            <section class="panel"><div class="body notes"><NoteList engagement=id.get_value()/></div></section>
        </InEngagement>
    }
}
