//! The handover sheet: what a colleague who takes an engagement over has to know, and what changed since the last time.

use crate::{
    playbook::structure,
    support::{Book, by, day, draw, on_day, text},
};
use engagement_playbook::{
    engagement::{
        Change, Datum, Engagement, EntryField, EntryKind, Factor, FactorState, Field, ServiceField, Signature,
        StateKey, merge,
    },
    playbook::TaskState,
    rules::{self, Sheet, four_plus_four::Part, last_handover},
};
use std::collections::BTreeSet;

/// The sheet on Friday, 20 November 2026.
fn sheet(engagement: &Engagement) -> Sheet {
    rules::handover(&structure(), engagement, day("2026-11-20"))
}

fn hand(entry: &'static str, to: &str) -> Change {
    Change::HandOver {
        entry: entry.into(),
        to: to.to_owned(),
        on: day("2026-11-18"),
        language: "ja".to_owned(),
    }
}

/// The fields that changed, each with what it shows.
fn changed(sheet: &Sheet) -> Vec<String> {
    let fields = sheet.changes.iter().flat_map(|item| &item.fields);
    fields
        .map(|field| format!("{} = {}", field.path.join("."), field.value))
        .collect()
}

fn customer(name: &str) -> Change {
    Change::SetCustomer(name.to_owned())
}

fn owner(task: &'static str, name: &str) -> Change {
    Change::SetOwner(task.into(), name.to_owned())
}

#[test]
fn without_a_handover_everything_has_changed() {
    let book = Book::after(&[customer("Contoso"), owner("994", "Anna")]);
    let sheet = sheet(&book.engagement);
    assert_eq!(sheet.last, None);
    assert_eq!(
        changed(&sheet),
        [r#"tasks.994.owner = "Anna""#, r#"about.customer.name = "Contoso""#]
    );
}

#[test]
fn after_a_handover_only_what_came_later_has_changed_by_item_the_newest_first() {
    let mut book = Book::after(&[customer("Contoso"), owner("994", "Anna"), hand("h1", "Yuki")]);
    assert_eq!(changed(&sheet(&book.engagement)), [""; 0]);
    book.does(owner("1903", "Ben"));
    book.does(Change::SetDue("994".into(), Some(day("2026-12-01"))));
    book.puts("994", StateKey::Whole, TaskState::Complete, Some("2026-11-19"));
    let sheet = sheet(&book.engagement);
    let last = sheet.last.as_ref().expect("a handover");
    assert_eq!(last.entry.as_str(), "h1");
    assert_eq!((last.to.as_str(), last.language.as_str()), ("Yuki", "ja"));
    assert_eq!(last.on, Some(day("2026-11-18")));
    assert!(last.by.starts_with("author of"), "{last:?}");
    assert_eq!(
        changed(&sheet),
        [
            r#"tasks.994.done_on = "2026-11-19""#,
            r#"tasks.994.state = "complete""#,
            r#"tasks.994.due = "2026-12-01""#,
            r#"tasks.1903.owner = "Ben""#,
        ]
    );
    let items: Vec<_> = sheet.changes.iter().map(|item| item.item.join(".")).collect();
    assert_eq!(items, ["tasks.994", "tasks.1903"]);
    assert!(sheet.changes[0].fields[0].at > sheet.changes[1].fields[0].at);
    assert_eq!(sheet.changes[0].fields[0].by, last.by);
}

#[test]
fn what_is_only_there_for_an_untick_is_no_change() {
    let mut book = Book::after(&[customer("Contoso")]);
    book.puts("994", StateKey::Whole, TaskState::InProgress, None);
    book.does(hand("h1", "Yuki"));
    book.puts("994", StateKey::Whole, TaskState::Complete, None);
    assert_eq!(changed(&sheet(&book.engagement)), [r#"tasks.994.state = "complete""#]);
}

#[test]
fn of_two_handovers_the_newer_one_counts_whatever_day_it_names() {
    let mut book = Book::after(&[customer("Contoso"), hand("h2", "Yuki"), owner("994", "Anna")]);
    book.does(Change::HandOver {
        entry: "h1".into(),
        to: "Ben".to_owned(),
        on: day("2026-10-01"),
        language: "de".to_owned(),
    });
    book.does(owner("1903", "Ben"));
    let found = sheet(&book.engagement);
    assert_eq!(found.last.as_ref().map(|last| last.to.as_str()), Some("Ben"));
    assert_eq!(changed(&found), [r#"tasks.1903.owner = "Ben""#]);
    let all: Vec<_> = rules::handovers(&book.engagement)
        .into_iter()
        .map(|one| one.to)
        .collect();
    assert_eq!(all, ["Ben", "Yuki"]);
    assert_eq!(last_handover(&book.engagement), found.last);
}

#[test]
fn a_handover_that_was_removed_counts_no_longer_and_counts_again_when_it_is_brought_back() {
    let mut book = Book::after(&[
        customer("Contoso"),
        hand("h1", "Yuki"),
        owner("994", "Anna"),
        hand("h2", "Ben"),
        owner("1903", "Ben"),
    ]);
    book.does(Change::RemoveEntry(EntryKind::Handover, "h2".into()));
    let found = sheet(&book.engagement);
    assert_eq!(found.last.as_ref().map(|last| last.to.as_str()), Some("Yuki"));
    assert_eq!(
        changed(&found),
        [r#"tasks.1903.owner = "Ben""#, r#"tasks.994.owner = "Anna""#]
    );
    book.does(Change::RestoreEntry(EntryKind::Handover, "h2".into()));
    assert_eq!(changed(&sheet(&book.engagement)), [r#"tasks.1903.owner = "Ben""#]);
    book.does(Change::RemoveEntry(EntryKind::Handover, "h1".into()));
    book.does(Change::RemoveEntry(EntryKind::Handover, "h2".into()));
    assert_eq!(sheet(&book.engagement).last, None);
    assert_eq!(changed(&sheet(&book.engagement)).len(), 3);
}

#[test]
fn what_was_written_before_the_handover_and_came_in_after_it_has_changed() {
    let (anna, ben) = (draw(), draw());
    let mut mine = Engagement::new("contoso".into());
    mine.apply(&customer("Contoso"), &by(anna, 1_000));
    let mut theirs = mine.clone();
    theirs.apply(&owner("994", "Ben"), &by(ben, 2_000));
    theirs.apply(&customer("Contoso Ltd"), &by(ben, 2_500));
    mine.apply(&customer("Contoso AG"), &by(anna, 2_600));
    mine.apply(&hand("h1", "Yuki"), &by(anna, 3_000));
    assert_eq!(changed(&sheet(&mine)), [""; 0]);
    let merged = merge(&mine, &theirs).engagement;
    let found = sheet(&merged);
    // The value that shows is mine; theirs stands against it, and that is news.
    assert_eq!(
        changed(&found),
        [r#"about.customer.name = "Contoso AG""#, r#"tasks.994.owner = "Ben""#]
    );
    assert_eq!(found.conflicts, 1);
    assert_eq!(found.changes[0].fields[0].by, format!("author of {ben}"));
    assert_eq!(found.changes[0].fields[0].at, 2_500);
    // The receiver who has the same file sees the same.
    assert_eq!(sheet(&merge(&theirs, &mine).engagement), found);
}

#[test]
fn a_clock_that_is_years_ahead_hides_nothing() {
    let (anna, ben) = (draw(), draw());
    let mut one = Engagement::new("contoso".into());
    one.apply(&customer("Contoso"), &by(anna, 900_000_000));
    one.apply(&hand("h1", "Yuki"), &by(anna, 900_000_000));
    one.apply(&customer("Contoso AG"), &by(ben, 5));
    one.apply(&owner("994", "Ben"), &by(ben, 5));
    assert_eq!(
        changed(&sheet(&one)),
        [r#"about.customer.name = "Contoso AG""#, r#"tasks.994.owner = "Ben""#]
    );
}

#[test]
fn a_list_of_what_was_seen_that_says_nothing_makes_everything_news() {
    let signature = Signature {
        author: "another tool".to_owned(),
        ..by(draw(), 1_000)
    };
    let mut one = Engagement::new("contoso".into());
    one.apply(&customer("Contoso"), &signature);
    let fields = vec![(EntryField::To, text("Yuki")), (EntryField::On, on_day("2026-11-18"))];
    one.apply(
        &Change::WriteEntry(EntryKind::Handover, "h1".into(), fields),
        &signature,
    );
    let found = sheet(&one);
    assert_eq!(found.last.map(|last| last.to), Some("Yuki".to_owned()));
    assert_eq!(found.changes.len(), 1);
}

#[test]
fn the_sheet_survives_the_file() {
    let mut book = Book::after(&[customer("Contoso"), hand("h1", "Yuki"), owner("994", "Anna")]);
    book.scopes(&["teams"]);
    let read = crate::support::saved_and_loaded(&book.engagement);
    assert_eq!(sheet(&read), sheet(&book.engagement));
}

/// An engagement in the middle of its work.
fn at_work() -> Book {
    let mut book = Book::after(&[
        Change::SetMotion(Some("rfa".into())),
        Change::SetAssignedOn(Some(day("2026-11-16"))),
        owner("3616", "Anna"),
    ]);
    book.scopes(&["teams", "exchange"]);
    book
}

#[test]
fn the_open_mandatory_tasks_are_those_that_the_overview_counts_each_once() {
    let mut book = at_work();
    let overview = rules::overview(&structure(), &book.engagement);
    let found = sheet(&book.engagement);
    assert_eq!(
        found.open.len(),
        overview.progress.mandatory - overview.progress.settled
    );
    let once: BTreeSet<_> = found.open.iter().map(|open| &open.task).collect();
    assert_eq!(once.len(), found.open.len());
    let contact = found
        .open
        .iter()
        .find(|open| open.task.as_str() == "3616")
        .expect("3616");
    assert_eq!((contact.owner.as_str(), contact.due), ("Anna", None));
    book.puts("3616", StateKey::Whole, TaskState::Complete, None);
    let after = sheet(&book.engagement);
    assert_eq!(after.open.len() + 1, found.open.len());
    assert!(after.open.iter().all(|open| open.task.as_str() != "3616"));
}

#[test]
fn a_task_that_is_done_for_one_service_is_open_for_the_other() {
    let mut book = at_work();
    book.scopes(&["sharepoint"]);
    let open_for = |book: &Book| {
        let open = sheet(&book.engagement).open;
        let assist = open.into_iter().find(|open| open.task.as_str() == "1672");
        assist.map(|open| open.services).unwrap_or_default()
    };
    assert_eq!(open_for(&book), ["exchange".into(), "sharepoint".into()]);
    book.puts(
        "1672",
        StateKey::Service("sharepoint".into()),
        TaskState::Complete,
        None,
    );
    assert_eq!(open_for(&book), ["exchange".into()]);
}

#[test]
fn what_is_next_the_deadlines_and_the_gaps_are_those_of_their_own_rules() {
    let mut book = at_work();
    book.writes("teams", ServiceField::Target, on_day("2026-12-24"));
    book.does(Change::SetFactor {
        service: "teams".into(),
        factor: Factor::Training,
        state: Some(FactorState::Confirmed),
        reason: String::new(),
    });
    let (structure, today) = (structure(), day("2026-11-20"));
    let found = sheet(&book.engagement);
    assert_eq!(found.next, rules::next_items(&structure, &book.engagement, today, 3));
    assert_eq!(found.next.len(), 3);
    assert_eq!(found.deadlines, rules::deadlines(&structure, &book.engagement, today));
    let (service, gaps) = found.gaps.last().expect("gaps of Teams");
    assert_eq!(service.as_str(), "teams");
    assert!(!gaps.contains(&Part::Date) && !gaps.contains(&Part::Factor(Factor::Training)));
    assert_eq!(gaps.len(), 6);
    assert_eq!(found.gaps.len(), 2);
}

#[test]
fn a_closed_engagement_asks_for_no_task() {
    let mut book = at_work();
    book.does(Change::SetField(Field::ClosedOn, Datum::Day(Some(day("2026-11-19")))));
    let found = sheet(&book.engagement);
    assert_eq!((found.open.len(), found.next.len()), (0, 0));
}
