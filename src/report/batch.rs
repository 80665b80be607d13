//! `homing.batch/1`: what became of every tracker of a batch, and how that is known. Times are UTC.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::engine::{Reason, Standing, State};

/// The schema's name.
pub const BATCH: &str = "homing.batch/1";

/// A batch without its trackers.
#[derive(Debug, Clone, Serialize)]
pub struct BatchHead {
    /// Its name.
    pub name: String,
    /// The CSV that it began with.
    pub file: String,
    /// `open`, `paused`, `done` or `cancelled`.
    pub state: String,
    /// When it was begun.
    pub created: String,
    /// Trackers by where they stand; those that stand nowhere are left out.
    pub counts: BTreeMap<String, u64>,
    /// Trackers for which something is left to do.
    pub open: u64,
    /// All trackers.
    pub total: u64,
}

/// What became of one tracker.
#[derive(Debug, Clone, Serialize)]
pub struct TrackerReport {
    /// What people call it.
    pub name: String,
    /// Its line in the CSV, from 1; none when the CSV that was given last does not have it.
    pub line: Option<u64>,
    /// Its profile.
    pub profile: String,
    /// What tells it from others: IMEI, device id, number or SIM card.
    pub key: String,
    /// Where it stands: the last thing that was proven.
    pub standing: Standing,
    /// Why, in one word.
    pub reason: Option<Reason>,
    /// Why, as a sentence.
    pub why: String,
    /// Nothing is left to do for it.
    pub done: bool,
    /// The identity to register at the platform.
    pub register: Option<String>,
    /// Its firmware before the first command that sets something.
    pub firmware_before: Option<String>,
    /// Its firmware after the last.
    pub firmware_after: Option<String>,
    /// Its commands, as far as it came.
    pub commands: Vec<CommandReport>,
    /// Its row again: columns that a CSV can be made of.
    #[serde(skip)]
    pub row: Vec<(String, String)>,
}

/// One command of a tracker.
#[derive(Debug, Clone, Serialize)]
pub struct CommandReport {
    /// The step of its profile.
    pub step: String,
    /// `probe`, `command` or `read`.
    pub purpose: &'static str,
    /// The text, its secrets masked.
    pub text: String,
    /// How far it got.
    pub state: State,
    /// The answer, line by line, its secrets masked.
    pub reply: Vec<String>,
    /// Every time that it was handed over.
    pub attempts: Vec<AttemptReport>,
}

/// One handing-over of a command.
#[derive(Debug, Clone, Serialize)]
pub struct AttemptReport {
    /// Which one, from 1.
    pub n: u32,
    /// `first`, `not_sent`, `temporary` or `operator`.
    pub because: String,
    /// How far it got.
    pub state: String,
    /// The courier.
    pub courier: String,
    /// When it was handed over.
    pub handed: String,
    /// When it was let out.
    pub committed: Option<String>,
    /// When its outcome came.
    pub outcome: Option<String>,
    /// What the network or the gateway calls it.
    pub references: Vec<String>,
    /// Why it ended so.
    pub cause: Option<String>,
    /// What else is known of it.
    pub evidence: Vec<EvidenceReport>,
}

/// A command of which nobody knows whether it arrived, with its tracker.
#[derive(Debug, Clone, Serialize)]
pub struct DoubtReport {
    /// What people call the tracker.
    pub name: String,
    /// Its line in the CSV, from 1; none when the CSV that was given last does not have it.
    pub line: Option<u64>,
    /// What tells it from others: IMEI, device id, number or SIM card.
    pub key: String,
    /// Its profile.
    pub profile: String,
    /// The command.
    pub command: CommandReport,
}

/// What nobody knows the outcome of in a batch, as JSON.
#[must_use]
pub fn doubts<'a>(batch: &'a str, doubts: &'a [DoubtReport]) -> impl Serialize + 'a {
    DoubtsView { schema: "homing.doubts/1", batch, doubts }
}

#[derive(Debug, Serialize)]
struct DoubtsView<'a> {
    schema: &'static str,
    batch: &'a str,
    doubts: &'a [DoubtReport],
}

/// Something that says more about an attempt.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceReport {
    /// When.
    pub at: String,
    /// What kind.
    pub kind: String,
    /// In words.
    pub note: String,
}

/// How a tracker ended, for formats that know only good, bad and open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// All that was asked is done and proven.
    Good,
    /// It failed, and that is known.
    Bad,
    /// Not proven either way.
    Open,
}

impl TrackerReport {
    /// How it ended.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.standing {
            Standing::Reporting => Verdict::Good,
            Standing::Verified if self.reason != Some(Reason::NoReport) => Verdict::Good,
            Standing::Acknowledged if self.reason.is_none() && self.done => Verdict::Good,
            Standing::Refused | Standing::Failed => Verdict::Bad,
            Standing::Planned
            | Standing::Sent
            | Standing::Acknowledged
            | Standing::Verified
            | Standing::Unknown => Verdict::Open,
        }
    }

    /// Its line as tables write it: nothing for one that the CSV does not have any more.
    #[must_use]
    pub fn line_word(&self) -> String {
        self.line.map(|line| line.to_string()).unwrap_or_default()
    }

    /// Its reason as JSON writes it.
    #[must_use]
    pub fn reason_word(&self) -> String {
        let word = self.reason.and_then(|reason| serde_json::to_value(reason).ok());
        word.and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
    }
}

/// Where a batch stands, without its trackers, as JSON.
#[must_use]
pub fn status<'a>(schema: &'static str, head: &'a BatchHead) -> impl Serialize + 'a {
    StatusView { schema, head }
}

#[derive(Debug, Serialize)]
struct StatusView<'a> {
    schema: &'static str,
    #[serde(flatten)]
    head: &'a BatchHead,
}

/// `homing.batches/1`: the batches of a journal.
#[must_use]
pub fn batches(heads: &[BatchHead]) -> impl Serialize + '_ {
    BatchesView { schema: "homing.batches/1", batches: heads }
}

#[derive(Debug, Serialize)]
struct BatchesView<'a> {
    schema: &'static str,
    batches: &'a [BatchHead],
}
