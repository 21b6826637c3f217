//! From a path in a request to a file and its media type. Nothing outside the folder is ever read.

use std::fs;
use std::path::{Component, Path};

/// A file as it is served.
pub struct File {
    /// For `Content-Type`.
    pub media_type: &'static str,
    /// The whole file.
    pub bytes: Vec<u8>,
}

/// Reads a file by the path of a request (percent-encoded, without leading `/`); for a folder its `index.html`.
pub fn read(root: &Path, path: &str) -> Option<File> {
    let decoded = decode(path)?;
    let relative = Path::new(&decoded);
    if !relative
        .components()
        .all(|component| matches!(component, Component::Normal(_)))
    {
        return None;
    }
    let mut file = root.join(relative);
    if decoded.is_empty() || decoded.ends_with('/') {
        file.push("index.html");
    }
    Some(File {
        media_type: media_type(&file),
        bytes: fs::read(&file).ok()?,
    })
}

fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn media_type(path: &Path) -> &'static str {
    match path
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default()
    {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webmanifest" => "application/manifest+json",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_its_index() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("index.html"), "x").expect("writable");
        let file = read(folder.path(), "").expect("there");
        assert_eq!(
            (file.media_type, file.bytes.as_slice()),
            ("text/html; charset=utf-8", b"x".as_slice())
        );
    }

    #[test]
    fn nothing_outside_the_folder_is_read() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).expect("writable");
        fs::write(folder.path().join("secret"), "x").expect("writable");
        for path in [
            "../secret",
            "%2e%2e/secret",
            "/etc/hostname",
            "%2Fetc/hostname",
            "a/../../secret",
        ] {
            assert!(read(&inner, path).is_none(), "{path}");
        }
    }
}
