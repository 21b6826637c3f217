//! Backups of everything, made by themselves in the second store: one an hour at most, and only when something was changed.
//!
//! A backup is the file that "export all" would give. It is looked into like any file, and what it shows can be restored by
//! new edits, which can be taken back. Which are kept says `workspace::ring`; nothing is never kept in place of something.

use super::store::{Desk, Store};
use crate::{
    browser::{clock, deflate},
    engagement::{Change, Engagement},
    exchange,
    workspace::{Refusal, SaveState, Workspace, ring},
};
use leptos::prelude::*;

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

/// Everything but the sample, which is nobody's work.
fn worked_on(workspace: &Desk) -> impl Iterator<Item = &Engagement> {
    workspace.engagements().filter(|one| !exchange::is_sample(one.id()))
}

impl Store {
    /// Makes a backup, if one is due.
    pub async fn back_up(self) {
        let Some(second) = self.second() else { return };
        let only_reads = self.save_state.get_untracked() == SaveState::ReadOnly;
        if only_reads || self.changed_since_backup.get_value() == Some(false) {
            return;
        }
        let Ok(mut made) = second.backups().await else { return };
        let now = clock::now();
        if !ring::is_due(&made, now) {
            return;
        }
        // At the start only the work itself tells whether it is younger than the last backup.
        let known = self.changed_since_backup.get_value() == Some(true);
        let newest = self.read_untracked(|workspace| {
            worked_on(workspace)
                .filter_map(|one| one.last_change())
                .map(|change| change.at)
                .max()
        });
        self.changed_since_backup.set_value(Some(false));
        if !known && newest <= made.iter().max().copied() {
            return;
        }
        self.deepen(&self.ids_untracked()).await;
        let text = self.read_untracked(|workspace| {
            let all: Vec<&Engagement> = worked_on(workspace).collect();
            (!all.is_empty()).then(|| exchange::export(&all))
        });
        let Some(text) = text else { return };
        let erasures = self.read_untracked(Workspace::erasures);
        let packed = deflate::pack(&text).await;
        if self.read_untracked(Workspace::erasures) != erasures {
            // What was erased meanwhile is not to come back.
            return;
        }
        made.push(now);
        if second.put_backup(now, &packed, &ring::over(&made)).await.is_ok() {
            self.backed_up.notify();
        } else {
            self.changed_since_backup.set_value(Some(true));
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

    /// Erases every backup. Whether none is left.
    pub async fn erase_backups(self) -> bool {
        let Some(second) = self.second() else { return true };
        let done = second.clear_backups().await.is_ok();
        self.backed_up.notify();
        done
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
