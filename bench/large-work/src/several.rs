//! One file of many engagements of 25 KB each: some that were worked on lately, and more that nobody has touched for long.

use crate::{person::Person, wording::Wording};
use engagement_playbook::engagement::{Change, Engagement, StateKey, parse_day};
use engagement_playbook::exchange::export;
use engagement_playbook::playbook::{
    ALL_SERVICES, CORE_ONBOARDING, EngagementId, NoteId, ServiceId, Structure, TaskId, TaskState,
};

/// Bytes of each engagement, as a file of its own.
pub const SIZE: usize = 25_000;

const DAY: i64 = 24 * 3_600_000;
/// Days since somebody last worked on one that nobody works on.
const LONG_AGO: i64 = 300;
/// Days in which an engagement is worked on.
const LASTS: i64 = 30;
/// So many tasks of each are touched.
const TASKS: usize = 60;
/// Services in scope.
const SERVICES: [&str; 4] = ["exchange", "onedrive-for-business", "sharepoint", "teams"];

/// The ids, the ones of late first.
pub fn ids(count: usize) -> impl Iterator<Item = EngagementId> {
    (0..count).filter_map(|number| EngagementId::parse(&format!("large-{number:03}")))
}

/// The file of so many engagements of which so many were worked on lately; `now` in UTC milliseconds.
///
/// # Errors
/// When the playbook's structure cannot be read.
pub fn several(now: i64, count: usize, lately: usize) -> Result<String, serde_json::Error> {
    let structure: Structure = serde_json::from_str(include_str!("../../../src/content/structure.json"))?;
    let tasks: Vec<(TaskId, StateKey)> = in_order(&structure);
    let all: Vec<Engagement> = ids(count)
        .enumerate()
        .map(|(number, id)| {
            let end = if number < lately {
                now - DAY
            } else {
                now - LONG_AGO * DAY
            };
            one(id, number, end, &tasks)
        })
        .collect();
    Ok(export(&all.iter().collect::<Vec<_>>()))
}

/// Tasks in the order of the playbook, each once, with the first of its states for a service in scope.
fn in_order(structure: &Structure) -> Vec<(TaskId, StateKey)> {
    let steps = structure.processes.iter().flat_map(|process| &process.steps);
    let mut tasks = Vec::new();
    for id in steps.flat_map(|step| &step.tasks) {
        let services = structure
            .tasks
            .get(id)
            .map(|task| task.services.as_slice())
            .unwrap_or_default();
        let whole = services
            .iter()
            .any(|service| matches!(service.as_str(), ALL_SERVICES | CORE_ONBOARDING));
        let in_scope = services.iter().find(|service| SERVICES.contains(&service.as_str()));
        let key = if whole {
            Some(StateKey::Whole)
        } else {
            in_scope.cloned().map(StateKey::Service)
        };
        if let Some(key) = key
            && tasks.iter().all(|(other, _)| other != id)
        {
            tasks.push((id.clone(), key));
        }
    }
    tasks
}

fn one(id: EngagementId, number: usize, end: i64, tasks: &[(TaskId, StateKey)]) -> Engagement {
    let mut engagement = Engagement::new(id);
    let mut words = Wording::new(number);
    let mut anna = Person::new("Anna Berger", number as u64, end - LASTS * DAY);
    let about = [
        Change::SetCustomer(format!("Customer {number:03} of Anna")),
        Change::SetTenant(format!("customer{number:03}.onmicrosoft.com")),
        Change::SetRegion(Some("emea".into())),
        Change::SetSeats(u32::try_from(150 + 37 * number).ok()),
        Change::SetMotion(Some("rfa".into())),
        Change::SetAssignedOn(parse_day("2026-01-12")),
        Change::SetFastTrackManager("Anna Berger".to_owned()),
    ];
    let services = SERVICES.map(|service| Change::SetServiceInScope(ServiceId::from(service), true));
    for change in about.iter().chain(&services) {
        anna.does(&mut engagement, change);
    }
    for (place, (task, key)) in tasks.iter().take(TASKS).enumerate() {
        let state = if place % 4 == 3 {
            TaskState::InProgress
        } else {
            TaskState::Complete
        };
        anna.puts(&mut engagement, task, key.clone(), state);
        if place % 3 == 0 {
            anna.plans(
                &mut engagement,
                task,
                "Ben Okafor",
                &format!("2026-10-{:02}", 1 + place % 28),
            );
            anna.does(&mut engagement, &Change::SetComment(task.clone(), words.text(8)));
        }
    }
    for note in (0..SIZE).filter_map(|note| NoteId::parse(&format!("note-{number:03}-{note:03}"))) {
        if export(&[&engagement]).len() >= SIZE {
            break;
        }
        let text = words.text(30);
        let change = parse_day("2026-10-12").map(|on| Change::WriteNote {
            note,
            text,
            process: None,
            on,
            language: "en".to_owned(),
        });
        if let Some(change) = change {
            anna.does(&mut engagement, &change);
        }
    }
    anna.rests_until(end);
    anna.does(&mut engagement, &Change::SetCountry("France".to_owned()));
    engagement
}

#[cfg(test)]
mod tests {
    use super::*;
    use engagement_playbook::exchange::import;

    const NOW: i64 = 1_795_000_000_000;

    #[test]
    fn each_is_of_25_kb_and_was_touched_when_it_is_said() {
        let file = several(NOW, 3, 1).expect("a file");
        assert_eq!(
            file,
            several(NOW, 3, 1).expect("a file"),
            "the same call, the same bytes"
        );
        let all = import(file.as_bytes()).expect("the app's own file");
        assert_eq!(all.len(), 3);
        for (number, one) in all.iter().enumerate() {
            let size = export(&[one]).len();
            assert!((SIZE..SIZE + 1_000).contains(&size), "{size}");
            let last = one.last_change().map_or(0, |last| (NOW - last.at) / DAY);
            assert_eq!(last, if number < 1 { 0 } else { LONG_AGO - 1 }, "days since {number}");
        }
    }
}
