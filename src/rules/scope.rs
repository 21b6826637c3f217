//! What is asked for in this engagement, and what is hidden with which reason.
//!
//! A step is for certain motions and services, a task for certain services. Services that leave the scope keep their states;
//! they are just not asked for.

use super::{Answer, Why, answer};
use crate::{
    engagement::{Engagement, StateKey},
    playbook::{ALL_SERVICES, CORE_ONBOARDING, MotionId, Phase, Place, Process, ServiceId, Step, Structure, TaskId},
};

/// Why something is not asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutOfScope {
    /// None of these services is in scope.
    Services(Vec<ServiceId>),
    /// The step is for these ways in only.
    Motions(Vec<MotionId>),
    /// The phase does not hold for this customer.
    Phase(Why),
    /// The phase runs only where no FastTrack Manager leads the engagement.
    WithoutManager,
}

/// Whether a phase is asked for. A phase whose condition is not known yet is.
///
/// # Errors
/// The reason why it is not.
pub fn phase_scope(phase: &Phase, engagement: &Engagement) -> Result<(), OutOfScope> {
    if phase.without_manager {
        return Err(OutOfScope::WithoutManager);
    }
    match phase.when.as_ref().map(|when| answer(when, engagement)) {
        Some(Answer::DoesNot(why)) => Err(OutOfScope::Phase(why)),
        _ => Ok(()),
    }
}

/// Whether a process is asked for: its phase is, and at least one of its steps.
///
/// # Errors
/// The reason why it is not.
pub fn process_scope(structure: &Structure, engagement: &Engagement, process: &Process) -> Result<(), OutOfScope> {
    if let Some(phase) = structure.phase(&process.phase) {
        phase_scope(phase, engagement)?;
    }
    let mut first = None;
    for step in process.steps.iter().filter(|step| !step.tasks.is_empty()) {
        match own_step_scope(engagement, step) {
            Ok(()) => return Ok(()),
            Err(reason) => first = first.or(Some(reason)),
        }
    }
    first.map_or(Ok(()), Err)
}

/// Whether a step is asked for.
///
/// # Errors
/// The reason why it is not.
pub fn step_scope(structure: &Structure, engagement: &Engagement, place: &Place) -> Result<(), OutOfScope> {
    let Some(process) = structure.process(&place.process) else {
        return Ok(());
    };
    if let Some(phase) = structure.phase(&process.phase) {
        phase_scope(phase, engagement)?;
    }
    process
        .steps
        .iter()
        .find(|step| step.id == place.step)
        .map_or(Ok(()), |step| own_step_scope(engagement, step))
}

fn own_step_scope(engagement: &Engagement, step: &Step) -> Result<(), OutOfScope> {
    scope_of_step(step, engagement.motion().as_ref(), |service| {
        engagement.has_service(service)
    })
}

/// Whether a step is asked for, leaving its phase aside, given the way in and the services in scope.
pub(super) fn scope_of_step(
    step: &Step,
    motion: Option<&MotionId>,
    has: impl Fn(&ServiceId) -> bool,
) -> Result<(), OutOfScope> {
    if let Some(motion) = motion
        && !step.motions.is_empty()
        && !step.motions.contains(motion)
    {
        return Err(OutOfScope::Motions(step.motions.clone()));
    }
    if is_pseudo(&step.applies_to) || step.applies_to.is_empty() || step.applies_to.iter().any(has) {
        return Ok(());
    }
    Err(OutOfScope::Services(step.applies_to.clone()))
}

/// Whether a task is asked for at a place.
///
/// # Errors
/// The reason why it is not.
pub fn task_scope(
    structure: &Structure,
    engagement: &Engagement,
    place: &Place,
    task: &TaskId,
) -> Result<(), OutOfScope> {
    step_scope(structure, engagement, place)?;
    if keys_at(structure, engagement, place, task).is_empty() {
        let services = structure
            .tasks
            .get(task)
            .map(|task| task.services_at(place).to_vec())
            .unwrap_or_default();
        return Err(OutOfScope::Services(services));
    }
    Ok(())
}

/// The states of a task that are asked for at a place: one, or one per service in scope.
#[must_use]
pub fn keys_at(structure: &Structure, engagement: &Engagement, place: &Place, task: &TaskId) -> Vec<StateKey> {
    let Some(task) = structure.tasks.get(task) else {
        return Vec::new();
    };
    if task.has_one_state() {
        return vec![StateKey::Whole];
    }
    in_scope(engagement, task.services_at(place))
}

/// The states of a task that are asked for over all its places.
#[must_use]
pub fn keys(structure: &Structure, engagement: &Engagement, task: &TaskId) -> Vec<StateKey> {
    let Some(task) = structure.tasks.get(task) else {
        return Vec::new();
    };
    if task.has_one_state() {
        return vec![StateKey::Whole];
    }
    in_scope(engagement, &task.services)
}

fn in_scope(engagement: &Engagement, services: &[ServiceId]) -> Vec<StateKey> {
    services
        .iter()
        .filter(|service| engagement.has_service(service))
        .cloned()
        .map(StateKey::Service)
        .collect()
}

fn is_pseudo(services: &[ServiceId]) -> bool {
    services
        .iter()
        .any(|service| matches!(service.as_str(), ALL_SERVICES | CORE_ONBOARDING))
}
