//! Which part of the work a place belongs to: what a preview is summed up by. The history is no part of the work.

/// A part of the work, as the pages of the app divide it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Who the customer is, and how it was assigned.
    Customer,
    /// Services: scope, status, 4+4, readings, migrations.
    Services,
    /// Tasks.
    Tasks,
    /// Ticked inputs and outcomes, and closed processes.
    Checks,
    /// Notes.
    Notes,
    /// Customer picture, goals, actions, metrics, meetings.
    Plan,
    /// Calendar and holidays.
    Dates,
    /// The completion.
    Completion,
    /// Handovers.
    Handovers,
    /// What this version does not know.
    Other,
}

impl Section {
    /// All of them, in the order of the app.
    pub const ALL: [Self; 10] = [
        Self::Customer,
        Self::Services,
        Self::Tasks,
        Self::Checks,
        Self::Notes,
        Self::Plan,
        Self::Dates,
        Self::Completion,
        Self::Handovers,
        Self::Other,
    ];

    /// The part that a place of the body belongs to.
    #[must_use]
    pub fn of<T: AsRef<str>>(path: &[T]) -> Self {
        match path.first().map(AsRef::as_ref).unwrap_or_default() {
            "about" => Self::Customer,
            "services" | "readings" | "migrations" | "parts" | "scenarios" => Self::Services,
            "tasks" => Self::Tasks,
            "checks" | "processes" => Self::Checks,
            "notes" => Self::Notes,
            "picture" | "goals" | "actions" | "metrics" | "measurements" | "meetings" => Self::Plan,
            "calendar" | "holidays" => Self::Dates,
            "completion" => Self::Completion,
            "handovers" => Self::Handovers,
            _ => Self::Other,
        }
    }
}
