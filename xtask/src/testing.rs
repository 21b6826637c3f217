//! `cargo xtask test`: every check and every test there is, in one command with one sum at the end.
//!
//! Nothing is skipped: a tool that is missing is installed where that is possible, and is a failure where it is not.

mod tally;
mod tools;

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;

use crate::command;
use crate::dist::{self, Options};
use crate::wasm;
use crate::workspace::Workspace;
use tally::Tally;

/// A part of the tests that can be run alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Formatting, lints, and what needs no browser.
    Native,
    /// What opens a browser.
    Browser,
}

/// Runs everything, or one part; with a filter only the tests whose name contains it, without the checks.
/// Prints `N passed, N failed` last. `false` if anything failed.
///
/// The app is built for the browser beside the native part: its last minutes keep one core busy, not all of them.
pub fn test(workspace: &Workspace, only: Option<Part>, filter: Option<&str>) -> bool {
    let mut tally = Tally::default();
    // Both sides need it, and rustup must not be asked twice at once.
    let target = wasm::ensure_target();
    std::thread::scope(|scope| {
        let built = (only != Some(Part::Native)).then(|| scope.spawn(|| browser_settings(workspace)));
        if only != Some(Part::Browser) {
            if filter.is_none() {
                checks(workspace, &mut tally, target);
            }
            native(workspace, &mut tally, filter);
        }
        match built.map(|built| built.join()) {
            Some(Ok(Ok(settings))) => browser(workspace, &mut tally, settings, filter),
            Some(Ok(Err(error))) => tally.fail("browser tests", &format!("{error:#}")),
            Some(Err(_)) => tally.fail("browser tests", "the app was not built: see above"),
            None => {}
        }
    });
    tally.print()
}

/// Formatting and lints; each counts as one.
fn checks(workspace: &Workspace, tally: &mut Tally, target: Result<()>) {
    tally.check(
        "formatting",
        command::cargo(workspace).args(["fmt", "--all", "--check"]),
    );
    tally.check(
        "lints of everything, native",
        command::cargo(workspace).args([
            "clippy",
            "--quiet",
            "--workspace",
            "--all-targets",
            "--",
            "--deny",
            "warnings",
        ]),
    );
    match target {
        Ok(()) => tally.check(
            "lints of the app, wasm",
            command::cargo(workspace)
                .args([
                    "clippy",
                    "--quiet",
                    "--target",
                    wasm::TARGET,
                    "--package",
                    dist::APP,
                    "--lib",
                    "--bins",
                ])
                .args(["--package", dist::EMPTY_PAGE, "--package", dist::LARGE_WORK])
                .args(["--", "--deny", "warnings"]),
        ),
        Err(error) => tally.fail("lints of the app, wasm", &format!("{error:#}")),
    }
}

fn native(workspace: &Workspace, tally: &mut Tally, filter: Option<&str>) {
    let tests = ["--lib", "--bins", "--test", "suite"];
    tally.tests("native tests", cargo_test(workspace, &tests, filter));
    tally.tests(
        "examples in the documentation",
        cargo_test(workspace, &["--doc"], filter),
    );
}

fn browser(workspace: &Workspace, tally: &mut Tally, settings: [(&'static str, PathBuf); 2], filter: Option<&str>) {
    // The browser tests of the app, and those of the driver and the server in this crate.
    let mut tests = cargo_test(workspace, &["--test", "browser"], filter);
    // A test with a browser waits now and then; how many browsers there are at once they settle among themselves.
    tests.arg("--test-threads=3").envs(settings);
    tally.tests("browser tests", tests);
}

/// Builds the app, sees to it that browsers and tools are there, and gives what the browser tests want to know of it.
pub(crate) fn browser_settings(workspace: &Workspace) -> Result<[(&'static str, PathBuf); 2]> {
    tools::ensure_browsers()?;
    let axe = tools::ensure_axe(workspace)?;
    let (folder, begun) = (workspace.dist(), Instant::now());
    dist::build(workspace, &folder, Options::default())?;
    tally::say_time("the app", begun);
    Ok([("EP_DIST", folder), ("EP_AXE", axe)])
}

/// How many tests passed and failed, by a line of `cargo test` that says so.
pub(crate) fn result(line: &str) -> Option<(u64, u64)> {
    tally::result(line)
}

fn cargo_test(workspace: &Workspace, targets: &[&str], filter: Option<&str>) -> std::process::Command {
    let mut cargo = command::cargo(workspace);
    cargo
        .args(["test", "--quiet", "--workspace", "--no-fail-fast"])
        .args(targets)
        .arg("--");
    cargo.args(filter);
    cargo
}
