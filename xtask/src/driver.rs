//! Opens real browsers for tests, pictures and measurements, and ends them whatever happens.
//!
//! ```no_run
//! # async fn example() -> anyhow::Result<()> {
//! use xtask::driver::{Driver, Options};
//!
//! let driver = Driver::start()?;                              // chromedriver on a free port
//! let browser = driver.open(Options::default()).await?;       // Chromium without a window, a new profile
//! browser.goto("http://127.0.0.1:8080/").await?;              // everything of fantoccini's client
//! browser.until("document.documentElement.hasAttribute('data-ready')").await?;
//! browser.close().await?;                                     // or drop it: the browser is killed
//! # Ok(())
//! # }
//! ```
//!
//! Tests wait by asking for a state ([`Browser::until`]), never by sleeping for a time.

mod browser;
mod options;
mod process;
mod tree;

pub use browser::{Browser, LogLine, PATIENCE};
pub use options::{Options, Profile};
pub use process::Driver;
