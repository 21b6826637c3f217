//! Taking back and doing again, and the history of who changed what.

use crate::support::{App, Author, Result, Seats, Site, Words, answers, contoso, kept, key, written_by_another_tab};
use engagement_playbook::{app::words::W, engagement::Change};
use xtask::driver::Options;

const KICKOFF: &str = "#/e/contoso/p/conduct-customer-kickoff";
const TOAST: &str = ".toast";
const UNDO: &str = ".toast button.btn:not(.quiet)";

async fn with_control(app: &App, letter: char) -> Result {
    app.chord(&[key::CONTROL, letter]).await
}

#[tokio::test]
async fn a_tick_is_taken_back_and_done_again_with_the_keys_everybody_knows() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::with_contoso(&site.url(), KICKOFF).await?;
    app.there("#check-994").await?;
    app.tick("#check-994", true).await?;
    with_control(&app, 'z').await?;
    app.until("!document.querySelector('#check-994').checked").await?;
    app.says(TOAST, "Taken back").await?;
    with_control(&app, 'y').await?;
    app.until("document.querySelector('#check-994').checked").await?;
    with_control(&app, 'z').await?;
    app.until("!document.querySelector('#check-994').checked").await?;
    app.reload().await?;
    app.there("#check-994").await?;
    assert!(!app.holds("document.querySelector('#check-994').checked").await?);
    // Nothing was done in this tab since it was loaded.
    with_control(&app, 'z').await?;
    app.says(TOAST, Words::of("en")?.say(W::nothing_to_undo)).await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn what_was_removed_comes_back_from_the_toast() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::closed(&site.url(), Options::with_languages(&["de-DE", "de"])).await?;
    app.visit_with(&kept(&[contoso(&Author::new("Anna", "de"))?])?, "#/e/contoso/notes")
        .await?;
    let de = Words::of("de")?;
    app.there("[data-note=note-1]").await?;
    app.click("[data-note=note-1] button:last-child").await?;
    app.until("!document.querySelector('[data-note=note-1]')").await?;
    app.says(TOAST, de.say(W::note_removed)).await?;
    app.click(UNDO).await?;
    app.there("[data-note=note-1]").await?;

    // A whole engagement, too.
    app.go("#/").await?;
    app.there("tr[data-engagement=contoso]").await?;
    app.click("tr[data-engagement=contoso] .acts button:last-child").await?;
    app.until("!document.querySelector('tr[data-engagement=contoso]')")
        .await?;
    app.click(UNDO).await?;
    app.there("tr[data-engagement=contoso]").await?;
    app.says(TOAST, &de.fill(W::is_back, &[("name", "Contoso")])).await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn in_a_text_the_keys_are_the_browsers_own() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::with_contoso(&site.url(), "#/e/contoso/about").await?;
    app.fill("#about-name", "Contoso Ltd").await?;
    app.click("#about-name").await?;
    with_control(&app, 'z').await?;
    assert_eq!(app.count(TOAST).await?, 0);
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn the_history_names_people_and_brings_a_value_back() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let (anna, haruka) = (Author::new("Anna", "en"), Author::new("Haruka", "ja"));
    let mut keys = kept(&[contoso(&anna)?])?;
    let hers = Change::SetOwner("3616".into(), "Chika".to_owned());
    keys.extend(written_by_another_tab(&keys, &haruka, &[("contoso", hers)])?);
    for (tag, language) in [("en", "en-GB"), ("ja", "ja-JP")] {
        let words = Words::of(tag)?;
        let app = App::closed(&site.url(), Options::with_languages(&[language, tag])).await?;
        app.visit_with(&keys, "#/e/contoso/history/tasks/3616").await?;
        app.says("main h1", words.say(W::history)).await?;
        app.says("li.change:first-child", "Haruka").await?;
        app.says(
            "li.change:first-child",
            &words.fill(W::from_to, &[("before", "Ben"), ("after", "Chika")]),
        )
        .await?;
        app.choose("#person", "=Anna").await?;
        app.until("![...document.querySelectorAll('li.change')].some((line) => line.innerText.includes('Haruka'))")
            .await?;
        // Ben was written down before; he is brought back as a new change.
        app.click("li.change li:has(a[href$='tasks/3616']) button").await?;
        app.says(TOAST, words.say(W::brought_back).split('{').next().unwrap_or_default())
            .await?;
        app.go("#/e/contoso/history").await?;
        app.says(
            "li.change:first-child",
            &words.fill(W::from_to, &[("before", "Chika"), ("after", "Ben")]),
        )
        .await?;
        app.click("main .head .row button:first-child").await?;
        app.says(
            "li.change:first-child",
            &words.fill(W::from_to, &[("before", "Ben"), ("after", "Chika")]),
        )
        .await?;
        app.finish().await?;
    }
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn a_note_an_entry_a_service_and_a_closing_lead_to_their_history() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let anna = Author::new("Anna", "en");
    let mut one = contoso(&anna)?;
    anna.change(&mut one, &answers()?);
    let app = App::closed(&site.url(), Options::default()).await?;
    let governance = "set-up-governance-review-cadence";
    let note = "[data-note=note-1]";
    app.visit_with(&kept(&[one])?, "#/e/contoso/notes").await?;
    for (place, within, item) in [
        ("notes".to_owned(), note, "notes/note-1".to_owned()),
        (
            "services".to_owned(),
            "details[data-service=exchange] > .body",
            "services/exchange".to_owned(),
        ),
        ("plan".to_owned(), "[data-entries] tr[data-entry]", String::new()),
        (format!("p/{governance}"), ".gate", format!("processes/{governance}")),
    ] {
        app.go(&format!("#/e/contoso/{place}")).await?;
        let link = format!("{within} a[data-history]");
        app.there(&link).await?;
        app.evaluate("document.querySelectorAll('details.service').forEach((service) => { service.open = true; })")
            .await?;
        let (role, name) = app.accessible(&link).await?;
        assert_eq!(role, "link");
        assert!(
            name.starts_with("History of ") && name.len() > "History of ".len(),
            "{name}"
        );
        app.click(&link).await?;
        app.at("history").await?;
        app.there("main li.change").await?;
        assert!(app.current_url().await?.as_str().contains(&format!("/history/{item}")));
    }
    app.finish().await?;
    drop(seats);
    Ok(())
}
