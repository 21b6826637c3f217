//! The engagement file, version 1: how engagements travel between people and outlive this app.
//!
//! A promise: what is exported here can be read for ever, by us and by others (`schema/engagement.v1.json`). Members that
//! this version does not know are kept and written back (`t36_the_frozen_file_still_says_what_it_said`,
//! `t36_unknown_members_of_the_frozen_file_are_all_there`). No time of export, no words of the playbook, no state of the
//! screen is in it. The sample engagement is never exported; callers ask `is_sample`.

use super::{
    ImportError,
    canonical::{self, Levels},
    json::{self, DEEPEST, JsonFault, JsonFaultKind, Limits},
};
use crate::{
    engagement::{Engagement, Fault, FaultKind},
    playbook::EngagementId,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The version that is written, and the newest that is read.
pub const VERSION: u64 = 1;
/// Largest file of one engagement, in bytes.
pub const LARGEST_ENGAGEMENT: u64 = 8 << 20;
/// Largest file of several, in bytes.
pub const LARGEST_FILE: u64 = 32 << 20;
/// Most members and elements of one engagement.
pub const MOST_ITEMS_OF_AN_ENGAGEMENT: usize = 20_000;
/// Most members and elements of a file of several.
pub const MOST_ITEMS_OF_A_FILE: usize = 400_000;

/// The format of one engagement.
pub(super) const ONE: &str = "engagement-playbook/engagement";
/// The format of several.
pub(super) const SEVERAL: &str = "engagement-playbook/engagements";

const LINES: Levels = Levels {
    of_all: 2,
    deeper: "checks",
};

/// Whether it is the sample, which nobody exports.
#[must_use]
pub fn is_sample(id: &EngagementId) -> bool {
    id.as_str().starts_with("sample")
}

/// The file of these engagements: canonical, so that the same state is always the same bytes.
#[must_use]
pub fn export(engagements: &[&Engagement]) -> String {
    let mut out = String::new();
    if let [engagement] = engagements {
        let mut members = engagement.to_json();
        members.insert("format".into(), json!(ONE));
        members.insert("version".into(), json!(VERSION));
        canonical::write(
            &mut out,
            &Value::Object(members),
            LINES,
            0,
            &["format", "version", "id"],
        );
    } else {
        let mut sorted = engagements.to_vec();
        sorted.sort_by_key(|engagement| engagement.id());
        out.push_str(&format!(
            "{{\n  \"format\": \"{SEVERAL}\",\n  \"version\": {VERSION},\n  \"engagements\": ["
        ));
        for (place, engagement) in sorted.into_iter().enumerate() {
            out.push_str(if place == 0 { "\n" } else { ",\n" });
            canonical::spaces(&mut out, 4);
            canonical::write(&mut out, &Value::Object(engagement.to_json()), LINES, 4, &["id"]);
        }
        out.push_str(if engagements.is_empty() { "]\n}" } else { "\n  ]\n}" });
    }
    out.push('\n');
    out
}

/// Whether a file of this size is read at all; asked before reading it.
///
/// # Errors
/// `TooLarge`.
pub fn check_size(bytes: u64) -> Result<(), ImportError> {
    at_most(bytes, LARGEST_FILE)
}

/// The engagements of a file, in its order; at least one.
///
/// # Errors
/// The first thing that is not as it must be; nothing of a refused file may be used.
pub fn import(bytes: &[u8]) -> Result<Vec<Engagement>, ImportError> {
    check_size(bytes.len() as u64)?;
    let document = read(bytes)?;
    let members = document.as_object().ok_or(ImportError::NotOurs)?;
    let several = match members.get("format").and_then(Value::as_str) {
        Some(ONE) => false,
        Some(SEVERAL) => true,
        _ => return Err(ImportError::NotOurs),
    };
    match members.get("version").and_then(Value::as_u64) {
        Some(VERSION) => {}
        Some(version) if version > VERSION => return Err(ImportError::Newer { version }),
        _ => return Err(ImportError::NotAVersion),
    }
    if several {
        return import_several(members, bytes.len() as u64 > LARGEST_ENGAGEMENT);
    }
    at_most(bytes.len() as u64, LARGEST_ENGAGEMENT)?;
    Ok(vec![import_one(members)?])
}

fn import_one(members: &Map<String, Value>) -> Result<Engagement, ImportError> {
    if items(members) > MOST_ITEMS_OF_AN_ENGAGEMENT {
        return Err(ImportError::TooManyItems {
            limit: MOST_ITEMS_OF_AN_ENGAGEMENT,
        });
    }
    Engagement::from_json(members).map_err(ImportError::Damaged)
}

fn import_several(wrapper: &Map<String, Value>, may_hold_a_large_one: bool) -> Result<Vec<Engagement>, ImportError> {
    let damaged = |path: Vec<String>, kind| ImportError::Damaged(Fault { path, kind });
    let within = |path: &[&str]| path.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let list = wrapper
        .get("engagements")
        .ok_or_else(|| damaged(within(&["engagements"]), FaultKind::Missing))?;
    let list = list
        .as_array()
        .ok_or_else(|| damaged(within(&["engagements"]), FaultKind::NotAList))?;
    let mut ids = BTreeSet::new();
    let mut engagements = Vec::new();
    for (place, one) in list.iter().enumerate() {
        let place = place.to_string();
        let members = one
            .as_object()
            .ok_or_else(|| damaged(within(&["engagements", &place]), FaultKind::NotAnObject))?;
        let engagement = import_one(members).map_err(|error| match error {
            ImportError::Damaged(fault) => damaged(
                within(&["engagements", &place]).into_iter().chain(fault.path).collect(),
                fault.kind,
            ),
            other => other,
        })?;
        if may_hold_a_large_one {
            at_most(export(&[&engagement]).len() as u64, LARGEST_ENGAGEMENT)?;
        }
        if !ids.insert(engagement.id().clone()) {
            return Err(ImportError::Twice {
                id: engagement.id().clone(),
            });
        }
        engagements.push(engagement);
    }
    if engagements.is_empty() {
        Err(ImportError::Empty)
    } else {
        Ok(engagements)
    }
}

/// Reads the text. Nesting is counted within an engagement: the list of several is not one of its levels, or else an
/// engagement could be exported together with others and not be imported again.
fn read(bytes: &[u8]) -> Result<Value, ImportError> {
    let read = |depth| {
        json::read(
            bytes,
            Limits {
                depth,
                items: MOST_ITEMS_OF_A_FILE,
            },
        )
    };
    let inside_the_list = |fault: &JsonFault| {
        matches!(fault.kind, JsonFaultKind::TooDeep { .. })
            && fault.path.first().is_some_and(|name| name == "engagements")
    };
    let document = read(DEEPEST).or_else(|fault| {
        let again = if inside_the_list(&fault) {
            read(DEEPEST + 2).ok()
        } else {
            None
        };
        again
            .filter(|document| document.value["format"] == SEVERAL)
            .ok_or(fault)
    });
    document.map(|document| document.value).map_err(ImportError::from)
}

/// Members and elements in all depths, without those of the wrapping.
fn items(members: &Map<String, Value>) -> usize {
    fn inside(value: &Value) -> usize {
        match value {
            Value::Array(elements) => elements.iter().map(|element| 1 + inside(element)).sum(),
            Value::Object(members) => members.values().map(|member| 1 + inside(member)).sum(),
            _ => 0,
        }
    }
    let counts = members
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "format" | "version"));
    counts.map(|(_, member)| 1 + inside(member)).sum()
}

fn at_most(size: u64, limit: u64) -> Result<(), ImportError> {
    if size > limit {
        Err(ImportError::TooLarge { size, limit })
    } else {
        Ok(())
    }
}
