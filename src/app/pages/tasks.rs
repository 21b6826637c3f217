//! All tasks of an engagement that are asked for, by process, with every filter.

use super::frame::{Head, InEngagement, Tabs, customer_name};
use crate::{
    app::{
        components::{filter::FilterBar, task_row::TaskRow},
        route::Route,
        ui::use_ui,
        words::W,
    },
    playbook::{EngagementId, Place, ProcessId, TaskId},
};
use leptos::prelude::*;

/// The page of all tasks.
#[component]
pub fn Tasks(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement.clone());
    let name = move || {
        ui.store.with(&id.get_value(), |one| {
            one.map(|one| customer_name(ui, one)).unwrap_or_default()
        })
    };
    let crumbs = move || {
        vec![
            (ui.word(W::portfolio), Some(Route::Portfolio.href())),
            (name(), Some(Route::Engagement(id.get_value()).href())),
        ]
    };
    let found = Memo::new(move |_| {
        let (filter, structure) = (ui.filter(), ui.structure());
        let Some(overview) = ui.overview(&id.get_value()) else {
            return Vec::new();
        };
        ui.store.with(&id.get_value(), |one| {
            let Some(one) = one else { return Vec::new() };
            let mut processes: Vec<(ProcessId, Vec<(Place, TaskId)>)> = Vec::new();
            let mut seen = std::collections::BTreeSet::new();
            for (process, standing) in structure.processes.iter().zip(&overview.processes) {
                if !filter.phase.is_empty() && process.phase.as_str() != filter.phase {
                    continue;
                }
                let mut rows = Vec::new();
                for (step, standing) in process.steps.iter().zip(&standing.steps) {
                    let asked = step.tasks.iter().zip(&standing.asked).filter(|(_, asked)| **asked);
                    for (task, _) in asked {
                        if filter.lets(&structure, one, task) && seen.insert(task.clone()) {
                            rows.push((standing.place.clone(), task.clone()));
                        }
                    }
                }
                if !rows.is_empty() {
                    processes.push((process.id.clone(), rows));
                }
            }
            processes
        })
    });
    let count = move || found.with(|found| found.iter().map(|(_, rows)| rows.len()).sum::<usize>());
    view! {
        <InEngagement engagement=engagement rail=false>
            <Head crumbs=Signal::derive(crumbs) title=Signal::derive(ui.say(W::tasks))/>
            <Tabs engagement=id.get_value()/>
            <section class="panel"><div class="body"><FilterBar engagement=id.get_value() phases=true/></div></section>
            <p class="meta" role="status">{move || ui.count(W::n_tasks, count(), &[])}</p>
            <For
                each=move || found.get()
                key=|(process, rows)| (process.clone(), rows.clone())
                children=move |(process, rows)| view! { <Group engagement=id.get_value() process=process rows=rows/> }
            />
        </InEngagement>
    }
}

#[component]
fn Group(engagement: EngagementId, process: ProcessId, rows: Vec<(Place, TaskId)>) -> impl IntoView {
    let ui = use_ui();
    let (href, tag) = (
        Route::Work(engagement.clone(), process.clone(), None).href(),
        process.to_string(),
    );
    let tasks = rows
        .into_iter()
        .map(|(place, task)| view! { <TaskRow engagement=engagement.clone() place=place task=task/> })
        .collect_view();
    view! {
        <section class="panel" data-process=tag>
            <header><h2><a href=href>{move || ui.name(|names| names.process(&process).to_owned())}</a></h2></header>
            <div class="body"><ul class="tasks" role="list">{tasks}</ul></div>
        </section>
    }
}
