//! A text of the playbook with its placeholders: numbers as the language writes them, tasks, links and steps as links.
//! Text nodes and links only; no markup ever comes from a text.

use super::{
    icon::Icon,
    term::{TermLink, Terms},
};
use crate::{
    app::{
        route::Route,
        ui::{Ui, use_ui},
    },
    playbook::{
        Glossary, Guidance, ProcessId, Resource,
        glossary::Part,
        words::{Piece, pieces},
    },
};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Draws a text of a process.
#[component]
pub fn Prose(
    /// The process whose links the text may name.
    process: ProcessId,
    /// The text.
    text: String,
    /// Its key, where terms of the glossary are linked.
    #[prop(into, optional)]
    key: String,
) -> impl IntoView {
    let ui = use_ui();
    let terms = use_context::<Terms>().filter(|_| !key.is_empty());
    move || {
        let guidance = ui.guidance(&process);
        let mut wanted = terms.map(|terms| terms.of(&key)).unwrap_or_default();
        let glossary = (!wanted.is_empty()).then(|| ui.glossary()).flatten();
        let mut drawn = Vec::new();
        match pieces(&text) {
            Ok(pieces) => pieces.iter().for_each(|piece| match (piece, &glossary) {
                (Piece::Text(text), Some(glossary)) => with_terms(glossary, text, &mut wanted, &mut drawn),
                _ => drawn.push(draw(ui, guidance.as_deref(), &process, piece)),
            }),
            Err(_) => drawn.push(text.clone().into_any()),
        }
        drawn
    }
}

/// A plain text with the terms that stand here first.
fn with_terms(glossary: &Glossary, text: &str, wanted: &mut BTreeSet<String>, drawn: &mut Vec<AnyView>) {
    for part in glossary.parts(text) {
        drawn.push(match part {
            Part::Term(text, id) if wanted.remove(id) => {
                view! { <TermLink term=id.to_owned() text=text.to_owned()/> }.into_any()
            }
            Part::Plain(text) | Part::Term(text, _) => text.to_owned().into_any(),
        });
    }
}

fn draw(ui: Ui, guidance: Option<&Guidance>, process: &ProcessId, piece: &Piece<'_>) -> AnyView {
    let speech = ui.speech();
    let number = |text: String| view! { <b class="nowrap">{text}</b> }.into_any();
    match piece {
        Piece::Text(text) => (*text).to_owned().into_any(),
        Piece::Number(n) => number(speech.locale.number(f64::from(*n))),
        Piece::Percent(percent) => number(speech.locale.percent(f64::from(*percent))),
        Piece::MonthDay(month, day) => number(speech.locale.month_day(*month, *day)),
        Piece::Task(task) => {
            let name = speech.names.task(task, None).to_owned();
            view! { <a class="nowrap" href=ui.task_href(task) title=name>{task.to_string()}</a> }.into_any()
        }
        Piece::Process(other) => {
            view! { <a href=ui.href_at(other, None)>{speech.names.process(other).to_owned()}</a> }.into_any()
        }
        Piece::Step(place) => {
            let spot = crate::app::route::Spot::Step(place.step.clone());
            view! { <a href=ui.href_at(&place.process, Some(spot))>{speech.names.step(place)}</a> }.into_any()
        }
        Piece::Reference(page) => {
            let href = Route::Reference(page.clone(), None).href();
            view! { <a href=href>{speech.names.reference(page).to_owned()}</a> }.into_any()
        }
        Piece::Resource(id) => {
            let label = ui
                .words(process)
                .and_then(|words| words.get(id.as_str()).cloned())
                .unwrap_or_else(|| id.to_string());
            match guidance.and_then(|guidance| guidance.resources().find(|resource| resource.id == *id)) {
                Some(resource) => view! { <ResourceLink url=resource.url.clone() label=label/> }.into_any(),
                None => label.into_any(),
            }
        }
    }
}

/// A published link; it opens beside the app and tells the other side nothing.
#[component]
pub fn ResourceLink(url: String, label: String) -> impl IntoView {
    view! { <a href=url target="_blank" rel="noopener noreferrer">{label}<Icon name="ext"/></a> }
}

/// The published links of a step.
#[component]
pub fn Resources(process: ProcessId, resources: Vec<Resource>) -> impl IntoView {
    let ui = use_ui();
    let words = ui.words(&process).unwrap_or_default();
    let text = move |id: &str| words.get(id).cloned().unwrap_or_default();
    resources
        .into_iter()
        .map(|resource| {
            let label = text(resource.id.as_str());
            let about = resource.about.then(|| text(&format!("{}.about", resource.id)));
            let process = process.clone();
            view! {
                <li>
                    <ResourceLink url=resource.url label=label/>
                    {about.map(|about| view! { <small class="about"><Prose process=process text=about/></small> })}
                    {resource.sign_in.then(|| view! { <small class="about">{ui.word(crate::app::words::W::needs_sign_in)}</small> })}
                </li>
            }
        })
        .collect_view()
}
