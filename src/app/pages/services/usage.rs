//! Service status, active users with forecasts, migration, and split entitlements of a service.

use super::Of;
use crate::{
    app::{
        components::{
            datum::Kind,
            entries::{Entries, column},
            icon::Icon,
            line_chart::{Aim, LineChart},
        },
        words::W,
    },
    engagement::{Change, Datum, EntryField, EntryKind, ServiceField},
    playbook::Fact,
    rules::{
        self,
        entitlement::{Leaf, SERVICE_STATUSES, Status, propose_service_status},
    },
};
use leptos::prelude::*;

/// Everything that is counted.
#[component]
pub fn Usage(of: Of) -> impl IntoView {
    let ui = of.ui;
    let statuses = ui.options("service_status", SERVICE_STATUSES.to_vec());
    let proposed = Memo::new(move |_| {
        let (structure, today) = (ui.structure(), ui.today.get());
        of.read(|one, service| {
            let proposed = propose_service_status(&structure, one, service, today);
            proposed.filter(|proposed| *proposed != one.service_text(service, ServiceField::ServiceStatus))
        })
    });
    let take = move |_| {
        if let Some(status) = proposed.get_untracked() {
            of.put(Change::SetService(
                of.service.get_value(),
                ServiceField::ServiceStatus,
                Datum::Text(status.to_owned()),
            ));
        }
    };
    let migration = Memo::new(move |_| of.read(|one, _| one.fact(Fact::MigrationInScope)) == Some(true));
    let service = of.service.get_value();
    let fixed = move || vec![(EntryField::Service, of.service.get_value().to_string())];
    let points = Memo::new(move |_| {
        of.read(|one, service| {
            let mut all: Vec<_> = one
                .entries(EntryKind::Reading)
                .filter(|entry| entry.service().as_ref() == Some(service))
                .filter_map(|entry| Some((entry.day(EntryField::On)?, entry.number(EntryField::Users)?)))
                .collect();
            all.sort_unstable();
            all
        })
    });
    let aims = Memo::new(move |_| {
        let entitlements = of.read(|one, service| one.entitlements(service)).unwrap_or_default();
        let share = |percent: u32| Aim {
            name: ui.speech().locale.percent(f64::from(percent)),
            value: entitlements / 100 * percent + entitlements % 100 * percent / 100,
        };
        if entitlements == 0 {
            Vec::new()
        } else {
            vec![share(10), share(40)]
        }
    });
    let reached = move || {
        let today = ui.today.get();
        let milestones = of.read(|one, service| Some(rules::milestones(one, service, today)));
        milestones.map(|milestones| {
            let look = |is| match is {
                rules::Reached::Yes => ("closed", "complete", W::reached),
                rules::Reached::No => ("open", "open", W::not_reached),
                rules::Reached::Unknown => ("none", "none", W::not_known_yet),
            };
            let said = [
                ("enablement", W::enablement_complete, milestones.enablement),
                ("10", W::ten_percent, milestones.ten),
                ("40", W::forty_percent, milestones.forty),
            ];
            said.map(|(name, word, is)| {
                let (group, icon, stands) = look(is);
                view! { <li data-milestone=name><span>{ui.word(word)}</span> <span class="flag" data-group=group><Icon name=icon/>{ui.word(stands)}</span></li> }
            })
            .collect_view()
        })
    };
    view! {
        <section>
            <h3>{ui.say(W::status_and_usage)}</h3>
            <div class="fields">
                {of.field(ServiceField::ServiceStatus, W::service_status, Kind::Choice(statuses))}
                {of.field(ServiceField::ForecastTen, W::forecast_10, Kind::Day)}
                {of.field(ServiceField::ForecastForty, W::forecast_40, Kind::Day)}
                {of.field(ServiceField::NoBlockerBy, W::no_blocker_by, Kind::Line)}
                {of.field(ServiceField::NoBlockerOn, W::no_blocker_on, Kind::Day)}
            </div>
            <Show when=move || proposed.get().is_some()>
                <p class="ask"><span>{move || ui.fill(W::status_proposed, &[("status", ui.listed("service_status", proposed.get().unwrap_or_default()))])}</span>
                <button class="btn small" type="button" on:click=take>{ui.say(W::take_over)}</button></p>
            </Show>
            <h4>{ui.say(W::active_users)}</h4>
            <ul class="milestones" role="list">{reached}</ul>
            <Show when=move || points.with(|points| points.len() > 1)>
                <LineChart name=Signal::derive(ui.say(W::active_users)) points=points aims=aims/>
            </Show>
            <Entries engagement=of.engagement.get_value() kind=EntryKind::Reading fixed=fixed() caption=W::active_users add=W::add_reading columns=vec![
                column(EntryField::On, W::date, Kind::Day),
                column(EntryField::Users, W::active_users, Kind::Number),
                column(EntryField::Source, W::source_report, Kind::Line),
            ]/>
        </section>
        <Show when=move || migration.get()>
            <section>
                <h3>{ui.say(W::migration)}</h3>
                <div class="fields">{of.field(ServiceField::AgreedUsers, W::agreed_users, Kind::Number)}</div>
                <h4>{ui.say(W::migration_events)}</h4>
                <Entries engagement=of.engagement.get_value() kind=EntryKind::Migration fixed=fixed() caption=W::migration_events add=W::add_event columns=vec![
                    column(EntryField::On, W::date, Kind::Day),
                    column(EntryField::Users, W::users_moved, Kind::Number),
                ]/>
                <h4>{ui.say(W::migration_scenarios)}</h4>
                <Entries engagement=of.engagement.get_value() kind=EntryKind::Scenario fixed=fixed() caption=W::migration_scenarios add=W::add_scenario columns=vec![
                    column(EntryField::Name, W::scenario, Kind::Line),
                    column(EntryField::Entitlements, W::entitlements, Kind::Number),
                ]/>
            </section>
        </Show>
        <details class="more" data-service=service.to_string()>
            <summary>{ui.say(W::split_entitlements)}</summary>
            <p class="meta">{ui.say(W::split_explained)}</p>
            <Entries engagement=of.engagement.get_value() kind=EntryKind::Part fixed=fixed() caption=W::split_entitlements add=W::add_part columns=vec![
                column(EntryField::Status, W::entitlement_status, Kind::Choice(ui.options("entitlement_status", Status::ALL.map(Status::as_str).to_vec()))),
                column(EntryField::Reason, W::status_reason, Kind::Choice(ui.options("entitlement_reasons", Leaf::ALL.map(Leaf::as_str).to_vec()))),
                column(EntryField::Entitlements, W::entitlements, Kind::Number),
            ]/>
        </details>
    }
}
