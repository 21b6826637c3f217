//! A task: a real checkbox with three positions, its facts, its state, and a line per service where it has several.

use super::{
    condition::out_of_scope_text,
    conflict_mark::ConflictMark,
    icon::Icon,
    locked::lock_text,
    state_chip::StateChip,
    task_details::{Reason, TaskDetails},
};
use crate::{
    app::{
        store::Store,
        ui::{Ui, use_ui},
        words::W,
    },
    browser::{clock, page},
    engagement::{Change, Engagement, StateKey},
    playbook::{EngagementId, Place, Requirement, TaskId, TaskState},
    rules::{self, Position, TickPlan},
};
use leptos::prelude::*;

/// Reads something about one task, again whenever the engagement changes.
fn ask<T: Clone + PartialEq + Send + Sync + 'static>(
    store: Store,
    engagement: &EngagementId,
    of: impl Fn(&Engagement) -> T + Send + Sync + 'static,
) -> Memo<T> {
    let id = engagement.clone();
    Memo::new(move |_| store.with(&id, |engagement| of(engagement.unwrap_or(&Engagement::new(id.clone())))))
}

/// The changes that put states of a task into place; a tick also writes the day, once. The tasks that end an engagement wait
/// for its discussions: the reason is said, and nothing is written.
fn complete(ui: Ui, engagement: &EngagementId, task: &TaskId, keys: Vec<StateKey>) {
    let refused = |one: Option<&Engagement>| rules::may_complete(one?, task).err();
    if let Some(lock) = ui.store.with_untracked(engagement, refused) {
        let values = [("task", task.to_string()), ("reason", lock_text(ui, &lock))];
        return ui.tell(ui.fill(W::end_task_waits, &values));
    }
    let done_on = ui
        .store
        .with_untracked(engagement, |one| one.and_then(|one| one.done_on(task)));
    let change = Change::SetTaskState {
        task: task.clone(),
        states: keys.into_iter().map(|key| (key, TaskState::Complete)).collect(),
        reason: None,
        done_on: done_on.is_none().then(clock::today),
    };
    ui.store.dispatch(engagement, change);
}

/// A task at one of its places.
#[component]
pub fn TaskRow(
    /// The engagement.
    engagement: EngagementId,
    /// Where the row stands.
    place: Place,
    /// The task.
    task: TaskId,
) -> impl IntoView {
    let ui = use_ui();
    let keys = {
        let (structure, place, task) = (ui.structure(), place.clone(), task.clone());
        ask(ui.store, &engagement, move |one| {
            rules::keys_at(&structure, one, &place, &task)
        })
    };
    let stands = {
        let task = task.clone();
        ask(ui.store, &engagement, move |one| {
            rules::position(one, &task, &keys.get())
        })
    };
    let state = {
        let task = task.clone();
        ask(ui.store, &engagement, move |one| {
            let keys = keys.get();
            let mut states = keys.iter().map(|key| one.task_state(&task, key));
            let first = states.next().unwrap_or_default();
            states.all(|state| state == first).then_some(first)
        })
    };
    let asked = RwSignal::new(None::<TickPlan>);
    let set_all = {
        let (engagement, task) = (engagement.clone(), task.clone());
        move |state: TaskState| set_states(ui, &engagement, &task, keys.get_untracked(), state)
    };
    let toggle = {
        let (engagement, task) = (engagement.clone(), task.clone());
        move |event: leptos::ev::Event| {
            let keys = keys.get_untracked();
            let known = ui.store.with_untracked(&engagement, |one| one.cloned());
            let Some(known) = known else { return };
            if stands.get_untracked() == Position::Full {
                let states = rules::untick(&known, &task, &keys);
                ui.store.dispatch(
                    &engagement,
                    Change::SetTaskState {
                        task: task.clone(),
                        states,
                        reason: None,
                        done_on: None,
                    },
                );
            } else {
                let plan = rules::tick(&known, &task, &keys);
                if !plan.complete.is_empty() {
                    complete(ui, &engagement, &task, plan.complete.clone());
                }
                if !plan.ask.is_empty() {
                    asked.set(Some(plan));
                }
            }
            let now = stands.get_untracked();
            page::show_ticked(&event, now == Position::Full, now == Position::Part);
        }
    };
    let name = {
        let (place, task) = (place.clone(), task.clone());
        move || ui.name(|names| names.task(&task, Some(&place)).to_owned())
    };
    let check = format!("check-{task}");
    let meta = format!("meta-{task}");
    let label = {
        let task = task.to_string();
        Signal::derive(move || ui.fill(W::state_of_task, &[("task", task.clone())]))
    };
    let several = move || keys.with(|keys| keys.len() > 1);
    view! {
        <li class="task" id=format!("task-{task}") data-task=task.to_string() tabindex="-1">
            <input
                class="check"
                type="checkbox"
                id=check.clone()
                aria-describedby=meta.clone()
                prop:checked=move || stands.get() == Position::Full
                prop:indeterminate=move || stands.get() == Position::Part
                on:change=toggle
            />
            <div>
                <label class="name" for=check>{name}<span class="sr">{format!(" {task}")}</span></label>
                <TaskMeta id=meta place=place.clone() task=task.clone() keys=keys/>
                <ConflictMark engagement=engagement.clone() place=["tasks".to_owned(), task.to_string()]/>
            </div>
            <StateChip label=label state=state choose=set_all/>
            {
                let (engagement, task) = (engagement.clone(), task.clone());
                move || asked.get().map(|plan| view! { <AskTick engagement=engagement.clone() task=task.clone() plan=plan asked=asked/> })
            }
            <Reason engagement=engagement.clone() task=task.clone() keys=keys/>
            <TaskDetails engagement=engagement.clone() task=task.clone()/>
            {
                let (engagement, task) = (engagement.clone(), task.clone());
                move || several().then(|| view! { <PerService engagement=engagement.clone() task=task.clone() keys=keys/> })
            }
        </li>
    }
}

fn set_states(ui: Ui, engagement: &EngagementId, task: &TaskId, keys: Vec<StateKey>, state: TaskState) {
    if state == TaskState::Complete {
        return complete(ui, engagement, task, keys);
    }
    let states = keys.into_iter().map(|key| (key, state)).collect();
    ui.store.dispatch(
        engagement,
        Change::SetTaskState {
            task: task.clone(),
            states,
            reason: None,
            done_on: None,
        },
    );
}

/// Number, requirement, role, services.
#[component]
fn TaskMeta(id: String, place: Place, task: TaskId, #[prop(into)] keys: Signal<Vec<StateKey>>) -> impl IntoView {
    let ui = use_ui();
    let structure = ui.structure();
    structure.tasks.get(&task).cloned().map(|facts| {
        let must = facts.requirement == Requirement::Mandatory;
        let (role, requirement) = (facts.role.clone(), facts.requirement);
        let at = facts.services_at(&place).to_vec();
        let ours = {
            let task = task.clone();
            move || ui.speech().names.get("tasks", task.as_str()).is_some_and(|name| name.is_ours() && name.official.is_none())
        };
        let services = move || {
            let shown: Vec<_> = keys.get().into_iter().filter_map(|key| match key {
                StateKey::Service(service) => Some(service),
                StateKey::Whole => None,
            }).collect();
            match shown.len() {
                0 => ui.services(&at),
                1..=2 => ui.services(&shown),
                n => ui.count(W::n_services, n, &[]),
            }
        };
        view! {
            <p class="line meta" id=id>
                <span class="num">{task.to_string()}</span>
                <span class="tag" class:must=must>{move || ui.name(|names| names.requirement(requirement).to_owned())}</span>
                <span>{move || ui.name(|names| names.role_short(&role).to_owned())}</span>
                <span>{services}</span>
                {move || ours().then(|| view! { <span class="tag ours">{ui.say(W::our_translation)}</span> })}
            </p>
        }
    })
}

/// A line per service of a task that has several in scope.
#[component]
fn PerService(engagement: EngagementId, task: TaskId, keys: Memo<Vec<StateKey>>) -> impl IntoView {
    let ui = use_ui();
    let line = {
        let (engagement, task) = (engagement.clone(), task.clone());
        move |service: crate::playbook::ServiceId| {
            let key = StateKey::Service(service.clone());
            let state = {
                let (task, key) = (task.clone(), key.clone());
                ask(ui.store, &engagement, move |one| one.task_state(&task, &key))
            };
            let put = {
                let (engagement, task, key) = (engagement.clone(), task.clone(), key.clone());
                move |state: TaskState| set_states(ui, &engagement, &task, vec![key.clone()], state)
            };
            let toggle = {
                let (engagement, task, key) = (engagement.clone(), task.clone(), key.clone());
                move |event: leptos::ev::Event| {
                    let before = ui
                        .store
                        .with_untracked(&engagement, |one| one.map(|one| one.state_before(&task, &key)));
                    let next = match state.get_untracked() {
                        TaskState::Complete => before.unwrap_or_default(),
                        _ => TaskState::Complete,
                    };
                    set_states(ui, &engagement, &task, vec![key.clone()], next);
                    page::show_ticked(&event, state.get_untracked() == TaskState::Complete, false);
                }
            };
            let id = format!("check-{task}-{service}");
            let number = task.to_string();
            let name = {
                let service = service.clone();
                move || ui.service(&service)
            };
            let label = {
                let name = name.clone();
                Signal::derive(move || ui.fill(W::state_of_task_for, &[("task", number.clone()), ("service", name())]))
            };
            view! {
                <li data-service=service.to_string()>
                    <input class="check" type="checkbox" id=id.clone() prop:checked=move || state.get() == TaskState::Complete on:change=toggle/>
                    <label for=id>{name}<span class="sr">{format!(" {task}")}</span></label>
                    <StateChip label=label state=Signal::derive(move || Some(state.get())) choose=put/>
                </li>
            }
        }
    };
    let services = move || {
        keys.get()
            .into_iter()
            .filter_map(|key| match key {
                StateKey::Service(service) => Some(service),
                StateKey::Whole => None,
            })
            .collect::<Vec<_>>()
    };
    let task = task.to_string();
    view! {
        <ul class="per" role="list" aria-label=move || ui.fill(W::task_per_service, &[("task", task.clone())])>
            <For each=services key=|service| service.clone() children=line/>
        </ul>
    }
}

/// Blocked and waiting services do not become complete by a tick alone: a person is asked.
#[component]
fn AskTick(engagement: EngagementId, task: TaskId, plan: TickPlan, asked: RwSignal<Option<TickPlan>>) -> impl IntoView {
    let ui = use_ui();
    let lines: Vec<String> = plan
        .ask
        .iter()
        .map(|(key, state)| {
            let state = ui.name(|names| names.state(*state).to_owned());
            match key {
                StateKey::Whole => ui.fill(W::is_in_state, &[("state", state)]),
                StateKey::Service(service) => ui.fill(
                    W::service_is_in_state,
                    &[("service", ui.service(service)), ("state", state)],
                ),
            }
        })
        .collect();
    let keys: Vec<StateKey> = plan.ask.into_iter().map(|(key, _)| key).collect();
    view! {
        <div class="question" role="alert">
            <Icon name="warning"/>
            <p>{lines.join(" ")} " " {ui.say(W::complete_it_too)}</p>
            <button
                class="btn small"
                type="button"
                on:click=move |_| {
                    complete(ui, &engagement, &task, keys.clone());
                    asked.set(None);
                }
            >
                {ui.say(W::complete_it)}
            </button>
            <button class="btn small quiet" type="button" on:click=move |_| asked.set(None)>{ui.say(W::leave_it)}</button>
        </div>
    }
}

/// A task that is not asked for here, with the reason.
#[component]
pub fn OutOfScopeTask(engagement: EngagementId, place: Place, task: TaskId) -> impl IntoView {
    let ui = use_ui();
    let reason = {
        let (structure, place, task) = (ui.structure(), place.clone(), task.clone());
        move || {
            ui.store.with(&engagement, |one| {
                one.and_then(|one| rules::task_scope(&structure, one, &place, &task).err())
                    .map(|reason| out_of_scope_text(ui, &reason))
            })
        }
    };
    let (id, number, anchor) = (task.to_string(), task.to_string(), format!("task-{task}"));
    view! {
        <li class="task out" id=anchor data-task=id data-scope="out" tabindex="-1">
            <Icon name="none"/>
            <div>
                <p class="name">{move || ui.name(|names| names.task(&task, Some(&place)).to_owned())}</p>
                <p class="line meta"><span class="num">{number}</span><span>{reason}</span></p>
            </div>
        </li>
    }
}
