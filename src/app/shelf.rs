//! Files of one kind, loaded when they are first asked for, once. Whoever asked is told when the file is there, and only then.

use leptos::prelude::*;
use std::{collections::BTreeMap, sync::Arc};

/// On its way; then there, or known not to be.
type Slot<T> = ArcRwSignal<Option<Option<Arc<T>>>>;

/// The files by their keys; cheap to copy.
pub struct Shelf<K: 'static, T: 'static>(StoredValue<BTreeMap<K, Slot<T>>>);

impl<K, T> Clone for Shelf<K, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, T> Copy for Shelf<K, T> {}

impl<K: Ord + Clone + Send + Sync, T: Send + Sync> Shelf<K, T> {
    /// Without any.
    #[must_use]
    pub fn new() -> Self {
        Self(StoredValue::new(BTreeMap::new()))
    }

    /// A file; `None` until it is loaded, and where there is none.
    pub fn get<F: Future<Output = Option<T>> + 'static>(self, key: K, load: impl FnOnce(K) -> F) -> Option<Arc<T>> {
        let known = self.0.with_value(|all| all.get(&key).cloned());
        let slot = known.unwrap_or_else(|| {
            let slot = Slot::default();
            self.0.update_value(|all| {
                all.insert(key.clone(), slot.clone());
            });
            let (loading, filled) = (load(key), slot.clone());
            leptos::task::spawn_local(async move {
                filled.set(Some(loading.await.map(Arc::new)));
            });
            slot
        });
        slot.get().flatten()
    }

    /// Puts a file there that was loaded otherwise.
    pub fn put(self, key: K, file: Option<T>) {
        let slot = Slot::default();
        slot.set(Some(file.map(Arc::new)));
        self.0.update_value(|all| {
            all.insert(key, slot);
        });
    }

    /// Whether a file that was asked for is loaded, or known not to be there.
    #[must_use]
    pub fn has(self, key: &K) -> bool {
        let known = self.0.with_value(|all| all.get(key).cloned());
        known.is_some_and(|slot| slot.with(Option::is_some))
    }
}

impl<K: Ord + Clone + Send + Sync, T: Send + Sync> Default for Shelf<K, T> {
    fn default() -> Self {
        Self::new()
    }
}
