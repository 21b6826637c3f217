//! A reference page of the playbook: entitlement status, notes, value discussions, phases, tracks.

use super::{
    frame::{Crumbs, Head, Plain},
    process::{CopyLink, PrintButton},
};
use crate::{
    app::{
        components::{
            blocks::Blocks,
            prose::{Prose, Resources},
            term::{TermPop, Terms},
            toc::Contents,
            turn::turns,
        },
        route::{Route, Spot},
        ui::use_ui,
        words::W,
    },
    playbook::{Guidance, ProcessId, Section, StepId, Words},
};
use leptos::prelude::*;
use std::sync::Arc;

/// One reference page.
#[component]
pub fn Reference(page: ProcessId) -> impl IntoView {
    let ui = use_ui();
    if !ui.structure().references.contains(&page) {
        return view! { <super::not_found::NotFound/> }.into_any();
    }
    Terms::provide(ui, &page);
    let id = StoredValue::new(page.clone());
    let crumbs = move || -> Crumbs { vec![(ui.word(W::playbook), Some(Route::Playbook.href()))] };
    let title = move || id.with_value(|id| ui.name(|names| names.reference(id).to_owned()));
    let body = move || {
        let id = id.get_value();
        let (guidance, words) = (ui.guidance(&id)?, ui.words(&id)?);
        Some(view! { <Body guidance=guidance words=words/> })
    };
    view! {
        <Plain>
            <div class="stack" data-reference=page.to_string()>
                <Head crumbs=Signal::derive(crumbs) title=Signal::derive(title)>
                    <div class="row"><PrintButton/><CopyLink/></div>
                </Head>
                {body}
            </div>
            <TermPop/>
        </Plain>
    }
    .into_any()
}

/// The address of a part.
fn spot(section: &Section) -> Option<Spot> {
    StepId::parse(section.id.as_str()).map(Spot::Step)
}

#[component]
fn Body(guidance: Arc<Guidance>, words: Arc<Words>) -> impl IntoView {
    let ui = use_ui();
    let page = guidance.process.clone();
    let word = {
        let words = words.clone();
        move |key: &str| words.get(key).cloned().unwrap_or_default()
    };
    let lines = guidance
        .sections
        .iter()
        .filter_map(|section| {
            let text = word(section.id.as_str());
            Some((spot(section)?, Signal::stored(text)))
        })
        .collect();
    let href = {
        let page = page.clone();
        move |spot: Spot| Route::Reference(page.clone(), Some(spot)).href()
    };
    let turn = turns(ui, guidance.sections.len());
    let sections = guidance.sections.iter().enumerate().map(|(index, section)| {
        let drawn = Memo::new(move |_| turn.get() > index);
        let anchor = spot(section).map(|spot| spot.anchor());
        let (page, words, blocks, resources) = (page.clone(), words.clone(), section.blocks.clone(), section.resources.clone());
        let inside = move || drawn.get().then(|| {
            let resources = resources.clone();
            view! {
                <Blocks process=page.clone() engagement=None blocks=blocks.clone() words=words.clone()/>
                {(!resources.is_empty()).then(|| view! { <ul class="res" role="list"><Resources process=page.clone() resources=resources/></ul> })}
            }
        });
        view! {
            <section class="panel" id=anchor tabindex="-1" data-section=section.id.to_string()>
                <header><h2>{word(section.id.as_str())}</h2></header>
                <div class="body guide">{inside}</div>
            </section>
        }
    }).collect_view();
    view! {
        <p class="lead-text"><Prose process=page.clone() text=word("summary") key="summary"/></p>
        <Contents href=href lines=lines open=crate::browser::page::is_wide()/>
        {sections}
    }
}
