//! The thresholds of the playbook.

pub mod numbers;

use crate::{
    engagement::{Engagement, ServiceField},
    playbook::ServiceId,
};
use chrono::{Datelike, NaiveDate};
use numbers::{NEXT_ACTION_DAY, NEXT_ACTION_MONTH, NEXT_ACTION_YEARS};

/// The next action date that follows from the completion discussions; `None` until each service in scope has had its own.
#[must_use]
pub fn next_action_after_completion(engagement: &Engagement, today: NaiveDate) -> Option<NaiveDate> {
    let services = engagement.services_in_scope();
    let days: Option<Vec<NaiveDate>> = services
        .iter()
        .map(|service| discussed_on(engagement, service, today))
        .collect();
    let last = days?.into_iter().max()?;
    let year = last.year().checked_add(i32::try_from(NEXT_ACTION_YEARS).ok()?)?;
    NaiveDate::from_ymd_opt(year, NEXT_ACTION_MONTH, NEXT_ACTION_DAY)
}

/// The day of the completion discussion of a service, when it has been held.
fn discussed_on(engagement: &Engagement, service: &ServiceId, today: NaiveDate) -> Option<NaiveDate> {
    engagement
        .service_day(service, ServiceField::DiscussedOn)
        .filter(|day| *day <= today)
}
