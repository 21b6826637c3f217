//! How far a service is used: enabled, 10 %, 40 %, migrated. Whole numbers only, and what is not known stays unknown.
//!
//! Nothing is stored here: the readings and migration events of the engagement are the facts. The customer's word that
//! no technical blocker remains stands beside the numbers, it does not change them.

use super::thresholds::numbers::{ENABLED_SHARE, ENABLED_USERS, FORTY, SMALL_TENANT_BELOW, TEN};
use crate::{
    engagement::{Engagement, EntryField, EntryKind, ListEntry, ServiceField},
    playbook::ServiceId,
};
use chrono::NaiveDate;

/// Whether something has been reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reached {
    /// It has.
    Yes,
    /// Not yet.
    No,
    /// A number is missing.
    Unknown,
}

impl Reached {
    /// The answer to a question that has one.
    #[must_use]
    pub fn known(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

/// Where one service stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Milestones {
    /// The newest reading of active users, with its day.
    pub active: Option<(NaiveDate, u32)>,
    /// Enablement by the numbers.
    pub enablement: Reached,
    /// The customer has said that no technical blocker remains: person and day are on record.
    pub by_word: bool,
    /// 10 % active usage.
    pub ten: Reached,
    /// 40 % active usage.
    pub forty: Reached,
    /// Active users in thousandths of the entitlements, else of the seats; rounded down.
    pub share_per_mille: Option<u32>,
    /// Users migrated so far.
    pub migrated: u32,
    /// Users to be migrated, as agreed.
    pub agreed: Option<u32>,
    /// Whether as many have been migrated as agreed.
    pub migration: Reached,
}

/// Whether a service is enabled by its active users and the tenant's seats; unknown while the seats are 0 or unknown.
#[must_use]
pub fn is_enabled(active: Option<u32>, seats: Option<u32>) -> Reached {
    let (Some(active), Some(seats)) = (active, known(seats)) else {
        return Reached::Unknown;
    };
    Reached::known(active >= ENABLED_USERS || (seats < SMALL_TENANT_BELOW && is_share(active, seats, ENABLED_SHARE)))
}

/// The active users from which on a service counts as enabled in a tenant of so many seats.
#[must_use]
pub fn enabled_from(seats: u32) -> u32 {
    if seats < SMALL_TENANT_BELOW {
        (seats * ENABLED_SHARE).div_ceil(1_000)
    } else {
        ENABLED_USERS
    }
}

/// The newest reading of a service that is not after today, with its day; of two on one day the one begun later.
#[must_use]
pub fn active_users(engagement: &Engagement, service: &ServiceId, today: NaiveDate) -> Option<(NaiveDate, u32)> {
    let reading = newest_reading(engagement, service, today)?;
    Some((reading.day(EntryField::On)?, reading.number(EntryField::Users)?))
}

/// That reading.
pub(super) fn newest_reading<'a>(
    engagement: &'a Engagement,
    service: &ServiceId,
    today: NaiveDate,
) -> Option<ListEntry<'a>> {
    let counted = |reading: &ListEntry| {
        reading.text(EntryField::Service) == service.as_str()
            && reading.number(EntryField::Users).is_some()
            && reading.day(EntryField::On).is_some_and(|day| day <= today)
    };
    let readings = engagement.entries(EntryKind::Reading).filter(counted);
    readings.max_by_key(|reading| reading.day(EntryField::On))
}

/// The readings of a service up to today, in the order in which they were begun.
pub(super) fn readings<'a>(
    engagement: &'a Engagement,
    service: &'a ServiceId,
    today: NaiveDate,
) -> impl Iterator<Item = (NaiveDate, u32)> + 'a {
    engagement
        .entries(EntryKind::Reading)
        .filter(move |reading| reading.text(EntryField::Service) == service.as_str())
        .filter_map(|reading| Some((reading.day(EntryField::On)?, reading.number(EntryField::Users)?)))
        .filter(move |(day, _)| *day <= today)
}

/// Where a service stands.
#[must_use]
pub fn milestones(engagement: &Engagement, service: &ServiceId, today: NaiveDate) -> Milestones {
    let active = active_users(engagement, service, today);
    let users = active.map(|(_, users)| users);
    let base = base(engagement, service);
    let reaches = |share| match (users, base) {
        (Some(users), Some(base)) => Reached::known(is_share(users, base, share)),
        _ => Reached::Unknown,
    };
    let migrated = migrated(engagement, service, today);
    let agreed = engagement.service_number(service, ServiceField::AgreedUsers);
    Milestones {
        active,
        enablement: is_enabled(users, engagement.seats()),
        by_word: by_word(engagement, service, today),
        ten: reaches(TEN),
        forty: reaches(FORTY),
        share_per_mille: users.zip(base).map(|(users, base)| per_mille(users, base)),
        migrated,
        agreed,
        migration: known(agreed).map_or(Reached::Unknown, |agreed| Reached::known(migrated >= agreed)),
    }
}

/// What active usage is a share of: the entitlements of the service, else the seats of the tenant.
pub(super) fn base(engagement: &Engagement, service: &ServiceId) -> Option<u32> {
    known(engagement.entitlements(service)).or_else(|| known(engagement.seats()))
}

/// A number of seats or entitlements; 0 says nothing.
pub(super) fn known(number: Option<u32>) -> Option<u32> {
    number.filter(|number| *number > 0)
}

/// Whether `part` is at least this many thousandths of `whole`.
pub(super) fn is_share(part: u32, whole: u32, thousandths: u32) -> bool {
    u64::from(part) * 1_000 >= u64::from(whole) * u64::from(thousandths)
}

/// Whether `part` is more than this many thousandths of `whole`.
pub(super) fn is_above_share(part: u32, whole: u32, thousandths: u32) -> bool {
    u64::from(part) * 1_000 > u64::from(whole) * u64::from(thousandths)
}

fn per_mille(part: u32, whole: u32) -> u32 {
    let share = u64::from(part) * 1_000 / u64::from(whole.max(1));
    u32::try_from(share).unwrap_or(u32::MAX)
}

fn by_word(engagement: &Engagement, service: &ServiceId, today: NaiveDate) -> bool {
    let whose = engagement.service_text(service, ServiceField::NoBlockerBy);
    let when = engagement.service_day(service, ServiceField::NoBlockerOn);
    !whose.trim().is_empty() && when.is_some_and(|day| day <= today)
}

/// Users moved so far; an event with a day to come is a plan.
fn migrated(engagement: &Engagement, service: &ServiceId, today: NaiveDate) -> u32 {
    engagement
        .entries(EntryKind::Migration)
        .filter(|event| event.text(EntryField::Service) == service.as_str())
        .filter(|event| event.day(EntryField::On).is_none_or(|day| day <= today))
        .filter_map(|event| event.number(EntryField::Users))
        .fold(0, u32::saturating_add)
}
