//! Handing engagements to the browser as a file. The sample never goes out.

use super::{ui::Ui, words::W};
use crate::{
    browser::{clock, files, page},
    engagement::Engagement,
    exchange,
    playbook::EngagementId,
};

/// Saves some engagements as one file, with all of their history; says what happened.
pub fn save(ui: Ui, ids: &[EngagementId]) {
    let chosen = ids.to_vec();
    ui.store.deepened(ids, move || save_now(ui, &chosen));
}

fn save_now(ui: Ui, ids: &[EngagementId]) {
    let (text, name, count) = ui.store.read_untracked(|workspace| {
        let chosen: Vec<&Engagement> = ids
            .iter()
            .filter(|id| !exchange::is_sample(id))
            .filter_map(|id| workspace.get(id))
            .collect();
        let day = clock::today();
        let name = match chosen.as_slice() {
            [one] => exchange::file_name(one.customer(), day),
            _ => exchange::file_name_of_several(day),
        };
        (exchange::export(&chosen), name, chosen.len())
    });
    if count == 0 {
        return ui.tell(ui.word(W::nothing_to_export));
    }
    match files::save(&name, &text) {
        // Whether it was saved, no page can know there: it is not called shared.
        Ok(()) if page::is_shut_in() => ui.tell(ui.fill(W::export_shut_in, &[("file", name)])),
        Ok(()) => {
            let everything = ui.store.ids_untracked();
            let everything = everything.iter().all(|id| exchange::is_sample(id) || ids.contains(id));
            ui.store.note_shared(clock::now(), everything);
            ui.tell(ui.count(W::exported_n, count, &[("file", name)]));
        }
        Err(_) => ui.tell(ui.word(W::export_failed)),
    }
}

/// Saves every engagement that is not in the trash.
pub fn save_all(ui: Ui) {
    let ids = ui.store.ids_untracked();
    save(ui, &ids);
}
