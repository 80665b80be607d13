//! Which trackers go first: a pilot, and asking all of them what they are before any is changed.

use crate::desk::{Desk, fleet, played, texts_to, tracker};
use crate::homing::all;

#[test]
fn a_pilot_that_fails_holds_the_others_back_until_a_person_says_otherwise() {
    let ways: [&[&str]; 3] =
        [&["--no-pilot"], &["--pilot-pass", "0"], &["--pilot", "2", "--pilot-pass", "50%"]];
    all(&ways, |more| {
        let desk = Desk::new("pilot", &played(5, &[(1, "not_authorised")]), &[]);
        let said = desk.run(&["--pilot", "2"]).run();
        said.assert_err(
            1,
            &[
                "only 1 of the 2 trackers of the pilot ended well, so the others were not begun",
                "`homing batch resume pilot --no-pilot` goes on all the same",
            ],
        );
        let phones = desk.phones();
        for name in ["T2", "T3", "T4"] {
            assert_eq!(texts_to(&desk.lab, &phones[name]), [""; 0]);
            assert_eq!(tracker(&desk.report(), name)["standing"], "planned");
        }
        // As it was begun it does not go on.
        let before = desk.lab.submitted().len();
        desk.resume(&[]).run().assert_err(1, &["only 1 of the 2 trackers"]);
        assert_eq!(desk.lab.submitted().len(), before);
        let said = desk.resume(more).run();
        assert_eq!(said.code, 1, "{said}");
        assert_eq!(desk.report()["counts"], serde_json::json!({"refused": 1, "verified": 4}), "{said}");
        desk.count().must_be_right();
    });
}

#[test]
fn a_pilot_that_a_person_did_not_wait_for_is_not_waited_for_again() {
    let desk = Desk::new("pilot", &played(5, &[(1, "not_authorised")]), &[]);
    assert_eq!(desk.run(&["--pilot", "2"]).run().code, 1);
    desk.resume(&["--no-pilot", "--max-sms", "12"]).run().assert_err(1, &["12 short messages of --max-sms"]);
    let said = desk.resume(&["--max-sms", "100"]).run();
    assert_eq!(desk.report()["open"], 0, "{said}");
}

#[test]
fn a_pilot_that_ends_well_lets_the_others_begin_and_asks_before_it_changes_anything() {
    let desk = Desk::new("pilot", &fleet(4), &[]);
    let said = desk.run(&["--pilot", "2"]).run();
    assert_eq!(said.code, 0, "{said}");
    asks_first(&desk, &["T0", "T1"]);
    // The others were not asked before the pilot was through: its last message is a question that reads back.
    let phones = desk.phones();
    let submits = desk.lab.events("submit");
    let at = |name: &str, last: bool| {
        let mut places = submits.iter().enumerate().filter(|(_, event)| event["to"] == *phones[name]);
        if last { places.next_back().unwrap().0 } else { places.next().unwrap().0 }
    };
    assert!(at("T0", true).max(at("T1", true)) < at("T2", false).min(at("T3", false)));
}

/// Every question of these trackers came before the first command to any of them.
#[track_caller]
fn asks_first(desk: &Desk, names: &[&str]) {
    let phones = desk.phones();
    let submits = desk.lab.events("submit");
    let of = submits.iter().filter(|event| names.iter().any(|name| event["to"] == *phones[*name]));
    let texts: Vec<&str> = of.map(|event| event["text"].as_str().unwrap()).collect();
    let first = texts.iter().position(|text| text.starts_with("GMT,")).unwrap();
    let asked = texts[..first].iter().filter(|text| **text == "VERSION#" || **text == "PARAM#").count();
    assert_eq!((first, asked), (2 * names.len(), 2 * names.len()), "{texts:?}");
}

#[test]
fn identify_first_asks_all_before_it_changes_any() {
    let desk = Desk::new("ask", &fleet(5), &["--modems", "2"]);
    let said = desk.run(&["--identify-first"]).run();
    assert_eq!(said.code, 0, "{said}");
    asks_first(&desk, &["T0", "T1", "T2", "T3", "T4"]);
}
