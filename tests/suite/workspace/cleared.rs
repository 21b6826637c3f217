//! T29, T30: storage that is cleared under an open tab, on purpose or not, and texts that somebody else wrote.

use super::model::{Faulty, Ledger, Origin, View, edit, keep_often, opened, tab, write};
use crate::support::contoso;
use engagement_playbook::{
    engagement::Change,
    playbook::EngagementId,
    workspace::{KeyValue, Notice, Workspace, envelope::seal},
};
use std::{cell::RefCell, rc::Rc};

fn named(name: &str) -> Change {
    Change::SetCustomer(name.to_owned())
}

fn clear(store: &Faulty) {
    store.texts().keys().for_each(|key| store.put(key, None));
}

fn customer(store: &Faulty, id: &EngagementId) -> Option<String> {
    opened(store.texts()).get(id).map(|one| one.customer().to_owned())
}

#[test]
fn t29_storage_that_is_cleared_under_an_open_tab_is_written_again() {
    let store = Faulty::default();
    let mut yesterday = Workspace::open(store.clone(), tab(true), 1_000);
    edit(
        &mut yesterday,
        &"fabrikam".into(),
        &named("Fabrikam"),
        2_000,
        &mut Ledger::default(),
    );
    keep_often(&mut yesterday, 3_000, 4, &[]);
    let mut today = Workspace::open(store.clone(), tab(true), 53_000);
    for (number, name) in ["Contoso", "Contoso AG"].iter().enumerate() {
        edit(
            &mut today,
            &contoso(),
            &named(name),
            54_000 + number as i64,
            &mut Ledger::default(),
        );
    }
    clear(&store);
    today.hear(55_000);
    assert_eq!(
        customer(&store, &contoso()).as_deref(),
        Some("Contoso AG"),
        "its own work at once"
    );
    keep_often(&mut today, 56_000, 2, &[]);
    assert_eq!(
        customer(&store, &"fabrikam".into()).as_deref(),
        Some("Fabrikam"),
        "everything else with the next pass"
    );
    let again = |notice: &Notice| matches!(notice, Notice::WrittenAgain(_));
    assert!(today.take_notices().iter().any(again));
}

#[test]
fn t29_so_is_what_snapshots_had_already() {
    for locks in [true, false] {
        let store = Faulty::default();
        let mut workspace = Workspace::open(store.clone(), tab(locks), 1_000);
        write(&mut workspace, &contoso(), &named("Contoso"), 2_000);
        keep_often(&mut workspace, 5_000, 4, &[]);
        assert_eq!(
            store.texts().keys().any(|key| key.starts_with("ep.j.")),
            !locks,
            "trimmed where locks allow it"
        );
        clear(&store);
        workspace.hear(60_000);
        assert_eq!(customer(&store, &contoso()).as_deref(), Some("Contoso"));
        clear(&store);
        write(&mut workspace, &contoso(), &Change::SetSeats(Some(5)), 61_000);
        assert_eq!(
            customer(&store, &contoso()).as_deref(),
            Some("Contoso"),
            "an edit notices it too"
        );
    }
}

#[test]
fn t29_erased_on_purpose_stays_erased_in_every_tab() {
    let origin = Rc::new(RefCell::new(Origin::default()));
    let views = [View::new(&origin, 0), View::new(&origin, 1)];
    let [mut mine, mut theirs] = views.clone().map(|view| Workspace::open(view, tab(true), 1_000));
    write(&mut mine, &contoso(), &named("Contoso"), 2_000);
    edit(
        &mut theirs,
        &"fabrikam".into(),
        &named("Fabrikam"),
        2_000,
        &mut Ledger::default(),
    );
    views.iter().for_each(|view| drop(view.deliver(usize::MAX, 0)));
    mine.hear(3_000);
    assert_eq!(mine.erase_all(3_000), Ok(()));
    assert_eq!(mine.engagements().count(), 0);
    // The other has not heard of it and writes once more.
    edit(
        &mut theirs,
        &"fabrikam".into(),
        &named("Fabrikam AG"),
        4_000,
        &mut Ledger::default(),
    );
    let (late, replica) = (origin.borrow().after(origin.borrow().log.len()), theirs.replica());
    assert!(late.contains_key(&format!("ep.j.{replica}")));
    assert_eq!(opened(late).engagements().count(), 0, "what it wrote late is nobody's");
    views[1].deliver(usize::MAX, 0);
    assert_eq!(theirs.hear(5_000).into_iter().collect::<Vec<_>>(), ["fabrikam".into()]);
    assert!(theirs.take_notices().contains(&Notice::Erased));
    assert_eq!(theirs.engagements().count(), 0);
    assert_ne!(theirs.replica(), replica, "it goes on under a new replica");
    let left: Vec<String> = origin.borrow().after(origin.borrow().log.len()).into_keys().collect();
    assert_eq!(left, ["ep.erased"]);
    write(&mut theirs, &contoso(), &named("Contoso again"), 6_000);
    views[0].deliver(usize::MAX, 0);
    mine.hear(7_000);
    assert_eq!(mine.get(&contoso()).map(|one| one.customer()), Some("Contoso again"));
}

#[test]
fn t29_an_edit_after_an_unheard_erasure_meets_an_empty_workspace() {
    let store = Faulty::default();
    let mut mine = Workspace::open(store.clone(), tab(true), 1_000);
    let mut theirs = Workspace::open(store.clone(), tab(true), 1_000);
    write(&mut theirs, &contoso(), &named("Contoso"), 2_000);
    assert_eq!(mine.erase_all(3_000), Ok(()));
    assert!(theirs.apply(&contoso(), &[named("Contoso AG")], 4_000).is_err());
    assert_eq!(store.texts().into_keys().collect::<Vec<_>>(), ["ep.erased"]);
}

#[test]
fn t29_erasing_takes_copies_of_damage_too_and_leaves_what_is_not_ours() {
    let store = Faulty::default();
    for key in ["ep.language", "ep.p.playbook", "ep.unknown", "theirs"] {
        store.put(key, Some("stays"));
    }
    store.put("ep.e.contoso", Some("no envelope"));
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    assert!(store.texts().keys().any(|key| key.starts_with("ep.q.")));
    assert_eq!(workspace.erase_all(2_000), Ok(()));
    let left: Vec<String> = store.texts().into_keys().collect();
    assert_eq!(
        left,
        ["ep.erased", "ep.language", "ep.p.playbook", "ep.unknown", "theirs"]
    );
}

#[test]
fn t30_a_foreign_text_under_our_journal_is_put_aside_and_ours_written_again() {
    for foreign in ["garbage".to_owned(), seal(0, "{}"), String::new()] {
        let store = Faulty::default();
        let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
        write(&mut workspace, &contoso(), &named("Contoso"), 2_000);
        let key = format!("ep.j.{}", workspace.replica());
        store.put(&key, Some(&foreign));
        workspace.hear(3_000);
        assert_eq!(customer(&store, &contoso()).as_deref(), Some("Contoso"));
        let notices = workspace.take_notices();
        let Some(Notice::ForeignWrite {
            key: told,
            kept_as: Some(kept_as),
        }) = notices.first()
        else {
            panic!("{notices:?}")
        };
        assert_eq!(told, &key);
        assert_eq!(store.texts()[kept_as], foreign);
        store.put(&key, Some(&foreign));
        write(&mut workspace, &contoso(), &Change::SetSeats(Some(5)), 4_000);
        assert_eq!(
            opened(store.texts()).get(&contoso()),
            workspace.get(&contoso()),
            "an edit notices it too"
        );
    }
}

#[test]
fn t30_an_old_snapshot_that_is_put_back_is_not_taken_for_truth() {
    let store = Faulty::default();
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    write(&mut workspace, &contoso(), &named("Contoso"), 2_000);
    keep_often(&mut workspace, 5_000, 4, &[]);
    let old = store.texts()["ep.e.contoso"].clone();
    write(&mut workspace, &contoso(), &named("Contoso AG"), 100_000);
    keep_often(&mut workspace, 110_000, 12, &[]);
    store.put("ep.e.contoso", Some(&old));
    workspace.hear(300_000);
    assert_eq!(workspace.get(&contoso()).map(|one| one.customer()), Some("Contoso AG"));
    assert_eq!(
        customer(&store, &contoso()).as_deref(),
        Some("Contoso AG"),
        "this tab's part is written again at once"
    );
    assert!(
        workspace
            .take_notices()
            .iter()
            .any(|notice| matches!(notice, Notice::ForeignWrite { .. }))
    );
}

#[test]
fn t30_nonsense_in_the_eraser_erases_nothing() {
    let store = Faulty::default();
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    write(&mut workspace, &contoso(), &named("Contoso"), 2_000);
    for nonsense in ["1", "true", "", "ep 1 7 2 00000000\n{}"] {
        store.put("ep.erased", Some(nonsense));
        workspace.hear(3_000);
        assert_eq!(workspace.engagements().count(), 1);
        assert_eq!(customer(&store, &contoso()).as_deref(), Some("Contoso"));
    }
}

#[test]
fn keys_that_are_not_ours_are_never_touched() {
    let store = Faulty::default();
    let keys = [
        "ep.language",
        "ep.theme",
        "ep.author",
        "ep.e",
        "ep.j.not-a-replica",
        "ep.q.old",
        "ep.x.contoso",
        "other",
    ];
    keys.iter().for_each(|key| store.put(key, Some("as it was")));
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    write(&mut workspace, &contoso(), &named("Contoso"), 2_000);
    keep_often(&mut workspace, 5_000, 4, &[]);
    assert_eq!(workspace.trash(&contoso(), 60_000), Ok(()));
    assert!(
        keys.iter()
            .all(|key| matches!(workspace.store().get(key), Ok(Some(text)) if text == "as it was"))
    );
}
