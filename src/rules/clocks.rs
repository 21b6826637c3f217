//! Clocks that are off: whose changes carry a time clearly ahead of this machine's clock, and which clock is to be
//! doubted.
//!
//! A wrong clock loses nothing (`engagement::stamp`), but it puts times into the history that are not true, and where
//! two people write the same field apart from each other it decides which value shows first. So people are told
//! (`t24_...`). A clock that runs behind leaves no trace: old changes are nothing unusual.

use crate::engagement::{Engagement, node};
use std::collections::BTreeMap;

/// Ahead by more than this is no matter of zones or of a clock that drifts: a day, in milliseconds.
pub const CLEARLY: i64 = 24 * 60 * 60 * 1000;

/// Somebody whose changes are clearly ahead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// The author's name; may be empty.
    pub author: String,
    /// The farthest time that was written, UTC milliseconds.
    pub at: i64,
    /// How many whole days that is ahead.
    pub days: usize,
}

/// Which clock is to be doubted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Everything fits.
    None,
    /// That of one other person, or of somebody without a name.
    Theirs(Ahead),
    /// That of this machine: the own changes lie ahead of it, or those of several people. With the newest of them.
    Ours(Ahead),
}

/// Everybody whose changes in these engagements are clearly ahead of `now`, by name.
pub fn ahead<'a>(engagements: impl IntoIterator<Item = &'a Engagement>, now: i64) -> Vec<Ahead> {
    let mut farthest: BTreeMap<&str, i64> = BTreeMap::new();
    for one in engagements {
        node::each(one.body(), &mut |_, register| {
            for written in register.all() {
                let stamp = written.mark.stamp;
                // With a counter it was written over a value that was ahead: the clock of the one before.
                if stamp.counter == 0 && stamp.at.saturating_sub(now) > CLEARLY {
                    let at = farthest.entry(one.vector().author(stamp.replica)).or_insert(stamp.at);
                    *at = stamp.at.max(*at);
                }
            }
        });
    }
    let told = farthest.into_iter().map(|(author, at)| Ahead {
        author: author.to_owned(),
        at,
        days: usize::try_from(at.saturating_sub(now) / CLEARLY).unwrap_or_default(),
    });
    told.collect()
}

/// Whose clock is to be doubted, by those who are ahead and the own name. That several clocks are off at once is less
/// likely than that this one is behind.
#[must_use]
pub fn doubt(ahead: &[Ahead], own: &str) -> Doubt {
    let newest = ahead.iter().max_by_key(|one| one.at).cloned();
    let is_own = |one: &Ahead| !own.is_empty() && one.author == own;
    match (newest, ahead) {
        (None, _) => Doubt::None,
        (Some(newest), [one]) if !is_own(one) => Doubt::Theirs(newest),
        (Some(newest), _) => Doubt::Ours(newest),
    }
}
