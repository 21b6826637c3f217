//! Trimming this tab's journal: only what a snapshot has covered for 10 seconds under the same keeper (`t09_...`).
//!
//! Ten seconds, because by then every tab sees that snapshot; the same keeper, because another may have written from what
//! it saw before.

use super::{Line, OwnJournal, OwnPart, Watched};
use crate::{
    engagement::stamp::ReplicaId,
    playbook::EngagementId,
    workspace::{SETTLED, keys::Key, store::KeyValue},
};

impl OwnJournal {
    /// Notes what the snapshots cover now, and under which keeper; asked by engagement and its last change.
    pub fn watch(&mut self, now: i64, snapshot: impl Fn(&EngagementId, u64) -> Option<(u64, ReplicaId)>) {
        for (id, all) in &self.done {
            let Some((last, keeper)) = snapshot(id, all.len() as u64) else {
                self.watched.remove(id);
                continue;
            };
            let watched = self.watched.entry(id.clone()).or_insert_with(|| Watched {
                keeper,
                covered: Vec::new(),
            });
            let fell = watched
                .covered
                .last()
                .is_some_and(|(before, since)| *before > last || *since > now);
            if watched.keeper != keeper || fell {
                *watched = Watched {
                    keeper,
                    covered: Vec::new(),
                };
            }
            if watched.covered.last().is_none_or(|(before, _)| *before < last) {
                watched.covered.push((last, now));
            }
            // Of what has settled only the last has to be known.
            let settled = watched
                .covered
                .iter()
                .filter(|(_, since)| now - since >= SETTLED)
                .count();
            watched.covered.drain(..settled.saturating_sub(1));
        }
    }

    /// Removes parts of which every entry has been covered for long enough.
    pub fn trim(&mut self, store: &mut impl KeyValue, now: i64) {
        let (replica, watched) = (self.replica, &self.watched);
        self.parts.retain(|part| {
            let key = Key::Journal(replica, part.number).to_string();
            let settled = part.lines.iter().all(|line| {
                let covered = watched
                    .get(&line.engagement)
                    .map(|watched| watched.covered.iter())
                    .into_iter()
                    .flatten();
                covered
                    .into_iter()
                    .any(|(last, since)| *last >= line.sequence && now - since >= SETTLED)
            });
            let untouched = || matches!(store.get(&key), Ok(there) if there == part.written);
            !(settled && !part.dirty && untouched() && store.remove(&key).is_ok())
        });
    }

    /// When the next part can be trimmed, if snapshots stay as they are.
    #[must_use]
    pub fn trim_at(&self) -> Option<i64> {
        let settles = |line: &Line| {
            let watched = self.watched.get(&line.engagement)?;
            watched
                .covered
                .iter()
                .find(|(last, _)| *last >= line.sequence)
                .map(|(_, since)| since + SETTLED)
        };
        let of_part = |part: &OwnPart| {
            part.lines
                .iter()
                .map(settles)
                .collect::<Option<Vec<_>>>()?
                .into_iter()
                .max()
        };
        self.parts.iter().filter_map(of_part).min()
    }
}
