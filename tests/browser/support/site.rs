//! The built app, on a server or as the single file. It is never built here.

use super::Result;
use std::ops::{Deref, DerefMut};
use std::path::PathBuf;
use xtask::dist::SINGLE;
use xtask::server::{Server, Settings};

/// Where most tests have the app: deep below the root, as on a page of a project or a share.
const PREFIX: &str = "/a/b/";

fn from_environment(variable: &str) -> PathBuf {
    let path = std::env::var_os(variable).map(PathBuf::from);
    match path.filter(|path| path.exists()) {
        Some(path) => path,
        None => panic!("{variable} does not say where to find it: run `cargo xtask test`, which builds it and says so"),
    }
}

/// The built folder.
pub fn dist() -> PathBuf {
    from_environment("EP_DIST")
}

/// The script of axe-core.
pub fn axe() -> PathBuf {
    from_environment("EP_AXE")
}

/// The address of the single file on the disk.
pub fn single_file() -> Result<String> {
    Ok(format!("file://{}", dist().join(SINGLE).canonicalize()?.display()))
}

/// The app on a server of its own.
#[derive(Debug)]
pub struct Site(Server);

impl Site {
    /// Serves the built folder.
    pub fn open() -> Result<Self> {
        Self::of(dist())
    }

    /// Serves another folder.
    pub fn of(root: impl Into<PathBuf>) -> Result<Self> {
        let settings = Settings {
            prefix: PREFIX.to_owned(),
            ..Settings::new(root)
        };
        Ok(Self(Server::with(settings)?))
    }
}

impl Deref for Site {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.0
    }
}

impl DerefMut for Site {
    fn deref_mut(&mut self) -> &mut Server {
        &mut self.0
    }
}
