//! Why a sheet cannot be read at all, each with the way out.
//! What is wrong with one row is a `Problem`, not one of these.

use std::io;

use super::problem::{Problem, Severity};
use crate::tracker::Told;

/// Why a sheet cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SheetError {
    /// The file is not there, or not permitted.
    #[error("{name} cannot be opened: {source}")]
    Open {
        /// The file.
        name: String,
        /// What the system said.
        source: io::Error,
    },
    /// Reading broke off.
    #[error("{name} cannot be read: {source}")]
    Read {
        /// The file.
        name: String,
        /// What the system said.
        source: io::Error,
    },
    /// What cannot be read twice could not be copied.
    #[error("{name} cannot be copied to a temporary file, as it must be to be read twice: {source}")]
    Spool {
        /// The input.
        name: String,
        /// What the system said.
        source: io::Error,
    },
    /// Another kind of file.
    #[error("{name} is {what}, not CSV: {way_out}")]
    NotCsv {
        /// The file.
        name: String,
        /// What it is.
        what: &'static str,
        /// What to do.
        way_out: &'static str,
    },
    /// Nothing in it.
    #[error(
        "{name} is empty: its first line needs the names of the columns, for example profile,imei,phone,apn"
    )]
    Empty {
        /// The file.
        name: String,
    },
    /// The first line names no column.
    #[error(
        "line {line} of {name} names no column that is known, it begins with `{first}`: write the names of the columns there, for example profile,imei,phone,apn"
    )]
    NoHeader {
        /// The file.
        name: String,
        /// The line.
        line: u64,
        /// Its first cell.
        first: String,
    },
    /// A header and no row.
    #[error("{name} has a line of headers and no row under it: add one row for each tracker")]
    NoRows {
        /// The file.
        name: String,
    },
    /// `sep=` with something that separates nothing.
    #[error("line {line} says `sep={separator}`, which is no separator: use a comma, semicolon, tab or bar")]
    Separator {
        /// The line.
        line: u64,
        /// What was written.
        separator: String,
    },
    /// A quote that is never closed, or in the headers only in the middle of a cell.
    #[error(
        "a quote opens on line {line} and is not closed: everything behind it would be one cell; close it or remove it (a quote inside a quoted cell is written twice)"
    )]
    Unclosed {
        /// The line on which the cell begins.
        line: u64,
    },
    /// A row that never ends.
    #[error(
        "the row that begins after line {line} is longer than a megabyte: a quote opens there and is not closed, or this is no sheet of trackers"
    )]
    TooLong {
        /// The last line before the row.
        line: u64,
    },
    /// Somebody wrote to the file between the two readings.
    #[error(
        "{name} was changed while it was being read: nothing is known about its rows any more; run the command again"
    )]
    Changed {
        /// The file.
        name: String,
    },
    /// A default that no row could take.
    #[error("the default for {column} cannot be used: {message}")]
    Default {
        /// The column it would fill.
        column: String,
        /// What is wrong with it.
        message: String,
        /// What would be right.
        fix: Option<String>,
    },
    /// The header has errors, so no row can be used.
    #[error("the headers of {name} have {count} problem(s): correct them first, they concern every row")]
    Header {
        /// The file.
        name: String,
        /// How many.
        count: u64,
    },
}

impl SheetError {
    /// The same as a problem, for lists: with the line where one is known.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let line = match self {
            Self::NoHeader { line, .. }
            | Self::Separator { line, .. }
            | Self::Unclosed { line }
            | Self::TooLong { line } => *line,
            _ => 0,
        };
        let column = if let Self::Default { column, .. } = self { Some(column.clone()) } else { None };
        Problem { column, ..Problem::told(line, Severity::Error, self) }
    }

    /// Whether the machine is at fault and not what stands in the file.
    #[must_use]
    pub fn is_io(&self) -> bool {
        matches!(self, Self::Open { .. } | Self::Read { .. } | Self::Spool { .. })
    }
}

impl Told for SheetError {
    fn rule(&self) -> &'static str {
        match self {
            Self::Open { .. } | Self::Read { .. } | Self::Spool { .. } => "file-unreadable",
            Self::NotCsv { .. } => "not-csv",
            Self::Empty { .. } => "file-empty",
            Self::NoHeader { .. } => "no-header",
            Self::NoRows { .. } => "no-rows",
            Self::Separator { .. } => "separator-line",
            Self::Unclosed { .. } => "unclosed-quote",
            Self::TooLong { .. } => "row-too-long",
            Self::Changed { .. } => "file-changed",
            Self::Default { .. } => "default",
            Self::Header { .. } => "header",
        }
    }

    fn fix(&self) -> Option<String> {
        match self {
            Self::NotCsv { way_out, .. } => Some((*way_out).to_owned()),
            Self::Default { fix, .. } => fix.clone(),
            Self::Unclosed { .. } => Some("the closing quote, or no quote at all".to_owned()),
            Self::NoHeader { .. } | Self::Empty { .. } => {
                Some("a first line such as profile,imei,phone,apn".to_owned())
            }
            _ => None,
        }
    }
}
