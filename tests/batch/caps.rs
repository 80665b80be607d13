//! The most short messages of one tracker, through the program: over runs, and with what a person wants sent again.

use crate::desk::{Desk, fleet, texts_to, tracker};
use crate::flows::in_doubt;
use crate::lab::Lab;

#[test]
fn no_tracker_gets_more_than_its_cap_in_however_many_runs_and_a_higher_one_goes_on() {
    let desk = Desk::new("tight", &fleet(4), &["--modems", "2"]);
    let told = "4 trackers used up the 3 short messages of --tracker-cap and are not done";
    for _ in 0..2 {
        let said = desk.run(&["--tracker-cap", "3"]).run();
        said.assert_err(3, &[told, "`homing batch resume tight --tracker-cap N` goes on with a larger N"]);
        for phone in desk.phones().values() {
            assert_eq!(texts_to(&desk.lab, phone).len(), 3, "{said}");
        }
    }
    assert_eq!(desk.batch(&["list", "--format", "json"]).run().json()["batches"][0]["state"], "paused");
    let report = desk.report();
    let t2 = tracker(&report, "T2");
    assert_eq!((&t2["reason"], &t2["done"]), (&"tracker_cap".into(), &false.into()), "{t2:#}");
    // What it was begun with counts until something else is said.
    desk.resume(&[]).run().assert_err(3, &[told]);
    assert_eq!(desk.lab.submitted().len(), 12);
    assert_eq!(desk.resume(&["--tracker-cap", "7"]).run().code, 0);
    let counted = desk.count();
    counted.must_be_right();
    assert_eq!(counted.submitted, 28);
}

#[test]
fn what_a_person_wants_sent_again_counts_too() {
    let desk = in_doubt();
    desk.batch(&["resolve", "--resend", "T1", "--yes"]).run().assert_err(0, &["taken for 1 of 3"]);
    let whole = Lab::with(&std::fs::read_to_string(desk.csv()).unwrap(), &[]);
    let phone = &desk.phones()["T1"];
    let via = whole.via();
    // The command and the question behind it: of neither anybody knows whether it arrived, and both may have.
    let sent = texts_to(&desk.lab, phone).len();
    let capped = |cap: usize| desk.resume(&["--via", &via, "--tracker-cap", &cap.to_string()]).run();
    let said = capped(sent);
    said.assert_err(3, &["1 tracker used up the", "short messages of --tracker-cap and is not done"]);
    assert!(texts_to(&whole, phone).is_empty(), "{said}");
    assert_ne!(tracker(&desk.report(), "T1")["standing"], "planned", "{said}");
    let said = capped(sent + 1);
    assert_eq!(texts_to(&whole, phone), ["APN,internet#"], "{said}");
}
