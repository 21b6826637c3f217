//! Copies of the playbook never take room from the work.

use engagement_playbook::{
    playbook::Language,
    workspace::{KeyValue, Memory, PLAYBOOK, keep_playbook},
};

fn file(path: &str, units: usize) -> (String, String) {
    (path.to_owned(), "x".repeat(units))
}

fn kept(store: &Memory) -> Vec<String> {
    store.keys().expect("memory")
}

#[test]
fn files_are_kept_as_long_as_they_fit() {
    let mut store = Memory::default();
    let files = [file("words/de/a.json", 300_000), file("words/ja/a.json", 300_000)];
    keep_playbook(&mut store, &files, Some(Language::Ja));
    assert_eq!(kept(&store), ["ep.p.words/de/a.json", "ep.p.words/ja/a.json"]);
}

#[test]
fn files_in_other_languages_go_first_and_only_as_many_as_must() {
    let mut store = Memory::default();
    let before = [
        file("structure.json", 100_000),
        file("words/de/a.json", 300_000),
        file("words/de/b.json", 200_000),
        file("words/ja/a.json", 200_000),
    ];
    keep_playbook(&mut store, &before, Some(Language::De));
    keep_playbook(&mut store, &[file("words/ja/b.json", 200_000)], Some(Language::Ja));
    assert_eq!(
        kept(&store),
        [
            "ep.p.structure.json",
            "ep.p.words/de/b.json",
            "ep.p.words/ja/a.json",
            "ep.p.words/ja/b.json"
        ]
    );
}

#[test]
fn what_does_not_fit_is_not_kept_and_nothing_of_the_language_in_use_goes_for_it() {
    let mut store = Memory::default();
    store.set("ep.e.contoso", "work").expect("memory");
    let files = [file("words/ja/a.json", 600_000), file("words/ja/b.json", PLAYBOOK / 2)];
    keep_playbook(&mut store, &files, Some(Language::Ja));
    assert_eq!(kept(&store), ["ep.e.contoso", "ep.p.words/ja/a.json"]);
}

#[test]
fn a_file_that_is_kept_again_counts_once() {
    let mut store = Memory::default();
    for _ in 0..3 {
        keep_playbook(&mut store, &[file("words/ja/a.json", 600_000)], Some(Language::Ja));
    }
    assert_eq!(kept(&store), ["ep.p.words/ja/a.json"]);
}
