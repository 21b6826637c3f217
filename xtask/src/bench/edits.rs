//! Ticks on a process page, with many engagements in the browser: when they are kept, and when they show.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{loads, statistics::percentile};
use crate::driver::Browser;
use crate::server::Server;
use crate::visitor::Visitor;

/// So many engagements are imported.
pub const ENGAGEMENTS: usize = 50;

/// Clicks the boxes and notes the times.
const SCRIPT: &str = include_str!("edits.js");

/// Boxes of the first process that a click simply turns over.
pub const BOXES: [&str; 4] = ["check-3979", "check-3616", "check-994", "check-1903"];

/// So many edits in one script: a browser ends a script after 30 seconds, and a machine can be busy.
const BATCH: usize = 24;

/// How long the keeper may take.
const SETTLED: Duration = Duration::from_secs(120);

/// What was measured of each edit; milliseconds since the click.
#[derive(Debug, Default)]
pub struct Edits {
    /// The journal stands in the storage.
    pub written: Vec<f64>,
    /// The bar says so: everything the app does about the edit is done.
    pub saved: Vec<f64>,
    /// The next frame is painted.
    pub painted: Vec<f64>,
    /// Of this time, what the answers about the engagement took.
    pub answered: Vec<f64>,
    /// The bar says "Safe" or better: the second store has it on the disk.
    pub safe: Vec<f64>,
}

/// Imports the engagements into a new profile, and opens the first process of one of them.
pub async fn open<'a>(browser: &'a Browser, server: &Server, fixtures: &Path) -> Result<Visitor<'a>> {
    let visitor = Visitor::new(browser, server.url());
    visitor.inject(loads::SCRIPT).await?;
    visitor.introduce("Anna Berger").await?;
    let some = fs::read_to_string(fixtures.join("shots.engagement.json")).context("shots.engagement.json")?;
    import(&visitor, &many(&some)?).await?;
    visitor
        .open("#/", &format!("table.portfolio tbody tr:nth-child({ENGAGEMENTS})"))
        .await?;
    visitor
        .open("#/e/contoso/p/conduct-customer-kickoff", &format!("#{}", BOXES[0]))
        .await?;
    Ok(visitor)
}

/// Imports a file, and waits until it is as on any other day: the keeper has joined what was imported into snapshots, which
/// takes it some seconds.
pub async fn import(visitor: &Visitor<'_>, text: &str) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("bench.engagement.json");
    fs::write(&file, text)?;
    visitor.import(&file).await?;
    let settled = "Object.keys(localStorage).every((key) => !key.startsWith('ep.m.'))";
    visitor.until_within(settled, SETTLED).await?;
    Ok(())
}

/// Copies of some engagements under other ids, until there are enough.
fn many(some: &str) -> Result<String> {
    let mut file: Value = serde_json::from_str(some)?;
    let some = file["engagements"].as_array().cloned().unwrap_or_default();
    ensure!(!some.is_empty(), "a file without engagements");
    let copies = some.iter().cycle().take(ENGAGEMENTS).enumerate().map(|(index, one)| {
        let mut copy = one.clone();
        if index >= some.len() {
            copy["id"] = json!(format!("copy-{index}"));
        }
        copy
    });
    file["engagements"] = copies.collect();
    Ok(file.to_string())
}

/// Makes so many edits at a speed of the processor; 1 is its own, 4 four times slower.
pub async fn measure(visitor: &Visitor<'_>, times: usize, slower: f64) -> Result<Edits> {
    visitor.throttle_cpu(slower).await?;
    // Some that do not count: the browser compiles what it runs often.
    run(visitor, BOXES.len() * 4).await?;
    let mut edits = Edits::default();
    while edits.painted.len() < times {
        let measured = run(visitor, BATCH.min(times - edits.painted.len())).await?;
        for edit in measured.as_array().into_iter().flatten() {
            let time = |place: usize, what: &str| {
                edit[place]
                    .as_f64()
                    .with_context(|| format!("an edit that was not {what}"))
            };
            edits.written.push(time(0, "written")?);
            edits.saved.push(time(1, "called saved")?);
            edits.painted.push(time(2, "painted")?);
            edits.answered.push(time(3, "answered")?);
            edits.safe.push(time(4, "called safe")?);
        }
    }
    visitor.throttle_cpu(1.0).await?;
    Ok(edits)
}

async fn run(visitor: &Visitor<'_>, times: usize) -> Result<Value> {
    visitor
        .evaluate(&format!("await ({SCRIPT})({times}, {})", json!(BOXES)))
        .await
}

/// The percentiles that count, in milliseconds.
pub fn three(values: &[f64]) -> String {
    let shown = [50.0, 95.0, 99.0].map(|percent| format!("{:.1}", percentile(values, percent)));
    format!("{} ms", shown.join(" / "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_have_ids_of_their_own() -> Result<()> {
        let many = many(r#"{"engagements":[{"id":"a"},{"id":"b"}],"version":1}"#)?;
        let many: Value = serde_json::from_str(&many)?;
        let ids: Vec<&str> = many["engagements"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|one| one["id"].as_str())
            .collect();
        assert_eq!(ids.len(), ENGAGEMENTS);
        assert_eq!(ids[..3], ["a", "b", "copy-2"]);
        Ok(())
    }
}
