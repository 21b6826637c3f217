//! The second store in the app: opened beside the content, appended to in the task of every change, looked after when the page
//! has time. What is written, and when it is safe, is the workspace's business.

use super::{
    later,
    store::{Desk, Store, set_if_other},
};
use crate::{
    browser::{
        clock,
        idb::{Second, Texts},
        locks, prefs, storage,
    },
    playbook::{EngagementId, Language},
    workspace::{SafeState, Tab, Workspace},
};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use std::{cell::Cell, rc::Rc};

/// How long the page has for itself between two steps of looking after the second store, in milliseconds.
const REST: u32 = 100;
/// And after one that failed.
const LATER: u32 = 30_000;
/// How long until a second store that did not answer is asked again, at first.
const FIRST_PAUSE: u32 = 1_000;
/// How long the history may take to be read, in milliseconds: no file waits longer for it.
const HISTORY_PATIENCE: u32 = 3_000;

/// Opens what this browser keeps, joined from both stores. Where the second one cannot be read there is none: what is
/// there stays there, and is joined when it answers (`await_second`).
pub async fn open(language: Language, found: Option<(Second, Texts)>) -> (Desk, Option<Second>) {
    let tab = Tab {
        draw: clock::new_replica,
        author: prefs::get_text("ep.author"),
        language: language.tag().to_owned(),
        locks: locks::span_pages(),
    };
    let mut desk = Workspace::begin(storage::open_store(), tab, clock::now());
    if let Some((second, small)) = found {
        let wanted = desk.look_into(small, clock::now());
        if let Ok(snapshots) = second.read(&wanted).await {
            desk.recover(Some(snapshots), clock::now());
            return (desk, Some(second));
        }
    }
    desk.recover(None, clock::now());
    (desk, None)
}

impl Store {
    /// Starts writing what waits for the second store, in this task. The `last` time, when the page goes away, it does not
    /// wait for what is under way.
    pub fn append(self, last: bool) {
        let Some(second) = self.second() else { return };
        let Some((number, batch)) = self.change(|workspace| workspace.take_batch(last)) else {
            return self.look_at_second();
        };
        let writing = second.write(&batch);
        leptos::task::spawn_local(async move {
            let done = match writing {
                Ok(writing) => writing.await.is_ok(),
                // It was closed under us; what was cleared there is found out by opening it again.
                Err(_) if second.open_again().await.is_ok() => match second.write(&batch) {
                    Ok(writing) => writing.await.is_ok(),
                    Err(_) => false,
                },
                Err(_) => false,
            };
            self.change(|workspace| {
                if second.is_new() {
                    workspace.second_is_new();
                }
                if done {
                    workspace.batch_done(number);
                } else {
                    workspace.batch_failed(number);
                }
            });
            if done {
                self.append(false);
            }
            self.look_at_second();
        });
        self.look_at_second();
    }

    /// Goes on asking for the second store where it did not answer at the start, on a machine that is busy, say: what is safe
    /// there shows as soon as it comes.
    pub fn await_second(self) {
        if self.second().is_some() {
            return;
        }
        leptos::task::spawn_local(async move {
            let mut pause = FIRST_PAUSE;
            loop {
                TimeoutFuture::new(pause).await;
                pause = (2 * pause).min(LATER);
                if let Ok(second) = Second::open().await
                    && self.join_late(second).await
                {
                    return;
                }
            }
        });
    }

    async fn join_late(self, second: Second) -> bool {
        let Ok(small) = second.small().await else { return false };
        let wanted = self.change(|workspace| workspace.look_into(small, clock::now()));
        let snapshots = second.read(&wanted).await.ok();
        let read = snapshots.is_some();
        self.change(|workspace| workspace.join_late(snapshots, clock::now()));
        if read {
            self.set_second(second);
        }
        self.look(true);
        read
    }

    /// Takes over how the second store stands, and has it looked after when it has to be.
    pub fn look_at_second(self) {
        let (state, wants) = self.read_untracked(|workspace| (workspace.safe_state(), workspace.wants_tending()));
        set_if_other(self.safe_state, state);
        if wants && self.started.get_value() && !self.tending.get_value() {
            self.tending.set_value(true);
            leptos::task::spawn_local(async move {
                if later::tend(self).await.is_err() {
                    self.tending.set_value(false);
                }
            });
        }
    }

    /// Looks after the second store until it has what this tab began with.
    pub fn tend_until_done(self) {
        self.tending.set_value(true);
        leptos::task::spawn_local(async move {
            while self.read_untracked(Workspace::wants_tending) {
                let done = self.tend(false).await;
                TimeoutFuture::new(if done { REST } else { LATER }).await;
            }
            self.tending.set_value(false);
        });
    }

    /// One look after the second store: what it has is taken in, what it lacks is put there. Whether that went well.
    pub async fn tend(self, keeper: bool) -> bool {
        let Some(second) = self.second() else { return false };
        let plan = |read| self.change(|workspace| workspace.plan_compaction(read, keeper, clock::now()));
        let compact = |read| self.change(|workspace| workspace.compact(read, clock::now()));
        // Whether anything was written; nothing where it failed.
        let done = second.compact(plan, compact).await.ok();
        let new = done.is_none() && second.open_again().await.is_ok() && second.is_new();
        self.change(|workspace| {
            workspace.compacted(done == Some(true));
            if new {
                workspace.second_is_new();
            }
        });
        self.look(false);
        done.is_some()
    }

    /// Reads what only the second store has of the history of some engagements; then does something: at once where there is
    /// nothing to read, and without it where no answer comes.
    pub fn deepened(self, ids: &[EngagementId], then: impl FnOnce() + 'static) {
        let keys = self.read_untracked(|workspace| workspace.shallow(ids));
        if keys.is_empty() {
            return then();
        }
        let then = Rc::new(Cell::new(Some(then)));
        let late = then.clone();
        leptos::task::spawn_local(async move {
            self.read_history(keys).await;
            then.take().into_iter().for_each(|then| then());
        });
        leptos::task::spawn_local(async move {
            TimeoutFuture::new(HISTORY_PATIENCE).await;
            late.take().into_iter().for_each(|then| then());
        });
    }

    /// Reads what only the second store has of the history of some engagements. Where it cannot be read, there is no more.
    pub async fn deepen(self, ids: &[EngagementId]) {
        let keys = self.read_untracked(|workspace| workspace.shallow(ids));
        if !keys.is_empty() {
            self.read_history(keys).await;
        }
    }

    async fn read_history(self, keys: Vec<String>) {
        let Some(second) = self.second() else { return };
        let Ok(read) = second.read(&keys).await else { return };
        let more = self.change(|workspace| workspace.deepen(&keys, read, clock::now()));
        self.redraw(&more);
    }

    /// The keys of what was put aside in the second store; none where it cannot be read.
    pub async fn put_aside_there(self) -> Vec<String> {
        match self.second() {
            Some(second) => second.put_aside().await.unwrap_or_default(),
            None => Vec::new(),
        }
    }

    /// What was put aside there under a key, byte for byte.
    pub async fn text_put_aside_there(self, key: String) -> Option<String> {
        let read = self.second()?.read(&[key]).await.ok()?;
        read.into_iter().next().map(|(_, text)| text)
    }

    /// Whether there is a second store.
    #[must_use]
    pub fn has_second(self) -> bool {
        self.safe_state.get_untracked() != SafeState::Absent
    }
}
