//! The body of an engagement as a flat list of places, so that two copies can be laid side by side.

use crate::engagement::{
    node::{Branch, Node},
    register::{Register, Written},
};
use serde_json::Value;
use std::collections::BTreeMap;

/// What stands at a place.
#[derive(Clone, Copy)]
pub(super) enum Leaf<'a> {
    Field(&'a Register),
    /// A value without stamps, of another version.
    Plain(&'a Value),
}

/// Leaves by their path, sorted.
pub(super) type Leaves<'a> = BTreeMap<Vec<&'a str>, Leaf<'a>>;

/// Every leaf of a body.
pub(super) fn leaves(body: &Branch) -> Leaves<'_> {
    fn walk<'a>(branch: &'a Branch, path: &mut Vec<&'a str>, leaves: &mut Leaves<'a>) {
        for (name, node) in branch {
            path.push(name);
            match node {
                Node::Branch(inner) => walk(inner, path, leaves),
                Node::Register(register) => drop(leaves.insert(path.clone(), Leaf::Field(register))),
                Node::Opaque(value) => drop(leaves.insert(path.clone(), Leaf::Plain(value))),
            }
            path.pop();
        }
    }
    let mut all = Leaves::new();
    walk(body, &mut Vec::new(), &mut all);
    all
}

impl<'a> Leaf<'a> {
    /// The value that shows.
    pub(super) fn shown(&self) -> &'a Value {
        match self {
            Self::Field(register) => &register.shown().value,
            Self::Plain(value) => value,
        }
    }

    /// The writing whose value shows.
    pub(super) fn written(&self) -> Option<&'a Written> {
        self.all().first()
    }

    /// Every writing; none of a value without stamps.
    pub(super) fn all(&self) -> &'a [Written] {
        match self {
            Self::Field(register) => register.all(),
            Self::Plain(_) => &[],
        }
    }
}

/// The different values at a place, the shown one first; nothing there is the same as cleared.
pub(super) fn values<'a>(leaf: Option<&Leaf<'a>>) -> Vec<&'a Value> {
    let mut values: Vec<&Value> = Vec::new();
    match leaf {
        Some(Leaf::Field(register)) => {
            for written in register.all() {
                if !values.contains(&&written.value) {
                    values.push(&written.value);
                }
            }
        }
        Some(Leaf::Plain(value)) => values.push(value),
        None => values.push(&Value::Null),
    }
    values
}

/// Whether a person sees the same: the same value shows, and there is the same to choose from.
pub(super) fn same(a: &[&Value], b: &[&Value]) -> bool {
    a.first() == b.first() && a.len() == b.len() && a.iter().all(|value| b.contains(value))
}
