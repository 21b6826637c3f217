//! `cargo xtask serve`: builds, serves, and builds again when a source changes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};

use crate::dist::{self, Options};
use crate::server::{Server, Settings};
use crate::wasm::Profile;
use crate::workspace::Workspace;

/// How often the sources are looked at.
const LOOK: Duration = Duration::from_millis(500);

/// The port that is tried first when none was asked for.
const FIRST_PORT: u16 = 8080;

/// Builds and serves until the program is ended.
pub fn serve(workspace: &Workspace, port: Option<u16>, profile: Profile) -> Result<()> {
    // Not `dist/`: this build has the reload script, which is not shipped.
    let folder = workspace.target().join("serve");
    let options = Options {
        profile,
        live_reload: true,
    };
    dist::build(workspace, &folder, options)?;
    let server = start(&folder, port)?;
    println!("{}", server.url());

    let mut seen = times(workspace);
    loop {
        std::thread::sleep(LOOK);
        let now = times(workspace);
        if now == seen {
            continue;
        }
        seen = now;
        match dist::build(workspace, &folder, options) {
            Ok(_) => println!("built again"),
            // A half-written line must not end the command.
            Err(error) => eprintln!("{error:#}"),
        }
    }
}

fn start(folder: &Path, port: Option<u16>) -> Result<Server> {
    let on = |port| {
        Server::with(Settings {
            port,
            ..Settings::new(folder)
        })
    };
    match port {
        Some(port) => on(port),
        None => (FIRST_PORT..=u16::MAX)
            .find_map(|port| on(port).ok())
            .context("no port is free"),
    }
}

/// When each source was changed last.
fn times(workspace: &Workspace) -> BTreeMap<PathBuf, SystemTime> {
    let mut times = BTreeMap::new();
    for name in [
        "src",
        "style",
        "public",
        "schema",
        "index.html",
        "Cargo.toml",
        "Cargo.lock",
    ] {
        note(&workspace.root().join(name), &mut times);
    }
    times
}

fn note(path: &Path, times: &mut BTreeMap<PathBuf, SystemTime>) {
    if let Ok(entries) = std::fs::read_dir(path) {
        for entry in entries.flatten() {
            note(&entry.path(), times);
        }
    } else if let Ok(time) = path.metadata().and_then(|metadata| metadata.modified()) {
        times.insert(path.to_owned(), time);
    }
}
