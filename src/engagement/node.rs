//! The body of an engagement: a tree of named members with registers as leaves.
//!
//! Sections and fields that this version knows are read through `record`; those of a newer version or another tool have
//! their place here too, merge the same way and are written back. Nothing is dropped because it is not understood
//! (`t36_unknown_members_of_the_frozen_file_are_all_there`).

use super::{
    register::{Register, bytes},
    vector::Vector,
};
use serde_json::Value;
use std::collections::BTreeMap;

/// A place in the body, such as `tasks`, `994`, `owner`.
pub type Path = Vec<String>;

/// Members by name; sorted, as in the file.
pub type Branch = BTreeMap<String, Node>;

/// One member of the body.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A field.
    Register(Register),
    /// A group of members.
    Branch(Branch),
    /// A value without stamps, which we do not understand: the greater bytes win.
    Opaque(Value),
}

/// The register at a path.
#[must_use]
pub fn find<'a>(branch: &'a Branch, path: &[&str]) -> Option<&'a Register> {
    match find_node(branch, path)? {
        Node::Register(register) => Some(register),
        _ => None,
    }
}

/// The group of members at a path.
#[must_use]
pub fn find_branch<'a>(branch: &'a Branch, path: &[&str]) -> Option<&'a Branch> {
    match find_node(branch, path)? {
        Node::Branch(branch) => Some(branch),
        _ => None,
    }
}

fn find_node<'a>(branch: &'a Branch, path: &[&str]) -> Option<&'a Node> {
    let (first, rest) = path.split_first()?;
    match (branch.get(*first)?, rest.is_empty()) {
        (node, true) => Some(node),
        (Node::Branch(inner), false) => find_node(inner, rest),
        _ => None,
    }
}

/// Whether a register can stand at a path: no other field is in the way.
#[must_use]
pub fn is_free(branch: &Branch, path: &[&str]) -> bool {
    (1..path.len()).all(|length| find(branch, &path[..length]).is_none())
}

/// Puts a register at a path. What stood there without stamps gives way; a field in the way does not.
pub fn put(branch: &mut Branch, path: &[String], register: Register) {
    let Some((first, rest)) = path.split_first() else {
        return;
    };
    if rest.is_empty() {
        branch.insert(first.clone(), Node::Register(register));
        return;
    }
    let node = branch
        .entry(first.clone())
        .or_insert_with(|| Node::Branch(Branch::new()));
    if matches!(node, Node::Opaque(_)) {
        *node = Node::Branch(Branch::new());
    }
    if let Node::Branch(inner) = node {
        put(inner, rest, register);
    }
}

/// Visits every register with its path, in the order of the file.
pub fn each<'a>(branch: &'a Branch, visit: &mut impl FnMut(&[&'a str], &'a Register)) {
    fn walk<'a>(branch: &'a Branch, path: &mut Vec<&'a str>, visit: &mut impl FnMut(&[&'a str], &'a Register)) {
        for (name, node) in branch {
            path.push(name);
            match node {
                Node::Register(register) => visit(path, register),
                Node::Branch(inner) => walk(inner, path, visit),
                Node::Opaque(_) => {}
            }
            path.pop();
        }
    }
    walk(branch, &mut Vec::new(), visit);
}

/// Joins two bodies member by member. A member that only one has stays as it is.
#[must_use]
pub fn join(mine: &Branch, my_vector: &Vector, yours: &Branch, your_vector: &Vector) -> Branch {
    let mut joined = mine.clone();
    for (name, theirs) in yours {
        let node = match mine.get(name) {
            None => theirs.clone(),
            Some(ours) => join_node(ours, my_vector, theirs, your_vector),
        };
        joined.insert(name.clone(), node);
    }
    joined
}

fn join_node(mine: &Node, my_vector: &Vector, yours: &Node, your_vector: &Vector) -> Node {
    match (mine, yours) {
        (Node::Register(a), Node::Register(b)) => Node::Register(Register::join(a, my_vector, b, your_vector)),
        (Node::Branch(a), Node::Branch(b)) => Node::Branch(join(a, my_vector, b, your_vector)),
        (Node::Opaque(a), Node::Opaque(b)) => Node::Opaque(if bytes(a) >= bytes(b) { a.clone() } else { b.clone() }),
        // Different kinds: what is stamped beats what is not, a register beats a group; the same on both sides.
        (Node::Register(_), _) | (Node::Branch(_), Node::Opaque(_)) => mine.clone(),
        _ => yours.clone(),
    }
}
