//! The backups that the app has made by itself in this profile, read past the app out of the second store (`t38_...`).

use super::app::AGAIN;
use super::{App, Result};
use engagement_playbook::engagement::Engagement;
use engagement_playbook::exchange;
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Instant;
use xtask::driver::PATIENCE;

/// Every backup with its time: a text, or bytes that the browser made small. None where there is no second store; it is not
/// made by looking.
const READ: &str = "await (async () => {
    let asked;
    try { asked = indexedDB.open('ep'); } catch { return []; }
    if (!(asked instanceof IDBOpenDBRequest)) return [];
    const database = await new Promise((done) => {
        asked.onupgradeneeded = () => asked.transaction.abort();
        asked.onerror = (event) => { event.preventDefault(); done(null); };
        asked.onsuccess = () => done(asked.result);
    });
    if (!database) return [];
    const answer = (request) => new Promise((done, fail) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
    });
    const store = database.transaction('backups').objectStore('backups');
    const [times, packed] = await Promise.all([answer(store.getAllKeys()), answer(store.getAll())]);
    database.close();
    const large = (bytes) => new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).text();
    const texts = await Promise.all(packed.map((one) => typeof one === 'string' ? one : large(one)));
    return times.map((at, place) => [at, texts[place]]);
})()";

impl App {
    /// The backups of this profile by their times, UTC milliseconds. Each is a whole file of ours: it is read as any file is,
    /// and what is read of it is the same bytes again.
    pub async fn backups(&self) -> Result<BTreeMap<i64, String>> {
        let read: Vec<(i64, String)> = serde_json::from_value(self.evaluate(READ).await?)?;
        for (at, text) in &read {
            let all = exchange::import(text.as_bytes()).map_err(|error| format!("the backup of {at}: {error}"))?;
            let all: Vec<&Engagement> = all.iter().collect();
            assert!(
                exchange::export(&all) == *text,
                "the backup of {at} is none of our files"
            );
        }
        Ok(read.into_iter().collect())
    }

    /// Waits until there are so many backups, and gives the newest: its time and its file.
    pub async fn until_backups(&self, count: usize) -> Result<(i64, String)> {
        let start = Instant::now();
        loop {
            let mut all = self.backups().await?;
            if all.len() == count {
                return all.pop_last().ok_or_else(|| "there are none".into());
            }
            if start.elapsed() > PATIENCE {
                return Err(format!("{} backups were made, not {count}", all.len()).into());
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    /// From the next page on the clock is so many hours ahead.
    pub async fn set_clock_ahead(&self, hours: u32) -> Result {
        let script = format!("{{ const now = Date.now; Date.now = () => now() + {hours} * 3_600_000; }}");
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }))
            .await?;
        Ok(())
    }
}
