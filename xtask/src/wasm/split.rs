//! Cuts a compiled module where the app says so (`#[wasm_split]`), so that a first visit waits for the first screen only.
//!
//! The cutting is done by `wasm_split_cli_support`, which needs the relocations that the linker leaves with `--emit-relocs`. Its
//! script fetches the pieces as neighbours of the page; ours come from the boot script (`ep.part`), which knows their hashed
//! names, and in the single file unpacks them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use wasm_split_cli_support::Options;
use wasmparser::{Parser, Payload};

/// What the linker is told for a module that is to be cut.
pub const LINKER_FLAG: &str = "-Clink-arg=--emit-relocs";

const LINK: &str = "./split.js";

/// A module in pieces.
#[derive(Debug)]
pub struct Pieces {
    /// What starts; its bindings are still to be made.
    pub first: PathBuf,
    /// What comes later, by name.
    pub later: BTreeMap<String, Vec<u8>>,
    /// The script that loads what comes later, as an ES module.
    pub script: String,
}

/// Cuts the module; `folder` is for what lies in between.
pub fn cut(module: &[u8], folder: &Path) -> Result<Pieces> {
    if folder.is_dir() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let first = folder.join("first.wasm");
    let mut options = Options::new(module);
    options.output_dir = folder;
    options.main_out_path = &first;
    options.link_name = LINK;
    let made =
        wasm_split_cli_support::transform(options).map_err(|error| anyhow!("the app could not be cut: {error:#}"))?;
    let mut later = BTreeMap::new();
    for path in made.split_modules {
        let name = path
            .file_stem()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
        later.insert(name, without_names(&bytes)?);
    }
    Ok(Pieces {
        first,
        later,
        script: fs::read_to_string(folder.join(LINK)).context("the script that loads the pieces")?,
    })
}

/// The bindings and the script that loads the pieces as one module.
pub fn join(bindings: &str, pieces: &Pieces) -> Result<String> {
    let import = format!("import * as import1 from \"{LINK}\"");
    let (before, rest) = bindings
        .split_once(&import)
        .with_context(|| format!("the bindings no longer import {LINK} as before; mend xtask/src/wasm/split.rs"))?;
    let after = &rest[rest.find('\n').unwrap_or(rest.len())..];
    let mut script = String::new();
    let mut loaders = Vec::new();
    for line in pieces.script.lines().filter(|line| !line.starts_with("import ")) {
        if let Some(rest) = line.strip_prefix("export const ") {
            loaders.push(rest.split_whitespace().next().unwrap_or_default().to_owned());
        }
        script.push_str(line.strip_prefix("export ").unwrap_or(line));
        script.push('\n');
    }
    for name in pieces.later.keys() {
        let fetch = format!("fetch(new URL(\"./{name}.wasm\", import.meta.url))");
        ensure!(
            script.contains(&fetch),
            "the pieces are no longer fetched as before; mend xtask/src/wasm/split.rs"
        );
        script = script.replace(&fetch, &format!("ep.part(\"{name}\")"));
    }
    let start = "WebAssembly.instantiateStreaming(src, imports)";
    ensure!(
        script.contains(start),
        "the pieces are no longer started as before; mend xtask/src/wasm/split.rs"
    );
    let script = script.replace(start, "WebAssembly.instantiate(await src, imports)");
    Ok(format!(
        "{before}const import1 = (() => {{\n{script}return {{ {} }};\n}})();{after}",
        loaders.join(", ")
    ))
}

/// The module without its custom sections: names and producers are nobody's business.
fn without_names(module: &[u8]) -> Result<Vec<u8>> {
    let mut out = module.get(..8).context("not a module")?.to_vec();
    let mut from = 8;
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.context("a piece that is no module")?;
        let Some((_, range)) = payload.as_section() else {
            continue;
        };
        let end = usize::try_from(range.end)?;
        if !matches!(payload, Payload::CustomSection(_)) {
            out.extend_from_slice(&module[from..end]);
        }
        from = end;
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An empty module with a custom section `name` before and after a type section.
    fn module() -> Vec<u8> {
        let custom = [0, 6, 4, b'n', b'a', b'm', b'e', 7];
        let types = [1, 4, 1, 0x60, 0, 0];
        [b"\0asm\x01\0\0\0".as_slice(), &custom, &types, &custom].concat()
    }

    #[test]
    fn names_go_and_the_rest_stays() {
        let bare = without_names(&module()).expect("a module");
        assert_eq!(bare, [b"\0asm\x01\0\0\0".as_slice(), &[1, 4, 1, 0x60, 0, 0]].concat());
    }

    fn pieces(script: &str) -> Pieces {
        Pieces {
            first: PathBuf::new(),
            later: BTreeMap::from([("split_rest".to_owned(), Vec::new())]),
            script: script.to_owned(),
        }
    }

    #[test]
    fn the_script_asks_the_boot_script_for_the_pieces() {
        let script = "import { initSync } from \"./main.js\";\nfunction load() {}\nexport const go = load(() => {\n  \
                      const src = fetch(new URL(\"./split_rest.wasm\", import.meta.url));\n  \
                      return WebAssembly.instantiateStreaming(src, imports);\n});\n";
        let bindings = "import * as import1 from \"./split.js\"\nlet wasm;\n";
        let joined = join(bindings, &pieces(script)).expect("as expected");
        assert!(
            joined.starts_with("const import1 = (() => {\nfunction load() {}\nconst go = load("),
            "{joined}"
        );
        assert!(joined.contains("ep.part(\"split_rest\")"), "{joined}");
        assert!(joined.contains("return { go };\n})();\nlet wasm;"), "{joined}");
        assert!(
            !joined.contains("import.meta") && !joined.contains("import {"),
            "{joined}"
        );
    }

    #[test]
    fn another_script_is_refused() {
        assert!(join("let wasm;", &pieces("")).is_err());
        assert!(
            join(
                "import * as import1 from \"./split.js\"\n",
                &pieces("export const go = 1;")
            )
            .is_err()
        );
    }
}
