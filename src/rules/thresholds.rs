//! The thresholds of the playbook: each with its numbers, where they come from, and what they say about an engagement.
//!
//! `table` lists every one under the id of the facts; `numbers` holds what is counted with. A threshold is a pure
//! function of the engagement, or it says why there is none. The sentence of a rule stands with the words of each
//! language.

mod benefits;
mod completion;
mod moving;
pub mod numbers;
mod rhythm;
mod table;
mod usage;

pub use completion::next_action_after_completion;
pub use table::THRESHOLDS;
pub use usage::{Band, proposed_status, usage_band, wizard_order};

use super::Reached;
use crate::{
    engagement::Engagement,
    playbook::{Place, ServiceId, Structure, TaskId},
};
use chrono::NaiveDate;

/// One threshold of the playbook.
#[derive(Clone, Copy, Debug)]
pub struct Threshold {
    /// Its id, as in the facts.
    pub id: &'static str,
    /// Its numbers, by name.
    pub numbers: &'static [(&'static str, Number)],
    /// What it is about.
    pub origins: &'static [Origin],
    /// Where it is written.
    pub document: Document,
    /// How it is answered.
    pub answer: How,
}

/// A number of a threshold, or the word that stands in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// Users, seats, days, weeks.
    Count(u32),
    /// Several of them.
    Counts(&'static [u32]),
    /// A share in thousandths.
    Share(u32),
    /// Several of them.
    Shares(&'static [u32]),
    /// The name of something.
    Word(&'static str),
    /// Several of them: ids of services, or an order.
    Words(&'static [&'static str]),
}

/// What a threshold is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A step, as `process/step`.
    Step(&'static str),
    /// A process.
    Process(&'static str),
    /// A task.
    Task(&'static str),
    /// A track over the same tasks.
    Track(&'static str),
    /// Something outside the processes, such as `notes`.
    Topic(&'static str),
}

/// Where a threshold is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// The published playbook.
    Playbook,
    /// The guide to the portal.
    PortalGuide,
    /// The operations guide.
    OperationsGuide,
    /// A page about a way of working.
    ApproachPage,
}

/// How a threshold is answered.
#[derive(Clone, Copy)]
pub enum How {
    /// From what the engagement records.
    Computed(fn(&Case) -> Vec<Finding>),
    /// Not at all, because of this.
    NotComputed(WhyNot),
}

/// Why a threshold has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// An engagement has no field for what it counts.
    NotRecorded,
    /// It happens elsewhere: in the portal, or in the survey.
    OutsideTheEngagement,
    /// It is about the partner and not about one customer.
    ProgrammeOnly,
}

/// What a threshold says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It is reached, or kept.
    Met,
    /// Not reached, or it does not hold for this customer; nothing is wrong.
    NotMet,
    /// Something has to be known first.
    Unknown,
    /// It holds: there is a benefit to use, a day to keep or a value to write down.
    Applies,
    /// It is not kept, or about to be: somebody should look.
    Attention,
}

/// What a threshold says about an engagement, or about one service of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The id of the threshold.
    pub rule: &'static str,
    /// The service it is about.
    pub service: Option<ServiceId>,
    /// The step it is about.
    pub place: Option<Place>,
    /// What it says.
    pub verdict: Verdict,
    /// What was counted, by name; shares as `per_mille`.
    pub numbers: Vec<(&'static str, u32)>,
    /// The day by which, or since which.
    pub day: Option<NaiveDate>,
}

/// What a threshold is asked about.
pub struct Case<'a> {
    threshold: &'static Threshold,
    structure: &'a Structure,
    engagement: &'a Engagement,
    today: NaiveDate,
}

/// What all thresholds say about an engagement, in the order of the table.
#[must_use]
pub fn findings(structure: &Structure, engagement: &Engagement, today: NaiveDate) -> Vec<Finding> {
    let mut all = Vec::new();
    for threshold in THRESHOLDS {
        if let How::Computed(answer) = threshold.answer {
            all.extend(answer(&Case {
                threshold,
                structure,
                engagement,
                today,
            }));
        }
    }
    all
}

/// The threshold with this id.
#[must_use]
pub fn threshold(id: &str) -> Option<&'static Threshold> {
    THRESHOLDS.iter().find(|threshold| threshold.id == id)
}

impl Threshold {
    /// The first step it is about; of a task the first place.
    #[must_use]
    pub fn place(&self, structure: &Structure) -> Option<Place> {
        self.origins.iter().find_map(|origin| match *origin {
            Origin::Step(step) => Place::parse(step),
            Origin::Task(task) => structure.tasks.get(&TaskId::from(task))?.places.first().cloned(),
            Origin::Process(_) | Origin::Track(_) | Origin::Topic(_) => None,
        })
    }
}

impl Origin {
    /// As the facts write it: a track and a task with what they are, the others by their id.
    #[must_use]
    pub fn in_facts(self) -> String {
        match self {
            Self::Step(id) | Self::Process(id) | Self::Topic(id) => id.to_owned(),
            Self::Task(id) => format!("task:{id}"),
            Self::Track(id) => format!("track:{id}"),
        }
    }
}

impl std::fmt::Debug for How {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Computed(_) => f.write_str("Computed"),
            Self::NotComputed(why) => write!(f, "NotComputed({why:?})"),
        }
    }
}

impl From<Reached> for Verdict {
    fn from(reached: Reached) -> Self {
        match reached {
            Reached::Yes => Self::Met,
            Reached::No => Self::NotMet,
            Reached::Unknown => Self::Unknown,
        }
    }
}

impl Case<'_> {
    /// A finding about the whole engagement.
    fn says(&self, verdict: Verdict) -> Finding {
        Finding {
            rule: self.threshold.id,
            service: None,
            place: self.threshold.place(self.structure),
            verdict,
            numbers: Vec::new(),
            day: None,
        }
    }

    /// What is found for each service in scope, in the order of ids.
    fn for_each_service(&self, find: impl Fn(&ServiceId) -> Option<Finding>) -> Vec<Finding> {
        let mut all = Vec::new();
        for service in self.engagement.services_in_scope() {
            if let Some(finding) = find(&service) {
                all.push(Finding {
                    service: Some(service),
                    ..finding
                });
            }
        }
        all
    }

    /// The same for those of these services that are in scope.
    fn for_each_of(&self, services: &[&str], find: impl Fn(&ServiceId) -> Finding) -> Vec<Finding> {
        self.for_each_service(|service| services.contains(&service.as_str()).then(|| find(service)))
    }
}

impl Finding {
    fn with(mut self, name: &'static str, number: impl Into<Option<u32>>) -> Self {
        self.numbers.extend(number.into().map(|number| (name, number)));
        self
    }

    fn on(self, day: impl Into<Option<NaiveDate>>) -> Self {
        Self {
            day: day.into(),
            ..self
        }
    }

    fn about(self, service: Option<ServiceId>) -> Self {
        Self { service, ..self }
    }
}
