//! The native tests: examples that read like the manual, laws, and texts.
mod calendar;
mod completion;
mod deadlines;
mod entitlement;
mod exchange;
mod fields;
mod four_plus_four;
mod gates;
mod house;
mod merge;
mod overview;
mod playbook;
mod rules;
mod support;
mod thresholds;
mod wording;
mod workspace;
