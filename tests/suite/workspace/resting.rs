//! What nobody opens for a week is kept small, and read when somebody asks for it: nothing else is other than before.

use super::model::{Faulty, opened, tab, write};
use crate::support::{contoso, draw, edit, fewer_cases, noise};
use engagement_playbook::{
    engagement::{Change, Engagement, Signature},
    exchange::export,
    playbook::{EngagementId, NoteId, TaskId},
    workspace::{
        ENGAGEMENTS, Kind, Notice, RESTS_AFTER, Workspace, deflated,
        envelope::{Opened, open, seal},
        inflated,
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};

const DAY: i64 = 24 * 3_600_000;

/// Passes of the keeper until it has nothing more to write.
fn kept(workspace: &mut Workspace<Faulty>, from: i64) -> i64 {
    let mut now = from;
    for _ in 0..100 {
        let done = workspace.keep(now, &[]);
        now = done.again_at.unwrap_or(now + 30_000).max(now + 1);
        if done.again_at.is_none() && done.written == 0 {
            break;
        }
    }
    now
}

fn payload(store: &Faulty, key: &str) -> Value {
    let text = store.texts().remove(key).expect("a key");
    match open(&text) {
        Opened::Ours { payload, .. } => serde_json::from_str(payload).expect("JSON"),
        other => panic!("{other:?}"),
    }
}

fn is_small(store: &Faulty) -> bool {
    payload(store, "ep.e.contoso").get("cold").is_some()
}

/// An engagement with a name and a long text, kept by the tab that wrote it.
fn begun() -> (Faulty, Workspace<Faulty>) {
    let store = Faulty::default();
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    write(
        &mut workspace,
        &contoso(),
        &Change::SetCustomer("Contoso".to_owned()),
        2_000,
    );
    let long = Change::SetComment("994".into(), "what was agreed ".repeat(500));
    write(&mut workspace, &contoso(), &long, 3_000);
    kept(&mut workspace, 20_000);
    (store, workspace)
}

#[test]
fn what_was_not_opened_for_a_week_is_kept_small_and_is_the_same() {
    let (store, workspace) = begun();
    let large = store.texts()["ep.e.contoso"].len();
    assert!(!is_small(&store));
    let before = workspace.get(&contoso()).cloned();
    drop(workspace);

    let mut later = Workspace::open(store.clone(), tab(true), 6 * DAY);
    later.note_opened(&contoso(), 6 * DAY);
    kept(&mut later, 6 * DAY);
    assert!(!is_small(&store), "somebody opened it");
    drop(later);

    let now = 6 * DAY + RESTS_AFTER + 1;
    let mut later = Workspace::open(store.clone(), tab(true), now);
    kept(&mut later, now);
    assert!(is_small(&store));
    assert!(
        store.texts()["ep.e.contoso"].len() * 4 < large,
        "{} of {large}",
        store.texts()["ep.e.contoso"].len()
    );

    let again = opened(store.texts());
    assert_eq!(again.get(&contoso()).cloned(), before);
}

#[test]
fn an_archived_one_is_kept_small_at_once_and_one_that_is_edited_large_again() {
    let (store, mut workspace) = begun();
    write(&mut workspace, &contoso(), &Change::SetArchived(true), 100_000);
    let now = kept(&mut workspace, 200_000);
    assert!(is_small(&store));
    write(&mut workspace, &contoso(), &Change::SetArchived(false), now + 100_000);
    kept(&mut workspace, now + 200_000);
    assert!(!is_small(&store));
}

#[test]
fn a_start_reads_it_only_when_somebody_asks() {
    let (store, _) = begun();
    let mut later = Workspace::open(store.clone(), tab(true), 30 * DAY);
    kept(&mut later, 30 * DAY);
    let again = opened(store.texts());
    let face = |workspace: &Workspace<Faulty>| workspace.face(&contoso()).expect("a face");
    assert_eq!(
        (face(&again).customer.as_str(), face(&again).archived, face(&again).read),
        ("Contoso", false, false)
    );
    assert!(again.get(&contoso()).is_some());
    assert!(face(&again).read);
}

#[test]
fn an_edit_of_what_was_not_read_yet_loses_nothing_of_it() {
    let (store, _) = begun();
    let mut later = Workspace::open(store.clone(), tab(true), 30 * DAY);
    kept(&mut later, 30 * DAY);
    // One tab edits it unread; the journal meets it unread in the next.
    let mut edits = opened(store.texts());
    write(
        &mut edits,
        &contoso(),
        &Change::SetCountry("Chile".to_owned()),
        31 * DAY,
    );
    let again = opened(edits.store().texts());
    let one = again.get(&contoso()).expect("contoso");
    assert_eq!((one.customer(), one.country()), ("Contoso", "Chile"));
    assert_eq!(one.comment(&"994".into()).len(), 8_000);
}

/// Whoever makes a text with the right checksum can put anything into it: it is set aside, named, and nothing is written
/// over it.
#[test]
fn t30_a_small_one_that_cannot_be_read_is_set_aside_and_named() {
    let (store, _) = begun();
    let mut later = Workspace::open(store.clone(), tab(true), 30 * DAY);
    kept(&mut later, 30 * DAY);
    let mut forged = payload(&store, "ep.e.contoso");
    forged["cold"]["deflated"] = json!("AAAA");
    let text = seal(0, &forged.to_string());

    for ask in [0, 1, 2] {
        let store = Faulty::default();
        store.put("ep.e.contoso", Some(&text));
        let mut workspace = Workspace::open(store.clone(), tab(true), 31 * DAY);
        match ask {
            0 => assert!(workspace.get(&contoso()).is_none()),
            1 => assert!(
                workspace
                    .apply(&contoso(), &[Change::SetSeats(Some(1))], 31 * DAY)
                    .is_err()
            ),
            _ => {
                let mut file = Engagement::new(contoso());
                let by = Signature {
                    now: 5_000,
                    replica: draw(),
                    author: "Bea".to_owned(),
                    language: "en".to_owned(),
                };
                file.apply(&Change::SetSeats(Some(7)), &by);
                assert!(workspace.merge_in(&[file], 31 * DAY).is_ok());
            }
        }
        kept(&mut workspace, 31 * DAY + 1);
        let notices = workspace.take_notices();
        let aside = notices.iter().find_map(|notice| match notice {
            Notice::Damaged { key, kept_as } if key == "ep.e.contoso" => kept_as.clone(),
            _ => None,
        });
        let aside = aside.unwrap_or_else(|| panic!("{ask}: {notices:?}"));
        assert_eq!(store.texts().get(&aside), Some(&text), "{ask}");
        let seats = workspace.get(&contoso()).and_then(Engagement::seats);
        assert_eq!(seats, (ask == 2).then_some(7));
    }
}

/// An engagement with 120 touched tasks and 20 notes, in words that differ: some 50 KB.
fn typical(number: u32) -> Engagement {
    let mut engagement = Engagement::new(EngagementId::parse(&format!("customer-{number:03}")).expect("an id"));
    let by = Signature {
        now: 5_000,
        replica: draw(),
        author: "Anna Weber".to_owned(),
        language: "de".to_owned(),
    };
    engagement.apply(&Change::SetCustomer(format!("Customer {number}")), &by);
    for task in 0..120_u32 {
        let task = TaskId::parse(&format!("own:{task}")).expect("a task");
        let words = format!(
            "agreed with {} on the next call",
            noise(number * 1_000 + task.as_str().len() as u32, 12)
        );
        engagement.apply(&Change::SetComment(task, words), &by);
    }
    for note in 0..20_u32 {
        let text = format!(
            "{} {}",
            "What was said about mailboxes and sites. ".repeat(3),
            noise(note, 24)
        );
        engagement.apply(
            &Change::EditNote(NoteId::parse(&format!("n{note}")).expect("an id"), text),
            &by,
        );
    }
    engagement
}

#[test]
fn t37_200_typical_engagements_fit_into_their_share_and_are_read_one_by_one() {
    let store = Faulty::default();
    let mut workspace = Workspace::open(store.clone(), tab(true), 10 * DAY);
    // A quarter of them: 200 take four times as much.
    let all: Vec<Engagement> = (0..50).map(typical).collect();
    assert!(workspace.merge_in(&all, 10 * DAY).is_ok());
    kept(&mut workspace, 10 * DAY + 1);
    assert!(
        !store.texts().keys().any(|key| key.starts_with("ep.m.")),
        "the import went into snapshots"
    );
    let used = workspace.room().of(Kind::Engagements);
    assert!(4 * used < ENGAGEMENTS / 2, "{used} of {ENGAGEMENTS}");

    let read = |workspace: &Workspace<Faulty>| {
        let faces = workspace.ids().filter_map(|id| workspace.face(id));
        faces.filter(|face| face.read).count()
    };
    let again = opened(store.texts());
    assert_eq!(again.ids().count(), 50);
    assert_eq!(read(&again), 0);
    let one = EngagementId::from("customer-042");
    assert_eq!(again.get(&one), workspace.get(&one));
    assert_eq!(read(&again), 1);
    assert!(again.engagements().eq(workspace.engagements()));
}

#[test]
fn what_200_customers_were_before_an_import_fits_beside_them() {
    let all: Vec<Engagement> = (0..50).map(typical).collect();
    let before = export(&all.iter().collect::<Vec<_>>());
    let copy = deflated(&before);
    assert!(4 * copy.len() < ENGAGEMENTS / 2, "{} of {ENGAGEMENTS}", 4 * copy.len());
    assert_eq!(inflated(&copy, before.len()).as_deref(), Some(before.as_str()));
    assert_eq!(
        inflated(&copy, before.len() - 1),
        None,
        "nothing is larger than it may be"
    );
    assert_eq!(inflated("{", before.len()), None);
}

proptest! {
    #![proptest_config(fewer_cases(4))]

    /// Small and read again is the same, whatever was written.
    #[test]
    fn small_and_large_again_is_the_same(edits in prop::collection::vec(edit(), 1..30)) {
        let store = Faulty::default();
        let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
        for (place, edit) in edits.iter().enumerate() {
            write(&mut workspace, &contoso(), &edit.change(), 2_000 + place as i64);
        }
        let long = Change::SetComment("x1".into(), noise(9, 6_000));
        write(&mut workspace, &contoso(), &long, 3_000);
        kept(&mut workspace, 20_000);
        let mut later = Workspace::open(store.clone(), tab(true), 30 * DAY);
        kept(&mut later, 30 * DAY);
        prop_assert!(is_small(&store));
        let again = opened(store.texts());
        prop_assert_eq!(again.get(&contoso()), workspace.get(&contoso()));
    }
}
