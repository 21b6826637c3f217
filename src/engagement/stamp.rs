//! When and where a value was written: the order that decides which of two values shows.
//!
//! A stamp is (UTC milliseconds, counter, replica). It is never older than the value it replaces, whatever the
//! clock says: a laptop that is years off hurts one field at most and locks nobody out (`t24_nobody_is_locked_out`,
//! `t24_the_later_edit_in_cause_wins`). No clock is read here.

use std::{fmt, str::FromStr};

/// Latest time a stamp may carry: the end of 2199, in UTC milliseconds.
pub const LATEST: i64 = 7_258_118_399_999;
/// Largest counter and sequence number.
pub const LARGEST_COUNTER: u64 = 1 << 40;

const REPLICA_DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_DIGITS: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";

/// One start of one tab: 8 base32 characters, drawn anew at each start, never reused.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReplicaId([u8; 8]);

impl ReplicaId {
    /// The replica for 40 random bits; higher bits are ignored.
    #[must_use]
    pub fn from_bits(bits: u64) -> Self {
        let mut text = [0; 8];
        for (place, byte) in text.iter_mut().enumerate() {
            *byte = REPLICA_DIGITS[(bits >> (35 - 5 * place) & 31) as usize];
        }
        Self(text)
    }

    /// Reads 8 base32 characters (Crockford, upper case).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 8] = text.as_bytes().try_into().ok()?;
        bytes
            .iter()
            .all(|byte| REPLICA_DIGITS.contains(byte))
            .then_some(Self(bytes))
    }

    /// The 8 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for ReplicaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for ReplicaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The n-th change of a replica to one document: what makes a written value unique.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dot {
    /// Who wrote.
    pub replica: ReplicaId,
    /// Counted from 1, without gaps, per replica and document.
    pub sequence: u64,
}

impl fmt::Display for Dot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.replica, self.sequence)
    }
}

impl FromStr for Dot {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (replica, sequence) = text.split_once('.').ok_or(())?;
        Ok(Self {
            replica: ReplicaId::parse(replica).ok_or(())?,
            sequence: counter(sequence).filter(|n| *n > 0).ok_or(())?,
        })
    }
}

/// When a value was written. Ordered by time, then counter, then replica.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// UTC milliseconds since 1970.
    pub at: i64,
    /// Above 0 when the clock was not ahead of the value that was replaced.
    pub counter: u64,
    /// The tab that wrote.
    pub replica: ReplicaId,
}

impl Stamp {
    /// The stamp of a value written at `now` over one stamped `replaced`.
    #[must_use]
    pub fn new(now: i64, replica: ReplicaId, replaced: Option<Stamp>) -> Self {
        let now = now.clamp(0, LATEST);
        match replaced {
            Some(old) if old.at >= now && (old.counter < LARGEST_COUNTER || old.at == LATEST) => Self {
                at: old.at,
                counter: (old.counter + 1).min(LARGEST_COUNTER),
                replica,
            },
            Some(old) if old.at >= now => Self {
                at: old.at + 1,
                counter: 0,
                replica,
            },
            _ => Self {
                at: now,
                counter: 0,
                replica,
            },
        }
    }
}

/// A stamp with the sequence number of its change: `time.replica.sequence`, and `.counter` when it is not 0.
/// Time is base 32 (0-9a-v), the numbers decimal; one value has one spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// When and where.
    pub stamp: Stamp,
    /// Which change of that replica.
    pub sequence: u64,
}

impl Mark {
    /// The change that wrote the value.
    #[must_use]
    pub fn dot(&self) -> Dot {
        Dot {
            replica: self.stamp.replica,
            sequence: self.sequence,
        }
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = Vec::with_capacity(9);
        let mut rest = self.stamp.at.max(0) as u64;
        loop {
            digits.push(TIME_DIGITS[(rest & 31) as usize]);
            rest >>= 5;
            if rest == 0 {
                break;
            }
        }
        for digit in digits.iter().rev() {
            write!(f, "{}", char::from(*digit))?;
        }
        write!(f, ".{}.{}", self.stamp.replica, self.sequence)?;
        if self.stamp.counter > 0 {
            write!(f, ".{}", self.stamp.counter)?;
        }
        Ok(())
    }
}

impl FromStr for Mark {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('.');
        let time = parts.next().ok_or(())?;
        if time.is_empty() || time.len() > 9 || (time.len() > 1 && time.starts_with('0')) {
            return Err(());
        }
        let mut at = 0_i64;
        for byte in time.bytes() {
            let digit = TIME_DIGITS.iter().position(|known| *known == byte).ok_or(())?;
            at = at * 32 + digit as i64;
        }
        let replica = ReplicaId::parse(parts.next().ok_or(())?).ok_or(())?;
        let sequence = counter(parts.next().ok_or(())?).filter(|n| *n > 0).ok_or(())?;
        let counter = match parts.next() {
            Some(text) => counter(text).filter(|n| *n > 0).ok_or(())?,
            None => 0,
        };
        if at > LATEST || parts.next().is_some() {
            return Err(());
        }
        Ok(Self {
            stamp: Stamp { at, counter, replica },
            sequence,
        })
    }
}

/// A decimal number without leading zeros, at most 2^40.
fn counter(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text.len() == 1 || !text.starts_with('0'));
    text.parse().ok().filter(|n| plain && *n <= LARGEST_COUNTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replica(bits: u64) -> ReplicaId {
        ReplicaId::from_bits(bits)
    }

    #[test]
    fn a_stamp_is_never_older_than_what_it_replaces() {
        let ahead = Stamp::new(9_000, replica(1), None);
        let mine = Stamp::new(5_000, replica(2), Some(ahead));
        assert!(mine > ahead);
        assert_eq!((mine.at, mine.counter), (9_000, 1));
    }

    #[test]
    fn a_mark_has_one_spelling() {
        let mark = Mark {
            stamp: Stamp {
                at: 1_795_244_400_123,
                counter: 0,
                replica: replica(77),
            },
            sequence: 12,
        };
        let text = mark.to_string();
        assert_eq!(text.parse(), Ok(mark));
        for bad in [
            "",
            "0.x.1",
            "1k.00000001.0",
            "01.00000001.1",
            "1.00000001.01",
            "1.00000001.1.0",
            "1.00000001.1.1.1",
        ] {
            assert_eq!(bad.parse::<Mark>(), Err(()), "{bad}");
        }
    }
}
