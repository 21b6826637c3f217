//! THE OUTSIDE WORLD, thin: the only folder with web_sys, js_sys and gloo. Nothing here decides anything about an engagement.

pub mod clock;
pub mod content;
pub mod deflate;
pub mod dropped;
pub mod files;
pub mod idb;
pub mod locale;
pub mod locks;
pub mod page;
pub mod persistence;
pub mod prefs;
pub mod shell;
pub mod storage;
