//! The thresholds of the playbook at their edges.

use crate::{
    playbook::structure,
    support::{Book, day, number, on_day, text},
};
use engagement_playbook::{
    engagement::{Change, Datum, EntryField, EntryKind, Field, ServiceField, StateKey},
    playbook::{Fact, Place, ProcessId, TaskState},
    rules::{self, Band, Document, Finding, How, Number, Origin, Reached, THRESHOLDS, Verdict, WhyNot},
};
use serde_json::Value;
use std::collections::BTreeSet;

const TODAY: &str = "2026-11-20";

// ---- Milestones -----------------------------------------------------------------------------------------------------

#[test]
fn a_service_is_enabled_at_100_active_users_or_a_tenth_of_a_small_tenant() {
    use Reached::{No, Unknown, Yes};
    for (active, seats, expected) in [
        (99, 999, No),
        (100, 999, Yes),
        (99, 990, Yes),
        (99, 991, No),
        (89, 900, No),
        (90, 900, Yes),
        (9, 100, No),
        (10, 100, Yes),
        (0, 1, No),
        (1, 1, Yes),
        (99, 1_000, No),
        (100, 1_000, Yes),
        (99, 1_001, No),
        (100, 1_001, Yes),
        (100, u32::MAX, Yes),
        (u32::MAX, u32::MAX, Yes),
        (u32::MAX, 1, Yes),
        (100, 0, Unknown),
        (0, 0, Unknown),
    ] {
        let answer = rules::is_enabled(Some(active), Some(seats));
        assert_eq!(answer, expected, "{active} of {seats}");
    }
    assert_eq!(rules::is_enabled(Some(100), None), Unknown);
    assert_eq!(rules::is_enabled(None, Some(999)), Unknown);
    assert_eq!(rules::is_enabled(None, None), Unknown);
}

#[test]
fn the_newest_reading_up_to_today_counts() {
    let mut book = Book::after(&[]);
    book.reads("r1", "teams", "2026-11-20", 60);
    book.reads("r2", "teams", "2026-11-10", 50);
    book.reads("r3", "teams", "2026-11-21", 70);
    book.reads("r4", "exchange", "2026-11-20", 80);
    let active = |book: &Book| rules::active_users(&book.engagement, &"teams".into(), day(TODAY));
    assert_eq!(active(&book), Some((day(TODAY), 60)));
    book.reads("r5", "teams", "2026-11-20", 61);
    assert_eq!(active(&book), Some((day(TODAY), 61)), "of one day the one begun later");
    assert_eq!(
        rules::active_users(&book.engagement, &"yammer".into(), day(TODAY)),
        None
    );
}

#[test]
fn active_usage_is_a_share_of_the_entitlements_else_of_the_seats() {
    let mut book = Book::after(&[Change::SetSeats(Some(2_000))]);
    book.reads("r1", "teams", TODAY, 100);
    let stand = |book: &Book| rules::milestones(&book.engagement, &"teams".into(), day(TODAY));
    assert_eq!(
        (stand(&book).share_per_mille, stand(&book).ten),
        (Some(50), Reached::No)
    );
    for (entitlements, share, ten, forty) in [
        (1_001, 99, Reached::No, Reached::No),
        (1_000, 100, Reached::Yes, Reached::No),
        (251, 398, Reached::Yes, Reached::No),
        (250, 400, Reached::Yes, Reached::Yes),
        (50, 2_000, Reached::Yes, Reached::Yes),
        (0, 50, Reached::No, Reached::No),
    ] {
        book.does(Change::SetEntitlements("teams".into(), Some(entitlements)));
        let now = stand(&book);
        assert_eq!(now.share_per_mille, Some(share), "{entitlements}");
        assert_eq!((now.ten, now.forty), (ten, forty), "{entitlements}");
    }
    let empty = Book::after(&[]);
    assert_eq!(
        (stand(&empty).share_per_mille, stand(&empty).ten),
        (None, Reached::Unknown)
    );
}

#[test]
fn migration_is_reached_with_the_agreed_number_and_plans_do_not_count() {
    let mut book = Book::after(&[]);
    book.migrates("m1", "exchange", "2026-11-10", 60);
    book.migrates("m2", "exchange", "2026-11-21", 60);
    let stand = |book: &Book| {
        let now = rules::milestones(&book.engagement, &"exchange".into(), day(TODAY));
        (now.migrated, now.migration)
    };
    assert_eq!(stand(&book), (60, Reached::Unknown));
    book.writes("exchange", ServiceField::AgreedUsers, number(61));
    assert_eq!(stand(&book), (60, Reached::No));
    book.writes("exchange", ServiceField::AgreedUsers, number(60));
    assert_eq!(stand(&book), (60, Reached::Yes));
    book.migrates("m3", "exchange", "2026-11-20", u32::MAX);
    assert_eq!(stand(&book), (u32::MAX, Reached::Yes));
}

#[test]
fn the_word_of_the_customer_has_a_person_and_a_day_and_stands_beside_the_numbers() {
    let mut book = Book::after(&[]);
    let stand = |book: &Book| {
        let now = rules::milestones(&book.engagement, &"teams".into(), day(TODAY));
        (now.by_word, now.enablement)
    };
    book.writes("teams", ServiceField::NoBlockerOn, on_day(TODAY));
    assert_eq!(stand(&book), (false, Reached::Unknown));
    book.writes("teams", ServiceField::NoBlockerBy, text("IT lead"));
    assert_eq!(stand(&book), (true, Reached::Unknown));
}

// ---- The table ------------------------------------------------------------------------------------------------------

fn facts() -> Vec<Value> {
    let text = include_str!("thresholds.json");
    let file: Value = serde_json::from_str(text).expect("JSON");
    file["thresholds"].as_array().expect("a list").clone()
}

/// A value of the facts as the table has it: whole numbers are counts, fractions are shares.
fn is_the_same(fact: &Value, number: Number) -> bool {
    let thousandths = |fact: &Value| fact.as_f64().map(|share| (share * 1_000.0).round() as u32);
    let list = fact.as_array().map(Vec::as_slice).unwrap_or_default();
    match number {
        Number::Count(count) => fact.as_u64() == Some(u64::from(count)),
        Number::Share(share) => fact.is_f64() && thousandths(fact) == Some(share),
        Number::Word(word) => fact.as_str() == Some(word),
        Number::Counts(counts) => list
            .iter()
            .map(Value::as_u64)
            .eq(counts.iter().map(|count| Some(u64::from(*count)))),
        Number::Shares(shares) => list.iter().map(thousandths).eq(shares.iter().copied().map(Some)),
        Number::Words(words) => list.iter().map(Value::as_str).eq(words.iter().copied().map(Some)),
    }
}

#[test]
fn the_table_has_every_threshold_of_the_facts_with_its_numbers_and_where_it_comes_from() {
    let facts = facts();
    let ids: Vec<&str> = facts.iter().filter_map(|fact| fact["id"].as_str()).collect();
    assert_eq!(THRESHOLDS.iter().map(|row| row.id).collect::<Vec<_>>(), ids);
    for (fact, row) in facts.iter().zip(THRESHOLDS) {
        let values = fact["values"].as_object().expect("values");
        assert_eq!(values.len(), row.numbers.len(), "{}", row.id);
        for (name, number) in row.numbers {
            assert!(is_the_same(&values[*name], *number), "{} {name}: {number:?}", row.id);
        }
        let origins: Vec<String> = row.origins.iter().map(|origin| origin.in_facts()).collect();
        let applies: Vec<&str> = fact["applies_to"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        assert_eq!(origins, applies, "{}", row.id);
        let document = match row.document {
            Document::Playbook => "playbook",
            Document::PortalGuide => "portal guide",
            Document::OperationsGuide => "operations guide",
            Document::ApproachPage => "approach page",
        };
        assert_eq!(fact["source"], document, "{}", row.id);
    }
}

#[test]
fn the_fixture_is_the_facts_when_those_are_there() {
    if let Ok(text) = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/facts/thresholds.json")) {
        assert_eq!(text, include_str!("thresholds.json"));
    }
}

#[test]
fn what_a_threshold_is_about_is_in_the_playbook() {
    let structure = structure();
    for row in THRESHOLDS {
        for origin in row.origins {
            let there = match *origin {
                Origin::Step(step) => Place::parse(step).is_some_and(|place| structure.step(&place).is_some()),
                Origin::Process(id) => structure.process(&ProcessId::from(id)).is_some(),
                Origin::Task(id) => structure.tasks.contains_key(id),
                Origin::Track(id) => structure.tracks.iter().any(|track| track.id.as_str() == id),
                Origin::Topic(topic) => structure.process(&ProcessId::from(topic)).is_none(),
            };
            assert!(there, "{}: {origin:?}", row.id);
        }
        for (_, number) in row.numbers {
            if let (Number::Words(services), false) = (number, row.id.ends_with("-order") || row.id.starts_with("un")) {
                let known = |id: &&str| structure.services.iter().any(|service| service.id.as_str() == *id);
                let unknown: Vec<_> = services.iter().filter(|id| !known(id)).collect();
                assert!(unknown.is_empty() || unknown == [&"aatp"], "{}: {unknown:?}", row.id);
            }
        }
    }
}

#[test]
fn what_cannot_be_computed_says_why() {
    let of = |why: WhyNot| -> Vec<&str> {
        let is = |row: &&rules::Threshold| matches!(row.answer, How::NotComputed(is) if is == why);
        THRESHOLDS.iter().filter(is).map(|row| row.id).collect()
    };
    assert_eq!(
        of(WhyNot::NotRecorded),
        [
            "governance-review-starter",
            "internal-review-agenda",
            "get-modern-pilot",
            "survey-contact-minimum",
            "note-next-action-length",
            "note-recent",
            "break-glass-accounts"
        ]
    );
    assert_eq!(
        of(WhyNot::OutsideTheEngagement),
        [
            "survey-trigger",
            "survey-reminder",
            "survey-contact-delivery",
            "note-drafts",
            "note-history-default"
        ]
    );
    assert_eq!(of(WhyNot::ProgrammeOnly), ["nsat-average"]);
}

#[test]
fn every_threshold_has_its_sentence_in_every_language() {
    let ids: BTreeSet<&str> = THRESHOLDS.iter().map(|row| row.id).collect();
    for language in ["en", "de", "ja", "zh-Hans"] {
        let path = format!("{}/src/content/lists/{language}.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).expect("written");
        let lists: Value = serde_json::from_str(&text).expect("JSON");
        let sentences = lists["thresholds"].as_object().expect("a section");
        let written: BTreeSet<&str> = sentences.keys().map(String::as_str).collect();
        assert_eq!(written, ids, "{language}");
        for row in THRESHOLDS {
            let sentence = sentences[row.id]["ours"].as_str().expect("a sentence");
            assert!(sentence.ends_with(['.', '。']), "{language} {}", row.id);
            for number in row.numbers.iter().flat_map(|(_, number)| in_words(*number, language)) {
                assert!(
                    sentence.contains(&number),
                    "{language} {}: {number:?} is not in {sentence:?}",
                    row.id
                );
            }
        }
    }
}

/// A number as it stands in a sentence; small counts may be written out, so they are not looked for.
fn in_words(number: Number, language: &str) -> Vec<String> {
    let (space, point) = if language == "de" { ("\u{a0}", '.') } else { ("", ',') };
    let share = |thousandths: u32| format!("{}{space}%", thousandths / 10);
    let count = |count: u32| match (count / 1_000, count % 1_000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{thousands}{point}{rest:03}"),
    };
    match number {
        Number::Count(number) if number > 12 => vec![count(number)],
        Number::Share(number) => vec![share(number)],
        Number::Shares(numbers) => numbers.iter().copied().map(share).collect(),
        _ => Vec::new(),
    }
}

// ---- What they say --------------------------------------------------------------------------------------------------

fn found(book: &Book, rule: &str) -> Vec<Finding> {
    let all = rules::findings(&structure(), &book.engagement, day(TODAY));
    all.into_iter().filter(|finding| finding.rule == rule).collect()
}

fn verdicts(book: &Book, rule: &str) -> Vec<Verdict> {
    found(book, rule).into_iter().map(|finding| finding.verdict).collect()
}

fn one(book: &Book, rule: &str) -> Finding {
    let mut found = found(book, rule);
    assert_eq!(found.len(), 1, "{rule}: {found:#?}");
    found.remove(0)
}

fn says(book: &Book, rule: &str) -> Verdict {
    one(book, rule).verdict
}

fn with(services: &[&'static str]) -> Book {
    let mut book = Book::after(&[]);
    book.scopes(services);
    book
}

fn seats(book: &mut Book, seats: u32) {
    book.does(Change::SetSeats(Some(seats)));
}

fn entitle(book: &mut Book, service: &'static str, entitlements: u32) {
    book.does(Change::SetEntitlements(service.into(), Some(entitlements)));
}

#[test]
fn nothing_is_found_wrong_where_nothing_is_written() {
    let all = rules::findings(&structure(), &Book::after(&[]).engagement, day(TODAY));
    assert!(
        all.iter().all(|finding| finding.verdict != Verdict::Attention),
        "{all:#?}"
    );
}

#[test]
fn enablement_by_word_counts_and_has_the_day_on_which_it_was_said() {
    let mut book = with(&["teams"]);
    seats(&mut book, 1_000);
    assert_eq!(says(&book, "enablement-complete"), Verdict::Unknown);
    book.reads("r1", "teams", "2026-11-10", 99);
    assert_eq!(says(&book, "enablement-complete"), Verdict::NotMet);
    book.writes("teams", ServiceField::NoBlockerBy, text("IT lead"));
    book.writes("teams", ServiceField::NoBlockerOn, on_day("2026-11-18"));
    let said = one(&book, "enablement-complete");
    assert_eq!((said.verdict, said.day), (Verdict::Met, Some(day("2026-11-18"))));
    assert_eq!(said.service, Some("teams".into()));
    assert_eq!(said.numbers, [("active", 99), ("per_mille", 99), ("seats", 1_000)]);
    let place = said.place.expect("a step").to_string();
    assert_eq!(place, "conduct-customer-kickoff/prepare-for-kickoff-meeting");
}

#[test]
fn a_reading_names_its_report_and_is_not_older_than_28_days() {
    let mut book = with(&["teams"]);
    assert_eq!(says(&book, "active-usage-source"), Verdict::Unknown);
    assert_eq!(says(&book, "active-use-window"), Verdict::Unknown);
    book.reads("r1", "teams", "2026-10-23", 99);
    assert_eq!(says(&book, "active-use-window"), Verdict::Met);
    assert_eq!(says(&book, "active-usage-source"), Verdict::Unknown);
    for (source, verdict) in [
        ("Lynx, 20 November", Verdict::Met),
        ("Admin center", Verdict::Attention),
    ] {
        book.enters(EntryKind::Reading, "r1", &[(EntryField::Source, text(source))]);
        assert_eq!(says(&book, "active-usage-source"), verdict);
    }
    book.reads("r1", "teams", "2026-10-22", 99);
    assert_eq!(says(&book, "active-use-window"), Verdict::Attention);
}

#[test]
fn the_first_contact_is_kept_open_late_or_unknown() {
    let mut book = Book::after(&[]);
    assert_eq!(says(&book, "first-contact-rfa"), Verdict::Unknown);
    book.does(Change::SetMotion(Some("targeting".into())));
    assert_eq!(verdicts(&book, "first-contact-rfa"), []);
    book.does(Change::SetMotion(Some("rfa".into())));
    assert_eq!(says(&book, "first-contact-rfa"), Verdict::Unknown);
    book.does(Change::SetAssignedOn(Some(day("2026-11-18"))));
    assert_eq!(one(&book, "first-contact-rfa").day, Some(day(TODAY)));
    assert_eq!(says(&book, "first-contact-rfa"), Verdict::Applies);
    book.does(Change::SetAssignedOn(Some(day("2026-11-17"))));
    assert_eq!(says(&book, "first-contact-rfa"), Verdict::Attention);
    book.puts("3616", StateKey::Whole, TaskState::Complete, Some("2026-11-19"));
    assert_eq!(says(&book, "first-contact-rfa"), Verdict::Met);
    book.puts("3616", StateKey::Whole, TaskState::Complete, Some("2026-11-20"));
    assert_eq!(says(&book, "first-contact-rfa"), Verdict::NotMet);
}

#[test]
fn the_next_action_after_completion_is_31_december_of_the_next_year() {
    const RULE: &str = "next-action-date-after-completion";
    let mut book = with(&["teams"]);
    let finds = |book: &Book| (says(book, RULE), one(book, RULE).day);
    assert_eq!(finds(&book), (Verdict::NotMet, None));
    for (discussed, next) in [
        ("2025-12-31", "2026-12-31"),
        ("2026-01-01", "2027-12-31"),
        ("2024-02-29", "2025-12-31"),
    ] {
        book.writes("teams", ServiceField::DiscussedOn, on_day(discussed));
        assert_eq!(finds(&book), (Verdict::Applies, Some(day(next))), "{discussed}");
    }
    book.does(Change::SetField(Field::NextAction, on_day("2025-12-31")));
    assert_eq!(says(&book, RULE), Verdict::Met);
    book.does(Change::SetField(Field::NextAction, on_day("2025-12-30")));
    assert_eq!(says(&book, RULE), Verdict::Attention);
    book.writes("teams", ServiceField::DiscussedOn, on_day("2026-11-21"));
    assert_eq!(finds(&book), (Verdict::NotMet, None), "that is tomorrow");
}

#[test]
fn the_manager_leaves_only_after_the_queue_move() {
    const RULE: &str = "unassign-after-queue-move";
    let mut book = Book::after(&[]);
    let mut finds = |moved: Option<&str>, released: Option<&str>| {
        book.does(Change::SetField(Field::QueueMovedOn, Datum::Day(moved.map(day))));
        book.does(Change::SetField(Field::ReleasedOn, Datum::Day(released.map(day))));
        says(&book, RULE)
    };
    assert_eq!(finds(None, None), Verdict::NotMet);
    assert_eq!(finds(Some("2026-11-18"), None), Verdict::Applies);
    assert_eq!(finds(Some("2026-11-18"), Some("2026-11-18")), Verdict::Met);
    assert_eq!(finds(Some("2026-11-18"), Some("2026-11-17")), Verdict::Attention);
    assert_eq!(finds(None, Some("2026-11-17")), Verdict::Attention);
}

#[test]
fn each_workload_has_its_discussion_before_the_manager_leaves() {
    const RULE: &str = "one-discussion-per-workload";
    assert_eq!(says(&Book::after(&[]), RULE), Verdict::Unknown);
    let mut book = with(&["teams", "exchange"]);
    book.writes("teams", ServiceField::DiscussedOn, on_day(TODAY));
    assert_eq!(says(&book, RULE), Verdict::NotMet);
    assert_eq!(one(&book, RULE).numbers, [("discussed", 1), ("services", 2)]);
    book.does(Change::SetField(Field::ReleasedOn, on_day(TODAY)));
    assert_eq!(says(&book, RULE), Verdict::Attention);
    book.writes("exchange", ServiceField::DiscussedOn, on_day(TODAY));
    assert_eq!(says(&book, RULE), Verdict::Met);
}

#[test]
fn the_target_is_10_percent_in_each_intended_service_or_what_the_customer_measures() {
    let mut book = with(&["teams", "yammer"]);
    for service in ["teams", "yammer"] {
        entitle(&mut book, service, 1_000);
    }
    book.reads("r1", "teams", TODAY, 100);
    book.reads("r2", "yammer", TODAY, 99);
    assert_eq!(verdicts(&book, "adoption-target"), [Verdict::Met, Verdict::NotMet]);
    book.writes("yammer", ServiceField::Status, text("no-intent"));
    assert_eq!(verdicts(&book, "adoption-target"), [Verdict::Met]);
    assert_eq!(
        says(&book, "success-review-end"),
        Verdict::Unknown,
        "nobody asked for more services"
    );
    book.does(Change::SetFact(Fact::AnotherWorkload, Some(false)));
    assert_eq!(says(&book, "success-review-end"), Verdict::Met);
    book.does(Change::SetFact(Fact::AnotherWorkload, Some(true)));
    assert_eq!(says(&book, "success-review-end"), Verdict::NotMet);

    let calls = [(EntryField::Baseline, number(400)), (EntryField::Target, number(300))];
    book.enters(EntryKind::Metric, "calls", &calls);
    assert_eq!(verdicts(&book, "adoption-target"), [Verdict::Met, Verdict::Unknown]);
    for (id, value, verdict) in [("v1", 301, Verdict::NotMet), ("v2", 300, Verdict::Met)] {
        let fields = [
            (EntryField::Metric, text("calls")),
            (EntryField::On, on_day(TODAY)),
            (EntryField::Value, number(value)),
        ];
        book.enters(EntryKind::Measurement, id, &fields);
        assert_eq!(
            verdicts(&book, "adoption-target"),
            [Verdict::Met, verdict],
            "fewer calls are better"
        );
    }
}

#[test]
fn the_status_is_adoption_from_1_to_10_percent_and_operation_above() {
    let mut book = with(&["teams"]);
    entitle(&mut book, "teams", 1_000);
    let proposed = |book: &Book| rules::proposed_status(&book.engagement, &"teams".into(), day(TODAY));
    assert_eq!(proposed(&book), None);
    assert_eq!(says(&book, "service-status-adoption"), Verdict::Unknown);
    for (id, users, status) in [
        ("r1", 9, None),
        ("r2", 10, Some("adoption")),
        ("r3", 100, Some("adoption")),
        ("r4", 101, Some("operation")),
    ] {
        book.reads(id, "teams", TODAY, users);
        assert_eq!(proposed(&book), status, "{users}");
    }
    assert_eq!(says(&book, "service-status-adoption"), Verdict::NotMet);
    assert_eq!(says(&book, "service-status-operation"), Verdict::Applies);
    book.writes("teams", ServiceField::ServiceStatus, text("operation"));
    assert_eq!(says(&book, "service-status-operation"), Verdict::Met);
    seats(&mut book, 1_000);
    book.does(Change::SetEntitlements("teams".into(), None));
    assert_eq!(proposed(&book), None, "seats do not stand in for entitlements here");
}

#[test]
fn forecasts_run_in_order_and_not_before_the_request() {
    const RULE: &str = "forecast-milestones";
    let mut book = with(&["teams"]);
    book.writes("teams", ServiceField::ForecastTen, on_day("2026-12-01"));
    book.writes("teams", ServiceField::ForecastForty, on_day("2027-03-01"));
    assert_eq!(says(&book, RULE), Verdict::Unknown, "without the day of the request");
    book.does(Change::SetAssignedOn(Some(day("2026-12-01"))));
    assert_eq!(says(&book, RULE), Verdict::Met);
    book.does(Change::SetAssignedOn(Some(day("2026-12-02"))));
    assert_eq!(
        (says(&book, RULE), one(&book, RULE).day),
        (Verdict::Attention, Some(day("2026-12-01")))
    );
    book.does(Change::SetAssignedOn(Some(day("2026-11-02"))));
    book.writes("teams", ServiceField::ForecastForty, on_day("2026-11-30"));
    assert_eq!(
        (says(&book, RULE), one(&book, RULE).day),
        (Verdict::Attention, Some(day("2026-11-30")))
    );
    book.writes("teams", ServiceField::ForecastForty, Datum::Day(None));
    assert_eq!(says(&book, RULE), Verdict::Unknown);
}

#[test]
fn the_bands_are_below_10_up_to_40_and_above_and_a_missed_forecast_shows() {
    let mut book = with(&["teams"]);
    entitle(&mut book, "teams", 1_000);
    let band = |book: &Book| rules::usage_band(&book.engagement, &"teams".into(), day(TODAY));
    assert_eq!(band(&book), None);
    assert_eq!(says(&book, "usage-bands"), Verdict::Unknown);
    for (id, users, expected) in [
        ("r1", 99, Band::Low),
        ("r2", 100, Band::Middle),
        ("r3", 400, Band::Middle),
        ("r4", 401, Band::High),
    ] {
        book.reads(id, "teams", TODAY, users);
        assert_eq!(band(&book), Some(expected), "{users}");
    }
    assert_eq!(says(&book, "usage-bands"), Verdict::Applies);
    book.reads("r5", "teams", TODAY, 399);
    book.writes("teams", ServiceField::ForecastTen, on_day("2026-11-01"));
    book.writes("teams", ServiceField::ForecastForty, on_day(TODAY));
    assert_eq!(says(&book, "usage-bands"), Verdict::Applies, "today is not over");
    book.writes("teams", ServiceField::ForecastForty, on_day("2026-11-19"));
    assert_eq!(one(&book, "usage-bands").day, Some(day("2026-11-19")));
    assert_eq!(says(&book, "usage-bands"), Verdict::Attention);
}

#[test]
fn automated_onboarding_is_for_fewer_than_1000_seats_ends_at_10_percent_and_has_an_order() {
    const LIMIT: &str = "automated-onboarding-limit";
    let mut book = with(&["yammer", "teams", "project", "intune"]);
    assert_eq!(says(&book, LIMIT), Verdict::Unknown);
    for (number, verdict) in [
        (0, Verdict::Unknown),
        (999, Verdict::Applies),
        (1_000, Verdict::NotMet),
        (1_001, Verdict::NotMet),
    ] {
        seats(&mut book, number);
        assert_eq!(says(&book, LIMIT), verdict, "{number}");
    }
    assert_eq!(verdicts(&book, "automated-onboarding-end"), []);
    assert_eq!(verdicts(&book, "automated-onboarding-order"), []);
    seats(&mut book, 999);
    book.reads("r1", "teams", TODAY, 100);
    book.reads("r2", "yammer", TODAY, 99);
    let ends: Vec<_> = found(&book, "automated-onboarding-end")
        .into_iter()
        .map(|finding| (finding.service.expect("a service").to_string(), finding.verdict))
        .collect();
    let expected = [
        ("intune", Verdict::Unknown),
        ("project", Verdict::Unknown),
        ("teams", Verdict::Met),
        ("yammer", Verdict::NotMet),
    ];
    assert_eq!(ends, expected.map(|(service, verdict)| (service.to_owned(), verdict)));
    let order: Vec<_> = found(&book, "automated-onboarding-order")
        .into_iter()
        .filter_map(|finding| Some((finding.service?.to_string(), finding.numbers[0].1)))
        .collect();
    assert_eq!(
        order,
        [
            ("intune".to_owned(), 1),
            ("teams".to_owned(), 2),
            ("yammer".to_owned(), 3)
        ]
    );
}

#[test]
fn enterprise_benefits_begin_at_20000_seats_of_an_approved_customer() {
    let mut book = Book::after(&[]);
    let both = |book: &Book| {
        (
            says(book, "enterprise-additional-benefit"),
            says(book, "enhanced-adoption-services"),
        )
    };
    assert_eq!(both(&book), (Verdict::Unknown, Verdict::Unknown));
    seats(&mut book, 20_000);
    assert_eq!(
        both(&book),
        (Verdict::Unknown, Verdict::Unknown),
        "approval is not known"
    );
    seats(&mut book, 19_999);
    assert_eq!(both(&book), (Verdict::NotMet, Verdict::NotMet));
    book.does(Change::SetFact(Fact::Enterprise, Some(true)));
    assert_eq!(both(&book), (Verdict::Attention, Verdict::NotMet), "an exception");
    seats(&mut book, 20_000);
    assert_eq!(both(&book), (Verdict::Applies, Verdict::Applies));
    book.does(Change::SetFact(Fact::Enterprise, Some(false)));
    assert_eq!(both(&book), (Verdict::NotMet, Verdict::NotMet));
}

#[test]
fn migration_is_a_benefit_above_500_entitlements_of_the_destination() {
    let mut book = with(&["exchange", "sharepoint", "onedrive-for-business", "teams"]);
    entitle(&mut book, "exchange", 500);
    entitle(&mut book, "sharepoint", 501);
    let by_service: Vec<_> = found(&book, "migration-benefit")
        .into_iter()
        .filter_map(|finding| Some((finding.service?.to_string(), finding.verdict)))
        .collect();
    let expected = [
        ("exchange", Verdict::NotMet),
        ("onedrive-for-business", Verdict::Unknown),
        ("sharepoint", Verdict::Applies),
    ];
    assert_eq!(
        by_service,
        expected.map(|(service, verdict)| (service.to_owned(), verdict))
    );
}

#[test]
fn each_of_the_three_reviews_is_held_every_week_or_every_two() {
    const RULE: &str = "governance-review-cadence";
    let mut book = Book::after(&[]);
    assert_eq!(verdicts(&book, RULE), [Verdict::NotMet; 3]);
    let meetings = [
        ("g1", "program", 0),
        ("g2", "program", 1),
        ("g3", "customer", 2),
        ("g4", "internal", 3),
    ];
    for (id, round, weeks) in meetings {
        let fields = [
            (EntryField::Round, text(round)),
            (EntryField::Weeks, number(weeks)),
            (EntryField::Start, on_day("2026-11-06")),
        ];
        book.enters(EntryKind::Meeting, id, &fields);
    }
    let found = found(&book, RULE);
    let verdicts: Vec<Verdict> = found.iter().map(|finding| finding.verdict).collect();
    assert_eq!(
        verdicts,
        [Verdict::Attention, Verdict::Met, Verdict::Met, Verdict::Attention]
    );
    let days: Vec<_> = found.iter().map(|finding| finding.day).collect();
    assert_eq!(
        days,
        [None, Some(day(TODAY)), Some(day(TODAY)), Some(day("2026-11-27"))]
    );
    let places: BTreeSet<String> = found
        .iter()
        .filter_map(|finding| Some(finding.place.clone()?.to_string()))
        .collect();
    assert_eq!(places.len(), 3);
    book.enters(EntryKind::Meeting, "g4", &[(EntryField::Weeks, Datum::Number(None))]);
    assert_eq!(self::verdicts(&book, RULE)[3], Verdict::Unknown);
}

#[test]
fn get_modern_wants_70_percent_and_tracking_wants_more_for_two_months() {
    let mut book = with(&["microsoft-365-apps", "windows-10"]);
    entitle(&mut book, "microsoft-365-apps", 1_000);
    let finds = |book: &Book| {
        (
            verdicts(book, "get-modern-goal")[0],
            says(book, "microsoft-365-apps-standalone-end"),
            says(book, "microsoft-365-apps-tracking"),
        )
    };
    assert_eq!(verdicts(&book, "get-modern-goal"), [Verdict::Unknown, Verdict::Unknown]);
    assert_eq!(finds(&book), (Verdict::Unknown, Verdict::Unknown, Verdict::Unknown));
    book.reads("r1", "microsoft-365-apps", "2026-09-01", 699);
    assert_eq!(finds(&book), (Verdict::NotMet, Verdict::NotMet, Verdict::NotMet));
    book.reads("r2", "microsoft-365-apps", "2026-09-10", 700);
    assert_eq!(
        finds(&book),
        (Verdict::Met, Verdict::NotMet, Verdict::NotMet),
        "70 % is the goal, not above it"
    );
    book.reads("r3", "microsoft-365-apps", "2026-09-20", 701);
    assert_eq!(finds(&book), (Verdict::Met, Verdict::Met, Verdict::NotMet));
    assert_eq!(one(&book, "microsoft-365-apps-tracking").day, Some(day(TODAY)));
    book.reads("r4", "microsoft-365-apps", "2026-11-19", 800);
    assert_eq!(
        says(&book, "microsoft-365-apps-tracking"),
        Verdict::NotMet,
        "a day is missing"
    );
    book.reads("r5", "microsoft-365-apps", TODAY, 800);
    assert_eq!(says(&book, "microsoft-365-apps-tracking"), Verdict::Met);
    book.reads("r6", "microsoft-365-apps", "2026-10-20", 700);
    assert_eq!(
        says(&book, "microsoft-365-apps-tracking"),
        Verdict::NotMet,
        "it begins again after a fall"
    );
}

#[test]
fn the_middle_way_to_teams_is_for_2000_to_10000_active_users_of_skype() {
    let mut book = with(&["teams"]);
    assert_eq!(says(&book, "teams-mid-touch"), Verdict::Unknown);
    for (id, users, verdict) in [
        ("r1", 1_999, Verdict::NotMet),
        ("r2", 2_000, Verdict::Applies),
        ("r3", 10_000, Verdict::Applies),
        ("r4", 10_001, Verdict::NotMet),
    ] {
        book.reads(id, "skype-for-business", TODAY, users);
        assert_eq!(says(&book, "teams-mid-touch"), verdict, "{users}");
    }
}

#[test]
fn issues_after_a_migration_are_reported_within_5_business_days() {
    const RULE: &str = "post-migration-issue-report";
    let mut book = with(&["exchange", "sharepoint"]);
    book.migrates("m1", "exchange", "2026-11-12", 10);
    book.migrates("m2", "exchange", "2026-11-13", 10);
    book.migrates("m3", "sharepoint", "2026-11-12", 10);
    book.enters(EntryKind::Migration, "m4", &[(EntryField::Service, text("exchange"))]);
    let expected = [Verdict::Attention, Verdict::Applies, Verdict::NotMet, Verdict::Unknown];
    assert_eq!(verdicts(&book, RULE), expected);
    assert_eq!(found(&book, RULE)[1].day, Some(day(TODAY)));
    book.puts("2543", StateKey::Service("exchange".into()), TaskState::Complete, None);
    assert_eq!(verdicts(&book, RULE)[..2], [Verdict::Met, Verdict::Met]);
}

#[test]
fn a_migration_without_an_event_for_30_days_is_paused_and_ends_30_days_later() {
    const RULE: &str = "migration-pause";
    let mut book = with(&["exchange"]);
    assert_eq!(verdicts(&book, RULE), []);
    book.migrates("m1", "exchange", "2026-10-20", 10);
    let paused = one(&book, RULE);
    assert_eq!(
        (paused.verdict, paused.day),
        (Verdict::Attention, Some(day("2026-12-19"))),
        "31 days"
    );
    book.migrates("m2", "exchange", "2026-12-01", 10);
    assert_eq!(
        (says(&book, RULE), one(&book, RULE).day),
        (Verdict::Attention, None),
        "there is a plan"
    );
    book.migrates("m1", "exchange", "2026-10-21", 10);
    assert_eq!(says(&book, RULE), Verdict::Attention, "30 days");
    book.migrates("m1", "exchange", "2026-10-22", 10);
    assert_eq!(
        (says(&book, RULE), one(&book, RULE).day),
        (Verdict::Met, Some(day("2026-11-21"))),
        "29 days"
    );
    book.puts("1702", StateKey::Service("exchange".into()), TaskState::Complete, None);
    assert_eq!(verdicts(&book, RULE), [], "it is over");
}

#[test]
fn migration_is_complete_at_the_agreed_number_and_not_asked_for_where_there_is_none() {
    let mut book = with(&["exchange", "teams"]);
    book.writes("exchange", ServiceField::AgreedUsers, number(50));
    book.migrates("m1", "exchange", TODAY, 49);
    assert_eq!(says(&book, "migration-complete"), Verdict::NotMet);
    book.migrates("m1", "exchange", TODAY, 50);
    assert_eq!(says(&book, "migration-complete"), Verdict::Met);
    assert_eq!(
        one(&book, "migration-complete").numbers,
        [("migrated", 50), ("agreed", 50)]
    );
    book.does(Change::SetFact(Fact::MigrationInScope, Some(false)));
    assert_eq!(verdicts(&book, "migration-complete"), []);
}

#[test]
fn people_help_with_security_above_150_and_above_10000_seats() {
    let mut book = with(&["aadp", "mcas", "teams"]);
    let both = |book: &Book| (says(book, "sme-request-seats"), says(book, "sme-request-large"));
    assert_eq!(both(&book), (Verdict::Unknown, Verdict::Unknown));
    for (number, small, large) in [
        (150, Verdict::NotMet, Verdict::NotMet),
        (151, Verdict::Applies, Verdict::NotMet),
        (10_000, Verdict::Applies, Verdict::NotMet),
        (10_001, Verdict::Applies, Verdict::Applies),
    ] {
        seats(&mut book, number);
        assert_eq!(both(&book), (small, large), "{number}");
    }
}

#[test]
fn customers_are_eligible_from_150_licences_and_schools_are_looked_at_from_1000() {
    let mut book = Book::after(&[]);
    let mut finds = |number| {
        seats(&mut book, number);
        says(&book, "eligible-customer")
    };
    assert_eq!(
        (finds(0), finds(149), finds(150)),
        (Verdict::Unknown, Verdict::NotMet, Verdict::Met)
    );
    let mut book = with(&["classroom-sds"]);
    let mut finds = |number| {
        seats(&mut book, number);
        says(&book, "eligible-customer")
    };
    assert_eq!((finds(999), finds(1_000)), (Verdict::NotMet, Verdict::Unknown));
}

#[test]
fn the_lines_of_a_split_add_up_to_the_entitlements() {
    let mut book = with(&["teams"]);
    assert_eq!(verdicts(&book, "entitlements-sum"), []);
    let part = |book: &mut Book, id, status: &str, entitlements| {
        let fields = [
            (EntryField::Service, text("teams")),
            (EntryField::Status, text(status)),
            (EntryField::Entitlements, Datum::Number(entitlements)),
        ];
        book.enters(EntryKind::Part, id, &fields);
    };
    part(&mut book, "p1", "in-progress", Some(600));
    assert_eq!(says(&book, "entitlements-sum"), Verdict::Unknown);
    entitle(&mut book, "teams", 1_000);
    assert_eq!(says(&book, "entitlements-sum"), Verdict::Attention);
    part(&mut book, "p2", "blocked", Some(400));
    assert_eq!(says(&book, "entitlements-sum"), Verdict::Met);
    part(&mut book, "p2", "blocked", None);
    assert_eq!(says(&book, "entitlements-sum"), Verdict::Unknown);
    part(&mut book, "p2", "blocked", Some(u32::MAX));
    let finding = one(&book, "entitlements-sum");
    assert_eq!(finding.numbers, [("sum", u32::MAX), ("entitlements", 1_000)]);

    let scenario = |book: &mut Book, entitlements| {
        let fields = [
            (EntryField::Service, text("teams")),
            (EntryField::Entitlements, number(entitlements)),
        ];
        book.enters(EntryKind::Scenario, "s1", &fields);
        says(book, "migration-scenarios-sum")
    };
    assert_eq!(scenario(&mut book, 599), Verdict::Attention);
    assert_eq!(scenario(&mut book, 600), Verdict::Met);
}

#[test]
fn scenarios_add_up_to_what_is_in_progress_also_without_a_split() {
    const RULE: &str = "migration-scenarios-sum";
    let mut book = with(&["exchange"]);
    entitle(&mut book, "exchange", 600);
    let fields = [
        (EntryField::Service, text("exchange")),
        (EntryField::Entitlements, number(600)),
    ];
    book.enters(EntryKind::Scenario, "s1", &fields);
    assert_eq!(says(&book, RULE), Verdict::Unknown);
    book.writes("exchange", ServiceField::Status, text("in-progress"));
    assert_eq!(says(&book, RULE), Verdict::Met);
    book.writes("exchange", ServiceField::Status, text("blocked"));
    assert_eq!(says(&book, RULE), Verdict::Attention);
}

#[test]
fn a_status_is_written_every_two_weeks_and_an_enterprise_one_never_later_than_21_days() {
    let (overall, enterprise) = ("overall-status-frequency", "enterprise-status-frequency");
    let mut book = Book::after(&[]);
    assert_eq!(says(&book, overall), Verdict::Unknown);
    assert_eq!(verdicts(&book, enterprise), []);
    book.does(Change::SetFact(Fact::Enterprise, Some(true)));
    for (id, on, of_all, of_enterprise) in [
        ("n1", "2026-10-29", Verdict::Attention, Verdict::Attention),
        ("n2", "2026-10-30", Verdict::Attention, Verdict::Applies),
        ("n3", "2026-11-05", Verdict::Attention, Verdict::Applies),
        ("n4", "2026-11-06", Verdict::Met, Verdict::Met),
    ] {
        book.notes(id, on);
        assert_eq!(
            (says(&book, overall), says(&book, enterprise)),
            (of_all, of_enterprise),
            "{on}"
        );
    }
    assert_eq!(one(&book, enterprise).day, Some(day(TODAY)));
    book.does(Change::SetField(Field::ClosedOn, on_day(TODAY)));
    assert_eq!(
        (verdicts(&book, overall), verdicts(&book, enterprise)),
        (vec![], vec![])
    );
}

#[test]
fn a_customer_who_does_not_answer_was_tried_and_three_is_only_an_example() {
    const RULE: &str = "unresponsive-attempts";
    let mut book = with(&["teams"]);
    assert_eq!(verdicts(&book, RULE), []);
    book.writes("teams", ServiceField::Reason, text("customer-unresponsive"));
    assert_eq!(says(&book, RULE), Verdict::Unknown);
    for (attempts, verdict) in [(0, Verdict::Attention), (2, Verdict::NotMet), (3, Verdict::Met)] {
        book.writes("teams", ServiceField::Attempts, number(attempts));
        assert_eq!(says(&book, RULE), verdict, "{attempts}");
    }
}

#[test]
fn handshakes_are_for_three_workloads() {
    let book = with(&["outlook-mobile", "teams", "yammer", "exchange"]);
    assert_eq!(verdicts(&book, "csm-handshake-workloads"), [Verdict::Applies; 3]);
}

#[test]
fn the_users_to_go_are_those_that_make_a_service_enabled() {
    for seats in 1..=1_200 {
        let from = rules::enabled_from(seats);
        assert_eq!(
            rules::is_enabled(Some(from), Some(seats)),
            Reached::Yes,
            "{seats} seats"
        );
        assert_eq!(
            rules::is_enabled(Some(from - 1), Some(seats)),
            Reached::No,
            "{seats} seats"
        );
    }
}
