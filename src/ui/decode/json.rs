//! JSON: one object a line, or one document with the messages, what could not be decoded, and the findings.

use std::io;

use crate::diagnose::Finding;
use crate::report::{compact, decoded_end, decoded_trouble, message};

use super::super::term::Term;
use super::{Aside, Format, Frame, Other, Place, Tally, words};

/// One `homing.message/1` a line; everything else is told on standard error.
#[derive(Debug, Default)]
pub struct Ndjson {
    aside: Aside,
    /// The line that is being made.
    line: Vec<u8>,
}

impl Format for Ndjson {
    fn frame(&mut self, frame: &Frame<'_>, term: &mut Term) -> io::Result<()> {
        self.aside.frame(frame, term);
        if frame.claimed {
            for view in frame.messages.views(frame.bytes) {
                self.line.clear();
                message(frame.protocol, view, frame.place.line).write(&mut self.line)?;
                self.line.push(b'\n');
                io::Write::write_all(term, &self.line)?;
            }
        }
        Ok(())
    }

    fn other(&mut self, other: &Other<'_>, place: &Place, term: &mut Term) -> io::Result<()> {
        self.aside.other(other, place, term);
        Ok(())
    }

    fn finish(&mut self, _: &Tally, findings: &[Finding], term: &mut Term) -> io::Result<()> {
        self.aside.finish(findings, term);
        Ok(())
    }
}

/// Troubles that one document holds; what comes after is counted.
const MOST_TROUBLES: usize = 10_000;

/// One `homing.decoded/1`. Messages are written as they come, so that a long capture needs no memory.
#[derive(Debug, Default)]
pub struct Json {
    messages: u64,
    /// The message that is being made.
    line: Vec<u8>,
    troubles: Vec<Vec<u8>>,
    left_out: u64,
}

impl Json {
    fn trouble(&mut self, kind: &'static str, place: &Place, text: &str, raw: &[u8]) -> io::Result<()> {
        if self.troubles.len() >= MOST_TROUBLES {
            self.left_out += 1;
            return Ok(());
        }
        let mut line = Vec::new();
        compact(&mut line, &decoded_trouble(kind, place.line, place.at, text, raw))?;
        self.troubles.push(line);
        Ok(())
    }

    fn open(&mut self, term: &mut Term) {
        let before = if self.messages == 0 {
            "{\n  \"schema\": \"homing.decoded/1\",\n  \"messages\": ["
        } else {
            ","
        };
        term.text(before);
        term.text("\n    ");
        self.messages += 1;
    }
}

impl Format for Json {
    fn frame(&mut self, frame: &Frame<'_>, term: &mut Term) -> io::Result<()> {
        if !frame.claimed {
            return self.trouble("possible", frame.place, &words::possible(frame), frame.bytes);
        }
        for view in frame.messages.views(frame.bytes) {
            self.open(term);
            self.line.clear();
            message(frame.protocol, view, frame.place.line).write(&mut self.line)?;
            io::Write::write_all(term, &self.line)?;
        }
        if !frame.is_whole() {
            let text = words::faults(frame).join("; ");
            self.trouble("damaged", frame.place, &text, frame.bytes)?;
        }
        Ok(())
    }

    fn other(&mut self, other: &Other<'_>, place: &Place, _: &mut Term) -> io::Result<()> {
        let (kind, raw) = match other {
            Other::NotRecognised(bytes, _) => ("not-recognised", *bytes),
            Other::Noise(bytes, _) => ("noise", *bytes),
            Other::Foreign(_, bytes) => ("foreign", *bytes),
            Other::Refused(_) => ("refused", &[][..]),
            Other::Missing(_) => ("missing", &[][..]),
        };
        self.trouble(kind, place, &words::other(other), raw)
    }

    fn finish(&mut self, tally: &Tally, findings: &[Finding], term: &mut Term) -> io::Result<()> {
        if self.messages == 0 {
            term.text("{\n  \"schema\": \"homing.decoded/1\",\n  \"messages\": [");
        }
        term.text(if self.messages == 0 { "],\n  \"troubles\": [" } else { "\n  ],\n  \"troubles\": [" });
        for (at, trouble) in self.troubles.iter().enumerate() {
            term.text(if at == 0 { "\n    " } else { ",\n    " });
            io::Write::write_all(term, trouble)?;
        }
        term.text(if self.troubles.is_empty() { "]" } else { "\n  ]" });
        let end = decoded_end(
            findings,
            self.left_out,
            [
                ("frames", tally.frames),
                ("messages", tally.messages),
                ("damaged", tally.damaged),
                ("possible", tally.possible),
                ("not_recognised", tally.unknown),
                ("noise", tally.noise),
                ("foreign", tally.foreign),
                ("refused", tally.refused),
                ("missing", tally.missing),
            ],
        );
        for (key, value) in end {
            term.text(&format!(",\n  \"{key}\": "));
            compact(&mut *term, &value)?;
        }
        term.text("\n}\n");
        Ok(())
    }
}
