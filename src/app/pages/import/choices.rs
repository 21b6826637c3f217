//! What somebody chose while looking at a preview. Nothing of it is done before the import is agreed to.

use crate::{
    app::ui::Ui,
    engagement::{Engagement, Put, node::Path},
    exchange::{self, Blanks},
    playbook::EngagementId,
};
use leptos::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The choices; cheap to copy.
#[derive(Clone, Copy)]
pub struct Choices {
    left_out: RwSignal<BTreeSet<EngagementId>>,
    picked: RwSignal<BTreeMap<EngagementId, BTreeMap<Path, Value>>>,
    into: RwSignal<BTreeMap<EngagementId, EngagementId>>,
    /// How much may be emptied, as it was agreed to.
    pub agreed: RwSignal<Option<Blanks>>,
}

impl Choices {
    /// Everything is taken, nothing is chosen.
    #[must_use]
    pub fn new() -> Self {
        Self {
            left_out: RwSignal::default(),
            picked: RwSignal::default(),
            into: RwSignal::default(),
            agreed: RwSignal::default(),
        }
    }

    /// Whether an engagement is taken.
    #[must_use]
    pub fn takes(self, id: &EngagementId) -> bool {
        self.left_out.with(|out| !out.contains(id))
    }

    /// Takes an engagement or leaves it out.
    pub fn take(self, id: &EngagementId, takes: bool) {
        self.left_out.update(|out| {
            if takes {
                out.remove(id);
            } else {
                out.insert(id.clone());
            }
        });
    }

    /// The engagement of mine into which one is combined.
    #[must_use]
    pub fn combined(self, id: &EngagementId) -> Option<EngagementId> {
        self.into.with(|into| into.get(id).cloned())
    }

    /// Combines an engagement with one of mine, or takes it as one of its own.
    pub fn combine(self, id: &EngagementId, mine: Option<EngagementId>) {
        self.into.update(|into| match mine {
            Some(mine) => drop(into.insert(id.clone(), mine)),
            None => drop(into.remove(id)),
        });
    }

    /// The value that was picked for a conflict; `None` for later.
    #[must_use]
    pub fn picked(self, id: &EngagementId, path: &Path) -> Option<Value> {
        self.picked.with(|all| all.get(id)?.get(path).cloned())
    }

    /// Picks a value for a conflict, or leaves it for later.
    pub fn pick(self, id: &EngagementId, path: &Path, value: Option<Value>) {
        self.picked.update(|all| {
            let of = all.entry(id.clone()).or_default();
            match value {
                Some(value) => drop(of.insert(path.clone(), value)),
                None => drop(of.remove(path)),
            }
        });
    }

    /// What is taken in as it is, and what is written then.
    #[must_use]
    pub fn of(self, ui: Ui, all: &[Engagement]) -> (Vec<Engagement>, Vec<(EngagementId, Vec<Put>)>) {
        let (mut taken, mut chosen) = (Vec::new(), Vec::new());
        for theirs in all.iter().filter(|one| self.takes(one.id())) {
            if let Some(mine) = self.combined(theirs.id()) {
                let puts = ui.store.with_untracked(&mine, |one| {
                    one.map(|one| exchange::combine(one, theirs).puts).unwrap_or_default()
                });
                chosen.push((mine, puts));
                continue;
            }
            let picked = self.picked.with_untracked(|all| all.get(theirs.id()).cloned());
            let puts = picked.unwrap_or_default().into_iter().map(|(path, value)| Put {
                path,
                value,
                only_over: None,
            });
            chosen.push((theirs.id().clone(), puts.collect()));
            taken.push(theirs.clone());
        }
        (taken, chosen)
    }
}
