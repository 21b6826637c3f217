//! The single file: the same app, in one page that opens by double-click and never touches a network.
//!
//! A page from `file://` may not fetch, not even its neighbours, so everything stands inside. Wasm and content are
//! compressed payloads in data blocks; the policy forbids every connection and names the inline style and scripts by hash.
//! Payloads are no scripts, so changing them touches no hash.

use std::collections::BTreeMap;
use std::num::NonZeroU64;

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::{Parts, template};
use crate::digest;
use crate::minify;

/// The level of miniz with the best ratio.
const LEVEL: u8 = 10;

/// How often zopfli goes over it: more takes as much longer each and gains next to nothing.
const ROUNDS: u64 = 5;

/// The finished page. It carries the version of the hosted one: both are made from the same parts.
pub fn page(parts: &Parts, version: &str) -> Result<String> {
    let mut shell = parts.shell.clone();
    for part in ["policy", "assets", "payload"] {
        shell = template::open_part(&shell, part)?;
    }
    let shell = minify::html(&shell);

    let boot = inline("boot.js", &parts.boot)?;
    let module = inline("the bindings", &module(&parts.app.js)?)?;
    let css = inline("the style sheets", &parts.css)?;
    let policy = policy(&boot, &module, &css);
    let icon = parts
        .copied
        .get("icon.svg")
        .map(|svg| STANDARD.encode(svg))
        .unwrap_or_default();
    let assets = format!(
        "<script>{boot}</script>\n<style>{css}</style>\n\
         <link rel=\"icon\" type=\"image/svg+xml\" href=\"data:image/svg+xml;base64,{icon}\">"
    );
    let payload = format!("{}<script type=\"module\">{module}</script>", payloads(parts)?);

    let manifest = json!({ "version": version, "offered": parts.content.offered, "single": true }).to_string();
    template::fill(
        &shell,
        &[
            ("policy", &policy),
            ("manifest", &manifest),
            ("assets", &assets),
            ("payload", &payload),
        ],
    )
}

/// The bindings as an inline module. Their export statement is allowed there and goes nowhere, so nothing has to be cut out;
/// the start function is called by its name inside the module.
fn module(js: &str) -> Result<String> {
    ensure!(
        js.contains("__wbg_init as default"),
        "the bindings no longer export `__wbg_init as default`; see how they start now and mend xtask/src/dist/single.rs"
    );
    Ok(format!("{js}\nep.start(__wbg_init);\n"))
}

/// Text that can stand in a script or style element unchanged, byte for byte, as its hash demands.
fn inline(what: &str, text: &str) -> Result<String> {
    let lower = text.to_ascii_lowercase();
    for ends in ["</script", "<script", "</style", "<!--", "\r", "\0"] {
        ensure!(
            !lower.contains(ends),
            "{what} contains {ends:?} and cannot stand inside a page"
        );
    }
    Ok(text.to_owned())
}

fn policy(boot: &str, module: &str, css: &str) -> String {
    let hash = |text: &str| format!("'{}'", digest::integrity(text.as_bytes()));
    format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         script-src {} {} 'wasm-unsafe-eval'; style-src {}; img-src data: blob:; connect-src 'none'; base-uri 'none'; \
         form-action 'none'\">",
        hash(boot),
        hash(module),
        hash(css)
    )
}

/// One payload for the wasm, one for what all languages share, one for each language.
fn payloads(parts: &Parts) -> Result<String> {
    let mut packs: BTreeMap<&str, serde_json::Map<String, serde_json::Value>> = BTreeMap::new();
    for (path, text) in &parts.content.files {
        let pack = packs.entry(parts.content.pack_of(path)).or_default();
        pack.insert(path.clone(), text.as_str().into());
    }
    // Nobody waits for the last percent while working on the app.
    let deflate = if parts.reload.is_some() { quickly } else { well };
    let mut out = block("wasm", &deflate(&parts.app.wasm)?);
    for (name, wasm) in &parts.app.later {
        out.push_str(&block(name, &deflate(wasm)?));
    }
    for (name, files) in packs {
        out.push_str(&block(
            name,
            &deflate(serde_json::Value::from(files).to_string().as_bytes())?,
        ));
    }
    Ok(out)
}

fn block(name: &str, deflated: &[u8]) -> String {
    let packed = STANDARD.encode(deflated);
    format!("<script type=\"application/octet-stream\" id=\"ep-payload-{name}\">{packed}</script>\n")
}

fn quickly(bytes: &[u8]) -> Result<Vec<u8>> {
    Ok(miniz_oxide::deflate::compress_to_vec(bytes, LEVEL))
}

fn well(bytes: &[u8]) -> Result<Vec<u8>> {
    let options = zopfli::Options {
        iteration_count: NonZeroU64::new(ROUNDS).context("no rounds")?,
        ..zopfli::Options::default()
    };
    let mut packed = Vec::new();
    zopfli::compress(options, zopfli::Format::Deflate, bytes, &mut packed)?;
    Ok(packed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_would_end_its_element_is_refused() {
        assert!(inline("x", "a = '</SCRIPT>'").is_err());
        assert!(inline("x", "a < b").is_ok());
    }

    #[test]
    fn unknown_bindings_are_refused() {
        assert!(module("export { init as default };").is_err());
    }
}
