//! What every component can reach: the store, the playbook, the language, the address. Handed down as context, copied freely.

use super::{
    components::filter::Filter,
    filling::isolated,
    route::{Route, Spot},
    shelf::Shelf,
    speech::Speech,
    store::Store,
    words::W,
};
use crate::{
    browser::{clock, content, page, prefs},
    engagement::node::Path,
    playbook::{EngagementId, Glossary, Guidance, Language, Names, Place, ProcessId, ServiceId, Structure, Words},
    rules::{self, Agenda, Overview},
};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::{collections::BTreeMap, sync::Arc};

/// What just happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// In words.
    pub text: String,
    /// The step that did it, where it can be taken back.
    pub step: Option<u64>,
}

/// The handle; cheap to copy.
#[derive(Clone, Copy)]
pub struct Ui {
    /// Engagements and how they are kept.
    pub store: Store,
    /// Where the user is.
    pub route: RwSignal<Route>,
    /// The day it is.
    pub today: RwSignal<NaiveDate>,
    /// What just happened, said once.
    pub toast: RwSignal<Option<Message>>,
    /// A new version of the app waits.
    pub update: RwSignal<bool>,
    filter: RwSignal<Filter>,
    speech: RwSignal<Arc<Speech>, LocalStorage>,
    structure: StoredValue<Arc<Structure>>,
    overviews: Answers<Overview>,
    agendas: Answers<Agenda>,
    conflicts: Answers<Vec<Path>>,
    guidance: Shelf<ProcessId, Guidance>,
    words: Shelf<(Language, ProcessId), Words>,
    glossaries: Shelf<Language, Glossary>,
    lists: Shelf<Language, Names>,
    /// The page that comes is drawn at once, since it is gone back to and scrolled to where it was.
    pub at_once: RwSignal<bool>,
    /// Also shows what does not hold for the customer.
    pub all_branches: RwSignal<bool>,
}

/// Answers about engagements, each kept in a memo of its own.
type Answers<T> = StoredValue<BTreeMap<EngagementId, ArcMemo<Option<Arc<T>>>>>;

/// The handle of the component that is being set up.
#[must_use]
pub fn use_ui() -> Ui {
    expect_context()
}

impl Ui {
    /// The handle, once the structure and a language are loaded.
    #[must_use]
    pub fn new(structure: Structure, speech: Speech, store: Store) -> Self {
        let route = Route::parse(&page::hash()).unwrap_or(Route::Portfolio);
        Self {
            store,
            route: RwSignal::new(route),
            today: RwSignal::new(clock::today()),
            toast: RwSignal::new(None),
            update: RwSignal::new(false),
            filter: RwSignal::new(Filter::default()),
            speech: RwSignal::new_local(Arc::new(speech)),
            structure: StoredValue::new(Arc::new(structure)),
            overviews: StoredValue::new(BTreeMap::new()),
            agendas: StoredValue::new(BTreeMap::new()),
            conflicts: StoredValue::new(BTreeMap::new()),
            guidance: Shelf::new(),
            words: Shelf::new(),
            glossaries: Shelf::new(),
            lists: Shelf::new(),
            at_once: RwSignal::new(false),
            all_branches: RwSignal::new(false),
        }
    }

    /// The filter of the lists of tasks.
    #[must_use]
    pub fn filter_signal(self) -> RwSignal<Filter> {
        self.filter
    }

    /// The playbook's skeleton.
    #[must_use]
    pub fn structure(self) -> Arc<Structure> {
        self.structure.get_value()
    }

    /// How an engagement stands: computed once after a change, whoever asks; `None` when it is not there.
    #[must_use]
    pub fn overview(self, id: &EngagementId) -> Option<Arc<Overview>> {
        self.answer(self.overviews, id, move |id| {
            self.store.with(id, |one| {
                let find = |one| self.structure.with_value(|structure| rules::overview(structure, one));
                one.map(|one| clock::measured("ep.overview", || Arc::new(find(one))))
            })
        })
    }

    /// What is next for an engagement, and by when; computed once after a change, where it is shown.
    #[must_use]
    pub fn agenda(self, id: &EngagementId) -> Option<Arc<Agenda>> {
        self.answer(self.agendas, id, move |id| {
            let today = self.today.get();
            self.store.with(id, |one| {
                let find = |one| {
                    self.structure
                        .with_value(|structure| rules::agenda(structure, one, today))
                };
                one.map(|one| clock::measured("ep.agenda", || Arc::new(find(one))))
            })
        })
    }

    /// The fields of an engagement that carry several values; found once after a change, for everybody who marks them.
    #[must_use]
    pub fn conflicts(self, id: &EngagementId) -> Arc<Vec<Path>> {
        let open = self.answer(self.conflicts, id, move |id| {
            self.store.with(id, |one| one.map(|one| Arc::new(one.conflicts())))
        });
        open.unwrap_or_default()
    }

    /// An answer about an engagement, from the memo that is kept for it.
    fn answer<T: PartialEq + Send + Sync + 'static>(
        self,
        kept: Answers<T>,
        id: &EngagementId,
        find: impl Fn(&EngagementId) -> Option<Arc<T>> + Send + Sync + 'static,
    ) -> Option<Arc<T>> {
        let known = kept.with_value(|all| all.get(id).cloned());
        let answer = known.unwrap_or_else(|| {
            let of = id.clone();
            let answer = ArcMemo::new(move |_| find(&of));
            kept.update_value(|all| {
                all.insert(id.clone(), answer.clone());
            });
            answer
        });
        answer.get()
    }

    /// The same handle in another language: what is said through it is said there, whatever the app itself speaks.
    #[must_use]
    pub fn speaking(self, speech: RwSignal<Arc<Speech>, LocalStorage>) -> Self {
        Self { speech, ..self }
    }

    /// What the app says in the chosen language.
    #[must_use]
    pub fn speech(self) -> Arc<Speech> {
        self.speech.get()
    }

    /// The chosen language.
    #[must_use]
    pub fn language(self) -> Language {
        self.speech.with(|speech| speech.language)
    }

    /// A word of the app, in the chosen language whenever it is drawn.
    pub fn say(self, word: W) -> impl Fn() -> String + Copy + Send + Sync + 'static {
        move || self.speech.with(|speech| speech.say(word))
    }

    /// A word of the app, now.
    #[must_use]
    pub fn word(self, word: W) -> String {
        self.speech.with(|speech| speech.say(word))
    }

    /// A word with its placeholders filled.
    #[must_use]
    pub fn fill(self, word: W, values: &[(&str, String)]) -> String {
        self.speech.with(|speech| speech.fill(word, values))
    }

    /// A word that counts.
    #[must_use]
    pub fn count(self, word: W, number: usize, values: &[(&str, String)]) -> String {
        self.speech.with(|speech| speech.count(word, number, values))
    }

    /// A name of the playbook.
    #[must_use]
    pub fn name(self, of: impl FnOnce(&Names) -> String) -> String {
        self.speech.with(|speech| of(&speech.names))
    }

    /// A service's name.
    #[must_use]
    pub fn service(self, id: &ServiceId) -> String {
        self.name(|names| names.service(id).to_owned())
    }

    /// Services in words: a, b and c.
    #[must_use]
    pub fn services(self, ids: &[ServiceId]) -> String {
        let names: Vec<String> = ids.iter().map(|id| self.service(id)).collect();
        self.speech.with(|speech| speech.locale.list(&names))
    }

    /// The name of an author, in its place, or a word for one who has given none.
    #[must_use]
    pub fn author(self, name: &str) -> String {
        if name.is_empty() {
            self.word(W::somebody)
        } else {
            isolated(name).into_owned()
        }
    }

    /// Names in a row, as in a line of facts: a, b, c.
    #[must_use]
    pub fn row(self, names: &[String]) -> String {
        names.join(match self.language() {
            Language::Ja | Language::ZhHans => "、",
            _ => ", ",
        })
    }

    /// A civil date with its year.
    #[must_use]
    pub fn day(self, day: NaiveDate) -> String {
        self.speech.with(|speech| speech.locale.day(day))
    }

    /// An instant where the user sits.
    #[must_use]
    pub fn instant(self, at: i64) -> String {
        self.speech.with(|speech| speech.locale.instant(at))
    }

    /// A number.
    #[must_use]
    pub fn number(self, number: usize) -> String {
        self.speech.with(|speech| speech.locale.number(number as f64))
    }

    /// Hands the whole address of a place of the app to the clipboard, and says so.
    pub fn copy_link(self, hash: &str) {
        page::copy(&page::address_of(hash));
        self.tell(self.word(W::link_copied));
    }

    /// Says what just happened.
    pub fn tell(self, text: String) {
        self.toast.set(Some(Message { text, step: None }));
    }

    /// Says what a person just did, and offers to take it back.
    pub fn tell_step(self, text: String) {
        let step = self.store.last_step.get_untracked();
        self.toast.set(Some(Message { text, step }));
    }

    /// Shows the app in another language, once all of it is there. Says so when it cannot be had.
    pub fn choose_language(self, language: Language) {
        leptos::task::spawn_local(async move {
            // On their way together; the page that is open changes at once and whole, others when they are opened.
            let open = self.route.with_untracked(|route| route.page_of_the_playbook().cloned());
            let tag = language.tag();
            let words = open.iter().map(|page| format!("words/{tag}/{page}.json"));
            let others = ["ui", "names", "glossary", "lists"].map(|kind| format!("{kind}/{tag}.json"));
            for path in words.chain(others) {
                leptos::task::spawn_local(async move {
                    let _ = content::load(&path).await;
                });
            }
            if let Some(page) = open {
                let loaded = load_words(language, &page).await;
                self.words.put((language, page), loaded);
            }
            match Speech::load(language).await {
                Ok(speech) => {
                    prefs::set_text("ep.language", language.tag());
                    self.store.write_in(language);
                    self.speech.set(Arc::new(speech));
                }
                Err(_) => self.tell(self.fill(W::language_failed, &[("language", language.own_name().into())])),
            }
        });
    }

    /// The blocks of a process or a reference page; `None` until they are loaded, and where this edition has none yet.
    #[must_use]
    pub fn guidance(self, page: &ProcessId) -> Option<Arc<Guidance>> {
        let is_process = self.structure.with_value(|structure| structure.process(page).is_some());
        let folder = if is_process { "guidance" } else { "reference" };
        self.guidance.get(page.clone(), |page| async move {
            let text = content::load(&format!("{folder}/{page}.json")).await.ok()?;
            serde_json::from_str(&text).ok()
        })
    }

    /// The words of a process in the chosen language; `None` until they are loaded, and where none are written yet.
    #[must_use]
    pub fn words(self, page: &ProcessId) -> Option<Arc<Words>> {
        let key = (self.language(), page.clone());
        self.words
            .get(key, |(language, page)| async move { load_words(language, &page).await })
    }

    /// The glossary in the chosen language; `None` until it is loaded.
    #[must_use]
    pub fn glossary(self) -> Option<Arc<Glossary>> {
        self.glossaries.get(self.language(), |language| async move {
            let text = content::load(&format!("glossary/{}.json", language.tag())).await.ok()?;
            Glossary::parse(&text).ok()
        })
    }

    /// A name of the lists that only the pages of an engagement show (statuses, reasons, questions, rules); empty until the
    /// lists are loaded, the id for one that this edition does not know.
    #[must_use]
    pub fn listed(self, list: &str, id: &str) -> String {
        let lists = self.lists.get(self.language(), |language| async move {
            let text = content::load(&format!("lists/{}.json", language.tag())).await.ok()?;
            serde_json::from_str::<Names>(&text).ok()
        });
        lists
            .map(|lists| {
                lists
                    .get(list, id)
                    .map_or_else(|| id.to_owned(), |name| name.shown().to_owned())
            })
            .unwrap_or_default()
    }

    /// Ids of a list with their names, the empty one first: what a field for a choice offers.
    pub fn options(self, list: &'static str, ids: Vec<&'static str>) -> Signal<Vec<(String, String)>> {
        Signal::derive(move || {
            let named = ids.iter().map(|id| ((*id).to_owned(), self.listed(list, id)));
            std::iter::once((String::new(), self.word(W::not_known_yet)))
                .chain(named)
                .collect()
        })
    }

    /// Whether the blocks and words of a process are loaded, or known not to be there.
    #[must_use]
    pub fn is_loaded(self, process: &ProcessId) -> bool {
        self.guidance.has(process) && self.words.has(&(self.language(), process.clone()))
    }

    /// The address of a task: within the open engagement when there is one, else in the playbook.
    #[must_use]
    pub fn task_href(self, task: &crate::playbook::TaskId) -> String {
        let place = self
            .structure()
            .tasks
            .get(task)
            .and_then(|task| task.places.first().cloned());
        place.map_or_else(
            || Route::Playbook.href(),
            |place| self.href_at(&place.process, Some(Spot::Task(task.clone()))),
        )
    }

    /// The address of a place of the playbook, within the open engagement when there is one.
    #[must_use]
    pub fn href_at(self, process: &ProcessId, spot: Option<Spot>) -> String {
        match self.route.with(|route| route.engagement().cloned()) {
            Some(engagement) => Route::Work(engagement, process.clone(), spot).href(),
            None => Route::Process(process.clone(), spot).href(),
        }
    }

    /// The name of a place: step, with its number's process.
    #[must_use]
    pub fn step(self, place: &Place) -> String {
        self.name(|names| names.step(place))
    }
}

async fn load_words(language: Language, process: &ProcessId) -> Option<Words> {
    let text = content::load(&format!("words/{}/{process}.json", language.tag()))
        .await
        .ok()?;
    serde_json::from_str(&text).ok()
}
