//! A stand-in for the app: it shows the words of the app, says that it is ready, and can be told to panic.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;

use anyhow::Result;
use tempfile::TempDir;
use xtask::dist::{self, Files};
use xtask::wasm::Bindings;
use xtask::workspace::Workspace;

/// Does what wasm-bindgen's JavaScript does, as far as the shell can tell.
const APP: &str = r#"
async function __wbg_init({ module_or_path }) {
  const { exports } = await WebAssembly.instantiate(await module_or_path);
  globalThis.trap = exports.trap;
  const heading = document.createElement("h1");
  heading.textContent = "stand-in";
  const bar = document.createElement("header");
  bar.className = "bar";
  document.getElementById("app").append(bar, heading);
  globalThis.structure = JSON.parse(await ep.asset("structure.json"));
  document.documentElement.dataset.ready = "";
}
export { initSync, __wbg_init as default };
function initSync() {}
"#;

/// A module with one exported function `trap`, which is what a panic comes down to.
const WASM: &[u8] = &[
    0, b'a', b's', b'm', 1, 0, 0, 0, // header
    1, 4, 1, 0x60, 0, 0, // type: nothing to nothing
    3, 2, 1, 0, // one function of it
    7, 8, 1, 4, b't', b'r', b'a', b'p', 0, 0, // exported as "trap"
    10, 5, 1, 3, 0, 0, 0x0b, // unreachable
];

/// Made once for all tests: most of the time goes into making the single file small.
static FIRST: LazyLock<Files> = LazyLock::new(|| around(APP.to_owned()).expect("is assembled"));
static NEXT: LazyLock<Files> = LazyLock::new(|| around(format!("{APP} /* next */")).expect("is assembled"));

/// The shell of this repository around the stand-in.
pub fn files() -> Files {
    FIRST.clone()
}

/// The same as another version: the bindings differ by a comment.
pub fn next_files() -> Files {
    NEXT.clone()
}

fn around(js: String) -> Result<Files> {
    let app = Bindings {
        js,
        wasm: WASM.to_vec(),
        later: BTreeMap::new(),
    };
    dist::assemble(&Workspace::find()?, app, false)
}

/// A folder with the given files.
pub fn folder(files: &Files) -> Result<TempDir> {
    let folder = tempfile::tempdir()?;
    dist::write(folder.path(), files)?;
    Ok(folder)
}

/// A folder that the test looks into, such as one for downloads.
pub fn names_in(folder: &std::path::Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

/// Offers other languages than the content has, in the page of the hosted files.
pub fn offer(files: &mut Files, languages: &[&str]) -> Result<()> {
    let page = files.get_mut("index.html").ok_or_else(|| anyhow::anyhow!("no page"))?;
    let text = String::from_utf8(page.clone())?;
    let (before, rest) = text
        .split_once("\"offered\":[")
        .ok_or_else(|| anyhow::anyhow!("no list"))?;
    let (_, after) = rest.split_once(']').ok_or_else(|| anyhow::anyhow!("no list"))?;
    *page = format!("{before}\"offered\":{}{after}", serde_json::to_string(languages)?).into_bytes();
    Ok(())
}

/// The content as it should arrive.
pub fn content() -> Result<std::collections::BTreeMap<String, String>> {
    Ok(xtask::content::Content::read(&Workspace::find()?.content())?.files)
}
