//! A batch's report, one file per format. Trackers come one by one, as there may be a hundred thousand.

mod csv;
mod html;
mod json;
mod junit;
mod table;

use std::io::{self, Write};

use crate::report::{BatchHead, TrackerReport};

/// A format that takes trackers one by one.
pub trait Format {
    /// Before the first one.
    ///
    /// # Errors
    /// When the output cannot be written.
    fn begin(&mut self, head: &BatchHead, out: &mut dyn Write) -> io::Result<()>;

    /// One tracker.
    ///
    /// # Errors
    /// When the output cannot be written.
    fn tracker(&mut self, tracker: &TrackerReport, out: &mut dyn Write) -> io::Result<()>;

    /// After the last one.
    ///
    /// # Errors
    /// When the output cannot be written.
    fn end(&mut self, out: &mut dyn Write) -> io::Result<()>;
}

pub use csv::Csv;
pub use html::Html;
pub use json::Json;
pub use junit::JUnit;
pub use table::Table;
