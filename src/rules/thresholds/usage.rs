//! What readings of active users say: enablement, 10 % and 40 %, the status that follows, forecasts, Get Modern.

use super::{
    Case, Finding, Verdict,
    numbers::{
        ACTIVE_DAYS, ADOPTION_FROM, FORTY, MODERN, SMALL_TENANT_BELOW, TEN, TRACKED_MONTHS, USAGE_REPORT, WIZARDS,
    },
};
use crate::{
    engagement::{Engagement, EntryField, EntryKind, ListEntry, ServiceField},
    gather::gather,
    playbook::ServiceId,
    rules::{
        Reached,
        milestones::{self, Milestones, base, is_above_share, is_share, known, newest_reading, readings},
    },
};
use chrono::{Months, NaiveDate};
use std::collections::BTreeMap;

/// The service of Microsoft 365 Apps.
const APPS: &str = "microsoft-365-apps";

/// The bands of a report on active usage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// Below 10 %.
    Low,
    /// From 10 % to 40 %.
    Middle,
    /// Above 40 %.
    High,
}

/// The band of a service; `None` while users or what they are a share of are not known.
#[must_use]
pub fn usage_band(engagement: &Engagement, service: &ServiceId, today: NaiveDate) -> Option<Band> {
    let (users, of) = share(engagement, service, today)?;
    Some(if !is_share(users, of, TEN) {
        Band::Low
    } else if is_above_share(users, of, FORTY) {
        Band::High
    } else {
        Band::Middle
    })
}

/// The service status that the active share of the entitlements proposes: `adoption`, `operation`, or none.
#[must_use]
pub fn proposed_status(engagement: &Engagement, service: &ServiceId, today: NaiveDate) -> Option<&'static str> {
    let (_, users) = milestones::active_users(engagement, service, today)?;
    let of = known(engagement.entitlements(service))?;
    if is_above_share(users, of, TEN) {
        Some("operation")
    } else {
        is_share(users, of, ADOPTION_FROM).then_some("adoption")
    }
}

/// The services in scope for which there is a wizard, in the order of the wizards.
#[must_use]
pub fn wizard_order(engagement: &Engagement) -> Vec<ServiceId> {
    let services = engagement.services_in_scope();
    let of_wizard = |name: &&str| services.iter().find(|service| service.as_str() == *name).cloned();
    WIZARDS.iter().filter_map(of_wizard).collect()
}

/// Active users of a service and what they are a share of.
fn share(engagement: &Engagement, service: &ServiceId, today: NaiveDate) -> Option<(u32, u32)> {
    let (_, users) = milestones::active_users(engagement, service, today)?;
    Some((users, base(engagement, service)?))
}

impl Case<'_> {
    fn milestones(&self, service: &ServiceId) -> Milestones {
        milestones::milestones(self.engagement, service, self.today)
    }

    fn newest_reading(&self, service: &ServiceId) -> Option<ListEntry<'_>> {
        newest_reading(self.engagement, service, self.today)
    }

    /// A finding with the active users and their share.
    fn of_usage(&self, verdict: impl Into<Verdict>, now: &Milestones) -> Finding {
        self.says(verdict.into())
            .with("active", now.active.map(|(_, users)| users))
            .with("per_mille", now.share_per_mille)
            .on(now.active.map(|(day, _)| day))
    }

    /// Whether the customer means to use a service in scope: not where the status says no.
    pub(super) fn intends(&self, service: &ServiceId) -> bool {
        let status = self.engagement.service_text(service, ServiceField::Status);
        !matches!(status, "no-intent" | "duplicate-invalid")
    }

    fn is_small(&self) -> Option<bool> {
        known(self.engagement.seats()).map(|seats| seats < SMALL_TENANT_BELOW)
    }
}

pub(super) fn enablement_complete(case: &Case) -> Vec<Finding> {
    case.for_each_service(|service| {
        let now = case.milestones(service);
        let finding = if now.by_word && now.enablement != Reached::Yes {
            let said = case.engagement.service_day(service, ServiceField::NoBlockerOn);
            case.of_usage(Verdict::Met, &now).on(said)
        } else {
            case.of_usage(now.enablement, &now)
        };
        Some(finding.with("seats", case.engagement.seats()))
    })
}

pub(super) fn active_usage_source(case: &Case) -> Vec<Finding> {
    case.for_each_service(|service| {
        let reading = case.newest_reading(service);
        let source = reading.map(|reading| reading.text(EntryField::Source));
        let verdict = match source {
            None | Some("") => Verdict::Unknown,
            Some(source) if source.to_ascii_uppercase().contains(USAGE_REPORT) => Verdict::Met,
            Some(_) => Verdict::Attention,
        };
        Some(
            case.says(verdict)
                .on(reading.and_then(|reading| reading.day(EntryField::On))),
        )
    })
}

pub(super) fn active_use_window(case: &Case) -> Vec<Finding> {
    case.for_each_service(|service| {
        let Some((day, _)) = case.milestones(service).active else {
            return Some(case.says(Verdict::Unknown));
        };
        let age = u32::try_from((case.today - day).num_days()).unwrap_or_default();
        let verdict = if age > ACTIVE_DAYS {
            Verdict::Attention
        } else {
            Verdict::Met
        };
        Some(case.says(verdict).with("days", age).on(day))
    })
}

pub(super) fn adoption_target(case: &Case) -> Vec<Finding> {
    let mut found = case.for_each_service(|service| {
        let now = case.milestones(service);
        case.intends(service).then(|| case.of_usage(now.ten, &now))
    });
    found.extend(own_measures(case));
    found
}

/// What the customer calls success: the metrics of the plan that have a target.
fn own_measures(case: &Case) -> Option<Finding> {
    let answers: Vec<Reached> = case
        .engagement
        .entries(EntryKind::Metric)
        .filter_map(|metric| Some(is_measured(case, &metric, metric.number(EntryField::Target)?)))
        .collect();
    let reached = answers.iter().filter(|answer| **answer == Reached::Yes).count();
    let verdict = if answers.is_empty() {
        return None;
    } else if reached == answers.len() {
        Verdict::Met
    } else if answers.contains(&Reached::No) {
        Verdict::NotMet
    } else {
        Verdict::Unknown
    };
    let count = |number: usize| u32::try_from(number).ok();
    let finding = case.says(verdict).with("reached", count(reached));
    Some(finding.with("metrics", count(answers.len())))
}

/// Whether the newest measurement of a metric has reached its target, which may lie below where it began.
fn is_measured(case: &Case, metric: &ListEntry, target: u32) -> Reached {
    let Some(id) = metric.id() else {
        return Reached::Unknown;
    };
    let newest = case
        .engagement
        .entries(EntryKind::Measurement)
        .filter(|measured| measured.text(EntryField::Metric) == id.as_str())
        .filter_map(|measured| Some((measured.day(EntryField::On)?, measured.number(EntryField::Value)?)))
        .filter(|(day, _)| *day <= case.today)
        .max_by_key(|(day, _)| *day);
    let falls = metric.number(EntryField::Baseline).is_some_and(|from| from > target);
    newest.map_or(Reached::Unknown, |(_, value)| {
        Reached::known(if falls { value <= target } else { value >= target })
    })
}

pub(super) fn service_status_adoption(case: &Case) -> Vec<Finding> {
    service_status(case, "adoption")
}

pub(super) fn service_status_operation(case: &Case) -> Vec<Finding> {
    service_status(case, "operation")
}

fn service_status(case: &Case, status: &str) -> Vec<Finding> {
    case.for_each_service(|service| {
        let now = case.milestones(service);
        let is_known = now.active.is_some() && known(case.engagement.entitlements(service)).is_some();
        let verdict = if !is_known {
            Verdict::Unknown
        } else if proposed_status(case.engagement, service, case.today) != Some(status) {
            Verdict::NotMet
        } else if case.engagement.service_text(service, ServiceField::ServiceStatus) == status {
            Verdict::Met
        } else {
            Verdict::Applies
        };
        Some(case.of_usage(verdict, &now))
    })
}

pub(super) fn forecast_milestones(case: &Case) -> Vec<Finding> {
    case.for_each_service(|service| {
        let of = |field| case.engagement.service_day(service, field);
        let (ten, forty) = (of(ServiceField::ForecastTen), of(ServiceField::ForecastForty));
        let Some(submitted) = case.engagement.assigned_on() else {
            return Some(case.says(Verdict::Unknown));
        };
        let early = [ten, forty].into_iter().flatten().find(|day| *day < submitted);
        Some(match (early, ten, forty) {
            (Some(day), ..) => case.says(Verdict::Attention).on(day),
            (None, Some(ten), Some(forty)) if forty < ten => case.says(Verdict::Attention).on(forty),
            (None, Some(_), Some(_)) => case.says(Verdict::Met),
            _ => case.says(Verdict::Unknown),
        })
    })
}

/// The band as 1, 2, 3; a forecast date that has passed without its milestone wants a look.
pub(super) fn usage_bands(case: &Case) -> Vec<Finding> {
    case.for_each_service(|service| {
        let now = case.milestones(service);
        let missed = |field, reached| {
            let day = case.engagement.service_day(service, field)?;
            (day < case.today && reached != Reached::Yes).then_some(day)
        };
        let missed = missed(ServiceField::ForecastTen, now.ten).or(missed(ServiceField::ForecastForty, now.forty));
        let band = usage_band(case.engagement, service, case.today).map(|band| match band {
            Band::Low => 1,
            Band::Middle => 2,
            Band::High => 3,
        });
        let finding = match (missed, band) {
            (Some(day), _) => case.of_usage(Verdict::Attention, &now).on(day),
            (None, Some(_)) => case.of_usage(Verdict::Applies, &now),
            (None, None) => case.of_usage(Verdict::Unknown, &now),
        };
        Some(finding.with("band", band))
    })
}

/// The seats alone; that the customer has low priority is for a person to judge.
pub(super) fn automated_onboarding_limit(case: &Case) -> Vec<Finding> {
    let verdict = match case.is_small() {
        None => Verdict::Unknown,
        Some(true) => Verdict::Applies,
        Some(false) => Verdict::NotMet,
    };
    vec![case.says(verdict).with("seats", case.engagement.seats())]
}

pub(super) fn automated_onboarding_end(case: &Case) -> Vec<Finding> {
    case.for_each_service(|service| {
        let now = case.milestones(service);
        (case.is_small() == Some(true)).then(|| case.of_usage(now.ten, &now))
    })
}

pub(super) fn automated_onboarding_order(case: &Case) -> Vec<Finding> {
    if case.is_small() == Some(false) {
        return Vec::new();
    }
    let places = (1_u32..).zip(wizard_order(case.engagement));
    places
        .map(|(place, service)| case.says(Verdict::Applies).with("position", place).about(Some(service)))
        .collect()
}

pub(super) fn get_modern_goal(case: &Case) -> Vec<Finding> {
    case.for_each_of(&["windows-10", APPS], |service| modern(case, service, is_share))
}

pub(super) fn microsoft_365_apps_standalone_end(case: &Case) -> Vec<Finding> {
    case.for_each_of(&[APPS], |service| modern(case, service, is_above_share))
}

fn modern(case: &Case, service: &ServiceId, reaches: fn(u32, u32, u32) -> bool) -> Finding {
    let now = case.milestones(service);
    let share = share(case.engagement, service, case.today);
    let reached = share.map_or(Reached::Unknown, |(users, of)| {
        Reached::known(reaches(users, of, MODERN))
    });
    case.of_usage(reached, &now)
}

/// The readings above the share without one below it in between; the day is the one on which the two months are over.
pub(super) fn microsoft_365_apps_tracking(case: &Case) -> Vec<Finding> {
    case.for_each_of(&[APPS], |service| {
        let now = case.milestones(service);
        let by_day: BTreeMap<NaiveDate, u32> = gather(readings(case.engagement, service, case.today));
        let (Some(of), Some((last, _))) = (base(case.engagement, service), by_day.last_key_value()) else {
            return case.of_usage(Verdict::Unknown, &now);
        };
        let mut since = None;
        for (day, users) in &by_day {
            since = is_above_share(*users, of, MODERN).then(|| since.unwrap_or(*day));
        }
        let until = since.and_then(|since| since.checked_add_months(Months::new(TRACKED_MONTHS)));
        let is_over = until.is_some_and(|until| *last >= until);
        case.of_usage(Reached::known(is_over), &now).on(until)
    })
}
