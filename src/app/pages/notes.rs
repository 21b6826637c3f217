//! All notes of an engagement.

use super::frame::{Head, InEngagement, Tabs, crumbs_of};
use crate::{
    app::{components::note_list::NoteList, ui::use_ui, words::W},
    playbook::EngagementId,
};
use leptos::prelude::*;

/// The page of notes.
#[component]
pub fn Notes(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement.clone());
    view! {
        <InEngagement engagement=engagement rail=false>
            <Head crumbs=crumbs_of(ui, id) title=Signal::derive(ui.say(W::notes))/>
            <Tabs engagement=id.get_value()/>
            <section class="panel"><div class="body notes"><NoteList engagement=id.get_value()/></div></section>
        </InEngagement>
    }
}
