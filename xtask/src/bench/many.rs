//! 200 engagements of 25 KB: their file previewed and taken in, then the second start of that profile beside the second start of
//! an empty one, edits, and the memory of the page.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use fantoccini::Locator;
use serde_json::{Value, json};

use super::edits::{self, BOXES, Edits};
use super::loads;
use crate::driver::{Browser, Driver, Options};
use crate::server::Server;
use crate::visitor::Visitor;

/// So many engagements, of which so many were worked on lately.
pub const MANY: usize = 200;
pub const LATELY: usize = 20;

/// Previews of the file.
const PREVIEWS: usize = 5;
/// Starts of each profile.
const STARTS: usize = 11;
/// Edits at each speed.
const EDITS: usize = 120;
/// Engagements of a piece of the file, where it is refused as a whole.
const PIECE: usize = 20;
/// How long it may take until everything is in snapshots.
const SETTLED: Duration = Duration::from_secs(300);
/// The work is in the second store too.
const SAFE: &str = "document.querySelector('[data-save-state=safe], [data-save-state=shared]') !== null";

/// Watches the preview, and agrees to it.
const SCRIPT: &str = include_str!("many.js");

/// What was measured; times in milliseconds.
#[derive(Debug, Default)]
pub struct Many {
    /// Bytes of the file.
    pub bytes: usize,
    /// From the file being given until its preview is painted.
    pub previews: Vec<f64>,
    /// From agreeing until the work is there; `None` when the file is refused as a whole.
    pub taken: Option<f64>,
    /// Engagements that are kept then.
    pub kept: usize,
    /// Starts with them: the mark `data-ready`.
    pub starts: Vec<f64>,
    /// Starts of the same app without any.
    pub empty: Vec<f64>,
    /// Edits at the processor's own speed.
    pub edits: Edits,
    /// Edits at a quarter of it.
    pub slow: Edits,
    /// On the first page and after the edits, whichever is more.
    pub memory: Memory,
}

/// Bytes in use.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Memory {
    /// Scripts and document.
    pub page: u64,
    /// The memory of the module.
    pub wasm: u64,
}

impl Memory {
    /// Together.
    pub fn sum(self) -> u64 {
        self.page + self.wasm
    }
}

/// Fills a profile with the engagements of the file, and measures in it. The profiles vanish afterwards.
pub async fn measure(driver: &Driver, app: &Path, file: &str) -> Result<Many> {
    // Starts of one profile have one origin.
    let server = Server::start(app)?;
    let (full, empty) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let mut many = fill(driver, &server, full.path(), file).await?;
    {
        let browser = driver.open(Options::with_profile(empty.path())).await?;
        Visitor::new(&browser, server.url()).open("#/", "main").await?;
        browser.close().await?;
    }
    let browser = driver.open(Options::with_profile(full.path())).await?;
    let visitor = at(&browser, &server).await?;
    let beside = driver.open(Options::with_profile(empty.path())).await?;
    let nobody = at(&beside, &server).await?;
    // The first of each does not count: the browser itself starts cold.
    for turn in 0..=STARTS {
        let (one, other) = (start(&visitor).await?, start(&nobody).await?);
        if turn > 0 {
            many.starts.push(one);
            many.empty.push(other);
        }
    }
    beside.close().await?;
    let first = memory(&visitor).await?;
    visitor
        .open("#/e/large-000/p/conduct-customer-kickoff", &format!("#{}", BOXES[0]))
        .await?;
    many.edits = edits::measure(&visitor, EDITS, 1.0).await?;
    many.slow = edits::measure(&visitor, EDITS, 4.0).await?;
    let last = memory(&visitor).await?;
    many.memory = if first.sum() > last.sum() { first } else { last };
    browser.close().await?;
    Ok(many)
}

/// Previews the file some times, takes it in, and waits until the work is safe and the keeper has joined all of it.
async fn fill(driver: &Driver, server: &Server, profile: &Path, file: &str) -> Result<Many> {
    let browser = driver.open(Options::with_profile(profile)).await?;
    let visitor = at(&browser, server).await?;
    visitor.introduce("Anna Berger").await?;
    let mut many = Many {
        bytes: file.len(),
        ..Many::default()
    };
    for _ in 0..PREVIEWS {
        many.previews.push(preview(&visitor, file).await?);
    }
    many.taken = accept(&visitor).await?;
    if many.taken.is_none() {
        // What comes in stands in the storage twice until the keeper has joined it, and a piece fits where all do not.
        for piece in pieces(file)? {
            preview(&visitor, &piece).await?;
            if accept(&visitor).await?.is_none() {
                break;
            }
            settled(&visitor).await?;
        }
    }
    settled(&visitor).await?;
    let kept = visitor
        .evaluate("Object.keys(localStorage).filter((key) => key.startsWith('ep.e.')).length")
        .await?;
    many.kept = usize::try_from(kept.as_u64().context("no number of engagements")?)?;
    browser.close().await?;
    Ok(many)
}

async fn at<'a>(browser: &'a Browser, server: &Server) -> Result<Visitor<'a>> {
    let visitor = Visitor::new(browser, server.url());
    visitor.inject(loads::SCRIPT).await?;
    Ok(visitor)
}

/// Gives the page a file; how long until its preview stands.
async fn preview(visitor: &Visitor<'_>, text: &str) -> Result<f64> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("bench.engagement.json");
    fs::write(&file, text)?;
    visitor.open("#/import", "#file").await?;
    visitor.evaluate(&format!("await ({SCRIPT})('watch')")).await?;
    let path = file.to_str().context("a path that is no text")?;
    visitor.find(Locator::Id("file")).await?.send_keys(path).await?;
    let shown = "bench.preview ?? document.querySelector('#import-error')?.innerText";
    let took = visitor.until_within(shown, SETTLED).await?;
    took.as_f64().with_context(|| format!("no preview: {took}"))
}

/// Agrees to the preview; how long until it is taken in, or `None` when it is refused.
async fn accept(visitor: &Visitor<'_>) -> Result<Option<f64>> {
    let took = visitor.evaluate(&format!("await ({SCRIPT})('accept')")).await?;
    Ok(took.as_f64())
}

/// Waits until it is as on any other day.
async fn settled(visitor: &Visitor<'_>) -> Result<()> {
    let joined = "Object.keys(localStorage).every((key) => !key.startsWith('ep.m.'))";
    visitor.until_within(joined, SETTLED).await?;
    visitor.until_within(SAFE, SETTLED).await?;
    Ok(())
}

/// The file in pieces that are files too, in its order.
fn pieces(file: &str) -> Result<Vec<String>> {
    let whole: Value = serde_json::from_str(file)?;
    let all = whole["engagements"].as_array().context("a file without engagements")?;
    let piece = |some: &[Value]| {
        let mut piece = json!({ "format": whole["format"], "version": whole["version"] });
        piece["engagements"] = some.into();
        piece.to_string()
    };
    Ok(all.chunks(PIECE).map(piece).collect())
}

/// Starts the app anew on its first page; when it is ready.
async fn start(visitor: &Visitor<'_>) -> Result<f64> {
    visitor.open("#/", "main").await?;
    let ready = visitor.evaluate("bench.ready").await?;
    ready.as_f64().context("never ready")
}

/// What the page has in use after everything that can go is gone.
async fn memory(visitor: &Visitor<'_>) -> Result<Memory> {
    visitor.cdp("HeapProfiler.collectGarbage", json!({})).await?;
    let usage = visitor.cdp("Runtime.getHeapUsage", json!({})).await?;
    let wasm = visitor.evaluate("bench.wasm()").await?;
    read_memory(&usage, &wasm)
}

/// Scripts and document are counted apart from each other, and both without the memory of the module.
fn read_memory(usage: &Value, wasm: &Value) -> Result<Memory> {
    let bytes = |value: &Value| {
        value
            .as_f64()
            .map(|bytes| bytes as u64)
            .context("no size of the memory")
    };
    let memory = Memory {
        page: bytes(&usage["usedSize"])? + bytes(&usage["embedderHeapUsedSize"])?,
        wasm: bytes(wasm)?,
    };
    ensure!(memory.wasm > 0, "the memory of the module was not found");
    Ok(memory)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_files_and_together_the_whole() -> Result<()> {
        let ids: Vec<Value> = (0..PIECE + 3).map(|number| json!({ "id": number })).collect();
        let file = json!({ "format": "several", "version": 1, "engagements": ids });
        let pieces: Vec<Value> = pieces(&file.to_string())?
            .iter()
            .map(|piece| serde_json::from_str(piece))
            .collect::<Result<_, _>>()?;
        assert_eq!(pieces.len(), 2);
        assert!(
            pieces
                .iter()
                .all(|piece| piece["format"] == "several" && piece["version"] == 1)
        );
        let joined: Vec<Value> = pieces
            .iter()
            .flat_map(|piece| piece["engagements"].as_array().cloned().unwrap_or_default())
            .collect();
        assert_eq!(joined, ids);
        Ok(())
    }

    #[test]
    fn memory_is_of_scripts_document_and_module() -> Result<()> {
        let usage = json!({ "usedSize": 5_000_000.0, "totalSize": 9_000_000.0, "embedderHeapUsedSize": 1_000_000.0 });
        let memory = read_memory(&usage, &json!(20_000_000))?;
        assert_eq!(
            (memory.page, memory.wasm, memory.sum()),
            (6_000_000, 20_000_000, 26_000_000)
        );
        assert!(read_memory(&usage, &Value::Null).is_err());
        assert!(read_memory(&json!({}), &json!(1)).is_err());
        Ok(())
    }
}
