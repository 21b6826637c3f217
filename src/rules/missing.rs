//! What is missing before a process counts as done, each entry a place to go to.
//!
//! Gate tasks where it has any, mandatory tasks in scope, and its quality outputs, or where the page has none its key
//! outcomes. What does not hold for this customer does not count; an unanswered condition is itself missing. The two processes
//! that end an engagement also miss the completion discussion of each service in scope.

use super::{Answer, Question, answer, keys_at, task_scope};
use crate::{
    engagement::Engagement,
    playbook::{Block, BlockId, Guidance, Place, Process, Requirement, ServiceId, Structure, TaskId},
};

/// What is missing before a process is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// Gate tasks that are open.
    pub gates: Vec<TaskId>,
    /// Other mandatory tasks that are open.
    pub mandatory: Vec<TaskId>,
    /// Quality outputs that are not ticked; key outcomes where the page has no quality outputs.
    pub outcomes: Vec<BlockId>,
    /// Services without their completion discussion, where the process is about it.
    pub discussions: Vec<ServiceId>,
    /// What has to be answered before it is clear what counts.
    pub questions: Vec<Question>,
}

impl Missing {
    /// Whether nothing is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.gates.is_empty()
            && self.mandatory.is_empty()
            && self.outcomes.is_empty()
            && self.discussions.is_empty()
            && self.questions.is_empty()
    }
}

/// What is missing before `process` is done. Without guidance (not loaded, not written yet) only tasks count.
#[must_use]
pub fn missing(
    structure: &Structure,
    guidance: Option<&Guidance>,
    engagement: &Engagement,
    process: &Process,
) -> Missing {
    let mut missing = Missing::default();
    let gates: Vec<&TaskId> = structure.gates_of(&process.id).collect();
    for step in &process.steps {
        let place = Place {
            process: process.id.clone(),
            step: step.id.clone(),
        };
        for task in &step.tasks {
            let open = task_scope(structure, engagement, &place, task).is_ok()
                && !keys_at(structure, engagement, &place, task)
                    .iter()
                    .all(|key| engagement.task_state(task, key).settles());
            let Some(facts) = structure.tasks.get(task).filter(|_| open) else {
                continue;
            };
            if gates.contains(&task) {
                missing.gates.push(task.clone());
            } else if facts.requirement == Requirement::Mandatory {
                missing.mandatory.push(task.clone());
            }
        }
    }
    missing.discussions = super::gate::discussions_of(structure, engagement, process);
    if let Some(guidance) = guidance {
        for block in counted(guidance) {
            match holds(block, engagement) {
                Answer::Ask(question) => missing.questions.push(question),
                _ if is_open(block, engagement, process) => missing.outcomes.push(block.id.clone()),
                _ => {}
            }
        }
    }
    missing.questions.sort();
    missing.questions.dedup();
    missing
}

/// What the page counts: its quality outputs, or where it has none its key outcomes.
pub(super) fn counted(guidance: &Guidance) -> Vec<&Block> {
    let outputs: Vec<&Block> = guidance.steps.values().flat_map(|step| &step.quality_outputs).collect();
    if outputs.is_empty() {
        guidance.key_outcomes.iter().collect()
    } else {
        outputs
    }
}

/// Whether an output or outcome holds for this customer, or may hold, and is not ticked.
pub(super) fn is_open(block: &Block, engagement: &Engagement, process: &Process) -> bool {
    match holds(block, engagement) {
        Answer::DoesNot(_) => false,
        Answer::Ask(_) => true,
        Answer::Holds => !engagement.checked(&process.id, &block.id),
    }
}

fn holds(block: &Block, engagement: &Engagement) -> Answer {
    block
        .when
        .as_ref()
        .map_or(Answer::Holds, |when| answer(when, engagement))
}
