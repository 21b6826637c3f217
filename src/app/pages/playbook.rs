//! The playbook without a customer: every phase and process of the edition.

use super::frame::{Head, Plain};
use crate::{
    app::{route::Route, ui::use_ui, words::W},
    playbook::{Phase, ProcessId, Track},
};
use leptos::prelude::*;

/// All phases with their processes, and the tracks.
#[component]
pub fn Playbook() -> impl IntoView {
    let ui = use_ui();
    let structure = ui.structure();
    let edition = structure.edition.clone();
    let tasks = structure.tasks.len();
    let steps = structure
        .processes
        .iter()
        .map(|process| process.steps.len())
        .sum::<usize>();
    let counts = {
        let processes = structure.processes.len();
        move || {
            ui.fill(
                W::edition_counts,
                &[
                    ("edition", edition.clone()),
                    ("processes", ui.number(processes)),
                    ("steps", ui.number(steps)),
                    ("tasks", ui.number(tasks)),
                ],
            )
        }
    };
    let phases = structure
        .phases
        .iter()
        .enumerate()
        .map(|(index, phase)| view! { <PhasePanel number=index + 1 phase=phase.clone()/> })
        .collect_view();
    let tracks = structure
        .tracks
        .iter()
        .map(|track| view! { <TrackPanel track=track.clone()/> })
        .collect_view();
    view! {
        <Plain>
            <Head crumbs=Vec::new() title=Signal::derive(ui.say(W::playbook))>
                <div class="row"><a class="btn" href=Route::Whole.href()>{ui.say(W::print_whole)}</a></div>
            </Head>
            <p class="meta">{counts}</p>
            <div class="shelf">{phases} <ReferencePanel/> {tracks}</div>
        </Plain>
    }
}

#[component]
fn PhasePanel(number: usize, phase: Phase) -> impl IntoView {
    let ui = use_ui();
    let (id, tag) = (phase.id.clone(), phase.id.to_string());
    let lines = phase
        .processes
        .into_iter()
        .map(|process| view! { <ProcessLine process=process/> })
        .collect_view();
    view! {
        <section class="panel" data-phase=tag>
            <header><h2><span class="num">{number}</span> " " {move || ui.name(|names| names.phase(&id).to_owned())}</h2></header>
            <div class="body"><ul class="lined" role="list">{lines}</ul></div>
        </section>
    }
}

/// What one looks things up in.
#[component]
fn ReferencePanel() -> impl IntoView {
    let ui = use_ui();
    let pages = ui
        .structure()
        .references
        .clone()
        .into_iter()
        .map(|page| {
            let href = Route::Reference(page.clone(), None).href();
            view! { <li><a href=href>{move || ui.name(|names| names.reference(&page).to_owned())}</a></li> }
        })
        .collect_view();
    view! {
        <section class="panel">
            <header><h2>{ui.say(W::reference)}</h2></header>
            <div class="body">
                <ul class="lined" role="list">
                    <li><a href=Route::Glossary.href()>{ui.say(W::glossary)}</a></li>
                    {pages}
                </ul>
            </div>
        </section>
    }
}

/// A track: a way through tasks that stand in the processes.
#[component]
fn TrackPanel(track: Track) -> impl IntoView {
    let ui = use_ui();
    let (id, services, count) = (track.id.clone(), track.applies_to.clone(), track.tasks.len());
    let tasks = track.tasks.into_iter().map(|task| {
        let (href, number) = (ui.task_href(&task), task.to_string());
        view! { <li><span class="num meta">{number}</span> " " <a href=href>{move || ui.name(|names| names.task(&task, None).to_owned())}</a></li> }
    }).collect_view();
    view! {
        <section class="panel">
            <header><h2>{move || ui.name(|names| names.track(&id).to_owned())}</h2></header>
            <div class="body">
                <p class="meta">{move || format!("{} · {}", ui.word(W::track), ui.services(&services))}</p>
                <details class="more"><summary>{move || ui.count(W::n_tasks, count, &[])}</summary><ul role="list">{tasks}</ul></details>
            </div>
        </section>
    }
}

#[component]
fn ProcessLine(process: ProcessId) -> impl IntoView {
    let ui = use_ui();
    let facts = ui.structure().process(&process).map(|process| {
        (
            process.steps.len(),
            process.steps.iter().map(|step| step.tasks.len()).sum::<usize>(),
        )
    });
    let (steps, tasks) = facts.unwrap_or_default();
    let (href, tag) = (Route::Process(process.clone(), None).href(), process.to_string());
    view! {
        <li data-process=tag>
            <a href=href>{move || ui.name(|names| names.process(&process).to_owned())}</a>
            <p class="meta">{move || format!("{} · {}", ui.count(W::n_steps, steps, &[]), ui.count(W::n_tasks, tasks, &[]))}</p>
        </li>
    }
}
