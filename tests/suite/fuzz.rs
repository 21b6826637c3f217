//! Whatever bytes come in: the laws of `fuzz/laws.rs` over the kept samples, and over what is made of them by a simple loop
//! of mutations. `EP_FUZZ_SECONDS` runs the loop for so long (`cargo xtask torture --fuzz`); what breaks a law is kept in
//! `target/fuzz-finds` and belongs into `fuzz/corpus` once it is understood: then it is a test.

#[path = "../../fuzz/laws.rs"]
mod laws;

use engagement_playbook::exchange::import;
use laws::LAWS;
use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// Mutations of each target in an ordinary run.
const USUAL: u64 = 1_500;

/// What a mutation may put in: pieces that the readers look for, and numbers at edges.
const PIECES: [&str; 34] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    ",",
    ":",
    "null",
    "true",
    "-0.0",
    "1e999",
    "1e308",
    "18446744073709551615",
    "1099511627777",
    "\\ud83d",
    "\\u0000",
    "\u{202e}",
    "\u{feff}",
    "😀",
    "\"conflict\":",
    "\"removed\":",
    "\"history\":",
    "\"replicas\":",
    "\"__proto__\":",
    "\"id\":",
    "\"version\":",
    "\"tasks\":{\"994\":",
    "1k7r2.0000000A.1",
    "0000000A.2",
    "2026-02-30",
    "#/e/",
    "/p/",
    "/t/994",
    "..%2f",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder of samples")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, fs::read(path).expect("a sample"))
    };
    paths.into_iter().map(read).collect()
}

fn samples(target: &str) -> Vec<(String, Vec<u8>)> {
    files(&root().join("fuzz/corpus").join(target))
}

/// The next number of a simple generator.
fn draw(state: &mut u64, below: usize) -> usize {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize % below.max(1)
}

/// A sample, changed in one to six places.
fn mutated(samples: &[(String, Vec<u8>)], state: &mut u64) -> Vec<u8> {
    let mut bytes = samples[draw(state, samples.len())].1.clone();
    for _ in 0..=draw(state, 6) {
        let (from, to) = (draw(state, bytes.len() + 1), draw(state, bytes.len() + 1));
        let (from, to) = (from.min(to), from.max(to).min(from.min(to) + 64));
        match draw(state, 8) {
            0 => drop(bytes.drain(from..to)),
            1 if from < bytes.len() => bytes[from] ^= 1 << draw(state, 8),
            2 => bytes.truncate(to),
            3 => {
                let again = bytes[from..to].to_vec();
                drop(bytes.splice(from..from, again));
            }
            4 => {
                let (_, other) = &samples[draw(state, samples.len())];
                let at = draw(state, other.len() + 1);
                let piece = other[at..other.len().min(at + 200)].to_vec();
                drop(bytes.splice(from..to, piece));
            }
            5 if from < bytes.len() => bytes[from] = draw(state, 256) as u8,
            _ => {
                let piece = PIECES[draw(state, PIECES.len())].bytes();
                drop(bytes.splice(from..to, piece));
            }
        }
    }
    bytes.truncate(100_000);
    bytes
}

/// Runs a law; a find is kept.
fn hold(target: &str, law: fn(&[u8]), bytes: &[u8]) {
    if let Err(broken) = catch_unwind(AssertUnwindSafe(|| law(bytes))) {
        let folder = root().join("target/fuzz-finds");
        let name = format!(
            "{target}-{:08x}",
            engagement_playbook::workspace::envelope::fingerprint(&String::from_utf8_lossy(bytes))
        );
        let kept = fs::create_dir_all(&folder).and_then(|()| fs::write(folder.join(&name), bytes));
        eprintln!("{target}: a law is broken; the input is in target/fuzz-finds/{name}: {kept:?}");
        std::panic::resume_unwind(broken);
    }
}

fn torture(target: &str) {
    let (_, law) = LAWS.into_iter().find(|(name, _)| *name == target).expect("a law");
    let mut samples = samples(target);
    if target == "import" {
        samples.extend(files(&root().join("tests/fixtures")));
    }
    for (_, bytes) in &samples {
        hold(target, law, bytes);
    }
    let seconds = std::env::var("EP_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let begun = Instant::now();
    let mut state = seconds.map_or(7, |_: u64| {
        std::time::UNIX_EPOCH
            .elapsed()
            .map_or(7, |since| since.as_nanos() as u64)
    });
    let mut cases = 0_u64;
    loop {
        let over = match seconds {
            Some(seconds) => begun.elapsed() >= Duration::from_secs(seconds),
            None => cases >= USUAL,
        };
        if over {
            break;
        }
        hold(target, law, &mutated(&samples, &mut state));
        cases += 1;
    }
    println!("torture: fuzz {target}: {cases}");
}

#[test]
fn fuzz_import_of_any_bytes() {
    torture("import");
}

#[test]
fn fuzz_route_of_any_text() {
    torture("route");
}

#[test]
fn fuzz_journal_of_any_stored_text() {
    torture("journal");
}

/// The table of bad input: the name of a sample begins with the code under which it is refused. The browser tests take the
/// same samples through the file field, a drop and the clipboard.
#[test]
fn t40_every_bad_sample_is_refused_under_the_code_in_its_name() {
    let mut codes = std::collections::BTreeSet::new();
    for (name, bytes) in samples("import") {
        let code = name.split('.').next().unwrap_or_default();
        match import(&bytes) {
            Ok(_) => assert_eq!(code, "accepted", "{name}"),
            Err(error) => assert_eq!(error.code(), code, "{name}"),
        }
        codes.insert(code.to_owned());
    }
    // What is too large stands in no file; `t15_...` and `t16_...` make it.
    assert_eq!(codes.len(), 16, "{codes:?}");
}
