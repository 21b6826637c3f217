//! Choosing between values that nobody knew of: a choice is a new write and settles the field everywhere.

use crate::support::{by, contoso, day, draw};
use engagement_playbook::engagement::{Change, Engagement, merge};
use serde_json::json;

fn comment(text: &str) -> Change {
    Change::SetComment("994".into(), text.to_owned())
}

/// Two copies that say different things of one field, and what they have together.
fn copies() -> [Engagement; 3] {
    let mut mine = Engagement::new(contoso());
    mine.apply(&comment("called"), &by(draw(), 1_000));
    let mut theirs = mine.clone();
    mine.apply(&comment("called twice"), &by(draw(), 3_000));
    theirs.apply(&comment("no answer"), &by(draw(), 2_000));
    let both = merge(&mine, &theirs).engagement;
    [mine, theirs, both]
}

#[test]
fn t09_a_collision_in_one_field_is_listed_with_every_value_author_and_time() {
    let [mine, theirs, both] = copies();
    let open = both.open_conflicts();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].path, ["tasks", "994", "comment"]);
    let said: Vec<_> = open[0]
        .values
        .iter()
        .map(|claim| (claim.value.clone(), claim.at))
        .collect();
    assert_eq!(said, [(json!("called twice"), 3_000), (json!("no answer"), 2_000)]);
    for (claim, copy) in open[0].values.iter().zip([&mine, &theirs]) {
        let last = copy.last_change().expect("a change");
        assert_eq!((&claim.author, claim.at), (&last.author, last.at));
    }
}

#[test]
fn a_choice_settles_the_conflict_in_every_copy_with_the_same_bytes() {
    for keep in [0, 1] {
        let [mine, theirs, both] = copies();
        let conflict = &both.open_conflicts()[0];
        let chosen = conflict.values[keep].value.clone();
        let mut settled = both.clone();
        assert!(settled.apply(&conflict.keep(&chosen), &by(draw(), 9_000)).is_some());
        assert!(settled.conflicts().is_empty());
        let everywhere = [
            merge(&mine, &settled).engagement,
            merge(&theirs, &settled).engagement,
            merge(&settled, &both).engagement,
        ];
        for copy in everywhere {
            assert_eq!(copy, settled);
            assert_eq!(Some(copy.comment(&"994".into())), chosen.as_str());
        }
    }
}

#[test]
fn the_same_value_from_two_people_stands_once_with_its_last_writer() {
    let [.., both] = copies();
    let mut third = Engagement::new(contoso());
    let late = draw();
    third.apply(&comment("no answer"), &by(late, 8_000));
    let joined = merge(&both, &third).engagement;
    let values = &joined.open_conflicts()[0].values;
    assert_eq!(values.len(), 2);
    assert_eq!(
        (&values[0].value, values[0].at, values[0].author.clone()),
        (&json!("no answer"), 8_000, format!("author of {late}"))
    );
}

#[test]
fn both_texts_of_a_note_can_stay_as_two_notes() {
    let write = |text: &str| Change::WriteNote {
        note: "n1".into(),
        text: text.to_owned(),
        process: Some("migration".into()),
        on: day("2026-11-20"),
        language: "de".to_owned(),
    };
    let mut mine = Engagement::new(contoso());
    mine.apply(&write("Termin am Montag"), &by(draw(), 1_000));
    let mut theirs = mine.clone();
    mine.apply(
        &Change::EditNote("n1".into(), "Termin am Dienstag".into()),
        &by(draw(), 3_000),
    );
    theirs.apply(
        &Change::EditNote("n1".into(), "Meeting on Friday".into()),
        &by(draw(), 2_000),
    );
    let mut both = merge(&mine, &theirs).engagement;
    let conflict = both.open_conflicts().remove(0);
    assert_eq!(conflict.note(), Some("n1".into()));
    assert_eq!(
        conflict.entry.as_ref().map(|entry| entry["process"].clone()),
        Some(json!("migration"))
    );
    let signature = by(draw(), 9_000);
    for change in conflict.keep_both(&both.clone(), || "n2".into()) {
        assert!(both.apply(&change, &signature).is_some());
    }
    assert!(both.conflicts().is_empty());
    let notes: Vec<_> = both
        .notes()
        .into_iter()
        .map(|note| (note.id.to_string(), note.text, note.language))
        .collect();
    let note = |id: &str, text: &str, language: &str| (id.to_owned(), text.to_owned(), language.to_owned());
    assert_eq!(
        notes,
        [
            note("n2", "Meeting on Friday", "en"),
            note("n1", "Termin am Dienstag", "de")
        ]
    );
    assert!(
        copies()[2].open_conflicts()[0]
            .keep_both(&both, || "n3".into())
            .is_empty(),
        "no note"
    );
}

#[test]
fn two_who_removed_the_same_note_agree_whatever_each_had_seen() {
    let mut mine = Engagement::new(contoso());
    let write = Change::WriteNote {
        note: "n1".into(),
        text: "by mistake".to_owned(),
        process: None,
        on: day("2026-11-20"),
        language: "en".to_owned(),
    };
    mine.apply(&write, &by(draw(), 1_000));
    let mut theirs = mine.clone();
    mine.apply(&Change::RemoveNote("n1".into()), &by(draw(), 2_000));
    theirs.apply(&Change::EditNote("n1".into(), "really".into()), &by(draw(), 3_000));
    theirs.apply(&Change::RemoveNote("n1".into()), &by(draw(), 4_000));
    let both = merge(&mine, &theirs).engagement;
    assert!(both.notes()[0].removed);
    assert!(both.conflicts().is_empty());
}
