//! `cargo xtask shots`: takes the pictures in `docs/`.
//!
//! The state is imported through the app from `tests/fixtures/shots*.engagement.json` (made by
//! `cargo run --example shots_fixtures`), and the clock and the time zone of the page are set, so that the pictures change
//! when the app does and not with the day.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use fantoccini::Locator;
use serde_json::json;

use crate::dist::{self, Options};
use crate::driver::{self, Driver};
use crate::server::Server;
use crate::visitor::Visitor;
use crate::workspace::Workspace;

/// The file that the import page shows, under the name that a colleague's app would have given it.
const RETURNED: (&str, &str) = ("shots-returned.engagement.json", "Contoso-2026-11-20.engagement.json");

/// Runs before the app: it is a Saturday morning, and goes on from there.
const CLOCK: &str = "(() => {
    const Real = Date, start = Real.now(), at = Real.parse('2026-11-21T09:30:00Z');
    const now = () => at + Real.now() - start;
    globalThis.Date = class Date extends Real {
        constructor(...given) { super(...(given.length ? given : [now()])); }
        static now() { return now(); }
    };
})()";

/// What a picture shows: the name of its files, and how to come there.
struct Page {
    name: &'static str,
    place: Place,
}

enum Place {
    /// An address of the app, and what must be there.
    At(&'static str, &'static str),
    /// The preview of the returned file.
    Preview,
}

const PAGES: [Page; 4] = [
    Page {
        name: "portfolio",
        place: Place::At("#/", "table.portfolio tbody tr:nth-child(6)"),
    },
    Page {
        name: "engagement",
        place: Place::At("#/e/contoso", "#h-next"),
    },
    Page {
        name: "process",
        place: Place::At("#/e/contoso/p/conduct-customer-kickoff", ".step .guide"),
    },
    Page {
        name: "import",
        place: Place::Preview,
    },
];

/// The ways in which each page is pictured: on a desk, on a phone, in the dark, in Japanese.
const WAYS: [&str; 4] = ["", "-phone", "-dark", "-ja"];

/// Takes all pictures, of a new build or of the one in `dist/`.
pub fn shots(workspace: &Workspace, build: bool) -> Result<()> {
    if build {
        dist::build(workspace, &workspace.dist(), Options::default())?;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(take(workspace))
}

async fn take(workspace: &Workspace) -> Result<()> {
    let fixtures = workspace.root().join("tests/fixtures");
    let folder = workspace.root().join("docs");
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let server = Server::start(workspace.dist())?;
    let driver = Driver::start()?;
    let browser = driver.open(driver::Options::default()).await?;
    let visitor = Visitor::new(&browser, server.url());
    visitor.inject(CLOCK).await?;
    visitor.time_zone("Europe/Berlin").await?;
    visitor
        .cdp("Emulation.setScrollbarsHidden", json!({ "hidden": true }))
        .await?;

    visitor.introduce("Anna Berger").await?;
    visitor.import(&fixtures.join("shots.engagement.json")).await?;
    let renamed = tempfile::tempdir()?;
    let returned = renamed.path().join(RETURNED.1);
    fs::copy(fixtures.join(RETURNED.0), &returned).context(RETURNED.0)?;
    for way in WAYS {
        turn(&visitor, way).await?;
        for page in &PAGES {
            // Loaded anew each time: what is folded depends on the width at the start.
            match page.place {
                Place::At(hash, element) => visitor.open(hash, element).await?,
                Place::Preview => visitor.preview(&returned).await?,
            }
            picture(&visitor, folder.join(format!("{}{way}.png", page.name))).await?;
        }
    }
    browser.close().await
}

/// Sets width, colours and language for what is loaded next.
async fn turn(visitor: &Visitor<'_>, way: &str) -> Result<()> {
    let phone = way == "-phone";
    let (width, height) = if phone { (390, 844) } else { (1280, 900) };
    visitor.device(width, height, 1.0, phone).await?;
    let colours = if way == "-dark" { "dark" } else { "light" };
    visitor.media(&[("prefers-color-scheme", colours)]).await?;
    let language = if way == "-ja" { "ja" } else { "en" };
    visitor.open("#/settings", "#language").await?;
    let picker = visitor.find(Locator::Id("language")).await?;
    picker.select_by_value(language).await?;
    visitor
        .until(&format!("document.documentElement.lang === '{language}'"))
        .await?;
    Ok(())
}

/// What is in sight, from the top of the page, when fonts, transitions and late words have come to rest.
async fn picture(visitor: &Visitor<'_>, file: PathBuf) -> Result<()> {
    visitor
        .evaluate(
            "(document.activeElement?.blur(), scrollTo(0, 0), await document.fonts.ready,
              await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))), true)",
        )
        .await?;
    visitor
        .until("document.getAnimations().every((one) => one.playState !== 'running')")
        .await?;
    let png = visitor.screenshot().await?;
    println!("{} ({} KB)", file.display(), png.len().div_ceil(1000));
    fs::write(&file, png).with_context(|| file.display().to_string())
}
