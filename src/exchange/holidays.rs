//! Holidays from outside: a calendar file (iCalendar, RFC 5545) or a pasted list, read into days with their names.
//!
//! Of a calendar only the days of its events are wanted: begin, end, name. The crate `icalendar` would bring two parser
//! libraries (`nom`, `iso8601`), ids with randomness (`uuid`) and the clock of `chrono`, which is off here on purpose,
//! into the file that the browser loads. So this reads its few properties itself. Times and time zones are left aside:
//! a holiday is a civil date, and the date counts as it is written. An event that repeats gives the days of its first
//! time only, since a holiday of next year may fall on another day.

use chrono::{Days, NaiveDate};
use std::{collections::BTreeMap, ops::RangeInclusive};

/// Most bytes that are read.
pub const LARGEST_HOLIDAYS: usize = 1_000_000;
/// Most days that are taken from one text.
pub const MOST_HOLIDAYS: usize = 1_000;
/// Years of which holidays are taken: those that a file may name.
const YEARS: RangeInclusive<i32> = 1970..=2199;
/// Longest name of a holiday, in characters.
const LONGEST_NAME: usize = 200;
/// Longest part of a line that an error repeats, in characters.
const LONGEST_SHOWN: usize = 60;

/// Why holidays could not be read. Lines count from 1, as an editor shows them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HolidayError {
    /// More bytes than are read.
    #[error("{size} bytes, at most {limit}")]
    TooLarge {
        /// Bytes of the text.
        size: usize,
        /// The most that is accepted.
        limit: usize,
    },
    /// More days than are taken.
    #[error("line {line}: more than {limit} days")]
    TooManyDays {
        /// The line with which they are too many.
        line: usize,
        /// The most that are accepted.
        limit: usize,
    },
    /// It does not begin as a calendar file does.
    #[error("not a calendar file")]
    NotACalendar,
    /// There is no holiday in it.
    #[error("no holiday in it")]
    Empty,
    /// The text ends before the calendar does: it may be cut off.
    #[error("line {line}: what begins here has no end")]
    NotClosed {
        /// The line on which an event, or the calendar, begins.
        line: usize,
    },
    /// Something ends that has not begun.
    #[error("line {line}: ends what has not begun")]
    NotOpened {
        /// The line.
        line: usize,
    },
    /// An event says no day.
    #[error("line {line}: the event has no day")]
    NoDay {
        /// The line on which the event begins.
        line: usize,
    },
    /// What should be a date is none, or of a year that is not taken.
    #[error("line {line}: not a date: {text}")]
    NotADate {
        /// The line.
        line: usize,
        /// What stands there, shortened.
        text: String,
    },
    /// The last day of an event lies before its first.
    #[error("line {line}: ends before it begins")]
    EndsBeforeItBegins {
        /// The line on which the event begins.
        line: usize,
    },
    /// A date in which day and month cannot be told apart for certain.
    #[error("line {line}: day or month first: {text}")]
    Ambiguous {
        /// The line.
        line: usize,
        /// What stands there, shortened.
        text: String,
    },
}

impl HolidayError {
    /// The code under which the words of each language have its sentence.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "holidays_too_large",
            Self::TooManyDays { .. } => "holidays_too_many_days",
            Self::NotACalendar => "holidays_not_a_calendar",
            Self::Empty => "holidays_empty",
            Self::NotClosed { .. } => "holidays_not_closed",
            Self::NotOpened { .. } => "holidays_not_opened",
            Self::NoDay { .. } => "holidays_no_day",
            Self::NotADate { .. } => "holidays_not_a_date",
            Self::EndsBeforeItBegins { .. } => "holidays_ends_before_it_begins",
            Self::Ambiguous { .. } => "holidays_ambiguous",
        }
    }

    /// The facts for the sentence, by name; `text` comes from outside and is shown as text of unknown direction.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLarge { size, limit } => vec![("size", size.to_string()), ("limit", limit.to_string())],
            Self::TooManyDays { line, limit } => vec![("line", line.to_string()), ("limit", limit.to_string())],
            Self::NotADate { line, text } | Self::Ambiguous { line, text } => {
                vec![("line", line.to_string()), ("text", text.clone())]
            }
            Self::NotClosed { line }
            | Self::NotOpened { line }
            | Self::NoDay { line }
            | Self::EndsBeforeItBegins { line } => vec![("line", line.to_string())],
            Self::NotACalendar | Self::Empty => Vec::new(),
        }
    }
}

/// The holidays of a calendar file, by day.
///
/// # Errors
/// The first thing that cannot be read, with its line; nothing is taken then.
pub fn read_ics(text: &str) -> Result<Vec<(NaiveDate, String)>, HolidayError> {
    let text = checked(text)?;
    let mut found = Found::default();
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut is_calendar = false;
    let mut event: Option<Event> = None;
    for (line, content) in unfolded(text) {
        let Some(property) = Property::of(&content) else {
            continue;
        };
        let part = || property.value.trim().to_ascii_uppercase();
        if open.is_empty() && !(property.is("BEGIN") && part() == "VCALENDAR") {
            return Err(HolidayError::NotACalendar);
        }
        is_calendar = true;
        if property.is("BEGIN") {
            if part() == "VEVENT" && event.is_none() {
                event = Some(Event::at(line, open.len()));
            }
            open.push((part(), line));
        } else if property.is("END") {
            if open.pop().is_none_or(|(begun, _)| begun != part()) {
                return Err(HolidayError::NotOpened { line });
            }
            if let Some(ended) = event.take_if(|event| event.depth == open.len()) {
                ended.put(&mut found)?;
            }
        } else if let Some(event) = event.as_mut().filter(|event| open.len() == event.depth + 1) {
            event.read(line, &property)?;
        }
    }
    match open.pop() {
        Some((_, line)) => Err(HolidayError::NotClosed { line }),
        None if !is_calendar => Err(HolidayError::NotACalendar),
        None => found.all(),
    }
}

/// The holidays of a pasted list, by day: on each line a date and a name, such as `2026-12-25 Christmas`, `2026/12/25`,
/// `25.12.2026` or `2026年12月25日`.
///
/// # Errors
/// The first line that cannot be read; nothing is taken then. A date such as 03/04/2026 is refused.
pub fn read_list(text: &str) -> Result<Vec<(NaiveDate, String)>, HolidayError> {
    let text = checked(text)?;
    let mut found = Found::default();
    for (number, content) in text.lines().enumerate() {
        let (line, content) = (number + 1, content.trim());
        if content.is_empty() {
            continue;
        }
        let (day, name) = dated(content).map_err(|fault| fault.on(line, content))?;
        found.put(line, day, &cleaned(name))?;
    }
    found.all()
}

/// The text without its byte order mark, when it is not too large.
fn checked(text: &str) -> Result<&str, HolidayError> {
    if text.len() > LARGEST_HOLIDAYS {
        return Err(HolidayError::TooLarge {
            size: text.len(),
            limit: LARGEST_HOLIDAYS,
        });
    }
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// The days found so far; a day that has two names has both.
#[derive(Default)]
struct Found {
    days: BTreeMap<NaiveDate, String>,
    /// Counts a day that is named twice twice: that bounds the work too.
    taken: usize,
}

impl Found {
    /// Takes a day; `name` is cleaned.
    fn put(&mut self, line: usize, day: NaiveDate, name: &str) -> Result<(), HolidayError> {
        self.taken += 1;
        if self.taken > MOST_HOLIDAYS {
            return Err(HolidayError::TooManyDays {
                line,
                limit: MOST_HOLIDAYS,
            });
        }
        match self.days.get_mut(&day) {
            Some(known) if name.is_empty() || known == name || known.split(", ").any(|one| one == name) => {}
            Some(known) => *known = shortened(&format!("{known}, {name}"), LONGEST_NAME),
            None => {
                // A holiday without a name is no holiday in an engagement; its date is a name in every language.
                let name = if name.is_empty() {
                    day.to_string()
                } else {
                    name.to_owned()
                };
                self.days.insert(day, name);
            }
        }
        Ok(())
    }

    fn all(self) -> Result<Vec<(NaiveDate, String)>, HolidayError> {
        if self.days.is_empty() {
            return Err(HolidayError::Empty);
        }
        Ok(self.days.into_iter().collect())
    }
}

/// A name on one line, without signs that do not show.
fn cleaned(name: &str) -> String {
    let spaced: String = name
        .chars()
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    shortened(&words.join(" "), LONGEST_NAME)
}

fn shortened(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn of_year(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day).filter(|_| YEARS.contains(&year))
}

// ---- Calendar files -------------------------------------------------------------------------------------------------

/// The lines with their numbers; a line that begins with a space or a tab goes on with the one before it.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, before))) => before.push_str(rest),
            _ => lines.push((number + 1, line.to_owned())),
        }
    }
    lines
}

/// `NAME;PARAMETERS:VALUE`.
struct Property<'a> {
    name: &'a str,
    value: &'a str,
}

impl<'a> Property<'a> {
    /// A line without a colon is none.
    fn of(line: &'a str) -> Option<Self> {
        let mut is_quoted = false;
        let colon = line.char_indices().find_map(|(at, sign)| {
            is_quoted ^= sign == '"';
            (sign == ':' && !is_quoted).then_some(at)
        })?;
        let (before, value) = (&line[..colon], &line[colon + 1..]);
        let name = before.split(';').next().unwrap_or(before).trim();
        Some(Self { name, value })
    }

    fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// An event as far as it was read.
struct Event {
    line: usize,
    /// How many parts of the calendar are open around it.
    depth: usize,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    days: Option<u64>,
    name: String,
    is_cancelled: bool,
}

impl Event {
    fn at(line: usize, depth: usize) -> Self {
        Self {
            line,
            depth,
            first: None,
            last: None,
            days: None,
            name: String::new(),
            is_cancelled: false,
        }
    }

    fn read(&mut self, line: usize, property: &Property) -> Result<(), HolidayError> {
        let value = property.value.trim();
        let fault = || HolidayError::NotADate {
            line,
            text: shortened(value, LONGEST_SHOWN),
        };
        if property.is("DTSTART") {
            self.first = Some(date_of(value).ok_or_else(fault)?.0);
        } else if property.is("DTEND") {
            // The end is the first moment after the event: midnight belongs to the day before.
            let (day, is_midnight) = date_of(value).ok_or_else(fault)?;
            self.last = if is_midnight { day.pred_opt() } else { Some(day) };
        } else if property.is("DURATION") {
            self.days = whole_days(value);
        } else if property.is("SUMMARY") {
            self.name = unescaped(value);
        } else if property.is("STATUS") {
            self.is_cancelled = value.eq_ignore_ascii_case("CANCELLED");
        }
        Ok(())
    }

    fn put(self, found: &mut Found) -> Result<(), HolidayError> {
        if self.is_cancelled {
            return Ok(());
        }
        let line = self.line;
        let first = self.first.ok_or(HolidayError::NoDay { line })?;
        let by_length = || first.checked_add_days(Days::new(self.days?.checked_sub(1)?));
        // Some programs write the same day as begin and end; that is one day.
        let last = self.last.or_else(by_length).unwrap_or(first);
        let last = if first.pred_opt() == Some(last) { first } else { last };
        if last < first {
            return Err(HolidayError::EndsBeforeItBegins { line });
        }
        let name = cleaned(&self.name);
        for day in first.iter_days().take_while(|day| *day <= last) {
            found.put(line, day, &name)?;
        }
        Ok(())
    }
}

/// `20261225`, `20261225T120000` or the same with a `Z`: the date as written, and whether it means midnight.
fn date_of(value: &str) -> Option<(NaiveDate, bool)> {
    let (date, time) = value.split_once(['T', 't']).unwrap_or((value, "000000"));
    let time = time.strip_suffix(['Z', 'z']).unwrap_or(time);
    let are_digits = |text: &str, length| text.len() == length && text.bytes().all(|sign| sign.is_ascii_digit());
    if !are_digits(date, 8) || !are_digits(time, 6) {
        return None;
    }
    let number = |text: &str| text.parse::<u32>().ok();
    let year = i32::try_from(number(&date[..4])?).ok()?;
    let day = of_year(year, number(&date[4..6])?, number(&date[6..])?)?;
    Some((day, time == "000000"))
}

/// `P3D` or `P1W` in days; a length in hours says nothing about days.
fn whole_days(value: &str) -> Option<u64> {
    let length = value.strip_prefix('+').unwrap_or(value).strip_prefix('P')?;
    let (number, factor) = match length.strip_suffix('W') {
        Some(weeks) => (weeks, 7),
        None => (length.strip_suffix('D')?, 1),
    };
    number.parse::<u64>().ok()?.checked_mul(factor)
}

fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut signs = value.chars();
    while let Some(sign) = signs.next() {
        match (sign, signs.as_str().chars().next()) {
            ('\\', Some('n' | 'N')) => {
                signs.next();
                text.push(' ');
            }
            ('\\', Some(escaped)) => {
                signs.next();
                text.push(escaped);
            }
            _ => text.push(sign),
        }
    }
    text
}

// ---- Pasted lists ---------------------------------------------------------------------------------------------------

/// What is wrong with a line.
enum LineFault {
    NotADate,
    Ambiguous,
}

impl LineFault {
    fn on(self, line: usize, content: &str) -> HolidayError {
        let text = shortened(content, LONGEST_SHOWN);
        match self {
            Self::NotADate => HolidayError::NotADate { line, text },
            Self::Ambiguous => HolidayError::Ambiguous { line, text },
        }
    }
}

/// The date at the beginning of a line, and the rest as its name.
fn dated(content: &str) -> Result<(NaiveDate, &str), LineFault> {
    let (parts, rest) = three_numbers(content).ok_or(LineFault::NotADate)?;
    let [(first, after_first), (second, after_second), (third, after_third)] = parts;
    let is_year = |digits: &str| digits.len() == 4;
    let (year, month, day) = match (after_first, after_second, after_third) {
        ('-', '-', _) | ('/', '/', _) | ('.', '.', _) | ('年', '月', '日') if is_year(first) => {
            (first, second, third)
        }
        ('.', '.', _) if is_year(third) => (third, second, first),
        ('-', '-', _) | ('/', '/', _) if !is_year(first) => return Err(LineFault::Ambiguous),
        _ => return Err(LineFault::NotADate),
    };
    let rest = if after_third == '日' {
        &rest['日'.len_utf8()..]
    } else {
        rest
    };
    let begins_a_name = |sign: char| sign.is_whitespace() || ",;:|–—-(".contains(sign);
    if after_third != '日' && rest.chars().next().is_some_and(|sign| !begins_a_name(sign)) {
        return Err(LineFault::NotADate);
    }
    let number = |digits: &str| digits.parse::<u32>().ok();
    let date = || of_year(i32::try_from(number(year)?).ok()?, number(month)?, number(day)?);
    let is_separator = |sign: char| sign.is_whitespace() || ",;:|–—-".contains(sign);
    Ok((
        date().ok_or(LineFault::NotADate)?,
        rest.trim_start_matches(is_separator),
    ))
}

/// Three numbers of at most four digits, each with the sign after it, and what follows the last number.
type ThreeNumbers<'a> = [(&'a str, char); 3];

fn three_numbers(content: &str) -> Option<(ThreeNumbers<'_>, &str)> {
    let mut rest = content;
    let mut parts = [("", ' '); 3];
    for (index, part) in parts.iter_mut().enumerate() {
        let end = rest.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(rest.len());
        if !(1..=4).contains(&end) {
            return None;
        }
        let after = rest[end..].chars().next();
        *part = (&rest[..end], after.unwrap_or(' '));
        rest = &rest[end..];
        if index < 2 {
            rest = &rest[after?.len_utf8()..];
        }
    }
    Some((parts, rest))
}
