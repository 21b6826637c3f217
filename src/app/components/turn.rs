//! One part of a long page after the other: the first screen shows at once, the rest follows while the browser has time.

use crate::{app::ui::Ui, browser::page};
use leptos::prelude::*;

/// How many parts of a page are drawn so far: none at first, all `parts` in the end. A page that is gone back to, or whose address
/// points at a part of it, is drawn at once, since it is scrolled.
#[must_use]
pub fn turns(ui: Ui, parts: usize) -> RwSignal<usize> {
    let scrolled = ui.at_once.get_untracked() || ui.route.with_untracked(|route| route.spot().is_some());
    let turn = RwSignal::new(if scrolled { parts } else { 0 });
    go_on(turn, parts);
    turn
}

fn go_on(turn: RwSignal<usize>, parts: usize) {
    if turn.get_untracked() >= parts {
        return;
    }
    page::after_frame(move || {
        // The page may be gone meanwhile.
        if turn.try_update(|turn| *turn += 1).is_some() {
            go_on(turn, parts);
        }
    });
}
