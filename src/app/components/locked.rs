//! Why something at the end of an engagement has to wait, in words.

use super::condition::fact_word;
use crate::{
    app::{ui::Ui, words::W},
    rules::{Locked, Question},
};

/// The reason, in the user's language.
#[must_use]
pub fn lock_text(ui: Ui, lock: &Locked) -> String {
    let services = |word, ids: &[_]| ui.fill(word, &[("services", ui.services(ids))]);
    match lock {
        Locked::NoService => ui.word(W::lock_no_service),
        Locked::AnswerFirst(Question::Fact(fact)) => {
            ui.fill(W::lock_answer, &[("question", ui.word(fact_word(*fact)))])
        }
        Locked::AnswerFirst(Question::Motion) => ui.word(W::ask_motion),
        Locked::AnswerFirst(Question::Seats) => ui.word(W::ask_seats),
        Locked::DiscussionsMissing(ids) => services(W::lock_discussions, ids),
        Locked::EnablementNotReached(service) => ui.fill(W::lock_enablement, &[("service", ui.service(service))]),
        Locked::NotTheLastWorkload(ids) => services(W::lock_last_workload, ids),
        Locked::MigrationKeepsTheManager => ui.fill(W::lock_migration, &[("task", "4060".to_owned())]),
        Locked::QueueMailFirst => ui.word(W::lock_queue_mail),
        Locked::QueueMoveFirst => ui.word(W::lock_queue_move),
        Locked::BeforeQueueMove(day) => ui.fill(W::lock_before_move, &[("day", ui.day(*day))]),
        Locked::TaskFirst(task) => ui.fill(W::lock_task, &[("task", task.to_string())]),
        Locked::ReleaseFirst => ui.word(W::lock_release),
        Locked::NextActionFirst => ui.word(W::lock_next_action),
    }
}
