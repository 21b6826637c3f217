//! What a page holds, as links; and the processes before and after it.

use super::icon::Icon;
use crate::{
    app::{
        route::{Route, Spot},
        ui::use_ui,
        words::W,
    },
    playbook::{EngagementId, ProcessId},
};
use leptos::prelude::*;

/// A line of the table of contents: where it leads, and its words.
pub type Line = (Spot, Signal<String>);

/// The table of contents of a page.
#[component]
pub fn Contents(
    /// The address of a spot of this page.
    #[prop(into)]
    href: Callback<Spot, String>,
    /// Its parts in order.
    lines: Vec<Line>,
    /// Whether it stands open at first.
    open: bool,
) -> impl IntoView {
    let ui = use_ui();
    let lines = lines
        .into_iter()
        .map(|(spot, text)| view! { <li><a href=href.run(spot)>{move || text.get()}</a></li> })
        .collect_view();
    view! {
        <details class="panel toc" open=open>
            <summary><h2>{ui.say(W::on_this_page)}</h2><Icon name="down"/></summary>
            <nav class="body" aria-label=ui.say(W::on_this_page)><ol role="list">{lines}</ol></nav>
        </details>
    }
}

/// The processes before and after one, in the order of the playbook.
#[component]
pub fn Neighbours(process: ProcessId, engagement: Option<EngagementId>) -> impl IntoView {
    let ui = use_ui();
    let structure = ui.structure();
    let order: Vec<ProcessId> = structure
        .phases
        .iter()
        .flat_map(|phase| phase.processes.clone())
        .collect();
    let at = order.iter().position(|one| *one == process).unwrap_or_default();
    let link = |neighbour: Option<&ProcessId>, word: W, class: &'static str| {
        neighbour.cloned().map(|id| {
            let href = match &engagement {
                Some(engagement) => Route::Work(engagement.clone(), id.clone(), None).href(),
                None => Route::Process(id.clone(), None).href(),
            };
            view! {
                <a class=class href=href>
                    <small>{ui.say(word)}</small>
                    <b>{move || ui.name(|names| names.process(&id).to_owned())}</b>
                </a>
            }
        })
    };
    let before = link(
        at.checked_sub(1).and_then(|at| order.get(at)),
        W::previous_page,
        "before",
    );
    let after = link(order.get(at + 1), W::next_page, "after");
    view! { <nav class="neighbours" aria-label=ui.say(W::neighbours)>{before}{after}</nav> }
}
