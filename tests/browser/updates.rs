//! A new version of the app: announced, never forced, one reload when asked for.

use crate::support::{App, Author, Folder, Result, Seats, Site, Words, contoso, dist, kept, quoted};
use engagement_playbook::app::words::W;
use serde_json::json;
use xtask::dist as build;

const OFFLINE: &str = "document.documentElement.dataset.offline === 'ready'";

/// Counts how often this tab has loaded the page.
const COUNT: &str = "sessionStorage.loads = Number(sessionStorage.loads ?? 0) + 1";

/// Looks for a new version now, as the browser does from time to time, and waits until it is installed or given up.
const LOOK: &str = "void (await (async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update().catch(() => {});
    while (registration.installing) await new Promise((next) => registration.installing.onstatechange = next);
})())";

#[tokio::test]
async fn t27_a_new_version_waits_until_it_is_asked_for_and_then_loads_once() -> Result {
    let seats = Seats::take(1);
    let next = Folder::new()?;
    let mut files = build::load(&dist())?;
    let old = build::with_version(&mut files, "0123456789ab")?;
    build::write(next.path(), &files)?;

    let site = Site::open()?;
    let by = Author::new("Anna", "en");
    let app = App::for_offline(&site.url()).await?;
    app.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": COUNT }))
        .await?;
    app.visit_with(&kept(&[contoso(&by)?])?, "#/e/contoso/notes").await?;
    app.until(OFFLINE).await?;
    let loads = app
        .evaluate("Number(sessionStorage.loads)")
        .await?
        .as_u64()
        .ok_or("not counted")?;
    app.click("#new-note").await?;
    let unfinished = "half a sentence";
    app.press(&unfinished.chars().collect::<Vec<_>>()).await?;

    site.set_root(next.path());
    app.evaluate(LOOK).await?;
    let notice = "main .banner[role=status]";
    app.there(notice).await?;
    let text = format!("document.querySelector('#new-note').value === {}", quoted(unfinished));
    assert!(app.holds(&text).await?, "the text in the field is gone");
    assert_eq!(app.evaluate("ep.version").await?, json!(old));
    assert_eq!(
        app.evaluate("Number(sessionStorage.loads)").await?,
        json!(loads),
        "it reloaded by itself"
    );

    app.click(&format!("{notice} button")).await?;
    app.until(&format!("ep.version === '0123456789ab' && {OFFLINE}"))
        .await?;
    app.stands().await?;
    assert_eq!(
        app.evaluate("Number(sessionStorage.loads)").await?,
        json!(loads + 1),
        "one reload"
    );
    assert_eq!(app.count(notice).await?, 0);
    app.there("main [data-note]").await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn a_page_whose_code_cannot_be_had_says_so_and_comes_when_asked_again() -> Result {
    let seats = Seats::take(1);
    let cut = Folder::new()?;
    let mut files = build::load(&dist())?;
    let whole = files.len();
    files.retain(|path, _| !path.starts_with("assets/split_"));
    assert!(files.len() < whole, "there is only one wasm file");
    build::write(cut.path(), &files)?;

    let site = Site::open()?;
    site.set_root(cut.path());
    let app = App::open(&site.url()).await?;
    app.there("main .start a[href='#/new']").await?;
    app.click("main .start a[href='#/new']").await?;
    let words = Words::of("en")?;
    app.says("main h1", words.say(W::part_missing)).await?;

    site.set_root(dist());
    app.click("main button.primary").await?;
    app.at("new").await?;
    app.says("main h1", words.say(W::new_engagement)).await?;
    app.finish_with(&["404", "split_"]).await?;
    drop(seats);
    Ok(())
}
