//! The handover sheet as Markdown: only the sheet's own lines are markup, whatever people wrote.

use crate::support::cases;
use engagement_playbook::exchange::{HandoverText, TextItem, TextSection, handover_markdown};
use proptest::prelude::*;

fn item(text: &str, details: &[&str]) -> TextItem {
    TextItem {
        text: text.to_owned(),
        details: details.iter().map(|detail| (*detail).to_owned()).collect(),
    }
}

fn section(heading: &str, none: &str, items: Vec<TextItem>) -> TextSection {
    TextSection {
        heading: heading.to_owned(),
        none: none.to_owned(),
        items,
    }
}

#[test]
fn a_sheet_is_a_title_its_facts_and_a_list_per_section() {
    let sheet = HandoverText {
        title: "Handover: Contoso".to_owned(),
        facts: vec!["To: 田中".to_owned(), "20 Nov 2026".to_owned()],
        sections: vec![
            section(
                "Next",
                "Nothing is open.",
                vec![
                    item("Make first contact (3616)", &["Overdue since Wed, 18 Nov."]),
                    item("Hold the kickoff", &[]),
                ],
            ),
            section("Gaps", "No gaps.", Vec::new()),
        ],
    };
    insta::assert_snapshot!(handover_markdown(&sheet), @r"
    # Handover: Contoso

    - To: 田中
    - 20 Nov 2026

    ## Next

    - Make first contact (3616)
      - Overdue since Wed, 18 Nov.
    - Hold the kickoff

    ## Gaps

    No gaps.
    ");
}

/// What a hostile customer is called, and everything else that came in with a file.
const HOSTILE: [&str; 18] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[pay here](javascript:alert(1))",
    "![x](data:text/html;base64,AAAA)",
    "<javascript:alert(1)>",
    "java\u{0}script:alert(1)",
    "https://evil.example www.evil.example a@evil.example",
    "# Approved",
    "ok\n# Approved\n\n---\n",
    "ok\r\n\r\n    code",
    "1. first",
    "12) twelfth",
    "- [x] done",
    "a | b\n--|--",
    "`code` *strong* _em_ ~~gone~~ $x$",
    "[x]: https://evil.example \"t\"",
    "&lt;b&gt; &#60;",
    "{: onclick=\"alert(1)\"}",
];

#[test]
fn t19_no_markup_of_a_text_survives_on_the_sheet() {
    let text = |text: &&str| item(text, &[]);
    let sheet = HandoverText {
        title: HOSTILE[0].to_owned(),
        facts: vec![HOSTILE[2].to_owned()],
        sections: vec![section(HOSTILE[8], HOSTILE[1], HOSTILE.iter().map(text).collect())],
    };
    let written = handover_markdown(&sheet);
    for sign in [
        "<",
        ">",
        "javascript:",
        "data:",
        "https://",
        "www.",
        "\t",
        "\r",
        "\u{0}",
    ] {
        assert!(!written.contains(sign), "{sign:?} stands in\n{written}");
    }
    insta::assert_snapshot!(written, @r###"
    # &lt;script&gt;alert(1)&lt;/script&gt;

    - \[pay here\](javascript\:alert(1))

    ## ok \# Approved ---

    - &lt;script&gt;alert(1)&lt;/script&gt;
    - &lt;img src=x onerror=alert(1)&gt;
    - \[pay here\](javascript\:alert(1))
    - !\[x\](data\:text/html;base64,AAAA)
    - &lt;javascript\:alert(1)&gt;
    - javascript\:alert(1)
    - https\://evil.example www\.evil.example a\@evil.example
    - \# Approved
    - ok \# Approved ---
    - ok code
    - 1\. first
    - 12\) twelfth
    - \- \[x\] done
    - a \| b --\|--
    - \`code\` \*strong\* \_em\_ \~\~gone\~\~ \$x\$
    - \[x\]: https\://evil.example "t"
    - &amp;lt;b&amp;gt; &amp;\#60;
    - \{: onclick="alert(1)"\}
    "###);
}

/// What a reader of Markdown sees of a line of plain text.
fn read(line: &str) -> String {
    let mut text = String::new();
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => text.extend(letters.next()),
            _ => text.push(letter),
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The words of a text, without line ends and control characters.
fn words(text: &str) -> String {
    let kept = |letter: char| letter.is_whitespace() || letter == '\u{2028}' || !letter.is_control();
    let plain: String = text.chars().filter(|letter| kept(*letter)).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Anything, with the signs of markup often.
fn foreign() -> impl Strategy<Value = String> {
    let sign = prop_oneof![
        Just("# "),
        Just("\n"),
        Just("- "),
        Just("* "),
        Just("1. "),
        Just("["),
        Just("]("),
        Just("<"),
        Just(">"),
        Just("`"),
        Just("|"),
        Just("javascript:"),
        Just("\\"),
        Just("&"),
        Just("&lt;"),
        Just("https://"),
        Just("  "),
        Just("\u{2028}"),
        Just("9) "),
        Just("==="),
        Just("日本"),
    ];
    let part = prop_oneof![3 => sign.prop_map(str::to_owned), 1 => any::<String>()];
    proptest::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn every_line_is_the_sheets_own_and_says_what_was_written(
        title in foreign(), fact in foreign(), heading in foreign(), text in foreign(), detail in foreign(),
    ) {
        let sheet = HandoverText {
            title: title.clone(),
            facts: vec![fact.clone()],
            sections: vec![section(&heading, "none", vec![item(&text, &[&detail])])],
        };
        let written = handover_markdown(&sheet);
        let lines: Vec<&str> = written.split('\n').collect();
        let own = ["# ", "", "- ", "", "## ", "", "- ", "  - ", ""];
        let said = [&title, "", &fact, "", &heading, "", &text, &detail, ""];
        prop_assert_eq!(lines.len(), own.len(), "{}", written);
        for ((line, own), said) in lines.iter().zip(own).zip(said) {
            let rest = line.strip_prefix(own).expect("what the sheet puts down");
            prop_assert_eq!(read(rest), words(said));
            prop_assert!(!rest.contains(['<', '>']), "{}", rest);
            prop_assert!(!rest.starts_with(['#', '-', '+', '*', '=', '|', '`', '~', '>', ' ']), "{}", rest);
            let numbered = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
            prop_assert!(numbered.len() == rest.len() || !numbered.starts_with(['.', ')']), "{}", rest);
            prop_assert!(!rest.to_lowercase().contains("javascript:"), "{}", rest);
        }
    }
}
