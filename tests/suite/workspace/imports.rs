//! Whole engagements that come in at once: all or none.

use super::model::{Fault, Faulty, Ledger, Plan, edit, from_a_file, keep_often, opened, tab, write};
use crate::support::{contoso, noise};
use engagement_playbook::{
    engagement::{Change, Engagement},
    playbook::EngagementId,
    workspace::{Notice, Refusal, StoreError, Workspace},
};

fn named(name: &str) -> Change {
    Change::SetCustomer(name.to_owned())
}

fn files(count: u32) -> Vec<Engagement> {
    (0..count)
        .map(|number| {
            from_a_file(
                &EngagementId::parse(&format!("e{number}")).expect("an id"),
                &[named("Contoso")],
                500,
            )
        })
        .collect()
}

#[test]
fn what_comes_in_is_there_at_once_and_in_snapshots_later() {
    let store = Faulty::default();
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    assert_eq!(workspace.merge_in(&files(3), 2_000).map(|changed| changed.len()), Ok(3));
    assert_eq!(opened(store.texts()).engagements().count(), 3);
    assert_eq!(
        workspace.merge_in(&files(3), 3_000).map(|changed| changed.len()),
        Ok(3),
        "other files of the same engagements"
    );
    keep_often(&mut workspace, 10_000, 5, &[]);
    let keys: Vec<String> = store.texts().into_keys().collect();
    assert_eq!(keys, ["ep.e.e0", "ep.e.e1", "ep.e.e2"]);
    let exported: Vec<Engagement> = workspace.engagements().cloned().collect();
    assert_eq!(
        workspace.merge_in(&exported, 99_000).map(|changed| changed.len()),
        Ok(0),
        "what is known writes nothing"
    );
    assert_eq!(store.texts().into_keys().collect::<Vec<_>>(), keys);
}

#[test]
fn t04_an_import_that_fails_at_any_write_leaves_nothing_behind() {
    for first in 0..3 {
        let store = Faulty::default();
        let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
        write(&mut workspace, &contoso(), &named("Contoso"), 2_000);
        let before = store.texts();
        store.plan(Some(Plan {
            fault: Fault::Throws(StoreError::Full),
            first,
            always: false,
            writes: true,
        }));
        assert_eq!(
            workspace.merge_in(&files(3), 3_000),
            Err(Refusal::Store(StoreError::Full))
        );
        assert_eq!(store.texts(), before, "write {first}");
        assert_eq!(workspace.engagements().count(), 1);
        store.plan(None);
        assert_eq!(
            workspace.merge_in(&files(3), 4_000).map(|changed| changed.len()),
            Ok(3),
            "and it can be done again"
        );
    }
}

#[test]
fn t03_an_import_that_was_cut_off_is_never_joined_and_is_put_aside() {
    let store = Faulty::default();
    let mut dying = Workspace::open(store.clone(), tab(true), 1_000);
    let dead = dying.replica();
    assert!(dying.merge_in(&files(3), 2_000).is_ok());
    let last = format!("ep.m.{dead}.1.e2");
    store.put(&last, None);
    let mut workspace = Workspace::open(store.clone(), tab(true), 3_000);
    assert_eq!(workspace.engagements().count(), 0);
    keep_often(&mut workspace, 10_000, 4, &[dead]);
    let keys: Vec<String> = store.texts().into_keys().collect();
    assert!(
        keys.len() == 2 && keys.iter().all(|key| key.starts_with("ep.q.")),
        "{keys:?}"
    );
    assert_eq!(
        workspace
            .take_notices()
            .iter()
            .filter(|notice| matches!(notice, Notice::Damaged { kept_as: Some(_), .. }))
            .count(),
        2
    );
}

#[test]
fn what_will_not_fit_is_refused_before_anything_is_written() {
    let store = Faulty::default();
    store.put("other", Some(&"x".repeat(5_200_000)));
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    let comment = Change::SetComment("994".into(), noise(1, 60_000));
    let refused = workspace.merge_in(&[from_a_file(&contoso(), &[comment], 500)], 2_000);
    assert!(
        matches!(refused, Err(Refusal::NoRoom { needs, left }) if needs > 120_000 && left < 43_000),
        "{refused:?}"
    );
    assert_eq!(store.texts().len(), 1);
    assert_eq!(workspace.engagements().count(), 0);
}

#[test]
fn an_import_brings_an_engagement_back_from_the_trash() {
    let store = Faulty::default();
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    write(&mut workspace, &contoso(), &named("Contoso"), 2_000);
    let file: Vec<Engagement> = workspace.engagements().cloned().collect();
    assert_eq!(workspace.trash(&contoso(), 3_000), Ok(()));
    assert_eq!(workspace.engagements().count(), 0);
    assert_eq!(workspace.merge_in(&file, 4_000).map(|changed| changed.len()), Ok(1));
    assert_eq!(workspace.engagements().count(), 1);
    assert_eq!(opened(store.texts()).engagements().count(), 1);
}

/// A file that has seen more of this tab's replica than the tab has done: the profile was restored, or the clock of the
/// machine turned back with everything on it.
#[test]
fn t23_a_twin_in_a_file_makes_the_tab_draw_a_new_replica() {
    let store = Faulty::default();
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    write(&mut workspace, &contoso(), &named("Contoso"), 2_000);
    let mut twin = workspace.get(&contoso()).cloned().expect("just made");
    let by = crate::support::by(workspace.replica(), 3_000);
    twin.apply(&Change::SetSeats(Some(9)), &by);
    let before = workspace.replica();
    assert!(workspace.merge_in(&[twin], 4_000).is_ok());
    assert_ne!(workspace.replica(), before);
    assert!(workspace.take_notices().contains(&Notice::NewReplica));
    let mut ledger = Ledger::default();
    edit(
        &mut workspace,
        &contoso(),
        &Change::SetCountry("Chile".to_owned()),
        5_000,
        &mut ledger,
    );
    let again = opened(store.texts());
    assert!(ledger.lost(&again).is_empty());
    assert_eq!(again.get(&contoso()).and_then(|one| one.seats()), Some(9));
}

#[test]
fn the_import_of_a_living_tab_goes_once_snapshots_have_it() {
    let store = Faulty::default();
    let mut importing = Workspace::open(store.clone(), tab(true), 1_000);
    let mut keeping = Workspace::open(store.clone(), tab(true), 1_000);
    assert!(importing.merge_in(&files(2), 2_000).is_ok());
    keep_often(&mut keeping, 10_000, 4, &[]);
    assert!(store.texts().keys().all(|key| key.starts_with("ep.e.")));
    importing.hear(60_000);
    assert_eq!(importing.engagements().count(), 2);
    assert!(importing.take_notices().is_empty());
}

/// The keeper died while it removed an import that snapshots had: nobody is alarmed, the rest goes.
#[test]
fn t09_a_removal_that_was_cut_off_is_finished_quietly() {
    let store = Faulty::default();
    let mut importing = Workspace::open(store.clone(), tab(true), 1_000);
    let dead = importing.replica();
    assert!(importing.merge_in(&files(3), 2_000).is_ok());
    keep_often(&mut importing, 3_000, 2, &[]);
    store.put(&format!("ep.m.{dead}.1.e0"), None);
    let mut workspace = Workspace::open(store.clone(), tab(true), 30_000);
    assert_eq!(workspace.engagements().count(), 3);
    keep_often(&mut workspace, 40_000, 4, &[dead]);
    assert!(store.texts().keys().all(|key| key.starts_with("ep.e.")));
    assert!(workspace.take_notices().is_empty());
}
