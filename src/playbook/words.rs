//! The words of one page in one language, and the placeholders in them.
//!
//! Numbers, shares, dates, tasks and links stand as placeholders, so that equality across languages is exact and each
//! language formats them its own way. Parsing happens here; formatting is the app's.

use super::{Place, ProcessId, ResourceId, TaskId};
use std::collections::BTreeMap;

/// Texts by block, section or resource id; `summary` is the sentence under the title.
pub type Words = BTreeMap<String, String>;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece<'a> {
    /// Plain text.
    Text(&'a str),
    /// `{n:1000}`
    Number(u32),
    /// `{pct:10}`
    Percent(u32),
    /// `{date:12-31}`: month and day.
    MonthDay(u32, u32),
    /// `{task:983}`
    Task(TaskId),
    /// `{link:res.kickoff-deck}`
    Resource(ResourceId),
    /// `{process:...}`
    Process(ProcessId),
    /// `{step:process/step}`
    Step(Place),
    /// `{reference:notes}`: a reference page.
    Reference(ProcessId),
}

/// A placeholder that is not one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a placeholder: {0}")]
pub struct BadPlaceholder(pub String);

/// Takes a text apart.
///
/// # Errors
/// A brace that does not open a placeholder, or a placeholder of no known kind. The checks allow none in the content.
pub fn pieces(text: &str) -> Result<Vec<Piece<'_>>, BadPlaceholder> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        if start > 0 {
            all.push(Piece::Text(&rest[..start]));
        }
        let end = rest[start..]
            .find('}')
            .map(|end| start + end)
            .ok_or_else(|| BadPlaceholder(rest[start..].into()))?;
        let inside = &rest[start + 1..end];
        all.push(placeholder(inside).ok_or_else(|| BadPlaceholder(inside.into()))?);
        rest = &rest[end + 1..];
    }
    if !rest.is_empty() {
        all.push(Piece::Text(rest));
    }
    Ok(all)
}

fn placeholder(inside: &str) -> Option<Piece<'static>> {
    let (kind, value) = inside.split_once(':')?;
    Some(match kind {
        "n" => Piece::Number(value.parse().ok()?),
        "pct" => Piece::Percent(value.parse().ok()?),
        "date" => {
            let (month, day) = value.split_once('-')?;
            Piece::MonthDay(month.parse().ok()?, day.parse().ok()?)
        }
        "task" => Piece::Task(TaskId::parse(value)?),
        "link" => Piece::Resource(ResourceId::parse(value)?),
        "process" => Piece::Process(ProcessId::parse(value)?),
        "step" => Piece::Step(Place::parse(value)?),
        "reference" => Piece::Reference(ProcessId::parse(value)?),
        _ => return None,
    })
}

/// The placeholders of a text, sorted: what must be equal in every language.
#[must_use]
pub fn placeholders(text: &str) -> Vec<String> {
    let mut found: Vec<String> = text
        .split('{')
        .skip(1)
        .map(|rest| rest.split('}').next().unwrap_or_default().to_owned())
        .collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_a_text_is_a_placeholder() {
        let pieces = pieces("Below {n:1000} seats: {pct:10}.").expect("well-formed");
        assert_eq!(
            pieces,
            [
                Piece::Text("Below "),
                Piece::Number(1000),
                Piece::Text(" seats: "),
                Piece::Percent(10),
                Piece::Text("."),
            ]
        );
        assert!(super::pieces("{x:1}").is_err() && super::pieces("{n:1").is_err());
    }
}
