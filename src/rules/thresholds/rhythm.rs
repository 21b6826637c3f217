//! What comes round: first contact, reviews, status notes, attempts.

use super::{
    Case, Finding, Verdict,
    numbers::{ATTEMPTS, REVIEW_WEEKS_FROM, REVIEW_WEEKS_TO, STATUS_DAYS_MOST, STATUS_WEEKS},
};
use crate::{
    engagement::{EntryField, EntryKind, Field, ServiceField, StateKey},
    playbook::{Fact, Place},
    rules::deadlines::{REQUEST, first_contact_day, first_contact_task, later, next_meeting},
};

/// The three rounds with the steps in which they are set up.
const ROUNDS: [(&str, &str); 3] = [
    (
        "program",
        "set-up-governance-review-cadence/schedule-fasttrack-program-governance-reviews",
    ),
    (
        "customer",
        "set-up-governance-review-cadence/schedule-customer-facing-health-reviews",
    ),
    (
        "internal",
        "set-up-governance-review-cadence/schedule-microsoft-internal-health-reviews",
    ),
];

/// Counts for requests only; a task settled without a day has been settled in time for all we know.
pub(super) fn first_contact_rfa(case: &Case) -> Vec<Finding> {
    match case.engagement.motion() {
        None => return vec![case.says(Verdict::Unknown)],
        Some(motion) if motion.as_str() != REQUEST => return Vec::new(),
        Some(_) => {}
    }
    let Some(day) = first_contact_day(case.engagement) else {
        return vec![case.says(Verdict::Unknown)];
    };
    let task = first_contact_task();
    let is_settled = case.engagement.task_state(&task, &StateKey::Whole).settles();
    let verdict = if is_settled {
        match case.engagement.done_on(&task) {
            Some(done) if done > day => Verdict::NotMet,
            _ => Verdict::Met,
        }
    } else if case.today > day {
        Verdict::Attention
    } else {
        Verdict::Applies
    };
    vec![case.says(verdict).on(day)]
}

pub(super) fn governance_review_cadence(case: &Case) -> Vec<Finding> {
    let mut found = Vec::new();
    for (round, step) in ROUNDS {
        let put = |finding: Finding| Finding {
            place: Place::parse(step),
            ..finding
        };
        let before = found.len();
        let meetings = case.engagement.entries(EntryKind::Meeting);
        for meeting in meetings.filter(|meeting| meeting.text(EntryField::Round) == round) {
            let weeks = meeting.number(EntryField::Weeks);
            let verdict = match weeks {
                None => Verdict::Unknown,
                Some(weeks) if (REVIEW_WEEKS_FROM..=REVIEW_WEEKS_TO).contains(&weeks) => Verdict::Met,
                Some(_) => Verdict::Attention,
            };
            let finding = case.says(verdict).with("weeks", weeks);
            found.push(put(finding.on(next_meeting(&meeting, case.today))));
        }
        if found.len() == before {
            found.push(put(case.says(Verdict::NotMet)));
        }
    }
    found
}

/// The status of the newest note: up to date within two weeks, then `late` up to this many days, then old.
fn status(case: &Case, most: u32, late: Verdict) -> Vec<Finding> {
    if case.engagement.field_day(Field::ClosedOn).is_some() {
        return Vec::new();
    }
    let Some(note) = case.engagement.newest_note(case.today) else {
        return vec![case.says(Verdict::Unknown)];
    };
    let due = STATUS_WEEKS * 7;
    let age = u32::try_from((case.today - note).num_days()).unwrap_or_default();
    let (verdict, by) = if age <= due {
        (Verdict::Met, due)
    } else if age <= most {
        (late, most)
    } else {
        (Verdict::Attention, most)
    };
    vec![case.says(verdict).with("days", age).on(later(note, by))]
}

pub(super) fn overall_status_frequency(case: &Case) -> Vec<Finding> {
    status(case, STATUS_WEEKS * 7, Verdict::Attention)
}

pub(super) fn enterprise_status_frequency(case: &Case) -> Vec<Finding> {
    if case.engagement.fact(Fact::Enterprise) != Some(true) {
        return Vec::new();
    }
    status(case, STATUS_DAYS_MOST, Verdict::Applies)
}

/// Where the status says that nobody answers. The number is an example, so fewer attempts are no fault; none are.
pub(super) fn unresponsive_attempts(case: &Case) -> Vec<Finding> {
    case.for_each_service(|service| {
        if case.engagement.service_text(service, ServiceField::Reason) != "customer-unresponsive" {
            return None;
        }
        let attempts = case.engagement.service_number(service, ServiceField::Attempts);
        let verdict = match attempts {
            None => Verdict::Unknown,
            Some(0) => Verdict::Attention,
            Some(attempts) if attempts >= ATTEMPTS => Verdict::Met,
            Some(_) => Verdict::NotMet,
        };
        Some(case.says(verdict).with("attempts", attempts))
    })
}
