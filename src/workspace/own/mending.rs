//! Looking after what this tab wrote: what snapshot and journal no longer hold is written again (`t29_...`).

use super::{
    Line, OwnJournal,
    writing::{Met, Stands},
};
use crate::{
    gather::gather,
    playbook::EngagementId,
    workspace::{keys::Key, store::KeyValue},
};
use std::collections::{BTreeMap, BTreeSet};

impl OwnJournal {
    /// Looks after what was written: what vanished or was overwritten is to be written again, and so are entries that
    /// neither a part nor the snapshot (which has those up to `covered`) holds. Returns the engagements concerned.
    pub fn mend(
        &mut self,
        store: &mut impl KeyValue,
        covered: &BTreeMap<EngagementId, u64>,
        met: &mut Met,
    ) -> BTreeSet<EngagementId> {
        let covered = |id: &EngagementId| covered.get(id).copied().unwrap_or(0);
        let mut again = BTreeSet::new();
        for place in 0..self.parts.len() {
            let key = Key::Journal(self.replica, self.parts[place].number).to_string();
            let part = &mut self.parts[place];
            match part.stands(store, &key) {
                Ok(Stands::Gone) => {
                    part.written = None;
                    // The keeper removes what it has absorbed when it takes this tab for dead; that is no loss.
                    let lost = part
                        .lines
                        .iter()
                        .filter(|line| line.sequence > covered(&line.engagement));
                    again.extend(lost.map(|line| line.engagement.clone()));
                    part.lines.retain(|line| line.sequence > covered(&line.engagement));
                    part.dirty = !part.lines.is_empty();
                    met.gone |= part.dirty;
                }
                Ok(Stands::Foreign) => {
                    self.make_way(store, place, &key, met);
                }
                Ok(Stands::Ours) | Err(_) => {}
            }
        }
        self.parts.retain(|part| !part.lines.is_empty());
        let mut missing = Vec::new();
        for (id, all) in &self.done {
            let held: BTreeSet<u64> = gather(self.held(id));
            let wanted = covered(id) + 1..=all.len() as u64;
            missing.extend(wanted.filter(|sequence| !held.contains(sequence)).map(|sequence| Line {
                engagement: id.clone(),
                sequence,
                text: all[(sequence - 1) as usize].clone(),
            }));
        }
        again.extend(missing.iter().map(|line| line.engagement.clone()));
        if !missing.is_empty() {
            self.push_lines(missing);
        }
        again
    }

    fn held(&self, id: &EngagementId) -> impl Iterator<Item = u64> {
        self.parts
            .iter()
            .flat_map(|part| &part.lines)
            .filter(move |line| line.engagement == *id)
            .map(|line| line.sequence)
    }
}
