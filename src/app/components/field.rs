//! Labelled native fields that save when they are left, and say beside themselves what is wrong.

use super::unfinished::{Unfinished, UnfinishedMark};
use crate::{
    app::{
        ui::{Ui, use_ui},
        words::W,
    },
    browser::page,
    engagement::LONGEST_TEXT,
};
use leptos::prelude::*;

/// What a box for text does beside being one: it takes what was written, keeps what is unfinished, says what is wrong.
#[derive(Clone, Copy)]
struct Writing {
    ui: Ui,
    value: Signal<String>,
    save: Callback<String, Result<(), String>>,
    error: RwSignal<String>,
    unfinished: Unfinished,
    form: bool,
}

impl Writing {
    fn new(
        unfinished: Unfinished,
        value: Signal<String>,
        save: Callback<String, Result<(), String>>,
        form: bool,
    ) -> Self {
        let error = RwSignal::new(String::new());
        if let Some(text) = unfinished.back_once().filter(|_| form) {
            // A form reads its fields from their values.
            error.set(save.run(text).err().unwrap_or_default());
        }
        if form {
            // Sent, or emptied.
            Effect::new(move |_| {
                if value.with(String::is_empty) {
                    unfinished.over();
                }
            });
        }
        Self {
            ui: use_ui(),
            value,
            save,
            error,
            unfinished,
            form,
        }
    }

    fn shown(self) -> String {
        self.unfinished.back().unwrap_or_else(|| self.value.get())
    }

    // A browser tells of what was typed also when the box goes because somebody went elsewhere: then it is kept as a draft.
    fn typed(self, event: &leptos::ev::Event) {
        let Some(text) = page::text_in(event) else { return };
        let committed = if self.form {
            Some(String::new())
        } else {
            self.value.try_get_untracked()
        };
        if let Some(committed) = committed {
            self.unfinished.typed(&committed, &text);
        }
    }

    /// Takes a text; one that is refused stays in the box with the reason beside it.
    fn take(self, text: String) -> bool {
        let fits = if text.trim().len() > LONGEST_TEXT {
            Err(self.ui.word(W::text_too_long))
        } else {
            let Some(done) = self.save.try_run(text) else {
                return false;
            };
            done
        };
        if fits.is_ok() && !self.form {
            self.unfinished.over();
        }
        let taken = fits.is_ok();
        self.error.try_set(fits.err().unwrap_or_default());
        taken
    }

    fn left(self, event: &leptos::ev::Event) {
        // Half a date is no empty one: whoever types 29 February gets there by a year that has none.
        if page::is_half_typed(event) {
            return;
        }
        let Some(text) = page::text_in(event) else {
            self.error.try_set(self.ui.word(W::half_a_character));
            return;
        };
        // The box may be gone once its text is taken.
        if self.take(text)
            && let Some(value) = self.value.try_get_untracked()
        {
            page::show_value(event, &value);
        }
    }

    fn mark(self, id: &str) -> impl IntoView + use<> {
        let keep = Callback::new(move |()| {
            self.take(self.unfinished.text());
        });
        let give_up = Callback::new(move |()| {
            self.unfinished.over();
            self.error.set(String::new());
            if self.form {
                let _ = self.save.run(String::new());
            }
        });
        view! { <UnfinishedMark of=self.unfinished field=id.to_owned() keep=(!self.form).then_some(keep) give_up=give_up/> }
    }

    /// The ids of what explains the box.
    fn described(self, id: &str, hint: impl Fn() -> bool) -> Option<String> {
        let parts = [
            (!self.error.with(String::is_empty), "error"),
            (self.error.with(String::is_empty) && hint(), "hint"),
            (self.unfinished.is_back(), "unfinished"),
        ];
        let ids = parts
            .iter()
            .filter(|(there, _)| *there)
            .map(|(_, part)| format!("{id}-{part}"));
        let ids: Vec<String> = ids.collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

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
    /// Whether it belongs to a form, which is saved as a whole.
    #[prop(optional)]
    form: bool,
) -> impl IntoView {
    let unfinished = match kind {
        "text" if form => Unfinished::of(&id, ""),
        "text" => Unfinished::of(&id, &value.get_untracked()),
        _ => Unfinished::never(),
    };
    let writing = Writing::new(unfinished, value, save, form);
    let error = writing.error;
    let (help, fault) = (format!("{id}-hint"), format!("{id}-error"));
    let described = {
        let id = id.clone();
        move || writing.described(&id, || hint.get().is_some())
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
                dir=(kind == "text").then_some("auto")
                prop:value=move || writing.shown()
                aria-invalid=move || (!error.with(String::is_empty)).then_some("true")
                aria-describedby=described
                on:input=move |event| writing.typed(&event)
                on:change=move |event| writing.left(&event)
            />
            {writing.mark(&id)}
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
    /// Takes what was written when the field is left; an error stays beside it.
    #[prop(into)]
    save: Callback<String, Result<(), String>>,
    /// Whether it belongs to a form, which is saved as a whole.
    #[prop(optional)]
    form: bool,
) -> impl IntoView {
    let committed = if form { String::new() } else { value.get_untracked() };
    let writing = Writing::new(Unfinished::of(&id, &committed), value, save, form);
    let error = writing.error;
    let fault = format!("{id}-error");
    let described = {
        let id = id.clone();
        move || writing.described(&id, || false)
    };
    view! {
        <div class="field wide">
            <label for=id.clone()>{move || label.get()}</label>
            <textarea
                class="input"
                id=id.clone()
                rows="2"
                dir="auto"
                prop:value=move || writing.shown()
                aria-invalid=move || (!error.with(String::is_empty)).then_some("true")
                aria-describedby=described
                on:input=move |event| writing.typed(&event)
                on:change=move |event| writing.left(&event)
            ></textarea>
            {writing.mark(&id)}
            <span class="error" id=fault role="alert">{move || error.get()}</span>
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
