//! The app in a browser, and what a person does with it.
//!
//! Clicks and keys are the browser's own, sent through WebDriver; scripts only look. Every verb waits for its effect.

use super::{Author, Folder, Result, contoso, kept};
use engagement_playbook::app::route::Route;
use fantoccini::Locator;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use serde_json::{Value, json};
use std::ops::Deref;
use std::path::Path;
use std::time::{Duration, Instant};
use xtask::driver::{Browser, Driver, Options, PATIENCE, Profile};

/// Keys as WebDriver names them.
pub mod key {
    /// Goes to the next field.
    pub const TAB: char = '\u{E004}';
    /// Follows a link, presses a button, sends a form.
    pub const ENTER: char = '\u{E007}';
    /// Ticks a box.
    pub const SPACE: char = ' ';
    /// Deletes what is marked.
    pub const DELETE: char = '\u{E017}';
    /// Leaves a pop-up.
    pub const ESCAPE: char = '\u{E00C}';
    /// To the end of the page.
    pub const END: char = '\u{E010}';
    /// Held with the next keys.
    pub const SHIFT: char = '\u{E008}';
    /// To the option above.
    pub const UP: char = '\u{E013}';
    /// To the option below.
    pub const DOWN: char = '\u{E015}';
    /// To the next part of a date.
    pub const RIGHT: char = '\u{E014}';
    /// Held with the next key.
    pub const CONTROL: char = '\u{E009}';
    /// Lets go of what is held.
    pub const RELEASE: char = '\u{E000}';
}

/// Runs in every page before its own scripts. What the policy for content refuses becomes an error in the console, which
/// outlives the page.
const WATCH: &str = "addEventListener('securitypolicyviolation', (event) =>
    console.error(`policy: ${event.effectiveDirective} refused ${event.blockedURI || 'inline'} ${event.sample}`), true)";

/// Runs in every page of a browser in which nothing is done without a network: the app has its worker not yet. To keep all
/// files takes a new browser longer than the app takes to start.
const ONLINE: &str = "if (globalThis.ServiceWorkerContainer) {
    ServiceWorkerContainer.prototype.register = () => new Promise(() => {});
}";

/// The app stands.
const READY: &str =
    "document.documentElement.hasAttribute('data-ready') && document.querySelector('main[data-route]') !== null";

/// How long between two attempts at something that a redraw can disturb.
pub(super) const AGAIN: Duration = Duration::from_millis(20);

/// A text as JavaScript writes it.
pub fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// The app in a browser of its own. Ends with it, whatever happens; a test that is through calls [`App::finish`].
#[derive(Debug)]
pub struct App {
    browser: Browser,
    _driver: Driver,
    base: String,
    downloads: Folder,
    keeps_files: bool,
}

impl Deref for App {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl App {
    // ---- Beginning and ending ----

    /// A new profile, English, at the first page.
    pub async fn open(base: &str) -> Result<Self> {
        Self::open_with(base, Options::default()).await
    }

    /// As asked, at the first page.
    pub async fn open_with(base: &str, options: Options) -> Result<Self> {
        let app = Self::closed(base, options).await?;
        app.visit("#/").await?;
        Ok(app)
    }

    /// A new profile, English, with an engagement in the middle of things, at one of its places.
    pub async fn with_contoso(base: &str, hash: &str) -> Result<Self> {
        let app = Self::closed(base, Options::default()).await?;
        let contoso = contoso(&Author::new("Anna", "en"))?;
        app.visit_with(&kept(&[contoso])?, hash).await?;
        Ok(app)
    }

    /// A new profile, English, in which nothing has been opened yet, and in which the app may keep its files for later.
    pub async fn for_offline(base: &str) -> Result<Self> {
        Self::start(base, Options::default(), true).await
    }

    /// A browser in which nothing has been opened yet. In a profile that stays the app may keep its files too.
    pub async fn closed(base: &str, options: Options) -> Result<Self> {
        let stays = options.profile != Profile::Fresh;
        Self::start(base, options, stays).await
    }

    async fn start(base: &str, options: Options, keeps_files: bool) -> Result<Self> {
        let downloads = Folder::new()?;
        let options = Options {
            downloads: Some(downloads.path().to_owned()),
            ..options
        };
        let driver = Driver::start()?;
        let browser = driver.open(options).await?;
        let app = Self {
            browser,
            _driver: driver,
            base: base.to_owned(),
            downloads,
            keeps_files,
        };
        app.watch().await?;
        Ok(app)
    }

    /// Closes the browser, unless something went wrong in a page meanwhile that the test did not look at.
    pub async fn finish(self) -> Result {
        self.finish_with(&[]).await
    }

    /// Lines of the console with one of these texts in them belong to the test.
    pub async fn finish_with(self, expected: &[&str]) -> Result {
        // Whatever the test was about, each backup that was made meanwhile has to be good for something.
        self.backups().await?;
        self.check_console(expected).await?;
        self.browser.close().await?;
        Ok(())
    }

    /// Kills the browser at once, whatever it is doing; its profile can be opened again.
    pub async fn kill(self) -> Result {
        self.browser.kill().await?;
        Ok(())
    }

    /// Errors in the console since the last call: refusals of the policy, errors of scripts, failed requests.
    pub async fn problems(&self) -> Result<Vec<String>> {
        let lines = self.console().await?;
        // A picture that stands alone, as in `step_aside`, makes the browser ask for the icon of the whole site.
        let errors = lines
            .into_iter()
            .filter(|line| line.level == "SEVERE" || line.source == "security")
            .filter(|line| !line.text.contains("/favicon.ico"));
        Ok(errors.map(|line| line.text).collect())
    }

    async fn check_console(&self, expected: &[&str]) -> Result {
        let mut problems = self.problems().await?;
        problems.retain(|line| !expected.iter().any(|text| line.contains(text)));
        if problems.is_empty() {
            Ok(())
        } else {
            Err(format!("in the console: {problems:#?}").into())
        }
    }

    async fn watch(&self) -> Result {
        let scripts = if self.keeps_files {
            &[WATCH][..]
        } else {
            &[WATCH, ONLINE]
        };
        for script in scripts {
            self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }))
                .await?;
        }
        Ok(())
    }

    // ---- Going places ----

    /// Loads the page at an address of the app, such as `#/settings`.
    pub async fn visit(&self, hash: &str) -> Result {
        self.goto(&format!("{}{hash}", self.base)).await?;
        self.stands().await
    }

    /// Loads the page again, as with F5.
    pub async fn reload(&self) -> Result {
        self.refresh().await?;
        self.stands().await
    }

    /// Waits until the app stands.
    pub async fn stands(&self) -> Result {
        self.until(READY).await?;
        Ok(())
    }

    /// Follows an address within the page, as a link does, and waits for the place.
    pub async fn go(&self, hash: &str) -> Result {
        let follow = format!(
            "location.hash === {hash} || await new Promise((done) => {{
                addEventListener('hashchange', () => setTimeout(() => done(true)), {{ once: true }});
                location.hash = {hash};
            }})",
            hash = quoted(hash)
        );
        self.evaluate(&follow).await?;
        let route = Route::parse(hash).ok_or("not an address of the app")?;
        self.at(route.name()).await?;
        if let Route::Work(_, process, _) | Route::Process(process, _) = &route {
            self.guidance_is_there(process.as_str()).await?;
        }
        Ok(())
    }

    /// Waits until a page of this kind shows, with no step without its words: they come after the page.
    pub async fn at(&self, route: &str) -> Result {
        self.until(&format!(
            "document.querySelector('main').dataset.route === {}
                && [...document.querySelectorAll('.step .guide')].every((guide) => guide.childElementCount > 0)",
            quoted(route)
        ))
        .await?;
        Ok(())
    }

    /// Waits until the words of a process are drawn; they come after the page, step by step.
    pub async fn guidance_is_there(&self, process: &str) -> Result {
        let drawn = format!(
            "document.querySelector('[data-process={}]') !== null
                && [...document.querySelectorAll('.step')].every((step) => step.querySelector('.guide')?.childElementCount > 0)",
            quoted(process)
        );
        self.until(&drawn).await?;
        Ok(())
    }

    /// A second window of the same browser at an address of the app.
    pub async fn open_window(&self, hash: &str) -> Result<fantoccini::wd::WindowHandle> {
        let window = self.new_window(false).await?.handle;
        self.switch_to_window(window.clone()).await?;
        self.watch().await?;
        self.device(1280, 900, 1.0, false).await?;
        self.visit(hash).await?;
        Ok(window)
    }

    /// Leaves the app for a page of the same origin that is none of it, where the storage can be looked at in peace.
    pub async fn step_aside(&self) -> Result {
        self.goto(&format!("{}icon.svg", self.base)).await?;
        self.until("document.documentElement.localName === 'svg'").await?;
        Ok(())
    }

    /// The engagement that is open.
    pub async fn engagement(&self) -> Result<String> {
        let hash = self.text_of_expression("location.hash").await?;
        let route = Route::parse(&hash).ok_or("not an address of the app")?;
        Ok(route
            .engagement()
            .ok_or_else(|| format!("no engagement at {hash}"))?
            .to_string())
    }

    // ---- Looking ----

    /// The value of an expression that is a text.
    pub async fn text_of_expression(&self, expression: &str) -> Result<String> {
        let value = self.evaluate(expression).await?;
        Ok(value
            .as_str()
            .ok_or_else(|| format!("not a text but {value}: {expression}"))?
            .to_owned())
    }

    /// Whether an expression is true now.
    pub async fn holds(&self, expression: &str) -> Result<bool> {
        Ok(self.evaluate(&format!("Boolean({expression})")).await? == true)
    }

    /// The text of an element, as it is drawn.
    pub async fn text(&self, css: &str) -> Result<String> {
        self.there(css).await?;
        self.text_of_expression(&format!("document.querySelector({}).innerText", quoted(css)))
            .await
    }

    /// Waits until an element is there.
    pub async fn there(&self, css: &str) -> Result {
        self.until(&format!("document.querySelector({}) !== null", quoted(css)))
            .await?;
        Ok(())
    }

    /// How many elements there are.
    pub async fn count(&self, css: &str) -> Result<u64> {
        let count = self
            .evaluate(&format!("document.querySelectorAll({}).length", quoted(css)))
            .await?;
        Ok(count.as_u64().unwrap_or_default())
    }

    /// Waits until the text of an element holds this.
    pub async fn says(&self, css: &str, text: &str) -> Result {
        let expression = format!(
            "document.querySelector({}).innerText.includes({})",
            quoted(css),
            quoted(text)
        );
        self.until(&expression).await?;
        Ok(())
    }

    /// Waits for the state of saving: `saved`, `safe`, `shared` or `unsaved`.
    pub async fn save_state(&self, state: &str) -> Result {
        self.there(&format!("[data-save-state={state}]")).await
    }

    /// Waits until everything is kept, in whichever of the two stores.
    pub async fn kept(&self) -> Result {
        self.there("[data-save-state=saved], [data-save-state=safe], [data-save-state=shared]")
            .await
    }

    /// Waits until the page says that everything survives a crash.
    pub async fn until_safe(&self) -> Result {
        self.there("[data-save-state=safe], [data-save-state=shared]").await
    }

    /// The keys of the second store, which has to be there.
    pub async fn second_store(&self) -> Result<Vec<String>> {
        let read = "await new Promise((done, fail) => {
            const opened = indexedDB.open('ep');
            opened.onerror = () => fail(opened.error);
            opened.onsuccess = () => {
                const keys = opened.result.transaction('texts').objectStore('texts').getAllKeys();
                keys.onerror = () => fail(keys.error);
                keys.onsuccess = () => {
                    opened.result.close();
                    done(keys.result);
                };
            };
        })";
        Ok(serde_json::from_value(self.evaluate(read).await?)?)
    }

    /// Takes the second store away, as clearing what the browser keeps does. Pages that have it open let go of it.
    pub async fn remove_second_store(&self) -> Result {
        let remove = "await new Promise((done, fail) => {
            const removed = indexedDB.deleteDatabase('ep');
            removed.onsuccess = () => done(true);
            removed.onerror = () => fail(removed.error);
        })";
        self.evaluate(remove).await?;
        Ok(())
    }

    /// Role and name of an element as assistive technology gets them.
    pub async fn accessible(&self, css: &str) -> Result<(String, String)> {
        let root = self.cdp("DOM.getDocument", json!({ "depth": 0 })).await?;
        let found = self
            .cdp(
                "DOM.querySelector",
                json!({ "nodeId": root["root"]["nodeId"], "selector": css }),
            )
            .await?;
        let tree = self
            .cdp(
                "Accessibility.getPartialAXTree",
                json!({ "nodeId": found["nodeId"], "fetchRelatives": false }),
            )
            .await?;
        let text = |member: &str| {
            tree["nodes"][0][member]["value"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        };
        Ok((text("role"), text("name")))
    }

    /// Every text of the app that a person can see or hear, folded parts too.
    pub async fn all_texts(&self) -> Result<String> {
        let collect = "(() => {
            const texts = [document.title, document.getElementById('app').textContent];
            for (const element of document.querySelectorAll('#app *')) {
                for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
                    if (element.hasAttribute(name)) texts.push(element.getAttribute(name));
                }
            }
            return texts.join('\\n');
        })()";
        self.text_of_expression(collect).await
    }

    /// Everything in the storage that is ours, but not the playbook, which is only a copy of what the app brings.
    pub async fn storage(&self) -> Result<Value> {
        let read = "Object.fromEntries(Object.keys(localStorage).sort()
            .filter((key) => key.startsWith('ep.') && !key.startsWith('ep.p.')).map((key) => [key, localStorage.getItem(key)]))";
        Ok(self.evaluate(read).await?)
    }

    /// Puts texts under keys of the storage.
    pub async fn store(&self, keys: &[(String, String)]) -> Result {
        for (key, text) in keys {
            self.execute(
                "localStorage.setItem(arguments[0], arguments[1])",
                vec![json!(key), json!(text)],
            )
            .await?;
        }
        Ok(())
    }

    /// Puts texts under keys before the app is opened at an address.
    pub async fn visit_with(&self, keys: &[(String, String)], hash: &str) -> Result {
        self.step_aside().await?;
        self.store(keys).await?;
        self.visit(hash).await
    }

    /// As on the first day: nothing is stored, and the app has been opened again.
    pub async fn empty(&self) -> Result {
        self.step_aside().await?;
        self.evaluate("localStorage.clear()").await?;
        self.remove_second_store().await?;
        self.visit("#/").await
    }

    // ---- Doing ----

    /// Clicks an element as soon as it can be clicked. What the bar covers is scrolled into the middle, as a person would.
    pub async fn click(&self, css: &str) -> Result {
        let start = Instant::now();
        while let Err(error) = self.browser.click(css).await {
            if start.elapsed() > PATIENCE {
                return Err(format!("cannot click {css}: {error}").into());
            }
            tokio::time::sleep(AGAIN).await;
        }
        Ok(())
    }

    /// Clicks a box and waits until it is ticked, or no longer ticked.
    pub async fn tick(&self, css: &str, on: bool) -> Result {
        self.there(css).await?;
        let is = format!("document.querySelector({}).checked === {on}", quoted(css));
        assert!(!self.holds(&is).await?, "{css} is so already");
        self.click(css).await?;
        self.until(&is).await?;
        Ok(())
    }

    /// Waits until these tasks are there and ticked.
    pub async fn until_ticked(&self, tasks: &[&str]) -> Result {
        for task in tasks {
            self.until(&format!("document.querySelector('#check-{task}')?.checked"))
                .await?;
        }
        Ok(())
    }

    /// Opens a folded part by its summary.
    pub async fn unfold(&self, css: &str) -> Result {
        self.click(&format!("{css} > summary")).await?;
        self.until(&format!("document.querySelector({}).open", quoted(css)))
            .await?;
        Ok(())
    }

    /// Writes into a field in place of what stands there, and leaves it.
    pub async fn fill(&self, css: &str, text: &str) -> Result {
        self.click(css).await?;
        let keys = format!("{}a{}{text}{}", key::CONTROL, key::RELEASE, key::TAB);
        self.find(Locator::Css(css)).await?.send_keys(&keys).await?;
        self.until(&format!(
            "document.querySelector({})?.value === {}",
            quoted(css),
            quoted(text)
        ))
        .await?;
        Ok(())
    }

    /// The keys that type a day into a native date field, in the order in which this browser shows its parts.
    pub async fn day_keys(&self, day: &str) -> Result<String> {
        let parts: Vec<&str> = day.split('-').collect();
        let [year, month, date] = parts[..] else {
            return Err(format!("not a day: {day}").into());
        };
        let order = "new Intl.DateTimeFormat(undefined, { year: 'numeric', month: '2-digit', day: '2-digit' })
            .formatToParts().map((part) => part.type).filter((type) => type !== 'literal')";
        let mut keys = String::new();
        for part in self.evaluate(order).await?.as_array().into_iter().flatten() {
            match part.as_str() {
                // A year may have more digits, so the field does not go on by itself.
                Some("year") => keys.extend(year.chars().chain([key::RIGHT])),
                Some("month") => keys.push_str(month),
                _ => keys.push_str(date),
            }
        }
        Ok(keys)
    }

    /// Types a day into a native date field, and leaves it; what comes of it is for the caller to wait for.
    pub async fn type_day_only(&self, css: &str, day: &str) -> Result {
        let keys = self.day_keys(day).await?;
        self.there(css).await?;
        let field = self.find(Locator::Css(css)).await?;
        field.send_keys(&keys).await?;
        field.send_keys(&key::TAB.to_string()).await?;
        Ok(())
    }

    /// Types a day into a native date field, and leaves it.
    pub async fn type_day(&self, css: &str, day: &str) -> Result {
        self.type_day_only(css, day).await?;
        self.until(&format!(
            "document.querySelector({}).value === {}",
            quoted(css),
            quoted(day)
        ))
        .await?;
        Ok(())
    }

    /// Chooses an option by its value.
    pub async fn choose(&self, css: &str, value: &str) -> Result {
        self.there(css).await?;
        self.find(Locator::Css(css)).await?.select_by_value(value).await?;
        self.until(&format!(
            "document.querySelector({}).value === {}",
            quoted(css),
            quoted(value)
        ))
        .await?;
        Ok(())
    }

    /// Chooses an option where nothing may be changed: the old one has to show again.
    pub async fn choose_in_vain(&self, css: &str, value: &str) -> Result {
        self.there(css).await?;
        let before = self
            .text_of_expression(&format!("document.querySelector({}).value", quoted(css)))
            .await?;
        assert_ne!(before, value);
        self.find(Locator::Css(css)).await?.select_by_value(value).await?;
        self.until(&format!(
            "document.querySelector({}).value === {}",
            quoted(css),
            quoted(&before)
        ))
        .await?;
        Ok(())
    }

    /// Waits until the browser asks whether the page may be left; only with [`Options::keep_questions`].
    pub async fn question(&self) -> Result {
        let start = Instant::now();
        while let Err(error) = self.get_alert_text().await {
            if start.elapsed() > PATIENCE {
                return Err(format!("nothing was asked: {error}").into());
            }
            tokio::time::sleep(AGAIN).await;
        }
        Ok(())
    }

    /// Presses keys one after the other, wherever the focus is.
    pub async fn press(&self, keys: &[char]) -> Result {
        let pressed = keys
            .iter()
            .fold(KeyActions::new("keyboard".to_owned()), |actions, key| {
                actions
                    .then(KeyAction::Down { value: *key })
                    .then(KeyAction::Up { value: *key })
            });
        self.perform_actions(pressed).await?;
        Ok(())
    }

    /// Holds the first key while the others are pressed one after the other.
    pub async fn chord(&self, keys: &[char]) -> Result {
        let Some((held, others)) = keys.split_first() else {
            return Ok(());
        };
        let begin = KeyActions::new("keyboard".to_owned()).then(KeyAction::Down { value: *held });
        let pressed = others.iter().fold(begin, |actions, key| {
            actions
                .then(KeyAction::Down { value: *key })
                .then(KeyAction::Up { value: *key })
        });
        self.perform_actions(pressed.then(KeyAction::Up { value: *held }))
            .await?;
        Ok(())
    }

    /// Presses Tab until the element has the focus, at most so many times.
    pub async fn tab_to(&self, css: &str, most: usize) -> Result {
        let there = format!("document.activeElement.matches({})", quoted(css));
        for _ in 0..most {
            self.press(&[key::TAB]).await?;
            if self.holds(&there).await? {
                return Ok(());
            }
        }
        let at = self.text_of_expression("document.activeElement.outerHTML").await?;
        Err(format!("{most} times Tab does not lead to {css}; the focus is at {at}").into())
    }

    /// Chooses a language in the bar, and waits until the page is in it.
    pub async fn speak(&self, tag: &str) -> Result {
        self.choose("#language", tag).await?;
        self.until(&format!("document.documentElement.lang === {}", quoted(tag)))
            .await?;
        Ok(())
    }

    // ---- Files ----

    /// Clicks what saves a file, and gives its name and text.
    pub async fn download(&self, css: &str) -> Result<(String, String)> {
        self.click(css).await?;
        self.downloaded().await
    }

    /// The file that is being saved, when it is there. It is taken out of the folder, so that the next one has its own name.
    pub async fn downloaded(&self) -> Result<(String, String)> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            for entry in std::fs::read_dir(self.downloads.path())? {
                let entry = entry?;
                let (name, path) = (entry.file_name().to_string_lossy().into_owned(), entry.path());
                // The browser holds the name with an empty file first.
                if [".json", ".md", ".txt"].iter().any(|end| name.ends_with(end)) && entry.metadata()?.len() > 0 {
                    let text = std::fs::read_to_string(&path)?;
                    std::fs::remove_file(path)?;
                    return Ok((name, text));
                }
            }
            tokio::time::sleep(AGAIN).await;
        }
        Err("no file was saved".into())
    }

    /// The text of a file with one engagement, by the button of its page.
    pub async fn export(&self, engagement: &str) -> Result<String> {
        self.go(&format!("#/e/{engagement}")).await?;
        let (name, text) = self.download(".head button.btn").await?;
        assert!(name.ends_with(".engagement.json"), "{name}");
        Ok(text)
    }

    /// Hands a file to the page of imports; what comes of it is for the caller to wait for.
    pub async fn offer(&self, file: &Path) -> Result {
        self.go("#/import").await?;
        let path = file.to_string_lossy().into_owned();
        self.find(Locator::Id("file")).await?.send_keys(&path).await?;
        Ok(())
    }

    /// Imports a file whose preview has been looked at.
    pub async fn accept(&self) -> Result {
        self.click("#accept").await?;
        self.until("document.querySelector('main').dataset.route !== 'import'")
            .await?;
        Ok(())
    }

    // ---- What an engagement is ----

    /// Everything that a person can see of an engagement, whatever the language: tasks with their states, the customer, the
    /// services and facts, the notes.
    pub async fn everything_about(&self, engagement: &str) -> Result<Value> {
        self.go(&format!("#/e/{engagement}/tasks")).await?;
        let tasks = self
            .evaluate(
                "Object.fromEntries([...document.querySelectorAll('main li.task')].map((task) =>
                    [task.dataset.task, [...task.querySelectorAll('select')].map((select) => select.value)]))",
            )
            .await?;
        self.go(&format!("#/e/{engagement}/about")).await?;
        let about = self
            .evaluate(
                "Object.fromEntries([...document.querySelectorAll('main input, main select')].map((field) =>
                    [field.id, field.type === 'checkbox' || field.type === 'radio' ? field.checked : field.value]))",
            )
            .await?;
        self.go(&format!("#/e/{engagement}/notes")).await?;
        let notes = self
            .evaluate(
                "Object.fromEntries([...document.querySelectorAll('main [data-note]')].map((note) =>
                    [note.dataset.note, note.querySelector('.words').textContent]))",
            )
            .await?;
        Ok(json!({ "tasks": tasks, "about": about, "notes": notes }))
    }
}
