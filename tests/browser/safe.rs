//! Safe means safe: the browser is killed, a page crashes, one of the two stores is damaged, gone or forbidden, and what the
//! page called safe is there at the next start. The ids are those of the list of faults.

use crate::support::{App, Author, Folder, Result, Seats, Site, Words, contoso, kept};
use engagement_playbook::app::words::W;
use engagement_playbook::engagement::Change;
use engagement_playbook::exchange;
use engagement_playbook::playbook::TaskId;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::task::LocalSet;
use xtask::driver::Options;

const KICKOFF: &str = "#/e/contoso/p/conduct-customer-kickoff";
const ABOUT: &str = "#/e/contoso/about";

/// The fields that are written into, one after the other: the n-th edit goes to the field n modulo their number.
const FIELDS: [&str; 4] = ["about-name", "about-tenant", "about-country", "about-manager"];

/// Writes into the fields as fast as a hasty person, and notes what the page said: `made` edits, `safe` up to here. The page
/// changes its word within the task of the edit, so that what is noted when it says safe is what it says it of.
const EDIT: &str = "void (() => {
    const fields = FIELDS.map((id) => document.getElementById(id));
    const state = document.querySelector('[data-save-state]');
    globalThis.made = globalThis.safe = FROM;
    let seed = SEED;
    const draw = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
    new MutationObserver(() => {
        if (['safe', 'shared'].includes(state.dataset.saveState)) globalThis.safe = globalThis.made;
    }).observe(state, { attributeFilter: ['data-save-state'] });
    const edit = () => {
        globalThis.made += 1;
        const field = fields[globalThis.made % fields.length];
        field.value = `edit ${globalThis.made}`;
        field.dispatchEvent(new Event('change', { bubbles: true }));
        setTimeout(edit, draw() * PAUSE);
    };
    edit();
})()";

/// How often the browser is killed, in how many profiles side by side, and where the chance begins; all can be given.
const KILLS: u64 = 25;
const BESIDE: u64 = 2;
const SEED: u64 = 20_261_121;

/// How somebody edits before a kill, in milliseconds. Many kills are torture, which takes its time.
#[derive(Clone, Copy)]
struct Pace {
    /// The kill comes after so long: from, to.
    moments: (u64, u64),
    /// The longest pause between two edits.
    pause: u64,
}

fn pace(kills: u64) -> Pace {
    if kills > KILLS {
        let (moments, pause) = ((1_000, 8_000), 250);
        Pace { moments, pause }
    } else {
        let (moments, pause) = ((1_000, 3_000), 40);
        Pace { moments, pause }
    }
}

/// Milliseconds of the one kill that comes late, when the browser has written localStorage to disk many times.
const LATE: u64 = 60_000;

fn given(variable: &str, or: u64) -> u64 {
    let given = std::env::var(variable).ok();
    given.and_then(|text| text.parse().ok()).unwrap_or(or)
}

/// The number of the last edit that stands in a field; 0 when none does.
async fn last_in(app: &App, field: &str) -> Result<u64> {
    let text = app
        .text_of_expression(&format!("document.getElementById('{field}').value"))
        .await?;
    Ok(text
        .strip_prefix("edit ")
        .and_then(|number| number.parse().ok())
        .unwrap_or(0))
}

async fn at_profile(site: &Site, profile: &Path) -> Result<App> {
    App::closed(&site.url(), Options::with_profile(profile)).await
}

/// The same in a small window: what is drawn is not what is asked here, and drawing keeps the machine busy.
async fn in_small(site: &Site, profile: &Path) -> Result<App> {
    let options = Options {
        window: (400, 300),
        ..Options::with_profile(profile)
    };
    App::closed(&site.url(), options).await
}

/// Edits until the moment, in milliseconds, and the browser is killed. Gives how many edits were made, and the last that was
/// called safe.
async fn edited_and_killed(app: App, from: u64, seed: u64, moment: u64, pause: u64) -> Result<(u64, u64)> {
    let edit = EDIT
        .replace("PAUSE", &pause.to_string())
        .replace("FIELDS", &json!(FIELDS).to_string())
        .replace("FROM", &from.to_string())
        .replace("SEED", &(seed % 2_147_483_646 + 1).to_string());
    app.evaluate(&edit).await?;
    // Nobody asks meanwhile: what is drawn here is a moment, and asking would keep the machine busy.
    tokio::time::sleep(Duration::from_millis(moment)).await;
    let (start, mut made, mut safe) = (Instant::now(), from, from);
    // Before the first safe edit there is nothing to lose.
    while safe == from {
        assert!(start.elapsed() < Duration::from_secs(60), "nothing is ever safe");
        let said = app.evaluate("[globalThis.made, globalThis.safe]").await?;
        (made, safe) = (said[0].as_u64().unwrap_or(made), said[1].as_u64().unwrap_or(safe));
    }
    app.kill().await?;
    Ok((made, safe))
}

/// The last edit that stands anywhere; fails when one is missing that was called safe.
async fn last_of_all(app: &App, safe: u64) -> Result<u64> {
    let mut last = 0;
    for (place, field) in (0..).zip(FIELDS) {
        let there = last_in(app, field).await?;
        let count = FIELDS.len() as u64;
        let wanted = (1..=safe).rev().find(|number| number % count == place).unwrap_or(0);
        if there < wanted {
            return Err(format!("{field}: edit {wanted} was safe, {there} is there").into());
        }
        last = last.max(there);
    }
    Ok(last)
}

/// What the page tells, what the second store has, and what a further start shows: whoever reads of a loss wants to know
/// whether it is one, and where to look.
async fn told(app: &App, safe: u64) -> Result<String> {
    let banners = "[...document.querySelectorAll('main .banner')].map((one) => one.textContent).join(' | ')";
    let (banners, keys) = (app.text_of_expression(banners).await?, app.second_store().await?);
    app.reload().await?;
    app.there("#about-name").await?;
    app.until_safe().await?;
    let later = match last_of_all(app, safe).await {
        Ok(last) => format!("all up to {last}"),
        Err(error) => error.to_string(),
    };
    Ok(format!(
        "told: {banners}; in the second store: {keys:?}; after a reload: {later}"
    ))
}

/// So many rounds on one profile: each looks at what the kill before it has left, and goes on from there. Gives how many edits
/// there were, and how many are gone that were on their way.
async fn killed(site: &Site, times: u64, seed: u64, pace: Pace) -> Result<(u64, u64)> {
    let (least, most) = pace.moments;
    let profile = Folder::new()?;
    let app = in_small(site, profile.path()).await?;
    app.visit_with(&kept(&[contoso(&Author::new("Anna", "en"))?])?, ABOUT)
        .await?;
    app.until_safe().await?;
    app.finish().await?;
    let (mut made, mut safe, mut gone, mut drawn) = (0_u64, 0, 0, seed);
    for round in 0..=times {
        let app = in_small(site, profile.path()).await?;
        app.visit(ABOUT).await?;
        app.there("#about-name").await?;
        // On a machine this busy the second store may answer after the start.
        app.until_safe().await?;
        let from = match last_of_all(&app, safe).await {
            Ok(from) => from,
            Err(error) => {
                let told = told(&app, safe).await?;
                // Its folder is kept for whoever looks for the reason.
                let told = format!("{told}; profile {}", profile.path().display());
                std::mem::forget(profile);
                return Err(format!("{error} (round {round}, seed {seed}, safe {safe}, made {made}; {told})").into());
            }
        };
        gone += made.saturating_sub(from);
        if round == times {
            made = from;
            app.finish().await?;
            break;
        }
        drawn = drawn
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let number = drawn >> 33;
        let is_late = round == 0 && most > LATE / 10;
        let moment = if is_late { LATE } else { least + number % (most - least) };
        (made, safe) = edited_and_killed(app, from, number, moment, pace.pause).await?;
        if (round + 1) % 50 == 0 {
            println!(
                "{} kills of seed {seed}, {made} edits, {gone} gone that were on their way",
                round + 1
            );
        }
    }
    Ok((made, gone))
}

#[tokio::test]
async fn t01_a_killed_browser_loses_no_safe_edit() -> Result {
    let (kills, beside, seed) = (
        given("EP_KILLS", KILLS),
        given("EP_KILLS_BESIDE", BESIDE).max(1),
        given("EP_SEED", SEED),
    );
    println!("{kills} kills, EP_SEED={seed}");
    let seats = Seats::take(1);
    let site = Rc::new(Site::open()?);
    let local = LocalSet::new();
    let lanes: Vec<_> = (0..beside)
        .map(|lane| {
            let (site, times) = (site.clone(), kills / beside + u64::from(lane < kills % beside));
            local.spawn_local(async move { killed(&site, times, seed + lane, pace(kills)).await })
        })
        .collect();
    local.await;
    let (mut edits, mut gone) = (0, 0);
    for lane in lanes {
        let (made, lost) = lane.await??;
        (edits, gone) = (edits + made, gone + lost);
    }
    println!("{edits} edits, 0 safe ones lost, {gone} gone that were on their way");
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn t02_a_crashed_page_loses_no_safe_edit_and_the_other_tab_has_it() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::with_contoso(&site.url(), KICKOFF).await?;
    let first = app.window().await?;
    let second = app.open_window(KICKOFF).await?;
    app.switch_to_window(first).await?;
    app.tick("#check-994", true).await?;
    app.until_safe().await?;
    // Whoever asks a page to crash gets no answer of it.
    let crash = app.cdp("Page.crash", json!({}));
    let _ = tokio::time::timeout(Duration::from_secs(5), crash).await;

    app.switch_to_window(second).await?;
    app.until("document.querySelector('#check-994')?.checked").await?;
    app.tick("#check-983", true).await?;
    app.until_safe().await?;
    app.reload().await?;
    app.until_ticked(&["994", "983"]).await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}

/// A profile in which two edits were called safe, closed in peace.
async fn worked_on(site: &Site, profile: &Path) -> Result {
    let app = at_profile(site, profile).await?;
    app.visit_with(&kept(&[contoso(&Author::new("Anna", "en"))?])?, KICKOFF)
        .await?;
    app.until_safe().await?;
    for task in ["994", "983"] {
        app.tick(&format!("#check-{task}"), true).await?;
        app.until_safe().await?;
    }
    app.finish().await
}

/// Opens the profile, finds localStorage empty, and everything restored.
async fn restored_from_the_second(site: &Site, profile: &Path) -> Result<App> {
    let app = at_profile(site, profile).await?;
    app.step_aside().await?;
    let left = app.storage().await?;
    assert!(left.get("ep.e.contoso").is_none(), "localStorage is as it was: {left}");
    app.visit(KICKOFF).await?;
    app.until_ticked(&["994", "983", "3979"]).await?;
    let notice = Words::of("en")?.say(W::notice_recovered).to_owned();
    app.says("main .banner", &notice).await?;
    app.go("#/data").await?;
    app.says("main", &notice).await?;
    Ok(app)
}

fn files_of(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)?.collect::<std::io::Result<Vec<_>>>()?;
    Ok(entries.into_iter().map(|entry| entry.path()).collect())
}

#[tokio::test]
async fn t07_a_damaged_database_of_the_browser_is_made_good_from_the_second_store() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let profile = Folder::new()?;
    worked_on(&site, profile.path()).await?;
    let mut damaged = 0;
    for file in files_of(&profile.path().join("Default/Local Storage/leveldb"))? {
        let kind = file.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
        if kind == "log" || kind == "ldb" {
            let mut bytes = std::fs::read(&file)?;
            bytes.iter_mut().skip(20).step_by(64).for_each(|byte| *byte ^= 1);
            damaged += bytes.len();
            std::fs::write(&file, bytes)?;
        }
    }
    assert!(damaged > 1_000, "{damaged} bytes");
    restored_from_the_second(&site, profile.path()).await?.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn t08_either_store_is_enough() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let profile = Folder::new()?;
    worked_on(&site, profile.path()).await?;
    std::fs::remove_dir_all(profile.path().join("Default/Local Storage"))?;
    let app = restored_from_the_second(&site, profile.path()).await?;
    // The keeper writes it back to localStorage.
    app.until_within("localStorage.getItem('ep.e.contoso') !== null", Duration::from_secs(90))
        .await?;
    app.finish().await?;

    std::fs::remove_dir_all(profile.path().join("Default/IndexedDB"))?;
    let app = at_profile(&site, profile.path()).await?;
    app.visit(KICKOFF).await?;
    app.until_ticked(&["994", "983", "3979"]).await?;
    // Safe only once it stands there again.
    app.until_safe().await?;
    assert!(app.second_store().await?.contains(&"ep.e.contoso".to_owned()));
    app.finish().await?;
    drop(seats);
    Ok(())
}

/// Keeps the second store from answering whoever opens it from now on, until `held` is closed: it waits to be made newer,
/// which comes to nothing in the end.
const HOLD: &str = "await new Promise((done, fail) => {
    const opened = indexedDB.open('ep');
    opened.onerror = () => fail(opened.error);
    opened.onsuccess = () => {
        globalThis.held = opened.result;
        const newer = indexedDB.open('ep', 99);
        newer.onupgradeneeded = () => newer.transaction.abort();
        newer.onerror = (event) => event.preventDefault();
        newer.onblocked = () => done(true);
    };
})";

#[tokio::test]
async fn t07_a_second_store_that_answers_late_brings_what_is_safe_there() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::with_contoso(&site.url(), KICKOFF).await?;
    app.until_safe().await?;
    let before = app.storage().await?;
    app.tick("#check-994", true).await?;
    app.until_safe().await?;
    // localStorage loses that edit, as when the browser is killed before it wrote it to the disk.
    app.step_aside().await?;
    app.evaluate(&format!(
        "void (localStorage.clear(), Object.entries({before}).forEach(([key, text]) => localStorage.setItem(key, text)))"
    ))
    .await?;
    let first = app.window().await?;
    let other = app.new_window(false).await?.handle;
    app.switch_to_window(other.clone()).await?;
    app.step_aside().await?;
    app.evaluate(HOLD).await?;

    app.switch_to_window(first.clone()).await?;
    app.visit(KICKOFF).await?;
    app.tick("#check-983", true).await?;
    app.save_state("saved").await?;
    assert!(!app.holds("document.querySelector('#check-994').checked").await?);
    app.switch_to_window(other).await?;
    app.evaluate("void globalThis.held.close()").await?;
    app.switch_to_window(first).await?;
    app.until("document.querySelector('#check-994').checked").await?;
    assert!(app.holds("document.querySelector('#check-983').checked").await?);
    app.says("main .banner", Words::of("en")?.say(W::notice_recovered))
        .await?;
    app.until_safe().await?;
    app.reload().await?;
    app.until_ticked(&["994", "983"]).await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn t28_a_second_store_that_falls_silent_holds_up_no_file() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let by = Author::new("Anna", "en");
    let mut long = contoso(&by)?;
    // More history than a start reads from localStorage, so that a file asks the second store for the rest.
    let comments: Vec<Change> = (0..250)
        .filter_map(|task| TaskId::parse(&format!("own:{task}")))
        .map(|task| Change::SetComment(task, "said".to_owned()))
        .collect();
    by.change(&mut long, &comments);
    let app = App::closed(&site.url(), Options::default()).await?;
    app.cdp(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": "IDBObjectStore.prototype.get = () => ({})" }),
    )
    .await?;
    app.visit_with(&kept(&[long])?, KICKOFF).await?;
    let text = app.export("contoso").await?;
    let all = exchange::import(text.as_bytes()).map_err(|error| error.to_string())?;
    assert_eq!(all.len(), 1);
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn t28_with_indexeddb_alone_blocked_the_app_saves_and_says_so() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let blocked = [
        "IDBFactory.prototype.open = () => { throw new DOMException('blocked', 'SecurityError'); }",
        "IDBFactory.prototype.open = () => ({})",
        "Object.defineProperty(globalThis, 'indexedDB', { get() { throw new DOMException('blocked', 'SecurityError'); } })",
    ];
    for script in blocked {
        let app = App::closed(&site.url(), Options::default()).await?;
        app.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }))
            .await?;
        app.visit_with(&kept(&[contoso(&Author::new("Anna", "en"))?])?, KICKOFF)
            .await?;
        app.tick("#check-994", true).await?;
        app.save_state("saved").await?;
        app.click("details.save > summary").await?;
        app.says("details.save .pop", Words::of("en")?.say(W::safe_absent))
            .await?;
        assert!(
            app.holds("document.querySelector('main .banner.warning') === null")
                .await?
        );
        let text = app.export("contoso").await?;
        assert_eq!(
            exchange::import(text.as_bytes())
                .map_err(|error| error.to_string())?
                .len(),
            1
        );
        app.save_state("shared").await?;
        app.go(KICKOFF).await?;
        app.reload().await?;
        app.until("document.querySelector('#check-994')?.checked").await?;
        app.finish().await?;
    }
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn t29_a_second_store_that_is_cleared_under_an_open_tab_is_filled_again() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::with_contoso(&site.url(), KICKOFF).await?;
    app.until_safe().await?;
    app.remove_second_store().await?;
    app.tick("#check-994", true).await?;
    app.until_safe().await?;
    assert!(app.second_store().await?.contains(&"ep.e.contoso".to_owned()));
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn t29_erasing_everything_empties_both_stores() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::with_contoso(&site.url(), KICKOFF).await?;
    app.tick("#check-994", true).await?;
    app.until_safe().await?;
    app.go("#/data").await?;
    app.click("main .body.row:has(button + button) button:last-of-type")
        .await?;
    app.click("#erase .row button:last-of-type").await?;
    app.until_safe().await?;
    assert_eq!(app.second_store().await?, ["ep.erased"]);
    app.reload().await?;
    app.go("#/").await?;
    app.there("main .start").await?;
    let left: Value = app.storage().await?;
    let work = ["ep.e.", "ep.j.", "ep.m."];
    let keys = left.as_object().into_iter().flatten().map(|(key, _)| key);
    assert!(
        !keys
            .into_iter()
            .any(|key| work.iter().any(|kind| key.starts_with(kind))),
        "{left}"
    );
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn what_was_put_aside_in_the_second_store_can_be_saved_and_backups_that_stay_are_told_of() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::with_contoso(&site.url(), KICKOFF).await?;
    app.tick("#check-994", true).await?;
    app.until_safe().await?;
    let put = "await new Promise((done, fail) => {
        const opened = indexedDB.open('ep');
        opened.onsuccess = () => {
            const writing = opened.result.transaction('texts', 'readwrite');
            writing.objectStore('texts').put('bytes of old', 'ep.q.00000007.ep.e.lost');
            writing.oncomplete = () => { opened.result.close(); done(true); };
            writing.onabort = () => fail(writing.error);
        };
    })";
    app.evaluate(put).await?;
    app.go("#/data").await?;
    let line = "#set-aside li[data-second]";
    app.says(line, "ep.q.00000007.ep.e.lost").await?;
    app.says(line, Words::of("en")?.say(W::in_second_store)).await?;
    // Whatever is saved is noted; the file itself has a name that no test waits for.
    app.evaluate(
        "void (() => {
            const real = URL.createObjectURL;
            URL.createObjectURL = (blob) => { blob.text().then((text) => { globalThis.saved = text; }); return real.call(URL, blob); };
        })()",
    )
    .await?;
    app.click(&format!("{line} button")).await?;
    app.until("globalThis.saved === 'bytes of old'").await?;

    app.evaluate("void (IDBObjectStore.prototype.clear = () => { throw new DOMException('no', 'UnknownError'); })")
        .await?;
    app.click("main .body.row:has(button + button) button:last-of-type")
        .await?;
    app.click("#erase .row button:last-of-type").await?;
    app.says(".toast", Words::of("en")?.say(W::backups_not_erased)).await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn much_done_without_a_file_is_said_calmly_and_can_wait_for_a_day() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let mut keys = kept(&[contoso(&Author::new("Anna", "en"))?])?;
    // So many edits, the first of them just before the next century.
    keys.push(("ep.since-file".to_owned(), "49 4102444799000 0".to_owned()));
    let app = App::closed(&site.url(), Options::default()).await?;
    app.visit_with(&keys, "#/").await?;
    app.there("tr[data-engagement=contoso]").await?;
    let reminder = "#file-reminder";
    assert_eq!(app.count(reminder).await?, 0);
    app.go(KICKOFF).await?;
    app.tick("#check-994", true).await?;
    app.go("#/").await?;
    app.says(reminder, "50").await?;
    app.click(&format!("{reminder} button.quiet")).await?;
    app.until(&format!("!document.querySelector('{reminder}')")).await?;
    app.until("document.activeElement.id === 'title'").await?;
    app.reload().await?;
    app.there("tr[data-engagement=contoso]").await?;
    assert_eq!(app.count(reminder).await?, 0, "not today");

    // Another day, and a file.
    app.step_aside().await?;
    app.store(&[("ep.since-file".to_owned(), "50 1 1".to_owned())]).await?;
    app.visit("#/").await?;
    let (name, _) = app.download(&format!("{reminder} button:not(.quiet)")).await?;
    assert!(name.ends_with(".json"), "{name}");
    app.until(&format!("!document.querySelector('{reminder}')")).await?;
    assert!(app.holds("localStorage.getItem('ep.since-file') === null").await?);
    app.finish().await?;
    drop(seats);
    Ok(())
}
