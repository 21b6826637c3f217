//! The app in a browser, for pictures and measurements: somebody who opens it, gives a name, and imports a file.
//!
//! What a person can do beyond that, with the keyboard and with several tabs, is the business of the browser tests.

use std::ops::Deref;
use std::path::Path;

use anyhow::{Context, Result};
use fantoccini::Locator;
use serde_json::{Value, json};

use crate::driver::Browser;

/// The app stands, with a page in it and no step without its words.
const READY: &str =
    "document.documentElement.hasAttribute('data-ready') && document.querySelector('main[data-route]') !== null
    && [...document.querySelectorAll('.step .guide')].every((guide) => guide.childElementCount > 0)";

/// A browser and the address of the app.
#[derive(Debug)]
pub struct Visitor<'a> {
    browser: &'a Browser,
    base: String,
}

impl Deref for Visitor<'_> {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        self.browser
    }
}

impl<'a> Visitor<'a> {
    /// Nothing is opened yet.
    pub fn new(browser: &'a Browser, base: String) -> Self {
        Self { browser, base }
    }

    /// A script that runs in every page from now on, before the page's own.
    pub async fn inject(&self, script: &str) -> Result<()> {
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }))
            .await?;
        Ok(())
    }

    /// Loads the app anew at one of its addresses, and waits until it is drawn and holds this element.
    pub async fn open(&self, hash: &str, element: &str) -> Result<()> {
        // Another hash alone would load nothing.
        self.goto("about:blank").await?;
        self.goto(&format!("{}{hash}", self.base)).await?;
        self.there(element).await?;
        self.until(READY).await?;
        Ok(())
    }

    /// Waits until there is such an element.
    pub async fn there(&self, css: &str) -> Result<()> {
        self.until(&format!("document.querySelector({}) !== null", Value::from(css)))
            .await?;
        Ok(())
    }

    /// Gives a name, so that the first edit does not ask for it.
    pub async fn introduce(&self, name: &str) -> Result<()> {
        self.open("#/settings", "#own-name").await?;
        let field = self.find(Locator::Id("own-name")).await?;
        // A tab leaves the field, which keeps what stands in it.
        field.send_keys(&format!("{name}\t")).await?;
        self.until(&format!("localStorage.getItem('ep.author') === {}", Value::from(name)))
            .await?;
        Ok(())
    }

    /// Opens a file on the page of imports, up to the preview.
    pub async fn preview(&self, file: &Path) -> Result<()> {
        self.open("#/import", "#file").await?;
        let path = file.to_str().context("a path that is no text")?;
        self.find(Locator::Id("file")).await?.send_keys(path).await?;
        self.there("#preview article").await
    }

    /// Imports a file.
    pub async fn import(&self, file: &Path) -> Result<()> {
        self.preview(file).await?;
        self.click("#accept").await?;
        self.until("document.querySelector('main').dataset.route !== 'import'")
            .await?;
        self.there("[data-save-state]:not([data-save-state=unsaved])").await
    }
}
