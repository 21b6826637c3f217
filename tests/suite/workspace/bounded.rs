//! T16, T35, T37: very deep values, very long texts and very many engagements. What an edit writes has a bound that does not grow with either.

use super::model::{Faulty, opened, tab, write};
use crate::support::{by, contoso, draw};
use engagement_playbook::{
    engagement::{Change, Engagement, FaultKind, LONGEST_TEXT, Put, check_write, merge},
    exchange::{export, import},
    playbook::{EngagementId, TaskId},
    workspace::{
        KeyValue, LARGEST_PART, Memory, Refusal, StoreError, Workspace,
        envelope::{Opened, open, seal},
    },
};
use std::{cell::Cell, rc::Rc};

fn comment(text: &str) -> Change {
    Change::SetComment("994".into(), text.to_owned())
}

#[test]
fn t35_a_megabyte_is_refused_by_name_and_nothing_is_written() {
    let store = Faulty::default();
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    write(&mut workspace, &contoso(), &comment("as it was"), 2_000);
    let before = store.texts();
    for long in [
        "x".repeat(1 << 20),
        "😀".repeat(LONGEST_TEXT / 4 + 1),
        "確".repeat(1 << 20),
    ] {
        let refused = workspace.apply(&contoso(), &[Change::SetSeats(Some(9)), comment(&long)], 3_000);
        let Err(Refusal::Unfit(fault)) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(
            (fault.place(), fault.kind),
            ("tasks.994.comment".to_owned(), FaultKind::TextTooLong)
        );
        assert_eq!(store.texts(), before);
        let here = workspace.get(&contoso()).expect("contoso");
        assert_eq!(
            (here.comment(&"994".into()), here.seats()),
            ("as it was", None),
            "all or nothing"
        );
    }
}

#[test]
fn t35_the_longest_text_of_emoji_is_kept_whole() {
    let store = Faulty::default();
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    // One that is put together of five, with joiners, and as many of one as fit.
    let family = "👩\u{200d}👩\u{200d}👧\u{200d}👦🏽";
    let text = format!("{family}{}", "😀".repeat((LONGEST_TEXT - family.len()) / 4));
    write(&mut workspace, &contoso(), &comment(&text), 2_000);
    let again = opened(store.texts());
    assert_eq!(
        again.get(&contoso()).map(|one| one.comment(&"994".into())),
        Some(text.as_str())
    );
}

/// Memory that counts what is written.
#[derive(Clone, Debug, Default)]
struct Counting {
    inner: Memory,
    bytes: Rc<Cell<usize>>,
    writes: Rc<Cell<usize>>,
}

impl KeyValue for Counting {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.inner.get(key)
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), StoreError> {
        self.bytes.set(self.bytes.get() + key.len() + text.len());
        self.writes.set(self.writes.get() + 1);
        self.inner.set(key, text)
    }

    fn remove(&mut self, key: &str) -> Result<(), StoreError> {
        self.inner.remove(key)
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        self.inner.keys()
    }
}

fn id(number: usize) -> EngagementId {
    EngagementId::parse(&format!("e{number:03}")).expect("an id")
}

/// The snapshot of an engagement of 25 KB, as a keeper leaves it.
fn snapshot() -> String {
    let store = Faulty::default();
    let mut workspace = Workspace::open(store.clone(), tab(true), 1_000);
    for number in 0..40 {
        let task = TaskId::parse(&format!("own:{number}")).expect("a task");
        write(
            &mut workspace,
            &id(0),
            &Change::SetComment(task, "words ".repeat(45)),
            2_000 + number,
        );
    }
    for pass in 0..4 {
        workspace.keep(5_000 + 11_000 * pass, &[]);
    }
    let text = store.texts().remove("ep.e.e000").expect("a snapshot");
    assert!((25_000..60_000).contains(&text.len()), "{}", text.len());
    text
}

fn holding(count: usize) -> Counting {
    let snapshot = snapshot();
    let Opened::Ours { payload, .. } = open(&snapshot) else {
        panic!("{snapshot}")
    };
    let mut store = Counting::default();
    for number in 0..count {
        let text = seal(0, &payload.replace("\"e000\"", &format!("\"{}\"", id(number))));
        store.inner.set(&format!("ep.e.{}", id(number)), &text).expect("memory");
    }
    store
}

/// The most that one of 100 edits writes, over so many engagements of which 20 were opened lately.
fn most_per_edit(count: usize) -> usize {
    let store = holding(count);
    let mut workspace = Workspace::open(store.clone(), tab(true), 100_000);
    assert_eq!(workspace.engagements().count(), count, "all load");
    assert_eq!(store.writes.get(), 0, "loading writes nothing");
    let mut most = 0;
    for number in 0..100 {
        store.bytes.set(0);
        store.writes.set(0);
        let done = workspace.apply(
            &id(number % count.min(20)),
            &[comment(&format!("edit {number}"))],
            100_001 + number as i64,
        );
        assert!(done.is_ok_and(|outcome| outcome.changed));
        assert!(store.writes.get() <= 2, "{} writes", store.writes.get());
        most = most.max(store.bytes.get());
    }
    // The keeper writes those that were edited, and no others.
    store.writes.set(0);
    workspace.keep(200_000, &[]);
    assert!(store.writes.get() <= count.min(20) + 2, "{} writes", store.writes.get());
    most
}

#[test]
fn t37_an_edit_among_200_engagements_writes_no_more_than_among_one() {
    let (one, many) = (most_per_edit(1), most_per_edit(200));
    assert!(many <= one + 4_096, "{one} and {many} bytes");
    assert!(many <= LARGEST_PART + 4_096, "{many} bytes");
}

/// However long a day gets, an edit writes one part of the journal and not all that was done since morning.
#[test]
fn t37_the_thousandth_edit_writes_no_more_than_one_part() {
    let store = holding(1);
    let mut workspace = Workspace::open(store.clone(), tab(true), 100_000);
    for number in 0..1_000 {
        store.bytes.set(0);
        let done = workspace.apply(&id(0), &[comment(&format!("edit {number}"))], 100_001 + number);
        assert!(done.is_ok());
        assert!(
            store.bytes.get() <= LARGEST_PART + 4_096,
            "edit {number}: {} bytes",
            store.bytes.get()
        );
    }
}

/// Found by the fuzz target `journal`: a place or a value nested deeper than a file may be came in through a journal, and the
/// engagement could be exported but not imported again.
#[test]
fn t16_nothing_comes_in_through_a_journal_that_is_nested_deeper_than_a_file() {
    let write = |path: usize, value: usize| {
        let path: Vec<String> = (0..path).map(|_| "x".to_owned()).collect();
        let value = (0..value).fold(serde_json::json!(1), |inner, _| serde_json::json!([inner]));
        (check_write(&path, &value).is_ok(), path, value)
    };
    for (path, value) in [(1, 28), (2, 27), (29, 0), (15, 14)] {
        let (fits, path, value) = write(path, value);
        assert!(fits, "{path:?} {value}");
        // Two who wrote it at the same time: as deep as it can get.
        let mut copies = [Engagement::new(contoso()), Engagement::new(contoso())];
        for copy in &mut copies {
            let put = Put {
                path: path.clone(),
                value: value.clone(),
                only_over: None,
            };
            copy.apply(&Change::Put(vec![put]), &by(draw(), 1_000))
                .expect("a write");
        }
        let both = merge(&copies[0], &copies[1]).engagement;
        let text = export(&[&both]);
        assert_eq!(import(text.as_bytes()), Ok(vec![both]), "{path:?}");
    }
    for (path, value) in [(1, 29), (2, 28), (30, 0), (41, 0), (15, 15)] {
        assert!(!write(path, value).0, "{path} {value}");
    }
}
