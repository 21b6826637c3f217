//! Several tabs of one browser: nobody's work is lost, and everybody sees it.

use crate::support::{App, Author, Folder, Result, Seats, Site, Words, contoso, day, dist, kept, quoted};
use engagement_playbook::app::words::W;
use engagement_playbook::engagement::{Change, Datum, Engagement, ServiceField};
use engagement_playbook::exchange;
use engagement_playbook::workspace::envelope;
use fantoccini::wd::WindowHandle;
use std::time::{Duration, Instant};
use xtask::dist::SINGLE;

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
async fn t09_two_tabs_that_edit_at_the_same_time_lose_nothing() -> Result {
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

/// Where five tabs edit.
const KICKOFF: &str = "#/e/contoso/p/conduct-customer-kickoff";
/// Tasks of that page; the comment of each belongs to one tab, the owner of the first to all of them.
const TASKS: [&str; 5] = ["983", "994", "1903", "3616", "3979"];
/// Edits of each tab where no time is given.
const EDITS: usize = 45;
/// Notes of each tab at most: they stay, and an engagement has a largest size.
const NOTES: usize = 20;

/// Edits until it has made enough, or until its time is over: in turn the own comment, the shared owner, a note. It gives way
/// through a channel, since the timers of a window behind others hardly run.
const EDIT: &str = "void (async () => {
    const turn = () => new Promise((next) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = next;
        channel.port2.postMessage(0);
    });
    const write = (css, text) => {
        const box = document.querySelector(css);
        box.value = text;
        box.dispatchEvent(new Event('input', { bubbles: true }));
        box.dispatchEvent(new Event('change', { bubbles: true }));
    };
    const begun = performance.now();
    globalThis.last = '';
    globalThis.notes = 0;
    globalThis.edits = 0;
    for (let number = 1; SECONDS ? performance.now() - begun < SECONDS * 1000 : number <= EDITS; number++) {
        if (number % 3 === 0 && globalThis.notes < NOTES) {
            globalThis.notes += 1;
            write('#new-note', `NAME note ${globalThis.notes}`);
            while (!document.querySelector('form.newnote button[type=submit]')) await turn();
            document.querySelector('form.newnote button[type=submit]').click();
        } else if (number % 3 === 1) {
            write('#owner-SHARED', `NAME owner ${number}`);
        } else {
            globalThis.last = `NAME comment ${number}`;
            write('#comment-OWN', globalThis.last);
        }
        globalThis.edits += 1;
        const from = performance.now();
        while (performance.now() - from < 10) await turn();
    }
    globalThis.done = true;
})()";

/// What each tab has said of itself: its last comment, how many notes, how many edits.
type Said = (String, u64, u64);

/// Lets every window edit at the same time and waits until they have. The name goes into every word they write.
async fn all_edit(app: &App, windows: &[WindowHandle], name: &str) -> Result<Vec<Said>> {
    let seconds = std::env::var("EP_TABS_SECONDS")
        .ok()
        .and_then(|text| text.parse::<u64>().ok());
    for window in windows {
        app.switch_to_window(window.clone()).await?;
        app.go(KICKOFF).await?;
        for task in TASKS {
            app.unfold(&format!("[data-task='{task}'] details.who")).await?;
            app.there(&format!("#comment-{task}")).await?;
        }
        app.there("#new-note").await?;
        app.evaluate("void (globalThis.done = false)").await?;
    }
    for (number, window) in windows.iter().enumerate() {
        app.switch_to_window(window.clone()).await?;
        let script = EDIT
            .replace("SECONDS", &seconds.unwrap_or(0).to_string())
            .replace("EDITS", &EDITS.to_string())
            .replace("NOTES", &NOTES.to_string())
            .replace("NAME", &format!("{name} tab {number}"))
            .replace("SHARED", TASKS[0])
            .replace("OWN", TASKS[number]);
        app.evaluate(&script).await?;
    }
    let mut said = Vec::new();
    for window in windows {
        app.switch_to_window(window.clone()).await?;
        let limit = BUSY + Duration::from_secs(seconds.unwrap_or(0));
        app.until_within("globalThis.done", limit).await?;
        let one = app
            .evaluate("[globalThis.last, globalThis.notes, globalThis.edits]")
            .await?;
        said.push(serde_json::from_value(one)?);
    }
    Ok(said)
}

/// The file of every window, as soon as all of them are the same.
async fn one_file(app: &App, windows: &[WindowHandle]) -> Result<String> {
    let begun = Instant::now();
    loop {
        let mut files = std::collections::BTreeSet::new();
        for window in windows {
            app.switch_to_window(window.clone()).await?;
            files.insert(app.export("contoso").await?);
        }
        match files.pop_first() {
            Some(file) if files.is_empty() => return Ok(file),
            _ if begun.elapsed() > BUSY => return Err("the tabs do not come to the same file".into()),
            _ => {}
        }
    }
}

fn read(file: &str) -> Result<Engagement> {
    let mut all = exchange::import(file.as_bytes()).map_err(|error| error.to_string())?;
    all.pop().ok_or_else(|| "no engagement".into())
}

#[tokio::test]
async fn t09_tabs_two_then_five_that_edit_the_same_and_different_fields() -> Result {
    let seats = Seats::take(2);
    let site = Site::open()?;
    let by = Author::new("Anna", "en");
    let app = App::closed(&site.url(), Default::default()).await?;
    app.visit_with(&kept(&[contoso(&by)?])?, KICKOFF).await?;
    let mut windows = vec![app.window().await?];
    let (mut edits, mut written) = (0, Vec::new());
    for count in [2, 5] {
        while windows.len() < count {
            windows.push(app.open_window(KICKOFF).await?);
        }
        let name = format!("of {count}");
        let said = all_edit(&app, &windows, &name).await?;
        let file = one_file(&app, &windows).await?;
        let engagement = read(&file)?;
        let notes: Vec<String> = engagement.notes().into_iter().map(|note| note.text).collect();
        for (number, (last, count, of_it)) in said.iter().enumerate() {
            assert_eq!(
                engagement.comment(&TASKS[number].into()),
                last,
                "the last word of tab {number}"
            );
            written.extend((1..=*count).map(|note| format!("{name} tab {number} note {note}")));
            edits += of_it;
        }
        for text in &written {
            assert_eq!(notes.iter().filter(|note| *note == text).count(), 1, "{text}");
        }
        // Only where several wrote at the same time there can be a conflict, and it is listed.
        let shared = ["tasks", TASKS[0], "owner"];
        assert!(engagement.owner(&TASKS[0].into()).starts_with(&name));
        assert!(
            engagement.conflicts().iter().all(|path| *path == shared),
            "{:?}",
            engagement.conflicts()
        );
        // After a reload each tab has the same file again.
        for window in &windows {
            app.switch_to_window(window.clone()).await?;
            app.reload().await?;
        }
        assert_eq!(one_file(&app, &windows).await?, file);
    }
    println!("torture: tabs: {edits}");
    app.finish().await?;
    drop(seats);
    Ok(())
}

/// T31: two versions of the single file, opened from the disk, share one storage.
#[tokio::test]
async fn t31_two_files_on_the_disk_do_each_other_no_harm() -> Result {
    let seats = Seats::take(1);
    let files = Folder::new()?;
    let text = std::fs::read_to_string(dist().join(SINGLE))?;
    let [old, new] = ["old.html", "new.html"].map(|name| files.write(name, &text));
    let address = |path: std::path::PathBuf| format!("file://{}", path.display());
    let (old, new) = (address(old?), address(new?));
    let by = Author::new("Anna", "en");
    let app = App::closed(&old, Default::default()).await?;
    app.visit("#/").await?;
    app.store(&kept(&[contoso(&by)?])?).await?;
    app.visit("#/settings").await?;
    app.reload().await?;
    app.go(KICKOFF).await?;
    app.tick("#check-994", true).await?;
    app.kept().await?;
    let of_the_old = app.window().await?;

    // The other file sees the work, or nothing of it where the browser keeps pages of the disk apart.
    let other = app.new_window(false).await?.handle;
    app.switch_to_window(other.clone()).await?;
    app.goto(&format!("{new}#/")).await?;
    app.stands().await?;
    let together = app.holds("localStorage.getItem('ep.e.contoso') !== null").await?;
    if together {
        app.go(KICKOFF).await?;
        app.until("document.querySelector('#check-994')?.checked").await?;
        app.tick("#check-983", true).await?;
        app.kept().await?;
        app.switch_to_window(of_the_old.clone()).await?;
        app.until("document.querySelector('#check-983')?.checked").await?;
        // The newer version brings a newer schema.
        app.switch_to_window(other).await?;
        app.store(&[(
            "ep.e.fabrikam".to_owned(),
            envelope::wrap(envelope::SCHEMA + 1, 0, "{}"),
        )])
        .await?;
        app.switch_to_window(of_the_old).await?;
        app.says(
            "main .banner.warning[role=alert]",
            Words::of("en")?.say(W::read_only_explained),
        )
        .await?;
        let before = app.storage().await?;
        app.click("#check-3616").await?;
        app.until("!document.querySelector('#check-3616').checked").await?;
        assert_eq!(app.storage().await?, before, "the older file wrote");
    } else {
        assert_eq!(app.count("main table").await?, 0, "nothing of the other file shows");
    }
    app.finish().await?;
    drop(seats);
    Ok(())
}
