//! Two people, one engagement: a FastTrack Manager in Germany and a partner in Japan, whose clock is ten years ahead, work on
//! copies of it at the same time and hand each other files, four times. In the end both have the same, to the byte, and every
//! word that either of them typed.

use crate::support::{App, Folder, Result, Seats, Site, Words, key, quoted};
use engagement_playbook::app::words::W;
use engagement_playbook::engagement::stamp::Dot;
use engagement_playbook::engagement::{Engagement, OF_AN_ENGAGEMENT, OF_AN_ITEM, node};
use engagement_playbook::exchange;
use engagement_playbook::playbook::TaskId;
use fantoccini::Locator;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use tokio::try_join;
use xtask::driver::Options;

const HEIKE: &str = "Heike Groß";
const KEN: &str = "田中 健";

/// Runs before the app: the clock of this computer is wrong by ten years, and nobody has noticed.
const TEN_YEARS_AHEAD: &str = "{
    const Right = Date, ahead = 10 * 31_557_600_000;
    globalThis.Date = class Date extends Right {
        constructor(...given) {
            super(...(given.length > 0 ? given : [Right.now() + ahead]));
        }
        static now() {
            return Right.now() + ahead;
        }
    };
}";
const NINE_YEARS: i64 = 9 * 31_557_600_000;

/// So many tasks are worked on by both.
const TASKS: usize = 20;
/// What there is to do on a task. Each time each of the two does another of these, and never both the same.
const TICK: usize = 0;
const OWNER: usize = 1;
const DUE: usize = 2;

/// Typed, and then replaced by somebody who had seen it. All else shows in the end.
const REPLACED: [&str; 6] = [KICKOFF, ROOM, "Vertrieb Köln", HERSELF, STAFF, "田中 健: 1"];

const KICKOFF: &str = "Kickoff am 3. März";
const KICKOFF_DE: &str = "Kickoff am 3. März, 10 Uhr in Köln";
const KICKOFF_JA: &str = "キックオフは3月3日18時(東京)";
const ROOM: &str = "Der Raum fehlt noch.";
const ROOM_JA: &str = "会議室は予約済みです。";
const HERSELF: &str = "Heike Groß selbst";
const STAFF: &str = "Frau Weiß, Personal";
const STAFF_JA: &str = "人事部 佐藤様";

/// Somebody with the app open.
struct Colleague {
    app: App,
    name: &'static str,
    words: Words,
    engagement: String,
    /// Every text and day that was typed, as the file has it.
    typed: RefCell<BTreeSet<String>>,
}

impl Colleague {
    async fn sits_down(site: &Site, name: &'static str, languages: &[&str], before: &str) -> Result<Self> {
        let app = App::closed(&site.url(), Options::with_languages(languages)).await?;
        app.cdp(
            "Page.addScriptToEvaluateOnNewDocument",
            serde_json::json!({ "source": before }),
        )
        .await?;
        app.visit("#/settings").await?;
        app.fill("#own-name", name).await?;
        Ok(Self {
            app,
            name,
            words: Words::of(languages.last().ok_or("no language")?)?,
            engagement: String::new(),
            typed: RefCell::default(),
        })
    }

    /// Goes to a page of the engagement.
    async fn on(&self, page: &str) -> Result {
        self.app.go(&format!("#/e/{}/{page}", self.engagement)).await
    }

    fn notes_down(&self, text: &str) {
        self.typed.borrow_mut().insert(text.to_owned());
    }

    async fn write(&self, css: &str, text: &str) -> Result {
        self.notes_down(text);
        self.app.fill(css, text).await
    }

    async fn write_day(&self, css: &str, day: &str) -> Result {
        self.notes_down(day);
        self.app.type_day(css, day).await
    }

    /// The tasks of the phase in which both are.
    async fn looks_at_tasks(&self) -> Result {
        self.on("tasks").await?;
        self.app.choose("#filter-phase", "assess").await
    }

    /// Does one of the four things on each of the tasks, on the first one that with this number.
    async fn works_on_tasks(&self, tasks: &[String], first: usize) -> Result {
        self.looks_at_tasks().await?;
        for (place, task) in tasks.iter().enumerate() {
            let thing = (place + first) % 4;
            if thing == TICK {
                self.app.tick(&format!("#check-{task}"), true).await?;
                continue;
            }
            self.unfolds(task).await?;
            match thing {
                OWNER => {
                    let owner = format!("{}, {task}", self.name);
                    self.write(&format!("#owner-{task}"), &owner).await?;
                }
                DUE => {
                    let day = format!("2027-{:02}-{:02}", 1 + first, 1 + place);
                    self.write_day(&format!("#due-{task}"), &day).await?;
                }
                _ => {
                    let comment = format!("{}: {place}", self.name);
                    self.write(&format!("#comment-{task}"), &comment).await?;
                }
            }
        }
        Ok(())
    }

    async fn unfolds(&self, task: &str) -> Result {
        self.app.unfold(&format!("[data-task='{task}'] details.who")).await
    }

    /// Writes a note. Gives its id.
    async fn writes_note(&self, text: &str) -> Result<String> {
        self.on("notes").await?;
        self.write("#new-note", text).await?;
        self.app.click("form.newnote button[type=submit]").await?;
        self.id_of("article[data-note]", "note", text).await
    }

    async fn rewrites_note(&self, note: &str, text: &str) -> Result {
        self.on("notes").await?;
        self.notes_down(text);
        self.app.click(&format!("[id='edit-{note}']")).await?;
        let field = format!("[id='note-{note}']");
        self.app.there(&field).await?;
        let keys = format!("{}a{}{text}{}", key::CONTROL, key::RELEASE, key::TAB);
        self.app.find(Locator::Css(&field)).await?.send_keys(&keys).await?;
        self.app.says(&format!("[data-note='{note}'] .words"), text).await
    }

    async fn removes_note(&self, note: &str) -> Result {
        self.on("notes").await?;
        let article = format!("article[data-note='{note}']");
        self.app.click(&format!("{article} .row button:last-child")).await?;
        self.is_gone(&article).await
    }

    /// Plans an action. Gives its id.
    async fn plans(&self, action: &str, owner: &str, day: &str) -> Result<String> {
        self.on("plan").await?;
        self.write("#new-actions-name", action).await?;
        self.write("#new-actions-owner", owner).await?;
        self.write_day("#new-actions-due", day).await?;
        self.app
            .click("[data-entries=actions] .entry-new button[type=submit]")
            .await?;
        self.id_of("tr[data-entry]:has([id^='actions-'])", "entry", action)
            .await
    }

    async fn removes_action(&self, action: &str) -> Result {
        self.on("plan").await?;
        let row = format!("tr[data-entry='{action}']");
        self.app.click(&format!("{row} .away button")).await?;
        self.is_gone(&row).await
    }

    async fn is_gone(&self, css: &str) -> Result {
        self.app
            .until(&format!("document.querySelector({}) === null", quoted(css)))
            .await?;
        Ok(())
    }

    /// The id of the element that says this, in its text or in a field.
    async fn id_of(&self, css: &str, member: &str, text: &str) -> Result<String> {
        let says = "[...one.querySelectorAll('input, textarea')].map((field) => field.value).join() + one.innerText";
        let found = format!(
            "[...document.querySelectorAll({})].find((one) => ({says}).includes({}))",
            quoted(css),
            quoted(text)
        );
        self.app.until(&format!("{found} !== undefined")).await?;
        self.app.text_of_expression(&format!("{found}.dataset.{member}")).await
    }

    /// Saves the engagement as a file.
    async fn sends(&self) -> Result<String> {
        self.app.kept().await?;
        self.app.export(&self.engagement).await
    }

    /// Opens a file of the other and sees how it stands to the own copy, and how many conflicts it brings.
    async fn opens(&self, file: &Path, status: &str, clashes: u64) -> Result {
        self.app.offer(file).await?;
        let preview = format!("#preview [data-engagement='{}']", self.engagement);
        self.app.there(&format!("{preview}[data-status={status}]")).await?;
        assert_eq!(self.app.count("#preview [data-clash]").await?, clashes, "{}", self.name);
        Ok(())
    }

    /// Keeps the value with this text on the page of conflicts, or both.
    async fn settles(&self, path: &str, keep: &str) -> Result {
        self.on("conflicts").await?;
        let conflict = format!("[data-conflict='{path}']");
        self.app.there(&conflict).await?;
        let number = format!(
            "[...document.querySelectorAll({})].find((one) => one.innerText.includes({})).dataset.claim",
            quoted(&format!("{conflict} [data-claim]")),
            quoted(keep)
        );
        let button = match keep {
            "both" => keep.to_owned(),
            _ => self.app.text_of_expression(&number).await?,
        };
        self.app.click(&format!("{conflict} [data-keep='{button}']")).await?;
        self.is_gone(&conflict).await
    }

    /// Presses what everybody knows, and waits until the app says what it did.
    async fn turns(&self, letter: char) -> Result {
        const SAID: &str = "document.querySelector('.toast p')?.innerText ?? ''";
        let before = self.app.text_of_expression(SAID).await?;
        self.app.chord(&[key::CONTROL, letter]).await?;
        self.app
            .until(&format!("![{}, ''].includes({SAID})", quoted(&before)))
            .await?;
        Ok(())
    }

    /// Looks at the tasks: each has got a tick, an owner, a day and a comment.
    async fn has_done_all(&self, tasks: &[String], one: &Engagement) -> Result {
        self.looks_at_tasks().await?;
        for task in tasks {
            self.app
                .until(&format!("document.querySelector('#check-{task}').checked"))
                .await?;
            let id: TaskId = TaskId::parse(task).ok_or("not a task")?;
            assert!(
                one.due(&id).is_some() && !one.owner(&id).is_empty() && !one.comment(&id).is_empty(),
                "{task}"
            );
        }
        Ok(())
    }

    /// Looks at the history: all of it is there, and everything in it is by one of the two.
    async fn reads_history(&self, of: &Engagement) -> Result {
        self.on("history").await?;
        let said = |count: usize| self.words.fill(W::n_changes, &[("n", &count.to_string())]);
        self.app.says("main p[role=status]", &said(of.history().len())).await?;
        let mut sum = 0;
        for person in [HEIKE, KEN] {
            let by = |dot: &Dot| of.vector().author(dot.replica) == person;
            let count = of.history().newest_first().iter().filter(|(dot, _)| by(dot)).count();
            assert!(count > 2 * TASKS, "{count} by {person}");
            self.app.choose("#person", &format!("={person}")).await?;
            self.app.says("main p[role=status]", &said(count)).await?;
            self.app.says("li.change:first-child", person).await?;
            sum += count;
        }
        assert_eq!(sum, of.history().len());
        Ok(())
    }
}

/// The engagement in a file.
fn read(file: &str) -> Result<Engagement> {
    let mut all = exchange::import(file.as_bytes()).map_err(|error| error.to_string())?;
    assert_eq!(all.len(), 1);
    Ok(all.remove(0))
}

/// What stands in an engagement, field by field; without what is empty and the entries that were removed.
fn said(one: &Engagement) -> BTreeMap<Vec<String>, Value> {
    let mut said = BTreeMap::new();
    node::each(one.body(), &mut |path, register| {
        let path: Vec<String> = path.iter().map(|name| (*name).to_owned()).collect();
        let value = &register.shown().value;
        let stands = path.len() != 3 || path[2] != "removed" && one.is_there(&path[..2]);
        if stands && !value.is_null() {
            said.insert(path, value.clone());
        }
    });
    said
}

/// The history of a file misses nothing that anybody ever did.
fn check_history(one: &Engagement) {
    let history = one.history();
    let mut items: BTreeMap<&[String], usize> = BTreeMap::new();
    for (_, record) in history.newest_first() {
        *items.entry(record.item()).or_default() += 1;
    }
    // Beyond these bounds it may forget.
    assert!(history.len() < OF_AN_ENGAGEMENT && items.values().all(|count| *count <= OF_AN_ITEM));
    let mut all = 0;
    for (replica, session) in &one.vector().0 {
        assert!([HEIKE, KEN].contains(&session.author.as_str()), "{session:?}");
        for sequence in 1..=session.sequence {
            let dot = Dot {
                replica: *replica,
                sequence,
            };
            assert!(history.get(dot).is_some(), "{dot} by {} is missing", session.author);
            all += 1;
        }
    }
    assert_eq!(history.len(), all);
}

/// Everything that was typed stands in the history, and shows unless it was replaced.
fn check_nothing_is_lost(one: &Engagement, people: [&Colleague; 2]) {
    let mut shown = BTreeSet::new();
    node::each(one.body(), &mut |_, register| {
        shown.insert(text(&register.shown().value));
    });
    let records = one.history().newest_first();
    let writes = records.iter().flat_map(|(_, record)| &record.writes);
    let past: BTreeSet<String> = writes.filter_map(|(_, value)| value.as_ref().map(text)).collect();
    let typed: BTreeSet<String> = people.iter().flat_map(|person| person.typed.borrow().clone()).collect();
    let unknown: Vec<&String> = typed.difference(&past).collect();
    assert!(unknown.is_empty(), "never written down: {unknown:?}");
    let replaced: BTreeSet<String> = typed.difference(&shown).cloned().collect();
    assert_eq!(replaced, REPLACED.map(str::to_owned).into());
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What the two speak of.
struct Topics {
    tasks: Vec<String>,
    kickoff: String,
    room: String,
    training: String,
    shifts: String,
}

impl Topics {
    /// Where both write at the same time.
    fn collisions(&self) -> [(String, [&'static str; 2]); 3] {
        [
            (self.owner(), [HERSELF, KEN]),
            (DIBS.to_owned(), [STAFF, STAFF_JA]),
            (self.note(), [KICKOFF_DE, KICKOFF_JA]),
        ]
    }

    fn owner(&self) -> String {
        format!("tasks.{}.owner", self.tasks[3])
    }

    fn note(&self) -> String {
        format!("notes.{}.text", self.kickoff)
    }
}

const DIBS: &str = "services.exchange.success_owner";

/// The engagement is begun in Germany.
async fn begin(heike: &mut Colleague) -> Result<Topics> {
    let app = &heike.app;
    app.go("#/new").await?;
    heike.write("#customer-name", "Contoso Köln").await?;
    heike.write("#new-seats", "850").await?;
    heike.write_day("#new-assigned", "2026-11-19").await?;
    for service in ["exchange", "onedrive-for-business", "teams"] {
        app.tick(&format!("#service-{service}"), true).await?;
    }
    app.click("form button[type=submit].primary").await?;
    app.at("engagement").await?;
    heike.engagement = app.engagement().await?;
    let kickoff = heike.writes_note(KICKOFF).await?;
    let room = heike.writes_note(ROOM).await?;
    let training = heike
        .plans("Schulungen für Meister planen", "Vertrieb Köln", "2027-08-02")
        .await?;
    let shifts = heike
        .plans("Schichten in Teams planen", "Kim Lee", "2027-08-03")
        .await?;
    heike.looks_at_tasks().await?;
    let first = "[...document.querySelectorAll('main li.task')].map((task) => task.dataset.task)";
    let mut tasks: Vec<String> = serde_json::from_value(heike.app.evaluate(first).await?)?;
    assert!(tasks.len() >= TASKS, "{tasks:?}");
    tasks.truncate(TASKS);
    Ok(Topics {
        tasks,
        kickoff,
        room,
        training,
        shifts,
    })
}

/// Both work at the same time, and three times on the same.
async fn work_apart(heike: &Colleague, ken: &Colleague, on: &Topics) -> Result {
    let in_germany = async {
        heike.works_on_tasks(&on.tasks, 0).await?;
        heike.write(&format!("#owner-{}", on.tasks[3]), HERSELF).await?;
        heike.on("services").await?;
        heike.write("#exchange-success_owner", STAFF).await?;
        heike.write_day("#exchange-target", "2027-09-30").await?;
        heike.rewrites_note(&on.kickoff, KICKOFF_DE).await
    };
    let in_japan = async {
        ken.works_on_tasks(&on.tasks, 2).await?;
        ken.on("services").await?;
        ken.write("#exchange-success_owner", STAFF_JA).await?;
        let reason = "#exchange-business_reason";
        ken.app.choose(reason, "work-from-anywhere").await?;
        ken.app.unfold("#service-teams").await?;
        ken.write("#teams-success_owner", "営業部 鈴木様").await?;
        ken.app.choose("#teams-training", "planned").await?;
        ken.rewrites_note(&on.kickoff, KICKOFF_JA).await?;
        ken.plans("チャンピオンを探す", "鈴木様", "2027-08-04").await
    };
    try_join!(in_germany, in_japan)?;
    Ok(())
}

/// The three conflicts are shown to both, before the import and after it; each settles what is theirs to settle.
async fn settle(heike: &Colleague, ken: &Colleague, on: &Topics) -> Result {
    for person in [heike, ken] {
        for (path, texts) in on.collisions() {
            for said in texts.into_iter().chain([HEIKE, KEN]) {
                person.app.says(&format!("[data-clash='{path}']"), said).await?;
            }
        }
    }
    let in_germany = async {
        let theirs = format!("[data-clash='{}'] [data-side=theirs] input", on.owner());
        heike.app.click(&theirs).await?;
        heike.app.accept().await?;
        heike.app.there("main .conflict-mark[data-conflicts='2']").await?;
        heike.settles(&on.note(), "both").await?;
        heike.on("notes").await?;
        for text in [KICKOFF_DE, KICKOFF_JA] {
            heike.app.says("main .notes", text).await?;
        }
        Result::Ok(())
    };
    let in_japan = async {
        ken.app.accept().await?;
        ken.app.there("main .conflict-mark[data-conflicts='3']").await?;
        ken.settles(DIBS, STAFF_JA).await?;
        Result::Ok(())
    };
    try_join!(in_germany, in_japan)?;
    Ok(())
}

/// Both go on; each takes out what the other one is just writing on.
async fn work_on(heike: &Colleague, ken: &Colleague, on: &Topics) -> Result {
    let in_germany = async {
        heike.works_on_tasks(&on.tasks, 1).await?;
        heike.removes_note(&on.room).await?;
        heike.on("plan").await?;
        let owner = format!("[id='actions-{}-owner']", on.training);
        heike.write(&owner, "Betriebsrat Köln").await
    };
    let in_japan = async {
        ken.works_on_tasks(&on.tasks, 3).await?;
        ken.rewrites_note(&on.room, ROOM_JA).await?;
        ken.removes_action(&on.training).await?;
        ken.writes_note("来週の火曜日に電話します。").await
    };
    try_join!(in_germany, in_japan)?;
    Ok(())
}

/// The mark of what stands though it was removed.
fn mark_of(entry: &str) -> String {
    format!(":is([data-note='{entry}'], [data-entry='{entry}']) [data-removed-by]")
}

/// What one wrote on stands, though the other took it out; who did that is known.
async fn stands_though_removed(person: &Colleague, on: &Topics) -> Result {
    let app = &person.app;
    assert_eq!(app.count("main .conflict-mark").await?, 0, "{}", person.name);
    person.on("notes").await?;
    app.says(&format!("article[data-note='{}']", on.room), ROOM_JA).await?;
    person.on("plan").await?;
    app.until(&format!(
        "document.querySelector({}).value === 'Betriebsrat Köln'",
        quoted(&format!("[id='actions-{}-owner']", on.training))
    ))
    .await?;
    let removed = person.words.say(W::was_removed);
    for (page, entry, by) in [("notes", &on.room, HEIKE), ("actions", &on.training, KEN)] {
        person.on(if page == "actions" { "plan" } else { page }).await?;
        let says = person.words.fill(W::removed_but_stands, &[("author", by)]);
        let says = says.split("{when}").next().unwrap_or_default().to_owned();
        app.says(&mark_of(entry), &says).await?;
        person.on(&format!("history/{page}/{entry}")).await?;
        let both = format!(
            "[{}, {}].every((text) => line.innerText.includes(text))",
            quoted(by),
            quoted(removed)
        );
        app.until(&format!(
            "[...document.querySelectorAll('li.change')].some((line) => {both})"
        ))
        .await?;
    }
    Ok(())
}

/// A last time both work apart, and not on the same.
async fn finish_work(heike: &Colleague, ken: &Colleague, on: &Topics) -> Result {
    let in_germany = async {
        let task = &on.tasks[1];
        heike.looks_at_tasks().await?;
        heike.unfolds(task).await?;
        // His clock is ten years ahead; who has seen what he wrote can replace it all the same.
        heike.write(&format!("#comment-{task}"), "Mit 田中さん geklärt").await?;
        // Now she knows what he wrote there.
        heike.removes_note(&on.room).await?;
        heike.writes_note("Abschluss am 30. September vereinbart.").await
    };
    let in_japan = async {
        ken.on("plan").await?;
        let state = format!("[id='actions-{}-state']", on.shifts);
        ken.app.choose(&state, "done").await?;
        // And he that she goes on with it.
        let mark = mark_of(&on.training);
        ken.app.click(&format!("{mark} button")).await?;
        ken.is_gone(&mark).await
    };
    try_join!(in_germany, in_japan)?;
    Ok(())
}

/// Takes a file in, takes that back, does it again: all is as before, and all is as after.
async fn take_in_back_and_again(ken: &Colleague, file: &Path) -> Result {
    let before = said(&read(&ken.sends().await?)?);
    ken.opens(file, "both", 0).await?;
    ken.app.accept().await?;
    let after = said(&read(&ken.sends().await?)?);
    assert!(after != before);
    ken.turns('z').await?;
    assert_eq!(said(&read(&ken.sends().await?)?), before, "taken back");
    ken.turns('y').await?;
    assert_eq!(said(&read(&ken.sends().await?)?), after, "done again");
    Ok(())
}

/// Both hand over a file at the same time, and look at the other's.
async fn swap(files: &Folder, number: u8, [a, b]: [&Colleague; 2], clashes: u64) -> Result {
    let (mine, theirs) = try_join!(a.sends(), b.sends())?;
    let mine = files.write(&format!("{number} aus Köln.engagement.json"), &mine)?;
    let theirs = files.write(&format!("{number} 東京から.engagement.json"), &theirs)?;
    try_join!(a.opens(&theirs, "both", clashes), b.opens(&mine, "both", clashes))?;
    Ok(())
}

#[tokio::test]
async fn two_people_hand_each_other_files_and_end_with_the_same_bytes_and_every_word() -> Result {
    let seats = Seats::take(2);
    let site = Site::open()?;
    let files = Folder::new()?;
    let (mut heike, mut ken) = try_join!(
        Colleague::sits_down(&site, HEIKE, &["de-DE", "de"], ""),
        Colleague::sits_down(&site, KEN, &["ja-JP", "ja"], TEN_YEARS_AHEAD)
    )?;

    let on = begin(&mut heike).await?;
    ken.engagement.clone_from(&heike.engagement);
    let first = files.write("1 aus Köln.engagement.json", &heike.sends().await?)?;
    ken.opens(&first, "new", 0).await?;
    ken.app.accept().await?;
    let (heike, ken) = (heike, ken);

    work_apart(&heike, &ken, &on).await?;
    swap(&files, 2, [&heike, &ken], 3).await?;
    settle(&heike, &ken, &on).await?;

    work_on(&heike, &ken, &on).await?;
    swap(&files, 3, [&heike, &ken], 0).await?;
    try_join!(heike.app.accept(), ken.app.accept())?;
    try_join!(stands_though_removed(&heike, &on), stands_though_removed(&ken, &on))?;
    let (hers, his) = try_join!(heike.sends(), ken.sends())?;
    assert_eq!(hers, his, "after the third exchange");

    finish_work(&heike, &ken, &on).await?;
    let fourth = files.write("4 aus Köln.engagement.json", &heike.sends().await?)?;
    take_in_back_and_again(&ken, &fourth).await?;
    let back = ken.sends().await?;
    heike
        .opens(&files.write("4 東京から.engagement.json", &back)?, "newer", 0)
        .await?;
    heike.app.accept().await?;

    // Whatever was in memory only would be gone now.
    let begin_again = async |person: &Colleague| -> Result<String> {
        person.app.until_safe().await?;
        person.app.reload().await?;
        person.sends().await
    };
    let (hers, his) = try_join!(begin_again(&heike), begin_again(&ken))?;
    assert_eq!(hers, his);
    assert_eq!(his, back, "nothing was left to bring");

    let one = read(&hers)?;
    assert!(one.conflicts().is_empty());
    check_history(&one);
    check_nothing_is_lost(&one, [&heike, &ken]);
    let first_by = |person: &str| {
        let records = one.history().newest_first().into_iter();
        let by = records.filter(|(dot, _)| one.vector().author(dot.replica) == person);
        by.map(|(_, record)| record.at).min()
    };
    assert!(
        first_by(KEN) > first_by(HEIKE).map(|at| at + NINE_YEARS),
        "his clock is right"
    );
    for person in [&heike, &ken] {
        person.has_done_all(&on.tasks, &one).await?;
    }
    try_join!(heike.reads_history(&one), ken.reads_history(&one))?;

    heike.app.finish().await?;
    ken.app.finish().await?;
    drop(seats);
    Ok(())
}
