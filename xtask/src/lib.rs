//! The build tool, and what the browser tests and the benchmark share with it.
//!
//! Where to start:
//!
//! * [`dist`] turns the compiled app, the page shell and the content into the folder that is hosted, and into the single file.
//! * [`wasm`] compiles a package for the browser and makes its JavaScript bindings.
//! * [`server`] serves a folder from inside a test or a command; it can be stopped and started again on its port.
//! * [`driver`] starts chromedriver, opens Chromium, and ends both whatever happens.
//! * [`serve`], [`testing`], [`torture`], [`shots`] and [`bench`] are the commands of the same names.
//!
//! Not here: what the app does. This crate knows file names of the app, never its meaning.

pub mod bench;
pub mod command;
pub mod content;
pub mod digest;
pub mod dist;
pub mod driver;
pub mod minify;
pub mod serve;
pub mod server;
pub mod shots;
pub mod sizes;
pub mod testing;
pub mod torture;
pub mod visitor;
pub mod wasm;
pub mod workspace;
