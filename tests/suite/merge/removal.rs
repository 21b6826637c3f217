//! T26: one removes, another writes on. And two small promises that belong to merging: agreement is no conflict, and
//! what is adopted twice is adopted once.

use crate::support::{by, contoso, draw};
use chrono::NaiveDate;
use engagement_playbook::{
    engagement::{Change, Datum, Engagement, EntryField, EntryKind, Put, merge},
    playbook::NoteId,
};

fn note() -> NoteId {
    "n1".into()
}

fn entry() -> [String; 2] {
    ["notes".to_owned(), note().to_string()]
}

fn with_a_note() -> Engagement {
    let mut engagement = Engagement::new(contoso());
    let on = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day");
    let text = "Kickoff agreed".to_owned();
    engagement.apply(
        &Change::WriteNote {
            note: note(),
            text,
            process: None,
            on,
            language: "en".to_owned(),
        },
        &by(draw(), 1_000),
    );
    engagement
}

fn shows(engagement: &Engagement) -> bool {
    engagement.note(&note()).is_some_and(|note| !note.removed)
}

#[test]
fn t26_an_entry_shows_when_somebody_wrote_on_while_another_removed_it() {
    let (mut mine, mut theirs) = (with_a_note(), Engagement::new(contoso()));
    theirs = merge(&theirs, &mine).engagement;
    let remover = draw();
    mine.apply(&Change::RemoveNote(note()), &by(remover, 9_000));
    assert!(!shows(&mine));
    theirs.apply(
        &Change::EditNote(note(), "Kickoff agreed for Monday".to_owned()),
        &by(draw(), 2_000),
    );
    for merged in [merge(&mine, &theirs).engagement, merge(&theirs, &mine).engagement] {
        assert!(shows(&merged));
        assert_eq!(
            merged.note(&note()).map(|note| note.text),
            Some("Kickoff agreed for Monday".to_owned())
        );
        assert_eq!(
            merged.removed_by(&entry()).map(|by| by.author),
            Some(format!("author of {remover}"))
        );
    }
}

#[test]
fn t26_an_entry_of_a_list_knows_who_removed_it_until_somebody_keeps_it() {
    let action = ["actions", "a1"].map(str::to_owned);
    let name = |text: &str| {
        let values = vec![(EntryField::Name, Datum::Text(text.to_owned()))];
        Change::WriteEntry(EntryKind::Action, "a1".into(), values)
    };
    let mut mine = Engagement::new(contoso());
    mine.apply(&name("Train the champions"), &by(draw(), 1_000));
    let mut theirs = mine.clone();
    let remover = draw();
    mine.apply(
        &Change::RemoveEntry(EntryKind::Action, "a1".into()),
        &by(remover, 9_000),
    );
    theirs.apply(&name("Train the champions in May"), &by(draw(), 2_000));
    let mut merged = merge(&mine, &theirs).engagement;
    assert!(merged.is_there(&action));
    let removed = merged.removed_by(&action).expect("somebody removed it");
    assert_eq!((removed.author, removed.at), (format!("author of {remover}"), 9_000));
    let keep = Put {
        path: [action.as_slice(), &["removed".to_owned()]].concat(),
        value: serde_json::Value::Null,
        only_over: None,
    };
    merged.apply(&Change::Put(vec![keep]), &by(draw(), 3_000));
    assert!(merged.is_there(&action));
    assert_eq!(merged.removed_by(&action), None);
}

#[test]
fn t26_a_removal_after_reading_everything_holds_and_can_be_taken_back() {
    let written = with_a_note();
    let mut removed = written.clone();
    removed.apply(&Change::RemoveNote(note()), &by(draw(), 2_000));
    let merged = merge(&written, &removed).engagement;
    assert!(!shows(&merged));
    assert_eq!(
        merged.note(&note()).map(|note| note.text),
        Some("Kickoff agreed".to_owned()),
        "its words stay"
    );
    let mut restored = merged;
    restored.apply(&Change::RestoreNote(note()), &by(draw(), 3_000));
    assert!(shows(&merge(&removed, &restored).engagement));
    assert_eq!(restored.removed_by(&entry()), None);
}

#[test]
fn two_who_wrote_the_same_agree() {
    let (mut mine, mut theirs) = (Engagement::new(contoso()), Engagement::new(contoso()));
    mine.apply(&Change::SetCustomer("Contoso".to_owned()), &by(draw(), 1_000));
    theirs.apply(&Change::SetCustomer("Contoso".to_owned()), &by(draw(), 2_000));
    assert!(merge(&mine, &theirs).engagement.conflicts().is_empty());
    theirs.apply(&Change::SetCustomer("Fabrikam".to_owned()), &by(draw(), 2_000));
    assert_eq!(
        merge(&mine, &theirs).engagement.conflicts(),
        [["about", "customer", "name"]]
    );
}

#[test]
fn an_orphan_that_is_found_again_undoes_nothing() {
    let author = draw();
    let mut whole = Engagement::new(contoso());
    whole.apply(&Change::SetCustomer("Contoso".to_owned()), &by(author, 1_000));
    let orphan = whole
        .apply(
            &Change::SetTenant("contoso.onmicrosoft.com".to_owned()),
            &by(author, 50_000),
        )
        .expect("news");
    let mut reader = Engagement::new(contoso());
    assert!(reader.adopt(&orphan, &by(draw(), 2_000)).is_some());
    assert_eq!(reader.tenant(), "contoso.onmicrosoft.com");
    reader.apply(&Change::SetTenant("contoso.de".to_owned()), &by(draw(), 3_000));
    assert!(reader.adopt(&orphan, &by(draw(), 4_000)).is_none());
    assert_eq!(reader.tenant(), "contoso.de");
}
