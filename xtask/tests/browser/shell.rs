//! The hosted page around the app: first paint, language and theme, content, and what is left when the app has died.

use anyhow::Result;
use serde_json::{Value, json};
use xtask::driver::{Browser, Driver, LogLine, Options};
use xtask::server::{Server, Settings};

use crate::stand_in;

const READY: &str = "document.documentElement.hasAttribute('data-ready')";

/// Lines of the console that a page should not cause.
fn complaints(lines: Vec<LogLine>) -> Vec<LogLine> {
    lines
        .into_iter()
        .filter(|line| line.level == "SEVERE" || line.source == "security")
        .collect()
}

async fn open(options: Options, url: &str) -> Result<(Driver, Browser)> {
    let driver = Driver::start()?;
    let browser = driver.open(options).await?;
    browser.goto(url).await?;
    browser.until(READY).await?;
    Ok((driver, browser))
}

#[tokio::test]
async fn the_app_starts_under_any_path_without_a_complaint() -> Result<()> {
    let folder = stand_in::folder(&stand_in::files())?;
    let server = Server::with(Settings {
        prefix: "/some/where/".to_owned(),
        ..Settings::new(folder.path())
    })?;
    let (_driver, browser) = open(Options::default(), &server.url()).await?;
    assert_eq!(browser.evaluate("typeof structure").await?, "object");
    assert_eq!(browser.evaluate("document.querySelectorAll('.bar').length").await?, 1);
    assert_eq!(browser.evaluate("ep.single").await?, false);
    browser
        .until("document.documentElement.dataset.offline === 'ready'")
        .await?;
    assert_eq!(complaints(browser.console().await?), []);
    assert!(
        server.requests().iter().all(|request| request.status == 200),
        "{:?}",
        server.requests()
    );
    browser.close().await
}

#[tokio::test]
async fn the_frame_is_there_before_the_app_and_nothing_moves() -> Result<()> {
    let folder = stand_in::folder(&stand_in::files())?;
    let server = Server::start(folder.path())?;
    server.refuse(&[".wasm"]);
    let driver = Driver::start()?;
    let browser = driver.open(Options::default()).await?;
    browser.goto(&server.url()).await?;
    let bar = "(() => { const { x, y, width, height } = document.querySelector('.bar').getBoundingClientRect(); \
               return [x, y, width, height] })()";
    browser
        .until("document.querySelector('#boot .bar').textContent.includes('Engagement Playbook')")
        .await?;
    // Without the wasm the app cannot start, and says so.
    browser.until("document.getElementById('ep-panic')").await?;
    browser.evaluate("document.getElementById('ep-panic').remove()").await?;
    let before = browser.evaluate(bar).await?;

    server.refuse(&[]);
    browser.refresh().await?;
    browser.until(READY).await?;
    assert_eq!(browser.evaluate(bar).await?, before);
    assert_eq!(browser.evaluate("document.getElementById('boot')").await?, Value::Null);
    browser.close().await
}

#[tokio::test]
async fn the_first_language_follows_the_browser() -> Result<()> {
    // Whatever is offered now: the rule is tested, not the list.
    let mut files = stand_in::files();
    stand_in::offer(&mut files, &["en", "de", "ja", "zh-Hans", "pt-BR"])?;
    let folder = stand_in::folder(&files)?;
    let server = Server::start(folder.path())?;
    let driver = Driver::start()?;
    for (wanted, first) in [
        (&["de-AT"][..], "de"),
        (&["zh-TW"], "zh-Hans"),
        (&["zh"], "zh-Hans"),
        (&["pt-PT"], "pt-BR"),
        (&["fr-FR"], "en"),
        (&["fr-FR", "ja"], "ja"),
    ] {
        let browser = driver.open(Options::with_languages(wanted)).await?;
        browser.goto(&server.url()).await?;
        assert_eq!(
            browser.evaluate("[ep.language, document.documentElement.lang]").await?,
            json!([first, first]),
            "{wanted:?}"
        );
        browser.close().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_chosen_language_and_theme_hold_from_the_first_paint() -> Result<()> {
    let mut files = stand_in::files();
    stand_in::offer(&mut files, &["en", "de"])?;
    let folder = stand_in::folder(&files)?;
    let server = Server::start(folder.path())?;
    let driver = Driver::start()?;
    let browser = driver.open(Options::default()).await?;
    browser.goto(&server.url()).await?;
    for (language, theme, expected) in [
        ("de", "dark", json!(["de", "dark"])),
        // As a store of typed preferences writes it.
        ("\"de\"", "\"light\"", json!(["de", "light"])),
        ("xx", "system", json!(["en", null])),
    ] {
        browser
            .execute(
                "localStorage.setItem('ep.language', arguments[0]); localStorage.setItem('ep.theme', arguments[1])",
                vec![json!(language), json!(theme)],
            )
            .await?;
        browser.refresh().await?;
        let seen = browser
            .evaluate("[ep.language, document.documentElement.dataset.theme ?? null]")
            .await?;
        assert_eq!(seen, expected);
    }
    browser.close().await
}

#[tokio::test]
async fn the_app_starts_where_storage_is_blocked() -> Result<()> {
    let folder = stand_in::folder(&stand_in::files())?;
    let server = Server::start(folder.path())?;
    let blocked = ("profile.default_content_setting_values.cookies".to_owned(), json!(2));
    let options = Options {
        preferences: vec![blocked],
        ..Options::default()
    };
    let (_driver, browser) = open(options, &server.url()).await?;
    let storage = "(() => { try { localStorage.length; return 'works' } catch { return 'blocked' } })()";
    assert_eq!(browser.evaluate(storage).await?, "blocked");
    assert_eq!(browser.evaluate("ep.language").await?, "en");

    browser.evaluate("ep.panicked('x')").await?;
    browser.until("document.querySelector('#ep-panic button')").await?;
    browser
        .evaluate("document.querySelector('#ep-panic button').click()")
        .await?;
    browser
        .until("document.getElementById('ep-panic').textContent.includes('storage cannot be read')")
        .await?;
    browser.close().await
}

#[tokio::test]
async fn content_that_failed_can_be_asked_for_again() -> Result<()> {
    let folder = stand_in::folder(&stand_in::files())?;
    let server = Server::start(folder.path())?;
    let (_driver, browser) = open(Options::default(), &server.url()).await?;
    let path = browser.evaluate("Object.keys(JSON.parse(document.getElementById('ep-manifest').textContent).files).find((path) => path.startsWith('guidance/'))").await?;
    let path = path.as_str().expect("there is guidance").to_owned();
    // Not from the offline copy, which is about to be there.
    browser.evaluate("void (globalThis.fetch = ((real) => (url) => globalThis.broken ? Promise.reject(Error('no network')) : real(url))(fetch))").await?;
    let ask = format!("await ep.asset('{path}').then((text) => JSON.parse(text).process, (error) => error.message)");
    browser.evaluate("void (globalThis.broken = true)").await?;
    assert_eq!(browser.evaluate(&ask).await?, "no network");
    browser.evaluate("void (globalThis.broken = false)").await?;
    let process = path.trim_start_matches("guidance/").trim_end_matches(".json");
    assert_eq!(browser.evaluate(&ask).await?, process);
    assert_eq!(
        browser
            .evaluate(&format!("ep.asset('{path}') === ep.asset('{path}')"))
            .await?,
        true
    );
    assert_eq!(
        browser
            .evaluate("await ep.asset('no/such.json').catch((error) => error.message)")
            .await?,
        "There is no content file no/such.json"
    );
    browser.close().await
}

#[tokio::test]
async fn after_a_panic_the_data_can_be_taken_away() -> Result<()> {
    let mut files = stand_in::files();
    stand_in::offer(&mut files, &["en", "de"])?;
    let folder = stand_in::folder(&files)?;
    let server = Server::start(folder.path())?;
    let downloads = tempfile::tempdir()?;
    let options = Options {
        downloads: Some(downloads.path().to_owned()),
        ..Options::with_languages(&["de"])
    };
    let driver = Driver::start()?;
    let browser = driver.open(options).await?;
    browser.goto(&server.url()).await?;
    browser
        .evaluate("(localStorage.setItem('ep.a', '{\"x\": \"\\u2028\"}'), localStorage.setItem('other', 'not ours'))")
        .await?;
    browser
        .evaluate("(ep.panicked('first'), ep.panicked('second'))")
        .await?;
    browser.until("document.activeElement.id === 'ep-panic'").await?;
    let panel = browser
        .evaluate("document.getElementById('ep-panic').textContent")
        .await?;
    let panel = panel.as_str().unwrap_or_default();
    assert!(
        panel.contains("Meine Daten herunterladen") && panel.contains("first") && !panel.contains("second"),
        "{panel}"
    );
    assert_eq!(
        browser
            .evaluate("document.querySelectorAll('#ep-panic').length")
            .await?,
        1
    );

    browser
        .evaluate("document.querySelector('#ep-panic button').click()")
        .await?;
    let file = loop {
        let names = stand_in::names_in(downloads.path());
        if let Some(file) = names
            .iter()
            .find(|name| name.extension().is_some_and(|end| end == "json"))
        {
            break file.clone();
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    };
    let rescue: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    assert_eq!(rescue["keys"], json!({ "ep.a": "{\"x\": \"\u{2028}\"}" }));
    browser.close().await
}

#[tokio::test]
async fn a_trap_without_a_panic_shows_the_panel_too() -> Result<()> {
    let folder = stand_in::folder(&stand_in::files())?;
    let server = Server::start(folder.path())?;
    let (_driver, browser) = open(Options::default(), &server.url()).await?;
    browser.evaluate("void setTimeout(trap)").await?;
    browser
        .until("document.getElementById('ep-panic')?.textContent.includes('unreachable')")
        .await?;
    browser.close().await
}
