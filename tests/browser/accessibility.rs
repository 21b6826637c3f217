//! Every page by the rules of axe-core, light and dark, wide and narrow; and no page wider than a phone.

use crate::support::{
    App, Author, Folder, Result, Seats, Site, answers, axe, contoso, fabrikam, kept, put_into_trash, quoted,
};
use engagement_playbook::engagement::{Change, Engagement, StateKey};
use engagement_playbook::exchange;
use engagement_playbook::playbook::TaskState;
use serde_json::{Value, json};
use std::path::PathBuf;

/// WCAG 2.0 to 2.2, levels A and AA, and what axe-core calls good practice.
const RULES: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const WIDE: (u32, u32) = (1280, 900);
const NARROW: (u32, u32) = (320, 640);
const LANGUAGES: [&str; 4] = ["en", "de", "ja", "zh-Hans"];

/// A place, and what is opened there before it is looked at.
struct Place {
    hash: &'static str,
    /// Summaries and buttons that are clicked, one after the other; each once it is there.
    clicks: &'static [&'static str],
    /// What shows then.
    shows: &'static str,
}

const fn place(hash: &'static str, shows: &'static str) -> Place {
    Place {
        hash,
        clicks: &[],
        shows,
    }
}

/// Every kind of page, with engagements in the storage.
const PLACES: &[Place] = &[
    place("#/", "main table tbody tr"),
    place("#/new", "#customer-name"),
    Place {
        hash: "#/new",
        clicks: &["form button[type=submit]"],
        shows: "#customer-name[aria-invalid=true]",
    },
    place("#/e/contoso", "main ol.nexts li"),
    Place {
        hash: "#/e/contoso",
        clicks: &["details.aims > summary"],
        shows: "details.aims[open]",
    },
    place("#/e/fabrikam", "main .conflict-mark"),
    place("#/e/fabrikam/conflicts", "main [data-conflict] .claim"),
    place("#/e/contoso/about", "#about-name"),
    place("#/e/contoso/tasks", "main li.task"),
    Place {
        hash: "#/e/contoso/tasks",
        clicks: &["#select-tasks", "#select-all"],
        shows: "li.pick input:checked",
    },
    place("#/e/contoso/handover", "#sheet [data-part=changes]"),
    place("#/e/fabrikam/handover", "#sheet[lang=ja] [data-part=changes]"),
    Place {
        hash: "#/e/contoso/services",
        clicks: &[
            "details.service:not([open]) > summary",
            "details.service[data-service=exchange] details.guide-questions > summary",
            "#exchange-duplicate-no",
        ],
        shows: "[data-contradiction]",
    },
    place("#/e/contoso/plan", "main .line-chart"),
    Place {
        hash: "#/e/contoso/dates",
        clicks: &["details[data-verdict=unknown] > summary"],
        shows: "details[data-verdict=unknown][open] li",
    },
    place("#/e/contoso/history", "main li.change"),
    place("#/e/contoso/completion", "main [data-end]"),
    place("#/e/contoso/p/set-up-governance-review-cadence", "[data-closed-reason]"),
    Place {
        hash: "#/e/contoso/p/deploy-securely",
        clicks: &["#close-process"],
        shows: "#close-reason",
    },
    Place {
        hash: "#/e/contoso/notes",
        clicks: &["[data-note] button[aria-pressed]", "main details.more > summary"],
        shows: "main details.more[open]",
    },
    Place {
        hash: "#/e/contoso/p/conduct-customer-kickoff",
        clicks: &[
            ".head button[aria-expanded]",
            "[data-task='983'] details.who > summary",
            "details.ev > summary",
        ],
        shows: "#filter-service",
    },
    Place {
        hash: "#/e/contoso/p/conduct-customer-success-workshop",
        clicks: &["details.more:has([data-task='3737']) > summary"],
        shows: "details.more[open] [data-scope=out]",
    },
    place("#/playbook", "main [data-phase]"),
    place("#/playbook/p/conduct-customer-kickoff", "main li.task.plain"),
    Place {
        hash: "#/playbook/p/enable-services",
        clicks: &["main .lead-text .term"],
        shows: "#term-pop",
    },
    place("#/playbook/r/entitlement-status", "main [data-section] li"),
    place("#/playbook/r/tracks", "main [data-section] li"),
    place("#/playbook/glossary", "main [data-term]"),
    place("#/playbook/t/3278", "main li[data-step]"),
    place("#/playbook/t/99999", "main h1"),
    place("#/data", "#trash [data-engagement]"),
    Place {
        hash: "#/data",
        clicks: &["main .body.row:has(button + button) button:last-of-type"],
        shows: "#erase[open]",
    },
    place("#/settings", "#own-name"),
    // Where the pop-up covers nothing: what it half hides would count as too small.
    Place {
        hash: "#/nowhere",
        clicks: &["details.save > summary"],
        shows: "details.save[open]",
    },
];

/// Two copies of one engagement that were changed without knowing of each other, and something new beside them.
struct Copies {
    mine: Engagement,
    theirs: Engagement,
}

fn copies() -> Result<Copies> {
    let mut mine = contoso(&Author::new("Anna", "en"))?;
    Author::new("Anna", "en").change(&mut mine, &answers()?);
    let mut theirs = mine.clone();
    let ben = Author::new("Ben", "de");
    let state = |state| Change::SetTaskState {
        task: "994".into(),
        states: vec![(StateKey::Whole, state)],
        reason: None,
        done_on: None,
    };
    let changes = [
        state(TaskState::BlockedOther),
        Change::SetSeats(Some(900)),
        Change::SetCountry("Österreich".to_owned()),
        Change::SetOwner("3616".into(), "Carla".to_owned()),
        Change::RemoveNote("note-1".into()),
    ];
    ben.change(&mut theirs, &changes);
    Author::new("Anna", "en").change(&mut mine, &[state(TaskState::InProgress), Change::SetSeats(Some(875))]);
    Ok(Copies { mine, theirs })
}

/// An engagement in which two values wait for somebody to choose.
fn in_conflict() -> Engagement {
    let mut one = fabrikam(&Author::new("Anna", "en"));
    let handed = Change::HandOver {
        entry: "handover-1".into(),
        to: "Yuki 田中".to_owned(),
        on: chrono::NaiveDate::from_ymd_opt(2026, 11, 18).unwrap_or_default(),
        language: "ja".to_owned(),
    };
    Author::new("Anna", "en").change(&mut one, &[handed]);
    let mut other = one.clone();
    Author::new("Anna", "en").change(&mut one, &[Change::SetSeats(Some(12_500))]);
    Author::new("Ben", "de").change(&mut other, &[Change::SetSeats(Some(11_000))]);
    engagement_playbook::engagement::merge(&one, &other).engagement
}

/// The app with engagements of every kind, and the files to be imported.
async fn furnished(site: &Site, files: &Folder) -> Result<(App, PathBuf, PathBuf)> {
    let copies = copies()?;
    let gone = Author::new("Anna", "en").begin("gone", &[Change::SetCustomer("Northwind".to_owned())]);
    let conflict = in_conflict();
    let mut keys = kept(&[copies.mine, conflict.clone(), gone])?;
    keys.extend(put_into_trash(&keys, "gone")?);
    let new = Author::new("Ben", "de").begin("new", &[Change::SetCustomer("Tailwind".to_owned())]);
    let good = files.write(
        "from Ben.engagements.json",
        &exchange::export(&[&copies.theirs, &new, &conflict]),
    )?;
    let bad = files.write(
        "bad.json",
        "{\"format\": \"engagement-playbook/engagement\", \"format\": 1}",
    )?;
    let app = App::closed(&site.url(), Default::default()).await?;
    app.visit_with(&keys, "#/").await?;
    Ok((app, good, bad))
}

/// What axe-core objects to on the page as it is.
async fn objections(app: &App) -> Result<Vec<String>> {
    objections_by(app, json!({ "runOnly": { "type": "tag", "values": RULES } })).await
}

/// The same without what only colours change.
async fn objections_to_shape(app: &App) -> Result<Vec<String>> {
    let rules = json!({
        "runOnly": { "type": "tag", "values": RULES },
        "rules": { "color-contrast": { "enabled": false } },
    });
    objections_by(app, rules).await
}

/// Only what colours change.
async fn objections_to_colours(app: &App) -> Result<Vec<String>> {
    objections_by(
        app,
        json!({ "runOnly": { "type": "rule", "values": ["color-contrast"] } }),
    )
    .await
}

async fn objections_by(app: &App, mut options: Value) -> Result<Vec<String>> {
    if !app.holds("'axe' in globalThis").await? {
        app.execute(&std::fs::read_to_string(axe())?, Vec::new()).await?;
    }
    options["resultTypes"] = json!(["violations"]);
    let found = app
        .evaluate(&format!("(await axe.run(document, {options})).violations"))
        .await?;
    let mut list = Vec::new();
    for rule in found.as_array().ok_or("axe gives no list")? {
        for node in rule["nodes"].as_array().into_iter().flatten() {
            list.push(format!("{}: {} {}", rule["id"], node["target"], node["failureSummary"]));
        }
    }
    Ok(list)
}

/// Looks at the page as it is, wide and narrow; of what the colours change, also in dark ones.
async fn look(app: &App, what: &str, found: &mut Vec<String>) -> Result {
    for (width, height) in [WIDE, NARROW] {
        app.device(width, height, 1.0, false).await?;
        app.until(&format!("innerWidth === {width}")).await?;
        // From the top: what the bar at the top half covers on the way would count as too small.
        app.evaluate("void scrollTo({ top: 0, behavior: 'instant' })").await?;
        app.until(&format!("scrollY === 0 && {STILL}")).await?;
        let objections = if width == WIDE.0 {
            objections(app).await?
        } else {
            objections_to_shape(app).await?
        };
        found.extend(objections.into_iter().map(|text| format!("{what}, {width} px: {text}")));
    }
    app.device(WIDE.0, WIDE.1, 1.0, false).await?;
    in_colours(app, "dark").await?;
    let objections = objections_to_colours(app).await?;
    found.extend(objections.into_iter().map(|text| format!("{what}, dark: {text}")));
    in_colours(app, "light").await
}

/// Nothing fades any more.
const STILL: &str = "document.getAnimations().length === 0";

/// Sees the page in these colours, as soon as they have changed.
async fn in_colours(app: &App, scheme: &str) -> Result {
    app.media(&[("prefers-color-scheme", scheme)]).await?;
    app.until(&format!(
        "matchMedia('(prefers-color-scheme: {scheme})').matches && {STILL}"
    ))
    .await?;
    Ok(())
}

async fn open(app: &App, place: &Place) -> Result {
    // Once more to the same place: what was opened there is to be closed again.
    if app.holds(&format!("location.hash === {}", quoted(place.hash))).await? {
        app.go("#/import").await?;
    }
    if app.count("details.save[open]").await? == 1 {
        app.click("details.save > summary").await?;
    }
    app.go(place.hash).await?;
    for css in place.clicks {
        app.click(css).await?;
    }
    app.there(place.shows).await
}

#[tokio::test]
async fn every_page_is_accessible_in_light_and_dark_colours() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let files = Folder::new()?;
    let mut found = Vec::new();
    let (app, good, bad) = furnished(&site, &files).await?;
    in_colours(&app, "light").await?;
    for place in PLACES {
        open(&app, place).await?;
        look(&app, &format!("{} {:?}", place.hash, place.clicks), &mut found).await?;
    }

    app.visit("#/import").await?;
    look(&app, "#/import", &mut found).await?;
    app.offer(&good).await?;
    for status in ["both", "new", "same"] {
        app.there(&format!("#preview [data-status={status}]")).await?;
    }
    app.click("#preview [data-status=new] details.changes > summary")
        .await?;
    look(&app, "#/import with a preview", &mut found).await?;
    app.offer(&bad).await?;
    app.there("#import-error").await?;
    look(&app, "#/import with a refusal", &mut found).await?;

    // The first page of a new browser, and with what is said at the first edit.
    app.empty().await?;
    app.there("main .start").await?;
    look(&app, "#/ when empty", &mut found).await?;
    app.go("#/new").await?;
    app.fill("#customer-name", "Contoso").await?;
    app.click("form button[type=submit].primary").await?;
    app.at("engagement").await?;
    app.there("form.banner").await?;
    app.go("#/").await?;
    app.click("main tr[data-engagement] .acts button:last-of-type").await?;
    app.there(".toast").await?;
    look(&app, "#/ with a message and a question", &mut found).await?;

    assert!(found.is_empty(), "{} objections:\n{}", found.len(), found.join("\n"));
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn the_rules_find_what_is_wrong() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::open(&site.url()).await?;
    assert_eq!(objections(&app).await?, Vec::<String>::new());
    app.evaluate("document.querySelector('main').append(document.createElement('input'))")
        .await?;
    let found = objections(&app).await?;
    assert!(found.iter().any(|text| text.contains("\"label\"")), "{found:?}");
    app.finish().await?;
    drop(seats);
    Ok(())
}

/// Whether the page is wider than the window, and what stands out of it, other than in a part that scrolls by itself.
const OVERFLOW: &str = "(() => {
    const width = document.scrollingElement.scrollWidth;
    const scrolls = (element) => element && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    const standsOut = (element) => {
        const box = element.getBoundingClientRect();
        return box.width > 1 && (box.right > innerWidth + 0.5 || box.left < -0.5) && !scrolls(element.parentElement);
    };
    const elements = [...document.querySelectorAll('#app *:not(thead, thead *)')].filter(standsOut);
    if (width <= innerWidth && elements.length === 0) return null;
    return { width, elements: elements.slice(-5).map((element) => element.outerHTML.slice(0, 120)) };
})()";

#[tokio::test]
async fn at_320_pixels_no_page_scrolls_sideways_in_any_language() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let files = Folder::new()?;
    let mut found = Vec::new();
    let (app, good, bad) = furnished(&site, &files).await?;
    app.device(NARROW.0, NARROW.1, 1.0, false).await?;
    for language in LANGUAGES {
        begin_in(&app, language).await?;
        for place in PLACES {
            open(&app, place).await?;
            note_overflow(
                &app,
                &format!("{language} {} {:?}", place.hash, place.clicks),
                &mut found,
            )
            .await?;
        }
        for hash in crate::reading::pages()? {
            app.go(&hash).await?;
            app.there("main .guide li").await?;
            app.evaluate("document.querySelectorAll('details').forEach((part) => part.open = true)")
                .await?;
            note_overflow(&app, &format!("{language} {hash}"), &mut found).await?;
        }
        app.go("#/import").await?;
        for (file, shows) in [(&good, "#preview"), (&bad, "#import-error")] {
            app.offer(file).await?;
            app.there(shows).await?;
            note_overflow(&app, &format!("{language} #/import {shows}"), &mut found).await?;
        }
    }
    app.empty().await?;
    for language in LANGUAGES {
        begin_in(&app, language).await?;
        app.there("main .start").await?;
        note_overflow(&app, &format!("{language} #/ when empty"), &mut found).await?;
    }
    for language in LANGUAGES {
        app.empty().await?;
        begin_in(&app, language).await?;
        app.go("#/new").await?;
        app.fill("#customer-name", "Contoso").await?;
        app.click("form button[type=submit].primary").await?;
        app.at("engagement").await?;
        app.there("form.banner").await?;
        note_overflow(&app, &format!("{language} with a question"), &mut found).await?;
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    app.finish().await?;
    drop(seats);
    Ok(())
}

/// Loads the page in a language, as somebody who chose it before.
async fn begin_in(app: &App, language: &str) -> Result {
    app.evaluate(&format!("localStorage.setItem('ep.language', {})", quoted(language)))
        .await?;
    app.reload().await?;
    assert_eq!(app.text_of_expression("document.documentElement.lang").await?, language);
    Ok(())
}

async fn note_overflow(app: &App, what: &str, found: &mut Vec<String>) -> Result {
    let overflow = app.evaluate(OVERFLOW).await?;
    if overflow != Value::Null {
        found.push(format!("{what}: {overflow}"));
    }
    Ok(())
}
