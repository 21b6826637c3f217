//! WHAT THE USER SEES: the only folder with leptos. Components draw signals and dispatch changes.
//!
//! Where to start: `start` mounts the app, `store` is the door to the engagements, `route` the list of places.

#[cfg(target_arch = "wasm32")]
pub mod backups;
#[cfg(target_arch = "wasm32")]
pub mod components;
pub mod deadline_words;
#[cfg(target_arch = "wasm32")]
pub mod export;
pub mod field_words;
pub mod filling;
#[cfg(target_arch = "wasm32")]
pub mod handover_words;
#[cfg(target_arch = "wasm32")]
pub mod incoming;
#[cfg(target_arch = "wasm32")]
mod keeper;
#[cfg(target_arch = "wasm32")]
pub mod later;
#[cfg(target_arch = "wasm32")]
pub mod pages;
pub mod route;
#[cfg(target_arch = "wasm32")]
mod sample;
#[cfg(target_arch = "wasm32")]
mod second;
#[cfg(target_arch = "wasm32")]
pub mod shelf;
#[cfg(target_arch = "wasm32")]
pub mod speech;
#[cfg(target_arch = "wasm32")]
mod start;
#[cfg(target_arch = "wasm32")]
pub mod store;
#[cfg(target_arch = "wasm32")]
mod taking_back;
#[cfg(target_arch = "wasm32")]
pub mod ui;
#[cfg(target_arch = "wasm32")]
pub mod value_text;
pub mod words;

#[cfg(target_arch = "wasm32")]
pub use start::start;
