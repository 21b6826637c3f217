//! Deadlines, milestones, what the numbers say, and the calendar that the days are counted by.

use super::frame::{Head, InEngagement, Tabs, crumbs_of};
use crate::{
    app::{
        components::{
            calendar_panel::CalendarPanel, deadline_list::DeadlineList, finding_list::FindingList,
            milestone_table::MilestoneTable,
        },
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
    view! {
        <InEngagement engagement=engagement rail=false>
            <Head crumbs=crumbs_of(ui, id) title=Signal::derive(ui.say(W::dates))/>
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
