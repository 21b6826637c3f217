//! Says of an entry that stands although somebody took it out, because another wrote on it meanwhile, who that was and when;
//! and lets it be kept.

use super::icon::Icon;
use crate::{
    app::{ui::use_ui, words::W},
    browser::page,
    engagement::{Change, node::Path},
    playbook::EngagementId,
};
use leptos::prelude::*;

/// The mark, until somebody keeps the entry or removes it knowing of the other.
#[component]
pub fn RemovedMark(
    /// The engagement.
    engagement: EngagementId,
    /// The entry, such as `notes` and its id.
    #[prop(into)]
    entry: Path,
    /// What keeps it.
    keep: Change,
    /// Where the focus goes when the mark does: the id of an element of the entry.
    focus: String,
) -> impl IntoView {
    let ui = use_ui();
    let said = format!("removed-{}", entry.join("-"));
    let of = StoredValue::new((engagement, entry));
    let change = StoredValue::new(keep);
    let removed = Memo::new(move |_| {
        of.with_value(|(id, entry)| {
            ui.store.with(id, |one| {
                let one = one.filter(|one| one.is_there(entry))?;
                one.removed_by(entry).map(|last| (last.author, last.at))
            })
        })
    });
    let keep = move |()| {
        of.with_value(|(id, _)| ui.store.dispatch(id, change.get_value()));
        ui.tell_step(ui.word(W::entry_kept));
        page::focus(&focus);
    };
    let keep = Callback::new(keep);
    move || {
        let said = said.clone();
        removed.get().map(|(author, at)| {
            let who = move || [("author", ui.author(&author)), ("when", ui.instant(at))];
            view! {
                <p class="line meta" data-removed-by>
                    <Icon name="trash"/>
                    <span dir="auto" id=said.clone()>{move || ui.fill(W::removed_but_stands, &who())}</span>
                    <button class="btn small quiet" type="button" aria-describedby=said on:click=move |_| keep.run(())>{ui.say(W::keep_entry)}</button>
                </p>
            }
        })
    }
}
