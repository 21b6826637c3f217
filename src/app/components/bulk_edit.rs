//! Several tasks at once: selecting them in a list, and giving them an owner, a due date or a state as one edit.

use super::{
    field::{SelectField, TextField},
    task_details::read_day,
};
use crate::{
    app::{
        ui::{Ui, use_ui},
        words::W,
    },
    browser::{clock, page},
    playbook::{EngagementId, Place, TaskId, TaskState},
    rules::{self, Bulk},
};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Which tasks of a list are selected.
#[derive(Clone, Copy)]
pub struct Selection {
    /// Whether tasks are being selected at all.
    pub on: RwSignal<bool>,
    chosen: RwSignal<BTreeSet<TaskId>>,
}

impl Selection {
    /// Nothing is selected.
    #[must_use]
    pub fn new() -> Self {
        Self {
            on: RwSignal::new(false),
            chosen: RwSignal::new(BTreeSet::new()),
        }
    }
}

impl Default for Selection {
    fn default() -> Self {
        Self::new()
    }
}

/// The box that selects a task, a line of its own above the task's row: the tick that completes the task stays what it is.
#[component]
pub fn Pick(
    /// Where the row stands.
    place: Place,
    /// The task.
    task: TaskId,
    /// What is selected.
    selection: Selection,
) -> impl IntoView {
    let ui = use_ui();
    let of = StoredValue::new((place, task));
    let id = format!("select-{}", of.with_value(|(_, task)| task.to_string()));
    let is_chosen = move || of.with_value(|(_, task)| selection.chosen.with(|all| all.contains(task)));
    let toggle = move |_| {
        let task = of.with_value(|(_, task)| task.clone());
        selection.chosen.update(|all| {
            if !all.remove(&task) {
                all.insert(task);
            }
        });
    };
    let name = move || {
        let (place, task) = of.get_value();
        let name = ui.name(|names| names.task(&task, Some(&place)).to_owned());
        ui.fill(W::task_and_number, &[("name", name), ("task", task.to_string())])
    };
    let id = StoredValue::new(id);
    view! {
        <Show when=move || selection.on.get()>
            <li class="pick">
                <input type="checkbox" id=id.get_value() prop:checked=is_chosen on:change=toggle/>
                <label for=id.get_value()>{ui.say(W::select_it)}<span class="sr">" " {name}</span></label>
            </li>
        </Show>
    }
}

/// The ids of what can be given, with their words.
const WHAT: [(&str, W); 3] = [("owner", W::owner), ("due", W::due), ("state", W::state)];

/// What stands in the form.
#[derive(Clone, Copy)]
struct Form {
    what: RwSignal<String>,
    owner: RwSignal<String>,
    due: RwSignal<String>,
    state: RwSignal<TaskState>,
    reason: RwSignal<String>,
}

impl Form {
    fn new() -> Self {
        Self {
            what: RwSignal::new(WHAT[0].0.to_owned()),
            owner: RwSignal::new(String::new()),
            due: RwSignal::new(String::new()),
            state: RwSignal::new(TaskState::Complete),
            reason: RwSignal::new(String::new()),
        }
    }

    fn asks(self, what: &'static str) -> bool {
        self.what.with(|chosen| chosen == what)
    }

    fn wants_reason(self) -> bool {
        self.asks("state") && self.state.get().wants_reason()
    }

    /// What the tasks get, or what is wrong, with the field where it is wrong.
    fn read(self, ui: Ui) -> Result<Bulk, (String, &'static str)> {
        let reason = self.reason.get_untracked().trim().to_owned();
        match self.what.get_untracked().as_str() {
            "due" => {
                let day = read_day(ui, &self.due.get_untracked());
                day.map(Bulk::Due).map_err(|error| (error, "bulk-due"))
            }
            "state" if untrack(|| self.wants_reason()) && reason.is_empty() => {
                Err((ui.word(W::reason_wanted), "bulk-reason"))
            }
            "state" => {
                let reason = (!reason.is_empty()).then_some(reason);
                Ok(Bulk::State(self.state.get_untracked(), reason))
            }
            _ => Ok(Bulk::Owner(self.owner.get_untracked().trim().to_owned())),
        }
    }
}

/// Turns selecting on and off, and changes what is selected of the tasks that are shown.
#[component]
pub fn BulkEdit(
    /// The engagement.
    engagement: EngagementId,
    /// What is selected.
    selection: Selection,
    /// The tasks that are shown; read only while selecting.
    #[prop(into)]
    shown: Signal<Vec<(Place, TaskId)>>,
) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let selected = Memo::new(move |_| {
        let mut rows = shown.get();
        selection
            .chosen
            .with(|chosen| rows.retain(|(_, task)| chosen.contains(task)));
        rows
    });
    let all = move |_| {
        let tasks = shown.get_untracked().into_iter().map(|(_, task)| task);
        selection.chosen.set(tasks.collect());
    };
    let on = selection.on;
    view! {
        <div class="row">
            <button class="btn" type="button" id="select-tasks" aria-pressed=move || on.get().to_string() on:click=move |_| on.update(|is| *is = !*is)>{ui.say(W::select_tasks)}</button>
        </div>
        <Show when=move || on.get()>
            <section class="panel" id="bulk" aria-labelledby="h-bulk">
                <header><h2 id="h-bulk">{ui.say(W::bulk_edit)}</h2><p role="status">{move || ui.count(W::n_tasks_selected, selected.with(Vec::len), &[])}</p></header>
                <div class="body stack">
                    <div class="row">
                        <button class="btn small" type="button" id="select-all" on:click=all>{ui.say(W::select_all_shown)}</button>
                        <button class="btn small" type="button" id="select-none" on:click=move |_| selection.chosen.set(BTreeSet::new())>{ui.say(W::select_none)}</button>
                    </div>
                    <Change engagement=id.get_value() selected=selected/>
                </div>
            </section>
        </Show>
    }
}

/// The form: what the selected tasks get.
#[component]
fn Change(engagement: EngagementId, selected: Memo<Vec<(Place, TaskId)>>) -> impl IntoView {
    let ui = use_ui();
    let form = Form::new();
    let error = RwSignal::new(String::new());
    let whats = Signal::derive(move || WHAT.map(|(id, word)| (id.to_owned(), ui.word(word))).to_vec());
    let states = Signal::derive(move || {
        let named = |state: TaskState| {
            let name = ui.name(|names| names.state(state).to_owned());
            (state.as_str().to_owned(), name)
        };
        TaskState::ALL.map(named).to_vec()
    });
    let keep = move |signal: RwSignal<String>| {
        move |text: String| {
            signal.set(text);
            error.set(String::new());
            Ok(())
        }
    };
    let keep_day = move |text: String| {
        let read = read_day(ui, &text);
        form.due.set(text);
        error.set(String::new());
        read.map(|_| ())
    };
    let choose = move |text: String| {
        if let Some(state) = TaskState::parse(&text) {
            form.state.set(state);
        }
    };
    let apply = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let rows = selected.get_untracked();
        if rows.is_empty() {
            error.set(ui.word(W::select_first));
            return page::focus("select-all");
        }
        let what = match form.read(ui) {
            Ok(what) => what,
            Err((fault, field)) => {
                error.set(fault);
                return page::focus(field);
            }
        };
        error.set(String::new());
        let structure = ui.structure();
        let plan = ui.store.with_untracked(&engagement, |one| {
            one.map(|one| rules::bulk(&structure, one, &rows, &what, clock::today()))
        });
        let Some(plan) = plan else { return };
        if !plan.changes.is_empty() {
            ui.store.dispatch_all(&engagement, &plan.changes);
        }
        let changed = ui.count(W::n_tasks_changed, plan.changes.len(), &[]);
        let waiting = plan.waiting.iter().map(|task| waits(ui, &engagement, task));
        ui.tell(std::iter::once(changed).chain(waiting).collect::<Vec<_>>().join(" "));
    };
    let state = Signal::derive(move || form.state.get().as_str().to_owned());
    view! {
        <form id="bulk-form" on:submit=apply novalidate>
            <div class="fields">
                <SelectField id="bulk-what" label=Signal::derive(ui.say(W::bulk_what)) value=form.what options=whats save=move |what: String| form.what.set(what)/>
                <Show when=move || form.asks("owner")>
                    <TextField id="bulk-owner" label=Signal::derive(ui.say(W::owner)) value=form.owner save=keep(form.owner)/>
                </Show>
                <Show when=move || form.asks("due")>
                    <TextField id="bulk-due" kind="date" label=Signal::derive(ui.say(W::due)) value=form.due save=keep_day/>
                </Show>
                <Show when=move || form.asks("state")>
                    <SelectField id="bulk-state" label=Signal::derive(ui.say(W::state)) value=state options=states save=choose/>
                </Show>
                <Show when=move || form.wants_reason()>
                    <TextField id="bulk-reason" label=Signal::derive(ui.say(W::reason)) value=form.reason save=keep(form.reason)/>
                </Show>
            </div>
            <p class="row">
                <button class="btn primary" type="submit">{ui.say(W::bulk_apply)}</button>
                <span class="error" role="alert">{move || error.get()}</span>
            </p>
        </form>
    }
}

/// Why a task that ends the engagement was left as it is.
fn waits(ui: Ui, engagement: &EngagementId, task: &TaskId) -> String {
    let lock = ui
        .store
        .with_untracked(engagement, |one| rules::may_complete(one?, task).err());
    let reason = lock.map(|lock| super::locked::lock_text(ui, &lock)).unwrap_or_default();
    ui.fill(W::end_task_waits, &[("task", task.to_string()), ("reason", reason)])
}
