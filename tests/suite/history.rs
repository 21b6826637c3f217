//! Who changed what, and when: kept with the engagement, bounded, the same on both sides, and read as lines.

use crate::support::{by, contoso, draw, edit, fewer_cases, saved_and_loaded};
use engagement_playbook::{
    engagement::{Change, Engagement, OF_AN_ENGAGEMENT, OF_AN_ITEM, Signature, merge},
    playbook::TaskId,
    rules::{HistoryField, history, people},
};
use proptest::prelude::*;
use serde_json::json;

fn owner(name: &str) -> Change {
    Change::SetOwner("994".into(), name.to_owned())
}

fn signed(author: &str, now: i64) -> Signature {
    Signature {
        author: author.to_owned(),
        ..by(draw(), now)
    }
}

#[test]
fn it_says_who_wrote_what_when_and_what_stood_there_before() {
    let mut one = Engagement::new(contoso());
    one.apply(&owner("Ada"), &signed("Grace", 1_000));
    one.apply(&owner("Ben"), &signed("Haruka", 2_000));
    let lines = history(&one, None);
    let told: Vec<_> = lines.iter().map(|line| (line.at, line.author.as_str())).collect();
    assert_eq!(told, [(2_000, "Haruka"), (1_000, "Grace")]);
    assert_eq!(
        lines[0].fields,
        [HistoryField {
            path: ["tasks", "994", "owner"].map(str::to_owned).to_vec(),
            value: Some(json!("Ben")),
            before: Some(json!("Ada")),
            shows: true,
        }]
    );
    assert_eq!(
        (lines[1].fields[0].before.clone(), lines[1].fields[0].shows),
        (None, false)
    );
    assert_eq!(people(&lines), ["Grace", "Haruka"]);
}

#[test]
fn one_item_has_a_history_of_its_own() {
    let mut one = Engagement::new(contoso());
    let me = by(draw(), 1_000);
    one.apply(&owner("Ada"), &me);
    one.apply(&Change::SetOwner("983".into(), "Ben".to_owned()), &me);
    let item = ["tasks", "983"].map(str::to_owned);
    assert_eq!(history(&one, Some(&item)).len(), 1);
    assert_eq!(history(&one, None).len(), 2);
}

#[test]
fn it_travels_and_both_sides_know_the_same() {
    let mut mine = Engagement::new(contoso());
    mine.apply(&owner("Ada"), &signed("Grace", 1_000));
    let mut theirs = saved_and_loaded(&mine);
    mine.apply(&Change::SetSeats(Some(850)), &signed("Grace", 2_000));
    theirs.apply(&owner("Ben"), &signed("Haruka", 3_000));
    let here = merge(&mine, &theirs).engagement;
    let there = merge(&theirs, &mine).engagement;
    assert_eq!(here.history(), there.history());
    assert_eq!(history(&saved_and_loaded(&here), None).len(), 3);
}

#[test]
fn the_newest_20_of_an_item_are_kept_and_the_newest_1000_of_all() {
    let mut one = Engagement::new(contoso());
    let me = by(draw(), 1_000);
    for number in 0..30 {
        one.apply(
            &owner(&format!("owner {number}")),
            &Signature {
                now: 1_000 + number,
                ..me.clone()
            },
        );
    }
    assert_eq!(one.history().len(), OF_AN_ITEM);
    assert_eq!(history(&one, None)[0].fields[0].value, Some(json!("owner 29")));
    for number in 0..1_100_i64 {
        let task = TaskId::parse(&format!("own:{number}")).expect("an id");
        let change = Change::SetOwner(task, "Ada".to_owned());
        one.apply(
            &change,
            &Signature {
                now: 5_000 + number,
                ..me.clone()
            },
        );
    }
    assert_eq!(one.history().len(), OF_AN_ENGAGEMENT);
    assert_eq!(one.with_recent_history(200).history().len(), 200);
}

#[test]
fn a_long_text_is_not_kept_twice_and_a_removal_without_what_it_saw() {
    let mut one = Engagement::new(contoso());
    let me = by(draw(), 1_000);
    one.apply(&Change::EditNote("n1".into(), "x".repeat(10_000)), &me);
    one.apply(&Change::RemoveNote("n1".into()), &me);
    let lines = history(&one, None);
    assert_eq!(lines[1].fields[0].value, None);
    assert_eq!(lines[0].fields[0].value, Some(json!([])));
    assert_eq!(saved_and_loaded(&one), one);
}

proptest! {
    #![proptest_config(fewer_cases(4))]

    /// Bounding before joining or after comes to the same: order, duplicates and partial exchange do not matter.
    #[test]
    fn t22_histories_join_in_any_order(edits in prop::collection::vec((0..3_usize, edit()), 1..120), flood in 0..60_i64) {
        let replicas = [draw(), draw(), draw()];
        let mut copies = [(); 3].map(|()| Engagement::new(contoso()));
        for (place, (who, edit)) in edits.iter().enumerate() {
            copies[*who].apply(&edit.change(), &by(replicas[*who], 1_000 + place as i64));
        }
        for number in 0..flood {
            copies[0].apply(&owner(&format!("o{number}")), &by(replicas[0], 900 + number * 3));
            copies[1].apply(&owner(&format!("p{number}")), &by(replicas[1], 901 + number * 3));
        }
        let [a, b, c] = &copies;
        let join = |x: &Engagement, y: &Engagement| merge(x, y).engagement;
        let past = |x: Engagement| x.history().clone();
        prop_assert_eq!(past(join(a, b)), past(join(b, a)));
        prop_assert_eq!(past(join(&join(a, b), c)), past(join(a, &join(b, c))));
        prop_assert_eq!(past(join(&join(a, b), b)), past(join(a, b)));
    }
}
