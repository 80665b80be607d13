//! The report as a CSV that can be corrected and run again: each tracker's own columns first, what became of it behind.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::Format;
use crate::report::{BatchHead, TrackerReport};

/// What became of a tracker, behind its own columns.
const BEHIND: [&str; 7] = [
    "batch_standing",
    "batch_reason",
    "batch_why",
    "batch_register",
    "firmware_before",
    "firmware_after",
    "batch_line",
];

/// A CSV with a heading. Columns are those of the trackers' rows, which have to be known before.
#[derive(Debug)]
pub struct Csv {
    columns: Vec<String>,
}

impl Csv {
    /// With these columns, in this order; what became of the tracker stands behind them.
    #[must_use]
    pub fn new(columns: Vec<String>) -> Self {
        // What an earlier report put behind them is not carried along a second time.
        let behind: BTreeSet<&str> = BEHIND.into_iter().collect();
        Self { columns: columns.into_iter().filter(|name| !behind.contains(name.as_str())).collect() }
    }
}

fn row(cells: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(cells.map(String::into_bytes)).map_err(io::Error::other)?;
    out.write_all(&csv.into_inner().map_err(|error| io::Error::other(error.to_string()))?)
}

/// A cell that a spreadsheet does not take for a formula. Values of trackers stay as they are, as they are run again.
fn harmless(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    match text.chars().next() {
        Some('=' | '+' | '-' | '@') => format!("'{text}"),
        _ => text,
    }
}

impl Format for Csv {
    fn begin(&mut self, _: &BatchHead, out: &mut dyn Write) -> io::Result<()> {
        row(self.columns.iter().cloned().chain(BEHIND.map(str::to_owned)), out)
    }

    fn tracker(&mut self, tracker: &TrackerReport, out: &mut dyn Write) -> io::Result<()> {
        let own = self.columns.iter().map(|column| {
            let found = tracker.row.iter().find(|(name, _)| name == column);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        });
        let behind = [
            tracker.standing.to_string(),
            tracker.reason_word(),
            harmless(&tracker.why),
            tracker.register.clone().unwrap_or_default(),
            harmless(tracker.firmware_before.as_deref().unwrap_or_default()),
            harmless(tracker.firmware_after.as_deref().unwrap_or_default()),
            tracker.line_word(),
        ];
        row(own.chain(behind), out)
    }

    fn end(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn what_a_device_said_is_no_formula() {
        assert_eq!(harmless("=1+1;\u{1b}[2J"), "'=1+1; [2J");
        assert_eq!(harmless("+57"), "'+57");
        assert_eq!(harmless("\"server\" was not answered"), "\"server\" was not answered");
    }
}
