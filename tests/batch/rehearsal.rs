//! The sample fleet against the lab: each of its trackers in its true standing, as the README's first command shows.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::desk::Desk;
use crate::homing::{Homing, Said};

/// Where each tracker of the sample fleet ends, by its column `lab`: what the makers' papers make of such a one.
fn truth(behaviour: &str, profile: &str) -> (&'static str, &'static str) {
    match (behaviour, profile) {
        // Nothing came back of the first question, so nothing that changes it was sent.
        ("silent", _) => ("planned", "silent"),
        // One maker of the `#` dialect prints its answer: only SOS number and center number.
        ("not_authorised", "istartek-pt32") => ("refused", "not_authorised"),
        // V1.6: Failed means a wrong format or a wrong password, and a question without data has no format.
        ("wrong_password", "istartek-vt") => ("refused", "wrong_password"),
        ("other_dialect", _) => ("failed", "other_dialect"),
        ("", _) => ("verified", ""),
        other => panic!("{other:?} is new in the sample fleet"),
    }
}

/// The rows of the sample fleet: name, profile, and how the lab plays it.
fn sample() -> Vec<[String; 3]> {
    let text = fs::read_to_string(format!("{}/examples/fleet.csv", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        [cells[0].to_owned(), cells[1].to_owned(), cells.last().unwrap().to_string()]
    };
    text.lines().skip(1).map(row).collect()
}

/// The README's first command.
fn rehearse() -> Said {
    let run = Homing::new(&["batch", "run", "examples/fleet.csv", "--via", "lab", "--yes"]);
    Said::of(run.command().current_dir(env!("CARGO_MANIFEST_DIR")))
}

/// A row of a table: its cells.
fn cells(line: &str) -> Vec<String> {
    line.split('│').map(|cell| cell.trim().to_owned()).collect()
}

#[test]
fn the_sample_fleet_ends_as_it_should_and_can_be_run_again_at_once() {
    let rows = sample();
    assert_eq!(rows.len(), 20);
    let first = rehearse();
    let second = rehearse();
    for said in [&first, &second] {
        assert_eq!(said.code, 1, "{said}");
        for [name, profile, behaviour] in &rows {
            // What is set as it should be reports to who stands in for its server.
            let standing = match truth(behaviour, profile) {
                ("verified", _) => "reporting",
                (standing, _) => standing,
            };
            let lines: Vec<Vec<String>> =
                said.out.lines().map(cells).filter(|cells| cells.get(2) == Some(name)).collect();
            let [row] = lines.as_slice() else { panic!("{name} stands in {} rows: {said}", lines.len()) };
            assert_eq!(row[4], standing, "{name}: {said}");
            assert!(!row[5].is_empty(), "{name} has no reason: {said}");
        }
        assert!(said.out.contains("fleet: 1 failed, 1 planned, 2 refused, 16 reporting"), "{said}");
    }
    // What is rehearsed is remembered by nobody.
    assert_eq!(first.out, second.out);
}

#[test]
fn the_same_through_a_journal_as_json() {
    let csv = fs::read_to_string(format!("{}/examples/fleet.csv", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let desk = Desk::new("fleet", &csv, &["--modems", "2"]);
    let said = desk.run(&["--timeout", "2s"]).run();
    assert_eq!(said.code, 1, "{said}");
    let report = desk.report();
    let trackers = report["trackers"].as_array().unwrap();
    assert_eq!(trackers.len(), 20);
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for ([name, profile, behaviour], tracker) in sample().iter().zip(trackers) {
        let (standing, reason) = truth(behaviour, profile);
        *counts.entry(standing).or_default() += 1;
        assert_eq!(tracker["name"], **name);
        let word = |key: &str| tracker[key].as_str().unwrap_or_default();
        assert_eq!((word("standing"), word("reason")), (standing, reason), "{tracker:#}");
        // Whose standing is worse than it should be was not changed by a single command.
        let commands = tracker["commands"].as_array().unwrap();
        let sets = commands.iter().filter(|command| command["purpose"] == "command").count();
        assert_eq!(sets > 0, standing == "verified", "{tracker:#}");
        assert_eq!(tracker["register"], tracker["key"], "{tracker:#}");
        assert_eq!(tracker["done"], true);
    }
    assert_eq!(report["counts"], serde_json::to_value(counts).unwrap());
    // And again: it is done, and says so without a message.
    let before = desk.lab.submitted().len();
    let again = desk.run(&[]).run();
    again.assert_err(1, &["the batch fleet is done; this is its report"]);
    assert_eq!(desk.lab.submitted().len(), before);
    assert_eq!(desk.report()["trackers"], Value::Array(trackers.clone()));
}

#[test]
fn a_batch_is_played_as_its_own_profiles_and_no_other() {
    let via = "lab?profile=teltonika-fmx";
    let run = Homing::new(&["batch", "run", "examples/fleet.csv", "--via", via, "--yes"]);
    let said = Said::of(run.command().current_dir(env!("CARGO_MANIFEST_DIR")));
    said.assert_err(2, &["names one profile, and a batch has its own", "--via lab plays that"]);
}
