//! A line of a server's log: when, over which connection, and which of its words are the bytes.

use std::ops::Range;

use crate::wire::{Transport, Verdict, detect};

use super::stamp::{self, Zone};
use super::{Arrival, hex, text};

/// What a line says beside the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Noted<'l> {
    pub(super) arrival: Option<Arrival>,
    /// What names the connection.
    pub(super) key: Option<&'l [u8]>,
    pub(super) transport: Option<Transport>,
    /// Whether the bytes are a part of a stream, to which other lines of the connection belong.
    pub(super) joins: bool,
    /// How many of the bytes the line had: those behind were put back.
    pub(super) given: usize,
}

/// Fewer digits are a number, a time or a colour: the shortest frames have 7 bytes.
const FEWEST: usize = 14;
/// From here on a run is taken for bytes although nobody knows it.
const SURELY: usize = 20;
/// Runs of a line that are looked at.
const MOST_RUNS: usize = 16;

/// Whether a line is hexadecimal digits and nothing else, and enough of them for a frame.
pub(super) fn is_digits(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.len() >= FEWEST && line.iter().all(|byte| hex::is_digit(*byte))
}

/// Whether a line has a run of digits that can be a frame.
pub(super) fn has_hex(line: &[u8]) -> bool {
    runs(line).into_iter().any(|run| run.digits >= SURELY)
}

/// Whether a run of digits in a line is recognised as a frame.
pub(super) fn is_known(line: &[u8], zone: Zone) -> bool {
    let from = stamp::stamp(line, zone).map_or(0, |(_, length)| length);
    let line = line.get(from..).unwrap_or_default();
    let mut bytes = Vec::new();
    runs(line).iter().any(|run| known(line, run, &mut bytes))
}

fn known(line: &[u8], run: &Run, out: &mut Vec<u8>) -> bool {
    hex::read(line.get(run.place.clone()).unwrap_or_default(), out).is_ok()
        && matches!(detect(out, true), Verdict::Recognised(_) | Verdict::Possible(_))
}

/// Reads a line; none when there are no bytes of a tracker in it.
pub(super) fn read<'l>(line: &'l [u8], zone: Zone, out: &mut Vec<u8>) -> Option<Noted<'l>> {
    let (arrival, from) = match stamp::stamp(line, zone) {
        Some((arrival, length)) => (Some(arrival), length),
        None => (None, 0),
    };
    let line = line.get(from..).unwrap_or_default();
    if from > 0
        && let Some((key, transport)) = recorded(line, out)
    {
        let joins = transport == Transport::Tcp;
        let given = out.len();
        return Some(Noted { arrival, key: Some(key), transport: Some(transport), joins, given });
    }
    let (before, given) = bytes(line, out)?;
    let head = line.get(..before).unwrap_or_default();
    let (key, transport) = names(head);
    Some(Noted { arrival, key, transport, joins: false, given })
}

/// A line of our own recordings behind its time: the transport, the address, the digits of what one read brought, be they
/// few or many. It holds only what trackers say, all of it, and so the lines of a connection are one stream.
fn recorded<'l>(line: &'l [u8], out: &mut Vec<u8>) -> Option<(&'l [u8], Transport)> {
    let mut words = line.trim_ascii().split(|byte| *byte == b' ');
    let transport = match words.next()? {
        b"tcp" => Transport::Tcp,
        b"udp" => Transport::Udp,
        _ => return None,
    };
    let (key, digits) = (words.next().filter(|word| is_address(word))?, words.next()?);
    let plain = digits.iter().all(|byte| hex::is_digit(*byte)) && words.next().is_none();
    (plain && hex::read(digits, out).is_ok()).then_some((key, transport))
}

/// The bytes of a line in `out`, where in the line they begin, and how many of them it had. A run of digits that is recognised comes first,
/// then text that is, then the longest run.
fn bytes(line: &[u8], out: &mut Vec<u8>) -> Option<(usize, usize)> {
    let mut runs = runs(line);
    runs.sort_by_key(|run| std::cmp::Reverse(run.digits));
    if let Some(run) = runs.iter().find(|run| known(line, run, out)) {
        return Some((run.place.start, out.len()));
    }
    if let Some(found) = text_frame(line, out) {
        return Some(found);
    }
    let longest = runs.first().filter(|run| run.digits >= SURELY)?;
    hex::read(line.get(longest.place.clone()).unwrap_or_default(), out).ok()?;
    Some((longest.place.start, out.len()))
}

/// A frame of text somewhere in the line: it begins behind a blank, a colon, a quote or a bracket.
fn text_frame(line: &[u8], out: &mut Vec<u8>) -> Option<(usize, usize)> {
    let begins = |at: &usize| {
        *at == 0
            || line.get(at - 1).is_some_and(|before| {
                matches!(before, b' ' | b'\t' | b':' | b'"' | b'\'' | b'[' | b'=' | b'>')
            })
    };
    for at in (0..line.len()).filter(begins).take(64) {
        let rest = line.get(at..).unwrap_or_default();
        // Only what no letter or digit begins: a word of the log is no frame.
        if rest.first().is_none_or(u8::is_ascii_alphanumeric) {
            continue;
        }
        let given = text::read(rest, out);
        // What the log says behind the frames is none of the tracker's.
        let length = frames(out);
        if length > 0 {
            out.truncate(length);
            return Some((at, given.min(length)));
        }
    }
    None
}

/// How many bytes the frames at the start have together.
fn frames(bytes: &[u8]) -> usize {
    let mut length = 0;
    while let Some(rest) = bytes.get(length..) {
        let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let candidate = match detect(rest.get(ends..).unwrap_or_default(), true) {
            Verdict::Recognised(candidate) => Some(candidate),
            Verdict::Possible(candidates) => candidates.first().copied(),
            _ => None,
        };
        match candidate {
            Some(candidate) => length += ends + candidate.len.max(1),
            None => break,
        }
    }
    length
}

/// A run of hexadecimal digits, with one and the same character between its bytes or none.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Run {
    place: Range<usize>,
    digits: usize,
}

/// The runs of a line that are long enough, in their order.
fn runs(line: &[u8]) -> Vec<Run> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < line.len() && found.len() < MOST_RUNS {
        let group = group(line, at);
        if group == 0 {
            at += 1;
            continue;
        }
        let run = run(line, at, group);
        at = run.place.end.max(at + group);
        // A word that goes on is no number: `added` in `addedfoo`.
        let goes_on = line.get(run.place.end).is_some_and(u8::is_ascii_alphanumeric);
        if run.digits >= FEWEST && run.digits.is_multiple_of(2) && !goes_on {
            found.push(run);
        }
    }
    found
}

/// How many digits stand here. In the middle of a word there are none.
fn group(line: &[u8], at: usize) -> usize {
    let inside = at > 0 && line.get(at - 1).is_some_and(u8::is_ascii_alphanumeric);
    // `0x` and `\x` are marks, no part of a word.
    let marked = at > 1 && line.get(at - 1).is_some_and(|x| matches!(x, b'x' | b'X'));
    if inside && !marked {
        return 0;
    }
    line.get(at..).unwrap_or_default().iter().take_while(|byte| hex::is_digit(**byte)).count()
}

/// The run that begins with a group. Digits of two go on behind a separator as long as it is the same one.
fn run(line: &[u8], from: usize, first: usize) -> Run {
    let mut run = Run { place: from..from + first, digits: first };
    if first != 2 {
        return run;
    }
    let mut separator = None;
    loop {
        let end = run.place.end;
        let rest = line.get(end..).unwrap_or_default();
        let next = [&b", 0x"[..], b",0x", b" 0x", b"\\x", b" ", b":", b"-", b","]
            .into_iter()
            .find(|mark| rest.starts_with(mark));
        let Some(mark) = next.filter(|mark| separator.is_none_or(|known| known == *mark)) else { break };
        let at = end + mark.len();
        if line.get(at..).unwrap_or_default().iter().take_while(|byte| hex::is_digit(**byte)).count() != 2 {
            break;
        }
        separator = Some(mark);
        run = Run { place: from..at + 2, digits: run.digits + 2 };
    }
    run
}

/// What names the connection in front of the bytes: an address with a port, or the first word in brackets up to a
/// colon (`[T5ab3f21c: gt06 < 192.0.2.1]`); and the transport, where a word says so.
fn names(head: &[u8]) -> (Option<&[u8]>, Option<Transport>) {
    let words =
        || head.split(|byte| matches!(byte, b' ' | b'\t' | b'=' | b'(' | b')' | b'<' | b'>' | b'|' | b'/'));
    let address = words().map(trimmed).find(|word| is_address(word));
    let bracket = || {
        let from = head.iter().position(|byte| *byte == b'[')? + 1;
        let inside = head.get(from..)?;
        let end = inside.iter().position(|byte| matches!(byte, b':' | b']' | b' ')).unwrap_or(inside.len());
        let word = inside.get(..end)?;
        let is_id = word.len() >= 4
            && word.iter().all(u8::is_ascii_alphanumeric)
            && word.iter().any(u8::is_ascii_digit);
        is_id.then_some(word)
    };
    let said = |name: &[u8]| words().map(trimmed).any(|word| word.eq_ignore_ascii_case(name));
    let transport = match (said(b"tcp"), said(b"udp")) {
        (true, false) => Some(Transport::Tcp),
        (false, true) => Some(Transport::Udp),
        _ => None,
    };
    (address.or_else(bracket), transport)
}

fn trimmed(word: &[u8]) -> &[u8] {
    let is_edge = |byte: &u8| matches!(byte, b',' | b';' | b'"' | b'\'' | b':');
    let from = word.iter().position(|byte| !is_edge(byte)).unwrap_or(word.len());
    let end = word.iter().rposition(|byte| !is_edge(byte)).map_or(from, |last| last + 1);
    word.get(from..end).unwrap_or_default()
}

/// `192.0.2.1:5023` or `[2001:db8::1]:5023`.
fn is_address(word: &[u8]) -> bool {
    str::from_utf8(word).is_ok_and(|word| word.parse::<std::net::SocketAddr>().is_ok())
}
