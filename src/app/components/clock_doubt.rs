//! Says calmly that a clock is clearly off: somebody's, or the one of this machine. Which one is a question of `rules`.

use super::icon::Icon;
use crate::{
    app::{ui::use_ui, words::W},
    rules::Doubt,
};
use leptos::prelude::*;

/// One line; nothing where everything fits.
#[component]
pub fn ClockDoubt(
    /// Which clock is to be doubted.
    #[prop(into)]
    doubt: Signal<Doubt>,
) -> impl IntoView {
    let ui = use_ui();
    move || {
        let (whose, text) = match doubt.get() {
            Doubt::None => return None,
            Doubt::Theirs(ahead) => {
                let values = [("name", ui.author(&ahead.author)), ("when", ui.instant(ahead.at))];
                ("theirs", ui.count(W::clock_ahead, ahead.days, &values))
            }
            Doubt::Ours(ahead) => {
                let values = [("when", ui.instant(ahead.at))];
                ("ours", ui.count(W::clock_behind, ahead.days, &values))
            }
        };
        Some(
            view! { <p class="banner" role="note" data-clock=whose><Icon name="waiting"/><span dir="auto">{text}</span></p> },
        )
    }
}
