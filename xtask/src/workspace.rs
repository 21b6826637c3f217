//! Where things are: every path that the commands read or write, in one place.
//!
//! Nothing here is fixed at compile time, so a checkout can move.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A checkout of this repository.
#[derive(Debug, Clone)]
pub struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// The checkout around the package that cargo runs, or around the current folder.
    pub fn find() -> Result<Self> {
        let start = match std::env::var_os("CARGO_MANIFEST_DIR") {
            Some(dir) => PathBuf::from(dir),
            None => std::env::current_dir().context("the current folder cannot be read")?,
        };
        let root = start
            .ancestors()
            .find(|dir| dir.join("xtask/Cargo.toml").is_file())
            .with_context(|| format!("{} is not inside the repository", start.display()))?
            .to_path_buf();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(dir) => root.join(dir),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// The folder of the workspace's `Cargo.toml`.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where compilers and tools put what can be made again.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// What is hosted.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The empty page that the benchmark compares with.
    pub fn empty_dist(&self) -> PathBuf {
        self.target.join("empty-dist")
    }

    /// The page on which the benchmark merges.
    pub fn large_work_dist(&self) -> PathBuf {
        self.target.join("large-work-dist")
    }

    /// The playbook's data.
    pub fn content(&self) -> PathBuf {
        self.root.join("src/content")
    }

    /// The shell's own files: boot script, service worker, icon, and what is copied as it is.
    pub fn public(&self) -> PathBuf {
        self.root.join("public")
    }
}
