//! T04, T05: the storage is full, or a call fails or answers wrongly, at every single call of a day's work.

use super::model::{Fault, Faulty, Ledger, Plan, edit, from_a_file, opened, tab, write};
use crate::support::{contoso, draw_from_the_start};
use engagement_playbook::{
    engagement::Change,
    playbook::EngagementId,
    workspace::{Notice, SaveState, StoreError, Workspace},
};

fn named(name: &str) -> Change {
    Change::SetCustomer(name.to_owned())
}

fn fabrikam() -> EngagementId {
    "fabrikam".into()
}

/// What stands there before: two engagements in snapshots, a dead tab's journal, keys of others.
fn yesterday(ledger: &mut Ledger) -> Faulty {
    draw_from_the_start();
    let store = Faulty::default();
    store.put("ep.language", Some("de"));
    store.put("ep.unknown.key", Some("of a later version"));
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    for (name, now) in [("Contoso", 2_000), ("Contoso AG", 3_000)] {
        edit(&mut workspace, &contoso(), &named(name), now, ledger);
        edit(&mut workspace, &fabrikam(), &named(name), now, ledger);
    }
    for pass in 0..4 {
        workspace.keep(5_000 + 11_000 * pass, &[]);
    }
    edit(&mut workspace, &contoso(), &Change::SetSeats(Some(250)), 60_000, ledger);
    import(
        &mut workspace,
        &[fabrikam(), "imported".into()],
        "Chile",
        61_000,
        ledger,
    );
    store
}

/// Imports files of these engagements by other hands; a refused import changes nothing.
fn import(workspace: &mut Workspace<Faulty>, ids: &[EngagementId], country: &str, now: i64, ledger: &mut Ledger) {
    let files: Vec<_> = ids
        .iter()
        .map(|id| from_a_file(id, &[Change::SetCountry(country.to_owned())], now))
        .collect();
    let countries = |workspace: &Workspace<Faulty>| -> Vec<Option<String>> {
        ids.iter()
            .map(|id| workspace.get(id).map(|one| one.country().to_owned()))
            .collect()
    };
    let before = countries(workspace);
    if workspace.merge_in(&files, now).is_ok() {
        let entries = files
            .iter()
            .filter_map(|file| super::model::entry_of(None, file, *file.vector().0.keys().next()?));
        let entries: Vec<_> = entries.collect();
        ledger.saved.extend(entries.clone());
        ledger.made.extend(entries);
    } else {
        assert_eq!(countries(workspace), before);
    }
}

/// A day's work over it, with everything the workspace can do.
fn today(workspace: &mut Workspace<Faulty>, ledger: &mut Ledger) {
    let mut now = 100_000;
    let dead: Vec<_> = workspace.others().into_iter().collect();
    for number in 0..4_u32 {
        edit(
            workspace,
            &contoso(),
            &Change::SetComment("994".into(), format!("day {number}")),
            now,
            ledger,
        );
        edit(workspace, &fabrikam(), &Change::SetSeats(Some(number)), now + 1, ledger);
        let new = EngagementId::parse(&format!("new{number}")).expect("an id");
        import(
            workspace,
            &[contoso(), new],
            &format!("country {number}"),
            now + 2,
            ledger,
        );
        workspace.keep(now + 3, &dead);
        workspace.sign("Grace", "ja");
        now += 11_000;
        workspace.hear(now);
        let _ = workspace.trash(&fabrikam(), now);
        let _ = workspace.restore(&fabrikam());
    }
    for _ in 0..3 {
        workspace.keep(now, &dead);
        now += 11_000;
    }
}

/// Works through the day with a fault, then looks at what is there.
fn day_with(plan: Plan) -> usize {
    let mut ledger = Ledger::default();
    let store = yesterday(&mut ledger);
    let saved_before = ledger.saved.len();
    store.plan(Some(plan));
    let mut workspace = Workspace::open(store.clone(), tab(true), 90_000);
    today(&mut workspace, &mut ledger);
    let calls = store.calls();
    store.plan(None);
    let context = format!("{plan:?}");

    // Whoever opens the storage now finds all that was said to be saved, and no damage.
    let mut reopened = opened(store.texts());
    assert!(
        ledger.lost(&reopened).is_empty(),
        "{context}: {:?}",
        ledger.lost(&reopened)
    );
    let harm = |notice: &Notice| {
        matches!(
            notice,
            Notice::Damaged { .. } | Notice::NewerSchema { .. } | Notice::Adopted(_)
        )
    };
    let notices = reopened.take_notices();
    assert!(!notices.iter().any(harm), "{context}: {notices:?}");
    assert_eq!(store.texts().get("ep.language").map(String::as_str), Some("de"));
    assert_eq!(
        store.texts().get("ep.unknown.key").map(String::as_str),
        Some("of a later version")
    );

    // The tab has everything that was done in it, and what could be read.
    let here = Ledger {
        saved: ledger.made.iter().skip(saved_before).cloned().collect(),
        made: ledger.made.clone(),
    };
    assert!(
        here.lost(&workspace).is_empty(),
        "{context}: {:?}",
        here.lost(&workspace)
    );

    // When the fault is over, the next edit saves all of it.
    workspace.hear(200_000);
    edit(
        &mut workspace,
        &contoso(),
        &named("Contoso again"),
        200_001,
        &mut ledger,
    );
    assert_eq!(workspace.save_state(), SaveState::Saved, "{context}");
    let all = Ledger {
        saved: ledger.made.clone(),
        made: ledger.made.clone(),
    };
    assert!(
        all.lost(&opened(store.texts())).is_empty(),
        "{context}: {:?}",
        all.lost(&opened(store.texts()))
    );
    calls
}

fn days_with(fault: Fault, writes: bool) {
    for always in [false, true] {
        let mut first = 0;
        while day_with(Plan {
            fault,
            first,
            always,
            writes,
        }) > first
        {
            first += 1;
        }
        assert!(first > 20, "there were calls to fail: {first}");
    }
}

/// The names and codes by which browsers say that there is no room, of today and of yesterday, and what is none of them.
#[test]
fn t04_every_name_and_code_of_a_full_storage_is_known() {
    for (name, code) in [
        (Some("QuotaExceededError"), Some(22.0)),
        (Some("QuotaExceededError"), Some(0.0)),
        (Some("QuotaExceededError"), None),
        (Some("NS_ERROR_DOM_QUOTA_REACHED"), Some(1014.0)),
        (Some("NS_ERROR_DOM_QUOTA_REACHED"), None),
        (Some("Error"), Some(22.0)),
        (None, Some(22.0)),
        (None, Some(1014.0)),
    ] {
        assert_eq!(StoreError::named(name, code), StoreError::Full, "{name:?} {code:?}");
    }
    for (name, code) in [
        (Some("SecurityError"), Some(18.0)),
        (Some("InvalidStateError"), Some(11.0)),
        (Some("NS_ERROR_FILE_CORRUPTED"), None),
        (Some("NS_ERROR_FAILURE"), Some(2_147_500_037.0)),
        (Some("quotaexceedederror"), None),
        (Some(""), Some(0.0)),
        (None, Some(f64::NAN)),
        (None, None),
    ] {
        assert_eq!(StoreError::named(name, code), StoreError::Blocked, "{name:?} {code:?}");
    }
}

#[test]
fn t04_quota_at_every_write() {
    days_with(Fault::Throws(StoreError::Full), true);
}

#[test]
fn t05_every_call_throws_once_or_from_then_on() {
    days_with(Fault::Throws(StoreError::Blocked), false);
}

#[test]
fn t05_every_call_answers_stale_once_or_from_then_on() {
    days_with(Fault::Stale, false);
}

#[test]
fn t05_a_write_that_throws_was_done_all_the_same() {
    days_with(Fault::Stale, true);
    let store = Faulty::default();
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    write(&mut workspace, &contoso(), &named("Contoso"), 2_000);
    store.plan(Some(Plan {
        fault: Fault::Stale,
        first: 0,
        always: false,
        writes: true,
    }));
    write(&mut workspace, &contoso(), &named("Contoso AG"), 3_000);
    write(&mut workspace, &contoso(), &named("Contoso Ltd"), 4_000);
    assert!(
        workspace.take_notices().is_empty(),
        "our own text is not taken for somebody else's"
    );
    assert!(!store.texts().keys().any(|key| key.starts_with("ep.q.")));
}

#[test]
fn t05_a_key_that_cannot_be_read_all_day_is_left_alone() {
    let keys: Vec<String> = yesterday(&mut Ledger::default())
        .texts()
        .into_keys()
        .filter(|key| !key.contains("language"))
        .collect();
    assert!(keys.len() > 5);
    for key in keys {
        let mut ledger = Ledger::default();
        let store = yesterday(&mut ledger);
        let before = store.texts()[&key].clone();
        store.hide(Some(&key));
        let mut workspace = Workspace::open(store.clone(), tab(true), 90_000);
        today(&mut workspace, &mut ledger);
        store.hide(None);
        assert_eq!(store.texts().get(&key), Some(&before), "{key}");
        assert!(!store.texts().keys().any(|key| key.starts_with("ep.q.")), "{key}");
        let adopted = |notice: &Notice| matches!(notice, Notice::Adopted(_) | Notice::WrittenAgain(_));
        assert!(!workspace.take_notices().iter().any(adopted), "{key}");
        workspace.hear(200_000);
        for workspace in [&workspace, &opened(store.texts())] {
            assert!(ledger.lost(workspace).is_empty(), "{key}: {:?}", ledger.lost(workspace));
        }
    }
}

#[test]
fn t04_a_failed_save_is_told_and_made_good_with_the_next_edit() {
    let store = Faulty::default();
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    let mut ledger = Ledger::default();
    edit(&mut workspace, &contoso(), &named("Contoso"), 2_000, &mut ledger);
    let before = store.texts();
    store.plan(Some(Plan {
        fault: Fault::Throws(StoreError::Full),
        first: 0,
        always: true,
        writes: true,
    }));
    let done = workspace.apply(&contoso(), &[Change::SetSeats(Some(5))], 3_000);
    assert_eq!(done.map(|done| done.save), Ok(SaveState::Unsaved(StoreError::Full)));
    assert_eq!(
        workspace.get(&contoso()).and_then(|one| one.seats()),
        Some(5),
        "the edit is kept"
    );
    assert_eq!(store.texts(), before, "the old value is intact");
    store.plan(None);
    edit(
        &mut workspace,
        &contoso(),
        &Change::SetCountry("Chile".to_owned()),
        4_000,
        &mut ledger,
    );
    assert_eq!(workspace.save_state(), SaveState::Saved);
    assert_eq!(
        opened(store.texts()).get(&contoso()),
        workspace.get(&contoso()),
        "both are there"
    );
}

#[test]
fn t05_what_cannot_be_read_is_not_overwritten() {
    let store = yesterday(&mut Ledger::default());
    let before = store.texts();
    store.plan(Some(Plan {
        fault: Fault::Throws(StoreError::Blocked),
        first: 0,
        always: true,
        writes: false,
    }));
    let mut workspace = Workspace::open(store.clone(), tab(true), 90_000);
    assert!(
        workspace
            .take_notices()
            .iter()
            .any(|notice| matches!(notice, Notice::Unreadable { .. }))
    );
    for pass in 0..4 {
        workspace.keep(100_000 + 11_000 * pass, &[]);
    }
    store.plan(None);
    assert_eq!(store.texts(), before);
    workspace.hear(200_000);
    assert_eq!(
        workspace.engagements().count(),
        3,
        "and it is read as soon as it can be"
    );
}
