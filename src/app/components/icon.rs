//! Small drawings, each a shape of its own, so that nothing is told by colour alone. Decoration for screen readers.

use crate::{playbook::TaskState, rules::ProcessState};
use leptos::prelude::*;

/// A drawing of 16 units, in the colour of its text.
#[component]
pub fn Icon(
    /// Its name.
    #[prop(into)]
    name: Signal<&'static str>,
) -> impl IntoView {
    view! {
        <svg class="i" aria-hidden="true" viewBox=move || if name.get() == "brand" { "0 0 24 24" } else { "0 0 16 16" }>
            <path d=move || outline(name.get())></path>
            <path class="solid" d=move || solid(name.get())></path>
            <path class="cut" d=move || cut(name.get())></path>
        </svg>
    }
}

const RING: &str = "M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0z";

fn outline(name: &str) -> &'static str {
    match name {
        "brand" => "M4 20V8a4 4 0 0 1 8 0v8a4 4 0 0 0 8 0V4",
        "open" | "active" => RING,
        "none" => "M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0zM5.5 8h5",
        "cancel" => "M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0zM6 6l4 4m0-4-4 4",
        "past" => "M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0zM8 4.8V8l2.2 1.4",
        "waiting" => "M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0zM6.6 6v4M9.4 6v4",
        "warning" => "M8 2.5 14 13H2zM8 6.5v3M8 11.3v.1",
        "blocked" => "M5.7 2.5h4.6l3.2 3.2v4.6l-3.2 3.2H5.7l-3.2-3.2V5.7zM5 8h6",
        "check" => "m3.5 8.5 3 3 6-7",
        "gap" | "plus" => "M8 3.5v9M3.5 8h9",
        "down" => "m4 6 4 4 4-4",
        "right" => "M3 8h10m0 0L9.5 4.5M13 8l-3.5 3.5",
        "shield" => "M8 2 3 4v4c0 3 2.2 5 5 6 2.8-1 5-3 5-6V4zM5.8 8l1.6 1.6 2.8-3.2",
        "share" => "M8 9.5V2.5M5.5 5 8 2.5 10.5 5M3 9v4.5h10V9",
        "in" => "M8 2.5v7M5.5 7 8 9.5 10.5 7M3 9v4.5h10V9",
        "disk" => "M3 3h8l2 2v8H3zM5.5 13V9.5h5V13M5.5 3v2.5h4V3",
        "newer" => "M8 13V3.5M4.5 7 8 3.5 11.5 7",
        "clash" => "M2.5 5.5h8m0 0L8 3m2.5 2.5L8 8M13.5 10.5h-8m0 0L8 8m-2.5 2.5L8 13",
        "same" => "M4 6.2h8M4 9.8h8",
        "unknown" => "M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0zM6.5 6.5A1.6 1.6 0 1 1 8 8.3v.6M8 11v.1",
        "copy" => "M6 6h7v7H6zM10 6V3H3v7h3",
        "x" => "m4 4 8 8m0-8-8 8",
        "ext" => "M7 4H4v8h8V9M9.5 3H13v3.5M13 3 7.5 8.5",
        "gear" => {
            "M10.2 8a2.2 2.2 0 1 1-4.4 0 2.2 2.2 0 0 1 4.4 0zM8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4"
        }
        "archive" => "M2.5 3h11v3h-11zM3.5 6v7h9V6M6.5 8.5h3",
        "undo" => "M3.5 6h6a3.5 3.5 0 0 1 0 7H7M6 3.5 3.5 6 6 8.5",
        "trash" => "M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.5 9h6l.5-9M7 7v4M9 7v4",
        "edit" => "M3 13l.6-2.8L10.8 3l2.2 2.2-7.2 7.2z",
        _ => "",
    }
}

fn solid(name: &str) -> &'static str {
    match name {
        "active" => "M8 2.5a5.5 5.5 0 0 1 0 11z",
        "complete" => "M14.2 8A6.2 6.2 0 1 1 1.8 8a6.2 6.2 0 0 1 12.4 0z",
        "brand" => "M6 20a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM22 4a2 2 0 1 1-4 0 2 2 0 0 1 4 0z",
        _ => "",
    }
}

fn cut(name: &str) -> &'static str {
    match name {
        "complete" => "m5.2 8.2 2 2 3.6-4",
        _ => "",
    }
}

/// The colour group and the drawing of a state. Waiting, at risk and settled-without-doing have drawings of their own.
#[must_use]
pub fn of_state(state: TaskState) -> (&'static str, &'static str) {
    match state {
        TaskState::NotStarted => ("open", "open"),
        TaskState::InProgress => ("active", "active"),
        TaskState::Warning => ("warning", "warning"),
        TaskState::Complete => ("closed", "complete"),
        TaskState::NotRequired => ("none", "none"),
        TaskState::Cancelled => ("none", "cancel"),
        TaskState::PausedCustomerDelay | TaskState::DeferredCustomerExtendedDelay => ("waiting", "waiting"),
        TaskState::BlockedPendingRemediation
        | TaskState::BlockedTechnicalCustomer
        | TaskState::BlockedBusiness
        | TaskState::BlockedOther
        | TaskState::BlockedTechnicalMs => ("blocked", "blocked"),
    }
}

/// The colour group and the drawing of a process on the path.
#[must_use]
pub fn of_process(state: ProcessState) -> (&'static str, &'static str) {
    match state {
        ProcessState::OutOfScope => ("none", "none"),
        ProcessState::Open => ("open", "open"),
        ProcessState::InProgress => ("active", "active"),
        ProcessState::Blocked => ("blocked", "blocked"),
        ProcessState::Settled | ProcessState::Closed => ("closed", "complete"),
        ProcessState::NewScope => ("active", "warning"),
    }
}
