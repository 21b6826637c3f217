//! The sentence of a rule, in the language of the reader.

use crate::app::{ui::Ui, words::W};

/// The sentence of a rule; a date that a person wrote down says what it is.
#[must_use]
pub fn rule_text(ui: Ui, rule: &str) -> String {
    let word = match rule {
        "due" => W::rule_due,
        "target" => W::rule_target,
        "status-next-action" => W::rule_status_next_action,
        "forecast-10" => W::rule_forecast_10,
        "forecast-40" => W::rule_forecast_40,
        "action" => W::rule_action,
        "meeting" => W::rule_meeting,
        "next-action" => W::rule_next_action,
        threshold => return ui.listed("thresholds", threshold),
    };
    ui.word(word)
}
