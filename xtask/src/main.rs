//! The build commands: `cargo xtask serve`, `dist`, `test`, `torture`, `bench`, `shots`.
//!
//! Reads the command line and hands over; everything else is in the library.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use xtask::dist::{self, EMPTY_PAGE, Options};
use xtask::testing::{self, Part};
use xtask::torture::{self, Plan};
use xtask::wasm::Profile;
use xtask::workspace::Workspace;
use xtask::{bench, serve, shots, sizes};

const HELP: &str = "\
cargo xtask serve [--port N] [--dev]    build, serve, and build again when a source changes;
                                        --dev: quicker to build, larger, slower to start
cargo xtask dist [--empty]              build what is hosted into dist/, with the single file;
                                        --empty: the empty Leptos page, into target/empty-dist/
cargo xtask test [--only native|browser] [FILTER]
                                        every check and every test; with FILTER only tests whose name contains it
cargo xtask torture [--merge N] [--fuzz SECONDS] [--kills N] [--tabs SECONDS]
                                        the same tests in large numbers, with a table at the end: cases of each law
                                        of merging, seconds of each fuzz target, kills of the browser, seconds in
                                        which five tabs edit; alone: 100000, 60, 1000, 60
cargo xtask bench [--no-build] [--write]
                                        measure against the empty page, and print what came out;
                                        --no-build: take what was built before; --write: put it into README.md
cargo xtask shots [--no-build]          take the pictures in docs/
";

fn main() -> ExitCode {
    match run(std::env::args().skip(1)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// `false` if tests failed, which have said so themselves.
fn run(mut arguments: impl Iterator<Item = String>) -> Result<bool> {
    let command = arguments.next().unwrap_or_default();
    let workspace = Workspace::find()?;
    match command.as_str() {
        "serve" => {
            let mut port = None;
            let mut profile = Profile::Release;
            while let Some(argument) = arguments.next() {
                match argument.as_str() {
                    "--port" => port = Some(arguments.next().context("--port wants a number")?.parse()?),
                    "--dev" => profile = Profile::Dev,
                    other => bail!("{other} is not known here\n\n{HELP}"),
                }
            }
            serve::serve(&workspace, port, profile)?;
        }
        "dist" => match arguments.next().as_deref() {
            None => {
                let files = dist::build(&workspace, &workspace.dist(), Options::default())?;
                print!("{}", sizes::table(&files));
            }
            Some("--empty") => {
                let files = dist::build_page(&workspace, EMPTY_PAGE, &workspace.empty_dist())?;
                print!("{}", sizes::table(&files));
            }
            Some(other) => bail!("{other} is not known here\n\n{HELP}"),
        },
        "test" => {
            let mut only = None;
            let mut filter = None;
            while let Some(argument) = arguments.next() {
                match argument.as_str() {
                    "--only" => {
                        only = match arguments.next().as_deref() {
                            Some("native") => Some(Part::Native),
                            Some("browser") => Some(Part::Browser),
                            _ => bail!("--only wants native or browser"),
                        }
                    }
                    other if other.starts_with('-') => bail!("{other} is not known here\n\n{HELP}"),
                    _ => filter = Some(argument),
                }
            }
            return Ok(testing::test(&workspace, only, filter.as_deref()));
        }
        "torture" => {
            let mut plan = Plan::default();
            while let Some(argument) = arguments.next() {
                let part = match argument.as_str() {
                    "--merge" => &mut plan.merge,
                    "--fuzz" => &mut plan.fuzz,
                    "--kills" => &mut plan.kills,
                    "--tabs" => &mut plan.tabs,
                    other => bail!("{other} is not known here\n\n{HELP}"),
                };
                let number = arguments.next().with_context(|| format!("{argument} wants a number"))?;
                *part = Some(number.parse().with_context(|| format!("{argument} wants a number"))?);
            }
            let plan = if plan == Plan::default() { Plan::ALL } else { plan };
            return torture::torture(&workspace, plan);
        }
        "bench" => {
            let (mut build, mut write) = (true, false);
            for argument in arguments {
                match argument.as_str() {
                    "--no-build" => build = false,
                    "--write" => write = true,
                    other => bail!("{other} is not known here\n\n{HELP}"),
                }
            }
            bench::bench(&workspace, build, write)?;
        }
        "shots" => {
            let build = match arguments.next().as_deref() {
                None => true,
                Some("--no-build") => false,
                Some(other) => bail!("{other} is not known here\n\n{HELP}"),
            };
            shots::shots(&workspace, build)?;
        }
        "" | "help" | "--help" | "-h" => print!("{HELP}"),
        other => bail!("there is no command {other}\n\n{HELP}"),
    }
    Ok(true)
}
