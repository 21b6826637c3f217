//! T09, T03, T10: two to five tabs over one storage, each with a view of its own that lags behind, edits everywhere, the
//! keeper changing hands, tabs dying between any two writes, power failing after any write.

use super::model::{Ledger, Origin, View, edit, from_a_file, opened, tab};
use crate::support::{self, draw_from_the_start, fewer_cases};
use engagement_playbook::{
    engagement::stamp::ReplicaId,
    playbook::EngagementId,
    workspace::{Notice, SETTLED, Workspace},
};
use proptest::{collection::vec, prelude::*};
use std::{cell::RefCell, collections::BTreeSet, rc::Rc};

#[derive(Clone, Debug)]
enum Step {
    Open,
    Edit(usize, bool, support::Edit),
    /// So many writes of others arrive; the tab hears of each key, or of all at once, or not at all.
    Deliver(usize, usize, u8),
    Wait(i64),
    Keep,
    /// Half a minute in which only the keeper does anything.
    KeepOn,
    Kill(usize),
    /// The tab dies after so many writes of what it does next.
    KillAmid(usize, usize, Option<support::Edit>),
    Sign(usize),
    Import(usize, u8),
}

fn step() -> impl Strategy<Value = Step> {
    let tab = 0..5_usize;
    prop_oneof![
        2 => Just(Step::Open),
        10 => (tab.clone(), any::<bool>(), support::edit()).prop_map(|(tab, other, edit)| Step::Edit(tab, other, edit)),
        8 => (tab.clone(), 0..6_usize, 0..3_u8).prop_map(|(tab, most, how)| Step::Deliver(tab, most, how)),
        5 => prop_oneof![0..3_000_i64, 8_000..13_000_i64, Just(70_000_i64)].prop_map(Step::Wait),
        6 => Just(Step::Keep),
        3 => Just(Step::KeepOn),
        1 => tab.clone().prop_map(Step::Kill),
        2 => (tab.clone(), 0..4_usize, proptest::option::of(support::edit())).prop_map(|(tab, writes, edit)| Step::KillAmid(tab, writes, edit)),
        1 => tab.clone().prop_map(Step::Sign),
        1 => (tab, 0..4_u8).prop_map(|(tab, name)| Step::Import(tab, name)),
    ]
}

struct Open {
    view: View,
    workspace: Workspace<View>,
}

struct World {
    origin: Rc<RefCell<Origin>>,
    tabs: Vec<Option<Open>>,
    /// The holder of the keeper's lock.
    keeper: Option<usize>,
    locks: bool,
    ledger: Ledger,
    /// After how many writes how many edits were said to be saved.
    acknowledged: Vec<(usize, usize)>,
    notices: Vec<Notice>,
}

fn id(other: bool) -> EngagementId {
    if other { "fabrikam".into() } else { support::contoso() }
}

impl World {
    fn new(locks: bool) -> Self {
        draw_from_the_start();
        let origin = Rc::new(RefCell::new(Origin {
            now: 1_000_000,
            ..Origin::default()
        }));
        let mut world = Self {
            origin,
            tabs: Vec::new(),
            keeper: None,
            locks,
            ledger: Ledger::default(),
            acknowledged: Vec::new(),
            notices: Vec::new(),
        };
        world.open();
        world
    }

    fn now(&self) -> i64 {
        self.origin.borrow().now
    }

    fn open(&mut self) {
        if self.tabs.iter().flatten().count() < 5 {
            let view = View::new(&self.origin, self.tabs.len());
            let workspace = Workspace::open(view.clone(), tab(self.locks), self.now());
            self.tabs.push(Some(Open { view, workspace }));
        }
    }

    /// One of the tabs that are open, brought up to what a browser guarantees.
    fn tab(&mut self, choice: usize) -> Option<&mut Open> {
        let latest = self.now() - (SETTLED - 1_000);
        let alive: Vec<usize> = (0..self.tabs.len())
            .filter(|place| self.tabs[*place].is_some())
            .collect();
        let place = *alive.get(choice % alive.len().max(1))?;
        let open = self.tabs[place].as_mut()?;
        open.view.deliver(0, latest);
        Some(open)
    }

    fn replicas_alive(&self) -> BTreeSet<ReplicaId> {
        self.tabs
            .iter()
            .flatten()
            .map(|open| open.workspace.replica())
            .collect()
    }

    fn keep(&mut self) {
        let alive: Vec<usize> = (0..self.tabs.len())
            .filter(|place| self.tabs[*place].is_some())
            .collect();
        if !self.keeper.is_some_and(|keeper| alive.contains(&keeper)) {
            self.keeper = alive.first().copied();
        }
        let Some(place) = self
            .keeper
            .and_then(|keeper| alive.iter().position(|one| *one == keeper))
        else {
            return;
        };
        let (now, living) = (self.now(), self.replicas_alive());
        if let Some(open) = self.tab(place) {
            let dead: Vec<ReplicaId> = open.workspace.others().difference(&living).copied().collect();
            open.workspace.keep(now, &dead);
        }
    }

    fn take(&mut self, step: &Step) {
        let now = self.now();
        let mut ledger = std::mem::take(&mut self.ledger);
        match step {
            Step::Open => self.open(),
            Step::Edit(choice, other, change) => {
                if let Some(open) = self.tab(*choice) {
                    edit(&mut open.workspace, &id(*other), &change.change(), now, &mut ledger);
                }
            }
            Step::Deliver(choice, most, how) => {
                if let Some(open) = self.tab(*choice) {
                    let keys = open.view.deliver(*most, 0);
                    match how {
                        0 => drop(open.workspace.hear(now)),
                        1 => keys.iter().for_each(|key| drop(open.workspace.hear_of(key, now))),
                        _ => {}
                    }
                }
            }
            Step::Wait(time) => self.origin.borrow_mut().now += time,
            Step::Keep => self.keep(),
            Step::KeepOn => {
                for _ in 0..3 {
                    self.keep();
                    self.origin.borrow_mut().now += SETTLED;
                }
            }
            Step::Kill(choice) => self.kill(*choice),
            Step::KillAmid(choice, writes, change) => {
                if let Some(open) = self.tab(*choice) {
                    open.view.fuse.set(Some(*writes));
                    match change {
                        // Nobody is told that it is saved: the tab died.
                        Some(change) => {
                            let mut untold = Ledger::default();
                            edit(&mut open.workspace, &id(false), &change.change(), now, &mut untold);
                            ledger.made.extend(untold.made);
                        }
                        None => self.keep(),
                    }
                    if let Some(open) = self.tab(*choice) {
                        open.view.fuse.set(Some(0));
                    }
                    self.kill(*choice);
                }
            }
            Step::Sign(choice) => {
                if let Some(open) = self.tab(*choice) {
                    open.workspace.sign("Grace", "ja");
                }
            }
            Step::Import(choice, name) => {
                if let Some(open) = self.tab(*choice) {
                    let change = support::Edit::Customer(*name).change();
                    let files = [
                        from_a_file(&id(false), std::slice::from_ref(&change), now),
                        from_a_file(&id(true), &[change], now),
                    ];
                    if open.workspace.merge_in(&files, now).is_ok() {
                        let writes = files
                            .iter()
                            .filter_map(|file| super::model::entry_of(None, file, *file.vector().0.keys().next()?));
                        let writes: Vec<_> = writes.collect();
                        ledger.made.extend(writes.clone());
                        ledger.saved.extend(writes);
                    }
                }
            }
        }
        self.ledger = ledger;
        let acknowledged = (self.origin.borrow().log.len(), self.ledger.saved.len());
        self.acknowledged.push(acknowledged);
        for open in self.tabs.iter_mut().flatten() {
            self.notices.extend(open.workspace.take_notices());
        }
    }

    fn kill(&mut self, choice: usize) {
        let alive: Vec<usize> = (0..self.tabs.len())
            .filter(|place| self.tabs[*place].is_some())
            .collect();
        if let Some(place) = alive.get(choice % alive.len().max(1)) {
            self.tabs[*place] = None;
        }
    }

    /// Everybody hears everything.
    fn quiet(&mut self) {
        for _ in 0..3 {
            for place in 0..self.tabs.len() {
                let now = self.now();
                if let Some(open) = self.tabs[place].as_mut() {
                    open.view.deliver(usize::MAX, 0);
                    open.workspace.hear(now);
                }
            }
        }
    }

    /// Nothing that was said to be saved is lost, in any tab and for whoever opens the storage now.
    fn check(&mut self) -> Result<(), TestCaseError> {
        let count = self.origin.borrow().log.len();
        let fresh = opened(self.origin.borrow().after(count));
        prop_assert!(
            self.ledger.lost(&fresh).is_empty(),
            "lost in the storage: {:?}",
            self.ledger.lost(&fresh)
        );
        let texts = |workspace: &mut dyn Iterator<Item = String>| workspace.collect::<Vec<_>>();
        let want = texts(
            &mut fresh
                .engagements()
                .map(|one| serde_json::Value::Object(one.to_json()).to_string()),
        );
        for open in self.tabs.iter().flatten() {
            prop_assert!(self.ledger.lost(&open.workspace).is_empty(), "lost in a tab");
            let have = texts(
                &mut open
                    .workspace
                    .engagements()
                    .map(|one| serde_json::Value::Object(one.to_json()).to_string()),
            );
            prop_assert_eq!(&have, &want, "tabs differ");
        }
        Ok(())
    }
}

fn run(steps: &[Step], locks: bool) -> World {
    let mut world = World::new(locks);
    steps.iter().for_each(|step| world.take(step));
    world
}

/// Whether anything was said that belongs to damage only.
fn alarming(notices: &[Notice]) -> Vec<&Notice> {
    notices
        .iter()
        .filter(|notice| !matches!(notice, Notice::NewReplica))
        .collect()
}

proptest! {
    #![proptest_config(fewer_cases(2))]

    #[test]
    fn t09_tabs_converge_and_lose_nothing(steps in vec(step(), 1..80)) {
        let mut world = run(&steps, true);
        world.quiet();
        world.check()?;
        prop_assert!(alarming(&world.notices).is_empty(), "{:?}", alarming(&world.notices));
    }

    #[test]
    fn t09_the_keeper_leaves_only_snapshots_of_the_dead(steps in vec(step(), 1..60)) {
        let mut world = run(&steps, true);
        for place in 0..world.tabs.len() {
            world.tabs[place] = None;
        }
        world.open();
        for _ in 0..12 {
            world.keep();
            world.origin.borrow_mut().now += SETTLED;
            world.quiet();
        }
        world.check()?;
        let count = world.origin.borrow().log.len();
        let left: Vec<String> = world.origin.borrow().after(count).into_keys().filter(|key| !key.starts_with("ep.e.")).collect();
        // Only an import that was cut off may have been put aside.
        prop_assert!(left.iter().all(|key| key.starts_with("ep.q.") && key.contains(".ep.m.")), "{left:?}");
    }

    #[test]
    fn t09_without_locks_nothing_is_removed_and_nothing_lost(steps in vec(step(), 1..60)) {
        let mut world = run(&steps, false);
        world.quiet();
        world.check()?;
        prop_assert!(world.origin.borrow().log.iter().all(|one| one.text.is_some() || !one.key.starts_with("ep.j.")));
    }

    /// After a power cut the storage is as it was after some write; what was said to be saved by then is there.
    #[test]
    fn t03_power_fails_after_any_write(steps in vec(step(), 1..40)) {
        let world = run(&steps, true);
        let count = world.origin.borrow().log.len();
        for cut in 0..=count {
            let saved = world.acknowledged.iter().rev().find(|(writes, _)| *writes <= cut).map_or(0, |(_, saved)| *saved);
            let ledger = Ledger { saved: world.ledger.saved[..saved].to_vec(), made: world.ledger.made.clone() };
            let mut reopened = opened(world.origin.borrow().after(cut));
            prop_assert!(ledger.lost(&reopened).is_empty(), "lost after write {cut} of {count}: {:?}", ledger.lost(&reopened));
            prop_assert!(alarming(&reopened.take_notices()).is_empty());
        }
    }
}

#[test]
fn t10_a_duplicated_tab_draws_a_replica_of_its_own() {
    let origin = Rc::new(RefCell::new(Origin::default()));
    let mut first = Workspace::open(View::new(&origin, 0), tab(true), 5);
    edit(
        &mut first,
        &id(false),
        &support::Edit::Customer(1).change(),
        5,
        &mut Ledger::default(),
    );
    // The second draws the first's replica, as a copied page might; it notices and draws again.
    draw_from_the_start();
    let second = Workspace::open(View::new(&origin, 1), tab(true), 5);
    assert_ne!(first.replica(), second.replica());
}

#[test]
fn t11_a_tab_that_slept_merges_before_it_writes() {
    let origin = Rc::new(RefCell::new(Origin::default()));
    let views = [View::new(&origin, 0), View::new(&origin, 1)];
    let [mut asleep, mut awake] = views.clone().map(|view| Workspace::open(view, tab(true), 1_000));
    edit(
        &mut asleep,
        &id(false),
        &support::Edit::Customer(1).change(),
        2_000,
        &mut Ledger::default(),
    );
    views[1].deliver(usize::MAX, 0);
    awake.hear(3_000);
    edit(
        &mut awake,
        &id(false),
        &support::Edit::Customer(2).change(),
        4_000,
        &mut Ledger::default(),
    );
    // A day later no event was heard, but the writes have long arrived.
    views[0].deliver(usize::MAX, 0);
    edit(
        &mut asleep,
        &id(false),
        &support::Edit::Customer(3).change(),
        86_400_000,
        &mut Ledger::default(),
    );
    views[1].deliver(usize::MAX, 0);
    awake.hear(86_400_001);
    for workspace in [&asleep, &awake] {
        assert!(
            workspace
                .get(&id(false))
                .is_some_and(|one| one.conflicts().is_empty() && one.customer() == "確認済み")
        );
    }
    assert!(
        asleep.hear(86_400_002).contains(&id(false)),
        "and what it heard then is told with the next"
    );
}
