//! What is open by which day in one engagement: from the playbook's own rules and from the dates that people wrote
//! down.
//!
//! Only what is still open stands here, also when its day has passed. Of a closed engagement only the next action is
//! left.

use super::{
    Calendar, Reached, keys_at, milestones,
    overview::look,
    survey::OpenTask,
    task_scope,
    thresholds::numbers::{FIRST_CONTACT, ISSUE_REPORT, STATUS_WEEKS},
};
use crate::{
    engagement::{Engagement, EntryField, EntryKind, Field, ListEntry, ServiceField},
    playbook::{EntryId, Fact, Place, ServiceId, Structure, TaskId},
};
use chrono::{Days, NaiveDate};

/// The task that records the first contact.
const FIRST_CONTACT_TASK: &str = "3616";
/// The task that tells the customer to report issues after a migration.
const ISSUE_REPORT_TASK: &str = "2543";
/// The way in that begins with a request for assistance.
pub(super) const REQUEST: &str = "rfa";

/// Something open by a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The id of the threshold it follows, or what it is: one of [`DEADLINES`].
    pub rule: &'static str,
    /// The day.
    pub day: NaiveDate,
    /// The task that settles it.
    pub task: Option<TaskId>,
    /// The step where that task stands.
    pub place: Option<Place>,
    /// The service it is about.
    pub service: Option<ServiceId>,
    /// The entry it is about: a migration event, an action of the plan, a meeting.
    pub entry: Option<EntryId>,
}

/// Every value of [`Deadline::rule`]: first the thresholds, then the dates that people wrote down.
pub const DEADLINES: [&str; 14] = [
    "first-contact-rfa",
    "post-migration-issue-report",
    "governance-review-cadence",
    "next-action-date-after-completion",
    "overall-status-frequency",
    "enterprise-status-frequency",
    "due",
    "target",
    "status-next-action",
    "forecast-10",
    "forecast-40",
    "action",
    "meeting",
    "next-action",
];

impl Deadline {
    fn new(rule: &'static str, day: NaiveDate) -> Self {
        debug_assert!(DEADLINES.contains(&rule));
        Self {
            rule,
            day,
            task: None,
            place: None,
            service: None,
            entry: None,
        }
    }

    fn of_service(rule: &'static str, day: NaiveDate, service: &ServiceId) -> Self {
        Self {
            service: Some(service.clone()),
            ..Self::new(rule, day)
        }
    }

    fn of_entry(rule: &'static str, day: NaiveDate, entry: &ListEntry) -> Self {
        Self {
            entry: entry.id(),
            service: entry.service(),
            ..Self::new(rule, day)
        }
    }

    fn settled_by(self, task: &TaskId, place: Place) -> Self {
        Self {
            task: Some(task.clone()),
            place: Some(place),
            ..self
        }
    }
}

/// All open deadlines of an engagement, by day.
#[must_use]
pub fn deadlines(structure: &Structure, engagement: &Engagement, today: NaiveDate) -> Vec<Deadline> {
    deadlines_of(structure, engagement, &look(structure, engagement).1, today)
}

/// The same, with the open tasks in hand.
pub(super) fn deadlines_of(
    structure: &Structure,
    engagement: &Engagement,
    open: &[OpenTask],
    today: NaiveDate,
) -> Vec<Deadline> {
    let mut found = Vec::new();
    if engagement.field_day(Field::ClosedOn).is_none() {
        first_contact(structure, engagement, &mut found);
        issue_reports(structure, engagement, today, &mut found);
        tasks(engagement, open, &mut found);
        services(engagement, today, &mut found);
        actions(engagement, &mut found);
        meetings(engagement, today, &mut found);
        status(engagement, today, &mut found);
    }
    next_action(engagement, today, &mut found);
    found.sort_by_key(|deadline| deadline.day);
    found
}

/// Where a task that is asked for stands open: the first such place.
fn open_at(structure: &Structure, engagement: &Engagement, task: &TaskId) -> Option<Place> {
    let is_open = |place: &&Place| {
        task_scope(structure, engagement, place, task).is_ok()
            && keys_at(structure, engagement, place, task)
                .iter()
                .any(|key| !engagement.task_state(task, key).settles())
    };
    structure.tasks.get(task)?.places.iter().find(is_open).cloned()
}

fn tasks(engagement: &Engagement, open: &[OpenTask], found: &mut Vec<Deadline>) {
    for task in open {
        if let Some(due) = engagement.due(task.row.task) {
            found.push(Deadline::new("due", due).settled_by(task.row.task, task.place.clone()));
        }
    }
}

/// The day by which a customer who asked for assistance is contacted.
pub(super) fn first_contact_day(engagement: &Engagement) -> Option<NaiveDate> {
    Calendar::of(engagement).after(engagement.assigned_on()?, FIRST_CONTACT)
}

/// The task that records the first contact.
pub(super) fn first_contact_task() -> TaskId {
    FIRST_CONTACT_TASK.into()
}

fn first_contact(structure: &Structure, engagement: &Engagement, found: &mut Vec<Deadline>) {
    let task = first_contact_task();
    if engagement.motion().is_some_and(|motion| motion.as_str() == REQUEST)
        && let Some(place) = open_at(structure, engagement, &task)
        && let Some(day) = first_contact_day(engagement)
    {
        found.push(Deadline::new("first-contact-rfa", day).settled_by(&task, place));
    }
}

/// How the report of issues after a migration event stands.
pub(super) enum IssueReport {
    /// The task is open, at this place.
    Open(TaskId, Place),
    /// The task is settled.
    Settled,
    /// No task asks for it for this service: the time runs out by itself.
    NoTask,
}

/// The day by which issues are reported after a migration event, and how that stands.
pub(super) fn issue_report(
    structure: &Structure,
    engagement: &Engagement,
    event: &ListEntry,
) -> Option<(NaiveDate, IssueReport)> {
    let day = Calendar::of(engagement).after(event.day(EntryField::On)?, ISSUE_REPORT)?;
    let task: TaskId = ISSUE_REPORT_TASK.into();
    let asked_for = structure.tasks.get(&task).is_some_and(|facts| {
        event.service().is_none_or(|service| facts.services.contains(&service))
            && facts
                .places
                .iter()
                .any(|place| task_scope(structure, engagement, place, &task).is_ok())
    });
    let report = match open_at(structure, engagement, &task) {
        _ if !asked_for => IssueReport::NoTask,
        Some(place) => IssueReport::Open(task, place),
        None => IssueReport::Settled,
    };
    Some((day, report))
}

fn issue_reports(structure: &Structure, engagement: &Engagement, today: NaiveDate, found: &mut Vec<Deadline>) {
    const RULE: &str = "post-migration-issue-report";
    for event in engagement.entries(EntryKind::Migration) {
        match issue_report(structure, engagement, &event) {
            Some((day, IssueReport::Open(task, place))) => {
                found.push(Deadline::of_entry(RULE, day, &event).settled_by(&task, place));
            }
            Some((day, IssueReport::NoTask)) if day >= today => found.push(Deadline::of_entry(RULE, day, &event)),
            _ => {}
        }
    }
}

fn services(engagement: &Engagement, today: NaiveDate, found: &mut Vec<Deadline>) {
    for service in &engagement.services_in_scope() {
        let reached = milestones(engagement, service, today);
        let mut put = |rule, field, open: bool| {
            if let Some(day) = engagement.service_day(service, field)
                && open
            {
                found.push(Deadline::of_service(rule, day, service));
            }
        };
        let is_enabled = reached.enablement == Reached::Yes || reached.by_word;
        put("target", ServiceField::Target, !is_enabled);
        put("status-next-action", ServiceField::StatusNextAction, true);
        put("forecast-10", ServiceField::ForecastTen, reached.ten != Reached::Yes);
        put(
            "forecast-40",
            ServiceField::ForecastForty,
            reached.forty != Reached::Yes,
        );
    }
}

fn actions(engagement: &Engagement, found: &mut Vec<Deadline>) {
    for action in engagement.entries(EntryKind::Action) {
        if let Some(due) = action.day(EntryField::Due)
            && !matches!(action.text(EntryField::State), "done" | "dropped")
        {
            found.push(Deadline::of_entry("action", due, &action));
        }
    }
}

/// The next date of a meeting: as written, else the first one of its series that is not before today.
pub(super) fn next_meeting(meeting: &ListEntry, today: NaiveDate) -> Option<NaiveDate> {
    if let Some(next) = meeting.day(EntryField::Next) {
        return Some(next);
    }
    let start = meeting.day(EntryField::Start)?;
    if start >= today {
        return Some(start);
    }
    let every = 7 * u64::from(meeting.number(EntryField::Weeks).filter(|weeks| *weeks > 0)?);
    let gone = u64::try_from((today - start).num_days()).ok()?;
    start.checked_add_days(Days::new(gone.div_ceil(every) * every))
}

fn meetings(engagement: &Engagement, today: NaiveDate, found: &mut Vec<Deadline>) {
    for meeting in engagement.entries(EntryKind::Meeting) {
        if let Some(next) = next_meeting(&meeting, today) {
            let rule = match meeting.text(EntryField::Round) {
                "" => "meeting",
                _ => "governance-review-cadence",
            };
            found.push(Deadline::of_entry(rule, next, &meeting));
        }
    }
}

fn status(engagement: &Engagement, today: NaiveDate, found: &mut Vec<Deadline>) {
    let rule = match engagement.fact(Fact::Enterprise) {
        Some(true) => "enterprise-status-frequency",
        _ => "overall-status-frequency",
    };
    let due = engagement
        .newest_note(today)
        .and_then(|day| later(day, STATUS_WEEKS * 7));
    found.extend(due.map(|day| Deadline::new(rule, day)));
}

/// The day that many days later.
pub(super) fn later(day: NaiveDate, days: u32) -> Option<NaiveDate> {
    day.checked_add_days(Days::new(u64::from(days)))
}

fn next_action(engagement: &Engagement, today: NaiveDate, found: &mut Vec<Deadline>) {
    let deadline = match engagement.field_day(Field::NextAction) {
        Some(day) => Some(Deadline::new("next-action", day)),
        None => super::thresholds::next_action_after_completion(engagement, today)
            .map(|day| Deadline::new("next-action-date-after-completion", day)),
    };
    found.extend(deadline);
}
