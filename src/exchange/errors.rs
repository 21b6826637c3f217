//! Why a file was refused: facts, each with a stable code under which every language has its sentence
//! (`every_error_has_a_code_and_the_facts_for_its_sentence`).
//!
//! The English texts of `Display` are for logs and tests; no user sees them.

use super::json::{DEEPEST, JsonFault, JsonFaultKind};
use crate::{
    engagement::{Fault, FaultKind},
    playbook::EngagementId,
};

/// Why a file was refused. Nothing of it has been used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// More bytes than are read.
    #[error("{size} bytes, at most {limit}")]
    TooLarge {
        /// Bytes of the file, or of one engagement in it.
        size: u64,
        /// The most that is accepted.
        limit: u64,
    },
    /// More members and elements than are read.
    #[error("more than {limit} items")]
    TooManyItems {
        /// The most that are accepted.
        limit: usize,
    },
    /// Not the JSON that we accept.
    #[error(transparent)]
    NotJson(JsonFault),
    /// JSON of somebody else.
    #[error("not an engagement file")]
    NotOurs,
    /// The version is not a whole number from 1.
    #[error("no version")]
    NotAVersion,
    /// Written by a newer version of the app.
    #[error("version {version} is newer than this app")]
    Newer {
        /// The version of the file.
        version: u64,
    },
    /// A value is not as it must be.
    #[error("{}: {:?}", .0.place(), .0.kind)]
    Damaged(Fault),
    /// A file of several holds one engagement twice.
    #[error("the engagement {id} stands there twice")]
    Twice {
        /// Its id.
        id: EngagementId,
    },
    /// A file of several without any.
    #[error("no engagement in it")]
    Empty,
}

impl From<JsonFault> for ImportError {
    fn from(fault: JsonFault) -> Self {
        match fault.kind {
            JsonFaultKind::TooManyItems { limit } => Self::TooManyItems { limit },
            _ => Self::NotJson(fault),
        }
    }
}

impl ImportError {
    /// The code under which the words of each language have its sentence.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "import_too_large",
            Self::TooManyItems { .. } => "import_too_many_items",
            Self::NotJson(fault) => fault.kind.code(),
            Self::NotOurs => "import_not_ours",
            Self::NotAVersion => "import_not_a_version",
            Self::Newer { .. } => "import_newer",
            Self::Damaged(_) => "import_damaged",
            Self::Twice { .. } => "import_twice",
            Self::Empty => "import_empty",
        }
    }

    /// The facts for the sentence, by name. `fault` is itself a code (`fault_not_a_date`); names of members come from
    /// the file, shortened: they are to be shown as text of unknown direction.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLarge { size, limit } => vec![("size", size.to_string()), ("limit", limit.to_string())],
            Self::TooManyItems { limit } => vec![("limit", limit.to_string())],
            Self::NotJson(fault) => {
                let mut args = vec![("line", fault.line.to_string()), ("column", fault.column.to_string())];
                args.push(("path", place(&fault.path)));
                if matches!(fault.kind, JsonFaultKind::TooDeep { .. }) {
                    args.push(("limit", DEEPEST.to_string()));
                }
                args
            }
            Self::Newer { version } => vec![("version", version.to_string())],
            Self::Damaged(fault) => vec![("path", fault.place()), ("fault", fault.kind.code().to_owned())],
            Self::Twice { id } => vec![("id", shortened(id.as_str()))],
            Self::NotOurs | Self::NotAVersion | Self::Empty => Vec::new(),
        }
    }
}

impl JsonFaultKind {
    /// The code of its sentence.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotUtf8 => "import_not_utf8",
            Self::ByteOrderMark => "import_byte_order_mark",
            Self::Syntax => "import_not_json",
            Self::EndsEarly => "import_ends_early",
            Self::TrailingText => "import_trailing_text",
            Self::DuplicateKey => "import_duplicate_key",
            Self::NumberOutOfRange => "import_number_out_of_range",
            Self::LoneSurrogate => "import_lone_surrogate",
            Self::TooDeep { .. } => "import_too_deep",
            Self::TooManyItems { .. } => "import_too_many_items",
        }
    }
}

impl Fault {
    /// The place as it is shown: `tasks.994.due`. Long names are shortened.
    #[must_use]
    pub fn place(&self) -> String {
        place(&self.path)
    }
}

impl FaultKind {
    /// The code of its sentence.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "fault_missing",
            Self::NotAnObject => "fault_not_an_object",
            Self::NotAField => "fault_not_a_field",
            Self::NotAMark => "fault_not_a_mark",
            Self::NotInReplicas => "fault_not_in_replicas",
            Self::NotASession => "fault_not_a_session",
            Self::NotAnId => "fault_not_an_id",
            Self::NotText => "fault_not_text",
            Self::TextTooLong => "fault_text_too_long",
            Self::NotADate => "fault_not_a_date",
            Self::NotANumber => "fault_not_a_number",
            Self::NotYesNo => "fault_not_yes_no",
            Self::NotAList => "fault_not_a_list",
            Self::NotARecord => "fault_not_a_record",
        }
    }
}

/// Longest name of a member that is shown, in characters: a hostile one may have megabytes.
const LONGEST_NAME: usize = 60;

fn place(path: &[String]) -> String {
    path.iter().map(|name| shortened(name)).collect::<Vec<_>>().join(".")
}

fn shortened(name: &str) -> String {
    match name.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}
