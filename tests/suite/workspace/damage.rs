//! T06: a stored value is cut off at any byte, any bit of it flips. It is found, put aside byte for byte and named; the
//! journals are joined, and everything else opens.

use super::model::{Faulty, Ledger, Texts, edit, keep_often, opened, tab, write};
use crate::support::{contoso, draw_from_the_start};
use engagement_playbook::{
    engagement::{Change, stamp::ReplicaId},
    playbook::EngagementId,
    workspace::{
        KeyValue, Notice, Workspace,
        envelope::{Opened, open, seal},
    },
};

/// Text of about so many bytes, with characters of one to four bytes.
fn payload(bytes: usize) -> String {
    "{\"name\":\"Contoso é 確認 😀\",\"n\":12345}\n"
        .chars()
        .cycle()
        .take(bytes * 4 / 5)
        .collect()
}

fn is_found(bytes: &[u8], whole: &str) -> bool {
    // What is no UTF-8 any more reaches us as replacement characters.
    let text = String::from_utf8_lossy(bytes);
    text == whole || open(&text) == Opened::Damaged
}

#[test]
fn t06_a_truncation_at_every_byte_and_a_flip_of_every_bit_are_found() {
    let payload = payload(4_096);
    let whole = seal(3, &payload);
    assert_eq!(
        open(&whole),
        Opened::Ours {
            generation: 3,
            payload: &payload
        }
    );
    let bytes = whole.as_bytes();
    for end in 0..bytes.len() {
        assert!(is_found(&bytes[..end], &whole), "cut off after {end}");
    }
    let mut flipped = bytes.to_vec();
    for place in 0..bytes.len() * 8 {
        flipped[place / 8] ^= 1 << (place % 8);
        assert!(is_found(&flipped, &whole), "bit {place}");
        flipped[place / 8] ^= 1 << (place % 8);
    }
}

#[test]
fn t06_flips_in_the_browsers_own_units_are_found() {
    let whole = seal(3, &payload(4_096));
    let mut units: Vec<u16> = whole.encode_utf16().collect();
    for place in 0..units.len() * 16 {
        units[place / 16] ^= 1 << (place % 16);
        let text = String::from_utf16_lossy(&units);
        assert_eq!(open(&text), Opened::Damaged, "bit {place}");
        units[place / 16] ^= 1 << (place % 16);
    }
}

#[test]
fn t06_random_damage_of_a_large_value_is_found() {
    let whole = seal(0, &payload(200_000));
    let bytes = whole.as_bytes();
    let mut state = 7_u64;
    let mut draw = move |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..300 {
        assert!(is_found(&bytes[..draw(bytes.len())], &whole));
        let mut flipped = bytes.to_vec();
        flipped[draw(bytes.len())] ^= 1 << draw(8);
        assert!(is_found(&flipped, &whole));
        flipped[draw(bytes.len())] ^= 1 << draw(8);
        assert!(is_found(&flipped, &whole));
    }
}

fn fabrikam() -> EngagementId {
    "fabrikam".into()
}

fn named(name: &str) -> Change {
    Change::SetCustomer(name.to_owned())
}

/// Two engagements in snapshots. The tab that made them wrote on, after its journal had been trimmed, and died: it holds
/// the seats of both. Another tab wrote the country of both and died.
fn stored() -> (Faulty, [ReplicaId; 2]) {
    draw_from_the_start();
    let store = Faulty::default();
    let mut first = Workspace::open(store.clone(), tab(true), 1_000);
    let each = |workspace: &mut Workspace<Faulty>, change: Change, now| {
        [contoso(), fabrikam()]
            .iter()
            .for_each(|id| write(workspace, id, &change, now));
    };
    each(&mut first, named("customer"), 2_000);
    keep_often(&mut first, 5_000, 4, &[]);
    each(&mut first, Change::SetSeats(Some(250)), 60_000);
    let mut second = Workspace::open(store.clone(), tab(true), 60_000);
    each(&mut second, Change::SetCountry("Chile".to_owned()), 61_000);
    (store, [first.replica(), second.replica()])
}

/// What can be seen of an engagement.
fn seen<S: KeyValue>(workspace: &Workspace<S>, id: &EngagementId) -> (String, Option<u32>, String) {
    workspace
        .get(id)
        .map(|one| (one.customer().to_owned(), one.seats(), one.country().to_owned()))
        .unwrap_or_default()
}

fn aside(texts: &Texts) -> Vec<(&String, &String)> {
    texts.iter().filter(|(key, _)| key.starts_with("ep.q.")).collect()
}

fn journals_of(texts: &Texts, replica: ReplicaId) -> Vec<String> {
    texts
        .keys()
        .filter(|key| key.starts_with(&format!("ep.j.{replica}")))
        .cloned()
        .collect()
}

fn damaged(notices: &[Notice]) -> Vec<(&str, Option<&str>)> {
    notices
        .iter()
        .filter_map(|notice| match notice {
            Notice::Damaged { key, kept_as } => Some((key.as_str(), kept_as.as_deref())),
            _ => None,
        })
        .collect()
}

#[test]
fn t06_a_damaged_snapshot_is_put_aside_and_everything_else_opens() {
    let whole = stored().0.texts()["ep.e.contoso"].clone();
    let cuts = (0..whole.len())
        .filter(|end| whole.is_char_boundary(*end))
        .map(|end| whole[..end].to_owned());
    let flips = (0..whole.len() * 8).step_by(7).filter_map(|place| {
        let mut bytes = whole.clone().into_bytes();
        bytes[place / 8] ^= 1 << (place % 8);
        String::from_utf8(bytes).ok()
    });
    for harm in cuts.chain(flips).filter(|harm| !harm.is_empty()) {
        let (store, _) = stored();
        store.put("ep.e.contoso", Some(&harm));
        let mut workspace = Workspace::open(store.clone(), tab(true), 70_000);
        let texts = store.texts();
        let [(kept_as, copy)] = aside(&texts)[..] else {
            panic!("one copy: {texts:?}")
        };
        assert_eq!(copy, &harm);
        assert_eq!(
            texts["ep.e.contoso"], harm,
            "the original stands until a keeper writes there"
        );
        assert_eq!(
            damaged(&workspace.take_notices()),
            [("ep.e.contoso", Some(kept_as.as_str()))]
        );
        assert_eq!(
            seen(&workspace, &fabrikam()),
            ("customer".to_owned(), Some(250), "Chile".to_owned())
        );
        assert_eq!(
            seen(&workspace, &contoso()),
            (String::new(), Some(250), "Chile".to_owned()),
            "the journals"
        );
    }
}

#[test]
fn t06_the_keeper_writes_again_and_keeps_the_copy_for_ever() {
    let (store, [dead, other]) = stored();
    store.put("ep.e.contoso", Some("no envelope"));
    let mut workspace = Workspace::open(store.clone(), tab(true), 70_000);
    keep_often(&mut workspace, 80_000, 6, &[dead, other]);
    let texts = store.texts();
    assert_eq!(
        aside(&texts).iter().filter(|(_, text)| *text == "no envelope").count(),
        1
    );
    assert!(
        journals_of(&texts, dead).is_empty(),
        "the orphan's journal went, once it had been put aside"
    );
    assert!(
        aside(&texts)
            .iter()
            .any(|(key, _)| key.contains(&format!(".ep.j.{dead}")))
    );
    let mut again = opened(texts);
    assert!(again.take_notices().is_empty(), "and nobody is alarmed twice");
    assert_eq!(seen(&again, &contoso()), (String::new(), Some(250), "Chile".to_owned()));
    assert!(
        again
            .store()
            .texts()
            .keys()
            .all(|key| key.starts_with("ep.e.") || key.starts_with("ep.q."))
    );
}

#[test]
fn t06_what_was_adopted_is_not_adopted_over_later_work() {
    let (store, _) = stored();
    store.put("ep.e.contoso", Some("no envelope"));
    let mut first = Workspace::open(store.clone(), tab(true), 70_000);
    assert!(
        first
            .take_notices()
            .iter()
            .any(|notice| matches!(notice, Notice::Adopted(ids) if ids.contains(&contoso())))
    );
    write(&mut first, &contoso(), &Change::SetSeats(Some(300)), 80_000);
    for _ in 0..2 {
        let mut next = Workspace::open(store.clone(), tab(true), 90_000);
        assert_eq!(next.get(&contoso()).and_then(|one| one.seats()), Some(300));
        assert!(next.get(&contoso()).is_some_and(|one| one.conflicts().is_empty()));
        write(
            &mut next,
            &contoso(),
            &Change::SetTenant("contoso.de".to_owned()),
            91_000,
        );
    }
}

#[test]
fn t06_where_no_copy_can_be_made_nothing_is_written() {
    let (store, dead) = stored();
    let journal = format!("ep.j.{}", dead[1]);
    store.put("ep.e.contoso", Some("no envelope"));
    store.put(&journal, Some("no journal"));
    store.refuse(|key| key.starts_with("ep.q."));
    let mut workspace = Workspace::open(store.clone(), tab(true), 70_000);
    assert_eq!(
        damaged(&workspace.take_notices()),
        [("ep.e.contoso", None), (journal.as_str(), None)]
    );
    for pass in 0..6 {
        workspace.keep(80_000 + 11_000 * pass, &dead);
        edit(
            &mut workspace,
            &contoso(),
            &named(&format!("pass {pass}")),
            80_001 + 11_000 * pass,
            &mut Ledger::default(),
        );
    }
    assert_eq!(workspace.trash(&contoso(), 200_000), Ok(()));
    assert_eq!(
        (store.texts()["ep.e.contoso"].as_str(), store.texts()[&journal].as_str()),
        ("no envelope", "no journal")
    );
    assert_eq!(
        seen(&opened(store.texts()), &contoso()).0,
        "pass 5",
        "the edits stand in journals"
    );
    // As soon as there is room for a copy, the keeper can go on.
    store.refuse(|_| false);
    keep_often(&mut workspace, 300_000, 6, &dead);
    assert_eq!(
        aside(&store.texts())
            .iter()
            .filter(|(_, text)| text.starts_with("no "))
            .count(),
        2
    );
    assert!(store.texts()["ep.e.contoso"].starts_with("ep 1 "));
}

#[test]
fn t06_a_damaged_journal_hides_no_other() {
    let (store, [dead, other]) = stored();
    let key = journals_of(&store.texts(), dead).remove(0);
    let harm = store.texts()[&key].replace("250", "251");
    store.put(&key, Some(&harm));
    let mut workspace = Workspace::open(store.clone(), tab(true), 70_000);
    for id in [contoso(), fabrikam()] {
        assert_eq!(seen(&workspace, &id), ("customer".to_owned(), None, "Chile".to_owned()));
    }
    assert_eq!(damaged(&workspace.take_notices()).len(), 1);
    keep_often(&mut workspace, 80_000, 4, &[dead, other]);
    assert!(
        !store.texts().contains_key(&key),
        "the dead tab's key goes; the copy stays"
    );
    assert_eq!(
        aside(&store.texts())
            .iter()
            .map(|(_, text)| (*text).clone())
            .collect::<Vec<_>>(),
        [harm]
    );
}

/// A value with a good checksum that no version of ours can have written is damage too, never a panic.
#[test]
fn t06_a_whole_envelope_with_foreign_words_is_damage() {
    for (key, payload) in [
        ("ep.e.contoso", "{}"),
        ("ep.e.contoso", "[]"),
        ("ep.e.contoso", "not JSON"),
        (
            "ep.e.contoso",
            r#"{"engagement":{"id":"other","replicas":{}},"keeper":"00000000"}"#,
        ),
        (
            "ep.e.contoso",
            r#"{"engagement":{"id":"contoso","replicas":{},"tasks":5},"keeper":"00000000"}"#,
        ),
        (
            "ep.j.00000000",
            r#"{"author":"","language":"","replica":"00000001","entries":[]}"#,
        ),
        (
            "ep.j.00000000",
            r#"{"author":"","language":"","replica":"00000000","entries":[["contoso",1,[[["id"],1,"1.00000000.1",[]]]]]}"#,
        ),
        (
            "ep.j.00000000",
            r#"{"author":"","language":"","replica":"00000000","entries":[["contoso",0,[]]]}"#,
        ),
        ("ep.m.00000000.1.contoso", r#"{"of":1}"#),
        ("ep.t.contoso", r#"{"at":"x"}"#),
    ] {
        let store = Faulty::default();
        store.put(key, Some(&seal(0, payload)));
        let mut workspace = Workspace::open(store, tab(true), 70_000);
        assert_eq!(damaged(&workspace.take_notices()).len(), 1, "{key} {payload}");
        assert_eq!(workspace.engagements().count(), 0);
    }
}
