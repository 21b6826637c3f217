//! One customer with everything: each task of the playbook touched, every service in scope, and many notes. How long the app takes
//! to answer anew what it shows of such an engagement after a tick, on a slow machine.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

use super::edits::{self, BOXES, Edits};
use crate::visitor::Visitor;
use crate::workspace::Workspace;

/// So many services in scope, the first of the playbook.
pub const SERVICES: usize = 16;

/// So many notes.
pub const NOTES: usize = 500;

/// Edits that are measured.
const EDITS: usize = 120;

/// Rounds over the pages that are measured.
const ROUNDS: usize = 40;

/// What runs in the page for a round.
const SCRIPT: &str = include_str!("heavy.js");

/// What was measured.
#[derive(Debug, Default)]
pub struct Heavy {
    /// The edits on a page of work.
    pub edits: Edits,
    /// What all answers took that the first page of the engagement shows, milliseconds.
    pub first: Vec<f64>,
    /// The same with every rule, as the page of dates shows them.
    pub all: Vec<f64>,
}

/// Imports such an engagement, opens its first process, and ticks at a quarter of the processor's speed.
pub async fn measure(workspace: &Workspace, visitor: &Visitor<'_>, fixtures: &Path) -> Result<Heavy> {
    let some = fs::read_to_string(fixtures.join("shots.engagement.json")).context("shots.engagement.json")?;
    let structure = fs::read_to_string(workspace.content().join("structure.json")).context("structure.json")?;
    edits::import(visitor, &heavy(&some, &structure)?).await?;
    let first = format!("#{}", BOXES[0]);
    visitor.open("#/e/heavy/p/conduct-customer-kickoff", &first).await?;
    let mut heavy = Heavy {
        edits: edits::measure(visitor, EDITS, 4.0).await?,
        ..Heavy::default()
    };
    visitor.throttle_cpu(4.0).await?;
    // Some that do not count: the browser compiles what it runs often.
    rounds(visitor, BOXES.len()).await?;
    while heavy.all.len() < ROUNDS {
        let measured = rounds(visitor, BOXES.len()).await?;
        for round in measured.as_array().into_iter().flatten() {
            heavy
                .first
                .push(round[0].as_f64().context("no answers on the first page")?);
            heavy
                .all
                .push(round[1].as_f64().context("no answers on the page of dates")?);
        }
    }
    visitor.throttle_cpu(1.0).await?;
    Ok(heavy)
}

async fn rounds(visitor: &Visitor<'_>, times: usize) -> Result<Value> {
    visitor
        .evaluate(&format!("await ({SCRIPT})({times}, {})", json!(BOXES)))
        .await
}

/// An engagement of some file, filled up: what is written carries a mark that stands there.
fn heavy(some: &str, structure: &str) -> Result<String> {
    let (mut file, structure): (Value, Value) = (serde_json::from_str(some)?, serde_json::from_str(structure)?);
    let mut one = file["engagements"][0].take();
    let mark = one["about"]["customer"]["name"][1].clone();
    ensure!(mark.is_string(), "an engagement without a name");
    let services = structure["services"].as_array().into_iter().flatten();
    let services: Vec<&str> = services
        .filter(|service| service["kind"] == "service")
        .filter_map(|service| service["id"].as_str())
        .take(SERVICES)
        .collect();
    let in_scope = |(number, service): (usize, &&str)| {
        let fields = json!({
            "in_scope": [true, mark],
            "entitlements": [100 * (number + 1), mark],
            "target": [day(number), mark],
        });
        ((*service).to_owned(), fields)
    };
    one["id"] = json!("heavy");
    one["services"] = Value::Object(services.iter().enumerate().map(in_scope).collect());
    one["tasks"] = Value::Object(tasks(&structure, &mark)?);
    one["notes"] = Value::Object((0..NOTES).map(|number| note(number, &mark)).collect());
    file["engagements"] = json!([one]);
    Ok(file.to_string())
}

/// Every task in work; every third with an owner, a day and a remark.
fn tasks(structure: &Value, mark: &Value) -> Result<Map<String, Value>> {
    let tasks = structure["tasks"].as_object().context("no tasks")?;
    let touched = tasks.iter().enumerate().map(|(number, (id, task))| {
        let services = task["services"].as_array().into_iter().flatten();
        let services: Vec<&str> = services.filter_map(Value::as_str).collect();
        let whole = |service: &&str| matches!(*service, "all-services" | "core-onboarding");
        let mut fields = if services.iter().any(whole) {
            json!({ "state": ["in-progress", mark] })
        } else {
            let states = services.iter();
            let states: Map<String, Value> = states
                .map(|service| ((*service).to_owned(), json!(["in-progress", mark])))
                .collect();
            json!({ "states": states })
        };
        if number % 3 == 0 {
            fields["owner"] = json!(["Anna Berger", mark]);
            fields["due"] = json!([day(number), mark]);
            fields["comment"] = json!(["Agreed with the customer.", mark]);
        }
        (id.clone(), fields)
    });
    Ok(touched.collect())
}

fn note(number: usize, mark: &Value) -> (String, Value) {
    let fields = json!({
        "text": ["The customer goes through the list with the partner and comes back next week. ".repeat(3), mark],
        "on": [day(number), mark],
        "language": ["en", mark],
    });
    (format!("note-{number:03}"), fields)
}

/// One of 28 days.
fn day(number: usize) -> String {
    format!("2026-11-{:02}", 1 + number % 28)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_touched_under_a_mark_that_stands_in_the_file() -> Result<()> {
        let some =
            json!({ "version": 1, "engagements": [{ "id": "a", "about": { "customer": { "name": ["A", "m"] } } }] });
        let structure = json!({
            "services": [{ "id": "all-services", "kind": "pseudo" }, { "id": "teams", "kind": "service" }],
            "tasks": { "1": { "services": ["all-services"] }, "2": { "services": ["teams"] } },
        });
        let file: Value = serde_json::from_str(&heavy(&some.to_string(), &structure.to_string())?)?;
        let one = &file["engagements"][0];
        assert_eq!(file["engagements"].as_array().map(Vec::len), Some(1));
        assert_eq!(one["services"]["teams"]["in_scope"], json!([true, "m"]));
        assert_eq!(one["services"].as_object().map(Map::len), Some(1));
        assert_eq!(one["tasks"]["1"]["state"], json!(["in-progress", "m"]));
        assert_eq!(one["tasks"]["2"]["states"]["teams"], json!(["in-progress", "m"]));
        assert_eq!(one["notes"].as_object().map(Map::len), Some(NOTES));
        Ok(())
    }
}
