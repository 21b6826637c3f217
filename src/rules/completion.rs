//! How an engagement ends: what is to be done in which order, and why something has to wait.
//!
//! A request for assistance ends with the completion discussion, one per workload. Without migration task 4058 ends it: after the
//! last discussion the assignment team is asked for the queue move, and only a tenant that was seen in the queue is released. With
//! migration 4058 leads to the status Migrate, the FastTrack Manager stays, and queue move and release belong to 4060. The other
//! two ways in end with the success review, task 3735.
//!
//! Our readings: a service without intent and one whose entitlements are a duplicate have no discussion, as nothing was onboarded;
//! a scope without any service does not end. The account team gets its mail where its members are known; where they are not, or
//! where it is only known that nobody manages the account, there is no mail. Nothing here reads the words of a note.

use super::{
    Question, Reached,
    entitlement::SERVICE_STATUSES,
    milestones,
    thresholds::numbers::{NEXT_ACTION_DAY, NEXT_ACTION_MONTH, NEXT_ACTION_YEARS},
};
use crate::{
    engagement::{Change, Datum, Engagement, EntryField, EntryKind, Field, ServiceField, StateKey},
    gather::gather,
    playbook::{EngagementId, Fact, ProcessId, ServiceId, Structure, TaskId},
};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;

/// Ends the engagement after enablement.
const AFTER_ENABLEMENT: &str = "4058";
/// Ends the engagement after migration.
const AFTER_MIGRATION: &str = "4060";
/// The success review.
const REVIEW: &str = "3735";
/// Records that a migration is complete; its services are those that can be migrated.
const MIGRATED: &str = "1702";

/// What a success review may decide, by id.
pub const REVIEW_OUTCOMES: [&str; 4] = ["more-discussions", "more-entitlements", "csm-takes-over", "disengages"];

/// With what an engagement ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A request for assistance without migration: task 4058.
    Enablement,
    /// A request for assistance with migration: tasks 4058 and 4060.
    Migration,
    /// Customer Health and Targeting: task 3735.
    SuccessReview,
}

/// Whether the account team gets a mail that the work is finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Branch {
    /// Its members are known: they get one.
    Known,
    /// They are not, or nobody manages the account: a note says which.
    Unknown,
    /// Nobody has said yet.
    Ask,
}

/// Why something has to wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Locked {
    /// No service is in scope.
    NoService,
    /// It hangs on an answer that nobody has given.
    AnswerFirst(Question),
    /// These services have not had their discussion.
    DiscussionsMissing(Vec<ServiceId>),
    /// The service has not reached its milestone, and the customer has not said that nothing technical is in the way.
    EnablementNotReached(ServiceId),
    /// These workloads are still to be discussed; the FastTrack Manager leaves after the last one.
    NotTheLastWorkload(Vec<ServiceId>),
    /// The FastTrack Manager stays until migration has ended.
    MigrationKeepsTheManager,
    /// The assignment team has not been asked.
    QueueMailFirst,
    /// The queue move is not recorded: which queue, when, and who has seen the tenant there.
    QueueMoveFirst,
    /// The tenant was moved on this day, and not before.
    BeforeQueueMove(NaiveDate),
    /// The task comes first.
    TaskFirst(TaskId),
    /// The FastTrack Manager is still on the tenant.
    ReleaseFirst,
    /// The next action date is not the one that follows from the last discussion.
    NextActionFirst,
}

/// How a step stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is recorded.
    Done,
    /// It can be done now.
    Next,
    /// It has to wait.
    Locked(Locked),
    /// It is not needed for this customer.
    NotNeeded,
}

/// What a step is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The mail to the account team.
    AccountTeamMail(Branch),
    /// The discussion of a workload.
    Discussion(ServiceId),
    /// Whether another workload follows, which, and how the form was shown.
    AnotherWorkload,
    /// The mail to the customer on how to ask again.
    CustomerMail,
    /// One of the tasks 4058, 4060 and 3735.
    Task(TaskId),
    /// Notes of the process that ends the engagement.
    Notes(ProcessId),
    /// The mail to the assignment team.
    QueueMail,
    /// The tenant was moved to an inactive queue.
    QueueMove,
    /// The FastTrack Manager leaves the tenant.
    Release,
    /// The next action date of the engagement.
    NextAction,
    /// The service status of the services that were discussed.
    ServiceStatus,
    /// What the success review decided.
    ReviewOutcome,
    /// The engagement is closed.
    Close,
}

/// A step of the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompletionStep {
    /// What it is about.
    pub action: Action,
    /// How it stands.
    pub standing: Standing,
}

/// A service in scope at the end of its engagement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workload {
    /// The service.
    pub service: ServiceId,
    /// Whether it takes part: neither without intent nor a duplicate.
    pub counts: bool,
    /// Whether enablement is reached; `None` when not known.
    pub enabled: Option<bool>,
    /// Whether it is the customer's word that nothing technical is in the way which counts.
    pub by_word: bool,
    /// The day of its discussion.
    pub discussed_on: Option<NaiveDate>,
    /// The service status that follows, by id; none before the task that leads to it is settled.
    pub proposed_status: Option<&'static str>,
}

/// The end of an engagement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// With what it ends.
    pub kind: Kind,
    /// What has to be answered before it is certain with what it ends.
    pub question: Option<Question>,
    /// The services in scope.
    pub workloads: Vec<Workload>,
    /// What is to be done, in order.
    pub steps: Vec<CompletionStep>,
    /// The inactive queue of the customer's region, by id.
    pub queue: Option<String>,
    /// The next action date: 31 December of the year after the last discussion.
    pub next_action: Option<NaiveDate>,
}

impl Completion {
    /// How a step stands; not needed when there is none of this kind.
    #[must_use]
    pub fn standing(&self, action: &Action) -> Standing {
        let step = self.steps.iter().find(|step| step.action == *action);
        step.map_or(Standing::NotNeeded, |step| step.standing.clone())
    }
}

/// 31 December of the year after `day`.
#[must_use]
pub fn next_action_after(day: NaiveDate) -> NaiveDate {
    let year = day.year().checked_add_unsigned(NEXT_ACTION_YEARS);
    year.and_then(|year| NaiveDate::from_ymd_opt(year, NEXT_ACTION_MONTH, NEXT_ACTION_DAY))
        .unwrap_or(NaiveDate::MAX)
}

/// Whether a service takes part in completion: it was neither declined nor a duplicate.
#[must_use]
pub fn counts(engagement: &Engagement, service: &ServiceId) -> bool {
    !matches!(
        engagement.service_text(service, ServiceField::Status),
        "no-intent" | "duplicate-invalid"
    )
}

/// The services in scope that take part and have had no discussion.
#[must_use]
pub fn discussions_missing(engagement: &Engagement) -> Vec<ServiceId> {
    let services = engagement.services_in_scope().into_iter();
    gather(services.filter(|service| counts(engagement, service) && discussed_on(engagement, service).is_none()))
}

/// Whether the customer goes on with another workload; `None` when nobody has said.
#[must_use]
pub fn another_workload(engagement: &Engagement) -> Option<bool> {
    let words = engagement.field_text(Field::AnotherWorkload);
    engagement
        .fact(Fact::AnotherWorkload)
        .or_else(|| (!words.is_empty()).then_some(words != "none"))
}

/// Whether a task ends an engagement, and so waits for the discussions.
pub(super) fn ends(task: &TaskId) -> bool {
    matches!(task.as_str(), AFTER_ENABLEMENT | AFTER_MIGRATION)
}

/// Whether a task may become complete. Tasks 4058 and 4060 wait for the discussion of each service in scope that takes part;
/// any other task may. Not required and cancelled are open to each of them: they carry their reason.
///
/// # Errors
/// Why it has to wait.
pub fn may_complete(engagement: &Engagement, task: &TaskId) -> Result<(), Locked> {
    if !ends(task) {
        return Ok(());
    }
    if engagement.services_in_scope().is_empty() {
        return Err(Locked::NoService);
    }
    let missing = discussions_missing(engagement);
    if missing.is_empty() {
        Ok(())
    } else {
        Err(Locked::DiscussionsMissing(missing))
    }
}

/// Whether the FastTrack Manager may leave the tenant on `day`: after the last workload and the end of migration, and not before
/// the day on which the tenant was moved to a queue where somebody has seen it.
///
/// # Errors
/// Why not.
pub fn may_release(engagement: &Engagement, day: NaiveDate) -> Result<(), Locked> {
    leaving(engagement)?;
    if !is_moved(engagement) {
        return Err(Locked::QueueMoveFirst);
    }
    match engagement.field_day(Field::QueueMovedOn) {
        Some(moved) if day >= moved => Ok(()),
        Some(moved) => Err(Locked::BeforeQueueMove(moved)),
        None => Err(Locked::QueueMoveFirst),
    }
}

/// Whether the part that follows the last discussion may begin.
fn leaving(engagement: &Engagement) -> Result<(), Locked> {
    if let Some(question) = question(engagement) {
        return Err(Locked::AnswerFirst(question));
    }
    if engagement.services_in_scope().is_empty() {
        return Err(Locked::NoService);
    }
    if kind(engagement) == Kind::Migration && !is_settled(engagement, AFTER_MIGRATION) {
        return Err(Locked::MigrationKeepsTheManager);
    }
    let missing = discussions_missing(engagement);
    if missing.is_empty() {
        Ok(())
    } else {
        Err(Locked::NotTheLastWorkload(missing))
    }
}

/// Which queue, when and who has seen it: all three.
fn is_moved(engagement: &Engagement) -> bool {
    engagement.field_day(Field::QueueMovedOn).is_some()
        && !engagement.field_text(Field::Queue).is_empty()
        && !engagement.field_text(Field::QueueSeenBy).is_empty()
}

fn is_settled(engagement: &Engagement, task: &'static str) -> bool {
    engagement.task_state(&task.into(), &StateKey::Whole).settles()
}

fn discussed_on(engagement: &Engagement, service: &ServiceId) -> Option<NaiveDate> {
    engagement.service_day(service, ServiceField::DiscussedOn)
}

fn kind(engagement: &Engagement) -> Kind {
    let review = engagement.motion().is_some_and(|motion| motion.as_str() != "rfa");
    match engagement.fact(Fact::MigrationInScope) {
        _ if review => Kind::SuccessReview,
        Some(true) => Kind::Migration,
        _ => Kind::Enablement,
    }
}

fn question(engagement: &Engagement) -> Option<Question> {
    match engagement.motion() {
        None => Some(Question::Motion),
        Some(_) if kind(engagement) == Kind::SuccessReview => None,
        Some(_) => engagement
            .fact(Fact::MigrationInScope)
            .is_none()
            .then_some(Question::Fact(Fact::MigrationInScope)),
    }
}

fn branch(engagement: &Engagement) -> Branch {
    match (
        engagement.fact(Fact::AccountTeamKnown),
        engagement.fact(Fact::AccountManaged),
    ) {
        (Some(true), _) => Branch::Known,
        (Some(false), _) | (None, Some(false)) => Branch::Unknown,
        (None, _) => Branch::Ask,
    }
}

/// The end of an engagement, as it stands on `today`.
#[must_use]
pub fn completion(structure: &Structure, engagement: &Engagement, today: NaiveDate) -> Completion {
    let (kind, question) = (kind(engagement), question(engagement));
    let services = engagement.services_in_scope();
    let workloads: Vec<Workload> = services
        .iter()
        .map(|service| workload(structure, engagement, kind, service, today))
        .collect();
    let last = workloads.iter().filter_map(|one| one.discussed_on).max();
    let next_action = last.map(next_action_after);
    let steps = match kind {
        Kind::SuccessReview => review_steps(engagement),
        _ => discussion_steps(engagement, kind, &workloads, next_action),
    };
    Completion {
        kind,
        question,
        workloads,
        steps,
        queue: engagement.region().map(|region| format!("ftcq-inactive-{region}")),
        next_action,
    }
}

fn workload(
    structure: &Structure,
    engagement: &Engagement,
    kind: Kind,
    service: &ServiceId,
    today: NaiveDate,
) -> Workload {
    let counts = counts(engagement, service);
    let discussed_on = discussed_on(engagement, service);
    let (enabled, by_word) = enabled(engagement, service, today);
    let migrates = structure
        .tasks
        .get(MIGRATED)
        .is_some_and(|task| task.services.contains(service));
    let open = counts && discussed_on.is_some() && is_settled(engagement, AFTER_ENABLEMENT);
    let proposed_status = match kind {
        Kind::Migration if open && migrates && !is_settled(engagement, AFTER_MIGRATION) => Some("migrate"),
        Kind::Migration | Kind::Enablement if open => Some("adoption"),
        _ => None,
    };
    Workload {
        service: service.clone(),
        counts,
        enabled,
        by_word,
        discussed_on,
        proposed_status,
    }
}

/// Whether enablement is reached, by the count or, where that does not say so, by the customer's word.
fn enabled(engagement: &Engagement, service: &ServiceId, today: NaiveDate) -> (Option<bool>, bool) {
    let known = milestones(engagement, service, today);
    match known.enablement {
        Reached::Yes => (Some(true), false),
        _ if known.by_word => (Some(true), true),
        Reached::No => (Some(false), false),
        Reached::Unknown => (None, false),
    }
}

fn when(done: bool, lock: Option<Locked>) -> Standing {
    match lock {
        _ if done => Standing::Done,
        Some(lock) => Standing::Locked(lock),
        None => Standing::Next,
    }
}

fn task_step(engagement: &Engagement, task: &'static str) -> CompletionStep {
    let lock = may_complete(engagement, &task.into()).err();
    CompletionStep {
        action: Action::Task(task.into()),
        standing: when(is_settled(engagement, task), lock),
    }
}

fn review_steps(engagement: &Engagement) -> Vec<CompletionStep> {
    let first = || (!is_settled(engagement, REVIEW)).then(|| Locked::TaskFirst(REVIEW.into()));
    let is_given = !engagement.field_text(Field::ReviewOutcome).is_empty();
    let step = |action, done, lock| CompletionStep {
        action,
        standing: when(done, lock),
    };
    vec![
        task_step(engagement, REVIEW),
        step(Action::ReviewOutcome, is_given, first()),
        step(Action::Close, engagement.field_day(Field::ClosedOn).is_some(), first()),
    ]
}

fn discussion_steps(
    engagement: &Engagement,
    kind: Kind,
    workloads: &[Workload],
    next_action: Option<NaiveDate>,
) -> Vec<CompletionStep> {
    let day = |field| engagement.field_day(field);
    let mut steps = Vec::new();
    let mut step = |action, standing| steps.push(CompletionStep { action, standing });

    let branch = branch(engagement);
    let team = match branch {
        _ if day(Field::AccountTeamMailOn).is_some() => Standing::Done,
        Branch::Known => Standing::Next,
        Branch::Unknown => Standing::NotNeeded,
        Branch::Ask => Standing::Locked(Locked::AnswerFirst(Question::Fact(Fact::AccountTeamKnown))),
    };
    step(Action::AccountTeamMail(branch), team);
    for one in workloads {
        let early = (one.enabled != Some(true)).then(|| Locked::EnablementNotReached(one.service.clone()));
        let standing = if one.counts || one.discussed_on.is_some() {
            when(one.discussed_on.is_some(), early)
        } else {
            Standing::NotNeeded
        };
        step(Action::Discussion(one.service.clone()), standing);
    }

    // What is spoken of in a discussion needs one.
    let held = workloads.iter().any(|one| one.discussed_on.is_some());
    let before = || {
        (!held)
            .then(|| may_complete(engagement, &AFTER_ENABLEMENT.into()).err())
            .flatten()
    };
    step(Action::AnotherWorkload, when(is_answered(engagement), before()));
    step(
        Action::CustomerMail,
        when(day(Field::CustomerMailOn).is_some(), before()),
    );

    let (mut tasks, mut process) = (
        vec![AFTER_ENABLEMENT],
        "conduct-engagement-completion-discussion-enablement",
    );
    if kind == Kind::Migration {
        tasks.push(AFTER_MIGRATION);
        if is_settled(engagement, AFTER_ENABLEMENT) {
            process = "conduct-engagement-completion-discussion-migration";
        }
    }
    for task in tasks {
        let CompletionStep { action, standing } = task_step(engagement, task);
        step(action, standing);
    }
    let process = ProcessId::from(process);
    let noted = engagement
        .notes()
        .iter()
        .any(|note| !note.removed && note.process.as_ref() == Some(&process));
    step(Action::Notes(process), when(noted, before()));

    let leaving = leaving(engagement).err();
    step(
        Action::QueueMail,
        when(day(Field::QueueMailOn).is_some(), leaving.clone()),
    );
    let unasked = day(Field::QueueMailOn).is_none().then_some(Locked::QueueMailFirst);
    step(
        Action::QueueMove,
        when(is_moved(engagement), leaving.clone().or(unasked)),
    );
    // A release that is on record counts only when the move came before it; the queue may be that of another copy.
    let release = match (day(Field::ReleasedOn), day(Field::QueueMovedOn)) {
        (Some(released), _) => may_release(engagement, released),
        (None, Some(moved)) => may_release(engagement, moved),
        (None, None) => leaving.clone().map_or(Err(Locked::QueueMoveFirst), Err),
    };
    let released = release.is_ok() && day(Field::ReleasedOn).is_some();
    step(Action::Release, when(released, release.err()));
    let dated = next_action.is_some() && day(Field::NextAction) == next_action;
    let date = match next_action {
        None if leaving.is_none() => Standing::NotNeeded,
        _ => when(dated && leaving.is_none(), leaving),
    };
    step(Action::NextAction, date);

    let counted = || workloads.iter().filter(|one| one.counts);
    let open = counted().any(|one| one.proposed_status.is_none());
    let named = !open && counted().all(|one| has_reached(engagement, one));
    let first = open.then(|| match may_complete(engagement, &AFTER_ENABLEMENT.into()) {
        Err(lock) => lock,
        Ok(()) => Locked::TaskFirst(AFTER_ENABLEMENT.into()),
    });
    step(Action::ServiceStatus, when(named, first));

    let last = if !released {
        Some(Locked::ReleaseFirst)
    } else if dated || next_action.is_none() {
        None
    } else {
        Some(Locked::NextActionFirst)
    };
    step(Action::Close, when(released && day(Field::ClosedOn).is_some(), last));
    steps
}

/// Whether another workload follows: no; or yes with which and how the form was shown.
fn is_answered(engagement: &Engagement) -> bool {
    match another_workload(engagement) {
        Some(false) => true,
        Some(true) => {
            !matches!(engagement.field_text(Field::AnotherWorkload), "" | "none")
                && !engagement.field_text(Field::RfaShown).is_empty()
        }
        None => false,
    }
}

/// Whether the service status is the proposed one or a later one.
fn has_reached(engagement: &Engagement, one: &Workload) -> bool {
    let rank = |status: &str| SERVICE_STATUSES.iter().position(|one| *one == status);
    let chosen = rank(engagement.service_text(&one.service, ServiceField::ServiceStatus));
    chosen >= one.proposed_status.and_then(rank)
}

/// The engagement that follows on another one.
#[derive(Clone, Debug, PartialEq)]
pub struct FollowOn {
    /// What begins it: the customer, the people, the services chosen, and where it comes from.
    pub begin: Vec<Change>,
    /// What the old one keeps on record: where it goes on.
    pub refer: Change,
}

/// The changes that begin the engagement `id` for other services of the same customer: what holds for the customer goes along,
/// what was decided or done for the old request does not.
#[must_use]
pub fn follow_on(engagement: &Engagement, services: &BTreeSet<ServiceId>, id: &EngagementId) -> FollowOn {
    const OF_THE_CUSTOMER: [Fact; 7] = [
        Fact::AccountManaged,
        Fact::AccountTeamKnown,
        Fact::PartnerInvolved,
        Fact::Windows10Entitled,
        Fact::Enterprise,
        Fact::AdditionalAdoptionBenefit,
        Fact::OnedriveAdoptionProgramme,
    ];
    let language = engagement.customer_language();
    let mut begin = vec![
        Change::SetCustomer(engagement.customer().to_owned()),
        Change::SetTenant(engagement.tenant().to_owned()),
        Change::SetCountry(engagement.country().to_owned()),
        Change::SetRegion(engagement.region()),
        Change::SetSeats(engagement.seats()),
        Change::SetCustomerLanguage((!language.is_empty()).then(|| language.to_owned())),
        Change::SetMotion(Some("rfa".into())),
        Change::SetFastTrackManager(engagement.fast_track_manager().to_owned()),
    ];
    let facts = OF_THE_CUSTOMER.into_iter();
    begin.extend(facts.filter_map(|fact| Some(Change::SetFact(fact, Some(engagement.fact(fact)?)))));
    let fields = Field::ALL
        .iter()
        .filter(|field| matches!(field.section(), "picture" | "calendar"));
    begin.extend(fields.filter_map(|field| {
        let words = engagement.field_text(*field);
        (!words.is_empty()).then(|| Change::SetField(*field, Datum::Text(words.to_owned())))
    }));
    let holidays = engagement.holidays().into_iter();
    begin.extend(holidays.map(|(day, name)| Change::SetHoliday(day, Some(name))));
    begin.extend(engagement.entries(EntryKind::Goal).filter_map(|goal| {
        let words = |field| (field, Datum::Text(goal.text(field).to_owned()));
        let values = vec![
            words(EntryField::Name),
            words(EntryField::Horizon),
            (EntryField::On, Datum::Day(goal.day(EntryField::On))),
        ];
        Some(Change::WriteEntry(EntryKind::Goal, goal.id()?, values))
    }));
    for service in services {
        begin.push(Change::SetServiceInScope(service.clone(), true));
        let count = engagement.entitlements(service);
        begin.extend(count.map(|count| Change::SetEntitlements(service.clone(), Some(count))));
    }
    begin.push(Change::SetField(
        Field::FollowsOn,
        Datum::Text(engagement.id().to_string()),
    ));
    FollowOn {
        begin,
        refer: Change::SetField(Field::FollowOn, Datum::Text(id.to_string())),
    }
}
