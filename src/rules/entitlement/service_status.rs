//! The service status from Initiate to Operation: proposed from usage, the reason and the gate tasks; a person chooses.
//!
//! Usage speaks first, since it is counted; then what is chosen; then how far the gates are.

use super::{
    super::active_users,
    status::{Leaf, Status, own_line},
};
use crate::{
    engagement::{Engagement, StateKey},
    playbook::{Fact, ServiceId, Structure, TaskId},
};
use chrono::NaiveDate;

/// From this share of the entitlements on a service is in adoption (threshold `service-status-adoption`), in percent.
const ADOPTION_FROM: u64 = 1;
/// Above this share it is in operation (threshold `service-status-operation`), in percent.
const OPERATION_ABOVE: u64 = 10;

/// The service statuses in their order, by id.
pub const SERVICE_STATUSES: [&str; 7] = [
    "initiate",
    "assess",
    "remediate",
    "enable",
    "migrate",
    "adoption",
    "operation",
];

/// The kickoff was held.
const KICKOFF: &str = "994";
/// The technical assessment is complete.
const ASSESSED: &str = "1699";
/// The remediation checklist is resolved.
const REMEDIATED: &str = "1700";
/// All services in scope are enabled.
const ENABLED: &str = "1701";
/// The migration is complete.
const MIGRATED: &str = "1702";

/// The service status that the app proposes; `None` where no service is being brought in: no intent, duplicate, invalid.
#[must_use]
pub fn propose_service_status(
    structure: &Structure,
    engagement: &Engagement,
    service: &ServiceId,
    today: NaiveDate,
) -> Option<&'static str> {
    let line = own_line(engagement, service);
    if matches!(line.status, Some(Status::NoIntent | Status::DuplicateInvalid)) {
        return None;
    }
    let settled = |task: &'static str| is_settled(structure, engagement, service, &task.into());
    let share = usage(engagement, service, today);
    let beyond = |percent: u64, at_least: bool| {
        share.is_some_and(|(active, all)| {
            let (active, bound) = (u64::from(active) * 100, u64::from(all) * percent);
            if at_least { active >= bound } else { active > bound }
        })
    };
    let adopting = beyond(ADOPTION_FROM, true);
    let enabled = settled(ENABLED) == Some(true);
    let migrates = engagement.fact(Fact::MigrationInScope) == Some(true) && settled(MIGRATED) == Some(false);
    Some(if beyond(OPERATION_ABOVE, false) {
        "operation"
    } else if line.status == Some(Status::StatusUnknown) {
        if adopting { "adoption" } else { "initiate" }
    } else if migrates && (enabled || line.leaf == Some(Leaf::Migration)) {
        "migrate"
    } else if adopting || enabled || line.leaf == Some(Leaf::SolutionOrUserAdoption) {
        "adoption"
    } else if line.leaf == Some(Leaf::Migration) || settled(REMEDIATED) == Some(true) {
        "enable"
    } else if settled(ASSESSED) == Some(true) {
        "remediate"
    } else if settled(KICKOFF) == Some(true) {
        "assess"
    } else {
        "initiate"
    })
}

/// Whether a gate task is settled for a service; `None` where it is not asked for.
fn is_settled(structure: &Structure, engagement: &Engagement, service: &ServiceId, task: &TaskId) -> Option<bool> {
    let facts = structure.tasks.get(task)?;
    let key = if facts.has_one_state() {
        StateKey::Whole
    } else if facts.services.contains(service) {
        StateKey::Service(service.clone())
    } else {
        return None;
    };
    Some(engagement.task_state(task, &key).settles())
}

/// The active users of the latest reading up to today, and the entitlements; `None` while one of them is not known.
pub(super) fn usage(engagement: &Engagement, service: &ServiceId, today: NaiveDate) -> Option<(u32, u32)> {
    let (_, active) = active_users(engagement, service, today)?;
    let all = engagement.entitlements(service).filter(|all| *all > 0)?;
    Some((active, all))
}
