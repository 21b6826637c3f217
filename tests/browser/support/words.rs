//! What the app says, read from the same files as the app reads.

use super::Result;
use engagement_playbook::app::words::{UiWords, W};
use engagement_playbook::playbook::{Names, TaskState};
use std::collections::BTreeMap;
use std::path::Path;

/// The words of one language.
pub struct Words {
    ui: UiWords,
    /// The names of the playbook.
    pub names: Names,
    tag: String,
}

fn content(path: &str) -> Result<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/content").join(path);
    Ok(std::fs::read_to_string(&path)?)
}

impl Words {
    /// Reads a language.
    pub fn of(tag: &str) -> Result<Self> {
        Ok(Self {
            ui: UiWords::parse(&content(&format!("ui/{tag}.json"))?)?,
            names: serde_json::from_str(&content(&format!("names/{tag}.json"))?)?,
            tag: tag.to_owned(),
        })
    }

    /// A word of the app.
    pub fn say(&self, word: W) -> &str {
        self.ui.plain(word)
    }

    /// A word with its placeholders filled.
    pub fn fill(&self, word: W, values: &[(&str, &str)]) -> String {
        let text = self.say(word).to_owned();
        values
            .iter()
            .fold(text, |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// The name of a task.
    pub fn task(&self, id: &'static str) -> &str {
        self.names.get("tasks", id).map(|name| name.shown()).unwrap_or_default()
    }

    /// The name of a state.
    pub fn state(&self, state: TaskState) -> &str {
        self.names.state(state)
    }

    /// The words of a block of a process, up to the first placeholder.
    pub fn block(&self, process: &str, id: &str) -> Result<String> {
        let text = content(&format!("words/{}/{process}.json", self.tag))?;
        let words: BTreeMap<String, String> = serde_json::from_str(&text)?;
        let text = words.get(id).ok_or_else(|| format!("no words for {id}"))?;
        Ok(text.split('{').next().unwrap_or_default().trim().to_owned())
    }

    /// Pieces of sentences, three words or more and without placeholders, that this language has and the other has not:
    /// of the app itself and of the guidance of some processes.
    pub fn sentences_foreign_to(&self, other: &Self, processes: &[&str]) -> Result<Vec<String>> {
        let mut pieces = Vec::new();
        for file in std::iter::once("ui/TAG.json".to_owned())
            .chain(processes.iter().map(|process| format!("words/TAG/{process}.json")))
        {
            let ours: serde_json::Value = serde_json::from_str(&content(&file.replace("TAG", &self.tag))?)?;
            let theirs = content(&file.replace("TAG", &other.tag))?;
            let mut here = Vec::new();
            collect(&ours, &mut here);
            pieces.extend(here.into_iter().filter(|piece| !theirs.contains(piece.as_str())));
        }
        Ok(pieces)
    }
}

fn collect(value: &serde_json::Value, pieces: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => {
            let between = text.split(['{', '}']).step_by(2).map(str::trim);
            pieces.extend(
                between
                    .filter(|piece| piece.split_whitespace().count() >= 3)
                    .map(str::to_owned),
            );
        }
        serde_json::Value::Object(members) => members.values().for_each(|value| collect(value, pieces)),
        _ => {}
    }
}
