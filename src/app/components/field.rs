//! Labelled native fields that save when they are left, and say beside themselves what is wrong.

use crate::browser::page;
use leptos::prelude::*;

/// A line of text.
#[component]
pub fn TextField(
    /// Its id in the page.
    #[prop(into)]
    id: String,
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// Takes what was written when the field is left; an error stays beside it.
    #[prop(into)]
    save: Callback<String, Result<(), String>>,
    /// The kind of input.
    #[prop(default = "text")]
    kind: &'static str,
    /// A help text below.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// For wide fields.
    #[prop(default = "field")]
    class: &'static str,
) -> impl IntoView {
    let error = RwSignal::new(String::new());
    let (help, fault) = (format!("{id}-hint"), format!("{id}-error"));
    let described = {
        let (help, fault) = (help.clone(), fault.clone());
        move || match (hint.get().is_some(), error.with(String::is_empty)) {
            (_, false) => Some(fault.clone()),
            (true, true) => Some(help.clone()),
            (false, true) => None,
        }
    };
    let number = kind == "number";
    view! {
        <div class=class>
            <label for=id.clone()>{move || label.get()}</label>
            <input
                class="input"
                id=id.clone()
                type=if number { "text" } else { kind }
                inputmode=number.then_some("numeric")
                autocomplete="off"
                prop:value=move || value.get()
                aria-invalid=move || (!error.with(String::is_empty)).then_some("true")
                aria-describedby=described
                on:change=move |event| match save.run(event_target_value(&event)) {
                    Ok(()) => {
                        error.set(String::new());
                        page::show_value(&event, &value.get_untracked());
                    }
                    Err(text) => error.set(text),
                }
            />
            <Show when=move || hint.get().is_some()>
                <small id=help.clone()>{move || hint.get()}</small>
            </Show>
            <span class="error" id=fault role="alert">{move || error.get()}</span>
        </div>
    }
}

/// Several lines of text.
#[component]
pub fn AreaField(
    /// Its id in the page.
    #[prop(into)]
    id: String,
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// Takes what was written when the field is left.
    #[prop(into)]
    save: Callback<String>,
) -> impl IntoView {
    view! {
        <div class="field wide">
            <label for=id.clone()>{move || label.get()}</label>
            <textarea class="input" id=id.clone() rows="2" prop:value=move || value.get() on:change=move |event| { save.run(event_target_value(&event)); page::show_value(&event, &value.get_untracked()); }></textarea>
        </div>
    }
}

/// A choice of one; the first option is "not known".
#[component]
pub fn SelectField(
    /// Its id in the page.
    #[prop(into)]
    id: String,
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// The chosen value; empty for none.
    #[prop(into)]
    value: Signal<String>,
    /// Values with their names.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// Takes the choice.
    #[prop(into)]
    save: Callback<String>,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id.clone()>{move || label.get()}</label>
            <select class="input" id=id.clone() prop:value=move || { options.track(); value.get() } on:change=move |event| { save.run(event_target_value(&event)); page::show_value(&event, &value.get_untracked()); }>
                {move || {
                    let chosen = value.get_untracked();
                    options
                        .get()
                        .into_iter()
                        .map(|(id, name)| view! { <option value=id.clone() selected=id == chosen>{name}</option> })
                        .collect_view()
                }}
            </select>
        </div>
    }
}
