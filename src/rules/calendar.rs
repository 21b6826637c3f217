//! Working days of one engagement: its weekend and its holidays are data, so the answer is the same for every reader.
//!
//! The day something starts is day 0. A start on a day off begins on the next working day, and that is then day 0.
//! Dates are civil dates; whose day it is has been decided by whoever asks.

use crate::{
    engagement::{Engagement, Field},
    gather::gather,
};
use chrono::{Datelike, NaiveDate, Weekday};
use std::{collections::BTreeSet, ops::RangeInclusive};

/// The years for which days are counted: those that a file may name.
const YEARS: RangeInclusive<i32> = 1970..=2199;

/// Which days are worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    weekend: &'static [Weekday],
    holidays: BTreeSet<NaiveDate>,
}

impl Calendar {
    /// The calendar of an engagement. Saturday and Sunday are off where nothing else, or nothing known, was chosen.
    #[must_use]
    pub fn of(engagement: &Engagement) -> Self {
        use Weekday::{Fri, Sat, Sun};
        let weekend: &[Weekday] = match engagement.field_text(Field::Weekend) {
            "fri-sat" => &[Fri, Sat],
            "fri" => &[Fri],
            "sun" => &[Sun],
            "none" => &[],
            _ => &[Sat, Sun],
        };
        Self {
            weekend,
            holidays: gather(engagement.holidays().into_iter().map(|(day, _)| day)),
        }
    }

    /// Whether people work on that day.
    #[must_use]
    pub fn is_business_day(&self, day: NaiveDate) -> bool {
        !self.weekend.contains(&day.weekday()) && !self.holidays.contains(&day)
    }

    /// The day that many business days after the start; with 0, the day on which the start counts.
    /// `None` when that is before 1970 or after 2199.
    #[must_use]
    pub fn after(&self, start: NaiveDate, business_days: u32) -> Option<NaiveDate> {
        if !YEARS.contains(&start.year()) {
            return None;
        }
        let mut left = business_days;
        let mut day = start;
        loop {
            if self.is_business_day(day) {
                if left == 0 {
                    return Some(day);
                }
                left -= 1;
            }
            day = day.succ_opt().filter(|day| YEARS.contains(&day.year()))?;
        }
    }
}
