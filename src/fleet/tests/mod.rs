//! Tests of the whole room: sheets as people have them, through both passes.

mod damage;
mod forms;
mod passes;
mod random;
mod shapes;

use super::{Checked, Defaults, Fault, Options, Problem, Sheet, SheetError, check, trackers};
use crate::tracker::{By, Country, Directory, Tracker};

/// Profiles as the catalogue would name them.
pub(super) fn profiles(text: &str) -> Result<String, String> {
    match text.to_lowercase().as_str() {
        "pt32" | "istartek-pt32" => Ok("istartek-pt32".to_owned()),
        "vt100" => Ok("istartek-vt".to_owned()),
        _ => Err(format!("no profile is called `{text}`: did you mean istartek-pt32?")),
    }
}

/// A sheet, its options and what somebody else finds wrong.
pub(super) struct Bench {
    pub(super) country: Option<Country>,
    pub(super) defaults: Defaults,
    pub(super) inspect: fn(&Tracker) -> Vec<Fault>,
}

impl Default for Bench {
    fn default() -> Self {
        Self { country: "CO".parse().ok(), defaults: Defaults::new(), inspect: |_| Vec::new() }
    }
}

/// What came out of a sheet.
pub(super) struct Outcome {
    pub(super) result: Result<Checked, SheetError>,
    pub(super) problems: Vec<Problem>,
    pub(super) trackers: Vec<Tracker>,
}

impl Bench {
    /// With a default value.
    pub(super) fn default_value(mut self, name: &str, value: &str) -> Self {
        self.defaults.set(name, value).unwrap();
        self
    }

    /// Both passes over some bytes.
    pub(super) fn run(self, bytes: &[u8]) -> Outcome {
        let directory = Directory::new();
        let options = Options {
            country: self.country,
            defaults: self.defaults,
            directory: &directory,
            profiles: &profiles,
            auto: None,
            takes: &|id| if id == "istartek-vt" { vec![By::Ip] } else { Vec::new() },
        };
        let mut problems = Vec::new();
        let sheet = Sheet::from_reader("fleet.csv", bytes);
        let mut sheet = match sheet {
            Ok(sheet) => sheet,
            Err(error) => return Outcome { result: Err(error), problems, trackers: Vec::new() },
        };
        let mut inspect = self.inspect;
        let result = check(&mut sheet, &options, &mut inspect, &mut |problem| problems.push(problem));
        let good = match &result {
            Ok(checked) => trackers(&mut sheet, &options, checked).filter_map(Result::ok).collect(),
            Err(_) => Vec::new(),
        };
        Outcome { result, problems, trackers: good }
    }
}

/// Both passes over a text with the usual options.
pub(super) fn run(text: &str) -> Outcome {
    Bench::default().run(text.as_bytes())
}

impl Outcome {
    /// What was found.
    pub(super) fn checked(&self) -> &Checked {
        self.result.as_ref().unwrap()
    }

    /// Line, column and rule of every problem.
    pub(super) fn found(&self) -> Vec<(u64, &str, &str)> {
        let short = |problem: &'_ Problem| (problem.line, problem.rule);
        let named =
            self.problems.iter().map(|problem| (problem.column.as_deref().unwrap_or(""), short(problem)));
        named.map(|(column, (line, rule))| (line, column, rule)).collect()
    }
}
