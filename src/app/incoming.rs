//! Files on their way in: read, checked, waiting for somebody to agree. Nothing of them has been used.
//!
//! Several come as one: each is checked by itself, one that is refused does not hold up the others and is named with its
//! reason, and copies of one engagement are joined before anybody looks.

use super::{filling::isolated, later, route::Route, ui::Ui, words::W};
use crate::{
    browser::{
        dropped::{DEEPEST, Dropped, MOST, Unread, Walked},
        files::Offered,
        page,
    },
    engagement::Engagement,
    exchange::{self, ImportError},
};
use leptos::prelude::*;

/// What waits on the import page.
#[derive(Clone, Copy)]
pub struct Incoming {
    /// The names of the files that were taken; empty for a pasted text.
    pub names: RwSignal<Vec<String>>,
    /// Their engagements, each once.
    pub engagements: RwSignal<Option<Vec<Engagement>>>,
    /// The files of several that were refused, each with its reason.
    pub refused: RwSignal<Vec<(String, String)>>,
    /// Why there is nothing to look at, or why nothing was taken in.
    pub error: RwSignal<Option<String>>,
    /// Which of how many files is being read.
    pub reading: RwSignal<Option<(usize, usize)>>,
    /// Counts what was given: only the last one is shown.
    round: StoredValue<u32>,
}

/// What became of files so far.
#[derive(Default)]
struct Batch {
    names: Vec<String>,
    engagements: Vec<Engagement>,
    refused: Vec<(String, String)>,
}

impl Incoming {
    /// Nothing waits.
    #[must_use]
    pub fn new() -> Self {
        Self {
            names: RwSignal::default(),
            engagements: RwSignal::new(None),
            refused: RwSignal::default(),
            error: RwSignal::new(None),
            reading: RwSignal::new(None),
            round: StoredValue::new(0),
        }
    }

    /// Forgets what waits.
    pub fn clear(self) {
        self.engagements.set(None);
        self.refused.set(Vec::new());
        self.error.set(None);
        self.names.set(Vec::new());
    }

    /// Takes files, one after the other: the size of each is checked before anything of it is read. Of a folder, what does not
    /// even have the name of one of our files is not read.
    pub fn take_files(self, ui: Ui, files: Vec<Offered>, folder: bool) {
        if files.is_empty() {
            return;
        }
        let round = self.begin();
        leptos::task::spawn_local(self.read(ui, round, files, folder, Batch::default()));
    }

    /// Takes what was dropped: files, and of folders those that have the name of one of ours.
    pub fn take_dropped(self, ui: Ui, dropped: Dropped) {
        if dropped.is_empty() {
            return;
        }
        let round = self.begin();
        leptos::task::spawn_local(async move {
            let has_folders = dropped.has_folders();
            let Walked { files, unread } = dropped.walk().await;
            let mut batch = Batch::default();
            let named = unread.into_iter().map(|(name, why)| (name, unread_text(ui, why)));
            batch.refused.extend(named);
            if has_folders && files.is_empty() && batch.refused.is_empty() {
                batch.add(String::new(), Err(ui.word(W::folder_has_none)));
            }
            self.read(ui, round, files, false, batch).await;
        });
    }

    /// Reads and checks files, one after the other, and shows what became of them.
    async fn read(self, ui: Ui, round: u32, files: Vec<Offered>, folder: bool, mut batch: Batch) {
        let all = files.len();
        for (place, file) in files.into_iter().enumerate() {
            if self.is_over(round) {
                return;
            }
            if all > 1 {
                self.reading.set(Some((place + 1, all)));
                page::go(&Route::Import.href());
            }
            let ours = !folder || file.name.to_lowercase().ends_with(".json");
            let size = exchange::check_size(file.size);
            let read = match size.and(if ours { Ok(()) } else { Err(ImportError::NotOurs) }) {
                Err(error) => Err(refusal(ui, &error)),
                Ok(()) => match file.read().await {
                    Ok(bytes) => check(ui, bytes).await,
                    Err(_) => Err(ui.word(W::import_unreadable)),
                },
            };
            batch.add(file.name, read);
        }
        self.show(ui, round, batch);
    }

    /// Takes a text.
    pub fn take_text(self, ui: Ui, bytes: Vec<u8>) {
        let round = self.begin();
        leptos::task::spawn_local(async move {
            let mut batch = Batch::default();
            batch.add(String::new(), check(ui, bytes).await);
            self.show(ui, round, batch);
        });
    }

    fn begin(self) -> u32 {
        self.round.update_value(|round| *round += 1);
        self.round.get_value()
    }

    /// Whether something else has been given since.
    fn is_over(self, round: u32) -> bool {
        self.round.get_value() != round
    }

    fn show(self, ui: Ui, round: u32, mut batch: Batch) {
        if self.is_over(round) {
            return;
        }
        self.reading.set(None);
        self.clear();
        if batch.names.is_empty() && batch.refused.len() == 1 {
            let (name, reason) = batch.refused.remove(0);
            let text = if name.is_empty() {
                reason
            } else {
                format!("{}: {reason}", isolated(&name))
            };
            self.error
                .set(Some(format!("{text} {}", ui.word(W::import_changed_nothing))));
        }
        self.refused.set(batch.refused);
        if !batch.names.is_empty() {
            self.names.set(batch.names);
            self.engagements.set(Some(exchange::together(batch.engagements)));
        }
        page::go(&Route::Import.href());
    }
}

impl Batch {
    fn add(&mut self, name: String, read: Result<Vec<Engagement>, String>) {
        match read {
            Ok(engagements) => {
                self.names.push(name);
                self.engagements.extend(engagements);
            }
            Err(reason) => self.refused.push((name, reason)),
        }
    }
}

/// The engagements of a text, or the reason why it is refused, in the user's language.
async fn check(ui: Ui, bytes: Vec<u8>) -> Result<Vec<Engagement>, String> {
    match later::read(bytes).await {
        Ok(read) => read.map_err(|error| refusal(ui, &error)),
        Err(_) => Err(ui.word(W::part_missing)),
    }
}

/// Why something in a folder was not read.
fn unread_text(ui: Ui, why: Unread) -> String {
    let limit = |word, limit| ui.fill(word, &[("limit", ui.number(limit))]);
    match why {
        Unread::File => ui.word(W::import_unreadable),
        Unread::Folder => ui.word(W::folder_unreadable),
        Unread::TooDeep => limit(W::folder_too_deep, DEEPEST),
        Unread::TooMany => limit(W::folder_too_many, MOST),
    }
}

fn refusal(ui: Ui, error: &ImportError) -> String {
    let word = W::of(error.code()).unwrap_or(W::import_not_ours);
    let values: Vec<(&str, String)> = error
        .args()
        .into_iter()
        .map(|(key, value)| match key {
            "fault" => (key, W::of(&value).map(|word| ui.word(word)).unwrap_or(value)),
            "size" | "limit" | "line" | "column" => (
                key,
                value.parse::<usize>().map(|number| ui.number(number)).unwrap_or(value),
            ),
            _ => (key, value),
        })
        .collect();
    ui.fill(word, &values)
}

impl Default for Incoming {
    fn default() -> Self {
        Self::new()
    }
}
