//! How far each service in scope is used: enabled, 10 %, 40 %, migrated; in words and numbers, with the rules below.

use super::icon::Icon;
use crate::{
    app::{
        route::{Route, Spot},
        ui::{Ui, use_ui},
        words::W,
    },
    engagement::Engagement,
    playbook::{EngagementId, Place, ServiceId},
    rules::{self, Milestones, Reached},
};
use leptos::prelude::*;

/// The rules that the columns follow, each with the step that asks for it.
const RULES: [(&str, &str); 4] = [
    ("enablement-complete", "enable-services/all-scoped-services-enabled"),
    (
        "adoption-target",
        "support-success-execution/encourage-customer-to-track-adoption-progress",
    ),
    ("usage-bands", "conduct-success-review/emphasize-usage-reports"),
    ("migration-complete", "migration/complete-migration"),
];

/// One line of the table.
#[derive(Clone, Copy, PartialEq)]
struct Line {
    now: Milestones,
    entitlements: Option<u32>,
    seats: Option<u32>,
}

fn line(one: &Engagement, service: &ServiceId, today: chrono::NaiveDate) -> Line {
    Line {
        now: rules::milestones(one, service, today),
        entitlements: one.entitlements(service).filter(|number| *number > 0),
        seats: one.seats().filter(|number| *number > 0),
    }
}

/// Active users and what they are a share of.
fn usage(ui: Ui, line: &Line) -> (String, String) {
    let Some((day, users)) = line.now.active else {
        return (ui.word(W::no_reading_yet), String::new());
    };
    let share = line
        .now
        .share_per_mille
        .map(|share| ui.speech().locale.percent(f64::from(share) / 10.0));
    let of = line
        .entitlements
        .map(|number| ui.count(W::n_entitlements, number as usize, &[]))
        .or_else(|| line.seats.map(|number| ui.count(W::n_seats, number as usize, &[])));
    let number = ui.number(users as usize);
    let first = match (share, of) {
        (Some(share), Some(of)) => ui.fill(W::n_of_limit, &[("n", number), ("limit", of), ("share", share)]),
        _ => number,
    };
    (first, ui.fill(W::read_on, &[("day", ui.day(day))]))
}

fn flag(ui: Ui, reached: Reached, words: [W; 3]) -> impl IntoView {
    let (group, icon, word) = match reached {
        Reached::Yes => ("closed", "complete", words[0]),
        Reached::No => ("open", "open", words[1]),
        Reached::Unknown => ("none", "unknown", words[2]),
    };
    view! { <span class="flag" data-group=group data-reached=format!("{reached:?}").to_lowercase()><Icon name=icon/>{ui.word(word)}</span> }
}

/// The table and its rules.
#[component]
pub fn MilestoneTable(
    /// The engagement.
    engagement: EngagementId,
) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let services = Memo::new(move |_| {
        ui.store.with(&id.get_value(), |one| {
            one.map(Engagement::services_in_scope).unwrap_or_default()
        })
    });
    let row = move |service: ServiceId| {
        let of = service.clone();
        let now = Memo::new(move |_| {
            let today = ui.today.get();
            ui.store
                .with(&id.get_value(), |one| one.map(|one| line(one, &of, today)))
        });
        let (tag, name) = (service.to_string(), service);
        let cells = move || {
            now.get().map(|line| {
                let (active, read) = usage(ui, &line);
                let by_word = line.now.by_word.then(|| view! { <span class="meta">{ui.word(W::by_customers_word)}</span> });
                let reached = [W::milestone_reached, W::milestone_not_yet, W::not_known_yet];
                let moved = move || {
                    let migrated = ui.number(line.now.migrated as usize);
                    match line.now.agreed {
                        Some(agreed) => view! {
                            <span>{ui.fill(W::n_of_n, &[("n", migrated), ("all", ui.number(agreed as usize))])}</span> " "
                            {flag(ui, line.now.migration, reached)}
                        }.into_any(),
                        None if line.now.migrated > 0 => view! {
                            <span>{migrated}</span> " " <span class="meta">{ui.word(W::nothing_agreed)}</span>
                        }.into_any(),
                        None => view! { <span class="meta">{ui.word(W::nothing_agreed)}</span> }.into_any(),
                    }
                };
                view! {
                    <td role="cell" data-l=ui.word(W::active_users)>{active}<span class="meta">{read}</span></td>
                    <td role="cell" data-l=ui.word(W::enablement)>{flag(ui, line.now.enablement, [W::milestone_complete, W::milestone_not_yet, W::not_known_yet])}{by_word}</td>
                    <td role="cell" data-l=percent(ui, 10)>{flag(ui, line.now.ten, reached)}</td>
                    <td role="cell" data-l=percent(ui, 40)>{flag(ui, line.now.forty, reached)}</td>
                    <td role="cell" data-l=ui.word(W::users_migrated)>{moved()}</td>
                }
            })
        };
        view! {
            <tr role="row" data-service=tag>
                <th scope="row" role="rowheader"><a href=Route::Services(id.get_value()).href()>{move || ui.service(&name)}</a></th>
                {cells}
            </tr>
        }
    };
    let rules = RULES
        .into_iter()
        .filter_map(|(rule, place)| Some((rule, Place::parse(place)?)))
        .map(|(rule, place)| {
            let href = Route::Work(
                id.get_value(),
                place.process.clone(),
                Some(Spot::Step(place.step.clone())),
            )
            .href();
            view! { <li data-rule=rule>{move || ui.listed("thresholds", rule)} " " <a href=href>{move || ui.step(&place)}</a></li> }
        })
        .collect_view();
    view! {
        <Show
            when=move || !services.with(std::collections::BTreeSet::is_empty)
            fallback=move || view! { <p>{ui.say(W::no_services_yet)} " " <a href=Route::About(id.get_value()).href()>{ui.say(W::choose_services)}</a></p> }
        >
            <div class="scroll" tabindex="0" role="group" aria-label=ui.say(W::milestones)>
                <table class="grid" role="table">
                    <thead role="rowgroup"><tr role="row">
                        <th scope="col" role="columnheader">{ui.say(W::service)}</th>
                        <th scope="col" role="columnheader">{ui.say(W::active_users)}</th>
                        <th scope="col" role="columnheader">{ui.say(W::enablement)}</th>
                        <th scope="col" role="columnheader">{move || percent(ui, 10)}</th>
                        <th scope="col" role="columnheader">{move || percent(ui, 40)}</th>
                        <th scope="col" role="columnheader">{ui.say(W::users_migrated)}</th>
                    </tr></thead>
                    <tbody role="rowgroup"><For each=move || services.get() key=|service| service.clone() children=row/></tbody>
                </table>
            </div>
        </Show>
        <ul class="meta rules">{rules}</ul>
    }
}

fn percent(ui: Ui, share: u32) -> String {
    ui.speech().locale.percent(f64::from(share))
}
