//! A step of a process: guidance on the left, work on the right. A step that was settled when the page was opened stands folded.

use super::{
    blocks::Blocks,
    check_list::CheckList,
    condition::out_of_scope_text,
    icon::Icon,
    prose::Resources,
    recorded::RecordHere,
    task_row::{OutOfScopeTask, TaskRow},
};
use crate::{
    app::{
        route::{Route, Spot},
        ui::{Ui, use_ui},
        words::W,
    },
    playbook::{EngagementId, Place, Step, StepGuidance, TaskId, Words},
};
use leptos::prelude::*;
use std::sync::Arc;

/// One step, with a customer or without.
#[component]
pub fn StepPanel(
    /// Its number on the page, from 1.
    number: usize,
    /// Where it stands.
    place: Place,
    /// The step.
    step: Step,
    /// The customer's engagement.
    engagement: Option<EngagementId>,
    /// Whether it is its turn to be drawn below its head.
    #[prop(into)]
    drawn: Signal<bool>,
) -> impl IntoView {
    let ui = use_ui();
    let standing = {
        let (engagement, place) = (engagement.clone(), place.clone());
        Memo::new(move |_| {
            let overview = ui.overview(engagement.as_ref()?)?;
            let step = overview.step(&place)?;
            Some((step.progress, step.scope.clone().err()))
        })
    };
    let progress = Memo::new(move |_| standing.with(|standing| standing.as_ref().map(|(progress, _)| *progress)));
    let out = Memo::new(move |_| {
        let reason = standing.with(|standing| standing.as_ref().and_then(|(_, reason)| reason.clone()));
        reason.map(|reason| out_of_scope_text(ui, &reason))
    });
    let has_tasks = !step.tasks.is_empty();
    let settled = progress
        .get_untracked()
        .is_some_and(|progress| has_tasks && progress.is_all_settled());
    let open = !settled && out.get_untracked().is_none();
    let title = {
        let place = place.clone();
        move || ui.step(&place)
    };
    let ours = {
        let key = place.to_string();
        move || {
            ui.speech()
                .names
                .get("steps", &key)
                .is_some_and(|name| name.official.is_none())
        }
    };
    let line = {
        let step = step.clone();
        move || meta_line(ui, &step)
    };
    let status = move || match (out.get(), progress.get()) {
        (Some(reason), _) => view! { <span>{reason}</span> }.into_any(),
        (None, Some(progress)) if has_tasks => {
            let (done, all) = (
                progress.settled + progress.optional_settled,
                progress.mandatory + progress.optional,
            );
            let text = ui.fill(W::n_of_n_settled, &[("n", ui.number(done)), ("all", ui.number(all))]);
            if done == all {
                view! { <span class="flag" data-group="closed"><Icon name="complete"/>{text}</span> }.into_any()
            } else {
                view! { <span>{text}</span> }.into_any()
            }
        }
        _ => ().into_any(),
    };
    let (id, step_id) = (format!("step-{}", place.step), place.step.to_string());
    let on = Memo::new(move |_| {
        progress
            .get()
            .is_some_and(|progress| has_tasks && !progress.is_settled())
    });
    view! {
        <details class="panel step" class:on=on open=open id=id data-step=step_id>
            <summary class="stephead">
                <span class="no" aria-hidden="true">{number}</span>
                <div>
                    <h2><span class="sr">{move || ui.fill(W::step_n, &[("n", number.to_string())])}</span>{title}{move || ours().then(|| view! { " " <span class="tag ours">{ui.say(W::our_translation)}</span> })}</h2>
                    <p class="meta">{line}</p>
                </div>
                <span class="meta">{status}</span>
                <Icon name="down"/>
            </summary>
            {move || drawn.get().then(|| view! { <StepBody place=place.clone() step=step.clone() engagement=engagement.clone()/> })}
        </details>
    }
}

/// Role, services and ways in.
fn meta_line(ui: Ui, step: &Step) -> String {
    let mut parts = Vec::new();
    let roles: Vec<String> = step
        .role
        .iter()
        .chain(&step.also_role)
        .map(|role| ui.name(|names| names.role_short(role).to_owned()))
        .collect();
    if !roles.is_empty() {
        parts.push(ui.row(&roles));
    }
    let services: Vec<String> = step.applies_to.iter().map(|service| ui.service(service)).collect();
    parts.push(ui.row(&services));
    if !step.motions.is_empty() {
        let motions: Vec<String> = step
            .motions
            .iter()
            .map(|id| ui.name(|names| names.motion(id).to_owned()))
            .collect();
        parts.push(ui.row(&motions));
    }
    parts.join(" · ")
}

#[component]
fn StepBody(place: Place, step: Step, engagement: Option<EngagementId>) -> impl IntoView {
    let ui = use_ui();
    let written = {
        let place = place.clone();
        move || {
            let guidance = ui.guidance(&place.process)?;
            let words = ui.words(&place.process)?;
            Some((guidance.steps.get(&place.step).cloned().unwrap_or_default(), words))
        }
    };
    let guide = {
        let (written, place, engagement) = (written.clone(), place.clone(), engagement.clone());
        move || match written() {
            Some((step, words)) => {
                view! { <Guide place=place.clone() engagement=engagement.clone() step=step words=words/> }.into_any()
            }
            None if ui.is_loaded(&place.process) => {
                view! { <p class="meta">{ui.say(W::no_guidance_yet)}</p> }.into_any()
            }
            None => ().into_any(),
        }
    };
    let quality = {
        let (place, engagement) = (place.clone(), engagement.clone());
        move || {
            written().map(|(step, words)| {
                let list = |word: W, blocks: Vec<crate::playbook::Block>| {
                    (!blocks.is_empty()).then(|| view! {
                        <h3>{ui.say(word)}</h3>
                        <CheckList process=place.process.clone() engagement=engagement.clone() blocks=blocks words=words.clone()/>
                    })
                };
                let inputs = list(W::quality_inputs, step.quality_inputs);
                let outputs = list(W::quality_outputs, step.quality_outputs);
                view! { {inputs} {outputs} }
            })
        }
    };
    let record = engagement
        .clone()
        .map(|id| view! { <RecordHere engagement=id place=place.clone()/> });
    view! {
        <div class="side-by">
            <div class="guide">{guide}</div>
            <div class="do">
                <CopySpot place=place.clone()/>
                {record}
                <Tasks place=place step=step engagement=engagement/>
                {quality}
            </div>
        </div>
    }
}

/// Copies the address of a step.
#[component]
fn CopySpot(place: Place) -> impl IntoView {
    let ui = use_ui();
    let copy = move |_| {
        ui.copy_link(&ui.href_at(&place.process, Some(Spot::Step(place.step.clone()))));
    };
    view! {
        <button class="btn small quiet icon spot" type="button" aria-label=ui.say(W::copy_link_to_step) title=ui.say(W::copy_link_to_step) on:click=copy>
            <Icon name="copy"/>
        </button>
    }
}

#[component]
fn Guide(place: Place, engagement: Option<EngagementId>, step: StepGuidance, words: Arc<Words>) -> impl IntoView {
    let ui = use_ui();
    let empty = step.guidance.is_empty() && step.resources.is_empty();
    let resources = step.resources;
    view! {
        {(!step.guidance.is_empty()).then(|| view! {
            <h3>{ui.say(W::what_to_do)}</h3>
            <Blocks process=place.process.clone() engagement=engagement.clone() blocks=step.guidance words=words/>
        })}
        {(!resources.is_empty()).then(|| view! {
            <h3>{ui.say(W::resources)}</h3>
            <ul class="res" role="list"><Resources process=place.process.clone() resources=resources/></ul>
        })}
        {empty.then(|| view! { <p class="meta">{ui.say(W::nothing_in_this_edition)}</p> })}
    }
}

#[component]
fn Tasks(place: Place, step: Step, engagement: Option<EngagementId>) -> impl IntoView {
    let ui = use_ui();
    if step.tasks.is_empty() {
        return view! { <h3>{ui.say(W::tasks)}</h3> <p class="meta">{ui.say(W::no_task_in_this_edition)}</p> }
            .into_any();
    }
    let Some(id) = engagement else {
        let rows = step
            .tasks
            .into_iter()
            .map(|task| view! { <PlainTask place=place.clone() task=task/> })
            .collect_view();
        return view! { <h3>{ui.say(W::tasks)}</h3> <ul class="tasks" role="list">{rows}</ul> }.into_any();
    };
    let split = {
        let (id, place, tasks) = (id.clone(), place.clone(), step.tasks.clone());
        Memo::new(move |_| {
            let overview = ui.overview(&id);
            let step = overview.as_ref().and_then(|overview| overview.step(&place));
            let is_asked = |number: usize| step.is_some_and(|step| step.asked.get(number) == Some(&true));
            let (asked, out): (Vec<_>, Vec<_>) = tasks.iter().enumerate().partition(|(number, _)| is_asked(*number));
            let names =
                |rows: Vec<(usize, &TaskId)>| rows.into_iter().map(|(_, task)| task.clone()).collect::<Vec<_>>();
            (names(asked), names(out))
        })
    };
    let shown = {
        let id = id.clone();
        Memo::new(move |_| {
            let (filter, structure) = (ui.filter(), ui.structure());
            let (mut asked, _) = split.get();
            let all = asked.len();
            if filter.is_set() {
                ui.store.with(&id, |one| {
                    asked.retain(|task| one.is_some_and(|one| filter.lets(&structure, one, task)));
                });
            }
            (all - asked.len(), asked)
        })
    };
    let hidden = move || match shown.with(|(hidden, _)| *hidden) {
        0 => None,
        n => Some(view! { <p class="meta">{ui.count(W::n_hidden_by_filter, n, &[])}</p> }),
    };
    let out = move || split.with(|(_, out)| out.clone());
    let (row_place, out_place, row_id) = (place.clone(), place, id.clone());
    let some_out = move || !out().is_empty();
    let out_count = move || ui.count(W::n_tasks_out_of_scope, out().len(), &[]);
    let (out_id, out_place) = (StoredValue::new(id), StoredValue::new(out_place));
    view! {
        <h3>{ui.say(W::tasks)}</h3>
        <ul class="tasks" role="list">
            <For
                each=move || shown.get().1
                key=|task| task.clone()
                children=move |task| view! { <TaskRow engagement=row_id.clone() place=row_place.clone() task=task/> }
            />
        </ul>
        {hidden}
        <Show when=some_out>
            <details class="more">
                <summary>{out_count}</summary>
                <ul class="tasks" role="list">
                    <For
                        each=out
                        key=|task| task.clone()
                        children=move |task| view! { <OutOfScopeTask engagement=out_id.get_value() place=out_place.get_value() task=task/> }
                    />
                </ul>
            </details>
        </Show>
    }
    .into_any()
}

/// The number of a task, which leads to every place it stands in.
#[component]
pub fn TaskNumber(task: TaskId) -> impl IntoView {
    let ui = use_ui();
    let (number, href) = (task.to_string(), Route::Task(task).href());
    let explained = {
        let number = number.clone();
        Signal::derive(move || ui.fill(W::all_places_of_task, &[("task", number.clone())]))
    };
    view! { <a class="num" href=href title=explained aria-label=explained>{number}</a> }
}

/// A task as the playbook has it, without a customer.
#[component]
fn PlainTask(place: Place, task: TaskId) -> impl IntoView {
    let ui = use_ui();
    let facts = ui.structure().tasks.get(&task).cloned();
    let (id, number, anchor) = (task.to_string(), task.clone(), format!("task-{task}"));
    let name = {
        let (task, place) = (task.clone(), place.clone());
        move || ui.name(|names| names.task(&task, Some(&place)).to_owned())
    };
    let meta = facts.map(|facts| {
        let must = facts.requirement == crate::playbook::Requirement::Mandatory;
        let (requirement, role, services) = (facts.requirement, facts.role.clone(), facts.services_at(&place).to_vec());
        view! {
            <span class="tag" class:must=must>{move || ui.name(|names| names.requirement(requirement).to_owned())}</span>
            <span>{move || ui.name(|names| names.role_short(&role).to_owned())}</span>
            <span class="wrap">{move || ui.row(&services.iter().map(|service| ui.service(service)).collect::<Vec<_>>())}</span>
        }
    });
    view! {
        <li class="task plain" id=anchor data-task=id tabindex="-1">
            <div><p class="name">{name}</p><p class="line meta"><TaskNumber task=number/>{meta}</p></div>
        </li>
    }
}
