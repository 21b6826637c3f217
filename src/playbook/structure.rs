//! The skeleton of the playbook: phases, processes, steps and tasks with everything that has no language.
//!
//! Read from `content/structure.json`, which holds the facts of edition 2020-05 exactly as published.

use super::{
    Condition, MotionId, PhaseId, Place, ProcessId, RegionId, RoleId, ServiceId, StateGroup, StepId, TaskId, TaskState,
    TrackId,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Tasks for every service of the tenant.
pub const ALL_SERVICES: &str = "all-services";
/// Tasks done once per tenant, counting for every service.
pub const CORE_ONBOARDING: &str = "core-onboarding";

/// The playbook of one edition, without its words.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Structure {
    /// Edition, such as `2020-05`.
    pub edition: String,
    /// Phases in their order.
    pub phases: Vec<Phase>,
    /// Processes in the order of their phases.
    pub processes: Vec<Process>,
    /// Every task by its id; a task in two places stands here once.
    pub tasks: BTreeMap<TaskId, Task>,
    /// Tracks over the same tasks.
    pub tracks: Vec<Track>,
    /// The states, in the order of the list.
    pub states: Vec<State>,
    /// Services, pseudo services first.
    pub services: Vec<Service>,
    /// Roles.
    pub roles: Vec<Role>,
    /// Ways into an engagement.
    pub motions: Vec<MotionId>,
    /// FastTrack regions.
    pub regions: Vec<RegionId>,
    /// Tasks that record that a process is done or held.
    pub gates: Vec<Gate>,
    /// What should be done before a process; it warns, never locks.
    pub preconditions: Vec<Precondition>,
    /// Reference pages, in the order in which they are listed.
    #[serde(default)]
    pub references: Vec<ProcessId>,
}

/// A phase and its processes.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Phase {
    /// Its id.
    pub id: PhaseId,
    /// Its processes in order.
    pub processes: Vec<ProcessId>,
    /// For whom it is; everybody when `None`.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Runs only where no FastTrack Manager leads the engagement.
    #[serde(default)]
    pub without_manager: bool,
}

/// A process: one page of the playbook.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Process {
    /// Its id.
    pub id: ProcessId,
    /// The phase it belongs to.
    pub phase: PhaseId,
    /// The page's own date.
    pub source_date: String,
    /// The published page.
    pub page: String,
    /// What changed when.
    pub history: Vec<Revision>,
    /// The processes that may follow.
    pub next: Vec<ProcessId>,
    /// Its steps in order.
    pub steps: Vec<Step>,
}

/// One line of a page's change history.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Revision {
    /// Date as written.
    pub date: String,
    /// Key of the words in `names`.
    pub change: String,
    /// Languages, when only translations have it.
    #[serde(default)]
    pub only_in: Vec<String>,
}

/// A step of a process.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Step {
    /// Its id within the process.
    pub id: StepId,
    /// Who does it; `None` where the page has a dash.
    pub role: Option<RoleId>,
    /// A second role, on one step.
    #[serde(default)]
    pub also_role: Option<RoleId>,
    /// The ways in for which it is meant; empty means the step names none.
    pub motions: Vec<MotionId>,
    /// Services, or a pseudo service.
    pub applies_to: Vec<ServiceId>,
    /// Its tasks in order.
    pub tasks: Vec<TaskId>,
}

/// A task: one id, one state per service, wherever it stands.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Task {
    /// Mandatory or optional.
    pub requirement: Requirement,
    /// Who does it.
    pub role: RoleId,
    /// The union of the services of all its places.
    pub services: Vec<ServiceId>,
    /// Where it stands.
    pub places: Vec<Place>,
    /// The services of a place, where places differ.
    #[serde(default)]
    pub services_by_place: BTreeMap<Place, Vec<ServiceId>>,
}

/// Whether a task has to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Requirement {
    /// Has to be settled before its process is done.
    Mandatory,
    /// May be done.
    Optional,
}

/// A track: a way through the same tasks.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Track {
    /// Its id.
    pub id: TrackId,
    /// The services it is for.
    pub applies_to: Vec<ServiceId>,
    /// Its tasks in order.
    pub tasks: Vec<TaskId>,
}

/// A state as the facts list it; `TaskState` is the type the code works with.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct State {
    /// The state.
    pub id: TaskState,
    /// Its group in the facts, which knows `warning` as active.
    pub group: StateGroup,
    /// Whether it settles a task.
    pub closes: bool,
}

/// A service of Microsoft 365.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Service {
    /// Its id.
    pub id: ServiceId,
    /// What kind of entry it is.
    pub kind: ServiceKind,
}

/// What kind of entry a service is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceKind {
    /// `all-services` and `core-onboarding`.
    Pseudo,
    /// A service that can be in scope.
    Service,
    /// Named in a list of the portal only.
    ListedOnly,
}

/// A role of the delivery team.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Role {
    /// Its id.
    pub id: RoleId,
}

/// A task that records that a process is done or held.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Gate {
    /// The task.
    pub task: TaskId,
    /// The process it closes.
    pub process: ProcessId,
}

/// What should be done before a process begins (our reading).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Precondition {
    /// The process.
    pub process: ProcessId,
    /// Gate tasks of other processes.
    pub needs: Vec<TaskId>,
}

impl Structure {
    /// A process by its id.
    #[must_use]
    pub fn process(&self, id: &ProcessId) -> Option<&Process> {
        self.processes.iter().find(|process| process.id == *id)
    }

    /// A step by its place.
    #[must_use]
    pub fn step(&self, place: &Place) -> Option<&Step> {
        self.process(&place.process)?
            .steps
            .iter()
            .find(|step| step.id == place.step)
    }

    /// A phase by its id.
    #[must_use]
    pub fn phase(&self, id: &PhaseId) -> Option<&Phase> {
        self.phases.iter().find(|phase| phase.id == *id)
    }

    /// The services that can be in scope, in order.
    pub fn scopable_services(&self) -> impl Iterator<Item = &ServiceId> {
        self.services
            .iter()
            .filter(|service| service.kind == ServiceKind::Service)
            .map(|service| &service.id)
    }

    /// The gate tasks of a process.
    pub fn gates_of<'a>(&'a self, process: &'a ProcessId) -> impl Iterator<Item = &'a TaskId> + 'a {
        self.gates
            .iter()
            .filter(move |gate| gate.process == *process)
            .map(|gate| &gate.task)
    }
}

impl Task {
    /// Whether it has one state for the whole tenant instead of one per service.
    #[must_use]
    pub fn has_one_state(&self) -> bool {
        self.services
            .iter()
            .any(|service| matches!(service.as_str(), ALL_SERVICES | CORE_ONBOARDING))
    }

    /// The services it asks for at a place.
    #[must_use]
    pub fn services_at(&self, place: &Place) -> &[ServiceId] {
        self.services_by_place
            .get(place)
            .map_or(self.services.as_slice(), Vec::as_slice)
    }
}
