//! The server, the driver and the page shell against a real Chromium.
//!
//! The shell is tested around a few lines of JavaScript in place of the app, so that these tests need no wasm build and
//! fail for the shell's own reasons only.

mod driver;
mod offline;
mod server;
mod shell;
mod single;
mod stand_in;
