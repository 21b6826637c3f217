//! Everything a person can do to an engagement. This list is the only door: `Engagement::apply` turns a change into
//! stamped writes, and nothing else writes.
//!
//! A change says what was meant; where it is stored is the business of `places` and nobody else's.

use super::{
    fields::{Datum, EntryField, EntryKind, Factor, FactorState, Field, ServiceField},
    node::Path,
    stamp::Dot,
};
use crate::playbook::{BlockId, EntryId, Fact, MotionId, NoteId, ProcessId, RegionId, ServiceId, TaskId, TaskState};
use chrono::NaiveDate;
use serde_json::Value;
use std::collections::BTreeSet;

/// One thing a person did.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The customer's name; empty clears.
    SetCustomer(String),
    /// The tenant, such as `contoso.onmicrosoft.com`; empty clears.
    SetTenant(String),
    /// The country in the author's words; empty clears.
    SetCountry(String),
    /// The FastTrack region.
    SetRegion(Option<RegionId>),
    /// Seats of the tenant; `None` when not known.
    SetSeats(Option<u32>),
    /// The customer's language as a tag; `None` when not known.
    SetCustomerLanguage(Option<String>),
    /// The way into the engagement.
    SetMotion(Option<MotionId>),
    /// The day of assignment.
    SetAssignedOn(Option<NaiveDate>),
    /// The FastTrack Manager's name; empty clears.
    SetFastTrackManager(String),
    /// A fact's answer; `None` is "not known yet".
    SetFact(Fact, Option<bool>),
    /// Takes a service into scope or out of it; its states stay either way.
    SetServiceInScope(ServiceId, bool),
    /// Entitlements of a service; `None` when not known.
    SetEntitlements(ServiceId, Option<u32>),
    /// Puts the task into a state, for each of the given keys.
    SetTaskState {
        /// The task.
        task: TaskId,
        /// Which of its states; each with the state it gets.
        states: Vec<(StateKey, TaskState)>,
        /// Why; kept with states that want a reason, cleared with the others.
        reason: Option<String>,
        /// The day it was done; written with the tick, `None` leaves it as it is.
        done_on: Option<NaiveDate>,
    },
    /// The day the task was done.
    SetDoneOn(TaskId, Option<NaiveDate>),
    /// Whose task it is; empty clears.
    SetOwner(TaskId, String),
    /// The day it is due.
    SetDue(TaskId, Option<NaiveDate>),
    /// A remark on the task; empty clears.
    SetComment(TaskId, String),
    /// Ticks a key input, key outcome, quality input or output.
    SetCheck(ProcessId, BlockId, bool),
    /// What shows that a ticked entry holds; empty clears.
    SetEvidence(ProcessId, BlockId, String),
    /// Writes a note.
    WriteNote {
        /// Drawn once for a new note.
        note: NoteId,
        /// Its text.
        text: String,
        /// The process during which it was written.
        process: Option<ProcessId>,
        /// The day it speaks of.
        on: NaiveDate,
        /// The language it is written in, as a tag.
        language: String,
    },
    /// Rewrites the text of a note.
    EditNote(NoteId, String),
    /// Takes a note out of the list; its words stay in the file.
    RemoveNote(NoteId),
    /// Brings a removed note back.
    RestoreNote(NoteId),
    /// Writes a field of a service.
    SetService(ServiceId, ServiceField, Datum),
    /// Moves the engagement start date of a service; the date before it stays on record with the reason.
    SetStartDate {
        /// The service.
        service: ServiceId,
        /// The new date.
        day: Option<NaiveDate>,
        /// Why it was moved; wanted when there was another date.
        reason: String,
    },
    /// Answers a question of the guide to the entitlement status: `yes`, `no`, the id of a choice; `None` takes it back.
    SetAnswer(ServiceId, String, Option<String>),
    /// Says how a factor of SSAT stands, and why there is a gap.
    SetFactor {
        /// The service.
        service: ServiceId,
        /// Which of the four.
        factor: Factor,
        /// How it stands; `None` when not known.
        state: Option<FactorState>,
        /// Why there is a gap; empty clears.
        reason: String,
    },
    /// Writes a field of the whole engagement.
    SetField(Field, Datum),
    /// Closes a process; the reason is wanted when something is missing. Takes the services in scope on record.
    CloseProcess {
        /// The process.
        process: ProcessId,
        /// The day.
        on: NaiveDate,
        /// Why, although something was missing; empty when nothing was.
        reason: String,
    },
    /// Opens a closed process again.
    ReopenProcess(ProcessId),
    /// Names a holiday; `None` takes it out of the calendar.
    SetHoliday(NaiveDate, Option<String>),
    /// Writes fields of an entry; the first time it begins the entry.
    WriteEntry(EntryKind, EntryId, Vec<(EntryField, Datum)>),
    /// Takes an entry out of its list; its words stay in the file.
    RemoveEntry(EntryKind, EntryId),
    /// Brings a removed entry back.
    RestoreEntry(EntryKind, EntryId),
    /// Hands the engagement to somebody; what has been seen by then is written down with it.
    HandOver {
        /// Drawn once.
        entry: EntryId,
        /// To whom.
        to: String,
        /// The day.
        on: NaiveDate,
        /// The language of the sheet, as a tag.
        language: String,
    },
    /// Writes values as they are: an undo, a choice between conflicting values, a value that is brought back, what another
    /// copy under another id says.
    Put(Vec<Put>),
    /// Puts the engagement into the archive or takes it out.
    SetArchived(bool),
}

/// One value that is written as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Put {
    /// The field.
    pub path: Path,
    /// The value; `null` clears.
    pub value: Value,
    /// Only where the field still holds what exactly these changes wrote: an undo never reverts anybody's later edit.
    pub only_over: Option<BTreeSet<Dot>>,
}

/// Which state of a task: the one it has, or the one for a service.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateKey {
    /// Tasks for all services or for core onboarding have one state.
    Whole,
    /// The state for one service.
    Service(ServiceId),
}
