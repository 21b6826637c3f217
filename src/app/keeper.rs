//! One tab keeps the snapshots: the holder of a Web Lock. Each tab holds a lock of its own as long as it lives, so that the
//! keeper can tell a dead tab's journal from a living one's. What is done with them is the workspace's business.

use super::store::Store;
use crate::{
    browser::{clock, locks},
    workspace::SaveState,
};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

/// Holds the lock of this tab, from before its first write.
pub fn hold_lock(store: Store) {
    let held = StoredValue::new_local(Vec::<locks::Held>::new());
    Effect::new(move |_| {
        store.replica_changed.track();
        let replica = store.read_untracked(|workspace| workspace.replica());
        leptos::task::spawn_local(async move {
            if let Some(lock) = locks::hold_tab(replica).await {
                held.update_value(|held| held.push(lock));
            }
        });
    });
}

/// Keeps, when it is this tab's turn.
pub fn run(store: Store) {
    store.started.set_value(true);
    store.look_at_second();
    leptos::task::spawn_local(async move {
        let mut dead = std::collections::BTreeMap::new();
        let keeper = locks::become_keeper().await;
        loop {
            // Another tab may have come since; a dead one lets go of its lock.
            for replica in store.read_untracked(|workspace| workspace.others()) {
                if !dead.contains_key(&replica)
                    && let Some(lock) = locks::take_dead(replica).await
                {
                    dead.insert(replica, lock);
                }
            }
            // The second store first: what it has is joined before a snapshot is written.
            // Where there are no locks every tab looks after it.
            store.tend(true).await;
            store.back_up().await;
            let gone: Vec<_> = dead.keys().copied().collect();
            let kept = if keeper.is_some() {
                store.keep(&gone)
            } else {
                crate::workspace::Kept::default()
            };
            let wait = kept
                .again_at
                .map_or(30_000, |at| (at - clock::now()).clamp(1_000, 30_000));
            TimeoutFuture::new(u32::try_from(wait).unwrap_or(30_000)).await;
            // Without locks nobody keeps localStorage, and the second store looks after itself in its transactions; a tab that
            // only reads lets a newer one keep.
            if keeper.is_none() && !store.has_second() || store.save_state.get_untracked() == SaveState::ReadOnly {
                return;
            }
        }
    });
}
