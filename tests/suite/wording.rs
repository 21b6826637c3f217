//! The words of the playbook: complete, the same in every language, found where they belong, and our own.

use crate::playbook::{guidances, structure};
use engagement_playbook::playbook::{
    Block, Glossary, Guidance, Language, Names, Piece, Words,
    glossary::{Part, reading_order},
    words::pieces,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn words(language: Language, page: &str) -> Words {
    let path = format!("src/content/words/{}/{page}.json", language.tag());
    serde_json::from_str(&text(&path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn glossary(language: Language) -> Glossary {
    let path = format!("src/content/glossary/{}.json", language.tag());
    Glossary::parse(&text(&path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Page, key and text of everything that is written in a language; labels of links are names, and left out.
fn written(language: Language) -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for guidance in guidances() {
        let page = guidance.process.to_string();
        for (key, text) in words(language, &page) {
            if !key.starts_with("res.") || key.ends_with(".about") {
                all.push((page.clone(), key, text));
            }
        }
    }
    for (id, term) in glossary(language).terms() {
        all.push(("glossary".to_owned(), id.to_owned(), term.text.clone()));
    }
    all
}

/// A text without its placeholders.
fn plain(text: &str) -> String {
    let pieces = pieces(text).expect("the checks allow no other");
    pieces
        .iter()
        .map(|piece| if let Piece::Text(text) = piece { text } else { " " })
        .collect()
}

// ---- Complete -------------------------------------------------------------------------------------------------------

#[test]
fn every_process_has_guidance_in_every_step_that_has_any_and_ends_and_leads_somewhere() {
    for guidance in guidances().iter().filter(|guidance| guidance.sections.is_empty()) {
        let id = &guidance.process;
        assert!(!guidance.purpose.is_empty(), "{id}: purpose");
        assert!(!guidance.objectives.is_empty(), "{id}: objectives");
        assert!(!guidance.key_outcomes.is_empty(), "{id}: key outcomes");
        assert!(!guidance.next.is_empty(), "{id}: next steps");
        let empty: Vec<_> = guidance
            .steps
            .iter()
            .filter(|(_, step)| step.guidance.is_empty())
            .map(|(id, _)| id)
            .collect();
        assert!(
            empty.iter().all(|step| step.as_str().starts_with("uncategorized")),
            "{id}: nothing is said in {empty:?}"
        );
    }
}

#[test]
fn every_task_of_the_facts_stands_on_a_process_page() {
    let structure = structure();
    let shown: BTreeSet<_> = structure
        .processes
        .iter()
        .flat_map(|process| &process.steps)
        .flat_map(|step| &step.tasks)
        .collect();
    assert_eq!(shown, structure.tasks.keys().collect());
    let written: BTreeSet<_> = guidances().into_iter().map(|guidance| guidance.process).collect();
    assert!(structure.processes.iter().all(|process| written.contains(&process.id)));
}

/// The links of the sources by process and step; `null` for those outside steps.
type Places = BTreeMap<String, Vec<(Option<String>, String)>>;

#[test]
fn every_published_link_stands_in_its_step_or_is_named_there() {
    let places: Places = serde_json::from_str(&text("tests/suite/resource_places.json")).expect("the fixture");
    assert!(places.values().map(Vec::len).sum::<usize>() > 100);
    for guidance in guidances() {
        let Some(places) = places.get(guidance.process.as_str()) else {
            continue;
        };
        let words = words(Language::En, guidance.process.as_str());
        for (step, url) in places {
            let found = match step {
                Some(step) => named_in(&guidance, step, &words).contains(url),
                None => guidance.resources().any(|resource| resource.url == *url),
            };
            assert!(found, "{} {step:?}: {url}", guidance.process);
        }
    }
}

/// The addresses that a step lists, and those its texts lead to.
fn named_in(guidance: &Guidance, step: &str, words: &Words) -> BTreeSet<String> {
    let step = &guidance.steps[step];
    let mut keys: Vec<String> = step
        .resources
        .iter()
        .map(|resource| format!("{}.about", resource.id))
        .collect();
    let blocks = [&step.guidance, &step.quality_inputs, &step.quality_outputs];
    blocks.into_iter().for_each(|blocks| add_keys(blocks, &mut keys));
    let linked: BTreeSet<String> = keys
        .iter()
        .filter_map(|key| pieces(words.get(key)?).ok())
        .flatten()
        .filter_map(|piece| {
            if let Piece::Resource(id) = piece {
                Some(id.to_string())
            } else {
                None
            }
        })
        .collect();
    let here = step.resources.iter().map(|resource| resource.url.clone());
    let elsewhere = guidance
        .resources()
        .filter(|resource| linked.contains(resource.id.as_str()));
    here.chain(elsewhere.map(|resource| resource.url.clone())).collect()
}

fn add_keys(blocks: &[Block], keys: &mut Vec<String>) {
    for block in blocks {
        keys.push(block.id.to_string());
        add_keys(&block.blocks, keys);
    }
}

// ---- Each language its own ------------------------------------------------------------------------------------------

/// The commonest words of English that are no words of German.
const COMMON: &str = "the be to of and a that have i it for not on with he as you do at this but his by from they we say \
    her she or will my one all would there their what so up out if about who get which go me when make can like time no \
    just him know take people into year your good some could them see other than then now look only come its over think \
    also back after use two how our work first well way even new want because any these give day most us is are was were \
    been has had more may should must each both between where those through during before under again further here why \
    few such own same too very does did being having until while against once does shall whether without within";

/// Words of German that look English.
const GERMAN: [&str; 14] = [
    "in", "an", "so", "am", "war", "will", "die", "man", "was", "all", "also", "has", "her", "us",
];

#[test]
fn no_sentence_is_left_in_english() {
    let common: BTreeSet<&str> = COMMON.split_whitespace().collect();
    let names = english_names();
    for language in Language::OFFERED
        .into_iter()
        .filter(|language| *language != Language::En)
    {
        let left: Vec<String> = written(language)
            .into_iter()
            .filter(|(_, _, text)| {
                let text = without(&plain(text), &names);
                text.split(['.', '。', '!', '?', ':', '：', '；', ';'])
                    .any(|sentence| is_english(sentence, &common))
            })
            .map(|(page, key, text)| format!("{page} {key}: {text}"))
            .collect();
        assert!(left.is_empty(), "{}:\n{}", language.tag(), left.join("\n"));
    }
}

/// Names that stay English: of services, and what the glossary knows; the longest first.
fn english_names() -> Vec<String> {
    let names: Names = serde_json::from_str(&text("src/content/names/en.json")).expect("names");
    let services = names.sections()["services"]
        .values()
        .map(|name| name.shown().to_owned());
    let glossary = glossary(Language::En);
    let terms = glossary.terms().flat_map(|(_, term)| {
        term.forms
            .iter()
            .chain(&term.long)
            .chain(&term.today)
            .chain([&term.term])
    });
    let mut all: Vec<String> = services
        .chain(terms.filter(|name| name.contains(char::is_uppercase)).cloned())
        .chain(
            [
                "OneDrive for Business",
                "Skype for Business",
                "Microsoft 365 Apps for Enterprise",
                "Identity and Access Management",
            ]
            .map(str::to_owned),
        )
        .collect();
    all.sort_by_key(|name| std::cmp::Reverse(name.len()));
    all
}

/// A text without names, and without what it quotes.
fn without(text: &str, names: &[String]) -> String {
    let mut text = text.to_owned();
    for (open, close) in [('„', '“'), ('“', '”'), ('「', '」')] {
        while let Some((start, end)) = text.find(open).and_then(|start| {
            let from = start + open.len_utf8();
            Some((start, from + text[from..].find(close)? + close.len_utf8()))
        }) {
            text.replace_range(start..end, " ");
        }
    }
    names.iter().fold(text, |text, name| text.replace(name.as_str(), " "))
}

/// Six or more Latin words, more than 15 % of them among the commonest of English. Words in capitals are names of fields.
fn is_english(sentence: &str, common: &BTreeSet<&str>) -> bool {
    let words: Vec<&str> = sentence
        .split(|letter: char| !letter.is_alphabetic() || letter as u32 >= 0x2E80)
        .filter(|word| !word.is_empty())
        .collect();
    let english = words
        .iter()
        .filter(|word| word.len() == 1 || !word.chars().all(char::is_uppercase))
        .map(|word| word.to_lowercase())
        .filter(|word| common.contains(word.as_str()) && !GERMAN.contains(&word.as_str()))
        .count();
    words.len() >= 6 && english * 100 > words.len() * 15
}

#[test]
fn a_sentence_left_in_english_is_found() {
    let common: BTreeSet<&str> = COMMON.split_whitespace().collect();
    assert!(is_english("Ask the customer what is still open", &common));
    assert!(!is_english(
        "Den Kunden fragen, was in der Beteiligung noch offen ist",
        &common
    ));
    assert!(!is_english("お客様に Exchange Online と Teams の状況を聞く", &common));
}

/// The published pages, when they stand beside the repository: no run of eight words, or of sixteen characters of Japanese or
/// Chinese, is taken over. Names are theirs: a run counts when most of its characters are kana or kanji.
#[test]
fn no_sentence_is_taken_from_the_published_pages_when_those_are_there() {
    let Ok(pages) = fs::read_dir(root().join("../shared/source-pages")) else {
        return;
    };
    let pages: Vec<String> = pages
        .filter_map(|page| fs::read_to_string(page.ok()?.path()).ok())
        .collect();
    assert!(!pages.is_empty());
    for language in Language::OFFERED {
        let cjk = matches!(language, Language::Ja | Language::ZhHans);
        let runs: BTreeSet<String> = pages.iter().flat_map(|page| runs(page, cjk)).collect();
        for (page, key, text) in written(language) {
            let copied = self::runs(&plain(&text), cjk)
                .into_iter()
                .find(|run| runs.contains(run));
            assert_eq!(copied, None, "{} {page} {key}", language.tag());
        }
    }
}

fn runs(text: &str, cjk: bool) -> Vec<String> {
    if cjk {
        let letters: Vec<char> = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        let windows = letters.windows(16);
        return windows
            .filter(|run| run.iter().filter(|letter| **letter as u32 >= 0x2E80).count() > 10)
            .map(|run| run.iter().collect())
            .collect();
    }
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.windows(8).map(|run| run.join(" ")).collect()
}

// ---- The glossary ---------------------------------------------------------------------------------------------------

#[test]
fn the_glossary_has_the_same_terms_in_every_language_and_no_string_means_two() {
    let first: Vec<String> = glossary(Language::En).terms().map(|(id, _)| id.to_owned()).collect();
    assert!(first.len() >= 60, "{}", first.len());
    for language in Language::OFFERED {
        let glossary = glossary(language);
        let ids: Vec<String> = glossary.terms().map(|(id, _)| id.to_owned()).collect();
        assert_eq!(ids, first, "{}", language.tag());
        let mut forms = BTreeSet::new();
        for (id, term) in glossary.terms() {
            assert!(
                !term.term.trim().is_empty() && !term.text.trim().is_empty(),
                "{} {id}",
                language.tag()
            );
            for form in &term.forms {
                assert!(
                    forms.insert(form.clone()),
                    "{} {id}: {form} stands twice",
                    language.tag()
                );
                assert_eq!(
                    glossary.parts(form),
                    [Part::Term(form, id)],
                    "{} {id}: {form}",
                    language.tag()
                );
            }
        }
    }
}

#[test]
fn acronyms_and_names_of_today_are_the_same_in_every_language() {
    let first = glossary(Language::En);
    for language in Language::OFFERED {
        let glossary = glossary(language);
        for (id, term) in first.terms() {
            let other = glossary.get(id).expect("the same terms");
            assert_eq!(
                (&term.long, &term.today),
                (&other.long, &other.today),
                "{} {id}",
                language.tag()
            );
            let acronym = term
                .term
                .chars()
                .all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '+');
            if acronym {
                assert_eq!(term.term, other.term, "{}", language.tag());
            }
        }
    }
}

#[test]
fn every_page_links_terms_in_every_language() {
    let structure = structure();
    for language in Language::OFFERED {
        let glossary = glossary(language);
        for guidance in guidances() {
            let steps = structure
                .process(&guidance.process)
                .map_or(&[][..], |process| &process.steps);
            let words = words(language, guidance.process.as_str());
            let linked = glossary.first_places(&reading_order(&guidance, steps), &words);
            let count: usize = linked.values().map(BTreeSet::len).sum();
            assert!(count >= 5, "{} {}: {count}", language.tag(), guidance.process);
        }
    }
}

/// Acronyms that need no explanation, names in capitals, and the fields of templates.
const KNOWN: &str = "FastTrack SharePoint OneDrive PowerShell LinkedIn PowerBI GetModern IT AD FAQ FAQs TRUE URL URLs VPN IE ID IDs \
    OS IP IPs VM AI LOA US CSV FA XLS PM SaaS SSL PDF GM EdX THE STATUS OF CONCERNS DESCRIBE CUSTOMER ENGAGEMENT DEPLOYMENT PROGRESS \
    SNAPSHOT KEY WORKLOADS REQUESTS FOR SUPPORT WORKLOAD AFFECTED SUMMARY NEXT ACTION FRPHubAADPChoosingtherightauthentication";

#[test]
fn every_acronym_of_the_texts_stands_in_the_glossary() {
    let glossary = glossary(Language::En);
    let mut known: BTreeSet<String> = KNOWN.split_whitespace().map(str::to_owned).collect();
    for (_, term) in glossary.terms() {
        known.extend(term.forms.iter().chain([&term.term]).cloned());
    }
    let mut unknown = BTreeSet::new();
    for (_, _, text) in written(Language::En).iter().filter(|(page, ..)| page != "glossary") {
        for word in plain(text).split(|letter: char| !letter.is_ascii_alphanumeric()) {
            let capitals = word.chars().filter(char::is_ascii_uppercase).count();
            let first = word.chars().next().is_some_and(|letter| letter.is_ascii_uppercase());
            if first && capitals >= 2 && !known.contains(word) && !known.contains(word.trim_end_matches('s')) {
                unknown.insert(word.to_owned());
            }
        }
    }
    // Parts of longer forms, such as "CAT" of "CAT team".
    unknown.retain(|word| {
        !known.iter().any(|form| {
            form.split(|c: char| !c.is_ascii_alphanumeric())
                .any(|part| part == word)
        })
    });
    assert!(unknown.is_empty(), "{unknown:?}");
}

// ---- The table of the README ----------------------------------------------------------------------------------------

const BEGIN: &str = "<!-- words -->\n";
const END: &str = "<!-- end words -->";

#[test]
fn the_readme_counts_what_is_written() {
    let readme = text("README.md");
    let (before, rest) = readme.split_once(BEGIN).expect("the README has a place for the table");
    let (there, after) = rest.split_once(END).expect("the README has an end of the table");
    let table = table();
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(root().join("README.md"), format!("{before}{BEGIN}{table}{END}{after}")).expect("writable");
    } else {
        assert_eq!(there, table, "run UPDATE_README=1 cargo test --test suite wording");
    }
}

fn table() -> String {
    let mut table = String::from(
        "| | processes | reference pages | steps | tasks | blocks | bullets | links | terms | words or characters |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for language in Language::OFFERED {
        let (mut processes, mut pages, mut blocks, mut bullets, mut links) = (0, 0, 0, 0, 0);
        for guidance in guidances() {
            let words = words(language, guidance.process.as_str());
            *(if guidance.sections.is_empty() {
                &mut processes
            } else {
                &mut pages
            }) += 1;
            let written = guidance
                .blocks()
                .into_iter()
                .filter(|block| words.contains_key(block.id.as_str()));
            for block in written {
                if block.blocks.is_empty() {
                    bullets += 1
                } else {
                    blocks += 1
                }
            }
            links += guidance
                .resources()
                .filter(|resource| words.contains_key(resource.id.as_str()))
                .count();
        }
        let texts: Vec<String> = written(language).iter().map(|(_, _, text)| plain(text)).collect();
        let size = match language {
            Language::Ja | Language::ZhHans => {
                let letters: usize = texts
                    .iter()
                    .map(|text| text.chars().filter(|letter| !letter.is_whitespace()).count())
                    .sum();
                format!("{letters} characters")
            }
            _ => format!(
                "{} words",
                texts.iter().map(|text| text.split_whitespace().count()).sum::<usize>()
            ),
        };
        let terms = glossary(language).terms().count();
        let names: Names =
            serde_json::from_str(&text(&format!("src/content/names/{}.json", language.tag()))).expect("names");
        let named = |section: &str| {
            names.sections()[section]
                .values()
                .filter(|name| !name.shown().is_empty())
                .count()
        };
        let (steps, tasks) = (named("steps"), named("tasks"));
        let _ = writeln!(
            table,
            "| {} | {processes} | {pages} | {steps} | {tasks} | {blocks} | {bullets} | {links} | {terms} | {size} |",
            language.own_name(),
        );
    }
    table
}
