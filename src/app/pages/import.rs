//! Taking files in: chosen, dropped or pasted. Always a preview first; nothing is changed until somebody agrees.

use super::{
    about::refusal_text,
    frame::{Head, Plain, customer_name},
};
use crate::{
    app::{
        components::icon::Icon,
        incoming::Incoming,
        route::Route,
        ui::{Ui, use_ui},
        value_text,
        words::W,
    },
    browser::page,
    engagement::Engagement,
    exchange::{self, ChangeKind, FieldChange, Preview, Status},
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The import page.
#[component]
pub fn Import() -> impl IntoView {
    let ui = use_ui();
    let incoming = expect_context::<Incoming>();
    let chosen = move |event: leptos::ev::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            incoming.take_file(ui, file);
        }
        // The same file can be chosen again.
        input.set_value("");
    };
    let paste = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let form = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok());
        let area = form.and_then(|form| form.query_selector("textarea").ok().flatten());
        if let Some(area) = area.and_then(|area| area.dyn_into::<web_sys::HtmlTextAreaElement>().ok()) {
            incoming.take_text(ui, String::new(), area.value().into_bytes());
        }
    };
    view! {
        <Plain>
            <Head crumbs=Vec::new() title=Signal::derive(ui.say(W::import))/>
            <p>{ui.say(W::import_explained)}</p>
            <div class="pair">
                <section class="panel"><div class="body drop">
                    <label class="btn primary" for="file"><Icon name="in"/>{ui.say(W::choose_file)}</label>
                    <input class="sr" type="file" id="file" accept=".json,application/json" on:change=chosen/>
                    <p class="meta">{ui.say(W::or_drop)}</p>
                </div></section>
                <section class="panel"><form class="body paste" on:submit=paste>
                    <label for="paste">{ui.say(W::paste_here)}</label>
                    <textarea class="input" id="paste" rows="2" spellcheck="false"></textarea>
                    <button class="btn small" type="submit">{ui.say(W::preview_it)}</button>
                </form></section>
            </div>
            <div role="alert">{move || incoming.error.get().map(|text| view! { <p class="banner warning" id="import-error"><Icon name="warning"/><span dir="auto">{text}</span></p> })}</div>
            {move || incoming.engagements.get().map(|all| view! { <PreviewOf name=incoming.name.get_untracked() engagements=all/> })}
        </Plain>
    }
}

/// What the file brings, with a choice per engagement.
#[component]
fn PreviewOf(name: String, engagements: Vec<Engagement>) -> impl IntoView {
    let ui = use_ui();
    let incoming = expect_context::<Incoming>();
    let structure = ui.structure();
    let all = StoredValue::new(engagements);
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
    let left_out = RwSignal::new(std::collections::BTreeSet::new());
    let brings = |preview: &Preview| !matches!(preview.status, Status::Same | Status::MineNewer);
    let selected = move || {
        previews.with(|previews| {
            previews
                .iter()
                .filter(|one| brings(one) && !left_out.with(|out| out.contains(&one.id)))
                .count()
        })
    };
    let accept = move |_| {
        let chosen: Vec<Engagement> = all.with_value(|all| {
            all.iter()
                .filter(|one| !left_out.with(|out| out.contains(one.id())))
                .cloned()
                .collect()
        });
        match ui.store.merge_in(&chosen) {
            Ok(count) => {
                incoming.clear();
                ui.tell_step(ui.count(W::imported_n, count, &[]));
                let only = (chosen.len() == 1).then(|| Route::Engagement(chosen[0].id().clone()));
                page::go(&only.unwrap_or(Route::Portfolio).href());
            }
            Err(refusal) => incoming.error.set(Some(refusal_text(ui, &refusal))),
        }
    };
    let title = move || {
        if name.is_empty() {
            ui.word(W::what_the_text_brings)
        } else {
            ui.fill(W::what_file_brings, &[("file", name.clone())])
        }
    };
    view! {
        <section class="stack" id="preview" tabindex="-1" aria-labelledby="preview-title">
            <h2 id="preview-title" dir="auto">{title}</h2>
            <p class="meta">{ui.say(W::nothing_changed_yet)}</p>
            {move || previews.get().into_iter().map(|preview| {
                let theirs = all.with_value(|all| all.iter().find(|one| *one.id() == preview.id).cloned());
                theirs.map(|theirs| view! { <OnePreview preview=preview theirs=theirs left_out=left_out/> })
            }).collect_view()}
            <div class="act">
                <p>{move || ui.count(W::n_selected, selected(), &[])}</p>
                <button class="btn" type="button" on:click=move |_| incoming.clear()>{ui.say(W::cancel)}</button>
                <button class="btn primary" type="button" id="accept" disabled=move || selected() == 0 on:click=accept>{ui.say(W::import_it)}</button>
            </div>
        </section>
    }
}

fn status_word(status: Status) -> W {
    match status {
        Status::New => W::status_new,
        Status::Same => W::status_same,
        Status::Newer => W::status_newer,
        Status::MineNewer => W::status_mine_newer,
        Status::Both => W::status_both,
    }
}

#[component]
fn OnePreview(
    preview: Preview,
    theirs: Engagement,
    left_out: RwSignal<std::collections::BTreeSet<crate::playbook::EngagementId>>,
) -> impl IntoView {
    let ui = use_ui();
    let brings = !matches!(preview.status, Status::Same | Status::MineNewer);
    let id = preview.id.clone();
    let field = format!("take-{id}");
    let (is_out, set_out) = (id.clone(), id.clone());
    let toggle = move |event| {
        let take = event_target_checked(&event);
        left_out.update(|out| {
            if take {
                out.remove(&set_out)
            } else {
                out.insert(set_out.clone())
            };
        });
    };
    let name = customer_name(ui, &theirs);
    let by = theirs.last_change().map(|last| {
        let author = if last.author.is_empty() {
            ui.word(W::somebody)
        } else {
            last.author
        };
        ui.fill(W::last_change_by, &[("author", author), ("when", ui.instant(last.at))])
    });
    let counts = preview.counts;
    let chip = |icon: &'static str, group: &'static str, count: usize, word: W| {
        (count > 0).then(|| view! { <li data-group=group data-count=format!("{word:?}")><Icon name=icon/><b>{ui.number(count)}</b> {ui.count(word, count, &[])}</li> })
    };
    let of_kind = |kind: ChangeKind| {
        preview
            .changes
            .iter()
            .filter(|change| change.kind == kind)
            .cloned()
            .collect::<Vec<_>>()
    };
    let (conflicts, newer, new) = (
        of_kind(ChangeKind::Conflict),
        of_kind(ChangeKind::Newer),
        of_kind(ChangeKind::New),
    );
    let fold_new = preview.status == Status::New;
    view! {
        <article class="panel incoming" data-engagement=id.to_string() data-status=format!("{:?}", preview.status).to_lowercase()>
            <header>
                <p class="row">
                    <input class="check" type="checkbox" id=field.clone() disabled=!brings prop:checked=move || brings && !left_out.with(|out| out.contains(&is_out)) on:change=toggle/>
                    <label for=field><b dir="auto">{name}</b></label>
                    <span class="tag">{ui.word(status_word(preview.status))}</span>
                </p>
                <p>{by}</p>
            </header>
            <div class="body">
                <ul class="counts" role="list">
                    {chip("clash", "warning", counts.conflicting, W::count_conflicts)}
                    {chip("newer", "active", counts.newer, W::count_newer)}
                    {chip("plus", "closed", counts.new, W::count_new)}
                    {chip("unknown", "none", counts.unknown, W::count_unknown)}
                    {chip("same", "none", counts.same, W::count_same)}
                    {chip("shield", "none", counts.mine_newer, W::count_mine_newer)}
                </ul>
                <Changes title=W::conflicts hint=Some(W::both_kept) changes=conflicts folded=false/>
                <Changes title=W::theirs_newer hint=None changes=newer folded=false/>
                <Changes title=W::new_in_file hint=None changes=new folded=fold_new/>
            </div>
        </article>
    }
}

#[component]
fn Changes(title: W, hint: Option<W>, changes: Vec<FieldChange>, folded: bool) -> impl IntoView {
    let ui = use_ui();
    (!changes.is_empty()).then(|| {
        let rows = changes
            .into_iter()
            .map(|change| view! { <ChangeRow change=change/> })
            .collect_view();
        view! {
            <details class="changes" open=!folded>
                <summary><h3>{ui.word(title)}</h3><Icon name="down"/></summary>
                {hint.map(|hint| view! { <p class="meta">{ui.word(hint)}</p> })}
                <div class="scroll" tabindex="0" role="group" aria-label=ui.word(title)>
                    <table class="cmp grid" role="table">
                        <thead role="rowgroup"><tr role="row">
                            <th scope="col" role="columnheader">{ui.word(W::what)}</th>
                            <th scope="col" role="columnheader">{ui.word(W::mine)}</th>
                            <th scope="col" role="columnheader">{ui.word(W::theirs)}</th>
                            <th scope="col" role="columnheader">{ui.word(W::by)}</th>
                        </tr></thead>
                        <tbody role="rowgroup">{rows}</tbody>
                    </table>
                </div>
            </details>
        }
    })
}

fn side(ui: Ui, path: &[String], value: Option<&serde_json::Value>) -> String {
    value_text::value(ui, path, value)
}

#[component]
fn ChangeRow(change: FieldChange) -> impl IntoView {
    let ui = use_ui();
    let by = [
        change.by.clone(),
        change.at.map(|at| ui.instant(at)).unwrap_or_default(),
    ];
    let by = by
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    let theirs = if change.removed {
        ui.word(W::removed_note)
    } else {
        side(ui, &change.path, change.theirs.as_ref())
    };
    view! {
        <tr role="row" data-change=change.path.join(".")>
            <th scope="row" role="rowheader">{value_text::place(ui, &change.path)}</th>
            <td role="cell" class="was" data-l=ui.word(W::mine) dir="auto">{side(ui, &change.path, change.mine.as_ref())}</td>
            <td role="cell" data-l=ui.word(W::theirs) dir="auto">{theirs}</td>
            <td role="cell" class="meta">{by}</td>
        </tr>
    }
}
