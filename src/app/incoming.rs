//! A file on its way in: read, checked, waiting for somebody to agree. Nothing of it has been used.

use super::{filling::isolated, later, route::Route, ui::Ui, words::W};
use crate::{
    browser::{files, page},
    engagement::Engagement,
    exchange::{self, ImportError},
};
use leptos::prelude::*;

/// What waits on the import page.
#[derive(Clone, Copy)]
pub struct Incoming {
    /// The name of the file; empty for a pasted text.
    pub name: RwSignal<String>,
    /// Its engagements, once it is checked.
    pub engagements: RwSignal<Option<Vec<Engagement>>>,
    /// Why it was refused.
    pub error: RwSignal<Option<String>>,
}

impl Incoming {
    /// Nothing waits.
    #[must_use]
    pub fn new() -> Self {
        Self {
            name: RwSignal::default(),
            engagements: RwSignal::new(None),
            error: RwSignal::new(None),
        }
    }

    /// Forgets what waits.
    pub fn clear(self) {
        self.engagements.set(None);
        self.error.set(None);
        self.name.set(String::new());
    }

    /// Takes a file: its size is checked before anything is read.
    pub fn take_file(self, ui: Ui, file: web_sys::File) {
        let name = file.name();
        if let Err(error) = exchange::check_size(file.size() as u64) {
            return self.refuse(ui, &name, &error);
        }
        leptos::task::spawn_local(async move {
            match files::read(&file).await {
                Ok(bytes) => self.take_text(ui, name, bytes),
                Err(_) => self.say(ui, &name, ui.word(W::import_unreadable)),
            }
        });
    }

    /// Takes a text: checked, then shown.
    pub fn take_text(self, ui: Ui, name: String, bytes: Vec<u8>) {
        leptos::task::spawn_local(async move {
            if later::read(ui, self, name.clone(), bytes).await.is_err() {
                self.say(ui, &name, ui.word(W::part_missing));
            }
        });
    }

    /// Checks a text; then it is shown, or the reason why not.
    pub fn check(self, ui: Ui, name: String, bytes: &[u8]) {
        match exchange::import(bytes) {
            Ok(engagements) => {
                self.error.set(None);
                self.name.set(name);
                self.engagements.set(Some(engagements));
                page::go(&Route::Import.href());
            }
            Err(error) => self.refuse(ui, &name, &error),
        }
    }

    fn refuse(self, ui: Ui, name: &str, error: &ImportError) {
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
        self.say(ui, name, ui.fill(word, &values));
    }

    fn say(self, ui: Ui, name: &str, reason: String) {
        self.engagements.set(None);
        let text = if name.is_empty() {
            reason
        } else {
            format!("{}: {reason}", isolated(name))
        };
        self.error
            .set(Some(format!("{text} {}", ui.word(W::import_changed_nothing))));
        page::go(&Route::Import.href());
    }
}

impl Default for Incoming {
    fn default() -> Self {
        Self::new()
    }
}
