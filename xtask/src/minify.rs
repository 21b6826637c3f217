//! Makes shipped text smaller without changing what it says: whitespace and comments, nothing cleverer.
//!
//! Names are left alone: the gain after compression is small, and what is shipped stays readable.

/// JSON without whitespace between its tokens. Order and spelling of everything else stay, so equal input gives equal output.
/// Expects valid JSON.
pub fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut string = false;
    let mut escaped = false;
    for c in text.chars() {
        if string {
            out.push(c);
            if escaped {
                escaped = false;
            } else if c == '\\' {
                escaped = true;
            } else if c == '"' {
                string = false;
            }
        } else if !c.is_ascii_whitespace() {
            out.push(c);
            string = c == '"';
        }
    }
    out
}

/// CSS without comments, indentation and empty lines.
pub fn css(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut quote: Option<char> = None;
    while let Some(c) = rest.chars().next() {
        if quote.is_none() && rest.starts_with("/*") {
            // An unclosed comment reaches to the end, as in the browser.
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
            continue;
        }
        match quote {
            Some(_) if c == '\\' => {
                let end = rest.char_indices().nth(2).map_or(rest.len(), |(at, _)| at);
                out.push_str(&rest[..end]);
                rest = &rest[end..];
                continue;
            }
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            _ => {}
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    lines(&out, |_| true)
}

/// A script without lines that hold only a `//` comment, indentation and empty lines.
/// The scripts of the shell keep to that: no block comments, no string over several lines.
pub fn script(text: &str) -> String {
    lines(text, |line| !line.starts_with("//"))
}

/// HTML without comments, indentation and empty lines. The shell has no element in which whitespace matters.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("<!--") {
        out.push_str(&rest[..start]);
        rest = rest[start..].find("-->").map_or("", |end| &rest[start + end + 3..]);
    }
    out.push_str(rest);
    lines(&out, |_| true)
}

fn lines(text: &str, keep: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines().map(str::trim) {
        if !line.is_empty() && keep(line) {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_keeps_what_stands_in_strings() {
        assert_eq!(
            json("{\n  \"a b\": [ 1, \"x \\\" y\\\\\" ]\n}\n"),
            r#"{"a b":[1,"x \" y\\"]}"#
        );
    }

    #[test]
    fn css_keeps_what_stands_in_strings() {
        assert_eq!(
            css("/* top */\na {\n  content: \"/* no \\\" comment */\"; /* gone */\n}\n"),
            "a {\ncontent: \"/* no \\\" comment */\";\n}\n"
        );
    }

    #[test]
    fn an_apostrophe_in_a_css_comment_opens_no_string() {
        assert_eq!(css("/* don't */ a{}\n/* b */ b{}"), "a{}\nb{}\n");
    }

    #[test]
    fn scripts_lose_whole_line_comments_only() {
        assert_eq!(
            script("  // why\n  go(\"https://x\"); // stays\n\n"),
            "go(\"https://x\"); // stays\n"
        );
    }

    #[test]
    fn html_loses_comments() {
        assert_eq!(html("<a>\n  <!-- x\n y -->\n  <b>\n"), "<a>\n<b>\n");
    }
}
