//! Working days: the weekend and the holidays of the engagement, and how days are counted.

use crate::support::{Book, cases, day, saved_and_loaded};
use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use engagement_playbook::{
    engagement::{Change, Datum, Field, parse_day},
    rules::Calendar,
};
use proptest::prelude::*;

fn weekend(days: &str) -> Change {
    Change::SetField(Field::Weekend, Datum::Text(days.to_owned()))
}

fn holiday(on: &str) -> Change {
    Change::SetHoliday(day(on), Some("A holiday".to_owned()))
}

fn calendar(changes: &[Change]) -> Calendar {
    Calendar::of(&Book::after(changes).engagement)
}

fn two_after(start: &str, changes: &[Change]) -> NaiveDate {
    calendar(changes).after(day(start), 2).expect("a day")
}

#[test]
fn two_business_days_after_thursday_friday_and_saturday() {
    assert_eq!(two_after("2026-11-05", &[]), day("2026-11-09"), "Thursday: Monday");
    assert_eq!(two_after("2026-11-06", &[]), day("2026-11-10"), "Friday: Tuesday");
    assert_eq!(
        two_after("2026-11-07", &[]),
        day("2026-11-11"),
        "Saturday begins on Monday: Wednesday"
    );
    assert_eq!(two_after("2026-11-08", &[]), day("2026-11-11"), "so does Sunday");
    assert_eq!(two_after("2026-11-09", &[]), day("2026-11-11"), "Monday: Wednesday");
}

#[test]
fn a_holiday_in_between_is_not_counted_and_one_at_the_start_begins_later() {
    assert_eq!(two_after("2026-11-05", &[holiday("2026-11-06")]), day("2026-11-10"));
    assert_eq!(two_after("2026-11-05", &[holiday("2026-11-05")]), day("2026-11-10"));
    assert_eq!(
        two_after("2026-11-06", &[holiday("2026-11-09"), holiday("2026-11-10")]),
        day("2026-11-12")
    );
    assert_eq!(
        two_after("2026-11-05", &[holiday("2026-11-07")]),
        day("2026-11-09"),
        "on a Saturday it changes nothing"
    );
}

#[test]
fn t21_the_year_ends_and_february_has_29_days_without_a_special_case() {
    let new_year = [holiday("2027-01-01")];
    assert_eq!(two_after("2026-12-31", &[]), day("2027-01-04"));
    assert_eq!(two_after("2026-12-31", &new_year), day("2027-01-05"));
    assert_eq!(
        two_after("2028-02-28", &[]),
        day("2028-03-01"),
        "Monday, the 29th is a Tuesday"
    );
    assert_eq!(two_after("2028-02-29", &[]), day("2028-03-02"));
    assert_eq!(two_after("2027-02-26", &[]), day("2027-03-02"), "no leap year");
}

#[test]
fn the_weekend_is_a_choice_of_the_engagement() {
    let thursday = "2026-11-05";
    assert_eq!(two_after(thursday, &[weekend("sat-sun")]), day("2026-11-09"));
    assert_eq!(
        two_after(thursday, &[weekend("fri-sat")]),
        day("2026-11-09"),
        "Sunday and Monday are worked"
    );
    assert_eq!(two_after(thursday, &[weekend("fri")]), day("2026-11-08"));
    assert_eq!(two_after(thursday, &[weekend("sun")]), day("2026-11-07"));
    assert_eq!(two_after(thursday, &[weekend("none")]), day("2026-11-07"));
    assert_eq!(two_after(thursday, &[weekend("of a newer version")]), day("2026-11-09"));
}

#[test]
fn no_business_days_is_the_day_on_which_the_start_counts() {
    assert_eq!(calendar(&[]).after(day("2026-11-06"), 0), Some(day("2026-11-06")));
    assert_eq!(calendar(&[]).after(day("2026-11-07"), 0), Some(day("2026-11-09")));
}

#[test]
fn the_last_day_that_a_file_may_name_is_the_end() {
    let last = day("2199-12-31");
    assert_eq!(calendar(&[]).after(last, 0), Some(last), "a Tuesday");
    assert_eq!(calendar(&[]).after(last, 1), None);
    assert_eq!(calendar(&[]).after(day("2026-11-05"), u32::MAX), None);
    assert_eq!(calendar(&[]).after(NaiveDate::MIN, 1), None);
    assert_eq!(calendar(&[]).after(NaiveDate::MAX, 1), None);
    let all_december: Vec<Change> = (1..=31).map(|on| holiday(&format!("2199-12-{on:02}"))).collect();
    assert_eq!(
        calendar(&all_december).after(day("2199-12-02"), 0),
        None,
        "every day is a holiday"
    );
}

/// The rules take civil dates. One instant is Friday in Berlin and Saturday on Kiritimati (UTC+14): each gets the
/// answer of the day that their own calendar shows.
#[test]
fn t21_one_instant_has_the_answer_of_the_local_day() {
    let instant = DateTime::parse_from_rfc3339("2026-11-06T11:00:00Z").expect("an instant");
    let local = |hours: i32| {
        let offset = FixedOffset::east_opt(hours * 3_600).expect("an offset");
        instant.with_timezone(&offset).date_naive()
    };
    assert_eq!((local(1), local(14)), (day("2026-11-06"), day("2026-11-07")));
    assert_eq!(calendar(&[]).after(local(1), 2), Some(day("2026-11-10")));
    assert_eq!(calendar(&[]).after(local(14), 2), Some(day("2026-11-11")));
}

/// A day that somebody chose is that day in every file, whatever the zone or the season: no instant is made of it.
#[test]
fn t21_days_at_every_edge_go_through_a_file_as_they_were_written() {
    for text in [
        "1970-01-01",
        "1999-12-31",
        "2000-02-29",
        "2024-02-29",
        "2026-03-29",
        "2026-10-25",
        "2026-12-31",
        "2027-01-01",
        "2028-02-29",
        "2100-02-28",
        "2199-12-31",
    ] {
        let due = Change::SetDue("994".into(), Some(day(text)));
        let again = saved_and_loaded(&Book::after(&[due]).engagement);
        assert_eq!(
            again.due(&"994".into()).map(|day| day.to_string()).as_deref(),
            Some(text)
        );
    }
    for text in [
        "1900-02-29",
        "2026-02-29",
        "2100-02-29",
        "2026-04-31",
        "1969-12-31",
        "2200-01-01",
        "2026-1-1",
    ] {
        assert_eq!(parse_day(text), None, "{text}");
    }
}

/// From every day of two years, a leap year among them: the next business day is never the same and never skips a working week.
#[test]
fn t21_no_day_is_counted_twice_or_left_out() {
    let calendar = calendar(&[]);
    let mut start = day("2027-06-01");
    while start < day("2029-06-01") {
        let days: Vec<_> = (0..=5).filter_map(|count| calendar.after(start, count)).collect();
        assert_eq!(days.len(), 6);
        assert!(
            days.windows(2)
                .all(|two| (two[1] - two[0]).num_days() <= 3 && two[1] > two[0]),
            "{start}: {days:?}"
        );
        assert_eq!(
            (days[5] - days[0]).num_days(),
            7,
            "{start}: five working days are a week"
        );
        start = start + Days::new(1);
    }
}

fn any_calendar() -> impl Strategy<Value = Calendar> {
    let weekends = prop_oneof![
        Just(""),
        Just("sat-sun"),
        Just("fri-sat"),
        Just("fri"),
        Just("sun"),
        Just("none")
    ];
    let holidays = proptest::collection::vec(0..60_u64, 0..12);
    (weekends, holidays).prop_map(|(days, holidays)| {
        let mut changes = vec![weekend(days)];
        let named = |ahead| Change::SetHoliday(day("2026-11-01") + Days::new(ahead), Some("A holiday".to_owned()));
        changes.extend(holidays.into_iter().map(named));
        calendar(&changes)
    })
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0..60_u64).prop_map(|ahead| day("2026-10-15") + Days::new(ahead))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_answer_is_a_business_day_and_as_many_lie_between(
        calendar in any_calendar(),
        start in any_day(),
        n in 0..40_u32,
    ) {
        let first = calendar.after(start, 0).expect("a day");
        let last = calendar.after(start, n).expect("a day");
        prop_assert!(calendar.is_business_day(last));
        prop_assert!(first >= start && last >= first);
        let between = first.iter_days().skip(1).take_while(|day| *day <= last);
        prop_assert_eq!(between.filter(|day| calendar.is_business_day(*day)).count(), n as usize);
    }

    #[test]
    fn a_later_start_or_more_days_never_end_earlier(calendar in any_calendar(), start in any_day(), n in 0..40_u32) {
        let end = calendar.after(start, n);
        prop_assert!(calendar.after(start + Days::new(1), n) >= end);
        prop_assert!(calendar.after(start, n + 1) > end);
    }

    #[test]
    fn counting_on_from_the_answer_is_counting_at_once(
        calendar in any_calendar(),
        start in any_day(),
        n in 0..20_u32,
        m in 0..20_u32,
    ) {
        let middle = calendar.after(start, n).expect("a day");
        prop_assert_eq!(calendar.after(middle, m), calendar.after(start, n + m));
    }
}
