//! What could not be read and was put aside, in either store: it stays, byte for byte, and can be saved as a file for
//! somebody who helps.

use crate::{
    app::{
        ui::{Ui, use_ui},
        words::W,
    },
    browser::files,
    workspace::KeyValue,
};
use leptos::prelude::*;

/// Which store has it, and under which key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Aside {
    second: bool,
    key: String,
}

/// The list; nothing where there is none.
#[component]
pub fn SetAside() -> impl IntoView {
    let ui = use_ui();
    let here = Memo::new(move |_| {
        ui.store.notices.track();
        ui.store.read(|workspace| workspace.set_aside())
    });
    let there = RwSignal::new(Vec::<String>::new());
    Effect::new(move |_| {
        // What is damaged there is put aside while it is looked after, and goes when everything was erased.
        here.track();
        ui.store.safe_state.track();
        leptos::task::spawn_local(async move {
            let keys = ui.store.put_aside_there().await;
            there.try_set(keys);
        });
    });
    let all = Memo::new(move |_| {
        let of = |second| move |key| Aside { second, key };
        let first = here.get().into_iter().map(of(false));
        first.chain(there.get().into_iter().map(of(true))).collect::<Vec<_>>()
    });
    view! {
        <Show when=move || !all.with(Vec::is_empty)>
            <section class="panel" id="set-aside">
                <header><h2>{ui.say(W::kind_quarantine)}</h2><p>{ui.say(W::set_aside_explained)}</p></header>
                <div class="body">
                    <ul class="lined" role="list">
                        <For each=move || all.get() key=Clone::clone children=move |one| view! { <Line one=one/> }/>
                    </ul>
                </div>
            </section>
        </Show>
    }
}

#[component]
fn Line(one: Aside) -> impl IntoView {
    let ui = use_ui();
    let (name, label, second) = (one.key.clone(), one.key.clone(), one.second);
    let save = move |_| {
        let Aside { second, key } = one.clone();
        if second {
            leptos::task::spawn_local(async move {
                let text = ui.store.text_put_aside_there(key.clone()).await;
                save_as_file(ui, &key, text);
            });
        } else {
            let text = ui.store.read_untracked(|workspace| workspace.store().get(&key));
            save_as_file(ui, &key, text.ok().flatten());
        }
    };
    view! {
        <li class="row" data-second=second.then_some("")>
            <code dir="ltr">{name}</code>
            {second.then(|| view! { <span class="tag">{ui.say(W::in_second_store)}</span> })}
            <button class="btn small" type="button" aria-label=move || format!("{}: {label}", ui.word(W::save_a_file)) on:click=save>{ui.say(W::save_a_file)}</button>
        </li>
    }
}

fn save_as_file(ui: Ui, key: &str, text: Option<String>) {
    let saved = text.is_some_and(|text| files::save(&format!("{key}.txt"), &text).is_ok());
    if !saved {
        ui.tell(ui.word(W::export_failed));
    }
}
