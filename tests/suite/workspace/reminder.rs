//! When a person is reminded to save a file: after 50 edits or 7 days, never without an edit, and not again for a day.

use engagement_playbook::workspace::reminder::{DAY, DAYS, EDITS, SinceFile};

const NOW: i64 = 1_795_244_400_000;

fn after(edits: u32) -> SinceFile {
    (0..edits).fold(SinceFile::default(), |since, _| since.edited(NOW))
}

#[test]
fn a_file_is_asked_for_after_fifty_edits_or_seven_days() {
    assert!(!after(0).is_due(NOW + 10 * DAYS), "nothing was done");
    assert!(!after(EDITS - 1).is_due(NOW));
    assert!(after(EDITS).is_due(NOW));
    assert!(!after(1).is_due(NOW + DAYS - 1));
    assert!(after(1).is_due(NOW + DAYS));
    let later = after(1).edited(NOW + DAYS);
    assert!(later.is_due(NOW + DAYS), "the days count from the first edit");
}

#[test]
fn whoever_puts_it_off_has_a_day_and_a_file_ends_it() {
    let late = after(EDITS).put_off(NOW);
    assert!(!late.is_due(NOW) && !late.is_due(NOW + DAY - 1));
    assert!(late.is_due(NOW + DAY));
    assert!(!late.edited(NOW + 1).is_due(NOW + 1), "an edit does not call it back");
    assert!(!SinceFile::default().is_due(NOW + DAYS), "as after a file");
}

#[test]
fn clocks_that_jump_neither_nag_nor_keep_silent_for_ever() {
    let ahead = SinceFile::default().edited(NOW + 100 * DAYS).put_off(NOW + 100 * DAYS);
    assert!(!ahead.is_due(NOW));
    let back = ahead.edited(NOW);
    assert!(back.is_due(NOW + DAYS), "it counts from the clock that is right");
    for now in [i64::MIN, 0, i64::MAX] {
        let _ = back.edited(now).put_off(now).is_due(now);
    }
}

#[test]
fn what_is_kept_is_read_again_and_anything_else_is_nothing() {
    let since = after(7).put_off(NOW + 5);
    assert_eq!(SinceFile::parse(&since.to_text()), since);
    for bad in ["", "7", "7 8", "x 1 2", "-1 1 2", "99999999999 1 2"] {
        assert_eq!(SinceFile::parse(bad), SinceFile::default(), "{bad}");
    }
}
