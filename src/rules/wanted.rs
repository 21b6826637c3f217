//! Which fact is missing where a threshold has no answer yet.
//!
//! A threshold only says that something has to be known first. What that is follows from the threshold and from what the
//! engagement already records; it is asked for here, so that a person can be led to where it is written down.

use super::{
    Finding, Verdict,
    deadlines::REQUEST,
    milestones::{active_users, base, known, newest_reading},
};
use crate::{
    engagement::{Engagement, EntryField, EntryKind, ServiceField},
    playbook::{Fact, ServiceId},
};
use chrono::NaiveDate;

/// A fact that is missing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wanted {
    /// Seats of the tenant.
    Seats,
    /// How many of them are faculty and staff; an engagement has no field for it.
    Staff,
    /// The way into the engagement.
    Motion,
    /// The day of assignment.
    AssignedOn,
    /// Services in scope.
    Services,
    /// The answer to a question about the customer.
    Fact(Fact),
    /// A reading of active users.
    Reading(ServiceId),
    /// The report from which the newest reading was taken.
    Source(ServiceId),
    /// Entitlements.
    Entitlements(ServiceId),
    /// The entitlement status.
    Status(ServiceId),
    /// The entitlements of each line of a split status.
    Parts(ServiceId),
    /// The entitlements of each migration scenario.
    Scenarios(ServiceId),
    /// The number of users to migrate, as agreed.
    AgreedUsers(ServiceId),
    /// The forecast dates.
    Forecasts(ServiceId),
    /// The attempts to reach the customer.
    Attempts(ServiceId),
    /// The day of a migration event.
    MigrationDay,
    /// Every how many weeks a meeting is held.
    Weeks,
    /// A measured value for each metric with a target.
    Measurements,
    /// A note with its day.
    Note,
}

/// What is missing for a finding; nothing where it is not unknown.
#[must_use]
pub fn wanted(engagement: &Engagement, finding: &Finding, today: NaiveDate) -> Vec<Wanted> {
    if finding.verdict != Verdict::Unknown {
        return Vec::new();
    }
    let gaps = Gaps { engagement, today };
    match &finding.service {
        Some(service) => gaps.of_service(finding.rule, service),
        None => gaps.of_engagement(finding.rule),
    }
}

struct Gaps<'a> {
    engagement: &'a Engagement,
    today: NaiveDate,
}

impl Gaps<'_> {
    fn of_engagement(&self, rule: &str) -> Vec<Wanted> {
        let one = self.engagement;
        let fact = |fact| one.fact(fact).is_none().then_some(Wanted::Fact(fact));
        match rule {
            "first-contact-rfa" => match one.motion() {
                Some(motion) if motion.as_str() == REQUEST => vec![Wanted::AssignedOn],
                _ => vec![Wanted::Motion],
            },
            "one-discussion-per-workload" => vec![Wanted::Services],
            "success-review-end" => {
                let services = one.services_in_scope();
                let usage = services.iter().flat_map(|service| self.usage(service));
                let gaps: Vec<Wanted> = usage.chain(fact(Fact::AnotherWorkload)).collect();
                match services.is_empty() || gaps.is_empty() {
                    // No service that the customer intends to use.
                    true => std::iter::once(Wanted::Services).chain(gaps).collect(),
                    false => gaps,
                }
            }
            "enterprise-additional-benefit" | "enhanced-adoption-services" => {
                self.seats().into_iter().chain(fact(Fact::Enterprise)).collect()
            }
            "automated-onboarding-limit" => vec![Wanted::Seats],
            "eligible-customer" => vec![self.seats().unwrap_or(Wanted::Staff)],
            "adoption-target" => vec![Wanted::Measurements],
            "governance-review-cadence" => vec![Wanted::Weeks],
            "overall-status-frequency" | "enterprise-status-frequency" => vec![Wanted::Note],
            "post-migration-issue-report" => vec![Wanted::MigrationDay],
            _ => Vec::new(),
        }
    }

    fn of_service(&self, rule: &str, service: &ServiceId) -> Vec<Wanted> {
        let one = self.engagement;
        match rule {
            "enablement-complete" => self.reading(service).into_iter().chain(self.seats()).collect(),
            "active-usage-source" => vec![self.reading(service).unwrap_or(Wanted::Source(service.clone()))],
            "service-status-adoption" | "service-status-operation" => self
                .reading(service)
                .into_iter()
                .chain(self.entitlements(service))
                .collect(),
            "migration-complete" => vec![Wanted::AgreedUsers(service.clone())],
            "migration-benefit" => vec![Wanted::Entitlements(service.clone())],
            "forecast-milestones" if one.assigned_on().is_none() => vec![Wanted::AssignedOn],
            "forecast-milestones" => vec![Wanted::Forecasts(service.clone())],
            "unresponsive-attempts" => vec![Wanted::Attempts(service.clone())],
            "teams-mid-touch" => vec![Wanted::Reading("skype-for-business".into())],
            "sme-request-seats" | "sme-request-large" => vec![Wanted::Seats],
            "entitlements-sum" => {
                let parts = self.uncounted(EntryKind::Part, service);
                let parts = parts.then(|| Wanted::Parts(service.clone()));
                parts.into_iter().chain(self.entitlements(service)).collect()
            }
            "migration-scenarios-sum" => self.scenarios(service),
            "post-migration-issue-report" => vec![Wanted::MigrationDay],
            _ => self.usage(service),
        }
    }

    fn seats(&self) -> Option<Wanted> {
        known(self.engagement.seats()).is_none().then_some(Wanted::Seats)
    }

    fn entitlements(&self, service: &ServiceId) -> Option<Wanted> {
        let missing = known(self.engagement.entitlements(service)).is_none();
        missing.then(|| Wanted::Entitlements(service.clone()))
    }

    fn reading(&self, service: &ServiceId) -> Option<Wanted> {
        let missing = newest_reading(self.engagement, service, self.today).is_none();
        missing.then(|| Wanted::Reading(service.clone()))
    }

    /// What a share of active users is counted from.
    fn usage(&self, service: &ServiceId) -> Vec<Wanted> {
        let base = base(self.engagement, service);
        let base = base.is_none().then(|| Wanted::Entitlements(service.clone()));
        let users = active_users(self.engagement, service, self.today);
        let users = users.is_none().then(|| Wanted::Reading(service.clone()));
        users.into_iter().chain(base).collect()
    }

    /// Whether an entry of a service has no number of entitlements.
    fn uncounted(&self, kind: EntryKind, service: &ServiceId) -> bool {
        self.engagement
            .entries(kind)
            .filter(|entry| entry.text(EntryField::Service) == service.as_str())
            .any(|entry| entry.number(EntryField::Entitlements).is_none())
    }

    fn scenarios(&self, service: &ServiceId) -> Vec<Wanted> {
        let one = self.engagement;
        let scenarios = self
            .uncounted(EntryKind::Scenario, service)
            .then(|| Wanted::Scenarios(service.clone()));
        let split = one
            .entries(EntryKind::Part)
            .any(|part| part.text(EntryField::Service) == service.as_str());
        let whole = match (split, one.service_text(service, ServiceField::Status)) {
            (true, _) => self
                .uncounted(EntryKind::Part, service)
                .then(|| Wanted::Parts(service.clone())),
            (false, "") => Some(Wanted::Status(service.clone())),
            (false, "in-progress") => self.entitlements(service),
            (false, _) => None,
        };
        scenarios.into_iter().chain(whole).collect()
    }
}
