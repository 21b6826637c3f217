//! How far an engagement is: mandatory tasks settled of those in scope, per step, process and phase.

use super::{joined_since, keys_at, phase_scope, process_scope, step_scope, task_scope};
use crate::{
    engagement::Engagement,
    playbook::{Phase, Place, Process, Requirement, StateGroup, Structure, TaskId, TaskState},
};
use std::{collections::BTreeSet, ops::Add};

/// Tasks settled of tasks in scope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Mandatory tasks that are settled.
    pub settled: usize,
    /// Mandatory tasks in scope.
    pub mandatory: usize,
    /// Optional tasks that are settled.
    pub optional_settled: usize,
    /// Optional tasks in scope.
    pub optional: usize,
}

impl Progress {
    /// Counts one more task.
    pub(super) fn count(&mut self, requirement: Requirement, settled: bool) {
        let (all, done) = match requirement {
            Requirement::Mandatory => (&mut self.mandatory, &mut self.settled),
            Requirement::Optional => (&mut self.optional, &mut self.optional_settled),
        };
        *all += 1;
        *done += usize::from(settled);
    }

    /// Whether nothing mandatory is open.
    #[must_use]
    pub fn is_settled(self) -> bool {
        self.settled == self.mandatory
    }

    /// Whether no task at all is open.
    #[must_use]
    pub fn is_all_settled(self) -> bool {
        self.is_settled() && self.optional_settled == self.optional
    }
}

impl Add for Progress {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            settled: self.settled + other.settled,
            mandatory: self.mandatory + other.mandatory,
            optional_settled: self.optional_settled + other.optional_settled,
            optional: self.optional + other.optional,
        }
    }
}

/// Whether all states of a task that are asked for at a place are settled.
fn is_settled(structure: &Structure, engagement: &Engagement, place: &Place, task: &TaskId) -> bool {
    keys_at(structure, engagement, place, task)
        .iter()
        .all(|key| engagement.task_state(task, key).settles())
}

/// Progress of one step.
#[must_use]
pub fn of_step(structure: &Structure, engagement: &Engagement, place: &Place) -> Progress {
    let mut progress = Progress::default();
    let Some(step) = structure.step(place) else {
        return progress;
    };
    for task in &step.tasks {
        let Some(facts) = structure.tasks.get(task) else {
            continue;
        };
        if task_scope(structure, engagement, place, task).is_err() {
            continue;
        }
        progress.count(facts.requirement, is_settled(structure, engagement, place, task));
    }
    progress
}

/// Progress of one process.
#[must_use]
pub fn of_process(structure: &Structure, engagement: &Engagement, process: &Process) -> Progress {
    places(process)
        .map(|place| of_step(structure, engagement, &place))
        .fold(Progress::default(), Add::add)
}

/// Progress of one phase.
#[must_use]
pub fn of_phase(structure: &Structure, engagement: &Engagement, phase: &Phase) -> Progress {
    if phase_scope(phase, engagement).is_err() {
        return Progress::default();
    }
    phase
        .processes
        .iter()
        .filter_map(|id| structure.process(id))
        .map(|process| of_process(structure, engagement, process))
        .fold(Progress::default(), Add::add)
}

/// Progress of the whole engagement; a task that stands in two processes counts once, and is settled when it is everywhere.
#[must_use]
pub fn of_engagement(structure: &Structure, engagement: &Engagement) -> Progress {
    let mut progress = Progress::default();
    let (mut asked, mut open) = (BTreeSet::new(), BTreeSet::new());
    for place in structure.processes.iter().flat_map(places) {
        if step_scope(structure, engagement, &place).is_err() {
            continue;
        }
        for task in structure.step(&place).into_iter().flat_map(|step| &step.tasks) {
            if !keys_at(structure, engagement, &place, task).is_empty() {
                asked.insert(task);
                if !is_settled(structure, engagement, &place, task) {
                    open.insert(task);
                }
            }
        }
    }
    for task in asked {
        if let Some(facts) = structure.tasks.get(task) {
            progress.count(facts.requirement, !open.contains(task));
        }
    }
    progress
}

/// The phase in which the first mandatory task is open; the last one in scope when none is.
#[must_use]
pub fn current_phase<'a>(structure: &'a Structure, engagement: &Engagement) -> Option<&'a Phase> {
    let mut in_scope = structure
        .phases
        .iter()
        .filter(|phase| phase_scope(phase, engagement).is_ok());
    let open = in_scope
        .clone()
        .find(|phase| !of_phase(structure, engagement, phase).is_settled());
    open.or_else(|| in_scope.next_back())
}

/// How a process stands, for its icon on the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProcessState {
    /// Not asked for.
    OutOfScope,
    /// Nothing done.
    Open,
    /// Begun.
    InProgress,
    /// Begun, and something is blocked.
    Blocked,
    /// Nothing mandatory is open.
    Settled,
    /// Closed by a person, with its reason or with nothing mandatory open.
    Closed,
    /// Closed, and a service joined the scope since.
    NewScope,
}

impl ProcessState {
    /// The state of a process with these tasks, of which something is begun or blocked.
    pub(super) fn of(in_scope: bool, progress: Progress, begun: bool, blocked: bool) -> Self {
        match (begun, blocked) {
            _ if !in_scope => Self::OutOfScope,
            (_, true) => Self::Blocked,
            (false, _) => Self::Open,
            _ if progress.mandatory + progress.optional > 0 && progress.is_settled() => Self::Settled,
            _ => Self::InProgress,
        }
    }
}

/// How a process stands.
#[must_use]
pub fn process_state(structure: &Structure, engagement: &Engagement, process: &Process) -> ProcessState {
    standing(structure, engagement, process).0
}

/// How a process stands that a person has closed; `None` when nobody has, or when what is open again has no reason on record.
pub(super) fn closed_state(
    structure: &Structure,
    engagement: &Engagement,
    process: &Process,
    progress: Progress,
) -> Option<ProcessState> {
    engagement.closed_on(&process.id)?;
    if !joined_since(structure, engagement, process).is_empty() {
        return Some(ProcessState::NewScope);
    }
    let stands = progress.is_settled() || !engagement.closed_reason(&process.id).is_empty();
    stands.then_some(ProcessState::Closed)
}

/// How a process stands, and its progress.
#[must_use]
pub fn standing(structure: &Structure, engagement: &Engagement, process: &Process) -> (ProcessState, Progress) {
    let progress = of_process(structure, engagement, process);
    let in_scope = process_scope(structure, engagement, process).is_ok();
    if in_scope && let Some(closed) = closed_state(structure, engagement, process, progress) {
        return (closed, progress);
    }
    let states: Vec<TaskState> = places(process)
        .flat_map(|place| {
            let step = structure.step(&place);
            let tasks = step.map(|step| step.tasks.clone()).unwrap_or_default();
            tasks.into_iter().flat_map(move |task| {
                keys_at(structure, engagement, &place, &task)
                    .into_iter()
                    .map(move |key| engagement.task_state(&task, &key))
            })
        })
        .collect();
    let begun = states.iter().any(|state| *state != TaskState::NotStarted);
    let blocked = states.iter().any(|state| state.group() == StateGroup::Blocked);
    let state = ProcessState::of(in_scope, progress, begun, blocked);
    (state, progress)
}

/// The places of a process in order.
fn places(process: &Process) -> impl Iterator<Item = Place> + '_ {
    process.steps.iter().map(|step| Place {
        process: process.id.clone(),
        step: step.id.clone(),
    })
}
