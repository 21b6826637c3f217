//! The native tests: examples that read like the manual, laws, and texts.
mod entitlement;
mod exchange;
mod fields;
mod four_plus_four;
mod house;
mod merge;
mod playbook;
mod rules;
mod support;
mod wording;
mod workspace;
