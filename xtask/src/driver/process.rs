//! The chromedriver process.
//!
//! It is killed with all its browsers on drop: ending chromedriver alone would leave them running. It stays in our process
//! group, so that Ctrl+C, which drops nothing, ends all of them too.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};

use super::browser::{Browser, remove_left_profiles};
use super::options::Options;
use super::tree;
use crate::command;

/// How long chromedriver may take to say its port, on a busy machine.
const START: Duration = Duration::from_secs(30);

/// How often it is started until it finds a port.
const ATTEMPTS: u32 = 5;

/// A running chromedriver. Dropping it kills it and what it started.
#[derive(Debug)]
pub struct Driver {
    child: Child,
    url: String,
}

impl Driver {
    /// Starts chromedriver on a free port and returns when it takes commands.
    ///
    /// Now and then it ends without a word instead, probably because the port it drew is taken by then; so it is started
    /// again.
    pub fn start() -> Result<Self> {
        let program = command::find("chromedriver")
            .context("chromedriver is not installed (Debian: apt-get install chromium chromium-driver)")?;
        remove_left_profiles();
        let mut last = Self::attempt(&program);
        for _ in 1..ATTEMPTS {
            if last.is_ok() {
                break;
            }
            last = Self::attempt(&program);
        }
        last
    }

    fn attempt(program: &Path) -> Result<Self> {
        let mut command = Command::new(program);
        command
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().context("chromedriver cannot be started")?;
        let stdout = child.stdout.take().context("chromedriver has no output")?;
        let mut driver = Self {
            child,
            url: String::new(),
        };

        // It prints its port when it listens. The thread goes on reading, else a full pipe would stop the driver.
        let (say, hear) = mpsc::channel();
        std::thread::Builder::new()
            .name("chromedriver output".to_owned())
            .spawn(move || {
                for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                    if let Some((_, port)) = line.split_once("started successfully on port ") {
                        // Nobody listens any more after the first time.
                        let _ = say.send(port.trim_end_matches('.').to_owned());
                    }
                }
            })?;
        let port = hear
            .recv_timeout(START)
            .map_err(|error| anyhow!("chromedriver did not say that it had started: {error}"))?;
        driver.url = format!("http://127.0.0.1:{port}");
        Ok(driver)
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Opens a browser. Several can be open at once; with the same profile folder only one after the other.
    pub async fn open(&self, options: Options) -> Result<Browser> {
        Browser::open(&self.url, options).await
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        tree::kill(&tree::of(self.child.id()));
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
