//! Strict JSON: text of unknown origin becomes a value, or an error that names the place.
//!
//! `serde_json` reads the text; what it is lenient about is refused here: duplicate keys (it keeps the last silently),
//! deep nesting, floods of items (refused while reading, before they are built), a byte order mark (`t15_...` to `t20_...`).
//! Whatever comes, it answers (`any_bytes_are_an_answer_and_no_trap`). It does not know
//! what the members mean. Numbers are kept as 64-bit integers or the nearest double.

mod fault;
mod units;

pub use fault::{JsonFault, JsonFaultKind};
pub use units::bytes_of_units;

use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// Deepest nesting of objects and lists that is accepted; the outermost one counts as 1.
pub use crate::engagement::DEEPEST;

/// What is refused although it is JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Nesting of objects and lists.
    pub depth: usize,
    /// Members and elements in all.
    pub items: usize,
}

/// A text that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The value.
    pub value: Value,
    /// Its members and elements, in all depths.
    pub items: usize,
}

/// Reads a text.
///
/// # Errors
/// The first thing that is not as it must be, with its place.
pub fn read(bytes: &[u8], limits: Limits) -> Result<Document, JsonFault> {
    let text = std::str::from_utf8(bytes).map_err(|error| JsonFault::not_utf8(bytes, error))?;
    if text.starts_with('\u{feff}') {
        return Err(JsonFault::at(1, 1, JsonFaultKind::ByteOrderMark));
    }
    let mut reading = Reading {
        limits,
        items: 0,
        refused: None,
        path: Vec::new(),
    };
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Inner {
        reading: &mut reading,
        depth: 0,
    }
    .deserialize(&mut reader)
    .map_err(|error| {
        let kind = reading.refused.unwrap_or_else(|| JsonFaultKind::of(&error));
        reading.path.reverse();
        JsonFault {
            path: std::mem::take(&mut reading.path),
            ..JsonFault::placed(text, &error, kind)
        }
    })?;
    reader
        .end()
        .map_err(|error| JsonFault::placed(text, &error, JsonFaultKind::TrailingText))?;
    Ok(Document {
        value,
        items: reading.items,
    })
}

/// What is known while reading, across all depths.
struct Reading {
    limits: Limits,
    items: usize,
    /// Why we refused; `None` while the text itself is at fault.
    refused: Option<JsonFaultKind>,
    /// Collected on the way out of an error, innermost name first.
    path: Vec<String>,
}

/// A value inside `depth` objects and lists.
struct Inner<'r> {
    reading: &'r mut Reading,
    depth: usize,
}

impl Inner<'_> {
    fn refuse<E: serde::de::Error>(&mut self, kind: JsonFaultKind) -> E {
        self.reading.refused = Some(kind);
        E::custom(kind)
    }

    fn enter<E: serde::de::Error>(&mut self) -> Result<(), E> {
        self.depth += 1;
        let limit = self.reading.limits.depth;
        if self.depth > limit {
            Err(self.refuse(JsonFaultKind::TooDeep { limit }))
        } else {
            Ok(())
        }
    }

    fn count<E: serde::de::Error>(&mut self) -> Result<(), E> {
        self.reading.items += 1;
        let limit = self.reading.limits.items;
        if self.reading.items > limit {
            Err(self.refuse(JsonFaultKind::TooManyItems { limit }))
        } else {
            Ok(())
        }
    }

    fn inner(&mut self) -> Inner<'_> {
        Inner {
            reading: self.reading,
            depth: self.depth,
        }
    }

    /// Notes in which member or element an error arose.
    fn within<T, E>(&mut self, name: impl FnOnce() -> String, result: Result<T, E>) -> Result<T, E> {
        if result.is_err() {
            self.reading.path.push(name());
        }
        result
    }
}

impl<'de> DeserializeSeed<'de> for Inner<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Inner<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: serde::de::Error>(mut self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| self.refuse(JsonFaultKind::NumberOutOfRange))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Value, A::Error> {
        self.enter()?;
        let mut elements = Vec::new();
        loop {
            let next = list.next_element_seed(self.inner());
            let Some(element) = self.within(|| elements.len().to_string(), next)? else {
                break;
            };
            self.count()?;
            elements.push(element);
        }
        Ok(Value::Array(elements))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut object: A) -> Result<Value, A::Error> {
        self.enter()?;
        let mut members = Map::new();
        while let Some(name) = object.next_key::<String>()? {
            self.count()?;
            if members.contains_key(&name) {
                self.reading.path.push(name);
                return Err(self.refuse(JsonFaultKind::DuplicateKey));
            }
            let next = object.next_value_seed(self.inner());
            let value = self.within(|| name.clone(), next)?;
            members.insert(name, value);
        }
        Ok(Value::Object(members))
    }
}
