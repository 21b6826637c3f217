//! All tasks of an engagement that are asked for, by process or along a track, with every filter.

use super::frame::{Head, InEngagement, Tabs, crumbs_of};
use crate::{
    app::{
        components::{
            bulk_edit::{BulkEdit, Pick, Selection},
            field::SelectField,
            filter::FilterBar,
            task_row::{OutOfScopeTask, TaskRow},
        },
        route::Route,
        ui::{Ui, use_ui},
        words::W,
    },
    playbook::{EngagementId, Place, ProcessId, TaskId, TrackId},
    rules,
};
use leptos::prelude::*;

/// The page of all tasks.
#[component]
pub fn Tasks(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement.clone());
    let track = RwSignal::new(String::new());
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
    let tracks = Signal::derive(move || {
        let name = |id: &TrackId| (id.to_string(), ui.name(|names| names.track(id).to_owned()));
        let all = std::iter::once((String::new(), ui.word(W::all_tasks)));
        all.chain(ui.structure().tracks.iter().map(|track| name(&track.id)))
            .collect()
    });
    let chosen = Memo::new(move |_| TrackId::parse(&track.get()));
    let selection = Selection::new();
    let shown = Memo::new(move |_| match chosen.get() {
        _ if !selection.on.get() => Vec::new(),
        Some(track) => along(ui, &id.get_value(), &track).asked,
        None => found.get().into_iter().flat_map(|(_, rows)| rows).collect(),
    });
    view! {
        <InEngagement engagement=engagement rail=false>
            <Head crumbs=crumbs_of(ui, id) title=Signal::derive(ui.say(W::tasks))/>
            <Tabs engagement=id.get_value()/>
            <section class="panel"><div class="body">
                <FilterBar engagement=id.get_value() phases=true>
                    <SelectField id="track" label=Signal::derive(ui.say(W::track)) value=track options=tracks save=move |value: String| track.set(value)/>
                </FilterBar>
            </div></section>
            <BulkEdit engagement=id.get_value() selection=selection shown=shown/>
            {move || match chosen.get() {
                Some(track) => view! { <AlongTrack engagement=id.get_value() track=track selection=selection/> }.into_any(),
                None => view! {
                    <p class="meta" role="status">{move || ui.count(W::n_tasks, count(), &[])}</p>
                    <For
                        each=move || found.get()
                        key=|(process, rows)| (process.clone(), rows.clone())
                        children=move |(process, rows)| view! { <Group engagement=id.get_value() process=process rows=rows selection=selection/> }
                    />
                }.into_any(),
            }}
        </InEngagement>
    }
}

/// The tasks along a track.
#[derive(Clone, Default, PartialEq)]
struct Along {
    /// Those that are asked for and shown.
    asked: Vec<(Place, TaskId)>,
    /// Those that are not asked for.
    out: Vec<(Place, TaskId)>,
    progress: rules::Progress,
}

/// The tasks of a track in its order, with the filter.
fn along(ui: Ui, id: &EngagementId, track: &TrackId) -> Along {
    let (filter, structure) = (ui.filter(), ui.structure());
    ui.store.with(id, |one| {
        let Some(one) = one else { return Along::default() };
        let view = rules::track(&structure, one, track);
        let row = |row: &rules::TrackRow| (row.place.clone(), row.task.clone());
        let (asked, out): (Vec<_>, Vec<_>) = view.rows.iter().partition(|row| row.scope.is_ok());
        let lets =
            |row: &&rules::TrackRow| filter.lets(&structure, one, &row.task) && filter.of_phase(&structure, &row.place);
        Along {
            asked: asked.into_iter().filter(lets).map(row).collect(),
            out: out.into_iter().map(row).collect(),
            progress: view.progress,
        }
    })
}

/// The tasks of a track in its order; those that are not asked for stand folded below.
#[component]
fn AlongTrack(engagement: EngagementId, track: TrackId, selection: Selection) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let view = {
        let track = track.clone();
        Memo::new(move |_| along(ui, &id.get_value(), &track))
    };
    let asked = Memo::new(move |_| view.with(|view| view.asked.clone()));
    let out = Memo::new(move |_| view.with(|view| view.out.clone()));
    let settled = move || {
        let progress = view.with(|view| view.progress);
        let values = [
            ("n", ui.number(progress.settled)),
            ("all", ui.number(progress.mandatory)),
        ];
        ui.fill(W::mandatory_settled, &values)
    };
    let tag = track.to_string();
    view! {
        <section class="panel" data-track=tag>
            <header><h2>{move || ui.name(|names| names.track(&track).to_owned())}</h2><p class="num" role="status">{settled}</p></header>
            <div class="body">
                <ul class="tasks" role="list">
                    <For each=move || asked.get() key=|row| row.clone() children=move |(place, task)| view! {
                        <Pick place=place.clone() task=task.clone() selection=selection/>
                        <TaskRow engagement=id.get_value() place=place task=task/>
                    }/>
                </ul>
                <Show when=move || !out.with(Vec::is_empty)>
                    <details class="more">
                        <summary>{move || ui.count(W::n_tasks_out_of_scope, out.with(Vec::len), &[])}</summary>
                        <ul class="tasks" role="list">
                            <For each=move || out.get() key=|row| row.clone() children=move |(place, task)| view! { <OutOfScopeTask engagement=id.get_value() place=place task=task/> }/>
                        </ul>
                    </details>
                </Show>
            </div>
        </section>
    }
}

#[component]
fn Group(
    engagement: EngagementId,
    process: ProcessId,
    rows: Vec<(Place, TaskId)>,
    selection: Selection,
) -> impl IntoView {
    let ui = use_ui();
    let (href, tag) = (
        Route::Work(engagement.clone(), process.clone(), None).href(),
        process.to_string(),
    );
    let tasks = rows
        .into_iter()
        .map(|(place, task)| {
            view! {
                <Pick place=place.clone() task=task.clone() selection=selection/>
                <TaskRow engagement=engagement.clone() place=place task=task/>
            }
        })
        .collect_view();
    view! {
        <section class="panel" data-process=tag>
            <header><h2><a href=href>{move || ui.name(|names| names.process(&process).to_owned())}</a></h2></header>
            <div class="body"><ul class="tasks" role="list">{tasks}</ul></div>
        </section>
    }
}
