//! Fields that are alike, by name: those of a service, of the whole engagement, of a process, and the lists of entries.
//!
//! Each table here says a name and a shape once; `body::KNOWN` lists the same fields for the file, and a test holds the two
//! together. What a field means, and what follows from it, is the business of `rules`.

use super::body::Shape;
use chrono::NaiveDate;

/// A value as it goes into a field; `None` clears.
#[derive(Clone, Debug, PartialEq)]
pub enum Datum {
    /// Words, or the id of a choice; empty clears.
    Text(String),
    /// A civil date.
    Day(Option<NaiveDate>),
    /// A whole number.
    Number(Option<u32>),
}

macro_rules! fields {
    ($(#[$about:meta])* $of:ident { $($(#[$doc:meta])* $field:ident $name:literal $shape:ident)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $of { $($(#[$doc])* $field),* }

        impl $of {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$field),*];

            /// Its name in files.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$field => $name),* }
            }

            /// What it may hold.
            #[must_use]
            pub fn shape(self) -> Shape {
                match self { $(Self::$field => Shape::$shape),* }
            }
        }
    };
}

fields! {
    /// What is written down for one service, at `services.<id>`.
    ServiceField {
        /// Entitlement status, L1: an id of the list.
        Status "status" Text
        /// Its reason, L2: an id of the list.
        Reason "reason" Text
        /// Who holds the status; not for in progress.
        StatusOwner "status_owner" Text
        /// The entitlement status note: intent or its lack, and why.
        StatusNote "status_note" Text
        /// The day of the next action on the status.
        StatusNextAction "status_next_action" Day
        /// Attempts to reach a customer who does not answer.
        Attempts "attempts" Number
        /// Engagement start date.
        StartDate "start_date" Day
        /// The start date before it was changed last.
        StartDateBefore "start_date_before" Day
        /// Why the start date was changed.
        StartDateReason "start_date_reason" Text
        /// DIBS: the target (due) date.
        Target "target" Day
        /// DIBS: one of the 14 business reasons.
        BusinessReason "business_reason" Text
        /// DIBS: who owns the success.
        SuccessOwner "success_owner" Text
        /// Service status: Initiate to Operation, as a person chose it.
        ServiceStatus "service_status" Text
        /// Whose word it is that no technical blocker remains.
        NoBlockerBy "no_blocker_by" Text
        /// When the customer said so.
        NoBlockerOn "no_blocker_on" Day
        /// Forecast date for 10 % active usage.
        ForecastTen "forecast_10" Day
        /// Forecast date for 40 % active usage.
        ForecastForty "forecast_40" Day
        /// Users to be migrated, as agreed.
        AgreedUsers "agreed_users" Number
        /// The day of its completion discussion.
        DiscussedOn "discussed_on" Day
        /// With whom it was.
        DiscussedWith "discussed_with" Text
    }
}

fields! {
    /// What is written down for the whole engagement, at `<section>.<name>`.
    Field {
        /// The customer's industry.
        Industry "industry" Text
        /// Its business.
        Business "business" Text
        /// How it is organised.
        Organisation "organisation" Text
        /// Who has which role in the project.
        ProjectRoles "project_roles" Text
        /// The account team's goals for the fiscal year.
        AccountGoals "account_goals" Text
        /// What the customer calls success.
        Success "success" Text
        /// The mail to the account team that enablement or migration is finished.
        AccountTeamMailOn "account_team_mail_on" Day
        /// The mail to the customer on how to ask again.
        CustomerMailOn "customer_mail_on" Day
        /// The workload that the customer is ready for next, in words or as an id; `none` when none.
        AnotherWorkload "another_workload" Text
        /// How the form of a request for assistance was shown.
        RfaShown "rfa_shown" Text
        /// The mail to the assignment team that asks for the queue move.
        QueueMailOn "queue_mail_on" Day
        /// The inactive queue.
        Queue "queue" Text
        /// The day the tenant was moved there.
        QueueMovedOn "queue_moved_on" Day
        /// Who has seen it there.
        QueueSeenBy "queue_seen_by" Text
        /// The day the FastTrack Manager left the tenant.
        ReleasedOn "released_on" Day
        /// The next action date of the engagement.
        NextAction "next_action" Day
        /// The day the engagement was closed.
        ClosedOn "closed_on" Day
        /// The engagement that follows on this one.
        FollowOn "follow_on" Text
        /// The engagement that this one follows on.
        FollowsOn "follows_on" Text
        /// What the success review decided.
        ReviewOutcome "review_outcome" Text
        /// Days that are no working days: `sat-sun` when empty, `fri-sat`, `fri`, `sun`, `none`.
        Weekend "weekend" Text
    }
}

impl Field {
    /// The section it stands in.
    #[must_use]
    pub fn section(self) -> &'static str {
        match self {
            Self::Industry
            | Self::Business
            | Self::Organisation
            | Self::ProjectRoles
            | Self::AccountGoals
            | Self::Success => "picture",
            Self::Weekend => "calendar",
            _ => "completion",
        }
    }
}

fields! {
    /// What is written down when a process is closed, at `processes.<id>`.
    ProcessField {
        /// The day it was closed.
        ClosedOn "closed_on" Day
        /// Why it was closed although something was missing.
        ClosedReason "closed_reason" Text
        /// The services in scope at that time, by id, with a space between.
        ClosedServices "closed_services" Text
    }
}

/// A list of entries, each with an id of its own; a removed one is taken out of the list and stays in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// Active users of a service on a day.
    Reading,
    /// Users migrated on a day.
    Migration,
    /// A line of entitlement status, where the entitlements of a service are split.
    Part,
    /// A migration scenario with its entitlements.
    Scenario,
    /// A goal of the customer.
    Goal,
    /// An action of the success plan.
    Action,
    /// A success metric.
    Metric,
    /// A value of a metric on a day.
    Measurement,
    /// A meeting of the agreed rhythm.
    Meeting,
    /// The engagement was handed to somebody.
    Handover,
}

impl EntryKind {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Reading,
        Self::Migration,
        Self::Part,
        Self::Scenario,
        Self::Goal,
        Self::Action,
        Self::Metric,
        Self::Measurement,
        Self::Meeting,
        Self::Handover,
    ];

    /// The section of the file.
    #[must_use]
    pub fn section(self) -> &'static str {
        match self {
            Self::Reading => "readings",
            Self::Migration => "migrations",
            Self::Part => "parts",
            Self::Scenario => "scenarios",
            Self::Goal => "goals",
            Self::Action => "actions",
            Self::Metric => "metrics",
            Self::Measurement => "measurements",
            Self::Meeting => "meetings",
            Self::Handover => "handovers",
        }
    }

    /// Its fields.
    #[must_use]
    pub fn fields(self) -> &'static [EntryField] {
        use EntryField as F;
        match self {
            Self::Reading => &[F::Service, F::On, F::Users, F::Source],
            Self::Migration => &[F::Service, F::On, F::Users],
            Self::Part => &[F::Service, F::Status, F::Reason, F::Entitlements],
            Self::Scenario => &[F::Service, F::Name, F::Entitlements],
            Self::Goal => &[F::Name, F::Horizon, F::On],
            Self::Action => &[F::Name, F::Owner, F::Due, F::State],
            Self::Metric => &[F::Name, F::Baseline, F::Target, F::Source],
            Self::Measurement => &[F::Metric, F::On, F::Value],
            Self::Meeting => &[F::Name, F::Round, F::Weeks, F::With, F::Tool, F::Start, F::Next],
            Self::Handover => &[F::To, F::On, F::Language],
        }
    }
}

fields! {
    /// A field of an entry; which kind has which says [`EntryKind::fields`].
    EntryField {
        /// The service it is about.
        Service "service" Text
        /// The day it is about.
        On "on" Day
        /// Users counted.
        Users "users" Number
        /// The report it was read from.
        Source "source" Text
        /// Entitlement status, L1.
        Status "status" Text
        /// Its reason, L2.
        Reason "reason" Text
        /// Entitlements.
        Entitlements "entitlements" Number
        /// What it is, in the author's words.
        Name "name" Text
        /// `short` or `long`.
        Horizon "horizon" Text
        /// Whose it is.
        Owner "owner" Text
        /// The day it is due.
        Due "due" Day
        /// `open`, `in-progress`, `done`, `dropped`.
        State "state" Text
        /// The value at the start.
        Baseline "baseline" Number
        /// The value to reach.
        Target "target" Number
        /// The id of the metric.
        Metric "metric" Text
        /// The value measured.
        Value "value" Number
        /// Which review round: `program`, `customer`, `internal`; empty for another meeting.
        Round "round" Text
        /// Every how many weeks.
        Weeks "weeks" Number
        /// With whom.
        With "with" Text
        /// With which tool.
        Tool "tool" Text
        /// The first date.
        Start "start" Day
        /// The next date.
        Next "next" Day
        /// To whom.
        To "to" Text
        /// In which language, as a tag.
        Language "language" Text
    }
}

/// One of the four of SSAT.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Factor {
    /// Who matters for adoption.
    Stakeholders,
    /// What users will do with the service.
    Scenarios,
    /// Plans to make it known.
    Awareness,
    /// Plans to train users.
    Training,
}

impl Factor {
    /// All of them, in their order.
    pub const ALL: [Self; 4] = [Self::Stakeholders, Self::Scenarios, Self::Awareness, Self::Training];

    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Stakeholders => "stakeholders",
            Self::Scenarios => "scenarios",
            Self::Awareness => "awareness",
            Self::Training => "training",
        }
    }
}

/// How a factor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactorState {
    /// There, and the customer has said so.
    Confirmed,
    /// Planned.
    Planned,
    /// Missing; wants its reason.
    Gap,
}

impl FactorState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Confirmed, Self::Planned, Self::Gap];

    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Planned => "planned",
            Self::Gap => "gap",
        }
    }

    /// The state with this name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == text)
    }
}
