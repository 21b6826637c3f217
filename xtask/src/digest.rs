//! SHA-256 in the three spellings that a page needs: part of a file name, integrity, and a hash in its policy.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// How many hexadecimal digits of the hash stand in a file name: 48 bits, far from any accident among a few hundred files.
const DIGITS: usize = 12;

/// The start of the hash in hexadecimal, for file names and version strings.
pub fn short(bytes: &[u8]) -> String {
    let mut hex: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    hex.truncate(DIGITS);
    hex
}

/// `sha256-...` as it stands in an `integrity` attribute, and in quotes in a Content Security Policy.
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

/// `assets/app.js` and its content give `assets/app.<hash>.js`.
pub fn named(path: &str, bytes: &[u8]) -> String {
    let hash = short(bytes);
    match path.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
        None => format!("{path}.{hash}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_the_hash_of_nothing() {
        assert_eq!(short(b""), "e3b0c44298fc");
        assert_eq!(integrity(b""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn puts_the_hash_before_the_last_extension() {
        assert_eq!(
            named("assets/names/zh-Hans.json", b""),
            "assets/names/zh-Hans.e3b0c44298fc.json"
        );
    }
}
