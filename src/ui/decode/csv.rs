//! One row a message. Cells that came from outside are harmless to spreadsheets.

use std::io;

use crate::diagnose::Finding;
use crate::report::{hex, message_attributes};
use crate::wire::View;

use super::super::term::Term;
use super::{Aside, Format, Frame, Other, Place, Tally, words};

const COLUMNS: [&str; 29] = [
    "line",
    "protocol",
    "direction",
    "kind",
    "device_id",
    "time",
    "valid",
    "lat",
    "lon",
    "altitude_m",
    "speed_kmh",
    "course_deg",
    "satellites",
    "hdop",
    "odometer_m",
    "battery_v",
    "battery_pct",
    "power_v",
    "rssi_dbm",
    "cells",
    "events",
    "attributes",
    "checksum_got",
    "checksum_want",
    "checksum_ok",
    "length_declared",
    "length_actual",
    "length_ok",
    "raw",
];

/// Messages as CSV, with a heading.
#[derive(Debug, Default)]
pub struct Csv {
    begun: bool,
    aside: Aside,
}

impl Csv {
    fn heading(&mut self, term: &mut Term) -> io::Result<()> {
        if !self.begun {
            self.begun = true;
            record(COLUMNS.map(str::to_owned), term)?;
        }
        Ok(())
    }
}

/// Room for a part of a row.
const ROOM: usize = 1_024;

fn record<const N: usize>(cells: [String; N], term: &mut Term) -> io::Result<()> {
    let mut csv = csv::WriterBuilder::new().buffer_capacity(ROOM).from_writer(term);
    csv.write_record(cells).map_err(io::Error::other)?;
    csv.flush()
}

/// A cell that a spreadsheet takes for no formula, and without line breaks or other control characters.
fn harmless(text: &str) -> String {
    // Almost all of it is one piece of printable ASCII.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !text.starts_with(['=', '+', '-', '@']) {
        return text.to_owned();
    }
    let text: String = text.chars().map(|c| if crate::units::is_unprintable(c) { ' ' } else { c }).collect();
    match text.chars().next() {
        Some('=' | '+' | '-' | '@') => format!("'{text}"),
        _ => text,
    }
}

fn shown(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn row(frame: &Frame<'_>, view: &View<'_>) -> io::Result<[String; 29]> {
    let mut attributes = Vec::new();
    message_attributes(&mut attributes, view)?;
    let cells: Vec<_> = view.cells().iter().map(words::cell).collect();
    let (sum, length) = (frame.messages.checksum(), frame.messages.length());
    let digits = |number: u32, digits: u8| format!("{number:0digits$X}", digits = usize::from(digits));
    Ok([
        shown(frame.place.line),
        frame.protocol.name.to_owned(),
        view.direction.word().to_owned(),
        view.kind.word().to_owned(),
        harmless(&shown(view.device_id)),
        shown(view.time),
        shown(view.valid),
        shown(view.lat),
        shown(view.lon),
        shown(view.altitude_m),
        shown(view.speed_kmh),
        shown(view.course_deg),
        shown(view.satellites),
        shown(view.hdop),
        shown(view.odometer_m),
        shown(view.battery_v),
        shown(view.battery_pct),
        shown(view.power_v),
        shown(view.rssi_dbm),
        cells.join(" "),
        harmless(&words::events(view)),
        harmless(&String::from_utf8_lossy(&attributes)),
        shown(sum.map(|sum| digits(sum.got, sum.digits))),
        shown(sum.map(|sum| digits(sum.want, sum.digits))),
        shown(sum.map(|sum| sum.got == sum.want)),
        shown(length.map(|length| length.declared)),
        shown(length.map(|length| length.actual)),
        shown(length.map(|length| length.declared == length.actual)),
        hex(frame.bytes),
    ])
}

impl Format for Csv {
    fn frame(&mut self, frame: &Frame<'_>, term: &mut Term) -> io::Result<()> {
        self.aside.frame(frame, term);
        self.heading(term)?;
        if frame.claimed {
            for view in frame.messages.views(frame.bytes) {
                record(row(frame, &view)?, term)?;
            }
        }
        Ok(())
    }

    fn other(&mut self, other: &Other<'_>, place: &Place, term: &mut Term) -> io::Result<()> {
        self.aside.other(other, place, term);
        Ok(())
    }

    fn finish(&mut self, _: &Tally, findings: &[Finding], term: &mut Term) -> io::Result<()> {
        self.heading(term)?;
        self.aside.finish(findings, term);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_cell_begins_a_formula_or_a_line() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)"] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        assert_eq!(harmless("\t=1"), " =1");
        assert_eq!(harmless("a\r\nb\u{202e}"), "a  b ");
        assert_eq!(harmless("CAR12"), "CAR12");
    }
}
