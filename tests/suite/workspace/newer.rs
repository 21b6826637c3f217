//! T12, T13, T31: a value of a newer schema. The older app only reads from then on, and every byte stays as it is.

use super::model::{Faulty, opened, tab, write};
use crate::support::contoso;
use engagement_playbook::{
    engagement::Change,
    workspace::{
        Kept, Notice, Refusal, SaveState, Workspace,
        envelope::{Opened, SCHEMA, open, seal, wrap},
    },
};

fn newer(by: u64) -> String {
    wrap(SCHEMA + by, 0, "{\"of a later version\":true}")
}

#[test]
fn t13_newer_is_no_damage_and_damage_is_not_newer() {
    for by in [1, 100] {
        assert_eq!(open(&newer(by)), Opened::Newer { schema: SCHEMA + by });
        assert_eq!(open(&newer(by).replace("true", "trve")), Opened::Damaged);
    }
    // A flip that makes the schema's 1 a 3 is damage.
    assert_eq!(open(&seal(0, "{}").replacen("ep 1", "ep 3", 1)), Opened::Damaged);
}

/// Everything the workspace can be asked to do.
fn ask_for_everything(workspace: &mut Workspace<Faulty>) -> Vec<Result<(), Refusal>> {
    let id = contoso();
    let file = super::model::from_a_file(&id, &[Change::SetSeats(Some(9))], 5_000);
    let asked = vec![
        workspace.apply(&id, &[Change::SetSeats(Some(5))], 5_000).map(drop),
        workspace
            .create(&"new".into(), &[Change::SetSeats(Some(5))], 5_000)
            .map(drop),
        workspace.merge_in(&[file], 5_000).map(drop),
        workspace.trash(&id, 5_000),
        workspace.restore(&id),
        workspace.erase_all(5_000),
    ];
    workspace.sign("Grace", "ja");
    workspace.save();
    for pass in 0..4 {
        workspace.hear(20_000 + 11_000 * pass);
        let others: Vec<_> = workspace.others().into_iter().collect();
        assert_eq!(
            workspace.keep(20_000 + 11_000 * pass, &others),
            Kept::default(),
            "it gives up keeping"
        );
    }
    asked
}

#[test]
fn t12_a_newer_value_under_an_open_tab_makes_it_read_only() {
    for (key, by) in [
        ("ep.e.new", 1),
        ("ep.e.contoso", 100),
        ("ep.j.ZZZZZZZZ", 1),
        ("ep.m.ZZZZZZZZ.1.new", 1),
        ("ep.t.contoso", 1),
    ] {
        let store = Faulty::default();
        let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
        write(
            &mut workspace,
            &contoso(),
            &Change::SetCustomer("Contoso".to_owned()),
            2_000,
        );
        store.put(key, Some(&newer(by)));
        store.put("ep.e.damaged", Some("no envelope"));
        let before = store.texts();
        workspace.hear_of(key, 3_000);
        assert_eq!(workspace.save_state(), SaveState::ReadOnly, "{key}");
        assert!(
            workspace
                .take_notices()
                .contains(&Notice::NewerSchema { key: key.to_owned() })
        );
        for refused in ask_for_everything(&mut workspace) {
            assert_eq!(refused, Err(Refusal::ReadOnly));
        }
        assert_eq!(store.texts(), before, "not a byte is written");
        assert_eq!(
            workspace.get(&contoso()).map(|one| one.customer()),
            Some("Contoso"),
            "and it can be read and exported"
        );
    }
}

#[test]
fn t12_what_could_not_be_saved_before_is_not_written_either() {
    let store = Faulty::default();
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    store.refuse(|_| true);
    write(
        &mut workspace,
        &contoso(),
        &Change::SetCustomer("Contoso".to_owned()),
        2_000,
    );
    store.refuse(|_| false);
    store.put("ep.e.new", Some(&newer(1)));
    let before = store.texts();
    workspace.hear(3_000);
    ask_for_everything(&mut workspace);
    assert_eq!(store.texts(), before);
    assert_eq!(
        workspace.get(&contoso()).map(|one| one.customer()),
        Some("Contoso"),
        "it is kept, for the file"
    );
}

#[test]
fn t13_a_newer_value_at_the_start_is_left_alone() {
    let store = Faulty::default();
    let mut before = Workspace::open(store.clone(), tab(true), 1_000);
    write(
        &mut before,
        &contoso(),
        &Change::SetCustomer("Contoso".to_owned()),
        2_000,
    );
    store.put("ep.e.fabrikam", Some(&newer(1)));
    store.put("ep.e.damaged", Some("no envelope"));
    let texts = store.texts();
    let mut workspace = Workspace::open(store.clone(), tab(true), 3_000);
    assert_eq!(workspace.save_state(), SaveState::ReadOnly);
    assert!(
        ask_for_everything(&mut workspace)
            .iter()
            .all(|refused| *refused == Err(Refusal::ReadOnly))
    );
    assert_eq!(store.texts(), texts);
    assert_eq!(
        opened(texts).get(&contoso()).map(|one| one.customer()),
        Some("Contoso"),
        "what is ours is read"
    );
}

/// Two single files of two versions, opened from the disk: one storage, no locks between them.
#[test]
fn t31_two_files_of_two_versions_do_each_other_no_harm() {
    let store = Faulty::default();
    let mut old = Workspace::open(store.clone(), tab(false), 1_000);
    write(&mut old, &contoso(), &Change::SetCustomer("Contoso".to_owned()), 2_000);
    // The other file is of the same schema: both work, each sees the other's work.
    let mut other = Workspace::open(store.clone(), tab(false), 3_000);
    write(&mut other, &contoso(), &Change::SetSeats(Some(9)), 4_000);
    old.hear(5_000);
    assert_eq!(old.get(&contoso()).and_then(|one| one.seats()), Some(9));
    assert_eq!(old.save_state(), SaveState::Saved);

    // The next version is of a newer schema: it carries over what it finds, under the same keys.
    drop(other);
    for (key, text) in store.texts() {
        store.put(&key, Some(&wrap(SCHEMA + 1, 0, &text)));
    }
    let carried_over = store.texts();
    old.hear(6_000);
    assert_eq!(old.save_state(), SaveState::ReadOnly);
    for refused in ask_for_everything(&mut old) {
        assert_eq!(refused, Err(Refusal::ReadOnly));
    }
    assert_eq!(store.texts(), carried_over, "the older file writes nothing any more");
    assert_eq!(
        old.get(&contoso()).map(|one| one.customer()),
        Some("Contoso"),
        "and still shows what it knew"
    );
    let late = Workspace::open(store.clone(), tab(false), 90_000);
    assert_eq!(late.save_state(), SaveState::ReadOnly, "also when it is opened again");
    assert_eq!(store.texts(), carried_over);
}
