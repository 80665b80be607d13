//! The problems of one row on their way to whoever asked, counted and joined to their columns.
//! It decides nothing about a value.

use super::cell::{Cell, Trimmed};
use super::problem::{Problem, Severity};
use crate::tracker::{Told, is_secret, shown_char};

/// Where the problems of a row go.
pub(super) struct Report<'s> {
    sink: &'s mut dyn FnMut(Problem),
    /// The row's line.
    pub(super) line: u64,
    /// Errors of this row.
    pub(super) errors: u64,
    /// Warnings of all rows.
    pub(super) warnings: u64,
    /// The headers have errors: a column that seems to be missing may only have a wrong name.
    pub(super) header_is_wrong: bool,
    /// Columns of this row that have an error.
    faulty: Vec<String>,
}

impl<'s> Report<'s> {
    /// A report into a sink.
    pub(super) fn new(sink: &'s mut dyn FnMut(Problem)) -> Self {
        Self { sink, line: 0, errors: 0, warnings: 0, header_is_wrong: false, faulty: Vec::new() }
    }

    /// Begins the next row.
    pub(super) fn begin(&mut self, line: u64) {
        self.line = line;
        self.errors = 0;
        self.faulty.clear();
    }

    /// Hands a problem on.
    pub(super) fn push(&mut self, problem: Problem) {
        match problem.severity {
            Severity::Error => {
                self.errors += 1;
                self.faulty.extend(problem.column.clone());
            }
            Severity::Warning => self.warnings += 1,
        }
        (self.sink)(problem);
    }

    /// What an error or warning says about a cell.
    pub(super) fn told(&mut self, severity: Severity, column: &str, cell: Cell<'_>, told: &dyn Told) {
        self.push(Problem::told(self.line, severity, told).at(column, cell.text));
    }

    /// Whether a column of this row has an error already.
    pub(super) fn is_faulty(&self, column: &str) -> bool {
        self.faulty.iter().any(|faulty| faulty == column)
    }

    /// Says what was taken away around a cell, where nobody would see it.
    pub(super) fn trimmed(&mut self, column: &str, cell: Cell<'_>) {
        let message = match cell.trimmed {
            Trimmed::Invisible(odd) => {
                format!("{column} had {} at an end, it was taken away: type the value again", shown_char(odd))
            }
            Trimmed::Apostrophe => {
                format!("{column} began with an apostrophe, it was taken away: in CSV a number needs none")
            }
            Trimmed::Blanks if is_secret(column.strip_prefix("set.").unwrap_or(column)) => {
                format!(
                    "{column} had blanks around it, they were taken away: no secret can begin or end with one here"
                )
            }
            Trimmed::Blanks | Trimmed::Nothing => return,
        };
        self.push(Problem::error(self.line, "trimmed", message).warning().at(column, cell.text));
    }
}
