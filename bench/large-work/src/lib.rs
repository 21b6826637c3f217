//! Large engagements for the benchmark, made by the app's own changes, so that no format is written down a second time:
//! two copies that are merged, many engagements in one file, and what an item costs in a file.
//!
//! Pure; the same call gives the same bytes. Not here: how long anything takes, which `xtask` measures in a page.

pub mod copies;
pub mod item;
mod person;
pub mod several;
mod wording;
