//! Several files at once: copies of one engagement in several of them are joined before anybody looks. The same file twice
//! is one file (`the_same_file_twice_and_two_copies_in_two_files_are_one_engagement`).

use crate::{
    engagement::{Engagement, merge},
    playbook::EngagementId,
};
use std::collections::BTreeMap;

/// Each engagement once, joined from all its copies, in the order in which they came.
#[must_use]
pub fn together(copies: Vec<Engagement>) -> Vec<Engagement> {
    let mut places: BTreeMap<EngagementId, usize> = BTreeMap::new();
    let mut joined: Vec<Engagement> = Vec::new();
    for copy in copies {
        match places.get(copy.id()).and_then(|place| joined.get_mut(*place)) {
            Some(before) => *before = merge(before, &copy).engagement,
            None => {
                places.insert(copy.id().clone(), joined.len());
                joined.push(copy);
            }
        }
    }
    joined
}
