//! Time, chance and ids: read here, handed in everywhere else.

use crate::{
    engagement::stamp::ReplicaId,
    playbook::{EngagementId, EntryId, NoteId},
};
use chrono::{DateTime, Datelike, NaiveDate};

/// UTC milliseconds.
#[must_use]
pub fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// The day it is where the user sits.
#[must_use]
pub fn today() -> NaiveDate {
    local_day(now())
}

/// The day of an instant where the user sits.
#[must_use]
pub fn local_day(at: i64) -> NaiveDate {
    let date = js_sys::Date::new(&(at as f64).into());
    NaiveDate::from_ymd_opt(date.get_full_year() as i32, date.get_month() + 1, date.get_date())
        .or_else(|| DateTime::from_timestamp_millis(at).map(|utc| utc.date_naive()))
        .unwrap_or_default()
}

/// Year, month (from 1) and day, as `Date.UTC` wants them.
#[must_use]
pub fn utc_noon(day: NaiveDate) -> f64 {
    js_sys::Date::utc(f64::from(day.year()), f64::from(day.month0()))
        + f64::from(day.day0()) * 86_400_000.0
        + 43_200_000.0
}

/// Does something and tells the browser's tools how long it took, under this name. Nothing is kept of it.
pub fn measured<T>(name: &str, act: impl FnOnce() -> T) -> T {
    let Some(performance) = web_sys::window().and_then(|window| window.performance()) else {
        return act();
    };
    let _ = performance.mark(name);
    let done = act();
    let _ = performance.measure_with_start_mark(name, name);
    performance.clear_marks_with_mark_name(name);
    performance.clear_measures_with_measure_name(name);
    done
}

/// A new start of this tab.
#[must_use]
pub fn new_replica() -> ReplicaId {
    let bytes = uuid::Uuid::now_v7();
    ReplicaId::from_bits(bytes.as_u64_pair().1 & ((1 << 40) - 1))
}

/// The id of a new engagement.
#[must_use]
pub fn new_engagement() -> EngagementId {
    EngagementId::parse(&uuid::Uuid::now_v7().to_string()).unwrap_or_else(|| "engagement".into())
}

/// The id of a new note.
#[must_use]
pub fn new_note() -> NoteId {
    NoteId::parse(&uuid::Uuid::now_v7().to_string()).unwrap_or_else(|| "note".into())
}

/// The id of a new entry of a list.
#[must_use]
pub fn new_entry() -> EntryId {
    EntryId::parse(&uuid::Uuid::now_v7().to_string()).unwrap_or_else(|| "entry".into())
}
