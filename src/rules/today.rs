//! What the day asks for over all customers: what is overdue, then what is due today, then within a week; and of each engagement
//! that has none of these, the first thing to do next. Archived engagements ask for nothing.

use super::{Next, Reason, next_items};
use crate::{
    engagement::Engagement,
    playbook::{EngagementId, Structure},
};
use chrono::NaiveDate;

/// Something to do today.
#[derive(Clone, Debug, PartialEq)]
pub struct TodayItem {
    /// For which engagement.
    pub engagement: EngagementId,
    /// What, and why.
    pub next: Next,
}

/// What to do today, at most `limit`.
#[must_use]
pub fn today(structure: &Structure, engagements: &[&Engagement], today: NaiveDate, limit: usize) -> Vec<TodayItem> {
    let active = engagements.iter().filter(|one| !one.archived());
    let mut items = Vec::new();
    for one in active {
        add(&mut items, one.id(), &next_items(structure, one, today, usize::MAX));
    }
    in_order(items, today, limit)
}

/// The same from what is next in each of the engagements that count.
#[must_use]
pub fn today_of<'a>(
    engagements: impl IntoIterator<Item = (&'a EngagementId, &'a [Next])>,
    today: NaiveDate,
    limit: usize,
) -> Vec<TodayItem> {
    let mut items = Vec::new();
    for (id, next) in engagements {
        add(&mut items, id, next);
    }
    in_order(items, today, limit)
}

/// What has a day, which stands first in the list; where nothing has, its first item.
fn add(items: &mut Vec<TodayItem>, engagement: &EngagementId, next: &[Next]) {
    let dated = next.iter().take_while(|next| next.day().is_some()).count();
    items.extend(next.iter().take(dated.max(1)).map(|next| TodayItem {
        engagement: engagement.clone(),
        next: next.clone(),
    }));
}

fn in_order(mut items: Vec<TodayItem>, today: NaiveDate, limit: usize) -> Vec<TodayItem> {
    // Stable: what is equally urgent stays in the order of the engagements.
    items.sort_by_key(|item| match &item.next.reason {
        Reason::Overdue(due) => (0, due.day),
        Reason::DueSoon(due) => (1, due.day),
        _ => (2, today),
    });
    items.truncate(limit);
    items
}
