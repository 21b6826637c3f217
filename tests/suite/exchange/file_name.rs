//! Names of exported files.

use super::made::day;
use engagement_playbook::exchange::{file_name, file_name_of_handover, file_name_of_several};

/// The part before the day.
fn name(customer: &str) -> String {
    let whole = file_name(customer, day("2026-01-05").expect("a date"));
    whole
        .strip_suffix("-2026-01-05.engagement.json")
        .expect("the day and the ending")
        .to_owned()
}

#[test]
fn a_file_is_called_after_customer_and_day() {
    assert_eq!(
        file_name("Contoso", day("2026-01-05").expect("a date")),
        "Contoso-2026-01-05.engagement.json"
    );
    assert_eq!(
        file_name_of_several(day("2026-12-31").expect("a date")),
        "engagements-2026-12-31.engagement.json"
    );
    let sheet = |customer| file_name_of_handover(customer, day("2026-01-05").expect("a date"));
    assert_eq!(sheet("Contoso"), "Contoso-2026-01-05.handover.md");
    assert_eq!(sheet("../CON"), "engagement-2026-01-05.handover.md");
}

#[test]
fn letters_of_every_script_stay() {
    for customer in [
        "株式会社コントソ",
        "北京微软",
        "Großküche Süd & Söhne",
        "Contoso (EMEA) no. 5",
        "한국",
        "𠮷野家",
    ] {
        assert_eq!(name(customer), customer);
    }
}

#[test]
fn what_a_file_system_reads_is_dropped() {
    assert_eq!(name(r#"A/B\C:D*E?F"G<H>I|J"#), "ABCDEFGHIJ");
    assert_eq!(name("../../etc/passwd"), "etcpasswd");
    assert_eq!(name("A\0B\u{7}C\u{7f}D\u{85}E"), "ABCD E");
    assert_eq!(name(" a \t\r\n b  "), "a b");
    assert_eq!(name("Contoso Ltd. . "), "Contoso Ltd");
    assert_eq!(name(".hidden"), "hidden");
}

#[test]
fn nothing_invisible_turns_the_name_around() {
    assert_eq!(
        name("a\u{202e}gpj.exe\u{2066}\u{200f}\u{200b}\u{feff}\u{61c}"),
        "agpj.exe"
    );
    assert_eq!(name("\u{e0041}\u{ad}x"), "x");
}

#[test]
fn a_name_that_is_empty_or_a_device_gives_way() {
    for customer in [
        "", " ", "...", "???", "\u{202e}", "con", "NUL", "Aux.x", "com1", "LPT9", "COM¹", "prn . x", "CONIN$",
    ] {
        assert_eq!(name(customer), "engagement", "{customer}");
    }
    for customer in ["Console", "COM10", "Communications", "Auxiliar", "NULL", "LPTX"] {
        assert_eq!(name(customer), customer);
    }
}

#[test]
fn a_long_name_is_cut_between_letters() {
    assert_eq!(name(&"ü".repeat(61)), "ü".repeat(60));
    assert_eq!(
        name(&format!("{} b", "a".repeat(59))),
        "a".repeat(59),
        "no space before the day"
    );
    let rare = file_name(&"𠮷".repeat(60), day("2026-01-05").expect("a date"));
    assert!(rare.len() <= 255, "file systems count bytes: {}", rare.len());
    assert!(rare.starts_with(&"𠮷".repeat(50)));
}
