//! Deadlines, milestones, what the numbers say, and the calendar that the days are counted by.

use super::frame::{Crumbs, Head, InEngagement, Tabs, customer_name};
use crate::{
    app::{
        components::{
            calendar_panel::CalendarPanel, deadline_list::DeadlineList, finding_list::FindingList,
            milestone_table::MilestoneTable,
        },
        route::Route,
        ui::use_ui,
        words::W,
    },
    playbook::EngagementId,
};
use leptos::prelude::*;

/// The page of dates.
#[component]
pub fn Dates(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement.clone());
    let name = move || {
        ui.store.with(&id.get_value(), |one| {
            one.map(|one| customer_name(ui, one)).unwrap_or_default()
        })
    };
    let crumbs = move || -> Crumbs {
        vec![
            (ui.word(W::portfolio), Some(Route::Portfolio.href())),
            (name(), Some(Route::Engagement(id.get_value()).href())),
        ]
    };
    view! {
        <InEngagement engagement=engagement rail=false>
            <Head crumbs=Signal::derive(crumbs) title=Signal::derive(ui.say(W::dates))/>
            <Tabs engagement=id.get_value()/>
            <section class="panel" aria-labelledby="h-deadlines">
                <header><h2 id="h-deadlines">{ui.say(W::deadlines)}</h2><p>{ui.say(W::by_day)}</p></header>
                <div class="body"><DeadlineList engagement=id.get_value()/></div>
            </section>
            <section class="panel" aria-labelledby="h-milestones">
                <header><h2 id="h-milestones">{ui.say(W::milestones)}</h2><p>{ui.say(W::per_service)}</p></header>
                <div class="body stack"><MilestoneTable engagement=id.get_value()/></div>
            </section>
            <section class="panel" aria-labelledby="h-findings">
                <header><h2 id="h-findings">{ui.say(W::what_numbers_say)}</h2></header>
                <div class="body"><FindingList engagement=id.get_value()/></div>
            </section>
            <section class="panel" aria-labelledby="h-calendar">
                <header><h2 id="h-calendar">{ui.say(W::calendar)}</h2><p>{ui.say(W::calendar_explained)}</p></header>
                <div class="body stack"><CalendarPanel engagement=id.get_value()/></div>
            </section>
        </InEngagement>
    }
}
