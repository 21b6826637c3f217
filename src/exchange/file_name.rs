//! The name of an exported file: customer and day, safe on every file system it may travel through.
//!
//! The name says nothing to the app: a file is known by what is in it.

use chrono::NaiveDate;

/// Longest part taken from the customer, in characters, and in bytes (file systems count those, up to 255 a name).
const LONGEST: usize = 60;
const LONGEST_IN_BYTES: usize = 200;

/// `<customer>-<YYYY-MM-DD>.engagement.json`.
#[must_use]
pub fn file_name(customer: &str, day: NaiveDate) -> String {
    dated(&name_of(customer), day)
}

/// The name of a handover sheet: `<customer>-<YYYY-MM-DD>.handover.md`.
#[must_use]
pub fn file_name_of_handover(customer: &str, day: NaiveDate) -> String {
    format!("{}-{day}.handover.md", name_of(customer))
}

/// The name of a file of several engagements.
#[must_use]
pub fn file_name_of_several(day: NaiveDate) -> String {
    dated("engagements", day)
}

/// A customer's name as a file system takes it, or what it is the name of.
fn name_of(customer: &str) -> String {
    let safe = safe(customer);
    if safe.is_empty() || is_reserved(&safe) {
        "engagement".to_owned()
    } else {
        safe
    }
}

fn dated(name: &str, day: NaiveDate) -> String {
    format!("{name}-{day}.engagement.json")
}

/// Letters of every script stay. White space becomes one space; dots at the ends would hide the file or vanish.
fn safe(customer: &str) -> String {
    let words: String = customer
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| is_safe(*c))
        .collect();
    let words = words
        .split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let mut name = String::new();
    for letter in words.trim_matches(['.', ' ']).chars().take(LONGEST) {
        if name.len() + letter.len_utf8() > LONGEST_IN_BYTES {
            break;
        }
        name.push(letter);
    }
    name.truncate(name.trim_end_matches(['.', ' ']).len());
    name
}

/// No control, no sign that a file system reads, nothing invisible that turns or splits the text.
fn is_safe(letter: char) -> bool {
    let invisible = matches!(letter,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
    !(letter.is_control() || invisible || matches!(letter, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'))
}

/// Windows takes these for devices, whatever follows the first dot.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device).is_some_and(|rest| {
            let mut rest = rest.chars();
            rest.next().is_some_and(|n| matches!(n, '0'..='9' | '¹' | '²' | '³')) && rest.next().is_none()
        })
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") || numbered("COM") || numbered("LPT")
}
