//! The folder for a web server: hashed assets, the page that names them, the service worker that keeps them.

use anyhow::Result;
use serde_json::json;

use super::output::{Files, add_hashed};
use super::{Parts, template, version};
use crate::digest;
use crate::minify;

/// Served, but not part of the offline copy: hosts read them, or people download them.
const NOT_OFFLINE: [&str; 3] = ["404.html", "_headers", ".nojekyll"];

/// All files but the single one, and the version that page and worker carry.
pub fn files(parts: &Parts) -> Result<(Files, String)> {
    let mut files = Files::new();
    let js = add_hashed(&mut files, "assets/app.js", parts.app.js.clone().into_bytes());
    let wasm = add_hashed(&mut files, "assets/app.wasm", parts.app.wasm.clone());
    let mut later = serde_json::Map::new();
    for (name, wasm) in &parts.app.later {
        let path = add_hashed(&mut files, &format!("assets/{name}.wasm"), wasm.clone());
        later.insert(name.clone(), path.into());
    }
    let css = add_hashed(&mut files, "assets/app.css", parts.css.clone().into_bytes());
    let boot = add_hashed(&mut files, "assets/boot.js", parts.boot.clone().into_bytes());
    let mut content = serde_json::Map::new();
    for (path, text) in &parts.content.files {
        add_hashed(&mut files, &format!("assets/{path}"), text.clone().into_bytes());
        content.insert(path.clone(), digest::short(text.as_bytes()).into());
    }
    files.extend(parts.copied.clone());

    let mut shell = minify::html(&parts.shell);
    if let Some(script) = &parts.reload {
        let reload = add_hashed(&mut files, "assets/reload.js", script.clone().into_bytes());
        shell = shell.replace("</head>", &format!("<script src=\"{reload}\" defer></script>\n</head>"));
    }
    let page = |version: &str| {
        let manifest = json!({
            "version": version, "offered": parts.content.offered, "js": js, "wasm": wasm, "parts": later, "files": content,
        });
        let values = [
            ("manifest", &*manifest.to_string()),
            ("boot", &boot),
            ("css", &css),
            ("js", &js),
            ("wasm", &wasm),
        ];
        template::fill(&shell, &values)
    };
    let release: Vec<_> = files
        .iter()
        .filter(|(path, _)| !NOT_OFFLINE.contains(&path.as_str()) && !path.starts_with("schema/"))
        .map(|(path, bytes)| (path.clone(), digest::integrity(bytes)))
        .collect();
    let worker = |version: &str| {
        let release = json!({ "version": version, "files": release }).to_string();
        template::fill(&parts.worker, &[("release", &release)])
    };

    // The version covers page and worker too, as they are without it.
    files.insert("index.html".to_owned(), page("")?.into_bytes());
    files.insert("sw.js".to_owned(), worker("")?.into_bytes());
    let version = version(&files);
    files.insert("index.html".to_owned(), page(&version)?.into_bytes());
    files.insert("sw.js".to_owned(), worker(&version)?.into_bytes());
    if parts.reload.is_some() {
        files.insert("version.txt".to_owned(), version.clone().into_bytes());
    }
    Ok((files, version))
}
