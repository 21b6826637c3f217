//! One line of what is next: what, for whom, why, and the way there.

use super::icon::Icon;
use crate::{
    app::{
        deadline_words::deadline_word,
        pages::frame::customer_name,
        route::{Route, Spot},
        ui::{Ui, use_ui},
        words::W,
    },
    engagement::{Engagement, EntryField, EntryKind},
    playbook::EngagementId,
    rules::{Deadline, Next, NextItem, Reason},
};
use leptos::prelude::*;

/// A line of what is next.
#[component]
pub fn NextLine(
    /// Its number in the list, from 1.
    number: usize,
    /// The engagement.
    engagement: EngagementId,
    /// What is next.
    next: Next,
    /// Whether the customer is named, too.
    #[prop(optional)]
    customer: bool,
) -> impl IntoView {
    let ui = use_ui();
    let late = matches!(next.reason, Reason::Overdue(_));
    let (href, tag, task) = match &next.item {
        NextItem::Task { task, place } => {
            let spot = Some(Spot::Task(task.clone()));
            let route = Route::Work(engagement.clone(), place.process.clone(), spot);
            (route.href(), task.to_string(), Some(task.to_string()))
        }
        NextItem::Deadline(deadline) => {
            let route = Route::Dates(engagement.clone());
            (route.href(), deadline.rule.to_owned(), None)
        }
    };
    let what = {
        let (engagement, item) = (engagement.clone(), next.item.clone());
        move || what_text(ui, &engagement, &item)
    };
    let why = move || {
        let name = |one: Option<&Engagement>| one.map(|one| customer_name(ui, one));
        let customer = customer.then(|| ui.store.with(&engagement, name)).flatten();
        let parts: Vec<String> = customer.into_iter().chain(reason_parts(ui, &next)).collect();
        parts.join(" · ")
    };
    view! {
        <li data-next=tag>
            <span class="no" aria-hidden="true">{number}</span>
            <div>
                <p><a href=href><b>{what}</b></a></p>
                <p class="meta" class:late=late>{late.then(|| view! { <Icon name="warning"/> })}<span>{why}</span></p>
            </div>
            <span class="meta num">{task}</span>
        </li>
    }
}

/// What is next: the name of a task, or what a deadline is.
#[must_use]
pub fn what_text(ui: Ui, engagement: &EngagementId, item: &NextItem) -> String {
    match item {
        NextItem::Task { task, place } => ui.name(|names| names.task(task, Some(place)).to_owned()),
        NextItem::Deadline(deadline) => deadline_text(ui, engagement, deadline),
    }
}

/// What a deadline is, and of which service, action or meeting.
fn deadline_text(ui: Ui, engagement: &EngagementId, deadline: &Deadline) -> String {
    let what = deadline_word(deadline.rule)
        .map(|word| ui.word(word))
        .unwrap_or_default();
    let kind = match deadline.rule {
        "action" => Some(EntryKind::Action),
        "meeting" | "governance-review-cadence" => Some(EntryKind::Meeting),
        _ => None,
    };
    let named = kind.and_then(|kind| {
        ui.store.with(engagement, |one| {
            let mut entries = one?.entries(kind);
            let entry = entries.find(|entry| entry.id() == deadline.entry)?;
            Some(entry.text(EntryField::Name).to_owned()).filter(|name| !name.is_empty())
        })
    });
    let service = deadline.service.as_ref().map(|service| ui.service(service));
    match named.or(service) {
        Some(which) => ui.fill(W::what_and_which, &[("what", what), ("which", which)]),
        None => what,
    }
}

/// Why it is next: for a task also the rule that sets its day.
#[must_use]
pub fn reason_parts(ui: Ui, next: &Next) -> Vec<String> {
    let day = |day| [("day", ui.speech().locale.short_day(day))];
    let process = |process: &_| [("process", ui.name(|names| names.process(process).to_owned()))];
    let (due, task) = match (&next.reason, &next.item) {
        (Reason::Overdue(due) | Reason::DueSoon(due), NextItem::Task { .. }) => (Some(due), None),
        (_, NextItem::Task { place, .. }) => (None, Some(place)),
        _ => (None, None),
    };
    let here = || task.map(|place| process(&place.process)).unwrap_or_default();
    let text = match &next.reason {
        Reason::Overdue(due) => ui.fill(W::reason_overdue, &day(due.day)),
        Reason::DueSoon(due) if due.day == ui.today.get() => ui.word(W::reason_due_today),
        Reason::DueSoon(due) => ui.fill(W::reason_due_soon, &day(due.day)),
        Reason::Held { state, services } => {
            let state = ui.name(|names| names.state(*state).to_owned());
            if services.is_empty() {
                ui.fill(W::is_in_state, &[("state", state)])
            } else {
                let values = [("service", ui.services(services)), ("state", state)];
                ui.fill(W::service_is_in_state, &values)
            }
        }
        Reason::Unblocks(next) => ui.fill(W::reason_unblocks, &process(next)),
        Reason::Gate => ui.fill(W::reason_gate, &here()),
        Reason::Mandatory => ui.fill(W::reason_mandatory, &here()),
        Reason::Begun => ui.word(W::reason_begun),
        Reason::Optional => ui.fill(W::reason_optional, &here()),
    };
    let rule = due.and_then(|due| deadline_word(due.rule)).map(|word| ui.word(word));
    rule.into_iter().chain([text]).collect()
}
