//! The conflicts that a merge would bring, field by field, with all there is to choose from: so that somebody who knows can
//! choose while importing.

use crate::engagement::{Claim, Conflict, Engagement, node};

/// A field for which a person would have to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// The conflict as it would stand afterwards.
    pub conflict: Conflict,
    /// Its values in the same order, each with the side it comes from.
    pub sides: Vec<Side>,
}

/// A value, and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The value and its author.
    pub claim: Claim,
    /// Whose it is.
    pub of: Standpoint,
}

/// Whose a value is, as two copies meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standpoint {
    /// It stands at mine.
    Mine,
    /// Theirs brings it.
    Theirs,
}

/// The open conflicts of `joined` with a value that mine does not have. An entry that is out of its list asks nobody.
pub(super) fn clashes(mine: Option<&Engagement>, joined: &Engagement) -> Vec<Clash> {
    let clash = |conflict: Conflict| {
        let names: Vec<&str> = conflict.path.iter().map(String::as_str).collect();
        let here = mine.and_then(|mine| node::find(mine.body(), &names));
        let here = here.map(|register| register.all()).unwrap_or_default();
        let sides: Vec<Side> = conflict
            .values
            .iter()
            .map(|claim| Side {
                claim: claim.clone(),
                of: if here.iter().any(|written| written.value == claim.value) {
                    Standpoint::Mine
                } else {
                    Standpoint::Theirs
                },
            })
            .collect();
        let is_gone = conflict.entry.is_some() && joined.is_removed(names[0], names[1]);
        let brings = sides.iter().any(|side| side.of == Standpoint::Theirs);
        (brings && !is_gone).then_some(Clash { conflict, sides })
    };
    joined.open_conflicts().into_iter().filter_map(clash).collect()
}
