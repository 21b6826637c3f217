//! Files in and out: chosen, or dropped (`dropped`); saved as a download. The size is known before anything is read.

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, File, FileList, HtmlAnchorElement, HtmlInputElement, Url};

/// A file that somebody offers: its name and size are known, nothing of it has been read.
#[derive(Clone, Debug)]
pub struct Offered {
    /// Its name; with the folders above it where a folder was chosen or dropped.
    pub name: String,
    /// Bytes.
    pub size: u64,
    file: File,
}

impl Offered {
    pub(super) fn new(file: File) -> Self {
        let path = Reflect::get(&file, &"webkitRelativePath".into()).ok();
        let path = path.and_then(|path| path.as_string()).filter(|path| !path.is_empty());
        Self::at(path.unwrap_or_else(|| file.name()), file)
    }

    /// A file that was found under a name.
    pub(super) fn at(name: String, file: File) -> Self {
        Self {
            name,
            size: file.size() as u64,
            file,
        }
    }

    /// Its bytes.
    ///
    /// # Errors
    /// The browser could not read it.
    pub async fn read(&self) -> Result<Vec<u8>, String> {
        read(&self.file).await
    }
}

fn offered(files: Option<FileList>) -> Vec<Offered> {
    let files = files.into_iter();
    files
        .flat_map(|files| (0..files.length()).filter_map(move |place| files.get(place)))
        .map(Offered::new)
        .collect()
}

/// The files that were chosen; the same ones can be chosen again afterwards.
#[must_use]
pub fn chosen(input: &HtmlInputElement) -> Vec<Offered> {
    let files = offered(input.files());
    input.set_value("");
    files
}

/// Makes a chooser of files one of folders, where the browser has such. Whether it has.
#[must_use]
pub fn choose_folders(input: &HtmlInputElement) -> bool {
    let name = JsValue::from("webkitdirectory");
    let known = Reflect::has(input, &name).unwrap_or(false);
    known && Reflect::set(input, &name, &true.into()).unwrap_or(false)
}

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
