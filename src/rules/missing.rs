//! What is missing before a process counts as done, each entry a place to go to.
//!
//! Gate tasks where it has any, mandatory tasks in scope, and its quality outputs, or where the page has none its key
//! outcomes. What does not hold for this customer does not count; an unanswered condition is itself missing.

use super::{Answer, Question, answer, keys_at, task_scope};
use crate::{
    engagement::Engagement,
    playbook::{Block, BlockId, Guidance, Place, Process, Requirement, Structure, TaskId},
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
    /// What has to be answered before it is clear what counts.
    pub questions: Vec<Question>,
}

impl Missing {
    /// Whether nothing is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.gates.is_empty() && self.mandatory.is_empty() && self.outcomes.is_empty() && self.questions.is_empty()
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
    if let Some(guidance) = guidance {
        let outputs: Vec<&Block> = guidance.steps.values().flat_map(|step| &step.quality_outputs).collect();
        let counted = if outputs.is_empty() {
            guidance.key_outcomes.iter().collect()
        } else {
            outputs
        };
        collect(&counted, engagement, process, &mut missing);
    }
    missing.questions.sort();
    missing.questions.dedup();
    missing
}

fn collect(blocks: &[&Block], engagement: &Engagement, process: &Process, missing: &mut Missing) {
    for block in blocks {
        match block
            .when
            .as_ref()
            .map_or(Answer::Holds, |when| answer(when, engagement))
        {
            Answer::DoesNot(_) => {}
            Answer::Ask(question) => missing.questions.push(question),
            Answer::Holds if engagement.checked(&process.id, &block.id) => {}
            Answer::Holds => missing.outcomes.push(block.id.clone()),
        }
    }
}
