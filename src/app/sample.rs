//! The sample: an invented customer to look at, removable in one click, never exported.

use super::{route::Route, ui::Ui, words::W};
use crate::{
    browser::{clock, page},
    engagement::{Change, Datum, EntryField, EntryKind, Factor, FactorState, ServiceField, StateKey},
    playbook::{EngagementId, Fact, ServiceId, TaskId, TaskState},
};
use chrono::{Days, NaiveDate};

/// Opens the sample, made anew when it was deleted.
pub fn open(ui: Ui) {
    let id = EngagementId::from("sample-contoso");
    let there = ui.store.with_untracked(&id, |one| one.is_some());
    if !there {
        let in_trash = ui
            .store
            .read_untracked(|workspace| workspace.trashed().iter().any(|one| *one.engagement.id() == id));
        let made = if in_trash {
            ui.store.restore(&id)
        } else {
            ui.store.create(&id, &changes(ui))
        };
        if let Err(refusal) = made {
            return ui.tell(super::pages::about::refusal_text(ui, &refusal));
        }
    }
    page::go(&Route::Engagement(id).href());
}

fn changes(ui: Ui) -> Vec<Change> {
    let today = clock::today();
    let before = |days| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    let done = |task: &'static str, days| Change::SetTaskState {
        task: TaskId::from(task),
        states: vec![(StateKey::Whole, TaskState::Complete)],
        reason: None,
        done_on: Some(before(days)),
    };
    let state = |task: &'static str, state| Change::SetTaskState {
        task: TaskId::from(task),
        states: vec![(StateKey::Whole, state)],
        reason: None,
        done_on: None,
    };
    let per_service = |task: &'static str, service: &'static str, state| Change::SetTaskState {
        task: TaskId::from(task),
        states: vec![(StateKey::Service(ServiceId::from(service)), state)],
        reason: None,
        done_on: None,
    };
    let mut all = vec![
        Change::SetCustomer("Contoso".into()),
        Change::SetTenant("contoso.onmicrosoft.com".into()),
        Change::SetRegion(Some("emea".into())),
        Change::SetSeats(Some(850)),
        Change::SetMotion(Some("rfa".into())),
        Change::SetAssignedOn(Some(before(12))),
        Change::SetFact(Fact::AccountManaged, Some(true)),
        Change::SetFact(Fact::MigrationInScope, Some(false)),
        done("3979", 11),
        done("3616", 10),
        state("994", TaskState::InProgress),
        Change::SetDue("994".into(), today.checked_add_days(Days::new(2))),
        state("983", TaskState::Warning),
        Change::SetDue("983".into(), Some(before(1))),
        done("1903", 4),
        per_service("1904", "exchange", TaskState::Complete),
        per_service("1904", "onedrive-for-business", TaskState::PausedCustomerDelay),
        Change::WriteNote {
            note: clock::new_note(),
            text: ui.word(W::sample_note),
            process: Some("conduct-customer-kickoff".into()),
            on: before(2),
            language: ui.language().tag().to_owned(),
        },
    ];
    let services = ["exchange", "onedrive-for-business", "teams", "aadp"];
    all.extend(services.map(|service| Change::SetServiceInScope(ServiceId::from(service), true)));
    all.extend(agreed(today));
    all.extend([(9, 23), (5, 61), (1, 85)].map(|(days, users)| reading("teams", before(days), users)));
    all.push(reading("exchange", before(1), 41));
    all
}

/// What was agreed for two of the services, and what is still open.
fn agreed(today: NaiveDate) -> Vec<Change> {
    let text = |text: &str| Datum::Text(text.to_owned());
    let set = |service, field, value| Change::SetService(ServiceId::from(service), field, value);
    let status = |service, status: &str, reason: &str| {
        [
            Change::SetEntitlements(ServiceId::from(service), Some(850)),
            set(service, ServiceField::Status, text(status)),
            set(service, ServiceField::Reason, text(reason)),
        ]
    };
    let target = |service, days| {
        let day = today.checked_add_days(Days::new(days));
        set(service, ServiceField::Target, Datum::Day(day))
    };
    let factor = |service, factor, state| Change::SetFactor {
        service: ServiceId::from(service),
        factor,
        state: Some(state),
        reason: String::new(),
    };
    let mut all = Vec::new();
    all.extend(status("teams", "in-progress", "technical-onboarding-and-deployment"));
    all.extend(status("exchange", "in-progress", "technical-onboarding-and-deployment"));
    all.extend(status("onedrive-for-business", "blocked", "adoption-readiness"));
    all.extend([
        target("teams", 30),
        target("exchange", 60),
        set("teams", ServiceField::BusinessReason, text("work-from-anywhere")),
        set("teams", ServiceField::SuccessOwner, text("Kim Lee")),
        set("exchange", ServiceField::BusinessReason, text("end-of-life")),
        factor("teams", Factor::Stakeholders, FactorState::Confirmed),
        factor("teams", Factor::Scenarios, FactorState::Confirmed),
        factor("teams", Factor::Awareness, FactorState::Planned),
        factor("exchange", Factor::Stakeholders, FactorState::Confirmed),
        factor("onedrive-for-business", Factor::Training, FactorState::Gap),
    ]);
    all
}

/// Active users of a service on a day.
fn reading(service: &str, on: NaiveDate, users: u32) -> Change {
    let values = vec![
        (EntryField::Service, Datum::Text(service.to_owned())),
        (EntryField::On, Datum::Day(Some(on))),
        (EntryField::Users, Datum::Number(Some(users))),
        (EntryField::Source, Datum::Text("LYNX".to_owned())),
    ];
    Change::WriteEntry(EntryKind::Reading, clock::new_entry(), values)
}
