//! What is open by which day: the day, what it is, the rule it follows, and where it is settled.

use super::{icon::Icon, rule::rule_text};
use crate::{
    app::{
        filling::isolated,
        route::{Route, Spot},
        ui::{Ui, use_ui},
        words::W,
    },
    engagement::{EntryField, EntryKind},
    playbook::{EngagementId, EntryId},
    rules::Deadline,
};
use leptos::prelude::*;

/// The list of entries that a rule is about.
fn list_of(rule: &str) -> Option<EntryKind> {
    match rule {
        "action" => Some(EntryKind::Action),
        "meeting" | "governance-review-cadence" => Some(EntryKind::Meeting),
        "post-migration-issue-report" => Some(EntryKind::Migration),
        _ => None,
    }
}

/// Where a deadline is settled.
#[must_use]
pub fn route(engagement: &EngagementId, deadline: &Deadline) -> Route {
    let id = engagement.clone();
    match (&deadline.place, &deadline.task, deadline.rule) {
        (Some(place), Some(task), _) => Route::Work(id, place.process.clone(), Some(Spot::Task(task.clone()))),
        (Some(place), None, _) => Route::Work(id, place.process.clone(), Some(Spot::Step(place.step.clone()))),
        (None, _, "action" | "meeting" | "governance-review-cadence") => Route::Plan(id),
        (None, _, "next-action" | "next-action-date-after-completion") => Route::Completion(id),
        (None, _, "overall-status-frequency" | "enterprise-status-frequency") => Route::Notes(id),
        _ => Route::Services(id),
    }
}

/// What it is about, by name: a task, an action, a meeting, the day of a migration, a service; else the kind of date.
#[must_use]
pub fn title(ui: Ui, engagement: &EngagementId, deadline: &Deadline) -> String {
    let entry = list_of(deadline.rule).zip(deadline.entry.as_ref());
    let name = entry.map(|(kind, entry)| isolated(&entry_name(ui, engagement, kind, entry)).into_owned());
    let task = deadline
        .task
        .as_ref()
        .map(|task| ui.name(|names| names.task(task, deadline.place.as_ref()).to_owned()));
    let service = deadline.service.as_ref().map(|service| ui.service(service));
    let parts: Vec<String> = [task, name, service]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    match (parts.is_empty(), deadline.rule) {
        (false, _) => parts.join(" · "),
        (true, "overall-status-frequency" | "enterprise-status-frequency") => ui.word(W::next_status_note),
        (true, "next-action" | "next-action-date-after-completion") => ui.word(W::next_action_date),
        (true, "meeting" | "governance-review-cadence") => ui.word(W::meeting),
        (true, _) => ui.word(W::date),
    }
}

fn entry_name(ui: Ui, engagement: &EngagementId, kind: EntryKind, id: &EntryId) -> String {
    ui.store
        .with(engagement, |one| {
            let mut entries = one.into_iter().flat_map(|one| one.entries(kind));
            let found = entries.find(|entry| entry.id().as_ref() == Some(id));
            found.map(|entry| match (kind, entry.day(EntryField::On)) {
                (EntryKind::Migration, Some(day)) => ui.fill(W::migrated_on, &[("day", ui.day(day))]),
                _ => entry.text(EntryField::Name).to_owned(),
            })
        })
        .unwrap_or_default()
}

/// The open deadlines of an engagement, by day.
#[component]
pub fn DeadlineList(
    /// The engagement.
    engagement: EngagementId,
) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let found = Memo::new(move |_| {
        let agenda = ui.agenda(&id.get_value());
        agenda.map(|agenda| agenda.deadlines.clone()).unwrap_or_default()
    });
    let line = move |deadline: &Deadline| {
        let left = (deadline.day - ui.today.get()).num_days();
        let late = left < 0;
        let when = match usize::try_from(left) {
            Ok(0) => ui.word(W::today),
            Ok(days) => ui.count(W::in_n_days, days, &[]),
            Err(_) => ui.fill(W::reason_overdue, &[("day", ui.day(deadline.day))]),
        };
        let href = route(&id.get_value(), deadline).href();
        view! {
            <li class="dated" data-rule=deadline.rule data-day=deadline.day.to_string()>
                <p class="when"><time datetime=deadline.day.to_string()>{ui.day(deadline.day)}</time></p>
                <div>
                    <p><a href=href dir="auto">{title(ui, &id.get_value(), deadline)}</a></p>
                    <p class="meta" class:late=late>{late.then(|| view! { <Icon name="warning"/> " " })}{when}</p>
                    <p class="meta">{rule_text(ui, deadline.rule)}</p>
                </div>
            </li>
        }
    };
    let lines = move || found.with(|found| found.iter().map(line).collect_view());
    view! {
        <Show when=move || found.with(Vec::is_empty)><p>{ui.say(W::no_deadline)}</p></Show>
        <ol class="lined" role="list">{lines}</ol>
    }
}
