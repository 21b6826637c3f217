//! What the fields of an engagement are called, by their names in files.

use super::words::W;
use crate::engagement::{EntryKind, Factor};

/// What an entry of a list is.
#[must_use]
pub fn entry(kind: EntryKind) -> W {
    match kind {
        EntryKind::Reading => W::reading,
        EntryKind::Migration => W::migration_event,
        EntryKind::Part => W::part_of_entitlements,
        EntryKind::Scenario => W::migration_scenario,
        EntryKind::Goal => W::goal,
        EntryKind::Action => W::action,
        EntryKind::Metric => W::metric,
        EntryKind::Measurement => W::measurement,
        EntryKind::Meeting => W::meeting,
        EntryKind::Handover => W::handover,
    }
}

/// One of the four of SSAT.
#[must_use]
pub fn factor(factor: Factor) -> W {
    match factor {
        Factor::Stakeholders => W::stakeholders,
        Factor::Scenarios => W::scenarios,
        Factor::Awareness => W::awareness,
        Factor::Training => W::training,
    }
}

/// The field of a section; `None` for one that this version does not know.
#[must_use]
pub fn field(section: &str, name: &str) -> Option<W> {
    let word = match section {
        "about" => of_customer(name),
        "services" => of_service(name),
        "tasks" | "checks" => of_task(name),
        "picture" => of_picture(name),
        "completion" | "calendar" => of_completion(name),
        "processes" => of_process(name),
        _ => None,
    };
    word.or_else(|| of_entry(section, name))
}

fn of_customer(name: &str) -> Option<W> {
    Some(match name {
        "name" => W::customer_name,
        "tenant" => W::tenant,
        "country" => W::country,
        "region" => W::region,
        "seats" => W::seats,
        "language" => W::language,
        "motion" => W::motion,
        "on" => W::date,
        "fast_track_manager" => W::fast_track_manager,
        "archived" => W::archive,
        _ => return None,
    })
}

fn of_service(name: &str) -> Option<W> {
    Some(match name {
        "in_scope" => W::in_scope,
        "entitlements" => W::entitlements,
        "status" => W::entitlement_status,
        "reason" => W::reason,
        "status_owner" => W::status_owner,
        "status_note" => W::status_note,
        "status_next_action" => W::next_action_date,
        "attempts" => W::attempts,
        "start_date" => W::start_date,
        "start_date_before" => W::start_date_before,
        "start_date_reason" => W::start_date_reason,
        "target" => W::target_date,
        "business_reason" => W::business_reason,
        "success_owner" => W::success_owner,
        "service_status" => W::service_status,
        "no_blocker_by" => W::no_blocker_by,
        "no_blocker_on" => W::no_blocker_on,
        "forecast_10" => W::forecast_10,
        "forecast_40" => W::forecast_40,
        "agreed_users" => W::agreed_users,
        "discussed_on" => W::discussed_on,
        "discussed_with" => W::discussed_with,
        _ => return None,
    })
}

fn of_task(name: &str) -> Option<W> {
    Some(match name {
        "state" | "states" => W::state,
        "before" | "befores" => W::state_before,
        "reason" | "reasons" => W::reason,
        "done_on" => W::done_on,
        "owner" => W::owner,
        "due" => W::due,
        "comment" => W::comment,
        "done" => W::ticked,
        "evidence" => W::evidence,
        _ => return None,
    })
}

fn of_picture(name: &str) -> Option<W> {
    Some(match name {
        "industry" => W::industry,
        "business" => W::business,
        "organisation" => W::organisation,
        "project_roles" => W::project_roles,
        "account_goals" => W::account_goals,
        "success" => W::success_means,
        _ => return None,
    })
}

fn of_completion(name: &str) -> Option<W> {
    Some(match name {
        "account_team_mail_on" => W::account_team_mail_on,
        "customer_mail_on" => W::customer_mail_on,
        "another_workload" => W::another_workload,
        "rfa_shown" => W::rfa_shown,
        "queue_mail_on" => W::queue_mail_on,
        "queue" => W::queue,
        "queue_moved_on" => W::queue_moved_on,
        "queue_seen_by" => W::queue_seen_by,
        "released_on" => W::released_on,
        "next_action" => W::next_action_date,
        "closed_on" => W::engagement_closed_on,
        "follow_on" => W::follow_on,
        "follows_on" => W::follows_on,
        "review_outcome" => W::review_outcome,
        "weekend" => W::weekend,
        _ => return None,
    })
}

fn of_process(name: &str) -> Option<W> {
    Some(match name {
        "closed_on" => W::process_closed_on,
        "closed_reason" => W::process_closed_reason,
        "closed_services" => W::process_closed_services,
        _ => return None,
    })
}

fn of_entry(section: &str, name: &str) -> Option<W> {
    Some(match (section, name) {
        (_, "removed") => W::in_its_list,
        (_, "service") => W::service,
        ("goals", "on") => W::goal_on,
        (_, "on") => W::date,
        ("migrations", "users") => W::users_migrated,
        (_, "users") => W::active_users,
        (_, "source") => W::source_report,
        (_, "status") => W::entitlement_status,
        (_, "reason") => W::reason,
        (_, "entitlements") => W::entitlements,
        (_, "name") => W::name,
        (_, "horizon") => W::horizon,
        (_, "owner") => W::owner,
        (_, "due") => W::due,
        (_, "state") => W::state,
        (_, "baseline") => W::baseline,
        (_, "target") => W::target_value,
        (_, "metric") => W::metric,
        (_, "value") => W::value,
        (_, "round") => W::review_round,
        (_, "weeks") => W::every_weeks,
        (_, "with") => W::with_whom,
        (_, "to") => W::handed_to,
        (_, "language") => W::language,
        (_, "tool") => W::tool,
        (_, "start") => W::first_on,
        (_, "next") => W::next_on,
        _ => return None,
    })
}

/// An id of a choice whose words are the app's own.
#[must_use]
pub fn choice(path: &[&str], id: &str) -> Option<W> {
    Some(match (path, id) {
        (["goals", _, "horizon"], "short") => W::horizon_short,
        (["goals", _, "horizon"], "long") => W::horizon_long,
        (["actions", _, "state"], "open") => W::action_open,
        (["actions", _, "state"], "in-progress") => W::action_in_progress,
        (["actions", _, "state"], "done") => W::action_done,
        (["actions", _, "state"], "dropped") => W::action_dropped,
        (["meetings", _, "round"], "program") => W::round_program,
        (["meetings", _, "round"], "customer") => W::round_customer,
        (["meetings", _, "round"], "internal") => W::round_internal,
        (["services", _, "ssat", _, "state"], "confirmed") => W::factor_confirmed,
        (["services", _, "ssat", _, "state"], "planned") => W::factor_planned,
        (["services", _, "ssat", _, "state"], "gap") => W::factor_gap,
        (["services", _, "answers", _], "yes") => W::yes,
        (["services", _, "answers", _], "no") => W::no,
        (["calendar", "weekend"], "sat-sun") => W::weekend_sat_sun,
        (["calendar", "weekend"], "fri-sat") => W::weekend_fri_sat,
        (["calendar", "weekend"], "fri") => W::weekend_fri,
        (["calendar", "weekend"], "sun") => W::weekend_sun,
        (["calendar", "weekend"], "none") => W::weekend_none,
        (["completion", "another_workload"], "none") => W::no_other_workload,
        _ => return None,
    })
}
