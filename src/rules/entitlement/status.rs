//! The entitlement status of a service: five values (L1), and below four of them 18 reasons (L2).
//!
//! The ids are those of the facts and of the files. Which fields a value has is data of the portal, kept here as questions.

use crate::engagement::{Engagement, EntryField, EntryKind, ServiceField};
use crate::playbook::ServiceId;

/// Entitlement status, L1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// The intent could not be learned yet.
    StatusUnknown,
    /// The customer means to deploy, whoever leads.
    InProgress,
    /// The customer will not use the service.
    NoIntent,
    /// There is intent, and something has to be removed first.
    Blocked,
    /// Entitlements are counted twice or wrongly.
    DuplicateInvalid,
}

impl Status {
    /// All five, in the order of the list.
    pub const ALL: [Self; 5] = [
        Self::StatusUnknown,
        Self::InProgress,
        Self::NoIntent,
        Self::Blocked,
        Self::DuplicateInvalid,
    ];

    /// The id in the facts and in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StatusUnknown => "status-unknown",
            Self::InProgress => "in-progress",
            Self::NoIntent => "no-intent",
            Self::Blocked => "blocked",
            Self::DuplicateInvalid => "duplicate-invalid",
        }
    }

    /// The status with this id; `None` for one that this version does not know.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }

    /// Whether it has a target date.
    #[must_use]
    pub fn has_target(self) -> bool {
        matches!(self, Self::InProgress | Self::Blocked)
    }

    /// Whether it has an engagement start date.
    #[must_use]
    pub fn has_start_date(self) -> bool {
        self == Self::InProgress
    }

    /// Whether it has an owner.
    #[must_use]
    pub fn has_owner(self) -> bool {
        matches!(self, Self::StatusUnknown | Self::NoIntent | Self::Blocked)
    }

    /// Its reasons, in the order of the list; none below duplicate or invalid.
    pub fn leaves(self) -> impl Iterator<Item = Leaf> {
        Leaf::ALL.into_iter().filter(move |leaf| leaf.status() == self)
    }
}

macro_rules! leaves {
    ($($(#[$doc:meta])* $leaf:ident $id:literal $status:ident $act:literal)*) => {
        /// The reason of a status, L2.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Leaf { $($(#[$doc])* $leaf),* }

        impl Leaf {
            /// All 18, in the order of the list.
            pub const ALL: [Self; 18] = [$(Self::$leaf),*];

            /// The id in the facts and in files.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$leaf => $id),* }
            }

            /// The status it belongs to.
            #[must_use]
            pub fn status(self) -> Status {
                match self { $(Self::$leaf => Status::$status),* }
            }
        }

        /// The block of the reference page `entitlement-status` that explains a reason.
        #[must_use]
        pub fn explained(leaf: Leaf) -> &'static str {
            match leaf { $(Leaf::$leaf => concat!("l2.", $id)),* }
        }

        /// The block of the reference page `entitlement-status` with the recommended actions; five reasons have none.
        #[must_use]
        pub fn actions(leaf: Leaf) -> Option<&'static str> {
            match leaf { $(Leaf::$leaf => ($act).then_some(concat!("l2.", $id, ".act"))),* }
        }
    };
}

leaves! {
    /// No answer after several attempts over several channels.
    CustomerUnresponsive "customer-unresponsive" StatusUnknown true
    /// Newly bought or added.
    NewSubscriptionOrWorkload "new-subscription-or-workload" StatusUnknown true
    /// Being set up until it can be used.
    TechnicalOnboardingAndDeployment "technical-onboarding-and-deployment" InProgress false
    /// Usable; data is being moved.
    Migration "migration" InProgress false
    /// Usable; use is growing.
    SolutionOrUserAdoption "solution-or-user-adoption" InProgress false
    /// Stays with another vendor.
    UsingCompetitiveSolution "using-competitive-solution" NoIntent true
    /// Stays with a Microsoft server product.
    UsingMicrosoftOnPremisesSolution "using-microsoft-on-premises-solution" NoIntent true
    /// Decision makers do not support it.
    ExecutiveSponsorship "executive-sponsorship" NoIntent true
    /// The customer's technology is in the way.
    CustomerItInfrastructureAndRemediation "customer-it-infrastructure-and-remediation" Blocked true
    /// IT people, processes or budget are in the way.
    ItChangeManagementAndResourcing "it-change-management-and-resourcing" Blocked true
    /// A law forbids it.
    LegalRegulatory "legal-regulatory" Blocked true
    /// A worry over security that existing features can settle.
    SecurityPrivacyNonProductFeature "security-privacy-non-product-feature" Blocked true
    /// Users, training or a business rule are in the way.
    AdoptionReadiness "adoption-readiness" Blocked true
    /// A feature is missing or faulty.
    ProductFeatureCapability "product-feature-capability" Blocked true
    /// Trust was lost through performance or outages.
    ServiceReliability "service-reliability" Blocked false
    /// A business application does not work with the service.
    AppCompatibility "app-compatibility" Blocked false
    /// A partner is missing, not contracted or not able.
    PartnerEngagement "partner-engagement" Blocked true
    /// A licence or subscription has to be put right first.
    BillingLicensingAndSubscription "billing-licensing-and-subscription" Blocked true
}

impl Leaf {
    /// The ten reasons below blocked: the choices of the question what stops it.
    pub const BLOCKERS: [Self; 10] = [
        Self::CustomerItInfrastructureAndRemediation,
        Self::ItChangeManagementAndResourcing,
        Self::LegalRegulatory,
        Self::SecurityPrivacyNonProductFeature,
        Self::AdoptionReadiness,
        Self::ProductFeatureCapability,
        Self::ServiceReliability,
        Self::AppCompatibility,
        Self::PartnerEngagement,
        Self::BillingLicensingAndSubscription,
    ];

    /// The reason with this id; `None` for one that this version does not know.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// A line of entitlement status: the service's own, or a part where its entitlements are split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// L1; `None` when not chosen, or not known to this version.
    pub status: Option<Status>,
    /// L2; `None` when not chosen, or not known to this version.
    pub leaf: Option<Leaf>,
    /// Its entitlements; for the service's own line all of them.
    pub entitlements: Option<u32>,
}

/// The line of the service itself.
#[must_use]
pub fn own_line(engagement: &Engagement, service: &ServiceId) -> Line {
    Line {
        status: Status::parse(engagement.service_text(service, ServiceField::Status)),
        leaf: Leaf::parse(engagement.service_text(service, ServiceField::Reason)),
        entitlements: engagement.entitlements(service),
    }
}

/// The lines of its parts; none where the entitlements are not split.
#[must_use]
pub fn parts(engagement: &Engagement, service: &ServiceId) -> Vec<Line> {
    let of_service = engagement
        .entries(EntryKind::Part)
        .filter(|part| part.service().as_ref() == Some(service));
    of_service
        .map(|part| Line {
            status: Status::parse(part.text(EntryField::Status)),
            leaf: Leaf::parse(part.text(EntryField::Reason)),
            entitlements: part.number(EntryField::Entitlements),
        })
        .collect()
}

/// The statuses that were chosen for a service, its parts included.
#[must_use]
pub fn chosen(engagement: &Engagement, service: &ServiceId) -> Vec<Status> {
    let own = own_line(engagement, service);
    let mut lines = parts(engagement, service);
    lines.push(own);
    lines.iter().filter_map(|line| line.status).collect()
}

/// Whether the customer means to use a service: the I of DIBS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Intent {
    /// In progress or blocked.
    Intended,
    /// No intent.
    NotIntended,
    /// Not learned yet, or nothing chosen. Duplicate and invalid entitlements say nothing about intent either.
    Unknown,
}

/// The intent, read from the entitlement status. Where entitlements are split, one part with intent is intent.
#[must_use]
pub fn intent(engagement: &Engagement, service: &ServiceId) -> Intent {
    let mut chosen = chosen(engagement, service);
    chosen.retain(|status| *status != Status::DuplicateInvalid);
    if chosen.iter().any(|status| status.has_target()) {
        Intent::Intended
    } else if !chosen.is_empty() && chosen.iter().all(|status| *status == Status::NoIntent) {
        Intent::NotIntended
    } else {
        Intent::Unknown
    }
}
