//! The entitlement status: the guide to it, what contradicts it, the service status that follows from it.

use crate::{
    playbook::{guidances, structure},
    support::{by, cases, contoso, draw},
};
use chrono::NaiveDate;
use engagement_playbook::{
    engagement::{Change, Datum, Engagement, EntryField, EntryKind, ServiceField, Signature, StateKey, parse_day},
    playbook::{Fact, ServiceId, TaskState, words::placeholders},
    rules::entitlement::{
        BLOCKER, Contradiction, DOUBTS, Guide, Intent, Leaf, Question, REDIRECTS, Redirect, Reply, Severity, Status,
        actions, contradictions, explained, guide, intent, propose_service_status, questions, trail,
    },
};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const TODAY: &str = "2026-11-20";
/// Those that are asked something of their own, and one that is not.
const SERVICES: [&str; 3] = ["exchange", "outlook-mobile", "teams"];

fn day(text: &str) -> NaiveDate {
    parse_day(text).expect("a day")
}

/// An engagement with one service that one person works on.
#[derive(Clone)]
struct Desk {
    engagement: Engagement,
    by: Signature,
    service: ServiceId,
}

impl Desk {
    fn of(service: &'static str) -> Self {
        let mut desk = Self {
            engagement: Engagement::new(contoso()),
            by: by(draw(), 1_000),
            service: service.into(),
        };
        desk.does(Change::SetServiceInScope(service.into(), true));
        desk
    }

    fn does(&mut self, change: Change) {
        self.by.now += 1;
        self.engagement.apply(&change, &self.by);
    }

    fn answers(&mut self, answers: &[(&str, &str)]) {
        for (question, answer) in answers {
            let service = self.service.clone();
            self.does(Change::SetAnswer(
                service,
                (*question).to_owned(),
                Some((*answer).to_owned()),
            ));
        }
    }

    fn sets(&mut self, field: ServiceField, datum: Datum) {
        self.does(Change::SetService(self.service.clone(), field, datum));
    }

    fn chooses(&mut self, status: &str, leaf: &str) {
        self.sets(ServiceField::Status, text(status));
        self.sets(ServiceField::Reason, text(leaf));
    }

    fn takes(&mut self, leaf: Leaf) {
        self.chooses(leaf.status().as_str(), leaf.as_str());
    }

    fn adds(&mut self, kind: EntryKind, id: &'static str, mut fields: Vec<(EntryField, Datum)>) {
        fields.push((EntryField::Service, text(self.service.as_str())));
        self.does(Change::WriteEntry(kind, id.into(), fields));
    }

    fn counts(&mut self, on: &str, users: u32) {
        let fields = vec![
            (EntryField::On, Datum::Day(Some(day(on)))),
            (EntryField::Users, Datum::Number(Some(users))),
        ];
        self.adds(EntryKind::Reading, "r1", fields);
    }

    fn splits(&mut self, id: &'static str, leaf: Leaf, entitlements: u32) {
        let fields = vec![
            (EntryField::Status, text(leaf.status().as_str())),
            (EntryField::Reason, text(leaf.as_str())),
            (EntryField::Entitlements, Datum::Number(Some(entitlements))),
        ];
        self.adds(EntryKind::Part, id, fields);
    }

    fn completes(&mut self, task: &'static str, key: StateKey) {
        self.does(Change::SetTaskState {
            task: task.into(),
            states: vec![(key, TaskState::Complete)],
            reason: None,
            done_on: None,
        });
    }

    fn guide(&self) -> Guide {
        guide(&self.engagement, &self.service)
    }

    fn found(&self) -> Vec<Contradiction> {
        contradictions(&self.engagement, &self.service, day(TODAY))
    }

    fn names(&self) -> Vec<&'static str> {
        self.found().iter().map(|one| one.name()).collect()
    }

    fn finds(&self, name: &str) -> bool {
        self.names().contains(&name)
    }
}

fn text(words: &str) -> Datum {
    Datum::Text(words.to_owned())
}

fn proposed(leaf: Leaf) -> Guide {
    Guide::Propose {
        status: leaf.status(),
        leaf: Some(leaf),
    }
}

/// Every way through the questions of a service: each complete set of answers with its proposal.
fn ways(service: &'static str) -> Vec<(Desk, Guide)> {
    let mut open = vec![Desk::of(service)];
    let mut ends = Vec::new();
    while let Some(desk) = open.pop() {
        match desk.guide() {
            Guide::Ask(question) => open.extend(question.replies().into_iter().map(|reply| {
                let mut further = desk.clone();
                further.answers(&[(question.id, reply.as_str())]);
                further
            })),
            end => ends.push((desk, end)),
        }
    }
    ends
}

/// Answers on until a question is asked: some way that leads to it; `None` when no way does.
fn asked(service: &'static str, id: &str) -> Option<Desk> {
    let mut open = vec![Desk::of(service)];
    while let Some(desk) = open.pop() {
        if let Guide::Ask(question) = desk.guide() {
            if question.id == id {
                return Some(desk);
            }
            open.extend(question.replies().into_iter().map(|reply| {
                let mut further = desk.clone();
                further.answers(&[(question.id, reply.as_str())]);
                further
            }));
        }
    }
    None
}

#[test]
fn the_answers_lead_to_each_of_the_18_reasons_and_to_each_of_the_5_statuses() {
    let ends: Vec<Guide> = ways("teams").into_iter().map(|(_, end)| end).collect();
    for leaf in Leaf::ALL {
        assert!(ends.contains(&proposed(leaf)), "{leaf:?}");
    }
    for status in Status::ALL {
        assert!(
            ends.iter()
                .any(|end| matches!(end, Guide::Propose { status: is, .. } if *is == status)),
            "{status:?}"
        );
    }
    let keep_asking = Guide::Propose {
        status: Status::StatusUnknown,
        leaf: None,
    };
    assert!(ends.contains(&keep_asking), "not new, not silent");
}

#[test]
fn every_question_is_asked_on_some_way_and_never_twice_on_one() {
    let mut met = BTreeSet::new();
    for service in SERVICES {
        for (desk, _) in ways(service) {
            let asked: Vec<&str> = trail(&desk.engagement, &desk.service)
                .iter()
                .map(|(one, _)| one.id)
                .collect();
            assert_eq!(asked.iter().collect::<BTreeSet<_>>().len(), asked.len(), "{asked:?}");
            met.extend(asked);
        }
    }
    let all: BTreeSet<&str> = questions().map(|question| question.id).collect();
    assert_eq!(met, all);
    assert_eq!(questions().count(), all.len(), "each id once");
}

#[test]
fn each_redirect_answered_by_yes_leads_from_its_reason_to_the_other_and_by_no_does_not() {
    for redirect in REDIRECTS {
        let service = redirect.only.unwrap_or("teams");
        let mut desk = reached(service, &redirect);
        desk.answers(&[(redirect.question.id, "yes")]);
        let mut other = desk.clone();
        other.answers(&[(redirect.question.id, "no")]);
        assert_eq!(with_no_to_the_rest(desk), proposed(redirect.to), "{redirect:?}");
        assert_eq!(with_no_to_the_rest(other), proposed(redirect.from), "{redirect:?}");
    }
}

/// The guide asks the redirect, and its reason was the first one reached.
fn reached(service: &'static str, redirect: &Redirect) -> Desk {
    let mut desk = Desk::of(service);
    desk.answers(&[("duplicate", "no"), ("intent-known", "yes")]);
    if redirect.from.status() == Status::Blocked {
        desk.answers(&[
            ("intends", "yes"),
            ("stopped", "yes"),
            ("blocker", redirect.from.as_str()),
        ]);
    } else {
        let rival = if redirect.from == Leaf::UsingCompetitiveSolution {
            "yes"
        } else {
            "no"
        };
        let own = if redirect.from == Leaf::UsingMicrosoftOnPremisesSolution {
            "yes"
        } else {
            "no"
        };
        desk.answers(&[
            ("intends", "no"),
            ("declines-help-only", "no"),
            ("competitor", rival),
            ("on-premises", own),
        ]);
    }
    while let Guide::Ask(question) = desk.guide() {
        if question == redirect.question {
            return desk;
        }
        desk.answers(&[(question.id, "no")]);
    }
    panic!("{redirect:?} was not asked");
}

fn with_no_to_the_rest(mut desk: Desk) -> Guide {
    while let Guide::Ask(question) = desk.guide() {
        desk.answers(&[(question.id, "no")]);
    }
    desk.guide()
}

#[test]
fn a_reason_already_left_is_not_returned_to() {
    let mut desk = asked("teams", "fear-of-data-off-site").expect("a way");
    desk.answers(&[("fear-of-data-off-site", "yes"), ("other-functionality-needed", "no")]);
    // Security would lead back to sponsorship, which was left: it stands without that question.
    assert_eq!(desk.guide(), proposed(Leaf::SecurityPrivacyNonProductFeature));
    desk.answers(&[("no-business-benefit", "yes")]);
    assert_eq!(desk.guide(), proposed(Leaf::SecurityPrivacyNonProductFeature));
}

#[test]
fn only_exchange_is_asked_whether_somebody_else_hosts_it_and_only_outlook_mobile_whether_it_lacks_exchange() {
    let asks = |service, id| asked(service, id).is_some();
    assert!(asks("exchange", "exchange-hosted-elsewhere") && !asks("teams", "exchange-hosted-elsewhere"));
    assert!(asks("outlook-mobile", "outlook-without-exchange") && !asks("exchange", "outlook-without-exchange"));
}

#[test]
fn who_declines_only_the_help_of_fasttrack_has_intent() {
    let mut desk = Desk::of("teams");
    desk.answers(&[
        ("duplicate", "no"),
        ("intent-known", "yes"),
        ("intends", "no"),
        ("declines-help-only", "yes"),
        ("stopped", "no"),
        ("usable", "no"),
    ]);
    assert_eq!(desk.guide(), proposed(Leaf::TechnicalOnboardingAndDeployment));
}

#[test]
fn a_changed_answer_leads_elsewhere_and_an_answer_that_is_not_understood_is_asked_again() {
    let mut desk = Desk::of("teams");
    desk.answers(&[("duplicate", "yes")]);
    assert!(matches!(
        desk.guide(),
        Guide::Propose {
            status: Status::DuplicateInvalid,
            leaf: None
        }
    ));
    assert_eq!(
        trail(&desk.engagement, &desk.service),
        [(Question::yes_no("duplicate"), Reply::Yes)]
    );
    desk.answers(&[("duplicate", "no"), ("intent-known", "perhaps")]);
    assert_eq!(desk.guide(), Guide::Ask(Question::yes_no("intent-known")));
    desk.answers(&[
        ("intent-known", "yes"),
        ("intends", "yes"),
        ("stopped", "yes"),
        ("blocker", "yes"),
    ]);
    assert_eq!(desk.guide(), Guide::Ask(BLOCKER));
    desk.answers(&[("blocker", "migration")]);
    assert_eq!(desk.guide(), Guide::Ask(BLOCKER), "migration stops nothing");
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_guide_ends_after_as_many_answers_as_there_are_questions(
        service in 0..SERVICES.len(),
        replies in proptest::collection::vec(any::<prop::sample::Index>(), 64),
    ) {
        let mut desk = Desk::of(SERVICES[service]);
        let mut given = Vec::new();
        for index in replies {
            let Guide::Ask(question) = desk.guide() else { break };
            let reply = question.replies()[index.index(question.replies().len())];
            desk.answers(&[(question.id, reply.as_str())]);
            given.push((question, reply));
        }
        let ends = matches!(desk.guide(), Guide::Propose { .. });
        prop_assert!(ends, "{:?}", desk.guide());
        prop_assert_eq!(trail(&desk.engagement, &desk.service), given);
    }

    #[test]
    fn whatever_stands_in_the_file_the_guide_asks_or_proposes(
        answers in proptest::collection::vec((any::<prop::sample::Index>(), 0..12_usize), 0..60),
    ) {
        let all: Vec<Question> = questions().collect();
        let mut desk = Desk::of("exchange");
        for (question, reply) in answers {
            let question = all[question.index(all.len())];
            let words = ["yes", "no"].into_iter().chain(Leaf::BLOCKERS.map(Leaf::as_str)).nth(reply).unwrap_or("");
            desk.answers(&[(question.id, words)]);
        }
        match desk.guide() {
            Guide::Ask(question) => prop_assert!(all.contains(&question)),
            Guide::Propose { status, leaf } => {
                prop_assert!(leaf.is_none_or(|leaf| leaf.status() == status));
                let trail = trail(&desk.engagement, &desk.service);
                prop_assert!(trail.len() <= all.len());
            }
        }
    }
}

#[test]
fn in_progress_and_blocked_are_intent_no_intent_is_none_and_the_others_say_nothing() {
    let mut desk = Desk::of("teams");
    assert_eq!(intent(&desk.engagement, &desk.service), Intent::Unknown);
    for (status, read) in [
        (Status::StatusUnknown, Intent::Unknown),
        (Status::InProgress, Intent::Intended),
        (Status::NoIntent, Intent::NotIntended),
        (Status::Blocked, Intent::Intended),
        (Status::DuplicateInvalid, Intent::Unknown),
    ] {
        desk.chooses(status.as_str(), "");
        assert_eq!(intent(&desk.engagement, &desk.service), read, "{status:?}");
    }
}

#[test]
fn one_part_with_intent_is_intent() {
    let mut desk = Desk::of("teams");
    desk.takes(Leaf::ExecutiveSponsorship);
    desk.splits("p1", Leaf::UsingCompetitiveSolution, 400);
    assert_eq!(intent(&desk.engagement, &desk.service), Intent::NotIntended);
    desk.splits("p2", Leaf::Migration, 600);
    assert_eq!(intent(&desk.engagement, &desk.service), Intent::Intended);
}

#[test]
fn actions_and_explanations_stand_on_the_reference_page_and_no_block_of_actions_is_left_out() {
    let pages = guidances();
    let page = pages.iter().find(|page| page.process.as_str() == "entitlement-status");
    let all = page.expect("the page").blocks();
    let blocks: BTreeSet<&str> = all.iter().map(|block| block.id.as_str()).collect();
    for leaf in Leaf::ALL {
        assert!(blocks.contains(explained(leaf)), "{leaf:?}");
        let own = format!("{}.act", explained(leaf));
        assert_eq!(actions(leaf), blocks.get(own.as_str()).copied(), "{leaf:?}");
        assert_eq!(Leaf::parse(leaf.as_str()), Some(leaf));
        assert!(leaf.status().leaves().any(|one| one == leaf));
    }
    let without: Vec<&str> = Leaf::ALL
        .into_iter()
        .filter(|leaf| actions(*leaf).is_none())
        .map(Leaf::as_str)
        .collect();
    assert_eq!(
        without,
        [
            "technical-onboarding-and-deployment",
            "migration",
            "solution-or-user-adoption",
            "service-reliability",
            "app-compatibility"
        ]
    );
    assert_eq!(Status::DuplicateInvalid.leaves().count(), 0);
}

#[test]
fn nothing_contradicts_where_nothing_was_written_nor_where_all_fits() {
    let mut desk = Desk::of("teams");
    assert_eq!(desk.found(), []);
    desk.sets(ServiceField::StartDate, Datum::Day(Some(day("2026-11-02"))));
    desk.sets(ServiceField::Target, Datum::Day(Some(day("2027-03-01"))));
    assert_eq!(desk.found(), [], "no status was chosen yet: that is missing, not wrong");
    desk.takes(Leaf::TechnicalOnboardingAndDeployment);
    desk.answers(&[
        ("duplicate", "no"),
        ("intent-known", "yes"),
        ("intends", "yes"),
        ("stopped", "no"),
        ("usable", "no"),
    ]);
    desk.does(Change::SetEntitlements(desk.service.clone(), Some(1000)));
    desk.counts("2026-11-10", 5);
    assert_eq!(desk.found(), []);
}

#[test]
fn a_start_date_is_for_in_progress_only() {
    let mut desk = Desk::of("teams");
    desk.sets(ServiceField::StartDate, Datum::Day(Some(day("2026-11-02"))));
    for leaf in Leaf::ALL.into_iter().filter(|leaf| *leaf != Leaf::CustomerUnresponsive) {
        desk.takes(leaf);
        let wrong = leaf.status() != Status::InProgress;
        assert_eq!(desk.finds("start-date-without-progress"), wrong, "{leaf:?}");
    }
    desk.splits("p1", Leaf::Migration, 10);
    assert!(!desk.finds("start-date-without-progress"), "one part is in progress");
}

#[test]
fn a_silent_customer_keeps_the_start_date_which_is_to_be_watched_and_no_fault() {
    let mut desk = Desk::of("teams");
    desk.takes(Leaf::CustomerUnresponsive);
    desk.sets(ServiceField::Attempts, Datum::Number(Some(3)));
    assert_eq!(desk.names(), Vec::<&str>::new());
    desk.sets(ServiceField::StartDate, Datum::Day(Some(day("2026-11-02"))));
    assert_eq!(desk.names(), ["start-date-of-silent-customer"]);
    assert_eq!(desk.found()[0].severity(), Severity::Watch);
}

#[test]
fn the_start_date_lies_before_the_target_or_on_it() {
    let mut desk = Desk::of("teams");
    desk.sets(ServiceField::Target, Datum::Day(Some(day("2026-11-02"))));
    for (start, wrong) in [("2026-11-01", false), ("2026-11-02", false), ("2026-11-03", true)] {
        desk.sets(ServiceField::StartDate, Datum::Day(Some(day(start))));
        assert_eq!(desk.finds("start-date-after-target"), wrong, "{start}");
    }
}

#[test]
fn a_start_date_that_moved_wants_its_reason_and_not_in_the_entitlement_note() {
    let mut desk = Desk::of("teams");
    let moves = |to: &str, reason: &str| Change::SetStartDate {
        service: "teams".into(),
        day: Some(day(to)),
        reason: reason.to_owned(),
    };
    desk.does(moves("2026-11-02", ""));
    assert!(
        !desk.finds("start-date-changed-without-reason"),
        "the first date is no change"
    );
    desk.does(moves("2026-11-09", ""));
    assert!(desk.finds("start-date-changed-without-reason"));
    desk.does(moves("2026-11-16", "The customer asked for it"));
    assert!(!desk.finds("start-date-changed-without-reason"));
    desk.sets(
        ServiceField::StatusNote,
        text("Deployment goes on, remediation is being done."),
    );
    assert!(!desk.finds("start-date-reason-in-entitlement-note"));
    desk.sets(
        ServiceField::StatusNote,
        text("Deployment goes on.\nThe customer asked for it"),
    );
    assert!(desk.finds("start-date-reason-in-entitlement-note"));
}

#[test]
fn a_target_date_is_for_in_progress_and_blocked_and_an_owner_for_all_but_in_progress_and_duplicate() {
    let mut desk = Desk::of("teams");
    desk.sets(ServiceField::Target, Datum::Day(Some(day("2026-11-02"))));
    desk.sets(ServiceField::StatusOwner, text("Account team"));
    for (status, target, owner) in [
        ("status-unknown", true, false),
        ("in-progress", false, true),
        ("no-intent", true, false),
        ("blocked", false, false),
        ("duplicate-invalid", true, true),
    ] {
        desk.chooses(status, "");
        assert_eq!(desk.finds("target-date-not-used"), target, "{status}");
        assert_eq!(desk.finds("owner-not-used"), owner, "{status}");
        let named = desk
            .found()
            .iter()
            .all(|one| one.status().map(Status::as_str) == Some(status));
        assert!(named, "{status}");
    }
    desk.chooses("", "");
    assert_eq!(desk.names(), Vec::<&str>::new());
}

#[test]
fn a_reason_stands_below_its_own_status_and_none_below_duplicate() {
    let mut desk = Desk::of("teams");
    desk.takes(Leaf::LegalRegulatory);
    assert_eq!(desk.names(), Vec::<&str>::new());
    desk.chooses("no-intent", "legal-regulatory");
    assert_eq!(
        desk.found(),
        [Contradiction::ReasonOfAnotherStatus(
            Status::NoIntent,
            Leaf::LegalRegulatory
        )]
    );
    desk.chooses("duplicate-invalid", "legal-regulatory");
    assert_eq!(
        desk.found(),
        [Contradiction::ReasonWithDuplicate(Leaf::LegalRegulatory)]
    );
    desk.chooses("duplicate-invalid", "");
    assert_eq!(desk.names(), Vec::<&str>::new());
    let part = vec![
        (EntryField::Status, text("blocked")),
        (EntryField::Reason, text("migration")),
    ];
    desk.adds(EntryKind::Part, "p1", part);
    assert!(desk.finds("reason-of-another-status"), "a part is held to the same");
}

#[test]
fn answers_that_lead_elsewhere_are_named_once_they_are_complete() {
    let mut desk = Desk::of("teams");
    desk.takes(Leaf::Migration);
    desk.answers(&[
        ("duplicate", "no"),
        ("intent-known", "yes"),
        ("intends", "yes"),
        ("stopped", "no"),
        ("usable", "yes"),
    ]);
    assert_eq!(desk.found(), []);
    desk.answers(&[("data-to-move", "no")]);
    let leads = Contradiction::AnswersLeadElsewhere(Status::InProgress, Some(Leaf::SolutionOrUserAdoption));
    assert_eq!(desk.found(), [leads]);
    desk.chooses("in-progress", "");
    assert_eq!(desk.found(), [], "the reason is missing, the status fits");
    desk.answers(&[("data-to-move", "yes")]);
    desk.takes(Leaf::Migration);
    assert_eq!(desk.found(), []);
}

#[test]
fn answers_that_lead_to_no_reason_have_words_of_their_own() {
    let mut desk = Desk::of("teams");
    desk.answers(&[("duplicate", "yes")]);
    desk.takes(Leaf::Migration);
    assert_eq!(
        desk.found(),
        [Contradiction::AnswersLeadElsewhere(Status::DuplicateInvalid, None)]
    );
    assert_eq!(desk.names(), ["answers-lead-to-no-reason"]);
    desk.answers(&[
        ("duplicate", "no"),
        ("intent-known", "no"),
        ("new-entitlements", "no"),
        ("silent", "no"),
    ]);
    desk.takes(Leaf::NewSubscriptionOrWorkload);
    assert_eq!(desk.names(), ["answers-lead-to-no-reason"]);
    desk.chooses("status-unknown", "");
    assert_eq!(desk.found(), []);
}

#[test]
fn declining_the_help_is_no_reason_for_no_intent() {
    let mut desk = Desk::of("teams");
    desk.takes(Leaf::ExecutiveSponsorship);
    desk.answers(&[("declines-help-only", "no")]);
    assert!(!desk.finds("declined-help-is-intent"));
    desk.answers(&[("declines-help-only", "yes")]);
    assert!(desk.finds("declined-help-is-intent"));
    desk.takes(Leaf::TechnicalOnboardingAndDeployment);
    assert!(!desk.finds("declined-help-is-intent"));
}

#[test]
fn each_redirect_is_named_while_the_reason_that_does_not_hold_is_chosen() {
    for redirect in REDIRECTS {
        let mut desk = Desk::of(redirect.only.unwrap_or("teams"));
        desk.answers(&[(redirect.question.id, "yes")]);
        desk.takes(redirect.from);
        let found = desk.found();
        assert!(found.contains(&Contradiction::Misfiled(redirect)), "{redirect:?}");
        let named = Contradiction::Misfiled(redirect);
        assert_eq!(
            (named.status(), named.leaf()),
            (Some(redirect.to.status()), Some(redirect.to))
        );
        desk.takes(redirect.to);
        assert!(!desk.finds("misfiled"), "{redirect:?}");
        desk.takes(redirect.from);
        desk.answers(&[(redirect.question.id, "no")]);
        assert!(!desk.finds("misfiled"), "{redirect:?}");
    }
}

#[test]
fn a_redirect_back_to_where_the_answers_came_from_is_not_held_against_the_reason_that_stands() {
    let mut desk = asked("teams", "fear-of-data-off-site").expect("a way");
    desk.answers(&[
        ("fear-of-data-off-site", "yes"),
        ("other-functionality-needed", "no"),
        ("no-business-benefit", "yes"),
    ]);
    desk.takes(Leaf::SecurityPrivacyNonProductFeature);
    assert_eq!(desk.found(), []);
    desk.takes(Leaf::ExecutiveSponsorship);
    assert_eq!(
        desk.names(),
        ["misfiled"],
        "said once, not also as answers that lead elsewhere"
    );
}

#[test]
fn the_parts_of_a_split_add_up_to_the_entitlements() {
    let mut desk = Desk::of("teams");
    desk.does(Change::SetEntitlements("teams".into(), Some(1000)));
    assert!(!desk.finds("parts-do-not-add-up"));
    desk.splits("p1", Leaf::Migration, 600);
    assert!(desk.found().contains(&Contradiction::PartsDoNotAddUp(600, 1000)));
    desk.splits("p2", Leaf::ServiceReliability, 400);
    assert!(!desk.finds("parts-do-not-add-up"));
    desk.does(Change::RemoveEntry(EntryKind::Part, "p1".into()));
    assert!(desk.finds("parts-do-not-add-up"));
    desk.does(Change::SetEntitlements("teams".into(), None));
    assert!(!desk.finds("parts-do-not-add-up"), "not known is not wrong");
}

#[test]
fn migration_scenarios_add_up_to_the_entitlements_in_progress() {
    let mut desk = Desk::of("exchange");
    let scenario = |desk: &mut Desk, count| {
        desk.adds(
            EntryKind::Scenario,
            "s1",
            vec![(EntryField::Entitlements, Datum::Number(Some(count)))],
        );
    };
    scenario(&mut desk, 600);
    assert_eq!(desk.found(), [], "no status was chosen yet");
    desk.takes(Leaf::Migration);
    desk.does(Change::SetEntitlements("exchange".into(), Some(1000)));
    assert_eq!(desk.found(), [Contradiction::ScenariosDoNotAddUp(600, 1000)]);
    desk.splits("p1", Leaf::Migration, 600);
    desk.splits("p2", Leaf::ServiceReliability, 400);
    assert_eq!(desk.found(), []);
    scenario(&mut desk, 601);
    assert_eq!(desk.found(), [Contradiction::ScenariosDoNotAddUp(601, 600)]);
}

#[test]
fn from_10_per_cent_on_user_adoption_has_reached_its_end() {
    let mut desk = Desk::of("teams");
    desk.takes(Leaf::SolutionOrUserAdoption);
    desk.does(Change::SetEntitlements("teams".into(), Some(1000)));
    desk.counts("2026-11-19", 99);
    assert_eq!(desk.found(), []);
    desk.counts("2026-11-19", 100);
    assert_eq!(desk.found(), [Contradiction::AdoptionAboveTarget(100, 1000)]);
    desk.counts("2026-11-21", 100);
    assert_eq!(desk.found(), [], "a day that is still to come counts nothing");
}

#[test]
fn a_silent_customer_has_been_tried_several_times() {
    let mut desk = Desk::of("teams");
    desk.takes(Leaf::CustomerUnresponsive);
    assert_eq!(desk.found(), [Contradiction::UnresponsiveWithoutAttempts(0)]);
    desk.sets(ServiceField::Attempts, Datum::Number(Some(1)));
    assert_eq!(desk.found(), [Contradiction::UnresponsiveWithoutAttempts(1)]);
    desk.sets(ServiceField::Attempts, Datum::Number(Some(2)));
    assert_eq!(desk.found(), []);
}

#[test]
fn the_service_status_migrate_wants_a_migration_in_scope() {
    let mut desk = Desk::of("exchange");
    desk.sets(ServiceField::ServiceStatus, text("migrate"));
    assert_eq!(desk.found(), []);
    desk.does(Change::SetFact(Fact::MigrationInScope, Some(false)));
    assert_eq!(desk.found(), [Contradiction::MigrateWithoutMigration]);
    desk.sets(ServiceField::ServiceStatus, text("adoption"));
    assert_eq!(desk.found(), []);
}

#[test]
fn a_law_without_intent_is_watched_because_the_page_says_both() {
    let mut desk = Desk::of("teams");
    desk.takes(Leaf::LegalRegulatory);
    desk.answers(&[("intends", "yes")]);
    assert_eq!(desk.found(), []);
    desk.answers(&[("intends", "no")]);
    assert_eq!(desk.found(), [Contradiction::LegalWithoutIntent]);
    assert_eq!(desk.found()[0].severity(), Severity::Watch);
}

#[test]
fn legal_limits_may_go_to_security_as_the_page_says_or_to_legal_which_fits() {
    let mut desk = asked("teams", "legal-limits-on-cloud").expect("a way");
    desk.answers(&[
        ("legal-limits-on-cloud", "yes"),
        ("other-functionality-needed", "no"),
        ("no-business-benefit", "no"),
    ]);
    assert_eq!(
        desk.names(),
        ["legal-limits-in-two-places"],
        "before anything is chosen"
    );
    assert_eq!(
        desk.found()[0].candidates(),
        [Leaf::SecurityPrivacyNonProductFeature, Leaf::LegalRegulatory]
    );
    desk.takes(Leaf::SecurityPrivacyNonProductFeature);
    assert_eq!(desk.names(), ["legal-limits-in-two-places"]);
    desk.takes(Leaf::LegalRegulatory);
    assert!(!desk.finds("answers-lead-elsewhere"), "either of the two is right");
    assert!(desk.finds("legal-limits-in-two-places"));
    desk.takes(Leaf::UsingMicrosoftOnPremisesSolution);
    assert_eq!(
        desk.names(),
        ["misfiled", "legal-limits-in-two-places"],
        "what must be mended first"
    );
    desk.takes(Leaf::ServiceReliability);
    assert_eq!(desk.names(), ["answers-lead-elsewhere"]);
    desk.answers(&[("legal-limits-on-cloud", "no")]);
    assert!(!desk.finds("legal-limits-in-two-places"));
}

#[test]
fn a_function_a_training_and_a_merger_show_all_the_places_that_the_pages_give() {
    for (doubt, name) in DOUBTS.iter().zip([
        "merger-in-four-places",
        "function-in-two-places",
        "training-in-two-places",
    ]) {
        let mut desk = Desk::of("teams");
        for leaf in doubt.candidates {
            desk.takes(*leaf);
            desk.answers(&[(doubt.question.id, "no")]);
            assert!(!desk.finds(name), "{leaf:?}");
            desk.answers(&[(doubt.question.id, "yes")]);
            let found = desk.found();
            let watch = found.iter().find(|one| one.name() == name).expect("watched");
            assert_eq!(
                (watch.severity(), watch.candidates()),
                (Severity::Watch, doubt.candidates)
            );
        }
        desk.takes(Leaf::PartnerEngagement);
        assert!(!desk.finds(name), "elsewhere it is no matter");
    }
}

#[test]
fn the_fourth_place_of_a_merger_is_duplicate_for_the_company_that_is_acquired() {
    let mut desk = Desk::of("teams");
    desk.chooses("duplicate-invalid", "");
    assert!(!desk.finds("merger-in-four-places"));
    desk.answers(&[("merger", "yes")]);
    assert_eq!(desk.names(), ["merger-in-four-places"]);
}

#[test]
fn one_of_two_places_for_a_case_is_not_held_against_the_other() {
    let mut desk = Desk::of("teams");
    desk.answers(&[
        ("duplicate", "no"),
        ("intent-known", "yes"),
        ("intends", "yes"),
        ("stopped", "yes"),
        ("blocker", "app-compatibility"),
    ]);
    while let Guide::Ask(question) = desk.guide() {
        let reply = if question.id == "function-unavailable" {
            "yes"
        } else {
            "no"
        };
        desk.answers(&[(question.id, reply)]);
    }
    desk.takes(Leaf::ProductFeatureCapability);
    assert_eq!(desk.names(), ["function-in-two-places"]);
    desk.answers(&[("function-unavailable", "no")]);
    assert_eq!(desk.names(), ["answers-lead-elsewhere"]);
}

#[test]
fn whoever_takes_what_the_answers_lead_to_is_not_contradicted_by_them() {
    for service in SERVICES {
        for (mut desk, end) in ways(service) {
            if let Guide::Propose { status, leaf } = end {
                desk.chooses(status.as_str(), leaf.map_or("", Leaf::as_str));
                desk.sets(ServiceField::Attempts, Datum::Number(Some(3)));
            }
            let mut wrong = desk.found();
            wrong.retain(|one| one.severity() == Severity::Contradiction);
            assert_eq!(wrong, [], "{:?}", trail(&desk.engagement, &desk.service));
        }
    }
}

#[test]
fn no_benefit_seen_is_no_intent_whoever_helps() {
    let mut desk = Desk::of("teams");
    desk.answers(&[
        ("duplicate", "no"),
        ("intent-known", "yes"),
        ("intends", "no"),
        ("declines-help-only", "yes"),
        ("stopped", "yes"),
        ("blocker", "security-privacy-non-product-feature"),
        ("other-functionality-needed", "no"),
        ("no-business-benefit", "yes"),
    ]);
    while let Guide::Ask(question) = desk.guide() {
        desk.answers(&[(question.id, "no")]);
    }
    desk.takes(Leaf::ExecutiveSponsorship);
    assert_eq!(desk.found(), []);
}

#[test]
fn a_law_is_a_blocker_although_the_answers_lead_to_no_intent() {
    let mut desk = Desk::of("teams");
    for (question, answer) in [("duplicate", "no"), ("intent-known", "yes"), ("intends", "no")] {
        desk.answers(&[(question, answer)]);
    }
    while let Guide::Ask(question) = desk.guide() {
        desk.answers(&[(question.id, "no")]);
    }
    assert_eq!(desk.guide(), proposed(Leaf::ExecutiveSponsorship));
    desk.takes(Leaf::LegalRegulatory);
    assert_eq!(desk.names(), ["legal-without-intent"]);
    desk.takes(Leaf::ServiceReliability);
    assert_eq!(desk.names(), ["answers-lead-elsewhere"]);
}

#[test]
fn the_service_status_follows_the_gates_then_the_reason_then_usage() {
    let structure = structure();
    let mut desk = Desk::of("exchange");
    let proposes = |desk: &Desk| propose_service_status(&structure, &desk.engagement, &desk.service, day(TODAY));
    assert_eq!(proposes(&desk), Some("initiate"));
    for (task, status) in [
        ("994", "assess"),
        ("1699", "remediate"),
        ("1700", "enable"),
        ("1701", "adoption"),
    ] {
        desk.completes(task, StateKey::Whole);
        assert_eq!(proposes(&desk), Some(status), "{task}");
    }
    desk.does(Change::SetFact(Fact::MigrationInScope, Some(true)));
    assert_eq!(proposes(&desk), Some("migrate"));
    desk.completes("1702", StateKey::Service("exchange".into()));
    assert_eq!(proposes(&desk), Some("adoption"));
    desk.chooses("status-unknown", "");
    assert_eq!(proposes(&desk), Some("initiate"), "intent comes first");
    for without in ["no-intent", "duplicate-invalid"] {
        desk.chooses(without, "");
        assert_eq!(proposes(&desk), None);
    }
}

#[test]
fn the_service_status_is_adoption_from_1_per_cent_and_operation_above_10() {
    let structure = structure();
    let mut desk = Desk::of("teams");
    desk.does(Change::SetEntitlements("teams".into(), Some(1000)));
    for (users, status) in [(9, "initiate"), (10, "adoption"), (100, "adoption"), (101, "operation")] {
        desk.counts("2026-11-19", users);
        let proposed = propose_service_status(&structure, &desk.engagement, &desk.service, day(TODAY));
        assert_eq!(proposed, Some(status), "{users}");
    }
}

#[test]
fn only_a_service_that_fasttrack_migrates_is_proposed_for_migrate() {
    let structure = structure();
    let of = |service: &'static str, migrates: bool| {
        let mut desk = Desk::of(service);
        desk.takes(Leaf::Migration);
        desk.does(Change::SetFact(Fact::MigrationInScope, Some(migrates)));
        propose_service_status(&structure, &desk.engagement, &desk.service, day(TODAY))
    };
    assert_eq!(of("exchange", true), Some("migrate"));
    assert_eq!(
        of("exchange", false),
        Some("enable"),
        "usable, and the customer moves its data itself"
    );
    assert_eq!(of("teams", true), Some("enable"), "no migration is offered for it");
}

/// The lists of a language.
fn lists(language: &str) -> Value {
    let path = format!("{}/src/content/lists/{language}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).expect("written")).expect("JSON")
}

/// The words of a section by id.
fn section(language: &str, name: &str) -> BTreeMap<String, String> {
    let lists = lists(language);
    let entries = lists[name].as_object().expect("a section");
    let words = |entry: &Value| {
        entry["ours"]
            .as_str()
            .or(entry["official"].as_str())
            .expect("words")
            .to_owned()
    };
    entries.iter().map(|(id, entry)| (id.clone(), words(entry))).collect()
}

#[test]
fn every_status_reason_question_and_contradiction_has_words_in_every_language_with_the_same_placeholders() {
    let wanted: [(&str, BTreeSet<&str>); 4] = [
        ("entitlement_status", Status::ALL.map(Status::as_str).into()),
        ("entitlement_reasons", Leaf::ALL.map(Leaf::as_str).into()),
        ("questions", questions().map(|question| question.id).collect()),
        ("contradictions", Contradiction::NAMES.into()),
    ];
    for (name, ids) in wanted {
        let english = section("en", name);
        assert_eq!(
            english.keys().map(String::as_str).collect::<BTreeSet<_>>(),
            ids,
            "{name}"
        );
        for language in ["de", "ja", "zh-Hans"] {
            let words = section(language, name);
            assert_eq!(
                words.keys().collect::<Vec<_>>(),
                english.keys().collect::<Vec<_>>(),
                "{language} {name}"
            );
            for (id, text) in &words {
                assert!(!text.trim().is_empty(), "{language} {id}");
                assert_eq!(placeholders(text), placeholders(&english[id]), "{language} {id}");
            }
        }
    }
}

#[test]
fn the_words_ask_for_nothing_that_a_question_or_a_contradiction_does_not_carry() {
    for text in section("en", "questions").values() {
        assert!(
            text.ends_with('?') && placeholders(text).iter().all(|one| one == "service"),
            "{text}"
        );
    }
    let words = section("en", "contradictions");
    let (status, leaf) = (Status::NoIntent, Leaf::Migration);
    let all = [
        Contradiction::StartDateWithoutProgress(status),
        Contradiction::StartDateAfterTarget,
        Contradiction::StartDateChangedWithoutReason,
        Contradiction::StartDateReasonInEntitlementNote,
        Contradiction::TargetDateNotUsed(status),
        Contradiction::OwnerNotUsed(status),
        Contradiction::ReasonOfAnotherStatus(status, leaf),
        Contradiction::ReasonWithDuplicate(leaf),
        Contradiction::AnswersLeadElsewhere(status, Some(leaf)),
        Contradiction::AnswersLeadElsewhere(status, None),
        Contradiction::DeclinedHelpIsIntent,
        Contradiction::Misfiled(REDIRECTS[0]),
        Contradiction::PartsDoNotAddUp(1, 2),
        Contradiction::ScenariosDoNotAddUp(1, 2),
        Contradiction::AdoptionAboveTarget(1, 2),
        Contradiction::UnresponsiveWithoutAttempts(1),
        Contradiction::MigrateWithoutMigration,
        Contradiction::LegalWithoutIntent,
        Contradiction::LegalLimitsInTwoPlaces,
        Contradiction::FunctionInTwoPlaces,
        Contradiction::TrainingInTwoPlaces,
        Contradiction::MergerInFourPlaces,
        Contradiction::StartDateOfSilentCustomer,
    ];
    assert_eq!(all.map(|one| one.name()), Contradiction::NAMES);
    for one in all {
        for placeholder in placeholders(&words[one.name()]) {
            let carried = match placeholder.as_str() {
                "service" => true,
                "status" => one.status().is_some(),
                "leaf" => one.leaf().is_some(),
                "n" => one.number().is_some(),
                "all" => one.all().is_some(),
                _ => false,
            };
            assert!(carried, "{} {placeholder}", one.name());
        }
    }
}
