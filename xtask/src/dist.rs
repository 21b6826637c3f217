//! What is shipped: the folder for hosting, and the single file.
//!
//! Everything is put together in memory first, from the compiled app, the shell (`index.html`, `public/`), the styles and
//! the content; then written. Equal input gives equal bytes. All addresses are relative, so any sub-path works.
//!
//! | file | made from |
//! | --- | --- |
//! | `index.html`, `sw.js` | the shell, filled with the names below; the only ones that are read before a name is known |
//! | `assets/*.<hash>.*` | the app, its styles, the boot script, the content; their names change with their content |
//! | `engagement-playbook.html` | all of it in one file that opens by double-click ([`single`]) |
//! | the rest of `public/`, `schema/` | copied as they are |

mod hosted;
mod output;
mod single;
mod styles;
mod template;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::content::Content;
use crate::digest;
use crate::minify;
use crate::wasm::{self, Bindings, Profile};
use crate::workspace::Workspace;

pub use output::{Files, write};

/// The package of the app.
pub const APP: &str = "engagement-playbook";
/// The package of the page that the benchmark compares with.
pub const EMPTY_PAGE: &str = "empty-page";
/// The package of the page on which the benchmark merges, and which makes the files that it imports.
pub const LARGE_WORK: &str = "large-work";
/// The name of the single file.
pub const SINGLE: &str = "engagement-playbook.html";

/// What differs between the commands that build the app.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How the wasm is compiled.
    pub profile: Profile,
    /// Adds a script that reloads the page when a file `version.txt` changes; for `serve` only.
    pub live_reload: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            profile: Profile::Release,
            live_reload: false,
        }
    }
}

/// Compiles the app and writes what is shipped into `folder`. Gives the files that were written.
pub fn build(workspace: &Workspace, folder: &Path, options: Options) -> Result<Files> {
    let bindings = wasm::build(workspace, APP, options.profile)?;
    wasm::check_policy(&bindings.js)?;
    let files = assemble(workspace, bindings, options.live_reload)?;
    write(folder, &files)?;
    Ok(files)
}

/// What is shipped around an app that is compiled already. Tests of the shell hand in a few lines of JavaScript instead.
pub fn assemble(workspace: &Workspace, app: Bindings, live_reload: bool) -> Result<Files> {
    let parts = Parts::gather(workspace, app, live_reload)?;
    let (mut files, version) = hosted::files(&parts)?;
    let single = single::page(&parts, &version)?;
    files.insert(SINGLE.to_owned(), single.into_bytes());
    Ok(files)
}

/// The same files under another version string: what a host has after an upload in which nothing but the version changed.
/// For tests of updates. Gives the version that was replaced.
pub fn with_version(files: &mut Files, version: &str) -> Result<String> {
    let worker = files.get("sw.js").context("there is no sw.js")?;
    let worker = String::from_utf8_lossy(worker);
    let (_, rest) = worker.split_once("\"version\":\"").context("sw.js names no version")?;
    let (old, _) = rest.split_once('"').context("sw.js names no version")?;
    let (from, to) = (format!("\"version\":\"{old}\""), format!("\"version\":\"{version}\""));
    let old = old.to_owned();
    for path in ["index.html", "sw.js", SINGLE] {
        if let Some(bytes) = files.get_mut(path) {
            *bytes = String::from_utf8_lossy(bytes).replace(&from, &to).into_bytes();
        }
    }
    Ok(old)
}

/// Reads a folder that was written before.
pub fn load(folder: &Path) -> Result<Files> {
    output::read(folder)
}

/// Compiles a page of the benchmark and writes it into `folder`, in a shell of its own that holds nothing but the start.
pub fn build_page(workspace: &Workspace, package: &str, folder: &Path) -> Result<Files> {
    let bindings = wasm::build(workspace, package, Profile::Release)?;
    let shell = read(&workspace.root().join("bench").join(package).join("index.html"))?;
    let mut files = Files::new();
    let js = output::add_hashed(&mut files, "assets/app.js", minify::script(&bindings.js).into_bytes());
    let wasm = output::add_hashed(&mut files, "assets/app.wasm", bindings.wasm);
    let page = template::fill(&minify::html(&shell), &[("js", &js), ("wasm", &wasm)])?;
    files.insert("index.html".to_owned(), page.into_bytes());
    write(folder, &files)?;
    Ok(files)
}

/// Everything that goes into a build, read and made smaller, before it is known where each piece will stand.
struct Parts {
    shell: String,
    worker: String,
    boot: String,
    css: String,
    /// Started by the page itself, without the boot script; only for `serve`.
    reload: Option<String>,
    app: Bindings,
    content: Content,
    /// Files that are copied as they are, by their path in the output.
    copied: BTreeMap<String, Vec<u8>>,
}

impl Parts {
    fn gather(workspace: &Workspace, mut app: Bindings, live_reload: bool) -> Result<Self> {
        let public = workspace.public();
        app.js = minify::script(&app.js);
        Ok(Self {
            shell: read(&workspace.root().join("index.html"))?,
            worker: minify::script(&read(&public.join("sw.js"))?),
            boot: minify::script(&read(&public.join("boot.js"))?),
            css: styles::read(workspace)?,
            reload: live_reload.then(|| minify::script(include_str!("dist/reload.js"))),
            app,
            content: Content::read(&workspace.content())?,
            copied: copied(workspace)?,
        })
    }
}

/// The files of `public/` that are not worked into something else, and the published schema of the engagement file.
fn copied(workspace: &Workspace) -> Result<BTreeMap<String, Vec<u8>>> {
    const WORKED_IN: [&str; 3] = ["boot.js", "boot.css", "sw.js"];
    let mut files = BTreeMap::new();
    for (folder, under) in [(workspace.public(), ""), (workspace.root().join("schema"), "schema/")] {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.path().is_file() && !WORKED_IN.contains(&name.as_str()) {
                let bytes = fs::read(entry.path()).with_context(|| entry.path().display().to_string())?;
                files.insert(format!("{under}{name}"), bytes);
            }
        }
    }
    // GitHub Pages would otherwise run its own generator over the folder.
    files.insert(".nojekyll".to_owned(), Vec::new());
    Ok(files)
}

/// A hash over names and contents; changes when any file changes.
fn version(files: &Files) -> String {
    let mut list = String::new();
    for (path, bytes) in files {
        list.push_str(&format!("{path} {}\n", digest::integrity(bytes)));
    }
    digest::short(list.as_bytes())
}

fn read(path: &Path) -> Result<String> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    // A checkout may have other line ends; hashes must not depend on it.
    Ok(text.replace("\r\n", "\n"))
}
