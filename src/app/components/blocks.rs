//! The blocks of guidance as a list; conditional parts folded as `condition` says.

use super::{
    condition::{Ask, answer_in, why_text},
    prose::Prose,
};
use crate::{
    app::{ui::use_ui, words::W},
    playbook::{Block, EngagementId, Link, ProcessId, Words},
    rules::Answer,
};
use leptos::prelude::*;
use std::sync::Arc;

/// A list of blocks.
#[component]
pub fn Blocks(
    /// The process they belong to.
    process: ProcessId,
    /// The engagement for which it is decided what holds.
    engagement: Option<EngagementId>,
    /// The blocks.
    blocks: Vec<Block>,
    /// The words of the process.
    words: Arc<Words>,
) -> AnyView {
    let items = blocks
        .into_iter()
        .map(|block| view! { <BlockItem process=process.clone() engagement=engagement.clone() block=block words=words.clone()/> })
        .collect_view();
    view! { <ul class="b" role="list">{items}</ul> }.into_any()
}

#[component]
fn BlockItem(process: ProcessId, engagement: Option<EngagementId>, block: Block, words: Arc<Words>) -> AnyView {
    let ui = use_ui();
    let text = words.get(block.id.as_str()).cloned().unwrap_or_default();
    let (id, when) = (engagement.clone(), block.when.clone());
    let answer = Memo::new(move |_| answer_in(ui, id.as_ref(), when.as_ref()));
    let key = block.id.to_string();
    let conditional = block.when.is_some();
    let leaf = block.blocks.is_empty();
    let link = block.link.clone();
    let draw = {
        let (process, engagement) = (process.clone(), engagement.clone());
        move || {
            let inner = (!block.blocks.is_empty()).then(|| {
                view! {
                    <Blocks process=process.clone() engagement=engagement.clone() blocks=block.blocks.clone() words=words.clone()/>
                }
            });
            view! { {link.as_ref().map(|link| view! { <BlockLink link=link.clone()/> })} {inner} }.into_any()
        }
    };
    view! {
        <li class:cond=conditional>
            {move || match (answer.get(), engagement.clone()) {
                (Answer::Holds, _) | (_, None) => {
                    view! { <Prose process=process.clone() text=text.clone() key=key.clone()/> {draw()} }.into_any()
                }
                (Answer::DoesNot(why), Some(_)) if ui.all_branches.get() => {
                    view! {
                        <Prose process=process.clone() text=text.clone()/>
                        " "
                        <span class="meta">{why_text(ui, &why)}</span>
                        {draw()}
                    }
                    .into_any()
                }
                (Answer::DoesNot(why), Some(_)) if leaf => {
                    view! {
                        <details>
                            <summary><span class="meta">{why_text(ui, &why)}</span></summary>
                            <p><Prose process=process.clone() text=text.clone()/> {draw()}</p>
                        </details>
                    }
                    .into_any()
                }
                (Answer::DoesNot(why), Some(_)) => {
                    view! {
                        <details>
                            <summary>
                                <b><Prose process=process.clone() text=text.clone()/></b>
                                <span class="meta">{why_text(ui, &why)}</span>
                            </summary>
                            {draw()}
                        </details>
                    }
                    .into_any()
                }
                (Answer::Ask(question), Some(id)) if leaf => {
                    view! {
                        <span class="off"><Prose process=process.clone() text=text.clone()/> {draw()}</span>
                        <Ask engagement=id question=question/>
                    }
                    .into_any()
                }
                (Answer::Ask(question), Some(id)) => {
                    view! {
                        <details>
                            <summary>
                                <b><Prose process=process.clone() text=text.clone()/></b>
                                <span class="meta">{ui.word(W::not_known_yet)}</span>
                            </summary>
                            {draw()}
                        </details>
                        <Ask engagement=id question=question/>
                    }
                    .into_any()
                }
            }}
        </li>
    }
    .into_any()
}

/// Where a block leads, when its words do not say so themselves.
#[component]
fn BlockLink(link: Link) -> impl IntoView {
    let ui = use_ui();
    let (href, text) = match &link {
        Link::Task(task) => (ui.task_href(task), task.to_string()),
        Link::Process(process) => (
            ui.href_at(process, None),
            ui.name(|names| names.process(process).to_owned()),
        ),
        Link::Reference(page) => (
            crate::app::route::Route::Reference(page.clone(), None).href(),
            ui.name(|names| names.reference(page).to_owned()),
        ),
        Link::Step(place) => {
            let spot = crate::app::route::Spot::Step(place.step.clone());
            (ui.href_at(&place.process, Some(spot)), ui.step(place))
        }
    };
    view! { " " <a class="leads" href=href>{text}</a> }
}
