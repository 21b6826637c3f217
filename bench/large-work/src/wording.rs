//! Words for notes and remarks: always the same ones, as little alike as what people write, so that they do not become smaller
//! than people's words when they are compressed.

const WORDS: &str = "the customer wants to begin with mail and calls later because budget for training is not agreed yet \
    security asks who may see guest accounts before Teams replaces the phone bridge two shops have no bandwidth \
    champions meet on Monday partner sends minutes pilot of 40 people went well help desk needs a script in French \
    migration of public folders waits until archive rules are clear licences expire in March next review with Kim Lee \
    devices older than 2019 cannot update IT lead is on leave from Thursday HR writes the announcement survey shows \
    people like chat but lose files network test failed in Lyon again ticket 48213 is open since last week";

/// Draws words one after the other.
#[derive(Debug, Clone)]
pub struct Wording {
    words: Vec<&'static str>,
    drawn: u64,
}

impl Wording {
    /// Another one for each number.
    pub fn new(number: usize) -> Self {
        Self {
            words: WORDS.split_whitespace().collect(),
            drawn: number as u64 + 1,
        }
    }

    /// A text of so many words.
    pub fn text(&mut self, words: usize) -> String {
        let drawn: Vec<&str> = (0..words).map(|_| self.word()).collect();
        format!("{}.", drawn.join(" "))
    }

    fn word(&mut self) -> &'static str {
        self.drawn = self
            .drawn
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let place = (self.drawn >> 33) as usize % self.words.len().max(1);
        self.words.get(place).copied().unwrap_or_default()
    }
}
