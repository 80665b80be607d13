//! The report as a table for people: who stands where, and why.

use std::io::{self, Write};

use super::Format;
use crate::report::{BatchHead, TrackerReport};
use crate::ui::table::table;

/// A table, cut to a terminal's width.
#[derive(Debug, Default)]
pub struct Table {
    width: Option<usize>,
    /// Rows are kept until the end: a table's columns are as wide as the widest.
    rows: Vec<[String; 5]>,
    register: bool,
}

impl Table {
    /// For a terminal so many columns wide.
    #[must_use]
    pub fn new(width: Option<usize>) -> Self {
        Self { width, ..Self::default() }
    }
}

impl Format for Table {
    fn begin(&mut self, _: &BatchHead, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn tracker(&mut self, tracker: &TrackerReport, _: &mut dyn Write) -> io::Result<()> {
        let standing =
            if tracker.done { tracker.standing.to_string() } else { format!("{} (open)", tracker.standing) };
        let register = tracker.register.clone().unwrap_or_default();
        self.register |= !register.is_empty();
        self.rows.push([tracker.line_word(), tracker.name.clone(), register, standing, tracker.why.clone()]);
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let heading = ["line", "tracker", "register", "standing", "why"];
        let keep = |at: usize| at != 2 || self.register;
        let names: Vec<&str> =
            heading.iter().enumerate().filter(|(at, _)| keep(*at)).map(|(_, name)| *name).collect();
        let rows = std::mem::take(&mut self.rows);
        let rows = rows.into_iter().map(|row| {
            row.into_iter().enumerate().filter(|(at, _)| keep(*at)).map(|(_, cell)| cell).collect::<Vec<_>>()
        });
        writeln!(out, "{}", table(&names, rows, self.width))
    }
}
