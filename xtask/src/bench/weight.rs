//! What files weigh: as they are, and as hosts send them.

use std::collections::BTreeSet;
use std::io::Write;
use std::ops::AddAssign;
use std::thread;

use anyhow::{Context, Result};

use crate::dist::Files;

/// Bytes of a file or of several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Weight {
    /// Uncompressed.
    pub raw: usize,
    /// `gzip -9`.
    pub gzip: usize,
    /// Brotli, quality 11.
    pub brotli: usize,
}

impl AddAssign for Weight {
    fn add_assign(&mut self, other: Self) {
        self.raw += other.raw;
        self.gzip += other.gzip;
        self.brotli += other.brotli;
    }
}

impl Weight {
    /// Weighs a file.
    pub fn of(bytes: &[u8]) -> Result<Self> {
        /// What gzip puts around the deflated bytes.
        const FRAME: usize = 18;
        /// The window that every decoder has, as a power of two.
        const WINDOW: u32 = 22;
        let mut brotli = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, WINDOW);
        brotli.write_all(bytes)?;
        Ok(Self {
            raw: bytes.len(),
            gzip: miniz_oxide::deflate::compress_to_vec(bytes, 9).len() + FRAME,
            brotli: brotli.into_inner().len(),
        })
    }
}

/// Weighs the named files, each for itself, on as many threads as there are processors.
pub fn each(files: &Files, names: &BTreeSet<String>) -> Result<Vec<(String, Weight)>> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let weigh = |name: &String| -> Result<(String, Weight)> {
        let bytes = files
            .get(name)
            .with_context(|| format!("{name} was asked for, but is not built"))?;
        Ok((name.clone(), Weight::of(bytes)?))
    };
    // By turns, since the large ones stand together.
    let parts: Vec<Result<Vec<_>>> = thread::scope(|scope| {
        let handles: Vec<_> = (0..threads)
            .map(|first| scope.spawn(move || names.iter().skip(first).step_by(threads).map(weigh).collect()))
            .collect();
        let joined = handles.into_iter().map(|handle| handle.join());
        joined
            .map(|part| part.unwrap_or_else(|_| Err(anyhow::anyhow!("compressing panicked"))))
            .collect()
    });
    let mut all = Vec::new();
    for part in parts {
        all.extend(part?);
    }
    all.sort_by(|a, b| b.1.brotli.cmp(&a.1.brotli).then_with(|| a.0.cmp(&b.0)));
    Ok(all)
}

/// The sum.
pub fn sum(files: &[(String, Weight)]) -> Weight {
    let mut sum = Weight::default();
    files.iter().for_each(|(_, weight)| sum += *weight);
    sum
}

/// The files that are kept for offline use, from the list in the service worker; the page itself is one of them.
pub fn offline(files: &Files) -> Result<Vec<String>> {
    let worker = files.get("sw.js").context("there is no sw.js")?;
    let worker = std::str::from_utf8(worker)?;
    let start = worker.find("{\"files\":[").context("sw.js lists no files")?;
    let release = serde_json::Deserializer::from_str(&worker[start..])
        .into_iter::<serde_json::Value>()
        .next()
        .context("sw.js lists no files")??;
    let listed = release["files"].as_array().into_iter().flatten();
    let names = listed.filter_map(|file| file[0].as_str().map(str::to_owned));
    Ok(names.chain(["index.html".to_owned()]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn compressed_is_smaller_and_sums_add_up() -> Result<()> {
        let mut files = Files::new();
        files.insert("a".to_owned(), b"tick tick tick ".repeat(200));
        files.insert("b".to_owned(), b"tock".repeat(500));
        let weights = each(&files, &named(&["a", "b"]))?;
        assert!(
            weights
                .iter()
                .all(|(_, weight)| weight.brotli < weight.gzip && weight.gzip < weight.raw)
        );
        assert_eq!(sum(&weights).raw, 5000);
        assert!(each(&files, &named(&["c"])).is_err());
        Ok(())
    }

    #[test]
    fn the_list_of_the_worker_is_read() -> Result<()> {
        let worker = b"const RELEASE = {\"files\":[[\"a.js\",\"sha256-x\"]],\"version\":\"1\"};\nmore()".to_vec();
        let files = Files::from([("sw.js".to_owned(), worker)]);
        assert_eq!(offline(&files)?, ["a.js", "index.html"]);
        Ok(())
    }
}
