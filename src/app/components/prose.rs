//! A text of the playbook with its placeholders: numbers as the language writes them, tasks, links and steps as links.
//! Text nodes and links only; no markup ever comes from a text.

use super::icon::Icon;
use crate::{
    app::ui::{Ui, use_ui},
    playbook::{
        Guidance, ProcessId, Resource,
        words::{Piece, pieces},
    },
};
use leptos::prelude::*;

/// Draws a text of a process.
#[component]
pub fn Prose(
    /// The process whose links the text may name.
    process: ProcessId,
    /// The text.
    text: String,
) -> impl IntoView {
    let ui = use_ui();
    move || {
        let guidance = ui.guidance(&process);
        match pieces(&text) {
            Ok(pieces) => pieces
                .iter()
                .map(|piece| draw(ui, guidance.as_deref(), &process, piece))
                .collect::<Vec<AnyView>>(),
            Err(_) => vec![text.clone().into_any()],
        }
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
