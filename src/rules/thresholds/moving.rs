//! Migration, and entitlements that are split: what adds up, what runs out, what has been idle.

use super::{
    Case, Finding, Verdict,
    numbers::{MIGRATION_IDLE, MIGRATION_PAUSED, MIGRATION_SERVICES},
};
use crate::{
    engagement::{EntryField, EntryKind, ListEntry, ServiceField},
    playbook::{Fact, ServiceId, TaskId},
    rules::{
        deadlines::{IssueReport, issue_report, later},
        milestones::milestones,
        scope::keys,
    },
};
use chrono::NaiveDate;

/// The task that ends the migration.
const MIGRATION_EXIT: &str = "1702";
/// The status of entitlements that are being onboarded.
const IN_PROGRESS: &str = "in-progress";

impl Case<'_> {
    fn has_no_migration(&self) -> bool {
        self.engagement.fact(Fact::MigrationInScope) == Some(false)
    }

    fn of_service<'a>(&'a self, kind: EntryKind, service: &'a ServiceId) -> impl Iterator<Item = ListEntry<'a>> {
        self.engagement
            .entries(kind)
            .filter(move |entry| entry.text(EntryField::Service) == service.as_str())
    }
}

pub(super) fn migration_complete(case: &Case) -> Vec<Finding> {
    if case.has_no_migration() {
        return Vec::new();
    }
    case.for_each_of(MIGRATION_SERVICES, |service| {
        let now = milestones(case.engagement, service, case.today);
        let finding = case.says(now.migration.into()).with("migrated", now.migrated);
        finding.with("agreed", now.agreed)
    })
}

pub(super) fn post_migration_issue_report(case: &Case) -> Vec<Finding> {
    let of_event = |event: ListEntry| {
        let report = issue_report(case.structure, case.engagement, &event);
        let finding = match report {
            None => case.says(Verdict::Unknown),
            Some((day, IssueReport::Settled)) => case.says(Verdict::Met).on(day),
            Some((day, _)) if day >= case.today => case.says(Verdict::Applies).on(day),
            Some((day, IssueReport::Open(..))) => case.says(Verdict::Attention).on(day),
            Some((day, IssueReport::NoTask)) => case.says(Verdict::NotMet).on(day),
        };
        finding.about(event.service())
    };
    case.engagement.entries(EntryKind::Migration).map(of_event).collect()
}

/// Idle since the newest event, until the migration is over. The day is when the next stage begins; with an event
/// planned there is none after the pause.
pub(super) fn migration_pause(case: &Case) -> Vec<Finding> {
    let events = || case.engagement.entries(EntryKind::Migration);
    let days = || events().filter_map(|event| event.day(EntryField::On));
    let Some(last) = days().filter(|day| *day <= case.today).max() else {
        return Vec::new();
    };
    if case.has_no_migration() || is_over(case) {
        return Vec::new();
    }
    let idle = u32::try_from((case.today - last).num_days()).unwrap_or_default();
    let (verdict, next): (_, Option<NaiveDate>) = if idle < MIGRATION_IDLE {
        (Verdict::Met, later(last, MIGRATION_IDLE))
    } else if days().any(|day| day > case.today) {
        (Verdict::Attention, None)
    } else {
        (Verdict::Attention, later(last, MIGRATION_IDLE + MIGRATION_PAUSED))
    };
    vec![case.says(verdict).with("idle_days", idle).on(next)]
}

fn is_over(case: &Case) -> bool {
    let task: TaskId = MIGRATION_EXIT.into();
    let keys = keys(case.structure, case.engagement, &task);
    !keys.is_empty() && keys.iter().all(|key| case.engagement.task_state(&task, key).settles())
}

/// The sum of the entitlements; `None` when one of them is not known.
fn sum<'a>(entries: impl Iterator<Item = ListEntry<'a>>) -> Option<u64> {
    entries
        .map(|entry| entry.number(EntryField::Entitlements).map(u64::from))
        .sum()
}

fn adds_up(case: &Case, sum: Option<u64>, whole: Option<u64>) -> Finding {
    let verdict = match (sum, whole) {
        (Some(sum), Some(whole)) if sum == whole => Verdict::Met,
        (Some(_), Some(_)) => Verdict::Attention,
        _ => Verdict::Unknown,
    };
    let count = |number: Option<u64>| number.map(|number| u32::try_from(number).unwrap_or(u32::MAX));
    let finding = case.says(verdict).with("sum", count(sum));
    finding.with("entitlements", count(whole))
}

/// Only where the entitlements are split.
pub(super) fn entitlements_sum(case: &Case) -> Vec<Finding> {
    case.for_each_service(|service| {
        let parts = || case.of_service(EntryKind::Part, service);
        parts().next()?;
        Some(adds_up(
            case,
            sum(parts()),
            case.engagement.entitlements(service).map(u64::from),
        ))
    })
}

/// Only where there are scenarios.
pub(super) fn migration_scenarios_sum(case: &Case) -> Vec<Finding> {
    case.for_each_service(|service| {
        let scenarios = || case.of_service(EntryKind::Scenario, service);
        scenarios().next()?;
        Some(adds_up(case, sum(scenarios()), in_progress(case, service)))
    })
}

/// The entitlements in progress: those of the lines that say so, else all or none by the status of the service.
fn in_progress(case: &Case, service: &ServiceId) -> Option<u64> {
    let parts = || case.of_service(EntryKind::Part, service);
    if parts().next().is_some() {
        return sum(parts().filter(|part| part.text(EntryField::Status) == IN_PROGRESS));
    }
    match case.engagement.service_text(service, ServiceField::Status) {
        "" => None,
        IN_PROGRESS => case.engagement.entitlements(service).map(u64::from),
        _ => Some(0),
    }
}
