//! The mark of something that carries several values: a small link to where they stand side by side.

use super::icon::Icon;
use crate::{
    app::{route::Route, ui::use_ui, words::W},
    engagement::node::Path,
    playbook::EngagementId,
};
use leptos::prelude::*;

/// The mark, while anything at a place or below it is in conflict.
#[component]
pub fn ConflictMark(
    /// The engagement.
    engagement: EngagementId,
    /// The place, such as `tasks`, `994`.
    #[prop(into)]
    place: Path,
) -> impl IntoView {
    let ui = use_ui();
    let is_open = {
        let id = engagement.clone();
        move || ui.conflicts(&id).iter().any(|path| path.starts_with(&place))
    };
    let href = Route::Conflicts(engagement).href();
    move || {
        is_open().then(|| {
            view! {
                <a class="conflict-mark" data-group="warning" href=href.clone()><Icon name="clash"/>{ui.say(W::conflict)}<span class="sr">": " {ui.say(W::compare_and_choose)}</span></a>
            }
        })
    }
}

/// How many conflicts are open, with the way to them; nothing when none is.
#[component]
pub fn OpenConflicts(
    /// The engagement.
    engagement: EngagementId,
) -> impl IntoView {
    let ui = use_ui();
    let href = Route::Conflicts(engagement.clone()).href();
    move || {
        let count = ui.conflicts(&engagement).len();
        (count > 0).then(|| {
            view! {
                <a class="conflict-mark" data-group="warning" data-conflicts=count.to_string() href=href.clone()><Icon name="clash"/>{ui.count(W::n_conflicts, count, &[])}</a>
            }
        })
    }
}
