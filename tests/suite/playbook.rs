//! The content: facts complete and consistent, every language the same, every word written.

use engagement_playbook::{
    app::words::{Form, W},
    exchange::HolidayError,
    playbook::{Guidance, Language, Names, Place, Recorded, Structure, Words, check, words::placeholders},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/content")
}

fn read<T: serde::de::DeserializeOwned>(path: &str) -> T {
    let text = fs::read_to_string(content().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub fn structure() -> Structure {
    read("structure.json")
}

/// Every process, then every reference page.
pub fn guidances() -> Vec<Guidance> {
    let structure = structure();
    let processes = structure
        .processes
        .iter()
        .map(|process| format!("guidance/{}.json", process.id));
    let pages = structure.references.iter().map(|page| format!("reference/{page}.json"));
    processes.chain(pages).map(|path| read(&path)).collect()
}

fn no_faults(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_edition_has_16_processes_80_steps_225_tasks_of_which_88_are_mandatory() {
    let structure = structure();
    let steps: Vec<_> = structure.processes.iter().flat_map(|process| &process.steps).collect();
    let rows = steps.iter().map(|step| step.tasks.len()).sum::<usize>();
    let mandatory = structure
        .tasks
        .values()
        .filter(|task| task.requirement == engagement_playbook::playbook::Requirement::Mandatory)
        .count();
    assert_eq!(
        (
            structure.processes.len(),
            steps.len(),
            rows,
            structure.tasks.len(),
            mandatory
        ),
        (16, 80, 233, 225, 88)
    );
    assert_eq!(
        structure.tasks.values().filter(|task| task.places.len() > 1).count(),
        8,
        "ids that stand in two processes"
    );
    // Two tracks of the playbook, and security, which its approach page describes as a way through the same tasks.
    assert_eq!((structure.states.len(), structure.tracks.len()), (13, 3));
}

#[test]
fn ids_are_unique_and_lead_somewhere() {
    no_faults(&check::structure(&structure()));
}

#[test]
fn what_is_written_down_is_asked_for_by_steps_that_exist_and_each_leads_back() {
    let structure = structure();
    for what in Recorded::ALL {
        let places: Vec<Place> = what.places().collect();
        assert!(!places.is_empty(), "{what:?} is asked for nowhere");
        for place in places {
            assert!(structure.step(&place).is_some(), "{place}");
            assert!(Recorded::at(&place).contains(&what), "{place}");
        }
    }
    let dibs = Place::parse("conduct-customer-kickoff/confirm-dibs").expect("process/step");
    assert_eq!(Recorded::at(&dibs), [Recorded::Dibs]);
    let nothing = Place::parse("migration/issue-management").expect("process/step");
    assert!(Recorded::at(&nothing).is_empty());
}

#[test]
fn states_are_grouped_and_settle_as_the_facts_say() {
    for state in structure().states {
        assert_eq!(
            (state.id.group(), state.id.settles()),
            (state.group, state.closes),
            "{:?}",
            state.id
        );
    }
}

#[test]
fn everything_has_a_name_in_all_six_languages() {
    let structure = structure();
    for language in Language::ALL {
        let names: Names = read(&format!("names/{}.json", language.tag()));
        assert_eq!(names.language, language.tag());
        no_faults(&check::names(&structure, &names));
    }
}

#[test]
fn blocks_stand_once_and_lead_somewhere() {
    let structure = structure();
    let all = guidances();
    assert_eq!(all.len(), 16 + 5);
    for guidance in all {
        no_faults(&check::guidance(&structure, &guidance));
    }
}

#[test]
fn every_offered_language_has_the_same_words_with_the_same_placeholders() {
    let structure = structure();
    for guidance in guidances() {
        let of = |language: Language| -> Words { read(&format!("words/{}/{}.json", language.tag(), guidance.process)) };
        let first = of(Language::En);
        for language in Language::OFFERED {
            no_faults(&check::words(
                &structure,
                &guidance,
                language.tag(),
                &of(language),
                &first,
            ));
        }
    }
}

#[test]
fn no_file_of_the_content_stands_beside_the_lists() {
    let structure = structure();
    let named = |ids: Vec<String>| -> BTreeSet<String> { ids.into_iter().map(|id| format!("{id}.json")).collect() };
    let processes = named(
        structure
            .processes
            .iter()
            .map(|process| process.id.to_string())
            .collect(),
    );
    let pages = named(structure.references.iter().map(ToString::to_string).collect());
    let offered = named(
        Language::OFFERED
            .iter()
            .map(|language| language.tag().to_owned())
            .collect(),
    );
    let all = named(Language::ALL.iter().map(|language| language.tag().to_owned()).collect());
    let files = |folder: &str| -> BTreeSet<String> {
        let folder = fs::read_dir(content().join(folder)).expect("a folder");
        folder
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect()
    };
    assert_eq!(files("guidance"), processes);
    assert_eq!(files("reference"), pages);
    assert_eq!(files("names"), all);
    assert_eq!(files("ui"), offered);
    assert_eq!(files("glossary"), offered);
    assert_eq!(files("lists"), offered);
    let words: BTreeSet<String> = processes.union(&pages).cloned().collect();
    for language in Language::OFFERED {
        assert_eq!(files(&format!("words/{}", language.tag())), words, "{}", language.tag());
    }
    assert_eq!(files("words").len(), offered.len());
    let top = [
        "README.md",
        "glossary",
        "guidance",
        "lists",
        "names",
        "reference",
        "structure.json",
        "ui",
        "words",
    ];
    assert_eq!(files(""), top.map(String::from).into());
}

fn ui(language: Language) -> BTreeMap<String, Form> {
    read(&format!("ui/{}.json", language.tag()))
}

fn texts(form: &Form) -> Vec<&String> {
    match form {
        Form::Plain(text) => vec![text],
        Form::Plural(forms) => forms.values().collect(),
    }
}

#[test]
fn every_word_of_the_app_is_written_in_every_offered_language() {
    let listed: BTreeSet<&str> = W::ALL.iter().map(|(key, _)| *key).collect();
    let first = ui(Language::En);
    for language in Language::OFFERED {
        let words = ui(language);
        let written: BTreeSet<&str> = words.keys().map(String::as_str).collect();
        assert_eq!(listed, written, "{}", language.tag());
        for (key, form) in &words {
            let wanted: BTreeSet<_> = texts(&first[key])
                .into_iter()
                .flat_map(|text| placeholders(text))
                .collect();
            for text in texts(form) {
                assert!(!text.trim().is_empty(), "{} {key} is empty", language.tag());
                let have: BTreeSet<_> = placeholders(text).into_iter().collect();
                assert_eq!(wanted, have, "{} {key}", language.tag());
            }
            if let Form::Plural(forms) = form {
                assert!(forms.contains_key("other"), "{} {key}", language.tag());
            }
        }
    }
}

#[test]
fn every_reason_why_holidays_are_refused_has_a_sentence_with_its_facts() {
    let (line, limit, text) = (3, 4, String::new());
    let [a, b] = [text.clone(), text];
    let words = ui(Language::En);
    for error in [
        HolidayError::TooLarge { size: 5, limit },
        HolidayError::TooManyDays { line, limit },
        HolidayError::NotACalendar,
        HolidayError::Empty,
        HolidayError::NotClosed { line },
        HolidayError::NotOpened { line },
        HolidayError::NoDay { line },
        HolidayError::NotADate { line, text: a },
        HolidayError::EndsBeforeItBegins { line },
        HolidayError::Ambiguous { line, text: b },
    ] {
        assert!(W::of(error.code()).is_some(), "{error:?}");
        let wanted: BTreeSet<_> = texts(&words[error.code()])
            .into_iter()
            .flat_map(|text| placeholders(text))
            .collect();
        let given: BTreeSet<_> = error.args().into_iter().map(|(name, _)| name.to_owned()).collect();
        assert_eq!(wanted, given, "{error:?}");
    }
}

/// Words, not placeholders or signs between them.
fn words_in(text: &str) -> usize {
    let is_word = |word: &&str| !word.starts_with('{') && word.contains(char::is_alphanumeric);
    text.split_whitespace().filter(is_word).count()
}

#[test]
fn no_language_is_left_in_english() {
    let first = ui(Language::En);
    for language in Language::OFFERED
        .into_iter()
        .filter(|language| *language != Language::En)
    {
        let same: Vec<_> = ui(language)
            .into_iter()
            .filter(|(key, form)| first[key] == *form && texts(form).iter().any(|text| words_in(text) > 2))
            .map(|(key, _)| key)
            .collect();
        assert!(same.is_empty(), "{}: {same:?}", language.tag());
    }
}

/// The facts the content was made from, when they stand beside the repository.
#[test]
fn official_names_and_structure_are_exactly_the_facts_when_those_are_there() {
    let facts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/facts/playbook.json");
    let Ok(text) = fs::read_to_string(facts) else { return };
    let facts: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let structure = structure();
    for (id, task) in facts["tasks"].as_object().expect("tasks") {
        let ours = &structure.tasks[id.as_str()];
        assert_eq!(task["role"], ours.role.as_str(), "{id}");
        assert_eq!(task["services"], serde_json::json!(ours.services), "{id}");
        for language in Language::ALL {
            let names: Names = read(&format!("names/{}.json", language.tag()));
            let key = if language == Language::PtBr {
                "pt"
            } else {
                language.tag()
            };
            let official = names.get("tasks", id).and_then(|name| name.official.clone());
            assert_eq!(task["names"][key].as_str().map(str::to_owned), official, "{id} {key}");
        }
    }
}
