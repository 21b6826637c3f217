//! The trash: local, 30 days, and an edit it does not know of brings the engagement back.

use super::model::{Faulty, Ledger, Origin, View, edit, from_a_file, keep_often, opened, tab, write};
use crate::support::contoso;
use engagement_playbook::{
    engagement::Change,
    workspace::{KEPT_IN_TRASH, Workspace},
};
use std::{cell::RefCell, rc::Rc};

fn named(name: &str) -> Change {
    Change::SetCustomer(name.to_owned())
}

#[test]
fn what_is_in_the_trash_is_not_in_the_list_and_comes_back_whole() {
    let store = Faulty::default();
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    write(&mut workspace, &contoso(), &named("Contoso"), 2_000);
    let before = workspace.get(&contoso()).cloned();
    assert_eq!(workspace.trash(&contoso(), 3_000), Ok(()));
    for workspace in [&workspace, &opened(store.texts())] {
        assert_eq!(workspace.engagements().count(), 0);
        let [trashed] = workspace.trashed()[..] else {
            panic!("one")
        };
        assert_eq!((trashed.at, Some(trashed.engagement)), (3_000, before.as_ref()));
    }
    assert_eq!(workspace.restore(&contoso()), Ok(()));
    for workspace in [&workspace, &opened(store.texts())] {
        assert_eq!((workspace.engagements().count(), workspace.trashed().len()), (1, 0));
    }
}

#[test]
fn t26_an_edit_that_the_trash_has_not_seen_brings_the_engagement_back() {
    let origin = Rc::new(RefCell::new(Origin::default()));
    let views = [View::new(&origin, 0), View::new(&origin, 1)];
    let [mut mine, mut theirs] = views.clone().map(|view| Workspace::open(view, tab(true), 1_000));
    write(&mut mine, &contoso(), &named("Contoso"), 2_000);
    views[1].deliver(usize::MAX, 0);
    theirs.hear(2_500);
    assert_eq!(mine.trash(&contoso(), 3_000), Ok(()));
    write(&mut theirs, &contoso(), &Change::SetSeats(Some(5)), 3_000);
    for (view, workspace) in views.iter().zip([&mut mine, &mut theirs]) {
        view.deliver(usize::MAX, 0);
        workspace.hear(4_000);
        assert_eq!(
            workspace.engagements().map(|one| one.seats()).collect::<Vec<_>>(),
            [Some(5)]
        );
    }
    assert_eq!(
        mine.trash(&contoso(), 5_000),
        Ok(()),
        "and can be thrown away again, now that it was seen"
    );
    views[1].deliver(usize::MAX, 0);
    assert!(theirs.hear(6_000).contains(&contoso()));
    assert_eq!(theirs.engagements().count(), 0);
}

#[test]
fn after_30_days_it_is_gone_and_a_tab_that_slept_does_not_bring_it_back() {
    let store = Faulty::default();
    let mut asleep = Workspace::open(store.clone(), tab(true), 1_000);
    write(&mut asleep, &contoso(), &named("Contoso"), 2_000);
    edit(
        &mut asleep,
        &"fabrikam".into(),
        &named("Fabrikam"),
        2_000,
        &mut Ledger::default(),
    );
    let mut workspace = Workspace::open(store.clone(), tab(true), 2_500);
    assert_eq!(workspace.trash(&contoso(), 3_000), Ok(()));
    keep_often(&mut workspace, 10_000, 4, &[]);
    let later = 3_000 + KEPT_IN_TRASH;
    workspace.keep(later, &[]);
    assert_eq!(workspace.trashed().len(), 1, "not a moment before");
    let mut now = later + 1;
    for _ in 0..4 {
        workspace.keep(now, &[]);
        now += 11_000;
    }
    assert_eq!((workspace.engagements().count(), workspace.trashed().len()), (1, 0));
    assert!(!store.texts().contains_key("ep.e.contoso"));
    asleep.hear(now);
    keep_often(&mut asleep, now, 4, &[]);
    assert_eq!(
        asleep.engagements().map(|one| one.customer()).collect::<Vec<_>>(),
        ["Fabrikam"]
    );
    assert_eq!(
        store.texts().into_keys().collect::<Vec<_>>(),
        ["ep.e.fabrikam", "ep.t.contoso"]
    );
    let end = now + KEPT_IN_TRASH;
    keep_often(&mut asleep, end, 3, &[]);
    assert_eq!(store.texts().into_keys().collect::<Vec<_>>(), ["ep.e.fabrikam"]);
}

#[test]
fn after_30_days_a_colleagues_file_brings_it_back_whole() {
    let store = Faulty::default();
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    let file = from_a_file(&contoso(), &[named("Contoso")], 500);
    assert!(workspace.merge_in(std::slice::from_ref(&file), 2_000).is_ok());
    assert_eq!(workspace.trash(&contoso(), 3_000), Ok(()));
    let mut now = 4_000 + KEPT_IN_TRASH;
    for _ in 0..6 {
        workspace.keep(now, &[]);
        now += 11_000;
    }
    assert!(workspace.get(&contoso()).is_none());
    assert_eq!(workspace.merge_in(&[file], now).map(|changed| changed.len()), Ok(1));
    assert_eq!(
        opened(store.texts())
            .engagements()
            .map(|one| one.customer())
            .collect::<Vec<_>>(),
        ["Contoso"]
    );
}
