//! Text made small: deflated (RFC 1951) and spelled in base64, so that it can stand under a key. Unlike the browser's own
//! streams it is done at once, within the task that writes it.

use base64::{Engine, prelude::BASE64_STANDARD};

/// How hard it is made small, of 10: what more effort gains is less than a tenth.
const EFFORT: u8 = 6;

/// The text made small.
#[must_use]
pub fn deflated(text: &str) -> String {
    BASE64_STANDARD.encode(miniz_oxide::deflate::compress_to_vec(text.as_bytes(), EFFORT))
}

/// The text that was made small; `None` when it is none, or larger than so many bytes.
#[must_use]
pub fn inflated(small: &str, largest: usize) -> Option<String> {
    let small = BASE64_STANDARD.decode(small).ok()?;
    let bytes = miniz_oxide::inflate::decompress_to_vec_with_limit(&small, largest).ok()?;
    String::from_utf8(bytes).ok()
}
