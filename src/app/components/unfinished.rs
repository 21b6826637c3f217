//! What was typed into a box and not saved: kept while it is typed, put back when the page is opened again, with a
//! mark that says so (`t34_...`). It belongs to the box of an engagement, or to the form for a new one; elsewhere
//! nothing is kept.

use crate::{
    app::{
        ui::{Ui, use_ui},
        words::W,
    },
    browser::page,
};
use leptos::prelude::*;

/// The unfinished text of one box.
#[derive(Clone, Copy)]
pub struct Unfinished {
    ui: Ui,
    /// Engagement and field; `None` where nothing is kept.
    place: StoredValue<Option<String>>,
    /// What was put back, as long as it is neither saved nor given up.
    back: RwSignal<Option<String>>,
    /// What stands in the box after it was put back.
    now: StoredValue<String>,
}

impl Unfinished {
    /// Looks whether there is something to put back into a box over this value.
    #[must_use]
    pub fn of(id: &str, committed: &str) -> Self {
        let ui = use_ui();
        let place = ui
            .route
            .with_untracked(|route| route.engagement().map(|engagement| format!("{engagement}.{id}")));
        let back = place.as_deref().and_then(|place| ui.store.draft(place, committed));
        Self::at(ui, place, back)
    }

    /// Looks whether the form for a new engagement was filled in and not sent. No engagement can have this place: its
    /// ids have no slash.
    #[must_use]
    pub fn of_new_engagement() -> Self {
        let (ui, place) = (use_ui(), "new/engagement".to_owned());
        let back = ui.store.draft(&place, "");
        Self::at(ui, Some(place), back)
    }

    /// A box for which nothing is kept: a date, a number.
    #[must_use]
    pub fn never() -> Self {
        Self::at(use_ui(), None, None)
    }

    fn at(ui: Ui, place: Option<String>, back: Option<String>) -> Self {
        Self {
            ui,
            place: StoredValue::new(place),
            now: StoredValue::new(back.clone().unwrap_or_default()),
            back: RwSignal::new(back),
        }
    }

    /// What was put back, for the box to show.
    #[must_use]
    pub fn back(self) -> Option<String> {
        self.back.get()
    }

    /// What stands in the box if something was put back, once.
    #[must_use]
    pub fn back_once(self) -> Option<String> {
        self.back.with_untracked(Option::is_some).then(|| self.text())
    }

    /// Whether something was put back.
    #[must_use]
    pub fn is_back(self) -> bool {
        self.back.with(Option::is_some)
    }

    /// What stands in the box after something was put back.
    #[must_use]
    pub fn text(self) -> String {
        self.now.get_value()
    }

    /// Somebody types.
    pub fn typed(self, committed: &str, text: &str) {
        self.now.try_set_value(text.to_owned());
        self.place.try_with_value(|place| {
            if let Some(place) = place {
                self.ui.store.keep_draft(place, committed, text);
            }
        });
    }

    /// It is saved, or given up.
    pub fn over(self) {
        // The box may be gone by now: what was saved may have drawn another in its place.
        self.place.try_with_value(|place| {
            if let Some(place) = place {
                self.ui.store.drop_draft(place);
            }
        });
        if self.back.try_with_untracked(Option::is_some) == Some(true) {
            self.back.try_set(None);
        }
    }
}

/// Says below a box that its text is unfinished, and takes it or gives it up.
#[component]
pub fn UnfinishedMark(
    /// The unfinished text.
    of: Unfinished,
    /// The id of the box; the mark's own is this with `-unfinished`.
    #[prop(into)]
    field: String,
    /// Saves it; a box of a form is saved with its form.
    #[prop(optional_no_strip)]
    keep: Option<Callback<()>>,
    /// Shows again what stood there.
    give_up: Callback<()>,
    /// What has the focus afterwards; the box, unless it goes.
    #[prop(optional, into)]
    focus: String,
) -> impl IntoView {
    let ui = use_ui();
    let focus = if focus.is_empty() { field.clone() } else { focus };
    let (field, focus) = (StoredValue::new(field), StoredValue::new(focus));
    // The box keeps the focus: leaving it would save what is to be given up.
    let stay = |event: leptos::ev::MouseEvent| event.prevent_default();
    let then = move |act: Callback<()>| {
        // Saving may draw everything around it anew.
        let id = focus.get_value();
        act.run(());
        page::focus(&id);
    };
    view! {
        <Show when=move || of.is_back()>
            <p class="row" data-unfinished="" id=move || format!("{}-unfinished", field.get_value())>
                <span class="meta">{ui.say(W::unfinished)}</span>
                {keep.map(|keep| view! { <button class="btn small" type="button" data-keep="" on:mousedown=stay on:click=move |_| then(keep)>{ui.say(W::unfinished_keep)}</button> })}
                <button class="btn small quiet" type="button" data-drop="" on:mousedown=stay on:click=move |_| then(give_up)>{ui.say(W::unfinished_drop)}</button>
            </p>
        </Show>
    }
}
