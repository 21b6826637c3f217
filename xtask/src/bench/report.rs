//! The table of what was measured, with the targets beside, and its place in README.md.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::edits::{Edits, three};
use super::loads::Loads;
use super::statistics::percentile;
use super::weight::{self, Weight};

/// The part of README.md between these is ours.
const MARKERS: (&str, &str) = ("<!-- bench -->", "<!-- end bench -->");

/// Everything that was measured.
pub struct Measured {
    /// When, on which browser, under which load.
    pub circumstances: String,
    /// First visits of the app.
    pub app: Loads,
    /// First visits of the empty page.
    pub empty: Loads,
    /// What the app's first visit transfers.
    pub files: Vec<(String, Weight)>,
    /// The same of the empty page, together.
    pub empty_weight: Weight,
    /// How many files are kept for offline use, and what they weigh together.
    pub offline: (usize, Weight),
    /// The single file.
    pub single: Weight,
    /// Edits at the processor's own speed.
    pub edits: Edits,
    /// Edits at a quarter of it.
    pub slow: Edits,
}

/// Whether a target is reached, as it stands in the table.
fn judged(value: f64, limit: f64) -> &'static str {
    if value <= limit { "ok" } else { "**missed**" }
}

fn kilo(bytes: usize) -> String {
    format!("{:.1} KB", bytes as f64 / 1000.0)
}

fn weights(weight: Weight) -> String {
    format!(
        "{} (gzip {}, raw {})",
        kilo(weight.brotli),
        kilo(weight.gzip),
        kilo(weight.raw)
    )
}

impl Measured {
    /// The table in Markdown.
    pub fn table(&self) -> Result<String> {
        let first = weight::sum(&self.files);
        let (paint, empty_paint) = (
            self.app.median(|load| load.paint),
            self.empty.median(|load| load.paint),
        );
        let (ready, empty_ready) = (
            self.app.median(|load| load.ready),
            self.empty.median(|load| load.ready),
        );
        let blocking = self.app.median(|load| load.blocking);
        let written = percentile(&self.edits.written, 95.0);
        let slow = percentile(&self.slow.painted, 95.0);
        let (count, edits) = (self.app.count(), self.edits.painted.len());
        let compared = |app: f64, empty: f64| {
            format!(
                "{app:.0} ms; {:.2} × the empty page’s {empty:.0} ms",
                app / empty
            )
        };
        let rows = [
            (
                "First visit with one language, brotli",
                weights(first),
                "≤ 250 KB",
                judged(first.brotli as f64, 250_000.0),
            ),
            (
                "The same of the empty page",
                weights(self.empty_weight),
                "",
                "",
            ),
            (
                "First contentful paint, median",
                compared(paint, empty_paint),
                "",
                "",
            ),
            (
                "Ready (`data-ready`), median",
                compared(ready, empty_ready),
                "≤ 1.75 ×",
                judged(ready / empty_ready, 1.75),
            ),
            (
                "Total blocking time, median",
                format!("{blocking:.0} ms"),
                "< 50 ms",
                judged(blocking, 49.9),
            ),
            (
                "Edit to journal written, p50 / p95 / p99",
                format!("{} ms", three(&self.edits.written)),
                "p95 < 5 ms",
                judged(written, 4.99),
            ),
            (
                "Edit to “Saved” in the bar",
                format!("{} ms", three(&self.edits.saved)),
                "",
                "",
            ),
            (
                "Tick to next paint",
                format!("{} ms", three(&self.edits.painted)),
                "",
                "",
            ),
            (
                "The app’s own part of it",
                format!("{} ms", three(&self.edits.clicked)),
                "",
                "",
            ),
            (
                "Tick to next paint, 4 × slower",
                format!("{} ms", three(&self.slow.painted)),
                "p95 < 50 ms",
                judged(slow, 49.9),
            ),
            (
                "The app’s own part of it",
                format!("{} ms", three(&self.slow.clicked)),
                "",
                "",
            ),
            (
                "Everything for offline use, brotli",
                format!("{} in {} files", weights(self.offline.1), self.offline.0),
                "",
                "",
            ),
            (
                "Single file",
                format!(
                    "{} raw, {} brotli",
                    kilo(self.single.raw),
                    kilo(self.single.brotli)
                ),
                "",
                "",
            ),
        ];
        let mut out = String::new();
        writeln!(out, "{}\n", self.circumstances)?;
        writeln!(out, "| | measured | target | |\n| --- | --- | --- | --- |")?;
        for (what, measured, target, judged) in rows {
            writeln!(out, "| {what} | {measured} | {target} | {judged} |")?;
        }
        writeln!(
            out,
            "\nFirst visits: {count} of each page in turn, each from an origin and in a tab of its own. Edits: {edits} ticks on a \
             process page with {} engagements in the browser.\n",
            super::edits::ENGAGEMENTS
        )?;
        writeln!(
            out,
            "| first visit, by file | raw | gzip -9 | brotli 11 |\n| --- | ---: | ---: | ---: |"
        )?;
        let line = |name: &str, weight: Weight| {
            format!(
                "| {name} | {} | {} | {} |",
                weight.raw, weight.gzip, weight.brotli
            )
        };
        for (name, weight) in &self.files {
            writeln!(
                out,
                "{}",
                line(&format!("`{}`", without_hash(name)), *weight)
            )?;
        }
        writeln!(out, "{}", line("together", first))?;
        Ok(out)
    }
}

/// `assets/app.js` of `assets/app.<hash>.js`.
fn without_hash(name: &str) -> String {
    let mut parts: Vec<&str> = name.split('.').collect();
    if parts.len() == 3 {
        parts.remove(1);
    }
    parts.join(".")
}

/// Puts a table into README.md in place of the one before.
pub fn write(readme: &Path, table: &str) -> Result<()> {
    let text = fs::read_to_string(readme).with_context(|| readme.display().to_string())?;
    fs::write(readme, replaced(&text, table)?).with_context(|| readme.display().to_string())
}

fn replaced(text: &str, table: &str) -> Result<String> {
    let (before, rest) = text
        .split_once(MARKERS.0)
        .with_context(|| format!("README.md has no {}", MARKERS.0))?;
    // The first time there is nothing to end yet.
    let after = rest.split_once(MARKERS.1).map_or(rest, |(_, after)| after);
    Ok(format!(
        "{before}{}\n\n{}\n\n{}{after}",
        MARKERS.0,
        table.trim(),
        MARKERS.1
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_replaces_the_one_before() -> Result<()> {
        let first = replaced("# A\n\n<!-- bench -->\n\n## B\n", "| 1 |\n")?;
        assert_eq!(
            first,
            "# A\n\n<!-- bench -->\n\n| 1 |\n\n<!-- end bench -->\n\n## B\n"
        );
        let second = replaced(&first, "| 2 |\n")?;
        assert_eq!(second, first.replace("| 1 |", "| 2 |"));
        assert!(replaced("# A", "").is_err());
        Ok(())
    }

    #[test]
    fn names_stand_without_their_hash() {
        assert_eq!(
            without_hash("assets/names/en.0123456789ab.json"),
            "assets/names/en.json"
        );
        assert_eq!(without_hash("index.html"), "index.html");
    }
}
