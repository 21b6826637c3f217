//! The second store case by case: what is safe when, what comes back, what an erasure and the trash come to, and what
//! happens when something there cannot be read.

use super::{
    model::{Fault, Faulty, Plan, from_a_file, opened, tab, write},
    two_stores::Second,
};
use crate::support::{contoso, noise};
use engagement_playbook::{
    engagement::Change,
    playbook::{EngagementId, TaskId},
    workspace::{KEPT_IN_TRASH, Notice, SafeState, SaveState, StoreError, Wanted, Workspace, envelope},
};
use std::collections::BTreeSet;

fn named(name: &str) -> Change {
    Change::SetCustomer(name.to_owned())
}

fn customer(workspace: &Workspace<Faulty>, id: &EngagementId) -> Option<String> {
    workspace.get(id).map(|one| one.customer().to_owned())
}

/// A tab over both stores in which an engagement was begun; everything is safe.
fn begun() -> (Faulty, Second, Workspace<Faulty>) {
    let (store, mut second) = (Faulty::default(), Second::default());
    let mut workspace = second.open(store.clone(), 1_000);
    write(&mut workspace, &contoso(), &named("Contoso"), 2_000);
    assert_eq!(workspace.safe_state(), SafeState::Pending);
    second.append(&mut workspace);
    assert_eq!(workspace.safe_state(), SafeState::Safe);
    (store, second, workspace)
}

/// More appends than a keeper leaves alone.
fn many_edits(second: &mut Second, workspace: &mut Workspace<Faulty>) {
    for number in 0..70 {
        let change = Change::SetSeats(Some(number));
        write(workspace, &contoso(), &change, 3_000 + i64::from(number));
        second.append(workspace);
    }
}

fn recovered(workspace: &mut Workspace<Faulty>) -> bool {
    let notices = workspace.take_notices();
    assert!(
        notices
            .iter()
            .all(|notice| matches!(notice, Notice::Recovered(_) | Notice::NewReplica)),
        "{notices:?}"
    );
    notices.iter().any(|notice| matches!(notice, Notice::Recovered(_)))
}

#[test]
fn without_a_second_store_nothing_is_safe_and_nothing_waits() {
    let mut workspace = Workspace::open(Faulty::default(), tab(true), 1_000);
    write(&mut workspace, &contoso(), &named("Contoso"), 2_000);
    assert_eq!(workspace.save_state(), SaveState::Saved);
    assert_eq!(workspace.safe_state(), SafeState::Absent);
    assert_eq!(workspace.take_batch(true), None);
    assert_eq!(workspace.plan_compaction(Vec::new(), true, 3_000), Wanted::Nothing);
}

#[test]
fn a_new_tab_with_nothing_to_write_is_safe() {
    let (store, second, _) = begun();
    let mut next = second.open(store, 5_000);
    assert_eq!(next.safe_state(), SafeState::Safe);
    assert!(!recovered(&mut next), "nothing was missing");
}

#[test]
fn t04_a_full_localstorage_does_not_keep_an_edit_from_being_safe() {
    let (store, mut second, mut workspace) = begun();
    store.plan(Some(Plan {
        fault: Fault::Throws(StoreError::Full),
        first: 0,
        always: true,
        writes: true,
    }));
    write(&mut workspace, &contoso(), &named("Contoso AG"), 3_000);
    assert_eq!(workspace.save_state(), SaveState::Unsaved(StoreError::Full));
    second.append(&mut workspace);
    assert_eq!(workspace.safe_state(), SafeState::Safe);
    store.plan(None);
    assert_eq!(customer(&opened(store.texts()), &contoso()).as_deref(), Some("Contoso"));
    let mut next = second.open(store, 5_000);
    assert_eq!(customer(&next, &contoso()).as_deref(), Some("Contoso AG"));
    assert!(recovered(&mut next), "and it is said");
}

#[test]
fn t05_a_batch_that_failed_goes_with_the_next_in_order() {
    let (store, mut second, mut workspace) = begun();
    for (number, name) in ["a", "b", "c"].iter().enumerate() {
        write(&mut workspace, &contoso(), &named(name), 3_000 + number as i64);
        let (number, _) = workspace.take_batch(false).expect("a batch");
        assert_eq!(workspace.take_batch(false), None, "one at a time");
        workspace.batch_failed(number);
        assert_eq!(workspace.safe_state(), SafeState::Failed);
    }
    second.append(&mut workspace);
    assert_eq!(workspace.safe_state(), SafeState::Safe);
    let appends = second.0.keys().filter(|key| key.starts_with("ep.j."));
    assert_eq!(appends.count(), 2, "what failed is one append now");
    store.texts().keys().for_each(|key| store.put(key, None));
    let alone = second.open(store, 9_000);
    assert_eq!(alone.get(&contoso()), workspace.get(&contoso()));
}

#[test]
fn t01_the_last_batch_of_a_page_does_not_wait_and_a_gap_is_adopted_once() {
    let (_, mut second, mut workspace) = begun();
    write(&mut workspace, &contoso(), &named("Contoso AG"), 3_000);
    let lost = workspace.take_batch(false).expect("the first");
    write(&mut workspace, &contoso(), &Change::SetSeats(Some(5)), 3_001);
    let (_, last) = workspace.take_batch(true).expect("the last");
    drop(lost);
    second.write(&last);
    let mut next = second.open(Faulty::default(), 9_000);
    assert_eq!(next.get(&contoso()).and_then(|one| one.seats()), Some(5));
    assert!(
        next.take_notices()
            .iter()
            .any(|notice| matches!(notice, Notice::Adopted(_)))
    );
    second.append(&mut next);
    let again = second.open(Faulty::default(), 19_000);
    let seats = again.get(&contoso()).map(|one| (one.seats(), one.conflicts().len()));
    assert_eq!(seats, Some((Some(5), 0)), "done once");
}

#[test]
fn t07_what_localstorage_lost_comes_back_under_its_own_number_and_is_written_there_again() {
    let (store, mut second, workspace) = begun();
    store.texts().keys().for_each(|key| store.put(key, None));
    let mut next = second.open(store.clone(), 5_000);
    assert_eq!(next.get(&contoso()), workspace.get(&contoso()));
    assert!(recovered(&mut next));
    for pass in 0..3 {
        second.tend(&mut next, true, 10_000 + 11_000 * pass);
        next.keep(10_000 + 11_000 * pass, &[]);
    }
    assert_eq!(opened(store.texts()).get(&contoso()), workspace.get(&contoso()));
}

#[test]
fn t07_a_second_store_that_answers_late_is_joined_then() {
    let (store, mut second, mut workspace) = begun();
    let lost = Faulty::holding(store.texts());
    write(&mut workspace, &contoso(), &named("Contoso Ltd"), 3_000);
    second.append(&mut workspace);

    // localStorage has lost that edit, and the second store does not answer at the start.
    let mut late = Workspace::open(lost, tab(true), 5_000);
    assert_eq!(customer(&late, &contoso()).as_deref(), Some("Contoso"));
    write(&mut late, &contoso(), &Change::SetSeats(Some(5)), 6_000);
    assert_eq!(late.safe_state(), SafeState::Absent);
    let wanted = late.look_into(second.small(), 7_000);
    assert_eq!(
        late.safe_state(),
        SafeState::Absent,
        "half of it is read, and the seats are not there"
    );
    late.join_late(Some(second.read(&Wanted::These(wanted))), 7_000);
    assert_eq!(late.safe_state(), SafeState::Pending);
    assert!(recovered(&mut late));
    assert!(late.take_changed().contains(&contoso()), "the page is told");
    assert_eq!(customer(&late, &contoso()).as_deref(), Some("Contoso Ltd"));
    assert_eq!(late.get(&contoso()).and_then(|one| one.seats()), Some(5));

    // What was done until then is safe only once it stands there too.
    write(&mut late, &contoso(), &Change::SetCountry("Chile".to_owned()), 8_000);
    second.append(&mut late);
    assert_eq!(late.safe_state(), SafeState::Pending);
    second.tend(&mut late, false, 9_000).expect("a compaction");
    assert_eq!(late.safe_state(), SafeState::Safe);
    let alone = second.open(Faulty::default(), 10_000);
    assert_eq!(alone.get(&contoso()), late.get(&contoso()));

    let mut unread = Workspace::open(Faulty::holding(store.texts()), tab(true), 11_000);
    unread.look_into(second.small(), 11_000);
    unread.join_late(None, 11_000);
    assert_eq!(unread.safe_state(), SafeState::Absent, "it is asked again");
}

#[test]
fn t08_a_second_store_that_is_gone_is_seeded_and_until_then_nothing_is_safe() {
    let (store, _, _) = begun();
    let mut second = Second::default();
    let mut next = second.open(store.clone(), 5_000);
    assert_eq!(next.safe_state(), SafeState::Pending);
    assert!(!recovered(&mut next));
    assert!(
        second.tend(&mut next, false, 6_000).is_some(),
        "by any tab, not by the keeper only"
    );
    assert_eq!(next.safe_state(), SafeState::Safe);
    assert_eq!(second.tend(&mut next, true, 7_000), None, "once");
    let alone = second.open(Faulty::default(), 9_000);
    assert_eq!(alone.get(&contoso()), next.get(&contoso()));
}

#[test]
fn many_engagements_are_seeded_in_steps_of_bounded_size() {
    let store = Faulty::default();
    let mut before = Workspace::open(store.clone(), tab(true), 1_000);
    let text = "x".repeat(20_000);
    let ids: Vec<EngagementId> = (0..30)
        .filter_map(|number| EngagementId::parse(&format!("c{number}")))
        .collect();
    for id in &ids {
        write(&mut before, id, &Change::SetComment("994".into(), text.clone()), 2_000);
    }
    let mut second = Second::default();
    let mut workspace = second.open(store, 5_000);
    let mut steps = 0;
    while let Some(batch) = second.tend(&mut workspace, false, 6_000) {
        let size: usize = batch.put.iter().map(|(_, text)| text.len()).sum();
        assert!(size < 400_000, "{size}");
        steps += 1;
    }
    assert!(steps > 2, "{steps}");
    assert_eq!(workspace.safe_state(), SafeState::Safe);
    assert_eq!(second.open(Faulty::default(), 9_000).engagements().count(), ids.len());
}

#[test]
fn a_start_reads_no_snapshot_that_brings_nothing() {
    let (store, mut second, mut workspace) = begun();
    many_edits(&mut second, &mut workspace);
    assert!(
        second.tend(&mut workspace, false, 5_000).is_none(),
        "appends are the keeper's"
    );
    let batch = second.tend(&mut workspace, true, 5_000).expect("a compaction");
    assert_eq!(
        (batch.put.len(), batch.delete.len()),
        (2, 71),
        "a snapshot with its head for the appends"
    );
    let mut next = Workspace::begin(store, tab(true), 6_000);
    assert!(next.look_into(second.small(), 6_000).is_empty());
    let mut alone = Workspace::begin(Faulty::default(), tab(true), 6_000);
    assert_eq!(alone.look_into(second.small(), 6_000), ["ep.e.contoso"]);
}

#[test]
fn history_that_only_the_second_store_has_is_there_for_those_who_ask() {
    let (store, mut second, mut workspace) = begun();
    let mut now = 3_000;
    let mut comment = |workspace: &mut Workspace<Faulty>, second: &mut Second, tasks: std::ops::Range<u32>| {
        for task in tasks {
            now += 1;
            let task = TaskId::parse(&format!("own:{task}")).expect("a task");
            let change = Change::SetComment(task, "said".to_owned());
            write(workspace, &contoso(), &change, now);
            second.append(workspace);
        }
    };
    // The first part stands in a snapshot there, the second in appends; localStorage has the newest 200.
    comment(&mut workspace, &mut second, 0..100);
    second.tend(&mut workspace, true, 4_000).expect("a compaction");
    comment(&mut workspace, &mut second, 100..360);
    let mut later = 60_000;
    while let Some(again) = workspace.keep(later, &[]).again_at {
        later = again.max(later + 1);
    }
    let of = |workspace: &Workspace<Faulty>| workspace.get(&contoso()).map(|one| one.history().clone());
    let whole = of(&workspace).expect("it is there");
    assert_eq!(whole.len(), 361);
    assert_eq!(of(&opened(store.texts())).map(|known| known.len()), Some(200));

    let deepened = |second: &Second| {
        let mut next = second.open(store.clone(), 90_000);
        assert!(!recovered(&mut next), "it is no other work");
        let keys = next.shallow(&[contoso(), EngagementId::from("another")]);
        assert_eq!(keys, ["ep.e.contoso"]);
        let read = second.read(&Wanted::These(keys.clone()));
        assert_eq!(next.deepen(&keys, read, 90_000), BTreeSet::from([contoso()]));
        assert!(next.shallow(&[contoso()]).is_empty(), "once is enough");
        assert_eq!(next.safe_state(), SafeState::Safe, "nothing was changed by it");
        of(&next)
    };
    assert_eq!(deepened(&second), Some(whole.clone()));
    // A keeper that never asked takes nothing of it away.
    let mut other = second.open(store.clone(), 91_000);
    second.tend(&mut other, true, 91_000).expect("a compaction");
    assert_eq!(deepened(&second), Some(whole));
}

#[test]
fn t03_a_compaction_never_takes_what_another_tab_appended_meanwhile() {
    let (store, mut second, mut workspace) = begun();
    many_edits(&mut second, &mut workspace);
    // The other tab's localStorage is slow: the keeper has never heard of what it wrote.
    let mut other = second.open(Faulty::holding(store.texts()), 4_000);
    write(&mut other, &contoso(), &Change::SetCountry("Chile".to_owned()), 4_500);
    second.append(&mut other);
    second.tend(&mut workspace, true, 5_000).expect("a compaction");
    let alone = second.open(Faulty::default(), 9_000);
    assert_eq!(
        alone.get(&contoso()).map(|one| one.country().to_owned()).as_deref(),
        Some("Chile")
    );
    assert_eq!(alone.get(&contoso()).and_then(|one| one.seats()), Some(69));
}

#[test]
fn t29_an_erasure_holds_whichever_store_knows_of_it() {
    // Only localStorage was told before the browser died.
    let (store, mut second, mut workspace) = begun();
    assert_eq!(workspace.erase_all(3_000), Ok(()));
    assert_eq!(workspace.safe_state(), SafeState::Pending);
    let mut next = second.open(store.clone(), 5_000);
    assert_eq!(next.engagements().count(), 0);
    assert_eq!(next.safe_state(), SafeState::Pending);
    second.tend(&mut next, false, 6_000);
    assert_eq!(next.safe_state(), SafeState::Safe);
    assert_eq!(second.0.keys().collect::<Vec<_>>(), ["ep.erased"]);

    // Only the second store was: localStorage was put back to what it had been.
    let (store, mut second, mut workspace) = begun();
    let before = store.texts();
    assert_eq!(workspace.erase_all(3_000), Ok(()));
    second.tend(&mut workspace, false, 3_000);
    assert_eq!(workspace.safe_state(), SafeState::Safe);
    let store = Faulty::holding(before);
    let next = second.open(store.clone(), 5_000);
    assert_eq!(next.engagements().count(), 0);
    assert_eq!(store.texts().into_keys().collect::<Vec<_>>(), ["ep.erased"]);
}

#[test]
fn t29_a_second_store_that_was_made_anew_gets_everything_again() {
    let (_, mut second, mut workspace) = begun();
    second.0.clear();
    workspace.second_is_new();
    assert_eq!(workspace.safe_state(), SafeState::Pending);
    second.tend(&mut workspace, false, 3_000);
    assert_eq!(workspace.safe_state(), SafeState::Safe);
    assert_eq!(
        second.open(Faulty::default(), 9_000).get(&contoso()),
        workspace.get(&contoso())
    );
}

#[test]
fn the_later_of_trash_and_its_undoing_holds_whichever_store_lost_it() {
    let (store, mut second, mut workspace) = begun();
    let live = store.texts();
    assert_eq!(workspace.trash(&contoso(), 3_000), Ok(()));
    second.append(&mut workspace);
    let trashed = store.texts();
    let next = second.open(Faulty::holding(live), 4_000);
    assert!(next.is_trashed(&contoso()), "localStorage lost the trash");
    assert_eq!(workspace.restore(&contoso()), Ok(()));
    second.append(&mut workspace);
    let mut next = second.open(Faulty::holding(trashed), 5_000);
    assert!(
        !next.is_trashed(&contoso()),
        "localStorage lost that it was taken out again"
    );
    // And thrown away again, by a clock that stands.
    assert_eq!(next.trash(&contoso(), 3_000), Ok(()));
    second.append(&mut next);
    assert!(
        second.open(store, 6_000).is_trashed(&contoso()),
        "the second store is ahead"
    );
}

#[test]
fn what_was_in_the_trash_for_30_days_goes_from_the_second_store_too() {
    let (store, mut second, mut workspace) = begun();
    second.0.clear();
    workspace.second_is_new();
    second.tend(&mut workspace, true, 2_600).expect("a snapshot");
    assert_eq!(workspace.trash(&contoso(), 3_000), Ok(()));
    second.append(&mut workspace);
    let later = 3_001 + KEPT_IN_TRASH;
    let mut next = second.open(store.clone(), later);
    assert!(next.get(&contoso()).is_none());
    assert!(!recovered(&mut next));
    write(&mut next, &"fabrikam".into(), &named("Fabrikam"), later);
    for number in 0..70 {
        write(
            &mut next,
            &"fabrikam".into(),
            &Change::SetSeats(Some(number)),
            later + 1,
        );
        second.append(&mut next);
    }
    second.tend(&mut next, true, later + 2).expect("a compaction");
    let left: Vec<&String> = second.0.keys().filter(|key| key.contains("contoso")).collect();
    assert_eq!(left, ["ep.t.contoso"]);
}

#[test]
fn an_import_is_safe_as_one_and_becomes_part_of_a_snapshot() {
    let (_, mut second, mut workspace) = begun();
    let files = [contoso(), "fabrikam".into()].map(|id| from_a_file(&id, &[Change::SetCountry(noise(1, 60_000))], 500));
    assert!(workspace.merge_in(&files, 3_000).is_ok());
    let (number, batch) = workspace.take_batch(false).expect("a batch");
    assert_eq!(batch.put.len(), 2, "in one transaction");
    second.write(&batch);
    workspace.batch_done(number);
    assert_eq!(second.open(Faulty::default(), 4_000).engagements().count(), 2);
    second.tend(&mut workspace, true, 5_000).expect("a compaction");
    assert!(
        !second
            .0
            .keys()
            .any(|key| key.starts_with("ep.m.") || key.starts_with("ep.j.")),
        "{:?}",
        second.0.keys()
    );
    let alone = second.open(Faulty::default(), 6_000);
    assert!(alone.engagements().eq(workspace.engagements()));
}

#[test]
fn t06_what_cannot_be_read_there_is_put_aside_and_hides_nothing_else() {
    let (store, mut second, mut workspace) = begun();
    write(&mut workspace, &"fabrikam".into(), &named("Fabrikam"), 3_000);
    second.append(&mut workspace);
    let key = second
        .0
        .keys()
        .find(|key| key.starts_with("ep.j."))
        .cloned()
        .expect("an append");
    second.0.insert(key.clone(), "damaged".to_owned());
    let mut next = second.open(store, 5_000);
    assert_eq!(next.engagements().count(), 2, "localStorage has it");
    let notices = next.take_notices();
    let [
        Notice::Damaged {
            key: told,
            kept_as: Some(kept_as),
        },
    ] = &notices[..]
    else {
        panic!("{notices:?}")
    };
    assert_eq!(told, &key);
    while second.tend(&mut next, true, 6_000).is_some() {}
    assert_eq!(second.0[kept_as], "damaged");
    assert!(!second.0.contains_key(&key));
    assert!(next.take_notices().is_empty(), "told once");
    assert_eq!(
        second.open(Faulty::default(), 9_000).engagements().count(),
        2,
        "and what it held is there again"
    );
}

#[test]
fn t12_a_newer_schema_there_makes_the_tab_read_only_too() {
    let (store, mut second, _) = begun();
    second.0.insert(
        "ep.t.fabrikam".to_owned(),
        envelope::wrap(envelope::SCHEMA + 1, 0, "{}"),
    );
    let before = second.0.clone();
    let mut next = second.open(store, 5_000);
    assert_eq!(next.save_state(), SaveState::ReadOnly);
    assert!(next.apply(&contoso(), &[named("Contoso AG")], 6_000).is_err());
    assert_eq!(
        (next.take_batch(true), second.tend(&mut next, true, 7_000)),
        (None, None)
    );
    assert_eq!(second.0, before);
}

#[test]
fn t05_a_second_store_that_is_read_by_half_leaves_entries_alone() {
    let (_, mut second, mut workspace) = begun();
    second.0.clear();
    workspace.second_is_new();
    second.tend(&mut workspace, true, 2_500).expect("a snapshot");
    write(&mut workspace, &contoso(), &named("Contoso AG"), 3_000);
    second.append(&mut workspace);
    let mut half = Workspace::begin(Faulty::default(), tab(true), 5_000);
    assert!(!half.look_into(second.small(), 5_000).is_empty());
    half.recover(None, 5_000);
    let dead: Vec<_> = half.others().into_iter().collect();
    half.keep(6_000, &dead);
    half.keep(17_000, &dead);
    assert!(
        half.take_notices().is_empty(),
        "nothing is adopted that has its predecessor elsewhere"
    );
}
