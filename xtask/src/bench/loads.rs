//! First visits, of the app and of the empty page in turn.
//!
//! Each comes from a server of its own, in a tab of its own: another port is another origin, so nothing that the browser
//! keeps of the load before can help, neither files nor compiled code nor the service worker.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::statistics::median;
use crate::driver::Browser;
use crate::server::Server;

/// Injected into every page.
pub const SCRIPT: &str = include_str!("load.js");

/// After the mark, what is done then at once belongs to the start too.
const AFTER: Duration = Duration::from_secs(1);

/// A task that is longer than this blocks, for the rest of its time; milliseconds.
const LONG: f64 = 50.0;

/// One first visit; times in milliseconds since the navigation.
#[derive(Debug, Clone)]
pub struct Load {
    /// First contentful paint.
    pub paint: f64,
    /// The mark `data-ready`.
    pub ready: f64,
    /// By how much long tasks were too long, from the paint to a second after the mark.
    pub blocking: f64,
    /// The files that had been loaded at the mark, as paths of the build.
    pub files: Vec<String>,
}

/// All visits of one page.
#[derive(Debug, Default)]
pub struct Loads(Vec<Load>);

impl Loads {
    /// The median of one of the times.
    pub fn median(&self, of: impl Fn(&Load) -> f64) -> f64 {
        median(&self.0.iter().map(of).collect::<Vec<_>>())
    }

    /// The files of all visits. The icon and the manifest, which only the browser wants, come before the mark or after it.
    pub fn files(&self) -> Vec<String> {
        let all: BTreeSet<&String> = self.0.iter().flat_map(|load| &load.files).collect();
        all.into_iter().cloned().collect()
    }

    /// How many.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

/// Loads the app and the empty page in turn, after one of each that does not count: the browser itself starts cold.
pub async fn interleaved(browser: &Browser, app: &Path, empty: &Path, times: usize) -> Result<(Loads, Loads)> {
    let (mut apps, mut empties) = (Loads::default(), Loads::default());
    for turn in 0..=times {
        let (one, other) = (load(browser, app).await?, load(browser, empty).await?);
        if turn > 0 {
            apps.0.push(one);
            empties.0.push(other);
        }
    }
    Ok((apps, empties))
}

async fn load(browser: &Browser, folder: &Path) -> Result<Load> {
    let server = Server::start(folder)?;
    let before = browser.window().await?;
    let tab = browser.new_window(true).await?.handle;
    browser.switch_to_window(tab).await?;
    browser.device(1280, 900, 1.0, false).await?;
    browser
        .cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": SCRIPT }))
        .await?;
    browser.goto(&server.url()).await?;
    browser.until("bench.ready !== null && bench.paint !== null").await?;
    tokio::time::sleep(AFTER).await;
    let seen = browser.evaluate("bench").await?;
    browser.close_window().await?;
    browser.switch_to_window(before).await?;
    read(&seen, &server.url())
}

fn read(seen: &Value, base: &str) -> Result<Load> {
    let number = |value: &Value| value.as_f64().with_context(|| format!("no number: {value}"));
    let (paint, ready) = (number(&seen["paint"])?, number(&seen["ready"])?);
    let end = ready + AFTER.as_secs_f64() * 1000.0;
    let mut blocking = 0.0;
    for task in seen["long"].as_array().into_iter().flatten() {
        let (start, duration) = (number(&task[0])?, number(&task[1])?);
        if start + duration > paint && start < end {
            blocking += duration - LONG;
        }
    }
    let mut files = vec!["index.html".to_owned()];
    for name in seen["files"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        match name.strip_prefix(base) {
            Some(path) if files.iter().any(|file| file == path) => {}
            Some(path) => files.push(path.to_owned()),
            None if name.starts_with("data:") => {}
            None => bail!("{name} was asked for, which is not part of the build"),
        }
    }
    Ok(Load {
        paint,
        ready,
        blocking,
        files,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_too_long_after_the_paint_blocks() -> Result<()> {
        let seen = json!({
            "paint": 100.0, "ready": 300.0, "long": [[10.0, 60.0], [120.0, 80.0], [310.0, 55.0], [1400.0, 90.0]],
            "files": ["http://x/assets/a.js", "http://x/assets/a.js", "data:,"],
        });
        let load = read(&seen, "http://x/")?;
        assert_eq!(load.blocking, 35.0);
        assert_eq!(load.files, ["index.html", "assets/a.js"]);
        Ok(())
    }
}
