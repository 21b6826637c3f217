//! The table of what was measured, with the targets beside, and its place in README.md.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::edits::{ENGAGEMENTS, Edits, three};
use super::heavy::{Heavy, NOTES, SERVICES};
use super::loads::{Load, Loads};
use super::many::{LATELY, MANY, Many};
use super::merging::Merging;
use super::reading::Reading;
use super::statistics::{median, percentile};
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
    /// Edits at a quarter of it, of an engagement with everything.
    pub heavy: Heavy,
    /// Pages and languages.
    pub reading: Reading,
    /// Merges, and what an item costs in a file.
    pub merging: Merging,
    /// Many engagements.
    pub many: Many,
}

/// A line of the table: what, how much, and the target with whether it is reached.
struct Row(&'static str, String, Option<(&'static str, bool)>);

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
    /// The tables in Markdown.
    pub fn table(&self) -> Result<String> {
        let mut out = String::new();
        writeln!(out, "{}\n", self.circumstances)?;
        writeln!(out, "| | measured | target | |\n| --- | --- | --- | --- |")?;
        let rows = self.start().into_iter().chain(self.edits());
        for Row(what, measured, target) in rows
            .chain(self.reading())
            .chain(self.exchanged())
            .chain(self.many())
            .chain(self.whole())
        {
            let (target, reached) = match target {
                Some((target, true)) => (target, "ok"),
                Some((target, false)) => (target, "**missed**"),
                None => ("", ""),
            };
            writeln!(out, "| {what} | {measured} | {target} | {reached} |")?;
        }
        writeln!(
            out,
            "\nFirst visits: {} of each page in turn, each from an origin and in a tab of its own; medians. \
             Edits: {} ticks on a process page at each speed, with {ENGAGEMENTS} engagements in the browser; \
             p50 / p95 / p99. A customer with everything: each of the 225 tasks in work, {SERVICES} services in scope, \
             {NOTES} notes. Many: {MANY} engagements of 25 KB, {LATELY} of them worked on lately, the others 300 days ago; \
             starts of two profiles in turn, medians; memory of scripts, document and module after a collection.\n",
            self.app.count(),
            self.edits.painted.len(),
        )?;
        writeln!(
            out,
            "| first visit, by file | raw | gzip -9 | brotli 11 |\n| --- | ---: | ---: | ---: |"
        )?;
        let files = self
            .files
            .iter()
            .map(|(name, weight)| (format!("`{}`", without_hash(name)), *weight));
        for (name, weight) in files.chain([("together".to_owned(), weight::sum(&self.files))]) {
            writeln!(out, "| {name} | {} | {} | {} |", weight.raw, weight.gzip, weight.brotli)?;
        }
        Ok(out)
    }

    fn start(&self) -> [Row; 5] {
        let first = weight::sum(&self.files);
        let compared = |of: fn(&Load) -> f64| {
            let (app, empty) = (self.app.median(of), self.empty.median(of));
            (
                format!("{app:.0} ms, {:.2} × {empty:.0} ms of the empty page", app / empty),
                app / empty,
            )
        };
        let (paint, _) = compared(|load| load.paint);
        let (ready, ratio) = compared(|load| load.ready);
        let blocking = self.app.median(|load| load.blocking);
        [
            Row(
                "First visit with one language, brotli",
                weights(first),
                Some(("≤ 250 KB", first.brotli <= 250_000)),
            ),
            Row("The same of the empty page", weights(self.empty_weight), None),
            Row("First contentful paint", paint, None),
            Row("Ready (`data-ready`)", ready, Some(("≤ 1.75 ×", ratio <= 1.75))),
            Row(
                "Total blocking time",
                format!("{blocking:.0} ms"),
                Some(("< 50 ms", blocking < 50.0)),
            ),
        ]
    }

    fn edits(&self) -> [Row; 11] {
        let (edits, slow, heavy) = (&self.edits, &self.slow, &self.heavy);
        let below = |values: &[f64], limit: f64| percentile(values, 95.0) < limit;
        [
            Row(
                "Edit to journal written",
                three(&edits.written),
                Some(("p95 < 5 ms", below(&edits.written, 5.0))),
            ),
            Row("Edit to all effects run, “Saved” in the bar", three(&edits.saved), None),
            Row(
                "Edit to “Safe” in the bar",
                three(&edits.safe),
                Some(("p99 < 50 ms", percentile(&edits.safe, 99.0) < 50.0)),
            ),
            Row("Tick to next paint", three(&edits.painted), None),
            Row("Edit to all effects run, 4 × slower", three(&slow.saved), None),
            Row("Edit to “Safe” in the bar, 4 × slower", three(&slow.safe), None),
            Row(
                "Tick to next paint, 4 × slower",
                three(&slow.painted),
                Some(("p95 < 50 ms", below(&slow.painted, 50.0))),
            ),
            Row(
                "Answers about a customer with everything, 4 × slower: after a tick",
                three(&heavy.edits.answered),
                Some(("p95 < 16 ms", below(&heavy.edits.answered, 16.0))),
            ),
            Row(
                "The same for its first page: next, deadlines, 4+4, progress",
                three(&heavy.first),
                Some(("p95 < 16 ms", below(&heavy.first, 16.0))),
            ),
            Row("The same with every rule on its page of dates", three(&heavy.all), None),
            Row(
                "Tick to next paint there, 4 × slower",
                three(&heavy.edits.painted),
                None,
            ),
        ]
    }

    fn reading(&self) -> [Row; 3] {
        let reading = &self.reading;
        let below = |values: &[f64], limit: f64| percentile(values, 95.0) < limit;
        [
            Row(
                "Opening a process, to the frame with its head, 4 × slower",
                three(&reading.opened),
                Some(("p95 < 100 ms", below(&reading.opened, 100.0))),
            ),
            Row(
                "Changing the language on a process page",
                three(&reading.switched),
                Some(("p95 < 200 ms", below(&reading.switched, 200.0))),
            ),
            Row(
                "The same when its files are fetched first",
                three(&reading.fetched),
                Some(("p95 < 200 ms", below(&reading.fetched, 200.0))),
            ),
        ]
    }

    fn exchanged(&self) -> [Row; 4] {
        let (merging, many) = (&self.merging, &self.many);
        let longest = percentile(&many.previews, 100.0);
        [
            Row(
                "Merge of two copies with 1,000 touched items each",
                three(&merging.merged),
                Some(("p95 < 20 ms", percentile(&merging.merged, 95.0) < 20.0)),
            ),
            Row(
                "An item in a file: three stamped fields",
                format!(
                    "{} bytes, {} of them what was written; {} more of its history",
                    merging.item, merging.values, merging.history
                ),
                Some(("≤ 150 bytes", merging.item <= 150)),
            ),
            Row(
                "A file of many, from its choice to the painted preview",
                format!(
                    "{:.0} ms, at most {longest:.0} ms, {}",
                    median(&many.previews),
                    kilo(many.bytes)
                ),
                Some(("< 1 s", longest < 1000.0)),
            ),
            Row(
                "The same until it is taken in",
                match many.taken {
                    Some(taken) => format!("{taken:.0} ms"),
                    None => "refused as a whole, taken in pieces".to_owned(),
                },
                None,
            ),
        ]
    }

    fn many(&self) -> [Row; 5] {
        let many = &self.many;
        let (full, empty) = (median(&many.starts), median(&many.empty));
        let all = many.kept == MANY;
        let mega = |bytes: u64| format!("{:.1} MB", bytes as f64 / 1e6);
        let memory = many.memory;
        [
            Row(
                "Second start with many, ready",
                format!(
                    "{full:.0} ms, {:.2} × {empty:.0} ms of the empty app; {} engagements",
                    full / empty,
                    many.kept
                ),
                Some(("≤ 1.5 ×", all && full / empty <= 1.5)),
            ),
            Row(
                "Edit to journal written, with many",
                three(&many.edits.written),
                Some(("p95 < 5 ms", all && percentile(&many.edits.written, 95.0) < 5.0)),
            ),
            Row("Edit to “Safe” in the bar, with many", three(&many.edits.safe), None),
            Row(
                "Tick to next paint, with many, 4 × slower",
                three(&many.slow.painted),
                Some(("p95 < 100 ms", all && percentile(&many.slow.painted, 95.0) < 100.0)),
            ),
            Row(
                "Page and wasm memory, with many",
                format!(
                    "{}: {} and {}",
                    mega(memory.sum()),
                    mega(memory.page),
                    mega(memory.wasm)
                ),
                Some(("< 80 MB", all && memory.sum() < 80_000_000)),
            ),
        ]
    }

    fn whole(&self) -> [Row; 2] {
        let (count, offline) = self.offline;
        [
            Row(
                "Everything for offline use, brotli",
                format!("{} in {count} files", weights(offline)),
                Some(("≤ 1.2 MB", offline.brotli <= 1_200_000)),
            ),
            Row(
                "Single file, brotli",
                weights(self.single),
                Some(("raw < 2.5 MB", self.single.raw < 2_500_000)),
            ),
        ]
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
        assert_eq!(first, "# A\n\n<!-- bench -->\n\n| 1 |\n\n<!-- end bench -->\n\n## B\n");
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
