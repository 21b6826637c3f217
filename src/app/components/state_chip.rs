//! The state of a task as a native select in a frame: shape, word and colour. Its width is fixed, so that nothing moves.

use super::icon::{Icon, of_state};
use crate::{
    app::{ui::use_ui, words::W},
    browser::page,
    playbook::TaskState,
};
use leptos::prelude::*;

/// Chooses a state. `None` shows that the services differ.
#[component]
pub fn StateChip(
    /// What it is the state of, for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// The state.
    #[prop(into)]
    state: Signal<Option<TaskState>>,
    /// Takes the choice.
    #[prop(into)]
    choose: Callback<TaskState>,
) -> impl IntoView {
    let ui = use_ui();
    let look = move || state.get().map_or(("active", "active"), of_state);
    let value = move || state.get().map_or("", TaskState::as_str);
    let name = move || match state.get() {
        Some(state) => ui.name(|names| names.state(state).to_owned()),
        None => ui.word(W::services_differ),
    };
    view! {
        <span class="chip" data-group=move || look().0>
            <Icon name=Signal::derive(move || look().1)/>
            <select
                aria-label=move || label.get()
                title=name
                prop:value=value
                on:change=move |event| {
                    if let Some(chosen) = TaskState::parse(&event_target_value(&event)) {
                        choose.run(chosen);
                    }
                    page::show_value(&event, state.get_untracked().map_or("", TaskState::as_str));
                }
            >
                {move || state.get().is_none().then(|| view! { <option value="" selected disabled>{ui.say(W::services_differ)}</option> })}
                {TaskState::ALL
                    .map(|one| {
                        view! {
                            <option value=one.as_str() selected=move || state.get() == Some(one)>
                                {move || ui.name(|names| names.state(one).to_owned())}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
            <Icon name="down"/>
        </span>
    }
}
