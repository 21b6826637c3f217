//! Takes holidays in: a pasted list or a calendar file. What cannot be read is said beside the field, and nothing changes then.

use super::{halves::Halves, icon::Icon};
use crate::{
    app::{
        ui::{Ui, use_ui},
        words::W,
    },
    browser::files,
    engagement::Change,
    exchange::{HolidayError, LARGEST_HOLIDAYS, read_ics, read_list},
    playbook::EngagementId,
};
use chrono::NaiveDate;
use leptos::prelude::*;

/// Days with their names, or why they could not be read.
type Read = Result<Vec<(NaiveDate, String)>, HolidayError>;

/// Why holidays could not be read, in words.
fn error_text(ui: Ui, error: &HolidayError) -> String {
    let values: Vec<(&str, String)> = error
        .args()
        .into_iter()
        .map(|(key, value)| match key {
            "text" => (key, value),
            _ => (
                key,
                value.parse::<usize>().map(|number| ui.number(number)).unwrap_or(value),
            ),
        })
        .collect();
    let reason = W::of(error.code()).map(|word| ui.fill(word, &values));
    format!("{} {}", reason.unwrap_or_default(), ui.word(W::import_changed_nothing))
}

/// A list to paste and a file to choose.
#[component]
pub fn HolidayImport(
    /// The engagement.
    engagement: EngagementId,
) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let list = RwSignal::new(String::new());
    let [list_error, file_error] = [RwSignal::new(String::new()), RwSignal::new(String::new())];
    let halves = Halves::told_in(list_error);
    let take = move |read: Read, error: RwSignal<String>| match read {
        Ok(days) => {
            let changes: Vec<Change> = days
                .into_iter()
                .map(|(day, name)| Change::SetHoliday(day, Some(name)))
                .collect();
            ui.store.dispatch_all(&id.get_value(), &changes);
            error.set(String::new());
            ui.tell_step(ui.count(W::n_holidays_taken, changes.len(), &[]));
            true
        }
        Err(fault) => {
            error.set(error_text(ui, &fault));
            false
        }
    };
    let paste = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !halves.stand() && take(list.with_untracked(|list| read_list(list)), list_error) {
            list.set(String::new());
        }
    };
    let chosen = move |event: leptos::ev::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        let file = input.files().and_then(|files| files.get(0));
        // The same file can be chosen again.
        input.set_value("");
        let Some(file) = file else { return };
        let (size, limit) = (file.size() as usize, LARGEST_HOLIDAYS);
        if size > limit {
            take(Err(HolidayError::TooLarge { size, limit }), file_error);
            return;
        }
        leptos::task::spawn_local(async move {
            let unread = |word| file_error.set(format!("{} {}", ui.word(word), ui.word(W::import_changed_nothing)));
            match files::read(&file).await.map(String::from_utf8) {
                Ok(Ok(text)) => drop(take(read_ics(&text), file_error)),
                Ok(Err(_)) => unread(W::holidays_not_utf8),
                Err(_) => unread(W::import_unreadable),
            }
        });
    };
    view! {
        <div class="pair">
            <form class="stack" on:submit=paste novalidate>
                <div class="field">
                    <label for="holiday-list">{ui.say(W::paste_holidays)}</label>
                    <textarea
                        class="input"
                        id="holiday-list"
                        rows="3"
                        spellcheck="false"
                        placeholder=ui.say(W::holidays_example)
                        aria-describedby="holiday-list-error"
                        aria-invalid=move || (!list_error.with(String::is_empty)).then_some("true")
                        prop:value=move || list.get()
                        on:input=move |event| {
                            if let Some(text) = halves.text_in(ui, &event) {
                                list.set(text);
                            }
                        }
                    ></textarea>
                    <span class="error" id="holiday-list-error" role="alert" dir="auto">{move || list_error.get()}</span>
                </div>
                <p><button class="btn small" type="submit"><Icon name="plus"/>{ui.say(W::add_holidays)}</button></p>
            </form>
            <div class="field drop">
                <label class="btn" for="holiday-file"><Icon name="in"/>{ui.say(W::choose_calendar_file)}</label>
                <input class="sr" type="file" id="holiday-file" accept=".ics,text/calendar" aria-describedby="holiday-file-error" on:change=chosen/>
                <span class="error" id="holiday-file-error" role="alert" dir="auto">{move || file_error.get()}</span>
            </div>
        </div>
    }
}
