//! A fleet, a lab that plays it, and a journal: what every test of a batch needs.

use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

use crate::count::{Count, count};
use crate::homing::Homing;
use crate::lab::Lab;

/// The last digit of a number whose check digit is right (Luhn).
fn check_digit(digits: &str) -> u32 {
    let doubled =
        |(at, digit): (usize, u32)| if at % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit };
    let sum: u32 = digits.chars().rev().filter_map(|c| c.to_digit(10)).enumerate().map(doubled).sum();
    (10 - sum % 10) % 10
}

/// A fleet of so many trackers that differ in name, IMEI and number. Their dialect has no password, so that a report
/// shows each command as it was sent.
pub(crate) fn fleet(trackers: usize) -> String {
    let row = |at: usize| {
        let digits = format!("86418305{:06}", 310_000 + at);
        let check = check_digit(&digits);
        // Of a range that is set aside for stories (Ofcom), as long as it lasts.
        format!("T{at},istartek-pt32,{digits}{check},+4477009{:05},internet\n", at)
    };
    let rows: String = (0..trackers).map(row).collect();
    format!("name,profile,imei,phone,apn\n{rows}")
}

/// A fleet with its lab and its journal.
pub(crate) struct Desk {
    pub(crate) lab: Lab,
    folder: TempDir,
    name: String,
}

impl Desk {
    /// The CSV is `NAME.csv`, so that the batch is called so; the lab plays all of its trackers.
    pub(crate) fn new(name: &str, csv: &str, lab: &[&str]) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk { lab: Lab::with(csv, lab), folder, name: name.to_owned() };
        fs::write(desk.csv(), csv).unwrap();
        desk
    }

    /// A file of its folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn csv(&self) -> PathBuf {
        self.path(&format!("{}.csv", self.name))
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.path("journal.db")
    }

    /// `homing batch` with its journal.
    pub(crate) fn batch(&self, args: &[&str]) -> Homing {
        Homing::new(&["batch", "--journal", self.journal().to_str().unwrap()]).args(args)
    }

    /// `--via` for each modem of the lab.
    pub(crate) fn vias(&self) -> Vec<String> {
        let ports = self.lab.ready()["ports"].as_array().unwrap().iter();
        ports.flat_map(|port| ["--via".to_owned(), format!("modem:{}", port.as_str().unwrap())]).collect()
    }

    /// Begins the batch, or goes on with it.
    pub(crate) fn run(&self, more: &[&str]) -> Homing {
        let vias = self.vias();
        let vias: Vec<&str> = vias.iter().map(String::as_str).collect();
        self.batch(&["run", self.csv().to_str().unwrap(), "--yes"]).args(&vias).args(more)
    }

    pub(crate) fn resume(&self, more: &[&str]) -> Homing {
        self.batch(&["resume", &self.name, "--yes"]).args(more)
    }

    /// A configuration that names the lab's gateway `phone`. User and password are the lab's own, as its help says.
    pub(crate) fn gateway_config(&self) -> PathBuf {
        let config = self.path("config.toml");
        fs::write(self.path("word"), "lab\n").unwrap();
        let text = format!(
            "[gateway.phone]\ndefinition = \"capcom6\"\nurl = \"http://{}\"\nuser = \"lab\"\npassword = \"file:word\"\n\
             poll = \"50ms\"\nread_timeout = \"1s\"\n",
            self.lab.gateway()
        );
        fs::write(&config, text).unwrap();
        for path in [&config, &self.path("word")] {
            fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
        }
        config
    }

    /// The report as JSON.
    pub(crate) fn report(&self) -> Value {
        self.batch(&["report", &self.name, "--format", "json"]).run().json()
    }

    /// The number of each tracker, by its name.
    pub(crate) fn phones(&self) -> HashMap<String, String> {
        let text = fs::read_to_string(self.csv()).unwrap();
        let mut lines = text.lines();
        let columns: Vec<&str> = lines.next().unwrap().split(',').collect();
        let at = |name: &str| columns.iter().position(|column| *column == name).unwrap();
        let (name, phone) = (at("name"), at("phone"));
        let cells = lines.map(|line| line.split(',').collect::<Vec<_>>());
        cells.map(|cells| (cells[name].to_owned(), cells[phone].to_owned())).collect()
    }

    /// What the lab saw against what the journal says.
    pub(crate) fn count(&self) -> Count {
        self.count_with(&[])
    }

    /// The same where messages went by other labs too.
    pub(crate) fn count_with(&self, others: &[&Lab]) -> Count {
        let labs = others.iter().copied().chain([&self.lab]);
        let logs: String = labs.map(|lab| fs::read_to_string(lab.path("lab.log")).unwrap()).collect();
        let events = logs.lines().map(|line| serde_json::from_str(line).unwrap());
        let events: Vec<Value> = events.filter(|event: &Value| is_counted(event)).collect();
        count(&events, &self.report(), &self.phones())
    }
}

fn is_counted(event: &Value) -> bool {
    matches!(event["kind"].as_str(), Some("submit" | "deliver"))
}

/// Shows what was counted, to whoever runs the test with `--nocapture`.
#[expect(clippy::print_stderr, reason = "the counts are what the campaigns are for")]
pub(crate) fn tell(text: &str) {
    eprintln!("{text}");
}

/// The texts that went to a tracker.
pub(crate) fn texts_to(lab: &Lab, phone: &str) -> Vec<String> {
    let submits = lab.events("submit").into_iter().filter(|event| event["to"] == phone);
    submits.map(|event| event["text"].as_str().unwrap().to_owned()).collect()
}

/// One tracker of a report.
pub(crate) fn tracker<'r>(report: &'r Value, name: &str) -> &'r Value {
    report["trackers"].as_array().unwrap().iter().find(|tracker| tracker["name"] == name).unwrap()
}

/// A fleet of which some are played in another way.
pub(crate) fn played(trackers: usize, behaviours: &[(usize, &str)]) -> String {
    let text = fleet(trackers);
    let line = |(at, line): (usize, &str)| {
        let behaviour = behaviours.iter().find(|(tracker, _)| tracker + 1 == at).map_or("", |(_, word)| word);
        format!("{line},{}\n", if at == 0 { "lab" } else { behaviour })
    };
    text.lines().enumerate().map(line).collect()
}
