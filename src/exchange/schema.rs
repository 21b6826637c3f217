//! The published schema of the engagement file, so that others can read and write it without our code
//! (`the_published_schema_is_the_one_that_is_made`, `every_export_passes_the_schema`).
//!
//! Made from the table of fields that the reader itself uses (`engagement::KNOWN`); it allows what the reader keeps: unknown
//! members anywhere. What a schema cannot say (marks that the table of replicas must know, bytes and items in all,
//! duplicate keys) stands in its descriptions.

use super::engagement_file::{ONE, SEVERAL, VERSION};
use crate::{
    engagement::{
        KNOWN, LONGEST_TEXT, Shape,
        stamp::{LARGEST_COUNTER, LATEST},
    },
    playbook::LONGEST_ID,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The JSON Schema (2020-12) of version 1.
#[must_use]
pub fn schema() -> Value {
    let mut sections: Map<String, Value> = match group(KNOWN.iter().copied()) {
        Value::Object(mut group) => match group.remove("properties") {
            Some(Value::Object(sections)) => sections,
            _ => Map::new(),
        },
        _ => Map::new(),
    };
    sections.insert("id".into(), json!({ "$ref": "#/$defs/id" }));
    sections.insert("history".into(), json!({ "$ref": "#/$defs/history" }));
    sections.insert("replicas".into(), json!({ "$ref": "#/$defs/replicas" }));
    let file = |format: &str| json!({ "format": { "const": format }, "version": { "const": VERSION } });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:engagement-playbook:engagement:v1",
        "title": "Engagement Playbook: engagement file, version 1",
        "description": "UTF-8 without byte order mark; no key twice; at most 32 levels. One engagement: at most 8 MiB and \
            20,000 members and elements; several: 32 MiB and 400,000. Unknown members are kept and written back; what has \
            the shape of a field merges as a field.",
        "type": "object",
        "required": ["format", "version"],
        "oneOf": [
            { "title": "One engagement", "properties": file(ONE), "$ref": "#/$defs/engagement" },
            {
                "title": "Several engagements, each id once",
                "properties": {
                    "format": { "const": SEVERAL },
                    "version": { "const": VERSION },
                    "engagements": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/engagement" } },
                },
                "required": ["engagements"],
            },
        ],
        "$defs": defs(sections),
    })
}

fn defs(sections: Map<String, Value>) -> Value {
    let mut defs = json!({
        "engagement": { "type": "object", "required": ["id", "replicas"], "properties": sections },
        "id": { "type": "string", "pattern": format!("^[A-Za-z0-9._:-]{{1,{LONGEST_ID}}}$") },
        "history": {
            "description": "What was changed, by replica and sequence: the time in UTC milliseconds, then each field with the \
                value that was written; without a value where it is too long to be kept twice. It never decides a merge.",
            "type": "object",
            "propertyNames": { "pattern": "^[0-9A-HJKMNP-TV-Z]{8}\\.[1-9][0-9]{0,12}$" },
            "additionalProperties": {
                "type": "array",
                "prefixItems": [{ "type": "integer", "minimum": 0, "maximum": LATEST }],
                "items": {
                    "type": "array",
                    "prefixItems": [{ "type": "array", "items": { "type": "string" }, "minItems": 1 }],
                    "minItems": 1,
                    "maxItems": 2,
                },
                "minItems": 2,
            },
        },
        "mark": {
            "description": "When, where and which change wrote a value: time in UTC milliseconds (base 32, 0-9a-v), replica, \
                sequence, and a counter when it is not 0. The replica stands in `replicas` with this sequence or a later one.",
            "type": "string",
            "pattern": "^(0|[1-9a-v][0-9a-v]{0,8})\\.[0-9A-HJKMNP-TV-Z]{8}\\.[1-9][0-9]{0,12}(\\.[1-9][0-9]{0,12})?$",
        },
        "replicas": {
            "description": "Who wrote: one line per start of a tab: author, language, the last change.",
            "type": "object",
            "propertyNames": { "pattern": "^[0-9A-HJKMNP-TV-Z]{8}$" },
            "additionalProperties": {
                "type": "array",
                "prefixItems": [
                    { "type": "string", "maxLength": LONGEST_TEXT },
                    { "type": "string", "maxLength": 64 },
                    { "type": "integer", "minimum": 1, "maximum": LARGEST_COUNTER },
                ],
                "items": false,
                "minItems": 3,
            },
        },
    });
    for shape in [Shape::Text, Shape::Day, Shape::Number, Shape::YesNo, Shape::Dots] {
        let name = name(shape);
        defs[format!("{name}_field")] = json!({
            "description": "A value with its mark, or the values of an open conflict, highest stamp first.",
            "anyOf": [
                { "$ref": format!("#/$defs/{name}_written") },
                {
                    "type": "object",
                    "properties": {
                        "conflict": { "type": "array", "minItems": 2, "items": { "$ref": format!("#/$defs/{name}_written") } },
                    },
                    "required": ["conflict"],
                    "additionalProperties": false,
                },
            ],
        });
        defs[format!("{name}_written")] = json!({
            "type": "array",
            "prefixItems": [{ "anyOf": [{ "type": "null" }, values(shape)] }, { "$ref": "#/$defs/mark" }],
            "items": false,
            "minItems": 2,
        });
    }
    defs
}

/// A group of members: those with names of their own, and those named by ids.
fn group<'k>(fields: impl Iterator<Item = (&'k [&'k str], Shape)>) -> Value {
    let mut members: BTreeMap<&str, Vec<(&[&str], Shape)>> = BTreeMap::new();
    for (path, shape) in fields {
        if let Some((first, rest)) = path.split_first() {
            members.entry(first).or_default().push((rest, shape));
        }
    }
    let mut schema = json!({ "type": "object", "propertyNames": { "$ref": "#/$defs/id" } });
    for (member, fields) in members {
        let inner = match fields.as_slice() {
            [([], shape)] => json!({ "$ref": format!("#/$defs/{}_field", name(*shape)) }),
            fields => group(fields.iter().copied()),
        };
        match member {
            "*" => schema["additionalProperties"] = inner,
            named => schema["properties"][named] = inner,
        }
    }
    schema
}

fn name(shape: Shape) -> &'static str {
    match shape {
        Shape::Text => "text",
        Shape::Day => "day",
        Shape::Number => "number",
        Shape::YesNo => "yes_no",
        Shape::Dots => "dots",
    }
}

fn values(shape: Shape) -> Value {
    match shape {
        Shape::Text => json!({
            "type": "string",
            "maxLength": LONGEST_TEXT,
            "description": "At most 65,536 bytes in UTF-8.",
        }),
        Shape::Day => json!({
            "type": "string",
            "format": "date",
            "pattern": "^(19[7-9][0-9]|20[0-9]{2}|21[0-9]{2})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        }),
        Shape::Number => json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
        Shape::YesNo => json!({ "type": "boolean" }),
        Shape::Dots => json!({
            "type": "array",
            "items": { "type": "string", "pattern": "^[0-9A-HJKMNP-TV-Z]{8}\\.[1-9][0-9]{0,12}$" },
            "description": "The changes that the removal has seen, as replica.sequence.",
        }),
    }
}
