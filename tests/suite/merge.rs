//! Merging two copies of an engagement: laws first, then what they mean to a person.
mod clocks;
mod laws;
mod removal;
mod settle;
mod twins;
mod undo;
