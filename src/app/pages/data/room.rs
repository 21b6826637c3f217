//! How much room there is: per kind of key, and how much of their share the engagements use.

use crate::{
    app::{ui::use_ui, words::W},
    workspace::{ENGAGEMENTS, Kind, LIMIT},
};
use leptos::prelude::*;

/// How much room is used, by kind.
#[component]
pub fn Room() -> impl IntoView {
    let ui = use_ui();
    let kind = |kind: Kind| match kind {
        Kind::Engagements => W::kind_engagements,
        Kind::Journals => W::kind_journals,
        Kind::Trash => W::kind_trash,
        Kind::Quarantine => W::kind_quarantine,
        Kind::Drafts => W::kind_drafts,
        Kind::Other => W::kind_other,
    };
    let rows = move || {
        ui.store.saved_at.track();
        let used = ui.store.room().used;
        let total: usize = used.values().sum();
        let rows = used
            .into_iter()
            .map(|(one, units)| {
                view! {
                    <tr><th scope="row">{ui.word(kind(one))}</th><td class="num">{ui.number(units)}</td></tr>
                }
            })
            .collect_view();
        let share = ui.speech().locale.percent(total as f64 * 100.0 / LIMIT as f64);
        view! {
            {rows}
            <tr class="sum"><th scope="row">{ui.word(W::together)}</th><td class="num">{ui.fill(W::n_of_limit, &[("n", ui.number(total)), ("limit", ui.number(LIMIT)), ("share", share)])}</td></tr>
        }
    };
    let share = move || {
        ui.store.saved_at.track();
        ui.store.room().of(Kind::Engagements) as f64 / ENGAGEMENTS as f64
    };
    let warning = move || match share() {
        share if share >= 0.95 => ui.word(W::room_is_used_up),
        share if share >= 0.8 => ui.word(W::room_runs_out),
        _ => String::new(),
    };
    view! {
        <section class="panel">
            <header><h2>{ui.say(W::room)}</h2><p>{ui.say(W::room_unit)}</p></header>
            <div class="body">
                <p class="row">
                    <label for="room-engagements">{ui.say(W::room_for_engagements)}</label>
                    <meter id="room-engagements" min="0" max="1" high="0.8" value=move || share().to_string()>{move || ui.speech().locale.percent(share() * 100.0)}</meter>
                    <span class="num">{move || ui.speech().locale.percent(share() * 100.0)}</span>
                </p>
                <p class="hint-line" role="status">{warning}</p>
            <table class="plain-table"><caption class="sr">{ui.say(W::room)}</caption><tbody>{rows}</tbody></table>
            </div>
        </section>
    }
}
