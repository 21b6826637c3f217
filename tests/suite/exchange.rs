//! Files: what is written, what is read back, what is refused and how that is said, what a preview promises.
mod combine;
mod engagement_file;
mod file_name;
mod handover_text;
mod item_size;
mod json;
mod made;
mod preview;
mod preview_entries;
mod preview_notes;
mod preview_sections;
mod random;
mod refused;
mod restoring;
mod round_trip;
mod schema;
