//! The two ways between a step and the page where goes what it asks to be written down.

use super::icon::Icon;
use crate::{
    app::{
        route::{Route, Spot},
        ui::use_ui,
        words::W,
    },
    playbook::{EngagementId, Place, Recorded},
};
use leptos::prelude::*;

fn word(what: Recorded) -> W {
    match what {
        Recorded::Picture => W::customer_picture,
        Recorded::Dibs => W::dibs,
        Recorded::Ssat => W::ssat,
        Recorded::Plan => W::success_plan,
        Recorded::Rhythm => W::agreed_rhythm,
        Recorded::Status => W::entitlement_status,
        Recorded::Usage => W::active_users,
        Recorded::Completion => W::completion,
    }
}

fn page(what: Recorded, engagement: EngagementId) -> Route {
    match what {
        Recorded::Picture | Recorded::Plan | Recorded::Rhythm => Route::Plan(engagement),
        Recorded::Dibs | Recorded::Ssat | Recorded::Status | Recorded::Usage => Route::Services(engagement),
        Recorded::Completion => Route::Completion(engagement),
    }
}

/// What a step asks to be written down, each leading to its page; nothing where it asks for nothing.
#[component]
pub fn RecordHere(
    /// The engagement.
    engagement: EngagementId,
    /// The step.
    place: Place,
) -> impl IntoView {
    let ui = use_ui();
    let asked = Recorded::at(&place);
    let links = asked
        .iter()
        .enumerate()
        .map(|(at, what)| {
            let href = page(*what, engagement.clone()).href();
            view! { {(at > 0).then_some(" · ")} <a href=href>{ui.say(word(*what))}</a> }
        })
        .collect_view();
    (!asked.is_empty()).then(
        || view! { <p class="records"><Icon name="edit"/> " " <span>{ui.say(W::record_here)} " " {links}</span></p> },
    )
}

/// The steps that ask for something, each with its process, leading there.
#[component]
pub fn AskedAt(
    /// The engagement.
    engagement: EngagementId,
    /// What is asked for.
    what: Recorded,
) -> impl IntoView {
    let ui = use_ui();
    let links = what
        .places()
        .enumerate()
        .map(|(at, place)| {
            let href = Route::Work(
                engagement.clone(),
                place.process.clone(),
                Some(Spot::Step(place.step.clone())),
            )
            .href();
            let process = place.process.clone();
            let of = Signal::derive(move || ui.name(|names| names.process(&process).to_owned()));
            view! { {(at > 0).then_some(" · ")} <a href=href title=of>{move || ui.step(&place)}<span class="sr">" (" {of} ")"</span></a> }
        })
        .collect_view();
    view! { <p>{ui.say(W::asked_at)} " " {links}</p> }
}
