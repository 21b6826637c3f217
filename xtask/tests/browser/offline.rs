//! The offline copy and its updates: always one complete version, and never a change that nobody asked for.

use anyhow::Result;
use xtask::dist::{self, Files};
use xtask::driver::{Browser, Driver, Options};
use xtask::server::Server;

use crate::stand_in;

const READY: &str = "document.documentElement.hasAttribute('data-ready')";
const OFFLINE: &str = "document.documentElement.dataset.offline === 'ready'";
const CACHES: &str = "(await caches.keys()).length";

async fn open(driver: &Driver, url: &str) -> Result<Browser> {
    let browser = driver.open(Options::default()).await?;
    browser.goto(url).await?;
    browser.until(READY).await?;
    browser.until(OFFLINE).await?;
    Ok(browser)
}

fn version(files: &Files) -> String {
    dist::with_version(&mut files.clone(), "0").expect("sw.js names a version")
}

/// Looks for a new version now, as the browser does on its next visit, and waits until it is installed or given up.
///
/// Asked again until the server was asked for `sw.js`: the browser looks by itself after a visit, and a question that meets
/// such a look is answered by it, even if it read the version before. The end is asked for, never awaited as an event: a
/// worker that is given up says so while it is still the one being installed, and no further event would come.
///
/// For a browser with one tab: under ChromeDriver, on a busy machine, the question of one of two tabs sometimes stays
/// without an answer, and without a request.
async fn look(browser: &Browser, server: &Server) -> Result<()> {
    let update = "void (async () => {
        globalThis.looked = undefined;
        const registration = await navigator.serviceWorker.ready;
        await registration.update().catch(() => {});
        globalThis.looked = registration;
    })()";
    server.forget_requests();
    while !server.requests().iter().any(|request| request.path == "sw.js") {
        browser.evaluate(update).await?;
        browser
            .until("globalThis.looked && looked.installing?.state !== 'installing'")
            .await?;
    }
    Ok(())
}

#[tokio::test]
async fn t27_after_the_first_visit_everything_works_without_a_server() -> Result<()> {
    let folder = stand_in::folder(&stand_in::files())?;
    let mut server = Server::start(folder.path())?;
    let driver = Driver::start()?;
    let browser = open(&driver, &server.url()).await?;
    server.stop();

    // In the page of the first visit itself.
    let all = "(await Promise.all(Object.keys(JSON.parse(document.getElementById('ep-manifest').textContent).files)
                .map((path) => ep.asset(path)))).length > 0";
    assert_eq!(browser.evaluate(all).await?, true);
    // After a reload, by another address of the same page, and in a new tab.
    browser.refresh().await?;
    browser.until(READY).await?;
    browser.until(OFFLINE).await?;
    assert_eq!(browser.evaluate(all).await?, true);
    browser
        .goto(&format!("{}index.html?x=1#/playbook", server.url()))
        .await?;
    browser.until(READY).await?;
    let tab = browser.new_window(true).await?;
    browser.switch_to_window(tab.handle).await?;
    browser.goto(&server.url()).await?;
    browser.until(READY).await?;
    browser.close().await
}

#[tokio::test]
async fn the_first_visit_loads_the_rest_only_when_the_page_is_ready() -> Result<()> {
    let folder = stand_in::folder(&stand_in::files())?;
    let server = Server::start(folder.path())?;
    let driver = Driver::start()?;
    let browser = open(&driver, &server.url()).await?;
    let requests = server.requests();
    let worker = requests
        .iter()
        .position(|request| request.path == "sw.js")
        .expect("was asked for");
    let mut before: Vec<&str> = requests[..worker].iter().map(|request| request.path.as_str()).collect();
    assert!(
        !before
            .iter()
            .any(|path| path.contains("guidance") || path.contains("words")),
        "{before:?}"
    );
    // What was preloaded is used, not loaded again. (Chromium asks for the icon twice, for the tab and for the manifest.)
    before.retain(|path| *path != "icon.svg");
    let count = before.len();
    before.sort_unstable();
    before.dedup();
    assert_eq!(before.len(), count, "{requests:?}");
    assert!(
        requests.iter().all(|request| !request.path.ends_with(dist::SINGLE)),
        "the single file is no part of the copy"
    );
    browser.close().await
}

#[tokio::test]
async fn t27_a_new_version_waits_until_one_tab_asks_and_only_that_tab_reloads() -> Result<()> {
    let (first, next) = (stand_in::files(), stand_in::next_files());
    let (first_folder, next_folder) = (stand_in::folder(&first)?, stand_in::folder(&next)?);
    let server = Server::start(first_folder.path())?;
    let driver = Driver::start()?;
    let browser = open(&driver, &server.url()).await?;
    let asking = browser.window().await?;
    let mark = "void (globalThis.typed = 'unfinished', addEventListener('ep-update', () => (globalThis.told = (globalThis.told ?? 0) + 1)))";
    browser.evaluate(mark).await?;

    server.set_root(next_folder.path());
    look(&browser, &server).await?;
    browser.until("ep.updateWaiting && told === 1").await?;
    // Asking for the page again is no consent.
    assert_eq!(browser.evaluate("ep.version").await?, version(&first));
    browser.refresh().await?;
    browser.until(READY).await?;
    assert_eq!(browser.evaluate("ep.version").await?, version(&first));
    browser.until("ep.updateWaiting").await?;

    // Nor is opening another tab; it hears of it, too.
    let other = browser.new_window(true).await?.handle;
    browser.switch_to_window(other.clone()).await?;
    browser.goto(&server.url()).await?;
    browser.until(OFFLINE).await?;
    browser.until("ep.updateWaiting").await?;
    browser.evaluate(mark).await?;
    browser.switch_to_window(asking.clone()).await?;

    browser.evaluate("void ep.applyUpdate()").await?;
    browser
        .until(&format!("ep.version === '{}' && {OFFLINE}", version(&next)))
        .await?;
    assert_eq!(
        browser
            .evaluate("performance.getEntriesByType('navigation')[0].type")
            .await?,
        "reload"
    );

    // The other tab goes on in the old version, with its files, and is not told twice.
    browser.switch_to_window(other).await?;
    assert_eq!(
        browser.evaluate("[typed, ep.version, globalThis.told].join()").await?,
        format!("unfinished,{},", version(&first))
    );
    assert_eq!(browser.evaluate(CACHES).await?, 2);
    let guidance = "(await ep.asset(Object.keys(JSON.parse(document.getElementById('ep-manifest').textContent).files)
                     .find((path) => path.startsWith('guidance/')))).length > 0";
    assert_eq!(browser.evaluate(guidance).await?, true);
    let own = "(await fetch(JSON.parse(document.getElementById('ep-manifest').textContent).js)).status";
    assert_eq!(browser.evaluate(own).await?, 200);

    // It changes when asked, and then the old copy goes.
    browser.evaluate("void ep.applyUpdate()").await?;
    browser
        .until(&format!("ep.version === '{}' && {OFFLINE}", version(&next)))
        .await?;
    browser.refresh().await?;
    browser.until(OFFLINE).await?;
    wait_for_one_cache(&browser).await?;
    browser.close().await
}

/// The copy of a version that no page uses any more is removed soon after the last page has gone.
async fn wait_for_one_cache(browser: &Browser) -> Result<()> {
    browser.evaluate("void (async () => { while ((await caches.keys()).length > 1) await new Promise(requestAnimationFrame); globalThis.one = true })()").await?;
    browser.until("globalThis.one").await?;
    Ok(())
}

#[tokio::test]
async fn t27_a_half_uploaded_version_is_not_taken() -> Result<()> {
    let (first, next) = (stand_in::files(), stand_in::next_files());
    let (first_folder, next_folder) = (stand_in::folder(&first)?, stand_in::folder(&next)?);
    let mut server = Server::start(first_folder.path())?;
    let driver = Driver::start()?;
    let browser = open(&driver, &server.url()).await?;

    // A file is missing; the page is still the old one; a file has other bytes than the list says. Each under a version of
    // its own, since what an attempt could verify is kept for the next one.
    let old_page = first["index.html"].clone();
    let other_bytes = b"<!doctype html>".to_vec();
    for (version, path, bytes) in [
        ("000000000001", "manifest.webmanifest", None),
        ("000000000002", "index.html", Some(old_page)),
        ("000000000003", "manifest.webmanifest", Some(other_bytes)),
    ] {
        let mut mixed = next.clone();
        dist::with_version(&mut mixed, version)?;
        match bytes {
            Some(bytes) => mixed.insert(path.to_owned(), bytes),
            None => mixed.remove(path),
        };
        let folder = stand_in::folder(&mixed)?;
        server.set_root(folder.path());
        look(&browser, &server).await?;
        assert_eq!(browser.evaluate("ep.updateWaiting").await?, false, "{version}");
    }

    // The old version is whole, also without a network.
    server.stop();
    browser.refresh().await?;
    browser.until(READY).await?;
    browser.until(OFFLINE).await?;
    assert_eq!(browser.evaluate("ep.version").await?, version(&first));

    // When the upload is complete, it is taken.
    server.start_again()?;
    server.set_root(next_folder.path());
    look(&browser, &server).await?;
    browser.until("ep.updateWaiting").await?;
    browser.close().await
}

#[tokio::test]
async fn t27_a_version_can_be_rolled_back() -> Result<()> {
    let first = stand_in::files();
    let mut next = first.clone();
    dist::with_version(&mut next, "fedcba987654")?;
    let (first_folder, next_folder) = (stand_in::folder(&first)?, stand_in::folder(&next)?);
    let server = Server::start(first_folder.path())?;
    let driver = Driver::start()?;
    let browser = open(&driver, &server.url()).await?;
    for (folder, version) in [
        (&next_folder, "fedcba987654".to_owned()),
        (&first_folder, version(&first)),
    ] {
        server.set_root(folder.path());
        look(&browser, &server).await?;
        browser.until("ep.updateWaiting").await?;
        browser.evaluate("void ep.applyUpdate()").await?;
        browser
            .until(&format!("ep.version === '{version}' && {OFFLINE}"))
            .await?;
    }
    wait_for_one_cache(&browser).await?;
    browser.close().await
}

#[tokio::test]
async fn t27_a_damaged_copy_is_completed_on_the_next_visit() -> Result<()> {
    let folder = stand_in::folder(&stand_in::files())?;
    let mut server = Server::start(folder.path())?;
    let driver = Driver::start()?;
    let browser = open(&driver, &server.url()).await?;
    let damage = "void (await (async () => { const cache = await caches.open((await caches.keys())[0]);
                  for (const request of (await cache.keys()).slice(0, 5)) await cache.delete(request) })())";
    browser.evaluate(damage).await?;
    browser.refresh().await?;
    browser.until(OFFLINE).await?;
    server.stop();
    browser.refresh().await?;
    browser.until(READY).await?;

    // Without a server it cannot be completed, and that is said.
    browser.evaluate("void (await (async () => { const cache = await caches.open((await caches.keys())[0]);
                  for (const request of await cache.keys()) if (/guidance/.test(request.url)) await cache.delete(request) })())").await?;
    browser.refresh().await?;
    browser
        .until("document.documentElement.dataset.offline === 'failed'")
        .await?;
    browser.close().await
}
