//! The house: which folder may use which, and what only one folder may touch.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Which folders a folder may use. `app` and `browser` are the only ones with a browser in them.
const MAY_USE: &[(&str, &[&str])] = &[
    ("playbook", &[]),
    ("engagement", &["playbook"]),
    ("rules", &["engagement", "playbook"]),
    ("exchange", &["engagement", "playbook"]),
    ("workspace", &["exchange", "engagement", "playbook"]),
    ("browser", &["workspace", "engagement", "playbook"]),
    (
        "app",
        &["browser", "workspace", "exchange", "rules", "engagement", "playbook"],
    ),
];

/// Crates and calls that belong to one folder.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("leptos::", &["app"]),
    ("gloo_storage", &["browser"]),
    ("js_sys::", &["browser"]),
    ("Date::now", &["browser"]),
    ("Uuid::now", &["browser"]),
    ("inner_html", &[]),
    ("Utc::now", &[]),
    ("Local::now", &[]),
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Folder, path and code of every source file; comments do not count.
fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&root, &mut found);
    let read = |path: PathBuf| {
        let folder = path
            .strip_prefix(&root)
            .ok()?
            .components()
            .next()?
            .as_os_str()
            .to_str()?
            .to_owned();
        let text = fs::read_to_string(&path).expect("text");
        let code: Vec<&str> = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect();
        Some((folder, path, code.join("\n")))
    };
    found
        .into_iter()
        .filter_map(read)
        .filter(|(folder, ..)| !folder.ends_with(".rs"))
        .collect()
}

#[test]
fn folders_use_only_what_stands_below_them() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut faults = Vec::new();
    for (folder, path, code) in sources() {
        let may = allowed
            .get(folder.as_str())
            .unwrap_or_else(|| panic!("{folder} is not in the table"));
        for (other, _) in MAY_USE {
            // `use crate::other::...` or a line `    other::{...` or `    other::Name,` in a grouped `use crate::{`.
            let alone = code.contains(&format!("crate::{other}::"));
            let grouped =
                code.contains("use crate::{\n") && code.lines().any(|line| line.starts_with(&format!("    {other}::")));
            if *other != folder && !may.contains(other) && (alone || grouped) {
                faults.push(format!("{} uses {other}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn what_belongs_to_one_folder_stands_nowhere_else() {
    let mut faults = Vec::new();
    for (folder, path, code) in sources() {
        for (what, folders) in ONLY_IN {
            if code.contains(what) && !folders.contains(&folder.as_str()) {
                faults.push(format!("{}: {what}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_table_names_every_folder() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders: Vec<String> = fs::read_dir(root)
        .expect("a folder")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name != "content")
        .collect();
    folders.sort();
    let mut named: Vec<String> = MAY_USE.iter().map(|(name, _)| (*name).to_owned()).collect();
    named.sort();
    assert_eq!(folders, named);
}

/// Names of tests as comments give them: `t06_...` for all of an id, or a whole name.
fn named_tests() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    let mut named = Vec::new();
    for path in found {
        let text = fs::read_to_string(&path).expect("text");
        let comments = text.lines().filter(|line| line.trim_start().starts_with("//"));
        for name in comments.flat_map(|line| line.split('`').skip(1).step_by(2)) {
            let is_id =
                name.starts_with('t') && name.get(1..3).is_some_and(|id| id.bytes().all(|b| b.is_ascii_digit()));
            let is_long = name.matches('_').count() > 3
                && name
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit());
            if is_id || is_long {
                named.push((path.clone(), name.to_owned()));
            }
        }
    }
    named
}

/// What is promised where it is kept is held by the test that is named there.
#[test]
fn every_test_that_a_promise_names_is_there() {
    let mut found = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"), &mut found);
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    let tests: Vec<String> = found
        .iter()
        .flat_map(|path| {
            let text = fs::read_to_string(path).expect("text");
            let names = text.split("fn ").skip(1).filter_map(|rest| rest.split('(').next());
            names.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    let named = named_tests();
    assert!(named.len() > 60, "{}", named.len());
    let missing: Vec<_> = named
        .iter()
        .filter(|(_, name)| match name.strip_suffix("...") {
            Some(id) => !tests.iter().any(|test| test.starts_with(id)),
            None => !tests.contains(name),
        })
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}
