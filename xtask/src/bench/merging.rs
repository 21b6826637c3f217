//! A merge of two copies with 1,000 touched items each, in wasm, in a page that does nothing else; and what an item costs in a
//! file. The page is `bench/large-work`: the app's own functions, without its pages.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::driver::Browser;
use crate::server::Server;

/// Merges that are measured, after some that do not count: the browser compiles what it runs often.
const MERGES: usize = 60;
const BEFORE: usize = 10;

/// The time of some merges, milliseconds. `null` stands for a merge that brought nothing.
const SCRIPT: &str = "(times) => {
    const took = [];
    for (let i = 0; i < times; i++) {
        const start = performance.now();
        const news = work.merge_once();
        took.push(news ? performance.now() - start : null);
    }
    return took;
}";

/// What was measured.
#[derive(Debug, Default)]
pub struct Merging {
    /// Each merge, milliseconds.
    pub merged: Vec<f64>,
    /// Bytes of an item in a file.
    pub item: usize,
    /// Of these, what was written.
    pub values: usize,
    /// Bytes of its history there.
    pub history: usize,
}

/// Opens the page, which stays open for [`several`].
pub async fn open(browser: &Browser, folder: &Path) -> Result<Server> {
    let server = Server::start(folder)?;
    browser.goto(&server.url()).await?;
    browser
        .until("document.documentElement.hasAttribute('data-ready')")
        .await?;
    Ok(server)
}

/// Merges, and weighs an item.
pub async fn measure(browser: &Browser) -> Result<Merging> {
    browser.evaluate("work.prepare()").await?;
    browser.evaluate(&format!("({SCRIPT})({BEFORE})")).await?;
    let took = browser.evaluate(&format!("({SCRIPT})({MERGES})")).await?;
    let merged: Vec<f64> = numbers(&took);
    ensure!(merged.len() == MERGES, "merges that brought nothing: {took}");
    let cost = browser.evaluate("[...work.cost_of_an_item()]").await?;
    let cost = |place: usize| -> Result<usize> {
        let bytes = cost[place].as_u64().context("no cost of an item")?;
        Ok(usize::try_from(bytes)?)
    };
    Ok(Merging {
        merged,
        item: cost(0)?,
        values: cost(1)?,
        history: cost(2)?,
    })
}

/// A file of so many engagements of which so many were worked on lately, counted from now.
pub async fn several(browser: &Browser, count: usize, lately: usize) -> Result<String> {
    let file = browser
        .evaluate(&format!("work.several_of(Date.now(), {count}, {lately})"))
        .await?;
    Ok(file.as_str().context("no file")?.to_owned())
}

fn numbers(values: &Value) -> Vec<f64> {
    values
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_f64)
        .collect()
}
