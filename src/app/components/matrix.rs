//! The 4+4: services by factors, the first thing one sees of an engagement's health. Each gap leads to the guidance that closes
//! it; shape and word say how a cell stands, colour only repeats it.

use super::icon::Icon;
use crate::{
    app::{
        route::{Route, Spot},
        ui::{Ui, use_ui},
        words::W,
    },
    browser::{clock, page},
    engagement::ServiceField,
    playbook::{EngagementId, ServiceId},
    rules::four_plus_four::{Cell, Part, Row, matrix, totals},
};
use chrono::Datelike;
use leptos::prelude::*;

/// The name of one of the eight.
#[must_use]
pub fn part_name(ui: Ui, part: Part) -> String {
    ui.name(|names| {
        match part {
            Part::Factor(factor) => names.ssat(factor.name()),
            dibs => names.dibs(dibs.name()),
        }
        .to_owned()
    })
}

/// Look, icon and word of a cell.
fn look(cell: Cell) -> (&'static str, &'static str, W) {
    match cell {
        Cell::There => ("set", "check", W::cell_there),
        Cell::Planned => ("part", "same", W::cell_planned),
        Cell::Gap { reasoned: true } => ("gap", "warning", W::cell_gap),
        Cell::Gap { reasoned: false } => ("gap", "warning", W::cell_gap_unexplained),
        Cell::Missing => ("gap", "gap", W::cell_missing),
        Cell::NotAsked => ("later", "none", W::cell_not_asked),
    }
}

/// The first column of SSAT stands a little apart.
const SSAT: usize = 4;

/// The matrix of an engagement; nothing without services.
#[component]
pub fn Matrix(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let rows = Memo::new(move |_| {
        ui.store.with(&id.get_value(), |one| {
            one.map(|one| clock::measured("ep.matrix", || matrix(one)))
                .unwrap_or_default()
        })
    });
    let line = move || {
        let totals = rows.with(|rows| totals(rows));
        let (open, asked) = (ui.number(totals.gaps()), ui.number(totals.asked()));
        ui.fill(W::four_plus_four_count, &[("n", open), ("all", asked)])
    };
    let heads = move || {
        let heads = Part::ALL.into_iter().enumerate();
        heads
            .map(|(index, part)| view! { <th scope="col" class:ss=index == SSAT><span>{part_name(ui, part)}</span></th> })
            .collect_view()
    };
    let legend = move || {
        [
            Cell::There,
            Cell::Planned,
            Cell::Gap { reasoned: true },
            Cell::Missing,
            Cell::NotAsked,
        ]
        .map(|cell| {
            let (_, icon, word) = look(cell);
            view! { <span><Icon name=icon/>{ui.word(word)}</span> }
        })
        .collect_view()
    };
    view! {
        <Show when=move || !rows.with(Vec::is_empty)>
            <section class="panel">
                <header><h2 id="h-44" tabindex="-1">{ui.say(W::four_plus_four)}</h2><p>{line}</p></header>
                <div class="body scroll" tabindex="0" role="region" aria-labelledby="h-44">
                    <table class="m44">
                        <colgroup><col class="name"/><col span="8"/><col class="count"/></colgroup>
                        <caption class="sr">{ui.say(W::four_plus_four_caption)}</caption>
                        <thead>
                            <tr><td></td><th colspan="4" scope="colgroup"><span>"DIBS"</span></th><th colspan="4" scope="colgroup" class="ss"><span>"SSAT"</span></th><td></td></tr>
                            <tr><th scope="col"><span class="sr">{ui.say(W::service)}</span></th>{heads}<th scope="col" class="end">{ui.say(W::gaps)}</th></tr>
                        </thead>
                        <tbody>
                            <For each=move || rows.get() key=|row| row.service.clone() children=move |row| view! { <Line engagement=id.get_value() service=row.service rows=rows/> }/>
                        </tbody>
                    </table>
                    <p class="legend meta">{legend}</p>
                </div>
            </section>
        </Show>
    }
}

/// In one line how many of the 4+4 are missing, and the way to them; nothing when none is.
#[component]
pub fn Answers(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let totals = Memo::new(move |_| {
        ui.store.with(&engagement, |one| {
            one.map(|one| totals(&matrix(one))).unwrap_or_default()
        })
    });
    let line = move || {
        let totals = totals.get();
        let (open, asked) = (ui.number(totals.gaps()), ui.number(totals.asked()));
        ui.fill(W::four_plus_four_count, &[("n", open), ("all", asked)])
    };
    view! {
        <Show when=move || { totals.get().gaps() > 0 }>
            <li>
                <button class="aslink" type="button" on:click=|_| { page::show("h-44"); }>{ui.say(W::four_plus_four)}</button>
                <p class="meta">{line}</p>
            </li>
        </Show>
    }
}

#[component]
fn Line(engagement: EngagementId, service: ServiceId, rows: Memo<Vec<Row>>) -> impl IntoView {
    let ui = use_ui();
    let (id, of) = (StoredValue::new(engagement), StoredValue::new(service.clone()));
    let row = Memo::new(move |_| rows.with(|rows| rows.iter().find(|row| row.service == of.get_value()).cloned()));
    let target = Memo::new(move |_| {
        ui.store.with(&id.get_value(), |one| {
            one.and_then(|one| one.service_day(&of.get_value(), ServiceField::Target))
        })
    });
    let cell = move |index: usize, part: Part, cell: Cell| {
        let (shape, icon, word) = look(cell);
        let said = match (part, cell, target.get()) {
            (Part::Date, Cell::There, Some(day)) => ui.speech().locale.month_day(day.month(), day.day()),
            _ => ui.word(word),
        };
        // A gap leads to the guidance that closes it, the rest to what is written down.
        let place = part.places().into_iter().next().filter(|_| cell.is_gap());
        let href = place.map_or_else(
            || Route::Services(id.get_value()).href(),
            |place| Route::Work(id.get_value(), place.process, Some(Spot::Step(place.step))).href(),
        );
        let title = cell
            .is_gap()
            .then(|| ui.fill(W::close_the_gap, &[("part", part_name(ui, part))]));
        view! {
            <td class:ss=index == SSAT data-part=part.name()>
                <a class="cell" data-v=shape href=href title=title><Icon name=icon/><span class="sr">{part_name(ui, part)} ": "</span><span class="word">{said}</span></a>
            </td>
        }
    };
    let cells = move || {
        let row = row.get()?;
        let drawn = row.parts().enumerate().map(|(index, (part, is))| cell(index, part, is));
        Some(drawn.collect_view())
    };
    let gaps = move || {
        let gaps = row.get().map_or(0, |row| row.gaps().len());
        if gaps == 0 { "–".to_owned() } else { ui.number(gaps) }
    };
    view! {
        <tr data-service=service.to_string()>
            <th scope="row">{move || ui.service(&of.get_value())}</th>
            {cells}
            <td class="num end">{gaps}</td>
        </tr>
    }
}
