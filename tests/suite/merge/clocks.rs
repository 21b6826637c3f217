//! T24: clocks that are ten years off, run backwards, stand still, show 1970 or 2106. The later edit in cause wins.

use crate::support::{by, cases, contoso, draw, draw_from_the_start, saved_and_loaded};
use engagement_playbook::engagement::{
    Change, Engagement, merge,
    stamp::{LARGEST_COUNTER, LATEST, Mark, Stamp},
};
use engagement_playbook::rules::{Ahead, CLEARLY, Doubt, ahead, doubt};
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

/// An engagement in which each of these people wrote a field of their own by their own clock.
fn written_by(people: &[(&str, i64)]) -> Engagement {
    let mut one = Engagement::new(contoso());
    for (number, (name, now)) in people.iter().enumerate() {
        let mut signature = by(draw(), *now);
        (*name).clone_into(&mut signature.author);
        let task = ["983", "994", "1903"][number % 3];
        assert!(
            one.apply(&Change::SetOwner(task.into(), format!("owner {number}")), &signature)
                .is_some()
        );
    }
    one
}

fn told(one: &Engagement) -> Vec<(String, usize)> {
    let all = ahead([one], TODAY);
    all.into_iter().map(|one| (one.author, one.days)).collect()
}

#[test]
fn t24_a_person_whose_clock_is_clearly_ahead_is_named_with_how_far() {
    let one = written_by(&[
        ("Haruka", TODAY + TEN_YEARS),
        ("Anna", TODAY),
        ("Haruka", TODAY + CLEARLY * 3),
    ]);
    assert_eq!(told(&one), [("Haruka".to_owned(), 3652)]);
    let all = ahead([&saved_and_loaded(&one), &one], TODAY);
    assert_eq!(doubt(&all, "Anna"), Doubt::Theirs(all[0].clone()));
    assert_eq!(all[0].at, TODAY + TEN_YEARS);
}

#[test]
fn t24_a_day_is_not_clearly_and_old_changes_are_nothing_unusual() {
    let one = written_by(&[("Haruka", TODAY + CLEARLY), ("Anna", TODAY - TEN_YEARS), ("Ben", 0)]);
    assert!(told(&one).is_empty());
    assert_eq!(doubt(&[], "Anna"), Doubt::None);
    let one = written_by(&[("Haruka", TODAY + CLEARLY + 1)]);
    assert_eq!(told(&one), [("Haruka".to_owned(), 1)]);
}

#[test]
fn t24_whoever_writes_over_a_value_that_is_ahead_is_not_blamed_for_it() {
    let mut one = written_by(&[("Haruka", TODAY + TEN_YEARS)]);
    one.apply(&Change::SetOwner("983".into(), "Anna".to_owned()), &by(draw(), TODAY));
    assert!(told(&one).is_empty());
    // Written at the same time apart, both values stand there: hers is still told of.
    let theirs = written_by(&[("Haruka", TODAY + TEN_YEARS)]);
    let both = merge(&one, &theirs).engagement;
    assert_eq!(told(&both), [("Haruka".to_owned(), 3652)]);
}

#[test]
fn t24_a_clock_here_that_is_behind_what_i_or_several_wrote_is_doubted_itself() {
    let newest = |all: &[Ahead]| all.iter().max_by_key(|one| one.at).cloned().expect("ahead");
    let mine = written_by(&[("Anna", TODAY), ("Haruka", 1_000)]);
    let all = ahead([&mine], 0);
    assert_eq!(doubt(&all, "Anna"), Doubt::Ours(newest(&all)));
    assert_eq!(all[0].at, TODAY);
    // Nobody has a name: whoever is ahead is somebody else.
    let nameless = ahead([&written_by(&[("", TODAY)])], 0);
    assert_eq!(doubt(&nameless, ""), Doubt::Theirs(newest(&nameless)));
    let several = ahead([&written_by(&[("Ben", TODAY), ("Haruka", TODAY + 5)])], 0);
    assert_eq!(doubt(&several, "Anna"), Doubt::Ours(newest(&several)));
    assert_eq!(newest(&several).author, "Haruka");
    // The clocks of a nightmare neither trap nor lie.
    for now in [i64::MIN, -1, 0, LATEST, i64::MAX] {
        assert_eq!(ahead([&mine], now).is_empty(), now >= TODAY);
    }
}
