//! What somebody who helps has to know: versions, sizes and states, and nothing of any customer.

use crate::{
    app::{
        components::icon::Icon,
        ui::{Ui, use_ui},
        words::W,
    },
    browser::{page, persistence, shell},
    workspace::Notice,
};
use leptos::prelude::*;
use serde_json::json;

/// The diagnostics, folded, with a button that copies them.
#[component]
pub fn Diagnostics() -> impl IntoView {
    let ui = use_ui();
    let text = RwSignal::new(String::new());
    let read = move |_| {
        leptos::task::spawn_local(async move {
            let persistent = persistence::is_persistent().await;
            text.try_set(diagnostics(ui, persistent));
        });
    };
    let copy = move |_| {
        page::copy(&text.get_untracked());
        ui.tell(ui.word(W::diagnostics_copied));
    };
    view! {
        <section class="panel" id="diagnostics">
            <header><h2>{ui.say(W::diagnostics)}</h2><p>{ui.say(W::diagnostics_explained)}</p></header>
            <div class="body">
                <details class="more" on:toggle=read>
                    <summary>{ui.say(W::show_diagnostics)}</summary>
                    <pre class="words" dir="ltr" tabindex="0" aria-label=ui.say(W::diagnostics)>{text}</pre>
                    <button class="btn small" type="button" on:click=copy><Icon name="copy"/>{ui.say(W::copy_diagnostics)}</button>
                </details>
            </div>
        </section>
    }
}

/// The kind of a notice, without the keys and ids in it.
fn kind_of(notice: &Notice) -> String {
    let text = format!("{notice:?}");
    text.split([' ', '(']).next().unwrap_or_default().to_owned()
}

fn diagnostics(ui: Ui, persistent: Option<bool>) -> String {
    let room = ui.store.room();
    let used: serde_json::Map<_, _> = room
        .used
        .iter()
        .map(|(kind, units)| (format!("{kind:?}"), json!(units)))
        .collect();
    let (engagements, trashed, tabs, aside) = ui.store.read_untracked(|workspace| {
        (
            workspace.engagements().count(),
            workspace.trashed().len(),
            workspace.others().len(),
            workspace.set_aside().len(),
        )
    });
    let notices: Vec<String> = ui
        .store
        .notices
        .with_untracked(|notices| notices.iter().map(kind_of).collect());
    let all = json!({
        "app": shell::version(),
        "browser": shell::browser(),
        "language": ui.language().tag(),
        "offline": page::offline_state(),
        "persistent": persistent,
        "storage_lasts": ui.store.lasts(),
        "save_state": format!("{:?}", ui.store.save_state.get_untracked()),
        "saved_at": ui.store.saved_at.get_untracked(),
        "shared_at": ui.store.shared_at.get_untracked(),
        "units": used,
        "engagements": engagements,
        "in_trash": trashed,
        "journals_of_others": tabs,
        "set_aside": aside,
        "notices": notices,
    });
    serde_json::to_string_pretty(&all).unwrap_or_default()
}
