//! What the steps ask to be written down, and at which step that is: the way from a step to the page of an engagement where it
//! goes, and the way back.
//!
//! The published pages say it in prose, so it stands here once, by hand; a test holds the places against the structure.

use super::Place;

/// Something a step asks to be written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Recorded {
    /// Industry, business, organisation, roles, goals, what the customer calls success.
    Picture,
    /// Date, intent, business reason, success owner.
    Dibs,
    /// Stakeholders, scenarios, awareness, training.
    Ssat,
    /// Actions, success metrics and their values.
    Plan,
    /// Meetings, how often, with whom, with which tool.
    Rhythm,
    /// Entitlement status with its reason and note.
    Status,
    /// Active users.
    Usage,
    /// Mails, next action, queue, end of the engagement.
    Completion,
}

/// Which step asks for what, in the order of the processes.
const TABLE: &[(&str, &[Recorded])] = {
    use Recorded as R;
    &[
        ("conduct-customer-kickoff/prepare-for-kickoff-meeting", &[R::Picture]),
        (
            "conduct-customer-kickoff/schedule-and-conduct-kickoff-meeting",
            &[R::Picture],
        ),
        ("conduct-customer-kickoff/confirm-dibs", &[R::Dibs]),
        ("conduct-customer-kickoff/capture-available-ssat", &[R::Ssat]),
        (
            "set-up-governance-review-cadence/schedule-fasttrack-program-governance-reviews",
            &[R::Rhythm],
        ),
        (
            "set-up-governance-review-cadence/schedule-customer-facing-health-reviews",
            &[R::Rhythm],
        ),
        (
            "set-up-governance-review-cadence/schedule-microsoft-internal-health-reviews",
            &[R::Rhythm],
        ),
        ("set-up-governance-review-cadence/all-meetings-scheduled", &[R::Rhythm]),
        ("conduct-customer-success-workshop/capture-ssat", &[R::Ssat, R::Plan]),
        ("conduct-customer-success-workshop/success-metrics", &[R::Plan]),
        (
            "conduct-customer-success-workshop/customer-success-workshop-complete",
            &[R::Picture, R::Plan, R::Rhythm],
        ),
        ("enable-services/assist-with-enablement", &[R::Dibs, R::Status]),
        ("enable-services/perform-enablement-tasks", &[R::Status, R::Usage]),
        (
            "enable-services/perform-get-modern-enablement-tasks",
            &[R::Status, R::Usage],
        ),
        ("enable-services/all-scoped-services-enabled", &[R::Status, R::Usage]),
        (
            "conduct-engagement-completion-discussion-enablement/prepare-for-engagement-discussion-conversation",
            &[R::Usage, R::Completion],
        ),
        (
            "conduct-engagement-completion-discussion-enablement/conduct-engagement-completion-discussion",
            &[R::Status, R::Completion],
        ),
        (
            "conduct-engagement-completion-discussion-migration/prepare-for-engagement-discussion-conversation",
            &[R::Completion],
        ),
        (
            "conduct-engagement-completion-discussion-migration/conduct-engagement-completion-discussion",
            &[R::Status, R::Completion],
        ),
        (
            "support-success-execution/schedule-success-check-in-meetings",
            &[R::Rhythm],
        ),
        (
            "support-success-execution/encourage-customer-to-track-adoption-progress",
            &[R::Plan],
        ),
    ]
};

impl Recorded {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Picture,
        Self::Dibs,
        Self::Ssat,
        Self::Plan,
        Self::Rhythm,
        Self::Status,
        Self::Usage,
        Self::Completion,
    ];

    /// What a step asks for.
    #[must_use]
    pub fn at(place: &Place) -> &'static [Self] {
        let place = place.to_string();
        TABLE
            .iter()
            .find(|(known, _)| *known == place)
            .map_or(&[], |(_, asked)| *asked)
    }

    /// The steps that ask for it, in the order of the processes.
    pub fn places(self) -> impl Iterator<Item = Place> {
        TABLE
            .iter()
            .filter(move |(_, asked)| asked.contains(&self))
            .filter_map(|(place, _)| Place::parse(place))
    }
}
