//! When a person is reminded to save a file: everything here is on one machine only.
//!
//! Counted are the edits since the last file with everything in it. After so many, or so many days after the first of
//! them, a line says so; whoever puts it off has a day. It is a courtesy and no promise: two tabs that count at once
//! may lose a count, and samples are not counted by whoever calls.

/// So many edits without a file.
pub const EDITS: u32 = 50;
/// So long after the first edit without a file, in milliseconds: 7 days.
pub const DAYS: i64 = 7 * DAY;
/// How long it is quiet after it was put off.
pub const DAY: i64 = 24 * 60 * 60 * 1000;

/// What was done since the last file with everything in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SinceFile {
    /// How many edits.
    pub edits: u32,
    /// When the first of them was made, UTC milliseconds; 0 without one.
    pub first: i64,
    /// When the reminder was put off last; 0 when it was not.
    pub put_off: i64,
}

impl SinceFile {
    /// One more edit. After a clock that was ahead, the days are counted from now.
    #[must_use]
    pub fn edited(self, now: i64) -> Self {
        Self {
            edits: self.edits.saturating_add(1),
            first: if self.edits == 0 { now } else { self.first.min(now) },
            ..self
        }
    }

    /// Somebody says: later.
    #[must_use]
    pub fn put_off(self, now: i64) -> Self {
        Self { put_off: now, ..self }
    }

    /// Whether the person is to be reminded now.
    #[must_use]
    pub fn is_due(self, now: i64) -> bool {
        let quiet = (0..DAY).contains(&now.saturating_sub(self.put_off));
        let long = self.edits > 0 && now.saturating_sub(self.first) >= DAYS;
        (self.edits >= EDITS || long) && !quiet
    }

    /// As it is kept.
    #[must_use]
    pub fn to_text(self) -> String {
        format!("{} {} {}", self.edits, self.first, self.put_off)
    }

    /// As it was kept; what cannot be read counts for nothing.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let numbers: Vec<Option<i64>> = text.split(' ').map(|part| part.parse().ok()).collect();
        let [Some(edits), Some(first), Some(put_off)] = numbers[..] else {
            return Self::default();
        };
        u32::try_from(edits).map_or_else(|_| Self::default(), |edits| Self { edits, first, put_off })
    }
}
