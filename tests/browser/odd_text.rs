//! T20: text that is no plain text. It is kept to the last mark or refused with a word, and it turns nothing round it; what
//! is exported of it comes back the same.

use crate::support::{App, Author, Folder, Result, Seats, Site, Words, contoso, kept, key, quoted};
use engagement_playbook::app::words::W;
use engagement_playbook::engagement::{Change, EntryField, EntryKind};
use engagement_playbook::exchange;
use serde_json::json;
use xtask::driver::Options;

const KICKOFF: &str = "#/e/contoso/p/conduct-customer-kickoff";
const DETAILS: &str = "[data-task='983'] details.who";

/// NUL, marks that turn the direction round, letters without width, one letter in two spellings, letters beyond 16 bits.
const ODD: [&str; 6] = [
    "nul\0 inside",
    "\u{202e}gnp.ton\u{202c} \u{2066}open \u{2069}\u{2069}",
    "zero\u{200b}width\u{200d}\u{feff}",
    "\u{e9} e\u{301} \u{ac00} \u{1100}\u{1161}",
    "😀 𠮷 👩\u{200d}👩\u{200d}👧",
    "c1 \u{85}\u{7f}\u{1b}\u{fffe}\u{10ffff} \u{fffd} end",
];

fn value(css: &str) -> String {
    format!("document.querySelector({}).value", quoted(css))
}

/// Puts a text into the field that has the focus, as an input method or a paste does, in place of what stands there.
async fn insert(app: &App, css: &str, text: &str) -> Result {
    app.click(css).await?;
    app.chord(&[key::CONTROL, 'a']).await?;
    app.cdp("Input.insertText", json!({ "text": text })).await?;
    app.until(&format!("{} === {}", value(css), quoted(text))).await?;
    Ok(())
}

/// The same, and leaves it; it stands there as it was written.
async fn write(app: &App, css: &str, text: &str) -> Result {
    insert(app, css, text).await?;
    app.press(&[key::TAB]).await?;
    app.until(&format!(
        "document.activeElement !== document.querySelector({0}) && {1} === {2}",
        quoted(css),
        value(css),
        quoted(text)
    ))
    .await?;
    Ok(())
}

#[tokio::test]
async fn t20_odd_text_is_kept_to_the_last_mark_and_comes_back_from_a_file() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let files = Folder::new()?;
    let app = App::with_contoso(&site.url(), KICKOFF).await?;
    app.go("#/settings").await?;
    app.fill("#own-name", "Anna").await?;
    for odd in ODD {
        app.go("#/e/contoso/about").await?;
        write(&app, "#about-name", odd).await?;
        app.go(KICKOFF).await?;
        app.unfold(DETAILS).await?;
        write(&app, "#owner-983", odd).await?;
        write(&app, "#comment-983", odd).await?;
        app.go("#/e/contoso/notes").await?;
        insert(&app, "#new-note", odd).await?;
        app.click("form.newnote button[type=submit]").await?;
        app.until(&format!(
            "[...document.querySelectorAll('main [data-note] .words')].some((note) => note.textContent === {})",
            quoted(odd.trim())
        ))
        .await?;

        let text = app.export("contoso").await?;
        let all = exchange::import(text.as_bytes()).map_err(|error| error.to_string())?;
        assert_eq!(all[0].customer(), odd.trim());
        assert_eq!(all[0].owner(&"983".into()), odd.trim());
        assert_eq!(all[0].comment(&"983".into()), odd.trim());
        assert!(all[0].notes().iter().any(|note| note.text == odd.trim()));
    }

    // Stored, and read again; handed over, and handed back.
    app.until_safe().await?;
    app.reload().await?;
    let text = app.export("contoso").await?;
    let file = files.write("odd.engagement.json", &text)?;
    app.empty().await?;
    app.offer(&file).await?;
    app.accept().await?;
    assert_eq!(app.export("contoso").await?, text);
    app.finish().await?;
    drop(seats);
    Ok(())
}

/// A text as a script has it, half of whose last letter is missing. No file and no keyboard brings such, but a page does.
const HALF: &str = "'cut \\ud83d apart'";

/// Puts half a character into a field and leaves it.
fn halve(css: &str) -> String {
    format!(
        "void ((field) => {{
            field.value = {HALF};
            for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, {{ bubbles: true }}));
        }})(document.querySelector({}))",
        quoted(css)
    )
}

/// Half a character in a field is named beside it.
async fn refuses_half(app: &App, field: &str, half: &str) -> Result {
    app.there(&format!("#{field}")).await?;
    app.evaluate(&halve(&format!("#{field}"))).await?;
    app.says(&format!("#{field}-error"), half).await
}

#[tokio::test]
async fn t20_half_a_character_is_refused_by_name_and_replaced_by_nothing() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let en = Words::of("en")?;
    let app = App::with_contoso(&site.url(), "#/e/contoso/about").await?;
    let before = app.export("contoso").await?;
    let half = en.say(W::half_a_character);

    app.go("#/e/contoso/about").await?;
    refuses_half(&app, "about-name", half).await?;
    assert!(
        app.holds(&format!("{} === {HALF}", value("#about-name"))).await?,
        "it stays in the box"
    );
    app.go(KICKOFF).await?;
    app.unfold(DETAILS).await?;
    for field in ["owner-983", "comment-983"] {
        refuses_half(&app, field, half).await?;
    }
    app.go("#/e/contoso/notes").await?;
    app.there("#new-note").await?;
    app.click("#new-note").await?;
    app.press(&['a']).await?;
    refuses_half(&app, "new-note", half).await?;
    app.click("form.newnote button[type=submit]").await?;
    assert_eq!(app.count("main [data-note]").await?, 2);
    app.click("#edit-note-1").await?;
    refuses_half(&app, "note-note-1", half).await?;
    app.go("#/new").await?;
    app.there("#customer-name").await?;
    app.evaluate(&halve("#customer-name")).await?;
    app.click("form button[type=submit].primary").await?;
    app.says("#customer-name-error", half).await?;
    app.at("new").await?;
    app.go("#/e/contoso/dates").await?;
    refuses_half(&app, "holiday-list", half).await?;
    app.go("#/e/contoso/p/deploy-securely").await?;
    app.click("#close-process").await?;
    refuses_half(&app, "close-reason", half).await?;
    app.click("#close-all-the-same").await?;
    assert_eq!(app.count("#open-again").await?, 0);
    // Given up, it is over: the next attempt is asked for what it lacks itself.
    app.click("form:has(#close-reason) button.quiet").await?;
    app.click("#close-process").await?;
    app.click("#close-all-the-same").await?;
    app.says("#close-reason-error", en.say(W::reason_wanted)).await?;

    // A file that is pasted: refused with the place.
    let damaged = before.replacen("Called twice.", "Called HALF twice.", 1);
    assert_ne!(damaged, before);
    let paste = format!(
        "void ((text) => {{
            const data = {{ getData: () => text }};
            const event = new ClipboardEvent('paste', {{ bubbles: true, cancelable: true }});
            Object.defineProperty(event, 'clipboardData', {{ value: Object.setPrototypeOf(data, DataTransfer.prototype) }});
            document.body.dispatchEvent(event);
        }})({}.replace('HALF', '\\ud83d'))",
        quoted(&damaged)
    );
    app.evaluate(&paste).await?;
    app.at("import").await?;
    let refused = en
        .say(W::import_not_utf8)
        .split('{')
        .next()
        .unwrap_or_default()
        .to_owned();
    app.says("#import-error", &refused).await?;
    assert_eq!(app.export("contoso").await?, before, "nothing was changed");

    // At the first edit somebody is asked who they are.
    app.go(KICKOFF).await?;
    app.tick("#check-994", true).await?;
    refuses_half(&app, "ask-name", half).await?;
    app.click("form.banner button[type=submit]").await?;
    assert!(app.holds("localStorage.getItem('ep.author') === null").await?);
    app.fill("#ask-name", "Anna").await?;
    app.click("form.banner button[type=submit]").await?;
    app.until("localStorage.getItem('ep.author') === 'Anna' && document.querySelector('form.banner') === null")
        .await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}

/// Texts beside a value that turns the direction: letters that stand side by side in a text have to stand so on the page.
/// What of a page does not, and what of its attributes leaves an override open. The value itself may look as it likes.
const TURNED: &str = "((values) => {
    const bad = [];
    const turns = /[\\u202a-\\u202e\\u2066-\\u2068]/;
    const blocks = new Set();
    const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (all.nextNode()) {
        if (!turns.test(all.currentNode.data)) continue;
        let block = all.currentNode.parentElement;
        while (['inline', 'contents'].includes(getComputedStyle(block).display)) block = block.parentElement;
        if (block.checkVisibility() && block.localName !== 'option') blocks.add(block);
    }
    const range = document.createRange();
    for (const block of blocks) {
        const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
            const { currentNode: node } = texts;
            const text = values.reduce((text, value) => text.replaceAll(value, '\\0'.repeat(value.length)), node.data);
            let last = null;
            for (let at = 0; at < text.length; at++) {
                if (!/[A-Za-z]/.test(text[at])) { last = null; continue; }
                range.setStart(node, at);
                range.setEnd(node, at + 1);
                const rect = range.getBoundingClientRect();
                if (last && rect.width > 0 && rect.top === last.top && rect.left < last.left) {
                    bad.push(`${block.localName}: ${node.data}`);
                    break;
                }
                last = rect.width > 0 ? rect : null;
            }
        }
    }
    const open = (text) => {
        let depth = 0;
        for (const letter of text) {
            if (/[\\u2066-\\u2068]/.test(letter)) depth += 1;
            else if (letter === '\\u2069') depth -= 1;
            else if (depth <= 0 && /[\\u202a-\\u202e]/.test(letter)) return true;
        }
        return depth > 0;
    };
    const said = [['title', document.title]];
    for (const element of document.querySelectorAll('#app *')) {
        for (const name of ['aria-label', 'title', 'placeholder', 'alt']) said.push([name, element.getAttribute(name) ?? '']);
    }
    for (const [name, text] of said) if (!values.includes(text) && open(text)) bad.push(`${name}=${text}`);
    return [blocks.size, bad];
})";

/// Looks at the page for what a value has turned round. How many parts of it hold such a value.
async fn turns_nothing(app: &App, values: &[&str]) -> Result<u64> {
    let found = app.evaluate(&format!("{TURNED}({})", json!(values))).await?;
    let at = app.text_of_expression("location.hash").await?;
    assert_eq!(found[1], json!([]), "at {at}");
    Ok(found[0].as_u64().unwrap_or_default())
}

#[tokio::test]
async fn t20_a_name_that_turns_the_direction_turns_nothing_beside_it() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let files = Folder::new()?;
    // Each leaves the direction turned round at its end.
    let (customer, person, words) = (
        "\u{202e}tcartnoC \u{202e}dtL",
        "\u{2067}\u{202e}ynnA",
        "\u{202e}sdrow \u{2067}fo etoN",
    );
    let values = [customer, person, words];
    let by = Author::new(person, "en");
    let mut one = contoso(&by)?;
    let text = |text: &str| engagement_playbook::engagement::Datum::Text(text.to_owned());
    by.change(
        &mut one,
        &[
            Change::SetCustomer(customer.to_owned()),
            Change::SetTenant(words.to_owned()),
            Change::SetFastTrackManager(person.to_owned()),
            Change::SetOwner("3616".into(), person.to_owned()),
            Change::SetComment("3616".into(), words.to_owned()),
            Change::EditNote("note-1".into(), words.to_owned()),
            Change::SetEvidence("conduct-customer-kickoff".into(), "ki.team".into(), words.to_owned()),
            Change::WriteEntry(
                EntryKind::Action,
                "a1".into(),
                vec![(EntryField::Name, text(words)), (EntryField::Owner, text(person))],
            ),
        ],
    );
    let mut theirs = one.clone();
    Author::new(person, "de").change(&mut theirs, &[Change::SetComment("3616".into(), format!("{words}!"))]);
    by.change(&mut one, &[Change::SetComment("3616".into(), format!("{words}?"))]);
    let app = App::closed(&site.url(), Options::default()).await?;
    app.visit_with(&kept(&[one])?, "#/").await?;
    let mut parts = 0;
    for page in [
        "#/",
        "#/e/contoso",
        "#/e/contoso/about",
        KICKOFF,
        "#/e/contoso/tasks",
        "#/e/contoso/plan",
        "#/e/contoso/dates",
        "#/e/contoso/notes",
        "#/e/contoso/completion",
        "#/e/contoso/handover",
        "#/e/contoso/history",
    ] {
        app.go(page).await?;
        app.until(&format!("document.body.textContent.includes({})", quoted(customer)))
            .await?;
        let here = turns_nothing(&app, &values).await?;
        assert!(here > 0, "{page} does not show it");
        parts += here;
    }
    assert!(parts > 30, "{parts}");

    // Preview, conflict, toast, backup, trash.
    let name = format!("{customer}.engagement.json");
    app.offer(&files.write(&name, &exchange::export(&[&theirs]))?).await?;
    app.there("#preview [data-clash]").await?;
    assert!(turns_nothing(&app, &[&name, customer, person, words]).await? > 3);
    app.accept().await?;
    app.go("#/e/contoso/conflicts").await?;
    app.there("[data-conflict]").await?;
    assert!(turns_nothing(&app, &values).await? > 2);
    app.until_backups(1).await?;
    app.go("#/").await?;
    app.click("tr[data-engagement=contoso] .acts button:last-child").await?;
    app.until("document.querySelector('.toast')?.checkVisibility() ?? false")
        .await?;
    assert!(turns_nothing(&app, &values).await? > 0);
    app.go("#/data").await?;
    app.click("details[data-backup] > summary").await?;
    app.there("details[data-backup] li").await?;
    assert!(turns_nothing(&app, &values).await? > 1);

    // The look itself finds what is turned.
    app.evaluate(&format!(
        "void document.querySelector('main').append(`Begun by ${{{}}} in November`)",
        quoted(person)
    ))
    .await?;
    let found = app.evaluate(&format!("{TURNED}({})", json!(values))).await?;
    assert_eq!(found[1].as_array().map(Vec::len), Some(1), "{found}");
    app.finish().await?;
    drop(seats);
    Ok(())
}
