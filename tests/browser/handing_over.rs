//! Handing an engagement to a colleague who speaks another language, and changing many tasks in one step.

use crate::support::{App, Author, Hand, Person, Result, Seats, Site, Words, contoso, day, kept, quoted};
use engagement_playbook::{app::words::W, engagement::Change, playbook::TaskState};

/// The app with Contoso, at a page of it.
async fn at(site: &Site, page: &str) -> Result<App> {
    let app = App::closed(&site.url(), Default::default()).await?;
    let one = contoso(&Author::new("Anna", "en"))?;
    app.visit_with(&kept(&[one])?, &format!("#/e/contoso/{page}")).await?;
    Ok(app)
}

/// A day as the browser writes it in a language, with its year.
async fn written(app: &App, tag: &str, day: &str) -> Result<String> {
    let options = "{ timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' }";
    app.text_of_expression(&format!(
        "new Intl.DateTimeFormat({}, {options}).format(new Date('{day}T12:00:00Z'))",
        quoted(tag)
    ))
    .await
}

/// The part of the sheet with this name.
fn part(name: &str) -> String {
    format!("#sheet [data-part={name}]")
}

#[tokio::test]
async fn a_colleague_in_tokyo_gets_the_sheet_in_japanese_and_sees_what_changed_since() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = at(&site, "handover").await?;
    let (english, german, japanese) = (Words::of("en")?, Words::of("de")?, Words::of("ja")?);

    // Before the first handover: everything written down so far, in the language of the app.
    app.there("#sheet[lang=en]").await?;
    app.says("#sheet", english.say(W::never_handed_over)).await?;
    app.says(&part("changes"), english.say(W::changed_so_far)).await?;
    app.says(&part("changes"), "Called twice.").await?;
    app.says(&part("open"), english.task("3616")).await?;
    app.says(&part("gaps"), "Teams").await?;
    assert_eq!(app.count(&format!("{} li", part("next"))).await?, 3);

    // To nobody: the field is asked for.
    app.click("#mark-handover button[type=submit]").await?;
    app.until("document.activeElement.id === 'handover-to'").await?;
    app.says(
        "#mark-handover [role=alert]:not([id])",
        &english.fill(W::field_wanted, &[("field", english.say(W::handed_to))]),
    )
    .await?;

    app.fill("#handover-to", "Yuki <b>田中</b>").await?;
    app.type_day("#handover-on", "2026-11-18").await?;
    app.choose("#handover-language", "ja").await?;
    app.click("#mark-handover button[type=submit]").await?;
    app.says(".toast", "Yuki <b>田中</b>").await?;

    // The sheet is the receiver's from now on; the app stays in English.
    app.there("#sheet[lang=ja]").await?;
    let today = written(&app, "ja", "2026-11-18").await?;
    app.says(&part("changes"), &japanese.fill(W::changed_since, &[("day", &today)]))
        .await?;
    app.says(&part("changes"), japanese.say(W::nothing_changed_since))
        .await?;
    app.says(&part("open"), japanese.task("3616")).await?;
    assert_eq!(app.text("h1").await?, english.say(W::handover));
    assert_eq!(app.text_of_expression("document.documentElement.lang").await?, "en");
    app.says("li[data-handover]", "日本語").await?;

    // Work goes on.
    app.go("#/e/contoso/tasks").await?;
    app.choose("[data-task='994'] .chip select", "in-progress").await?;
    app.unfold("[data-task='994'] details.who").await?;
    app.fill("#owner-994", "# Ben").await?;
    app.go("#/e/contoso/handover").await?;
    app.there("#sheet[lang=ja]").await?;
    let changed = format!("{} li", part("changes"));
    app.says(&changed, japanese.task("994")).await?;
    app.says(&changed, japanese.state(TaskState::InProgress)).await?;
    app.says(&changed, "# Ben").await?;
    assert_eq!(app.count(&changed).await?, 1);

    // The same in German, as Markdown: nobody's words are markup.
    app.choose("#sheet-language", "de").await?;
    app.there("#sheet[lang=de]").await?;
    app.says(&changed, german.task("994")).await?;
    app.says(&changed, german.state(TaskState::InProgress)).await?;
    let (name, text) = app.download("#sheet-save").await?;
    assert!(name.starts_with("Contoso-") && name.ends_with(".handover.md"), "{name}");
    let title = german.fill(W::handover_of, &[("customer", "Contoso")]);
    assert!(text.starts_with(&format!("# {title}\n")), "{text}");
    assert!(text.contains(&format!("- {} (994)\n", german.task("994"))), "{text}");
    assert!(text.contains(r"\# Ben"), "{text}");
    assert!(
        text.contains("Yuki &lt;b&gt;田中&lt;/b&gt;") && !text.contains('<'),
        "{text}"
    );
    let headings = text.lines().filter(|line| line.starts_with('#')).count();
    assert_eq!(headings, 6, "{text}");

    // The portfolio shows it, and who goes on without the sheet's language sees it as before.
    app.go("#/").await?;
    let row = "tr[data-engagement=contoso] [data-handed]";
    app.says(row, "Yuki <b>田中</b>").await?;
    app.says(row, &written(&app, "en", "2026-11-18").await?).await?;

    // Marked by mistake: taken out, everything counts as changed again; and brought back.
    app.go("#/e/contoso/handover").await?;
    app.click("li[data-handover] button").await?;
    app.says("#sheet", english.say(W::never_handed_over)).await?;
    app.there("#sheet[lang=en]").await?;
    app.click("main details.more > summary").await?;
    app.click("main details.more li button").await?;
    app.there("#sheet[lang=ja]").await?;
    assert_eq!(app.count(&changed).await?, 1);
    app.reload().await?;
    app.there("#sheet[lang=ja]").await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn only_the_sheet_is_printed() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = at(&site, "handover").await?;
    app.there("#sheet").await?;
    app.cdp("Emulation.setEmulatedMedia", serde_json::json!({ "media": "print" }))
        .await?;
    let drawn = |css: &str| format!("document.querySelector({}).checkVisibility()", quoted(css));
    assert!(app.holds(&drawn("#sheet li a")).await?);
    assert!(app.holds(&drawn("#h-sheet")).await?);
    for hidden in ["#mark-handover", "#sheet-language", "#sheet-print", "nav.tabs"] {
        assert!(!app.holds(&drawn(hidden)).await?, "{hidden}");
    }
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn t19_what_people_wrote_is_no_markup_on_the_sheet() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let hostile = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>";
    let anna = Author::new("Anna", "en");
    let mut one = contoso(&anna)?;
    let changes = [
        Change::HandOver {
            entry: "handover-1".into(),
            to: hostile.to_owned(),
            on: day("2026-11-18")?,
            language: "<script>".to_owned(),
        },
        Change::SetCustomer(hostile.to_owned()),
        Change::SetOwner("3616".into(), hostile.to_owned()),
        Change::SetComment("994".into(), format!("[x](javascript:alert(1))\n# {hostile}")),
    ];
    anna.change(&mut one, &changes);
    let app = App::closed(&site.url(), Default::default()).await?;
    app.visit_with(&kept(&[one])?, "#/e/contoso/handover").await?;
    app.says("#h-sheet", hostile).await?;
    assert_eq!(app.count("#sheet img, #sheet script").await?, 0);
    assert!(!app.holds("document.title === 'run'").await?);
    let (_, text) = app.download("#sheet-save").await?;
    assert!(!text.contains('<') && !text.contains("javascript:"), "{text}");
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn several_tasks_get_an_owner_a_day_and_a_state_by_keyboard_alone() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = at(&site, "tasks").await?;
    let (words, keys) = (Words::of("en")?, Person::new(&app, Hand::Keys));
    app.there("[data-task='994']").await?;
    assert_eq!(app.count("li.pick").await?, 0);
    keys.press("#select-tasks").await?;
    app.there("#bulk").await?;

    // Nothing is selected yet: nothing is changed.
    keys.press("#bulk-form button[type=submit]").await?;
    app.says("#bulk-form [role=alert]:not([id])", words.say(W::select_first))
        .await?;

    for task in ["994", "3616"] {
        keys.tick(&format!("#select-{task}"), true).await?;
        let (role, name) = app.accessible(&format!("#select-{task}")).await?;
        assert_eq!(role, "checkbox");
        assert!(name.contains(task), "{name}");
        // It is another box than the one that completes the task.
        assert!(
            !app.holds(&format!("document.querySelector('#check-{task}').checked"))
                .await?
        );
    }
    app.says("#bulk [role=status]", "2").await?;

    keys.choose("#bulk-what", "owner").await?;
    keys.write("#bulk-owner", "Carla").await?;
    keys.press("#bulk-form button[type=submit]").await?;
    app.says(".toast", "2").await?;
    for task in ["994", "3616"] {
        app.says(&format!("[data-task='{task}'] details.who > summary"), "Carla")
            .await?;
    }

    keys.choose("#bulk-what", "due").await?;
    keys.write_day("#bulk-due", "2026-12-01").await?;
    keys.press("#bulk-form button[type=submit]").await?;
    keys.unfold("[data-task='994'] details.who").await?;
    app.until("document.querySelector('#due-994')?.value === '2026-12-01'")
        .await?;

    // A state that wants a reason asks for it.
    keys.choose("#bulk-what", "state").await?;
    keys.choose("#bulk-state", TaskState::NotRequired.as_str()).await?;
    keys.press("#bulk-form button[type=submit]").await?;
    app.says("#bulk-form [role=alert]:not([id])", words.say(W::reason_wanted))
        .await?;
    app.until("document.activeElement.id === 'bulk-reason'").await?;
    keys.write("#bulk-reason", "The partner does it").await?;
    keys.press("#bulk-form button[type=submit]").await?;
    for task in ["994", "3616"] {
        app.until(&format!(
            "document.querySelector('[data-task=\"{task}\"] > .chip select').value === 'not-required'"
        ))
        .await?;
        app.until(&format!(
            "document.querySelector('#reason-{task}').value === 'The partner does it'"
        ))
        .await?;
    }
    app.kept().await?;

    // All that the filter shows, and none again.
    keys.choose("#filter-phase", "assess").await?;
    keys.press("#select-all").await?;
    let (picks, chosen) = (app.count("li.pick").await?, app.count("li.pick input:checked").await?);
    assert!(picks > 1 && picks == chosen, "{chosen} of {picks}");
    keys.press("#select-none").await?;
    app.until("document.querySelectorAll('li.pick input:checked').length === 0")
        .await?;
    keys.press("#select-tasks").await?;
    app.until("document.querySelector('li.pick') === null").await?;

    app.reload().await?;
    app.says("[data-task='994'] details.who > summary", "Carla").await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn a_state_for_several_tasks_goes_to_their_services_and_leaves_the_end_alone() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = at(&site, "tasks").await?;
    let words = Words::of("en")?;
    app.click("#select-tasks").await?;
    for task in ["1904", "4058"] {
        app.tick(&format!("#select-{task}"), true).await?;
    }
    app.choose("#bulk-what", "state").await?;
    app.choose("#bulk-state", "complete").await?;
    app.click("#bulk-form button[type=submit]").await?;
    let left = words
        .say(W::end_task_waits)
        .split('{')
        .next()
        .unwrap_or_default()
        .to_owned();
    app.says(".toast", left.trim()).await?;
    app.says(".toast", "4058").await?;
    assert!(app.holds("document.querySelector('#check-1904').checked").await?);
    assert!(app.holds("!document.querySelector('#check-4058').checked").await?);
    let services = "[...document.querySelectorAll('[data-task=\"1904\"] .per select')].map((one) => one.value)";
    assert!(
        app.holds(&format!(
            "{services}.length > 1 && {services}.every((state) => state === 'complete')"
        ))
        .await?
    );
    app.finish().await?;
    drop(seats);
    Ok(())
}
