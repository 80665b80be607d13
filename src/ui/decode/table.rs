//! A table for people: one row a message, what it says in a few columns.

use std::io;

use crate::diagnose::Finding;
use crate::wire::View;

use super::super::table::table;
use super::super::term::{Term, escape};
use super::{Aside, Format, Frame, Other, Place, Tally, words};

const HEADING: [&str; 9] =
    ["at", "protocol", "message", "device", "time", "position", "km/h", "events", "whole"];

/// Rows that are laid out together; after so many a new table begins, so that a long capture needs no memory.
const ROWS: usize = 500;

/// Messages as a table.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<[String; 9]>,
    aside: Aside,
}

impl Table {
    fn show(&mut self, term: &mut Term) {
        if !self.rows.is_empty() {
            let text = table(&HEADING, self.rows.drain(..), term.width());
            term.line(text);
        }
    }
}

fn row(frame: &Frame<'_>, view: &View<'_>) -> [String; 9] {
    let place = frame.place;
    let number = place.line.or(place.at).map(|number| number.to_string()).unwrap_or_default();
    let at = place
        .link
        .as_ref()
        .filter(|_| place.line.is_none())
        .map_or(number.clone(), |link| format!("{link} {number}"));
    let position = match (view.lat, view.lon, view.valid) {
        (Some(lat), Some(lon), Some(true)) => format!("{lat}, {lon}"),
        (Some(lat), Some(lon), _) => format!("{lat}, {lon} (no fix)"),
        (_, _, Some(false)) => "no fix".to_owned(),
        _ => String::new(),
    };
    let whole =
        if frame.is_whole() { "yes".to_owned() } else { format!("no: {}", words::short_faults(frame)) };
    [
        at,
        frame.protocol.name.to_owned(),
        format!("{} {}", view.code(), view.name),
        view.device_id.map(|id| id.to_string()).unwrap_or_default(),
        view.time.map(|time| time.to_string()).unwrap_or_default(),
        position,
        view.speed_kmh.map(|speed| speed.to_string()).unwrap_or_default(),
        words::events(view),
        whole,
    ]
}

impl Format for Table {
    fn frame(&mut self, frame: &Frame<'_>, term: &mut Term) -> io::Result<()> {
        if !frame.claimed {
            self.aside.frame(frame, term);
            return Ok(());
        }
        for view in frame.messages.views(frame.bytes) {
            self.rows.push(row(frame, &view));
        }
        if self.rows.len() >= ROWS {
            self.show(term);
        }
        Ok(())
    }

    fn other(&mut self, other: &Other<'_>, place: &Place, term: &mut Term) -> io::Result<()> {
        self.aside.other(other, place, term);
        Ok(())
    }

    fn finish(&mut self, tally: &Tally, findings: &[Finding], term: &mut Term) -> io::Result<()> {
        self.show(term);
        term.line(words::tally(tally));
        for finding in findings {
            let (first, second) = words::finding(finding);
            term.sentence(&first);
            term.sentence(&format!("  {}", escape(&second)));
        }
        self.aside.finish(&[], term);
        Ok(())
    }
}
