//! What a build weighs, by kind of file: raw, and deflated as a host would send it (most do a little better).

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::dist::{Files, SINGLE};

/// The level of zlib that hosts commonly use.
const LEVEL: u8 = 6;

/// A table to print.
pub fn table(files: &Files) -> String {
    let mut kinds: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for (path, bytes) in files {
        let sum = kinds.entry(kind(path)).or_default();
        sum.0 += 1;
        sum.1 += bytes.len();
        sum.2 += miniz_oxide::deflate::compress_to_vec(bytes, LEVEL).len();
    }
    let mut table = format!("{:<12} {:>6} {:>10} {:>10}\n", "", "files", "bytes", "deflated");
    for (kind, (count, raw, deflated)) in kinds {
        // Writing to a string cannot fail.
        let _ = writeln!(table, "{kind:<12} {count:>6} {raw:>10} {deflated:>10}");
    }
    table
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        _ if path == SINGLE => "single file",
        Some("wasm") => "wasm",
        Some("js") => "scripts",
        Some("css") => "styles",
        Some("html") => "pages",
        Some("json") => "content",
        _ => "other",
    }
}
