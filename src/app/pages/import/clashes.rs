//! The conflicts that an import would bring, side by side, with a choice for each: mine, theirs, or later.

use super::choices::Choices;
use crate::{
    app::{components::icon::Icon, pages::conflicts::by_whom, ui::use_ui, value_text, words::W},
    exchange::{Clash, Side, Standpoint},
    playbook::EngagementId,
};
use leptos::prelude::*;

/// All of them.
#[component]
pub fn Clashes(id: EngagementId, clashes: Vec<Clash>, choices: Choices) -> impl IntoView {
    let ui = use_ui();
    (!clashes.is_empty()).then(|| {
        let all = clashes.into_iter().enumerate();
        let all = all
            .map(|(number, clash)| view! { <OneClash id=id.clone() number=number clash=clash choices=choices/> })
            .collect_view();
        view! {
            <section class="clashes">
                <h3><Icon name="clash"/>{ui.say(W::conflicts)}</h3>
                <p class="meta">{ui.say(W::both_kept)} " " {ui.say(W::choose_now_or_later)}</p>
                {all}
            </section>
        }
    })
}

#[component]
fn OneClash(id: EngagementId, number: usize, clash: Clash, choices: Choices) -> impl IntoView {
    let ui = use_ui();
    let name = format!("clash-{id}-{number}");
    let path = clash.conflict.path.clone();
    let of = StoredValue::new((id, path.clone()));
    let place = value_text::place(ui, &path);
    let entry = clash
        .conflict
        .entry
        .as_ref()
        .filter(|_| clash.conflict.note().is_none());
    let entry = entry.map(|entry| value_text::value(ui, &path[..2], Some(entry)));
    let entry = entry.map(|text| view! { <p class="meta" dir="auto">{text}</p> });
    let picked = move || of.with_value(|(id, path)| choices.picked(id, path));
    let pick = move |value: Option<serde_json::Value>| of.with_value(|(id, path)| choices.pick(id, path, value));
    let side = |(place, side): (usize, Side)| {
        let word = match side.of {
            Standpoint::Mine => W::mine,
            Standpoint::Theirs => W::theirs,
        };
        let words = value_text::value(ui, &path, Some(&side.claim.value));
        let by = by_whom(ui, &side.claim);
        let (value, same) = (side.claim.value.clone(), side.claim.value);
        view! {
            <label data-side=format!("{:?}", side.of).to_lowercase() data-place=place.to_string()>
                <input type="radio" name=name.clone() prop:checked=move || picked().as_ref() == Some(&same) on:change=move |_| pick(Some(value.clone()))/>
                <b>{ui.say(word)}</b>
                <span class="v" dir="auto">{words}</span>
                <small class="v" dir="auto">{by}</small>
            </label>
        }
    };
    let sides = clash.sides.iter().cloned().enumerate().map(side).collect_view();
    view! {
        <fieldset class="clash" data-clash=path.join(".")>
            <legend dir="auto">{place}</legend>
            {entry}
            <div class="sides">
                {sides}
                <label data-side="later">
                    <input type="radio" name=name.clone() prop:checked=move || picked().is_none() on:change=move |_| pick(None)/>
                    <b>{ui.say(W::later)}</b>
                </label>
            </div>
        </fieldset>
    }
}
