//! Where a threshold has no answer, the missing fact is named; once it is there, it is asked for no longer.

use crate::{
    playbook::structure,
    support::{Book, day, number, on_day, text},
};
use engagement_playbook::{
    engagement::{Change, EntryField, EntryKind, ServiceField},
    playbook::Fact,
    rules::{self, Verdict, Wanted},
};

const TODAY: &str = "2026-11-20";

/// What is missing for a threshold, by its service where it has one.
fn missing(book: &Book, rule: &str) -> Vec<Vec<Wanted>> {
    let today = day(TODAY);
    rules::findings(&structure(), &book.engagement, today)
        .iter()
        .filter(|finding| finding.rule == rule)
        .map(|finding| rules::wanted(&book.engagement, finding, today))
        .collect()
}

#[test]
fn every_threshold_without_an_answer_names_what_is_missing() {
    let mut book = Book::after(&[]);
    let scopable: Vec<_> = structure().scopable_services().cloned().collect();
    for step in 0..6 {
        match step {
            1 => scopable
                .iter()
                .for_each(|service| book.does(Change::SetServiceInScope(service.clone(), true))),
            2 => book.does(Change::SetMotion(Some("rfa".into()))),
            3 => {
                for (kind, name) in [(EntryKind::Part, "p1"), (EntryKind::Scenario, "s1")] {
                    let of = vec![(EntryField::Service, text("teams"))];
                    book.does(Change::WriteEntry(kind, name.into(), of));
                }
                let of = vec![(EntryField::Service, text("exchange"))];
                book.does(Change::WriteEntry(EntryKind::Scenario, "s2".into(), of.clone()));
                book.does(Change::WriteEntry(EntryKind::Migration, "m1".into(), of));
                let round = vec![(EntryField::Round, text("program"))];
                book.does(Change::WriteEntry(EntryKind::Meeting, "r1".into(), round));
                let metric = vec![(EntryField::Target, number(7))];
                book.does(Change::WriteEntry(EntryKind::Metric, "k1".into(), metric));
                book.writes("yammer", ServiceField::Reason, text("customer-unresponsive"));
            }
            4 => book.does(Change::SetSeats(Some(30_000))),
            5 => book.reads("a1", "teams", TODAY, 5),
            _ => {}
        }
        let today = day(TODAY);
        for finding in rules::findings(&structure(), &book.engagement, today) {
            let wanted = rules::wanted(&book.engagement, &finding, today);
            let is_unknown = finding.verdict == Verdict::Unknown;
            assert_eq!(is_unknown, !wanted.is_empty(), "{step}: {finding:?} {wanted:?}");
        }
    }
}

#[test]
fn the_first_contact_wants_the_way_in_and_then_the_day_of_assignment() {
    let mut book = Book::after(&[]);
    assert_eq!(missing(&book, "first-contact-rfa"), [[Wanted::Motion]]);
    book.does(Change::SetMotion(Some("rfa".into())));
    assert_eq!(missing(&book, "first-contact-rfa"), [[Wanted::AssignedOn]]);
    book.does(Change::SetAssignedOn(Some(day(TODAY))));
    assert_eq!(missing(&book, "first-contact-rfa"), [[]]);
}

#[test]
fn enablement_wants_active_users_and_seats_and_one_of_them_when_the_other_is_there() {
    let mut book = Book::after(&[Change::SetServiceInScope("teams".into(), true)]);
    let users = Wanted::Reading("teams".into());
    assert_eq!(missing(&book, "enablement-complete"), [[users, Wanted::Seats]]);
    book.reads("a1", "teams", TODAY, 5);
    assert_eq!(missing(&book, "enablement-complete"), [[Wanted::Seats]]);
    assert_eq!(
        missing(&book, "active-usage-source"),
        [[Wanted::Source("teams".into())]]
    );
}

#[test]
fn scenarios_want_a_status_and_then_the_entitlements_that_are_in_progress() {
    let mut book = Book::after(&[Change::SetServiceInScope("exchange".into(), true)]);
    let scenario = vec![
        (EntryField::Service, text("exchange")),
        (EntryField::Entitlements, number(5)),
    ];
    book.does(Change::WriteEntry(EntryKind::Scenario, "s1".into(), scenario));
    let rule = "migration-scenarios-sum";
    assert_eq!(missing(&book, rule), [[Wanted::Status("exchange".into())]]);
    book.writes("exchange", ServiceField::Status, text("in-progress"));
    assert_eq!(missing(&book, rule), [[Wanted::Entitlements("exchange".into())]]);
    book.writes("exchange", ServiceField::Status, text("blocked"));
    assert_eq!(missing(&book, rule), [[]]);
}

#[test]
fn a_benefit_for_large_customers_wants_the_seats_and_then_the_approval() {
    let mut book = Book::after(&[]);
    let rule = "enterprise-additional-benefit";
    let approved = Wanted::Fact(Fact::Enterprise);
    assert_eq!(missing(&book, rule), [vec![Wanted::Seats, approved.clone()]]);
    book.does(Change::SetSeats(Some(20_000)));
    assert_eq!(missing(&book, rule), [vec![approved]]);
    book.does(Change::SetFact(Fact::Enterprise, Some(true)));
    assert_eq!(missing(&book, rule), [vec![]]);
}

#[test]
fn a_forecast_wants_the_day_of_the_request_before_its_own_days() {
    let mut book = Book::after(&[Change::SetServiceInScope("teams".into(), true)]);
    let rule = "forecast-milestones";
    assert_eq!(missing(&book, rule), [[Wanted::AssignedOn]]);
    book.does(Change::SetAssignedOn(Some(day(TODAY))));
    assert_eq!(missing(&book, rule), [[Wanted::Forecasts("teams".into())]]);
    book.writes("teams", ServiceField::ForecastTen, on_day("2026-12-20"));
    book.writes("teams", ServiceField::ForecastForty, on_day("2027-03-20"));
    assert_eq!(missing(&book, rule), [[]]);
}
