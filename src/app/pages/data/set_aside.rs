//! What could not be read and was put aside: it stays, byte for byte, and can be saved as a file for somebody who helps.

use crate::{
    app::{ui::use_ui, words::W},
    browser::files,
    workspace::KeyValue,
};
use leptos::prelude::*;

/// The list; nothing where there is none.
#[component]
pub fn SetAside() -> impl IntoView {
    let ui = use_ui();
    let keys = Memo::new(move |_| {
        ui.store.notices.track();
        ui.store.read(|workspace| workspace.set_aside())
    });
    let save = move |key: &str| {
        let text = ui.store.read_untracked(|workspace| workspace.store().get(key));
        let saved = matches!(text, Ok(Some(text)) if files::save(&format!("{key}.txt"), &text).is_ok());
        if !saved {
            ui.tell(ui.word(W::export_failed));
        }
    };
    view! {
        <Show when=move || !keys.with(Vec::is_empty)>
            <section class="panel" id="set-aside">
                <header><h2>{ui.say(W::kind_quarantine)}</h2><p>{ui.say(W::set_aside_explained)}</p></header>
                <div class="body">
                    <ul class="lined" role="list">
                        <For each=move || keys.get() key=Clone::clone children=move |key| {
                            let (name, label) = (key.clone(), key.clone());
                            view! {
                                <li class="row">
                                    <code dir="ltr">{name}</code>
                                    <button class="btn small" type="button" aria-label=move || format!("{}: {label}", ui.word(W::save_a_file)) on:click=move |_| save(&key)>{ui.say(W::save_a_file)}</button>
                                </li>
                            }
                        }/>
                    </ul>
                </div>
            </section>
        </Show>
    }
}
