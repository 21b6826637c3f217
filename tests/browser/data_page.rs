//! The page of what is stored where: room, last file, the browser's promise, what was set aside, diagnostics, erasing.

use crate::support::{App, Author, Result, Seats, Site, Words, contoso, day, kept, noise};
use engagement_playbook::app::words::W;
use engagement_playbook::engagement::{Change, Engagement};
use serde_json::json;
use xtask::driver::Options;

const KICKOFF: &str = "#/e/contoso/p/conduct-customer-kickoff";
const EXPORT_ALL: &str = "main .body.row:has(button + button) button:first-of-type";

/// So many engagements of nearly 64 KB.
fn large(count: u32) -> Result<Vec<Engagement>> {
    let by = Author::new("Anna", "en");
    let one = |number: u32| -> Result<Engagement> {
        let id: &'static str = &*format!("large-{number}").leak();
        let note = Change::WriteNote {
            note: "note-1".into(),
            text: noise(number, 60_000),
            process: None,
            on: day("2026-11-20")?,
            language: "en".to_owned(),
        };
        Ok(by.begin(id, &[Change::SetCustomer(format!("Customer {number}")), note]))
    };
    (0..count).map(one).collect()
}

/// The share of the engagements on the data page, and what is said of it.
async fn share(app: &App) -> Result<(f64, String)> {
    app.there("#room-engagements").await?;
    let share = app
        .evaluate("document.getElementById('room-engagements').value")
        .await?
        .as_f64()
        .ok_or("no share")?;
    let said = app.text(".panel:has(#room-engagements) [role=status]").await?;
    Ok((share, said))
}

#[tokio::test]
async fn the_data_page_says_how_much_room_there_is_and_warns_before_it_is_used_up() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let en = Words::of("en")?;
    let app = App::with_contoso(&site.url(), "#/data").await?;
    let (little, said) = share(&app).await?;
    assert!(little > 0.0 && little < 0.1, "{little}");
    assert_eq!(said, "");
    for (count, least, warning) in [(46, 0.8, W::room_runs_out), (55, 0.95, W::room_is_used_up)] {
        // In parts: what has just been imported stands there twice for a while.
        let keys = large(count)?.chunks(5).map(kept).collect::<Result<Vec<_>>>()?.concat();
        app.visit_with(&keys, "#/data").await?;
        let (much, said) = share(&app).await?;
        assert!(much >= least && much < least + 0.15, "{much}");
        assert_eq!(said, en.say(warning));
    }
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn the_data_page_tells_of_the_last_file_and_what_the_browser_promises() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let en = Words::of("en")?;
    let app = App::with_contoso(&site.url(), "#/data").await?;
    app.says("main", en.say(W::not_shared_yet)).await?;
    app.says("main", en.say(W::storage_may_be_cleared)).await?;
    let ask = ".panel p.row:nth-child(2) button";
    app.click(ask).await?;
    app.says(".toast", en.say(W::storage_not_promised)).await?;

    app.download(EXPORT_ALL).await?;
    let begin = en
        .say(W::shared_explained)
        .split('{')
        .next()
        .unwrap_or_default()
        .to_owned();
    app.says("main", &begin).await?;
    assert!(!app.text("main").await?.contains(en.say(W::not_shared_yet)));

    let origin = app.text_of_expression("location.origin").await?;
    app.cdp(
        "Browser.grantPermissions",
        json!({ "origin": origin, "permissions": ["durableStorage"] }),
    )
    .await?;
    app.click(ask).await?;
    app.says("main", en.say(W::storage_is_kept)).await?;
    app.until(&format!("document.querySelector('{ask}') === null")).await?;
    app.reload().await?;
    app.says("main", en.say(W::storage_is_kept)).await?;
    app.says("main", &begin).await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn t06_what_was_set_aside_is_saved_as_a_file_as_it_is() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let mut keys = kept(&[contoso(&Author::new("Anna", "en"))?])?;
    let damaged = keys[0].1.replacen("Contoso", "Conto\u{202e}\0", 1);
    assert_ne!(damaged, keys[0].1);
    keys[0].1.clone_from(&damaged);
    let app = App::closed(&site.url(), Options::default()).await?;
    app.visit_with(&keys, "#/data").await?;
    app.says("#set-aside li code", "ep.e.contoso").await?;
    let (name, text) = app.download("#set-aside li button").await?;
    assert_eq!(text, damaged);
    assert!(name.starts_with("ep.q."), "{name}");
    // It stays.
    app.reload().await?;
    app.there("#set-aside li code").await?;
    assert_eq!(app.count("#set-aside li").await?, 1);
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn diagnostics_hold_nothing_of_any_customer() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let mut keys = kept(&[contoso(&Author::new("Anna", "en"))?])?;
    // A notice with a key and an id in it, too.
    keys.push(("ep.e.fabrikam-secret".to_owned(), "damaged".to_owned()));
    let app = App::closed(&site.url(), Options::default()).await?;
    let hear = "Object.defineProperty(navigator, 'clipboard', { value: {
        writeText: (text) => { globalThis.copied = text; return Promise.resolve(); } } })";
    app.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": hear }))
        .await?;
    app.visit_with(&keys, KICKOFF).await?;
    app.tick("#check-994", true).await?;
    app.go("#/settings").await?;
    app.fill("#own-name", "Annemarie").await?;
    app.go("#/data").await?;
    app.unfold("#diagnostics details").await?;
    app.until("document.querySelector('#diagnostics pre').textContent.startsWith('{')")
        .await?;
    app.click("#diagnostics button").await?;
    app.says(".toast", Words::of("en")?.say(W::diagnostics_copied)).await?;
    let shown = app
        .text_of_expression("document.querySelector('#diagnostics pre').textContent")
        .await?;
    let copied = app.text_of_expression("globalThis.copied").await?;
    assert_eq!(copied, shown);
    let all: serde_json::Value = serde_json::from_str(&copied)?;
    assert_eq!(all["engagements"], 1);
    assert_eq!(all["set_aside"], 1);
    assert!(all["units"]["Engagements"].as_u64().is_some_and(|units| units > 1_000));
    assert!(all["notices"].as_array().is_some_and(|notices| !notices.is_empty()));
    for private in [
        "contoso",
        "fabrikam",
        "secret",
        "Der Kunde",
        "Called twice",
        "Anna",
        "Ångström",
        "Ben",
        "Minutes",
        "850",
        "ep.e.",
        "3616",
    ] {
        assert!(
            !copied.to_lowercase().contains(&private.to_lowercase()),
            "{private} is in {copied}"
        );
    }
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn t29_erasing_everything_erases_the_backups_too() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let en = Words::of("en")?;
    let app = App::with_contoso(&site.url(), "#/data").await?;
    app.until_backups(1).await?;
    app.there("#backups [data-backup]").await?;
    app.click("main .body.row:has(button + button) button:last-of-type")
        .await?;
    app.click("#erase .row button:last-of-type").await?;
    app.says("#backups", en.say(W::no_backup_yet)).await?;
    assert!(app.backups().await?.is_empty());
    // Nor is one made of nothing at the next start, whatever the hour.
    app.set_clock_ahead(2).await?;
    app.visit("#/").await?;
    app.until_safe().await?;
    app.there("main .start").await?;
    assert_eq!(app.count("main a[data-backups]").await?, 0);
    app.go("#/data").await?;
    app.says("#backups", en.say(W::no_backup_yet)).await?;
    assert!(app.backups().await?.is_empty());
    app.finish().await?;
    drop(seats);
    Ok(())
}
