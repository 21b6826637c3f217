//! The whole history of an engagement: localStorage keeps its newest part, the second store the rest. A start does not wait
//! for that; whoever opens an engagement, hands it out or backs it up asks for it
//! (`history_that_only_the_second_store_has_is_there_for_those_who_ask`).

use crate::{
    gather::gather,
    playbook::EngagementId,
    workspace::{Workspace, keeper::HISTORY, keys::Key, store::KeyValue},
};
use std::collections::{BTreeMap, BTreeSet};

impl<S: KeyValue> Workspace<S> {
    /// Under which keys of the second store there may be more of the history of these engagements. They are to be read, and
    /// handed to `deepen`.
    #[must_use]
    pub fn shallow(&self, ids: &[EngagementId]) -> Vec<String> {
        if !self.safe.here {
            return Vec::new();
        }
        let is_cut = |id: &&EngagementId| !self.safe.deep.contains(*id) && self.depth(id) >= HISTORY;
        let cut = ids.iter().filter(is_cut);
        cut.map(|id| Key::Snapshot(id.clone()).to_string()).collect()
    }

    /// How many changes of the history are known.
    fn depth(&self, id: &EngagementId) -> usize {
        self.documents.get(id).map_or(0, |one| one.history().len())
    }

    /// Joins what was read under such keys. Says of which engagements there is more now.
    pub fn deepen(&mut self, keys: &[String], read: Vec<(String, String)>, now: i64) -> BTreeSet<EngagementId> {
        let asked = keys.iter().filter_map(|key| match Key::parse(key) {
            Some(Key::Snapshot(id)) => Some(id),
            _ => None,
        });
        let before: BTreeMap<EngagementId, usize> = gather(asked.map(|id| {
            let depth = self.depth(&id);
            (id, depth)
        }));
        let mut more = BTreeSet::new();
        self.take_in_all(read, now, &mut more);
        self.settle(false, &mut more);
        for (id, depth) in before {
            if self.depth(&id) > depth {
                more.insert(id.clone());
            }
            self.safe.deep.insert(id);
        }
        more
    }
}
