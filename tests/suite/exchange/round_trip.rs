//! Export, import, export: the same bytes, whatever is in the engagement.

use super::{
    made::{cases, contoso, imported},
    random::documents,
};
use engagement_playbook::{
    engagement::StateKey,
    exchange::{export, import},
    playbook::TaskState,
};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Frozen: files like these are out there. When one of them fails, the format has changed: that is a version 2, with a
/// conversion and a fixture of its own, never another golden file.
pub const GOLDEN: &str = include_str!("../../fixtures/contoso.v1.engagement.json");
/// The same, with members and values that this version does not know, and extreme ones.
pub const GOLDEN_UNKNOWN: &str = include_str!("../../fixtures/unknown-members.v1.engagement.json");
/// Both in one file.
pub const GOLDEN_SEVERAL: &str = include_str!("../../fixtures/several.v1.engagement.json");

#[test]
fn t36_export_import_export_gives_the_same_bytes_of_the_frozen_files() {
    // The frozen files are from before there was a history; the work in them is the same.
    assert!(imported(GOLDEN).is_same_work(&contoso()));
    assert_eq!(export(&[&contoso().with_recent_history(0)]), GOLDEN);
    for golden in [GOLDEN, GOLDEN_UNKNOWN, GOLDEN_SEVERAL] {
        let engagements = import(golden.as_bytes()).expect("a golden file");
        assert_eq!(export(&engagements.iter().collect::<Vec<_>>()), golden);
    }
}

#[test]
fn t36_the_frozen_file_still_says_what_it_said() {
    let engagement = imported(GOLDEN);
    let exchange = StateKey::Service("exchange".into());
    assert_eq!(engagement.customer(), "Contoso \"Süd\" 株式会社");
    assert_eq!(engagement.owner(&"994".into()), "Ben");
    assert_eq!(
        engagement.conflicts(),
        [["tasks", "994", "owner"].map(str::to_owned).to_vec()]
    );
    assert_eq!(engagement.comment(&"994".into()), "");
    assert_eq!(engagement.task_state(&"983".into(), &exchange), TaskState::NotRequired);
    assert_eq!(engagement.reason(&"983".into(), &exchange), "weil");
    assert_eq!(
        engagement.notes().iter().map(|note| note.removed).collect::<Vec<_>>(),
        [true, false]
    );
    assert!(engagement.checked(&"conduct-customer-kickoff".into(), &"ki.team".into()));
}

#[test]
fn t36_unknown_members_of_the_frozen_file_are_all_there() {
    let engagement = imported(GOLDEN_UNKNOWN);
    let json = Value::Object(engagement.to_json());
    assert_eq!(
        json["tasks"]["994"]["effort"][0],
        json!({ "hours": 2.5 }),
        "a field of a newer version"
    );
    assert_eq!(json["tasks"]["own:task.1_b"]["state"][0], "half-done");
    assert_eq!(json["x-tool"]["__proto__"], json!(["", null, {}, []]));
    assert_eq!(json["x-tool"]["numbers"][3], json!(9_007_199_254_740_993_u64));
    assert!(json["x-risks"]["r1"]["title"]["conflict"].is_array());
}

#[test]
fn t36_a_file_of_another_layout_becomes_canonical_and_means_the_same() {
    let compact = serde_json::from_str::<Value>(GOLDEN_UNKNOWN).expect("JSON").to_string();
    assert_eq!(export(&[&imported(&compact)]), GOLDEN_UNKNOWN);
    let windows = GOLDEN_UNKNOWN.replace('\n', "\r\n");
    assert_eq!(export(&[&imported(&windows)]), GOLDEN_UNKNOWN);
    let escaped = GOLDEN_UNKNOWN.replace('ü', "\\u00fc");
    assert_ne!(escaped, GOLDEN_UNKNOWN);
    assert_eq!(export(&[&imported(&escaped)]), GOLDEN_UNKNOWN);
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn t36_export_import_export_gives_the_same_bytes(engagement in documents()) {
        let text = export(&[&engagement]);
        let again = imported(&text);
        prop_assert_eq!(&again, &engagement);
        prop_assert_eq!(export(&[&again]), text);
    }

    #[test]
    fn t36_also_of_several_in_one_file(engagements in prop::collection::vec(documents(), 2..5)) {
        let mut engagements = engagements;
        engagements.sort_by(|a, b| a.id().cmp(b.id()));
        engagements.dedup_by(|a, b| a.id() == b.id());
        let text = export(&engagements.iter().collect::<Vec<_>>());
        let again = import(text.as_bytes()).expect("an export");
        prop_assert_eq!(&again, &engagements);
        prop_assert_eq!(export(&again.iter().collect::<Vec<_>>()), text);
    }

    #[test]
    fn any_bytes_are_an_answer_and_no_trap(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(import(&bytes).is_err());
    }

    #[test]
    fn a_file_that_was_hit_anywhere_is_refused_or_read_and_never_a_trap(
        place in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        cut in any::<bool>(),
    ) {
        let mut bytes = GOLDEN_UNKNOWN.as_bytes().to_vec();
        let place = place.index(bytes.len() - 2);
        if cut {
            bytes.truncate(place);
            prop_assert!(import(&bytes).is_err());
        } else {
            bytes[place] = byte;
            if let Ok(engagements) = import(&bytes) {
                let text = export(&engagements.iter().collect::<Vec<_>>());
                prop_assert_eq!(import(text.as_bytes()), Ok(engagements));
            }
        }
    }
}
