//! Half a character in a box whose text is taken at every key: something was cut apart before it was pasted. The text is not
//! taken, and the box says so (`t20_half_a_character_is_refused_by_name_and_replaced_by_nothing`).

use crate::{
    app::{ui::Ui, words::W},
    browser::page,
};
use leptos::{ev::Event, prelude::*};

/// Whether half a character stands in a box.
#[derive(Clone, Copy)]
pub struct Halves {
    found: StoredValue<bool>,
    error: RwSignal<String>,
}

impl Halves {
    /// None yet; what is wrong is said in `error`.
    #[must_use]
    pub fn told_in(error: RwSignal<String>) -> Self {
        let found = StoredValue::new(false);
        Self { found, error }
    }

    /// The text of the box that the event is of; `None` with half a character in it, which is said then.
    #[must_use]
    pub fn text_in(self, ui: Ui, event: &Event) -> Option<String> {
        let text = page::text_in(event);
        self.found.set_value(text.is_none());
        let error = text.is_none().then(|| ui.word(W::half_a_character));
        self.error.set(error.unwrap_or_default());
        text
    }

    /// The box was given up with what stood in it.
    pub fn over(self) {
        self.found.set_value(false);
        self.error.set(String::new());
    }

    /// Whether what stands in the box now was not taken; it is said beside it already.
    #[must_use]
    pub fn stand(self) -> bool {
        self.found.get_value()
    }
}
