//! The services in scope, one after the other: entitlement status reached by the guide's questions, DIBS and SSAT, service
//! status, active users, migration. What contradicts itself is said where it stands.

mod status;
mod usage;

use super::frame::{Head, InEngagement, Tabs, crumbs_of};
use crate::{
    app::{
        components::{
            datum::{Bound, DatumField, Kind, of_service, shown},
            history_link::HistoryLink,
            icon::Icon,
        },
        route::Route,
        ui::{Ui, use_ui},
        words::W,
    },
    engagement::{Change, Datum, Engagement, Factor, FactorState, ServiceField},
    playbook::{EngagementId, ServiceId},
    rules::{
        entitlement::{self, Intent},
        four_plus_four::{BUSINESS_REASONS, row},
    },
};
use leptos::prelude::*;
use std::sync::Arc;

/// The page of services.
#[component]
pub fn Services(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement.clone());
    let services = Memo::new(move |_| {
        let chosen = ui.store.with(&id.get_value(), |one| {
            one.map(Engagement::services_in_scope).unwrap_or_default()
        });
        let order = ui.structure();
        let known = order.scopable_services().filter(|service| chosen.contains(*service));
        known.cloned().collect::<Vec<_>>()
    });
    view! {
        <InEngagement engagement=engagement rail=false>
            <Head crumbs=crumbs_of(ui, id) title=Signal::derive(ui.say(W::services))/>
            <Tabs engagement=id.get_value()/>
            <Show when=move || services.with(Vec::is_empty)>
                <p class="banner"><Icon name="warning"/><span>{ui.say(W::no_services_yet)}</span> <a class="btn small" href=Route::About(id.get_value()).href()>{ui.say(W::choose_services)}</a></p>
            </Show>
            <For each=move || services.get() key=|service| service.clone() children=move |service| {
                // The first one stands open; the others say in one line how they are.
                let first = services.with_untracked(|all| all.first() == Some(&service));
                view! { <Service engagement=id.get_value() service=service open=first/> }
            }/>
        </InEngagement>
    }
}

/// Reads of one service, drawn again when the engagement changes.
#[derive(Clone, Copy)]
struct Of {
    ui: Ui,
    engagement: StoredValue<EngagementId>,
    service: StoredValue<ServiceId>,
}

impl Of {
    fn read<T: Default>(self, of: impl FnOnce(&Engagement, &ServiceId) -> T) -> T {
        self.ui.store.with(&self.engagement.get_value(), |one| {
            one.map(|one| of(one, &self.service.get_value())).unwrap_or_default()
        })
    }

    fn text(self, field: ServiceField) -> String {
        self.read(|one, service| one.service_text(service, field).to_owned())
    }

    fn put(self, change: Change) {
        self.ui.store.dispatch(&self.engagement.get_value(), change);
    }

    /// An id in the page, such as `teams-target`.
    fn id(self, name: &str) -> String {
        format!("{}-{name}", self.service.get_value())
    }

    /// A field of DIBS under its name in the playbook.
    fn named(self, field: ServiceField, name: &'static str, kind: Kind) -> impl IntoView {
        let bound = of_service(&self.service.get_value(), field);
        let label = Signal::derive(move || self.ui.name(|names| names.dibs(name).to_owned()));
        view! { <DatumField engagement=self.engagement.get_value() id=self.id(field.name()) label=label kind=kind bound=bound/> }
    }

    fn field(self, field: ServiceField, word: W, kind: Kind) -> impl IntoView {
        let bound = of_service(&self.service.get_value(), field);
        view! { <DatumField engagement=self.engagement.get_value() id=self.id(field.name()) label=Signal::derive(self.ui.say(word)) kind=kind bound=bound/> }
    }
}

#[component]
fn Service(engagement: EngagementId, service: ServiceId, open: bool) -> impl IntoView {
    let ui = use_ui();
    let of = Of {
        ui,
        engagement: StoredValue::new(engagement.clone()),
        service: StoredValue::new(service.clone()),
    };
    let name = move || ui.service(&of.service.get_value());
    let status = move || {
        let status = of.text(ServiceField::Status);
        let reason = of.text(ServiceField::Reason);
        let said = [("entitlement_status", status), ("entitlement_reasons", reason)];
        let parts = said
            .iter()
            .filter(|(_, id)| !id.is_empty())
            .map(|(list, id)| ui.listed(list, id));
        let text = parts.collect::<Vec<_>>().join(" · ");
        if text.is_empty() {
            ui.word(W::no_status_yet)
        } else {
            text
        }
    };
    let gaps = Memo::new(move |_| of.read(|one, service| row(one, service).gaps().len()));
    view! {
        <details class="panel service" id=format!("service-{service}") data-service=service.to_string() open=open>
            <summary>
                <h2>{name}</h2>
                <span class="meta">{status}</span>
                <span class="meta num">{move || ui.count(W::n_of_eight_open, gaps.get(), &[])}</span>
                <Icon name="down"/>
            </summary>
            <div class="body">
                <status::Status of=of/>
                <Dibs of=of/>
                <Ssat of=of/>
                <usage::Usage of=of/>
                <p class="row"><HistoryLink engagement=engagement section="services" item=service.to_string() what=Signal::derive(name)/></p>
            </div>
        </details>
    }
}

/// Date, intent, business reason, success owner.
#[component]
fn Dibs(of: Of) -> impl IntoView {
    let ui = of.ui;
    let intent = move || {
        ui.word(match of.read(|one, service| Some(entitlement::intent(one, service))) {
            Some(Intent::Intended) => W::intent_yes,
            Some(Intent::NotIntended) => W::intent_no,
            _ => W::not_known_yet,
        })
    };
    let reasons = ui.options("business_reasons", BUSINESS_REASONS.to_vec());
    view! {
        <section>
            <h3>{ui.say(W::dibs_long)}</h3>
            <div class="fields">
                {of.field(ServiceField::Target, W::target_date, Kind::Day)}
                <div class="field">
                    <span>{ui.say(W::intent)}</span>
                    <p class="value" data-intent=move || format!("{:?}", of.read(|one, service| Some(entitlement::intent(one, service)))).to_lowercase()>{intent} <small>{ui.say(W::intent_from_status)}</small></p>
                </div>
                {of.named(ServiceField::BusinessReason, "business-reason", Kind::Choice(reasons))}
                {of.named(ServiceField::SuccessOwner, "success-owner", Kind::Line)}
            </div>
        </section>
    }
}

/// Stakeholders, scenarios, awareness, training.
#[component]
fn Ssat(of: Of) -> impl IntoView {
    let ui = of.ui;
    let states = Signal::derive(move || {
        let word = |state| match state {
            FactorState::Confirmed => W::factor_confirmed,
            FactorState::Planned => W::factor_planned,
            FactorState::Gap => W::factor_gap,
        };
        let named = FactorState::ALL.map(|state| (state.name().to_owned(), ui.word(word(state))));
        [vec![(String::new(), ui.word(W::not_known_yet))], named.to_vec()].concat()
    });
    let factor = move |factor: Factor| {
        let name = move || ui.name(|names| names.ssat(factor.name()).to_owned());
        let label = Signal::derive(name);
        let service = of.service.get_value();
        let place = |name| ["services", service.as_str(), "ssat", factor.name(), name];
        let bound = Bound::at(
            &place("state"),
            {
                let service = of.service.get_value();
                Arc::new(move |one: &Engagement| shown(one.factor(&service, factor).map(FactorState::name)))
                    as crate::app::components::datum::Read
            },
            Arc::new(move |value| {
                let state = match value {
                    Datum::Text(text) => FactorState::parse(&text),
                    _ => None,
                };
                // The reason of a gap goes with the gap.
                let reason = of.ui.store.with_untracked(&of.engagement.get_value(), |one| {
                    one.map(|one| one.factor_reason(&of.service.get_value(), factor).to_owned())
                        .unwrap_or_default()
                });
                Change::SetFactor {
                    service: of.service.get_value(),
                    factor,
                    state,
                    reason: if state == Some(FactorState::Gap) {
                        reason
                    } else {
                        String::new()
                    },
                }
            }) as crate::app::components::datum::Write,
        );
        let why = Bound::at(
            &place("reason"),
            {
                let service = of.service.get_value();
                Arc::new(move |one: &Engagement| one.factor_reason(&service, factor).to_owned())
                    as crate::app::components::datum::Read
            },
            Arc::new(move |value| Change::SetFactor {
                service: of.service.get_value(),
                factor,
                state: Some(FactorState::Gap),
                reason: match value {
                    Datum::Text(text) => text,
                    _ => String::new(),
                },
            }) as crate::app::components::datum::Write,
        );
        let gap = Memo::new(move |_| of.read(|one, service| one.factor(service, factor)) == Some(FactorState::Gap));
        let why = StoredValue::new(why);
        let reason_label = Signal::derive(move || ui.fill(W::gap_reason, &[("factor", name())]));
        view! {
            <div class="factor" data-factor=factor.name()>
                <DatumField engagement=of.engagement.get_value() id=of.id(factor.name()) label=label kind=Kind::Choice(states) bound=bound/>
                <Show when=move || gap.get()>
                    <DatumField engagement=of.engagement.get_value() id=of.id(&format!("{}-reason", factor.name())) label=reason_label kind=Kind::Line bound=why.get_value()/>
                </Show>
            </div>
        }
    };
    view! {
        <section>
            <h3>{ui.say(W::ssat_long)}</h3>
            <div class="fields">{Factor::ALL.map(factor).collect_view()}</div>
        </section>
    }
}
