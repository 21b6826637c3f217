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
        BLOCKER, Contradiction, DOUBTS, Guide, Intent, Kind, Leaf, Question, REDIRECTS, Redirect, Reply, Severity,
        Status, actions, contradictions, explained, guide, intent, propose_service_status, questions, trail,
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

/// Answers until a question of a given id is asked: the first way found, no to everything that may be answered by no.
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
