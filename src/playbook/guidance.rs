//! The blocks of one page, a process or a reference page: what stands where, for whom it holds and where it leads, without a
//! word.
//!
//! Read from `content/guidance/<process>.json` and `content/reference/<page>.json`. Block ids are stable: checklists are answered
//! under them.

use super::{BlockId, Condition, ProcessId, ResourceId, StepId, TaskId};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Everything a page says, by block.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Guidance {
    /// The process, or the reference page, whose ids look the same and are never the id of a process.
    #[serde(alias = "page")]
    pub process: ProcessId,
    /// What it is for.
    #[serde(default)]
    pub purpose: Vec<Block>,
    /// What it wants to reach.
    #[serde(default)]
    pub objectives: Vec<Block>,
    /// Per step.
    #[serde(default)]
    pub steps: BTreeMap<StepId, StepGuidance>,
    /// What should be there before it begins.
    #[serde(default)]
    pub key_inputs: Vec<Block>,
    /// What should be there when it ends.
    #[serde(default)]
    pub key_outcomes: Vec<Block>,
    /// Where it leads.
    #[serde(default)]
    pub next: Vec<Block>,
    /// The parts of a reference page; a process has none.
    #[serde(default)]
    pub sections: Vec<Section>,
}

/// A part of a reference page; the word of its id is its heading.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Section {
    /// Its id within the page.
    pub id: BlockId,
    /// What it says.
    #[serde(default)]
    pub blocks: Vec<Block>,
    /// Published links.
    #[serde(default)]
    pub resources: Vec<Resource>,
}

/// What a step says.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct StepGuidance {
    /// What to do.
    #[serde(default)]
    pub guidance: Vec<Block>,
    /// Published links.
    #[serde(default)]
    pub resources: Vec<Resource>,
    /// What good work starts from.
    #[serde(default)]
    pub quality_inputs: Vec<Block>,
    /// What good work leaves behind.
    #[serde(default)]
    pub quality_outputs: Vec<Block>,
}

/// One point, with what stands below it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Block {
    /// Its id within the process.
    pub id: BlockId,
    /// For whom it holds; everybody when `None`.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Points below it.
    #[serde(default)]
    pub blocks: Vec<Block>,
    /// What it talks about.
    #[serde(default)]
    pub link: Option<Link>,
}

/// What a block talks about.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// A task.
    Task(TaskId),
    /// A process.
    Process(ProcessId),
    /// A step, as `process/step`.
    Step(super::Place),
    /// A reference page.
    Reference(ProcessId),
}

/// A published link.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Resource {
    /// Its id within the process.
    pub id: ResourceId,
    /// Where it leads; `https:` only.
    pub url: String,
    /// Whether a partner sign-in is needed.
    #[serde(default)]
    pub sign_in: bool,
    /// For whom it holds.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Whether words explain it (`<id>.about`).
    #[serde(default)]
    pub about: bool,
}

impl Guidance {
    /// Every block, outer before inner; the steps in the order of their ids.
    #[must_use]
    pub fn blocks(&self) -> Vec<&Block> {
        let mut all = Vec::new();
        let steps = self
            .steps
            .values()
            .flat_map(|step| [&step.guidance, &step.quality_inputs, &step.quality_outputs]);
        let own = [
            &self.purpose,
            &self.objectives,
            &self.key_inputs,
            &self.key_outcomes,
            &self.next,
        ];
        let sections = self.sections.iter().map(|section| &section.blocks);
        for blocks in own.into_iter().chain(steps).chain(sections) {
            collect(blocks, &mut all);
        }
        all
    }

    /// Every link of the page; one that stands in two steps twice.
    pub fn resources(&self) -> impl Iterator<Item = &Resource> {
        let sections = self.sections.iter().flat_map(|section| &section.resources);
        self.steps.values().flat_map(|step| &step.resources).chain(sections)
    }
}

fn collect<'a>(blocks: &'a [Block], all: &mut Vec<&'a Block>) {
    for block in blocks {
        all.push(block);
        collect(&block.blocks, all);
    }
}
