//! T23: the same replica twice, as when a profile or a machine is restored while a copy lives on. It must not happen;
//! when it does, copies still converge, the newest value survives, and both values of one change are shown.

use crate::support::{Edit, by, cases, contoso, draw, draw_from_the_start, edit};
use engagement_playbook::engagement::{Change, Engagement, Entry, merge, node, register::Written};
use proptest::{collection::vec, prelude::*};

fn named(name: &str) -> Change {
    Change::SetCustomer(name.to_owned())
}

fn values(engagement: &Engagement) -> Vec<&Written> {
    node::find(engagement.body(), &["about", "customer", "name"])
        .map(|register| register.all().iter().collect())
        .unwrap_or_default()
}

#[test]
fn t23_one_change_with_two_values_shows_both() {
    let twin = draw();
    let mut base = Engagement::new(contoso());
    base.apply(&named("Contoso"), &by(twin, 1_000));
    let (mut mine, mut theirs) = (base.clone(), base);
    mine.apply(&named("Contoso AG"), &by(twin, 2_000));
    theirs.apply(&named("Contoso Ltd"), &by(twin, 2_000));
    let merged = merge(&mine, &theirs).engagement;
    assert_eq!(merged, merge(&theirs, &mine).engagement);
    assert_eq!(merged.conflicts().len(), 1);
    assert_eq!(values(&merged).len(), 2);
    assert_eq!(
        merge(&merged, &mine).engagement,
        merged,
        "and meeting an older copy changes nothing"
    );
}

#[test]
fn t23_a_choice_settles_it_everywhere() {
    let twin = draw();
    let (mut mine, mut theirs) = (Engagement::new(contoso()), Engagement::new(contoso()));
    mine.apply(&named("Contoso AG"), &by(twin, 2_000));
    theirs.apply(&named("Contoso Ltd"), &by(twin, 2_000));
    let mut merged = merge(&mine, &theirs).engagement;
    merged.apply(&named("Contoso AG"), &by(draw(), 3_000));
    for older in [mine, theirs] {
        assert_eq!(merge(&older, &merged).engagement, merged);
    }
}

/// The newest value of each field, by its stamp: what must survive whatever happened.
fn newest(base: &[Entry], edits: &[Entry]) -> Vec<(node::Path, Written)> {
    let mut newest: Vec<(node::Path, Written)> = Vec::new();
    for write in base.iter().chain(edits).flat_map(|entry| &entry.writes) {
        match newest.iter_mut().find(|(path, _)| *path == write.path) {
            Some((_, best)) if best.mark.stamp >= write.written.mark.stamp => {}
            Some((_, best)) => *best = write.written.clone(),
            None => newest.push((write.path.clone(), write.written.clone())),
        }
    }
    newest
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn t23_twins_converge_and_the_newest_survives(
        base in vec(edit(), 0..6), each in vec(vec((edit(), 0..40_i64), 0..6), 2..5)
    ) {
        draw_from_the_start();
        let (twin, other) = (draw(), draw());
        let mut start = Engagement::new(contoso());
        let begun: Vec<Entry> = base.iter().filter_map(|edit| start.apply(&Edit::change(edit), &by(other, 1_000))).collect();
        let mut edits = Vec::new();
        let mut copies: Vec<Engagement> = each.iter().map(|own| {
            let mut copy = start.clone();
            edits.extend(own.iter().filter_map(|(edit, after)| copy.apply(&edit.change(), &by(twin, 1_000 + after))));
            copy
        }).collect();
        for _ in 0..4 * copies.len() {
            for place in 0..copies.len() {
                let next = (place + 1) % copies.len();
                let merged = merge(&copies[place], &copies[next]).engagement;
                prop_assert_eq!(&merged, &merge(&copies[next], &copies[place]).engagement);
                copies[next] = merged;
            }
        }
        for copy in &copies {
            prop_assert_eq!(copy, &copies[0]);
        }
        for (path, written) in newest(&begun, &edits) {
            let names: Vec<&str> = path.iter().map(String::as_str).collect();
            let shown = node::find(copies[0].body(), &names).map(|register| register.shown());
            prop_assert_eq!(shown.map(|one| one.mark.stamp), Some(written.mark.stamp));
        }
    }
}
