//! T21: a person travels with the app open. Days are days, wherever it is opened.

use crate::support::{App, Result, Seats, Site, day};
use engagement_playbook::exchange;

const KICKOFF: &str = "#/e/contoso/p/conduct-customer-kickoff";

/// The day where the browser is, as files write it.
const HERE: &str = "(() => {
    const now = new Date();
    const two = (number) => String(number).padStart(2, '0');
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
})()";

#[tokio::test]
async fn t21_a_change_of_zone_while_open_moves_no_day() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::with_contoso(&site.url(), KICKOFF).await?;
    let details = "[data-task='983'] details.who";
    let due = "document.querySelector('#due-983').value";
    app.unfold(details).await?;
    app.type_day("#due-983", "2028-02-29").await?;
    let mut days = std::collections::BTreeSet::new();
    // The first and the last day there is at any time, half-hour summer time, a zone that changes at midnight.
    for (number, zone) in [
        "Pacific/Kiritimati",
        "Etc/GMT+12",
        "Australia/Lord_Howe",
        "America/Santiago",
        "Asia/Kathmandu",
        "Europe/Berlin",
    ]
    .into_iter()
    .enumerate()
    {
        app.time_zone(zone).await?;
        app.evaluate("void dispatchEvent(new Event('focus'))").await?;
        // There again, and folded.
        app.go("#/e/contoso").await?;
        app.go(KICKOFF).await?;
        app.unfold(details).await?;
        app.until(&format!("{due} === '2028-02-29'")).await?;

        let begun = app.text_of_expression(HERE).await?;
        app.go("#/e/contoso/notes").await?;
        app.fill("#new-note", &format!("written in zone {number}")).await?;
        app.click("form.newnote button[type=submit]").await?;
        // Not on top where the day is an earlier one.
        let written = format!(
            "[...document.querySelectorAll('main [data-note] .words')].some((note) => note.innerText === 'written in zone {number}')"
        );
        app.until(&written).await?;
        let ended = app.text_of_expression(HERE).await?;
        let text = app.export("contoso").await?;
        let all = exchange::import(text.as_bytes()).map_err(|error| error.to_string())?;
        assert_eq!(all[0].due(&"983".into()), Some(day("2028-02-29")?), "{zone}");
        assert_eq!(all[0].assigned_on(), Some(day("2026-11-19")?), "{zone}");
        let note = all[0]
            .notes()
            .into_iter()
            .find(|note| note.text.ends_with(&format!("zone {number}")));
        let on = note.and_then(|note| note.on).ok_or("the note has no day")?.to_string();
        // Midnight may pass meanwhile.
        assert!(
            on == begun || on == ended,
            "{zone}: {on} is neither {begun} nor {ended}"
        );
        days.insert(on);
    }
    assert!(days.len() >= 2, "the zones have the same day: {days:?}");
    app.reload().await?;
    app.go(KICKOFF).await?;
    app.unfold(details).await?;
    app.until(&format!("{due} === '2028-02-29'")).await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}
