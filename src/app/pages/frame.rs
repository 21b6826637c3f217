//! What pages share: the column of work with its heading, and the frame of an engagement with path, tabs and rail.

use crate::{
    app::{
        components::{banner::Banner, note_list::NoteList, path::Path},
        filling::isolated,
        route::Route,
        ui::{Ui, use_ui},
        words::W,
    },
    engagement::Engagement,
    playbook::{EngagementId, ProcessId},
};
use leptos::prelude::*;

/// The crumbs above a title: names with their addresses.
pub type Crumbs = Vec<(String, Option<String>)>;

/// Crumbs, title, a line below it, and actions beside it.
#[component]
pub fn Head(
    /// Where this page stands.
    #[prop(into)]
    crumbs: Signal<Crumbs>,
    /// Its title.
    #[prop(into)]
    title: Signal<String>,
    /// What stands beside the title.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let ui = use_ui();
    Effect::new(move |_| {
        let mut parts = vec![title.get()];
        parts.extend(crumbs.get().into_iter().rev().map(|(name, _)| name));
        parts.push(ui.word(W::app_name));
        parts.dedup();
        crate::browser::page::set_title(&parts.join(" – "));
    });
    view! {
        <div class="head">
            <div>
                <Show when=move || !crumbs.with(Vec::is_empty)>
                    <ol class="crumbs" role="list">
                        {move || crumbs.get().into_iter().map(|(name, href)| match href {
                            Some(href) => view! { <li><a href=href>{name}</a></li> }.into_any(),
                            None => view! { <li>{name}</li> }.into_any(),
                        }).collect_view()}
                    </ol>
                </Show>
                <h1 id="title" tabindex="-1">{move || title.get()}</h1>
            </div>
            {children.map(|children| children())}
        </div>
    }
}

/// A page without columns beside it.
#[component]
pub fn Plain(children: Children) -> impl IntoView {
    let ui = use_ui();
    view! {
        <div class="cols one">
            <main class="main" id="main" tabindex="-1" data-route=move || ui.route.with(|route| route.name())>
                <Banner/>
                {children()}
            </main>
        </div>
    }
}

/// The crumbs of a page of an engagement: the portfolio and the customer.
#[must_use]
pub fn crumbs_of(ui: Ui, engagement: StoredValue<EngagementId>) -> Signal<Crumbs> {
    Signal::derive(move || {
        let id = engagement.get_value();
        let name = ui
            .store
            .with(&id, |one| one.map(|one| customer_name(ui, one)).unwrap_or_default());
        vec![
            (ui.word(W::portfolio), Some(Route::Portfolio.href())),
            (name, Some(Route::Engagement(id).href())),
        ]
    })
}

/// The name of a customer, or a word for one without a name.
#[must_use]
pub fn customer_name(ui: Ui, engagement: &Engagement) -> String {
    let name = engagement.customer();
    if name.is_empty() {
        ui.word(W::unnamed_customer)
    } else {
        isolated(name).into_owned()
    }
}

/// A page of an engagement: path on the left, work in the middle, notes and facts on the right.
#[component]
pub fn InEngagement(
    /// The engagement.
    engagement: EngagementId,
    /// The process that is open.
    #[prop(optional_no_strip)]
    process: Option<ProcessId>,
    /// Whether the notes stand beside the work.
    #[prop(default = true)]
    rail: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let ui = use_ui();
    let there = {
        let id = engagement.clone();
        Memo::new(move |_| ui.store.with(&id, |one| one.is_some()))
    };
    let id = StoredValue::new(engagement);
    let process = StoredValue::new(process);
    let children = StoredValue::new(children);
    view! {
        <Show when=move || there.get() fallback=move || view! { <super::not_found::NoEngagement/> }>
            <div class="cols" class:three=rail>
                <aside class="side" aria-label=ui.say(W::path_of_phases)><Path engagement=id.get_value()/></aside>
                <main
                    class="main"
                    id="main"
                    tabindex="-1"
                    data-route=move || ui.route.with(|route| route.name())
                    data-process=process.get_value().map(|process| process.to_string())
                >
                    <Banner/>
                    {children.with_value(|children| children())}
                </main>
                {rail.then(|| view! {
                    <aside class="rail" aria-label=ui.say(W::notes_and_facts)>
                        <section>
                            <h2>{ui.say(W::notes)}</h2>
                            <NoteList engagement=id.get_value() process=process.get_value() limit=5/>
                            <p><a href=Route::Notes(id.get_value()).href()>{ui.say(W::all_notes)}</a></p>
                        </section>
                        <section>
                            <h2>{ui.say(W::customer)} <a class="btn small" href=Route::About(id.get_value()).href()>{ui.say(W::edit)}</a></h2>
                            <Facts engagement=id.get_value()/>
                        </section>
                    </aside>
                })}
            </div>
        </Show>
    }
}

/// The tabs of an engagement.
#[component]
pub fn Tabs(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let tab = |route: Route, word: W| {
        let (name, href) = (route.name(), route.href());
        let here = move || ui.route.with(|at| (at.name() == name).then_some("page"));
        view! { <a href=href aria-current=here>{ui.say(word)}</a> }
    };
    view! {
        <nav class="tabs" aria-label=ui.say(W::parts_of_engagement)>
            {tab(Route::Engagement(engagement.clone()), W::overview)}
            {tab(Route::Tasks(engagement.clone()), W::tasks)}
            {tab(Route::Services(engagement.clone()), W::services)}
            {tab(Route::Plan(engagement.clone()), W::plan)}
            {tab(Route::Dates(engagement.clone()), W::dates)}
            {tab(Route::Notes(engagement.clone()), W::notes)}
            {tab(Route::Completion(engagement.clone()), W::completion)}
            {tab(Route::Handover(engagement.clone()), W::handover)}
            {tab(Route::About(engagement.clone()), W::customer_and_scope)}
            {tab(Route::History(engagement, None), W::history)}
        </nav>
    }
}

/// Region, seats, motion, assignment, manager: what is known of the customer.
#[must_use]
pub fn facts_of(ui: Ui, one: &Engagement) -> Vec<(W, String)> {
    let mut facts = Vec::new();
    facts.extend(
        one.region()
            .map(|id| (W::region, ui.name(|names| names.region(&id).to_owned()))),
    );
    facts.extend(one.seats().map(|seats| (W::seats, ui.number(seats as usize))));
    facts.extend(
        one.motion()
            .map(|id| (W::motion, ui.name(|names| names.motion(&id).to_owned()))),
    );
    facts.extend(one.assigned_on().map(|day| (W::assigned, ui.day(day))));
    let manager = one.fast_track_manager();
    facts.extend((!manager.is_empty()).then(|| (W::fast_track_manager_short, manager.to_owned())));
    facts
}

/// The facts of a customer as a list.
#[component]
pub fn Facts(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let facts = move || {
        let known = ui
            .store
            .with(&engagement, |one| one.map(|one| facts_of(ui, one)).unwrap_or_default());
        known
            .into_iter()
            .map(|(word, value)| view! { <div><dt>{ui.word(word)}</dt><dd>{value}</dd></div> })
            .collect_view()
    };
    view! { <dl class="facts">{facts}</dl> }
}
