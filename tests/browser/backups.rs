//! T38, the drill: the app backs up by itself, things are changed and deleted, and from a backup everything is there again
//! that it showed. T29: what is offered when the browser was cleared while the app was closed.

use crate::support::{App, Author, Folder, Result, Seats, Site, Words, contoso, fabrikam, kept, key};
use engagement_playbook::app::words::W;
use engagement_playbook::engagement::Engagement;
use engagement_playbook::exchange;
use serde_json::json;
use xtask::driver::Options;

const KICKOFF: &str = "#/e/contoso/p/conduct-customer-kickoff";
const EXPORT_ALL: &str = "main .body.row:has(button + button) button:first-of-type";

fn read(text: &str) -> Result<Vec<Engagement>> {
    Ok(exchange::import(text.as_bytes()).map_err(|error| error.to_string())?)
}

/// The file with everything.
async fn export_all(app: &App) -> Result<String> {
    app.go("#/data").await?;
    Ok(app.download(EXPORT_ALL).await?.1)
}

/// An engagement of a backup on the data page, unfolded.
async fn look_into(app: &App, at: i64, engagement: &str) -> Result<String> {
    app.go("#/data").await?;
    let backup = format!("details[data-backup='{at}']");
    app.there(&backup).await?;
    app.unfold(&backup).await?;
    let copy = format!("{backup} li[data-engagement={engagement}]");
    app.there(&copy).await?;
    Ok(copy)
}

/// How many things an engagement of a file shows otherwise than a copy of it.
fn differences(now: &str, copy: &str, engagement: &'static str) -> Result<usize> {
    let (now, copy) = (read(now)?, read(copy)?);
    let of = |all: &[Engagement]| {
        let found = all.iter().find(|one| *one.id() == engagement.into()).cloned();
        found.ok_or_else(|| format!("{engagement} is in no file"))
    };
    Ok(exchange::restore(&of(&now)?, &of(&copy)?).len())
}

#[tokio::test]
async fn t38_what_a_backup_showed_is_there_again_and_the_restore_can_be_taken_back() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let en = Words::of("en")?;
    let by = Author::new("Anna", "en");
    let app = App::closed(&site.url(), Options::default()).await?;
    let mut keys = kept(&[contoso(&by)?, fabrikam(&by)])?;
    // Nobody is asked for a name meanwhile.
    keys.push(("ep.author".to_owned(), "Anna".to_owned()));
    app.visit_with(&keys, "#/").await?;
    let first = app.until_backups(1).await?;
    assert_eq!(first.1, export_all(&app).await?, "the export of that moment");

    // A working hour later the next one has what was done in it.
    app.go(KICKOFF).await?;
    app.tick("#check-994", true).await?;
    app.go("#/e/contoso/about").await?;
    app.fill("#about-country", "Österreich").await?;
    app.until_safe().await?;
    let seen = app.everything_about("contoso").await?;
    let then = export_all(&app).await?;
    app.set_clock_ahead(1).await?;
    app.reload().await?;
    let (at, backup) = app.until_backups(2).await?;
    assert_eq!(backup, then, "the export of that moment");
    assert!(
        app.backups().await?.values().any(|text| *text == first.1),
        "the first is as it was"
    );

    // Changed, emptied, removed, deleted.
    app.go(KICKOFF).await?;
    app.tick("#check-994", false).await?;
    app.choose("[data-task='983'] .chip select", "complete").await?;
    app.go("#/e/contoso/about").await?;
    app.click("#about-country").await?;
    app.chord(&[key::CONTROL, 'a']).await?;
    app.press(&[key::DELETE, key::TAB]).await?;
    app.fill("#about-name", "Contoso Ltd").await?;
    app.go("#/e/contoso/notes").await?;
    app.click("[data-note=note-1] button:last-child").await?;
    app.until("!document.querySelector('[data-note=note-1]')").await?;
    app.go("#/").await?;
    app.click("tr[data-engagement=fabrikam] .acts button:last-child")
        .await?;
    app.until("!document.querySelector('tr[data-engagement=fabrikam]')")
        .await?;
    let changed = app.everything_about("contoso").await?;
    assert!(changed != seen);

    // The page says how far apart they are, and restores only what is asked for.
    let copy = look_into(&app, at, "contoso").await?;
    let apart = differences(&export_all(&app).await?, &backup, "contoso")?;
    assert!(apart >= 5, "{apart}");
    app.says(&copy, &format!("{apart} fields")).await?;
    app.click(&format!("{copy} button")).await?;
    app.says(&copy, en.say(W::backup_same)).await?;
    app.says(".toast", &en.fill(W::backup_restored, &[("name", "Contoso")]))
        .await?;
    let other = copy.replace("=contoso", "=fabrikam");
    app.says(&other, en.say(W::backup_missing_here)).await?;
    assert!(app.everything_about("contoso").await? == seen);
    assert_eq!(differences(&export_all(&app).await?, &backup, "contoso")?, 0);

    // Taken back, everything is as it was before; done again, as in the backup.
    app.go("#/e/contoso/history").await?;
    app.click("main .head .row button:first-child").await?;
    app.until("document.querySelector('.toast')?.checkVisibility() ?? false")
        .await?;
    assert!(app.everything_about("contoso").await? == changed);
    let copy = look_into(&app, at, "contoso").await?;
    app.click(&format!("{copy} button")).await?;
    app.says(&copy, en.say(W::backup_same)).await?;
    let other = copy.replace("=contoso", "=fabrikam");
    app.click(&format!("{other} button")).await?;
    app.says(&other, en.say(W::backup_same)).await?;

    // It outlives the page, and equals in all it shows.
    app.until_safe().await?;
    app.reload().await?;
    let now = export_all(&app).await?;
    for id in ["contoso", "fabrikam"] {
        assert_eq!(differences(&now, &backup, id)?, 0, "{id}");
    }
    assert!(app.everything_about("contoso").await? == seen);
    app.finish().await?;
    drop(seats);
    Ok(())
}

/// A profile with work in both stores and a backup, closed in peace. Gives the backup.
async fn left_behind(site: &Site, profile: &Folder) -> Result<(i64, String)> {
    let app = App::closed(&site.url(), Options::with_profile(profile.path())).await?;
    app.visit_with(&kept(&[contoso(&Author::new("Anna", "en"))?])?, KICKOFF)
        .await?;
    app.until_safe().await?;
    let backup = app.until_backups(1).await?;
    app.finish().await?;
    Ok(backup)
}

/// Opens the browser again, where the app is not, and clears what is named.
async fn cleared(site: &Site, profile: &Folder, kinds: &str) -> Result<App> {
    let app = App::closed(&site.url(), Options::with_profile(profile.path())).await?;
    app.step_aside().await?;
    let origin = app.text_of_expression("location.origin").await?;
    app.cdp(
        "Storage.clearDataForOrigin",
        json!({ "origin": origin, "storageTypes": kinds }),
    )
    .await?;
    assert_eq!(app.storage().await?, json!({}));
    Ok(app)
}

#[tokio::test]
async fn t29_cleared_while_closed_the_work_comes_back_and_where_nothing_is_left_nothing_is_claimed() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let en = Words::of("en")?;
    let profile = Folder::new()?;
    let (at, backup) = left_behind(&site, &profile).await?;

    // The second store alone is enough, and it is said.
    let app = cleared(&site, &profile, "local_storage").await?;
    app.visit(KICKOFF).await?;
    app.until("document.querySelector('#check-3979')?.checked").await?;
    app.says("main .banner", en.say(W::notice_recovered)).await?;
    assert_eq!(app.export("contoso").await?, backup);

    // Of both stores the backups alone are left: they are offered, and nothing is restored unasked.
    app.step_aside().await?;
    app.evaluate(
        "await new Promise((done, fail) => {
            localStorage.clear();
            indexedDB.open('ep').onsuccess = (event) => {
                const clearing = event.target.result.transaction('texts', 'readwrite');
                clearing.objectStore('texts').clear();
                clearing.oncomplete = () => { event.target.result.close(); done(true); };
                clearing.onabort = () => fail(clearing.error);
            };
        })",
    )
    .await?;
    app.visit("#/").await?;
    app.there("main .start").await?;
    app.click("main a[data-backups]").await?;
    app.at("data").await?;
    let copy = look_into(&app, at, "contoso").await?;
    app.says(&copy, en.say(W::backup_missing_here)).await?;
    app.click(&format!("{copy} button")).await?;
    app.says(&copy, en.say(W::backup_same)).await?;
    assert_eq!(app.export("contoso").await?, backup);
    app.until_safe().await?;
    app.finish().await?;

    // Nothing is left: the first page, and no word of anything that came back or could come back.
    let app = cleared(&site, &profile, "local_storage,indexeddb").await?;
    app.visit("#/").await?;
    app.there("main .start").await?;
    app.until_safe().await?;
    app.go("#/data").await?;
    app.says("#backups", en.say(W::no_backup_yet)).await?;
    assert!(app.backups().await?.is_empty());
    let said = app.all_texts().await?;
    assert!(!said.contains(en.say(W::notice_recovered)), "{said}");
    app.go("#/").await?;
    app.there("main .start").await?;
    assert_eq!(app.count("main .banner").await?, 0);
    assert_eq!(app.count("main a[data-backups]").await?, 0);
    app.finish().await?;
    drop(seats);
    Ok(())
}
