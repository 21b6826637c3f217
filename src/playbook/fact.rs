//! The yes-or-no questions about an engagement that the playbook's conditions ask. Not known yet is an answer of its own.

use serde::Deserialize;

/// A fact that is yes, no or not known yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// The account is managed by an account team.
    AccountManaged,
    /// The members of the account team are known.
    AccountTeamKnown,
    /// A partner works with the customer.
    PartnerInvolved,
    /// The customer has newly gained help with deploying Windows 10.
    #[serde(rename = "windows-10-entitled")]
    Windows10Entitled,
    /// The customer is approved as enterprise; 20,000 seats propose it.
    Enterprise,
    /// The customer takes part in the additional adoption benefit.
    AdditionalAdoptionBenefit,
    /// FastTrack migrates data for this customer.
    MigrationInScope,
    /// Kickoff and technical assessment are held in one meeting.
    KickoffAndAssessmentInOne,
    /// The customer joins the OneDrive adoption programme.
    OnedriveAdoptionProgramme,
    /// The customer goes on with another workload.
    AnotherWorkload,
}

impl Fact {
    /// All facts, in the order in which they are asked for.
    pub const ALL: [Fact; 10] = [
        Self::AccountManaged,
        Self::AccountTeamKnown,
        Self::PartnerInvolved,
        Self::Windows10Entitled,
        Self::Enterprise,
        Self::AdditionalAdoptionBenefit,
        Self::MigrationInScope,
        Self::KickoffAndAssessmentInOne,
        Self::OnedriveAdoptionProgramme,
        Self::AnotherWorkload,
    ];

    /// The id in files and conditions.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AccountManaged => "account-managed",
            Self::AccountTeamKnown => "account-team-known",
            Self::PartnerInvolved => "partner-involved",
            Self::Windows10Entitled => "windows-10-entitled",
            Self::Enterprise => "enterprise",
            Self::AdditionalAdoptionBenefit => "additional-adoption-benefit",
            Self::MigrationInScope => "migration-in-scope",
            Self::KickoffAndAssessmentInOne => "kickoff-and-assessment-in-one",
            Self::OnedriveAdoptionProgramme => "onedrive-adoption-programme",
            Self::AnotherWorkload => "another-workload",
        }
    }
}
