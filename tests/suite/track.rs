//! A track shows the same tasks in its own order; what is recorded is recorded once.

use crate::{
    playbook::structure,
    support::{by, contoso, draw},
};
use engagement_playbook::{
    engagement::{Change, Engagement, StateKey},
    playbook::{TaskState, TrackId},
    rules::{self, OutOfScope},
};

fn with_services(services: &[&'static str]) -> Engagement {
    let mut one = Engagement::new(contoso());
    let replica = draw();
    for service in services {
        one.apply(&Change::SetServiceInScope((*service).into(), true), &by(replica, 1_000));
    }
    one
}

#[test]
fn a_track_has_its_tasks_in_its_order_with_their_places_and_states() {
    let structure = structure();
    let mut one = with_services(&["windows-10", "microsoft-365-apps"]);
    let change = Change::SetTaskState {
        task: "994".into(),
        states: vec![(StateKey::Whole, TaskState::Complete)],
        reason: None,
        done_on: None,
    };
    one.apply(&change, &by(draw(), 2_000));
    let modern = rules::track(&structure, &one, &"get-modern".into());
    let order: Vec<_> = modern.rows.iter().map(|row| row.task.clone()).collect();
    let track = structure.tracks.iter().find(|track| track.id.as_str() == "get-modern");
    assert_eq!(order, track.expect("a track").tasks);
    assert_eq!(modern.rows[0].states, [(StateKey::Whole, TaskState::Complete)]);
    assert_eq!(modern.rows[0].place.process.as_str(), "conduct-customer-kickoff");
    assert_eq!((modern.progress.settled, modern.progress.mandatory), (1, 13));
    assert_eq!(modern.progress.optional, 3);
}

#[test]
fn a_task_of_a_track_whose_service_is_not_in_scope_says_so_and_does_not_count() {
    let structure = structure();
    let modern = rules::track(&structure, &with_services(&["teams"]), &"get-modern".into());
    let workshop = modern.rows.iter().find(|row| row.task.as_str() == "4021");
    let workshop = workshop.expect("a task of the track");
    assert_eq!(workshop.scope, Err(OutOfScope::Services(vec!["windows-10".into()])));
    assert!(workshop.states.is_empty());
    let asked = modern.rows.iter().filter(|row| row.scope.is_ok()).count();
    assert_eq!(modern.progress.mandatory + modern.progress.optional, asked);
}

#[test]
fn a_task_in_two_places_stands_in_a_track_once_where_it_is_asked_for() {
    let view = rules::track(
        &structure(),
        &with_services(&["microsoft-365-apps"]),
        &"microsoft-365-apps-standalone".into(),
    );
    let discussion: Vec<_> = view.rows.iter().filter(|row| row.task.as_str() == "3738").collect();
    assert_eq!(discussion.len(), 1);
    assert_eq!(discussion[0].scope, Ok(()));
}

#[test]
fn a_track_that_the_playbook_does_not_know_is_empty() {
    let view = rules::track(&structure(), &with_services(&[]), &TrackId::from("no-such-track"));
    assert_eq!(view, rules::TrackView::default());
}
