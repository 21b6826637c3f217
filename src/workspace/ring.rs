//! Which backups are kept: 10 of the last hours, 14 of the last days, 8 of the last weeks, and never nothing in place of
//! something.
//!
//! A place in the ring is an hour, a day or a week by UTC; each keeps its newest backup. Pure: when a backup was made is all
//! that is asked. What is in it, and where it stands, is `browser::backups`' business.

use std::collections::BTreeSet;

const HOUR: i64 = 3_600_000;

/// Lengths of the places and how many of each are kept.
const PLACES: [(i64, usize); 3] = [(HOUR, 10), (24 * HOUR, 14), (7 * 24 * HOUR, 8)];

/// Whether the hour has no backup yet.
#[must_use]
pub fn is_due(made: &[i64], now: i64) -> bool {
    made.iter().all(|at| at.div_euclid(HOUR) != now.div_euclid(HOUR))
}

/// The backups that can go, of those made at these times, UTC milliseconds.
#[must_use]
pub fn over(made: &[i64]) -> Vec<i64> {
    let mut kept = BTreeSet::new();
    for (length, most) in PLACES {
        // The newest of each place; the places that have one, newest first.
        let mut places: Vec<(i64, i64)> = Vec::new();
        let mut newest_first = made.to_vec();
        newest_first.sort_unstable_by(|a, b| b.cmp(a));
        for at in newest_first {
            let place = at.div_euclid(length);
            if places.iter().all(|(known, _)| *known != place) {
                places.push((place, at));
            }
        }
        kept.extend(places.into_iter().take(most).map(|(_, at)| at));
    }
    made.iter().copied().filter(|at| !kept.contains(at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * HOUR;
    const START: i64 = 1_795_219_200_000;

    #[test]
    fn an_hour_keeps_its_newest_and_nothing_is_made_twice_in_it() {
        assert!(is_due(&[], START));
        assert!(!is_due(&[START], START + HOUR - 1));
        assert!(is_due(&[START], START + HOUR));
        assert_eq!(over(&[START + 60_000, START]), [START]);
    }

    #[test]
    fn a_year_of_hourly_backups_leaves_some_of_each_age() {
        let mut made: Vec<i64> = Vec::new();
        for hour in 0..365 * 24 {
            made.push(START + hour * HOUR);
            let gone = over(&made);
            made.retain(|at| !gone.contains(at));
            assert!(made.len() <= 32, "{} are kept", made.len());
        }
        let now = START + (365 * 24 - 1) * HOUR;
        let younger = |age: i64| made.iter().filter(|at| now - **at < age).count();
        assert_eq!(younger(10 * HOUR), 10);
        assert!(younger(14 * DAY) >= 10 + 12);
        assert!(made.iter().any(|at| now - at > 7 * 6 * DAY), "a week long ago is there");
    }

    #[test]
    fn a_clock_that_jumps_costs_no_backup_of_today() {
        let made = [START, START + HOUR, START + 20 * 365 * DAY];
        assert_eq!(over(&made), [] as [i64; 0]);
    }
}
