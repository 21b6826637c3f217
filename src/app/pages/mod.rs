//! The pages, one per kind of address.
#![allow(missing_docs)] // The macro makes a public field of each property; their documentation stands where it says something.

pub mod about;
pub mod completion;
pub mod conflicts;
pub mod data;
pub mod dates;
pub mod empty;
pub mod engagement;
pub mod frame;
pub mod glossary;
pub mod handover;
pub mod history;
pub mod import;
pub mod not_found;
pub mod notes;
pub mod plan;
pub mod playbook;
pub mod portfolio;
pub mod process;
pub mod reference;
pub mod services;
pub mod settings;
pub mod task;
pub mod tasks;
pub mod whole;
