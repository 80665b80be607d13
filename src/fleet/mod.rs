//! A CSV file to trackers: what people really have, read in two passes, with every problem told before anything
//! happens. It may not print, and it keeps no row in memory.
//!
//! `Export` reads what other programs export, by the columns that somebody names.
//!
//! ```text
//! Sheet::open ─▶ check: headers, rows, duplicates ─▶ problems, Checked ─▶ trackers: the good rows again, one by one
//! ```

mod cell;
mod cells;
mod check;
mod columns;
mod decode;
mod defaults;
mod duplicates;
mod encoding;
mod error;
mod export;
mod layout;
mod lines;
mod problem;
mod quotes;
mod report;
mod row;
mod rows;
mod shape;
mod sniff;
mod source;
#[cfg(test)]
mod tests;
mod text;

pub use check::{AutoApn, Checked, Options, Trackers, check, trackers};
pub use defaults::{DefaultError, Defaults};
pub use encoding::Encoding;
pub use error::SheetError;
pub use export::Export;
pub use lines::Lines;
pub use problem::{Fault, Problem, Severity};
pub use source::Sheet;
