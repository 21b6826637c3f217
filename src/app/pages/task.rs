//! A task of the playbook and every place it stands in. One id, one state: the places differ in services and in name only.

use super::{
    frame::{Crumbs, Head, Plain},
    process::CopyLink,
};
use crate::{
    app::{
        route::{Route, Spot},
        ui::{Ui, use_ui},
        words::W,
    },
    playbook::{Place, Requirement, Task, TaskId},
};
use leptos::prelude::*;

/// One task.
#[component]
pub fn TaskPage(task: TaskId) -> impl IntoView {
    let ui = use_ui();
    let structure = ui.structure();
    let Some(facts) = structure.tasks.get(&task).cloned() else {
        return view! {
            <Plain>
                <Head crumbs=Vec::new() title=Signal::derive(ui.say(W::no_such_task))/>
                <p><a href=Route::Playbook.href()>{ui.say(W::playbook)}</a></p>
            </Plain>
        }
        .into_any();
    };
    let crumbs = move || -> Crumbs { vec![(ui.word(W::playbook), Some(Route::Playbook.href()))] };
    let id = StoredValue::new(task.clone());
    let title = move || id.with_value(|id| ui.name(|names| names.task(id, None).to_owned()));
    let places = facts
        .places
        .iter()
        .map(|place| view! { <At place=place.clone() task=task.clone() facts=facts.clone()/> })
        .collect_view();
    let gates = structure
        .gates
        .iter()
        .filter(|gate| gate.task == task)
        .map(|gate| {
            let process = gate.process.clone();
            let says = move || {
                let name = ui.name(|names| names.process(&process).to_owned());
                ui.fill(W::records_that_done, &[("process", name)])
            };
            view! { <p>{says}</p> }
        })
        .collect_view();
    let tracks: Vec<_> = structure
        .tracks
        .iter()
        .filter(|track| track.tasks.contains(&task))
        .map(|track| track.id.clone())
        .collect();
    let tracks = (!tracks.is_empty()).then(|| {
        let names = move || {
            let names: Vec<String> = tracks
                .iter()
                .map(|id| ui.name(|names| names.track(id).to_owned()))
                .collect();
            ui.speech().locale.list(&names)
        };
        view! { <p><b>{ui.say(W::in_tracks)}</b> " " {names}</p> }
    });
    view! {
        <Plain>
            <div class="stack" data-task=task.to_string()>
                <Head crumbs=Signal::derive(crumbs) title=Signal::derive(title)><div class="row"><CopyLink/></div></Head>
                <p class="taskfacts meta"><span class="num">{task.to_string()}</span><TaskFacts facts=facts.clone() place=None/></p>
                {gates}
                {tracks}
                <section class="panel" aria-labelledby="places-title">
                    <header><h2 id="places-title">{ui.say(W::where_it_stands)}</h2></header>
                    <div class="body"><ul class="lined" role="list">{places}</ul></div>
                </section>
            </div>
        </Plain>
    }
    .into_any()
}

/// Requirement, role and services: at a place, or over all of them.
#[component]
fn TaskFacts(facts: Task, #[prop(optional_no_strip)] place: Option<Place>) -> impl IntoView {
    let ui = use_ui();
    let must = facts.requirement == Requirement::Mandatory;
    let (requirement, role) = (facts.requirement, facts.role.clone());
    let services = match &place {
        Some(place) => facts.services_at(place).to_vec(),
        None => facts.services.clone(),
    };
    view! {
        <span class="tag" class:must=must>{move || ui.name(|names| names.requirement(requirement).to_owned())}</span>
        <span>{move || ui.name(|names| names.role(&role).to_owned())}</span>
        <span class="wrap">{move || ui.services(&services)}</span>
    }
}

/// A place: process and step, the name the task has there, its services there.
#[component]
fn At(place: Place, task: TaskId, facts: Task) -> impl IntoView {
    let ui = use_ui();
    let href = Route::Process(place.process.clone(), Some(Spot::Task(task.clone()))).href();
    let where_text = {
        let place = place.clone();
        move || path_text(ui, &place)
    };
    let name = {
        let place = place.clone();
        move || ui.name(|names| names.task(&task, Some(&place)).to_owned())
    };
    view! {
        <li data-process=place.process.to_string() data-step=place.step.to_string()>
            <a href=href>{where_text}</a>
            <p>{name}</p>
            <p class="taskfacts meta"><TaskFacts facts=facts place=Some(place.clone())/></p>
        </li>
    }
}

fn path_text(ui: Ui, place: &Place) -> String {
    let process = ui.name(|names| names.process(&place.process).to_owned());
    format!("{process} › {}", ui.step(place))
}
