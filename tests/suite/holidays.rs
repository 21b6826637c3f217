//! Holidays from a calendar file or a pasted list.

use crate::support::{cases, day};
use chrono::NaiveDate;
use engagement_playbook::exchange::{HolidayError, LARGEST_HOLIDAYS, MOST_HOLIDAYS, read_ics, read_list};
use proptest::prelude::*;

type Read = Result<Vec<(NaiveDate, String)>, HolidayError>;

fn named(days: &[(&str, &str)]) -> Read {
    Ok(days.iter().map(|(on, name)| (day(on), (*name).to_owned())).collect())
}

fn calendar(lines: &[&str]) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}\r\nEND:VCALENDAR\r\n",
        lines.join("\r\n")
    )
}

/// A calendar with one event.
fn event(lines: &[&str]) -> String {
    calendar(&[&["BEGIN:VEVENT"], lines, &["END:VEVENT"]].concat())
}

// ---- Calendar files -------------------------------------------------------------------------------------------------

#[test]
fn a_calendar_gives_the_days_of_its_events_with_their_names_by_day() {
    let text = calendar(&[
        "BEGIN:VEVENT",
        "UID:2",
        "DTSTART;VALUE=DATE:20261226",
        "SUMMARY:Boxing Day",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:1",
        "DTSTART;VALUE=DATE:20261225",
        "DTEND;VALUE=DATE:20261226",
        "SUMMARY;LANGUAGE=en:Christmas",
        "END:VEVENT",
    ]);
    let expected = named(&[("2026-12-25", "Christmas"), ("2026-12-26", "Boxing Day")]);
    assert_eq!(read_ics(&text), expected);
    assert_eq!(read_ics(&text.replace("\r\n", "\n")), expected);
    assert_eq!(read_ics(&format!("\u{feff}{text}")), expected);
    assert_eq!(
        read_ics(
            &text
                .to_lowercase()
                .replace("christmas", "Christmas")
                .replace("boxing day", "Boxing Day")
        ),
        expected
    );
}

#[test]
fn the_end_is_the_first_moment_after_an_event() {
    let days = |lines: &[&str]| -> Vec<NaiveDate> {
        read_ics(&event(lines))
            .expect("days")
            .into_iter()
            .map(|(day, _)| day)
            .collect()
    };
    let from_to =
        |from: &str, to: &str| -> Vec<NaiveDate> { day(from).iter_days().take_while(|one| *one <= day(to)).collect() };
    assert_eq!(
        days(&["DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270103"]),
        from_to("2026-12-31", "2027-01-02")
    );
    assert_eq!(
        days(&["DTSTART:20261225T000000", "DTEND:20261227T000000"]),
        from_to("2026-12-25", "2026-12-26"),
        "midnight belongs to the day before"
    );
    assert_eq!(
        days(&["DTSTART;TZID=Europe/Berlin:20261224T140000", "DTEND:20261226T120000Z"]),
        from_to("2026-12-24", "2026-12-26")
    );
    assert_eq!(
        days(&["DTSTART:20280228", "DTEND:20280301"]),
        from_to("2028-02-28", "2028-02-29")
    );
    assert_eq!(
        days(&["DTSTART:20261225", "DTEND:20261225"]),
        [day("2026-12-25")],
        "some write it so"
    );
    assert_eq!(
        days(&["DTSTART:20261225", "DURATION:P2D"]),
        from_to("2026-12-25", "2026-12-26")
    );
    assert_eq!(days(&["DTSTART:20261225", "DURATION:P1W"]).len(), 7);
    assert_eq!(days(&["DTSTART:20261225T100000", "DURATION:PT8H"]), [day("2026-12-25")]);
}

#[test]
fn folded_lines_are_one_line_and_escapes_are_what_they_stand_for() {
    let text = event(&[
        "DTSTART;VALUE=",
        " DATE:2026",
        "\t1225",
        "SUMMARY:Christ",
        " mas\\, first day\\; \\",
        " nholy \\\\ quiet",
    ]);
    assert_eq!(
        read_ics(&text),
        named(&[("2026-12-25", "Christmas, first day; holy \\ quiet")])
    );
}

#[test]
fn a_colon_in_a_quoted_parameter_does_not_end_the_name() {
    let text = event(&[
        "DTSTART;TZID=\"Custom: zone\":20261225T000000",
        "SUMMARY;ALTREP=\"http://a.example/\":Tag: eins",
    ]);
    assert_eq!(read_ics(&text), named(&[("2026-12-25", "Tag: eins")]));
}

#[test]
fn an_event_that_repeats_gives_its_first_time_only() {
    let text = event(&["DTSTART:20261225", "RRULE:FREQ=YEARLY", "SUMMARY:Christmas"]);
    assert_eq!(read_ics(&text), named(&[("2026-12-25", "Christmas")]));
}

#[test]
fn alarms_time_zones_tasks_and_cancelled_events_are_no_holidays() {
    let text = calendar(&[
        "BEGIN:VTIMEZONE",
        "BEGIN:STANDARD",
        "DTSTART:19701025T030000",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VTODO",
        "DTSTART:20261201",
        "END:VTODO",
        "BEGIN:VEVENT",
        "SUMMARY:Christmas",
        "BEGIN:VALARM",
        "SUMMARY:Wake up",
        "DTSTART:nonsense",
        "END:VALARM",
        "DTSTART:20261225",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "DTSTART:20261226",
        "STATUS:CANCELLED",
        "END:VEVENT",
    ]);
    assert_eq!(read_ics(&text), named(&[("2026-12-25", "Christmas")]));
}

#[test]
fn a_day_without_a_name_is_named_by_its_date_and_one_with_two_has_both() {
    assert_eq!(
        read_ics(&event(&["DTSTART:20261225"])),
        named(&[("2026-12-25", "2026-12-25")])
    );
    let text = "2026-10-03 Unity\n2026-10-03 Harvest\n2026-10-03 Unity";
    assert_eq!(read_list(text), named(&[("2026-10-03", "Unity, Harvest")]));
}

#[test]
fn a_calendar_that_cannot_be_read_names_the_line_and_the_reason() {
    let not_a_date = |line, text: &str| {
        let text = text.to_owned();
        Err(HolidayError::NotADate { line, text })
    };
    assert_eq!(read_ics(&event(&["DTSTART:20261325"])), not_a_date(4, "20261325"));
    assert_eq!(read_ics(&event(&["DTSTART:20270229"])), not_a_date(4, "20270229"));
    assert_eq!(read_ics(&event(&["DTSTART:2026-12-25"])), not_a_date(4, "2026-12-25"));
    assert_eq!(read_ics(&event(&["DTSTART:22001225"])), not_a_date(4, "22001225"));
    assert_eq!(read_ics(&event(&["DTSTART:äöüßäöüß"])), not_a_date(4, "äöüßäöüß"));
    assert_eq!(read_ics(&event(&["DTSTART:20261225", "DTEND:2"])), not_a_date(5, "2"));
    let long = "9".repeat(1_000);
    assert_eq!(
        read_ics(&event(&[&format!("DTSTART:{long}")])),
        not_a_date(4, &format!("{}…", "9".repeat(60)))
    );
    assert_eq!(
        read_ics(&event(&["SUMMARY:Christmas"])),
        Err(HolidayError::NoDay { line: 3 })
    );
    assert_eq!(
        read_ics(&event(&["DTSTART:20261225", "DTEND:20261223"])),
        Err(HolidayError::EndsBeforeItBegins { line: 3 })
    );
    assert_eq!(
        read_ics("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261225"),
        Err(HolidayError::NotClosed { line: 2 })
    );
    assert_eq!(
        read_ics("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261225\nEND:VEVENT\n"),
        Err(HolidayError::NotClosed { line: 1 }),
        "there may have been more"
    );
    assert_eq!(
        read_ics("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261225\nEND:VTODO"),
        Err(HolidayError::NotOpened { line: 4 })
    );
    for other in [
        "",
        "\n\n",
        "{\"format\":1}",
        "END:VCALENDAR",
        "<html>: no</html>",
        "SUMMARY:x\nBEGIN:VCALENDAR",
    ] {
        assert_eq!(read_ics(other), Err(HolidayError::NotACalendar), "{other:?}");
    }
    assert_eq!(read_ics(&calendar(&["X-A:b"])), Err(HolidayError::Empty));
}

// ---- Pasted lists ---------------------------------------------------------------------------------------------------

#[test]
fn a_list_has_a_date_and_a_name_on_each_line() {
    let text = "2026-12-25 Christmas\n\n  26.12.2026\tZweiter Weihnachtstag \r\n2027/1/1, New Year\n\
                6.1.2027; Dreikönig\n2026年12月31日大晦日\n2027-05-01\n2026-10-03 - Unity (national)\n2026-11-01: All Saints";
    let expected = named(&[
        ("2026-10-03", "Unity (national)"),
        ("2026-11-01", "All Saints"),
        ("2026-12-25", "Christmas"),
        ("2026-12-26", "Zweiter Weihnachtstag"),
        ("2026-12-31", "大晦日"),
        ("2027-01-01", "New Year"),
        ("2027-01-06", "Dreikönig"),
        ("2027-05-01", "2027-05-01"),
    ]);
    assert_eq!(read_list(text), expected);
}

#[test]
fn a_date_with_day_or_month_first_is_refused_even_where_it_could_be_guessed() {
    for text in [
        "03/04/2026 Holiday",
        "25/12/2026 Christmas",
        "12-25-2026 Christmas",
        "1/2/26 x",
    ] {
        let line = format!("2026-12-25 Christmas\n{text}");
        let expected = HolidayError::Ambiguous {
            line: 2,
            text: text.to_owned(),
        };
        assert_eq!(read_list(&line), Err(expected));
    }
}

#[test]
fn a_line_that_cannot_be_read_is_named() {
    for text in [
        "Christmas 2026-12-25",
        "Christmas",
        "2026-13-01 x",
        "29.2.2027 x",
        "25.12.26 x",
        "2026-12-25T00:00 x",
        "2026-12-255 x",
        "12026-12-25 x",
        "2026-12/25 x",
        "2026年12-25日",
        "2026-12",
        "1969-12-31 x",
        "２０２６-12-25 x",
        "-",
        "2026-",
    ] {
        let expected = HolidayError::NotADate {
            line: 3,
            text: text.to_owned(),
        };
        assert_eq!(
            read_list(&format!("2026-12-25 Christmas\n\n{text}")),
            Err(expected),
            "{text}"
        );
    }
    assert_eq!(read_list(" \n\n"), Err(HolidayError::Empty));
}

// ---- Both -----------------------------------------------------------------------------------------------------------

#[test]
fn too_much_is_refused_before_it_is_read() {
    let large = "x".repeat(LARGEST_HOLIDAYS + 1);
    let expected = Err(HolidayError::TooLarge {
        size: LARGEST_HOLIDAYS + 1,
        limit: LARGEST_HOLIDAYS,
    });
    assert_eq!(read_ics(&large), expected);
    assert_eq!(read_list(&large), expected);

    let list = |days: usize| -> String {
        let days = day("2026-01-01").iter_days().take(days);
        days.map(|day| format!("{day} A holiday\n")).collect()
    };
    assert_eq!(
        read_list(&list(MOST_HOLIDAYS)).map(|days| days.len()),
        Ok(MOST_HOLIDAYS)
    );
    let too_many = |line| {
        let limit = MOST_HOLIDAYS;
        Err(HolidayError::TooManyDays { line, limit })
    };
    assert_eq!(read_list(&list(MOST_HOLIDAYS + 1)), too_many(MOST_HOLIDAYS + 1));
    assert_eq!(
        read_ics(&event(&["DTSTART:19700101", "DTEND:21991231"])),
        too_many(3),
        "one event of 230 years"
    );
    assert_eq!(
        read_ics(&event(&["DTSTART:20261225", "DURATION:P18446744073709551615D"])).map(|days| days.len()),
        Ok(1)
    );
}

#[test]
fn a_name_is_short_and_on_one_line() {
    let long = format!("2026-12-25 {}", "長".repeat(500));
    let name = &read_list(&long).expect("a day")[0].1;
    assert_eq!(name.chars().count(), 201);
    assert!(name.ends_with('…'));
    assert_eq!(
        read_list("2026-12-25  A\u{7}  B\u{1b}[0m"),
        named(&[("2026-12-25", "A B [0m")])
    );
}

#[test]
fn every_error_has_its_own_code_and_its_facts() {
    let text = String::from("03/04/2026");
    let all = [
        HolidayError::TooLarge { size: 2, limit: 1 },
        HolidayError::TooManyDays { line: 2, limit: 1 },
        HolidayError::NotACalendar,
        HolidayError::Empty,
        HolidayError::NotClosed { line: 1 },
        HolidayError::NotOpened { line: 1 },
        HolidayError::NoDay { line: 1 },
        HolidayError::NotADate {
            line: 1,
            text: text.clone(),
        },
        HolidayError::EndsBeforeItBegins { line: 1 },
        HolidayError::Ambiguous { line: 1, text },
    ];
    let codes: std::collections::BTreeSet<_> = all.iter().map(HolidayError::code).collect();
    assert_eq!(codes.len(), all.len());
    let args: Vec<_> = all.iter().map(|error| error.args().len()).collect();
    assert_eq!(args, [2, 2, 0, 0, 1, 1, 1, 2, 1, 2]);
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn no_text_stops_the_reader(text in "[ -~\n\té年月日]{0,200}") {
        let _ = read_ics(&text);
        let _ = read_list(&text);
        let _ = read_ics(&event(&[&text]));
    }

    #[test]
    fn what_looks_like_a_date_is_read_or_refused(text in "[0-9./年月日-]{0,14} ?[a-z]{0,3}") {
        let _ = read_list(&text);
        let _ = read_ics(&event(&[&format!("DTSTART:{text}"), &format!("DTEND:{text}"), &format!("DURATION:P{text}")]));
    }

    #[test]
    fn every_day_is_read_in_each_of_its_forms(ahead in 0..80_000_u64) {
        let one = day("1970-01-01") + chrono::Days::new(ahead);
        for form in ["%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%Y年%m月%d日"] {
            let line = format!("{} A day", one.format(form));
            prop_assert_eq!(read_list(&line), Ok(vec![(one, "A day".to_owned())]));
        }
        let text = event(&[&format!("DTSTART;VALUE=DATE:{}", one.format("%Y%m%d")), "SUMMARY:A day"]);
        prop_assert_eq!(read_ics(&text), Ok(vec![(one, "A day".to_owned())]));
    }
}
