//! A dump as xxd, hexdump, od and Wireshark print it: an offset, the bytes in hexadecimal digits, perhaps their text;
//! or digits alone that were broken into lines of one length (`xxd -p`, a message). The lines of a dump are one stream;
//! what Wireshark indents is what the other end said.

use std::ops::ControlFlow;

use crate::wire::{Verdict, detect};

use super::{Each, End, Event, Link, Piece, Refusal, Side, base64, hex};

/// The most bytes of a line that are read; the programs print 16 unless they are told otherwise.
const MOST: usize = 64;
/// The most bytes that a star stands for.
const MOST_REPEATED: u64 = 1 << 20;
/// The shortest lines into which base64 is broken: by RFC 7468 they have 64 digits, by RFC 2045 76.
const BASE64: usize = 64;
/// By so many blanks more than the first line the other end is indented.
const INDENTED: usize = 4;

/// A line of a dump.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    indent: usize,
    /// In hexadecimal digits, in octal ones, in which od counts where it is not told otherwise, and in decimal ones.
    offsets: [Option<u64>; 3],
    bytes: Vec<u8>,
}

/// What stands in front of the bytes.
struct Head<'l> {
    indent: usize,
    offsets: [Option<u64>; 3],
    /// Digits of the offset.
    digits: usize,
    /// Whether a colon closes it.
    colon: bool,
    /// The bytes, with the blanks before them.
    behind: &'l [u8],
}

/// Whether text begins with a dump: a line at offset 0, and when another one follows, it goes on where that ends.
pub(super) fn begins(head: &[u8]) -> bool {
    let mut lines = head.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let Some(first) = lines.next() else { return false };
    let Some((head, line)) = self::head(first).zip(read(first, MOST)) else { return false };
    // Bytes in groups can begin like an offset; the offset of a dump stands apart from its bytes.
    let group = head.behind.trim_ascii_start().iter().take_while(|byte| hex::is_digit(**byte)).count();
    let is_apart = head.colon || head.behind.starts_with(b"  ") || head.digits >= 6 && head.digits != group;
    let goes_on =
        |next: Head<'_>| next.offsets.into_iter().flatten().any(|offset| offset <= line.bytes.len() as u64);
    is_apart
        && line.is_at(0)
        && line.bytes.len() >= 2
        && lines.next().and_then(self::head).is_none_or(goes_on)
}

/// Whether text is digits in lines of one length, the last of which may be shorter, that are a frame only when they are
/// put together.
pub(super) fn is_wrapped(head: &[u8]) -> bool {
    let (mut all, mut one) = (Vec::new(), Vec::new());
    let (mut first, mut shorter) = (None, false);
    for line in head.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()) {
        if shorter || !is_plain(line) || hex::read(line, &mut one).is_err() {
            return false;
        }
        let (_, width) =
            *first.get_or_insert((matches!(detect(&one, true), Verdict::Recognised(_)), one.len()));
        shorter = one.len() < width;
        all.extend_from_slice(&one);
        if one.len() > width {
            return false;
        }
    }
    let is_several = first.is_some_and(|(is_frame, width)| !is_frame && width >= 8 && width < all.len());
    is_several && matches!(detect(&all, true), Verdict::Recognised(_))
}

/// Whether text is base64 in lines of one length, the last of which may be shorter, that begins with a frame when they
/// are put together.
pub(super) fn is_wrapped_base64(head: &[u8]) -> bool {
    let mut lines: Vec<&[u8]> = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).collect();
    lines.retain(|line| !line.is_empty());
    let Some((last, most)) = lines.split_last() else { return false };
    let Some(first) = most.first().filter(|first| is_base64(first)) else { return false };
    let (mut all, mut one) = (Vec::new(), Vec::new());
    for line in most {
        if line.len() != first.len() || !is_base64(line) || !base64::read(line, &mut one) {
            return false;
        }
        all.append(&mut one);
    }
    // What follows the look into the input may be cut anywhere.
    last.len() <= first.len() && !matches!(detect(&all, false), Verdict::NotRecognised | Verdict::Foreign(_))
}

/// Whether a line is base64 and goes on in the next: so many digits that they are whole bytes, none of them padding.
fn is_base64(line: &[u8]) -> bool {
    line.len() >= BASE64
        && line.len().is_multiple_of(4)
        && !line.ends_with(b"=")
        && !is_plain(line)
        && base64::read(line, &mut Vec::new())
}

fn is_plain(line: &[u8]) -> bool {
    line.trim_ascii().iter().all(|byte| hex::is_digit(*byte))
}

impl Line {
    fn is_at(&self, offset: u64) -> bool {
        self.offsets.contains(&Some(offset))
    }
}

fn head(line: &[u8]) -> Option<Head<'_>> {
    let line = line.trim_ascii_end();
    let indent = line.iter().take_while(|byte| **byte == b' ').count();
    let rest = line.trim_ascii_start();
    let rest = rest.strip_prefix(b"0x").unwrap_or(rest);
    let digits = rest.iter().take_while(|byte| hex::is_digit(**byte)).count();
    let (number, behind) = rest.split_at_checked(digits).filter(|_| (4..=16).contains(&digits))?;
    let number = str::from_utf8(number).ok()?;
    let offsets = [16, 8, 10].map(|radix| u64::from_str_radix(number, radix).ok());
    let (colon, behind) = match behind.strip_prefix(b":") {
        Some(behind) => (true, behind),
        None => (false, behind),
    };
    let is_apart = matches!(behind.first(), None | Some(b' ' | b'\t'));
    is_apart.then_some(Head { indent, offsets, digits, colon, behind })
}

/// Reads a line of which no more than `most` bytes are wanted: behind them stands their text.
fn read(line: &[u8], most: usize) -> Option<Line> {
    let Head { indent, offsets, colon, behind, .. } = head(line)?;
    let (mut bytes, mut group) = (Vec::new(), Vec::new());
    let (mut rest, mut width) = (behind, None);
    while bytes.len() < most {
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        // A gap stands before the text; in the middle of a line it has two blanks and divides its halves.
        if !bytes.is_empty() && blanks >= 2 && !(blanks == 2 && bytes.len() == 8) {
            break;
        }
        rest = rest.get(blanks..).unwrap_or_default();
        let digits = rest.iter().take_while(|byte| hex::is_digit(**byte)).count();
        let ends = matches!(rest.get(digits), None | Some(b' ' | b'\t' | b'\r'));
        // Groups are of one width; only the last may be shorter.
        if digits == 0 || !ends || digits > *width.get_or_insert(digits.min(16)) {
            break;
        }
        let (here, behind) = rest.split_at_checked(digits).unwrap_or((rest, &[]));
        if hex::read(here, &mut group).is_err() {
            break;
        }
        // Words of 16 bits without a colon are those of hexdump and `od -x`, the low byte last.
        if !colon && width == Some(4) {
            group.reverse();
        }
        bytes.append(&mut group);
        rest = behind;
    }
    bytes.truncate(most);
    Some(Line { indent, offsets, bytes })
}

/// Dumps, one after another.
#[derive(Debug, Default)]
pub(super) struct Dumps {
    /// The number of the link that is open.
    link: Option<u32>,
    next: u32,
    /// Whether it is digits alone.
    plain: bool,
    /// Which of the offsets is meant, known from the second line on.
    radix: Option<usize>,
    /// A star stood where lines were left out that are as the last one.
    repeats: bool,
    /// The blanks in front of its first line.
    indent: usize,
    /// Bytes of a line, known from the second one on.
    width: Option<usize>,
    first: Tail,
    second: Tail,
}

/// How far the bytes of one end have come.
#[derive(Debug, Default)]
struct Tail {
    /// Bytes that were given.
    reached: u64,
    /// Those of its last line: how many they are, the next offset says.
    held: Vec<u8>,
}

impl Dumps {
    /// Takes a line; whether it is one of a dump.
    pub(super) fn line(&mut self, number: u64, line: &[u8], each: Each<'_>) -> ControlFlow<(), bool> {
        let begins = |line: &[u8]| is_plain(line) && line.len() > 16 || is_base64(line);
        if self.plain || self.link.is_none() && begins(line.trim_ascii()) {
            return self.plain(number, line, each);
        }
        // What all these programs print in place of lines that are as the one before.
        if self.link.is_some() && line.trim_ascii() == b"*" {
            self.repeats = true;
            return ControlFlow::Continue(true);
        }
        let Some(read) = read(line, self.width.unwrap_or(MOST)) else { return ControlFlow::Continue(false) };
        let is_indented = self.link.is_some() && read.indent >= self.indent + INDENTED;
        let side = if is_indented { Side::Second } else { Side::First };
        let tail = self.tail(side);
        let (reached, held) = (tail.reached, tail.held.len() as u64);
        if std::mem::take(&mut self.repeats) && self.repeat(side, &read, each)? {
            return ControlFlow::Continue(true);
        }
        let goes_on = read.offsets.iter().position(|at| *at == Some(reached + held));
        if reached + held > 0 {
            self.radix = self.radix.or(goes_on);
        }
        let within = |at: &u64| (reached..=reached + held).contains(at);
        let at = match goes_on {
            Some(_) => Some(reached + held),
            None => read.offsets.into_iter().flatten().find(within),
        };
        match at {
            Some(at) if self.link.is_some() && (at > 0 || held == 0) => {
                let count = (at - reached) as usize;
                self.width = self.width.or(Some(count).filter(|count| *count > 0));
                self.give(side, count, each)?;
                self.tail(side).held = read.bytes;
            }
            _ if read.is_at(0) => {
                self.end(each)?;
                self.open(read, each)?;
            }
            _ => {
                let reached = reached + held;
                self.end(each)?;
                each(Event::Refused { line: number, why: &Refusal::Offset { reached } })?;
            }
        }
        ControlFlow::Continue(true)
    }

    /// Gives the last line as often as it stood before this one, which a star said; whether this one is where that ends.
    fn repeat(&mut self, side: Side, read: &Line, each: Each<'_>) -> ControlFlow<(), bool> {
        let tail = self.tail(side);
        let (reached, width) = (tail.reached, tail.held.len() as u64);
        let times = |at: u64| at.checked_sub(reached).filter(|gap| width > 0 && gap.is_multiple_of(width));
        let at = self.radix.and_then(|radix| read.offsets.get(radix).copied().flatten());
        let gap = at.and_then(times).filter(|gap| *gap > width);
        let Some(gap) = gap.filter(|gap| *gap <= MOST_REPEATED) else { return ControlFlow::Continue(false) };
        self.width = self.width.or(usize::try_from(width).ok());
        let line = self.tail(side).held.clone();
        for _ in 0..gap / width {
            self.tail(side).held.clone_from(&line);
            self.give(side, usize::MAX, each)?;
        }
        self.tail(side).held.clone_from(&read.bytes);
        ControlFlow::Continue(true)
    }

    /// Takes a line of digits, or of base64, without an offset.
    fn plain(&mut self, number: u64, line: &[u8], each: Each<'_>) -> ControlFlow<(), bool> {
        let mut bytes = Vec::new();
        if is_plain(line) || !base64::read(line, &mut bytes) {
            bytes.clear();
            if let Err(why) = hex::read(line, &mut bytes) {
                self.end(each)?;
                each(Event::Refused { line: number, why: &why })?;
                return ControlFlow::Continue(true);
            }
        }
        if self.link.is_none() {
            self.open(Line { indent: 0, offsets: [None; 3], bytes: Vec::new() }, each)?;
        }
        (self.plain, self.first.held) = (true, bytes);
        self.give(Side::First, usize::MAX, each)?;
        ControlFlow::Continue(true)
    }

    fn tail(&mut self, side: Side) -> &mut Tail {
        if side == Side::First { &mut self.first } else { &mut self.second }
    }

    fn open(&mut self, first: Line, each: Each<'_>) -> ControlFlow<()> {
        let id = self.next;
        (self.link, self.next, self.indent) = (Some(id), id.saturating_add(1), first.indent);
        self.first.held = first.bytes;
        let link = Link { id, transport: None, from: None, to: None, name: None, opened: true };
        each(Event::Opened(&link, None))
    }

    /// Gives so many of the bytes that wait: what stood behind them was their text.
    fn give(&mut self, side: Side, count: usize, each: Each<'_>) -> ControlFlow<()> {
        let Some(link) = self.link else { return ControlFlow::Continue(()) };
        let tail = self.tail(side);
        let bytes = std::mem::take(&mut tail.held);
        let bytes = bytes.get(..count).unwrap_or(&bytes);
        tail.reached += bytes.len() as u64;
        if bytes.is_empty() {
            return ControlFlow::Continue(());
        }
        each(Event::Piece(Piece {
            bytes,
            given: bytes.len(),
            whole: false,
            line: None,
            link: Some(link),
            side,
            arrival: None,
        }))
    }

    /// Gives what waits and ends the dump that is open.
    pub(super) fn end(&mut self, each: Each<'_>) -> ControlFlow<()> {
        let Some(link) = self.link else { return ControlFlow::Continue(()) };
        for side in [Side::First, Side::Second] {
            self.give(side, usize::MAX, each)?;
            each(Event::Ended { link, side, end: End::Closed, arrival: None })?;
        }
        *self = Self { next: self.next, ..Self::default() };
        ControlFlow::Continue(())
    }
}
