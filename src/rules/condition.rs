//! Does a conditional part of the playbook hold for this engagement? Yes, no with its reason, or a question to ask.

use crate::{
    engagement::Engagement,
    playbook::{Condition, Fact, MotionId, ServiceId},
};

/// Whether a condition holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It does.
    Holds,
    /// It does not, because of this.
    DoesNot(Why),
    /// It depends on something that is not known yet.
    Ask(Question),
}

/// Why a condition does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The fact's answer is this one.
    Fact(Fact, bool),
    /// The engagement came in another way.
    OtherMotion(MotionId),
    /// The engagement came in this way, and the part is for the others.
    ThisMotion(MotionId),
    /// The service is not in scope.
    NotInScope(ServiceId),
    /// The service is in scope, and the part is for those without it.
    InScope(ServiceId),
    /// The tenant's seats.
    Seats(u32),
}

/// What has to be known first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// A fact.
    Fact(Fact),
    /// The way into the engagement.
    Motion,
    /// The tenant's seats.
    Seats,
}

/// Answers a condition for an engagement.
#[must_use]
pub fn answer(condition: &Condition, engagement: &Engagement) -> Answer {
    decide(condition, engagement, true)
}

/// Whether the condition is as `wanted`; the reason names the part that decides.
fn decide(condition: &Condition, engagement: &Engagement, wanted: bool) -> Answer {
    let check = |holds: bool, why: Why| {
        if holds == wanted {
            Answer::Holds
        } else {
            Answer::DoesNot(why)
        }
    };
    match condition {
        Condition::Fact(fact) => match engagement.fact(*fact) {
            Some(is) => check(is, Why::Fact(*fact, is)),
            None => Answer::Ask(Question::Fact(*fact)),
        },
        Condition::Motion(motion) => match engagement.motion() {
            Some(is) if is == *motion => check(true, Why::ThisMotion(is)),
            Some(is) => check(false, Why::OtherMotion(is)),
            None => Answer::Ask(Question::Motion),
        },
        Condition::Service(service) if engagement.has_service(service) => check(true, Why::InScope(service.clone())),
        Condition::Service(service) => check(false, Why::NotInScope(service.clone())),
        Condition::SeatsAtLeast(bound) => match engagement.seats() {
            Some(seats) => check(seats >= *bound, Why::Seats(seats)),
            None => Answer::Ask(Question::Seats),
        },
        Condition::SeatsBelow(bound) => match engagement.seats() {
            Some(seats) => check(seats < *bound, Why::Seats(seats)),
            None => Answer::Ask(Question::Seats),
        },
        Condition::Not(inner) => decide(inner, engagement, !wanted),
        Condition::All(parts) if wanted => every(parts, engagement, wanted),
        Condition::Any(parts) if !wanted => every(parts, engagement, wanted),
        Condition::All(parts) | Condition::Any(parts) => one(parts, engagement, wanted),
    }
}

/// Each part has to be as wanted: a "no" decides before a question.
fn every(parts: &[Condition], engagement: &Engagement, wanted: bool) -> Answer {
    let answers: Vec<Answer> = parts.iter().map(|part| decide(part, engagement, wanted)).collect();
    let no = answers.iter().find(|answer| matches!(answer, Answer::DoesNot(_)));
    let ask = answers.iter().find(|answer| matches!(answer, Answer::Ask(_)));
    no.or(ask).cloned().unwrap_or(Answer::Holds)
}

/// One part has to be as wanted: a "yes" decides before a question, the last "no" is the reason.
fn one(parts: &[Condition], engagement: &Engagement, wanted: bool) -> Answer {
    let answers: Vec<Answer> = parts.iter().map(|part| decide(part, engagement, wanted)).collect();
    let yes = answers.iter().find(|answer| matches!(answer, Answer::Holds));
    let ask = answers.iter().find(|answer| matches!(answer, Answer::Ask(_)));
    yes.or(ask).or(answers.last()).cloned().unwrap_or(Answer::Holds)
}
