//! Opening every process of the playbook, and changing the language: until it shows.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::visitor::Visitor;
use crate::workspace::Workspace;

/// Opens and changes, and notes the times.
const SCRIPT: &str = include_str!("reading.js");

/// Languages in turn; none stays.
const LANGUAGES: [&str; 12] = [
    "de", "ja", "zh-Hans", "en", "de", "ja", "zh-Hans", "en", "de", "ja", "zh-Hans", "en",
];

/// So many pages in one script: a browser ends a script after 30 seconds.
const BATCH: usize = 8;

/// What was measured, in milliseconds.
#[derive(Debug, Default)]
pub struct Reading {
    /// From the address to the frame with the page's head; four times slower, every process twice.
    pub opened: Vec<f64>,
    /// From the choice to the frame in the other language, on a process page; at the processor's own speed.
    pub switched: Vec<f64>,
    /// The same when the files of the language are fetched first.
    pub fetched: Vec<f64>,
}

/// Reads the whole playbook.
pub async fn measure(workspace: &Workspace, visitor: &Visitor<'_>) -> Result<Reading> {
    let structure = std::fs::read_to_string(workspace.content().join("structure.json")).context("structure.json")?;
    let structure: Value = serde_json::from_str(&structure)?;
    let processes: Vec<&str> = structure["processes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|process| process["id"].as_str())
        .collect();
    visitor.open("#/playbook", "main [data-phase]").await?;
    // Once without counting: every file is fetched, and the browser compiles what it runs often.
    run(visitor, "open", &processes).await?;
    let mut reading = Reading::default();
    visitor.throttle_cpu(4.0).await?;
    for _ in 0..2 {
        reading.opened.extend(run(visitor, "open", &processes).await?);
    }
    visitor.throttle_cpu(1.0).await?;
    visitor
        .open("#/playbook/p/conduct-customer-kickoff", "main .guide li")
        .await?;
    let (first, others) = LANGUAGES.split_at(4);
    reading.fetched = run(visitor, "speak", first).await?;
    reading.switched = run(visitor, "speak", others).await?;
    Ok(reading)
}

async fn run(visitor: &Visitor<'_>, what: &str, which: &[&str]) -> Result<Vec<f64>> {
    let mut times = Vec::new();
    for some in which.chunks(BATCH) {
        let measured = visitor
            .evaluate(&format!("await ({SCRIPT})({}, {})", json!(what), json!(some)))
            .await?;
        let measured = measured.as_array().context("no times")?;
        times.extend(measured.iter().filter_map(Value::as_f64));
    }
    Ok(times)
}
