//! What the day asks for over all customers.

use crate::{
    playbook::structure,
    support::{by, draw},
};
use chrono::NaiveDate;
use engagement_playbook::{
    engagement::{Change, Engagement, parse_day},
    playbook::EngagementId,
    rules::{self, NextItem, TodayItem},
};

/// An engagement whose tasks are due on these days.
fn engagement(id: &'static str, dues: &[(&'static str, &str)]) -> Engagement {
    let mut one = Engagement::new(EngagementId::from(id));
    let replica = draw();
    for (task, on) in dues {
        one.apply(&Change::SetDue((*task).into(), parse_day(on)), &by(replica, 1_000));
    }
    one
}

/// Engagement and task of each item, on Friday, 20 November 2026.
fn today(engagements: &[&Engagement], limit: usize) -> Vec<(String, String)> {
    let friday = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day");
    let items = rules::today(&structure(), engagements, friday, limit);
    let task = |item: &TodayItem| match &item.next.item {
        NextItem::Task { task, .. } => task.to_string(),
        NextItem::Deadline(deadline) => deadline.rule.to_owned(),
    };
    items
        .iter()
        .map(|item| (item.engagement.to_string(), task(item)))
        .collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(a, b): &(&str, &str)| ((*a).to_owned(), (*b).to_owned());
    pairs.iter().map(owned).collect()
}

#[test]
fn overdue_comes_first_over_all_then_today_then_the_week_then_one_thing_of_each_that_is_quiet() {
    let a = engagement("a", &[("994", "2026-11-24"), ("3616", "2026-11-20")]);
    let b = engagement("b", &[("994", "2026-11-18")]);
    let c = engagement("c", &[]);
    let d = engagement("d", &[("3616", "2026-11-17"), ("994", "2026-12-18")]);
    assert_eq!(
        today(&[&a, &b, &c, &d], 10),
        pairs(&[("d", "3616"), ("b", "994"), ("a", "3616"), ("a", "994"), ("c", "994")])
    );
    assert_eq!(today(&[&a, &b, &c, &d], 2), pairs(&[("d", "3616"), ("b", "994")]));
}

#[test]
fn an_archived_engagement_asks_for_nothing() {
    let mut one = engagement("a", &[("994", "2026-11-18")]);
    one.apply(&Change::SetArchived(true), &by(draw(), 2_000));
    assert_eq!(today(&[&one], 10), []);
}

#[test]
fn the_lists_that_are_there_already_give_the_same() {
    let (structure, friday) = (structure(), parse_day("2026-11-20").expect("a day"));
    let all = [engagement("a", &[("994", "2026-11-24")]), engagement("b", &[])];
    let next: Vec<_> = all
        .iter()
        .map(|one| rules::agenda(&structure, one, friday).next)
        .collect();
    let lists = all.iter().map(Engagement::id).zip(next.iter().map(Vec::as_slice));
    let both: Vec<&Engagement> = all.iter().collect();
    assert_eq!(
        rules::today_of(lists, friday, 5),
        rules::today(&structure, &both, friday, 5)
    );
}
