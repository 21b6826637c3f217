//! T34: what somebody typed and did not save comes back, and only where it began.

use super::model::{Fault, Faulty, Plan, opened, tab};
use engagement_playbook::playbook::EngagementId;
use engagement_playbook::workspace::{
    DRAFTS, KeyValue, Kind, LONGEST_DRAFT, MOST_DRAFTS, Memory, ROOM_FOR_DRAFTS, SaveState, StoreError, Workspace,
    envelope::{SCHEMA, wrap},
};
use proptest::prelude::*;

const BOX: &str = "contoso.comment-994";

fn desk(store: &Faulty) -> Workspace<Faulty> {
    Workspace::open(store.clone(), tab(true), 1_000)
}

#[test]
fn t34_a_draft_is_back_in_the_next_tab() {
    let store = Faulty::default();
    let typing = "Call Anna 😀 確認";
    for end in (1..=typing.chars().count()).map(|count| typing.chars().take(count).collect::<String>()) {
        assert_eq!(desk(&store).keep_draft(BOX, "Call", &end, 2_000), Ok(()));
    }
    assert_eq!(opened(store.texts()).draft(BOX, "Call").as_deref(), Some(typing));
    assert_eq!(desk(&store).draft("contoso.comment-983", "Call"), None, "another box");
    assert_eq!(
        desk(&store).draft(BOX, "Call Ben"),
        None,
        "a colleague has written since"
    );
    assert_eq!(
        desk(&store).draft(BOX, "Call").as_deref(),
        Some(typing),
        "asking takes nothing away"
    );
}

#[test]
fn t34_a_text_that_is_saved_emptied_or_given_up_is_no_draft() {
    for (committed, typed) in [("", ""), ("Call", "Call"), ("Call", "")] {
        let store = Faulty::default();
        let mut workspace = desk(&store);
        assert_eq!(workspace.keep_draft(BOX, committed, "something", 1_000), Ok(()));
        assert_eq!(workspace.keep_draft(BOX, committed, typed, 2_000), Ok(()));
        assert_eq!(workspace.draft(BOX, committed), None);
        assert!(store.texts().is_empty(), "{:?}", store.texts());
    }
    let store = Faulty::default();
    assert_eq!(desk(&store).keep_draft(BOX, "", "something", 1_000), Ok(()));
    assert_eq!(desk(&store).drop_draft(BOX), Ok(()));
    assert!(store.texts().is_empty());
}

#[test]
fn t34_the_form_for_a_new_engagement_has_a_place_that_no_engagement_can_have() {
    const FORM: &str = "new/engagement";
    assert!(EngagementId::parse(FORM).is_none() && EngagementId::parse("new").is_some());
    let store = Faulty::default();
    let mut workspace = desk(&store);
    assert_eq!(
        workspace.keep_draft(FORM, "", "{\"customer-name\":\"Con\"}", 2_000),
        Ok(())
    );
    assert_eq!(workspace.keep_draft("new.engagement", "", "another box", 2_000), Ok(()));
    let mut next = desk(&store);
    assert_eq!(next.draft(FORM, "").as_deref(), Some("{\"customer-name\":\"Con\"}"));
    // Sent, it is forgotten; the other stays.
    assert_eq!(next.drop_draft(FORM), Ok(()));
    assert_eq!(next.draft(FORM, ""), None);
    assert_eq!(next.draft("new.engagement", "").as_deref(), Some("another box"));
    assert!(next.erase_all(3_000).is_ok());
    assert_eq!(desk(&store).draft("new.engagement", ""), None);
}

#[test]
fn t34_there_are_few_drafts_and_the_oldest_makes_way() {
    let store = Faulty::default();
    let mut workspace = desk(&store);
    let place = |number: usize| format!("contoso.comment-{number}");
    for number in 0..MOST_DRAFTS + 3 {
        assert_eq!(workspace.keep_draft(&place(number), "", "words", number as i64), Ok(()));
    }
    let kept = |workspace: &Workspace<Faulty>, number: usize| workspace.draft(&place(number), "").is_some();
    assert_eq!(store.texts().len(), MOST_DRAFTS);
    assert!((0..3).all(|number| !kept(&workspace, number)));
    assert!((3..MOST_DRAFTS + 3).all(|number| kept(&workspace, number)));
    // Typing on in one of them pushes nobody out.
    assert_eq!(workspace.keep_draft(&place(9), "", "more words", 99), Ok(()));
    assert_eq!(store.texts().len(), MOST_DRAFTS);
    // A long one takes the place of several.
    for number in 100..110 {
        let text = "x".repeat(LONGEST_DRAFT);
        assert_eq!(workspace.keep_draft(&place(number), "", &text, number as i64), Ok(()));
        assert!(workspace.room().of(Kind::Drafts) <= ROOM_FOR_DRAFTS);
        assert!(kept(&workspace, number));
    }
    assert!(kept(&workspace, 105) && !kept(&workspace, 100));
    assert_eq!(
        workspace.keep_draft(&place(1), "", &"x".repeat(LONGEST_DRAFT + 1), 200),
        Err(StoreError::Full)
    );
}

#[test]
fn t34_erasing_takes_drafts_too_and_an_older_one_does_not_come_back() {
    let store = Faulty::default();
    let mut workspace = desk(&store);
    assert_eq!(workspace.keep_draft(BOX, "", "words", 1_000), Ok(()));
    let late = store.texts();
    assert_eq!(workspace.erase_all(2_000), Ok(()));
    assert!(!store.texts().keys().any(|key| key.starts_with(DRAFTS)));
    for (key, text) in late {
        store.put(&key, Some(&text));
    }
    assert_eq!(
        desk(&store).draft(BOX, ""),
        None,
        "written late, by a tab that had not heard"
    );
}

#[test]
fn t34_what_cannot_be_read_is_put_aside_or_left_alone() {
    let key = format!("{DRAFTS}{BOX}");
    let store = Faulty::default();
    store.put(&key, Some("no envelope"));
    let mut workspace = desk(&store);
    assert_eq!(workspace.draft(BOX, ""), None);
    assert_eq!(workspace.drop_draft(BOX), Ok(()));
    assert_eq!(store.texts()[&key], "no envelope", "not removed");
    store.refuse(|key| key.starts_with("ep.q."));
    assert_eq!(workspace.keep_draft(BOX, "", "words", 1), Err(StoreError::Blocked));
    assert_eq!(store.texts()[&key], "no envelope", "no copy, so not overwritten");
    store.refuse(|_| false);
    assert_eq!(workspace.keep_draft(BOX, "", "words", 1), Ok(()));
    assert_eq!(workspace.draft(BOX, "").as_deref(), Some("words"));
    assert!(
        store
            .texts()
            .iter()
            .any(|(key, text)| key.starts_with("ep.q.") && text == "no envelope")
    );

    let newer = wrap(SCHEMA + 1, 0, "{}");
    store.put(&key, Some(&newer));
    assert_eq!(workspace.keep_draft(BOX, "", "words", 2), Err(StoreError::Blocked));
    assert_eq!(workspace.drop_draft(BOX), Ok(()));
    assert_eq!(store.texts()[&key], newer);
}

#[test]
fn t34_a_tab_that_only_reads_keeps_no_draft() {
    let store = Faulty::default();
    store.put("ep.e.contoso", Some(&wrap(SCHEMA + 1, 0, "{}")));
    let mut workspace = desk(&store);
    assert_eq!(workspace.save_state(), SaveState::ReadOnly);
    let before = store.texts();
    assert_eq!(workspace.keep_draft(BOX, "", "words", 1), Err(StoreError::Blocked));
    assert_eq!(store.texts(), before);
}

#[test]
fn t34_a_full_storage_keeps_the_draft_that_stood_there() {
    let store = Faulty::default();
    let mut workspace = desk(&store);
    assert_eq!(workspace.keep_draft(BOX, "", "words", 1), Ok(()));
    store.plan(Some(Plan {
        fault: Fault::Throws(StoreError::Full),
        first: 0,
        always: true,
        writes: true,
    }));
    assert_eq!(workspace.keep_draft(BOX, "", "more words", 2), Err(StoreError::Full));
    assert_eq!(workspace.draft(BOX, "").as_deref(), Some("words"));
}

proptest! {
    /// Whatever was typed comes back as it was typed, and a draft is nobody's work: no key but its own is touched.
    #[test]
    fn t34_any_text_comes_back(typed in ".{1,200}", committed in ".{0,20}") {
        let mut store = Memory::default();
        prop_assert_eq!(store.set("ep.language", "de"), Ok(()));
        let mut workspace = Workspace::open(store, tab(true), 1);
        prop_assert_eq!(workspace.keep_draft(BOX, &committed, &typed, 1), Ok(()));
        prop_assert_eq!(workspace.draft(BOX, &committed), (typed != committed).then_some(typed));
        prop_assert_eq!(workspace.store().get("ep.language"), Ok(Some("de".to_owned())));
    }
}
