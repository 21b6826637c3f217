//! Which help a customer may have, by seats, entitlements and services.

use super::{
    Case, Finding, Verdict,
    numbers::{
        COMMERCIAL_FROM, EDUCATION_FROM, ENTERPRISE_SEATS, HANDSHAKE_SERVICES, MID_TOUCH_FROM, MID_TOUCH_TO,
        MIGRATION_ABOVE, MIGRATION_SERVICES, SME_LARGE_ABOVE, SME_LARGE_SERVICES, SME_SEATS_ABOVE, SME_SERVICES,
    },
};
use crate::{
    playbook::{Fact, ServiceId},
    rules::milestones::{active_users, known},
};

/// The service that only schools have in scope.
const SCHOOLS: &str = "classroom-sds";

/// Whether a benefit for approved enterprise customers is there; `below` is what fewer seats mean for an approved one.
fn enterprise(case: &Case, below: Verdict) -> Vec<Finding> {
    let seats = known(case.engagement.seats());
    let approved = case.engagement.fact(Fact::Enterprise);
    let verdict = match (seats, approved) {
        (_, Some(false)) => Verdict::NotMet,
        (None, _) => Verdict::Unknown,
        (Some(seats), Some(true)) if seats >= ENTERPRISE_SEATS => Verdict::Applies,
        (Some(_), Some(true)) => below,
        (Some(seats), None) if seats >= ENTERPRISE_SEATS => Verdict::Unknown,
        (Some(_), None) => Verdict::NotMet,
    };
    vec![case.says(verdict).with("seats", seats)]
}

/// An approved customer with fewer seats is an exception, which somebody has to have granted.
pub(super) fn enterprise_additional_benefit(case: &Case) -> Vec<Finding> {
    enterprise(case, Verdict::Attention)
}

pub(super) fn enhanced_adoption_services(case: &Case) -> Vec<Finding> {
    enterprise(case, Verdict::NotMet)
}

pub(super) fn migration_benefit(case: &Case) -> Vec<Finding> {
    case.for_each_of(MIGRATION_SERVICES, |service| {
        let entitlements = case.engagement.entitlements(service);
        let verdict = match entitlements {
            None => Verdict::Unknown,
            Some(number) if number > MIGRATION_ABOVE => Verdict::Applies,
            Some(_) => Verdict::NotMet,
        };
        case.says(verdict).with("entitlements", entitlements)
    })
}

/// Counts the readings of Skype for Business, which may have left the scope already.
pub(super) fn teams_mid_touch(case: &Case) -> Vec<Finding> {
    let skype = ServiceId::from("skype-for-business");
    let users = active_users(case.engagement, &skype, case.today);
    case.for_each_of(&["teams"], |_| {
        let verdict = match users {
            None => Verdict::Unknown,
            Some((_, users)) if (MID_TOUCH_FROM..=MID_TOUCH_TO).contains(&users) => Verdict::Applies,
            Some(_) => Verdict::NotMet,
        };
        let finding = case.says(verdict).with("users", users.map(|(_, users)| users));
        finding.on(users.map(|(day, _)| day))
    })
}

fn people_help(case: &Case, services: &[&str], above: u32) -> Vec<Finding> {
    let seats = known(case.engagement.seats());
    case.for_each_of(services, |_| {
        let verdict = match seats {
            None => Verdict::Unknown,
            Some(seats) if seats > above => Verdict::Applies,
            Some(_) => Verdict::NotMet,
        };
        case.says(verdict).with("seats", seats)
    })
}

pub(super) fn sme_request_seats(case: &Case) -> Vec<Finding> {
    people_help(case, SME_SERVICES, SME_SEATS_ABOVE)
}

pub(super) fn sme_request_large(case: &Case) -> Vec<Finding> {
    people_help(case, SME_LARGE_SERVICES, SME_LARGE_ABOVE)
}

/// A school is known by its service; how many of its seats are faculty and staff is not.
pub(super) fn eligible_customer(case: &Case) -> Vec<Finding> {
    let seats = known(case.engagement.seats());
    let is_school = case.engagement.has_service(&SCHOOLS.into());
    let verdict = match seats {
        None => Verdict::Unknown,
        Some(seats) if is_school && seats >= EDUCATION_FROM => Verdict::Unknown,
        Some(seats) if !is_school && seats >= COMMERCIAL_FROM => Verdict::Met,
        Some(_) => Verdict::NotMet,
    };
    vec![case.says(verdict).with("seats", seats)]
}

/// Whether a customer success manager is assigned stands with the people, so this names the workloads only.
pub(super) fn csm_handshake_workloads(case: &Case) -> Vec<Finding> {
    case.for_each_of(HANDSHAKE_SERVICES, |_| case.says(Verdict::Applies))
}
