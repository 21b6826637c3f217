//! What can be wrong with a text, and at which line and column.

use serde_json::error::Category;
use std::str::Utf8Error;

/// Why a text was not read, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind} at line {line}, column {column}")]
pub struct JsonFault {
    /// Counted from 1.
    pub line: usize,
    /// Characters from the start of the line, counted from 1; about where the reader stood when it noticed.
    pub column: usize,
    /// The members in which it stands, from the outside in, as far as they were known.
    pub path: Vec<String>,
    /// What is wrong.
    pub kind: JsonFaultKind,
}

/// What can be wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum JsonFaultKind {
    /// Bytes that are not UTF-8.
    #[error("not UTF-8")]
    NotUtf8,
    /// The text begins with a byte order mark.
    #[error("byte order mark")]
    ByteOrderMark,
    /// Not JSON.
    #[error("not JSON")]
    Syntax,
    /// The text ends too early, or is empty.
    #[error("the text ends too early")]
    EndsEarly,
    /// Text after the end of the value.
    #[error("text after the end")]
    TrailingText,
    /// An object has a member twice.
    #[error("duplicate key")]
    DuplicateKey,
    /// A number that no double can hold.
    #[error("number out of range")]
    NumberOutOfRange,
    /// Half of a surrogate pair, which is no character.
    #[error("lone surrogate")]
    LoneSurrogate,
    /// Nested deeper than the limit.
    #[error("nested deeper than {limit}")]
    TooDeep {
        /// The deepest nesting that is accepted.
        limit: usize,
    },
    /// More members and elements than the limit.
    #[error("more than {limit} items")]
    TooManyItems {
        /// The most that are accepted.
        limit: usize,
    },
}

impl JsonFault {
    pub(super) fn at(line: usize, column: usize, kind: JsonFaultKind) -> Self {
        Self {
            line,
            column,
            path: Vec::new(),
            kind,
        }
    }

    /// The place of an error, with its column in characters instead of bytes.
    pub(super) fn placed(text: &str, error: &serde_json::Error, kind: JsonFaultKind) -> Self {
        let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
        let before = line.floor_char_boundary(error.column().saturating_sub(1));
        Self::at(error.line().max(1), line[..before].chars().count() + 1, kind)
    }

    pub(super) fn not_utf8(bytes: &[u8], error: Utf8Error) -> Self {
        let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        let column = good.chars().rev().take_while(|letter| *letter != '\n').count() + 1;
        Self::at(good.matches('\n').count() + 1, column, JsonFaultKind::NotUtf8)
    }
}

impl JsonFaultKind {
    /// `serde_json` has no public codes; the texts of the two kinds that people are told apart are held by tests.
    pub(super) fn of(error: &serde_json::Error) -> Self {
        let text = error.to_string();
        if error.classify() == Category::Eof {
            Self::EndsEarly
        } else if text.starts_with("number out of range") {
            Self::NumberOutOfRange
        } else if text.starts_with("lone leading surrogate") || text.starts_with("unexpected end of hex escape") {
            Self::LoneSurrogate
        } else {
            Self::Syntax
        }
    }
}
