//! The names of one language: official ones byte-exact, our own where there is none or where it is unfit.
//!
//! Read from `content/names/<language>.json`. A name of ours is marked as such wherever it shows.

use super::{MotionId, PhaseId, Place, ProcessId, RegionId, RoleId, ServiceId, TaskId, TaskState, TrackId};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use std::{collections::BTreeMap, fmt};

/// Names by section and id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// The language, as a tag.
    pub language: String,
    sections: BTreeMap<String, BTreeMap<String, Name>>,
}

/// Read by hand, since `#[serde(flatten)]` reads everything twice, and this is on the way to the first screen.
impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Names;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a language and sections of names")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Names, A::Error> {
        let mut names = Names::default();
        while let Some(member) = map.next_key::<String>()? {
            if member == "language" {
                names.language = map.next_value()?;
            } else {
                names.sections.insert(member, map.next_value()?);
            }
        }
        Ok(names)
    }
}

/// One name.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Name {
    /// As published in this language; `None` where the sources lack it.
    #[serde(default)]
    pub official: Option<String>,
    /// Our own; shown where it stands.
    #[serde(default)]
    pub ours: Option<String>,
    /// A short form, such as FM.
    #[serde(default)]
    pub short: Option<String>,
    /// The official name at a place, where places differ.
    #[serde(default)]
    pub at: BTreeMap<String, String>,
}

impl Name {
    /// The name that shows; empty when there is none, which the checks do not allow.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.ours.as_deref().or(self.official.as_deref()).unwrap_or_default()
    }

    /// Whether the name that shows is our own.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        self.ours.is_some()
    }
}

impl Names {
    /// The sections, for the checks.
    #[must_use]
    pub fn sections(&self) -> &BTreeMap<String, BTreeMap<String, Name>> {
        &self.sections
    }

    /// The name of an entry, when the section has it.
    #[must_use]
    pub fn get(&self, section: &str, id: &str) -> Option<&Name> {
        self.sections.get(section)?.get(id)
    }

    /// The name that shows, or the id of what this edition does not know.
    fn shown<'a>(&'a self, section: &str, id: &'a str) -> &'a str {
        self.get(section, id)
            .map(Name::shown)
            .filter(|name| !name.is_empty())
            .unwrap_or(id)
    }

    /// A phase.
    #[must_use]
    pub fn phase<'a>(&'a self, id: &'a PhaseId) -> &'a str {
        self.shown("phases", id.as_str())
    }

    /// A process.
    #[must_use]
    pub fn process<'a>(&'a self, id: &'a ProcessId) -> &'a str {
        self.shown("processes", id.as_str())
    }

    /// A step.
    #[must_use]
    pub fn step(&self, place: &Place) -> String {
        self.shown("steps", &place.to_string()).to_owned()
    }

    /// A task, as it is called at a place.
    #[must_use]
    pub fn task<'a>(&'a self, id: &'a TaskId, place: Option<&Place>) -> &'a str {
        let here = place.and_then(|place| self.get("tasks", id.as_str())?.at.get(&place.to_string()));
        here.map_or_else(|| self.shown("tasks", id.as_str()), String::as_str)
    }

    /// A service.
    #[must_use]
    pub fn service<'a>(&'a self, id: &'a ServiceId) -> &'a str {
        self.shown("services", id.as_str())
    }

    /// A role.
    #[must_use]
    pub fn role<'a>(&'a self, id: &'a RoleId) -> &'a str {
        self.shown("roles", id.as_str())
    }

    /// The short form of a role, or its name.
    #[must_use]
    pub fn role_short<'a>(&'a self, id: &'a RoleId) -> &'a str {
        self.get("roles", id.as_str())
            .and_then(|name| name.short.as_deref())
            .unwrap_or_else(|| self.role(id))
    }

    /// A motion.
    #[must_use]
    pub fn motion<'a>(&'a self, id: &'a MotionId) -> &'a str {
        self.shown("motions", id.as_str())
    }

    /// A region.
    #[must_use]
    pub fn region<'a>(&'a self, id: &'a RegionId) -> &'a str {
        self.shown("regions", id.as_str())
    }

    /// A reference page.
    #[must_use]
    pub fn reference<'a>(&'a self, id: &'a ProcessId) -> &'a str {
        self.shown("references", id.as_str())
    }

    /// A track.
    #[must_use]
    pub fn track<'a>(&'a self, id: &'a TrackId) -> &'a str {
        self.shown("tracks", id.as_str())
    }

    /// A task state.
    #[must_use]
    pub fn state(&self, state: TaskState) -> &str {
        self.shown("states", state.as_str())
    }

    /// Mandatory or optional.
    #[must_use]
    pub fn requirement(&self, requirement: super::Requirement) -> &str {
        self.shown(
            "requirement",
            match requirement {
                super::Requirement::Mandatory => "mandatory",
                super::Requirement::Optional => "optional",
            },
        )
    }

    /// One of DIBS: `date`, `intent`, `business-reason`, `success-owner`.
    #[must_use]
    pub fn dibs<'a>(&'a self, id: &'a str) -> &'a str {
        self.shown("dibs", id)
    }

    /// One of SSAT: `stakeholders`, `scenarios`, `awareness`, `training`.
    #[must_use]
    pub fn ssat<'a>(&'a self, id: &'a str) -> &'a str {
        self.shown("ssat", id)
    }

    /// What changed on a page.
    #[must_use]
    pub fn change<'a>(&'a self, key: &'a str) -> &'a str {
        self.shown("changes", key)
    }
}
