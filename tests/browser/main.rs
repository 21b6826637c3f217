//! The app in a real browser: what a person does, and what must be survived.
//!
//! `cargo xtask test --only browser` builds the app and runs this with `EP_DIST` (the built folder) and `EP_AXE` (axe-core).
//! A test waits for states, never for a time. Whatever a test is about, it also fails when the page breaks its own policy
//! for content or a script fails: see `support::App::finish`.

mod accessibility;
mod backups;
mod data_page;
mod faults;
mod files;
mod framed;
mod handing_over;
mod journey;
mod keyboard;
mod language;
mod merging;
mod odd_text;
mod reading;
mod rules;
mod safe;
mod support;
mod tabs;
mod two_people;
mod typing;
mod undo;
mod updates;
mod zones;
