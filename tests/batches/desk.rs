//! A fleet of software: its CSV, its lab, its journal, and what each of them says of the others.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

use crate::homing_run::{Homing, Said};
use crate::lab::Lab;

/// A CSV, a lab with its trackers, and a journal.
pub(crate) struct Desk {
    pub(crate) lab: Lab,
    pub(crate) folder: TempDir,
}

/// An IMEI with its check digit (ISO/IEC 7812-1), of a range that nobody's examples use.
pub(crate) fn imei(number: usize) -> String {
    let digits = format!("86418305{number:06}");
    let doubled = |(at, digit): (usize, char)| {
        let value = digit.to_digit(10).unwrap() * if at % 2 == 0 { 2 } else { 1 };
        value / 10 + value % 10
    };
    let sum: u32 = digits.chars().rev().enumerate().map(doubled).sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

/// The number of a tracker, from a range that is set aside for stories.
pub(crate) fn number(tracker: usize) -> String {
    format!("+4477009{tracker:05}")
}

/// A fleet of PT32 trackers, `lab` says how each behaves.
pub(crate) fn csv(trackers: usize, lab: impl Fn(usize) -> &'static str) -> String {
    let row = |at| format!("T{at},istartek-pt32,{},{},internet,{}\n", imei(at * 7), number(at), lab(at));
    let rows: String = (0..trackers).map(row).collect();
    format!("name,profile,imei,phone,apn,lab\n{rows}")
}

impl Desk {
    pub(crate) fn new(csv: &str, lab: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("fleet.csv"), csv).unwrap();
        Self { lab: Lab::with(csv, lab), folder }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    /// `homing batch` with this journal.
    pub(crate) fn batch(&self, args: &[&str]) -> Homing {
        Homing::new(&["batch", "--journal", &self.text("journal.db")]).args(args)
    }

    /// `run` over all modems of the lab.
    pub(crate) fn run(&self, args: &[&str]) -> Homing {
        let ports = self.lab.ready()["ports"].as_array().unwrap();
        let vias: Vec<String> = ports
            .iter()
            .flat_map(|port| ["--via".to_owned(), format!("modem:{}", port.as_str().unwrap())])
            .collect();
        let vias: Vec<&str> = vias.iter().map(String::as_str).collect();
        self.batch(&["run", &self.text("fleet.csv"), "--yes"]).args(&vias).args(args)
    }

    pub(crate) fn report(&self) -> Value {
        let said = self.batch(&["report", "--format", "json"]).run();
        said.json()
    }

    /// Where each tracker stands, by its name.
    pub(crate) fn standings(&self) -> BTreeMap<String, String> {
        let report = self.report();
        let word = |value: &Value| value.as_str().unwrap().to_owned();
        report["trackers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (word(&one["name"]), word(&one["standing"])))
            .collect()
    }

    /// Compares the journal with the lab's own record, and gives how many commands are unknown.
    ///
    /// What the journal calls let out was submitted, or is unknown; nothing was submitted more often than the journal
    /// has attempts that were let out; and nothing was submitted that the journal does not have.
    #[track_caller]
    pub(crate) fn agrees(&self) -> usize {
        let mut submitted: BTreeMap<(String, String), usize> = BTreeMap::new();
        for event in self.lab.events("submit") {
            let word = |name: &str| event[name].as_str().unwrap_or_default().to_owned();
            *submitted.entry((word("to"), word("text"))).or_default() += 1;
        }
        let (mut out, mut unknown) = (BTreeMap::<(String, String), (usize, usize)>::new(), 0);
        for tracker in self.report()["trackers"].as_array().unwrap() {
            let at: usize = tracker["name"].as_str().unwrap()[1..].parse().unwrap();
            for command in tracker["commands"].as_array().unwrap() {
                let text = command["text"].as_str().unwrap().to_owned();
                let entry = out.entry((number(at), text)).or_default();
                for attempt in command["attempts"].as_array().unwrap() {
                    match attempt["state"].as_str().unwrap() {
                        "not_sent" | "handed" => {}
                        "unknown" | "superseded" => {
                            entry.1 += 1;
                            unknown += 1;
                        }
                        _ => entry.0 += 1,
                    }
                }
            }
        }
        for (key, (sure, maybe)) in &out {
            let got = submitted.remove(key).unwrap_or_default();
            assert!(got >= *sure, "{key:?}: the journal has {sure} let out, the lab got {got}: lost");
            assert!(
                got <= sure + maybe,
                "{key:?}: the journal has {sure} and {maybe} unknown, the lab got {got}: twice"
            );
        }
        assert_eq!(submitted, BTreeMap::new(), "submitted, and not in the journal");
        unknown
    }
}

/// The lines of a table or text that was said.
pub(crate) fn says(said: &Said, parts: &[&str]) {
    for part in parts {
        assert!(said.says(part), "{part:?} is not in: {said}");
    }
}
