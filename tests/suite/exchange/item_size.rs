//! What an item costs in the file: a budget, since a file of 8 MB is the largest that is read.

use engagement_playbook::{
    engagement::{Change, Engagement, Signature, StateKey, parse_day, stamp::ReplicaId},
    exchange::export,
    playbook::{TaskId, TaskState},
};

/// The size of a file of so many tasks with a state, an owner and a day; its history is not counted.
fn size(tasks: usize, owner: &str) -> usize {
    let mut engagement = Engagement::new("contoso".into());
    let mut by = Signature {
        now: 1_795_219_200_000,
        replica: ReplicaId::from_bits(0x0012_3456_789A),
        author: "Anna Berger".to_owned(),
        language: "en".to_owned(),
    };
    for number in 0..tasks {
        // Ids as long as the playbook's.
        let task = TaskId::parse(&(1_000 + number).to_string()).expect("an id");
        let state = Change::SetTaskState {
            task: task.clone(),
            states: vec![(StateKey::Whole, TaskState::Complete)],
            reason: None,
            done_on: None,
        };
        let changes = [
            state,
            Change::SetOwner(task.clone(), owner.to_owned()),
            Change::SetDue(task, parse_day("2026-11-20")),
        ];
        for change in changes {
            by.now += 60_000;
            engagement.apply(&change, &by).expect("a change");
        }
    }
    let mut members = engagement.to_json();
    members.remove("history");
    export(&[&Engagement::from_json(&members).expect("what was written")]).len()
}

#[test]
fn an_item_with_three_stamped_fields_costs_at_most_150_bytes() {
    for tasks in [2, 30, 300] {
        let cost = |owner: &str| size(tasks, owner) - size(tasks - 1, owner);
        assert!(cost("Ben") <= 150, "{tasks} tasks: {} bytes", cost("Ben"));
        // Without what was written: the names of the fields, the stamps, the line.
        let written = ["complete", "Anna Berger", "2026-11-20"].map(|value| value.len() + 2);
        let bare = cost("Anna Berger") - written.iter().sum::<usize>();
        assert!(bare <= 125, "{tasks} tasks: {bare} bytes");
    }
}
