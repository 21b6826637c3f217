//! The path of phases: numbered stations with progress; the open phase lists its processes.

use super::{
    condition::out_of_scope_text,
    icon::{Icon, of_process},
};
use crate::{
    app::{
        route::Route,
        ui::{Ui, use_ui},
        words::W,
    },
    playbook::{EngagementId, Phase, ProcessId},
    rules::{ProcessState, Progress},
};
use leptos::prelude::*;

/// "3 of 7 mandatory tasks settled", short for the eye and whole for the ear.
#[component]
fn Count(#[prop(into)] progress: Signal<Progress>) -> impl IntoView {
    let ui = use_ui();
    let whole = move || {
        let progress = progress.get();
        ui.fill(
            W::mandatory_settled,
            &[
                ("n", ui.number(progress.settled)),
                ("all", ui.number(progress.mandatory)),
            ],
        )
    };
    view! {
        <span class="meta num" title=whole>
            <span aria-hidden="true">{move || { let p = progress.get(); format!("{}/{}", p.settled, p.mandatory) }}</span>
            <span class="sr">{whole}</span>
        </span>
    }
}

/// A bar beside the numbers.
#[component]
pub fn Bar(#[prop(into)] progress: Signal<Progress>) -> impl IntoView {
    let share = move || {
        let progress = progress.get();
        (progress.settled * 100)
            .checked_div(progress.mandatory)
            .unwrap_or_default()
    };
    view! { <span class="prog" aria-hidden="true"><i style=("--p", move || format!("{}%", share()))></i></span> }
}

/// How a process stands, in a word.
#[must_use]
pub fn state_word(state: ProcessState) -> W {
    match state {
        ProcessState::OutOfScope => W::process_out_of_scope,
        ProcessState::Open => W::process_open,
        ProcessState::InProgress => W::process_in_progress,
        ProcessState::Blocked => W::process_blocked,
        ProcessState::Settled => W::process_settled,
        ProcessState::Closed => W::process_closed,
        ProcessState::NewScope => W::process_new_scope,
    }
}

/// The path in the left column; one folded line on a phone.
#[component]
pub fn Path(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let here = Memo::new(move |_| {
        let overview = ui.overview(&id.get_value())?;
        let current = overview.current_phase()?;
        let number = overview.phases_in_scope().position(|phase| phase.id == current.id)? + 1;
        let all = overview.phases_in_scope().count();
        Some((current.id.clone(), number, all, current.progress))
    });
    let phases = Memo::new(move |_| {
        let overview = ui.overview(&id.get_value());
        let all = overview.iter().flat_map(|overview| &overview.phases);
        let (inside, outside): (Vec<_>, Vec<_>) = all
            .map(|phase| (phase.id.clone(), phase.scope.clone().err()))
            .partition(|(_, out)| out.is_none());
        (inside.into_iter().map(|(id, _)| id).collect::<Vec<_>>(), outside)
    });
    let process_here = Memo::new(move |_| {
        ui.route.with(|route| match route {
            Route::Work(_, process, _) => Some(process.clone()),
            _ => None,
        })
    });
    let folded = move || {
        here.get().map(|(phase, number, all, progress)| {
            let name = ui.name(|names| names.phase(&phase).to_owned());
            let text = ui.fill(
                W::phase_n_of_n,
                &[("n", ui.number(number)), ("all", ui.number(all)), ("name", name)],
            );
            view! { <span>{text}</span> <Count progress=Signal::derive(move || progress)/> }
        })
    };
    view! {
        <details class="pathFold" open=crate::browser::page::is_wide()>
            <summary class="btn">{folded}<Icon name="down"/></summary>
            <h2>{ui.say(W::path_of_phases)}</h2>
            <ol class="path" role="list">
                <For
                    each=move || phases.get().0.into_iter().enumerate()
                    key=|(number, phase)| (*number, phase.clone())
                    children=move |(number, phase)| {
                        let structure = ui.structure();
                        structure.phase(&phase).cloned().map(|phase| view! {
                            <Station engagement=id.get_value() number=number + 1 phase=phase here=Signal::derive(move || here.get().map(|here| here.0)) open_process=process_here/>
                        })
                    }
                />
            </ol>
            <OutPhases out=Signal::derive(move || phases.get().1.into_iter().filter_map(|(id, reason)| Some((id, out_of_scope_text(ui, &reason?)))).collect())/>
        </details>
    }
}

#[component]
fn OutPhases(#[prop(into)] out: Signal<Vec<(crate::playbook::PhaseId, String)>>) -> impl IntoView {
    let ui = use_ui();
    view! {
        <Show when=move || !out.with(Vec::is_empty)>
            <details class="more">
                <summary>{move || ui.count(W::n_phases_out_of_scope, out.with(Vec::len), &[])}</summary>
                {move || out.get().into_iter().map(|(id, reason)| view! {
                    <p class="meta">{ui.name(|names| names.phase(&id).to_owned())} ": " {reason}</p>
                }).collect_view()}
            </details>
        </Show>
    }
}

#[component]
fn Station(
    engagement: EngagementId,
    number: usize,
    phase: Phase,
    #[prop(into)] here: Signal<Option<crate::playbook::PhaseId>>,
    #[prop(into)] open_process: Signal<Option<ProcessId>>,
) -> impl IntoView {
    let ui = use_ui();
    let progress = {
        let (engagement, phase) = (engagement.clone(), phase.id.clone());
        Memo::new(move |_| {
            let overview = ui.overview(&engagement);
            overview
                .and_then(|overview| overview.phase(&phase).map(|phase| phase.progress))
                .unwrap_or_default()
        })
    };
    let is_here = {
        let id = phase.id.clone();
        Memo::new(move |_| here.get().as_ref() == Some(&id))
    };
    // The phase we are in and the phase of the open process show their processes.
    let is_open = {
        let processes = phase.processes.clone();
        Memo::new(move |_| {
            open_process
                .get()
                .map_or(is_here.get(), |open| processes.contains(&open))
        })
    };
    let class = move || match (is_here.get(), progress.get()) {
        (true, _) => "here",
        (_, progress) if progress.settled > 0 => "part",
        _ => "",
    };
    let first = phase.processes.first().cloned();
    let href = first.map(|process| Route::Work(engagement.clone(), process, None).href());
    let name = {
        let id = phase.id.clone();
        move || ui.name(|names| names.phase(&id).to_owned())
    };
    let processes = move || {
        is_open.get().then(|| {
            let stops = phase
                .processes
                .iter()
                .map(|process| {
                    view! {
                        <Stop engagement=engagement.clone() process=process.clone() open_process=open_process/>
                    }
                })
                .collect_view();
            view! { <ol role="list">{stops}</ol> }
        })
    };
    view! {
        <li class=class>
            <span class="dot" aria-hidden="true">{number}</span>
            <a class="ph" href=href aria-current=move || is_here.get().then_some("step")>
                <b>{name}</b>
                <Count progress=progress/>
                <Bar progress=progress/>
            </a>
            {processes}
        </li>
    }
}

#[component]
fn Stop(
    engagement: EngagementId,
    process: ProcessId,
    #[prop(into)] open_process: Signal<Option<ProcessId>>,
) -> impl IntoView {
    let ui = use_ui();
    let facts = {
        let (engagement, process) = (engagement.clone(), process.clone());
        Memo::new(move |_| {
            let overview = ui.overview(&engagement)?;
            overview
                .process(&process)
                .map(|process| (process.state, process.progress))
        })
    };
    let state = Memo::new(move |_| facts.get().map_or(ProcessState::Open, |facts| facts.0));
    let href = Route::Work(engagement, process.clone(), None).href();
    let current = {
        let process = process.clone();
        move || (open_process.get().as_ref() == Some(&process)).then_some("page")
    };
    view! {
        <li>
            <a href=href data-group=move || of_process(state.get()).0 aria-current=current>
                <Icon name=Signal::derive(move || of_process(state.get()).1)/>
                <span><span class="sr">{move || ui.word(state_word(state.get()))} ": "</span>{move || process_name(ui, &process)}</span>
                <Count progress=Signal::derive(move || facts.get().map(|facts| facts.1).unwrap_or_default())/>
            </a>
        </li>
    }
}

fn process_name(ui: Ui, process: &ProcessId) -> String {
    ui.name(|names| names.process(process).to_owned())
}
