//! What an edit does: to memory, and in the same task to this tab's journal.
//!
//! Saved means that the storage has it. An edit that could not be saved stays in memory and is written together with the
//! next (`t04_...`). Several changes of one call are one: none is done when one of them does not fit.

use super::{
    Notice, Outcome, Refusal, SaveState, StoreError, Workspace,
    keys::Key,
    own::{Met, OwnJournal},
    room::ENGAGEMENTS,
    shelf::What,
    store::KeyValue,
};
use crate::{
    engagement::{Change, Engagement, Entry, LONGEST_TEXT, check_write},
    playbook::EngagementId,
};
use std::collections::BTreeMap;

impl<S: KeyValue> Workspace<S> {
    /// Does the changes as one.
    ///
    /// # Errors
    /// When nothing was done. A failed save is no error: see `Outcome::save`.
    pub fn apply(&mut self, id: &EngagementId, changes: &[Change], now: i64) -> Result<Outcome, Refusal> {
        self.look_around(now);
        self.ready()?;
        let document = self.documents.get(id).ok_or_else(|| Refusal::Unknown(id.clone()))?;
        self.enter_as_a_step(document.clone(), changes, now)
    }

    /// Begins an engagement with what is known of it. Without any change there is nothing to begin with.
    ///
    /// # Errors
    /// When the id is taken, a value does not fit, or there is no room for one more: then archive or export; edits go on.
    pub fn create(&mut self, id: &EngagementId, changes: &[Change], now: i64) -> Result<Outcome, Refusal> {
        self.look_around(now);
        self.ready()?;
        if self.documents.has(id) {
            return Err(Refusal::Exists(id.clone()));
        }
        let (needs, used) = (1, self.shelf.engagement_units());
        let left = (ENGAGEMENTS / 100 * 95).saturating_sub(used);
        if left < needs {
            return Err(Refusal::NoRoom { needs, left });
        }
        self.enter_as_a_step(Engagement::new(id.clone()), changes, now)
    }

    fn enter_as_a_step(&mut self, copy: Engagement, changes: &[Change], now: i64) -> Result<Outcome, Refusal> {
        let id = copy.id().clone();
        let (outcome, before, entries) = self.enter(copy, changes, now)?;
        if outcome.changed {
            self.steps.wrote(&id, before.as_ref(), &entries);
        }
        Ok(outcome)
    }

    /// Does the changes as one, whatever they take back or bring. Returns the engagement as it was, if it was there, and what
    /// was written.
    pub(super) fn enter(
        &mut self,
        mut copy: Engagement,
        changes: &[Change],
        now: i64,
    ) -> Result<(Outcome, Option<Engagement>, Vec<Entry>), Refusal> {
        let id = copy.id().clone();
        self.avoid_a_twin(&id);
        let by = self.signature(now);
        let entries: Vec<_> = changes.iter().filter_map(|change| copy.apply(change, &by)).collect();
        for write in entries.iter().flat_map(|entry| &entry.writes) {
            check_write(&write.path, &write.written.value).map_err(Refusal::Unfit)?;
        }
        if entries.is_empty() {
            let save = self.save;
            return Ok((Outcome { changed: false, save }, None, entries));
        }
        let before = self.documents.insert(copy);
        self.opened.insert(id.clone(), now);
        self.stale.insert(id);
        self.enter_own(&entries);
        self.touched = true;
        let vanished = self.write_journals();
        if vanished {
            self.hear_meanwhile(now);
        }
        let save = self.save;
        Ok((Outcome { changed: true, save }, before, entries))
    }

    /// Tries again to write what could not be written.
    pub fn save(&mut self) -> SaveState {
        if self.ready().is_ok() {
            self.write_journals();
        }
        self.save
    }

    /// Writes what is new in this tab's journals. Returns whether something had vanished there.
    pub(super) fn write_journals(&mut self) -> bool {
        if self.save == SaveState::ReadOnly {
            return false;
        }
        let mut met = Met::default();
        let mut done = Ok(());
        for own in &mut self.own {
            done = done.and(own.write(&mut self.store, self.generation, &mut met));
        }
        self.save = done.map_or_else(SaveState::Unsaved, |()| SaveState::Saved);
        self.tell(&met);
        met.gone
    }

    pub(super) fn tell(&mut self, met: &Met) {
        let told = met.foreign.iter().map(|(key, kept_as)| (key.clone(), kept_as.clone()));
        self.notices
            .extend(told.map(|(key, kept_as)| Notice::ForeignWrite { key, kept_as }));
    }

    /// Writes under a new replica from now on (author or language changed, freeze, bfcache). The old journal stays, to be
    /// absorbed like a dead tab's.
    pub fn sign(&mut self, author: &str, language: &str) {
        (self.tab.author, self.tab.language) = (author.to_owned(), language.to_owned());
        self.start_journal();
    }

    /// Draws a replica that nothing here knows, and begins its journal.
    pub(super) fn start_journal(&mut self) {
        self.tab.author = clipped(&self.tab.author, LONGEST_TEXT);
        self.tab.language = clipped(&self.tab.language, super::journal::LONGEST_TAG);
        let mut replica = (self.tab.draw)();
        for _ in 0..64 {
            let known = self.is_own(replica)
                || self.shelf.0.keys().any(|key| key.replica() == Some(replica))
                || self.documents.vectors().any(|(_, vector)| vector.last(replica) > 0);
            if !known {
                break;
            }
            replica = (self.tab.draw)();
        }
        self.own.retain(|own| !own.is_empty());
        self.own
            .push(OwnJournal::new(replica, &self.tab.author, &self.tab.language));
        (self.keeper.since, self.keeper.absorbed) = (None, BTreeMap::new());
    }

    /// Somebody else has written under our replica (a restored machine, a file of it): go on under another (`t23_...`).
    pub(super) fn avoid_a_twin(&mut self, id: &EngagementId) {
        let Some(own) = self.own.last() else { return };
        let seen = self.documents.vector(id).map_or(0, |vector| vector.last(own.replica));
        if seen != own.last(id) {
            self.start_journal();
            self.notices.push(Notice::NewReplica);
        }
    }

    /// Whether anything may be written.
    pub(super) fn ready(&mut self) -> Result<(), Refusal> {
        let gone = self.heed_erasure();
        self.unreported.extend(gone);
        if self.save == SaveState::ReadOnly {
            Err(Refusal::ReadOnly)
        } else {
            Ok(())
        }
    }

    /// Whether a key that several tabs write may be written: what stands there can be read or has been put aside.
    pub(super) fn may_write(&self, key: &Key) -> Result<(), Refusal> {
        let damaged = matches!(self.shelf.0.get(key).map(|seen| &seen.what), Some(What::Damaged(None)));
        let blocked = damaged || self.unreadable.contains(&key.to_string());
        if blocked {
            Err(Refusal::Store(StoreError::Blocked))
        } else {
            Ok(())
        }
    }
}

/// The beginning of a text, at most so many bytes, whole characters.
fn clipped(text: &str, most: usize) -> String {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text[..end.unwrap_or(0)].to_owned()
}
