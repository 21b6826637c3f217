//! How an engagement ends, as the Contoso case shows it: three workloads discussed one after the other, the queue move, the
//! release, the date, and the engagement that follows.

use crate::{
    playbook,
    support::{by, cases, contoso, draw, saved_and_loaded},
};
use chrono::{Datelike, NaiveDate};
use engagement_playbook::{
    engagement::{
        Change, Datum, Engagement, EntryField, EntryKind, Field, ServiceField, Signature, StateKey, parse_day,
    },
    playbook::{Fact, ServiceId, Structure, TaskState},
    rules::{self, Action, Branch, Completion, Kind, Locked, Question, Standing},
};
use proptest::prelude::*;
use std::{collections::BTreeSet, sync::LazyLock};

/// Read once: the law below asks thousands of times.
static STRUCTURE: LazyLock<Structure> = LazyLock::new(playbook::structure);

fn day(text: &str) -> NaiveDate {
    parse_day(text).expect("a day")
}

fn on(text: &str) -> Datum {
    Datum::Day(Some(day(text)))
}

fn words(text: &str) -> Datum {
    Datum::Text(text.to_owned())
}

/// Contoso: a request for assistance with Exchange, OneDrive and Teams, 850 seats, no migration.
struct Contoso {
    engagement: Engagement,
    by: Signature,
}

impl Contoso {
    fn new() -> Self {
        let mut desk = Self {
            engagement: Engagement::new(contoso()),
            by: by(draw(), 1_000),
        };
        desk.does(Change::SetCustomer("Contoso".to_owned()));
        desk.does(Change::SetMotion(Some("rfa".into())));
        desk.does(Change::SetRegion(Some("emea".into())));
        desk.does(Change::SetSeats(Some(850)));
        desk.does(Change::SetFact(Fact::MigrationInScope, Some(false)));
        desk.does(Change::SetFact(Fact::AccountTeamKnown, Some(true)));
        for service in ["exchange", "onedrive-for-business", "teams"] {
            desk.does(Change::SetServiceInScope(service.into(), true));
        }
        desk
    }

    /// Contoso after the last discussion, with task 4058 complete.
    fn discussed() -> Self {
        let mut desk = Self::new();
        desk.reads("teams", "2026-11-01", 85);
        desk.reads("exchange", "2026-11-01", 400);
        desk.reads("onedrive-for-business", "2026-11-01", 120);
        desk.discusses("exchange", "2026-11-03");
        desk.discusses("onedrive-for-business", "2026-11-10");
        desk.discusses("teams", "2026-11-18");
        desk.completes("4058");
        desk
    }

    fn does(&mut self, change: Change) {
        self.by.now += 1;
        self.engagement.apply(&change, &self.by);
    }

    fn sets(&mut self, field: Field, value: Datum) {
        self.does(Change::SetField(field, value));
    }

    fn reads(&mut self, service: &'static str, text: &str, users: u32) {
        let values = vec![
            (EntryField::Service, words(service)),
            (EntryField::On, on(text)),
            (EntryField::Users, Datum::Number(Some(users))),
        ];
        let id = engagement_playbook::playbook::EntryId::parse(&format!("{service}-{text}")).expect("an id");
        self.does(Change::WriteEntry(EntryKind::Reading, id, values));
    }

    fn discusses(&mut self, service: &'static str, text: &str) {
        self.does(Change::SetService(service.into(), ServiceField::DiscussedOn, on(text)));
    }

    fn completes(&mut self, task: &'static str) {
        self.does(Change::SetTaskState {
            task: task.into(),
            states: vec![(StateKey::Whole, TaskState::Complete)],
            reason: None,
            done_on: None,
        });
    }

    fn moves(&mut self, text: &str) {
        self.sets(Field::QueueMailOn, on("2026-11-18"));
        self.sets(Field::Queue, words("ftcq-inactive-emea"));
        self.sets(Field::QueueSeenBy, words("R. Sato"));
        self.sets(Field::QueueMovedOn, on(text));
    }

    fn completion(&self) -> Completion {
        rules::completion(&STRUCTURE, &self.engagement, day("2026-11-20"))
    }

    fn stands(&self, action: Action) -> Standing {
        self.completion().standing(&action)
    }

    fn may_complete(&self) -> Result<(), Locked> {
        rules::may_complete(&self.engagement, &"4058".into())
    }
}

fn services(ids: &[&'static str]) -> Vec<ServiceId> {
    ids.iter().copied().map(ServiceId::from).collect()
}

#[test]
fn task_4058_waits_for_the_discussion_of_each_of_three_workloads() {
    let mut desk = Contoso::new();
    assert_eq!(
        desk.may_complete(),
        Err(Locked::DiscussionsMissing(services(&[
            "exchange",
            "onedrive-for-business",
            "teams"
        ])))
    );
    desk.discusses("exchange", "2026-11-03");
    desk.discusses("onedrive-for-business", "2026-11-10");
    assert_eq!(
        desk.may_complete(),
        Err(Locked::DiscussionsMissing(services(&["teams"])))
    );
    assert_eq!(
        desk.stands(Action::QueueMail),
        Standing::Locked(Locked::NotTheLastWorkload(services(&["teams"])))
    );
    desk.discusses("teams", "2026-11-18");
    assert_eq!(desk.may_complete(), Ok(()));
    assert_eq!(desk.stands(Action::Task("4058".into())), Standing::Next);
    assert_eq!(desk.stands(Action::QueueMail), Standing::Next);
    assert_eq!(
        rules::may_complete(&desk.engagement, &"994".into()),
        Ok(()),
        "other tasks do not wait"
    );
}

#[test]
fn a_service_without_intent_or_with_duplicate_entitlements_has_no_discussion() {
    let mut desk = Contoso::new();
    desk.discusses("exchange", "2026-11-03");
    let status = |service: &'static str, id: &str| Change::SetService(service.into(), ServiceField::Status, words(id));
    desk.does(status("teams", "no-intent"));
    desk.does(status("onedrive-for-business", "duplicate-invalid"));
    assert_eq!(desk.may_complete(), Ok(()));
    assert_eq!(desk.stands(Action::Discussion("teams".into())), Standing::NotNeeded);
    desk.does(status("teams", "blocked"));
    assert_eq!(
        desk.may_complete(),
        Err(Locked::DiscussionsMissing(services(&["teams"])))
    );
}

#[test]
fn a_scope_without_any_service_does_not_end() {
    let mut desk = Contoso::new();
    for service in ["exchange", "onedrive-for-business", "teams"] {
        desk.does(Change::SetServiceInScope(service.into(), false));
    }
    assert_eq!(desk.may_complete(), Err(Locked::NoService));
    assert_eq!(desk.stands(Action::QueueMail), Standing::Locked(Locked::NoService));
}

#[test]
fn a_discussion_waits_for_the_milestone_or_the_customers_word_with_person_and_date() {
    let mut desk = Contoso::new();
    let teams = || Action::Discussion("teams".into());
    let early = Standing::Locked(Locked::EnablementNotReached("teams".into()));
    assert_eq!(desk.stands(teams()), early, "nothing is known");
    desk.reads("teams", "2026-11-01", 84);
    assert_eq!(desk.stands(teams()), early, "84 of 850");
    desk.reads("teams", "2026-11-21", 600);
    assert_eq!(desk.stands(teams()), early, "a reading of tomorrow");
    desk.does(Change::SetService(
        "teams".into(),
        ServiceField::NoBlockerBy,
        words("Ana Ruiz"),
    ));
    assert_eq!(desk.stands(teams()), early, "a word without its date");
    desk.does(Change::SetService(
        "teams".into(),
        ServiceField::NoBlockerOn,
        on("2026-11-12"),
    ));
    assert_eq!(desk.stands(teams()), Standing::Next);
    let by_word = |desk: &Contoso| {
        desk.completion()
            .workloads
            .iter()
            .any(|one| one.service.as_str() == "teams" && one.by_word)
    };
    assert!(by_word(&desk));
    desk.reads("teams", "2026-11-15", 85);
    assert_eq!(desk.stands(teams()), Standing::Next);
    assert!(!by_word(&desk), "the count decides");
}

#[test]
fn the_milestone_is_100_users_or_a_tenth_of_a_small_tenant() {
    for (seats, users, enabled) in [
        (Some(850), 84, Some(false)),
        (Some(850), 85, Some(true)),
        (Some(999), 99, Some(false)),
        (Some(1_000), 99, Some(false)),
        (Some(1_000), 100, Some(true)),
        (Some(50_000), 100, Some(true)),
        (None, 99, None),
        (Some(0), 99, None),
        (None, 100, None),
    ] {
        let mut desk = Contoso::new();
        desk.does(Change::SetSeats(seats));
        desk.reads("teams", "2026-11-01", users);
        let workloads = desk.completion().workloads;
        let teams = workloads.iter().find(|one| one.service.as_str() == "teams");
        assert_eq!(teams.map(|one| one.enabled), Some(enabled), "{seats:?} {users}");
    }
}

#[test]
fn the_account_team_gets_its_mail_where_its_members_are_known() {
    let mut desk = Contoso::new();
    assert_eq!(desk.stands(Action::AccountTeamMail(Branch::Known)), Standing::Next);
    desk.sets(Field::AccountTeamMailOn, on("2026-11-02"));
    assert_eq!(desk.stands(Action::AccountTeamMail(Branch::Known)), Standing::Done);
    let mut desk = Contoso::new();
    desk.does(Change::SetFact(Fact::AccountTeamKnown, Some(false)));
    assert_eq!(
        desk.stands(Action::AccountTeamMail(Branch::Unknown)),
        Standing::NotNeeded
    );
    desk.does(Change::SetFact(Fact::AccountTeamKnown, None));
    assert_eq!(
        desk.stands(Action::AccountTeamMail(Branch::Ask)),
        Standing::Locked(Locked::AnswerFirst(Question::Fact(Fact::AccountTeamKnown)))
    );
    desk.does(Change::SetFact(Fact::AccountManaged, Some(false)));
    assert_eq!(
        desk.stands(Action::AccountTeamMail(Branch::Unknown)),
        Standing::NotNeeded
    );
}

#[test]
fn another_workload_wants_to_know_which_and_how_the_form_was_shown() {
    let mut desk = Contoso::discussed();
    assert_eq!(desk.stands(Action::AnotherWorkload), Standing::Next);
    desk.does(Change::SetFact(Fact::AnotherWorkload, Some(true)));
    desk.sets(Field::AnotherWorkload, words("intune"));
    assert_eq!(desk.stands(Action::AnotherWorkload), Standing::Next);
    desk.sets(Field::RfaShown, words("Filled in together on the shared screen"));
    assert_eq!(desk.stands(Action::AnotherWorkload), Standing::Done);
    desk.does(Change::SetFact(Fact::AnotherWorkload, Some(false)));
    assert_eq!(desk.stands(Action::AnotherWorkload), Standing::Done);
}

#[test]
fn the_manager_is_released_only_after_the_queue_move_that_somebody_has_seen() {
    let mut desk = Contoso::discussed();
    assert_eq!(desk.stands(Action::QueueMove), Standing::Locked(Locked::QueueMailFirst));
    let release = |desk: &Contoso, text: &str| rules::may_release(&desk.engagement, day(text));
    assert_eq!(release(&desk, "2026-11-20"), Err(Locked::QueueMoveFirst));
    desk.sets(Field::QueueMailOn, on("2026-11-18"));
    desk.sets(Field::Queue, words("ftcq-inactive-emea"));
    desk.sets(Field::QueueMovedOn, on("2026-11-19"));
    assert_eq!(
        release(&desk, "2026-11-20"),
        Err(Locked::QueueMoveFirst),
        "nobody has seen it"
    );
    desk.sets(Field::QueueSeenBy, words("R. Sato"));
    assert_eq!(
        release(&desk, "2026-11-18"),
        Err(Locked::BeforeQueueMove(day("2026-11-19")))
    );
    assert_eq!(release(&desk, "2026-11-19"), Ok(()));
    assert_eq!(desk.stands(Action::Release), Standing::Next);
    desk.sets(Field::ReleasedOn, on("2026-11-19"));
    assert_eq!(desk.stands(Action::Release), Standing::Done);
    desk.sets(Field::QueueMovedOn, on("2026-11-20"));
    assert_eq!(
        desk.stands(Action::Release),
        Standing::Locked(Locked::BeforeQueueMove(day("2026-11-20"))),
        "another copy knows that the move came later"
    );
}

#[test]
fn contoso_is_closed_with_its_date_and_the_status_adoption() {
    let mut desk = Contoso::discussed();
    let completion = desk.completion();
    assert_eq!((completion.kind, completion.question), (Kind::Enablement, None));
    assert_eq!(completion.queue.as_deref(), Some("ftcq-inactive-emea"));
    assert_eq!(completion.next_action, Some(day("2027-12-31")));
    assert!(
        completion
            .workloads
            .iter()
            .all(|one| one.proposed_status == Some("adoption"))
    );
    desk.moves("2026-11-19");
    assert_eq!(desk.stands(Action::Close), Standing::Locked(Locked::ReleaseFirst));
    desk.sets(Field::ReleasedOn, on("2026-11-20"));
    assert_eq!(desk.stands(Action::Close), Standing::Locked(Locked::NextActionFirst));
    desk.sets(Field::NextAction, on("2026-12-01"));
    assert_eq!(desk.stands(Action::NextAction), Standing::Next, "an earlier date");
    desk.sets(Field::NextAction, on("2027-12-31"));
    assert_eq!(desk.stands(Action::NextAction), Standing::Done);
    assert_eq!(desk.stands(Action::ServiceStatus), Standing::Next);
    for service in ["exchange", "onedrive-for-business", "teams"] {
        let status = if service == "teams" { "operation" } else { "adoption" };
        desk.does(Change::SetService(
            service.into(),
            ServiceField::ServiceStatus,
            words(status),
        ));
    }
    assert_eq!(desk.stands(Action::ServiceStatus), Standing::Done);
    assert_eq!(desk.stands(Action::Close), Standing::Next);
    desk.sets(Field::ClosedOn, on("2026-11-20"));
    assert_eq!(desk.stands(Action::Close), Standing::Done);
}

#[test]
fn the_steps_stand_in_the_order_in_which_they_are_done() {
    let actions: Vec<Action> = Contoso::new()
        .completion()
        .steps
        .into_iter()
        .map(|step| step.action)
        .collect();
    assert_eq!(
        actions,
        [
            Action::AccountTeamMail(Branch::Known),
            Action::Discussion("exchange".into()),
            Action::Discussion("onedrive-for-business".into()),
            Action::Discussion("teams".into()),
            Action::AnotherWorkload,
            Action::CustomerMail,
            Action::Task("4058".into()),
            Action::Notes("conduct-engagement-completion-discussion-enablement".into()),
            Action::QueueMail,
            Action::QueueMove,
            Action::Release,
            Action::NextAction,
            Action::ServiceStatus,
            Action::Close,
        ]
    );
}

#[test]
fn the_next_action_is_the_last_of_december_of_the_year_after() {
    for (discussed, next) in [
        ("2026-11-18", "2027-12-31"),
        ("2026-12-31", "2027-12-31"),
        ("2027-01-01", "2028-12-31"),
        ("2028-02-29", "2029-12-31"),
    ] {
        assert_eq!(rules::next_action_after(day(discussed)), day(next), "{discussed}");
    }
    assert!(rules::next_action_after(NaiveDate::MAX).year() >= NaiveDate::MAX.year());
}

#[test]
fn with_migration_4058_leads_to_migrate_and_the_manager_stays_until_4060() {
    let mut desk = Contoso::discussed();
    desk.does(Change::SetFact(Fact::MigrationInScope, Some(true)));
    let status = |desk: &Contoso| -> Vec<_> {
        desk.completion()
            .workloads
            .iter()
            .map(|one| one.proposed_status)
            .collect()
    };
    assert_eq!(desk.completion().kind, Kind::Migration);
    assert_eq!(
        status(&desk),
        [Some("migrate"), Some("migrate"), Some("adoption")],
        "Teams has no migration"
    );
    let stays = Standing::Locked(Locked::MigrationKeepsTheManager);
    for action in [
        Action::QueueMail,
        Action::QueueMove,
        Action::Release,
        Action::NextAction,
    ] {
        assert_eq!(desk.stands(action.clone()), stays, "{action:?}");
    }
    desk.moves("2026-11-19");
    assert_eq!(
        rules::may_release(&desk.engagement, day("2026-11-20")),
        Err(Locked::MigrationKeepsTheManager)
    );
    desk.completes("4060");
    assert_eq!(rules::may_release(&desk.engagement, day("2026-11-20")), Ok(()));
    assert_eq!(status(&desk), [Some("adoption"); 3]);
}

#[test]
fn whether_there_is_migration_is_asked_before_anybody_leaves() {
    let mut desk = Contoso::discussed();
    desk.does(Change::SetFact(Fact::MigrationInScope, None));
    let question = Question::Fact(Fact::MigrationInScope);
    assert_eq!(desk.completion().question, Some(question.clone()));
    assert_eq!(
        desk.stands(Action::QueueMail),
        Standing::Locked(Locked::AnswerFirst(question))
    );
    desk.does(Change::SetMotion(None));
    assert_eq!(
        rules::may_release(&desk.engagement, day("2026-11-20")),
        Err(Locked::AnswerFirst(Question::Motion))
    );
}

#[test]
fn customer_health_and_targeting_end_with_the_success_review() {
    for motion in ["customer-health", "targeting"] {
        let mut desk = Contoso::new();
        desk.does(Change::SetMotion(Some(motion.into())));
        let completion = desk.completion();
        assert_eq!((completion.kind, completion.question), (Kind::SuccessReview, None));
        let first = Standing::Locked(Locked::TaskFirst("3735".into()));
        assert_eq!(desk.stands(Action::Task("3735".into())), Standing::Next);
        assert_eq!(desk.stands(Action::ReviewOutcome), first);
        assert_eq!(desk.stands(Action::Close), first);
        assert_eq!(desk.stands(Action::QueueMove), Standing::NotNeeded);
        desk.completes("3735");
        assert_eq!(desk.stands(Action::Task("3735".into())), Standing::Done);
        assert_eq!(desk.stands(Action::Close), Standing::Next);
        desk.sets(Field::ReviewOutcome, words(rules::REVIEW_OUTCOMES[3]));
        assert_eq!(desk.stands(Action::ReviewOutcome), Standing::Done);
    }
}

#[test]
fn the_follow_on_takes_the_customer_and_the_people_and_leaves_what_was_done() {
    let mut desk = Contoso::discussed();
    desk.does(Change::SetTenant("contoso.onmicrosoft.com".to_owned()));
    desk.does(Change::SetFastTrackManager("Miriam Kern".to_owned()));
    desk.does(Change::SetFact(Fact::Windows10Entitled, Some(false)));
    desk.does(Change::SetFact(Fact::AnotherWorkload, Some(true)));
    desk.does(Change::SetEntitlements("intune".into(), Some(500)));
    desk.does(Change::SetHoliday(day("2026-12-25"), Some("Christmas".to_owned())));
    desk.sets(Field::ProjectRoles, words("Ana Ruiz: project lead"));
    desk.sets(Field::Industry, words("Manufacturing"));
    let goal = vec![
        (EntryField::Name, words("Fewer servers")),
        (EntryField::Horizon, words("long")),
    ];
    desk.does(Change::WriteEntry(EntryKind::Goal, "g1".into(), goal));
    let chosen: BTreeSet<ServiceId> = ["intune".into()].into();
    let follows = rules::follow_on(&desk.engagement, &chosen, &"contoso-2".into());
    let mut next = Contoso {
        engagement: Engagement::new("contoso-2".into()),
        by: desk.by.clone(),
    };
    for change in follows.begin {
        next.does(change);
    }
    desk.does(follows.refer);
    let (old, new) = (saved_and_loaded(&desk.engagement), saved_and_loaded(&next.engagement));
    assert_eq!((new.customer(), new.tenant()), ("Contoso", "contoso.onmicrosoft.com"));
    assert_eq!((new.seats(), new.region()), (Some(850), Some("emea".into())));
    assert_eq!(new.motion(), Some("rfa".into()));
    assert_eq!(new.fast_track_manager(), "Miriam Kern");
    assert_eq!(new.field_text(Field::ProjectRoles), "Ana Ruiz: project lead");
    assert_eq!(new.field_text(Field::Industry), "Manufacturing");
    assert_eq!(new.holidays().len(), 1);
    assert_eq!(new.entries(EntryKind::Goal).count(), 1);
    assert_eq!(new.services_in_scope(), chosen);
    assert_eq!(new.entitlements(&"intune".into()), Some(500));
    assert_eq!(
        (new.fact(Fact::AccountTeamKnown), new.fact(Fact::Windows10Entitled)),
        (Some(true), Some(false))
    );
    assert_eq!(
        (new.fact(Fact::MigrationInScope), new.fact(Fact::AnotherWorkload)),
        (None, None)
    );
    assert_eq!(new.task_state(&"4058".into(), &StateKey::Whole), TaskState::NotStarted);
    assert_eq!(new.field_text(Field::FollowsOn), "contoso");
    assert_eq!(old.field_text(Field::FollowOn), "contoso-2");
}

/// One thing that bears on the release.
fn step() -> impl Strategy<Value = Change> {
    let date =
        || proptest::option::of((1..28_u32).prop_map(|day| NaiveDate::from_ymd_opt(2026, 11, day).expect("a day")));
    prop_oneof![
        date().prop_map(|day| Change::SetField(Field::QueueMovedOn, Datum::Day(day))),
        date().prop_map(|day| Change::SetField(Field::ReleasedOn, Datum::Day(day))),
        date().prop_map(|day| Change::SetField(Field::QueueMailOn, Datum::Day(day))),
        any::<bool>()
            .prop_map(|there| Change::SetField(Field::Queue, words(if there { "ftcq-inactive-apj" } else { "" }))),
        any::<bool>().prop_map(|there| Change::SetField(Field::QueueSeenBy, words(if there { "R. Sato" } else { "" }))),
        proptest::option::of(any::<bool>()).prop_map(|is| Change::SetFact(Fact::MigrationInScope, is)),
        any::<bool>().prop_map(|is| Change::SetServiceInScope("intune".into(), is)),
        any::<bool>().prop_map(|is| Change::SetTaskState {
            task: "4060".into(),
            states: vec![(
                StateKey::Whole,
                if is { TaskState::Complete } else { TaskState::NotStarted }
            )],
            reason: None,
            done_on: None,
        }),
    ]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_release_never_comes_before_the_queue_move(steps in proptest::collection::vec(step(), 0..14)) {
        let mut desk = Contoso::discussed();
        desk.moves("2026-11-19");
        for change in steps {
            desk.does(change);
            let moved = desk.engagement.field_day(Field::QueueMovedOn);
            for day in (1..29).filter_map(|day| NaiveDate::from_ymd_opt(2026, 11, day)) {
                if rules::may_release(&desk.engagement, day).is_ok() {
                    prop_assert!(moved.is_some_and(|moved| moved <= day));
                    prop_assert_eq!(desk.stands(Action::QueueMove), Standing::Done);
                }
            }
            let released = desk.engagement.field_day(Field::ReleasedOn);
            if desk.stands(Action::Release) == Standing::Done {
                prop_assert!(moved.is_some() && released >= moved);
            } else {
                prop_assert!(desk.stands(Action::Close) != Standing::Next);
            }
        }
    }
}
