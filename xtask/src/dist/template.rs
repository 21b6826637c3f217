//! Filling the shell: `{{name}}` is replaced by a value, `<!-- part x -->…<!-- end x -->` by `{{x}}`.
//!
//! Values are put in as they are and never looked at again. A name without a value is an error, and so is a value without a place.

use anyhow::{Context, Result, ensure};

/// Replaces every `{{name}}`.
pub fn fill(template: &str, values: &[(&str, &str)]) -> Result<String> {
    let mut out = String::new();
    let mut used = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").context("{{ without }}")?;
        let (name, value) = values
            .iter()
            .find(|(known, _)| *known == name)
            .with_context(|| format!("nothing is known for {{{{{name}}}}}"))?;
        out.push_str(before);
        out.push_str(value);
        used.push(*name);
        rest = after;
    }
    out.push_str(rest);
    for (name, _) in values {
        ensure!(used.contains(name), "the template has no place for {{{{{name}}}}}");
    }
    Ok(out)
}

/// Turns a part into a place to be filled.
pub fn open_part(template: &str, name: &str) -> Result<String> {
    let (start, end) = (format!("<!-- part {name} -->"), format!("<!-- end {name} -->"));
    let missing = || format!("the template has no part {name}");
    let (before, rest) = template.split_once(&start).with_context(missing)?;
    let (_, after) = rest.split_once(&end).with_context(missing)?;
    Ok(format!("{before}{{{{{name}}}}}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_not_looked_at_again() {
        let filled = fill("<{{a}}|{{b}}>", &[("a", "{{b}}"), ("b", "2")]).expect("both known");
        assert_eq!(filled, "<{{b}}|2>");
    }

    #[test]
    fn an_unknown_name_and_an_unused_value_are_errors() {
        assert!(fill("{{a}}", &[]).is_err());
        assert!(fill("a", &[("a", "1")]).is_err());
    }

    #[test]
    fn a_part_becomes_a_place() {
        let opened = open_part("a <!-- part x -->\n1\n<!-- end x --> b", "x").expect("there");
        assert_eq!(opened, "a {{x}} b");
        assert!(open_part(&opened, "x").is_err());
    }
}
