//! The whole playbook on one page: to be printed, with the numbers of pages, and to be searched by the browser.

use super::{
    frame::{Crumbs, Head, Plain},
    process::{Chapter, PrintButton},
};
use crate::app::{route::Route, ui::use_ui, words::W};
use leptos::prelude::*;

/// Every process, one after the other.
#[component]
pub fn Whole() -> impl IntoView {
    let ui = use_ui();
    let structure = ui.structure();
    let crumbs = move || -> Crumbs { vec![(ui.word(W::playbook), Some(Route::Playbook.href()))] };
    let chapters = structure
        .phases
        .iter()
        .flat_map(|phase| &phase.processes)
        .filter_map(|id| structure.process(id).cloned())
        .map(|process| view! { <Chapter process=process/> })
        .collect_view();
    view! {
        <Plain>
            <div class="stack whole">
                <Head crumbs=Signal::derive(crumbs) title=Signal::derive(ui.say(W::whole_playbook))>
                    <div class="row"><PrintButton/></div>
                </Head>
                {chapters}
            </div>
        </Plain>
    }
}
