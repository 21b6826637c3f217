//! Back to an earlier copy, by new edits: afterwards the engagement shows what the copy shows, and nothing was displaced.

use super::made::{by, contoso, note, owner};
use crate::support::{by as signed, draw, edit, fewer_cases, shown};
use engagement_playbook::{
    engagement::{Change, Engagement, merge},
    exchange::restore,
};
use proptest::prelude::*;

#[test]
fn what_was_changed_emptied_added_and_removed_since_is_as_it_was() {
    let copy = contoso();
    let mut mine = copy.clone();
    by("anna", 10_000, &mut mine, owner("Zoë"));
    by("anna", 10_001, &mut mine, Change::SetSeats(None));
    by("anna", 10_002, &mut mine, note("later", "written since"));
    by("anna", 10_003, &mut mine, Change::RemoveNote("note-1".into()));
    by(
        "anna",
        10_004,
        &mut mine,
        Change::SetTenant("other.onmicrosoft.com".to_owned()),
    );
    let puts = restore(&mine, &copy);
    by("anna", 10_005, &mut mine, Change::Put(puts));
    assert_eq!(shown(&mine), shown(&copy));
    assert_eq!(restore(&mine, &copy), [], "once is enough");
}

#[test]
fn a_copy_of_another_engagement_is_left_alone() {
    let mut other = Engagement::new("fabrikam".into());
    by("anna", 1, &mut other, owner("Ben"));
    assert_eq!(restore(&contoso(), &other), []);
}

proptest! {
    #![proptest_config(fewer_cases(2))]

    /// Whatever was done since, by whomever: it shows what the copy shows; a colleague who takes it in sees the same.
    #[test]
    fn t38_a_restore_shows_what_the_copy_shows(
        first in prop::collection::vec(edit(), 0..15),
        since in prop::collection::vec((0..2_usize, edit()), 0..15),
    ) {
        let replicas = [draw(), draw()];
        let mut mine = Engagement::new("e".into());
        for (place, edit) in first.iter().enumerate() {
            mine.apply(&edit.change(), &signed(replicas[0], 1_000 + place as i64));
        }
        let copy = mine.clone();
        let mut theirs = mine.clone();
        for (place, (who, edit)) in since.iter().enumerate() {
            let one = if *who == 0 { &mut mine } else { &mut theirs };
            one.apply(&edit.change(), &signed(replicas[*who], 2_000 + place as i64));
        }
        mine = merge(&mine, &theirs).engagement;
        let puts = restore(&mine, &copy);
        mine.apply(&Change::Put(puts), &signed(replicas[0], 3_000));
        prop_assert_eq!(shown(&mine), shown(&copy));
        let there = merge(&theirs, &mine).engagement;
        prop_assert_eq!(shown(&there), shown(&copy));
    }
}
