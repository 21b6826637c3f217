//! T34, T35: what somebody types, until it is saved: it outlives the tab, it is never too much for the page, and keys with which
//! a word is put together mean the word.

use crate::support::{App, Author, Result, Seats, Site, Words, answers, contoso, kept, key, quoted};
use engagement_playbook::app::words::W;
use engagement_playbook::exchange;
use serde_json::json;
use xtask::driver::Options;

const KICKOFF: &str = "#/e/contoso/p/conduct-customer-kickoff";
const NO_DRAFT: &str = "!Object.keys(localStorage).some((key) => key.startsWith('ep.d.'))";

fn value(css: &str) -> String {
    format!("document.querySelector({}).value", quoted(css))
}

fn letters(text: &str) -> Vec<char> {
    text.chars().collect()
}

#[tokio::test]
async fn t34_a_closed_tab_gives_the_draft_back() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::with_contoso(&site.url(), "#/e/contoso/notes").await?;
    let typed = "half a sentence about";
    app.click("#new-note").await?;
    app.press(&letters(typed)).await?;
    app.until(&format!("{} === {}", value("#new-note"), quoted(typed)))
        .await?;

    // The tab goes while another one of the app stays open.
    let first = app.window().await?;
    let second = app.open_window("#/").await?;
    app.switch_to_window(first).await?;
    app.close_window().await?;
    app.switch_to_window(second).await?;
    app.go("#/e/contoso/notes").await?;
    app.until(&format!("{} === {}", value("#new-note"), quoted(typed)))
        .await?;
    app.says("form.newnote [data-unfinished]", Words::of("en")?.say(W::unfinished))
        .await?;
    assert_eq!(app.count("main [data-note]").await?, 2, "it is no note yet");

    // Given up, it is gone for good.
    app.click("form.newnote [data-drop]").await?;
    app.until(&format!("{} === ''", value("#new-note"))).await?;
    assert!(app.holds(NO_DRAFT).await?);
    assert!(app.holds("document.activeElement.id === 'new-note'").await?);
    app.reload().await?;
    app.there("#new-note").await?;
    assert!(app.holds(&format!("{} === ''", value("#new-note"))).await?);

    // Written, it is a note and no draft.
    app.click("#new-note").await?;
    app.press(&letters("Second try")).await?;
    app.reload().await?;
    app.until(&format!("{} === 'Second try'", value("#new-note"))).await?;
    app.click("form.newnote button[type=submit]").await?;
    app.until("document.querySelectorAll('main [data-note]').length === 3")
        .await?;
    assert!(app.holds(NO_DRAFT).await?);
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn t34_a_comment_and_a_form_are_back_too() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::with_contoso(&site.url(), KICKOFF).await?;
    let details = "[data-task='983'] details.who";
    app.unfold(details).await?;
    app.click("#comment-983").await?;
    app.press(&letters("waits for the")).await?;
    app.reload().await?;
    app.unfold(details).await?;
    app.until(&format!("{} === 'waits for the'", value("#comment-983")))
        .await?;
    let mark = format!("{details} [data-unfinished]");
    app.there(&mark).await?;
    // Taken as it is.
    app.click(&format!("{mark} [data-keep]")).await?;
    app.until(&format!("document.querySelector({}) === null", quoted(&mark)))
        .await?;
    assert!(app.holds(NO_DRAFT).await?);
    app.reload().await?;
    app.unfold(details).await?;
    app.until(&format!("{} === 'waits for the'", value("#comment-983")))
        .await?;
    assert_eq!(app.count(&mark).await?, 0);

    // Fields of a form that was not sent: also those that were left already.
    app.go("#/e/contoso/plan").await?;
    let goal = "#new-goals-name";
    let before = app.count("[data-entries=goals] tr[data-entry]").await?;
    app.click(goal).await?;
    app.press(&letters("Fewer mails")).await?;
    app.press(&[key::TAB]).await?;
    app.reload().await?;
    app.until(&format!("{} === 'Fewer mails'", value(goal))).await?;
    app.there("[data-entries=goals] form [data-unfinished]").await?;
    app.click("[data-entries=goals] form button[type=submit]").await?;
    app.until(&format!(
        "document.querySelectorAll('[data-entries=goals] tr[data-entry]').length === {}",
        before + 1
    ))
    .await?;
    app.until(NO_DRAFT).await?;
    assert!(app.holds(&format!("{} === ''", value(goal))).await?);
    // A draft is in no file.
    app.click(goal).await?;
    app.press(&letters("never said")).await?;
    let text = app.export("contoso").await?;
    assert!(text.contains("Fewer mails"));
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn t34_half_a_reason_and_the_form_of_a_new_customer_are_back() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let anna = Author::new("Anna", "en");
    let mut one = contoso(&anna)?;
    anna.change(&mut one, &answers()?);
    let app = App::closed(&site.url(), Options::default()).await?;
    app.visit_with(&kept(&[one])?, "#/e/contoso/p/deploy-securely").await?;
    let reason = "#close-reason";
    app.click("#close-process").await?;
    app.until("document.activeElement.id === 'close-reason'").await?;
    app.press(&letters("The partner")).await?;
    app.until(&format!("{} === 'The partner'", value(reason))).await?;
    app.reload().await?;
    app.until(&format!("{} === 'The partner'", value(reason))).await?;
    app.says("#close-reason-unfinished", Words::of("en")?.say(W::unfinished))
        .await?;
    // At another process nobody has begun to close anything.
    app.go(KICKOFF).await?;
    app.there("#close-process").await?;
    assert_eq!(app.count(reason).await?, 0);
    // Sent, it is a reason and no draft.
    app.go("#/e/contoso/p/deploy-securely").await?;
    app.click("#close-all-the-same").await?;
    app.says("[data-closed-reason]", "The partner").await?;
    assert!(app.holds(NO_DRAFT).await?);

    // A form: what is written in a box that was not left yet, a choice, a service.
    app.go("#/new").await?;
    app.choose("#new-region", "emea").await?;
    app.click("#customer-name").await?;
    app.press(&letters("Northwind")).await?;
    let service = "main form input[type=checkbox]";
    app.tick(service, true).await?;
    app.click("#new-manager").await?;
    app.press(&letters("Zoe")).await?;
    app.until("Object.values(localStorage).some((text) => text.includes('Zoe'))")
        .await?;
    app.reload().await?;
    let filled = format!(
        "{} === 'Northwind' && {} === 'emea' && {} === 'Zoe' && document.querySelector('{service}').checked",
        value("#customer-name"),
        value("#new-region"),
        value("#new-manager")
    );
    app.until(&filled).await?;
    app.there("#customer-name-unfinished").await?;
    app.click("#customer-name-unfinished [data-drop]").await?;
    app.until(&format!("{} === '' && {NO_DRAFT}", value("#customer-name")))
        .await?;
    app.until("document.activeElement.id === 'customer-name'").await?;
    app.reload().await?;
    app.there("#customer-name").await?;
    assert!(app.holds(&format!("{} === ''", value("#customer-name"))).await?);
    // Begun, it is an engagement and no draft.
    app.click("#customer-name").await?;
    app.press(&letters("Tailspin")).await?;
    app.click("main form button[type=submit]").await?;
    app.at("engagement").await?;
    assert!(app.holds(NO_DRAFT).await?);
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn t35_a_megabyte_is_refused_by_name_and_stays_in_the_box() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::with_contoso(&site.url(), "#/e/contoso/notes").await?;
    let too_long = Words::of("en")?.say(W::text_too_long).to_owned();
    let before = app.storage().await?;
    let insert = |text: String| json!({ "text": text });
    app.click("#new-note").await?;
    app.cdp("Input.insertText", insert("x".repeat(1 << 20))).await?;
    app.until(&format!("{}.length === {}", value("#new-note"), 1 << 20))
        .await?;
    app.click("form.newnote button[type=submit]").await?;
    app.says("#new-note-error", &too_long).await?;
    assert!(
        app.holds(&format!("{}.length === {}", value("#new-note"), 1 << 20))
            .await?
    );
    assert_eq!(app.count("main [data-note]").await?, 2);
    assert_eq!(app.storage().await?, before, "nothing of it is written");

    app.go(KICKOFF).await?;
    app.unfold("[data-task='983'] details.who").await?;
    app.click("#comment-983").await?;
    app.cdp("Input.insertText", insert("確".repeat(1 << 18))).await?;
    app.press(&[key::TAB]).await?;
    app.says("#comment-983-error", &too_long).await?;
    assert!(
        app.holds(&format!("{}.length === {}", value("#comment-983"), 1 << 18))
            .await?,
        "what was typed is gone"
    );
    // Shortened, it is taken: emoji of one letter and of several put together.
    let emoji = "😀👩\u{200d}👩\u{200d}👧\u{200d}👦🏽";
    app.click("#comment-983").await?;
    app.chord(&[key::CONTROL, 'a']).await?;
    app.cdp("Input.insertText", insert(emoji.to_owned())).await?;
    app.press(&[key::TAB]).await?;
    app.until("document.querySelector('#comment-983-error').textContent === ''")
        .await?;
    let text = app.export("contoso").await?;
    let all = exchange::import(text.as_bytes()).map_err(|error| error.to_string())?;
    assert_eq!(all[0].comment(&"983".into()), emoji);
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn t35_keys_of_a_composition_trigger_nothing() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::with_contoso(&site.url(), "#/e/contoso/notes").await?;
    app.click("#new-note").await?;
    let compose = |text: &str| json!({ "text": text, "selectionStart": 1, "selectionEnd": 1 });
    app.cdp("Input.imeSetComposition", compose("か")).await?;
    // An input method sends its keys to the page, too; no browser lets a test press them, so the event is made here.
    let pressed = |composing: bool| {
        format!(
            "document.querySelector('#new-note').dispatchEvent(new KeyboardEvent('keydown',
                {{ key: 's', ctrlKey: true, isComposing: {composing}, bubbles: true, cancelable: true }}))"
        )
    };
    assert!(
        app.holds(&pressed(true)).await?,
        "the page took a key of the composition"
    );
    app.cdp("Input.imeSetComposition", compose("かく")).await?;
    app.cdp("Input.insertText", json!({ "text": "確認" })).await?;
    app.until(&format!("{} === '確認'", value("#new-note"))).await?;
    app.click("form.newnote button[type=submit]").await?;
    app.says("main [data-note] .words", "確認").await?;
    assert!(app.holds(NO_DRAFT).await?);
    // The same key alone saves a file.
    assert!(!app.holds(&pressed(false)).await?);
    let (name, _) = app.downloaded().await?;
    assert!(name.ends_with(".json"), "{name}");
    app.finish().await?;
    drop(seats);
    Ok(())
}
