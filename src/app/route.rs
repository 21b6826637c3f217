//! Every place of the app has an address: a typed hash route, read and written here and nowhere else.
//!
//! Hash routes work from any static host, any sub-path and from `file://`. A hash that does not start with `#/` is a plain
//! anchor within the page and is none of our business.

use crate::playbook::{EngagementId, ProcessId, StepId, TaskId, is_id};

/// A place in the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// All engagements.
    Portfolio,
    /// The form for a new engagement.
    NewEngagement,
    /// One engagement at a glance.
    Engagement(EngagementId),
    /// Customer, services and facts of an engagement.
    About(EngagementId),
    /// All tasks of an engagement.
    Tasks(EngagementId),
    /// The notes of an engagement.
    Notes(EngagementId),
    /// Entitlement status, DIBS, SSAT and usage per service.
    Services(EngagementId),
    /// Customer picture, success plan and agreed rhythm.
    Plan(EngagementId),
    /// Deadlines, milestones and the calendar.
    Dates(EngagementId),
    /// Who changed what, and when; of everything, or of one item such as `tasks`, `994`.
    History(EngagementId, Option<(String, String)>),
    /// The completion, step by step.
    Completion(EngagementId),
    /// The handover sheet.
    Handover(EngagementId),
    /// Fields that carry several values, side by side.
    Conflicts(EngagementId),
    /// A process of an engagement, perhaps at a step or task.
    Work(EngagementId, ProcessId, Option<Spot>),
    /// The playbook without a customer.
    Playbook,
    /// A process without a customer, perhaps at a step or task.
    Process(ProcessId, Option<Spot>),
    /// A task with every place it stands in.
    Task(TaskId),
    /// A reference page, perhaps at one of its parts.
    Reference(ProcessId, Option<Spot>),
    /// Every term of the glossary.
    Glossary,
    /// The whole playbook on one page, for print.
    Whole,
    /// Taking files in.
    Import,
    /// What is stored where.
    Data,
    /// Language, theme, own name.
    Settings,
    /// An address that leads nowhere; kept to be shown.
    Unknown(String),
}

/// A place within a process page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A step, or a part of a reference page.
    Step(StepId),
    /// A task.
    Task(TaskId),
}

impl Route {
    /// Reads an address such as `#/e/ID/p/PROCESS`. `None` for a plain anchor.
    #[must_use]
    pub fn parse(hash: &str) -> Option<Self> {
        let path = match hash {
            "" | "#" => "",
            _ => hash.strip_prefix("#/")?,
        };
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        Some(Self::of(&parts).unwrap_or_else(|| Self::Unknown(path.to_owned())))
    }

    fn of(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            [] => Self::Portfolio,
            ["new"] => Self::NewEngagement,
            ["e", id] => Self::Engagement(EngagementId::parse(id)?),
            ["e", id, "about"] => Self::About(EngagementId::parse(id)?),
            ["e", id, "tasks"] => Self::Tasks(EngagementId::parse(id)?),
            ["e", id, "notes"] => Self::Notes(EngagementId::parse(id)?),
            ["e", id, "services"] => Self::Services(EngagementId::parse(id)?),
            ["e", id, "plan"] => Self::Plan(EngagementId::parse(id)?),
            ["e", id, "dates"] => Self::Dates(EngagementId::parse(id)?),
            ["e", id, "history"] => Self::History(EngagementId::parse(id)?, None),
            ["e", id, "history", section, item] if is_id(section) && is_id(item) => Self::History(
                EngagementId::parse(id)?,
                Some(((*section).to_owned(), (*item).to_owned())),
            ),
            ["e", id, "completion"] => Self::Completion(EngagementId::parse(id)?),
            ["e", id, "handover"] => Self::Handover(EngagementId::parse(id)?),
            ["e", id, "conflicts"] => Self::Conflicts(EngagementId::parse(id)?),
            ["e", id, "p", process, spot @ ..] => {
                Self::Work(EngagementId::parse(id)?, ProcessId::parse(process)?, Spot::of(spot)?)
            }
            ["playbook"] => Self::Playbook,
            ["playbook", "p", process, spot @ ..] => Self::Process(ProcessId::parse(process)?, Spot::of(spot)?),
            ["playbook", "t", task] => Self::Task(TaskId::parse(task)?),
            ["playbook", "r", page, spot @ ..] => Self::Reference(ProcessId::parse(page)?, Spot::of(spot)?),
            ["playbook", "glossary"] => Self::Glossary,
            ["playbook", "all"] => Self::Whole,
            ["import"] => Self::Import,
            ["data"] => Self::Data,
            ["settings"] => Self::Settings,
            _ => return None,
        })
    }

    /// The address, such as `#/e/ID/p/PROCESS/t/994`.
    #[must_use]
    pub fn href(&self) -> String {
        match self {
            Self::Portfolio => "#/".into(),
            Self::NewEngagement => "#/new".into(),
            Self::Engagement(id) => format!("#/e/{id}"),
            Self::About(id) => format!("#/e/{id}/about"),
            Self::Tasks(id) => format!("#/e/{id}/tasks"),
            Self::Notes(id) => format!("#/e/{id}/notes"),
            Self::Services(id) => format!("#/e/{id}/services"),
            Self::Plan(id) => format!("#/e/{id}/plan"),
            Self::Dates(id) => format!("#/e/{id}/dates"),
            Self::History(id, None) => format!("#/e/{id}/history"),
            Self::History(id, Some((section, item))) => format!("#/e/{id}/history/{section}/{item}"),
            Self::Completion(id) => format!("#/e/{id}/completion"),
            Self::Handover(id) => format!("#/e/{id}/handover"),
            Self::Conflicts(id) => format!("#/e/{id}/conflicts"),
            Self::Work(id, process, spot) => format!("#/e/{id}/p/{process}{}", Spot::suffix(spot.as_ref())),
            Self::Playbook => "#/playbook".into(),
            Self::Process(process, spot) => format!("#/playbook/p/{process}{}", Spot::suffix(spot.as_ref())),
            Self::Task(task) => format!("#/playbook/t/{task}"),
            Self::Reference(page, spot) => format!("#/playbook/r/{page}{}", Spot::suffix(spot.as_ref())),
            Self::Glossary => "#/playbook/glossary".into(),
            Self::Whole => "#/playbook/all".into(),
            Self::Import => "#/import".into(),
            Self::Data => "#/data".into(),
            Self::Settings => "#/settings".into(),
            Self::Unknown(path) => format!("#/{path}"),
        }
    }

    /// The kind of place, for the page's main element.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Portfolio => "portfolio",
            Self::NewEngagement => "new",
            Self::Engagement(_) => "engagement",
            Self::About(_) => "about",
            Self::Tasks(_) => "tasks",
            Self::Notes(_) => "notes",
            Self::Services(_) => "services",
            Self::Plan(_) => "plan",
            Self::Dates(_) => "dates",
            Self::History(..) => "history",
            Self::Completion(_) => "completion",
            Self::Handover(_) => "handover",
            Self::Conflicts(_) => "conflicts",
            Self::Work(..) => "work",
            Self::Playbook => "playbook",
            Self::Process(..) => "process",
            Self::Task(_) => "task",
            Self::Reference(..) => "reference",
            Self::Glossary => "glossary",
            Self::Whole => "whole",
            Self::Import => "import",
            Self::Data => "data",
            Self::Settings => "settings",
            Self::Unknown(_) => "unknown",
        }
    }

    /// The engagement it is about.
    #[must_use]
    pub fn engagement(&self) -> Option<&EngagementId> {
        match self {
            Self::Engagement(id)
            | Self::About(id)
            | Self::Tasks(id)
            | Self::Notes(id)
            | Self::Services(id)
            | Self::Plan(id)
            | Self::Dates(id)
            | Self::History(id, _)
            | Self::Completion(id)
            | Self::Handover(id)
            | Self::Conflicts(id)
            | Self::Work(id, ..) => Some(id),
            _ => None,
        }
    }

    /// The process or reference page it shows.
    #[must_use]
    pub fn page_of_the_playbook(&self) -> Option<&ProcessId> {
        match self {
            Self::Work(_, page, _) | Self::Process(page, _) | Self::Reference(page, _) => Some(page),
            _ => None,
        }
    }

    /// The step or task it points at.
    #[must_use]
    pub fn spot(&self) -> Option<&Spot> {
        match self {
            Self::Work(_, _, spot) | Self::Process(_, spot) | Self::Reference(_, spot) => spot.as_ref(),
            _ => None,
        }
    }

    /// The same page without the spot: two routes of one page differ only there.
    #[must_use]
    pub fn page(&self) -> Self {
        match self {
            Self::Work(id, process, _) => Self::Work(id.clone(), process.clone(), None),
            Self::Process(process, _) => Self::Process(process.clone(), None),
            Self::Reference(page, _) => Self::Reference(page.clone(), None),
            other => other.clone(),
        }
    }
}

impl Spot {
    #[allow(clippy::option_option)]
    fn of(parts: &[&str]) -> Option<Option<Self>> {
        match parts {
            [] => Some(None),
            ["s", step] => Some(Some(Self::Step(StepId::parse(step)?))),
            ["t", task] => Some(Some(Self::Task(TaskId::parse(task)?))),
            _ => None,
        }
    }

    fn suffix(spot: Option<&Self>) -> String {
        match spot {
            Some(Self::Step(step)) => format!("/s/{step}"),
            Some(Self::Task(task)) => format!("/t/{task}"),
            None => String::new(),
        }
    }

    /// The id of the element it points at.
    #[must_use]
    pub fn anchor(&self) -> String {
        match self {
            Self::Step(step) => format!("step-{step}"),
            Self::Task(task) => format!("task-{task}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_reads_back_as_the_place_it_was_written_for() {
        let id = EngagementId::from("01-ab");
        let process = ProcessId::from("migration");
        for route in [
            Route::Portfolio,
            Route::NewEngagement,
            Route::Engagement(id.clone()),
            Route::About(id.clone()),
            Route::Tasks(id.clone()),
            Route::Notes(id.clone()),
            Route::Services(id.clone()),
            Route::Plan(id.clone()),
            Route::Dates(id.clone()),
            Route::History(id.clone(), None),
            Route::History(id.clone(), Some(("tasks".into(), "994".into()))),
            Route::Completion(id.clone()),
            Route::Handover(id.clone()),
            Route::Conflicts(id.clone()),
            Route::Work(id.clone(), process.clone(), None),
            Route::Work(id.clone(), process.clone(), Some(Spot::Task("994".into()))),
            Route::Work(id, process.clone(), Some(Spot::Step("plan".into()))),
            Route::Playbook,
            Route::Process(process.clone(), None),
            Route::Process(process.clone(), Some(Spot::Task("994".into()))),
            Route::Task("994".into()),
            Route::Reference(process.clone(), None),
            Route::Reference(process, Some(Spot::Step("l1".into()))),
            Route::Glossary,
            Route::Whole,
            Route::Import,
            Route::Data,
            Route::Settings,
            Route::Unknown("e/a b".into()),
        ] {
            assert_eq!(Route::parse(&route.href()), Some(route));
        }
    }

    #[test]
    fn an_anchor_within_the_page_is_not_a_place() {
        assert_eq!(Route::parse("#main"), None);
        assert_eq!(Route::parse(""), Some(Route::Portfolio));
    }
}
