//! A model of localStorage as browsers have it: one origin with a log of writes, tabs that see others' writes late and in
//! order, calls that fail or answer wrongly, tabs that die between two writes, power that fails.

use crate::support::{by, draw};
use engagement_playbook::{
    engagement::{Change, Engagement, Entry, Write, node, stamp::ReplicaId},
    playbook::EngagementId,
    workspace::{KeyValue, SaveState, StoreError, Tab, Workspace},
};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

/// Everything under its key.
pub type Texts = BTreeMap<String, String>;

/// One write that arrived: when, from which tab, what.
#[derive(Clone, Debug)]
pub struct Arrived {
    pub at: i64,
    pub tab: usize,
    pub key: String,
    pub text: Option<String>,
}

/// What all tabs write to.
#[derive(Debug, Default)]
pub struct Origin {
    pub log: Vec<Arrived>,
    pub now: i64,
}

impl Origin {
    /// What stands after the first so many writes.
    pub fn after(&self, count: usize) -> Texts {
        let mut texts = Texts::new();
        self.log[..count].iter().for_each(|one| put(&mut texts, one));
        texts
    }
}

fn put(texts: &mut Texts, one: &Arrived) {
    match &one.text {
        Some(text) => drop(texts.insert(one.key.clone(), text.clone())),
        None => drop(texts.remove(&one.key)),
    }
}

/// The origin as one tab sees it: what has been delivered to it, and its own writes at once.
#[derive(Clone, Debug)]
pub struct View {
    origin: Rc<RefCell<Origin>>,
    tab: usize,
    seen: Rc<Cell<usize>>,
    base: Rc<RefCell<Texts>>,
    /// Writes until the tab dies in the middle of what it does.
    pub fuse: Rc<Cell<Option<usize>>>,
}

impl View {
    /// A tab that is opened now: it begins with what stands there.
    pub fn new(origin: &Rc<RefCell<Origin>>, tab: usize) -> Self {
        let count = origin.borrow().log.len();
        let base = origin.borrow().after(count);
        Self {
            origin: origin.clone(),
            tab,
            seen: Rc::new(Cell::new(count)),
            base: Rc::new(RefCell::new(base)),
            fuse: Rc::default(),
        }
    }

    /// The next writes of others arrive here, at most so many; in any case all that are older than `latest`.
    /// Returns their keys.
    pub fn deliver(&self, most: usize, latest: i64) -> Vec<String> {
        let origin = self.origin.borrow();
        let from = self.seen.get();
        let due = origin.log[from..].iter().take_while(|one| one.at <= latest).count();
        let to = from.saturating_add(most.max(due)).min(origin.log.len());
        origin.log[from..to]
            .iter()
            .for_each(|one| put(&mut self.base.borrow_mut(), one));
        self.seen.set(to);
        origin.log[from..to]
            .iter()
            .filter(|one| one.tab != self.tab)
            .map(|one| one.key.clone())
            .collect()
    }

    fn texts(&self) -> Texts {
        let mut texts = self.base.borrow().clone();
        let origin = self.origin.borrow();
        origin.log[self.seen.get()..]
            .iter()
            .filter(|one| one.tab == self.tab)
            .for_each(|one| put(&mut texts, one));
        texts
    }

    fn write(&mut self, key: &str, text: Option<&str>) {
        match self.fuse.get() {
            Some(0) => return,
            Some(left) => self.fuse.set(Some(left - 1)),
            None => {}
        }
        let mut origin = self.origin.borrow_mut();
        let arrived = Arrived {
            at: origin.now,
            tab: self.tab,
            key: key.to_owned(),
            text: text.map(str::to_owned),
        };
        origin.log.push(arrived);
    }
}

impl KeyValue for View {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        let origin = self.origin.borrow();
        let own = origin.log[self.seen.get()..]
            .iter()
            .rev()
            .find(|one| one.tab == self.tab && one.key == key);
        Ok(own.map_or_else(|| self.base.borrow().get(key).cloned(), |one| one.text.clone()))
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), StoreError> {
        self.write(key, Some(text));
        Ok(())
    }

    fn remove(&mut self, key: &str) -> Result<(), StoreError> {
        self.write(key, None);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.texts().into_keys().collect())
    }
}

/// What goes wrong with one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It throws, and nothing was done.
    Throws(StoreError),
    /// A read answers what stood there before the last write to that key; a write throws although it was done.
    Stale,
}

/// Which calls a fault hits, counted from 0.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub fault: Fault,
    pub first: usize,
    /// Only that call, or all from there on.
    pub always: bool,
    /// Writes only.
    pub writes: bool,
}

#[derive(Debug, Default)]
struct Inner {
    texts: Texts,
    before: BTreeMap<String, Option<String>>,
    calls: usize,
    plan: Option<Plan>,
    /// Keys for which there is no room.
    refused: Option<fn(&str) -> bool>,
    /// A key that cannot be read.
    unreadable: Option<String>,
}

/// One storage whose calls can fail as planned; clones share it.
#[derive(Clone, Debug, Default)]
pub struct Faulty(Rc<RefCell<Inner>>);

impl Faulty {
    pub fn holding(texts: Texts) -> Self {
        Self(Rc::new(RefCell::new(Inner {
            texts,
            ..Inner::default()
        })))
    }

    pub fn plan(&self, plan: Option<Plan>) {
        let mut inner = self.0.borrow_mut();
        (inner.plan, inner.calls) = (plan, 0);
    }

    /// From now on there is no room for these keys.
    pub fn refuse(&self, keys: fn(&str) -> bool) {
        self.0.borrow_mut().refused = Some(keys);
    }

    /// From now on this key cannot be read.
    pub fn hide(&self, key: Option<&str>) {
        self.0.borrow_mut().unreadable = key.map(str::to_owned);
    }

    /// Calls since the plan was made.
    pub fn calls(&self) -> usize {
        self.0.borrow().calls
    }

    pub fn texts(&self) -> Texts {
        self.0.borrow().texts.clone()
    }

    /// Somebody else writes, past all faults.
    pub fn put(&self, key: &str, text: Option<&str>) {
        let mut inner = self.0.borrow_mut();
        match text {
            Some(text) => drop(inner.texts.insert(key.to_owned(), text.to_owned())),
            None => drop(inner.texts.remove(key)),
        }
    }

    fn fault(&self, writes: bool) -> Option<Fault> {
        let mut inner = self.0.borrow_mut();
        let plan = inner.plan.filter(|plan| writes || !plan.writes)?;
        let call = inner.calls;
        inner.calls += 1;
        (call == plan.first || plan.always && call > plan.first).then_some(plan.fault)
    }

    fn write(&self, key: &str, text: Option<&str>) -> Result<(), StoreError> {
        let fault = self.fault(true);
        if let Some(Fault::Throws(why)) = fault {
            return Err(why);
        }
        if text.is_some() && self.0.borrow().refused.is_some_and(|refused| refused(key)) {
            return Err(StoreError::Full);
        }
        let mut inner = self.0.borrow_mut();
        let old = inner.texts.get(key).cloned();
        inner.before.insert(key.to_owned(), old);
        drop(inner);
        self.put(key, text);
        if fault.is_some() {
            Err(StoreError::Blocked)
        } else {
            Ok(())
        }
    }
}

impl KeyValue for Faulty {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        match self.fault(false) {
            _ if self.0.borrow().unreadable.as_deref() == Some(key) => Err(StoreError::Blocked),
            Some(Fault::Throws(why)) => Err(why),
            Some(Fault::Stale) if self.0.borrow().before.contains_key(key) => Ok(self.0.borrow().before[key].clone()),
            _ => Ok(self.0.borrow().texts.get(key).cloned()),
        }
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), StoreError> {
        self.write(key, Some(text))
    }

    fn remove(&mut self, key: &str) -> Result<(), StoreError> {
        self.write(key, None)
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        match self.fault(false) {
            Some(Fault::Throws(why)) => Err(why),
            _ => Ok(self.0.borrow().texts.keys().cloned().collect()),
        }
    }
}

/// A tab of the tests.
pub fn tab(locks: bool) -> Tab {
    Tab {
        draw,
        author: "Ada".to_owned(),
        language: "en".to_owned(),
        locks,
    }
}

/// Everything that can be seen in a storage, by whoever opens it now.
pub fn opened(texts: Texts) -> Workspace<Faulty> {
    Workspace::open(Faulty::holding(texts), tab(true), i64::from(i32::MAX))
}

/// What an edit wrote, as a journal entry would say it: found by looking at the engagement before and after.
pub fn entry_of(before: Option<&Engagement>, after: &Engagement, replica: ReplicaId) -> Option<Entry> {
    let sequence = before.map_or(0, |one| one.vector().last(replica)) + 1;
    let mut writes = Vec::new();
    node::each(after.body(), &mut |path, register| {
        let old = before.and_then(|one| node::find(one.body(), path));
        writes.extend(
            register
                .all()
                .iter()
                .filter(|one| one.mark.stamp.replica == replica && one.mark.sequence == sequence)
                .map(|written| Write {
                    path: path.iter().map(|name| (*name).to_owned()).collect(),
                    written: written.clone(),
                    replaced: old.map(|register| register.dots().collect()).unwrap_or_default(),
                }),
        );
    });
    (!writes.is_empty()).then(|| Entry {
        engagement: after.id().clone(),
        sequence,
        writes,
    })
}

/// Edits that somebody was told are saved, and all that were made: what the oracle knows.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    pub saved: Vec<Entry>,
    pub made: Vec<Entry>,
}

impl Ledger {
    /// The edits that were said to be saved and are lost: they neither stand nor were seen by one that is here.
    pub fn lost<'a, S: KeyValue>(&'a self, workspace: &Workspace<S>) -> Vec<&'a Write> {
        let here = |id: &EngagementId, write: &Write| {
            let names: Vec<&str> = write.path.iter().map(String::as_str).collect();
            let register = workspace.get(id).and_then(|one| node::find(one.body(), &names));
            register.is_some_and(|register| register.all().contains(&write.written))
        };
        let made: Vec<(&EngagementId, &Write)> = self
            .made
            .iter()
            .flat_map(|entry| entry.writes.iter().map(|write| (&entry.engagement, write)))
            .collect();
        // From the last edit back: an edit is present when it stands, or one that is present saw it.
        let mut present: Vec<bool> = made.iter().map(|(id, write)| here(id, write)).collect();
        loop {
            let before = present.clone();
            for (place, (id, write)) in made.iter().enumerate() {
                let seen = |(other, (of, later)): (usize, &(&EngagementId, &Write))| {
                    before[other]
                        && of == id
                        && later.path == write.path
                        && later.replaced.contains(&write.written.mark.dot())
                };
                present[place] |= made.iter().enumerate().any(seen);
            }
            if present == before {
                break;
            }
        }
        let saved = self
            .saved
            .iter()
            .flat_map(|entry| entry.writes.iter().map(|write| (&entry.engagement, write)));
        saved
            .filter(|one| !made.iter().zip(&present).any(|(known, here)| *here && known == one))
            .map(|(_, write)| write)
            .collect()
    }
}

/// As `edit`, for a test that looks by itself at what became of it.
pub fn write<S: KeyValue>(workspace: &mut Workspace<S>, id: &EngagementId, change: &Change, now: i64) {
    edit(workspace, id, change, now, &mut Ledger::default());
}

/// Does one change in a tab, through `create` where there is no such engagement yet, and enters it in the ledger.
pub fn edit<S: KeyValue>(
    workspace: &mut Workspace<S>,
    id: &EngagementId,
    change: &Change,
    now: i64,
    ledger: &mut Ledger,
) {
    // A tab that has not listened for a while hears first; what it edits is what it has heard.
    let _ = workspace.apply(id, &[], now);
    let before = workspace.get(id).cloned();
    let done = match before {
        Some(_) => workspace.apply(id, std::slice::from_ref(change), now),
        None => workspace.create(id, std::slice::from_ref(change), now),
    };
    let (Ok(outcome), Some(after)) = (done, workspace.get(id)) else {
        return;
    };
    let entry = entry_of(before.as_ref(), after, workspace.replica());
    ledger.made.extend(entry.clone());
    if outcome.save == SaveState::Saved {
        // What failed before was written together with this.
        ledger.saved = ledger.saved.iter().chain(entry.iter()).cloned().collect();
    }
}

/// An engagement by another hand, as it comes in a file.
pub fn from_a_file(id: &EngagementId, changes: &[Change], now: i64) -> Engagement {
    let mut engagement = Engagement::new(id.clone());
    let by = by(draw(), now);
    for change in changes {
        engagement.apply(change, &by);
    }
    engagement
}

/// So many passes of the keeper, 11 seconds apart.
pub fn keep_often<S: KeyValue>(workspace: &mut Workspace<S>, from: i64, times: i64, dead: &[ReplicaId]) {
    for pass in 0..times {
        workspace.keep(from + 11_000 * pass, dead);
    }
}
