//! What several tests draw: replicas, edits of an engagement, and the number of cases.

use chrono::NaiveDate;
use engagement_playbook::{
    engagement::{
        Change, Datum, Engagement, Entry, EntryField, EntryKind, ServiceField, Signature, StateKey, stamp::ReplicaId,
    },
    playbook::{EngagementId, Fact, NoteId, ServiceId, TaskId, TaskState},
};
use proptest::{prelude::*, test_runner::Config};
use std::cell::Cell;

#[path = "../shared/noise.rs"]
mod noise;
pub use noise::noise;

/// 256 cases, more with `PROPTEST_CASES`; failing seeds are printed, not written into the tree.
pub fn cases() -> Config {
    Config {
        failure_persistence: None,
        ..Config::default()
    }
}

/// As `cases`, for tests whose single case is long.
pub fn fewer_cases(divisor: u32) -> Config {
    let all = cases();
    Config {
        cases: (all.cases / divisor).max(1),
        ..all
    }
}

thread_local! {
    static DRAWN: Cell<u64> = const { Cell::new(0) };
}

/// A replica that this test has not drawn before; the same ones in every run.
pub fn draw() -> ReplicaId {
    DRAWN.set(DRAWN.get() + 1);
    // Spread, so that the order of drawing is not the order of replicas.
    ReplicaId::from_bits(DRAWN.get().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20)
}

/// Draws the same replicas again.
pub fn draw_from_the_start() {
    DRAWN.set(0);
}

/// The engagement most tests are about.
pub fn contoso() -> EngagementId {
    "contoso".into()
}

/// A signature of a replica.
pub fn by(replica: ReplicaId, now: i64) -> Signature {
    Signature {
        now,
        replica,
        author: format!("author of {replica}"),
        language: "en".to_owned(),
    }
}

/// A day as files write it.
pub fn day(text: &str) -> NaiveDate {
    engagement_playbook::engagement::parse_day(text).expect("a day")
}

/// An engagement in which one person does one thing after the other.
pub struct Book {
    pub engagement: Engagement,
    by: Signature,
}

impl Book {
    /// After these changes.
    pub fn after(changes: &[Change]) -> Self {
        let mut book = Self {
            engagement: Engagement::new(contoso()),
            by: by(draw(), 1_000),
        };
        for change in changes {
            book.does(change.clone());
        }
        book
    }

    /// One more change.
    pub fn does(&mut self, change: Change) {
        self.by.now += 1;
        self.engagement.apply(&change, &self.by);
    }

    /// Takes services into scope.
    pub fn scopes(&mut self, services: &[&'static str]) {
        for service in services {
            self.does(Change::SetServiceInScope((*service).into(), true));
        }
    }

    /// Writes a field of a service.
    pub fn writes(&mut self, service: &'static str, field: ServiceField, datum: Datum) {
        self.does(Change::SetService(service.into(), field, datum));
    }

    /// Begins an entry, or writes on.
    pub fn enters(&mut self, kind: EntryKind, id: &'static str, fields: &[(EntryField, Datum)]) {
        self.does(Change::WriteEntry(kind, id.into(), fields.to_vec()));
    }

    /// Reads active users of a service.
    pub fn reads(&mut self, id: &'static str, service: &'static str, on: &str, users: u32) {
        let fields = [
            (EntryField::Service, text(service)),
            (EntryField::On, on_day(on)),
            (EntryField::Users, number(users)),
        ];
        self.enters(EntryKind::Reading, id, &fields);
    }

    /// Migrates users of a service.
    pub fn migrates(&mut self, id: &'static str, service: &'static str, on: &str, users: u32) {
        let fields = [
            (EntryField::Service, text(service)),
            (EntryField::On, on_day(on)),
            (EntryField::Users, number(users)),
        ];
        self.enters(EntryKind::Migration, id, &fields);
    }

    /// Writes a note that speaks of a day.
    pub fn notes(&mut self, id: &'static str, on: &str) {
        self.does(Change::WriteNote {
            note: id.into(),
            text: "On track".to_owned(),
            process: None,
            on: day(on),
            language: "en".to_owned(),
        });
    }

    /// Puts a task into a state.
    pub fn puts(&mut self, task: &'static str, key: StateKey, state: TaskState, done_on: Option<&str>) {
        self.does(Change::SetTaskState {
            task: task.into(),
            states: vec![(key, state)],
            reason: None,
            done_on: done_on.map(day),
        });
    }
}

/// Words as they go into a field.
pub fn text(words: &str) -> Datum {
    Datum::Text(words.to_owned())
}

/// A day as it goes into a field.
pub fn on_day(words: &str) -> Datum {
    Datum::Day(Some(day(words)))
}

/// A number as it goes into a field.
pub fn number(number: u32) -> Datum {
    Datum::Number(Some(number))
}

/// The engagement after its JSON was written and read.
pub fn saved_and_loaded(engagement: &Engagement) -> Engagement {
    let text = serde_json::Value::Object(engagement.to_json()).to_string();
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON that was just written");
    Engagement::from_json(value.as_object().expect("an object")).expect("what was written can be read")
}

/// One thing a person does, small enough to shrink well.
#[derive(Clone, Debug)]
pub enum Edit {
    Tick(u8, bool),
    TickService(u8, u8, u8),
    Comment(u8, u8),
    Due(u8, Option<u8>),
    Fact(u8, Option<bool>),
    Customer(u8),
    Write(u8, u8),
    Reword(u8, u8),
    Remove(u8),
    Restore(u8),
    Archive(bool),
    Service(u8, u8),
    Reading(u8, u8),
    RemoveReading(u8),
    Close(u8, bool),
}

/// Edits over three tasks, two services, two notes, two facts: few places, so that replicas meet.
pub fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        3 => (0..3_u8, any::<bool>()).prop_map(|(task, done)| Edit::Tick(task, done)),
        2 => (0..3_u8, 0..2_u8, 0..13_u8).prop_map(|(task, service, state)| Edit::TickService(task, service, state)),
        2 => (0..3_u8, 0..4_u8).prop_map(|(task, words)| Edit::Comment(task, words)),
        1 => (0..3_u8, proptest::option::of(1..28_u8)).prop_map(|(task, day)| Edit::Due(task, day)),
        1 => (0..2_u8, proptest::option::of(any::<bool>())).prop_map(|(fact, answer)| Edit::Fact(fact, answer)),
        1 => (0..4_u8).prop_map(Edit::Customer),
        2 => (0..2_u8, 0..4_u8).prop_map(|(note, words)| Edit::Write(note, words)),
        2 => (0..2_u8, 0..4_u8).prop_map(|(note, words)| Edit::Reword(note, words)),
        1 => (0..2_u8).prop_map(Edit::Remove),
        1 => (0..2_u8).prop_map(Edit::Restore),
        1 => any::<bool>().prop_map(Edit::Archive),
        1 => (0..2_u8, 0..4_u8).prop_map(|(service, words)| Edit::Service(service, words)),
        1 => (0..2_u8, 0..4_u8).prop_map(|(entry, users)| Edit::Reading(entry, users)),
        1 => (0..2_u8).prop_map(Edit::RemoveReading),
        1 => (1..28_u8, any::<bool>()).prop_map(|(on, open)| Edit::Close(on, open)),
    ]
}

fn november(day: u8) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, u32::from(day)).expect("a day of November")
}

fn words(choice: u8) -> String {
    ["", "agreed with the customer", "wartet auf Lizenzen", "確認済み"][usize::from(choice) % 4].to_owned()
}

fn task(choice: u8) -> TaskId {
    ["994", "1903", "own:task"][usize::from(choice) % 3].into()
}

fn note(choice: u8) -> NoteId {
    ["n1", "n2"][usize::from(choice) % 2].into()
}

fn service(choice: u8) -> ServiceId {
    ["exchange-online", "teams"][usize::from(choice) % 2].into()
}

impl Edit {
    /// The change of the app.
    pub fn change(&self) -> Change {
        let of_task = |number, key, state| Change::SetTaskState {
            task: task(number),
            states: vec![(key, state)],
            reason: Some("not licensed".to_owned()),
            done_on: None,
        };
        match *self {
            Edit::Tick(number, true) => of_task(number, StateKey::Whole, TaskState::Complete),
            Edit::Tick(number, false) => of_task(number, StateKey::Whole, TaskState::NotStarted),
            Edit::TickService(number, key, state) => of_task(
                number,
                StateKey::Service(service(key)),
                TaskState::ALL[usize::from(state) % 13],
            ),
            Edit::Comment(number, choice) => Change::SetComment(task(number), words(choice)),
            Edit::Due(number, due) => Change::SetDue(task(number), due.map(november)),
            Edit::Fact(fact, answer) => Change::SetFact(Fact::ALL[usize::from(fact)], answer),
            Edit::Customer(choice) => Change::SetCustomer(words(choice)),
            Edit::Write(number, choice) => Change::WriteNote {
                note: note(number),
                text: words(choice),
                process: None,
                on: november(3),
                language: "de".to_owned(),
            },
            Edit::Reword(number, choice) => Change::EditNote(note(number), words(choice)),
            Edit::Remove(number) => Change::RemoveNote(note(number)),
            Edit::Restore(number) => Change::RestoreNote(note(number)),
            Edit::Archive(archived) => Change::SetArchived(archived),
            Edit::Service(number, choice) => {
                Change::SetService(service(number), ServiceField::SuccessOwner, Datum::Text(words(choice)))
            }
            Edit::Reading(number, users) => Change::WriteEntry(
                EntryKind::Reading,
                ["r1", "r2"][usize::from(number) % 2].into(),
                vec![(EntryField::Users, Datum::Number(Some(u32::from(users))))],
            ),
            Edit::RemoveReading(number) => {
                Change::RemoveEntry(EntryKind::Reading, ["r1", "r2"][usize::from(number) % 2].into())
            }
            Edit::Close(on, false) => Change::CloseProcess {
                process: "migration".into(),
                on: november(on),
                reason: String::new(),
            },
            Edit::Close(_, true) => Change::ReopenProcess("migration".into()),
        }
    }
}

/// What must be in the engagement after these edits: in each field the values that no edit has seen and replaced, no others.
pub fn assert_holds(engagement: &Engagement, edits: &[Entry]) -> Result<(), TestCaseError> {
    use engagement_playbook::engagement::node;
    let writes = || {
        edits
            .iter()
            .filter(|entry| entry.engagement == *engagement.id())
            .flat_map(|entry| &entry.writes)
    };
    for write in writes() {
        let names: Vec<&str> = write.path.iter().map(String::as_str).collect();
        let here = node::find(engagement.body(), &names)
            .map(|register| register.all())
            .unwrap_or_default();
        let seen = writes().any(|later| later.path == write.path && later.replaced.contains(&write.written.mark.dot()));
        let stands = here.contains(&write.written);
        prop_assert!(stands || seen, "lost: {:?} {:?}", write.path, write.written);
        prop_assert!(
            !(stands && seen),
            "stands although it was replaced: {:?} {:?}",
            write.path,
            write.written
        );
    }
    let mut count = 0;
    node::each(engagement.body(), &mut |_, register| count += register.all().len());
    let standing = writes().filter(|write| {
        !writes().any(|later| later.path == write.path && later.replaced.contains(&write.written.mark.dot()))
    });
    prop_assert_eq!(count, standing.count(), "something stands that nobody wrote");
    Ok(())
}

/// What a person sees: the values by field, without what is removed.
pub fn shown(one: &Engagement) -> std::collections::BTreeMap<String, serde_json::Value> {
    use engagement_playbook::engagement::{is_list, node};
    let mut all = std::collections::BTreeMap::new();
    node::each(one.body(), &mut |path, register| {
        let names: Vec<String> = path.iter().map(|name| (*name).to_owned()).collect();
        let is_there = !is_list(path[0]) || one.is_there(&names[..names.len().min(2)]);
        let value = register.shown().value.clone();
        if !value.is_null() && path.last() != Some(&"removed") && is_there {
            all.insert(path.join("/"), value);
        }
    });
    all
}
