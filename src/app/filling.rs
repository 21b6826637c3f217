//! Sentences with something in them: a name, a day, a reason. What somebody wrote stays what it is, and stays in its place:
//! text that runs from the right, and marks that turn the direction round, end where the value ends (`t20_...`).

use std::borrow::Cow;

/// Begins an isolate that takes its direction from its first letter.
const FIRST_STRONG: char = '\u{2068}';
/// Ends an isolate.
const POP: char = '\u{2069}';

/// A text with its placeholders filled, each once: what stands in a value is no placeholder.
#[must_use]
pub fn fill(text: &str, values: &[(&str, String)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        filled.push_str(before);
        let named = from.find('}').and_then(|close| {
            let (_, value) = values.iter().find(|(name, _)| *name == &from[1..close])?;
            Some((close, value))
        });
        match named {
            Some((close, value)) => {
                filled.push_str(&isolated(value));
                rest = &from[close + 1..];
            }
            None => {
                filled.push('{');
                rest = &from[1..];
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// A text that leaves the direction of what stands beside it alone: isolated where it could turn it, else as it is.
#[must_use]
pub fn isolated(text: &str) -> Cow<'_, str> {
    if !text.chars().any(turns) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    out.push(FIRST_STRONG);
    let mut open = 0_usize;
    for letter in text.chars() {
        match letter {
            '\u{2066}'..='\u{2068}' => open += 1,
            // It would end our isolate, not one of the text.
            POP if open == 0 => continue,
            POP => open -= 1,
            _ => {}
        }
        out.push(letter);
    }
    out.extend(std::iter::repeat_n(POP, open + 1));
    Cow::Owned(out)
}

/// Letters that run from the right, and marks that set a direction.
fn turns(letter: char) -> bool {
    matches!(
        letter,
        '\u{590}'..='\u{8ff}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}'
    )
}

#[cfg(test)]
mod tests {
    use super::{fill, isolated};

    /// How deep isolates are open after a text; never less than none on the way.
    fn depth(text: &str) -> Option<i32> {
        text.chars().try_fold(0, |depth, letter| match letter {
            '\u{2066}'..='\u{2068}' => Some(depth + 1),
            '\u{2069}' => (depth > 0).then_some(depth - 1),
            _ => Some(depth),
        })
    }

    #[test]
    fn t20_a_value_never_turns_the_sentence_around_it() {
        for value in [
            "\u{202e}gpj.exe",
            "\u{202e}gpj.exe\u{202c}",
            "\u{2066}\u{2067}\u{2068}open",
            "\u{2069}\u{2069}closed",
            "\u{2069}\u{2067}both\u{2069}\u{2069}",
            "شركة كونتوسو",
            "חברה (קונטוסו)",
            "\u{200f}",
        ] {
            let said = fill(
                "Closed on {day} by {author}.",
                &[("day", "3 November".into()), ("author", value.into())],
            );
            let value_at = said.find('\u{2068}').expect("isolated");
            assert_eq!(&said[..value_at], "Closed on 3 November by ");
            assert!(said.ends_with("\u{2069}."), "{said:?}");
            assert_eq!(depth(&said), Some(0), "{said:?}");
            assert_eq!(depth(&isolated(&isolated(value))), Some(0));
        }
    }

    #[test]
    fn t20_a_value_that_turns_nothing_is_as_it_was_written() {
        for value in [
            "",
            "Contoso",
            "Zoë 様",
            "株式会社",
            "😀 👩\u{200d}👧",
            "e\u{301} \u{e9}",
            "a\0b",
            "zero\u{200b}width",
        ] {
            assert_eq!(isolated(value), value);
        }
    }

    #[test]
    fn t19_what_stands_in_a_value_is_no_placeholder() {
        let values = [("name", "{reason} {name} {".to_owned()), ("reason", "why".to_owned())];
        assert_eq!(
            fill("{name}: {reason} {other} {", &values),
            "{reason} {name} {: why {other} {"
        );
    }
}
