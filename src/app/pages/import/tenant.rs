//! The same tenant under another id: a warning, and the choice to combine it with what is here.

use super::{choices::Choices, one::mine_and_theirs};
use crate::{
    app::{
        components::icon::Icon, filling::isolated, pages::frame::customer_name, route::Route, ui::use_ui, value_text,
        words::W,
    },
    engagement::Engagement,
    exchange::{self, Combined, Difference},
    playbook::EngagementId,
};
use leptos::prelude::*;

/// The warning with the choice, for an engagement that is new here; nothing where nobody has its tenant.
#[component]
pub fn SameTenant(theirs: Engagement, choices: Choices) -> impl IntoView {
    let ui = use_ui();
    let (tenant, id) = (theirs.tenant().trim().to_owned(), theirs.id().clone());
    let of = StoredValue::new(theirs);
    let twins = Memo::new(move |_| {
        ui.store.read(|workspace| {
            let real = workspace.engagements().filter(|one| !exchange::is_sample(one.id()));
            of.with_value(|theirs| exchange::of_same_tenant(theirs, real))
        })
    });
    let id = StoredValue::new(id);
    let name = format!("tenant-{}", id.get_value());
    let name = StoredValue::new(name);
    let into = move || id.with_value(|id| choices.combined(id));
    let choose = move |mine: Option<EngagementId>| id.with_value(|id| choices.combine(id, mine));
    let option = move |mine: EngagementId| {
        let called = {
            let mine = mine.clone();
            move || {
                ui.store
                    .with(&mine, |one| one.map(|one| customer_name(ui, one)).unwrap_or_default())
            }
        };
        let href = Route::Engagement(mine.clone()).href();
        let (chosen, choice, shown) = (mine.clone(), mine.clone(), mine.clone());
        let words = {
            let called = called.clone();
            move || ui.fill(W::combine_with, &[("name", called())])
        };
        view! {
            <label data-combine=mine.to_string()>
                <input type="radio" name=name.get_value() prop:checked=move || into().as_ref() == Some(&chosen) on:change=move |_| choose(Some(choice.clone()))/>
                <b dir="auto">{words}</b>
                <span class="v">{ui.say(W::combine_explained)}</span>
            </label>
            <p><a href=href dir="auto">{called}</a></p>
            {move || (into().as_ref() == Some(&shown)).then(|| {
                let mine = shown.clone();
                view! { <Brings mine=mine theirs=of/> }
            })}
        }
    };
    let warned = tenant.clone();
    view! {
        <Show when=move || !twins.with(Vec::is_empty)>
            <fieldset class="clash twin" data-twin>
                <legend>
                    <Icon name="warning"/>
                    {
                        let tenant = warned.clone();
                        move || ui.fill(W::same_tenant, &[("tenant", tenant.clone())])
                    }
                </legend>
                <div class="stack">
                    <label data-combine="none">
                        <input type="radio" name=name.get_value() prop:checked=move || into().is_none() on:change=move |_| choose(None)/>
                        <b>{ui.say(W::take_as_its_own)}</b>
                    </label>
                    <For each=move || twins.get() key=Clone::clone children=option/>
                </div>
            </fieldset>
        </Show>
    }
}

/// What combining copies, and what it leaves out.
#[component]
fn Brings(mine: EngagementId, theirs: StoredValue<Engagement>) -> impl IntoView {
    let ui = use_ui();
    let done = Memo::new(move |_| {
        ui.store.with(&mine, |one| {
            one.map(|one| theirs.with_value(|theirs| exchange::combine(one, theirs)))
                .unwrap_or_default()
        })
    });
    let row = move |one: Difference| {
        let by = [isolated(&one.by).into_owned(), ui.instant(one.at)];
        let by: Vec<String> = by.into_iter().filter(|part| !part.is_empty()).collect();
        view! {
            <tr role="row" data-differs=one.path.join(".")>
                <th scope="row" role="rowheader">{value_text::place(ui, &one.path)}</th>
                <td role="cell" data-l=ui.word(W::mine) dir="auto">{value_text::value(ui, &one.path, Some(&one.mine))}</td>
                <td role="cell" class="was" data-l=ui.word(W::theirs) dir="auto">{value_text::value(ui, &one.path, Some(&one.theirs))}</td>
                <td role="cell" class="meta">{ui.row(&by)}</td>
            </tr>
        }
    };
    let table = move |done: Combined| {
        let rows = done.differing.into_iter().map(row).collect_view();
        view! {
            <div class="scroll" tabindex="0" role="group" aria-label=ui.word(W::yours_stays)>
                <table class="cmp grid" role="table">
                    <caption>{ui.say(W::yours_stays)}</caption>
                    {mine_and_theirs(ui)}
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
            </div>
        }
    };
    view! {
        <p role="status" data-copies=move || done.with(|done| done.puts.len()).to_string()>{move || ui.count(W::n_values_copied, done.with(|done| done.puts.len()), &[])}</p>
        {move || done.with(|done| !done.differing.is_empty()).then(|| table(done.get()))}
    }
}
