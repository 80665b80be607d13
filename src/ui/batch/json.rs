//! The report as one JSON document, a tracker a line.

use std::io::{self, Write};

use serde::Serialize;

use super::Format;
use crate::report::{BATCH, BatchHead, TrackerReport, compact};

/// One JSON document.
#[derive(Debug, Default)]
pub struct Json {
    any: bool,
}

#[derive(Serialize)]
struct Head<'a> {
    schema: &'static str,
    #[serde(flatten)]
    head: &'a BatchHead,
}

impl Format for Json {
    fn begin(&mut self, head: &BatchHead, out: &mut dyn Write) -> io::Result<()> {
        let mut text = Vec::new();
        compact(&mut text, &Head { schema: BATCH, head }).map_err(io::Error::other)?;
        // The trackers go into the same object, one by one.
        text.pop();
        out.write_all(&text)?;
        out.write_all(b",\"trackers\":[")
    }

    fn tracker(&mut self, tracker: &TrackerReport, out: &mut dyn Write) -> io::Result<()> {
        let lead = if std::mem::replace(&mut self.any, true) { ",\n" } else { "\n" };
        out.write_all(lead.as_bytes())?;
        compact(out, tracker).map_err(io::Error::other)
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"\n]}\n")
    }
}
