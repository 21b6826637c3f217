//! The glossary of one language: acronyms, the playbook's own terms, products under their names of today; and where in a text
//! they stand.
//!
//! Read from `content/glossary/<language>.json`. A term is found by its `forms`, exact strings: no language is inflected by a
//! program. Of two forms that begin at one place the longer one counts; a form never begins or ends within a Latin word.

use super::{Guidance, Piece, Words, words::pieces};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// One term.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Term {
    /// The head word.
    pub term: String,
    /// An acronym written out, in English.
    #[serde(default)]
    pub long: Option<String>,
    /// A product's name of today.
    #[serde(default)]
    pub today: Option<String>,
    /// The strings by which it is found in a text; none where it would be found wrongly.
    #[serde(default)]
    pub forms: Vec<String>,
    /// The explanation.
    pub text: String,
}

/// The terms of one language by their ids, and their forms by their first letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glossary {
    terms: BTreeMap<String, Term>,
    /// First character to the forms that begin with it, the longest first, with the id of their term.
    forms: BTreeMap<char, Vec<(String, String)>>,
}

/// A part of a text: plain, or a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// As it stands.
    Plain(&'a str),
    /// The string that stands there, and the id of its term.
    Term(&'a str, &'a str),
}

impl Glossary {
    /// A glossary of these terms.
    #[must_use]
    pub fn new(terms: BTreeMap<String, Term>) -> Self {
        let mut forms: BTreeMap<char, Vec<(String, String)>> = BTreeMap::new();
        for (id, term) in &terms {
            for form in &term.forms {
                if let Some(first) = form.chars().next() {
                    forms.entry(first).or_default().push((form.clone(), id.clone()));
                }
            }
        }
        for all in forms.values_mut() {
            all.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
        }
        Self { terms, forms }
    }

    /// Reads a file of the content.
    ///
    /// # Errors
    /// When it is not a glossary.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text).map(Self::new)
    }

    /// The term with an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Term> {
        self.terms.get(id)
    }

    /// Every term with its id.
    pub fn terms(&self) -> impl Iterator<Item = (&str, &Term)> {
        self.terms.iter().map(|(id, term)| (id.as_str(), term))
    }

    /// A text in its parts; together they are the text.
    #[must_use]
    pub fn parts<'a>(&'a self, text: &'a str) -> Vec<Part<'a>> {
        let (mut parts, mut plain, mut at) = (Vec::new(), 0, 0);
        while let Some(first) = text[at..].chars().next() {
            match self.form_at(text, at, first) {
                Some((length, id)) => {
                    if plain < at {
                        parts.push(Part::Plain(&text[plain..at]));
                    }
                    parts.push(Part::Term(&text[at..at + length], id));
                    at += length;
                    plain = at;
                }
                None => at += first.len_utf8(),
            }
        }
        if plain < text.len() {
            parts.push(Part::Plain(&text[plain..]));
        }
        parts
    }

    fn form_at(&self, text: &str, at: usize, first: char) -> Option<(usize, &str)> {
        let within = |before: Option<char>, after: Option<char>| {
            before.is_some_and(is_of_a_word) && after.is_some_and(is_of_a_word)
        };
        if within(text[..at].chars().next_back(), Some(first)) {
            return None;
        }
        let fits = |form: &str| {
            let rest = text[at..].strip_prefix(form)?;
            (!within(form.chars().next_back(), rest.chars().next())).then_some(form.len())
        };
        let known = self.forms.get(&first)?;
        known.iter().find_map(|(form, id)| Some((fits(form)?, id.as_str())))
    }

    /// For every text of a page the terms that stand there for the first time on it, by the text's key. Headings of folded
    /// parts and labels of links have none: they can be clicked already.
    #[must_use]
    pub fn first_places(&self, order: &[String], words: &Words) -> BTreeMap<String, BTreeSet<String>> {
        let mut seen = BTreeSet::new();
        let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for key in order {
            let Some(Ok(pieces)) = words.get(key).map(|text| pieces(text)) else {
                continue;
            };
            for piece in &pieces {
                let Piece::Text(text) = piece else { continue };
                for part in self.parts(text) {
                    if let Part::Term(_, id) = part
                        && seen.insert(id.to_owned())
                    {
                        places.entry(key.clone()).or_default().insert(id.to_owned());
                    }
                }
            }
        }
        places
    }
}

/// Letters and digits of scripts that put spaces between words.
fn is_of_a_word(letter: char) -> bool {
    letter.is_alphanumeric() && (letter as u32) < 0x2E80
}

/// The keys of the texts of a page that may link terms, in the order in which they are read.
#[must_use]
pub fn reading_order(guidance: &Guidance, steps: &[super::Step]) -> Vec<String> {
    let mut order = vec!["summary".to_owned()];
    let mut add = |blocks: &[super::Block]| add_texts(blocks, &mut order);
    add(&guidance.purpose);
    add(&guidance.objectives);
    for step in steps.iter().filter_map(|step| guidance.steps.get(&step.id)) {
        add(&step.guidance);
        add(&step.quality_inputs);
        add(&step.quality_outputs);
    }
    add(&guidance.key_inputs);
    add(&guidance.key_outcomes);
    add(&guidance.next);
    for section in &guidance.sections {
        add(&section.blocks);
    }
    order
}

fn add_texts(blocks: &[super::Block], order: &mut Vec<String>) {
    for block in blocks {
        if block.when.is_none() || block.blocks.is_empty() {
            order.push(block.id.to_string());
        }
        add_texts(&block.blocks, order);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glossary(forms: &[(&str, &[&str])]) -> Glossary {
        let term = |forms: &[&str]| Term {
            term: forms[0].to_owned(),
            long: None,
            today: None,
            forms: forms.iter().map(|form| (*form).to_owned()).collect(),
            text: "what it is".to_owned(),
        };
        Glossary::new(
            forms
                .iter()
                .map(|(id, forms)| ((*id).to_owned(), term(forms)))
                .collect(),
        )
    }

    #[test]
    fn the_longer_of_two_terms_is_found() {
        let glossary = glossary(&[("ad", &["Azure AD"]), ("aadp", &["Azure AD Premium"])]);
        assert_eq!(
            glossary.parts("Azure AD Premium and Azure AD."),
            [
                Part::Term("Azure AD Premium", "aadp"),
                Part::Plain(" and "),
                Part::Term("Azure AD", "ad"),
                Part::Plain("."),
            ]
        );
    }

    #[test]
    fn a_form_within_a_latin_word_is_none_and_kana_are_no_boundary_problem() {
        let glossary = glossary(&[("fm", &["FM"]), ("fe", &["FE"])]);
        assert_eq!(glossary.parts("FMs"), [Part::Plain("FMs")]);
        assert_eq!(glossary.parts("CAFE"), [Part::Plain("CAFE")]);
        assert_eq!(glossary.parts("FMが"), [Part::Term("FM", "fm"), Part::Plain("が")]);
        assert_eq!(
            glossary.parts("由FM负责"),
            [Part::Plain("由"), Part::Term("FM", "fm"), Part::Plain("负责")]
        );
    }

    #[test]
    fn a_term_is_linked_where_it_stands_first() {
        let glossary = glossary(&[("fm", &["FM"])]);
        let words: Words = [("a", "No term."), ("b", "The FM and the FM."), ("c", "The FM.")]
            .map(|(key, text)| (key.to_owned(), text.to_owned()))
            .into();
        let order = ["a", "b", "c"].map(str::to_owned);
        let places = glossary.first_places(&order, &words);
        assert_eq!(
            places,
            BTreeMap::from([("b".to_owned(), BTreeSet::from(["fm".to_owned()]))])
        );
    }
}
