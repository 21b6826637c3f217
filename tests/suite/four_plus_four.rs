//! The 4+4: what is there, planned or missing per service, and where its guidance stands.

use crate::{
    playbook::structure,
    support::{by, contoso, draw},
};
use engagement_playbook::{
    engagement::{Change, Datum, Engagement, Factor, FactorState, ServiceField, Signature, parse_day},
    rules::{
        entitlement::Intent,
        four_plus_four::{BUSINESS_REASONS, Cell, Part, Row, Totals, matrix, totals},
    },
};

struct Desk {
    engagement: Engagement,
    by: Signature,
}

impl Desk {
    fn new() -> Self {
        let mut desk = Self {
            engagement: Engagement::new(contoso()),
            by: by(draw(), 1_000),
        };
        desk.does(Change::SetServiceInScope("teams".into(), true));
        desk
    }

    fn does(&mut self, change: Change) {
        self.by.now += 1;
        self.engagement.apply(&change, &self.by);
    }

    fn writes(&mut self, field: ServiceField, words: &str) {
        self.does(Change::SetService("teams".into(), field, Datum::Text(words.to_owned())));
    }

    fn puts(&mut self, factor: Factor, state: FactorState, reason: &str) {
        self.does(Change::SetFactor {
            service: "teams".into(),
            factor,
            state: Some(state),
            reason: reason.to_owned(),
        });
    }

    fn row(&self) -> Row {
        matrix(&self.engagement).remove(0)
    }
}

#[test]
fn of_a_service_about_which_nothing_is_known_all_eight_are_missing() {
    let row = Desk::new().row();
    assert_eq!((row.intent, row.cells), (Intent::Unknown, [Cell::Missing; 8]));
    assert_eq!(row.gaps(), Part::ALL);
}

#[test]
fn each_of_the_eight_is_there_once_it_is_on_record() {
    let mut desk = Desk::new();
    let target = parse_day("2027-03-01");
    desk.does(Change::SetService(
        "teams".into(),
        ServiceField::Target,
        Datum::Day(target),
    ));
    desk.writes(ServiceField::Status, "in-progress");
    desk.writes(ServiceField::BusinessReason, "work-from-anywhere");
    desk.writes(ServiceField::SuccessOwner, "Head of communication");
    for (number, factor) in Factor::ALL.into_iter().enumerate() {
        assert_eq!(desk.row().gaps().len(), 4 - number);
        desk.puts(factor, FactorState::Confirmed, "");
    }
    let row = desk.row();
    assert_eq!((row.intent, row.cells), (Intent::Intended, [Cell::There; 8]));
    assert!(row.gaps().is_empty());
}

#[test]
fn a_factor_is_confirmed_planned_or_a_gap_with_its_reason_or_without() {
    let mut desk = Desk::new();
    desk.puts(Factor::Stakeholders, FactorState::Confirmed, "");
    desk.puts(Factor::Scenarios, FactorState::Planned, "");
    desk.puts(Factor::Awareness, FactorState::Gap, "No budget this year");
    desk.puts(Factor::Training, FactorState::Gap, "");
    let row = desk.row();
    assert_eq!(
        row.cells[4..],
        [
            Cell::There,
            Cell::Planned,
            Cell::Gap { reasoned: true },
            Cell::Gap { reasoned: false }
        ]
    );
    let expected = Totals {
        there: 1,
        planned: 1,
        explained: 1,
        unexplained: 1,
        missing: 4,
        not_asked: 0,
    };
    let totals = totals(&[row]);
    assert_eq!(totals, expected);
    assert_eq!((totals.asked(), totals.gaps()), (8, 6));
}

#[test]
fn without_intent_and_for_duplicates_nothing_is_asked_for() {
    let mut desk = Desk::new();
    for (status, intent) in [
        ("no-intent", Intent::NotIntended),
        ("duplicate-invalid", Intent::Unknown),
    ] {
        desk.writes(ServiceField::Status, status);
        let row = desk.row();
        assert_eq!((row.intent, row.cells), (intent, [Cell::NotAsked; 8]), "{status}");
        assert!(!row.is_asked() && row.gaps().is_empty());
    }
    desk.writes(ServiceField::Status, "blocked");
    assert!(desk.row().is_asked(), "blocked is intent");
    desk.writes(ServiceField::Status, "status-unknown");
    assert!(desk.row().is_asked() && desk.row().cells[1] == Cell::Missing);
}

#[test]
fn a_business_reason_is_one_of_the_14() {
    let mut desk = Desk::new();
    desk.writes(ServiceField::BusinessReason, "because");
    assert_eq!(desk.row().cells[2], Cell::Missing);
    for reason in BUSINESS_REASONS {
        desk.writes(ServiceField::BusinessReason, reason);
        assert_eq!(desk.row().cells[2], Cell::There, "{reason}");
    }
    let path = format!("{}/src/content/lists/en.json", env!("CARGO_MANIFEST_DIR"));
    let lists: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).expect("written")).expect("JSON");
    let listed: Vec<&str> = lists["business_reasons"]
        .as_object()
        .expect("a list")
        .keys()
        .map(String::as_str)
        .collect();
    let mut here = BUSINESS_REASONS.to_vec();
    here.sort_unstable();
    let mut listed = listed;
    listed.sort_unstable();
    assert_eq!(here, listed);
}

#[test]
fn there_is_a_row_for_each_service_in_scope_by_id() {
    let mut desk = Desk::new();
    desk.does(Change::SetServiceInScope("exchange".into(), true));
    desk.does(Change::SetServiceInScope("yammer".into(), true));
    desk.does(Change::SetServiceInScope("yammer".into(), false));
    let services: Vec<String> = matrix(&desk.engagement)
        .iter()
        .map(|row| row.service.to_string())
        .collect();
    assert_eq!(services, ["exchange", "teams"]);
}

#[test]
fn each_of_the_eight_names_steps_of_the_playbook_that_close_its_gap() {
    let structure = structure();
    for part in Part::ALL {
        let places = part.places();
        assert!(!places.is_empty());
        for place in &places {
            assert!(structure.step(place).is_some(), "{part:?} {place}");
        }
        let first = if matches!(part, Part::Factor(_)) {
            "capture-available-ssat"
        } else {
            "confirm-dibs"
        };
        assert_eq!(places[0].step.as_str(), first);
    }
    let names = Part::ALL.map(Part::name);
    let expected = "date intent business-reason success-owner stakeholders scenarios awareness training";
    assert_eq!(names.join(" "), expected);
}
