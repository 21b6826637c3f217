//! What must hold of any bytes whatever that come from outside: a file, an address, a stored text. A law panics when it is
//! broken. The fuzz targets run them, and so does the ordinary suite, over the kept samples and what is made of them.

use engagement_playbook::{
    app::route::Route,
    engagement::{Engagement, merge, stamp::ReplicaId},
    exchange,
    workspace::{KeyValue, Memory, Notice, Tab, Workspace, envelope},
};
use std::cell::Cell;

/// A law, with the name of its target and of the folder of its samples.
pub type Law = (&'static str, fn(&[u8]));

/// Every law there is.
pub const LAWS: [Law; 3] = [("import", import), ("route", route), ("journal", journal)];

/// A file: refused with a reason, or accepted, and then what is exported is accepted again and exported as the same bytes.
pub fn import(bytes: &[u8]) {
    match exchange::import(bytes) {
        Err(error) => {
            assert!(error.code().starts_with("import_"));
            assert!(
                error.to_string().len() < 4_096,
                "a hostile file makes a hostile message"
            );
            assert!(error.args().iter().all(|(_, value)| value.len() < 4_096));
        }
        Ok(engagements) => {
            assert!(!engagements.is_empty());
            let text = exchange::export(&engagements.iter().collect::<Vec<_>>());
            let again = comes_back(&text);
            assert_eq!(again.len(), engagements.len());
            for one in &engagements {
                assert_eq!(&merge(one, one).engagement, one, "a copy that meets itself");
                assert!(again.contains(one));
            }
        }
    }
}

/// What was exported is accepted, and exported again it is the same bytes.
fn comes_back(text: &str) -> Vec<Engagement> {
    let again = match exchange::import(text.as_bytes()) {
        Ok(again) => again,
        Err(error) => panic!("what is exported is refused: {error}\n{text}"),
    };
    assert_eq!(exchange::export(&again.iter().collect::<Vec<_>>()), text);
    again
}

/// An address: a place or none, and the address of the place leads to the same place.
pub fn route(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Some(place) = Route::parse(&text) else {
        assert!(!text.is_empty() && text != "#" && !text.starts_with("#/"));
        return;
    };
    assert_eq!(Route::parse(&place.href()), Some(place.clone()), "{text:?}");
    assert_eq!(place.page().page(), place.page());
    assert!(!place.name().is_empty());
}

thread_local! {
    static DRAWN: Cell<u64> = const { Cell::new(0) };
}

fn draw() -> ReplicaId {
    DRAWN.set(DRAWN.get() + 1);
    ReplicaId::from_bits(0xF_0000_0000 + DRAWN.get())
}

/// A stored text under any of our keys, as it is and in a whole envelope: nothing is lost of what cannot be read, and what can
/// be read is no other than what a file may hold.
pub fn journal(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    for key in [
        "ep.j.0000000A",
        "ep.j.0000000A.1",
        "ep.e.contoso",
        "ep.m.0000000A.1.contoso",
        "ep.t.contoso",
        "ep.d.contoso.comment-994",
        "ep.erased",
    ] {
        stored(key, &text);
        stored(key, &envelope::seal(0, &text));
    }
}

fn stored(key: &str, text: &str) {
    let mut store = Memory::default();
    assert_eq!(store.set(key, text), Ok(()));
    let tab = Tab {
        draw,
        author: "Ada".to_owned(),
        language: "en".to_owned(),
        locks: true,
    };
    let mut workspace = Workspace::open(store, tab, 1_000_000);
    let mut notices = workspace.take_notices();
    for pass in 1..4 {
        let others: Vec<ReplicaId> = workspace.others().into_iter().collect();
        workspace.keep(1_000_000 + 11_000 * pass, &others);
        notices.extend(workspace.take_notices());
    }
    let _ = workspace.draft("contoso.comment-994", "");
    let alarming = |notice: &Notice| matches!(notice, Notice::Damaged { .. } | Notice::NewerSchema { .. });
    if notices.iter().any(alarming) {
        let keys = workspace.store().keys().expect("memory");
        let there = keys
            .iter()
            .any(|key| workspace.store().get(key).expect("memory").as_deref() == Some(text));
        assert!(there, "what cannot be read is gone: {key}");
    }
    // Whatever came in can be handed out.
    let all: Vec<Engagement> = workspace.engagements().cloned().collect();
    for one in &all {
        comes_back(&exchange::export(&[one]));
    }
    // And opened again it is the same work.
    let tab = Tab {
        draw,
        author: "Ada".to_owned(),
        language: "en".to_owned(),
        locks: true,
    };
    let again = Workspace::open(workspace.store().clone(), tab, 2_000_000);
    for one in &all {
        assert!(again.get(one.id()).is_some(), "{} is gone after {key}", one.id());
    }
}
