//! Backups of everything, made by themselves in the second store: one an hour at most, and only when something was changed.
//!
//! A backup is the file that "export all" would give. It is looked into like any file, and what it shows can be restored by
//! new edits, which can be taken back. Which are kept says `workspace::ring`; nothing is never kept in place of something.

use super::store::Store;
use crate::{
    browser::{clock, deflate, prefs},
    engagement::{Change, Engagement},
    exchange,
    workspace::{Refusal, envelope, ring},
};
use leptos::prelude::*;

/// The checksum of the last backup: what is the same is not kept twice.
const LAST: &str = "ep.backup";

/// What an engagement of a backup is to the one here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is not here, or in the trash.
    Missing,
    /// It shows the same.
    Same,
    /// So many fields and entries show something else.
    Differs(usize),
}

impl Store {
    /// Makes a backup, if one is due.
    pub async fn back_up(self) {
        let Some(second) = self.second() else { return };
        if !self.changed_since_backup.get_value() {
            return;
        }
        let Ok(mut made) = second.backups().await else { return };
        let now = clock::now();
        if !ring::is_due(&made, now) {
            return;
        }
        let text = self.read_untracked(|workspace| {
            let all: Vec<&Engagement> = workspace
                .engagements()
                .filter(|one| !exchange::is_sample(one.id()))
                .collect();
            (!all.is_empty()).then(|| exchange::export(&all))
        });
        let Some(text) = text else { return };
        self.changed_since_backup.set_value(false);
        let sum = envelope::fingerprint(&text);
        if !made.is_empty() && prefs::get(LAST) == Some(sum) {
            return;
        }
        let packed = deflate::pack(&text).await;
        made.push(now);
        if second.put_backup(now, &packed, &ring::over(&made)).await.is_ok() {
            prefs::set(LAST, &sum);
            self.backed_up.notify();
        } else {
            self.changed_since_backup.set_value(true);
        }
    }

    /// When backups were made, the newest first.
    pub async fn backups(self) -> Vec<i64> {
        let Some(second) = self.second() else { return Vec::new() };
        let mut made = second.backups().await.unwrap_or_default();
        made.sort_unstable_by(|a, b| b.cmp(a));
        made
    }

    /// The file of a backup; `None` when it cannot be read.
    pub async fn backup(self, at: i64) -> Option<String> {
        let packed = self.second()?.backup(at).await.ok()?;
        deflate::unpack(packed).await.ok()
    }

    /// How an engagement of a backup stands to the one here.
    #[must_use]
    pub fn standing(self, copy: &Engagement) -> Standing {
        self.with(copy.id(), |mine| {
            match mine.map(|mine| exchange::restore(mine, copy).len()) {
                None => Standing::Missing,
                Some(0) => Standing::Same,
                Some(count) => Standing::Differs(count),
            }
        })
    }

    /// Restores an engagement of a backup: as new edits where it is here, else as it was.
    ///
    /// # Errors
    /// When nothing was done.
    pub fn restore_from(self, copy: &Engagement) -> Result<(), Refusal> {
        let id = copy.id();
        if self.read_untracked(|workspace| workspace.is_trashed(id)) {
            self.restore(id)?;
        }
        let puts = self.with_untracked(id, |mine| mine.map(|mine| exchange::restore(mine, copy)));
        match puts {
            None => self.merge_in(std::slice::from_ref(copy)).map(|_| ()),
            Some(puts) => {
                self.dispatch(id, Change::Put(puts));
                Ok(())
            }
        }
    }
}
