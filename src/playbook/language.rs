//! The languages of the playbook. Which of them the app offers is decided by the words that are there.

/// A language by its tag, as in `<html lang>`, file names and `Intl`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English
    En,
    /// German
    De,
    /// Japanese
    Ja,
    /// Simplified Chinese
    ZhHans,
    /// Spanish
    Es,
    /// Brazilian Portuguese
    PtBr,
}

impl Language {
    /// The six languages of the facts.
    pub const ALL: [Language; 6] = [Self::En, Self::De, Self::Ja, Self::ZhHans, Self::Es, Self::PtBr];

    /// Those in which every word the app shows exists.
    pub const OFFERED: [Language; 4] = [Self::En, Self::De, Self::Ja, Self::ZhHans];

    /// The BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Ja => "ja",
            Self::ZhHans => "zh-Hans",
            Self::Es => "es",
            Self::PtBr => "pt-BR",
        }
    }

    /// Its name in itself, as the language menu shows it.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
            Self::Ja => "日本語",
            Self::ZhHans => "简体中文",
            Self::Es => "Español",
            Self::PtBr => "Português (Brasil)",
        }
    }

    /// The language a file of the content is written in, such as `words/ja/migration.json` or `names/de.json`; `None` for those
    /// without words.
    #[must_use]
    pub fn of_file(path: &str) -> Option<Self> {
        path.trim_end_matches(".json").split('/').skip(1).find_map(Self::parse)
    }

    /// The language with exactly this tag.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_belongs_to_its_language_or_to_all() {
        assert_eq!(
            Language::of_file("words/zh-Hans/migration.json"),
            Some(Language::ZhHans)
        );
        assert_eq!(Language::of_file("glossary/de.json"), Some(Language::De));
        assert_eq!(Language::of_file("guidance/migration.json"), None);
        assert_eq!(Language::of_file("structure.json"), None);
    }
}
