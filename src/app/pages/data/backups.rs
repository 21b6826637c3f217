//! The backups that were made by themselves: looked into, restored engagement by engagement, or saved as a file.

use crate::{
    app::{
        backups::Standing,
        pages::{about::refusal_text, frame::customer_name},
        ui::use_ui,
        words::W,
    },
    browser::{clock, files},
    engagement::Engagement,
    exchange,
};
use leptos::prelude::*;

/// The list of backups.
#[component]
pub fn Backups() -> impl IntoView {
    let ui = use_ui();
    let made = RwSignal::new(Vec::<i64>::new());
    Effect::new(move |_| {
        ui.store.backed_up.track();
        leptos::task::spawn_local(async move {
            let all = ui.store.backups().await;
            made.try_set(all);
        });
    });
    view! {
        <section class="panel" id="backups">
            <header><h2>{ui.say(W::backups)}</h2><p>{ui.say(W::backups_explained)}</p></header>
            <div class="body">
                <Show when=move || made.with(Vec::is_empty)><p class="meta">{ui.say(W::no_backup_yet)}</p></Show>
                <For each=move || made.get() key=|at| *at children=move |at| view! { <Backup at=at/> }/>
            </div>
        </section>
    }
}

/// One backup, read when it is opened.
#[component]
fn Backup(at: i64) -> impl IntoView {
    let ui = use_ui();
    let text = StoredValue::new(String::new());
    let copies = RwSignal::new(Vec::<Engagement>::new());
    let failed = RwSignal::new(false);
    let read = move |_| {
        if !copies.with_untracked(Vec::is_empty) {
            return;
        }
        leptos::task::spawn_local(async move {
            let file = ui.store.backup(at).await.unwrap_or_default();
            match exchange::import(file.as_bytes()) {
                Ok(all) => {
                    text.try_set_value(file);
                    copies.try_set(all);
                }
                Err(_) => drop(failed.try_set(true)),
            }
        });
    };
    let save = move |_| {
        let name = format!("backup-{}", exchange::file_name_of_several(clock::local_day(at)));
        if files::save(&name, &text.get_value()).is_err() {
            ui.tell(ui.word(W::export_failed));
        }
    };
    view! {
        <details class="more" data-backup=at.to_string() on:toggle=read>
            <summary>{move || ui.instant(at)}</summary>
            <Show when=move || failed.get()><p class="error" role="alert">{ui.say(W::backup_unreadable)}</p></Show>
            <Show when=move || !copies.with(Vec::is_empty)>
                <ul class="lined" role="list">
                    <For each=move || copies.get() key=|copy| copy.id().clone() children=move |copy| view! { <Copy copy=copy/> }/>
                </ul>
                <button class="btn small" type="button" on:click=save>{ui.say(W::save_a_file)}</button>
            </Show>
        </details>
    }
}

/// One engagement of a backup against the one here.
#[component]
fn Copy(copy: Engagement) -> impl IntoView {
    let ui = use_ui();
    let id = copy.id().to_string();
    let name = customer_name(ui, &copy);
    let copy = StoredValue::new(copy);
    let standing = Memo::new(move |_| copy.with_value(|copy| ui.store.standing(copy)));
    let said = move || match standing.get() {
        Standing::Missing => ui.word(W::backup_missing_here),
        Standing::Same => ui.word(W::backup_same),
        Standing::Differs(count) => ui.count(W::backup_differs, count, &[]),
    };
    let label = StoredValue::new(name.clone());
    let restore = move |_| match copy.with_value(|copy| ui.store.restore_from(copy)) {
        Ok(()) => ui.tell_step(ui.fill(W::backup_restored, &[("name", label.get_value())])),
        Err(refusal) => ui.tell(refusal_text(ui, &refusal)),
    };
    view! {
        <li class="row" data-engagement=id>
            <b dir="auto">{name}</b> <span class="meta">{said}</span>
            <Show when=move || standing.get() != Standing::Same>
                <button class="btn small" type="button" aria-label=move || format!("{}: {}", ui.word(W::restore), label.get_value()) on:click=restore>{ui.say(W::restore)}</button>
            </Show>
        </li>
    }
}
