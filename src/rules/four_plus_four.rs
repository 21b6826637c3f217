//! The 4+4: per service four prerequisites (DIBS) and four success factors (SSAT), with what is there, planned or missing.
//!
//! Nothing is kept here. The date is the target date, the intent is read from the entitlement status: one fact, one field.

use super::entitlement::{Intent, Status, chosen, intent};
use crate::{
    engagement::{Engagement, Factor, FactorState, ServiceField},
    playbook::{Place, ServiceId},
};

/// The business reasons of the pick list, by id.
pub const BUSINESS_REASONS: [&str; 14] = [
    "end-of-life",
    "increase-security",
    "improve-service-quality",
    "high-availability",
    "eliminate-on-premises-hardware-cost",
    "reduce-update-overhead",
    "greater-savings",
    "collaborate-and-communicate",
    "transform-business-processes",
    "use-collective-knowledge",
    "engage-front-line-workers",
    "work-with-partners-and-suppliers",
    "work-from-anywhere",
    "insights-from-data",
];

/// One of the eight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// DIBS: the target (due) date.
    Date,
    /// DIBS: the intent.
    Intent,
    /// DIBS: the business reason.
    BusinessReason,
    /// DIBS: who owns the success.
    SuccessOwner,
    /// One of SSAT.
    Factor(Factor),
}

impl Part {
    /// All eight, DIBS then SSAT.
    pub const ALL: [Self; 8] = [
        Self::Date,
        Self::Intent,
        Self::BusinessReason,
        Self::SuccessOwner,
        Self::Factor(Factor::Stakeholders),
        Self::Factor(Factor::Scenarios),
        Self::Factor(Factor::Awareness),
        Self::Factor(Factor::Training),
    ];

    /// Its id in the facts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Intent => "intent",
            Self::BusinessReason => "business-reason",
            Self::SuccessOwner => "success-owner",
            Self::Factor(factor) => factor.name(),
        }
    }

    /// The steps whose guidance closes a gap in it, the one that records it first, first.
    #[must_use]
    pub fn places(self) -> Vec<Place> {
        let at = |process: &'static str, step: &'static str| Place {
            process: process.into(),
            step: step.into(),
        };
        let confirmed = at("conduct-customer-kickoff", "confirm-dibs");
        match self {
            // Enablement brings both up to date.
            Self::Date | Self::Intent => vec![confirmed, at("enable-services", "assist-with-enablement")],
            Self::BusinessReason | Self::SuccessOwner => vec![confirmed],
            // The kickoff takes what is known already, the workshop the rest.
            Self::Factor(_) => vec![
                at("conduct-customer-kickoff", "capture-available-ssat"),
                at("conduct-customer-success-workshop", "capture-ssat"),
            ],
        }
    }
}

/// How one of the eight stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell {
    /// On record, and for a factor confirmed by the customer.
    There,
    /// A factor that is planned.
    Planned,
    /// A factor known to be missing.
    Gap {
        /// Whether somebody said why.
        reasoned: bool,
    },
    /// Nothing on record.
    Missing,
    /// Not asked for: there is no intent, or the entitlements are duplicate or invalid.
    NotAsked,
}

impl Cell {
    /// Whether there is something to close here.
    #[must_use]
    pub fn is_gap(self) -> bool {
        matches!(self, Self::Gap { .. } | Self::Missing)
    }
}

/// The eight of one service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The service.
    pub service: ServiceId,
    /// Whether the customer means to use it.
    pub intent: Intent,
    /// How each of [`Part::ALL`] stands, in that order.
    pub cells: [Cell; 8],
}

impl Row {
    /// Each of the eight with how it stands.
    pub fn parts(&self) -> impl Iterator<Item = (Part, Cell)> {
        Part::ALL.into_iter().zip(self.cells)
    }

    /// Whether the eight are asked for.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.cells.iter().any(|cell| *cell != Cell::NotAsked)
    }

    /// What is missing or a known gap.
    #[must_use]
    pub fn gaps(&self) -> Vec<Part> {
        self.parts()
            .filter(|(_, cell)| cell.is_gap())
            .map(|(part, _)| part)
            .collect()
    }
}

/// How many of the cells stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// There.
    pub there: usize,
    /// Planned.
    pub planned: usize,
    /// Known gaps with their reason.
    pub explained: usize,
    /// Known gaps without a reason.
    pub unexplained: usize,
    /// Nothing on record.
    pub missing: usize,
    /// Not asked for.
    pub not_asked: usize,
}

impl Totals {
    /// The cells that are asked for.
    #[must_use]
    pub fn asked(self) -> usize {
        self.there + self.planned + self.gaps()
    }

    /// The cells with something to close.
    #[must_use]
    pub fn gaps(self) -> usize {
        self.explained + self.unexplained + self.missing
    }
}

/// A row for each service in scope, by id.
#[must_use]
pub fn matrix(engagement: &Engagement) -> Vec<Row> {
    let services = engagement.services_in_scope().into_iter();
    services.map(|service| row(engagement, &service)).collect()
}

/// How the cells of several rows stand.
#[must_use]
pub fn totals(rows: &[Row]) -> Totals {
    let mut totals = Totals::default();
    for cell in rows.iter().flat_map(|row| row.cells) {
        *match cell {
            Cell::There => &mut totals.there,
            Cell::Planned => &mut totals.planned,
            Cell::Gap { reasoned: true } => &mut totals.explained,
            Cell::Gap { reasoned: false } => &mut totals.unexplained,
            Cell::Missing => &mut totals.missing,
            Cell::NotAsked => &mut totals.not_asked,
        } += 1;
    }
    totals
}

/// The row of one service.
#[must_use]
pub fn row(engagement: &Engagement, service: &ServiceId) -> Row {
    let intent = intent(engagement, service);
    let chosen = chosen(engagement, service);
    let duplicate = !chosen.is_empty() && chosen.iter().all(|status| *status == Status::DuplicateInvalid);
    let asked = intent != Intent::NotIntended && !duplicate;
    let cells = Part::ALL.map(|part| {
        if asked {
            cell(engagement, service, intent, part)
        } else {
            Cell::NotAsked
        }
    });
    Row {
        service: service.clone(),
        intent,
        cells,
    }
}

fn cell(engagement: &Engagement, service: &ServiceId, intent: Intent, part: Part) -> Cell {
    let there = match part {
        Part::Date => engagement.service_day(service, ServiceField::Target).is_some(),
        Part::Intent => intent == Intent::Intended,
        Part::BusinessReason => {
            BUSINESS_REASONS.contains(&engagement.service_text(service, ServiceField::BusinessReason))
        }
        Part::SuccessOwner => !engagement.service_text(service, ServiceField::SuccessOwner).is_empty(),
        Part::Factor(factor) => match engagement.factor(service, factor) {
            Some(FactorState::Confirmed) => true,
            Some(FactorState::Planned) => return Cell::Planned,
            Some(FactorState::Gap) => {
                let reasoned = !engagement.factor_reason(service, factor).is_empty();
                return Cell::Gap { reasoned };
            }
            None => false,
        },
    };
    if there { Cell::There } else { Cell::Missing }
}
