//! What contradicts itself in the entitlement status of a service, and what the source itself puts in two places.
//!
//! Nothing that is merely missing stands here: an empty field contradicts nothing. The wording of notes is not looked at either,
//! except where a reason was put into the wrong field.

use super::{
    guide::{Guide, Walk},
    questions::{
        DECLINES_HELP_ONLY, FUNCTION_UNAVAILABLE, INTENDS, LEGAL_LIMITS, MERGED, Question, REDIRECTS, Redirect, Reply,
        TRAINING_MISSING,
    },
    service_status::usage,
    status::{Leaf, Line, Status, chosen, own_line, parts},
};
use crate::{
    engagement::{Engagement, EntryField, EntryKind, ServiceField},
    playbook::{Fact, ServiceId},
};
use chrono::NaiveDate;

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Two entries cannot both be right: one of them has to be mended.
    Contradiction,
    /// The source is not of one mind: all its places are shown, and a person decides.
    Watch,
}

/// Something that contradicts itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contradiction {
    /// A start date, and no line in progress.
    StartDateWithoutProgress(Status),
    /// The start date lies after the target date.
    StartDateAfterTarget,
    /// The start date was moved, and nobody said why.
    StartDateChangedWithoutReason,
    /// The reason for moving the start date stands in the entitlement note; it belongs in an overall status note.
    StartDateReasonInEntitlementNote,
    /// A target date, and no line in progress or blocked.
    TargetDateNotUsed(Status),
    /// An owner of the status, which this status does not have.
    OwnerNotUsed(Status),
    /// A reason that belongs to another status.
    ReasonOfAnotherStatus(Status, Leaf),
    /// A reason, and duplicate or invalid, which has none.
    ReasonWithDuplicate(Leaf),
    /// The answers lead to another status or reason than the chosen one.
    AnswersLeadElsewhere(Status, Option<Leaf>),
    /// No intent, though only the help of FastTrack is declined.
    DeclinedHelpIsIntent,
    /// An answer says that the chosen reason does not hold, and which one does.
    Misfiled(Redirect),
    /// The parts of a split and the entitlements: the sum, and what it should be.
    PartsDoNotAddUp(u32, u32),
    /// The migration scenarios and the entitlements in progress: the sum, and what it should be.
    ScenariosDoNotAddUp(u32, u32),
    /// A reason that ends at 10 %, and that many active users of the entitlements.
    AdoptionAboveTarget(u32, u32),
    /// The customer is silent after several attempts, and that many are on record.
    UnresponsiveWithoutAttempts(u32),
    /// Service status migrate, though there is no migration in scope.
    MigrateWithoutMigration,
    /// Legal or regulatory speaks of no intent and stands below blocked; the answers say no intent.
    LegalWithoutIntent,
    /// Legal limits: the pages name security, and by its own definition legal fits.
    LegalLimitsInTwoPlaces,
    /// A function is not available: the pages name product feature as well as app compatibility.
    FunctionInTwoPlaces,
    /// User training: the pages name IT change management as well as adoption readiness.
    TrainingInTwoPlaces,
    /// A merger: the pages name three reasons and duplicate or invalid.
    MergerInFourPlaces,
    /// A silent customer keeps the start date, says one page; with an unknown status there is none, says another.
    StartDateOfSilentCustomer,
}

impl Contradiction {
    /// All names; answers that lead to a status without a reason have a name of their own.
    pub const NAMES: [&'static str; 23] = [
        "start-date-without-progress",
        "start-date-after-target",
        "start-date-changed-without-reason",
        "start-date-reason-in-entitlement-note",
        "target-date-not-used",
        "owner-not-used",
        "reason-of-another-status",
        "reason-with-duplicate",
        "answers-lead-elsewhere",
        "answers-lead-to-no-reason",
        "declined-help-is-intent",
        "misfiled",
        "parts-do-not-add-up",
        "scenarios-do-not-add-up",
        "adoption-above-target",
        "unresponsive-without-attempts",
        "migrate-without-migration",
        "legal-without-intent",
        "legal-limits-in-two-places",
        "function-in-two-places",
        "training-in-two-places",
        "merger-in-four-places",
        "start-date-of-silent-customer",
    ];

    /// Its name, under which its words are found.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::StartDateWithoutProgress(_) => "start-date-without-progress",
            Self::StartDateAfterTarget => "start-date-after-target",
            Self::StartDateChangedWithoutReason => "start-date-changed-without-reason",
            Self::StartDateReasonInEntitlementNote => "start-date-reason-in-entitlement-note",
            Self::TargetDateNotUsed(_) => "target-date-not-used",
            Self::OwnerNotUsed(_) => "owner-not-used",
            Self::ReasonOfAnotherStatus(..) => "reason-of-another-status",
            Self::ReasonWithDuplicate(_) => "reason-with-duplicate",
            Self::AnswersLeadElsewhere(_, None) => "answers-lead-to-no-reason",
            Self::AnswersLeadElsewhere(..) => "answers-lead-elsewhere",
            Self::DeclinedHelpIsIntent => "declined-help-is-intent",
            Self::Misfiled(_) => "misfiled",
            Self::PartsDoNotAddUp(..) => "parts-do-not-add-up",
            Self::ScenariosDoNotAddUp(..) => "scenarios-do-not-add-up",
            Self::AdoptionAboveTarget(..) => "adoption-above-target",
            Self::UnresponsiveWithoutAttempts(_) => "unresponsive-without-attempts",
            Self::MigrateWithoutMigration => "migrate-without-migration",
            Self::LegalWithoutIntent => "legal-without-intent",
            Self::LegalLimitsInTwoPlaces => "legal-limits-in-two-places",
            Self::FunctionInTwoPlaces => "function-in-two-places",
            Self::TrainingInTwoPlaces => "training-in-two-places",
            Self::MergerInFourPlaces => "merger-in-four-places",
            Self::StartDateOfSilentCustomer => "start-date-of-silent-customer",
        }
    }

    /// Whether it has to be mended, or the source is not of one mind.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::LegalWithoutIntent
            | Self::LegalLimitsInTwoPlaces
            | Self::FunctionInTwoPlaces
            | Self::TrainingInTwoPlaces
            | Self::MergerInFourPlaces
            | Self::StartDateOfSilentCustomer => Severity::Watch,
            _ => Severity::Contradiction,
        }
    }

    /// The `{status}` of its words: the one that it is about, or the one to take.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        match self {
            Self::StartDateWithoutProgress(status)
            | Self::TargetDateNotUsed(status)
            | Self::OwnerNotUsed(status)
            | Self::ReasonOfAnotherStatus(status, _)
            | Self::AnswersLeadElsewhere(status, _) => Some(*status),
            Self::Misfiled(redirect) => Some(redirect.to.status()),
            _ => None,
        }
    }

    /// The `{leaf}` of its words: the one that it is about, or the one to take.
    #[must_use]
    pub fn leaf(&self) -> Option<Leaf> {
        match self {
            Self::ReasonOfAnotherStatus(_, leaf) | Self::ReasonWithDuplicate(leaf) => Some(*leaf),
            Self::AnswersLeadElsewhere(_, leaf) => *leaf,
            Self::Misfiled(redirect) => Some(redirect.to),
            _ => None,
        }
    }

    /// The `{n}` of its words.
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        match self {
            Self::PartsDoNotAddUp(number, _)
            | Self::ScenariosDoNotAddUp(number, _)
            | Self::AdoptionAboveTarget(number, _)
            | Self::UnresponsiveWithoutAttempts(number) => Some(*number),
            _ => None,
        }
    }

    /// The `{all}` of its words: what the number is held against.
    #[must_use]
    pub fn all(&self) -> Option<u32> {
        match self {
            Self::PartsDoNotAddUp(_, all) | Self::ScenariosDoNotAddUp(_, all) | Self::AdoptionAboveTarget(_, all) => {
                Some(*all)
            }
            _ => None,
        }
    }

    /// The reasons between which the source does not decide, each to be offered.
    #[must_use]
    pub fn candidates(&self) -> &'static [Leaf] {
        match self {
            Self::LegalLimitsInTwoPlaces => LEGAL_CANDIDATES,
            Self::MergerInFourPlaces => MERGED.candidates,
            Self::FunctionInTwoPlaces => FUNCTION_UNAVAILABLE.candidates,
            Self::TrainingInTwoPlaces => TRAINING_MISSING.candidates,
            _ => &[],
        }
    }

    /// The question whose yes is the case that the source puts in several places.
    fn question(&self) -> Option<Question> {
        match self {
            Self::LegalLimitsInTwoPlaces => Some(LEGAL_LIMITS),
            Self::MergerInFourPlaces => Some(MERGED.question),
            Self::FunctionInTwoPlaces => Some(FUNCTION_UNAVAILABLE.question),
            Self::TrainingInTwoPlaces => Some(TRAINING_MISSING.question),
            _ => None,
        }
    }
}

/// Where legal limits may go: the page's place first, the fitting one second.
const LEGAL_CANDIDATES: &[Leaf] = &[Leaf::SecurityPrivacyNonProductFeature, Leaf::LegalRegulatory];

/// Attempts below this are not several; the source gives no number.
const SEVERAL: u32 = 2;

/// What contradicts itself in a service: what has to be mended first, then what to watch.
#[must_use]
pub fn contradictions(engagement: &Engagement, service: &ServiceId, today: NaiveDate) -> Vec<Contradiction> {
    let desk = Desk {
        engagement,
        service,
        own: own_line(engagement, service),
        parts: parts(engagement, service),
        chosen: chosen(engagement, service),
        walk: Walk::over(engagement, service),
    };
    let mut found = Vec::new();
    desk.dates(&mut found);
    desk.reasons(&mut found);
    desk.answers(&mut found);
    desk.sums(&mut found);
    desk.counted(today, &mut found);
    desk.doubts(&mut found);
    found
}

/// What is looked at.
struct Desk<'a> {
    engagement: &'a Engagement,
    service: &'a ServiceId,
    own: Line,
    parts: Vec<Line>,
    chosen: Vec<Status>,
    walk: Walk<'a>,
}

impl Desk<'_> {
    fn text(&self, field: ServiceField) -> &str {
        self.engagement.service_text(self.service, field)
    }

    fn day(&self, field: ServiceField) -> Option<NaiveDate> {
        self.engagement.service_day(self.service, field)
    }

    fn says(&self, question: &str, reply: Reply) -> bool {
        self.engagement.answer(self.service, question) == reply.as_str()
    }

    /// The status to name where none of those chosen has what is written; `None` while nothing was chosen.
    fn none_has(&self, has: fn(Status) -> bool) -> Option<Status> {
        let status = self.own.status.or(self.chosen.first().copied())?;
        (!self.chosen.iter().any(|status| has(*status))).then_some(status)
    }

    fn dates(&self, found: &mut Vec<Contradiction>) {
        let (start, target) = (self.day(ServiceField::StartDate), self.day(ServiceField::Target));
        if start.is_some()
            && !self.is_silent()
            && let Some(status) = self.none_has(Status::has_start_date)
        {
            found.push(Contradiction::StartDateWithoutProgress(status));
        }
        if start.zip(target).is_some_and(|(start, target)| start > target) {
            found.push(Contradiction::StartDateAfterTarget);
        }
        let reason = self.text(ServiceField::StartDateReason).trim();
        let before = self.day(ServiceField::StartDateBefore);
        if before.is_some() && before != start && reason.is_empty() {
            found.push(Contradiction::StartDateChangedWithoutReason);
        }
        let mut note = self.text(ServiceField::StatusNote).lines();
        if !reason.is_empty() && note.any(|line| line.trim() == reason) {
            found.push(Contradiction::StartDateReasonInEntitlementNote);
        }
        if target.is_some()
            && let Some(status) = self.none_has(Status::has_target)
        {
            found.push(Contradiction::TargetDateNotUsed(status));
        }
        if !self.text(ServiceField::StatusOwner).is_empty()
            && let Some(status) = self.none_has(Status::has_owner)
        {
            found.push(Contradiction::OwnerNotUsed(status));
        }
    }

    fn reasons(&self, found: &mut Vec<Contradiction>) {
        for line in self.parts.iter().chain([&self.own]) {
            if let (Some(status), Some(leaf)) = (line.status, line.leaf)
                && leaf.status() != status
            {
                found.push(if status == Status::DuplicateInvalid {
                    Contradiction::ReasonWithDuplicate(leaf)
                } else {
                    Contradiction::ReasonOfAnotherStatus(status, leaf)
                });
            }
        }
        if self.text(ServiceField::ServiceStatus) == "migrate"
            && self.engagement.fact(Fact::MigrationInScope) == Some(false)
        {
            found.push(Contradiction::MigrateWithoutMigration);
        }
    }

    fn answers(&self, found: &mut Vec<Contradiction>) {
        let towards = match self.walk.end {
            Guide::Propose { status, .. } => Some(status),
            Guide::Ask(_) => None,
        };
        // Answers may still lead to no intent for another reason, as when no benefit is seen behind a worry over security.
        if self.own.status == Some(Status::NoIntent)
            && self.says(DECLINES_HELP_ONLY.id, Reply::Yes)
            && towards != Some(Status::NoIntent)
        {
            found.push(Contradiction::DeclinedHelpIsIntent);
        }
        let lawful = self.is_law_without_intent() && towards == Some(Status::NoIntent);
        let mut explained = lawful || self.is_doubtful();
        for redirect in REDIRECTS.iter().filter(|redirect| self.misfiles(redirect)) {
            explained |= self.walk.end == proposal(redirect.to);
            found.push(Contradiction::Misfiled(*redirect));
        }
        let own = self.own.status.or(self.own.leaf.map(Leaf::status));
        if let (Some(own), Guide::Propose { status, leaf }) = (own, self.walk.end) {
            // A reason below duplicate is a fault of its own, whatever the answers say.
            let other_leaf = status != Status::DuplicateInvalid && self.own.leaf.is_some() && self.own.leaf != leaf;
            if !explained && (own != status || other_leaf) {
                found.push(Contradiction::AnswersLeadElsewhere(status, leaf));
            }
        }
    }

    /// Whether the chosen reason and the one that the answers lead to are two places for the same case.
    fn is_doubtful(&self) -> bool {
        let Guide::Propose { leaf: Some(leaf), .. } = self.walk.end else {
            return false;
        };
        self.doubtful()
            .any(|doubt| self.is_place(doubt, self.own.leaf) && self.is_place(doubt, Some(leaf)))
    }

    /// Whether a redirect speaks against the chosen reason; not one that would lead back to where the answers came from.
    fn misfiles(&self, redirect: &Redirect) -> bool {
        let reached = |leaf: Leaf| self.walk.reached.iter().position(|one| *one == leaf);
        let back = reached(redirect.from)
            .zip(reached(redirect.to))
            .is_some_and(|(from, to)| to < from);
        self.own.leaf == Some(redirect.from)
            && redirect.concerns(self.service)
            && self.says(redirect.question.id, Reply::Yes)
            && !back
    }

    fn sums(&self, found: &mut Vec<Contradiction>) {
        let all = self.own.entitlements;
        let split: Option<Vec<u32>> = self.parts.iter().map(|part| part.entitlements).collect();
        if let (Some(split), Some(all)) = (split, all)
            && !split.is_empty()
            && sum(&split) != all
        {
            found.push(Contradiction::PartsDoNotAddUp(sum(&split), all));
        }
        let scenarios = self.engagement.entries(EntryKind::Scenario);
        let of_service = scenarios.filter(|scenario| scenario.service().as_ref() == Some(self.service));
        let planned: Option<Vec<u32>> = of_service
            .map(|scenario| scenario.number(EntryField::Entitlements))
            .collect();
        if let (Some(planned), Some(all)) = (planned, self.in_progress())
            && !planned.is_empty()
            && sum(&planned) != all
        {
            found.push(Contradiction::ScenariosDoNotAddUp(sum(&planned), all));
        }
    }

    /// The entitlements in progress; `None` while not known.
    fn in_progress(&self) -> Option<u32> {
        if self.parts.is_empty() {
            return match self.own.status? {
                Status::InProgress => self.own.entitlements,
                _ => Some(0),
            };
        }
        let lines = self.parts.iter().filter(|part| part.status == Some(Status::InProgress));
        let counts: Option<Vec<u32>> = lines.map(|part| part.entitlements).collect();
        Some(sum(&counts?))
    }

    fn counted(&self, today: NaiveDate, found: &mut Vec<Contradiction>) {
        if self.own.leaf == Some(Leaf::SolutionOrUserAdoption)
            && let Some((active, all)) = usage(self.engagement, self.service, today)
            && u64::from(active) * 10 >= u64::from(all)
        {
            found.push(Contradiction::AdoptionAboveTarget(active, all));
        }
        let attempts = self
            .engagement
            .service_number(self.service, ServiceField::Attempts)
            .unwrap_or(0);
        if self.own.leaf == Some(Leaf::CustomerUnresponsive) && attempts < SEVERAL {
            found.push(Contradiction::UnresponsiveWithoutAttempts(attempts));
        }
    }

    fn doubts(&self, found: &mut Vec<Contradiction>) {
        if self.is_law_without_intent() {
            found.push(Contradiction::LegalWithoutIntent);
        }
        let standing = self.standing();
        found.extend(self.doubtful().filter(|doubt| self.is_place(*doubt, standing)));
        if self.is_silent() && self.day(ServiceField::StartDate).is_some() {
            found.push(Contradiction::StartDateOfSilentCustomer);
        }
    }

    fn is_law_without_intent(&self) -> bool {
        self.own.leaf == Some(Leaf::LegalRegulatory) && self.says(INTENDS.id, Reply::No)
    }

    fn is_silent(&self) -> bool {
        self.own.status == Some(Status::StatusUnknown) && self.own.leaf == Some(Leaf::CustomerUnresponsive)
    }

    /// The reason that was chosen, or else the one that the answers lead to.
    fn standing(&self) -> Option<Leaf> {
        match self.walk.end {
            Guide::Propose { leaf, .. } if self.own.status.is_none() && self.own.leaf.is_none() => leaf,
            _ => self.own.leaf,
        }
    }

    /// What the source puts in several places, as far as the answers say that it is the case here.
    fn doubtful(&self) -> impl Iterator<Item = Contradiction> {
        let all = [
            Contradiction::LegalLimitsInTwoPlaces,
            Contradiction::MergerInFourPlaces,
            Contradiction::FunctionInTwoPlaces,
            Contradiction::TrainingInTwoPlaces,
        ];
        let case = |doubt: &Contradiction| {
            doubt
                .question()
                .is_some_and(|question| self.says(question.id, Reply::Yes))
        };
        all.into_iter().filter(case)
    }

    /// Whether a reason is one of the places of a case, or the one from which a page sends it there.
    fn is_place(&self, doubt: Contradiction, leaf: Option<Leaf>) -> bool {
        let acquired = doubt == Contradiction::MergerInFourPlaces && self.own.status == Some(Status::DuplicateInvalid);
        let sent = |leaf: Leaf| {
            REDIRECTS
                .iter()
                .any(|redirect| redirect.from == leaf && Some(redirect.question) == doubt.question())
        };
        acquired || leaf.is_some_and(|leaf| doubt.candidates().contains(&leaf) || sent(leaf))
    }
}

fn proposal(leaf: Leaf) -> Guide {
    Guide::Propose {
        status: leaf.status(),
        leaf: Some(leaf),
    }
}

fn sum(numbers: &[u32]) -> u32 {
    numbers.iter().fold(0, |all, number| all.saturating_add(*number))
}
