//! One open browser: fantoccini's client, and what it lacks.

use std::ops::Deref;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::options::{Options, Profile};
use super::tree;
use crate::command;

/// How long [`Browser::until`] waits: far longer than anything takes, even on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How long between two looks at a state that is waited for, at first; each pause is longer than the one before, since looking
/// takes time from what is waited for.
const LOOK: Duration = Duration::from_millis(15);
/// The longest pause.
const SELDOM: Duration = Duration::from_millis(100);

/// Where an element can be clicked: `[x, y]` in the window, else a sentence that says why it cannot be. It is scrolled into
/// the middle if something covers it, a bar at the top for instance; and what moves is waited for, from frame to frame.
const SPOT: &str = "const [css, done] = arguments;
const find = () => {
    const element = document.querySelector(css);
    if (!element) return 'is not there';
    const seen = (box) => {
        const [left, top] = [Math.max(box.left, 0), Math.max(box.top, 0)];
        const [right, bottom] = [Math.min(box.right, innerWidth), Math.min(box.bottom, innerHeight)];
        return right > left && bottom > top ? [(left + right) / 2, (top + bottom) / 2] : null;
    };
    const spot = [...element.getClientRects()].map(seen).find((spot) => spot);
    if (!spot) return 'does not show';
    const hit = document.elementFromPoint(...spot);
    return element.contains(hit) ? spot : `is covered by ${hit?.cloneNode(false).outerHTML}`;
};
const look = () => {
    const spot = find();
    if (typeof spot !== 'string') return spot;
    document.querySelector(css)?.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
    return find();
};
// A window behind another one draws no frames.
const next = document.hidden ? setTimeout : requestAnimationFrame;
let [spot, frames] = [look(), 0];
const again = () => {
    const now = look();
    if (String(now) === String(spot)) return done(now);
    spot = now;
    frames += 1;
    frames < 100 ? next(again) : done('keeps moving');
};
typeof spot === 'string' ? done(spot) : next(again);";

/// How the folders of new profiles begin; the process they belong to follows.
const PROFILES: &str = "ep-browser-";

/// An open browser. Dropping it kills the browser and removes its profile, unless that is the caller's.
///
/// It dereferences to fantoccini's [`Client`]: `goto`, `find`, `execute`, `new_window`, `screenshot` and so on.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    process: u32,
    profile: Option<TempDir>,
}

/// A line of the browser's console: errors of scripts, refusals by the policy, failed requests, `console.log`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// `SEVERE`, `WARNING`, `INFO` or `DEBUG`.
    pub level: String,
    /// `javascript`, `network`, `security`, `console-api` ...
    pub source: String,
    /// The text, with its place in the source.
    pub text: String,
}

impl Deref for Browser {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Browser {
    pub(super) async fn open(driver: &str, options: Options) -> Result<Self> {
        let binary =
            command::find("chromium").context("chromium is not installed (Debian: apt-get install chromium)")?;
        let (path, profile) = match &options.profile {
            Profile::At(path) => (path.clone(), None),
            Profile::Fresh => {
                let folder = tempfile::Builder::new()
                    .prefix(&format!("{PROFILES}{}-", std::process::id()))
                    .tempdir()?;
                (folder.path().to_owned(), Some(folder))
            }
        };
        let capabilities = options.capabilities(&binary.to_string_lossy(), &path.to_string_lossy());
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(driver)
            .await
            .context("Chromium could not be opened")?;
        let process = client
            .capabilities()
            .and_then(|capabilities| capabilities.get("goog:processID"))
            .and_then(Value::as_u64)
            .and_then(|id| u32::try_from(id).ok())
            .context("chromedriver did not say which process the browser is")?;
        let browser = Self {
            client,
            process,
            profile,
        };
        let (width, height) = options.window;
        browser.device(width, height, 1.0, false).await?;
        browser.set_downloads(options.downloads.as_deref()).await?;
        Ok(browser)
    }

    /// The client itself, for functions that take one.
    pub fn client(&self) -> &Client {
        &self.client
    }

    // ---- Ending ----

    /// Closes the browser as a person would: it may still write what it has not written. Returns when it has ended.
    pub async fn close(self) -> Result<()> {
        let processes = tree::of(self.process);
        self.client.clone().close().await?;
        gone(&processes).await
    }

    /// Kills the browser and all its processes at once (SIGKILL), and returns when they have ended, so that the profile can
    /// be opened again.
    pub async fn kill(self) -> Result<()> {
        let processes = tree::of(self.process);
        tree::kill(&processes);
        // Lets chromedriver notice; the session is broken, so there is nothing to hear.
        let _ = self.client.clone().close().await;
        gone(&processes).await
    }

    // ---- Waiting and asking ----

    /// Waits until a JavaScript expression is true in the page, and gives its value.
    pub async fn until(&self, expression: &str) -> Result<Value> {
        self.until_within(expression, PATIENCE).await
    }

    /// Like [`Browser::until`] with another limit. A page that is just loading, or an error in the expression, counts as
    /// not yet; the last error stands in the message when time is up, with the address and the console.
    pub async fn until_within(&self, expression: &str, limit: Duration) -> Result<Value> {
        let script = format!("return ({expression})");
        let start = Instant::now();
        let mut pause = LOOK;
        loop {
            let last = match self.client.execute(&script, Vec::new()).await {
                Ok(value) if is_true(&value) => return Ok(value),
                Ok(value) => value.to_string(),
                Err(error) => error.to_string(),
            };
            if start.elapsed() >= limit {
                let url = self.client.current_url().await.map(String::from).unwrap_or_default();
                let console = self.console().await.unwrap_or_default();
                bail!("not within {limit:?}: {expression}\nlast: {last}\nat: {url}\nconsole: {console:#?}");
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 5 / 4).min(SELDOM);
        }
    }

    /// The value of a JavaScript expression; `await` may stand in it.
    pub async fn evaluate(&self, expression: &str) -> Result<Value> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             (async () => ({expression}))().then((value) => done([value]), (error) => done(String(error)))"
        );
        match self.client.execute_async(&script, Vec::new()).await? {
            Value::Array(mut values) => Ok(values.pop().unwrap_or_default()),
            error => bail!("{error} in: {expression}"),
        }
    }

    /// The lines that the console has got since the last call.
    pub async fn console(&self) -> Result<Vec<LogLine>> {
        let lines = self.issue("se/log", json!({ "type": "browser" })).await?;
        let text = |line: &Value, key: &str| line[key].as_str().unwrap_or_default().to_owned();
        Ok(lines
            .as_array()
            .into_iter()
            .flatten()
            .map(|line| LogLine {
                level: text(line, "level"),
                source: text(line, "source"),
                text: text(line, "message"),
            })
            .collect())
    }

    // ---- Doing ----

    /// Clicks the first element of a selector with the mouse, in the page itself, not in a frame of it. An error says why it
    /// cannot be clicked now.
    ///
    /// The mouse is the browser's own, as in WebDriver's click; but that asks the page some twenty questions first, which took
    /// half of the time of all tests.
    pub async fn click(&self, css: &str) -> Result<()> {
        let spot = self.client.execute_async(SPOT, vec![json!(css)]).await?;
        let Some([x, y]) = spot.as_array().map(Vec::as_slice) else {
            bail!("{css} {}", spot.as_str().unwrap_or_default());
        };
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            let event = json!({ "type": kind, "x": x, "y": y, "button": button, "clickCount": 1 });
            self.cdp("Input.dispatchMouseEvent", event).await?;
        }
        Ok(())
    }

    // ---- Conditions ----

    /// A command of the DevTools protocol to the current tab, such as `cdp("Page.crash", json!({}))`.
    pub async fn cdp(&self, method: &str, parameters: Value) -> Result<Value> {
        self.issue("goog/cdp/execute", json!({ "cmd": method, "params": parameters }))
            .await
            .with_context(|| method.to_owned())
    }

    /// Makes the page exactly this large, in this density, with touch and a phone's viewport or without; for the current tab.
    pub async fn device(&self, width: u32, height: u32, density: f64, phone: bool) -> Result<()> {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": density, "mobile": phone });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await?;
        self.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": phone }))
            .await?;
        Ok(())
    }

    /// Media features for the current tab: `&[("prefers-color-scheme", "dark"), ("forced-colors", "active")]`.
    pub async fn media(&self, features: &[(&str, &str)]) -> Result<()> {
        let features: Vec<Value> = features
            .iter()
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect();
        self.cdp("Emulation.setEmulatedMedia", json!({ "features": features }))
            .await?;
        Ok(())
    }

    /// The page as on paper, or on the screen again; for the current tab.
    pub async fn paper(&self, on: bool) -> Result<()> {
        self.cdp(
            "Emulation.setEmulatedMedia",
            json!({ "media": if on { "print" } else { "" } }),
        )
        .await?;
        Ok(())
    }

    /// Makes the processor of the current tab `rate` times slower; 1 is its own speed.
    pub async fn throttle_cpu(&self, rate: f64) -> Result<()> {
        self.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": rate }))
            .await?;
        Ok(())
    }

    /// The time zone of the current tab, such as `Asia/Tokyo`.
    pub async fn time_zone(&self, name: &str) -> Result<()> {
        self.cdp("Emulation.setTimezoneOverride", json!({ "timezoneId": name }))
            .await?;
        Ok(())
    }

    /// Where downloads go from now on; `None` refuses them. A finished one has its own name, an unfinished `.crdownload`.
    pub async fn set_downloads(&self, folder: Option<&Path>) -> Result<()> {
        let behavior = match folder {
            Some(folder) => json!({ "behavior": "allow", "downloadPath": folder }),
            None => json!({ "behavior": "deny" }),
        };
        self.cdp("Browser.setDownloadBehavior", behavior).await?;
        Ok(())
    }

    async fn issue(&self, path: &'static str, body: Value) -> Result<Value> {
        Ok(self.client.issue_cmd(Extension { path, body }).await?)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        tree::kill(&tree::of(self.process));
        // Its last writes may still be under way, and then the folder is not empty yet when it is removed.
        if let Some(profile) = self.profile.take() {
            let path = profile.path().to_owned();
            let mut removed = profile.close().is_ok();
            for _ in 0..50 {
                if removed || !path.exists() {
                    break;
                }
                std::thread::sleep(LOOK);
                removed = std::fs::remove_dir_all(&path).is_ok();
            }
        }
    }
}

/// Removes new profiles of processes that were killed before they could.
#[cfg(target_os = "linux")]
pub(super) fn remove_left_profiles() {
    let entries = std::fs::read_dir(std::env::temp_dir());
    for entry in entries.into_iter().flatten().flatten() {
        let name = entry.file_name();
        let owner = name
            .to_str()
            .and_then(|name| name.strip_prefix(PROFILES)?.split_once('-')?.0.parse().ok());
        if owner.is_some_and(|id| !tree::is_running(&[id])) {
            // Another process may be removing it too.
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// Elsewhere it is not known which processes are there.
#[cfg(not(target_os = "linux"))]
pub(super) fn remove_left_profiles() {}

async fn gone(processes: &[u32]) -> Result<()> {
    let start = Instant::now();
    while tree::is_running(processes) {
        if start.elapsed() > PATIENCE {
            bail!("the browser does not end (processes {processes:?})");
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(())
}

/// Whether JavaScript would take the value for true; objects that cannot be sent come as `{}`.
fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(value) => value.as_f64() != Some(0.0),
        Value::String(value) => !value.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

/// A command of chromedriver that is not in the standard.
#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (hyper::Method, Option<String>) {
        (hyper::Method::POST, Some(self.body.to_string()))
    }
}
