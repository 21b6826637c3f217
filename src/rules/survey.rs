//! One walk over the playbook with one engagement in hand: each task at each of its places, with what is recorded there.
//!
//! Questions about all of an engagement ask this instead of walking by themselves; what they make of it is not decided here.

use super::{OutOfScope, phase_scope, scope::scope_of_step};
use crate::{
    engagement::Engagement,
    playbook::{MotionId, Place, Process, ServiceId, Step, Structure, Task, TaskId, TaskState},
};
use std::collections::BTreeSet;

/// What a walk needs to know of an engagement at every step.
pub(super) struct Survey<'a> {
    pub structure: &'a Structure,
    pub engagement: &'a Engagement,
    motion: Option<MotionId>,
    services: BTreeSet<ServiceId>,
    /// Whether each phase is asked for, in the order of the structure.
    pub phases: Vec<Result<(), OutOfScope>>,
}

/// A step, and whether it is asked for.
pub(super) struct StepSurvey<'a> {
    pub place: Place,
    /// Leaving the phase aside.
    pub own: Result<(), OutOfScope>,
    /// Whether the phase is asked for, too.
    pub scope: Result<(), OutOfScope>,
    pub step: &'a Step,
}

/// A task at a place.
pub(super) struct Row<'a> {
    /// Its place among the tasks of the step.
    pub number: usize,
    pub task: &'a TaskId,
    pub facts: &'a Task,
    /// Those of its states that are asked for here, each with its service where it has one.
    pub states: Vec<(Option<&'a ServiceId>, TaskState)>,
}

/// A task that is asked for and open.
pub(super) struct OpenTask<'a> {
    /// The phase, by its place in the order.
    pub phase: usize,
    /// The first place where it is open.
    pub place: Place,
    pub row: Row<'a>,
}

impl Row<'_> {
    /// Whether every state that is asked for here is settled.
    pub fn is_settled(&self) -> bool {
        self.states.iter().all(|(_, state)| state.settles())
    }
}

impl<'a> Survey<'a> {
    pub fn new(structure: &'a Structure, engagement: &'a Engagement) -> Self {
        let phases = structure.phases.iter();
        Self {
            structure,
            engagement,
            motion: engagement.motion(),
            services: engagement.services_in_scope(),
            phases: phases.map(|phase| phase_scope(phase, engagement)).collect(),
        }
    }

    /// The place of a process's phase in the order of phases.
    pub fn phase_of(&self, process: &Process) -> Option<usize> {
        let mut phases = self.structure.phases.iter();
        phases.position(|phase| phase.id == process.phase)
    }

    /// The steps of a process.
    pub fn steps(&self, process: &'a Process) -> impl Iterator<Item = StepSurvey<'a>> {
        let phase = self
            .phase_of(process)
            .map_or(Ok(()), |phase| self.phases[phase].clone());
        process.steps.iter().map(move |step| {
            let own = scope_of_step(step, self.motion.as_ref(), |service| self.services.contains(service));
            StepSurvey {
                place: Place {
                    process: process.id.clone(),
                    step: step.id.clone(),
                },
                scope: phase.clone().and_then(|()| own.clone()),
                own,
                step,
            }
        })
    }

    /// The tasks of a step that the structure knows.
    pub fn rows(&self, step: &'a Step, place: &Place) -> impl Iterator<Item = Row<'a>> {
        step.tasks.iter().enumerate().filter_map(move |(number, task)| {
            let facts = self.structure.tasks.get(task)?;
            let record = self.engagement.task(task);
            let states = if facts.has_one_state() {
                vec![(None, record.state(None))]
            } else {
                let asked = facts.services_at(place).iter();
                asked
                    .filter(|service| self.services.contains(*service))
                    .map(|service| (Some(service), record.state(Some(service))))
                    .collect()
            };
            Some(Row {
                number,
                task,
                facts,
                states,
            })
        })
    }
}
