//! The journey the app was built for: from the assignment of a customer to a colleague in another country and back.

use crate::support::{App, Result, Seats, Site, Words, quoted, single_file};
use engagement_playbook::app::words::W;
use engagement_playbook::exchange;
use engagement_playbook::playbook::TaskState;
use serde_json::Value;
use xtask::driver::Options;

const OFFLINE: &str = "document.documentElement.dataset.offline === 'ready'";
const KICKOFF: &str = "conduct-customer-kickoff";
const WORKSHOP: &str = "conduct-customer-success-workshop";
const COMPLETION: &str = "conduct-engagement-completion-discussion-enablement";

#[tokio::test]
async fn an_engagement_from_its_assignment_to_a_colleague_and_back() -> Result {
    let seats = Seats::take(2);
    let mut site = Site::open()?;
    let anna = App::for_offline(&site.url()).await?;
    anna.visit("#/").await?;
    let id = work_through(&anna).await?;

    // Without a network everything is still there, every language too.
    anna.until(OFFLINE).await?;
    let before = anna.everything_about(&id).await?;
    site.stop();
    anna.reload().await?;
    assert_eq!(anna.everything_about(&id).await?, before);
    everything_is_japanese(&anna, &id).await?;
    let sent = anna.export(&id).await?;
    site.start_again()?;

    let bernd = App::open_with(&site.url(), Options::with_languages(&["de-AT", "de"])).await?;
    hand_over_and_back(&anna, &bernd, &id, &sent, &before).await?;
    // While the server was away the browser may have looked for a new version.
    anna.finish_with(&["ERR_CONNECTION_REFUSED", "ERR_INTERNET_DISCONNECTED", "sw.js"])
        .await?;
    bernd.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn the_same_journey_in_the_single_file_from_the_disk() -> Result {
    let seats = Seats::take(2);
    let file = single_file()?;
    let anna = App::open(&file).await?;
    let id = work_through(&anna).await?;
    let before = anna.everything_about(&id).await?;
    everything_is_japanese(&anna, &id).await?;
    let sent = anna.export(&id).await?;
    asked_nobody(&anna).await?;

    let bernd = App::open_with(&file, Options::with_languages(&["de-AT", "de"])).await?;
    hand_over_and_back(&anna, &bernd, &id, &sent, &before).await?;
    asked_nobody(&bernd).await?;
    anna.finish().await?;
    bernd.finish().await?;
    drop(seats);
    Ok(())
}

/// No request left the page, not even for a file beside it.
async fn asked_nobody(app: &App) -> Result {
    let asked = app
        .evaluate("performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => !/^(data|blob):/.test(name))")
        .await?;
    assert_eq!(asked, serde_json::json!([]), "requests of the single file");
    Ok(())
}

/// Begins the engagement and does its first weeks. Gives its id.
async fn work_through(app: &App) -> Result<String> {
    let id = begin(app).await?;
    kickoff(app, &id).await?;
    workshop(app, &id).await?;
    completion(app, &id).await?;

    app.kept().await?;
    let before = app.everything_about(&id).await?;
    for task in ["3979", "3616", "994", "983", "1903", "2536", "4058"] {
        assert_eq!(before["tasks"][task][0], "complete", "task {task}");
    }
    assert_eq!(
        before["tasks"]["1904"],
        serde_json::json!(["complete", "complete", "complete"])
    );
    app.reload().await?;
    assert_eq!(app.everything_about(&id).await?, before, "after a reload");
    Ok(id)
}

async fn begin(app: &App) -> Result<String> {
    let en = Words::of("en")?;
    app.click("a.primary[href='#/new']").await?;
    app.at("new").await?;
    app.fill("#customer-name", "Contoso").await?;
    app.choose("#new-motion", "rfa").await?;
    app.choose("#new-region", "emea").await?;
    app.fill("#new-seats", "850").await?;
    app.type_day("#new-assigned", "2026-11-19").await?;
    // Who is writing goes with every change.
    app.fill("#new-author", "Anna").await?;
    for service in ["exchange", "onedrive-for-business", "teams"] {
        app.tick(&format!("#service-{service}"), true).await?;
    }
    app.click("form button[type=submit].primary").await?;
    app.at("engagement").await?;
    let id = app.engagement().await?;

    app.go(&format!("#/e/{id}/about")).await?;
    app.tick("#fact-account-managed-yes", true).await?;
    app.go("#/settings").await?;
    let name = app
        .text_of_expression("document.querySelector('#own-name').value")
        .await?;
    assert_eq!(name, "Anna");

    app.go(&format!("#/e/{id}")).await?;
    let facts = app.text("main dl.facts").await?;
    for fact in [en.say(W::seats), "850", "RFA", "EMEA", "Nov 19, 2026"] {
        assert!(facts.contains(fact), "{fact}: {facts}");
    }
    Ok(id)
}

/// The task that ends the engagement waits until each workload has had its discussion.
async fn completion(app: &App, id: &str) -> Result {
    let process = format!("#/e/{id}/p/{COMPLETION}");
    app.go(&process).await?;
    app.click("#check-4058").await?;
    app.until("document.querySelector('.toast')?.innerText.includes('4058')")
        .await?;
    assert!(!app.holds("document.querySelector('#check-4058').checked").await?);

    app.go(&format!("#/e/{id}/completion")).await?;
    for service in ["exchange", "onedrive-for-business", "teams"] {
        app.fill(&format!("#word-by-{service}"), "Ana Ruiz").await?;
        app.type_day(&format!("#word-on-{service}"), "2026-11-20").await?;
        app.type_day(&format!("#discussed-on-{service}"), "2026-11-20").await?;
    }
    app.until("document.querySelector('[data-end=task-4058]').dataset.standing === 'next'")
        .await?;
    app.go(&process).await?;
    app.tick("#check-4058", true).await
}

async fn kickoff(app: &App, id: &str) -> Result {
    let en = Words::of("en")?;
    app.click(&format!("main a[data-process={KICKOFF}]")).await?;
    app.at("work").await?;
    app.go(&format!("#/e/{id}/p/{KICKOFF}")).await?;

    for task in ["3979", "3616", "994", "983", "1903"] {
        let (role, name) = app.accessible(&format!("#check-{task}")).await?;
        assert_eq!(role, "checkbox");
        assert!(name.contains(en.task(task)) && name.contains(task), "{name}");
        assert!(!en.task(task).is_empty());
        app.tick(&format!("#check-{task}"), true).await?;
    }

    // A line for each service in scope, none for one that is not.
    assert_eq!(app.count("[data-task='1904'] .per > li").await?, 2);
    assert_eq!(app.count("[data-task='1904'] [data-service=sharepoint]").await?, 0);
    app.tick("#check-1904-exchange", true).await?;
    app.until("document.querySelector('#check-1904').indeterminate").await?;
    assert!(!app.holds("document.querySelector('#check-1904').checked").await?);
    app.tick("#check-1904", true).await?;
    assert!(
        app.holds("document.querySelector('#check-1904-onedrive-for-business').checked")
            .await?
    );

    windows_10(app, &en).await
}

/// The part for Windows 10 stands folded with its question until somebody answers.
async fn windows_10(app: &App, en: &Words) -> Result {
    let action = en.block(KICKOFF, "meet.windows.sme")?;
    let ask = format!(
        ".guide .ask[aria-label={}]",
        quoted(en.say(W::fact_windows_10_entitled))
    );
    let shown = format!(
        "[...document.querySelectorAll('.guide li')].filter((block) => block.textContent.trim().startsWith({}))
            .some((block) => block.checkVisibility({{ contentVisibilityAuto: true }}))",
        quoted(&action)
    );
    app.there(&ask).await?;
    let folded = format!(
        "document.querySelector({}).closest('li').querySelector('details').open === false",
        quoted(&ask)
    );
    assert!(app.holds(&folded).await?, "the part is open before anybody answered");
    assert!(!app.holds(&shown).await?, "{action}");
    app.click(&format!("{ask} button:first-of-type")).await?;
    app.until(&shown).await?;
    app.until(&format!("document.querySelector({}) === null", quoted(&ask)))
        .await?;
    Ok(())
}

async fn workshop(app: &App, id: &str) -> Result {
    let en = Words::of("en")?;
    app.go(&format!("#/e/{id}/p/{WORKSHOP}")).await?;
    // SharePoint is not in scope: the task is not asked for, and says why.
    assert_eq!(app.count("#check-3737").await?, 0);
    let fold = "details.more:has([data-task='3737'])";
    app.unfold(fold).await?;
    let why = app.text("[data-task='3737'][data-scope=out]").await?;
    let reason = en.fill(W::why_service_out, &[("value", en.names.service(&"sharepoint".into()))]);
    assert!(why.contains(en.task("3737")) && why.contains(&reason), "{why}");
    app.tick("#check-2536", true).await
}

/// Switches to Japanese and looks at every page for anything that stayed English.
async fn everything_is_japanese(app: &App, id: &str) -> Result {
    let (en, ja) = (Words::of("en")?, Words::of("ja")?);
    let english = en.sentences_foreign_to(&ja, &[KICKOFF, WORKSHOP, COMPLETION])?;
    let left_in = |texts: &str| -> Vec<&String> {
        english
            .iter()
            .filter(|sentence| texts.contains(sentence.as_str()))
            .collect()
    };
    app.go(&format!("#/e/{id}/p/{KICKOFF}")).await?;
    let before = app.all_texts().await?;
    assert!(
        left_in(&before).len() > 30,
        "the sentences of the English page are not recognised"
    );
    app.speak("ja").await?;
    app.until(&format!(
        "document.querySelector('h1').textContent === {}",
        quoted(ja.names.process(&KICKOFF.into()))
    ))
    .await?;

    // A step that is settled stands folded when its page is opened.
    app.unfold("details.step:has([data-task='994'])").await?;
    let task = app.text("[data-task='994']").await?;
    assert!(task.contains(ja.task("994")), "{task}");
    let state = app
        .text_of_expression("document.querySelector('[data-task=\"994\"] select').selectedOptions[0].textContent")
        .await?;
    assert_eq!(state, ja.state(TaskState::Complete));
    let title = app.title().await?;
    assert!(title.contains(ja.names.process(&KICKOFF.into())), "{title}");

    let of_engagement = [
        "",
        "/about",
        "/tasks",
        "/services",
        "/plan",
        "/dates",
        "/history",
        "/completion",
        "/notes",
    ]
    .map(|part| format!("#/e/{id}{part}"));
    let others = [
        "#/",
        "#/new",
        "#/playbook",
        "#/import",
        "#/data",
        "#/settings",
        "#/nowhere",
    ]
    .map(str::to_owned);
    let processes = [KICKOFF, WORKSHOP, COMPLETION].map(|process| format!("#/e/{id}/p/{process}"));
    let reading = format!("#/playbook/p/{WORKSHOP}");
    for hash in of_engagement
        .into_iter()
        .chain(others)
        .chain(processes)
        .chain([reading])
    {
        app.go(&hash).await?;
        let texts = app.all_texts().await?;
        let left = left_in(&texts);
        assert!(left.is_empty(), "English at {hash}: {left:?}");
        let japanese = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}');
        assert!(
            app.text("h1").await?.contains(japanese) || hash == format!("#/e/{id}"),
            "the heading at {hash}"
        );
    }
    // It stays after a reload.
    app.reload().await?;
    assert_eq!(app.text_of_expression("document.documentElement.lang").await?, "ja");
    Ok(())
}

/// The colleague takes the file in, goes on, and sends it back; in the end both have the same.
async fn hand_over_and_back(anna: &App, bernd: &App, id: &str, sent: &str, before: &Value) -> Result {
    let de = Words::of("de")?;
    let files = crate::support::Folder::new()?;
    bernd.offer(&files.write("contoso.engagement.json", sent)?).await?;
    let preview = format!("#preview [data-engagement={}]", quoted(id));
    bernd.there(&preview).await?;
    assert_eq!(bernd.count("#preview article").await?, 1);
    assert!(bernd.text(&preview).await?.contains(de.say(W::status_new)));
    bernd.unfold(&format!("{preview} details.changes")).await?;
    bernd.there(&format!("{preview} [data-change]")).await?;
    let changes = bernd.count(&format!("{preview} [data-change]")).await?;
    let new = bernd.text(&format!("{preview} [data-count=count_new] b")).await?;
    assert!(changes > 20, "{changes}");
    assert_eq!(new, changes.to_string());
    assert_eq!(
        bernd.count(&format!("{preview} [data-count]")).await?,
        1,
        "nothing but new fields"
    );
    bernd.accept().await?;
    assert_eq!(bernd.everything_about(id).await?, *before, "at the colleague's");

    // The colleague corrects one thing, changes another, writes something.
    bernd.go("#/settings").await?;
    bernd.fill("#own-name", "Bernd").await?;
    bernd.go(&format!("#/e/{id}/p/{KICKOFF}")).await?;
    bernd.unfold("details.step:has([data-task='994'])").await?;
    bernd.tick("#check-994", false).await?;
    bernd.choose("[data-task='983'] .chip select", "in-progress").await?;
    bernd.go(&format!("#/e/{id}/notes")).await?;
    bernd.fill("#new-note", "Der Kunde möchte im Januar beginnen.").await?;
    bernd.click("form.newnote button[type=submit]").await?;
    bernd.there("main [data-note]").await?;
    bernd.kept().await?;
    let returned = bernd.export(id).await?;
    assert_ne!(returned, sent);

    anna.offer(&files.write("contoso-back.engagement.json", &returned)?)
        .await?;
    anna.there(&format!("{preview}[data-status=newer]")).await?;
    for change in ["tasks.994.state", "tasks.983.state"] {
        let row = format!("{preview} [data-change='{change}']");
        assert_eq!(anna.count(&row).await?, 1, "{change}");
        assert!(anna.text(&row).await?.contains("Bernd"), "{change} names who made it");
    }
    assert!(anna.count(&format!("{preview} [data-change^='notes.']")).await? >= 1);
    assert_eq!(anna.count(&format!("{preview} [data-count=count_conflicts]")).await?, 0);
    anna.accept().await?;
    assert_eq!(anna.everything_about(id).await?, bernd.everything_about(id).await?);

    let (annas, bernds) = (anna.export(id).await?, bernd.export(id).await?);
    assert_eq!(annas, bernds, "two copies of one state");
    exchange::import(annas.as_bytes()).map_err(|error| error.to_string())?;
    Ok(())
}
