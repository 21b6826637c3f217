//! The thresholds of the playbook at their edges.

use crate::support::{Book, day, number, on_day, text};
use engagement_playbook::{
    engagement::{Change, ServiceField},
    rules::{self, Reached},
};

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
