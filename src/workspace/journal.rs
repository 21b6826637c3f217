//! A part of a tab's journal as text: who writes, and what was done, entry by entry.
//!
//! An entry is read as strictly as a file is: what a file would be refused for never gets from a journal into an
//! engagement, or the next snapshot could not be read again
//! (`t16_nothing_comes_in_through_a_journal_that_is_nested_deeper_than_a_file`).

use crate::{
    engagement::{
        Entry, LONGEST_TEXT, Write, check_write,
        register::Written,
        stamp::{Dot, LARGEST_COUNTER, ReplicaId},
    },
    playbook::EngagementId,
};
use serde_json::{Value, json};

/// Longest tag of a language, in bytes.
pub const LONGEST_TAG: usize = 64;

/// One stored part.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The tab.
    pub replica: ReplicaId,
    /// Who sat there.
    pub author: String,
    /// In which language.
    pub language: String,
    /// What was done.
    pub entries: Vec<Entry>,
}

/// The payload of a part whose entries are text already.
#[must_use]
pub fn payload<'a>(replica: ReplicaId, author: &str, language: &str, entries: impl Iterator<Item = &'a str>) -> String {
    let entries: Vec<&str> = entries.collect();
    format!(
        r#"{{"author":{},"entries":[{}],"language":{},"replica":"{replica}"}}"#,
        json!(author),
        entries.join(","),
        json!(language)
    )
}

/// `[engagement, sequence, [[path, value, mark, replaced], ...]]`.
#[must_use]
pub fn entry_to_text(entry: &Entry) -> String {
    let writes: Vec<Value> = entry
        .writes
        .iter()
        .map(|write| {
            let replaced: Vec<String> = write.replaced.iter().map(ToString::to_string).collect();
            json!([
                write.path,
                write.written.value,
                write.written.mark.to_string(),
                replaced
            ])
        })
        .collect();
    json!([entry.engagement.as_str(), entry.sequence, writes]).to_string()
}

/// Reads the payload of a part; `None` when it is not one, or says of itself that it is another tab's.
#[must_use]
pub fn read(payload: &str, replica: ReplicaId) -> Option<Part> {
    let value: Value = serde_json::from_str(payload).ok()?;
    let text = |name: &str| value.get(name)?.as_str().map(str::to_owned);
    let author = text("author").filter(|author| author.len() <= LONGEST_TEXT)?;
    let language = text("language").filter(|tag| tag.len() <= LONGEST_TAG)?;
    if text("replica")? != replica.as_str() {
        return None;
    }
    let entries = value
        .get("entries")?
        .as_array()?
        .iter()
        .map(|entry| read_entry(entry, replica))
        .collect::<Option<_>>()?;
    Some(Part {
        replica,
        author,
        language,
        entries,
    })
}

fn read_entry(value: &Value, replica: ReplicaId) -> Option<Entry> {
    let [engagement, sequence, writes] = value.as_array()?.as_slice() else {
        return None;
    };
    let engagement = EngagementId::parse(engagement.as_str()?)?;
    let sequence = sequence.as_u64().filter(|n| (1..=LARGEST_COUNTER).contains(n))?;
    let dot = Dot { replica, sequence };
    let writes = writes
        .as_array()?
        .iter()
        .map(|write| read_write(write, dot))
        .collect::<Option<Vec<_>>>()?;
    Some(Entry {
        engagement,
        sequence,
        writes,
    })
}

fn read_write(value: &Value, dot: Dot) -> Option<Write> {
    let [path, value, mark, replaced] = value.as_array()?.as_slice() else {
        return None;
    };
    let path: Vec<String> = path
        .as_array()?
        .iter()
        .map(|name| name.as_str().map(str::to_owned))
        .collect::<Option<_>>()?;
    check_write(&path, value).ok()?;
    let written = Written {
        value: value.clone(),
        mark: mark.as_str()?.parse().ok()?,
    };
    let replaced = replaced
        .as_array()?
        .iter()
        .map(|dot| dot.as_str()?.parse().ok())
        .collect::<Option<_>>()?;
    (written.mark.dot() == dot).then_some(Write {
        path,
        written,
        replaced,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engagement::{Change, Engagement, Signature};

    #[test]
    fn a_part_reads_back_as_it_was_written() {
        let replica = ReplicaId::from_bits(7);
        let by = Signature {
            now: 5,
            replica,
            author: "Å \"x\"".to_owned(),
            language: "de".to_owned(),
        };
        let mut engagement = Engagement::new("e1".into());
        let entries: Vec<Entry> = [
            Change::SetCustomer("Contoso".to_owned()),
            Change::SetCustomer("Fabrikam".to_owned()),
        ]
        .iter()
        .filter_map(|change| engagement.apply(change, &by))
        .collect();
        let texts: Vec<String> = entries.iter().map(entry_to_text).collect();
        let text = payload(replica, &by.author, &by.language, texts.iter().map(String::as_str));
        let part = Part {
            replica,
            author: by.author,
            language: by.language,
            entries,
        };
        assert_eq!(read(&text, replica), Some(part));
        assert_eq!(read(&text, ReplicaId::from_bits(8)), None, "another tab's");
        assert_eq!(
            read(&text.replace("Contoso", "Contoso\", 5"), replica),
            None,
            "not JSON"
        );
        assert_eq!(
            read(&text.replace("\"Contoso\"", "5"), replica),
            None,
            "a name that is no text"
        );
    }
}
