//! Fields that are alike: the tables of names and the table of the file say the same, and what is written is read.

use crate::support::{by, contoso, draw, saved_and_loaded};
use chrono::NaiveDate;
use engagement_playbook::engagement::{
    Change, Datum, Engagement, EntryField, EntryKind, Factor, FactorState, Field, KNOWN, ProcessField, ServiceField,
    Shape, shape_of,
};

fn day(text: &str) -> NaiveDate {
    engagement_playbook::engagement::parse_day(text).expect("a day")
}

#[test]
fn every_field_by_name_stands_in_the_table_of_the_file_with_its_shape() {
    for field in ServiceField::ALL {
        assert_eq!(
            shape_of(&["services", "teams", field.name()]),
            Some(field.shape()),
            "{field:?}"
        );
    }
    for field in Field::ALL {
        assert_eq!(
            shape_of(&[field.section(), field.name()]),
            Some(field.shape()),
            "{field:?}"
        );
    }
    for field in ProcessField::ALL {
        assert_eq!(
            shape_of(&["processes", "migration", field.name()]),
            Some(field.shape()),
            "{field:?}"
        );
    }
    for kind in EntryKind::ALL {
        for field in kind.fields() {
            assert_eq!(
                shape_of(&[kind.section(), "e1", field.name()]),
                Some(field.shape()),
                "{kind:?} {field:?}"
            );
        }
        assert_eq!(shape_of(&[kind.section(), "e1", "removed"]), Some(Shape::Dots));
        let listed = KNOWN.iter().filter(|(path, _)| path[0] == kind.section()).count();
        // A handover also says what had been seen by then.
        let seen = usize::from(shape_of(&[kind.section(), "e1", "seen"]) == Some(Shape::Dots));
        assert_eq!(listed, kind.fields().len() + 1 + seen, "{kind:?} has no other field");
    }
}

#[test]
fn known_fields_are_sorted() {
    // By section they are found without going through all of them.
    assert!(KNOWN.is_sorted_by_key(|(path, _)| *path));
    assert!(KNOWN.iter().all(|(path, _)| path[0] != "*"));
    assert_eq!(shape_of(&["unheard-of", "field"]), None);
}

/// An engagement in which somebody did these things.
fn after(changes: &[Change]) -> Engagement {
    let mut engagement = Engagement::new(contoso());
    let replica = draw();
    for (number, change) in changes.iter().enumerate() {
        engagement.apply(change, &by(replica, 1_000 + number as i64));
    }
    saved_and_loaded(&engagement)
}

#[test]
fn a_start_date_that_moves_keeps_the_date_before_it_with_the_reason() {
    let moves = |text: &str, reason: &str| Change::SetStartDate {
        service: "teams".into(),
        day: Some(day(text)),
        reason: reason.to_owned(),
    };
    let engagement = after(&[
        moves("2026-11-02", ""),
        moves("2026-11-16", "The customer asked for two more weeks"),
    ]);
    let of = |field| engagement.service_day(&"teams".into(), field);
    assert_eq!(of(ServiceField::StartDate), Some(day("2026-11-16")));
    assert_eq!(of(ServiceField::StartDateBefore), Some(day("2026-11-02")));
    assert_eq!(
        engagement.service_text(&"teams".into(), ServiceField::StartDateReason),
        "The customer asked for two more weeks"
    );
    let first = after(&[moves("2026-11-02", "")]);
    assert_eq!(first.service_day(&"teams".into(), ServiceField::StartDateBefore), None);
}

#[test]
fn an_entry_is_begun_changed_taken_out_and_brought_back() {
    let write = |value| {
        Change::WriteEntry(
            EntryKind::Reading,
            "r1".into(),
            vec![
                (EntryField::Service, Datum::Text("teams".to_owned())),
                (EntryField::On, Datum::Day(Some(day("2026-11-20")))),
                (EntryField::Users, Datum::Number(Some(value))),
            ],
        )
    };
    let users = |engagement: &Engagement| {
        engagement
            .entries(EntryKind::Reading)
            .map(|entry| entry.number(EntryField::Users))
            .collect::<Vec<_>>()
    };
    let remove = Change::RemoveEntry(EntryKind::Reading, "r1".into());
    let restore = Change::RestoreEntry(EntryKind::Reading, "r1".into());
    assert_eq!(users(&after(&[write(84), write(85)])), [Some(85)]);
    assert_eq!(users(&after(&[write(85), remove.clone()])), []);
    assert_eq!(users(&after(&[write(84), remove.clone(), write(85)])), [Some(85)]);
    assert_eq!(users(&after(&[write(85), remove, restore])), [Some(85)]);
}

#[test]
fn closing_a_process_records_the_services_and_opening_it_forgets_them() {
    let close = Change::CloseProcess {
        process: "conduct-customer-kickoff".into(),
        on: day("2026-11-20"),
        reason: "Agreed by mail".to_owned(),
    };
    let scope = |service: &'static str| Change::SetServiceInScope(service.into(), true);
    let closed = after(&[scope("teams"), scope("exchange"), close.clone()]);
    let kickoff = "conduct-customer-kickoff".into();
    assert_eq!(closed.closed_on(&kickoff), Some(day("2026-11-20")));
    assert_eq!(closed.closed_reason(&kickoff), "Agreed by mail");
    assert_eq!(
        closed.closed_services(&kickoff),
        ["exchange".into(), "teams".into()].into()
    );
    let open = after(&[
        scope("teams"),
        close,
        Change::ReopenProcess("conduct-customer-kickoff".into()),
    ]);
    assert_eq!(open.closed_on(&kickoff), None);
    assert!(open.closed_services(&kickoff).is_empty());
}

#[test]
fn a_factor_an_answer_and_a_holiday_are_read_as_written() {
    let engagement = after(&[
        Change::SetFactor {
            service: "teams".into(),
            factor: Factor::Training,
            state: Some(FactorState::Gap),
            reason: "No trainer".to_owned(),
        },
        Change::SetAnswer("teams".into(), "intends".to_owned(), Some("yes".to_owned())),
        Change::SetHoliday(day("2026-12-25"), Some("Christmas".to_owned())),
        Change::SetHoliday(day("2026-12-26"), Some("Boxing Day".to_owned())),
        Change::SetHoliday(day("2026-12-26"), None),
    ]);
    assert_eq!(
        engagement.factor(&"teams".into(), Factor::Training),
        Some(FactorState::Gap)
    );
    assert_eq!(
        engagement.factor_reason(&"teams".into(), Factor::Training),
        "No trainer"
    );
    assert_eq!(engagement.factor(&"teams".into(), Factor::Awareness), None);
    assert_eq!(engagement.answer(&"teams".into(), "intends"), "yes");
    assert_eq!(engagement.holidays(), [(day("2026-12-25"), "Christmas".to_owned())]);
}

#[test]
fn every_field_of_the_file_has_a_name_for_people() {
    use engagement_playbook::app::field_words::field;
    for (path, _) in KNOWN {
        let named = match *path {
            // These are named by what they are about: a question, a factor, a day, the entry itself.
            ["about", "facts", _]
            | ["services", _, "answers" | "ssat", ..]
            | ["holidays", ..]
            | [.., "removed" | "seen"] => true,
            ["notes", ..] => true,
            ["tasks", _, name, _] | ["checks", _, _, name] | [.., name] => field(path[0], name).is_some(),
            [] => false,
        };
        assert!(named, "{path:?}");
    }
}

#[test]
fn the_newest_note_is_the_one_of_the_latest_day_that_has_come_and_was_not_removed() {
    let write = |note: &'static str, on: &str| Change::WriteNote {
        note: note.into(),
        text: "Talked to the customer".to_owned(),
        process: None,
        on: day(on),
        language: "en".to_owned(),
    };
    let changes = [
        write("n1", "2026-11-18"),
        write("n2", "2026-11-20"),
        write("n3", "2026-11-30"),
        Change::RemoveNote("n2".into()),
    ];
    let engagement = after(&changes);
    assert_eq!(engagement.newest_note(day("2026-11-25")), Some(day("2026-11-18")));
    assert_eq!(engagement.newest_note(day("2026-12-01")), Some(day("2026-11-30")));
    assert_eq!(engagement.newest_note(day("2026-11-17")), None);
}
