//! The wrapping of every stored value: what is damaged is found, what is newer is told apart from it.
//!
//! ```text
//! ep 1 0 1234 89abcdef        schema, generation, bytes of the payload, CRC-32 of all that and the payload
//! {"...": ...}                the payload, JSON
//! ```
//!
//! This line is a promise to every later schema: it keeps its form and its checksum, or an older app would take newer
//! work for damage and move it aside. The generation counts how often everything was erased before the value was written.
//!
//! A truncation at any byte and a flip of any bit are found (`t06_...`); a newer schema is not damage (`t13_...`).

/// The schema this version writes and reads.
pub const SCHEMA: u64 = 1;

/// What a stored text turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened<'a> {
    /// Whole, and of this schema.
    Ours {
        /// How often everything had been erased when it was written.
        generation: u64,
        /// What was put in.
        payload: &'a str,
    },
    /// Whole, and of a newer schema.
    Newer {
        /// Its schema.
        schema: u64,
    },
    /// Not as it was written.
    Damaged,
}

/// Wraps a payload.
#[must_use]
pub fn seal(generation: u64, payload: &str) -> String {
    wrap(SCHEMA, generation, payload)
}

/// Unwraps a stored text.
#[must_use]
pub fn open(text: &str) -> Opened<'_> {
    let Some((header, payload)) = text.split_once('\n') else {
        return Opened::Damaged;
    };
    let mut words = header.split(' ').skip(1);
    let mut number = || words.next().and_then(|word| word.parse::<u64>().ok());
    let (Some(schema), Some(generation)) = (number(), number()) else {
        return Opened::Damaged;
    };
    // One value has one spelling: whatever differs from it is damage.
    if header != self::header(schema, generation, payload) || schema == 0 {
        return Opened::Damaged;
    }
    if schema > SCHEMA {
        Opened::Newer { schema }
    } else {
        Opened::Ours { generation, payload }
    }
}

/// Wraps a payload in any schema; later schemas in the tests are made with it.
#[must_use]
pub fn wrap(schema: u64, generation: u64, payload: &str) -> String {
    format!("{}\n{payload}", header(schema, generation, payload))
}

fn header(schema: u64, generation: u64, payload: &str) -> String {
    let facts = format!("ep {schema} {generation} {}", payload.len());
    let mut sum = crc32fast::Hasher::new();
    sum.update(facts.as_bytes());
    sum.update(payload.as_bytes());
    format!("{facts} {:08x}", sum.finalize())
}

/// A short name for a text by its content.
#[must_use]
pub fn fingerprint(text: &str) -> u32 {
    crc32fast::hash(text.as_bytes())
}
