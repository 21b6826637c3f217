//! Whether the browser may clear this storage when the disk gets full, and asking it not to.

use wasm_bindgen_futures::JsFuture;

fn manager() -> Option<web_sys::StorageManager> {
    let navigator = web_sys::window()?.navigator();
    // Missing where a page is not secure.
    let manager = js_sys::Reflect::get(&navigator, &"storage".into()).ok()?;
    manager.is_object().then(|| navigator.storage())
}

/// Whether the storage is kept until the user clears it; `None` where the browser does not say.
pub async fn is_persistent() -> Option<bool> {
    let answer = manager()?.persisted().ok()?;
    JsFuture::from(answer).await.ok()?.as_bool()
}

/// Asks the browser to keep the storage until the user clears it. Some decide by themselves, some ask the user.
pub async fn ask() -> Option<bool> {
    let answer = manager()?.persist().ok()?;
    JsFuture::from(answer).await.ok()?.as_bool()
}
