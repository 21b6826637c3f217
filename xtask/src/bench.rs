//! `cargo xtask bench`: what a first visit costs and how fast an edit is kept and shown, beside the targets.
//!
//! A measurement, not a test: a missed target fails nothing. Times depend on the machine and on what else it does, so the
//! start is compared with that of an empty Leptos page, loaded in turn with the app in the same browser.

mod edits;
mod heavy;
mod loads;
mod many;
mod merging;
mod reading;
mod report;
mod statistics;
mod weight;

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result};
use serde_json::json;

use crate::dist::{self, EMPTY_PAGE, LARGE_WORK, Options, SINGLE};
use crate::driver::{self, Browser, Driver};
use crate::server::Server;
use crate::workspace::Workspace;
use report::Measured;
use weight::Weight;

/// First visits of each page.
const LOADS: usize = 15;
/// Edits at each speed.
const EDITS: usize = 240;

/// Measures a new build, or what was built before, and prints a table; with `write` it goes into README.md, too.
pub fn bench(workspace: &Workspace, build: bool, write: bool) -> Result<()> {
    if build {
        dist::build(workspace, &workspace.dist(), Options::default())?;
        dist::build_page(workspace, EMPTY_PAGE, &workspace.empty_dist())?;
        dist::build_page(workspace, LARGE_WORK, &workspace.large_work_dist())?;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let table = runtime.block_on(measure(workspace))?.table()?;
    println!("{table}");
    if write {
        report::write(&workspace.root().join("README.md"), &table)?;
    }
    Ok(())
}

async fn measure(workspace: &Workspace) -> Result<Measured> {
    let (app, empty) = (workspace.dist(), workspace.empty_dist());
    let driver = Driver::start()?;
    let browser = driver.open(driver::Options::default()).await?;
    let circumstances = circumstances(&browser).await?;
    let (apps, empties) = loads::interleaved(&browser, &app, &empty, LOADS).await?;
    let server = Server::start(&app)?;
    let fixtures = workspace.root().join("tests/fixtures");
    let visitor = edits::open(&browser, &server, &fixtures).await?;
    let edits = edits::measure(&visitor, EDITS, 1.0).await?;
    let slow = edits::measure(&visitor, EDITS, 4.0).await?;
    let reading = reading::measure(workspace, &visitor).await?;
    let heavy = heavy::measure(workspace, &visitor, &fixtures).await?;
    let page = merging::open(&browser, &workspace.large_work_dist()).await?;
    let merging = merging::measure(&browser).await?;
    let file = merging::several(&browser, many::MANY, many::LATELY).await?;
    drop(page);
    browser.close().await?;
    let many = many::measure(&driver, &app, &file).await?;

    // Last, since compressing takes both processors for a while; each file once.
    let (built, built_empty) = (dist::load(&app)?, dist::load(&empty)?);
    let (first, offline) = (apps.files(), weight::offline(&built)?);
    let wanted: BTreeSet<String> = first.iter().chain(&offline).cloned().collect();
    let weights = weight::each(&built, &wanted)?;
    let of = |names: &[String]| -> Vec<(String, Weight)> {
        let named = weights.iter().filter(|(name, _)| names.contains(name));
        named.cloned().collect()
    };
    let single = built.get(SINGLE).with_context(|| format!("{SINGLE} is not built"))?;
    Ok(Measured {
        circumstances,
        files: of(&first),
        empty_weight: weight::sum(&weight::each(&built_empty, &empties.files().into_iter().collect())?),
        offline: (offline.len(), weight::sum(&of(&offline))),
        single: Weight::of(single)?,
        app: apps,
        empty: empties,
        edits,
        slow,
        heavy,
        reading,
        merging,
        many,
    })
}

/// The day, the browser, and how busy the machine was before we made it so.
async fn circumstances(browser: &Browser) -> Result<String> {
    let day = browser.evaluate("new Date().toISOString().slice(0, 10)").await?;
    let version = browser.cdp("Browser.getVersion", json!({})).await?;
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let busy = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let busy = match busy.split_whitespace().next() {
        Some(load) => format!(", load {load} before"),
        None => String::new(),
    };
    Ok(format!(
        "{}: {} without a window, {processors} processors{busy}; KB are 1000 bytes. `cargo xtask bench --write` made this.",
        day.as_str().unwrap_or_default(),
        version["product"].as_str().unwrap_or("Chromium"),
    ))
}
