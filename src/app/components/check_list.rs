//! Key inputs, key outcomes, quality inputs and outputs: ticked for a customer, with evidence; plain points without one.

use super::{
    blocks::Blocks,
    condition::{Ask, answer_in, why_text},
    field::TextField,
    prose::Prose,
};
use crate::{
    app::{filling::isolated, ui::use_ui, words::W},
    engagement::Change,
    playbook::{Block, EngagementId, ProcessId, Words},
    rules::Answer,
};
use leptos::prelude::*;
use std::sync::Arc;

/// A list to tick, nested as in the playbook.
#[component]
pub fn CheckList(
    process: ProcessId,
    engagement: Option<EngagementId>,
    blocks: Vec<Block>,
    words: Arc<Words>,
) -> AnyView {
    let Some(id) = engagement else {
        return view! { <Blocks process=process engagement=None blocks=blocks words=words/> }.into_any();
    };
    let items = blocks
        .into_iter()
        .map(|block| view! { <CheckItem process=process.clone() engagement=id.clone() block=block words=words.clone()/> })
        .collect_view();
    view! { <ul class="checks" role="list">{items}</ul> }.into_any()
}

#[component]
fn CheckItem(process: ProcessId, engagement: EngagementId, block: Block, words: Arc<Words>) -> AnyView {
    let ui = use_ui();
    let text = words.get(block.id.as_str()).cloned().unwrap_or_default();
    let (id, when) = (Some(engagement.clone()), block.when.clone());
    let answer = Memo::new(move |_| answer_in(ui, id.as_ref(), when.as_ref()));
    let draw = move || {
        let (process, engagement, words) = (process.clone(), engagement.clone(), words.clone());
        match answer.get() {
            Answer::Holds => {
                let inner = (!block.blocks.is_empty()).then(|| {
                    view! { <CheckList process=process.clone() engagement=Some(engagement.clone()) blocks=block.blocks.clone() words=words/> }
                });
                view! {
                    <Tick process=process.clone() engagement=engagement.clone() block=block.id.clone() text=text.clone()/>
                    {inner}
                }
                .into_any()
            }
            Answer::DoesNot(why) if ui.all_branches.get() => view! {
                <p class="fold"><Prose process=process text=text.clone()/> " " <span class="meta">{why_text(ui, &why)}</span></p>
            }
            .into_any(),
            Answer::DoesNot(why) => view! {
                <details class="fold">
                    <summary><span class="meta">{why_text(ui, &why)}</span></summary>
                    <p><Prose process=process text=text.clone()/></p>
                </details>
            }
            .into_any(),
            Answer::Ask(question) => view! {
                <div class="fold"><span class="off"><Prose process=process text=text.clone()/></span><Ask engagement=engagement question=question/></div>
            }
            .into_any(),
        }
    };
    view! { <li>{draw}</li> }.into_any()
}

#[component]
fn Tick(process: ProcessId, engagement: EngagementId, block: crate::playbook::BlockId, text: String) -> impl IntoView {
    let ui = use_ui();
    let state = {
        let (id, process, block) = (engagement.clone(), process.clone(), block.clone());
        Memo::new(move |_| {
            ui.store.with(&id, |one| {
                let Some(one) = one else {
                    return (false, String::new(), None);
                };
                let done = one.checked(&process, &block);
                let by = done.then(|| one.checked_by(&process, &block)).flatten();
                (done, one.evidence(&process, &block).to_owned(), by)
            })
        })
    };
    let by_line = move || {
        let (_, evidence, by) = state.get();
        let evidence = isolated(&evidence).into_owned();
        let who = by.map(|by| {
            [
                ui.day(crate::browser::clock::local_day(by.at)),
                isolated(&by.author).into_owned(),
            ]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
        });
        match (who, evidence.is_empty()) {
            (Some(who), true) => who,
            (Some(who), false) => format!("{who} · {evidence}"),
            (None, false) => evidence,
            (None, true) => ui.word(W::evidence),
        }
    };
    let id = format!("check-{process}-{block}");
    let toggle = {
        let (engagement, process, block) = (engagement.clone(), process.clone(), block.clone());
        move |event| {
            ui.store.dispatch(
                &engagement,
                Change::SetCheck(process.clone(), block.clone(), event_target_checked(&event)),
            );
            crate::browser::page::show_ticked(&event, state.get_untracked().0, false);
        }
    };
    let save = {
        let (process, block) = (process.clone(), block.clone());
        move |text: String| {
            ui.store.dispatch(
                &engagement,
                Change::SetEvidence(process.clone(), block.clone(), text.trim().to_owned()),
            );
            Ok(())
        }
    };
    let save = Callback::new(save);
    let field = format!("evidence-{process}-{block}");
    let anchor = format!("block-{block}");
    let open = RwSignal::new(false);
    view! {
        <input class="check" type="checkbox" id=id.clone() data-check=block.to_string() prop:checked=move || state.get().0 on:change=toggle/>
        <label for=id id=anchor><Prose process=process text=text key=block.to_string()/></label>
        <details class="ev" on:toggle=move |_| open.set(true)>
            <summary class="meta">{by_line}</summary>
            {move || open.get().then(|| view! {
                <TextField id=field.clone() label=Signal::derive(ui.say(W::evidence)) value=Signal::derive(move || state.get().1) save=save/>
            })}
        </details>
    }
}
