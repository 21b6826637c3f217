//! What a deadline is, in a word of the app; the day and the customer are added where it shows.

use super::words::W;

/// The word for a deadline's rule; `None` for the day that a person has set for a task, which is no rule.
#[must_use]
pub fn deadline_word(rule: &str) -> Option<W> {
    Some(match rule {
        "first-contact-rfa" => W::deadline_first_contact,
        "post-migration-issue-report" => W::deadline_issue_report,
        "governance-review-cadence" => W::deadline_review,
        "next-action" | "next-action-date-after-completion" => W::deadline_next_action,
        "overall-status-frequency" | "enterprise-status-frequency" => W::deadline_status_note,
        "target" => W::deadline_target,
        "status-next-action" => W::deadline_status_next_action,
        "forecast-10" => W::deadline_forecast_10,
        "forecast-40" => W::deadline_forecast_40,
        "action" => W::deadline_action,
        "meeting" => W::deadline_meeting,
        _ => return None,
    })
}
