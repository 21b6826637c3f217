//! The driver: what is opened as asked, and that nothing is left behind.

use std::time::Duration;

use anyhow::Result;
use serde_json::json;
use xtask::driver::{Driver, Options};
use xtask::server::Server;

fn page() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(
        folder.path().join("index.html"),
        "<!doctype html><meta name=viewport content='width=device-width'><link rel=icon href='data:,'><p>x</p>",
    )
    .expect("writable");
    folder
}

#[tokio::test]
async fn a_browser_opens_as_asked() -> Result<()> {
    let folder = page();
    let server = Server::start(folder.path())?;
    let driver = Driver::start()?;
    let options = Options {
        window: (400, 700),
        ..Options::with_languages(&["de-AT", "ja"])
    };
    let browser = driver.open(options).await?;
    browser.goto(&server.url()).await?;

    assert_eq!(browser.evaluate("[innerWidth, innerHeight]").await?, json!([400, 700]));
    assert_eq!(browser.evaluate("navigator.languages").await?, json!(["de-AT", "ja"]));

    let dark = "matchMedia('(prefers-color-scheme: dark)').matches";
    assert_eq!(browser.evaluate(dark).await?, false);
    browser.media(&[("prefers-color-scheme", "dark")]).await?;
    assert_eq!(browser.evaluate(dark).await?, true);

    browser.paper(true).await?;
    assert_eq!(browser.evaluate("matchMedia('print').matches").await?, true);
    browser.paper(false).await?;

    browser.device(360, 740, 3.0, true).await?;
    assert_eq!(
        browser
            .evaluate("[innerWidth, devicePixelRatio, navigator.maxTouchPoints > 0]")
            .await?,
        json!([360, 3, true])
    );

    browser.time_zone("Asia/Tokyo").await?;
    assert_eq!(
        browser
            .evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")
            .await?,
        "Asia/Tokyo"
    );
    browser.throttle_cpu(4.0).await?;

    browser.console().await?;
    browser.evaluate("console.error('over here')").await?;
    let lines = browser.console().await?;
    assert!(
        lines
            .iter()
            .any(|line| line.level == "SEVERE" && line.text.contains("over here")),
        "{lines:?}"
    );
    assert!(browser.console().await?.is_empty());
    browser.close().await
}

#[tokio::test]
async fn waiting_ends_with_the_state_or_says_what_it_saw() -> Result<()> {
    let folder = page();
    let server = Server::start(folder.path())?;
    let driver = Driver::start()?;
    let browser = driver.open(Options::default()).await?;
    browser.goto(&server.url()).await?;
    browser
        .evaluate("void setTimeout(() => { globalThis.late = 7 }, 100)")
        .await?;
    assert_eq!(browser.until("globalThis.late").await?, 7);

    let error = browser
        .until_within("missing.thing", Duration::from_millis(50))
        .await
        .expect_err("never true");
    let text = error.to_string();
    assert!(
        text.contains("missing is not defined") && text.contains("127.0.0.1"),
        "{text}"
    );
    browser.close().await
}

#[tokio::test]
async fn a_click_is_the_mouse_of_the_browser_and_hits_what_shows() -> Result<()> {
    let folder = page();
    let server = Server::start(folder.path())?;
    let driver = Driver::start()?;
    let browser = driver.open(Options::default()).await?;
    browser.goto(&server.url()).await?;
    browser
        .evaluate(
            "void (document.body.innerHTML = `<div id=bar style='position: fixed; inset: 0 0 auto; height: 100px'></div>
            <div style='height: 3000px'></div><button><b>far</b> below</button><div style='height: 3000px'></div>`)",
        )
        .await?;
    browser
        .evaluate(
            "void document.querySelector('button').addEventListener('click', (event) => {
                globalThis.clicks = [...(globalThis.clicks ?? []), [event.isTrusted, event.detail]];
            })",
        )
        .await?;
    browser.click("button").await?;
    assert_eq!(browser.evaluate("clicks").await?, json!([[true, 1]]));

    // Under the bar it is scrolled out from there.
    browser
        .evaluate("void document.querySelector('button').scrollIntoView()")
        .await?;
    browser.click("button").await?;
    assert_eq!(
        browser.evaluate("clicks").await?,
        json!([[true, 1], [true, 1]]),
        "the bar was clicked"
    );

    // What covers everything is not clicked through, and what is not there is not clicked.
    browser
        .evaluate("void (document.querySelector('#bar').style.height = '100%')")
        .await?;
    let covered = browser.click("button").await.expect_err("covered").to_string();
    assert!(covered.contains("covered by <div id=\"bar\""), "{covered}");
    let missing = browser.click("#missing").await.expect_err("missing").to_string();
    assert!(missing.contains("#missing is not there"), "{missing}");
    browser
        .evaluate("void (document.querySelector('button').hidden = true)")
        .await?;
    let hidden = browser.click("button").await.expect_err("hidden").to_string();
    assert!(hidden.contains("does not show"), "{hidden}");
    assert_eq!(browser.evaluate("clicks.length").await?, 2);
    browser.close().await
}

#[tokio::test]
async fn a_killed_browser_leaves_its_profile_and_no_process() -> Result<()> {
    let folder = page();
    let server = Server::start(folder.path())?;
    let profile = tempfile::tempdir()?;
    let driver = Driver::start()?;
    for round in 0..3 {
        let browser = driver.open(Options::with_profile(profile.path())).await?;
        browser.goto(&server.url()).await?;
        if round > 0 {
            assert_eq!(
                browser
                    .evaluate("(await indexedDB.databases()).map((known) => known.name)")
                    .await?,
                json!(["kept"])
            );
        }
        browser
            .evaluate(
                "await new Promise((done, fail) => {
                    const open = indexedDB.open('kept', 1);
                    open.onupgradeneeded = () => open.result.createObjectStore('x');
                    open.onerror = fail;
                    open.onsuccess = () => {
                        const change = open.result.transaction('x', 'readwrite', { durability: 'strict' });
                        change.objectStore('x').put(1, 1);
                        change.oncomplete = () => done();
                    };
                })",
            )
            .await?;
        browser.kill().await?;
        assert_eq!(processes_with(&profile.path().to_string_lossy()), 0, "round {round}");
    }
    Ok(())
}

#[tokio::test]
async fn dropping_everything_leaves_no_process_and_no_folder() -> Result<()> {
    // What a run that was killed has left; no process has this number.
    let left = std::env::temp_dir().join("ep-browser-4294967294-left");
    std::fs::create_dir_all(left.join("Default"))?;
    let driver = Driver::start()?;
    assert!(!left.exists());

    let browser = driver.open(Options::default()).await?;
    browser.goto("chrome://version").await?;
    browser
        .until("document.getElementById('profile_path')?.textContent")
        .await?;
    let profile = browser
        .evaluate("document.getElementById('profile_path').textContent")
        .await?;
    let profile = std::path::PathBuf::from(profile.as_str().unwrap_or_default());
    let profile = profile.parent().expect("a profile is in a folder").to_owned();
    let mark = profile.to_string_lossy().into_owned();
    assert!(profile.is_dir() && processes_with(&mark) > 0, "{mark}");
    drop(browser);
    drop(driver);
    assert!(!profile.exists());
    // Nobody waits for killed processes here.
    let start = std::time::Instant::now();
    while processes_with(&mark) > 0 && start.elapsed() < Duration::from_secs(10) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(processes_with(&mark), 0);
    Ok(())
}

/// How many processes have this text in their command line. (Those that have ended have no command line.)
fn processes_with(text: &str) -> usize {
    std::fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| std::fs::read(entry.path().join("cmdline")).ok())
        .filter(|line| String::from_utf8_lossy(line).contains(text))
        .count()
}
