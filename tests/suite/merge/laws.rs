//! T22: the laws, over 2 to 6 replicas, random edits, any order, duplication and partial exchange.

use crate::support::{Edit, assert_holds, by, cases, contoso, draw, draw_from_the_start, edit, saved_and_loaded};
use engagement_playbook::engagement::{Engagement, Entry, merge, node, stamp::ReplicaId};
use proptest::{collection::vec, prelude::*};

/// One thing that happens to one of the copies.
#[derive(Clone, Debug)]
enum Step {
    /// Its owner edits.
    Edit(usize, Edit),
    /// The second gives its copy to the first, as it is now or as it was some steps ago.
    Exchange(usize, usize, usize),
    /// Its owner starts again: another replica.
    Restart(usize),
    /// It goes through a file.
    Save(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let copy = 0..6_usize;
    prop_oneof![
        6 => (copy.clone(), edit()).prop_map(|(copy, edit)| Step::Edit(copy, edit)),
        4 => (copy.clone(), copy.clone(), 0..4_usize).prop_map(|(to, from, ago)| Step::Exchange(to, from, ago)),
        1 => copy.clone().prop_map(Step::Restart),
        1 => copy.prop_map(Step::Save),
    ]
}

/// Copies with all that they ever were.
struct World {
    copies: Vec<Vec<Engagement>>,
    edits: Vec<Entry>,
}

impl World {
    /// Lets it happen among `count` copies; each clock shows what the number of steps says.
    fn after(count: usize, steps: &[Step]) -> Self {
        draw_from_the_start();
        let mut world = Self {
            copies: vec![vec![Engagement::new(contoso())]; count],
            edits: Vec::new(),
        };
        let mut replicas: Vec<ReplicaId> = (0..count).map(|_| draw()).collect();
        for (number, step) in steps.iter().enumerate() {
            match step {
                Step::Edit(copy, edit) => {
                    let mut now = world.now(copy % count).clone();
                    let signature = by(replicas[copy % count], 1_000_000 + 7 * (number as i64 / 3));
                    world.edits.extend(now.apply(&edit.change(), &signature));
                    world.copies[copy % count].push(now);
                }
                Step::Exchange(to, from, ago) => {
                    let past = &world.copies[from % count];
                    let joined = merge(world.now(to % count), &past[past.len().saturating_sub(ago + 1)]).engagement;
                    world.copies[to % count].push(joined);
                }
                Step::Restart(copy) => replicas[copy % count] = draw(),
                Step::Save(copy) => {
                    let loaded = saved_and_loaded(world.now(copy % count));
                    world.copies[copy % count].push(loaded);
                }
            }
        }
        world
    }

    fn now(&self, copy: usize) -> &Engagement {
        self.copies[copy].last().expect("a copy begins empty")
    }

    fn everything(&self) -> Vec<&Engagement> {
        self.copies.iter().flatten().collect()
    }
}

fn join(a: &Engagement, b: &Engagement) -> Engagement {
    merge(a, b).engagement
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn t22_merge_is_commutative_associative_and_idempotent(
        count in 2..7_usize, steps in vec(step(), 1..60), picks in vec(any::<prop::sample::Index>(), 12)
    ) {
        let world = World::after(count, &steps);
        let all = world.everything();
        for three in picks.chunks(3) {
            let [a, b, c] = [0, 1, 2].map(|place| all[three[place].index(all.len())]);
            prop_assert_eq!(join(a, b), join(b, a));
            prop_assert_eq!(join(&join(a, b), c), join(a, &join(b, c)));
            prop_assert_eq!(&join(a, a), a);
            prop_assert_eq!(join(&join(a, b), b), join(a, b));
        }
    }

    #[test]
    fn t22_an_older_copy_brings_nothing(count in 2..7_usize, steps in vec(step(), 1..60)) {
        let world = World::after(count, &steps);
        for copy in &world.copies {
            let now = copy.last().expect("a copy begins empty");
            for older in copy {
                let merged = merge(now, older);
                prop_assert_eq!(&merged.engagement, now);
                prop_assert!(!merged.news_for_mine);
                prop_assert_eq!(merged.news_for_theirs, older != now);
            }
        }
    }

    #[test]
    fn t22_no_edit_is_lost(count in 2..7_usize, steps in vec(step(), 1..60), order in any::<prop::sample::Index>()) {
        let world = World::after(count, &steps);
        let mut joined = world.now(order.index(count)).clone();
        for copy in 0..count {
            joined = join(&joined, world.now((copy + order.index(count)) % count));
        }
        assert_holds(&joined, &world.edits)?;
    }

    /// An edit sees everything that stands in its field, and settles it.
    #[test]
    fn t22_an_edit_settles_what_it_saw(count in 2..7_usize, steps in vec(step(), 1..60), last in edit()) {
        let world = World::after(count, &steps);
        let mut joined = (1..count).fold(world.now(0).clone(), |joined, copy| join(&joined, world.now(copy)));
        if let Some(entry) = joined.apply(&last.change(), &by(draw(), 0)) {
            for write in &entry.writes {
                let names: Vec<&str> = write.path.iter().map(String::as_str).collect();
                let register = node::find(joined.body(), &names);
                prop_assert_eq!(register.map(|register| register.all()), Some(std::slice::from_ref(&write.written)));
            }
        }
    }

    #[test]
    fn t22_saving_and_loading_change_nothing(count in 2..7_usize, steps in vec(step(), 1..60)) {
        let world = World::after(count, &steps);
        for one in world.everything() {
            prop_assert_eq!(&saved_and_loaded(one), one);
        }
    }
}
