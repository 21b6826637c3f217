//! Engagements to begin with, and storages as an earlier tab has left them: made by the app's own code, so that no format
//! is written down here a second time.

use super::Result;
use chrono::NaiveDate;
use engagement_playbook::engagement::stamp::ReplicaId;
use engagement_playbook::engagement::{
    Change, Datum, Engagement, EntryField, EntryKind, Factor, FactorState, Field, ServiceField, Signature, StateKey,
    parse_day,
};
use engagement_playbook::playbook::{EngagementId, Fact, TaskState};
use engagement_playbook::workspace::{KeyValue, Memory, SETTLED, Tab, Workspace};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

static DRAWN: AtomicU64 = AtomicU64::new(1);

fn draw() -> ReplicaId {
    let number = DRAWN.fetch_add(1, Ordering::Relaxed);
    // Spread, so that no two runs against the same browser could meet.
    ReplicaId::from_bits(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20)
}

/// UTC milliseconds.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// A civil day, as `2026-11-19`.
pub fn day(text: &str) -> Result<NaiveDate> {
    Ok(parse_day(text).ok_or_else(|| format!("not a day: {text}"))?)
}

/// The day so many days from today, as a date field has it.
pub fn in_days(days: i64) -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let seconds = now.map_or(0, |since| since.as_secs() as i64) + days * 86_400;
    chrono::DateTime::from_timestamp(seconds, 0)
        .map(|at| at.date_naive().to_string())
        .unwrap_or_default()
}

/// Somebody who works on engagements, an hour ago.
#[derive(Clone, Debug)]
pub struct Author(Signature);

impl Author {
    /// Somebody with a name and a language.
    pub fn new(name: &str, language: &str) -> Self {
        Self(Signature {
            now: now() - 3_600_000,
            replica: draw(),
            author: name.to_owned(),
            language: language.to_owned(),
        })
    }

    /// Makes changes; each must be one.
    pub fn change(&self, engagement: &mut Engagement, changes: &[Change]) {
        for change in changes {
            let done = engagement.apply(change, &self.0);
            assert!(done.is_some(), "changes nothing: {change:?}");
        }
    }

    /// Begins an engagement.
    pub fn begin(&self, id: &'static str, changes: &[Change]) -> Engagement {
        let mut engagement = Engagement::new(EngagementId::from(id));
        self.change(&mut engagement, changes);
        engagement
    }
}

fn state(task: &'static str, key: StateKey, state: TaskState) -> Change {
    Change::SetTaskState {
        task: task.into(),
        states: vec![(key, state)],
        reason: None,
        done_on: None,
    }
}

/// What the rules ask for, on record: statuses that fit and one that does not, DIBS, SSAT, readings, a plan, a rhythm, a
/// process that was closed, a discussion.
pub fn answers() -> Result<Vec<Change>> {
    let text = |text: &str| Datum::Text(text.to_owned());
    let on = |text: &str| -> Result<Datum> { Ok(Datum::Day(Some(day(text)?))) };
    let entry = |kind, id: &'static str, values| Change::WriteEntry(kind, id.into(), values);
    let service = |field, value| Change::SetService("teams".into(), field, value);
    let reading = |id: &'static str, day: &str, users| -> Result<Change> {
        let values = vec![
            (EntryField::Service, text("teams")),
            (EntryField::On, on(day)?),
            (EntryField::Users, Datum::Number(Some(users))),
            (EntryField::Source, text("LYNX")),
        ];
        Ok(entry(EntryKind::Reading, id, values))
    };
    Ok(vec![
        Change::SetEntitlements("teams".into(), Some(850)),
        service(ServiceField::Status, text("in-progress")),
        service(ServiceField::Reason, text("technical-onboarding-and-deployment")),
        service(ServiceField::Target, on("2027-01-29")?),
        service(ServiceField::BusinessReason, text("work-from-anywhere")),
        service(ServiceField::SuccessOwner, text("Kim Lee, Head of HR")),
        Change::SetFactor {
            service: "teams".into(),
            factor: Factor::Training,
            state: Some(FactorState::Gap),
            reason: "No trainer before March".to_owned(),
        },
        Change::SetService("exchange".into(), ServiceField::Status, text("no-intent")),
        Change::SetService("exchange".into(), ServiceField::Reason, text("legal-regulatory")),
        Change::SetService("exchange".into(), ServiceField::Target, on("2027-01-29")?),
        reading("r1", "2026-11-10", 12)?,
        reading("r2", "2026-11-20", 85)?,
        service(ServiceField::DiscussedOn, on("2026-11-20")?),
        Change::SetField(Field::Industry, text("Retail")),
        Change::SetField(Field::Success, text("Every shop plans its shifts in Teams")),
        entry(
            EntryKind::Action,
            "a1",
            vec![
                (EntryField::Name, text("Find champions in every shop")),
                (EntryField::Owner, text("Kim Lee")),
                (EntryField::Due, on("2026-11-20")?),
                (EntryField::State, text("open")),
            ],
        ),
        entry(
            EntryKind::Metric,
            "m1",
            vec![
                (EntryField::Name, text("Shifts planned in Teams")),
                (EntryField::Target, Datum::Number(Some(40))),
            ],
        ),
        entry(
            EntryKind::Measurement,
            "v1",
            vec![
                (EntryField::Metric, text("m1")),
                (EntryField::On, on("2026-11-20")?),
                (EntryField::Value, Datum::Number(Some(12))),
            ],
        ),
        entry(
            EntryKind::Meeting,
            "w1",
            vec![
                (EntryField::Name, text("Weekly status")),
                (EntryField::Weeks, Datum::Number(Some(1))),
                (EntryField::Start, on("2026-11-16")?),
            ],
        ),
        Change::SetHoliday(day("2026-12-25")?, Some("Christmas Day".to_owned())),
        Change::CloseProcess {
            process: "set-up-governance-review-cadence".into(),
            on: day("2026-11-20")?,
            reason: "The partner does it".to_owned(),
        },
    ])
}

/// An engagement in the middle of things: every kind of field, several states, a question open.
pub fn contoso(by: &Author) -> Result<Engagement> {
    let kickoff = "conduct-customer-kickoff";
    let note = |note: &'static str, text: &str, language: &str| -> Result<Change> {
        Ok(Change::WriteNote {
            note: note.into(),
            text: text.to_owned(),
            process: Some(kickoff.into()),
            on: day("2026-11-20")?,
            language: language.to_owned(),
        })
    };
    let mut changes = vec![
        Change::SetCustomer("Contoso".to_owned()),
        Change::SetTenant("contoso.onmicrosoft.com".to_owned()),
        Change::SetRegion(Some("emea".into())),
        Change::SetSeats(Some(850)),
        Change::SetMotion(Some("rfa".into())),
        Change::SetAssignedOn(Some(day("2026-11-19")?)),
        Change::SetFastTrackManager("Anna Ångström".to_owned()),
        Change::SetFact(Fact::AccountManaged, Some(true)),
        Change::SetFact(Fact::PartnerInvolved, Some(false)),
    ];
    changes.extend(
        ["exchange", "onedrive-for-business", "teams", "aadp"].map(|id| Change::SetServiceInScope(id.into(), true)),
    );
    changes.extend([
        Change::SetTaskState {
            task: "3979".into(),
            states: vec![(StateKey::Whole, TaskState::Complete)],
            reason: None,
            done_on: Some(day("2026-11-19")?),
        },
        state("3616", StateKey::Whole, TaskState::InProgress),
        Change::SetOwner("3616".into(), "Ben".to_owned()),
        Change::SetDue("3616".into(), Some(day("2026-11-20")?)),
        Change::SetComment("3616".into(), "Called twice.".to_owned()),
        state("983", StateKey::Whole, TaskState::Warning),
        Change::SetTaskState {
            task: "1903".into(),
            states: vec![(StateKey::Whole, TaskState::NotRequired)],
            reason: Some("Terms were sent by the partner.".to_owned()),
            done_on: None,
        },
        state("1904", StateKey::Service("exchange".into()), TaskState::Complete),
        state(
            "1904",
            StateKey::Service("onedrive-for-business".into()),
            TaskState::BlockedBusiness,
        ),
        Change::SetCheck(kickoff.into(), "ki.team".into(), true),
        Change::SetEvidence(kickoff.into(), "ki.team".into(), "Minutes of 20 November".to_owned()),
        note("note-1", "Der Kunde beginnt mit Exchange.", "de")?,
        note(
            "note-2",
            "IT lead and two business owners attended.\nTeams replaces the phone bridge.",
            "en",
        )?,
        note("note-3", "written by mistake", "en")?,
        Change::RemoveNote("note-3".into()),
    ]);
    Ok(by.begin("contoso", &changes))
}

/// A second, smaller one.
pub fn fabrikam(by: &Author) -> Engagement {
    let changes = [
        Change::SetCustomer("Fabrikam".to_owned()),
        Change::SetSeats(Some(12_000)),
        Change::SetServiceInScope("exchange".into(), true),
        state("994", StateKey::Whole, TaskState::InProgress),
    ];
    by.begin("fabrikam", &changes)
}

type Keys = Vec<(String, String)>;

fn tab(by: &Author, locks: bool) -> Tab {
    Tab {
        draw,
        author: by.0.author.clone(),
        language: by.0.language.clone(),
        locks,
    }
}

fn keys_of(store: &Memory, begin: &str) -> Result<Keys> {
    let mut keys = store.keys()?;
    keys.retain(|key| key.starts_with(begin));
    let read = |key: String| -> Result<(String, String)> {
        let text = store.get(&key)?.ok_or("a key without a text")?;
        Ok((key, text))
    };
    keys.into_iter().map(read).collect()
}

/// What the storage holds when these were worked on and every tab was closed long ago: a snapshot each.
pub fn kept(engagements: &[Engagement]) -> Result<Keys> {
    let by = Author::new("Anna", "en");
    let begin = now() - 3_600_000;
    let mut workspace = Workspace::open(Memory::default(), tab(&by, true), begin);
    workspace
        .merge_in(engagements, begin)
        .map_err(|refusal| format!("{refusal:?}"))?;
    for pass in 0..4 {
        workspace.keep(begin + pass * (SETTLED + 1), &[]);
    }
    let keys = keys_of(workspace.store(), "ep.e.")?;
    assert_eq!(keys.len(), engagements.len(), "a snapshot each");
    Ok(keys)
}

/// The journal of another tab, closed too, that made a change on top of what is kept.
pub fn written_by_another_tab(kept: &Keys, by: &Author, changes: &[(&'static str, Change)]) -> Result<Keys> {
    let mut store = Memory::default();
    for (key, text) in kept {
        store.set(key, text)?;
    }
    let at = now() - 1_800_000;
    let mut workspace = Workspace::open(store, tab(by, true), at);
    for (id, change) in changes {
        let done = workspace.apply(&(*id).into(), std::slice::from_ref(change), at);
        assert!(done.is_ok_and(|done| done.changed), "changes nothing: {change:?}");
    }
    keys_of(workspace.store(), "ep.j.")
}

/// The marker of the trash for one of those that are kept.
pub fn put_into_trash(kept: &Keys, id: &'static str) -> Result<Keys> {
    let mut store = Memory::default();
    for (key, text) in kept {
        store.set(key, text)?;
    }
    let by = Author::new("Anna", "en");
    let mut workspace = Workspace::open(store, tab(&by, true), now());
    workspace
        .trash(&id.into(), now() - 60_000)
        .map_err(|refusal| format!("{refusal:?}"))?;
    keys_of(workspace.store(), "ep.t.")
}
