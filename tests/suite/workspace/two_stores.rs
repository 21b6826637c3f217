//! T01, T03, T05, T07, T08 natively: localStorage keeps any beginning of what was not on the disk yet, the second store
//! takes a batch whole or not at all; tabs and the whole browser die at any point, batches fail, compactions fail or are
//! done unheard, the keeper changes, either store is gone at the next start.

use super::model::{Origin, Texts, View, entry_of, from_a_file, opened, tab};
use crate::support::{self, draw_from_the_start, fewer_cases};
use engagement_playbook::{
    engagement::{
        Engagement, Entry,
        stamp::{Dot, ReplicaId},
    },
    playbook::EngagementId,
    workspace::{Batch, KeyValue, Notice, SETTLED, SMALL, SafeState, Wanted, Workspace},
};
use proptest::{collection::vec, prelude::*};
use std::{cell::RefCell, collections::BTreeSet, rc::Rc};

/// The second store: a batch is written whole.
#[derive(Clone, Debug, Default)]
pub struct Second(pub Texts);

impl Second {
    pub fn small(&self) -> Vec<(String, String)> {
        let small = |key: &str| SMALL.iter().any(|(from, to)| (*from..*to).contains(&key));
        self.0
            .iter()
            .filter(|(key, _)| small(key))
            .map(|(key, text)| (key.clone(), text.clone()))
            .collect()
    }

    pub fn read(&self, wanted: &Wanted) -> Vec<(String, String)> {
        match wanted {
            Wanted::Nothing => Vec::new(),
            Wanted::These(keys) => keys
                .iter()
                .filter_map(|key| Some((key.clone(), self.0.get(key)?.clone())))
                .collect(),
            Wanted::Everything => self.0.clone().into_iter().collect(),
        }
    }

    pub fn write(&mut self, batch: &Batch) {
        batch.delete.iter().for_each(|key| drop(self.0.remove(key)));
        self.0.extend(batch.put.iter().cloned());
    }

    /// What a start does: both stores are read before anybody edits.
    pub fn open<S: KeyValue>(&self, store: S, now: i64) -> Workspace<S> {
        let mut workspace = Workspace::begin(store, tab(true), now);
        let wanted = workspace.look_into(self.small(), now);
        workspace.recover(Some(self.read(&Wanted::These(wanted))), now);
        workspace
    }

    /// Writes what waits, and tells that it is there.
    pub fn append<S: KeyValue>(&mut self, workspace: &mut Workspace<S>) {
        while let Some((number, batch)) = workspace.take_batch(false) {
            self.write(&batch);
            workspace.batch_done(number);
        }
    }

    /// One look after the second store. What it wrote.
    pub fn tend<S: KeyValue>(&mut self, workspace: &mut Workspace<S>, keeper: bool, now: i64) -> Option<Batch> {
        let wanted = workspace.plan_compaction(self.small(), keeper, now);
        (wanted != Wanted::Nothing).then(|| {
            let batch = workspace.compact(self.read(&wanted), now);
            self.write(&batch);
            workspace.compacted(true);
            batch
        })
    }
}

#[derive(Clone, Copy, Debug)]
enum Done {
    Told,
    /// It was written, but nobody heard of it.
    Unheard,
    Failed,
}

#[derive(Clone, Debug)]
enum Step {
    Open,
    Edit(usize, bool, support::Edit),
    Import(usize, u8),
    /// The batch under way comes to its end.
    Written(usize, Done),
    Compact(usize, bool, Done),
    Deliver(usize, usize),
    Wait(i64),
    Keep,
    KeepOn,
    Sign(usize),
    KillTab(usize),
    /// The whole browser dies; so many of the last writes to localStorage were not on the disk.
    Kill(usize),
    /// The browser is closed in peace, and localStorage is gone at the next start.
    LoseLocal,
    /// The browser is closed in peace, and the second store is gone at the next start.
    LoseSecond,
}

fn done() -> impl Strategy<Value = Done> {
    prop_oneof![6 => Just(Done::Told), 1 => Just(Done::Unheard), 1 => Just(Done::Failed)]
}

fn step() -> impl Strategy<Value = Step> {
    let tab = 0..3_usize;
    prop_oneof![
        2 => Just(Step::Open),
        12 => (tab.clone(), any::<bool>(), support::edit()).prop_map(|(tab, other, edit)| Step::Edit(tab, other, edit)),
        1 => (tab.clone(), 0..4_u8).prop_map(|(tab, name)| Step::Import(tab, name)),
        10 => (tab.clone(), done()).prop_map(|(tab, done)| Step::Written(tab, done)),
        5 => (tab.clone(), any::<bool>(), done()).prop_map(|(tab, keeper, done)| Step::Compact(tab, keeper, done)),
        4 => (tab.clone(), 0..6_usize).prop_map(|(tab, most)| Step::Deliver(tab, most)),
        2 => prop_oneof![0..3_000_i64, 8_000..13_000_i64, Just(70_000_i64)].prop_map(Step::Wait),
        3 => Just(Step::Keep),
        1 => Just(Step::KeepOn),
        1 => tab.clone().prop_map(Step::Sign),
        1 => tab.prop_map(Step::KillTab),
        2 => (0..30_usize).prop_map(Step::Kill),
        1 => Just(Step::LoseLocal),
        1 => Just(Step::LoseSecond),
    ]
}

struct Open {
    view: View,
    workspace: Workspace<View>,
    under_way: Option<(u64, Batch)>,
    /// What this tab answers for when it says safe.
    promised: Vec<Entry>,
}

struct World {
    origin: Rc<RefCell<Origin>>,
    second: Second,
    opened: usize,
    tabs: Vec<Open>,
    made: Vec<Entry>,
    /// Of which a tab has said that it is safe.
    safe: Vec<Entry>,
    notices: Vec<Notice>,
    recoveries: usize,
}

fn id(other: bool) -> EngagementId {
    if other { "fabrikam".into() } else { support::contoso() }
}

fn dot(entry: &Entry) -> Dot {
    let stamp = entry.writes[0].written.mark.stamp;
    Dot {
        replica: stamp.replica,
        sequence: entry.sequence,
    }
}

fn has<S: KeyValue>(workspace: &Workspace<S>, entry: &Entry) -> bool {
    workspace
        .get(&entry.engagement)
        .is_some_and(|one| one.vector().covers(dot(entry)))
}

impl World {
    fn new() -> Self {
        draw_from_the_start();
        let now = 1_000_000;
        let mut world = Self {
            origin: Rc::new(RefCell::new(Origin {
                now,
                ..Origin::default()
            })),
            second: Second::default(),
            opened: 0,
            tabs: Vec::new(),
            made: Vec::new(),
            safe: Vec::new(),
            notices: Vec::new(),
            recoveries: 0,
        };
        world.open();
        world
    }

    fn now(&self) -> i64 {
        self.origin.borrow().now
    }

    fn begin(&mut self) -> (View, Workspace<View>) {
        let view = View::new(&self.origin, self.opened);
        self.opened += 1;
        let workspace = self.second.open(view.clone(), self.now());
        (view, workspace)
    }

    fn open(&mut self) {
        if self.tabs.len() < 3 {
            let (view, workspace) = self.begin();
            let promised = self
                .made
                .iter()
                .filter(|entry| has(&workspace, entry))
                .cloned()
                .collect();
            self.tabs.push(Open {
                view,
                workspace,
                under_way: None,
                promised,
            });
        }
    }

    fn tab(&mut self, choice: usize) -> Option<&mut Open> {
        let latest = self.now() - (SETTLED - 1_000);
        let count = self.tabs.len().max(1);
        let open = self.tabs.get_mut(choice % count)?;
        open.view.deliver(0, latest);
        Some(open)
    }

    /// What localStorage has on its own.
    fn saved(&self) -> Vec<Entry> {
        let count = self.origin.borrow().log.len();
        let alone = opened(self.origin.borrow().after(count));
        self.made.iter().filter(|entry| has(&alone, entry)).cloned().collect()
    }

    /// What the app does after every change, in the same task.
    fn look(&mut self) {
        let mut told = Vec::new();
        for open in &mut self.tabs {
            if open.under_way.is_none() {
                open.under_way = open.workspace.take_batch(false);
            }
            if open.workspace.safe_state() == SafeState::Safe {
                told.extend(open.promised.iter().cloned());
            }
            self.notices.extend(open.workspace.take_notices());
        }
        let known: BTreeSet<(EngagementId, Dot)> =
            self.safe.iter().map(|one| (one.engagement.clone(), dot(one))).collect();
        self.safe.extend(
            told.into_iter()
                .filter(|one| !known.contains(&(one.engagement.clone(), dot(one)))),
        );
    }

    fn keep(&mut self) {
        let now = self.now();
        let living: BTreeSet<ReplicaId> = self.tabs.iter().map(|open| open.workspace.replica()).collect();
        self.compact(0, true, Done::Told);
        if let Some(open) = self.tab(0) {
            let dead: Vec<ReplicaId> = open.workspace.others().difference(&living).copied().collect();
            open.workspace.keep(now, &dead);
        }
    }

    fn compact(&mut self, choice: usize, keeper: bool, done: Done) {
        let (now, mut second) = (self.now(), self.second.clone());
        let Some(open) = self.tab(choice) else { return };
        let wanted = open.workspace.plan_compaction(second.small(), keeper, now);
        if wanted == Wanted::Nothing {
            return;
        }
        let batch = open.workspace.compact(second.read(&wanted), now);
        second.write(&batch);
        open.workspace.compacted(matches!(done, Done::Told));
        if !matches!(done, Done::Failed) {
            self.second = second;
        }
    }

    fn edit(&mut self, choice: usize, other: bool, change: &support::Edit) {
        let (now, id, change) = (self.now(), id(other), change.change());
        let Some(open) = self.tab(choice) else { return };
        let _ = open.workspace.apply(&id, &[], now);
        let before = open.workspace.get(&id).cloned();
        let done = match before {
            Some(_) => open.workspace.apply(&id, &[change], now),
            None => open.workspace.create(&id, &[change], now),
        };
        if let (Ok(_), Some(after)) = (done, open.workspace.get(&id))
            && let Some(entry) = entry_of(before.as_ref(), after, open.workspace.replica())
        {
            open.promised.push(entry.clone());
            self.made.push(entry);
        }
    }

    fn import(&mut self, choice: usize, name: u8) {
        let now = self.now();
        let Some(open) = self.tab(choice) else { return };
        let change = support::Edit::Customer(name).change();
        let files = [false, true].map(|other| from_a_file(&id(other), std::slice::from_ref(&change), now));
        if open.workspace.merge_in(&files, now).is_ok() {
            let entries = files
                .iter()
                .filter_map(|file: &Engagement| entry_of(None, file, *file.vector().0.keys().next()?));
            let entries: Vec<Entry> = entries.collect();
            open.promised.extend(entries.iter().cloned());
            self.made.extend(entries);
        }
    }

    fn written(&mut self, choice: usize, done: Done) {
        let mut second = std::mem::take(&mut self.second);
        if let Some(open) = self.tab(choice)
            && let Some((number, batch)) = open.under_way.take()
        {
            if !matches!(done, Done::Failed) {
                second.write(&batch);
            }
            match done {
                Done::Told => open.workspace.batch_done(number),
                Done::Unheard | Done::Failed => open.workspace.batch_failed(number),
            }
        }
        self.second = second;
    }

    /// The next start: everything safe is there, in whoever opens now.
    fn start(&mut self) -> Result<(), TestCaseError> {
        self.tabs.clear();
        let (_, mut fresh) = self.begin();
        let lost: Vec<&Entry> = self.safe.iter().filter(|entry| !has(&fresh, entry)).collect();
        prop_assert!(lost.is_empty(), "lost: {lost:?}");
        self.check_values(&fresh)?;
        let notices = fresh.take_notices();
        self.recoveries += notices
            .iter()
            .filter(|notice| matches!(notice, Notice::Recovered(_)))
            .count();
        self.notices.extend(notices);
        // What was lost with the power was nobody's: it will not come back.
        self.made.retain(|entry| has(&fresh, entry));
        Ok(())
    }

    /// Everything that stands was done once, under its own number; what is there and was not replaced stands.
    fn check_values<S: KeyValue>(&self, workspace: &Workspace<S>) -> Result<(), TestCaseError> {
        let mut dots = BTreeSet::new();
        for entry in &self.made {
            prop_assert!(
                dots.insert((entry.engagement.clone(), dot(entry))),
                "a number was used twice: {entry:?}"
            );
        }
        for engagement in workspace.engagements() {
            let here: Vec<Entry> = self
                .made
                .iter()
                .filter(|entry| has(workspace, entry))
                .cloned()
                .collect();
            support::assert_holds(engagement, &here)?;
        }
        Ok(())
    }

    fn take(&mut self, step: &Step) -> Result<(), TestCaseError> {
        let now = self.now();
        match step {
            Step::Open => self.open(),
            Step::Edit(choice, other, change) => self.edit(*choice, *other, change),
            Step::Import(choice, name) => self.import(*choice, *name),
            Step::Written(choice, done) => self.written(*choice, *done),
            Step::Compact(choice, keeper, done) => self.compact(*choice, *keeper, *done),
            Step::Deliver(choice, most) => {
                if let Some(open) = self.tab(*choice) {
                    open.view.deliver(*most, 0);
                    open.workspace.hear(now);
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
            Step::Sign(choice) => {
                if let Some(open) = self.tab(*choice) {
                    open.workspace.sign("Grace", "ja");
                }
            }
            Step::KillTab(choice) => {
                let count = self.tabs.len().max(1);
                if choice % count < self.tabs.len() {
                    self.tabs.remove(choice % count);
                }
            }
            Step::Kill(unsynced) => {
                let kept = self.origin.borrow().log.len().saturating_sub(*unsynced);
                self.origin.borrow_mut().log.truncate(kept);
                self.start()?;
                self.open();
            }
            Step::LoseLocal => {
                // What was not safe is gone with it.
                self.origin.borrow_mut().log.clear();
                self.start()?;
                self.open();
            }
            Step::LoseSecond => {
                self.second = Second::default();
                // Only localStorage has it now: nobody may call it safe before it stands in both again.
                self.safe = self.saved();
                self.start()?;
                self.safe.clear();
                self.open();
            }
        }
        self.look();
        Ok(())
    }
}

/// Notices that belong to damage, or to an edit done again under another number.
fn alarming(notices: &[Notice]) -> Vec<&Notice> {
    // An import of which localStorage kept the beginning only is put aside there, wherever else it is whole.
    let calm = |notice: &&Notice| match notice {
        Notice::NewReplica | Notice::Recovered(_) => true,
        Notice::Damaged { key, kept_as: Some(_) } => key.starts_with("ep.m."),
        _ => false,
    };
    notices.iter().filter(|notice| !calm(notice)).collect()
}

proptest! {
    #![proptest_config(fewer_cases(1))]

    /// T01 and T03: after a kill the next start has everything that a tab called safe.
    #[test]
    fn t03_no_safe_edit_is_lost_and_none_is_done_twice(steps in vec(step(), 1..60)) {
        let mut world = World::new();
        for step in &steps {
            world.take(step)?;
        }
        world.take(&Step::Kill(1_000))?;
        prop_assert!(alarming(&world.notices).is_empty(), "{:?}", alarming(&world.notices));
    }

    /// After some quiet every tab says safe, and each store is enough on its own.
    #[test]
    fn t08_in_the_end_each_store_has_everything(steps in vec(step(), 1..40)) {
        let mut world = World::new();
        for step in &steps {
            world.take(step)?;
        }
        world.open();
        for _ in 0..8 {
            for place in 0..world.tabs.len() {
                world.take(&Step::Deliver(place, usize::MAX))?;
                world.take(&Step::Written(place, Done::Told))?;
                world.take(&Step::Compact(place, place == 0, Done::Told))?;
            }
            world.take(&Step::KeepOn)?;
        }
        for open in &world.tabs {
            prop_assert_eq!(open.workspace.safe_state(), SafeState::Safe);
        }
        let made: Vec<Entry> = world.tabs.iter().flat_map(|open| &open.promised).cloned().collect();
        prop_assert_eq!(world.saved().len(), world.made.iter().filter(|entry| made.contains(entry)).count());
        world.take(&Step::LoseLocal)?;
        prop_assert!(made.iter().all(|entry| world.made.contains(entry)));
    }
}

/// Two entries wait for the same lost one, and one of them replaced the other: they are joined in that order.
#[test]
fn t08_what_replaced_another_orphan_is_joined_after_it() -> Result<(), TestCaseError> {
    use support::Edit;
    let mut world = World::new();
    for step in [
        Step::Edit(0, false, Edit::Write(0, 1)),
        Step::LoseSecond,
        Step::Edit(0, false, Edit::Reword(0, 2)),
        Step::Written(0, Done::Told),
        Step::Kill(2),
        Step::Sign(0),
        Step::Edit(0, false, Edit::Write(0, 0)),
        Step::Written(0, Done::Told),
        Step::LoseLocal,
    ] {
        world.take(&step)?;
    }
    Ok(())
}
