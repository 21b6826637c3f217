//! WHAT SHOULD BE DONE: the playbook of one edition, as data with types.
//!
//! Pure: no browser, no clock. It does not know any customer; which parts hold for one is a question of `rules`. No word
//! of the playbook stands in Rust: facts and words are files of `src/content`, loaded per language and process.
//!
//! Where to start: `structure` is the skeleton in no language, `guidance` the blocks of one process, `words` the texts
//! of one language.

pub mod check;
mod condition;
mod fact;
pub mod glossary;
mod guidance;
mod ids;
mod language;
mod names;
mod recorded;
mod state;
mod structure;
pub mod words;

pub use condition::Condition;
pub use fact::Fact;
pub use glossary::{Glossary, Term};
pub use guidance::{Block, Guidance, Link, Resource, Section, StepGuidance};
pub use ids::*;
pub use language::Language;
pub use names::{Name, Names};
pub use recorded::Recorded;
pub use state::{StateGroup, TaskState};
pub use structure::*;
pub use words::{Piece, Words};
