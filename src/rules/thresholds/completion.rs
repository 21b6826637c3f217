//! The end of an engagement: discussions per workload, the queue, the next action, the success review.

use super::{
    Case, Finding, Verdict,
    numbers::{NEXT_ACTION_DAY, NEXT_ACTION_MONTH, NEXT_ACTION_YEARS},
};
use crate::{
    engagement::{Engagement, Field, ServiceField},
    playbook::{Fact, ServiceId},
    rules::{Reached, milestones::milestones},
};
use chrono::{Datelike, NaiveDate};

/// The next action date that follows from the completion discussions; `None` until each service in scope has had its
/// own.
#[must_use]
pub fn next_action_after_completion(engagement: &Engagement, today: NaiveDate) -> Option<NaiveDate> {
    let mut last = None;
    for service in engagement.services_in_scope() {
        last = last.max(Some(discussed_on(engagement, &service, today)?));
    }
    let year = last?.year().checked_add_unsigned(NEXT_ACTION_YEARS)?;
    NaiveDate::from_ymd_opt(year, NEXT_ACTION_MONTH, NEXT_ACTION_DAY)
}

/// The day of the completion discussion of a service, when it has been held.
fn discussed_on(engagement: &Engagement, service: &ServiceId, today: NaiveDate) -> Option<NaiveDate> {
    engagement
        .service_day(service, ServiceField::DiscussedOn)
        .filter(|day| *day <= today)
}

pub(super) fn next_action_date_after_completion(case: &Case) -> Vec<Finding> {
    let wanted = next_action_after_completion(case.engagement, case.today);
    let verdict = match (wanted, case.engagement.field_day(Field::NextAction)) {
        (None, _) => Verdict::NotMet,
        (Some(_), None) => Verdict::Applies,
        (Some(wanted), Some(is)) if is == wanted => Verdict::Met,
        (Some(_), Some(_)) => Verdict::Attention,
    };
    vec![case.says(verdict).on(wanted)]
}

pub(super) fn unassign_after_queue_move(case: &Case) -> Vec<Finding> {
    let of = |field| case.engagement.field_day(field);
    let verdict = match (of(Field::QueueMovedOn), of(Field::ReleasedOn)) {
        (None, None) => Verdict::NotMet,
        (Some(_), None) => Verdict::Applies,
        (Some(moved), Some(released)) if moved <= released => Verdict::Met,
        (_, Some(_)) => Verdict::Attention,
    };
    vec![case.says(verdict).on(of(Field::QueueMovedOn))]
}

pub(super) fn one_discussion_per_workload(case: &Case) -> Vec<Finding> {
    let services = case.engagement.services_in_scope();
    let held = |service: &&ServiceId| discussed_on(case.engagement, service, case.today).is_some();
    let discussed = services.iter().filter(held).count();
    let verdict = if services.is_empty() {
        Verdict::Unknown
    } else if discussed == services.len() {
        Verdict::Met
    } else if case.engagement.field_day(Field::ReleasedOn).is_some() {
        Verdict::Attention
    } else {
        Verdict::NotMet
    };
    let count = |number: usize| u32::try_from(number).ok();
    let finding = case.says(verdict).with("discussed", count(discussed));
    vec![finding.with("services", count(services.len()))]
}

/// Each intended service at 10 %, and the customer wants no other.
pub(super) fn success_review_end(case: &Case) -> Vec<Finding> {
    let services = case.engagement.services_in_scope();
    let answers: Vec<Reached> = services
        .iter()
        .filter(|service| case.intends(service))
        .map(|service| milestones(case.engagement, service, case.today).ten)
        .collect();
    let wants_more = case.engagement.fact(Fact::AnotherWorkload);
    let verdict = if answers.contains(&Reached::No) || wants_more == Some(true) {
        Verdict::NotMet
    } else if answers.is_empty() || answers.contains(&Reached::Unknown) || wants_more.is_none() {
        Verdict::Unknown
    } else {
        Verdict::Met
    };
    vec![case.says(verdict)]
}
