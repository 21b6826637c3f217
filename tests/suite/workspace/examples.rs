//! How it reads when nothing goes wrong, and what is refused.

use super::model::{Faulty, Ledger, Origin, View, edit, keep_often, opened, tab, write};
use crate::support::{contoso, draw, noise};
use engagement_playbook::{
    engagement::{Change, FaultKind, LONGEST_TEXT},
    playbook::EngagementId,
    workspace::{Kind, LARGEST_PART, Memory, Outcome, Refusal, SETTLED, SaveState, Workspace},
};
use std::{cell::RefCell, rc::Rc};

fn named(name: &str) -> Change {
    Change::SetCustomer(name.to_owned())
}

fn names<S: engagement_playbook::workspace::KeyValue>(workspace: &Workspace<S>) -> Vec<String> {
    workspace.engagements().map(|one| one.customer().to_owned()).collect()
}

#[test]
fn what_was_done_is_there_at_the_next_start() {
    let store = Faulty::default();
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    let done = workspace.create(&contoso(), &[named("Contoso"), Change::SetSeats(Some(250))], 2_000);
    assert_eq!(
        done,
        Ok(Outcome {
            changed: true,
            save: SaveState::Saved
        })
    );
    assert_eq!(
        workspace
            .apply(&contoso(), &[named("Contoso")], 3_000)
            .map(|done| done.changed),
        Ok(false)
    );
    let again = opened(store.texts());
    assert_eq!(again.get(&contoso()), workspace.get(&contoso()));
}

#[test]
fn opening_alone_writes_nothing() {
    let store = Faulty::default();
    let mut first = Workspace::open(store.clone(), tab(true), 1_000);
    write(&mut first, &contoso(), &named("Contoso"), 2_000);
    let before = store.texts();
    let mut second = Workspace::open(store.clone(), tab(true), 3_000);
    second.hear(4_000);
    assert_eq!(store.texts(), before);
}

#[test]
fn two_tabs_hear_of_each_other() {
    let origin = Rc::new(RefCell::new(Origin::default()));
    let views = [View::new(&origin, 0), View::new(&origin, 1)];
    let [mut mine, mut theirs] = views.clone().map(|view| Workspace::open(view, tab(true), 1_000));
    write(&mut mine, &contoso(), &named("Contoso"), 2_000);
    assert!(theirs.hear(3_000).is_empty(), "it has not arrived yet");
    let keys = views[1].deliver(usize::MAX, 0);
    let heard: Vec<EngagementId> = keys.iter().flat_map(|key| theirs.hear_of(key, 3_000)).collect();
    assert_eq!(heard, [contoso()]);
    assert_eq!(names(&theirs), ["Contoso"]);
    assert!(theirs.hear(4_000).is_empty(), "once is enough");
}

#[test]
fn a_name_that_changes_signs_later_edits_only() {
    let store = Faulty::default();
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    write(&mut workspace, &contoso(), &named("Contoso"), 2_000);
    let first = workspace.replica();
    workspace.sign("Grace", "ja");
    write(&mut workspace, &contoso(), &Change::SetSeats(Some(5)), 3_000);
    let vector = opened(store.texts())
        .get(&contoso())
        .map(|one| one.vector().clone())
        .unwrap_or_default();
    assert_eq!(
        [vector.author(first), vector.author(workspace.replica())],
        ["Ada", "Grace"]
    );
    assert_eq!(vector.0[&workspace.replica()].language, "ja");
}

#[test]
fn several_changes_are_done_as_one_or_not_at_all() {
    let store = Faulty::default();
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    write(&mut workspace, &contoso(), &named("Contoso"), 2_000);
    let (before, texts) = (workspace.get(&contoso()).cloned(), store.texts());
    let long = Change::SetComment("994".into(), "x".repeat(LONGEST_TEXT + 1));
    let refused = workspace.apply(&contoso(), &[named("Fabrikam"), long], 3_000);
    assert!(matches!(refused, Err(Refusal::Unfit(fault)) if fault.kind == FaultKind::TextTooLong));
    assert_eq!(workspace.get(&contoso()), before.as_ref());
    assert_eq!(store.texts(), texts);
    assert_eq!(
        workspace.create(&contoso(), &[named("Again")], 4_000),
        Err(Refusal::Exists(contoso()))
    );
    let other: EngagementId = "nobody".into();
    assert_eq!(
        workspace.apply(&other, &[named("x")], 4_000),
        Err(Refusal::Unknown(other))
    );
}

#[test]
fn a_name_of_any_length_can_sign() {
    let store = Faulty::default();
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    workspace.sign(&"é".repeat(LONGEST_TEXT), &"x".repeat(1_000));
    write(&mut workspace, &contoso(), &named("Contoso"), 2_000);
    assert_eq!(names(&opened(store.texts())), ["Contoso"]);
}

/// However long the tab lives, an edit writes one part, and no key grows beyond what a browser writes in a moment.
#[test]
fn an_edit_writes_a_bounded_number_of_bytes() {
    let origin = Rc::new(RefCell::new(Origin::default()));
    let mut workspace = Workspace::open(View::new(&origin, 0), tab(true), 1_000);
    for number in 0..400_i64 {
        let before = origin.borrow().log.len();
        let words = format!("{number} {}", "x".repeat(2_000));
        edit(
            &mut workspace,
            &contoso(),
            &Change::SetComment("994".into(), words),
            2_000 + number,
            &mut Ledger::default(),
        );
        let written: usize = origin.borrow().log[before..]
            .iter()
            .filter_map(|one| one.text.as_ref())
            .map(String::len)
            .sum();
        assert!(written <= LARGEST_PART + 2_500, "{written} bytes");
    }
    let texts = origin.borrow().after(origin.borrow().log.len());
    assert!(texts.values().all(|text| text.len() < 100_000));
    assert_eq!(opened(texts).get(&contoso()), workspace.get(&contoso()));
}

#[test]
fn the_keeper_turns_journals_into_one_snapshot() {
    let store = Faulty::default();
    store.put("ep.language", Some("de"));
    store.put("ep.something.new", Some("of a later version"));
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    write(&mut workspace, &contoso(), &named("Contoso"), 2_000);
    assert!(workspace.backlog() > 0);
    let mut now = 3_000;
    let mut passes = 0;
    while let Some(again_at) = workspace.keep(now, &[]).again_at {
        now = again_at;
        passes += 1;
        assert!(passes < 5, "it comes to rest");
    }
    assert!(now >= 3_000 + 2 * SETTLED);
    assert_eq!(
        store.texts().into_keys().collect::<Vec<_>>(),
        ["ep.e.contoso", "ep.language", "ep.something.new"]
    );
    assert_eq!(workspace.backlog(), 0);
    assert_eq!(opened(store.texts()).get(&contoso()), workspace.get(&contoso()));
    write(&mut workspace, &contoso(), &named("Fabrikam"), now);
    assert_eq!(
        names(&opened(store.texts())),
        ["Fabrikam"],
        "and the journal goes on after what was trimmed"
    );
}

#[test]
fn t09_a_journal_stays_until_a_snapshot_has_had_it_for_ten_seconds() {
    let store = Faulty::default();
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    write(&mut workspace, &contoso(), &named("Contoso"), 2_000);
    let key = format!("ep.j.{}", workspace.replica());
    workspace.keep(3_000, &[]);
    assert_eq!(workspace.keep(3_000 + SETTLED, &[]).written, 1);
    workspace.hear(3_000 + 2 * SETTLED - 1);
    assert!(store.texts().contains_key(&key));
    // Another keeper writes the same snapshot: the ten seconds begin anew.
    let mut other = Workspace::open(store.clone(), tab(true), 3_000);
    write(&mut other, &contoso(), &Change::SetSeats(Some(5)), 4_000);
    other.keep(5_000, &[]);
    assert_eq!(other.keep(5_000 + SETTLED, &[]).written, 1);
    workspace.hear(3_000 + 2 * SETTLED);
    assert!(store.texts().contains_key(&key));
    workspace.hear(3_000 + 3 * SETTLED);
    assert!(!store.texts().contains_key(&key));
}

#[test]
fn t09_a_tab_that_was_taken_for_dead_loses_nothing() {
    let store = Faulty::default();
    let mut alive = Workspace::open(store.clone(), tab(true), 1_000);
    let mut keeper = Workspace::open(store.clone(), tab(true), 1_000);
    let key = format!("ep.j.{}", alive.replica());
    write(&mut alive, &contoso(), &named("Contoso"), 2_000);
    for now in [3_000, 13_000, 22_000] {
        keeper.keep(now, &[alive.replica()]);
    }
    write(&mut alive, &contoso(), &named("Contoso AG"), 22_500);
    keeper.keep(23_500, &[alive.replica()]);
    assert!(
        store.texts().contains_key(&key),
        "it is not what was absorbed, and no snapshot has it: they are a minute apart"
    );
    for now in [50_000, 73_000, 82_999] {
        keeper.keep(now, &[alive.replica()]);
        assert!(store.texts().contains_key(&key), "{now}");
    }
    assert_eq!(keeper.keep(83_000, &[alive.replica()]).removed, 1);
    alive.hear(84_000);
    assert!(
        !store.texts().contains_key(&key),
        "the snapshot has it: nothing was lost, nothing is written again"
    );
    write(&mut alive, &contoso(), &named("Contoso Ltd"), 85_000);
    assert_eq!(opened(store.texts()).get(&contoso()), alive.get(&contoso()));
    assert!(alive.take_notices().is_empty());
}

#[test]
fn t09_what_changed_since_it_was_absorbed_stays_another_ten_seconds() {
    let store = Faulty::default();
    let mut alive = Workspace::open(store.clone(), tab(true), 1_000);
    let mut keeper = Workspace::open(store.clone(), tab(true), 1_000);
    write(&mut alive, &contoso(), &named("Contoso"), 2_000);
    keep_often(&mut keeper, 3_000, 2, &[]);
    keeper.keep(70_000, &[alive.replica()]);
    write(&mut alive, &contoso(), &named("Contoso AG"), 75_000);
    for (now, removed) in [(80_000, 0), (89_999, 0), (90_000, 1)] {
        assert_eq!(keeper.keep(now, &[alive.replica()]).removed, removed, "{now}");
    }
    assert_eq!(opened(store.texts()).get(&contoso()), alive.get(&contoso()));
}

#[test]
fn t09_what_a_keeper_has_not_heard_of_yet_it_does_not_overwrite() {
    let store = Faulty::default();
    let mut second = Workspace::open(store.clone(), tab(true), 1_000);
    let mut first = Workspace::open(store.clone(), tab(true), 1_000);
    write(&mut first, &contoso(), &named("Contoso"), 2_000);
    keep_often(&mut first, 3_000, 4, &[]);
    assert_eq!(store.texts().into_keys().collect::<Vec<_>>(), ["ep.e.contoso"]);
    drop(first);
    // The second tab heard nothing of it; it made the same engagement, as from a link that both followed.
    assert!(second.create(&contoso(), &[Change::SetSeats(Some(5))], 25_000).is_ok());
    keep_often(&mut second, 41_000, 4, &[]);
    assert_eq!(
        opened(store.texts())
            .get(&contoso())
            .map(|one| (one.customer(), one.seats())),
        Some(("Contoso", Some(5)))
    );
}

#[test]
fn snapshots_are_not_written_at_every_edit() {
    let store = Faulty::default();
    let mut workspace = Workspace::open(store.clone(), tab(true), 0);
    write(&mut workspace, &contoso(), &named("Contoso"), 0);
    workspace.keep(0, &[]);
    let mut written = 0;
    for second in 10..610 {
        edit(
            &mut workspace,
            &contoso(),
            &named(&format!("customer {second}")),
            second * 1_000,
            &mut Ledger::default(),
        );
        written += workspace.keep(second * 1_000, &[]).written;
    }
    assert_eq!(written, 10, "once a minute");
}

#[test]
fn room_is_counted_in_the_browsers_units() {
    let store = Faulty::default();
    store.put("other", Some("é😀"));
    let mut workspace = Workspace::open(store, tab(true), 1_000);
    assert_eq!(workspace.room().of(Kind::Other), 5 + 3);
    write(&mut workspace, &contoso(), &named("Contoso"), 2_000);
    assert!(workspace.room().of(Kind::Journals) > 100);
    assert_eq!(workspace.room().of(Kind::Engagements), 0);
}

#[test]
fn new_engagements_are_refused_when_their_share_is_used_and_edits_go_on() {
    let mut workspace = Workspace::open(Faulty::default(), tab(true), 1_000);
    let mut now = 10_000;
    let refused = (0..100_u32).find_map(|number| {
        let id = EngagementId::parse(&format!("e{number}")).expect("an id");
        now += 100_000;
        let done = workspace.create(&id, &[Change::SetComment("994".into(), noise(number, 60_000))], now);
        workspace.keep(now, &[]);
        workspace.keep(now + 50_000, &[]);
        done.err()
    });
    assert!(matches!(refused, Some(Refusal::NoRoom { .. })), "{refused:?}");
    let done = workspace.apply(&"e0".into(), &[named("Contoso")], now);
    assert_eq!(
        done,
        Ok(Outcome {
            changed: true,
            save: SaveState::Saved
        })
    );
}

#[test]
fn without_a_storage_it_works_in_memory() {
    let mut workspace = Workspace::open(Memory::default(), tab(false), 1_000);
    write(&mut workspace, &contoso(), &named("Contoso"), 2_000);
    workspace.keep(20_000, &[]);
    assert_eq!(names(&workspace), ["Contoso"]);
    assert_ne!(draw(), workspace.replica());
}

#[test]
fn what_is_heard_while_something_else_is_done_is_told_afterwards() {
    let store = Faulty::default();
    let mut mine = Workspace::open(store.clone(), tab(true), 1_000);
    let mut theirs = Workspace::open(store, tab(true), 1_000);
    write(&mut theirs, &contoso(), &named("Contoso"), 2_000);
    mine.keep(3_000, &[]);
    assert_eq!(mine.take_changed().into_iter().collect::<Vec<_>>(), [contoso()]);
    assert!(mine.take_changed().is_empty());
    write(&mut theirs, &contoso(), &named("Contoso AG"), 4_000);
    mine.keep(5_000, &[]);
    assert!(mine.hear(6_000).contains(&contoso()), "or with the next hearing");
}
