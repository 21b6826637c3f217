//! What is stored where: room, last file, trash, what was set aside, export all, erase all. Nothing on this page happens
//! without a click.

mod backups;
mod diagnostics;
mod kept;
mod room;
mod set_aside;

use super::{
    about::refusal_text,
    frame::{Head, Plain, customer_name},
};
use crate::{
    app::{
        components::{banner::notice_text, clock_doubt::ClockDoubt, icon::Icon},
        export,
        ui::use_ui,
        words::W,
    },
    browser::{clock, files, page},
    exchange, rules,
};
use backups::Backups;
use diagnostics::Diagnostics;
use kept::Kept;
use leptos::prelude::*;
use room::Room;
use set_aside::SetAside;

/// The data page.
#[component]
pub fn Data() -> impl IntoView {
    let ui = use_ui();
    let doubt = Memo::new(move |_| {
        let ahead = ui
            .store
            .read(|workspace| rules::ahead(workspace.engagements(), clock::now()));
        rules::doubt(&ahead, &ui.store.author.get())
    });
    let offline = RwSignal::new(page::offline_state());
    page::on_window("ep-offline", move |_| offline.set(page::offline_state()));
    let offline_text = move || {
        ui.word(if offline.get() == "ready" {
            W::offline_ready
        } else {
            W::offline_not_yet
        })
    };
    view! {
        <Plain>
            <Head crumbs=Vec::new() title=Signal::derive(ui.say(W::data))/>
            <p>{ui.say(W::data_explained)}</p>
            <ClockDoubt doubt=doubt/>
            <Room/>
            <Kept/>
            <section class="panel">
                <header><h2>{ui.say(W::offline)}</h2></header>
                <div class="body"><p>{offline_text}</p></div>
            </section>
            <Trash/>
            <BeforeImport/>
            <Backups/>
            <SetAside/>
            <Noticed/>
            <Diagnostics/>
            <section class="panel">
                <header><h2>{ui.say(W::everything)}</h2></header>
                <div class="body row">
                    <button class="btn" type="button" on:click=move |_| export::save_all(ui)><Icon name="share"/>{ui.say(W::export_all)}</button>
                    <button class="btn" type="button" on:click=move |_| page::open_dialog("erase")><Icon name="trash"/>{ui.say(W::erase_all)}</button>
                </div>
            </section>
            <EraseDialog/>
        </Plain>
    }
}

/// What was deleted in the last 30 days.
#[component]
fn Trash() -> impl IntoView {
    let ui = use_ui();
    let all = Memo::new(move |_| {
        ui.store.read(|workspace| {
            let named = |one: &crate::workspace::Trashed<'_>| {
                (one.engagement.id().clone(), customer_name(ui, one.engagement), one.at)
            };
            workspace.trashed().iter().map(named).collect::<Vec<_>>()
        })
    });
    view! {
        <section class="panel" id="trash">
            <header><h2>{ui.say(W::trash)}</h2><p>{ui.say(W::trash_explained)}</p></header>
            <div class="body">
                <Show when=move || all.with(Vec::is_empty)><p class="meta">{ui.say(W::trash_is_empty)}</p></Show>
                <ul class="lined" role="list">
                    <For each=move || all.get() key=|one| one.clone() children=move |(id, name, at)| {
                        let (label, tag) = (name.clone(), id.to_string());
                        view! {
                            <li class="row" data-engagement=tag>
                                <b>{name}</b> <span class="meta">{move || ui.instant(at)}</span>
                                <button class="btn small" type="button" aria-label=move || format!("{}: {label}", ui.word(W::restore)) on:click=move |_| {
                                    if let Err(refusal) = ui.store.restore(&id) {
                                        ui.tell(refusal_text(ui, &refusal));
                                    }
                                }>{ui.say(W::restore)}</button>
                            </li>
                        }
                    }/>
                </ul>
            </div>
        </section>
    }
}

/// What stood here before the last import, as a file.
#[component]
fn BeforeImport() -> impl IntoView {
    let ui = use_ui();
    let save = move |_| {
        let name = format!("before-import-{}", exchange::file_name_of_several(clock::today()));
        let saved = ui
            .store
            .snapshot()
            .is_some_and(|text| files::save(&name, &text).is_ok());
        if !saved {
            ui.tell(ui.word(W::export_failed));
        }
    };
    ui.store.has_snapshot().then(|| view! {
        <section class="panel" id="before-import">
            <header><h2>{ui.say(W::before_import)}</h2><p>{ui.say(W::before_import_explained)}</p></header>
            <div class="body row"><button class="btn" type="button" on:click=save><Icon name="disk"/>{ui.say(W::save_a_file)}</button></div>
        </section>
    })
}

/// What was told while this tab is open.
#[component]
fn Noticed() -> impl IntoView {
    let ui = use_ui();
    view! {
        <Show when=move || !ui.store.notices.with(Vec::is_empty)>
            <section class="panel">
                <header><h2>{ui.say(W::what_was_noticed)}</h2></header>
                <div class="body"><ul class="lined" role="list">
                    {move || ui.store.notices.get().iter().map(|notice| view! { <li dir="auto">{notice_text(ui, notice)}</li> }).collect_view()}
                </ul></div>
            </section>
        </Show>
    }
}

/// Erasing is a loss that nothing can bring back: it is asked for, and the safe answer is the first.
#[component]
fn EraseDialog() -> impl IntoView {
    let ui = use_ui();
    let erase = move |_| {
        page::close_dialog("erase");
        match ui.store.erase_all() {
            Ok(()) => ui.tell(ui.word(W::erased)),
            Err(refusal) => ui.tell(refusal_text(ui, &refusal)),
        }
        leptos::task::spawn_local(async move {
            if !ui.store.erase_backups().await {
                ui.tell(ui.word(W::backups_not_erased));
            }
        });
    };
    view! {
        <dialog id="erase" aria-labelledby="erase-title">
            <h2 id="erase-title">{ui.say(W::erase_question)}</h2>
            <p>{ui.say(W::erase_explained)}</p>
            <div class="row">
                <button class="btn primary" type="button" autofocus on:click=move |_| page::close_dialog("erase")>{ui.say(W::keep_everything)}</button>
                <button class="btn" type="button" on:click=erase>{ui.say(W::erase_all)}</button>
            </div>
        </dialog>
    }
}
