//! What must hold between the files of the content, as one list of faults: run by the tests, and by whoever adds a task or a
//! language.
//!
//! Facts: ids unique and resolved. Words: the same ids and blocks in every language, no empty text, the same placeholders.

use super::{Block, Guidance, Names, Piece, Structure, Words, words};
use std::collections::{BTreeMap, BTreeSet};

/// Faults of the skeleton: ids that stand twice or lead nowhere.
#[must_use]
pub fn structure(structure: &Structure) -> Vec<String> {
    let mut faults = Vec::new();
    let mut places = BTreeSet::new();
    let mut processes = BTreeSet::new();
    let services: BTreeSet<_> = structure.services.iter().map(|service| &service.id).collect();
    let roles: BTreeSet<_> = structure.roles.iter().map(|role| &role.id).collect();
    for process in &structure.processes {
        if !processes.insert(&process.id) {
            faults.push(format!("{}: stands twice", process.id));
        }
        if !structure
            .phase(&process.phase)
            .is_some_and(|phase| phase.processes.contains(&process.id))
        {
            faults.push(format!("{}: not in its phase", process.id));
        }
        for next in process.next.iter().filter(|next| structure.process(next).is_none()) {
            faults.push(format!("{}: next {next} does not exist", process.id));
        }
        for step in &process.steps {
            let place = format!("{}/{}", process.id, step.id);
            if !places.insert(place.clone()) {
                faults.push(format!("{place}: stands twice"));
            }
            let known_roles = step.role.iter().chain(&step.also_role).all(|role| roles.contains(role));
            if !known_roles || !step.applies_to.iter().all(|service| services.contains(service)) {
                faults.push(format!("{place}: unknown role or service"));
            }
            for task in step.tasks.iter().filter(|task| !structure.tasks.contains_key(*task)) {
                faults.push(format!("{place}: task {task} does not exist"));
            }
        }
    }
    for phase in &structure.phases {
        faults.extend(
            phase
                .processes
                .iter()
                .filter(|id| !processes.contains(id))
                .map(|id| format!("{}: {id} does not exist", phase.id)),
        );
    }
    for (id, task) in &structure.tasks {
        let stands = |place: &super::Place| structure.step(place).is_some_and(|step| step.tasks.contains(id));
        if task.places.is_empty() || !task.places.iter().all(stands) {
            faults.push(format!("{id}: its places do not have it"));
        }
        if !roles.contains(&task.role) || !task.services.iter().all(|service| services.contains(service)) {
            faults.push(format!("{id}: unknown role or service"));
        }
    }
    for task in structure
        .gates
        .iter()
        .map(|gate| &gate.task)
        .chain(structure.tracks.iter().flat_map(|track| &track.tasks))
    {
        if !structure.tasks.contains_key(task) {
            faults.push(format!("gate or track: task {task} does not exist"));
        }
    }
    faults
}

/// Faults of the names of one language: everything in the skeleton has exactly one that shows.
#[must_use]
pub fn names(structure: &Structure, names: &Names) -> Vec<String> {
    let mut wanted: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut want = |section: &'static str, id: String| {
        wanted.entry(section).or_default().insert(id);
    };
    for phase in &structure.phases {
        want("phases", phase.id.to_string());
    }
    for process in &structure.processes {
        want("processes", process.id.to_string());
        process
            .steps
            .iter()
            .for_each(|step| want("steps", format!("{}/{}", process.id, step.id)));
        process
            .history
            .iter()
            .for_each(|revision| want("changes", revision.change.clone()));
    }
    structure.tasks.keys().for_each(|id| want("tasks", id.to_string()));
    structure
        .services
        .iter()
        .for_each(|service| want("services", service.id.to_string()));
    structure
        .roles
        .iter()
        .for_each(|role| want("roles", role.id.to_string()));
    structure.motions.iter().for_each(|id| want("motions", id.to_string()));
    structure
        .references
        .iter()
        .for_each(|id| want("references", id.to_string()));
    structure.regions.iter().for_each(|id| want("regions", id.to_string()));
    structure
        .tracks
        .iter()
        .for_each(|track| want("tracks", track.id.to_string()));
    structure
        .states
        .iter()
        .for_each(|state| want("states", state.id.as_str().to_owned()));
    let mut faults = Vec::new();
    for (section, ids) in wanted {
        let have: BTreeSet<String> = names
            .sections()
            .get(section)
            .map(|all| all.keys().cloned().collect())
            .unwrap_or_default();
        faults.extend(
            ids.symmetric_difference(&have)
                .map(|id| format!("{}: {section} {id} is missing or too much", names.language)),
        );
        let empty = names
            .sections()
            .get(section)
            .into_iter()
            .flatten()
            .filter(|(_, name)| name.shown().trim().is_empty());
        faults.extend(empty.map(|(id, _)| format!("{}: {section} {id} is empty", names.language)));
    }
    faults
}

/// Faults of the blocks of a process or a reference page: ids that stand twice, links that lead nowhere, steps that do not exist.
#[must_use]
pub fn guidance(structure: &Structure, guidance: &Guidance) -> Vec<String> {
    let id = &guidance.process;
    let process = structure.process(id);
    if process.is_some() == structure.references.contains(id) || process.is_some() != guidance.sections.is_empty() {
        return vec![format!("{id}: neither a process nor a reference page")];
    }
    let mut faults = Vec::new();
    let sections: BTreeSet<_> = guidance.sections.iter().map(|section| &section.id).collect();
    if sections.len() < guidance.sections.len() {
        faults.push(format!("{id}: a section stands twice"));
    }
    let mut seen = BTreeSet::new();
    for block in guidance.blocks() {
        if !seen.insert(block.id.to_string()) {
            faults.push(format!("{id}: block {} stands twice", block.id));
        }
        if !leads_somewhere(structure, block) {
            faults.push(format!("{id}: block {} leads nowhere", block.id));
        }
    }
    for resource in guidance.resources() {
        if !resource.url.starts_with("https://") {
            faults.push(format!("{id}: {} is not https", resource.id));
        }
        if !seen.insert(resource.id.to_string()) {
            faults.push(format!("{id}: resource {} stands twice", resource.id));
        }
    }
    let steps: BTreeSet<_> = process
        .iter()
        .flat_map(|process| &process.steps)
        .map(|step| &step.id)
        .collect();
    faults.extend(
        guidance
            .steps
            .keys()
            .filter(|step| !steps.contains(step))
            .map(|step| format!("{id}: no step {step}")),
    );
    faults.extend(
        steps
            .into_iter()
            .filter(|step| !guidance.steps.contains_key(*step))
            .map(|step| format!("{id}: {step} says nothing")),
    );
    faults
}

fn leads_somewhere(structure: &Structure, block: &Block) -> bool {
    match &block.link {
        None => true,
        Some(super::Link::Task(task)) => structure.tasks.contains_key(task),
        Some(super::Link::Process(process)) => structure.process(process).is_some(),
        Some(super::Link::Step(place)) => structure.step(place).is_some(),
        Some(super::Link::Reference(page)) => structure.references.contains(page),
    }
}

/// Faults of the words of a page in one language, against its blocks and the words of the first language.
#[must_use]
pub fn words(structure: &Structure, guidance: &Guidance, tag: &str, words: &Words, first: &Words) -> Vec<String> {
    let id = &guidance.process;
    let mut wanted = BTreeSet::from(["summary".to_owned()]);
    wanted.extend(guidance.sections.iter().map(|section| section.id.to_string()));
    wanted.extend(guidance.blocks().iter().map(|block| block.id.to_string()));
    for resource in guidance.resources() {
        wanted.insert(resource.id.to_string());
        if resource.about {
            wanted.insert(format!("{}.about", resource.id));
        }
    }
    let have: BTreeSet<String> = words.keys().cloned().collect();
    let mut faults: Vec<String> = wanted
        .symmetric_difference(&have)
        .map(|key| format!("{tag} {id}: {key} is missing or too much"))
        .collect();
    for (key, text) in words {
        if text.trim().is_empty() {
            faults.push(format!("{tag} {id}: {key} is empty"));
        }
        if first
            .get(key)
            .is_some_and(|first| words::placeholders(first) != words::placeholders(text))
        {
            faults.push(format!(
                "{tag} {id}: {key} has other placeholders than the first language"
            ));
        }
        match words::pieces(text) {
            Err(bad) => faults.push(format!("{tag} {id}: {key}: {bad}")),
            Ok(pieces) => {
                let lost = pieces.iter().any(|piece| !resolves(structure, guidance, piece));
                faults.extend(lost.then(|| format!("{tag} {id}: {key} names something that does not exist")));
            }
        }
    }
    faults
}

fn resolves(structure: &Structure, guidance: &Guidance, piece: &Piece<'_>) -> bool {
    match piece {
        Piece::Task(task) => structure.tasks.contains_key(task),
        Piece::Process(process) => structure.process(process).is_some(),
        Piece::Step(place) => structure.step(place).is_some(),
        Piece::Reference(page) => structure.references.contains(page),
        Piece::Resource(id) => guidance.resources().any(|resource| resource.id == *id),
        Piece::MonthDay(month, day) => (1..=12).contains(month) && (1..=31).contains(day),
        Piece::Text(_) | Piece::Number(_) | Piece::Percent(_) => true,
    }
}
