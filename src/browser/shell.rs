//! What the page shell (`public/boot.js`) offers: content by path, the version, updates, and a way out after a panic.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ep, js_name = asset)]
    fn ep_asset(path: &str) -> Promise;

    #[wasm_bindgen(thread_local_v2, js_namespace = ep, js_name = language)]
    static LANGUAGE: JsValue;

    #[wasm_bindgen(thread_local_v2, js_namespace = ep, js_name = version)]
    static VERSION: JsValue;

    #[wasm_bindgen(js_namespace = ep, js_name = panicked)]
    fn ep_panicked(message: &str);

    #[wasm_bindgen(js_namespace = ep, js_name = applyUpdate)]
    fn ep_apply_update();
}

/// The text of a content file, by its logical path such as `names/de.json`.
///
/// # Errors
/// The file does not exist, or cannot be fetched now.
pub async fn asset(path: &str) -> Result<String, JsValue> {
    let text = wasm_bindgen_futures::JsFuture::from(ep_asset(path)).await?;
    text.as_string().ok_or(JsValue::NULL)
}

/// The language to start in, as the shell decided by the setting or the browser's languages.
#[must_use]
pub fn start_language() -> String {
    LANGUAGE.with(JsValue::as_string).unwrap_or_default()
}

/// The language in use: the chosen one, or the one to start in.
#[must_use]
pub fn chosen_language() -> String {
    let chosen = super::prefs::get_text("ep.language");
    if chosen.is_empty() { start_language() } else { chosen }
}

/// The browser, as it names itself.
#[must_use]
pub fn browser() -> String {
    web_sys::window()
        .and_then(|window| window.navigator().user_agent().ok())
        .unwrap_or_default()
}

/// The version of this build.
#[must_use]
pub fn version() -> String {
    VERSION.with(JsValue::as_string).unwrap_or_default()
}

/// After a panic the instance is dead: the shell takes over and offers the data.
pub fn report_panics() {
    std::panic::set_hook(Box::new(|info| ep_panicked(&info.to_string())));
}

/// Changes to the version that waits, and reloads once.
pub fn apply_update() {
    ep_apply_update();
}

/// The app cannot start: the shell says so and offers the data.
pub fn give_up(message: &str) {
    ep_panicked(message);
}

/// Whether a new version of the app waits.
#[must_use]
pub fn update_waits() -> bool {
    let ep = js_sys::Reflect::get(&js_sys::global(), &"ep".into()).unwrap_or_default();
    js_sys::Reflect::get(&ep, &"updateWaiting".into()).is_ok_and(|waits| waits.is_truthy())
}
