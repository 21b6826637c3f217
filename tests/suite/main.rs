//! The native tests: examples that read like the manual, laws, and texts.
mod calendar;
mod deadlines;
mod exchange;
mod fields;
mod holidays;
mod house;
mod merge;
mod next;
mod overview;
mod playbook;
mod rules;
mod support;
mod thresholds;
mod today;
mod track;
mod wording;
mod workspace;
