//! What happens to the storage, and what must hold then. The ids are those of the list of faults.

use crate::support::{
    App, Author, Result, Seats, Site, Words, contoso, fabrikam, kept, quoted, written_by_another_tab,
};
use engagement_playbook::app::words::W;
use engagement_playbook::engagement::{Change, StateKey};
use engagement_playbook::exchange;
use engagement_playbook::playbook::TaskState;
use engagement_playbook::workspace::envelope;
use serde_json::{Value, json};
use xtask::driver::Options;

const KICKOFF: &str = "#/e/contoso/p/conduct-customer-kickoff";
const WARNING: &str = "main .banner.warning[role=alert]";

/// Fills the origin to the last character with a key that is none of ours. Gives how much room it took.
const FILL: &str = "(() => {
    let length = 0;
    for (let step = 1 << 22; step >= 1; step = Math.floor(step / 2)) {
        for (;;) {
            try { localStorage.setItem('somebody.else', 'x'.repeat(length + step)); length += step; } catch { break; }
        }
    }
    return length;
})()";

#[tokio::test]
async fn t04_with_a_full_storage_the_edit_is_safe_in_the_second_store_and_it_is_said_and_handed_out() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let by = Author::new("Anna", "en");
    let app = App::closed(&site.url(), Options::default()).await?;
    app.visit_with(&kept(&[contoso(&by)?])?, KICKOFF).await?;
    app.tick("#check-994", true).await?;
    app.kept().await?;
    // The copy of the playbook is written when the page is idle, and would take from the room below.
    app.until("localStorage.getItem('ep.p.structure.json') !== null")
        .await?;

    let filled = app.evaluate(FILL).await?.as_u64().unwrap_or_default();
    assert!(filled > 1_000_000, "{filled}");
    let work = async || -> Result<Vec<(String, Value)>> {
        let all = app.storage().await?;
        let ours = |key: &str| {
            ["ep.e.", "ep.j.", "ep.m.", "ep.t."]
                .iter()
                .any(|kind| key.starts_with(kind))
        };
        let all = all.as_object().into_iter().flatten().filter(|(key, _)| ours(key));
        Ok(all.map(|(key, text)| (key.clone(), text.clone())).collect())
    };
    let before = work().await?;
    app.tick("#check-983", true).await?;
    app.save_state("safe").await?;
    app.says(WARNING, Words::of("en")?.say(W::kept_in_second)).await?;
    assert!(
        app.holds("document.querySelector('#check-983').checked").await?,
        "kept in memory"
    );
    assert_eq!(work().await?, before, "what stood there stands there");

    let (name, text) = app.download(&format!("{WARNING} button")).await?;
    assert!(
        name.ends_with(".engagement.json") || name.ends_with(".engagements.json"),
        "{name}"
    );
    let handed_out = exchange::import(text.as_bytes()).map_err(|error| error.to_string())?;
    assert_eq!(
        handed_out[0].task_state(&"983".into(), &StateKey::Whole),
        TaskState::Complete
    );

    // Nobody asks before the page is left, and it is there again although localStorage never had it.
    app.reload().await?;
    app.until("document.querySelector('#check-983')?.checked").await?;
    app.evaluate("localStorage.removeItem('somebody.else')").await?;
    app.tick("#check-3616", true).await?;
    app.kept().await?;
    app.until(&format!("document.querySelector({}) === null", quoted(WARNING)))
        .await?;
    app.reload().await?;
    app.until_ticked(&["994", "983", "3616"]).await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}

/// Another character in the middle of a text; the length stays.
fn flipped(text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let middle = chars.len() / 2;
    chars[middle] = if chars[middle] == 'x' { 'y' } else { 'x' };
    chars.into_iter().collect()
}

#[tokio::test]
async fn t06_a_damaged_value_is_named_and_set_aside_and_hides_nothing_else() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let by = Author::new("Anna", "en");
    let mut keys = kept(&[contoso(&by)?, fabrikam(&by)])?;
    let complete = |task: &'static str| Change::SetTaskState {
        task: task.into(),
        states: vec![(StateKey::Whole, TaskState::Complete)],
        reason: None,
        done_on: None,
    };
    let journal = written_by_another_tab(
        &keys,
        &Author::new("Ben", "en"),
        &[("contoso", complete("2536")), ("fabrikam", complete("3616"))],
    )?;
    let (key, text) = keys
        .iter_mut()
        .find(|(key, _)| key == "ep.e.contoso")
        .ok_or("no snapshot")?;
    *text = flipped(text);
    let (key, raw) = (key.clone(), text.clone());
    keys.extend(journal);

    let app = App::closed(&site.url(), Options::default()).await?;
    app.visit_with(&keys, "#/").await?;
    app.says(WARNING, &key).await?;
    let aside = app
        .evaluate("Object.keys(localStorage).filter((key) => key.startsWith('ep.q.') && key.endsWith('.ep.e.contoso')).map((key) => localStorage.getItem(key))")
        .await?;
    assert_eq!(aside, json!([raw]), "byte for byte, once");

    // The other engagement opens, with what the journal of the closed tab has of it.
    app.says("main table", "Fabrikam").await?;
    app.go("#/e/fabrikam/p/conduct-customer-kickoff").await?;
    let state = |task: &str| format!("document.querySelector('[data-task=\"{task}\"] .chip select').value");
    assert_eq!(app.text_of_expression(&state("994")).await?, "in-progress");
    assert_eq!(app.text_of_expression(&state("3616")).await?, "complete");
    // Of the damaged one, what the journal has is there too.
    app.go("#/e/contoso/p/conduct-customer-success-workshop").await?;
    assert_eq!(app.text_of_expression(&state("2536")).await?, "complete");
    // The data page says it as well.
    app.go("#/data").await?;
    app.says("main", &key).await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn t13_a_stored_value_of_a_newer_app_makes_the_tab_read_only() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let by = Author::new("Anna", "en");
    let mut keys = kept(&[contoso(&by)?])?;
    keys.push((
        "ep.e.fabrikam".to_owned(),
        envelope::wrap(envelope::SCHEMA + 1, 0, r#"{"of":"tomorrow"}"#),
    ));

    let app = App::closed(&site.url(), Options::default()).await?;
    app.step_aside().await?;
    app.store(&keys).await?;
    let before = app.storage().await?;
    app.visit(KICKOFF).await?;
    app.says(WARNING, Words::of("en")?.say(W::read_only_explained)).await?;
    app.save_state("unsaved").await?;
    app.there("#check-994").await?;

    // What is there can be read. An edit does nothing, and does not look as if it did.
    assert!(app.holds("document.querySelector('#check-3979').checked").await?);
    app.click("#check-994").await?;
    app.until("!document.querySelector('#check-994').checked").await?;
    app.choose_in_vain("[data-task='983'] .chip select", "complete").await?;
    assert_eq!(app.storage().await?, before);
    app.reload().await?;
    app.step_aside().await?;
    assert_eq!(
        app.storage().await?,
        before,
        "nothing was written, at the end of the page either"
    );
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn t28_without_storage_the_app_works_in_memory_and_asks_before_it_is_left() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let options = Options {
        preferences: vec![(
            "profile.default_content_setting_values.cookies".to_owned(),
            Value::from(2),
        )],
        keep_questions: true,
        ..Options::default()
    };
    let app = App::open_with(&site.url(), options).await?;
    assert!(
        app.evaluate("localStorage.length").await.is_err(),
        "the storage is not blocked"
    );
    app.says(WARNING, Words::of("en")?.say(W::storage_blocked)).await?;
    app.save_state("unsaved").await?;

    app.click("main a[href='#/new']").await?;
    app.at("new").await?;
    app.fill("#customer-name", "Contoso").await?;
    app.click("form button[type=submit].primary").await?;
    app.at("engagement").await?;
    let id = app.engagement().await?;
    app.go(&format!("#/e/{id}/p/conduct-customer-kickoff")).await?;
    app.tick("#check-3616", true).await?;
    app.save_state("unsaved").await?;
    app.go("#/").await?;
    app.says("main table", "Contoso").await?;

    let (_, text) = app.download(&format!("{WARNING} button")).await?;
    let handed_out = exchange::import(text.as_bytes()).map_err(|error| error.to_string())?;
    assert_eq!(handed_out[0].customer(), "Contoso");
    assert_eq!(
        handed_out[0].task_state(&"3616".into(), &StateKey::Whole),
        TaskState::Complete
    );

    // Leaving is asked about. Staying keeps everything.
    app.execute("setTimeout(() => location.reload())", Vec::new()).await?;
    app.question().await?;
    app.dismiss_alert().await?;
    app.says("main table", "Contoso").await?;
    app.execute("setTimeout(() => location.reload())", Vec::new()).await?;
    app.question().await?;
    app.accept_alert().await?;
    app.stands().await?;
    app.until("document.querySelector('main table') === null").await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}
