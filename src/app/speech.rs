//! Everything the app says in one language: its own words, the names of the playbook, and how that language writes dates and
//! numbers.

use super::{
    filling::fill,
    words::{UiWords, W},
};
use crate::{
    browser::{content, locale::Locale},
    playbook::{Language, Names},
};

/// One language, loaded whole before it shows: no mixture of languages is ever drawn.
pub struct Speech {
    /// The language.
    pub language: Language,
    /// The names of the playbook.
    pub names: Names,
    /// Dates, numbers, plurals.
    pub locale: Locale,
    words: UiWords,
}

impl Speech {
    /// Loads a language.
    ///
    /// # Errors
    /// A file of it is missing or damaged, or cannot be fetched now.
    pub async fn load(language: Language) -> Result<Self, String> {
        let tag = language.tag();
        let failed = |error: &dyn std::fmt::Debug| format!("{tag}: {error:?}");
        let (words, names) = (format!("ui/{tag}.json"), format!("names/{tag}.json"));
        let words = content::load(&words).await.map_err(|error| failed(&error))?;
        let names = content::load(&names).await.map_err(|error| failed(&error))?;
        Ok(Self {
            language,
            words: UiWords::parse(&words).map_err(|error| failed(&error))?,
            names: serde_json::from_str(&names).map_err(|error| failed(&error))?,
            locale: Locale::new(tag),
        })
    }

    /// A word of the app.
    #[must_use]
    pub fn say(&self, word: W) -> String {
        self.words.plain(word).to_owned()
    }

    /// A word with its placeholders filled.
    #[must_use]
    pub fn fill(&self, word: W, values: &[(&str, String)]) -> String {
        fill(self.words.plain(word), values)
    }

    /// A word that counts: the form for the number, with `{n}` and the other placeholders filled.
    #[must_use]
    pub fn count(&self, word: W, number: usize, values: &[(&str, String)]) -> String {
        let form = self.words.form(word, &self.locale.plural(number as f64));
        let text = fill(form, &[("n", self.locale.number(number as f64))]);
        fill(&text, values)
    }
}
