//! Copies that meet: what a preview shows, conflicts side by side, several files at once, the same tenant twice.

use crate::support::{App, Author, Folder, Result, Seats, Site, Words, contoso, day, fabrikam, kept, quoted};
use engagement_playbook::app::words::W;
use engagement_playbook::engagement::{Change, Engagement, Signature, merge, stamp::ReplicaId};
use engagement_playbook::exchange;
use fantoccini::Locator;
use std::path::PathBuf;
use xtask::driver::Options;

const COMMENT: &str = "tasks.3616.comment";
const ANNAS: &str = "Called three times, nobody there.";
const BENS: &str = "Rückruf am Montag zugesagt.";

/// A note of a day.
fn note(id: &'static str, text: &str) -> Result<Change> {
    Ok(Change::WriteNote {
        note: id.into(),
        text: text.to_owned(),
        process: None,
        on: day("2026-11-20")?,
        language: "en".to_owned(),
    })
}

/// Two copies of one engagement; both wrote on the same task and on the same note, and each wrote something else.
fn copies() -> Result<[Engagement; 2]> {
    let mut mine = contoso(&Author::new("Anna", "en"))?;
    let mut theirs = mine.clone();
    Author::new("Anna", "en").change(
        &mut mine,
        &[
            Change::SetComment("3616".into(), ANNAS.to_owned()),
            Change::EditNote("note-1".into(), "The customer begins with Exchange in May.".to_owned()),
            Change::SetSeats(Some(875)),
        ],
    );
    Author::new("Ben", "de").change(
        &mut theirs,
        &[
            Change::SetComment("3616".into(), BENS.to_owned()),
            Change::EditNote("note-1".into(), "Der Kunde beginnt mit Teams.".to_owned()),
            Change::SetCountry("Österreich".to_owned()),
            Change::SetOwner("3616".into(), String::new()),
        ],
    );
    Ok([mine, theirs])
}

/// Hands several files to the page of imports at once.
async fn offer_all(app: &App, files: &[&PathBuf]) -> Result {
    app.go("#/import").await?;
    let paths: Vec<String> = files.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    app.find(Locator::Id("file"))
        .await?
        .send_keys(&paths.join("\n"))
        .await?;
    Ok(())
}

/// Says who is writing.
async fn call(app: &App, name: &str) -> Result {
    app.go("#/settings").await?;
    app.fill("#own-name", name).await
}

/// The button that keeps the value with this text.
async fn keep(app: &App, path: &str, text: &str) -> Result {
    let conflict = format!("[data-conflict={}]", quoted(path));
    app.says(&conflict, text).await?;
    let number = app
        .text_of_expression(&format!(
            "[...document.querySelectorAll({})].find((claim) => claim.innerText.includes({})).dataset.claim",
            quoted(&format!("{conflict} [data-claim]")),
            quoted(text)
        ))
        .await?;
    app.click(&format!("{conflict} button[data-keep='{number}']")).await
}

#[tokio::test]
async fn t09_a_conflict_is_shown_before_the_import_marked_after_it_and_settled_on_both_sides() -> Result {
    let seats = Seats::take(2);
    let site = Site::open()?;
    let files = Folder::new()?;
    let [mine, theirs] = copies()?;
    let sent = files.write("von Ben.engagement.json", &exchange::export(&[&theirs]))?;
    let anna = App::closed(&site.url(), Options::with_languages(&["de-DE", "de"])).await?;
    anna.visit_with(&kept(&[mine])?, "#/").await?;
    call(&anna, "Anna").await?;
    let de = Words::of("de")?;

    // Before anything changes: part by part, and each conflict with both values and their authors.
    anna.offer(&sent).await?;
    let preview = "#preview [data-engagement=contoso]";
    anna.there(&format!("{preview}[data-status=both]")).await?;
    for (part, kind, count) in [
        ("tasks", "conflict", "1"),
        ("tasks", "vanishing", "1"),
        ("notes", "conflict", "1"),
        ("customer", "new", "1"),
        ("customer", "minenewer", "1"),
    ] {
        let cell = format!("{preview} tr[data-part={part}] td[data-kind={kind}]");
        assert_eq!(
            anna.text_of_expression(&format!("document.querySelector({}).textContent", quoted(&cell)))
                .await?,
            count,
            "{part} {kind}"
        );
    }
    let clash = format!("{preview} [data-clash='{COMMENT}']");
    for said in [
        ANNAS,
        BENS,
        "Anna",
        "Ben",
        de.say(W::mine),
        de.say(W::theirs),
        de.say(W::later),
    ] {
        anna.says(&clash, said).await?;
    }
    assert!(
        anna.holds(&format!(
            "document.querySelector({}).checked",
            quoted(&format!("{clash} [data-side=later] input"))
        ))
        .await?
    );
    anna.says(preview, de.say(W::would_vanish)).await?;
    anna.accept().await?;

    // It stays marked: on the overview, in the portfolio, on the task and the note.
    anna.there("main .conflict-mark[data-conflicts='2']").await?;
    anna.go("#/").await?;
    anna.there("tr[data-engagement=contoso] .conflict-mark[data-conflicts='2']")
        .await?;
    anna.go("#/e/contoso/notes").await?;
    anna.there("[data-note='note-1'] .conflict-mark").await?;
    assert_eq!(anna.count("[data-note='note-2'] .conflict-mark").await?, 0);
    anna.go("#/e/contoso/tasks").await?;
    assert_eq!(anna.count("li.task .conflict-mark").await?, 1);
    anna.click("[data-task='3616'] .conflict-mark").await?;
    anna.at("conflicts").await?;

    // Later leaves it and goes on to the next one.
    anna.there("[data-conflict='notes.note-1.text']").await?;
    anna.click("[data-conflict='notes.note-1.text'] button[data-keep=later]")
        .await?;
    anna.until(&format!(
        "document.activeElement.dataset.conflict === {}",
        quoted(COMMENT)
    ))
    .await?;
    for said in [
        ANNAS,
        BENS,
        "Ben",
        de.say(W::keep_mine),
        de.say(W::keep_theirs),
        de.say(W::shows_now),
    ] {
        anna.says(&format!("[data-conflict='{COMMENT}']"), said).await?;
    }
    keep(&anna, COMMENT, BENS).await?;
    anna.says(".toast", BENS).await?;
    anna.until("document.activeElement.dataset.conflict === 'notes.note-1.text'")
        .await?;
    anna.says("[data-conflict='notes.note-1.text']", de.say(W::keep_both))
        .await?;
    anna.click("[data-conflict='notes.note-1.text'] button[data-keep=both]")
        .await?;
    anna.says("#open-conflicts", de.say(W::no_conflicts)).await?;
    anna.go("#/e/contoso/notes").await?;
    for text in ["in May", "mit Teams"] {
        anna.says("main .notes", text).await?;
    }
    assert_eq!(anna.count(".conflict-mark").await?, 0);
    anna.kept().await?;
    let settled = anna.export("contoso").await?;

    // At the colleague's nothing is left to choose, and both have the same bytes.
    let ben = App::closed(&site.url(), Options::with_languages(&["ja"])).await?;
    ben.visit_with(&kept(&[theirs])?, "#/").await?;
    ben.offer(&files.write("from Anna.engagement.json", &settled)?).await?;
    ben.there(&format!("{preview}[data-status=newer]")).await?;
    assert_eq!(ben.count("#preview [data-clash]").await?, 0);
    ben.accept().await?;
    assert_eq!(ben.count("main .conflict-mark").await?, 0);
    assert_eq!(ben.export("contoso").await?, settled);
    anna.finish().await?;
    ben.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn what_is_chosen_in_the_preview_is_settled_with_the_import() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let files = Folder::new()?;
    let [mine, theirs] = copies()?;
    let sent = files.write("from Ben.engagement.json", &exchange::export(&[&theirs]))?;
    let app = App::closed(&site.url(), Options::with_languages(&["ja"])).await?;
    app.visit_with(&kept(&[mine])?, "#/import").await?;
    let ja = Words::of("ja")?;
    app.offer(&sent).await?;
    app.says("#preview .clashes", ja.say(W::choose_now_or_later)).await?;
    app.click(&format!("[data-clash='{COMMENT}'] [data-side=theirs] input"))
        .await?;
    app.accept().await?;
    // One was chosen, the other left for later.
    app.there("main .conflict-mark[data-conflicts='1']").await?;
    app.go("#/e/contoso/conflicts").await?;
    app.there("[data-conflict='notes.note-1.text']").await?;
    assert_eq!(app.count("[data-conflict]").await?, 1);
    app.go("#/e/contoso/tasks").await?;
    app.unfold("[data-task='3616'] details.who").await?;
    app.until(&format!(
        "document.querySelector('#comment-3616')?.value === {}",
        quoted(BENS)
    ))
    .await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn several_files_come_as_one_and_a_broken_one_holds_up_nobody() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let files = Folder::new()?;
    let [mine, theirs] = copies()?;
    let other = fabrikam(&Author::new("Anna", "en"));
    let first = files.write("first.json", &exchange::export(&[&mine]))?;
    let again = files.write("first (1).json", &exchange::export(&[&mine]))?;
    let second = files.write("second.json", &exchange::export(&[&theirs, &other]))?;
    let whole = exchange::export(&[&other]);
    let broken = files.write("broken.json", &whole[..whole.len() / 2])?;
    let app = App::open(&site.url()).await?;
    let en = Words::of("en")?;

    offer_all(&app, &[&first, &broken, &again, &second]).await?;
    app.there("#preview [data-engagement=fabrikam]").await?;
    assert_eq!(app.count("#preview article").await?, 2, "each engagement once");
    app.says("#refused", "broken.json").await?;
    assert_eq!(app.count("#refused li").await?, 1);
    assert_eq!(app.count("#import-error").await?, 0);
    app.accept().await?;
    app.at("portfolio").await?;
    assert_eq!(app.count("main tr[data-engagement]").await?, 2);
    let joined = merge(&mine, &theirs).engagement;
    assert_eq!(app.export("contoso").await?, exchange::export(&[&joined]));

    // The same files once more bring nothing, in whatever order.
    offer_all(&app, &[&second, &first]).await?;
    app.there("#preview [data-engagement=contoso][data-status=same]")
        .await?;
    app.there("#preview [data-engagement=fabrikam][data-status=same]")
        .await?;
    assert!(app.holds("document.querySelector('#accept').disabled").await?);
    assert_eq!(app.count("#refused").await?, 0);

    // Nothing but broken ones: both are named, nothing is there to look at.
    offer_all(&app, &[&broken, &files.write("alien.json", "{\"a\": 1}")?]).await?;
    app.says("#refused", "alien.json").await?;
    app.says("#refused", en.say(W::import_not_ours)).await?;
    assert_eq!(app.count("#preview").await?, 0);
    assert_eq!(app.export("contoso").await?, exchange::export(&[&joined]));
    app.finish().await?;
    drop(seats);
    Ok(())
}

/// Gives files to an element as a person does who drops them, or chooses a folder.
const GIVE: &str = "const data = new DataTransfer();
    for (const [name, text] of arguments[1]) data.items.add(new File([text], name));
    if (arguments[0] === 'drop') {
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    } else {
        const input = document.querySelector(arguments[0]);
        input.files = data.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
    }";

#[tokio::test]
async fn files_are_dropped_together_and_a_folder_may_hold_what_is_not_ours() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let by = Author::new("Anna", "en");
    let (one, two) = (exchange::export(&[&contoso(&by)?]), exchange::export(&[&fabrikam(&by)]));
    let app = App::open(&site.url()).await?;
    let en = Words::of("en")?;
    let given = serde_json::json!([["one.json", one], ["two.json", two]]);
    app.execute(GIVE, vec![serde_json::json!("drop"), given]).await?;
    app.at("import").await?;
    app.there("#preview [data-engagement=contoso]").await?;
    app.there("#preview [data-engagement=fabrikam]").await?;
    app.click("#preview .act button:not(#accept)").await?;

    app.until("document.querySelector('label[for=folder]').checkVisibility()")
        .await?;
    assert!(app.holds("document.querySelector('#folder').webkitdirectory").await?);
    let given = serde_json::json!([["one.json", one], ["holiday.jpg", "not read"], ["notes.txt", one]]);
    app.execute(GIVE, vec![serde_json::json!("#folder"), given]).await?;
    app.there("#preview [data-engagement=contoso]").await?;
    for name in ["holiday.jpg", "notes.txt"] {
        app.says("#refused", name).await?;
    }
    app.says("#refused", en.say(W::import_not_ours)).await?;
    assert_eq!(app.count("#refused li").await?, 2);
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn the_same_tenant_under_another_id_is_told_and_can_be_combined() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let files = Folder::new()?;
    let mine = contoso(&Author::new("Anna", "en"))?;
    let theirs = Author::new("健", "ja").begin(
        "contoso-tokyo",
        &[
            Change::SetCustomer("コントソ".to_owned()),
            Change::SetTenant(" Contoso.OnMicrosoft.com ".to_owned()),
            Change::SetCountry("日本".to_owned()),
            note("note-jp", "電話で話した")?,
        ],
    );
    let sent = files.write("from Ken.engagement.json", &exchange::export(&[&theirs]))?;
    let app = App::closed(&site.url(), Options::with_languages(&["ja"])).await?;
    app.visit_with(&kept(&[mine])?, "#/").await?;
    let ja = Words::of("ja")?;
    app.offer(&sent).await?;
    app.says("[data-twin]", "Contoso.OnMicrosoft.com").await?;
    app.says("[data-twin]", &ja.fill(W::combine_with, &[("name", "Contoso")]))
        .await?;
    assert!(
        app.holds("document.querySelector('[data-combine=none] input').checked")
            .await?
    );
    app.click("[data-combine=contoso] input").await?;
    app.there("[data-copies]:not([data-copies='0'])").await?;
    app.says("[data-differs='about.customer.name']", "コントソ").await?;
    app.accept().await?;

    app.at("engagement").await?;
    app.says("h1", "Contoso").await?;
    app.go("#/e/contoso/notes").await?;
    app.says("[data-note='note-jp']", "電話で話した").await?;
    app.go("#/").await?;
    assert_eq!(app.count("main tr[data-engagement]").await?, 1);
    assert_eq!(app.count(".conflict-mark").await?, 0);
    let combined = app.export("contoso").await?;

    // Once more changes nothing.
    app.offer(&sent).await?;
    app.click("[data-combine=contoso] input").await?;
    app.there("[data-copies='0']").await?;
    app.accept().await?;
    assert_eq!(app.export("contoso").await?, combined);

    // It can also be taken as an engagement of its own.
    app.offer(&sent).await?;
    app.there("[data-twin]").await?;
    app.accept().await?;
    app.go("#/").await?;
    app.there("main tr[data-engagement='contoso-tokyo']").await?;
    assert_eq!(app.count("main tr[data-engagement]").await?, 2);
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn t39_an_import_that_would_empty_much_asks_first_and_keeps_a_copy() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let files = Folder::new()?;
    let ids: Vec<&'static str> = (0..25).map(|n| &*format!("n{n:02}").leak()).collect();
    let mut mine = fabrikam(&Author::new("Anna", "en"));
    let notes: Vec<Change> = ids.iter().map(|id| note(id, "words")).collect::<Result<_>>()?;
    Author::new("Anna", "en").change(&mut mine, &notes);
    let mut theirs = mine.clone();
    let removals: Vec<Change> = ids[1..].iter().map(|id| Change::RemoveNote((*id).into())).collect();
    Author::new("Ben", "de").change(&mut theirs, &removals);
    let sent = files.write("from Ben.engagement.json", &exchange::export(&[&theirs]))?;
    let app = App::closed(&site.url(), Options::with_languages(&["de"])).await?;
    app.visit_with(&kept(&[mine.clone()])?, "#/").await?;
    let de = Words::of("de")?;
    // What was there is in a backup before anything comes in (`t38_...`).
    let (at, backup) = app.until_backups(1).await?;
    assert_eq!(backup, exchange::export(&[&mine]));
    app.offer(&sent).await?;
    let question = de.fill(W::blanks_question, &[("n", "24"), ("all", "29")]);
    app.says("#blanks", &question).await?;
    assert!(app.holds("document.querySelector('#accept').disabled").await?);
    // Left out, nothing is to be agreed to.
    app.tick("#take-fabrikam", false).await?;
    app.until("document.querySelector('#blanks') === null").await?;
    app.tick("#take-fabrikam", true).await?;
    app.there("#blanks").await?;
    app.tick("#blanks-agreed", true).await?;
    app.until("!document.querySelector('#accept').disabled").await?;
    app.accept().await?;
    app.go("#/e/fabrikam/notes").await?;
    app.until("document.querySelectorAll('main .notes > article.note').length === 1")
        .await?;
    app.go("#/data").await?;
    let (_, before) = app.download("#before-import button").await?;
    assert_eq!(before, exchange::export(&[&mine]), "as it was");
    assert_eq!(
        app.backups().await?.get(&at),
        Some(&backup),
        "nor was the backup touched"
    );
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn one_undo_takes_back_an_import_with_what_was_chosen_on_its_preview() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let files = Folder::new()?;
    let [mine, theirs] = copies()?;
    let sent = files.write("from Ben.engagement.json", &exchange::export(&[&theirs]))?;
    let app = App::closed(&site.url(), Options::default()).await?;
    app.visit_with(&kept(&[mine])?, "#/").await?;
    app.offer(&sent).await?;
    let side = format!("#preview [data-clash='{COMMENT}'] [data-side=theirs] input");
    app.there(&side).await?;
    app.click(&side).await?;
    app.accept().await?;
    app.there("main .conflict-mark[data-conflicts='1']").await?;
    app.click(".toast button.btn:not(.quiet)").await?;
    app.until("!document.querySelector('main .conflict-mark')").await?;
    let text = app.export("contoso").await?;
    let back = exchange::import(text.as_bytes()).map_err(|error| error.to_string())?;
    assert_eq!(back[0].comment(&"3616".into()), ANNAS);
    assert_eq!(
        back[0].owner(&"3616".into()),
        "Ben",
        "what the file emptied is there again"
    );
    // Nothing is left that could be taken back.
    app.go("#/e/contoso/history").await?;
    app.there("main .head .row button:first-child[aria-disabled=true]")
        .await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn t24_a_clock_that_is_years_ahead_is_told_of_on_the_preview_and_the_page_of_data() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let files = Folder::new()?;
    let mine = contoso(&Author::new("Anna", "en"))?;
    let mut theirs = mine.clone();
    let ahead = Signature {
        now: 2_110_820_400_000,
        replica: ReplicaId::from_bits(24),
        author: "Haruka".to_owned(),
        language: "ja".to_owned(),
    };
    theirs.apply(&Change::SetOwner("994".into(), "Chika".to_owned()), &ahead);
    let sent = files.write("from Haruka.engagement.json", &exchange::export(&[&theirs]))?;
    let app = App::closed(&site.url(), Options::default()).await?;
    app.visit_with(&kept(&[mine])?, "#/data").await?;
    app.there("#diagnostics").await?;
    assert_eq!(app.count("[data-clock]").await?, 0);
    app.offer(&sent).await?;
    app.says("#preview [data-clock=theirs]", "Haruka").await?;
    app.says("#preview [data-clock=theirs]", "days ahead").await?;
    app.accept().await?;
    app.go("#/data").await?;
    app.says("main [data-clock=theirs]", "Haruka").await?;
    // If it is my own name, it is my own clock that goes wrong here.
    call(&app, "Haruka").await?;
    app.go("#/data").await?;
    app.says("main [data-clock=ours]", "behind").await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}
