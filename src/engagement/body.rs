//! An engagement as a JSON value and back: the shape of the file and of the stored snapshot.
//!
//! A field is `[value, mark]`; one with an open conflict is `{"conflict": [[value, mark], ...]}`, highest stamp first.
//! Reading is strict about what this version knows (`tasks.994.due: not a date`; `a_damaged_value_is_named_with_its_place`)
//! and keeps what it does not know.
//! Text, limits and duplicate keys are the business of `exchange`.

use super::{
    Engagement, History, Session, Vector,
    node::{Branch, Node},
    record::parse_day,
    register::{Register, Written},
    stamp::{Dot, LARGEST_COUNTER, ReplicaId},
};
use crate::gather::gather;
use crate::playbook::{EngagementId, is_id};
use serde_json::{Map, Value, json};

/// Longest text of a field, in bytes.
pub const LONGEST_TEXT: usize = 64 * 1024;

/// Deepest nesting of an engagement in its file.
pub const DEEPEST: usize = 32;

/// Members of the file that are no section of the body.
const RESERVED: [&str; 5] = ["format", "version", "id", "replicas", "history"];

/// A place in a file, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Members from the outside in, such as `tasks`, `994`, `due`.
    pub path: Vec<String>,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What can be wrong with a value. The sentence stands with the words of each language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// A member that must be there is not.
    Missing,
    /// Not an object.
    NotAnObject,
    /// Not a value with its mark.
    NotAField,
    /// The mark is not `time.replica.sequence`, or out of range.
    NotAMark,
    /// The mark names a change that the table of replicas does not have.
    NotInReplicas,
    /// Not a line of the table of replicas.
    NotASession,
    /// A name that may not be an id.
    NotAnId,
    /// Not text.
    NotText,
    /// Text over 64 KB.
    TextTooLong,
    /// Not a date from 1970 to 2199.
    NotADate,
    /// Not a whole number from 0 to 4,294,967,295.
    NotANumber,
    /// Neither yes nor no.
    NotYesNo,
    /// Not a list of changes.
    NotAList,
    /// Not a line of the history.
    NotARecord,
}

/// What a known field may hold; `null` is always allowed: cleared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// Text of at most `LONGEST_TEXT` bytes.
    Text,
    /// A civil date from 1970 to 2199.
    Day,
    /// A whole number from 0 to 4,294,967,295.
    Number,
    /// Yes or no.
    YesNo,
    /// The changes that a removal has seen.
    Dots,
}

/// The fields this version knows, sorted by path (`known_fields_are_sorted`); `*` stands for an id, never for a section. The
/// published schema is made from it too.
pub const KNOWN: &[(&[&str], Shape)] = &[
    (&["about", "archive", "archived"], Shape::YesNo),
    (&["about", "assignment", "fast_track_manager"], Shape::Text),
    (&["about", "assignment", "motion"], Shape::Text),
    (&["about", "assignment", "on"], Shape::Day),
    (&["about", "customer", "country"], Shape::Text),
    (&["about", "customer", "language"], Shape::Text),
    (&["about", "customer", "name"], Shape::Text),
    (&["about", "customer", "region"], Shape::Text),
    (&["about", "customer", "seats"], Shape::Number),
    (&["about", "customer", "tenant"], Shape::Text),
    (&["about", "facts", "*"], Shape::YesNo),
    (&["actions", "*", "due"], Shape::Day),
    (&["actions", "*", "name"], Shape::Text),
    (&["actions", "*", "owner"], Shape::Text),
    (&["actions", "*", "removed"], Shape::Dots),
    (&["actions", "*", "state"], Shape::Text),
    (&["calendar", "weekend"], Shape::Text),
    (&["checks", "*", "*", "done"], Shape::YesNo),
    (&["checks", "*", "*", "evidence"], Shape::Text),
    (&["completion", "account_team_mail_on"], Shape::Day),
    (&["completion", "another_workload"], Shape::Text),
    (&["completion", "closed_on"], Shape::Day),
    (&["completion", "customer_mail_on"], Shape::Day),
    (&["completion", "follow_on"], Shape::Text),
    (&["completion", "follows_on"], Shape::Text),
    (&["completion", "next_action"], Shape::Day),
    (&["completion", "queue"], Shape::Text),
    (&["completion", "queue_mail_on"], Shape::Day),
    (&["completion", "queue_moved_on"], Shape::Day),
    (&["completion", "queue_seen_by"], Shape::Text),
    (&["completion", "released_on"], Shape::Day),
    (&["completion", "review_outcome"], Shape::Text),
    (&["completion", "rfa_shown"], Shape::Text),
    (&["goals", "*", "horizon"], Shape::Text),
    (&["goals", "*", "name"], Shape::Text),
    (&["goals", "*", "on"], Shape::Day),
    (&["goals", "*", "removed"], Shape::Dots),
    (&["handovers", "*", "language"], Shape::Text),
    (&["handovers", "*", "on"], Shape::Day),
    (&["handovers", "*", "removed"], Shape::Dots),
    (&["handovers", "*", "seen"], Shape::Dots),
    (&["handovers", "*", "to"], Shape::Text),
    (&["holidays", "*", "name"], Shape::Text),
    (&["measurements", "*", "metric"], Shape::Text),
    (&["measurements", "*", "on"], Shape::Day),
    (&["measurements", "*", "removed"], Shape::Dots),
    (&["measurements", "*", "value"], Shape::Number),
    (&["meetings", "*", "name"], Shape::Text),
    (&["meetings", "*", "next"], Shape::Day),
    (&["meetings", "*", "removed"], Shape::Dots),
    (&["meetings", "*", "round"], Shape::Text),
    (&["meetings", "*", "start"], Shape::Day),
    (&["meetings", "*", "tool"], Shape::Text),
    (&["meetings", "*", "weeks"], Shape::Number),
    (&["meetings", "*", "with"], Shape::Text),
    (&["metrics", "*", "baseline"], Shape::Number),
    (&["metrics", "*", "name"], Shape::Text),
    (&["metrics", "*", "removed"], Shape::Dots),
    (&["metrics", "*", "source"], Shape::Text),
    (&["metrics", "*", "target"], Shape::Number),
    (&["migrations", "*", "on"], Shape::Day),
    (&["migrations", "*", "removed"], Shape::Dots),
    (&["migrations", "*", "service"], Shape::Text),
    (&["migrations", "*", "users"], Shape::Number),
    (&["notes", "*", "language"], Shape::Text),
    (&["notes", "*", "on"], Shape::Day),
    (&["notes", "*", "process"], Shape::Text),
    (&["notes", "*", "removed"], Shape::Dots),
    (&["notes", "*", "text"], Shape::Text),
    (&["parts", "*", "entitlements"], Shape::Number),
    (&["parts", "*", "reason"], Shape::Text),
    (&["parts", "*", "removed"], Shape::Dots),
    (&["parts", "*", "service"], Shape::Text),
    (&["parts", "*", "status"], Shape::Text),
    (&["picture", "account_goals"], Shape::Text),
    (&["picture", "business"], Shape::Text),
    (&["picture", "industry"], Shape::Text),
    (&["picture", "organisation"], Shape::Text),
    (&["picture", "project_roles"], Shape::Text),
    (&["picture", "success"], Shape::Text),
    (&["processes", "*", "closed_on"], Shape::Day),
    (&["processes", "*", "closed_reason"], Shape::Text),
    (&["processes", "*", "closed_services"], Shape::Text),
    (&["readings", "*", "on"], Shape::Day),
    (&["readings", "*", "removed"], Shape::Dots),
    (&["readings", "*", "service"], Shape::Text),
    (&["readings", "*", "source"], Shape::Text),
    (&["readings", "*", "users"], Shape::Number),
    (&["scenarios", "*", "entitlements"], Shape::Number),
    (&["scenarios", "*", "name"], Shape::Text),
    (&["scenarios", "*", "removed"], Shape::Dots),
    (&["scenarios", "*", "service"], Shape::Text),
    (&["services", "*", "agreed_users"], Shape::Number),
    (&["services", "*", "answers", "*"], Shape::Text),
    (&["services", "*", "attempts"], Shape::Number),
    (&["services", "*", "business_reason"], Shape::Text),
    (&["services", "*", "discussed_on"], Shape::Day),
    (&["services", "*", "discussed_with"], Shape::Text),
    (&["services", "*", "entitlements"], Shape::Number),
    (&["services", "*", "forecast_10"], Shape::Day),
    (&["services", "*", "forecast_40"], Shape::Day),
    (&["services", "*", "in_scope"], Shape::YesNo),
    (&["services", "*", "no_blocker_by"], Shape::Text),
    (&["services", "*", "no_blocker_on"], Shape::Day),
    (&["services", "*", "reason"], Shape::Text),
    (&["services", "*", "service_status"], Shape::Text),
    (&["services", "*", "ssat", "*", "reason"], Shape::Text),
    (&["services", "*", "ssat", "*", "state"], Shape::Text),
    (&["services", "*", "start_date"], Shape::Day),
    (&["services", "*", "start_date_before"], Shape::Day),
    (&["services", "*", "start_date_reason"], Shape::Text),
    (&["services", "*", "status"], Shape::Text),
    (&["services", "*", "status_next_action"], Shape::Day),
    (&["services", "*", "status_note"], Shape::Text),
    (&["services", "*", "status_owner"], Shape::Text),
    (&["services", "*", "success_owner"], Shape::Text),
    (&["services", "*", "target"], Shape::Day),
    (&["tasks", "*", "before"], Shape::Text),
    (&["tasks", "*", "befores", "*"], Shape::Text),
    (&["tasks", "*", "comment"], Shape::Text),
    (&["tasks", "*", "done_on"], Shape::Day),
    (&["tasks", "*", "due"], Shape::Day),
    (&["tasks", "*", "owner"], Shape::Text),
    (&["tasks", "*", "reason"], Shape::Text),
    (&["tasks", "*", "reasons", "*"], Shape::Text),
    (&["tasks", "*", "state"], Shape::Text),
    (&["tasks", "*", "states", "*"], Shape::Text),
];

/// The known fields of the section in which a path is: a file asks for each of its fields, so not all are gone through.
fn known_beside(path: &[&str]) -> &'static [(&'static [&'static str], Shape)] {
    let Some(section) = path.first() else { return KNOWN };
    let (_, from) = KNOWN.split_at(KNOWN.partition_point(|(pattern, _)| pattern[0] < *section));
    &from[..from.partition_point(|(pattern, _)| pattern[0] == *section)]
}

/// What the field at a path may hold; `None` for a field that this version does not know.
#[must_use]
pub fn shape_of(path: &[&str]) -> Option<Shape> {
    known_beside(path)
        .iter()
        .find(|(pattern, _)| pattern.len() == path.len() && begins(pattern, path))
        .map(|(_, shape)| *shape)
}

/// Whether the members of a section are entries, each of which can be taken out of its list: notes, readings, goals.
#[must_use]
pub fn is_list(section: &str) -> bool {
    shape_of(&[section, "*", "removed"]) == Some(Shape::Dots)
}

/// Whether known fields stand below a path: a group, whose members have ids for names.
fn is_group(path: &[&str]) -> bool {
    known_beside(path)
        .iter()
        .any(|(pattern, _)| pattern.len() > path.len() && begins(pattern, path))
}

fn begins(pattern: &[&str], path: &[&str]) -> bool {
    pattern.iter().zip(path).all(|(want, is)| *want == "*" || want == is)
}

impl Engagement {
    /// The members of the file: `id`, `replicas` and the sections.
    #[must_use]
    pub fn to_json(&self) -> Map<String, Value> {
        let mut members = branch_to_json(&self.body);
        let replicas = self.vector.0.iter().map(|(replica, session)| {
            (
                replica.to_string(),
                json!([session.author, session.language, session.sequence]),
            )
        });
        if !self.history.is_empty() {
            members.insert("history".into(), Value::Object(self.history.to_json()));
        }
        members.insert("id".into(), json!(self.id.as_str()));
        members.insert("replicas".into(), Value::Object(gather(replicas)));
        members
    }

    /// Reads the members of a file. `format` and `version` are the caller's and are skipped.
    ///
    /// # Errors
    /// The first place that is not as it must be.
    pub fn from_json(members: &Map<String, Value>) -> Result<Self, Fault> {
        let at = |path: &[&str], kind| Fault {
            path: path.iter().map(|p| (*p).to_owned()).collect(),
            kind,
        };
        let id = members.get("id").ok_or_else(|| at(&["id"], FaultKind::Missing))?;
        let id = id
            .as_str()
            .and_then(EngagementId::parse)
            .ok_or_else(|| at(&["id"], FaultKind::NotAnId))?;
        let vector = read_vector(
            members
                .get("replicas")
                .ok_or_else(|| at(&["replicas"], FaultKind::Missing))?,
        )?;
        let mut body = Branch::new();
        let mut path = Vec::new();
        for (name, value) in members {
            if !RESERVED.contains(&name.as_str()) {
                path.push(name.as_str());
                body.insert(name.clone(), read_node(value, &mut path, &vector)?);
                path.pop();
            }
        }
        let history = members
            .get("history")
            .map(|history| History::from_json(history, &vector));
        Ok(Self {
            id,
            vector,
            body,
            history: history.transpose()?.unwrap_or_default(),
        })
    }
}

fn branch_to_json(branch: &Branch) -> Map<String, Value> {
    gather(branch.iter().map(|(name, node)| (name.clone(), node_to_json(node))))
}

fn node_to_json(node: &Node) -> Value {
    match node {
        Node::Branch(branch) => Value::Object(branch_to_json(branch)),
        Node::Opaque(value) => value.clone(),
        Node::Register(register) if register.others().is_empty() => written_to_json(register.shown()),
        Node::Register(register) => {
            json!({ "conflict": register.all().iter().map(written_to_json).collect::<Vec<_>>() })
        }
    }
}

/// `[value, mark]`.
#[must_use]
pub fn written_to_json(written: &Written) -> Value {
    json!([written.value, written.mark.to_string()])
}

/// Reads `[value, mark]`; `None` when it is something else.
#[must_use]
pub fn written_from_json(value: &Value) -> Option<Written> {
    let [value, mark] = value.as_array()?.as_slice() else {
        return None;
    };
    Some(Written {
        value: value.clone(),
        mark: mark.as_str()?.parse().ok()?,
    })
}

fn read_vector(value: &Value) -> Result<Vector, Fault> {
    let fault = |name: Option<&str>, kind| Fault {
        path: std::iter::once("replicas").chain(name).map(str::to_owned).collect(),
        kind,
    };
    let mut vector = Vector::default();
    for (name, line) in value.as_object().ok_or_else(|| fault(None, FaultKind::NotAnObject))? {
        let replica = ReplicaId::parse(name).ok_or_else(|| fault(Some(name), FaultKind::NotAnId))?;
        let session = match line.as_array().map(Vec::as_slice) {
            Some([Value::String(author), Value::String(language), Value::Number(sequence)])
                if author.len() <= LONGEST_TEXT && language.len() <= 64 =>
            {
                sequence
                    .as_u64()
                    .filter(|n| (1..=LARGEST_COUNTER).contains(n))
                    .map(|sequence| Session {
                        author: author.clone(),
                        language: language.clone(),
                        sequence,
                    })
            }
            _ => None,
        };
        vector.0.insert(
            replica,
            session.ok_or_else(|| fault(Some(name), FaultKind::NotASession))?,
        );
    }
    Ok(vector)
}

fn read_node<'a>(value: &'a Value, path: &mut Vec<&'a str>, vector: &Vector) -> Result<Node, Fault> {
    let fault = |path: &[&str], kind| Fault {
        path: path.iter().map(|p| (*p).to_owned()).collect(),
        kind,
    };
    // A group is never read as a field, whatever it looks like: a field at `tasks` would beat all tasks in a merge.
    let group = is_group(path);
    if !group {
        let shape = shape_of(path);
        if let Some(register) = read_register(value, path, shape.is_some())? {
            for written in register.all() {
                if !vector.covers(written.mark.dot()) {
                    return Err(fault(path, FaultKind::NotInReplicas));
                }
                if let Some(shape) = shape {
                    check(&written.value, shape).map_err(|kind| fault(path, kind))?;
                }
            }
            return Ok(Node::Register(register));
        }
    }
    match value {
        Value::Object(members) => {
            let mut branch = Branch::new();
            for (name, inner) in members {
                path.push(name);
                if group && !is_id(name) {
                    return Err(fault(path, FaultKind::NotAnId));
                }
                branch.insert(name.clone(), read_node(inner, path, vector)?);
                path.pop();
            }
            Ok(Node::Branch(branch))
        }
        _ if group => Err(fault(path, FaultKind::NotAnObject)),
        other => Ok(Node::Opaque(other.clone())),
    }
}

/// A register where there is one; at a known path anything else is a fault.
fn read_register(value: &Value, path: &[&str], must: bool) -> Result<Option<Register>, Fault> {
    let fault = |kind| Fault {
        path: path.iter().map(|p| (*p).to_owned()).collect(),
        kind,
    };
    let lines: Vec<&Value> = match value {
        Value::Array(pair) if pair.len() == 2 && pair[1].is_string() => vec![value],
        Value::Object(members) if members.len() == 1 => match members.get("conflict") {
            Some(Value::Array(lines)) if lines.len() > 1 => lines.iter().collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    let written: Option<Vec<Written>> = lines.iter().map(|line| written_from_json(line)).collect();
    match written {
        Some(written) if !written.is_empty() => Ok(Register::of(written)),
        Some(_) if must => Err(fault(FaultKind::NotAField)),
        None if must => Err(fault(FaultKind::NotAMark)),
        _ => Ok(None),
    }
}

/// Whether a written field may stand where it says: what a file would be refused for is refused here too.
///
/// # Errors
/// The place, and what is wrong with it.
pub fn check_write(path: &[String], value: &Value) -> Result<(), Fault> {
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    let fault = |kind| Fault {
        path: path.to_vec(),
        kind,
    };
    // As deep as it can come to stand: within its names, as one of several values. The history keeps it no deeper.
    let deepest = names.len() + 3 + depth(value);
    if names.is_empty() || RESERVED.contains(&names[0]) || deepest > DEEPEST {
        return Err(fault(FaultKind::NotAField));
    }
    for length in 1..names.len() {
        if is_group(&names[..length]) && !is_id(names[length]) {
            return Err(fault(FaultKind::NotAnId));
        }
        if shape_of(&names[..length]).is_some() {
            return Err(fault(FaultKind::NotAField));
        }
    }
    if is_group(&names) {
        return Err(fault(FaultKind::NotAnObject));
    }
    shape_of(&names)
        .map_or(Ok(()), |shape| check(value, shape))
        .map_err(fault)
}

/// How many lists and objects stand within each other.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(elements) => 1 + elements.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

fn check(value: &Value, shape: Shape) -> Result<(), FaultKind> {
    match (shape, value) {
        (_, Value::Null) => Ok(()),
        (Shape::Text, Value::String(text)) if text.len() > LONGEST_TEXT => Err(FaultKind::TextTooLong),
        (Shape::Text, Value::String(_)) => Ok(()),
        (Shape::Text, _) => Err(FaultKind::NotText),
        (Shape::Day, value) => value
            .as_str()
            .and_then(parse_day)
            .map(|_| ())
            .ok_or(FaultKind::NotADate),
        (Shape::Number, value) => value
            .as_u64()
            .filter(|n| u32::try_from(*n).is_ok())
            .map(|_| ())
            .ok_or(FaultKind::NotANumber),
        (Shape::YesNo, value) => value.as_bool().map(|_| ()).ok_or(FaultKind::NotYesNo),
        (Shape::Dots, value) => {
            let dots = value.as_array().ok_or(FaultKind::NotAList)?;
            let all = dots
                .iter()
                .all(|dot| dot.as_str().is_some_and(|text| text.parse::<Dot>().is_ok()));
            all.then_some(()).ok_or(FaultKind::NotAList)
        }
    }
}
