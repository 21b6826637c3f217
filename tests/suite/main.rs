//! The native tests: examples that read like the manual, laws, and texts.
mod exchange;
mod house;
mod merge;
mod rules;
mod support;
mod workspace;
mod playbook;
