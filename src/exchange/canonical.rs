//! One value, one text: names sorted, one item a line, LF, so that two exports of the same state are the same bytes
//! (`t36_export_import_export_gives_the_same_bytes`).
//!
//! Sorting is done here and not left to the map of `serde_json`, whose order any dependency can change.

use serde_json::Value;

/// Appends `value`; the members of the outer `levels` of objects get a line each, what is deeper stays on its line.
/// `first` names the members of the outermost object that come first, in that order.
pub(super) fn write(out: &mut String, value: &Value, levels: Levels, indent: usize, first: &[&str]) {
    match value {
        Value::Object(members) if !members.is_empty() && levels.of_all > 0 => {
            let mut names: Vec<&str> = members.keys().map(String::as_str).collect();
            let rank = |name: &str| first.iter().position(|one| *one == name).unwrap_or(first.len());
            names.sort_unstable_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.cmp(b)));
            out.push_str("{\n");
            for (place, name) in names.iter().enumerate() {
                if place > 0 {
                    out.push_str(",\n");
                }
                spaces(out, indent + 2);
                scalar(out, &Value::from(*name));
                out.push_str(": ");
                write(out, &members[*name], levels.inside(name), indent + 2, &[]);
            }
            out.push('\n');
            spaces(out, indent);
            out.push('}');
        }
        _ => compact(out, value),
    }
}

/// How many levels of objects have their members on lines of their own.
#[derive(Clone, Copy)]
pub(super) struct Levels {
    /// As a rule.
    pub of_all: usize,
    /// One more inside the member of this name.
    pub deeper: &'static str,
}

impl Levels {
    fn inside(self, name: &str) -> Self {
        let one_more = usize::from(!self.deeper.is_empty() && name == self.deeper);
        Self {
            of_all: self.of_all - 1 + one_more,
            deeper: "",
        }
    }
}

/// Appends spaces.
pub(super) fn spaces(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}

fn compact(out: &mut String, value: &Value) {
    match value {
        Value::Array(elements) => {
            out.push('[');
            for (place, element) in elements.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                compact(out, element);
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_unstable_by_key(|(name, _)| name.as_str());
            out.push('{');
            for (place, (name, member)) in sorted.into_iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                scalar(out, &Value::from(name.as_str()));
                out.push(':');
                compact(out, member);
            }
            out.push('}');
        }
        other => scalar(out, other),
    }
}

fn scalar(out: &mut String, value: &Value) {
    out.push_str(&value.to_string());
}
