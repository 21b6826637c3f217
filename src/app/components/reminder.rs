//! A calm line when much was done and no file with everything was saved for a while. When is said by
//! `workspace::reminder`.

use super::icon::Icon;
use crate::{
    app::{export, ui::use_ui, words::W},
    browser::{clock, page},
};
use leptos::prelude::*;

/// The line, with the button that saves a file; whoever puts it off has a day.
#[component]
pub fn Reminder() -> impl IntoView {
    let ui = use_ui();
    let since = ui.store.since_file;
    let due = Memo::new(move |_| {
        ui.today.track();
        since.with(|since| since.is_due(clock::now()))
    });
    let text = move || {
        let since = since.get();
        let day = ui.day(clock::local_day(since.first));
        ui.count(W::file_reminder, since.edits as usize, &[("day", day)])
    };
    let put_off = move |_| {
        ui.store.put_off_reminder();
        page::focus("title");
    };
    let save = move |_| {
        export::save_all(ui);
        page::focus("title");
    };
    view! {
        <Show when=move || due.get()>
            <div class="banner" id="file-reminder" role="note">
                <Icon name="share"/>
                <p>{text}</p>
                <button class="btn small" type="button" on:click=save>{ui.say(W::save_a_file)}</button>
                <button class="btn small quiet" type="button" on:click=put_off>{ui.say(W::tomorrow_again)}</button>
            </div>
        </Show>
    }
}
