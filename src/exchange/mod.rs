//! TEXT IN, VALUE OUT: what leaves the app as a file, and what comes back from people we do not know.
//!
//! Pure: no browser, no clock. Everything that comes in, by file, drop, paste, link, team folder or storage, passes the
//! same gate, and a file that is refused changes nothing.
//!
//! Where to start: `engagement_file` is the file, `json` the gate, `preview` what a merge would change, `combine`
//! what to do where two people began the same engagement. Errors are facts
//! with a code; their sentences stand with the words of each language.

mod canonical;
mod combine;
mod engagement_file;
mod errors;
mod file_name;
mod handover_text;
mod holidays;
pub mod json;
mod leaves;
mod preview;
mod restoring;
mod schema;
mod together;

pub use combine::{Combined, Difference, combine, is_same_tenant, of_same_tenant};
pub use engagement_file::{
    LARGEST_ENGAGEMENT, LARGEST_FILE, MOST_ITEMS_OF_A_FILE, MOST_ITEMS_OF_AN_ENGAGEMENT, VERSION, check_size, export,
    import, is_sample,
};
pub use errors::ImportError;
pub use file_name::{file_name, file_name_of_handover, file_name_of_several};
pub use handover_text::{HandoverText, TextItem, TextSection, handover_markdown};
pub use holidays::{HolidayError, LARGEST_HOLIDAYS, MOST_HOLIDAYS, read_ics, read_list};
pub use preview::{
    Blanks, ChangeKind, Clash, Counts, FieldChange, Preview, Section, Side, Standpoint, Status, preview,
};
pub use restoring::restore;
pub use schema::schema;
pub use together::together;
