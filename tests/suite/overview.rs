//! The overview answers in one walk what the single questions answer one by one.

use crate::{
    playbook::structure,
    support::{by, cases, contoso, draw},
};
use chrono::NaiveDate;
use engagement_playbook::{
    engagement::{Change, Engagement, StateKey},
    playbook::{Fact, Place, Requirement, ServiceId, Structure, TaskId, TaskState},
    rules::{self, NextItem, Overview, ProcessState},
};
use proptest::prelude::*;
use std::{collections::BTreeSet, sync::LazyLock};

static STRUCTURE: LazyLock<Structure> = LazyLock::new(structure);

/// A thing a person does that may change what is asked for or how it stands, over all of the playbook.
#[derive(Clone, Debug)]
pub enum Edit {
    Motion(Option<usize>),
    Service(usize, bool),
    Fact(usize, Option<bool>),
    State(usize, Option<usize>, usize),
    AllOfProcess(usize, usize),
    Due(usize, Option<u8>),
}

pub fn edit() -> impl Strategy<Value = Edit> {
    let (tasks, services) = (STRUCTURE.tasks.len(), STRUCTURE.services.len());
    let (motions, processes) = (STRUCTURE.motions.len(), STRUCTURE.processes.len());
    prop_oneof![
        1 => proptest::option::of(0..motions).prop_map(Edit::Motion),
        4 => (0..services, any::<bool>()).prop_map(|(service, is)| Edit::Service(service, is)),
        1 => (0..Fact::ALL.len(), proptest::option::of(any::<bool>())).prop_map(|(fact, is)| Edit::Fact(fact, is)),
        6 => (0..tasks, proptest::option::of(0..services), 0..13_usize).prop_map(|(task, service, state)| Edit::State(task, service, state)),
        3 => (0..processes, 0..13_usize).prop_map(|(process, state)| Edit::AllOfProcess(process, state)),
        2 => (0..tasks, proptest::option::of(1..28_u8)).prop_map(|(task, day)| Edit::Due(task, day)),
    ]
}

/// The engagement after these edits, with three services to begin with.
pub fn engagement(edits: &[Edit]) -> Engagement {
    let mut one = Engagement::new(contoso());
    let replica = draw();
    let does = |one: &mut Engagement, change: Change| {
        one.apply(&change, &by(replica, 1_000));
    };
    for service in ["exchange", "teams", "microsoft-365-apps"] {
        does(&mut one, Change::SetServiceInScope(service.into(), true));
    }
    for edit in edits {
        for change in changes(&one, edit) {
            does(&mut one, change);
        }
    }
    one
}

fn changes(one: &Engagement, edit: &Edit) -> Vec<Change> {
    let set = |task: TaskId, states| Change::SetTaskState {
        task,
        states,
        reason: None,
        done_on: None,
    };
    let task = |number: usize| STRUCTURE.tasks.keys().nth(number).expect("a task").clone();
    match *edit {
        Edit::Motion(motion) => vec![Change::SetMotion(
            motion.map(|motion| STRUCTURE.motions[motion].clone()),
        )],
        Edit::Service(service, is) => vec![Change::SetServiceInScope(STRUCTURE.services[service].id.clone(), is)],
        Edit::Fact(fact, is) => vec![Change::SetFact(Fact::ALL[fact], is)],
        Edit::State(number, service, state) => {
            let of = |service: usize| StateKey::Service(STRUCTURE.services[service].id.clone());
            let key = service.map_or(StateKey::Whole, of);
            vec![set(task(number), vec![(key, TaskState::ALL[state])])]
        }
        Edit::AllOfProcess(process, state) => {
            let tasks = STRUCTURE.processes[process].steps.iter().flat_map(|step| &step.tasks);
            let states = |task| {
                let keys = rules::keys(&STRUCTURE, one, task).into_iter();
                keys.map(|key| (key, TaskState::ALL[state])).collect()
            };
            tasks.map(|task| set(task.clone(), states(task))).collect()
        }
        Edit::Due(number, day) => vec![Change::SetDue(task(number), day.map(november))],
    }
}

/// A day of November 2026.
pub fn november(day: u8) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, u32::from(day)).expect("a day of November")
}

fn agrees(overview: &Overview, one: &Engagement) -> Result<(), TestCaseError> {
    let structure: &Structure = &STRUCTURE;
    prop_assert_eq!(overview.progress, rules::of_engagement(structure, one));
    let current = rules::current_phase(structure, one).map(|phase| &phase.id);
    prop_assert_eq!(overview.current_phase().map(|phase| &phase.id), current);
    prop_assert_eq!(overview.phases.len(), structure.phases.len());
    for (phase, standing) in structure.phases.iter().zip(&overview.phases) {
        prop_assert_eq!(&standing.id, &phase.id);
        prop_assert_eq!(&standing.scope, &rules::phase_scope(phase, one));
        prop_assert_eq!(
            standing.progress,
            rules::of_phase(structure, one, phase),
            "{}",
            phase.id
        );
    }
    prop_assert_eq!(overview.processes.len(), structure.processes.len());
    for process in &structure.processes {
        let standing = overview.process(&process.id).expect("every process");
        prop_assert_eq!(
            &standing.scope,
            &rules::process_scope(structure, one, process),
            "{}",
            process.id
        );
        prop_assert_eq!(
            standing.progress,
            rules::of_process(structure, one, process),
            "{}",
            process.id
        );
        prop_assert_eq!(
            standing.state,
            rules::process_state(structure, one, process),
            "{}",
            process.id
        );
        let missing = rules::missing(structure, None, one, process);
        prop_assert_eq!(
            standing.open,
            missing.gates.len() + missing.mandatory.len(),
            "{}",
            process.id
        );
        for step in &process.steps {
            let place = Place {
                process: process.id.clone(),
                step: step.id.clone(),
            };
            let standing = overview.step(&place).expect("every step");
            prop_assert_eq!(&standing.scope, &rules::step_scope(structure, one, &place), "{}", place);
            prop_assert_eq!(standing.progress, rules::of_step(structure, one, &place), "{}", place);
            let asked = |task| rules::task_scope(structure, one, &place, task).is_ok();
            prop_assert_eq!(
                &standing.asked,
                &step.tasks.iter().map(asked).collect::<Vec<_>>(),
                "{}",
                place
            );
        }
    }
    let next = rules::agenda(structure, one, november(15)).next;
    let next: Vec<&TaskId> = next.iter().filter_map(|next| task_of(&next.item)).collect();
    let each: BTreeSet<&TaskId> = next.iter().copied().collect();
    prop_assert_eq!(next.len(), each.len(), "never the same task twice");
    for (task, facts) in &structure.tasks {
        let is_open = |place: &Place| {
            let keys = rules::keys_at(structure, one, place, task);
            rules::task_scope(structure, one, place, task).is_ok()
                && !keys.iter().all(|key| one.task_state(task, key).settles())
        };
        let open = facts.places.iter().any(is_open);
        prop_assert!(open || !each.contains(task), "{} is not open", task);
        let must = facts.requirement == Requirement::Mandatory;
        prop_assert!(!(open && must) || each.contains(task), "{} is not there", task);
    }
    Ok(())
}

fn task_of(item: &NextItem) -> Option<&TaskId> {
    match item {
        NextItem::Task { task, .. } => Some(task),
        NextItem::Deadline(_) => None,
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn one_walk_answers_what_the_single_questions_do(edits in proptest::collection::vec(edit(), 0..24)) {
        let one = engagement(&edits);
        agrees(&rules::overview(&STRUCTURE, &one), &one)?;
    }
}

#[test]
fn a_new_engagement_stands_in_its_first_phase_with_everything_open() {
    let overview = rules::overview(&STRUCTURE, &engagement(&[]));
    assert_eq!(
        overview.current_phase().map(|phase| phase.id.as_str()),
        Some("initiate")
    );
    assert_eq!(overview.progress.settled, 0);
    let kickoff = overview.process(&"conduct-customer-kickoff".into()).expect("a process");
    assert_eq!((kickoff.state, kickoff.open), (ProcessState::Open, 2));
}

#[test]
fn without_any_service_only_tasks_for_the_whole_tenant_are_asked_for() {
    let overview = rules::overview(&STRUCTURE, &Engagement::new(contoso()));
    let whole = STRUCTURE.tasks.values().filter(|task| task.has_one_state()).count();
    let asked = overview.progress.mandatory + overview.progress.optional;
    assert!(0 < asked && asked <= whole, "{asked} of {whole}");
    let services: Vec<&ServiceId> = STRUCTURE.scopable_services().collect();
    assert!(services.len() >= 16, "{services:?}");
}
