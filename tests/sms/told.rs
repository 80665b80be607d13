//! What answers tell beside "done", typed by a person as they stand in the makers' papers, with other values put in: whose
//! they are, what a tracker repeats, and whether it has a fix.

use serde_json::json;

use crate::homing::{Homing, Said};
use crate::manual::typed;
use crate::{JSON, NUMBER};

/// The command with these answers, each ended by an empty line.
fn answered(args: &[&str], answers: &[&str]) -> Said {
    let lines: String = answers.iter().map(|answer| format!("{answer}\n\n")).collect();
    typed(&Homing::new(args).args(&["--phone", NUMBER, "--via", "manual", "--yes"]), &lines)
}

const CALAMP: &str = "APP: LMU2720 8.4b COM:-77 GPS:8 INP:7 MID:4664128457 1 INB:54.85.159.138:8888 LMD";

#[test]
fn a_tracker_that_tells_another_makers_id_is_not_verified() {
    let verify = ["verify", "calamp-lmu", "--apn", "internet", "--device-id"];
    let said = answered(&[&verify[..], &["1234567890"]].concat(), &[CALAMP, CALAMP]);
    assert_eq!(said.code, 1, "{said}");
    let sentence = "failed: this tracker says its id is 4664128457, the plan is for 1234567890";
    assert!(said.out.starts_with(sentence), "{said}");

    let said = answered(&[&verify[..], &["4664128457"]].concat(), &[CALAMP, CALAMP]);
    assert!(said.code == 0 && said.out.starts_with("verified: "), "{said}");
    let row = said.out.lines().find(|line| line.contains("maker_id")).unwrap_or_default();
    assert!(row.matches("4664128457").count() == 2 && row.contains("equal"), "{said}");
}

#[test]
fn an_answer_that_repeats_another_value_is_not_done() {
    let send = ["send", "sinotrack-h02", "--step", "timezone", "--no-identify"];
    let said = answered(&send, &["TIME ZONE SET OK, CURRENT: E08."]);
    assert_eq!(said.code, 1, "{said}");
    assert!(said.out.contains("timezone is +08:00 in it, and should be +00:00"), "{said}");
    let said = answered(&send, &["TIME ZONE SET OK, CURRENT: E00."]);
    assert!(said.code == 0 && said.out.starts_with("acknowledged: "), "{said}");
}

/// V1.6: V is no fix, and the place is then the last one.
#[test]
fn a_tracker_without_a_fix_is_not_located_by_the_place_that_it_prints() {
    let ends = |answer: &str, code: i32, sentence: &str| {
        let said = answered(&[&["locate", "istartek-vt"][..], &JSON].concat(), &[answer]);
        let document = said.json();
        assert_eq!((said.code, &document["sentence"]), (code, &json!(sentence)), "{answer}: {said}");
        document["latitude"].is_string() && document["longitude"].is_string()
    };
    let link = "http://maps.google.com/maps?q=";
    for (rest, place) in [
        ("V,0,0,0,31", "0.000000, 0.000000"),
        ("V,0,286,76,31", "22.646430, 114.065730"),
        // Numbers that the paper does not print so.
        ("V,0.0,286.5,-,31", "22.646430, 114.065730"),
    ] {
        let sentence = format!("the tracker says that it has no fix: {place} is its last place, or none");
        let answer = format!("Current,082619 09:30:46,{rest},{link}{}", place.replace(' ', ""));
        assert!(!ends(&answer, 3, &sentence), "{rest}");
    }
    for place in ["95.0, 114.065730", "22.646430, 190.0", "0.000000, 0.000000"] {
        let sentence = format!("the tracker answered {place}, which is no place that it can be at");
        let answer = format!("Current,082619 09:30:46,A,0,0,0,31,{link}{}", place.replace(' ', ""));
        assert!(!ends(&answer, 3, &sentence), "{place}");
    }
    // What the paper prints of 800: a link to a map, and no more.
    let sentence = "the tracker says that it is at -22.646430, -114.065730; whether that is its last place, its answer does not tell";
    assert!(ends("http://maps.google.com/maps?q=-22.646430,-114.065730", 0, sentence));
}

#[test]
fn another_makers_id_than_in_the_snapshot_is_a_change() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("before.json");
    let file = file.to_str().unwrap();
    let taken = answered(&["verify", "calamp-lmu", "--snapshot", file], &[CALAMP, CALAMP]);
    assert!(taken.err.contains("what was read is in"), "{taken}");
    let diff = ["verify", "calamp-lmu", "--diff", file];
    let same = answered(&diff, &[CALAMP, CALAMP]);
    assert_eq!(same.code, 0, "{same}");
    let other = CALAMP.replace("4664128457", "4664128458");
    let said = answered(&diff, &[&other, &other]);
    assert_eq!(said.code, 1, "{said}");
    assert!(said.out.starts_with("changed since ") && said.out.contains(": maker_id\n"), "{said}");
}

/// The board of the Rewire 103-RS adds APN and server to what `check` of its maker tells.
#[test]
fn a_coban_is_verified_by_what_its_board_tells_and_only_by_that() {
    let check = "GSM: 100% GPS: OK GPRS: ON battery: 100%";
    let verify = ["verify", "coban", "--apn", "internet"];
    let said = answered(&verify, &[check, check]);
    assert_eq!(said.code, 3, "{said}");
    // Asked to know it, and asked to read it back.
    let told = format!("{check}\nAPN: internet\nIP: 54.85.159.138\nPORT: 8888");
    let said = answered(&verify, &[&told, &told]);
    assert!(said.code == 0 && said.out.starts_with("verified: "), "{said}");
    let told = told.replace("54.85.159.138", "127.0.0.1");
    let said = answered(&verify, &[&told, &told]);
    assert!(said.code == 1 && said.out.contains("server reads back as 127.0.0.1"), "{said}");
}
