//! The first screen of an engagement answers without scrolling: where are we, what is next and why, what is missing.

use super::frame::{Crumbs, Facts, Head, InEngagement, Tabs, customer_name};
use crate::{
    app::{
        components::{
            condition::Ask,
            conflict_mark::OpenConflicts,
            icon::{Icon, of_process},
            matrix::{Answers, Matrix},
            milestones::Milestones,
            next_item::NextLine,
            path::{Bar, state_word},
        },
        export,
        route::Route,
        ui::use_ui,
        words::W,
    },
    playbook::{EngagementId, Fact, ProcessId},
    rules::Question,
};
use leptos::prelude::*;

/// The overview of an engagement.
#[component]
pub fn Overview(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement.clone());
    let name = Memo::new(move |_| {
        ui.store.with(&id.get_value(), |one| {
            one.map(|one| customer_name(ui, one)).unwrap_or_default()
        })
    });
    let crumbs = move || -> Crumbs { vec![(ui.word(W::portfolio), Some(Route::Portfolio.href()))] };
    view! {
        <InEngagement engagement=engagement>
            <Head crumbs=Signal::derive(crumbs) title=Signal::derive(move || name.get())>
                <div class="row">
                    <a class="btn" href=Route::Handover(id.get_value()).href()>{ui.say(W::handover_sheet)}</a>
                    <button class="btn" type="button" on:click=move |_| export::save(ui, &[id.get_value()])><Icon name="share"/>{ui.say(W::export)}</button>
                </div>
            </Head>
            <Facts engagement=id.get_value()/>
            <Tabs engagement=id.get_value()/>
            <OpenConflicts engagement=id.get_value()/>
            <div class="lead">
                <Next engagement=id.get_value()/>
                <Missing engagement=id.get_value()/>
            </div>
            <Matrix engagement=id.get_value()/>
            <Milestones engagement=id.get_value()/>
            <Questions engagement=id.get_value()/>
            <Phases engagement=id.get_value()/>
        </InEngagement>
    }
}

/// So many things to do next stand on the first screen.
const FIRST: usize = 5;

/// What to do next, in order, each with its reason.
#[component]
fn Next(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let next = Memo::new(move |_| {
        let agenda = ui.agenda(&id.get_value());
        let all = agenda.iter().flat_map(|agenda| &agenda.next);
        all.take(FIRST).cloned().collect::<Vec<_>>()
    });
    let lines = move || {
        let all = next.get().into_iter().enumerate();
        all.map(|(index, next)| view! { <NextLine number=index + 1 engagement=id.get_value() next=next/> })
            .collect_view()
    };
    view! {
        <section class="panel" aria-labelledby="h-next">
            <header><h2 id="h-next">{ui.say(W::next_and_why)}</h2><p>{ui.say(W::in_order)}</p></header>
            <div class="body">
                <Show when=move || next.with(Vec::is_empty)><p>{ui.say(W::nothing_next)}</p></Show>
                <ol class="nexts" role="list">{lines}</ol>
            </div>
        </section>
    }
}

/// What is missing in the phase we are in.
#[component]
fn Missing(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let open = Memo::new(move |_| {
        let Some(overview) = ui.overview(&id.get_value()) else {
            return Vec::new();
        };
        let phase = overview
            .current_phase()
            .and_then(|phase| ui.structure().phase(&phase.id).cloned());
        let processes = phase.iter().flat_map(|phase| &phase.processes);
        processes
            .filter_map(|id| overview.process(id))
            .filter(|process| process.scope.is_ok() && process.open > 0)
            .map(|process| (process.id.clone(), process.open))
            .collect::<Vec<_>>()
    });
    let line = move |(process, count): (ProcessId, usize)| {
        let href = Route::Work(id.get_value(), process.clone(), None).href();
        view! {
            <li>
                <a href=href>{move || ui.name(|names| names.process(&process).to_owned())}</a>
                <p class="meta">{move || ui.count(W::n_mandatory_open, count, &[])}</p>
            </li>
        }
    };
    view! {
        <section class="panel" aria-labelledby="h-missing">
            <header><h2 id="h-missing">{ui.say(W::missing_in_phase)}</h2></header>
            <div class="body">
                <Show when=move || open.with(Vec::is_empty)><p class="flag" data-group="closed"><Icon name="complete"/>{ui.say(W::nothing_missing)}</p></Show>
                <ul class="lined" role="list">
                    <For each=move || open.get() key=|line| line.clone() children=line/>
                    <Answers engagement=id.get_value()/>
                </ul>
            </div>
        </section>
    }
}

/// The facts that nobody has answered yet; the playbook's conditions ask for them.
#[component]
fn Questions(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let open = Memo::new(move |_| {
        ui.store.with(&id.get_value(), |one| {
            one.map(|one| {
                Fact::ALL
                    .into_iter()
                    .filter(|fact| one.fact(*fact).is_none())
                    .collect::<Vec<_>>()
            })
            .unwrap_or_default()
        })
    });
    let no_services = Memo::new(move |_| {
        ui.store.with(&id.get_value(), |one| {
            one.is_some_and(|one| one.services_in_scope().is_empty())
        })
    });
    view! {
        <Show when=move || no_services.get()>
            <p class="banner"><Icon name="warning"/><span>{ui.say(W::no_services_yet)}</span> <a class="btn small" href=Route::About(id.get_value()).href()>{ui.say(W::choose_services)}</a></p>
        </Show>
        <Show when=move || !open.with(Vec::is_empty)>
            <details class="panel aims">
                <summary><h2>{move || ui.count(W::n_questions_open, open.with(Vec::len), &[])}</h2><Icon name="down"/></summary>
                <div class="body questions">
                    <For each=move || open.get() key=|fact| *fact children=move |fact| view! { <Ask engagement=id.get_value() question=Question::Fact(fact)/> }/>
                </div>
            </details>
        </Show>
    }
}

/// Every phase with its processes and how they stand.
#[component]
fn Phases(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let structure = ui.structure();
    let phase = move |phase: crate::playbook::Phase| {
        let standing = {
            let phase = phase.id.clone();
            Memo::new(move |_| {
                let overview = ui.overview(&id.get_value())?;
                let phase = overview.phase(&phase).filter(|phase| phase.scope.is_ok())?;
                Some(phase.progress)
            })
        };
        let progress = Memo::new(move |_| standing.get().unwrap_or_default());
        let name = {
            let id = phase.id.clone();
            move || ui.name(|names| names.phase(&id).to_owned())
        };
        let processes = StoredValue::new(phase.processes.clone());
        let rows = move || {
            processes
                .get_value()
                .into_iter()
                .map(|process| view! { <ProcessLine engagement=id.get_value() process=process/> })
                .collect_view()
        };
        view! {
            <Show when=move || standing.get().is_some()>
                <li>
                    <p class="ph"><b>{name.clone()}</b><span class="meta num">{move || {
                        let progress = progress.get();
                        ui.fill(W::mandatory_settled, &[("n", ui.number(progress.settled)), ("all", ui.number(progress.mandatory))])
                    }}</span></p>
                    <Bar progress=progress/>
                    <ul role="list">{rows}</ul>
                </li>
            </Show>
        }
    };
    let phases = structure.phases.iter().cloned().map(phase).collect_view();
    view! {
        <section class="panel" aria-labelledby="h-phases">
            <header><h2 id="h-phases">{ui.say(W::phases_and_processes)}</h2></header>
            <div class="body"><ol class="phases" role="list">{phases}</ol></div>
        </section>
    }
}

#[component]
fn ProcessLine(engagement: EngagementId, process: ProcessId) -> impl IntoView {
    let ui = use_ui();
    let href = Route::Work(engagement.clone(), process.clone(), None).href();
    let state = {
        let process = process.clone();
        Memo::new(move |_| ui.overview(&engagement)?.process(&process).map(|process| process.state))
    };
    let look = move || state.get().map_or(("open", "open"), of_process);
    view! {
        <li>
            <a href=href data-process=process.to_string()>{
                let process = process.clone();
                move || ui.name(|names| names.process(&process).to_owned())
            }</a>
            <span class="flag" data-group=move || look().0><Icon name=Signal::derive(move || look().1)/>{move || state.get().map(|state| ui.word(state_word(state)))}</span>
        </li>
    }
}
