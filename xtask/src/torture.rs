//! `cargo xtask torture`: the same tests as always, in numbers for which nobody waits at a commit.
//!
//! * merge: the laws of merging (`t22_`) with so many random cases each, by `PROPTEST_CASES`.
//! * fuzz: each target for so long. With `cargo fuzz` installed (`cargo install cargo-fuzz`) its engine looks for code that was
//!   not reached yet, without a sanitizer, since there is no unsafe code to watch: so the stable compiler is enough. Without
//!   it the loop of simple mutations in `tests/suite/fuzz.rs` runs for as long, by `EP_FUZZ_SECONDS`.
//! * kills: the browser killed so often (`t01_`, `EP_KILLS`), in several profiles side by side (`EP_KILLS_BESIDE`).
//! * tabs: five windows that edit at the same time for so long (`t09_` in the browser, `EP_TABS_SECONDS`).

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::Result;

use crate::command;
use crate::testing;
use crate::workspace::Workspace;

/// The fuzz targets, as `fuzz/Cargo.toml` names them, with folders of samples besides their own.
const TARGETS: [(&str, &[&str]); 3] = [("import", &["tests/fixtures"]), ("route", &[]), ("journal", &[])];

/// How much of each; `None` leaves it out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Plan {
    /// Cases of each law of merging.
    pub merge: Option<u64>,
    /// Seconds of each fuzz target.
    pub fuzz: Option<u64>,
    /// Kills of the browser.
    pub kills: Option<u64>,
    /// Seconds in which five tabs edit.
    pub tabs: Option<u64>,
}

impl Plan {
    /// What runs when nothing is chosen.
    pub const ALL: Self = Self {
        merge: Some(100_000),
        fuzz: Some(60),
        kills: Some(1_000),
        tabs: Some(60),
    };
}

/// A line of the table.
#[derive(Debug)]
struct Row {
    name: String,
    cases: String,
    seconds: f64,
    failures: u64,
}

/// Runs what is planned and prints a table. `false` if anything failed.
pub fn torture(workspace: &Workspace, plan: Plan) -> Result<bool> {
    let mut rows = Vec::new();
    if let Some(cases) = plan.merge {
        let mut tests = suite(workspace, "t22_");
        tests.env("PROPTEST_CASES", cases.to_string());
        rows.push(run(&format!("merge, {cases} cases a law"), tests));
    }
    if let Some(seconds) = plan.fuzz {
        for (target, samples) in TARGETS {
            rows.push(if has_cargo_fuzz() {
                let seeds = workspace.target().join("fuzz-corpus").join(target);
                std::fs::create_dir_all(&seeds)?;
                run(
                    &format!("cargo fuzz {target}"),
                    engine(workspace, target, &seeds, samples, seconds),
                )
            } else {
                let mut tests = suite(workspace, &format!("fuzz_{target}_"));
                tests.env("EP_FUZZ_SECONDS", seconds.to_string());
                run(&format!("fuzz {target}"), tests)
            });
        }
    }
    if plan.kills.is_some() || plan.tabs.is_some() {
        let settings = testing::browser_settings(workspace)?;
        let mut browser = |name: &str, filter: &str, variable: &str, number: u64| {
            let mut tests = tests(workspace, &["--test", "browser"], filter);
            tests.envs(settings.iter().map(|(name, value)| (name, value)));
            tests.env(variable, number.to_string());
            rows.push(run(name, tests));
        };
        if let Some(kills) = plan.kills {
            browser(&format!("{kills} kills"), "t01_", "EP_KILLS", kills);
        }
        if let Some(seconds) = plan.tabs {
            browser(&format!("tabs, {seconds} s"), "t09_", "EP_TABS_SECONDS", seconds);
        }
    }
    print!("{}", table(&rows));
    Ok(rows.iter().all(|row| row.failures == 0))
}

fn tests(workspace: &Workspace, targets: &[&str], filter: &str) -> Command {
    let mut cargo = command::cargo(workspace);
    cargo
        .args(["test", "--quiet", "--package", crate::dist::APP, "--no-fail-fast"])
        .args(targets)
        .args(["--", "--nocapture", filter]);
    cargo
}

fn suite(workspace: &Workspace, filter: &str) -> Command {
    tests(workspace, &["--profile", "torture", "--test", "suite"], filter)
}

fn has_cargo_fuzz() -> bool {
    command::find("cargo-fuzz").is_some()
}

/// The engine keeps what it finds new in the first folder; a crash in `fuzz/artifacts`.
fn engine(workspace: &Workspace, target: &str, seeds: &std::path::Path, samples: &[&str], seconds: u64) -> Command {
    let mut cargo = command::cargo(workspace);
    cargo
        .args(["fuzz", "run", "--sanitizer", "none", target])
        .arg(seeds)
        .arg(workspace.root().join("fuzz/corpus").join(target))
        .args(samples.iter().map(|folder| workspace.root().join(folder)))
        .arg("--")
        .arg(format!("-max_total_time={seconds}"))
        .arg("-print_final_stats=1");
    cargo
}

/// Runs tests or the engine to the end. Lines such as `torture: fuzz route: 12345` say how many cases there were.
fn run(name: &str, mut command: Command) -> Row {
    println!("\n== {name}");
    let begun = Instant::now();
    let mut row = Row {
        name: name.to_owned(),
        cases: String::new(),
        seconds: 0.0,
        failures: 0,
    };
    // The engine speaks on the second channel; both come through here, so that its sum can be read.
    let spawned = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) => {
            eprintln!("cannot start {}: {error}", command::line(&command));
            row.failures = 1;
            return row;
        }
    };
    let errors = child.stderr.take().map(|lines| {
        std::thread::spawn(move || {
            let mut runs = None;
            for line in BufReader::new(lines).lines().map_while(Result::ok) {
                eprintln!("{line}");
                runs = executed(&line).or(runs);
            }
            runs
        })
    });
    let (mut failed, mut tests) = (0, None);
    let mut cases = Vec::new();
    for line in child
        .stdout
        .take()
        .into_iter()
        .flat_map(|lines| BufReader::new(lines).lines().map_while(Result::ok))
    {
        println!("{line}");
        if let Some((_, count)) = line
            .split_once("torture: ")
            .and_then(|(_, rest)| rest.rsplit_once(": "))
        {
            cases.push(count.to_owned());
        }
        if let Some((passed, broken)) = testing::result(&line) {
            failed += broken;
            tests = Some(tests.unwrap_or(0) + passed + broken);
        }
    }
    cases.extend(errors.and_then(|thread| thread.join().ok()).flatten());
    if tests == Some(0) {
        eprintln!("no test has such a name: {}", command::line(&command));
        failed = 1;
    }
    let succeeded = child.wait().is_ok_and(|status| status.success());
    row.cases = cases.join(", ");
    row.seconds = begun.elapsed().as_secs_f64();
    row.failures = if succeeded { failed } else { failed.max(1) };
    row
}

/// The sum of libFuzzer.
fn executed(line: &str) -> Option<String> {
    let (_, count) = line.split_once("number_of_executed_units:")?;
    Some(count.trim().to_owned())
}

fn table(rows: &[Row]) -> String {
    let mut text = String::from("\n| what | cases | seconds | failures |\n| --- | ---: | ---: | ---: |\n");
    for row in rows {
        text.push_str(&format!(
            "| {} | {} | {:.0} | {} |\n",
            row.name, row.cases, row.seconds, row.failures
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_run_is_a_line_with_its_cases_and_failures() {
        let said = |script: &str| {
            let mut command = Command::new("sh");
            command.args(["-c", script]);
            let row = run("name", command);
            (row.cases, row.failures)
        };
        let ok = "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured";
        let bad = "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured";
        assert_eq!(
            said(&format!("echo 'torture: fuzz route: 1234'; echo '{ok}'")),
            ("1234".to_owned(), 0)
        );
        assert_eq!(said(&format!("echo '{bad}'; exit 101")), (String::new(), 2));
        assert_eq!(said("exit 1"), (String::new(), 1));
        let none = "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured";
        assert_eq!(
            said(&format!("echo '{none}'")),
            (String::new(), 1),
            "a test that is not there has not passed"
        );
        assert_eq!(
            said("echo 'stat::number_of_executed_units: 99' >&2"),
            ("99".to_owned(), 0)
        );
        let rows = [Row {
            name: "merge".to_owned(),
            cases: "5".to_owned(),
            seconds: 1.4,
            failures: 0,
        }];
        assert!(table(&rows).ends_with("| merge | 5 | 1 | 0 |\n"));
    }
}
