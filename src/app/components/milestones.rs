//! Active users of each service against enablement, 10 % and 40 %: as a bar with its marks, and in words.

use super::icon::Icon;
use crate::{
    app::{
        route::Route,
        ui::{Ui, use_ui},
        words::W,
    },
    engagement::Engagement,
    playbook::{EngagementId, ServiceId},
    rules::{self, Milestones as Facts, Reached},
};
use leptos::prelude::*;

/// The milestones of an engagement; nothing without services.
#[component]
pub fn Milestones(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let services = Memo::new(move |_| {
        ui.store.with(&id.get_value(), |one| {
            one.map(Engagement::services_in_scope).unwrap_or_default()
        })
    });
    let line = move || {
        let seats = ui.store.with(&id.get_value(), |one| one.and_then(Engagement::seats));
        match seats.filter(|seats| *seats > 0) {
            Some(seats) => {
                let needed = ui.number(rules::enabled_from(seats) as usize);
                ui.fill(W::enablement_at, &[("seats", ui.number(seats as usize)), ("n", needed)])
            }
            None => ui.word(W::seats_wanted),
        }
    };
    view! {
        <Show when=move || !services.with(std::collections::BTreeSet::is_empty)>
            <section class="panel">
                <header><h2 id="h-miles">{ui.say(W::milestones)}</h2><p>{line}</p></header>
                <div class="body scroll" tabindex="0" role="region" aria-labelledby="h-miles">
                    <table class="miles">
                        <caption class="sr">{ui.say(W::milestones_caption)}</caption>
                        <thead><tr>
                            <th scope="col">{ui.say(W::service)}</th>
                            <th scope="col">{ui.say(W::active_users)}</th>
                            <th scope="col" class="opt"><span class="sr">{ui.say(W::progress)}</span></th>
                            <th scope="col">{ui.say(W::enablement)}</th>
                        </tr></thead>
                        <tbody><For each=move || services.get() key=|service| service.clone() children=move |service| view! { <Line engagement=id.get_value() service=service/> }/></tbody>
                    </table>
                </div>
            </section>
        </Show>
    }
}

#[derive(Clone, PartialEq)]
struct Of {
    facts: Facts,
    seats: Option<u32>,
    entitlements: Option<u32>,
}

#[component]
fn Line(engagement: EngagementId, service: ServiceId) -> impl IntoView {
    let ui = use_ui();
    let (id, of) = (engagement.clone(), service.clone());
    let facts = Memo::new(move |_| {
        let today = ui.today.get();
        ui.store.with(&id, |one| {
            one.map(|one| Of {
                facts: rules::milestones(one, &of, today),
                seats: one.seats().filter(|seats| *seats > 0),
                entitlements: one.entitlements(&of).filter(|count| *count > 0),
            })
        })
    });
    let users = move || {
        let of = facts.get()?;
        let all = of.entitlements.or(of.seats);
        Some(match (of.facts.active, all) {
            (Some((_, users)), Some(all)) => ui.fill(
                W::n_of_all,
                &[("n", ui.number(users as usize)), ("all", ui.number(all as usize))],
            ),
            (Some((_, users)), None) => ui.number(users as usize),
            (None, _) => ui.word(W::no_reading),
        })
    };
    let track = move || {
        let of = facts.get()?;
        let seats = of.entitlements.or(of.seats)?;
        let (_, users) = of.facts.active?;
        // The bar ends a little beyond 40 %.
        let share = |count: u32| format!("{:.1}%", (f64::from(count) / f64::from(seats) * 200.0).min(100.0));
        let marks = [of.seats.map(rules::enabled_from), Some(seats / 5 * 2)];
        let marks = marks
            .into_iter()
            .flatten()
            .map(|mark| view! { <b style=("--t", share(mark))></b> });
        Some(
            view! { <div class="track" aria-hidden="true"><i style=("--p", share(users))></i>{marks.collect_view()}</div> },
        )
    };
    let state = move || facts.get().map(|of| enablement(ui, &of));
    let href = Route::Services(engagement).href();
    let name = {
        let service = service.clone();
        move || ui.service(&service)
    };
    view! {
        <tr data-service=service.to_string()>
            <th scope="row"><a href=href>{name}</a></th>
            <td class="num">{users}</td>
            <td class="opt">{track}</td>
            <td>{state}</td>
        </tr>
    }
}

/// Whether enablement is complete, and what is left.
fn enablement(ui: Ui, of: &Of) -> impl IntoView + use<> {
    let on = of.facts.active.map(|(day, _)| ui.speech().locale.short_day(day));
    let (group, icon, text) = match of.facts.enablement {
        _ if of.facts.by_word && of.facts.enablement != Reached::Yes => {
            ("closed", "complete", ui.word(W::enabled_by_word))
        }
        Reached::Yes => (
            "closed",
            "complete",
            ui.fill(W::enabled_on, &[("day", on.unwrap_or_default())]),
        ),
        Reached::No => {
            let left = of
                .seats
                .map_or(0, rules::enabled_from)
                .saturating_sub(of.facts.active.map_or(0, |(_, users)| users));
            ("active", "active", ui.count(W::n_to_go, left as usize, &[]))
        }
        Reached::Unknown => ("open", "open", ui.word(W::not_known_yet)),
    };
    view! { <span class="flag st" data-group=group><Icon name=icon/>{text}</span> }
}
