//! The handover sheet as Markdown. Its lines come in worded, in the receiver's language; what people wrote stands among them.
//!
//! So nothing in a line is markup: each becomes one line of plain text, and every sign that Markdown, its dialects or HTML read
//! is disarmed (T19). Only what this file puts down itself makes a heading or a list. Whoever opens the text sees what was
//! written.

/// The sheet in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandoverText {
    /// What it is, and of which customer.
    pub title: String,
    /// Lines below the title.
    pub facts: Vec<String>,
    /// Its sections, in order.
    pub sections: Vec<TextSection>,
}

/// A section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextSection {
    /// What it lists.
    pub heading: String,
    /// What stands there when it lists nothing.
    pub none: String,
    /// Its items.
    pub items: Vec<TextItem>,
}

/// An item of a section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextItem {
    /// What it is.
    pub text: String,
    /// What is said about it.
    pub details: Vec<String>,
}

/// The sheet as Markdown.
#[must_use]
pub fn handover_markdown(sheet: &HandoverText) -> String {
    let mut lines = vec![format!("# {}", plain(&sheet.title)), String::new()];
    lines.extend(sheet.facts.iter().map(|fact| format!("- {}", plain(fact))));
    for section in &sheet.sections {
        lines.extend([String::new(), format!("## {}", plain(&section.heading)), String::new()]);
        if section.items.is_empty() {
            lines.push(plain(&section.none));
        }
        for item in &section.items {
            lines.push(format!("- {}", plain(&item.text)));
            lines.extend(item.details.iter().map(|detail| format!("  - {}", plain(detail))));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// A text as one line in which nothing is markup.
fn plain(text: &str) -> String {
    let line = one_line(text);
    let mut safe = String::with_capacity(line.len());
    // `#`, `-`, `+`, `=` and `1.` are read at the beginning of a line only.
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    for (at, letter) in line.char_indices() {
        let begins =
            at == digits && (at == 0 && matches!(letter, '-' | '+' | '=') || at > 0 && matches!(letter, '.' | ')'));
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            _ => {
                if begins || is_read(letter) || makes_a_link(&line, at, letter) {
                    safe.push('\\');
                }
                safe.push(letter);
            }
        }
    }
    safe
}

/// White space and line ends of every kind become one space; other control characters have no place in a text.
fn one_line(text: &str) -> String {
    let blank = |letter: char| letter.is_whitespace() || matches!(letter, '\u{2028}' | '\u{2029}');
    let words = text.split(blank).map(|word| word.replace(char::is_control, ""));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Signs that Markdown and its dialects read wherever they stand: emphasis, code, links, tables, headings, mathematics,
/// attributes, mentions.
fn is_read(letter: char) -> bool {
    matches!(
        letter,
        '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' | '{' | '}' | '@'
    )
}

/// Addresses become links by themselves in some dialects: `https:`, `www.`, and nothing may look like a scheme that runs.
fn makes_a_link(line: &str, at: usize, letter: char) -> bool {
    let ends_with = |word: &str| {
        let before = line.as_bytes()[..at].len().checked_sub(word.len());
        before.is_some_and(|from| line.as_bytes()[from..at].eq_ignore_ascii_case(word.as_bytes()))
    };
    match letter {
        ':' => line[at + 1..].starts_with(['/', '\\']) || ["javascript", "vbscript", "data"].into_iter().any(ends_with),
        '.' => ends_with("www"),
        _ => false,
    }
}
