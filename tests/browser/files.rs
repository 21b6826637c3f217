//! Files from elsewhere: what is refused and how that is said, what is shown and never run, what comes out again unchanged.

use crate::support::{App, Author, Folder, Result, Seats, Site, Words, contoso, day, fabrikam, kept, quoted};
use engagement_playbook::app::words::W;
use engagement_playbook::engagement::{
    Change, Datum, Engagement, EntryField, EntryKind, Field, ServiceField, StateKey,
};
use engagement_playbook::exchange;
use engagement_playbook::playbook::TaskState;
use serde_json::json;
use std::path::Path;
use xtask::driver::Options;

const ERROR: &str = "#import-error";

#[tokio::test]
async fn t13_a_file_of_a_newer_app_is_refused_in_the_users_language() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let by = Author::new("Anna", "en");
    let text = exchange::export(&[&fabrikam(&by)]).replacen("\"version\": 1", "\"version\": 2", 1);
    assert!(text.contains("\"version\": 2"));
    let files = Folder::new()?;
    let file = files.write("von morgen.engagement.json", &text)?;

    let app = App::closed(&site.url(), Options::with_languages(&["de-DE", "de"])).await?;
    app.visit_with(&kept(&[contoso(&by)?])?, "#/import").await?;
    let before = app.storage().await?;
    app.offer(&file).await?;
    let de = Words::of("de")?;
    app.says(ERROR, &de.fill(W::import_newer, &[("version", "2")])).await?;
    let said = app.text(ERROR).await?;
    assert!(
        said.contains("von morgen.engagement.json") && said.contains(de.say(W::import_changed_nothing)),
        "{said}"
    );
    assert_eq!(app.count("#preview").await?, 0);
    assert_eq!(app.storage().await?, before);
    app.go("#/").await?;
    app.says("main table", "Contoso").await?;
    assert_eq!(app.count("main tr[data-engagement]").await?, 1);
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn t17_a_file_with_a_key_twice_is_refused_with_line_and_column() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let by = Author::new("Anna", "en");
    let whole = exchange::export(&[&contoso(&by)?]);
    // Once among the members of the file, once among the tasks, which is a map.
    let twice = whole.replacen(
        "  \"id\": \"contoso\",\n",
        "  \"id\": \"contoso\",\n  \"id\": \"fabrikam\",\n",
        1,
    );
    let in_map = whole.replacen("    \"983\":", "    \"983\": {},\n    \"983\":", 1);
    let files = Folder::new()?;
    let app = App::open(&site.url()).await?;
    let before = app.storage().await?;
    for (name, text, path) in [("members.json", twice, "id"), ("tasks.json", in_map, "tasks.983")] {
        let second = text
            .match_indices(&format!("\"{}\":", path.rsplit('.').next().unwrap_or(path)))
            .nth(1);
        let (place, _) = second.ok_or("the key is not there twice")?;
        let line = text[..place].lines().count();
        app.offer(&files.write(name, &text)?).await?;
        app.says(ERROR, name).await?;
        let said = app.text(ERROR).await?;
        assert!(said.contains(&format!("Line {line}, column")), "line {line}: {said}");
        assert!(said.contains(&format!("{path} stands there twice")), "{said}");
        let error = exchange::import(text.as_bytes()).expect_err("refused");
        let column = error
            .args()
            .into_iter()
            .find(|(name, _)| *name == "column")
            .ok_or("no column")?
            .1;
        assert!(said.contains(&format!("column {column}:")), "column {column}: {said}");
        assert_eq!(app.count("#preview").await?, 0);
    }
    assert_eq!(app.storage().await?, before);
    // The same page takes a good file right after.
    app.offer(&files.write("good.json", &whole)?).await?;
    app.there("#preview [data-engagement=contoso]").await?;
    assert_eq!(app.count(ERROR).await?, 0);
    app.finish().await?;
    drop(seats);
    Ok(())
}

/// Runs wherever it is taken for markup.
const IMAGE: &str = r#"<img src=x onerror="globalThis.ran = true">"#;
const SCRIPT: &str = "<script>globalThis.ran = true</script>";
const DRAWING: &str = "<svg onload=globalThis.ran=true>";
const LINK: &str = "javascript:globalThis.ran=true";
const DATA: &str = "data:text/html,<script>globalThis.ran=true</script>";

/// An engagement with something to run in every field of text.
fn hostile() -> Result<Engagement> {
    let by = Author::new(&format!("\">{IMAGE}"), "en");
    let kickoff = "conduct-customer-kickoff";
    let changes = [
        Change::SetCustomer(format!("{IMAGE} Contoso")),
        Change::SetTenant(LINK.to_owned()),
        Change::SetCountry(SCRIPT.to_owned()),
        Change::SetFastTrackManager(DRAWING.to_owned()),
        Change::SetServiceInScope("exchange".into(), true),
        Change::SetTaskState {
            task: "983".into(),
            states: vec![(StateKey::Whole, TaskState::Cancelled)],
            reason: Some(IMAGE.to_owned()),
            done_on: None,
        },
        Change::SetOwner("983".into(), SCRIPT.to_owned()),
        Change::SetComment("983".into(), format!("{DRAWING} {LINK}")),
        Change::SetCheck(kickoff.into(), "ki.team".into(), true),
        Change::SetEvidence(kickoff.into(), "ki.team".into(), IMAGE.to_owned()),
        Change::SetService(
            "exchange".into(),
            ServiceField::SuccessOwner,
            Datum::Text(SCRIPT.to_owned()),
        ),
        Change::SetField(Field::Business, Datum::Text(format!("{IMAGE} {LINK}"))),
        Change::SetHoliday(day("2026-12-25")?, Some(DRAWING.to_owned())),
        Change::CloseProcess {
            process: "conduct-customer-success-workshop".into(),
            on: day("2026-11-20")?,
            reason: format!("{IMAGE} {DATA}"),
        },
        Change::WriteEntry(
            EntryKind::Goal,
            "goal-1".into(),
            vec![(EntryField::Name, Datum::Text(format!("{SCRIPT} {LINK}")))],
        ),
        Change::HandOver {
            entry: "handover-1".into(),
            to: IMAGE.to_owned(),
            on: day("2026-11-20")?,
            language: "de".to_owned(),
        },
        Change::WriteNote {
            note: "note-1".into(),
            text: format!("{SCRIPT} {LINK} {DATA} </textarea>{IMAGE}"),
            process: Some(kickoff.into()),
            on: day("2026-11-20")?,
            language: "en".to_owned(),
        },
    ];
    Ok(by.begin("hostile", &changes))
}

/// Nothing of it became an element, and nothing ran.
async fn is_harmless(app: &App) -> Result {
    let active = "#app img, #app script, #app iframe, #app object, #app embed, #app [onerror], #app [onload], #app [style*='url'],
        #app a[href^='javascript:' i], #app a[href^='data:' i]";
    assert_eq!(app.count(active).await?, 0, "at {}", app.current_url().await?);
    assert!(
        !app.holds("'ran' in globalThis").await?,
        "it ran at {}",
        app.current_url().await?
    );
    Ok(())
}

#[tokio::test]
async fn t19_markup_in_any_field_is_text() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let files = Folder::new()?;
    let text = exchange::export(&[&hostile()?]);
    let name = format!("{} .json", IMAGE.replace('/', "_"));
    let file = files.write(&name, &text)?;
    let app = App::open(&site.url()).await?;

    app.offer(&file).await?;
    app.says("#preview", &name).await?;
    app.says("#preview", IMAGE).await?;
    app.unfold("#preview details.changes").await?;
    for text in [LINK, SCRIPT, DRAWING] {
        app.says("#preview details.changes table", text).await?;
    }
    is_harmless(&app).await?;
    app.accept().await?;

    app.says("h1", IMAGE).await?;
    is_harmless(&app).await?;
    assert!(app.title().await?.contains(IMAGE));
    app.go("#/").await?;
    app.says("main table", IMAGE).await?;
    is_harmless(&app).await?;
    app.go("#/e/hostile/about").await?;
    for (field, text) in [("tenant", LINK), ("country", SCRIPT), ("manager", DRAWING)] {
        assert_eq!(
            app.text_of_expression(&format!("document.querySelector('#about-{field}').value"))
                .await?,
            text
        );
    }
    is_harmless(&app).await?;
    app.go("#/e/hostile/notes").await?;
    app.says("[data-note='note-1'] .words", SCRIPT).await?;
    app.click("[data-note='note-1'] button[aria-pressed]").await?;
    app.until(&format!(
        "document.querySelector('#note-note-1').value.includes({})",
        quoted(IMAGE)
    ))
    .await?;
    is_harmless(&app).await?;
    app.go("#/e/hostile/p/conduct-customer-kickoff").await?;
    app.says("[data-task='983'] details.who summary", SCRIPT).await?;
    app.unfold("[data-task='983'] details.who").await?;
    app.until(&format!(
        "document.querySelector('#comment-983')?.value.includes({})",
        quoted(LINK)
    ))
    .await?;
    app.until(&format!(
        "document.querySelector('#reason-983').value === {}",
        quoted(IMAGE)
    ))
    .await?;
    app.says(
        "details.ev:has(#evidence-conduct-customer-kickoff-ki\\.team), details.ev",
        IMAGE,
    )
    .await?;
    is_harmless(&app).await?;
    for page in ["tasks", "services", "plan", "dates", "completion"] {
        app.go(&format!("#/e/hostile/{page}")).await?;
        is_harmless(&app).await?;
    }
    app.go("#/e/hostile/p/conduct-customer-success-workshop").await?;
    is_harmless(&app).await?;
    // On paper, too.
    app.paper(true).await?;
    is_harmless(&app).await?;
    app.paper(false).await?;

    // The same by hand: own name, a new note, a pasted text that is no file.
    app.go("#/settings").await?;
    app.fill("#own-name", IMAGE).await?;
    app.go("#/e/hostile/notes").await?;
    app.fill("#new-note", &format!("{DRAWING} by hand")).await?;
    app.click("form.newnote button[type=submit]").await?;
    app.says("main [data-note]:not([data-note='note-1']) .words", DRAWING)
        .await?;
    is_harmless(&app).await?;
    app.go("#/import").await?;
    app.fill("#paste", &format!("{SCRIPT}{IMAGE}")).await?;
    app.click("form.paste button").await?;
    app.there(ERROR).await?;
    is_harmless(&app).await?;
    // And in the other languages, whose sentences are put together differently.
    for language in ["de", "ja", "zh-Hans"] {
        app.go("#/").await?;
        app.speak(language).await?;
        app.says("main table", IMAGE).await?;
        is_harmless(&app).await?;
    }
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn what_the_policy_refuses_fails_a_test() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::open(&site.url()).await?;
    assert_eq!(app.problems().await?, Vec::<String>::new());
    app.execute(
        "const script = document.createElement('script'); script.textContent = 'globalThis.ran = true'; document.body.append(script)",
        Vec::new(),
    )
    .await?;
    let problems = app.problems().await?;
    assert!(
        problems
            .iter()
            .any(|line| line.contains("policy: script-src-elem refused inline")),
        "{problems:#?}"
    );
    assert!(
        !app.holds("'ran' in globalThis").await?,
        "the policy lets inline scripts run"
    );
    app.finish().await?;
    drop(seats);
    Ok(())
}

/// Takes a file in, and gives what comes out.
async fn through(app: &App, file: &Path) -> Result<String> {
    app.offer(file).await?;
    app.there("#preview").await?;
    app.accept().await?;
    app.go("#/data").await?;
    let (_, text) = app
        .download("main .body.row:has(button + button) button:first-of-type")
        .await?;
    Ok(text)
}

#[tokio::test]
async fn t36_what_is_exported_imported_and_exported_again_is_the_same_to_the_byte() -> Result {
    let seats = Seats::take(2);
    let site = Site::open()?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let files = Folder::new()?;
    let by = Author::new("Anna", "en");
    let own = files.write("own.json", &exchange::export(&[&contoso(&by)?, &fabrikam(&by)]))?;
    let mut all = vec![own];
    for entry in std::fs::read_dir(folder)? {
        all.push(entry?.path());
    }
    assert!(all.len() > 3);
    let first = App::open(&site.url()).await?;
    let second = App::open_with(&site.url(), Options::with_languages(&["ja"])).await?;
    for file in all {
        let exported = through(&first, &file).await?;
        let again = through(&second, &files.write("again.json", &exported)?).await?;
        assert_eq!(exported, again, "{}", file.display());
        assert!(exported.len() > 500, "{}", file.display());
        for app in [&first, &second] {
            app.empty().await?;
        }
    }
    first.finish().await?;
    second.finish().await?;
    drop(seats);
    Ok(())
}

/// T15: the size of a file is known before anything of it is read, so that the largest is refused as fast as any.
#[tokio::test]
async fn t15_a_file_of_five_gigabytes_is_refused_and_never_read() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let files = Folder::new()?;
    let app = App::open(&site.url()).await?;
    let before = app.storage().await?;
    // Whoever reads a file in the page, by whatever way, is noted.
    app.evaluate(
        "void (() => {
            globalThis.read = 0;
            for (const [of, name] of [[Blob, 'arrayBuffer'], [Blob, 'text'], [Blob, 'stream'], [FileReader, 'readAsArrayBuffer'],
                [FileReader, 'readAsText'], [FileReader, 'readAsDataURL']]) {
                const real = of.prototype[name];
                of.prototype[name] = function (...given) { globalThis.read += 1; return real.apply(this, given); };
            }
        })()",
    )
    .await?;
    let limit = Words::of("en")?;
    for (name, size) in [("fifty.json", 50 << 20), ("sparse.json", 5_u64 << 30)] {
        let path = files.write(name, "")?;
        std::fs::OpenOptions::new().write(true).open(&path)?.set_len(size)?;
        app.offer(&path).await?;
        app.says(ERROR, name).await?;
        app.says(ERROR, limit.say(W::import_changed_nothing)).await?;
        assert!(app.holds("globalThis.read === 0").await?, "{name} was read");
    }
    // A small one is read, so the counting counts.
    app.offer(&files.write("small.json", "{}")?).await?;
    app.says(ERROR, "small.json").await?;
    assert!(app.holds("globalThis.read > 0").await?);
    assert_eq!(app.storage().await?, before);
    app.finish().await?;
    drop(seats);
    Ok(())
}

/// Lets a file drop onto the page, or pastes a text into it, as the browser would tell of it; no browser lets a test do either.
const DROP: &str = "void ((name, base64) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
})";
const PASTE: &str = "void ((text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
})";

/// Lets folders drop onto the page, as the browser would tell of them: in portions, with what cannot be read among it.
const DROP_FOLDERS: &str = "void ((given) => {
    const name = (path) => path.split('/').pop();
    const gone = () => new DOMException('gone', 'NotFoundError');
    const entry = ([path, what]) => typeof what === 'string'
        ? { isDirectory: false, name: name(path), fullPath: `/${path}`, file: (done, fail) => what === 'gone'
            ? fail(gone()) : done(new File([what], name(path))) }
        : { isDirectory: true, name: name(path), fullPath: `/${path}`, createReader: () => {
            const rest = what.map((portion) => portion === 'gone' ? portion : portion.map(entry));
            return { readEntries: (done, fail) => rest[0] === 'gone' ? fail(gone()) : done(rest.shift() ?? []) };
        } };
    const items = given.map((one) => ({ kind: 'file', webkitGetAsEntry: () => entry(one), getAsFile: () => null }));
    const event = new DragEvent('drop', { bubbles: true, cancelable: true });
    Object.defineProperty(event, 'dataTransfer', { value: { items, files: [] } });
    document.body.dispatchEvent(event);
})";

#[tokio::test]
async fn a_dropped_folder_is_walked_and_what_could_not_be_read_is_named() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let by = Author::new("Anna", "en");
    let (first, second) = (exchange::export(&[&contoso(&by)?]), exchange::export(&[&fabrikam(&by)]));
    let app = App::open(&site.url()).await?;
    let words = Words::of("en")?;
    let team = json!([[
        "Team",
        [
            [["Team/a.json", first], ["Team/picture.png", "no file of ours"]],
            [
                ["Team/older", [[["Team/older/b.JSON", second]]]],
                ["Team/lost.json", "gone"]
            ],
            [["Team/locked", ["gone"]]],
        ]
    ]]);
    app.evaluate(&format!("{DROP_FOLDERS}({team})")).await?;
    for id in ["contoso", "fabrikam"] {
        app.there(&format!("#preview [data-engagement={id}]")).await?;
    }
    app.says("#refused", "Team/lost.json").await?;
    app.says("#refused", words.say(W::import_unreadable)).await?;
    app.says("#refused", "Team/locked").await?;
    app.says("#refused", words.say(W::folder_unreadable)).await?;
    assert_eq!(
        app.count("#refused li").await?,
        2,
        "what is none of ours is passed over in silence"
    );

    // Deeper than anybody keeps files, and a folder with nothing of ours.
    let path = |depth: usize| vec!["deep"; depth].join("/");
    let mut deep = json!([format!("{}/c.json", path(10)), "{}"]);
    for depth in (1..=10).rev() {
        deep = json!([path(depth), [[deep]]]);
    }
    app.evaluate(&format!("{DROP_FOLDERS}([{deep}])")).await?;
    app.says(ERROR, &path(10)).await?;
    app.says(ERROR, words.say(W::import_changed_nothing)).await?;
    app.evaluate(&format!("{DROP_FOLDERS}([['Empty', [[['Empty/x.txt', 'x']]]]])"))
        .await?;
    app.says(ERROR, words.say(W::folder_has_none)).await?;
    assert_eq!(app.count("#preview").await?, 0);
    app.finish().await?;
    drop(seats);
    Ok(())
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let all = three
            .iter()
            .chain([&0, &0])
            .take(3)
            .fold(0_usize, |all, byte| all << 8 | usize::from(*byte));
        for place in 0..4 {
            let letter = LETTERS[all >> (18 - 6 * place) & 63];
            text.push(if place <= three.len() { letter as char } else { '=' });
        }
    }
    text
}

/// T40: the same samples that the native tests refuse, through every entrance: the same sentence each time, and nothing changes.
#[tokio::test]
async fn t40_bad_input_is_refused_alike_through_every_entrance() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let by = Author::new("Anna", "en");
    let app = App::closed(&site.url(), Options::default()).await?;
    app.visit_with(&kept(&[contoso(&by)?])?, "#/import").await?;
    let before = app.storage().await?;
    let words = Words::of("en")?;
    let error_is = |text: &str| {
        format!(
            "document.querySelector('{ERROR}')?.textContent.trim() === {}",
            quoted(text)
        )
    };
    let mut samples: Vec<_> = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/import"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    samples.sort();
    let mut refused = 0;
    for path in samples {
        let name = path.file_name().ok_or("no name")?.to_string_lossy().into_owned();
        let code = name.split('.').next().unwrap_or_default();
        if code == "accepted" {
            continue;
        }
        let bytes = std::fs::read(&path)?;
        app.offer(&path).await?;
        app.until(&format!(
            "document.querySelector('{ERROR}')?.textContent.trim().startsWith({})",
            quoted(&format!("{name}: "))
        ))
        .await?;
        let said = app
            .text_of_expression(&format!("document.querySelector('{ERROR}').textContent.trim()"))
            .await?;
        let reason = said.trim_start_matches(&format!("{name}: ")).to_owned();
        let word = W::of(code).ok_or("no sentence")?;
        let begin = words.say(word).split('{').next().unwrap_or_default();
        assert!(
            reason.contains(begin) && reason.ends_with(words.say(W::import_changed_nothing)),
            "{name}: {reason}"
        );

        app.evaluate(&format!(
            "{DROP}({}, {})",
            quoted("dropped.json"),
            quoted(&base64(&bytes))
        ))
        .await?;
        app.until(&error_is(&format!("dropped.json: {reason}"))).await?;
        // What is no text cannot be pasted, and nothing is nothing.
        if let Ok(text) = String::from_utf8(bytes)
            && !text.trim().is_empty()
        {
            app.evaluate(&format!("{PASTE}({})", quoted(&text))).await?;
            app.until(&error_is(&reason)).await?;
        }
        assert_eq!(app.count("#preview").await?, 0, "{name}");
        assert_eq!(app.storage().await?, before, "{name}");
        refused += 1;
    }
    assert!(refused > 20, "{refused}");
    assert!(!app.holds("'ran' in globalThis").await?);
    app.finish().await?;
    drop(seats);
    Ok(())
}
