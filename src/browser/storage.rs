//! Where work is kept in a browser: localStorage, or memory where that is blocked.
//!
//! The storage is probed once and then held: `gloo_storage::LocalStorage::raw()` asks the window anew each time and
//! panics where storage has been blocked meanwhile. Every call here can fail and says how. Nothing is decided here.

use crate::workspace::{KeyValue, Memory, StoreError};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// localStorage with values as the browser's own strings, so that a copy keeps even half a character.
    #[derive(Clone, Debug)]
    type Exact;

    #[wasm_bindgen(method, catch, js_name = getItem)]
    fn get_exact(this: &Exact, key: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = setItem)]
    fn set_exact(this: &Exact, key: &str, value: &JsValue) -> Result<(), JsValue>;
}

/// The browser's localStorage.
#[derive(Clone, Debug)]
pub struct LocalStorage(web_sys::Storage);

/// The place for this browser.
#[derive(Clone, Debug)]
pub enum BrowserStore {
    /// Outlives the tab.
    Local(LocalStorage),
    /// Storage is blocked: lasts as long as the tab.
    Memory(Memory),
}

/// Opens localStorage; memory where it is blocked.
#[must_use]
pub fn open_store() -> BrowserStore {
    let storage = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
    match storage.filter(|storage| storage.length().is_ok()) {
        Some(storage) => BrowserStore::Local(LocalStorage(storage)),
        None => BrowserStore::Memory(Memory::default()),
    }
}

impl BrowserStore {
    /// Whether what is kept here outlives the tab.
    #[must_use]
    pub fn lasts(&self) -> bool {
        matches!(self, Self::Local(_))
    }
}

impl KeyValue for LocalStorage {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.0.get_item(key).map_err(|error| why(&error))
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), StoreError> {
        self.0.set_item(key, text).map_err(|error| why(&error))
    }

    fn remove(&mut self, key: &str) -> Result<(), StoreError> {
        self.0.remove_item(key).map_err(|error| why(&error))
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        let mut keys = Vec::new();
        for index in 0..self.0.length().map_err(|error| why(&error))? {
            keys.extend(self.0.key(index).map_err(|error| why(&error))?);
        }
        Ok(keys)
    }

    fn copy(&mut self, from: &str, to: &str) -> Result<(), StoreError> {
        let exact: &Exact = self.0.unchecked_ref();
        let value = exact.get_exact(from).map_err(|error| why(&error))?;
        if value.is_null() {
            Ok(())
        } else {
            exact.set_exact(to, &value).map_err(|error| why(&error))
        }
    }
}

impl KeyValue for BrowserStore {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        match self {
            Self::Local(store) => store.get(key),
            Self::Memory(store) => store.get(key),
        }
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), StoreError> {
        match self {
            Self::Local(store) => store.set(key, text),
            Self::Memory(store) => store.set(key, text),
        }
    }

    fn remove(&mut self, key: &str) -> Result<(), StoreError> {
        match self {
            Self::Local(store) => store.remove(key),
            Self::Memory(store) => store.remove(key),
        }
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        match self {
            Self::Local(store) => store.keys(),
            Self::Memory(store) => store.keys(),
        }
    }

    fn copy(&mut self, from: &str, to: &str) -> Result<(), StoreError> {
        match self {
            Self::Local(store) => store.copy(from, to),
            Self::Memory(store) => store.copy(from, to),
        }
    }
}

/// Why a call failed, by what was thrown.
pub(super) fn why(error: &JsValue) -> StoreError {
    let member = |name: &str| js_sys::Reflect::get(error, &name.into()).unwrap_or(JsValue::UNDEFINED);
    StoreError::named(member("name").as_string().as_deref(), member("code").as_f64())
}
