//! What was decoded, as text: one file per format. Formats show what the rooms found; none decodes or judges.

use std::io;

use crate::diagnose::Finding;
use crate::wire::{Foreign, Messages, Protocol, Spans};

use super::term::Term;

mod csv;
mod explain;
mod fields;
mod geojson;
mod gpx;
mod json;
mod place;
mod table;
mod words;

pub use csv::Csv;
pub use explain::Explain;
pub use geojson::Geojson;
pub use gpx::Gpx;
pub use json::{Json, Ndjson};
pub use place::Place;
pub use table::Table;

/// A frame that was decoded.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// Its protocol.
    pub protocol: &'static Protocol,
    /// Another protocol that is as likely.
    pub rival: Option<&'static Protocol>,
    /// Whether it is claimed for the protocol; else it is possible only.
    pub claimed: bool,
    /// Whether its end never came.
    pub cut: bool,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// How many bytes at its end the input had not: the line end of a text, which was put back.
    pub put_back: u64,
    /// What it says.
    pub messages: &'a Messages,
    /// Where each field stands; empty unless the format asked for it.
    pub spans: &'a Spans,
    /// What the server has to answer; only for formats that ask for fields, and nothing when no answer is wanted.
    pub answer: Option<&'a [u8]>,
    /// Where it stood.
    pub place: &'a Place,
}

impl Frame<'_> {
    /// Whether it is whole and without fault.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.cut && self.messages.damage().is_empty()
    }
}

/// What is no frame.
#[derive(Debug, Clone, Copy)]
pub enum Other<'a> {
    /// The first bytes of a stream that no protocol knows, and how many there are.
    NotRecognised(&'a [u8], u64),
    /// The first bytes of what stands between frames, and how many there are.
    Noise(&'a [u8], u64),
    /// Traffic that is no tracker's.
    Foreign(Foreign, &'a [u8]),
    /// A line that cannot be read, and why.
    Refused(&'a str),
    /// So many bytes of a connection are missing in the capture.
    Missing(u64),
}

/// What it all came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Frames of a protocol.
    pub frames: u64,
    /// Messages in them.
    pub messages: u64,
    /// Frames that are not whole or have a fault.
    pub damaged: u64,
    /// Frames that only may be of a protocol.
    pub possible: u64,
    /// Streams, lines or datagrams of which nothing was recognised.
    pub unknown: u64,
    /// Stretches of bytes between frames.
    pub noise: u64,
    /// Streams of foreign traffic.
    pub foreign: u64,
    /// Lines that cannot be read.
    pub refused: u64,
    /// Stretches that the capture does not hold.
    pub missing: u64,
}

/// A format of the result.
pub trait Format {
    /// Whether it shows where each field stands, and what the server has to answer.
    fn wants_fields(&self) -> bool {
        false
    }

    /// A frame.
    ///
    /// # Errors
    /// When the result cannot be made.
    fn frame(&mut self, frame: &Frame<'_>, term: &mut Term) -> io::Result<()>;

    /// What is no frame.
    ///
    /// # Errors
    /// When the result cannot be made.
    fn other(&mut self, other: &Other<'_>, place: &Place, term: &mut Term) -> io::Result<()>;

    /// The end: what it came to, and what there is to say about it.
    ///
    /// # Errors
    /// When the result cannot be made.
    fn finish(&mut self, tally: &Tally, findings: &[Finding], term: &mut Term) -> io::Result<()>;
}

/// How many troubles are told one by one by formats that have no room for them.
const TOLD: u64 = 20;

/// Tells on standard error what a format has no room for: a few one by one, then how many more.
#[derive(Debug, Default)]
struct Aside {
    count: u64,
}

impl Aside {
    fn say(&mut self, text: impl FnOnce() -> String, term: &mut Term) {
        self.count += 1;
        if self.count <= TOLD {
            term.warn_shown(&text());
        }
    }

    fn frame(&mut self, frame: &Frame<'_>, term: &mut Term) {
        if !frame.claimed {
            self.say(|| words::placed(frame.place, &words::possible(frame)), term);
        } else if !frame.is_whole() {
            self.say(|| words::placed(frame.place, &words::faults(frame).join("; ")), term);
        }
    }

    fn other(&mut self, other: &Other<'_>, place: &Place, term: &mut Term) {
        self.say(|| words::placed(place, &words::other(other)), term);
    }

    fn finish(&self, findings: &[Finding], term: &mut Term) {
        if self.count > TOLD {
            let more = self.count - TOLD;
            term.warn(&format!("{more} more of this kind; --format explain shows all of them"));
        }
        let told = usize::try_from(TOLD).unwrap_or(usize::MAX);
        for finding in findings.iter().take(told) {
            let (first, second) = words::finding(finding);
            term.note(&first);
            term.note(&format!("  {second}"));
        }
        if findings.len() > told {
            let more = findings.len() - told;
            term.warn(&format!("{more} more findings; --format table shows all of them"));
        }
    }
}
