//! A text that a browser hands over in 16-bit units, as bytes for the gate.

/// The bytes of such a text. Half a character becomes bytes that are no text: the gate refuses them by their place, where a
/// text of ours would hold another letter instead (`t20_...`).
#[must_use]
pub fn bytes_of_units(units: &[u16]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(units.len());
    for letter in char::decode_utf16(units.iter().copied()) {
        match letter {
            Ok(letter) => bytes.extend(letter.encode_utf8(&mut [0; 4]).bytes()),
            Err(half) => {
                let [high, low] = half.unpaired_surrogate().to_be_bytes();
                bytes.extend([
                    0xe0 | (high >> 4),
                    0x80 | ((high & 0x0f) << 2) | (low >> 6),
                    0x80 | (low & 0x3f),
                ]);
            }
        }
    }
    bytes
}
