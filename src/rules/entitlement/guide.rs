//! The guide: which question is next, or what the answers lead to.
//!
//! First the tree down to a reason, then the redirects of that reason. A redirect answered by yes leads to another reason with
//! redirects of its own; one that leads back to a reason already left is not asked, so that every way ends. Last come the
//! doubts of the reason that stands.

use super::{
    questions::{
        BLOCKER, COMPETITOR, DATA_TO_MOVE, DECLINES_HELP_ONLY, DOUBTS, DUPLICATE, INTENDS, INTENT_KNOWN,
        NEW_ENTITLEMENTS, ON_PREMISES, OUTLOOK_WITHOUT_EXCHANGE, Question, REDIRECTS, Reply, SILENT, STOPPED, USABLE,
    },
    status::{Leaf, Status},
};
use crate::{engagement::Engagement, playbook::ServiceId};

/// Where the guide stands for a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guide {
    /// This has to be answered next.
    Ask(Question),
    /// The answers lead here.
    Propose {
        /// L1.
        status: Status,
        /// L2; `None` for duplicate or invalid, and for an unknown status that needs more asking.
        leaf: Option<Leaf>,
    },
}

/// The next question, or the proposal.
#[must_use]
pub fn guide(engagement: &Engagement, service: &ServiceId) -> Guide {
    Walk::over(engagement, service).end
}

/// The questions that led to where the guide stands, in order, each with its reply. Answers off this way are kept, not shown.
#[must_use]
pub fn trail(engagement: &Engagement, service: &ServiceId) -> Vec<(Question, Reply)> {
    Walk::over(engagement, service).trail
}

/// One way through the questions, as far as they are answered.
pub(super) struct Walk<'a> {
    engagement: &'a Engagement,
    service: &'a ServiceId,
    /// What was asked and answered.
    pub(super) trail: Vec<(Question, Reply)>,
    /// The reasons that were reached, the last one standing.
    pub(super) reached: Vec<Leaf>,
    /// Where it ends.
    pub(super) end: Guide,
}

/// A question without a reply stops the walk.
type Step<T> = Result<T, Question>;

impl<'a> Walk<'a> {
    /// Walks as far as the answers go.
    pub(super) fn over(engagement: &'a Engagement, service: &'a ServiceId) -> Self {
        let mut walk = Self {
            engagement,
            service,
            trail: Vec::new(),
            reached: Vec::new(),
            end: Guide::Ask(DUPLICATE),
        };
        walk.end = match walk.proposal() {
            Ok((status, leaf)) => Guide::Propose { status, leaf },
            Err(question) => Guide::Ask(question),
        };
        walk
    }

    fn proposal(&mut self) -> Step<(Status, Option<Leaf>)> {
        if self.yes(DUPLICATE)? {
            return Ok((Status::DuplicateInvalid, None));
        }
        if self.service.as_str() == "outlook-mobile" && self.yes(OUTLOOK_WITHOUT_EXCHANGE)? {
            return Ok((Status::DuplicateInvalid, None));
        }
        let Some(first) = self.tree()? else {
            return Ok((Status::StatusUnknown, None));
        };
        let leaf = self.redirected(first)?;
        self.doubts(leaf)?;
        Ok((leaf.status(), Some(leaf)))
    }

    fn tree(&mut self) -> Step<Option<Leaf>> {
        if !self.yes(INTENT_KNOWN)? {
            return Ok(if self.yes(NEW_ENTITLEMENTS)? {
                Some(Leaf::NewSubscriptionOrWorkload)
            } else if self.yes(SILENT)? {
                Some(Leaf::CustomerUnresponsive)
            } else {
                None
            });
        }
        // Who declines only the help deploys all the same: that is intent.
        let intends = self.yes(INTENDS)? || self.yes(DECLINES_HELP_ONLY)?;
        Ok(Some(if !intends {
            if self.yes(COMPETITOR)? {
                Leaf::UsingCompetitiveSolution
            } else if self.yes(ON_PREMISES)? {
                Leaf::UsingMicrosoftOnPremisesSolution
            } else {
                Leaf::ExecutiveSponsorship
            }
        } else if self.yes(STOPPED)? {
            self.blocker()?
        } else if !self.yes(USABLE)? {
            Leaf::TechnicalOnboardingAndDeployment
        } else if self.yes(DATA_TO_MOVE)? {
            Leaf::Migration
        } else {
            Leaf::SolutionOrUserAdoption
        }))
    }

    /// Follows redirects until a reason stands. Each round reaches a reason for the first time, and there are 18.
    fn redirected(&mut self, first: Leaf) -> Step<Leaf> {
        let mut next = Some(first);
        let mut standing = first;
        while let Some(leaf) = next {
            standing = leaf;
            self.reached.push(leaf);
            next = self.redirect(leaf)?;
        }
        Ok(standing)
    }

    fn redirect(&mut self, from: Leaf) -> Step<Option<Leaf>> {
        for redirect in REDIRECTS.iter().filter(|redirect| redirect.from == from) {
            let asked = redirect.concerns(self.service) && !self.reached.contains(&redirect.to);
            if asked && self.yes(redirect.question)? {
                return Ok(Some(redirect.to));
            }
        }
        Ok(None)
    }

    fn doubts(&mut self, leaf: Leaf) -> Step<()> {
        for doubt in DOUBTS.iter().filter(|doubt| doubt.candidates.contains(&leaf)) {
            self.yes(doubt.question)?;
        }
        Ok(())
    }

    fn yes(&mut self, question: Question) -> Step<bool> {
        Ok(self.reply(question)? == Reply::Yes)
    }

    fn blocker(&mut self) -> Step<Leaf> {
        match self.reply(BLOCKER)? {
            Reply::Leaf(leaf) => Ok(leaf),
            Reply::Yes | Reply::No => Err(BLOCKER),
        }
    }

    fn reply(&mut self, question: Question) -> Step<Reply> {
        let kept = self.engagement.answer(self.service, question.id);
        let reply = question.reply(kept).ok_or(question)?;
        if !self.trail.iter().any(|(asked, _)| *asked == question) {
            self.trail.push((question, reply));
        }
        Ok(reply)
    }
}
