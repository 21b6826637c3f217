//! Files in and out: chosen, dropped or pasted; saved as a download. The size is known before anything is read.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

/// The bytes of a file.
///
/// # Errors
/// The browser could not read it.
pub async fn read(file: &File) -> Result<Vec<u8>, String> {
    let blob = gloo_file::Blob::from(file.clone());
    gloo_file::futures::read_as_bytes(&blob)
        .await
        .map_err(|error| error.to_string())
}

/// Hands JSON to the browser as a file to save.
///
/// # Errors
/// The browser refused.
pub fn save(name: &str, text: &str) -> Result<(), JsValue> {
    save_as(name, text, "application/json")
}

/// Hands a text of another kind, such as `text/markdown`, to the browser as a file to save.
///
/// # Errors
/// The browser refused.
pub fn save_as(name: &str, text: &str, kind: &str) -> Result<(), JsValue> {
    let bytes = Uint8Array::from(text.as_bytes());
    let properties = BlobPropertyBag::new();
    properties.set_type(kind);
    let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&bytes), &properties)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or(JsValue::NULL)?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    gloo_timers::callback::Timeout::new(60_000, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}
