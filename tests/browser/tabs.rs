//! Several tabs of one browser: nobody's work is lost, and everybody sees it.

use crate::support::{App, Author, Result, Seats, Site, contoso, day, kept, quoted};
use engagement_playbook::engagement::{Change, Datum, ServiceField};
use std::time::Duration;

/// A window behind another one gets few turns, fewer still on a busy machine.
const BUSY: Duration = Duration::from_secs(180);

/// Ticks every second task of the page as fast as the page can, beginning with the first or the second.
const TICK: &str = "void (async () => {
    const boxes = [...document.querySelectorAll('main li.task > input.check')].map((box) => box.id);
    globalThis.ticked = [];
    for (const [place, id] of boxes.entries()) {
        if (place % 2 !== PARITY) continue;
        const box = document.getElementById(id);
        if (!box.checked) box.click();
        globalThis.ticked.push(id);
        await new Promise((next) => setTimeout(next, 3));
    }
    globalThis.done = true;
})()";

const STATES: &str =
    "JSON.stringify([...document.querySelectorAll('main li.task select')].map((select) => select.value))";

/// Says through the storage, under a key that is none of the app's, that the box is ticked here, and how often the page
/// came to the front until then: a tab that only looks when it is looked at would be too late for two windows side by side.
const TELL: &str = "void (() => {
    globalThis.mark = 'same page';
    let looked = 0;
    addEventListener('focus', () => (looked += 1));
    document.addEventListener('visibilitychange', () => (looked += 1));
    const timer = setInterval(() => {
        if (!document.querySelector('BOX').checked) return;
        clearInterval(timer);
        localStorage.setItem('test.BOX', looked);
    }, 10);
})()";

/// The other window has shown it meanwhile, unasked.
async fn was_shown_elsewhere(app: &App, box_id: &str) -> Result {
    app.until(&format!("localStorage.getItem('test.{box_id}') === '0'"))
        .await?;
    Ok(())
}

#[tokio::test]
async fn what_one_window_does_the_other_shows_unasked() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let by = Author::new("Anna", "en");
    let app = App::closed(&site.url(), Default::default()).await?;
    let kickoff = "#/e/contoso/p/conduct-customer-kickoff";
    app.visit_with(&kept(&[contoso(&by)?])?, kickoff).await?;
    let first = app.window().await?;
    let second = app.open_window(kickoff).await?;
    app.evaluate(&TELL.replace("BOX", "#check-994")).await?;

    app.switch_to_window(first.clone()).await?;
    app.evaluate(&TELL.replace("BOX", "#check-1903")).await?;
    app.tick("#check-994", true).await?;
    was_shown_elsewhere(&app, "#check-994").await?;

    app.switch_to_window(second.clone()).await?;
    app.choose("[data-task='3616'] .chip select", "warning").await?;
    app.unfold("[data-task='983'] details.who").await?;
    app.fill("#owner-983", "Carla").await?;
    app.choose("[data-task='1903'] .chip select", "complete").await?;
    was_shown_elsewhere(&app, "#check-1903").await?;
    assert!(app.holds("globalThis.mark === 'same page'").await?, "it was reloaded");

    app.switch_to_window(first).await?;
    assert!(app.holds("globalThis.mark === 'same page'").await?, "it was reloaded");
    app.says("[data-task='983'] details.who summary", "Carla").await?;

    // A reload of both agrees, with each other and with all that was done.
    for window in app.windows().await? {
        app.switch_to_window(window).await?;
        app.reload().await?;
        app.there("#check-994").await?;
        let state = |task: &str| format!("document.querySelector('[data-task=\"{task}\"] .chip select').value");
        for (task, is) in [("994", "complete"), ("3616", "warning"), ("1903", "complete")] {
            assert_eq!(app.text_of_expression(&state(task)).await?, is, "task {task}");
        }
        app.says("[data-task='983'] details.who summary", "Carla").await?;
    }
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn two_tabs_that_edit_at_the_same_time_lose_nothing() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    // Each workload has had its discussion, or else the tasks that end an engagement would not let themselves be ticked.
    let discussed = Datum::Day(Some(day("2026-11-20")?));
    let begun = ["exchange", "teams", "aadp"].into_iter().flat_map(|id| {
        let held = Change::SetService(id.into(), ServiceField::DiscussedOn, discussed.clone());
        [Change::SetServiceInScope(id.into(), true), held]
    });
    let untouched = Author::new("Anna", "en").begin("untouched", &begun.collect::<Vec<_>>());
    let app = App::closed(&site.url(), Default::default()).await?;
    app.visit_with(&kept(&[untouched])?, "#/e/untouched/tasks").await?;
    let first = app.window().await?;
    app.there("main li.task").await?;
    let second = app.open_window("#/e/untouched/tasks").await?;
    app.there("main li.task").await?;
    let boxes = app.count("main li.task > input.check").await?;
    assert!(boxes > 40, "{boxes}");

    // Both run on their own from here; nobody waits for anybody.
    app.evaluate(&TICK.replace("PARITY", "1")).await?;
    app.switch_to_window(first.clone()).await?;
    app.evaluate(&TICK.replace("PARITY", "0")).await?;
    app.until_within("globalThis.done", BUSY).await?;
    app.switch_to_window(second.clone()).await?;
    app.until_within("globalThis.done", BUSY).await?;

    let all = "[...document.querySelectorAll('main li.task > input.check')].every((box) => box.checked)";
    app.until(all).await?;
    let in_second = app.text_of_expression(STATES).await?;
    app.switch_to_window(first).await?;
    app.until(all).await?;
    app.until(&format!("{STATES} === {}", quoted(&in_second))).await?;

    // After a reload of each they agree too, with each other and with what was shown.
    for window in app.windows().await? {
        app.switch_to_window(window).await?;
        app.reload().await?;
        app.there("main li.task").await?;
        assert_eq!(app.text_of_expression(STATES).await?, in_second);
    }
    app.finish().await?;
    drop(seats);
    Ok(())
}
