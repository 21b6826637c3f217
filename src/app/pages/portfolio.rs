//! What the day asks for, and all engagements: where each stands and when it was touched last.

use super::frame::{Head, Plain, customer_name};
use crate::{
    app::{
        components::{
            conflict_mark::OpenConflicts, growing::growing, icon::Icon, next_item::NextLine, path::Bar,
            reminder::Reminder,
        },
        export,
        route::Route,
        ui::{Ui, use_ui},
        words::W,
    },
    engagement::Change,
    exchange,
    playbook::EngagementId,
    rules,
    workspace::Face,
};
use leptos::prelude::*;

/// The first page.
#[component]
pub fn Portfolio() -> impl IntoView {
    let ui = use_ui();
    let archive = RwSignal::new(false);
    let all = Memo::new(move |_| {
        let faces = ui.store.ids().into_iter().filter_map(|id| ui.store.face(&id));
        faces.collect::<Vec<_>>()
    });
    let shown = Memo::new(move |_| {
        let mut faces = all.get();
        faces.retain(|face| face.archived == archive.get());
        faces.sort_by_key(|face| face.customer.to_lowercase());
        faces
    });
    let archived = move || all.with(|all| all.iter().filter(|face| face.archived).count());
    let drawn = growing(ui, Signal::derive(move || shown.with(Vec::len)), ROWS, MORE);
    let rows = Memo::new(move |_| shown.with(|faces| ids(faces.iter().take(drawn.get()))));
    // What is in memory already, and what is drawn: in the end all.
    let looked_at = Memo::new(move |_| {
        let first = drawn.get();
        shown.with(|faces| {
            ids(faces
                .iter()
                .enumerate()
                .filter(|(n, face)| face.read || *n < first)
                .map(|(_, face)| face))
        })
    });
    let missing = move || shown.with(Vec::len).saturating_sub(rows.with(Vec::len));
    let trashed = move || ui.store.read(|workspace| workspace.trashed().len());
    let counts = move || {
        let today = ui.day(ui.today.get());
        let more = (missing() != 0).then(|| ui.count(W::n_being_read, missing(), &[]));
        let count = ui.count(W::n_engagements, shown.with(Vec::len), &[]);
        [count, today].into_iter().chain(more).collect::<Vec<_>>().join(" · ")
    };
    view! {
        <Plain>
            <Head crumbs=Vec::new() title=Signal::derive(move || ui.word(if archive.get() { W::archive } else { W::portfolio }))>
                <div class="row">
                    <a class="btn" href=Route::Import.href()><Icon name="in"/>{ui.say(W::import)}</a>
                    <button class="btn" type="button" on:click=move |_| export::save_all(ui)><Icon name="share"/>{ui.say(W::export_all)}</button>
                    <a class="btn primary" href=Route::NewEngagement.href()><Icon name="plus"/>{ui.say(W::new_engagement)}</a>
                </div>
            </Head>
            <Reminder/>
            <p class="meta">{counts}</p>
            <Show when=move || !archive.get()><Today ids=looked_at/></Show>
            <Table ids=rows/>
            <p class="row">
                <Show when=move || archive.get() || archived() != 0>
                    <button class="btn quiet" type="button" aria-pressed=move || archive.get().to_string() on:click=move |_| archive.update(|is| *is = !*is)>
                        <Icon name="archive"/>{move || ui.count(W::n_archived, archived(), &[])}
                    </button>
                </Show>
                <Show when=move || trashed() != 0>
                    <a class="btn quiet" href=Route::Data.href()><Icon name="trash"/>{move || ui.count(W::n_in_trash, trashed(), &[])}</a>
                </Show>
            </p>
        </Plain>
    }
}

fn ids<'a>(faces: impl Iterator<Item = &'a Face>) -> Vec<EngagementId> {
    faces.map(|face| face.id.clone()).collect()
}

/// So many rows stand in the first frame, and come with each after it: what nobody has opened lately is read from the
/// storage only then.
const ROWS: usize = 20;
const MORE: usize = 8;

/// So many things stand under today at first.
const FIRST: usize = 7;

/// What the day asks for over all customers.
#[component]
fn Today(ids: Memo<Vec<EngagementId>>) -> impl IntoView {
    let ui = use_ui();
    let whole = RwSignal::new(false);
    let items = Memo::new(move |_| {
        let agendas = ids
            .get()
            .into_iter()
            .filter_map(|id| ui.agenda(&id).map(|agenda| (id, agenda)));
        let agendas: Vec<_> = agendas.collect();
        let next = agendas.iter().map(|(id, agenda)| (id, agenda.next.as_slice()));
        rules::today_of(next, ui.today.get(), usize::MAX)
    });
    let count = move || items.with(Vec::len);
    let quiet = move || items.with(|items| items.iter().all(|item| item.next.day().is_none()));
    let lines = move || {
        let limit = if whole.get() { usize::MAX } else { FIRST };
        items.with(|items| {
            let shown = items.iter().take(limit).cloned().enumerate();
            shown
                .map(|(index, item)| view! { <NextLine number=index + 1 engagement=item.engagement next=item.next customer=true/> })
                .collect_view()
        })
    };
    view! {
        <section class="panel" aria-labelledby="h-today">
            <header><h2 id="h-today">{ui.say(W::today)}</h2></header>
            <div class="body">
                <Show when=quiet><p class="meta">{ui.say(W::nothing_due)}</p></Show>
                <ol class="nexts" role="list">{lines}</ol>
                <Show when=move || { count() > FIRST }>
                    <button class="btn small" type="button" aria-expanded=move || whole.get().to_string() on:click=move |_| whole.update(|is| *is = !*is)>
                        {move || if whole.get() { ui.word(W::show_fewer) } else { ui.count(W::show_all_n, count(), &[]) }}
                    </button>
                </Show>
            </div>
        </section>
    }
}

#[component]
fn Table(ids: Memo<Vec<EngagementId>>) -> impl IntoView {
    let ui = use_ui();
    view! {
        <div class="panel">
            <table class="grid portfolio" role="table">
                <caption class="sr">{ui.say(W::portfolio)}</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader">{ui.say(W::customer)}</th>
                        <th scope="col" role="columnheader">{ui.say(W::phase)}</th>
                        <th scope="col" role="columnheader">{ui.say(W::mandatory_column)}</th>
                        <th scope="col" role="columnheader">{ui.say(W::last_change)}</th>
                        <th scope="col" role="columnheader"><span class="sr">{ui.say(W::actions)}</span></th>
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    <For each=move || ids.get() key=|id| id.clone() children=|id| view! { <Row id=id/> }/>
                </tbody>
            </table>
        </div>
    }
}

fn meta_of(ui: Ui, id: &EngagementId) -> String {
    ui.store.with(id, |one| {
        let Some(one) = one else { return String::new() };
        let region = one.region().map(|id| ui.name(|names| names.region(&id).to_owned()));
        let seats = one.seats().map(|seats| ui.count(W::n_seats, seats as usize, &[]));
        let sample = exchange::is_sample(id).then(|| ui.word(W::sample));
        sample
            .into_iter()
            .chain(region)
            .chain(seats)
            .collect::<Vec<_>>()
            .join(" · ")
    })
}

/// To whom an engagement was handed last, and when.
fn handed_line(ui: Ui, handed: &rules::Handover) -> String {
    let day = handed.on.map(|day| ui.day(day)).unwrap_or_default();
    ui.fill(W::handed_over_to, &[("name", handed.to.clone()), ("day", day)])
}

#[component]
fn Row(id: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let of = StoredValue::new(id.clone());
    let name = Memo::new(move |_| {
        ui.store.with(&of.get_value(), |one| {
            one.map(|one| customer_name(ui, one)).unwrap_or_default()
        })
    });
    let phase = Memo::new(move |_| {
        let overview = ui.overview(&of.get_value())?;
        let current = overview.current_phase()?.id.clone();
        let phases = overview.phases_in_scope();
        let states: Vec<_> = phases
            .map(|phase| (phase.id == current, phase.progress.is_settled()))
            .collect();
        Some((current, states))
    });
    let progress = Memo::new(move |_| {
        let overview = ui.overview(&of.get_value());
        overview.map(|overview| overview.progress).unwrap_or_default()
    });
    let last = move || {
        ui.store
            .with(&of.get_value(), |one| one.and_then(|one| one.last_change()))
            .map(|last| {
                view! { <span>{ui.instant(last.at)}</span> " " <bdi class="meta">{last.author}</bdi> }
            })
    };
    let handed = Memo::new(move |_| ui.store.with(&of.get_value(), |one| one.and_then(rules::last_handover)));
    let mini = move || {
        phase.get().map(|(_, states)| {
            states
                .into_iter()
                .map(|(now, done)| view! { <i class:now=now class:done=done && !now></i> })
                .collect_view()
        })
    };
    let phase_name = move || phase.get().map(|(id, _)| ui.name(|names| names.phase(&id).to_owned()));
    let archived = Memo::new(move |_| {
        ui.store
            .with(&of.get_value(), |one| one.is_some_and(|one| one.archived()))
    });
    let archive = move |_| {
        let id = of.get_value();
        let next = !archived.get_untracked();
        ui.store.dispatch(&id, Change::SetArchived(next));
        ui.tell_step(ui.fill(
            if next { W::archived_it } else { W::unarchived_it },
            &[("name", name.get_untracked())],
        ));
    };
    let delete = move |_| {
        let name = name.get_untracked();
        match ui.store.trash(&of.get_value()) {
            Ok(()) => ui.tell_step(ui.fill(W::moved_to_trash, &[("name", name)])),
            Err(_) => ui.tell(ui.word(W::could_not_delete)),
        }
    };
    let save = move |_| export::save(ui, &[of.get_value()]);
    let action = move |word: W, icon: &'static str| (move || format!("{}: {}", ui.word(word), name.get()), icon);
    let (export_label, _) = action(W::export, "share");
    let (delete_label, _) = action(W::delete, "trash");
    let archive_label = move || {
        let word = if archived.get() { W::unarchive } else { W::archive_it };
        format!("{}: {}", ui.word(word), name.get())
    };
    let exportable = !exchange::is_sample(&id);
    view! {
        <tr role="row" data-engagement=id.to_string()>
            <th scope="row" role="rowheader">
                <a href=Route::Engagement(id.clone()).href()>{move || name.get()}</a>
                <p class="meta">{move || meta_of(ui, &of.get_value())}</p>
                {move || handed.get().map(|handed| view! { <p class="meta" dir="auto" data-handed=handed.language.clone()>{handed_line(ui, &handed)}</p> })}
                <OpenConflicts engagement=id.clone()/>
            </th>
            <td role="cell">{phase_name}<span class="mini" aria-hidden="true">{mini}</span></td>
            <td role="cell">
                <span class="bar-n"><Bar progress=progress/><span class="num">{move || {
                    let progress = progress.get();
                    ui.fill(W::n_of_n, &[("n", ui.number(progress.settled)), ("all", ui.number(progress.mandatory))])
                }}</span></span>
            </td>
            <td role="cell" class="wide">{last}</td>
            <td role="cell">
                <span class="row acts">
                    {exportable.then(|| view! { <button class="btn small quiet icon" type="button" aria-label=export_label title=ui.say(W::export) on:click=save><Icon name="share"/></button> })}
                    <button class="btn small quiet icon" type="button" aria-label=archive_label title=move || ui.word(if archived.get() { W::unarchive } else { W::archive_it }) on:click=archive><Icon name="archive"/></button>
                    <button class="btn small quiet icon" type="button" aria-label=delete_label title=ui.say(W::delete) on:click=delete><Icon name="trash"/></button>
                </span>
            </td>
        </tr>
    }
}
