//! Taking back what was done here, and doing it again: step by step, for as long as the tab lives.
//!
//! An undo is a new change like any other, written only where the field still holds what the step left there: it never
//! reverts what a colleague, or this person in another tab, wrote since (`t25_...`). Nothing of it is stored; what was done
//! stands in the history of the engagement, from where any value can be brought back.
//!
//! An import is a step, too. Its undo writes what was there before; nothing is displaced, so nothing can be lost by it, and
//! it is the same whether or not the state has been handed on meanwhile.

use super::{Refusal, Workspace, store::KeyValue};
use crate::{
    engagement::{Change, Engagement, Entry, Put, is_list, node, node::Path, stamp::Dot},
    playbook::EngagementId,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// So many steps can be taken back.
const MOST: usize = 200;

/// One thing that was done here, to one engagement or to several.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    /// Tells it apart from every other of this tab.
    number: u64,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq)]
struct Part {
    engagement: EngagementId,
    what: What,
}

#[derive(Clone, Debug, PartialEq)]
enum What {
    /// Fields were written.
    Wrote(Written),
    /// An engagement was begun, came in, or was taken out of the trash.
    Came,
    /// An engagement was put into the trash.
    Went,
}

/// What an edit wrote, or an import brought.
#[derive(Clone, Debug, Default, PartialEq)]
struct Written {
    /// By field.
    fields: BTreeMap<Path, Field>,
    /// Entries of lists that stand since then: begun with it, or removed before and written on by what came in.
    began: BTreeSet<Path>,
}

/// One field that was written.
#[derive(Clone, Debug, PartialEq)]
struct Field {
    /// What it showed before.
    before: Value,
    /// The changes that it held before; none where nothing was ever written.
    was: BTreeSet<Dot>,
    /// The changes that it holds now.
    is: BTreeSet<Dot>,
    /// Of a removal: the changes of the entry that it had not seen. It does not see them when it is done again.
    unseen: BTreeSet<Dot>,
}

/// An import while it is done: each engagement as it was before, if it was there, and what is other in it.
#[derive(Debug, Default)]
pub(super) struct Arrival(BTreeMap<EngagementId, (Option<Engagement>, Written)>);

impl Arrival {
    /// An engagement was joined with a copy of it, or came as a whole.
    pub(super) fn joined(&mut self, before: Option<Engagement>, after: &Engagement) {
        let written = before
            .as_ref()
            .map_or_else(Written::default, |before| Written::between(before, after));
        self.0.insert(after.id().clone(), (before, written));
    }

    /// Values were chosen for an engagement that stood like this: they belong to the same step.
    pub(super) fn chosen(&mut self, stood: Engagement, entries: &[Entry]) {
        let id = stood.id().clone();
        let (before, written) = self.0.entry(id).or_insert_with(|| (Some(stood), Written::default()));
        if let Some(before) = before {
            written.add_all(before, entries);
        }
    }
}

/// The steps of this tab.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    done: Vec<Step>,
    undone: Vec<Step>,
    number: u64,
}

/// What became of an undo, or of doing it again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenBack {
    /// The engagements concerned.
    pub engagements: BTreeSet<EngagementId>,
    /// Fields that show again what they showed before.
    pub fields: Vec<Path>,
    /// Fields that were left alone, because somebody has written there since.
    pub left_alone: usize,
    /// Engagements that came back or went into the trash as a whole.
    pub whole: usize,
}

impl Steps {
    /// Notes what an edit did to an engagement as it was before, if it was there.
    pub(super) fn wrote(&mut self, engagement: &EngagementId, before: Option<&Engagement>, entries: &[Entry]) {
        let what = before.map_or(What::Came, |before| What::Wrote(Written::of(before, entries)));
        self.one(engagement, what);
    }

    /// Notes what an import did, with what was chosen while looking at it.
    pub(super) fn came_in(&mut self, arrival: Arrival) {
        let parts = arrival.0.into_iter().map(|(engagement, (before, written))| Part {
            engagement,
            what: before.map_or(What::Came, |_| What::Wrote(written)),
        });
        let parts: Vec<Part> = parts.collect();
        if !parts.is_empty() {
            self.push(parts);
        }
    }

    pub(super) fn came(&mut self, engagement: &EngagementId) {
        self.one(engagement, What::Came);
    }

    pub(super) fn went(&mut self, engagement: &EngagementId) {
        self.one(engagement, What::Went);
    }

    fn one(&mut self, engagement: &EngagementId, what: What) {
        let engagement = engagement.clone();
        self.push(vec![Part { engagement, what }]);
    }

    fn push(&mut self, parts: Vec<Part>) {
        self.undone.clear();
        self.number += 1;
        let number = self.number;
        self.done.push(Step { number, parts });
        let over = self.done.len().saturating_sub(MOST);
        self.done.drain(..over);
    }

    /// Fields show again what some changes wrote, but under new ones: the steps that know those know these now.
    fn renew(&mut self, turned: &Part, back: &Part) {
        let (What::Wrote(turned_to), What::Wrote(back_to)) = (&turned.what, &back.what) else {
            return;
        };
        let parts = self
            .done
            .iter_mut()
            .chain(&mut self.undone)
            .flat_map(|step| &mut step.parts);
        for part in parts.filter(|part| part.engagement == turned.engagement) {
            let What::Wrote(written) = &mut part.what else { continue };
            for (path, field) in &mut written.fields {
                let (Some(turned), Some(back)) = (turned_to.fields.get(path), back_to.fields.get(path)) else {
                    continue;
                };
                if turned.was == field.is {
                    field.is.clone_from(&back.is);
                }
                if turned.was == field.was && !field.was.is_empty() {
                    field.was.clone_from(&back.is);
                }
            }
            for removal in written.fields.values_mut().filter(|field| !field.unseen.is_empty()) {
                for (path, turned) in &turned_to.fields {
                    let back = back_to.fields.get(path).map(|back| &back.is);
                    if let Some(back) = back.filter(|_| !turned.was.is_disjoint(&removal.unseen)) {
                        removal.unseen.extend(back);
                    }
                }
            }
        }
    }
}

impl Written {
    fn of(before: &Engagement, entries: &[Entry]) -> Self {
        let mut all = Self::default();
        all.add_all(before, entries);
        all
    }

    fn add_all(&mut self, before: &Engagement, entries: &[Entry]) {
        for write in entries.iter().flat_map(|entry| &entry.writes) {
            self.add(before, &write.path, BTreeSet::from([write.written.mark.dot()]));
        }
    }

    /// What is other than before; a conflict that was open before stays out of it.
    fn between(before: &Engagement, after: &Engagement) -> Self {
        let mut all = Self::default();
        node::each(after.body(), &mut |names, register| {
            let path: Path = names.iter().map(|name| (*name).to_owned()).collect();
            let (was, is) = (before.dots_at(&path), register.dots().collect::<BTreeSet<Dot>>());
            let entry = item(&path);
            let was_removed = is_list(names[0]) && !before.dots_of(entry).is_empty() && !before.is_there(entry);
            if was_removed && after.is_there(entry) {
                all.began.insert(entry.to_vec());
                all.add(before, &path, is);
            } else if was != is && was.len() < 2 {
                all.add(before, &path, is);
            }
        });
        all
    }

    fn add(&mut self, before: &Engagement, path: &Path, is: BTreeSet<Dot>) {
        if before.is_new_entry(path) {
            self.began.insert(item(path).to_vec());
        }
        let (shown, unseen) = match seen_by_removals(before, path) {
            Some(seen) => {
                let unseen = before.dots_of(item(path)).into_iter().filter(|dot| !seen.contains(dot));
                (removal_of(&seen), unseen.collect())
            }
            None => (before.shown(path).cloned().unwrap_or(Value::Null), BTreeSet::new()),
        };
        let field = Field {
            before: shown,
            was: before.dots_at(path),
            is,
            unseen,
        };
        self.fields.insert(path.clone(), field);
    }

    /// Whether everything in an entry is still as it was begun.
    fn is_untouched(&self, now: &Engagement, entry: &[String]) -> bool {
        now.dots_of(entry)
            .iter()
            .all(|dot| self.fields.values().any(|field| field.is.contains(dot)))
    }

    /// What takes it back: an entry that was begun is removed as a whole, other fields get what they showed before.
    fn back(&self, now: &Engagement, is_ours: impl Fn(Dot) -> bool) -> Vec<Put> {
        let removals = self.began.iter().filter(|entry| self.is_untouched(now, entry));
        let removals = removals.map(|entry| Put {
            path: [entry.as_slice(), &["removed".to_owned()]].concat(),
            value: removal_of(&now.dots_of(entry)),
            only_over: None,
        });
        let values = self.fields.iter().filter(|(path, _)| !self.began.contains(item(path)));
        let values = values.map(|(path, field)| Put {
            path: path.clone(),
            value: again(now, path, field, &is_ours),
            only_over: Some(field.is.clone()),
        });
        removals.chain(values).collect()
    }

    /// How many fields somebody has written since.
    fn left_alone(&self, now: &Engagement) -> usize {
        let is_ours = |path: &Path, field: &Field| match self.began.get(item(path)) {
            Some(entry) => self.is_untouched(now, entry),
            None => now.dots_at(path) == field.is,
        };
        let fields = self.fields.iter();
        fields.filter(|(path, field)| !is_ours(path, field)).count()
    }
}

/// A value to be written again. A removal covers what this tab has written anew meanwhile, too: under other numbers it would
/// not be seen by the removal as it was. What it had not seen it does not see now either.
fn again(now: &Engagement, path: &[String], field: &Field, is_ours: impl Fn(Dot) -> bool) -> Value {
    let (true, Some(seen)) = (is_removal(path), field.before.as_array()) else {
        return field.before.clone();
    };
    let anew = now.dots_of(item(path)).into_iter();
    let anew = anew.filter(|dot| is_ours(*dot) && !field.unseen.contains(dot));
    removal_of(&seen.iter().filter_map(dot_in).chain(anew).collect())
}

fn is_removal(path: &[String]) -> bool {
    path.last().is_some_and(|field| field == "removed")
}

/// What the removals of an entry have seen, all of them together; `None` where it shows no removal.
fn seen_by_removals(one: &Engagement, path: &[String]) -> Option<BTreeSet<Dot>> {
    one.shown(path).filter(|shown| is_removal(path) && shown.is_array())?;
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    let all = node::find(one.body(), &names)?.all();
    let seen = all.iter().filter_map(|written| written.value.as_array()).flatten();
    Some(seen.filter_map(dot_in).collect())
}

fn dot_in(value: &Value) -> Option<Dot> {
    value.as_str()?.parse().ok()
}

fn removal_of(seen: &BTreeSet<Dot>) -> Value {
    json!(seen.iter().map(ToString::to_string).collect::<BTreeSet<_>>())
}

/// What a path is about: a task, a note, a service.
fn item(path: &[String]) -> &[String] {
    &path[..path.len().min(2)]
}

impl<S: KeyValue> Workspace<S> {
    /// The number of the step that an undo would take back; `None` when there is none.
    #[must_use]
    pub fn last_step(&self) -> Option<u64> {
        self.steps.done.last().map(|step| step.number)
    }

    /// Whether something that was taken back can be done again.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.steps.undone.is_empty()
    }

    /// Takes back the last thing that was done here; `None` when there is none.
    ///
    /// # Errors
    /// When nothing was done; the step can be taken back later.
    pub fn undo(&mut self, now: i64) -> Result<Option<TakenBack>, Refusal> {
        let Some(step) = self.steps.done.pop() else {
            return Ok(None);
        };
        self.turn(step, now, |steps| (&mut steps.done, &mut steps.undone))
    }

    /// Does again what was taken back last; `None` when there is nothing.
    ///
    /// # Errors
    /// When nothing was done; it can be done later.
    pub fn redo(&mut self, now: i64) -> Result<Option<TakenBack>, Refusal> {
        let Some(step) = self.steps.undone.pop() else {
            return Ok(None);
        };
        self.turn(step, now, |steps| (&mut steps.undone, &mut steps.done))
    }

    /// Reverses a step; what cannot be reversed now stays on its stack, what was goes to the other. What is done on the way is no
    /// step of its own.
    fn turn(
        &mut self,
        step: Step,
        now: i64,
        stacks: impl Fn(&mut Steps) -> (&mut Vec<Step>, &mut Vec<Step>),
    ) -> Result<Option<TakenBack>, Refusal> {
        let mut taken = TakenBack::default();
        let mut opposite = Vec::new();
        let mut rest = step.parts.into_iter();
        let mut refused = None;
        for part in rest.by_ref() {
            match self.reverse(&part, now, &mut taken) {
                Ok(Some(back)) => {
                    self.steps.renew(&part, &back);
                    opposite.push(back);
                }
                Ok(None) => {}
                Err(why) => {
                    refused = Some((part, why));
                    break;
                }
            }
        }
        if !opposite.is_empty() {
            self.steps.number += 1;
            let number = self.steps.number;
            let parts = opposite;
            stacks(&mut self.steps).1.push(Step { number, parts });
        }
        let Some((part, why)) = refused else {
            return Ok(Some(taken));
        };
        let parts: Vec<Part> = std::iter::once(part).chain(rest).collect();
        stacks(&mut self.steps).0.push(Step {
            number: step.number,
            parts,
        });
        Err(why)
    }

    fn reverse(&mut self, part: &Part, now: i64, taken: &mut TakenBack) -> Result<Option<Part>, Refusal> {
        let id = &part.engagement;
        let what = match &part.what {
            What::Came => {
                self.put_away(id, now)?;
                taken.whole += 1;
                Some(What::Went)
            }
            What::Went => {
                self.take_out(id)?;
                taken.whole += 1;
                Some(What::Came)
            }
            What::Wrote(written) => {
                self.look_around(now);
                self.ready()?;
                let document = self.documents.get(id).ok_or_else(|| Refusal::Unknown(id.clone()))?;
                let puts = written.back(document, |dot| self.is_own(dot.replica));
                let (copy, left_alone) = (document.clone(), written.left_alone(document));
                let (_, before, entries) = self.enter(copy, &[Change::Put(puts)], now)?;
                taken.left_alone += left_alone;
                before.map(|before| {
                    let again = Written::of(&before, &entries);
                    taken.fields.extend(again.fields.keys().cloned());
                    What::Wrote(again)
                })
            }
        };
        taken.engagements.insert(id.clone());
        Ok(what.map(|what| Part {
            engagement: id.clone(),
            what,
        }))
    }
}
