//! Makes the engagements that `cargo xtask shots` and `cargo xtask bench` import, by the app's own code, so that no format is
//! written down a second time: `cargo run --example shots_fixtures` writes them into `tests/fixtures/`.
//!
//! Everything is invented, and everything is fixed, days too: the same source gives the same bytes.

use chrono::{Days, NaiveDate};
use engagement_playbook::{
    engagement::{Change, Engagement, Signature, StateKey, parse_day, stamp::ReplicaId},
    exchange,
    playbook::{EngagementId, Fact, NoteId, Place, Requirement, Structure, TaskId, TaskState},
    rules,
};
use std::{error::Error, fs, path::Path};

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

const KICKOFF: &str = "conduct-customer-kickoff";

/// The day after the last change; `shots` sets the clock of the page to it.
const TODAY: &str = "2026-11-21";

fn main() -> Result {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let structure: Structure = serde_json::from_str(&fs::read_to_string(root.join("src/content/structure.json"))?)?;
    let (contoso, returned) = contoso(&structure)?;
    let others = others(&structure)?;
    let all: Vec<&Engagement> = std::iter::once(&contoso).chain(&others).collect();
    let folder = root.join("tests/fixtures");
    fs::write(folder.join("shots.engagement.json"), exchange::export(&all))?;
    fs::write(
        folder.join("shots-returned.engagement.json"),
        exchange::export(&[&returned]),
    )?;
    Ok(())
}

/// An engagement that is being worked on, by somebody, at some time.
struct Work<'a> {
    structure: &'a Structure,
    engagement: Engagement,
    by: Signature,
}

impl<'a> Work<'a> {
    fn begin(structure: &'a Structure, id: &'static str, author: &str, assigned: &str) -> Result<Self> {
        let by = Signature {
            now: 0,
            replica: replica(author),
            author: author.to_owned(),
            language: "en".to_owned(),
        };
        let mut work = Self {
            structure,
            engagement: Engagement::new(EngagementId::from(id)),
            by,
        };
        work.on(assigned, 9)?;
        work.one(Change::SetAssignedOn(Some(day(assigned)?)));
        work.one(Change::SetFastTrackManager(author.to_owned()));
        Ok(work)
    }

    /// What follows is done on that day at that hour (UTC).
    fn on(&mut self, text: &str, hour: u32) -> Result {
        let at = day(text)?.and_hms_opt(hour, 12, 0).ok_or("no such hour")?;
        self.by.now = at.and_utc().timestamp_millis();
        Ok(())
    }

    /// What follows is done by somebody else.
    fn by(&mut self, author: &str, language: &str) {
        self.by = Signature {
            replica: replica(author),
            author: author.to_owned(),
            language: language.to_owned(),
            ..self.by
        };
    }

    fn one(&mut self, change: Change) {
        self.by.now += 107_000;
        self.engagement.apply(&change, &self.by);
    }

    fn all(&mut self, changes: impl IntoIterator<Item = Change>) {
        changes.into_iter().for_each(|change| self.one(change));
    }

    /// Everything mandatory before a phase is complete, and of the phase itself a part, in percent.
    fn reach(&mut self, phase: &str, percent: usize, from: &str) -> Result {
        let mut on = day(from)?;
        let structure = self.structure;
        for each in &structure.phases {
            let here = each.id.as_str() == phase;
            if rules::phase_scope(each, &self.engagement).is_err() {
                continue;
            }
            let tasks = self.mandatory(each.processes.iter().filter_map(|id| structure.process(id)));
            let take = if here { tasks.len() * percent / 100 } else { tasks.len() };
            for (place, task) in &tasks[..take] {
                let states = rules::keys_at(structure, &self.engagement, place, task);
                let states = states.into_iter().map(|key| (key, TaskState::Complete)).collect();
                self.on(&on.to_string(), 10)?;
                self.one(Change::SetTaskState {
                    task: task.clone(),
                    states,
                    reason: None,
                    done_on: Some(on),
                });
                on = on + Days::new(1);
            }
            if let (true, Some((_, task))) = (here, tasks.get(take)) {
                self.one(state(task.clone(), StateKey::Whole, TaskState::InProgress));
            }
            if here {
                break;
            }
        }
        Ok(())
    }

    fn mandatory<'p>(
        &self,
        processes: impl Iterator<Item = &'p engagement_playbook::playbook::Process>,
    ) -> Vec<(Place, TaskId)> {
        let mut found = Vec::new();
        for process in processes {
            for step in &process.steps {
                let place = Place {
                    process: process.id.clone(),
                    step: step.id.clone(),
                };
                for task in &step.tasks {
                    let must = self
                        .structure
                        .tasks
                        .get(task)
                        .is_some_and(|facts| facts.requirement == Requirement::Mandatory);
                    if must && rules::task_scope(self.structure, &self.engagement, &place, task).is_ok() {
                        found.push((place.clone(), task.clone()));
                    }
                }
            }
        }
        found
    }
}

fn day(text: &str) -> Result<NaiveDate> {
    Ok(parse_day(text).ok_or_else(|| format!("not a day: {text}"))?)
}

fn replica(author: &str) -> ReplicaId {
    ReplicaId::from_bits(
        author
            .bytes()
            .fold(7, |bits, byte| bits.wrapping_mul(31).wrapping_add(u64::from(byte))),
    )
}

fn state(task: impl Into<TaskId>, key: StateKey, state: TaskState) -> Change {
    Change::SetTaskState {
        task: task.into(),
        states: vec![(key, state)],
        reason: None,
        done_on: None,
    }
}

fn done(task: &'static str, on: &str) -> Result<Change> {
    let states = vec![(StateKey::Whole, TaskState::Complete)];
    Ok(Change::SetTaskState {
        task: task.into(),
        states,
        reason: None,
        done_on: Some(day(on)?),
    })
}

fn note(id: &'static str, text: &str, on: &str, language: &str) -> Result<Change> {
    let (note, text, language) = (NoteId::from(id), text.to_owned(), language.to_owned());
    Ok(Change::WriteNote {
        note,
        text,
        process: Some(KICKOFF.into()),
        on: day(on)?,
        language,
    })
}

fn customer(
    name: &str,
    region: &'static str,
    seats: u32,
    motion: &'static str,
    services: &[&'static str],
) -> Vec<Change> {
    let tenant = name.to_lowercase().replace(' ', "");
    let mut changes = vec![
        Change::SetCustomer(name.to_owned()),
        Change::SetTenant(format!("{tenant}.onmicrosoft.com")),
        Change::SetRegion(Some(region.into())),
        Change::SetSeats(Some(seats)),
        Change::SetMotion(Some(motion.into())),
    ];
    changes.extend(
        services
            .iter()
            .map(|service| Change::SetServiceInScope((*service).into(), true)),
    );
    changes
}

/// The customer of most pictures, in the middle of the kickoff; and the copy that a colleague sends back, who had got it a
/// day before its last changes.
fn contoso(structure: &Structure) -> Result<(Engagement, Engagement)> {
    let mut mine = Work::begin(structure, "contoso", "Anna Berger", "2026-11-16")?;
    mine.all(customer(
        "Contoso",
        "emea",
        850,
        "rfa",
        &["exchange", "onedrive-for-business", "teams", "aadp"],
    ));
    mine.one(Change::SetFact(Fact::AccountManaged, Some(true)));
    mine.one(Change::SetFact(Fact::PartnerInvolved, Some(false)));
    mine.on("2026-11-17", 8)?;
    mine.all([
        done("3979", "2026-11-17")?,
        Change::SetCheck(KICKOFF.into(), "ki.handover".into(), true),
    ]);
    mine.on("2026-11-18", 13)?;
    mine.all([
        done("3616", "2026-11-18")?,
        state("994", StateKey::Whole, TaskState::InProgress),
        Change::SetDue("994".into(), Some(day("2026-11-24")?)),
        Change::SetCheck(KICKOFF.into(), "ki.team".into(), true),
        note(
            "note-1",
            "Exchange first: the contract for the old mail servers ends in March.",
            "2026-11-18",
            "en",
        )?,
        note(
            "note-2",
            "Die Telefonanlage soll später durch Teams ersetzt werden.",
            "2026-11-18",
            "de",
        )?,
    ]);
    let mut theirs = Work {
        structure,
        engagement: mine.engagement.clone(),
        by: mine.by.clone(),
    };

    mine.on("2026-11-20", 7)?;
    mine.all([
        state("983", StateKey::Whole, TaskState::Warning),
        Change::SetDue("983".into(), Some(day("2026-11-20")?)),
        Change::SetOwner("994".into(), "Anna Berger".to_owned()),
        done("1903", "2026-11-20")?,
        state("1904", StateKey::Service("exchange".into()), TaskState::Complete),
        state(
            "1904",
            StateKey::Service("onedrive-for-business".into()),
            TaskState::PausedCustomerDelay,
        ),
    ]);

    theirs.by("Yuki Tanaka", "ja");
    theirs.on("2026-11-20", 9)?;
    theirs.all([
        done("994", "2026-11-20")?,
        Change::SetOwner("994".into(), "Yuki Tanaka".to_owned()),
        Change::SetSeats(Some(920)),
        Change::SetFact(Fact::MigrationInScope, Some(true)),
        Change::SetCheck(KICKOFF.into(), "ki.roles".into(), true),
        note(
            "note-3",
            "キックオフ会議を実施。次回は 12 月 1 日、移行の範囲を確認する。",
            "2026-11-20",
            "ja",
        )?,
    ]);
    Ok((mine.engagement, theirs.engagement))
}

/// Customers in every other phase, for the portfolio.
fn others(structure: &Structure) -> Result<Vec<Engagement>> {
    let mut fabrikam = Work::begin(structure, "fabrikam", "Anna Berger", "2026-10-05")?;
    let services = [
        "exchange",
        "sharepoint",
        "onedrive-for-business",
        "teams",
        "microsoft-365-apps",
    ];
    fabrikam.all(customer("Fabrikam", "americas", 12_000, "targeting", &services));
    fabrikam.reach("assess", 40, "2026-10-12")?;
    fabrikam.on("2026-11-19", 15)?;
    fabrikam.one(state(
        "3268",
        StateKey::Service("teams".into()),
        TaskState::BlockedBusiness,
    ));

    let mut northwind = Work::begin(structure, "northwind", "Anna Berger", "2026-08-24")?;
    northwind.all(customer(
        "Northwind Traders",
        "emea",
        2_300,
        "rfa",
        &["exchange", "onedrive-for-business", "intune"],
    ));
    northwind.reach("remediate", 50, "2026-09-01")?;
    northwind.on("2026-11-17", 14)?;
    northwind.one(Change::SetComment(
        "1049".into(),
        "Waits for the new firewall.".to_owned(),
    ));

    let mut woodgrove = Work::begin(structure, "woodgrove", "Yuki Tanaka", "2026-06-15")?;
    let services = ["exchange", "teams", "intune", "aadp", "aip", "windows-10"];
    woodgrove.all(customer("Woodgrove Bank", "americas", 21_000, "targeting", &services));
    woodgrove.one(Change::SetFact(Fact::Enterprise, Some(true)));
    woodgrove.reach("enable", 60, "2026-07-01")?;
    woodgrove.on("2026-11-18", 16)?;
    woodgrove.one(Change::SetDue("3690".into(), Some(day("2026-11-19")?)));

    let mut adventure = Work::begin(structure, "adventure-works", "Anna Berger", "2026-06-01")?;
    adventure.all(customer(
        "Adventure Works",
        "apj",
        4_100,
        "rfa",
        &["exchange", "sharepoint", "onedrive-for-business"],
    ));
    adventure.one(Change::SetFact(Fact::MigrationInScope, Some(true)));
    adventure.reach("migrate", 50, "2026-06-20")?;
    adventure.on("2026-11-20", 15)?;
    adventure.one(Change::SetDue("1702".into(), Some(day("2026-12-11")?)));

    let mut litware = Work::begin(structure, "litware", "Yuki Tanaka", "2026-07-06")?;
    litware.all(customer(
        "Litware",
        "apj",
        320,
        "customer-health",
        &["exchange", "teams"],
    ));
    litware.one(Change::SetFact(Fact::MigrationInScope, Some(false)));
    litware.reach("success", 0, "2026-07-15")?;
    litware.on("2026-11-12", 8)?;
    litware.one(Change::SetDue("3735".into(), Some(day("2026-12-03")?)));

    let all = [fabrikam, northwind, woodgrove, adventure, litware].map(|work| work.engagement);
    let last = |one: &Engagement| one.last_change().map(|last| last.at).unwrap_or_default();
    let end = day(TODAY)?
        .and_hms_opt(0, 0, 0)
        .ok_or("no midnight")?
        .and_utc()
        .timestamp_millis();
    match all.iter().find(|one| last(one) >= end) {
        Some(late) => Err(format!("{} was changed after {TODAY}", late.id()).into()),
        None => Ok(all.into()),
    }
}
