//! How the work is kept, in one word in the bar and in full below it. Announced only when the word changes for more than the
//! moment in which an edit is on its way.

use super::icon::Icon;
use crate::{
    app::{
        export,
        store::Store,
        ui::{Ui, use_ui},
        words::W,
    },
    workspace::{SafeState, SaveState},
};
use leptos::prelude::*;

/// How everything is kept, by the best that holds for all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    Unsaved,
    ReadOnly,
    /// In localStorage.
    Saved,
    /// In the second store too, or in that alone.
    Safe,
    /// And handed out as a file since the last change.
    Shared,
}

impl Kept {
    fn of(store: Store) -> Self {
        let safe = store.safe_state.get() == SafeState::Safe;
        let kept = match store.save_state.get() {
            SaveState::ReadOnly => return Self::ReadOnly,
            _ if safe => Self::Safe,
            SaveState::Saved => Self::Saved,
            SaveState::Unsaved(_) => return Self::Unsaved,
        };
        if store.all_shared.get() { Self::Shared } else { kept }
    }

    /// The state, as outside checks read it.
    fn attribute(self) -> &'static str {
        match self {
            Self::Unsaved | Self::ReadOnly => "unsaved",
            Self::Saved => "saved",
            Self::Safe => "safe",
            Self::Shared => "shared",
        }
    }

    fn word(self) -> W {
        match self {
            Self::Unsaved => W::not_saved,
            Self::ReadOnly => W::read_only,
            Self::Saved => W::saved,
            Self::Safe => W::safe,
            Self::Shared => W::shared,
        }
    }

    fn icon(self) -> &'static str {
        match self {
            Self::Unsaved | Self::ReadOnly => "warning",
            Self::Saved => "disk",
            Self::Safe => "shield",
            Self::Shared => "share",
        }
    }
}

/// The word in the bar and what it means.
#[component]
pub fn SaveStatePop() -> impl IntoView {
    let ui = use_ui();
    let kept = Memo::new(move |_| Kept::of(ui.store));
    // An edit on its way is no news to somebody who only hears.
    let spoken = Memo::new(move |before: Option<&Kept>| match (before, kept.get()) {
        (Some(before @ (Kept::Safe | Kept::Shared)), Kept::Saved)
            if ui.store.safe_state.get() == SafeState::Pending =>
        {
            *before
        }
        (_, now) => now,
    });
    view! {
        <details class="save" data-save-state=move || kept.get().attribute() on:keydown=move |event| {
            if event.key() == "Escape" {
                crate::browser::page::close_details(&event);
            }
        }>
            <summary>
                <Icon name=Signal::derive(move || kept.get().icon())/>
                <span aria-hidden="true">{move || ui.word(kept.get().word())}</span>
                <span class="sr" role="status">{move || ui.word(spoken.get().word())}</span>
                <Icon name="down"/>
            </summary>
            <div class="pop">
                <h2>{ui.say(W::where_work_is_kept)}</h2>
                <ul role="list">
                    {move || saved_line(ui)}
                    {move || safe_line(ui)}
                    {move || shared_line(ui)}
                </ul>
                <button class="btn" type="button" on:click=move |_| export::save_all(ui)>{ui.say(W::save_a_file)} " " <kbd>"Ctrl+S"</kbd></button>
            </div>
        </details>
    }
}

fn saved_line(ui: Ui) -> impl IntoView {
    let (word, explained) = match (ui.store.save_state.get(), ui.store.safe_state.get()) {
        (SaveState::Saved, _) => (W::saved, W::saved_explained),
        (SaveState::Unsaved(_), SafeState::Safe) => (W::not_saved, W::kept_in_second),
        (SaveState::Unsaved(_), _) => (W::not_saved, W::not_saved_explained),
        (SaveState::ReadOnly, _) => (W::read_only, W::read_only_explained),
    };
    let when = ui.store.saved_at.get().map(|at| ui.instant(at));
    let good = word == W::saved;
    view! {
        <li class:todo=!good>
            <Icon name=if good { "disk" } else { "warning" }/>
            <b>{ui.word(word)}</b>
            <span class="meta">{when}</span>
            <small>{ui.word(explained)}</small>
        </li>
    }
}

fn safe_line(ui: Ui) -> impl IntoView {
    let state = ui.store.safe_state.get();
    let explained = match state {
        SafeState::Safe => W::safe_explained,
        SafeState::Pending => W::safe_pending,
        SafeState::Failed => W::safe_failed,
        SafeState::Absent => W::safe_absent,
    };
    let word = if state == SafeState::Safe { W::safe } else { W::not_safe };
    view! {
        <li class:todo=state != SafeState::Safe>
            <Icon name="shield"/>
            <b>{ui.word(word)}</b>
            <span></span>
            <small>{ui.word(explained)}</small>
        </li>
    }
}

fn shared_line(ui: Ui) -> impl IntoView {
    let all = ui.store.all_shared.get();
    let explained = match ui.store.shared_at.get() {
        Some(at) if all => ui.fill(W::shared_since, &[("when", ui.instant(at))]),
        Some(at) => ui.fill(W::shared_explained, &[("when", ui.instant(at))]),
        None => ui.word(W::not_shared_yet),
    };
    view! {
        <li class:todo=!all>
            <Icon name="share"/>
            <b>{ui.word(if all { W::shared } else { W::not_shared })}</b>
            <span></span>
            <small>{explained}</small>
        </li>
    }
}
