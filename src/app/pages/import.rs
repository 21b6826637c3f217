//! Taking files in: chosen, dropped or pasted, one or many. Always a preview first; nothing is changed until somebody agrees.

mod choices;
mod clashes;
mod one;
mod tenant;

use super::{
    about::refusal_text,
    frame::{Head, Plain},
};
use crate::{
    app::{
        components::{clock_doubt::ClockDoubt, growing::growing, icon::Icon},
        incoming::Incoming,
        route::Route,
        ui::use_ui,
        words::W,
    },
    browser::{clock, files, page},
    engagement::Engagement,
    exchange::{self, Blanks, Preview, Status},
    rules,
};
use choices::Choices;
use leptos::{html, prelude::*};
use one::OnePreview;
use wasm_bindgen::JsCast;

/// The import page.
#[component]
pub fn Import() -> impl IntoView {
    let ui = use_ui();
    let incoming = expect_context::<Incoming>();
    let chosen = move |event: leptos::ev::Event| incoming.take_files(ui, files::chosen(&event_target(&event)), false);
    let paste = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let form = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok());
        let area = form.and_then(|form| form.query_selector("textarea").ok().flatten());
        if let Some(area) = area.and_then(|area| area.dyn_into::<web_sys::HtmlTextAreaElement>().ok()) {
            incoming.take_text(ui, area.value().into_bytes());
        }
    };
    let reading = move || {
        incoming
            .reading
            .get()
            .map(|(n, all)| ui.fill(W::reading_file, &[("n", ui.number(n)), ("all", ui.number(all))]))
    };
    view! {
        <Plain>
            <Head crumbs=Vec::new() title=Signal::derive(ui.say(W::import))/>
            <p>{ui.say(W::import_explained)}</p>
            <div class="pair">
                <section class="panel"><div class="body drop">
                    <p class="row">
                        <span>
                            <label class="btn primary" for="file"><Icon name="in"/>{ui.say(W::choose_files)}</label>
                            <input class="sr" type="file" id="file" multiple accept=".json,application/json" on:change=chosen/>
                        </span>
                        <FolderChooser/>
                    </p>
                    <p class="meta">{ui.say(W::or_drop)}</p>
                </div></section>
                <section class="panel"><form class="body paste" on:submit=paste>
                    <label for="paste">{ui.say(W::paste_here)}</label>
                    <textarea class="input" id="paste" rows="2" spellcheck="false"></textarea>
                    <button class="btn small" type="submit">{ui.say(W::preview_it)}</button>
                </form></section>
            </div>
            <p role="status" id="reading" class="meta">{reading}</p>
            <div role="alert">{move || incoming.error.get().map(|text| view! { <p class="banner warning" id="import-error"><Icon name="warning"/><span dir="auto">{text}</span></p> })}</div>
            <Refused/>
            {move || incoming.engagements.get().map(|all| view! { <PreviewOf names=incoming.names.get_untracked() engagements=all/> })}
        </Plain>
    }
}

/// Chooses a whole folder, in browsers that can.
#[component]
fn FolderChooser() -> impl IntoView {
    let ui = use_ui();
    let incoming = expect_context::<Incoming>();
    let input = NodeRef::<html::Input>::new();
    let can = RwSignal::new(false);
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            can.set(files::choose_folders(&input));
        }
    });
    let chosen = move |event: leptos::ev::Event| incoming.take_files(ui, files::chosen(&event_target(&event)), true);
    view! {
        <span hidden=move || !can.get()>
            <label class="btn" for="folder">{ui.say(W::choose_folder)}</label>
            <input class="sr" type="file" id="folder" node_ref=input on:change=chosen/>
        </span>
    }
}

/// Which of several files were refused, and why; nothing of them is used.
#[component]
fn Refused() -> impl IntoView {
    let incoming = expect_context::<Incoming>();
    let ui = use_ui();
    let lines = move || {
        let all = incoming.refused.get().into_iter();
        all.map(|(name, reason)| view! { <li><b dir="auto">{name}</b> " " <span dir="auto">{reason}</span></li> })
            .collect_view()
    };
    view! {
        <Show when=move || !incoming.refused.with(Vec::is_empty)>
            <section class="panel" id="refused" aria-labelledby="h-refused">
                <header><h2 id="h-refused">{move || ui.count(W::n_files_refused, incoming.refused.with(Vec::len), &[])}</h2></header>
                <div class="body"><ul class="lined" role="list">{lines}</ul></div>
            </section>
        </Show>
    }
}

/// So many engagements are drawn in the first frame, and in each after it.
const ARTICLES: usize = 12;

/// Whether there is anything in it for me.
fn brings(preview: &Preview) -> bool {
    !matches!(preview.status, Status::Same | Status::MineNewer)
}

/// What the files bring, with a choice per engagement.
#[component]
fn PreviewOf(names: Vec<String>, engagements: Vec<Engagement>) -> impl IntoView {
    let ui = use_ui();
    let incoming = expect_context::<Incoming>();
    let structure = ui.structure();
    let all = StoredValue::new(engagements);
    let choices = Choices::new();
    let doubt = all.with_value(|all| rules::doubt(&rules::ahead(all, clock::now()), &ui.store.author.get_untracked()));
    let previews = Memo::new(move |_| {
        all.with_value(|all| {
            all.iter()
                .map(|theirs| {
                    ui.store
                        .with(theirs.id(), |mine| exchange::preview(mine, theirs, &structure))
                })
                .collect::<Vec<_>>()
        })
    });
    // Other engagements, or the same after something was changed beside: then they are drawn anew.
    let version = Memo::new(move |before: Option<&u32>| previews.with(|_| before.map_or(0, |before| before + 1)));
    let drawn = growing(ui, Signal::derive(move || previews.with(Vec::len)), ARTICLES, ARTICLES);
    let takes = move |one: &Preview| brings(one) && choices.takes(&one.id);
    let selected = move || previews.with(|previews| previews.iter().filter(|one| takes(one)).count());
    // What is combined is only added to.
    let blanks = Memo::new(move |_| {
        previews.with(|previews| {
            let merged = previews
                .iter()
                .filter(|one| takes(one) && choices.combined(&one.id).is_none());
            let all: Vec<Blanks> = merged.map(|one| one.blanks).collect();
            let together: Blanks = all.iter().copied().sum();
            (together.are_many() || all.iter().any(|one| one.are_many())).then_some(together)
        })
    });
    let waits = move || blanks.get().is_some_and(|blanks| choices.agreed.get() != Some(blanks));
    let accept = move |_| {
        if waits() {
            return;
        }
        let (taken, chosen) = all.with_value(|all| choices.of(ui, all));
        match ui.store.import(&taken, &chosen) {
            Ok(count) => {
                incoming.clear();
                ui.tell_step(ui.count(W::imported_n, count, &[]));
                let only = match (taken.as_slice(), chosen.as_slice()) {
                    ([one], _) => Some(one.id().clone()),
                    ([], [(id, _)]) => Some(id.clone()),
                    _ => None,
                };
                page::go(&only.map_or(Route::Portfolio, Route::Engagement).href());
            }
            Err(refusal) => incoming.error.set(Some(refusal_text(ui, &refusal))),
        }
    };
    let title = move || match names.as_slice() {
        [name] if name.is_empty() => ui.word(W::what_the_text_brings),
        [name] => ui.fill(W::what_file_brings, &[("file", name.clone())]),
        names => ui.count(W::what_n_files_bring, names.len(), &[]),
    };
    view! {
        <section class="stack" id="preview" tabindex="-1" aria-labelledby="preview-title">
            <h2 id="preview-title" dir="auto">{title}</h2>
            <p class="meta">{ui.say(W::nothing_changed_yet)}</p>
            <ClockDoubt doubt=doubt/>
            <For
                each=move || {
                    let count = previews.with(Vec::len).min(drawn.get());
                    (0..count).map(move |place| (version.get(), place))
                }
                key=|at| *at
                children=move |(_, place)| {
                    let preview = previews.with_untracked(|all| all.get(place).cloned());
                    preview.map(|preview| view! { <OnePreview preview=preview all=all place=place choices=choices/> })
                }
            />
            <BlanksQuestion blanks=blanks choices=choices/>
            <div class="act">
                <p>{move || ui.count(W::n_selected, selected(), &[])}</p>
                <button class="btn" type="button" on:click=move |_| incoming.clear()>{ui.say(W::cancel)}</button>
                <button class="btn primary" type="button" id="accept" disabled=move || selected() == 0 || waits() aria-describedby=move || waits().then_some("blanks-question") on:click=accept>{ui.say(W::import_it)}</button>
            </div>
        </section>
    }
}

/// Asks before much of what is written down would be emptied.
#[component]
fn BlanksQuestion(blanks: Memo<Option<Blanks>>, choices: Choices) -> impl IntoView {
    let ui = use_ui();
    let text = move || {
        let blanks = blanks.get().unwrap_or_default();
        ui.fill(
            W::blanks_question,
            &[("n", ui.number(blanks.blank)), ("all", ui.number(blanks.of))],
        )
    };
    let agree = move |event| {
        let agreed = blanks.get_untracked().filter(|_| event_target_checked(&event));
        choices.agreed.set(agreed);
    };
    view! {
        <Show when=move || blanks.get().is_some()>
            <div class="banner warning" id="blanks" role="alert">
                <Icon name="warning"/>
                <p id="blanks-question">{text}</p>
                <p class="row">
                    <input class="check" type="checkbox" id="blanks-agreed" prop:checked=move || blanks.get().is_some() && choices.agreed.get() == blanks.get() on:change=agree/>
                    <label for="blanks-agreed">{ui.say(W::blanks_agree)}</label>
                </p>
            </div>
        </Show>
    }
}
