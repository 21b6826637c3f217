//! `cargo fuzz run journal`; the law stands in `laws.rs`.
#![no_main]

#[allow(dead_code)]
#[path = "../laws.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| laws::journal(bytes));
