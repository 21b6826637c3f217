//! Counts what passed and what failed, over programs that print it in their own ways.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::command;

/// The sum so far.
#[derive(Debug, Default)]
pub struct Tally {
    passed: u64,
    failed: u64,
    /// Names of the checks and runs that failed, for the end.
    failures: Vec<String>,
}

impl Tally {
    /// Runs a command that counts as one.
    pub fn check(&mut self, name: &str, command: &mut Command) {
        println!("\n== {name}");
        let begun = Instant::now();
        match command::run(command) {
            Ok(()) => self.passed += 1,
            Err(error) => self.fail(name, &format!("{error:#}")),
        }
        say_time(name, begun);
    }

    /// Runs `cargo test` and adds up its `test result:` lines. If it fails without a failed test (it does not compile, a
    /// test binary died), that is one failure.
    pub fn tests(&mut self, name: &str, mut command: Command) {
        println!("\n== {name}");
        let (before, begun) = (self.failed, Instant::now());
        let mut child = match command.stdout(Stdio::piped()).spawn() {
            Ok(child) => child,
            Err(error) => {
                return self.fail(name, &format!("cannot start {}: {error}", command::line(&command)));
            }
        };
        if let Some(output) = child.stdout.take() {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                println!("{line}");
                if let Some((passed, failed)) = result(&line) {
                    self.passed += passed;
                    self.failed += failed;
                }
            }
        }
        let succeeded = child.wait().is_ok_and(|status| status.success());
        if self.failed > before {
            self.failures.push(name.to_owned());
        } else if !succeeded {
            self.fail(name, &format!("failed without a result: {}", command::line(&command)));
        }
        say_time(name, begun);
    }

    /// Counts a failure that no program reported.
    pub fn fail(&mut self, name: &str, reason: &str) {
        eprintln!("{reason}");
        self.failed += 1;
        self.failures.push(name.to_owned());
    }

    /// Prints the sum as the last line. `true` if nothing failed.
    pub fn print(&self) -> bool {
        println!();
        if !self.failures.is_empty() {
            println!("failed: {}", self.failures.join(", "));
        }
        println!("{} passed, {} failed", self.passed, self.failed);
        self.failed == 0
    }
}

/// Where the time goes, for those who want it to go elsewhere; building is in it.
pub(super) fn say_time(name: &str, begun: Instant) {
    println!("== {name}: {} s", begun.elapsed().as_secs());
}

/// The numbers of a line such as `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; ...`.
pub(super) fn result(line: &str) -> Option<(u64, u64)> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let count = |word: &str| {
        counts
            .split("; ")
            .find_map(|part| part.strip_suffix(word)?.trim().parse().ok())
    };
    Some((count("passed")?, count("failed")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_lines_of_cargo_test() {
        let ok = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        let bad = "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(result(ok), Some((12, 0)));
        assert_eq!(result(bad), Some((3, 2)));
        assert_eq!(result("test a ... ok"), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_run_that_dies_without_a_result_is_one_failure() {
        let mut tally = Tally::default();
        let mut command = Command::new("sh");
        command.args(["-c", "echo 'test result: ok. 2 passed; 0 failed; 0 ignored'; exit 101"]);
        tally.tests("dies", command);
        assert_eq!((tally.passed, tally.failed), (2, 1));
        assert!(!tally.print());
    }

    #[cfg(unix)]
    #[test]
    fn a_failed_test_is_counted_once() {
        let mut tally = Tally::default();
        let mut command = Command::new("sh");
        command.args([
            "-c",
            "echo 'test result: FAILED. 2 passed; 1 failed; 0 ignored'; exit 101",
        ]);
        tally.tests("fails", command);
        assert_eq!((tally.passed, tally.failed), (2, 1));
    }

    #[cfg(unix)]
    #[test]
    fn a_check_counts_one() {
        let mut tally = Tally::default();
        tally.check("good", &mut Command::new("true"));
        tally.check("bad", &mut Command::new("false"));
        tally.check("missing", &mut Command::new("no-such-program-anywhere"));
        assert_eq!((tally.passed, tally.failed), (1, 2));
    }
}
