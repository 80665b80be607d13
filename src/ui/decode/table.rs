//! A table for people: one row a message, what it says in a few columns.

use std::io;

use crate::diagnose::Finding;
use crate::wire::View;

use super::super::table::{Room, table};
use super::super::term::{Term, escape};
use super::{Aside, Format, Frame, Other, Place, Tally, words};

const HEADING: [&str; 9] =
    ["at", "protocol", "message", "device", "time", "position", "km/h", "events", "whole"];

/// What a message is and whose it is are always shown; the others where there is room, by their places in the heading:
/// what tells most first. That a frame is damaged is told below the table, too.
const ALWAYS: [usize; 2] = [2, 3];
const OTHERS: [usize; 7] = [4, 0, 5, 8, 7, 6, 1];

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
        if self.rows.is_empty() {
            return;
        }
        let rows = std::mem::take(&mut self.rows);
        let shown = term.width().map_or([true; HEADING.len()], |width| shown(&rows, width));
        let pick =
            |row: [String; 9]| row.into_iter().zip(shown).filter(|(_, shown)| *shown).map(|(cell, _)| cell);
        let heading: Vec<&str> =
            HEADING.into_iter().zip(shown).filter(|(_, shown)| *shown).map(|(title, _)| title).collect();
        term.line(table(&heading, rows.into_iter().map(pick), term.width()));
        let left: Vec<&str> =
            HEADING.into_iter().zip(shown).filter(|(_, shown)| !shown).map(|(title, _)| title).collect();
        if !left.is_empty() {
            term.sentence(&format!("left out: {}; a pipe or --format csv shows all", left.join(", ")));
        }
    }
}

/// The columns that there is room for without breaking a word. Those that say nothing come last.
fn shown(rows: &[[String; 9]], width: usize) -> [bool; 9] {
    let mut room = Room::of(&HEADING);
    let mut says = [false; 9];
    for row in rows {
        let cells = row.each_ref().map(|cell| escape(cell));
        room.see(cells.iter().map(AsRef::as_ref));
        for (says, cell) in says.iter_mut().zip(row) {
            *says |= !matches!(cell.as_str(), "" | "yes");
        }
    }
    let mut shown: [bool; 9] = std::array::from_fn(|column| ALWAYS.contains(&column));
    let says = |column: &&usize| says.get(**column).copied().unwrap_or_default();
    let (telling, empty): (Vec<&usize>, Vec<&usize>) = OTHERS.iter().partition(says);
    for more in telling.into_iter().chain(empty) {
        let is_shown = |column| column == *more || shown.get(column).copied().unwrap_or_default();
        if room.least(is_shown) <= width {
            shown = std::array::from_fn(is_shown);
        }
    }
    shown
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
