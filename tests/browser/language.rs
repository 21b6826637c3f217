//! In which language the app begins, and that a choice stays.

use crate::support::{App, Result, Seats, Site, Words, quoted};
use engagement_playbook::app::words::W;
use xtask::driver::Options;

const LANGUAGE: &str = "document.documentElement.lang";

async fn begins_in(languages: &[&str], tag: &str) -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::open_with(&site.url(), Options::with_languages(languages)).await?;
    assert_eq!(app.text_of_expression(LANGUAGE).await?, tag, "{languages:?}");
    assert_eq!(app.text("h1").await?, Words::of(tag)?.say(W::start_title));
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn a_browser_in_taiwan_begins_in_simplified_chinese() -> Result {
    begins_in(&["zh-TW", "zh"], "zh-Hans").await
}

#[tokio::test]
async fn a_browser_in_austria_begins_in_german() -> Result {
    begins_in(&["de-AT", "de"], "de").await
}

#[tokio::test]
async fn a_language_that_is_not_offered_gives_way_to_the_next_one_and_at_last_to_english() -> Result {
    begins_in(&["fr-FR", "fr"], "en").await?;
    begins_in(&["fr-FR", "fr", "ja"], "ja").await
}

#[tokio::test]
async fn a_chosen_language_stays_whatever_the_browser_asks_for() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::open_with(&site.url(), Options::with_languages(&["de-DE", "de"])).await?;
    app.speak("zh-Hans").await?;
    let title = format!(
        "document.querySelector('h1').textContent === {}",
        quoted(Words::of("zh-Hans")?.say(W::start_title))
    );
    app.until(&title).await?;
    app.reload().await?;
    assert_eq!(app.text_of_expression(LANGUAGE).await?, "zh-Hans");
    app.until(&title).await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}
