//! What to do next in one engagement, in order, each with its reason: one list over all processes.
//!
//! What has a day comes first, overdue before due within a week; then what is blocked or at risk; then, the current phase first,
//! what others wait for and what is mandatory; at last what is optional, once it is begun or its phase is the current one. A day
//! may be the task's own due date or a deadline of the playbook or the customer; a deadline that no task is about stands for
//! itself.

use super::{
    Deadline, Overview, ProcessState, agenda,
    survey::{OpenTask, Row},
};
use crate::{
    engagement::Engagement,
    playbook::{Place, Precondition, ProcessId, Requirement, ServiceId, StateGroup, Structure, TaskId, TaskState},
};
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

/// So many days ahead something is due soon.
const SOON: Days = Days::new(7);

/// Something that waits for somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Next {
    /// What it is.
    pub item: NextItem,
    /// Why it stands here.
    pub reason: Reason,
}

/// What can be next.
#[derive(Clone, Debug, PartialEq)]
pub enum NextItem {
    /// A task.
    Task {
        /// The task.
        task: TaskId,
        /// The first place where it is open.
        place: Place,
    },
    /// A deadline that no open task is about.
    Deadline(Deadline),
}

/// Why something is next; in the order of urgency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It was due on that day.
    Overdue(Due),
    /// It is due within a week.
    DueSoon(Due),
    /// It is blocked or at risk.
    Held {
        /// The state that says so, the first one where services differ.
        state: TaskState,
        /// The services that are held; none where the task has one state.
        services: Vec<ServiceId>,
    },
    /// It opens the way to this process.
    Unblocks(ProcessId),
    /// It records that its process is done or held.
    Gate,
    /// Its process is not done without it.
    Mandatory,
    /// It is optional, and was begun.
    Begun,
    /// It is optional, and its phase is the current one.
    Optional,
}

/// A day, and which rule sets it; see [`Deadline::rule`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The day.
    pub day: NaiveDate,
    /// The rule; `due` for the day that a person has set.
    pub rule: &'static str,
}

impl Next {
    /// The day it has.
    #[must_use]
    pub fn day(&self) -> Option<NaiveDate> {
        match self.reason {
            Reason::Overdue(due) | Reason::DueSoon(due) => Some(due.day),
            _ => None,
        }
    }
}

impl Reason {
    /// The reason of a day, when it is near enough to be one.
    fn of_day(due: Due, today: NaiveDate) -> Option<Self> {
        if due.day < today {
            Some(Self::Overdue(due))
        } else if due.day <= today.checked_add_days(SOON).unwrap_or(today) {
            Some(Self::DueSoon(due))
        } else {
            None
        }
    }
}

/// What to do next, in order, at most `limit`.
#[must_use]
pub fn next_items(structure: &Structure, engagement: &Engagement, today: NaiveDate, limit: usize) -> Vec<Next> {
    let mut next = agenda(structure, engagement, today).next;
    next.truncate(limit);
    next
}

/// Where an item stands in the list: its rank, its day, how far its phase is from the current one, its rank there, its number.
type Order = (u8, Option<NaiveDate>, usize, u8, usize);

/// The list, from the open tasks in the order of the playbook, and how the engagement stands.
pub(super) fn in_order(
    structure: &Structure,
    overview: &Overview,
    deadlines: &[Deadline],
    open: &[OpenTask],
    today: NaiveDate,
) -> Vec<Next> {
    // They come by day: the first one of a task counts.
    let mut days: BTreeMap<&TaskId, Due> = BTreeMap::new();
    for deadline in deadlines {
        if let Some(task) = &deadline.task {
            days.entry(task).or_insert(Due {
                day: deadline.day,
                rule: deadline.rule,
            });
        }
    }
    let current = overview.current.unwrap_or(0);
    let mut found: Vec<(Order, Next)> = Vec::new();
    for (number, task) in open.iter().enumerate() {
        let due = days.get(task.row.task).copied();
        let Some(reason) = reason(structure, overview, open, task, due, today) else {
            continue;
        };
        let distance = task.phase.abs_diff(current);
        let order = match &reason {
            Reason::Overdue(due) => (0, Some(due.day), 0, 0, number),
            Reason::DueSoon(due) => (1, Some(due.day), 0, 0, number),
            Reason::Held { .. } => (2, None, 0, 0, number),
            Reason::Unblocks(_) => (3, None, distance, 0, number),
            Reason::Gate | Reason::Mandatory => (3, None, distance, 1, number),
            Reason::Begun => (4, None, distance, 0, number),
            Reason::Optional => (4, None, distance, 1, number),
        };
        let item = NextItem::Task {
            task: task.row.task.clone(),
            place: task.place.clone(),
        };
        found.push((order, Next { item, reason }));
    }
    for (number, deadline) in deadlines.iter().enumerate() {
        let due = Due {
            day: deadline.day,
            rule: deadline.rule,
        };
        if deadline.task.is_none()
            && let Some(reason) = Reason::of_day(due, today)
        {
            let late = u8::from(matches!(reason, Reason::DueSoon(_)));
            let item = NextItem::Deadline(deadline.clone());
            found.push(((late, Some(due.day), 1, 0, number), Next { item, reason }));
        }
    }
    found.sort_unstable_by_key(|(order, _)| *order);
    found.into_iter().map(|(_, next)| next).collect()
}

fn reason(
    structure: &Structure,
    overview: &Overview,
    open: &[OpenTask],
    one: &OpenTask,
    due: Option<Due>,
    today: NaiveDate,
) -> Option<Reason> {
    let row = &one.row;
    if let Some(reason) = due.and_then(|due| Reason::of_day(due, today)) {
        return Some(reason);
    }
    if let Some(reason) = held(row) {
        return Some(reason);
    }
    let is_gate = structure.gates_of(&one.place.process).any(|gate| gate == row.task);
    if let Some(process) = opens(structure, overview, open, one, is_gate) {
        return Some(Reason::Unblocks(process.clone()));
    }
    if is_gate {
        return Some(Reason::Gate);
    }
    if row.facts.requirement == Requirement::Mandatory {
        return Some(Reason::Mandatory);
    }
    let begun = |(_, state): &(_, TaskState)| matches!(state.group(), StateGroup::Active | StateGroup::Waiting);
    if row.states.iter().any(begun) {
        return Some(Reason::Begun);
    }
    (Some(one.phase) == overview.current).then_some(Reason::Optional)
}

/// Blocked or at risk, for these services.
fn held(row: &Row) -> Option<Reason> {
    let is_held = |state: TaskState| state.group() == StateGroup::Blocked || state == TaskState::Warning;
    let held = || row.states.iter().filter(|(_, state)| is_held(*state));
    let (_, state) = held().next()?;
    Some(Reason::Held {
        state: *state,
        services: held().filter_map(|(service, _)| service.cloned()).collect(),
    })
}

/// The first process that a task of the current phase, or of one before it, opens the way to: the task is its precondition, or
/// closes the process that leads to it. A process that is not asked for, or settled already, needs no way; and a task whose own
/// process still waits for another opens none yet.
fn opens<'a>(
    structure: &'a Structure,
    overview: &Overview,
    open: &[OpenTask],
    one: &OpenTask,
    is_gate: bool,
) -> Option<&'a ProcessId> {
    if one.phase > overview.current? {
        return None;
    }
    let mut awaited = needs_of(structure, &one.place.process).flat_map(|need| &need.needs);
    if awaited.any(|task| open.iter().any(|other| other.row.task == task)) {
        return None;
    }
    let is_to_do = |id: &ProcessId| {
        let process = overview.process(id);
        process.is_some_and(|process| !matches!(process.state, ProcessState::OutOfScope | ProcessState::Settled))
    };
    let ids = structure.processes.iter().map(|process| &process.id);
    let needing = ids.filter(|id| needs_of(structure, id).any(|need| need.needs.contains(one.row.task)));
    let closing = structure.process(&one.place.process).filter(|_| is_gate);
    let mut following = needing.chain(closing.into_iter().flat_map(|process| &process.next));
    following.find(|id| is_to_do(id))
}

/// What should be done before a process.
fn needs_of<'a>(structure: &'a Structure, process: &'a ProcessId) -> impl Iterator<Item = &'a Precondition> {
    let all = structure.preconditions.iter();
    all.filter(move |need| need.process == *process)
}
