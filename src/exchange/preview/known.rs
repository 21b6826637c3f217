//! Whether this version and this playbook know a field. What they do not know is kept and written back; the preview
//! only says how much of it there is.

use crate::{
    engagement::{Factor, FactorState, shape_of},
    playbook::{Fact, Structure, TaskState},
};
use serde_json::Value;

/// Whether the field, the ids in its path and its value are known.
pub(super) fn is_known(path: &[&str], value: &Value, playbook: &Structure) -> bool {
    shape_of(path).is_some() && ids_are_known(path, playbook) && value_is_known(path, value, playbook)
}

fn ids_are_known(path: &[&str], playbook: &Structure) -> bool {
    let service = |id: &str| playbook.services.iter().any(|service| service.id.as_str() == id);
    match path {
        ["tasks", task, _] => playbook.tasks.contains_key(*task),
        ["tasks", task, _, of] => playbook.tasks.contains_key(*task) && service(of),
        ["services", id, "ssat", factor, _] => service(id) && Factor::ALL.iter().any(|one| one.name() == *factor),
        ["services", id, ..] => service(id),
        ["checks" | "processes", id, ..] => playbook.processes.iter().any(|process| process.id.as_str() == *id),
        ["about", "facts", id] => Fact::ALL.iter().any(|fact| fact.as_str() == *id),
        _ => true,
    }
}

fn value_is_known(path: &[&str], value: &Value, playbook: &Structure) -> bool {
    let Some(id) = value.as_str() else { return true };
    match path {
        ["tasks", _, "state" | "before"] | ["tasks", _, "states" | "befores", _] => TaskState::parse(id).is_some(),
        ["about", "assignment", "motion"] => playbook.motions.iter().any(|motion| motion.as_str() == id),
        ["about", "customer", "region"] => playbook.regions.iter().any(|region| region.as_str() == id),
        ["services", _, "ssat", _, "state"] => FactorState::parse(id).is_some(),
        ["readings" | "migrations" | "parts" | "scenarios", _, "service"] => {
            playbook.services.iter().any(|service| service.id.as_str() == id)
        }
        ["notes", _, "process"] => playbook.processes.iter().any(|process| process.id.as_str() == id),
        _ => true,
    }
}
