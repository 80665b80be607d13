//! `homing.check/1`: what the loopback check came to, by protocol and transport.

use serde::Serialize;

use crate::check::{Outcome, Row, Tally};

/// The schema of the document.
pub const CHECK: &str = "homing.check/1";

/// The whole check.
#[derive(Debug, Serialize)]
pub struct CheckView<'a> {
    schema: &'static str,
    good: bool,
    exit: u8,
    seed: u64,
    stopped: bool,
    ms: f64,
    rows: Vec<RowView<'a>>,
}

#[derive(Debug, Serialize)]
struct RowView<'a> {
    protocol: &'static str,
    transport: &'static str,
    good: bool,
    cases: u64,
    frames: u64,
    fields: u64,
    answers: u64,
    ms: f64,
    groups: Vec<GroupView<'a>>,
}

#[derive(Debug, Serialize)]
struct GroupView<'a> {
    group: &'static str,
    cases: u64,
    frames: u64,
    fields: u64,
    answers: u64,
    ms: f64,
    faults: Vec<FaultView<'a>>,
}

#[derive(Debug, Serialize)]
struct FaultView<'a> {
    case: &'a str,
    what: &'a str,
    sent: &'a str,
}

/// A view of a check. `exit` is the code that the program ends with.
#[must_use]
pub fn check(outcome: &Outcome, exit: u8) -> CheckView<'_> {
    CheckView {
        schema: CHECK,
        good: outcome.is_good(),
        exit,
        seed: outcome.seed,
        stopped: outcome.stopped,
        ms: ms(outcome.took),
        rows: outcome.rows.iter().map(row).collect(),
    }
}

fn row(row: &Row) -> RowView<'_> {
    RowView {
        protocol: row.protocol.name,
        transport: row.transport.word(),
        good: row.faults().next().is_none(),
        cases: row.sum(|tally| tally.cases),
        frames: row.sum(|tally| tally.frames),
        fields: row.sum(|tally| tally.fields),
        answers: row.sum(|tally| tally.answers),
        ms: ms(row.took()),
        groups: row.tallies.iter().map(group).collect(),
    }
}

fn group(tally: &Tally) -> GroupView<'_> {
    GroupView {
        group: tally.group.word(),
        cases: tally.cases,
        frames: tally.frames,
        fields: tally.fields,
        answers: tally.answers,
        ms: ms(tally.took),
        faults: tally
            .faults
            .iter()
            .map(|fault| FaultView { case: &fault.case, what: &fault.what, sent: &fault.sent })
            .collect(),
    }
}

/// Milliseconds to the microsecond: more digits would only look exact.
fn ms(time: std::time::Duration) -> f64 {
    (time.as_secs_f64() * 1_000_000.0).round() / 1_000.0
}
