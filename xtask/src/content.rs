//! Collects the playbook's data for shipping: which languages are offered, and each file checked and minified.
//!
//! Only the form is looked at here (valid JSON, the expected places). What the data says is checked by the app's own tests.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::minify;

/// The order in which languages are listed; others follow by name.
const ORDER: [&str; 6] = ["en", "de", "ja", "zh-Hans", "es", "pt-BR"];

/// The name under which files without words stand in [`Content::pack_of`].
pub const COMMON: &str = "common";

/// What the app can ask for at run time.
#[derive(Debug, Default)]
pub struct Content {
    /// Language tags with words for the app itself (`ui/<tag>.json`).
    pub offered: Vec<String>,
    /// Logical path (`words/ja/conduct-customer-kickoff.json`) to minified text.
    pub files: BTreeMap<String, String>,
}

impl Content {
    /// Reads the folder `src/content`. A folder that is not there yet is an empty content.
    pub fn read(folder: &Path) -> Result<Self> {
        let mut offered: Vec<String> = json_files(&folder.join("ui"))?
            .iter()
            .map(|name| name.trim_end_matches(".json").to_owned())
            .collect();
        offered.sort_by_key(|tag| ORDER.iter().position(|known| known == tag).unwrap_or(ORDER.len()));

        let mut content = Self {
            offered,
            files: BTreeMap::new(),
        };
        if folder.join("structure.json").is_file() {
            content.add(folder, "structure.json".to_owned())?;
        }
        content.add_all(folder, "guidance")?;
        content.add_all(folder, "reference")?;
        for tag in content.offered.clone() {
            content.add(folder, format!("ui/{tag}.json"))?;
            for kind in ["names", "glossary", "lists"] {
                if folder.join(format!("{kind}/{tag}.json")).is_file() {
                    content.add(folder, format!("{kind}/{tag}.json"))?;
                }
            }
            content.add_all(folder, &format!("words/{tag}"))?;
        }
        Ok(content)
    }

    /// The language a file belongs to, or [`COMMON`]: files that are needed together travel together in the single file.
    pub fn pack_of<'a>(&self, path: &'a str) -> &'a str {
        match path.split_once('/') {
            Some(("words", rest)) => rest.split('/').next().unwrap_or(COMMON),
            Some(("names" | "ui" | "glossary" | "lists", file)) => file.trim_end_matches(".json"),
            _ => COMMON,
        }
    }

    fn add_all(&mut self, folder: &Path, under: &str) -> Result<()> {
        for name in json_files(&folder.join(under))? {
            self.add(folder, format!("{under}/{name}"))?;
        }
        Ok(())
    }

    fn add(&mut self, folder: &Path, path: String) -> Result<()> {
        let text = fs::read_to_string(folder.join(&path)).with_context(|| format!("content file {path}"))?;
        serde_json::from_str::<serde_json::Value>(&text).with_context(|| format!("content file {path}"))?;
        ensure!(
            path.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte)),
            "content file {path}: the name becomes part of an address, so only letters, digits, - and _"
        );
        self.files.insert(path, minify::json(&text));
        Ok(())
    }
}

/// Names of the JSON files directly in a folder, sorted; none if there is no such folder.
fn json_files(folder: &Path) -> Result<Vec<String>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{}", folder.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".json") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a file has a folder")).expect("writable");
            fs::write(path, text).expect("writable");
        }
        folder
    }

    #[test]
    fn a_language_without_words_for_the_app_is_not_shipped() {
        let folder = folder(&[
            ("structure.json", "{ }"),
            ("ui/ja.json", "{}"),
            ("ui/en.json", "{}"),
            ("names/en.json", "{}"),
            ("names/es.json", "{}"),
            ("words/es/x.json", "{}"),
            ("words/ja/x.json", "{}"),
            ("guidance/x.json", "{}"),
        ]);
        let content = Content::read(folder.path()).expect("readable");
        assert_eq!(content.offered, ["en", "ja"]);
        let paths: Vec<&str> = content.files.keys().map(String::as_str).collect();
        assert_eq!(
            paths,
            [
                "guidance/x.json",
                "names/en.json",
                "structure.json",
                "ui/en.json",
                "ui/ja.json",
                "words/ja/x.json"
            ]
        );
    }

    #[test]
    fn a_broken_file_is_named() {
        let folder = folder(&[("guidance/x.json", "{ \"a\": }")]);
        let error = Content::read(folder.path()).expect_err("no JSON");
        assert!(format!("{error:#}").contains("guidance/x.json"), "{error:#}");
    }

    #[test]
    fn files_travel_with_their_language() {
        let content = Content::default();
        assert_eq!(content.pack_of("words/zh-Hans/deploy-securely.json"), "zh-Hans");
        assert_eq!(content.pack_of("names/de.json"), "de");
        assert_eq!(content.pack_of("glossary/de.json"), "de");
        assert_eq!(content.pack_of("guidance/deploy-securely.json"), COMMON);
        assert_eq!(content.pack_of("structure.json"), COMMON);
    }
}
