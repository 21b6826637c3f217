//! The questions of the guide: those of the tree, the redirects ("not this, use that") and the doubts that the source leaves.
//!
//! No words here. A question is an id; its words stand in `content/lists`. What an answer leads to is the business of `guide`.

use super::status::Leaf;
use crate::playbook::ServiceId;

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `yes` or `no`.
    YesNo,
    /// The id of one of these reasons.
    Choice(&'static [Leaf]),
}

/// A question of the guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its id, under which the answer is kept and its words are found.
    pub id: &'static str,
    /// How it is answered.
    pub kind: Kind,
}

/// An answer that this version understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Yes.
    Yes,
    /// No.
    No,
    /// One of the choices.
    Leaf(Leaf),
}

impl Reply {
    /// The answer as `Change::SetAnswer` takes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Leaf(leaf) => leaf.as_str(),
        }
    }
}

impl Question {
    /// A question that is answered by yes or no.
    #[must_use]
    pub const fn yes_no(id: &'static str) -> Self {
        Self { id, kind: Kind::YesNo }
    }

    /// All replies that it can get.
    #[must_use]
    pub fn replies(self) -> Vec<Reply> {
        match self.kind {
            Kind::YesNo => vec![Reply::Yes, Reply::No],
            Kind::Choice(leaves) => leaves.iter().copied().map(Reply::Leaf).collect(),
        }
    }

    /// The reply that is kept in these words; `None` when it was not answered, or in a way that this version does not know.
    #[must_use]
    pub fn reply(self, kept: &str) -> Option<Reply> {
        self.replies().into_iter().find(|reply| reply.as_str() == kept)
    }
}

/// Are they counted twice or wrongly, or is this the tenant of an acquired company?
pub const DUPLICATE: Question = Question::yes_no("duplicate");
/// Outlook Mobile without Exchange; asked for that service only.
pub const OUTLOOK_WITHOUT_EXCHANGE: Question = Question::yes_no("outlook-without-exchange");
/// Is the intent known?
pub const INTENT_KNOWN: Question = Question::yes_no("intent-known");
/// Are the entitlements new?
pub const NEW_ENTITLEMENTS: Question = Question::yes_no("new-entitlements");
/// Is nobody answering, after several attempts over several channels?
pub const SILENT: Question = Question::yes_no("silent");
/// Will the service be used, with help or without?
pub const INTENDS: Question = Question::yes_no("intends");
/// Is it FastTrack's help only that is declined?
pub const DECLINES_HELP_ONLY: Question = Question::yes_no("declines-help-only");
/// Does a product of another vendor do the work?
pub const COMPETITOR: Question = Question::yes_no("competitor");
/// Does a Microsoft server product do the work?
pub const ON_PREMISES: Question = Question::yes_no("on-premises");
/// Does something primary stop the deployment?
pub const STOPPED: Question = Question::yes_no("stopped");
/// What is it?
pub const BLOCKER: Question = Question {
    id: "blocker",
    kind: Kind::Choice(&Leaf::BLOCKERS),
};
/// Can the service be used already?
pub const USABLE: Question = Question::yes_no("usable");
/// Is there data to move?
pub const DATA_TO_MOVE: Question = Question::yes_no("data-to-move");

/// The questions of the tree, in the order in which they can come.
pub const TREE: [Question; 13] = [
    DUPLICATE,
    OUTLOOK_WITHOUT_EXCHANGE,
    INTENT_KNOWN,
    NEW_ENTITLEMENTS,
    SILENT,
    INTENDS,
    DECLINES_HELP_ONLY,
    COMPETITOR,
    ON_PREMISES,
    STOPPED,
    BLOCKER,
    USABLE,
    DATA_TO_MOVE,
];

/// "Not when this holds: use that." Asked once its reason is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The question, answered by yes or no.
    pub question: Question,
    /// The reason that does not hold.
    pub from: Leaf,
    /// The reason to take instead.
    pub to: Leaf,
    /// The one service that it is about; `None` for all.
    pub only: Option<&'static str>,
}

impl Redirect {
    /// Whether it is asked for a service.
    #[must_use]
    pub fn concerns(&self, service: &ServiceId) -> bool {
        self.only.is_none_or(|only| only == service.as_str())
    }
}

const fn redirect(from: Leaf, id: &'static str, to: Leaf) -> Redirect {
    Redirect {
        question: Question::yes_no(id),
        from,
        to,
        only: None,
    }
}

/// Legal limits on the cloud, named where the customer stays on premises; the source has two places for them.
pub const LEGAL_LIMITS: Question = Question::yes_no("legal-limits-on-cloud");
/// A merger; the source has four places for it.
pub const MERGER: Question = Question::yes_no("merger");

/// All redirects of the status pages, in their order.
pub const REDIRECTS: [Redirect; 27] = {
    use Leaf::{
        AdoptionReadiness as Adoption, AppCompatibility as App, BillingLicensingAndSubscription as Billing,
        CustomerItInfrastructureAndRemediation as Infrastructure, ExecutiveSponsorship as Sponsor,
        ItChangeManagementAndResourcing as ItChange, LegalRegulatory as Legal, PartnerEngagement as Partner,
        ProductFeatureCapability as Feature, SecurityPrivacyNonProductFeature as Security,
        ServiceReliability as Reliability, UsingCompetitiveSolution as Rival,
        UsingMicrosoftOnPremisesSolution as OnPremises,
    };
    [
        Redirect {
            only: Some("exchange"),
            ..redirect(Rival, "exchange-hosted-elsewhere", OnPremises)
        },
        redirect(OnPremises, "network-limits", Infrastructure),
        redirect(OnPremises, "on-premises-pays-better", Sponsor),
        redirect(OnPremises, LEGAL_LIMITS.id, Security),
        redirect(Sponsor, "fear-of-data-off-site", Security),
        redirect(Sponsor, "waits-for-product-change", Feature),
        redirect(Sponsor, "surprise-cost", ItChange),
        redirect(Infrastructure, "it-lacks-know-how", ItChange),
        redirect(Infrastructure, "rigid-technical-processes", ItChange),
        redirect(ItChange, "stop-gap-system", App),
        redirect(ItChange, "no-time-for-training", Adoption),
        redirect(Legal, "own-security-policy", Security),
        redirect(Legal, "in-country-data-center", Feature),
        redirect(Security, "other-functionality-needed", Feature),
        redirect(Security, "no-business-benefit", Sponsor),
        redirect(Adoption, "it-manager-left", ItChange),
        redirect(Adoption, MERGER.id, Sponsor),
        redirect(Feature, "app-or-add-in-fails", App),
        redirect(Feature, "hardware-not-supported", Infrastructure),
        redirect(Feature, "felt-immature", Reliability),
        redirect(Reliability, "apps-not-certified", App),
        redirect(Reliability, "latency-measured", Infrastructure),
        redirect(Reliability, "capability-missing", Feature),
        redirect(App, "industry-certification-missing", Feature),
        redirect(App, "worries-about-availability", Reliability),
        redirect(App, "it-architecture-incompatible", Infrastructure),
        redirect(Billing, "partner-does-not-deploy-all", Partner),
    ]
};

/// A case that the source puts in several places: a yes at one of them is shown with all of them, and leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The question, answered by yes or no.
    pub question: Question,
    /// The reasons that the source gives for it.
    pub candidates: &'static [Leaf],
}

/// A merger: billing, sponsorship or directories, by what it does; the company that is acquired is duplicate or invalid.
pub const MERGED: Doubt = Doubt {
    question: MERGER,
    candidates: &[
        Leaf::BillingLicensingAndSubscription,
        Leaf::ExecutiveSponsorship,
        Leaf::CustomerItInfrastructureAndRemediation,
    ],
};
/// A function that is not available today.
pub const FUNCTION_UNAVAILABLE: Doubt = Doubt {
    question: Question::yes_no("function-unavailable"),
    candidates: &[Leaf::ProductFeatureCapability, Leaf::AppCompatibility],
};
/// Training of users that is missing.
pub const TRAINING_MISSING: Doubt = Doubt {
    question: Question::yes_no("training-missing"),
    candidates: &[Leaf::ItChangeManagementAndResourcing, Leaf::AdoptionReadiness],
};

/// What the source puts in several places, beside the legal limits, which are a redirect.
pub const DOUBTS: [Doubt; 3] = [MERGED, FUNCTION_UNAVAILABLE, TRAINING_MISSING];

/// Every question there is, each once.
pub fn questions() -> impl Iterator<Item = Question> {
    let redirects = REDIRECTS.into_iter().map(|redirect| redirect.question);
    let doubts = DOUBTS.into_iter().map(|doubt| doubt.question);
    TREE.into_iter()
        .chain(redirects)
        .chain(doubts.filter(|question| *question != MERGER))
}
