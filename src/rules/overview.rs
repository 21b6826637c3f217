//! Everything that the path, the overview and a row of the portfolio show of an engagement, answered in one walk.
//!
//! The answers are those of `progress` and `scope`, which answer for one step, process or phase at a time; a test holds the
//! two together.

use super::{
    OutOfScope, ProcessState, Progress,
    progress::closed_state,
    survey::{OpenTask, Row, Survey},
};
use crate::{
    engagement::Engagement,
    playbook::{Phase, PhaseId, Place, Process, ProcessId, Requirement, StateGroup, Structure, TaskId, TaskState},
};
use std::collections::BTreeMap;

/// How an engagement stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// Progress of the whole; a task that stands in two processes counts once.
    pub progress: Progress,
    /// Every phase, in order.
    pub phases: Vec<PhaseStanding>,
    /// Every process, in the order of their phases.
    pub processes: Vec<ProcessStanding>,
    /// The current phase, as a place in `phases`.
    pub current: Option<usize>,
}

/// How a phase stands.
#[derive(Clone, Debug, PartialEq)]
pub struct PhaseStanding {
    /// The phase.
    pub id: PhaseId,
    /// Whether it is asked for.
    pub scope: Result<(), OutOfScope>,
    /// Its progress; nothing when it is not asked for.
    pub progress: Progress,
}

/// How a process stands.
#[derive(Clone, Debug, PartialEq)]
pub struct ProcessStanding {
    /// The process.
    pub id: ProcessId,
    /// Whether it is asked for.
    pub scope: Result<(), OutOfScope>,
    /// Its state.
    pub state: ProcessState,
    /// Its progress.
    pub progress: Progress,
    /// Gate tasks and mandatory tasks that are open.
    pub open: usize,
    /// Its steps, in order.
    pub steps: Vec<StepStanding>,
}

/// How a step stands.
#[derive(Clone, Debug, PartialEq)]
pub struct StepStanding {
    /// Where it stands.
    pub place: Place,
    /// Whether it is asked for.
    pub scope: Result<(), OutOfScope>,
    /// Its progress.
    pub progress: Progress,
    /// Whether each of its tasks is asked for here, in their order.
    pub asked: Vec<bool>,
}

impl Overview {
    /// A phase.
    #[must_use]
    pub fn phase(&self, id: &PhaseId) -> Option<&PhaseStanding> {
        self.phases.iter().find(|phase| phase.id == *id)
    }

    /// A process.
    #[must_use]
    pub fn process(&self, id: &ProcessId) -> Option<&ProcessStanding> {
        self.processes.iter().find(|process| process.id == *id)
    }

    /// A step.
    #[must_use]
    pub fn step(&self, place: &Place) -> Option<&StepStanding> {
        let mut steps = self.process(&place.process)?.steps.iter();
        steps.find(|step| step.place.step == place.step)
    }

    /// The phase in which the first mandatory task is open; the last one in scope when none is.
    #[must_use]
    pub fn current_phase(&self) -> Option<&PhaseStanding> {
        self.phases.get(self.current?)
    }

    /// The phases that are asked for.
    pub fn phases_in_scope(&self) -> impl Iterator<Item = &PhaseStanding> {
        self.phases.iter().filter(|phase| phase.scope.is_ok())
    }
}

/// How an engagement stands.
#[must_use]
pub fn overview(structure: &Structure, engagement: &Engagement) -> Overview {
    look(structure, engagement).0
}

/// How an engagement stands, and each task that is open, once, in the order of the playbook.
pub(super) fn look<'a>(structure: &'a Structure, engagement: &'a Engagement) -> (Overview, Vec<OpenTask<'a>>) {
    let survey = Survey::new(structure, engagement);
    let mut tasks = Tasks::default();
    let of_process = |process| process_standing(structure, &survey, process, &mut tasks);
    let processes: Vec<ProcessStanding> = structure.processes.iter().map(of_process).collect();
    let phases: Vec<PhaseStanding> = structure
        .phases
        .iter()
        .zip(&survey.phases)
        .map(|(phase, scope)| phase_standing(phase, scope.clone(), &processes))
        .collect();
    let in_scope = || (0..phases.len()).filter(|phase| phases[*phase].scope.is_ok());
    let current = in_scope()
        .find(|phase| !phases[*phase].progress.is_settled())
        .or_else(|| in_scope().next_back());
    let mut progress = Progress::default();
    for (requirement, settled) in tasks.asked.into_values() {
        progress.count(requirement, settled);
    }
    let overview = Overview {
        progress,
        phases,
        processes,
        current,
    };
    (overview, tasks.open)
}

/// The tasks that are asked for, over all places.
#[derive(Default)]
struct Tasks<'a> {
    /// Each once: whether it is mandatory, and whether it is settled wherever it stands.
    asked: BTreeMap<&'a TaskId, (Requirement, bool)>,
    /// Each that is open once, at the first place where it is, in the order of the playbook.
    open: Vec<OpenTask<'a>>,
}

impl<'a> Tasks<'a> {
    fn ask_for(&mut self, phase: usize, place: &Place, row: Row<'a>) {
        let settled = row.is_settled();
        let known = self.asked.entry(row.task).or_insert((row.facts.requirement, true));
        let was_settled = known.1;
        known.1 &= settled;
        if was_settled && !settled {
            self.open.push(OpenTask {
                phase,
                place: place.clone(),
                row,
            });
        }
    }
}

fn process_standing<'a>(
    structure: &'a Structure,
    survey: &Survey<'a>,
    process: &'a Process,
    tasks: &mut Tasks<'a>,
) -> ProcessStanding {
    let (mut begun, mut blocked, mut open) = (false, false, 0);
    let phase = survey.phase_of(process);
    let (mut asked_step, mut first_reason) = (false, None);
    let mut steps = Vec::with_capacity(process.steps.len());
    for step in survey.steps(process) {
        let mut progress = Progress::default();
        let mut asked = vec![false; step.step.tasks.len()];
        for row in survey.rows(step.step, &step.place) {
            begun |= row.states.iter().any(|(_, state)| *state != TaskState::NotStarted);
            blocked |= row.states.iter().any(|(_, state)| state.group() == StateGroup::Blocked);
            if step.scope.is_err() || row.states.is_empty() {
                continue;
            }
            asked[row.number] = true;
            let settled = row.is_settled();
            progress.count(row.facts.requirement, settled);
            open += usize::from(!settled && counts(structure, process, &row));
            tasks.ask_for(phase.unwrap_or_default(), &step.place, row);
        }
        if !step.step.tasks.is_empty() {
            asked_step |= step.own.is_ok();
            first_reason = first_reason.or(step.own.err());
        }
        steps.push(StepStanding {
            place: step.place,
            scope: step.scope,
            progress,
            asked,
        });
    }
    let progress = steps.iter().fold(Progress::default(), |sum, step| sum + step.progress);
    let scope = phase.map_or(Ok(()), |phase| survey.phases[phase].clone());
    let scope = scope.and(if asked_step {
        Ok(())
    } else {
        first_reason.map_or(Ok(()), Err)
    });
    let closed = scope
        .is_ok()
        .then(|| closed_state(survey.structure, survey.engagement, process, progress))
        .flatten();
    let state = closed.unwrap_or_else(|| ProcessState::of(scope.is_ok(), progress, begun, blocked));
    ProcessStanding {
        id: process.id.clone(),
        state,
        scope,
        progress,
        open,
        steps,
    }
}

/// Whether a process is not done without the task.
fn counts(structure: &Structure, process: &Process, row: &Row) -> bool {
    row.facts.requirement == Requirement::Mandatory || structure.gates_of(&process.id).any(|gate| gate == row.task)
}

fn phase_standing(phase: &Phase, scope: Result<(), OutOfScope>, processes: &[ProcessStanding]) -> PhaseStanding {
    let mut progress = Progress::default();
    if scope.is_ok() {
        for id in &phase.processes {
            let process = processes.iter().find(|process| process.id == *id);
            progress = progress + process.map(|process| process.progress).unwrap_or_default();
        }
    }
    PhaseStanding {
        id: phase.id.clone(),
        scope,
        progress,
    }
}
