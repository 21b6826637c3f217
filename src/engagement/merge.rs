//! Two copies of one engagement become one, losing nothing.
//!
//! The laws, held by property tests over 2 to 6 replicas, any order, duplication and partial exchange
//! (`tests/suite/merge.rs`, `t22_...`):
//!
//! * commutative: `merge(a, b) = merge(b, a)`
//! * associative: `merge(merge(a, b), c) = merge(a, merge(b, c))`
//! * idempotent: `merge(a, a) = a`; an older copy brings nothing: `merge(a, older a) = a`
//! * no acknowledged edit is lost: its value shows, or a later edit saw it, or it stands as the loser of a conflict
//! * saving and loading change nothing
//!
//! No history is needed for it, and truncating a history never changes a merge: what is news is told by the work alone.

use super::{Engagement, node};

/// What two copies have together.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// The joined engagement.
    pub engagement: Engagement,
    /// Whether it holds something that mine did not.
    pub news_for_mine: bool,
    /// Whether it holds something that theirs did not.
    pub news_for_theirs: bool,
}

/// Joins two copies of the same engagement, field by field.
///
/// Copies of different engagements are not joined: mine is returned as it is (`exchange` asks a person instead).
#[must_use]
pub fn merge(mine: &Engagement, theirs: &Engagement) -> Merged {
    if mine.id() != theirs.id() {
        return Merged {
            engagement: mine.clone(),
            news_for_mine: false,
            news_for_theirs: false,
        };
    }
    let engagement = Engagement {
        id: mine.id.clone(),
        vector: mine.vector.join(&theirs.vector),
        body: node::join(&mine.body, &mine.vector, &theirs.body, &theirs.vector),
        history: mine.history.join(&theirs.history),
    };
    Merged {
        news_for_mine: !engagement.is_same_work(mine),
        news_for_theirs: !engagement.is_same_work(theirs),
        engagement,
    }
}
