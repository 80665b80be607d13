//! Input that has lines: each is a stream of its own. A line of a log may say when, and over which connection; only the
//! lines of our own recordings are put together, as nothing is left out of them.

use std::collections::HashMap;
use std::io::{BufRead, Read};
use std::ops::ControlFlow;

use crate::wire::{Verdict, detect};

use super::dump::Dumps;
use super::log::{self, Noted};
use super::{
    Each, End, Error, Event, Form, Link, Options, Piece, Refusal, Side, Summary, base64, hex, stamp, text,
};

/// The longest line that is read, in bytes: the longest frame in hexadecimal digits with something between them.
pub const LONGEST_LINE: usize = 512 * 1024;

/// Connections of a log that are told apart; what comes after has none.
const MOST_LINKS: usize = 65_536;

pub(super) fn read(
    input: &mut impl BufRead,
    form: Form,
    options: &Options,
    each: Each<'_>,
) -> Result<Summary, Error> {
    let mut reader = Reader {
        form,
        options,
        links: HashMap::new(),
        joined: Vec::new(),
        dumps: Dumps::default(),
        bytes: Vec::new(),
        summary: Summary::default(),
    };
    let (mut line, mut number) = (Vec::new(), 0);
    loop {
        line.clear();
        let taken = input.by_ref().take(LONGEST_LINE as u64 + 1).read_until(b'\n', &mut line)?;
        if taken == 0 {
            reader.finish(each);
            return Ok(reader.summary);
        }
        number += 1;
        let too_long = taken > LONGEST_LINE && line.last() != Some(&b'\n');
        if too_long {
            pass_over(input)?;
        }
        let go = if too_long {
            reader.summary.lines += 1;
            each(Event::Refused { line: number, why: &Refusal::TooLong { most: LONGEST_LINE } })
        } else {
            reader.line(number, &line, each)
        };
        if go == ControlFlow::Break(()) {
            return Ok(reader.summary);
        }
    }
}

/// Takes the rest of a line without keeping it.
fn pass_over(input: &mut impl BufRead) -> Result<(), Error> {
    loop {
        let bytes = super::fill(input)?;
        let (end, length) = (bytes.iter().position(|byte| *byte == b'\n'), bytes.len());
        input.consume(end.map_or(length, |end| end + 1));
        if end.is_some() || length == 0 {
            return Ok(());
        }
    }
}

struct Reader<'o> {
    form: Form,
    options: &'o Options,
    links: HashMap<Vec<u8>, u32>,
    /// Those whose lines are one stream, in the order of their numbers.
    joined: Vec<u32>,
    dumps: Dumps,
    bytes: Vec<u8>,
    summary: Summary,
}

impl Reader<'_> {
    fn line(&mut self, number: u64, line: &[u8], each: Each<'_>) -> ControlFlow<()> {
        // What ends in CR LF has the end that is put back.
        let ends = line.ends_with(b"\r\n");
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let line = if number == 1 { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line) } else { line };
        if line.trim_ascii().is_empty() {
            return ControlFlow::Continue(());
        }
        self.summary.lines += 1;
        match self.form {
            Form::Hex => match hex::read(line, &mut self.bytes) {
                Ok(()) => self.piece(number, None, each),
                Err(why) => each(Event::Refused { line: number, why: &why }),
            },
            Form::Log => self.log(number, line, each),
            Form::Dump => {
                if !self.dumps.line(number, line, each)? {
                    self.summary.chatter += 1;
                }
                ControlFlow::Continue(())
            }
            Form::Lines => self.any(number, line, ends, each),
            Form::Text | Form::Raw | Form::Pcap => {
                let given = text::read(line, &mut self.bytes);
                self.piece(number, Some(given).filter(|_| !ends), each)
            }
        }
    }

    /// A line that may be anything: digits throughout, else what is recognised as text or base64, else a log's.
    fn any(&mut self, number: u64, line: &[u8], ends: bool, each: Each<'_>) -> ControlFlow<()> {
        match hex::read(line, &mut self.bytes) {
            // A time in front may be digits, too: what is not recognised from its first byte may be in a log's line.
            Ok(()) if self.is_unknown() && log::is_known(line, self.options.zone) => {
                return self.log(number, line, each);
            }
            Ok(()) => return self.piece(number, None, each),
            // Digits and nothing else are no text, also when one of them was lost.
            Err(why) if log::is_digits(line) => return each(Event::Refused { line: number, why: &why }),
            Err(_) => {}
        }
        let bare = unquoted(line.trim_ascii_start());
        let given = Some(text::read(bare, &mut self.bytes)).filter(|_| !ends);
        if !self.is_unknown() {
            return self.piece(number, given, each);
        }
        if base64::read(bare, &mut self.bytes) && !self.is_unknown() {
            return self.piece(number, None, each);
        }
        if stamp::stamp(line, self.options.zone).is_some() || log::has_hex(line) {
            return self.log(number, line, each);
        }
        let given = Some(text::read(bare, &mut self.bytes)).filter(|_| !ends);
        self.piece(number, given, each)
    }

    fn is_unknown(&self) -> bool {
        matches!(detect(&self.bytes, true), Verdict::NotRecognised)
    }

    fn log(&mut self, number: u64, line: &[u8], each: Each<'_>) -> ControlFlow<()> {
        let Some(noted) = log::read(line, self.options.zone, &mut self.bytes) else {
            self.summary.chatter += 1;
            return ControlFlow::Continue(());
        };
        let link = match self.link(&noted) {
            Some((link, None)) => Some(link),
            Some((id, Some(new))) => {
                each(Event::Opened(&new, noted.arrival))?;
                if noted.joins {
                    self.joined.push(id);
                }
                Some(id)
            }
            None => None,
        };
        let joins = link.is_some_and(|link| noted.joins && self.joined.binary_search(&link).is_ok());
        each(Event::Piece(Piece {
            bytes: &self.bytes,
            given: noted.given,
            whole: !joins,
            line: Some(number),
            link,
            side: Side::First,
            arrival: noted.arrival,
        }))
    }

    /// The log is over, and with it what was put together.
    fn finish(&mut self, each: Each<'_>) {
        let ended =
            |link: &u32| Event::Ended { link: *link, side: Side::First, end: End::Open, arrival: None };
        // Whoever has had enough wants nothing of the others either.
        let _ = self.joined.iter().try_for_each(|link| each(ended(link)));
        let _ = self.dumps.end(each);
    }

    /// The number of the connection that a line names, and the connection when it is a new one.
    fn link(&mut self, noted: &Noted<'_>) -> Option<(u32, Option<Link>)> {
        let key = noted.key?;
        if let Some(id) = self.links.get(key) {
            return Some((*id, None));
        }
        if self.links.len() >= MOST_LINKS {
            return None;
        }
        let id = self.links.len() as u32;
        self.links.insert(key.to_vec(), id);
        let name = String::from_utf8_lossy(key).into_owned();
        let link = Link {
            id,
            transport: noted.transport,
            from: name.parse().ok(),
            to: None,
            name: Some(name),
            opened: false,
        };
        Some((id, Some(link)))
    }

    /// A line that is a stream of its own, and how many of its bytes it had; none when all.
    fn piece(&self, line: u64, given: Option<usize>, each: Each<'_>) -> ControlFlow<()> {
        let bytes = &self.bytes;
        let (given, line) = (given.unwrap_or(bytes.len()), Some(line));
        each(Event::Piece(Piece {
            bytes,
            given,
            whole: true,
            line,
            link: None,
            side: Side::First,
            arrival: None,
        }))
    }
}

/// What stands between quotes, as a program's source or a log writes a text; no frame begins with one.
fn unquoted(line: &[u8]) -> &[u8] {
    let inside = line.strip_prefix(b"b").unwrap_or(line);
    let end = inside.trim_ascii_end();
    let end = end.strip_suffix(b",").or_else(|| end.strip_suffix(b";")).unwrap_or(end);
    match end {
        [first @ (b'"' | b'\''), inside @ .., last] if first == last => inside,
        _ => line,
    }
}
