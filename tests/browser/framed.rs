//! T28 in a frame that keeps nothing: `sandbox="allow-scripts"` gives the page an origin of its own, in which localStorage and
//! IndexedDB throw, forms are not sent, and no file may be saved.

use crate::support::{App, Author, Folder, Result, Seats, Site, Words, contoso};
use engagement_playbook::app::words::W;
use engagement_playbook::engagement::StateKey;
use engagement_playbook::exchange;
use engagement_playbook::playbook::TaskState;
use fantoccini::Locator;
use xtask::dist::SINGLE;
use xtask::driver::Options;

const WARNING: &str = "main .banner.warning[role=alert]";

/// Opens a page with another one in a frame, and goes into the frame.
async fn framed(address: &str, may: &str) -> Result<(App, Site, Folder)> {
    let page = format!(
        "<!doctype html><title>Around</title><iframe sandbox='{may}' width='1200' height='800' src='{address}'>"
    );
    let folder = Folder::new()?;
    folder.write("index.html", &page)?;
    let around = Site::of(folder.path())?;
    let app = App::closed(&around.url(), Options::default()).await?;
    app.goto(&around.url()).await?;
    app.find(Locator::Css("iframe")).await?.enter_frame().await?;
    Ok((app, around, folder))
}

/// The single file in such a frame, at a task of an engagement that was imported, with that task complete and a note written.
async fn worked_in(site: &Site, may: &str) -> Result<(App, Site, Folder)> {
    let (app, around, folder) = framed(&format!("{}{SINGLE}", site.url()), may).await?;
    app.stands().await?;
    assert!(
        app.evaluate("localStorage.length").await.is_err(),
        "the storage is there"
    );
    assert!(
        app.evaluate("indexedDB.open('ep')").await.is_err(),
        "IndexedDB is there"
    );
    let en = Words::of("en")?;
    app.says(WARNING, en.say(W::storage_blocked)).await?;
    app.save_state("unsaved").await?;

    let file = folder.write(
        "contoso.engagement.json",
        &exchange::export(&[&contoso(&Author::new("Anna", "en"))?]),
    )?;
    app.offer(&file).await?;
    app.accept().await?;
    app.go("#/e/contoso/p/conduct-customer-kickoff").await?;
    app.tick("#check-994", true).await?;
    app.go("#/e/contoso/notes").await?;
    app.click("#new-note").await?;
    app.press(&"In a frame".chars().collect::<Vec<_>>()).await?;
    app.click("form.newnote button[type=submit]").await?;
    app.says("main .notes", "In a frame").await?;
    app.save_state("unsaved").await?;
    Ok((app, around, folder))
}

#[tokio::test]
async fn t28_in_a_sandboxed_frame_the_app_works_in_memory_and_hands_out_what_it_has() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let (app, _around, _folder) = worked_in(&site, "allow-scripts allow-downloads").await?;
    let (_, text) = app.download(&format!("{WARNING} button")).await?;
    let out = exchange::import(text.as_bytes()).map_err(|error| error.to_string())?;
    assert_eq!(out[0].task_state(&"994".into(), &StateKey::Whole), TaskState::Complete);
    assert!(out[0].notes().iter().any(|note| note.text == "In a frame"));
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn t28_where_the_frame_lets_no_file_out_nothing_is_called_shared() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let (app, _around, _folder) = worked_in(&site, "allow-scripts").await?;
    app.click(&format!("{WARNING} button")).await?;
    let said = Words::of("en")?
        .say(W::export_shut_in)
        .split('{')
        .next()
        .unwrap_or_default()
        .to_owned();
    app.says(".toast", &said).await?;
    app.save_state("unsaved").await?;
    app.go("#/data").await?;
    app.says("main", Words::of("en")?.say(W::not_shared_yet)).await?;
    // An engagement can be begun, too.
    app.go("#/new").await?;
    app.fill("#customer-name", "Fabrikam").await?;
    app.click("form button[type=submit].primary").await?;
    app.at("engagement").await?;
    app.says("main h1", "Fabrikam").await?;
    app.finish_with(&["Download is disallowed", "sandboxed"]).await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn t28_what_cannot_even_start_in_a_frame_says_so() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    // The files of the app would have to come from an origin that is no longer the page's own.
    let (app, _around, _folder) = framed(&site.url(), "allow-scripts").await?;
    app.until("document.querySelector('#panic, [role=alert], dialog, h1') !== null")
        .await?;
    app.until("document.body.innerText.includes('Something went wrong')")
        .await?;
    app.finish_with(&[
        "CORS",
        "net::ERR_FAILED",
        "Failed to fetch",
        "dynamically imported module",
        "blocked",
    ])
    .await?;
    drop(seats);
    Ok(())
}
