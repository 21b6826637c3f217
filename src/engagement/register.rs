//! One field: a small set of written values, nearly always one. Several are a conflict that nobody has settled yet.
//!
//! An edit replaces what it saw (`t22_an_edit_settles_what_it_saw`). Two copies join to what both have, plus mine that you
//! have not seen, plus yours that I have not seen (`t22_no_edit_is_lost`). The value with the highest stamp shows; the
//! others stay, are exported and listed (`t09_a_collision_in_one_field_is_listed_with_every_value_author_and_time`). One
//! change with two values, from a restored profile, shows both (`t23_one_change_with_two_values_shows_both`).

use super::{
    stamp::{Dot, Mark, ReplicaId, Stamp},
    vector::Vector,
};
use serde_json::Value;

/// One value as somebody wrote it. Cleared is an explicit `null`.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The value; any JSON, so that a newer version's values survive.
    pub value: Value,
    /// When, where, and which change.
    pub mark: Mark,
}

/// The values of one field that no edit has replaced yet; never empty, highest stamp first.
#[derive(Clone, Debug, PartialEq)]
pub struct Register(Vec<Written>);

impl Register {
    /// A register of the values read from a file; `None` when there is none.
    #[must_use]
    pub fn of(mut written: Vec<Written>) -> Option<Self> {
        written.sort_unstable_by(|a, b| {
            let stamps = b.mark.stamp.cmp(&a.mark.stamp);
            stamps
                .then_with(|| bytes(&b.value).cmp(&bytes(&a.value)))
                .then(b.mark.sequence.cmp(&a.mark.sequence))
        });
        written.dedup();
        (!written.is_empty()).then_some(Self(written))
    }

    /// The value that shows.
    #[must_use]
    pub fn shown(&self) -> &Written {
        &self.0[0]
    }

    /// The values that lost by their stamps alone: what a person has still to choose from.
    #[must_use]
    pub fn others(&self) -> &[Written] {
        &self.0[1..]
    }

    /// Every value, the shown one first.
    #[must_use]
    pub fn all(&self) -> &[Written] {
        &self.0
    }

    /// The highest stamp; the next edit will be newer.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        self.shown().mark.stamp
    }

    /// The changes whose values an edit made now would replace.
    pub fn dots(&self) -> impl Iterator<Item = Dot> + '_ {
        self.0.iter().map(|written| written.mark.dot())
    }

    /// The register after an edit that saw `replaced`.
    #[must_use]
    pub fn after(old: Option<&Register>, written: Written, replaced: &[Dot]) -> Self {
        let mut kept: Vec<Written> = old
            .map(|register| {
                register
                    .0
                    .iter()
                    .filter(|one| !replaced.contains(&one.mark.dot()))
                    .cloned()
                    .collect()
            })
            .unwrap_or_default();
        kept.push(written.clone());
        Self::of(kept).unwrap_or(Self(vec![written]))
    }

    /// What two copies have together. The same change with two values (a restored profile): both stay.
    ///
    /// Nothing is ever taken out of a copy but by an edit that replaced it, and what replaces is newer. So a vector that
    /// claims to have seen a value is believed only by a copy that has a newer one: where two tabs wrote under one replica
    /// by accident, the newest value still survives every merge (`t23_...`).
    #[must_use]
    pub fn join(mine: &Self, my_vector: &Vector, yours: &Self, your_vector: &Vector) -> Self {
        let unseen = |one: &Written, other: &Self, vector: &Vector| {
            let dot = one.mark.dot();
            !vector.covers(dot) || one.mark.stamp >= other.stamp() || other.dots().any(|theirs| theirs == dot)
        };
        let mut both: Vec<Written> = mine
            .0
            .iter()
            .filter(|one| unseen(one, yours, your_vector))
            .cloned()
            .collect();
        both.extend(yours.0.iter().filter(|one| unseen(one, mine, my_vector)).cloned());
        Self::of(both).unwrap_or_else(|| mine.clone())
    }

    /// The replicas that wrote what is here.
    pub fn replicas(&self) -> impl Iterator<Item = ReplicaId> + '_ {
        self.0.iter().map(|written| written.mark.stamp.replica)
    }
}

/// The bytes of a value in canonical JSON: the last tie-break, and what "the greater bytes win" compares.
#[must_use]
pub fn bytes(value: &Value) -> String {
    value.to_string()
}
