//! A folder to be written: paths to bytes, sorted.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::digest;

/// Relative paths with `/` to contents.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Adds a file under a name with its hash, and gives that name.
pub fn add_hashed(files: &mut Files, path: &str, bytes: Vec<u8>) -> String {
    let name = digest::named(path, &bytes);
    files.insert(name.clone(), bytes);
    name
}

/// Makes `folder` hold exactly `files`. What is asked for first comes last, and what is stale goes after that,
/// so a page that is served from the folder meanwhile finds a whole version, old or new.
pub fn write(folder: &Path, files: &Files) -> Result<()> {
    let mut order: Vec<&String> = files.keys().collect();
    order.sort_by_key(|path| (!path.contains('/'), *path == "sw.js", *path));
    for path in order {
        let target = folder.join(path);
        let bytes = &files[path];
        if fs::read(&target).is_ok_and(|present| present == *bytes) {
            continue;
        }
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
        }
        fs::write(&target, bytes).with_context(|| target.display().to_string())?;
    }
    let keep: BTreeSet<_> = files.keys().map(|path| folder.join(path)).collect();
    remove_others(folder, &keep)
}

/// All files of a folder.
pub fn read(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    read_into(folder, "", &mut files)?;
    Ok(files)
}

fn read_into(folder: &Path, under: &str, files: &mut Files) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let path = entry.path();
        let name = format!("{under}{}", entry.file_name().to_string_lossy());
        if path.is_dir() {
            read_into(&path, &format!("{name}/"), files)?;
        } else {
            let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
            files.insert(name, bytes);
        }
    }
    Ok(())
}

fn remove_others(folder: &Path, keep: &BTreeSet<std::path::PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            remove_others(&path, keep)?;
            // Fails while it holds something, which is what is wanted.
            let _ = fs::remove_dir(&path);
        } else if !keep.contains(&path) {
            fs::remove_file(&path).with_context(|| path.display().to_string())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_build_leaves_nothing_of_the_first() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut first = Files::new();
        let old = add_hashed(&mut first, "assets/deep/a.js", b"1".to_vec());
        first.insert("index.html".to_owned(), b"old".to_vec());
        write(folder.path(), &first).expect("writable");

        let mut second = Files::new();
        second.insert("index.html".to_owned(), b"new".to_vec());
        write(folder.path(), &second).expect("writable");

        assert_eq!(read(folder.path()).expect("readable"), second);
        assert!(!folder.path().join(old).exists());
        assert!(!folder.path().join("assets").exists());
        assert_eq!(fs::read(folder.path().join("index.html")).expect("there"), b"new");
    }
}
