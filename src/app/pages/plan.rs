//! What the customer is and wants, what was planned for it, and when everybody meets.

use super::frame::{Head, InEngagement, Tabs, crumbs_of};
use crate::{
    app::{
        components::{
            datum::{DatumField, Kind, of_engagement},
            entries::{Column, Entries, column},
            line_chart::{Aim, LineChart},
            recorded::AskedAt,
        },
        ui::{Ui, use_ui},
        words::W,
    },
    engagement::{Engagement, EntryField, EntryKind, Field, ListEntry},
    playbook::{EngagementId, EntryId, Recorded},
};
use chrono::NaiveDate;
use leptos::prelude::*;

/// The page of the plan.
#[component]
pub fn Plan(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement.clone());
    view! {
        <InEngagement engagement=engagement rail=false>
            <Head crumbs=crumbs_of(ui, id) title=Signal::derive(ui.say(W::success_plan))/>
            <Tabs engagement=id.get_value()/>
            <Picture engagement=id.get_value()/>
            <SuccessPlan engagement=id.get_value()/>
            <Rhythm engagement=id.get_value()/>
        </InEngagement>
    }
}

/// A choice between ids, each with a word of the app.
fn choice(ui: Ui, ids: &'static [(&'static str, W)]) -> Kind {
    Kind::Choice(Signal::derive(move || {
        let named = ids.iter().map(|(id, word)| ((*id).to_owned(), ui.word(*word)));
        named.collect()
    }))
}

/// Industry, business, organisation, roles, goals, what success is.
#[component]
fn Picture(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let field = move |field: Field, word: W, kind: Kind| {
        view! { <DatumField engagement=id.get_value() id=format!("picture-{}", field.name()) label=Signal::derive(ui.say(word)) kind=kind bound=of_engagement(field)/> }
    };
    let goals = vec![
        column(EntryField::Name, W::goal, Kind::Area),
        column(
            EntryField::Horizon,
            W::horizon,
            choice(
                ui,
                &[
                    ("", W::not_known_yet),
                    ("short", W::horizon_short),
                    ("long", W::horizon_long),
                ],
            ),
        ),
        column(EntryField::On, W::goal_on, Kind::Day),
    ];
    view! {
        <section class="panel" aria-labelledby="h-picture">
            <header><h2 id="h-picture">{ui.say(W::customer_picture)}</h2><AskedAt engagement=id.get_value() what=Recorded::Picture/></header>
            <div class="body fields">
                {field(Field::Industry, W::industry, Kind::Line)}
                {field(Field::Business, W::business, Kind::Line)}
                {field(Field::Organisation, W::organisation, Kind::Area)}
                {field(Field::ProjectRoles, W::project_roles, Kind::Area)}
                {field(Field::AccountGoals, W::account_goals, Kind::Area)}
                {field(Field::Success, W::success_means, Kind::Area)}
            </div>
            <div class="body stack">
                <h3>{ui.say(W::goals)}</h3>
                <Entries engagement=id.get_value() kind=EntryKind::Goal columns=goals caption=W::goals add=W::add_goal/>
            </div>
        </section>
    }
}

/// Actions, and metrics with their values.
#[component]
fn SuccessPlan(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let actions = vec![
        column(EntryField::Name, W::action, Kind::Area),
        column(EntryField::Owner, W::owner, Kind::Line),
        column(EntryField::Due, W::due, Kind::Day),
        column(
            EntryField::State,
            W::state,
            choice(
                ui,
                &[
                    ("open", W::action_open),
                    ("in-progress", W::action_in_progress),
                    ("done", W::action_done),
                    ("dropped", W::action_dropped),
                ],
            ),
        ),
    ];
    let metrics = vec![
        column(EntryField::Name, W::metric, Kind::Area),
        column(EntryField::Baseline, W::baseline, Kind::Number),
        column(EntryField::Target, W::target_value, Kind::Number),
        column(EntryField::Source, W::source_report, Kind::Line),
    ];
    let listed = Memo::new(move |_| {
        ui.store.with(&id.get_value(), |one| {
            one.into_iter()
                .flat_map(|one| one.entries(EntryKind::Metric))
                .filter_map(|metric| metric.id())
                .collect::<Vec<_>>()
        })
    });
    view! {
        <section class="panel" aria-labelledby="h-plan">
            <header><h2 id="h-plan">{ui.say(W::success_plan)}</h2><AskedAt engagement=id.get_value() what=Recorded::Plan/></header>
            <div class="body stack">
                <h3>{ui.say(W::plan_actions)}</h3>
                <Entries engagement=id.get_value() kind=EntryKind::Action columns=actions caption=W::plan_actions add=W::add_action/>
                <h3>{ui.say(W::metrics)}</h3>
                <Entries engagement=id.get_value() kind=EntryKind::Metric columns=metrics caption=W::metrics add=W::add_metric/>
                <For each=move || listed.get() key=|metric| metric.clone() children=move |metric| view! { <Measured engagement=id.get_value() metric=metric/> }/>
            </div>
        </section>
    }
}

/// A metric as far as it is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
struct Drawn {
    name: String,
    target: Option<u32>,
    values: Vec<(NaiveDate, u32)>,
}

fn drawn(one: &Engagement, metric: &EntryId) -> Drawn {
    let found = one
        .entries(EntryKind::Metric)
        .find(|entry| entry.id().as_ref() == Some(metric));
    let value = |entry: ListEntry<'_>| Some((entry.day(EntryField::On)?, entry.number(EntryField::Value)?));
    Drawn {
        name: found
            .map(|entry| entry.text(EntryField::Name).to_owned())
            .unwrap_or_default(),
        target: found.and_then(|entry| entry.number(EntryField::Target)),
        values: one
            .entries(EntryKind::Measurement)
            .filter(|entry| entry.text(EntryField::Metric) == metric.as_str())
            .filter_map(value)
            .collect(),
    }
}

/// The values of a metric, drawn and listed.
#[component]
fn Measured(engagement: EngagementId, metric: EntryId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let fixed = vec![(EntryField::Metric, metric.to_string())];
    let columns: Vec<Column> = vec![
        column(EntryField::On, W::date, Kind::Day),
        column(EntryField::Value, W::value, Kind::Number),
    ];
    let tag = metric.to_string();
    let now = Memo::new(move |_| {
        ui.store.with(&id.get_value(), |one| {
            one.map(|one| drawn(one, &metric)).unwrap_or_default()
        })
    });
    let name = Signal::derive(move || now.with(|now| now.name.clone()));
    let points = Signal::derive(move || now.with(|now| now.values.clone()));
    let aims = Signal::derive(move || {
        let target = now.with(|now| now.target);
        let aim = |value| Aim {
            name: ui.word(W::target_value),
            value,
        };
        target.map(aim).into_iter().collect::<Vec<_>>()
    });
    view! {
        <section class="stack measured" data-metric=tag>
            <h4 dir="auto">{move || ui.fill(W::values_of, &[("metric", name.get())])}</h4>
            <LineChart name=name points=points aims=aims/>
            <Entries engagement=id.get_value() kind=EntryKind::Measurement columns=columns fixed=fixed caption=W::measurements add=W::add_measurement/>
        </section>
    }
}

/// Which meeting, how often, with whom, with which tool, when next.
#[component]
fn Rhythm(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let columns = vec![
        column(EntryField::Name, W::meeting, Kind::Line),
        column(
            EntryField::Round,
            W::review_round,
            choice(
                ui,
                &[
                    ("", W::round_other),
                    ("program", W::round_program),
                    ("customer", W::round_customer),
                    ("internal", W::round_internal),
                ],
            ),
        ),
        column(EntryField::Weeks, W::every_weeks, Kind::Number),
        column(EntryField::With, W::with_whom, Kind::Line),
        column(EntryField::Tool, W::tool, Kind::Line),
        column(EntryField::Start, W::first_on, Kind::Day),
        column(EntryField::Next, W::next_on, Kind::Day),
    ];
    view! {
        <section class="panel" aria-labelledby="h-rhythm">
            <header><h2 id="h-rhythm">{ui.say(W::agreed_rhythm)}</h2><AskedAt engagement=engagement.clone() what=Recorded::Rhythm/></header>
            <div class="body stack">
                <Entries engagement=engagement kind=EntryKind::Meeting columns=columns caption=W::agreed_rhythm add=W::add_meeting/>
            </div>
        </section>
    }
}
