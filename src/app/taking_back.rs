//! Taking back and doing again, from the toast, the page of history and the keyboard, and what is said of it.

use super::{later, pages::frame::customer_name, ui::Ui, value_text, words::W};
use crate::{
    browser::page,
    playbook::EngagementId,
    workspace::{Refusal, TakenBack},
};

/// Takes back the last thing that was done here.
pub fn undo(ui: Ui) {
    turn(ui, false);
}

/// Does again what was taken back last.
pub fn redo(ui: Ui) {
    turn(ui, true);
}

/// Ctrl or Cmd with Z takes back, with Shift and Z or with Y it is done again; within a text its own undo is meant.
pub fn on_key(ui: Ui, event: &web_sys::KeyboardEvent) {
    if !(event.ctrl_key() || event.meta_key()) || event.alt_key() || event.is_composing() || page::is_in_text(event) {
        return;
    }
    match (event.key().as_str(), event.shift_key()) {
        ("z" | "Z", false) => undo(ui),
        ("z" | "Z", true) | ("y" | "Y", false) => redo(ui),
        _ => return,
    }
    event.prevent_default();
}

fn turn(ui: Ui, again: bool) {
    leptos::task::spawn_local(async move {
        // Until the rest of the app is there nothing can have been done.
        let _ = later::take_back(ui, again).await;
    });
}

/// Takes back or does again, and says what became of it.
pub(super) fn take_back(ui: Ui, again: bool) {
    let done = if again { ui.store.redo() } else { ui.store.undo() };
    ui.tell(match done {
        Ok(Some(taken)) => told(ui, &taken, again),
        Ok(None) => ui.word(if again { W::nothing_to_redo } else { W::nothing_to_undo }),
        Err(refusal) => refused(ui, &refusal),
    });
}

fn told(ui: Ui, taken: &TakenBack, again: bool) -> String {
    let (one, several) = if again {
        (W::redone_one, W::redone_n)
    } else {
        (W::undone_one, W::undone_n)
    };
    let moved = match (taken.whole, taken.engagements.first()) {
        (0, _) | (_, None) => None,
        (1, Some(id)) if taken.engagements.len() == 1 => Some(whole(ui, id)),
        (n, _) => Some(ui.count(if again { W::n_came_back } else { W::n_went }, n, &[])),
    };
    let said = match taken.fields.as_slice() {
        [] => None,
        // A tick writes the day too: it is one thing all the same.
        [path, others @ ..] if others.iter().all(|other| other.starts_with(item(path))) => {
            Some(ui.fill(one, &[("what", value_text::place(ui, named(path, others)))]))
        }
        paths => Some(ui.count(several, paths.len(), &[])),
    };
    let left = (taken.left_alone > 0).then(|| ui.count(W::n_left_alone, taken.left_alone, &[]));
    let all: Vec<String> = [moved, said, left].into_iter().flatten().collect();
    all.join(" ")
}

/// What a path is about.
fn item(path: &[String]) -> &[String] {
    &path[..path.len().min(2)]
}

/// The field of an item that is named for all that were written: the state of a task before the day it was done.
fn named<'a>(first: &'a [String], others: &'a [Vec<String>]) -> &'a [String] {
    let is_state =
        |path: &&Vec<String>| matches!(path.get(2).map(String::as_str), Some("state" | "states" | "removed"));
    others.iter().find(is_state).map_or(first, Vec::as_slice)
}

fn whole(ui: Ui, id: &EngagementId) -> String {
    ui.store.read_untracked(|workspace| {
        let name = workspace.get(id).map(|one| customer_name(ui, one)).unwrap_or_default();
        let word = if workspace.is_trashed(id) {
            W::moved_to_trash
        } else {
            W::is_back
        };
        ui.fill(word, &[("name", name)])
    })
}

fn refused(ui: Ui, refusal: &Refusal) -> String {
    super::pages::about::refusal_text(ui, refusal)
}
