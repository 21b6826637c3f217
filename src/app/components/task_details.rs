//! What belongs to a task beside its state: the day it was done, owner, due date, comment, and the reason of a state that
//! wants one.

use super::{
    field::{AreaField, TextField},
    icon::Icon,
};
use crate::{
    app::{
        filling::isolated,
        route::Route,
        ui::{Ui, use_ui},
        words::W,
    },
    engagement::{Change, StateKey, parse_day},
    playbook::{EngagementId, TaskId},
};
use chrono::NaiveDate;
use leptos::prelude::*;

/// Reads a date field; an empty one clears.
pub fn read_day(ui: Ui, text: &str) -> Result<Option<NaiveDate>, String> {
    match (text.trim(), parse_day(text.trim())) {
        ("", _) => Ok(None),
        (_, Some(day)) => Ok(Some(day)),
        _ => Err(ui.word(W::not_a_date)),
    }
}

/// A date as a date field wants it.
#[must_use]
pub fn field_day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// Owner, dates and comment; one line when folded, always there.
#[component]
pub fn TaskDetails(engagement: EngagementId, task: TaskId) -> impl IntoView {
    let ui = use_ui();
    let facts = {
        let (id, task) = (engagement.clone(), task.clone());
        Memo::new(move |_| {
            ui.store.with(&id, |one| {
                one.map(|one| {
                    (
                        one.owner(&task).to_owned(),
                        one.due(&task),
                        one.done_on(&task),
                        one.comment(&task).to_owned(),
                    )
                })
                .unwrap_or_default()
            })
        })
    };
    let line = move || {
        let (owner, due, done_on, comment) = facts.get();
        let mut parts = vec![if owner.is_empty() {
            ui.word(W::no_owner)
        } else {
            isolated(&owner).into_owned()
        }];
        parts.push(match due {
            Some(day) => ui.fill(W::due_on, &[("day", ui.speech().locale.short_day(day))]),
            None => ui.word(W::no_due_date),
        });
        parts.extend(done_on.map(|day| ui.fill(W::done_on_day, &[("day", ui.speech().locale.short_day(day))])));
        if !comment.is_empty() {
            parts.push(ui.word(W::with_comment));
        }
        parts.join(" · ")
    };
    let open = RwSignal::new(false);
    view! {
        <details class="who" on:toggle=move |_| open.set(true)>
            <summary>{line}</summary>
            <Show when=move || open.get()>
                <Fields engagement=engagement.clone() task=task.clone() facts=facts/>
            </Show>
        </details>
    }
}

type Facts = (String, Option<NaiveDate>, Option<NaiveDate>, String);

#[component]
fn Fields(engagement: EngagementId, task: TaskId, facts: Memo<Facts>) -> impl IntoView {
    let ui = use_ui();
    let id = move |field: &str, task: &TaskId| format!("{field}-{task}");
    let of = engagement.clone();
    let write = move |change: Change| ui.store.dispatch(&engagement, change);
    let owner = {
        let (write, task) = (write.clone(), task.clone());
        move |text: String| {
            write(Change::SetOwner(task.clone(), text.trim().to_owned()));
            Ok(())
        }
    };
    let due = {
        let (write, task) = (write.clone(), task.clone());
        move |text: String| read_day(ui, &text).map(|day| write(Change::SetDue(task.clone(), day)))
    };
    let done = {
        let (write, task) = (write.clone(), task.clone());
        move |text: String| read_day(ui, &text).map(|day| write(Change::SetDoneOn(task.clone(), day)))
    };
    let comment = {
        let task = task.clone();
        move |text: String| {
            write(Change::SetComment(task.clone(), text.trim().to_owned()));
            Ok(())
        }
    };
    view! {
        <div class="fields">
            <TextField id=id("owner", &task) label=Signal::derive(ui.say(W::owner)) value=Signal::derive(move || facts.get().0) save=owner/>
            <TextField id=id("due", &task) kind="date" label=Signal::derive(ui.say(W::due)) value=Signal::derive(move || field_day(facts.get().1)) save=due/>
            <TextField id=id("done-on", &task) kind="date" label=Signal::derive(ui.say(W::done_on)) value=Signal::derive(move || field_day(facts.get().2)) save=done/>
            <AreaField id=id("comment", &task) label=Signal::derive(ui.say(W::comment)) value=Signal::derive(move || facts.get().3) save=comment/>
            <TaskLinks engagement=of task=task/>
        </div>
    }
}

/// Where the task stands in the playbook, its history, and its address here to hand on.
#[component]
fn TaskLinks(engagement: EngagementId, task: TaskId) -> impl IntoView {
    let ui = use_ui();
    let number = task.to_string();
    let named = move |word: W| {
        let number = number.clone();
        Signal::derive(move || ui.fill(word, &[("task", number.clone())]))
    };
    let (everywhere, history) = (named(W::all_places_of_task), named(W::history_of_task));
    let copying = named(W::copy_link_to_task);
    let past = Route::History(engagement, Some(("tasks".to_owned(), task.to_string()))).href();
    let place = Route::Task(task.clone()).href();
    let copy = move |_| ui.copy_link(&ui.task_href(&task));
    view! {
        <p class="row">
            <a href=place>{everywhere}</a>
            <a href=past>{history}</a>
            <button class="btn small" type="button" on:click=copy><Icon name="copy"/>{copying}</button>
        </p>
    }
}

/// Why a task is not required or cancelled, asked for as long as it is; one field for all its services.
#[component]
pub fn Reason(engagement: EngagementId, task: TaskId, keys: Memo<Vec<StateKey>>) -> impl IntoView {
    let ui = use_ui();
    let wanting = {
        let (id, task) = (engagement.clone(), task.clone());
        Memo::new(move |_| {
            ui.store.with(&id, |one| {
                let Some(one) = one else { return Vec::new() };
                let states = keys.get().into_iter().map(|key| (one.task_state(&task, &key), key));
                states
                    .filter(|(state, _)| state.wants_reason())
                    .map(|(state, key)| (one.reason(&task, &key).to_owned(), key, state))
                    .collect::<Vec<_>>()
            })
        })
    };
    let needed = Memo::new(move |_| wanting.with(|wanting| !wanting.is_empty()));
    let value =
        Signal::derive(move || wanting.with(|wanting| wanting.first().map(|one| one.0.clone()).unwrap_or_default()));
    let hint = Signal::derive(move || value.with(String::is_empty).then(|| ui.word(W::reason_wanted)));
    let field = format!("reason-{task}");
    let save = move |text: String| {
        let text = text.trim().to_owned();
        let states = wanting
            .get_untracked()
            .into_iter()
            .map(|(_, key, state)| (key, state))
            .collect();
        let reason = (!text.is_empty()).then_some(text);
        ui.store.dispatch(
            &engagement,
            Change::SetTaskState {
                task: task.clone(),
                states,
                reason,
                done_on: None,
            },
        );
        Ok(())
    };
    let save = Callback::new(save);
    move || {
        let field = field.clone();
        needed.get().then(|| {
            view! {
                <TextField id=field class="field reason" label=Signal::derive(ui.say(W::reason)) value=value save=save hint=MaybeProp::derive(move || hint.get())/>
            }
        })
    }
}
