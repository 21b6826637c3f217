//! Long lists stand at once: the first frame has the first rows, each frame after it some more, and the page takes input
//! meanwhile. What a row needs is read or computed only when it is drawn.

use crate::{app::ui::Ui, browser::page};
use leptos::prelude::*;

/// How many of so many rows are drawn by now: `first`, and `more` after each frame. Whoever comes back to a page finds all at
/// once, to stand where it was left.
#[must_use]
pub fn growing(ui: Ui, all: Signal<usize>, first: usize, more: usize) -> RwSignal<usize> {
    let first = if ui.at_once.get_untracked() { usize::MAX } else { first };
    let drawn = RwSignal::new(first);
    Effect::new(move |_| {
        if drawn.get() < all.get() {
            page::after_paint(move || {
                drawn.try_update(|drawn| *drawn = drawn.saturating_add(more));
            });
        }
    });
    drawn
}
