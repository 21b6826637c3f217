//! T24: clocks that are ten years off, run backwards, stand still, show 1970 or 2106. The later edit in cause wins.

use crate::support::{by, cases, contoso, draw, draw_from_the_start, saved_and_loaded};
use engagement_playbook::engagement::{
    Change, Engagement, merge,
    stamp::{LARGEST_COUNTER, LATEST, Mark, Stamp},
};
use proptest::{collection::vec, prelude::*};

const TODAY: i64 = 1_795_244_400_000;
const TEN_YEARS: i64 = 315_576_000_000;

fn clock() -> impl Strategy<Value = i64> {
    prop_oneof![
        Just(TODAY),
        Just(TODAY + TEN_YEARS),
        Just(TODAY - TEN_YEARS),
        Just(0),
        Just(-1),
        Just(i64::MIN),
        Just(4_294_967_296_000),
        Just(LATEST),
        Just(i64::MAX),
        TODAY - 5..TODAY + 5,
    ]
}

fn named(name: usize) -> Change {
    Change::SetCustomer(format!("customer {name}"))
}

proptest! {
    #![proptest_config(cases())]

    /// Each person sees what the one before wrote and writes over it; every copy ends with the last one's words.
    #[test]
    fn t24_the_later_edit_in_cause_wins(clocks in vec(clock(), 1..12), from in any::<prop::sample::Index>()) {
        draw_from_the_start();
        let mut copies = vec![Engagement::new(contoso())];
        for (number, now) in clocks.iter().enumerate() {
            let mut next = saved_and_loaded(copies.last().expect("not empty"));
            let replica = draw();
            prop_assert!(next.apply(&named(number), &by(replica, *now)).is_some());
            prop_assert_eq!(next.customer(), format!("customer {number}"));
            copies.push(next);
        }
        let start = from.index(copies.len());
        let mut joined = copies[start].clone();
        for place in 0..copies.len() {
            joined = merge(&joined, &copies[(start + place) % copies.len()]).engagement;
        }
        prop_assert_eq!(joined.customer(), format!("customer {}", clocks.len() - 1));
        prop_assert!(joined.conflicts().is_empty());
    }

    /// Whatever stands there, an edit made now shows at once: a clock that was years ahead locks nobody out.
    #[test]
    fn t24_nobody_is_locked_out(ahead in clock(), now in clock()) {
        draw_from_the_start();
        let mut copy = Engagement::new(contoso());
        copy.apply(&named(1), &by(draw(), ahead));
        let before = copy.clone();
        copy.apply(&named(2), &by(draw(), now));
        prop_assert_eq!(copy.customer(), "customer 2");
        let merged = merge(&before, &copy).engagement;
        prop_assert_eq!(merged.customer(), "customer 2");
        prop_assert!(merged.conflicts().is_empty());
    }
}

#[test]
fn t24_where_the_counter_ends_time_goes_on() {
    let last = Stamp {
        at: TODAY,
        counter: LARGEST_COUNTER,
        replica: draw(),
    };
    let next = Stamp::new(TODAY, draw(), Some(last));
    assert!(next > last);
    let mark = Mark {
        stamp: next,
        sequence: 1,
    };
    assert_eq!(mark.to_string().parse(), Ok(mark), "and it can be written and read");
}
