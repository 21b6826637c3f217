//! What an engagement asks for and by when: what is next in order, and every open deadline. Asked for where it is shown only:
//! a tick on a page of work needs the overview, not this.

use super::{Deadline, Next, deadlines::deadlines_of, next, overview::look};
use crate::{
    engagement::{Engagement, Field},
    playbook::Structure,
};
use chrono::NaiveDate;

/// What is next, and by when.
#[derive(Clone, Debug, PartialEq)]
pub struct Agenda {
    /// What to do next, all of it, in order.
    pub next: Vec<Next>,
    /// What is open by which day.
    pub deadlines: Vec<Deadline>,
}

/// The agenda of an engagement; of a closed one only its deadlines are left.
#[must_use]
pub fn agenda(structure: &Structure, engagement: &Engagement, today: NaiveDate) -> Agenda {
    let (overview, mut open) = look(structure, engagement);
    let deadlines = deadlines_of(structure, engagement, &open, today);
    if engagement.field_day(Field::ClosedOn).is_some() {
        open.clear();
    }
    let next = next::in_order(structure, &overview, &deadlines, &open, today);
    Agenda { next, deadlines }
}
