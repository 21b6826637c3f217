//! Taking back what was done here, and doing it again: step by step, for as long as the tab lives.
//!
//! An undo is a new change like any other, written only where the field still shows what the step wrote: it never reverts
//! what a colleague, or this person in another tab, wrote since (`t25_...`). Nothing of it is stored; what was done stands in
//! the history of the engagement, from where any value can be brought back.

use super::{Refusal, Workspace, store::KeyValue};
use crate::{
    engagement::{Change, Engagement, Entry, Put, node::Path, stamp::Dot},
    playbook::EngagementId,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// So many steps can be taken back.
const MOST: usize = 200;

/// One thing that was done here.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    /// Tells it apart from every other of this tab.
    number: u64,
    engagement: EngagementId,
    what: What,
}

#[derive(Clone, Debug, PartialEq)]
enum What {
    /// Fields were written.
    Wrote(Written),
    /// An engagement was begun or taken out of the trash.
    Came,
    /// An engagement was put into the trash.
    Went,
}

/// What an edit wrote.
#[derive(Clone, Debug, Default, PartialEq)]
struct Written {
    /// By field.
    fields: BTreeMap<Path, Field>,
    /// Entries of lists that were begun with it.
    began: BTreeSet<Path>,
}

/// One field that was written.
#[derive(Clone, Debug, PartialEq)]
struct Field {
    /// What it showed before.
    before: Value,
    /// The change that had written that; `None` where nothing was ever written.
    was_of: Option<Dot>,
    /// The change that wrote it.
    is_of: Dot,
}

/// The steps of this tab.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    done: Vec<Step>,
    undone: Vec<Step>,
    number: u64,
}

/// What became of an undo, or of doing it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// The engagement.
    pub engagement: EngagementId,
    /// Fields that show again what they showed before; none where the engagement came or went as a whole.
    pub fields: Vec<Path>,
    /// Fields that were left alone, because somebody has written there since.
    pub left_alone: usize,
    /// The engagement came back, or went into the trash.
    pub whole: bool,
}

impl Steps {
    /// Notes what an edit did to an engagement as it was before.
    pub(super) fn wrote(&mut self, before: &Engagement, entries: &[Entry]) {
        let is_new = before.vector().0.is_empty();
        let what = if is_new {
            What::Came
        } else {
            What::Wrote(Written::of(before, entries))
        };
        self.push(before.id().clone(), what);
    }

    pub(super) fn came(&mut self, engagement: &EngagementId) {
        self.push(engagement.clone(), What::Came);
    }

    pub(super) fn went(&mut self, engagement: &EngagementId) {
        self.push(engagement.clone(), What::Went);
    }

    /// Fields show again what a change wrote, but under new ones: the steps that wrote or saw that know it by these now.
    fn renew(&mut self, engagement: &EngagementId, turned: &Written, back: &Written) {
        let steps = self.done.iter_mut().chain(&mut self.undone);
        for step in steps.filter(|step| step.engagement == *engagement) {
            let What::Wrote(written) = &mut step.what else { continue };
            for (path, field) in &mut written.fields {
                let (Some(turned), Some(back)) = (turned.fields.get(path), back.fields.get(path)) else {
                    continue;
                };
                if turned.was_of == Some(field.is_of) {
                    field.is_of = back.is_of;
                }
                if turned.was_of.is_some() && turned.was_of == field.was_of {
                    field.was_of = Some(back.is_of);
                }
            }
        }
    }

    fn push(&mut self, engagement: EngagementId, what: What) {
        self.undone.clear();
        self.number += 1;
        let number = self.number;
        self.done.push(Step {
            number,
            engagement,
            what,
        });
        let over = self.done.len().saturating_sub(MOST);
        self.done.drain(..over);
    }
}

impl Written {
    fn of(before: &Engagement, entries: &[Entry]) -> Self {
        let mut all = Self::default();
        for write in entries.iter().flat_map(|entry| &entry.writes) {
            let field = Field {
                before: before.shown(&write.path).cloned().unwrap_or(Value::Null),
                was_of: before.dot_of(&write.path),
                is_of: write.written.mark.dot(),
            };
            if before.is_new_entry(&write.path) {
                all.began.insert(item(&write.path).to_vec());
            }
            all.fields.insert(write.path.clone(), field);
        }
        all
    }

    /// Whether everything in an entry is still as it was begun.
    fn is_untouched(&self, now: &Engagement, entry: &[String]) -> bool {
        now.dots_of(entry)
            .iter()
            .all(|dot| self.fields.values().any(|field| field.is_of == *dot))
    }

    /// What takes it back: an entry that was begun is removed as a whole, other fields get what they showed before.
    fn back(&self, now: &Engagement) -> Vec<Put> {
        let removals = self.began.iter().filter(|entry| self.is_untouched(now, entry));
        let removals = removals.map(|entry| Put {
            path: [entry.as_slice(), &["removed".to_owned()]].concat(),
            value: json!(now.dots_of(entry).iter().map(ToString::to_string).collect::<Vec<_>>()),
            only_over: None,
        });
        let values = self.fields.iter().filter(|(path, _)| !self.began.contains(item(path)));
        let values = values.map(|(path, field)| Put {
            path: path.clone(),
            value: field.before.clone(),
            only_over: Some(field.is_of),
        });
        removals.chain(values).collect()
    }

    /// How many fields somebody has written since.
    fn left_alone(&self, now: &Engagement) -> usize {
        let is_ours = |path: &Path, dot: Dot| match self.began.get(item(path)) {
            Some(entry) => self.is_untouched(now, entry),
            None => now.shows(path, dot),
        };
        let fields = self.fields.iter();
        fields.filter(|(path, field)| !is_ours(path, field.is_of)).count()
    }
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

    fn turn(
        &mut self,
        step: Step,
        now: i64,
        stacks: impl Fn(&mut Steps) -> (&mut Vec<Step>, &mut Vec<Step>),
    ) -> Result<Option<TakenBack>, Refusal> {
        let kept = self.steps.clone();
        match self.reverse(&step, now) {
            Ok((taken, opposite)) => {
                // What was done on the way is no step of its own.
                self.steps = kept;
                self.steps.number += 1;
                let number = self.steps.number;
                if let (What::Wrote(turned), Some(What::Wrote(back))) = (&step.what, &opposite) {
                    self.steps.renew(&step.engagement, turned, back);
                }
                if let Some(what) = opposite {
                    stacks(&mut self.steps).1.push(Step { number, what, ..step });
                }
                Ok(Some(taken))
            }
            Err(why) => {
                self.steps = kept;
                stacks(&mut self.steps).0.push(step);
                Err(why)
            }
        }
    }

    fn reverse(&mut self, step: &Step, now: i64) -> Result<(TakenBack, Option<What>), Refusal> {
        let id = &step.engagement;
        let mut taken = TakenBack {
            engagement: id.clone(),
            fields: Vec::new(),
            left_alone: 0,
            whole: true,
        };
        let written = match &step.what {
            What::Came => {
                self.trash(id, now)?;
                return Ok((taken, Some(What::Went)));
            }
            What::Went => {
                self.restore(id)?;
                return Ok((taken, Some(What::Came)));
            }
            What::Wrote(written) => written,
        };
        taken.whole = false;
        self.look_around(now);
        self.ready()?;
        let before = self.documents.get(id).cloned();
        let before = before.ok_or_else(|| Refusal::Unknown(id.clone()))?;
        let (_, entries) = self.enter(before.clone(), &[Change::Put(written.back(&before))], now)?;
        let again = Written::of(&before, &entries);
        taken.fields = again.fields.keys().cloned().collect();
        taken.left_alone = written.left_alone(&before);
        Ok((taken, (!entries.is_empty()).then_some(What::Wrote(again))))
    }
}
