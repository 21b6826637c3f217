//! Compiles a package for the browser and makes the JavaScript that starts it.
//!
//! The bindings are made in this process by `wasm-bindgen-cli-support`, so there is no tool to install whose version
//! could differ from that of the crate. What is not needed for the first screen becomes a module of its own ([`split`]).

mod split;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::command;
use crate::dist::APP;
use crate::workspace::Workspace;

/// The only target that the app is built for.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// How much work the compiler puts into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// As it is shipped: small, slow to build.
    Release,
    /// For work on the app: large, quick to build.
    Dev,
}

/// A compiled package: what the browser loads.
#[derive(Debug)]
pub struct Bindings {
    /// An ES module whose default export is the function that starts the wasm. It loads nothing by itself.
    pub js: String,
    /// The finished module, without names and producers.
    pub wasm: Vec<u8>,
    /// Modules that the first one loads later, by the name it asks for.
    pub later: BTreeMap<String, Vec<u8>>,
}

/// Builds the binary of `package` (of the same name) for the browser.
pub fn build(workspace: &Workspace, package: &str, profile: Profile) -> Result<Bindings> {
    ensure_target()?;
    check_versions(&fs::read_to_string(workspace.root().join("Cargo.lock")).unwrap_or_default())?;
    let compiled = compile(workspace, package, profile)?;
    // A build for work on the app is one module: cutting one with debug information takes minutes.
    if package != APP || profile == Profile::Dev {
        return bind(&compiled, BTreeMap::new());
    }
    let module = fs::read(&compiled).with_context(|| compiled.display().to_string())?;
    let pieces = split::cut(&module, &compiled.with_extension("pieces"))?;
    let mut bindings = bind(&pieces.first, pieces.later.clone())?;
    bindings.js = split::join(&bindings.js, &pieces)?;
    Ok(bindings)
}

/// Adds the target where it is missing and rustup is there to do it.
pub fn ensure_target() -> Result<()> {
    let libraries = command::output(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]))?;
    if PathBuf::from(libraries.trim()).is_dir() {
        return Ok(());
    }
    if command::find("rustup").is_none() {
        bail!(
            "the Rust target {TARGET} is missing, and there is no rustup to add it.\n\
             Install Rust with rustup (https://rustup.rs) and run this again, or install the package of your system \
             that holds the standard library for {TARGET}."
        );
    }
    println!("Adding the Rust target {TARGET}");
    command::run(Command::new("rustup").args(["target", "add", TARGET]))
}

/// The bindings must be made by the version that was compiled in. `lock` is the text of Cargo.lock.
fn check_versions(lock: &str) -> Result<()> {
    let versions = |name: &str| -> Vec<String> {
        let start = format!("name = \"{name}\"");
        lock.lines()
            .zip(lock.lines().skip(1))
            .filter(|(line, _)| *line == start)
            .filter_map(|(_, next)| Some(next.strip_prefix("version = \"")?.strip_suffix('"')?.to_owned()))
            .collect()
    };
    let (library, tool) = (versions("wasm-bindgen"), versions("wasm-bindgen-cli-support"));
    if library.is_empty() || library != tool {
        bail!(
            "Cargo.lock has wasm-bindgen {}, but the bindings are made by wasm-bindgen-cli-support {}.\n\
             They must be one version: set it in xtask/Cargo.toml (`wasm-bindgen-cli-support = \"=...\"`) and run \
             `cargo update -p wasm-bindgen`.",
            library.join(", "),
            tool.join(", ")
        );
    }
    Ok(())
}

fn compile(workspace: &Workspace, package: &str, profile: Profile) -> Result<PathBuf> {
    let mut cargo = command::cargo(workspace);
    cargo.args(["build", "--target", TARGET, "--package", package, "--bin", package]);
    cargo.arg("--message-format=json-render-diagnostics");
    if profile == Profile::Release {
        cargo.arg("--release");
        let mut flags = rust_flags(workspace);
        if package == APP {
            // One type of view instead of one for each place: smaller, and Leptos's own switch for it.
            flags.push_str(&format!("\x1f{}\x1f--cfg=erase_components", split::LINKER_FLAG));
        }
        cargo.env("CARGO_ENCODED_RUSTFLAGS", flags);
    }
    cargo.stderr(std::process::Stdio::inherit());
    let output = cargo
        .output()
        .with_context(|| format!("cannot start: {}", command::line(&cargo)))?;
    if !output.status.success() {
        bail!("failed ({}): {}", output.status, command::line(&cargo));
    }
    // Cargo names what it made, so that no setting of the target folder has to be repeated here.
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["reason"] == "compiler-artifact" && message["target"]["name"] == package)
        .filter_map(|message| Some(message["filenames"].as_array()?.clone()))
        .flatten()
        .filter_map(|file| file.as_str().map(PathBuf::from))
        .find(|file| file.extension().is_some_and(|extension| extension == "wasm"))
        .with_context(|| format!("cargo built {package} but named no .wasm file"))
}

/// The flags of the environment, and the places of sources on this machine replaced: they stand in every panic message,
/// would make the same source give other bytes elsewhere, and are nobody's business.
fn rust_flags(workspace: &Workspace) -> String {
    let mut flags: Vec<String> = match std::env::var("CARGO_ENCODED_RUSTFLAGS") {
        Ok(flags) => flags.split('\x1f').map(str::to_owned).collect(),
        Err(_) => std::env::var("RUSTFLAGS")
            .unwrap_or_default()
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
    };
    flags.retain(|flag| !flag.is_empty());
    for registry in registries() {
        flags.push(format!("--remap-path-prefix={}=crates", registry.display()));
    }
    flags.push(format!("--remap-path-prefix={}=app", workspace.root().display()));
    flags.join("\x1f")
}

/// The folders into which cargo unpacks sources, sorted.
fn registries() -> Vec<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| {
        let user = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"))?;
        Some(PathBuf::from(user).join(".cargo"))
    });
    let Some(Ok(entries)) = home.map(|home| fs::read_dir(home.join("registry/src"))) else {
        return Vec::new();
    };
    let mut folders: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    folders.sort();
    folders
}

fn bind(compiled: &Path, later: BTreeMap<String, Vec<u8>>) -> Result<Bindings> {
    let mut output = Bindgen::new()
        .input_path(compiled)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        // The table of functions, which later modules share.
        .keep_lld_exports(!later.is_empty())
        .out_name("app")
        .generate_output()
        .with_context(|| format!("the bindings for {} could not be made", compiled.display()))?;
    // Packages are listed even if they bring nothing.
    let snippets = output.snippets().iter();
    let mut foreign: Vec<&str> = snippets
        .filter(|(_, scripts)| !scripts.is_empty())
        .map(|(package, _)| package.as_str())
        .collect();
    foreign.extend(output.local_modules().keys().map(String::as_str));
    if !foreign.is_empty() {
        bail!(
            "{} bring JavaScript files of their own (`inline_js` or `module = ...`), which the single file cannot hold",
            foreign.join(", ")
        );
    }
    Ok(Bindings {
        js: output.js().to_owned(),
        wasm: output.wasm_mut().emit_wasm(),
        later,
    })
}

/// The page's policy refuses to make code from text, so bindings that do it fail in the middle of something.
pub fn check_policy(js: &str) -> Result<()> {
    for (maker, from) in [
        (
            "new Function(",
            "`js_sys::Function::new_no_args`, `new_with_args` or `Function::default()`",
        ),
        (" eval(", "`js_sys::eval`"),
    ] {
        if js.contains(maker) {
            bail!(
                "the bindings contain `{}`, which the page's Content Security Policy refuses at run time. \
                 It comes from {from} in the app or in a dependency; an `Option<Function>` does without.",
                maker.trim()
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock(library: &str, tool: &str) -> String {
        format!(
            "[[package]]\nname = \"wasm-bindgen\"\nversion = \"{library}\"\n\n\
             [[package]]\nname = \"wasm-bindgen-cli-support\"\nversion = \"{tool}\"\n"
        )
    }

    #[test]
    fn one_version_of_wasm_bindgen_is_right() {
        assert!(check_versions(&lock("0.2.130", "0.2.130")).is_ok());
    }

    #[test]
    fn two_versions_of_wasm_bindgen_are_named() {
        let error = check_versions(&lock("0.2.131", "0.2.130")).expect_err("they differ");
        let text = error.to_string();
        assert!(text.contains("0.2.131") && text.contains("0.2.130"), "{text}");
    }

    #[test]
    fn code_made_from_text_is_refused() {
        assert!(check_policy("const ret = new Function(getString(arg0, arg1));").is_err());
        assert!(check_policy("const ret = new Map();").is_ok());
    }

    #[test]
    fn a_missing_lock_file_is_an_error() {
        assert!(check_versions("").is_err());
    }
}
