//! The whole app by keyboard, and where the focus is after each step.

use crate::support::{App, Author, Result, Seats, Site, contoso, kept, key};

const FOCUS_ON_HEADING: &str = "document.activeElement.id === 'title'";

#[tokio::test]
async fn an_engagement_is_begun_and_a_task_ticked_without_a_mouse() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::open(&site.url()).await?;

    // The first stop leads past the bar.
    app.press(&[key::TAB]).await?;
    app.until("document.activeElement.matches('a.skip')").await?;
    let drawn = "document.activeElement.getBoundingClientRect().top >= 0 && getComputedStyle(document.activeElement).opacity !== '0'";
    app.until(drawn).await?;
    app.press(&[key::ENTER]).await?;
    app.until("document.activeElement.id === 'main'").await?;
    assert_eq!(
        app.text_of_expression("location.hash").await?,
        "#/",
        "the place is the same"
    );

    app.tab_to("main a[href='#/new']", 3).await?;
    app.press(&[key::ENTER]).await?;
    app.at("new").await?;
    app.until(FOCUS_ON_HEADING).await?;

    app.tab_to("#customer-name", 4).await?;
    app.press(&"Contoso".chars().collect::<Vec<_>>()).await?;
    app.tab_to("#service-teams", 60).await?;
    app.press(&[key::SPACE]).await?;
    app.until("document.activeElement.checked").await?;
    app.tab_to("form button[type=submit]", 60).await?;
    app.press(&[key::ENTER]).await?;
    app.at("engagement").await?;
    app.until(FOCUS_ON_HEADING).await?;
    assert_eq!(app.text("h1").await?, "Contoso");

    app.tab_to("main a[data-process=conduct-customer-kickoff]", 80).await?;
    app.press(&[key::ENTER]).await?;
    app.at("work").await?;
    app.until(FOCUS_ON_HEADING).await?;
    app.there("#check-3616").await?;
    app.tab_to("#check-3616", 200).await?;
    app.press(&[key::SPACE]).await?;
    app.until("document.querySelector('#check-3616').checked").await?;
    app.kept().await?;
    app.reload().await?;
    app.until("document.querySelector('#check-3616').checked").await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn a_pop_up_closes_with_escape_and_gives_the_focus_back() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::open(&site.url()).await?;
    app.tab_to("details.save > summary", 12).await?;
    app.press(&[key::ENTER]).await?;
    app.until("document.querySelector('details.save').open").await?;
    app.tab_to("details.save .pop button", 3).await?;
    app.press(&[key::ESCAPE]).await?;
    app.until("!document.querySelector('details.save').open").await?;
    app.until("document.activeElement.matches('details.save > summary')")
        .await?;

    // The dialog that erases: the safe answer has the focus, Escape leaves, the focus is where it was.
    app.go("#/data").await?;
    app.until(FOCUS_ON_HEADING).await?;
    app.tab_to("main .body.row:has(button + button) button:last-of-type", 20)
        .await?;
    app.press(&[key::ENTER]).await?;
    app.until("document.querySelector('#erase').open && document.activeElement.matches('#erase .primary')")
        .await?;
    app.press(&[key::ESCAPE]).await?;
    app.until(
        "!document.querySelector('#erase').open && document.activeElement.matches('main .body.row:has(button + button) button:last-of-type')",
    )
    .await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn back_and_forward_restore_the_page_and_how_far_it_was_scrolled() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let by = Author::new("Anna", "en");
    let app = App::closed(&site.url(), Default::default()).await?;
    app.visit_with(&kept(&[contoso(&by)?])?, "#/e/contoso/tasks").await?;
    app.there("main li.task").await?;
    let far = "scrollY > 600 && scrollY + innerHeight + 2 >= document.documentElement.scrollHeight";
    app.press(&[key::END]).await?;
    app.until(far).await?;
    let down = app.evaluate("scrollY").await?.as_f64().ok_or("no position")?;

    app.go("#/e/contoso/notes").await?;
    app.until(FOCUS_ON_HEADING).await?;
    app.until("scrollY === 0").await?;

    app.back().await?;
    app.at("tasks").await?;
    app.until(&format!("Math.abs(scrollY - {down}) < 2")).await?;
    app.until(FOCUS_ON_HEADING).await?;
    app.forward().await?;
    app.at("notes").await?;
    app.until("scrollY === 0").await?;
    app.back().await?;
    app.at("tasks").await?;
    app.until(&format!("Math.abs(scrollY - {down}) < 2")).await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn a_link_to_a_task_leads_to_the_task() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let by = Author::new("Anna", "en");
    let app = App::closed(&site.url(), Default::default()).await?;
    app.visit_with(
        &kept(&[contoso(&by)?])?,
        "#/e/contoso/p/conduct-customer-success-workshop/t/2536",
    )
    .await?;
    let there = "document.activeElement.id === 'task-2536'
        && document.activeElement.getBoundingClientRect().bottom > 0
        && document.activeElement.getBoundingClientRect().top < innerHeight";
    app.until(there).await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}
