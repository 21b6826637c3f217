//! An engagement as it is kept while nobody opens it: deflated, with what the first page and the protocol ask of it in
//! clear, so that a start neither inflates nor parses it.
//!
//! ```text
//! {"cold": {"archived": false, "customer": "Contoso", "deflated": "eJy...", "id": "contoso", "seen": {"0000000A": 7},
//!  "sum": 2309737967}, "keeper": "0000000A"}
//! ```
//!
//! `deflated` is the engagement's JSON made small (`small`); `sum` is the CRC-32 of the JSON. A typical
//! engagement of 25 KB takes a fifth of its room, which is what lets two hundred of them stand in one origin (`t37_...`).

use super::{
    envelope::fingerprint,
    small::{deflated, inflated},
};
use crate::{
    engagement::{Engagement, Session, Vector, stamp::ReplicaId},
    playbook::EngagementId,
};
use serde_json::{Value, json};

/// A text that is larger when it is inflated is none of ours: an engagement over 8 MB is refused everywhere.
const LARGEST: usize = 16 * 1024 * 1024;

/// An engagement that has not been looked into.
#[derive(Clone, Debug, PartialEq)]
pub struct Cold {
    /// Which.
    pub id: EngagementId,
    /// What it has seen; without who sat there.
    pub vector: Vector,
    /// The customer's name.
    pub customer: String,
    /// Whether it is archived.
    pub archived: bool,
    deflated: String,
    sum: u32,
}

impl Cold {
    /// Makes an engagement small.
    #[must_use]
    pub fn of(engagement: &Engagement) -> Self {
        let text = Value::Object(engagement.to_json()).to_string();
        let seen = engagement.vector().0.iter();
        Self {
            id: engagement.id().clone(),
            vector: Vector(
                seen.map(|(replica, session)| (*replica, nameless(session.sequence)))
                    .collect(),
            ),
            customer: engagement.customer().to_owned(),
            archived: engagement.archived(),
            deflated: deflated(&text),
            sum: fingerprint(&text),
        }
    }

    /// The engagement as it was; `None` when that is not what stands here.
    #[must_use]
    pub fn thaw(&self) -> Option<Engagement> {
        let text = inflated(&self.deflated, LARGEST).filter(|text| fingerprint(text) == self.sum)?;
        let value: Value = serde_json::from_str(&text).ok()?;
        let engagement = Engagement::from_json(value.as_object()?).ok()?;
        let as_told = *engagement.id() == self.id && engagement.vector().is_as_far_as(&self.vector);
        as_told.then_some(engagement)
    }

    /// As it is stored.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let seen = self.vector.0.iter();
        let seen = seen.map(|(replica, session)| (replica.as_str().to_owned(), json!(session.sequence)));
        json!({
            "archived": self.archived,
            "customer": self.customer,
            "deflated": self.deflated,
            "id": self.id.as_str(),
            "seen": Value::Object(seen.collect()),
            "sum": self.sum,
        })
    }

    /// Reads what was stored, without looking into it.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let seen = value.get("seen")?.as_object()?.iter();
        let seen = seen.map(|(replica, last)| Some((ReplicaId::parse(replica)?, nameless(last.as_u64()?))));
        Some(Self {
            id: EngagementId::parse(value.get("id")?.as_str()?)?,
            vector: Vector(seen.collect::<Option<_>>()?),
            customer: value.get("customer")?.as_str()?.to_owned(),
            archived: value.get("archived")?.as_bool()?,
            deflated: value.get("deflated")?.as_str()?.to_owned(),
            sum: u32::try_from(value.get("sum")?.as_u64()?).ok()?,
        })
    }
}

fn nameless(sequence: u64) -> Session {
    let (author, language) = (String::new(), String::new());
    Session {
        author,
        language,
        sequence,
    }
}
