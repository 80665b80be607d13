//! The loopback check for people, and as JUnit's XML for build servers.

use std::fmt::Write as _;
use std::time::Duration;

use super::table::table;
use super::term::Term;
use crate::check::{Fault, Group, Outcome, Row, Tally};
use crate::units::rfc_3339_seconds;

/// Faults that are shown of each row; JSON and JUnit have all that were kept.
const SHOWN: usize = 3;

/// Writes a line with the verdict, a table, and what was wrong.
pub fn write(term: &mut Term, outcome: &Outcome) {
    let headline = headline(outcome);
    let headline = term.bold(&headline);
    term.line(headline);
    let rows = outcome.rows.iter().map(|row| {
        let faults = row.faults().count();
        [
            row.protocol.name.to_owned(),
            row.transport.word().to_owned(),
            row.sum(|tally| tally.cases).to_string(),
            row.sum(|tally| tally.frames).to_string(),
            row.sum(|tally| tally.fields).to_string(),
            row.sum(|tally| tally.answers).to_string(),
            seconds(row.took()),
            if faults == 0 { "ok".to_owned() } else { format!("{faults} wrong") },
        ]
    });
    let heading = ["protocol", "by", "cases", "frames", "fields", "answers", "took", "result"];
    let width = term.width();
    term.line(table(&heading, rows, width));
    for row in &outcome.rows {
        faults(term, row);
    }
}

fn headline(outcome: &Outcome) -> String {
    let faults: usize = outcome.rows.iter().map(|row| row.faults().count()).sum();
    let fields: u64 = outcome.rows.iter().map(|row| row.sum(|tally| tally.fields)).sum();
    let took = seconds(outcome.took);
    let of = format!("{fields} fields compared in {took}, seed {}", outcome.seed);
    match (outcome.stopped, faults) {
        (true, _) => format!("stopped before its end: {of}"),
        (false, 0) => format!("the loopback check passes: {of}"),
        (false, 1) => format!("the loopback check fails with one fault: {of}"),
        (false, faults) => format!("the loopback check fails with {faults} faults: {of}"),
    }
}

fn faults(term: &mut Term, row: &Row) {
    let name = format!("{} by {}", row.protocol.name, row.transport.word());
    for (group, fault) in row.faults().take(SHOWN) {
        term.sentence(&super::escape(&format!("{name}, {}, {}: {}", group.word(), fault.case, fault.what)));
        let sent = term.dim(&format!("  sent {}", short(&fault.sent)));
        term.line(sent);
    }
    let more = row.faults().count().saturating_sub(SHOWN);
    if more > 0 {
        term.line(format!("{name}: {more} more; --format json has them"));
    }
}

/// The beginning of long bytes.
fn short(hex: &str) -> String {
    match hex.get(..160) {
        Some(start) if hex.len() > 160 => format!("{start}… ({} bytes)", hex.len() / 2),
        _ => hex.to_owned(),
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.3} s", time.as_secs_f64())
}

/// JUnit's XML: a test case for each kind of case of each protocol and transport. `at_ms` is when the check ended, in
/// milliseconds since 1970.
#[must_use]
pub fn junit(outcome: &Outcome, at_ms: i64) -> String {
    let count: usize = outcome.rows.iter().map(|row| row.tallies.len()).sum();
    let failed = |row: &Row| row.tallies.iter().filter(|tally| !tally.faults.is_empty()).count();
    let failures: usize = outcome.rows.iter().map(failed).sum();
    let time = outcome.took.as_secs_f64();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a String cannot fail.
    let _ = writeln!(
        xml,
        "<testsuites name=\"homing\" tests=\"{count}\" failures=\"{failures}\" errors=\"0\" time=\"{time:.3}\">"
    );
    for row in &outcome.rows {
        suite(&mut xml, row, failed(row), at_ms);
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn suite(xml: &mut String, row: &Row, failures: usize, at_ms: i64) {
    let (tests, time) = (row.tallies.len(), row.took().as_secs_f64());
    let stamp = rfc_3339_seconds(at_ms);
    // The schema's time stamp has no zone; it is UTC all the same.
    let stamp = stamp.trim_end_matches('Z');
    let _ = writeln!(
        xml,
        "  <testsuite name=\"homing check {} {}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" \
         skipped=\"0\" time=\"{time:.3}\" timestamp=\"{stamp}\">",
        row.protocol.name,
        row.transport.word()
    );
    for tally in &row.tallies {
        case(xml, row, tally);
    }
    xml.push_str("  </testsuite>\n");
}

fn case(xml: &mut String, row: &Row, tally: &Tally) {
    let time = tally.took.as_secs_f64();
    let _ = write!(
        xml,
        "    <testcase classname=\"check.{}.{}\" name=\"{}\" time=\"{time:.3}\"",
        row.protocol.name,
        row.transport.word(),
        title(tally.group)
    );
    let Some(first) = tally.faults.first() else {
        xml.push_str("/>\n");
        return;
    };
    let _ = writeln!(
        xml,
        ">\n      <failure type=\"{}\" message=\"{}\">",
        tally.group.word(),
        text(&said(first))
    );
    for fault in &tally.faults {
        let _ = writeln!(xml, "{}\nsent {}", text(&said(fault)), fault.sent);
    }
    xml.push_str("      </failure>\n    </testcase>\n");
}

fn said(fault: &Fault) -> String {
    format!("{}: {}", fault.case, fault.what)
}

const fn title(group: Group) -> &'static str {
    match group {
        Group::Golden => "golden frames",
        Group::Kinds => "every kind of message",
        Group::Extremes => "extremes of every field",
        Group::Random => "reports by chance",
        Group::Split => "frames in pieces",
        Group::Together => "many frames at once",
        Group::Checksum => "a wrong checksum",
        Group::Length => "a wrong length",
        Group::Garbage => "bytes between frames",
    }
}

/// Text safe inside XML; characters that it does not know are left out.
fn text(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control()) {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            _ => safe.push(c),
        }
    }
    safe
}
