//! The envelope: `&&` or `$$`, a number, a length, content, checksum, CR LF (V1.6 section 2).

use super::super::super::ascii::{hex, hex_digit, number};
use super::super::super::checksum::sum8;
use super::super::super::{Evidence, Fit, Framing};

/// The longest content that is believed. The longest known are 1,024 bytes of a photo or of firmware with their
/// heads, and a pass-through of 546 bytes.
const LONGEST: usize = 4_096;

/// What the length counts.
pub(super) const LENGTH_RULE: &str =
    "counted from the comma before the ID to the last byte before the checksum";

/// What the checksum sums.
pub(super) const SUM_RULE: &str = "sum-8 from the first byte to the last before it";

/// Start and length of a frame.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    /// The running number, 0x3A to 0x7E.
    pub(super) number: u8,
    /// The declared length.
    pub(super) declared: usize,
    /// Where the comma stands that the length counts from.
    pub(super) comma: usize,
}

/// What stands at the start of bytes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Start {
    No(&'static str),
    Partial,
    Head(Head),
}

/// Reads start, number and length: `&&A147,`.
#[inline]
pub(super) fn start(bytes: &[u8]) -> Start {
    let Some(&first) = bytes.first() else { return Start::Partial };
    if !matches!(first, b'&' | b'$') {
        return Start::No("it does not begin with && or $$");
    }
    match bytes.get(1) {
        None => return Start::Partial,
        Some(second) if *second != first => return Start::No("it does not begin with && or $$"),
        Some(_) => {}
    }
    let Some(&serial) = bytes.get(2) else { return Start::Partial };
    if !(0x3A..=0x7E).contains(&serial) {
        return Start::No("the third byte is no frame number (0x3A to 0x7E)");
    }
    let after = bytes.get(3..).unwrap_or_default();
    let digits = after.iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    match after.get(digits) {
        None if digits < 6 => Start::Partial,
        Some(b',') if digits > 0 => {
            let declared = after.get(..digits).and_then(number).unwrap_or_default() as usize;
            Start::Head(Head { number: serial, declared, comma: 3 + digits })
        }
        _ => Start::No("no length and comma follow the frame number"),
    }
}

/// Where a frame ends, and what speaks for it.
pub(super) fn framing(bytes: &[u8], ended: bool) -> Framing {
    let head = match start(bytes) {
        Start::No(why) => return Framing::No(why),
        Start::Partial if ended => return Framing::No("it ends within its first bytes"),
        Start::Partial => return Framing::Need,
        Start::Head(head) => head,
    };
    let end = head.comma + head.declared;
    if head.declared <= LONGEST {
        if sum_fits(bytes, end) {
            return proven(bytes, head, end);
        }
        if bytes.get(end + 2..end + 4) == Some(b"\r\n") {
            return found(bytes, head, end + 4, Fit::Fits);
        }
        let whole = bytes.len() >= end + 2 && !begins(bytes, end + 2, b"\r\n");
        if !whole && !ended {
            return Framing::Need;
        }
        if ended && bytes.len() == end + 2 {
            return found(bytes, head, bytes.len(), Fit::Fits);
        }
    }
    match stop(bytes, head.comma) {
        Some(stop) if stop - head.comma <= LONGEST + 4 => found(bytes, head, stop, Fit::Partly),
        None if ended && bytes.len() - head.comma <= LONGEST + 4 => {
            found(bytes, head, bytes.len(), Fit::Partly)
        }
        None if bytes.len() - head.comma <= LONGEST + 4 => Framing::Need,
        _ => Framing::No("no end follows within the longest frame there is"),
    }
}

/// Whether what is left at a place is the beginning of a pattern.
fn begins(bytes: &[u8], at: usize, pattern: &[u8]) -> bool {
    bytes.get(at..).is_some_and(|rest| pattern.starts_with(rest))
}

fn sum_fits(bytes: &[u8], end: usize) -> bool {
    match (bytes.get(..end), bytes.get(end..end + 2)) {
        (Some(summed), Some(&[high, low])) => {
            let got = hex_digit(high).zip(hex_digit(low)).map(|(high, low)| high * 16 + low);
            got == Some(sum8(summed))
        }
        _ => false,
    }
}

#[inline]
fn proven(bytes: &[u8], head: Head, end: usize) -> Framing {
    let tail = bytes.get(end + 2..).unwrap_or_default();
    let (len, framing) = match tail {
        [b'\r', b'\n', ..] => (end + 4, Fit::Fits),
        [] | [b'\r'] | [b'&' | b'$', ..] => (end + 2, Fit::Fits),
        _ => (end + 2, Fit::Partly),
    };
    let id = has_id(bytes, head.comma);
    Framing::Frame { len, evidence: Evidence { checksum: Some(true), framing, id, marks: 0 } }
}

fn found(bytes: &[u8], head: Head, len: usize, framing: Fit) -> Framing {
    let content = bytes.get(head.comma..len).unwrap_or_default();
    let marks = marks(content);
    let id = has_id(bytes, head.comma);
    Framing::Frame { len, evidence: Evidence { checksum: Some(false), framing, id, marks } }
}

fn has_id(bytes: &[u8], comma: usize) -> bool {
    let rest = bytes.get(comma + 1..).unwrap_or_default();
    let length = rest.iter().take(17).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    (3..=16).contains(&length) && rest.get(length) == Some(&b',')
}

/// The marks of the content: a command of three digits, and the body of a position behind it.
fn marks(content: &[u8]) -> u8 {
    let mut fields = content.split(|byte| *byte == b',').skip(2);
    let command = fields.next().unwrap_or_default();
    let is_command = command.len() >= 3 && number(command.get(..3).unwrap_or_default()).is_some();
    let time = fields.nth(2).unwrap_or_default();
    let flag = fields.next().unwrap_or_default();
    let is_body = time.len() == 12 && number(time).is_some() && matches!(flag, b"A" | b"V");
    if !is_command { 0 } else { 2 + if is_body { 4 } else { 0 } }
}

/// The first CR LF behind a place, or the first start of another frame.
fn stop(bytes: &[u8], from: usize) -> Option<usize> {
    let tail = bytes.get(from..bytes.len().min(from + LONGEST + 6))?;
    for (at, pair) in tail.windows(2).enumerate() {
        let at = from + at;
        match pair {
            b"\r\n" => return Some(at + 2),
            b"&&" | b"$$" if is_head(bytes.get(at..).unwrap_or_default()) => return Some(at),
            _ => {}
        }
    }
    None
}

fn is_head(bytes: &[u8]) -> bool {
    matches!(start(bytes), Start::Head(_))
}

/// The parts of a frame that was cut out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    /// The byte after the content.
    pub(super) end: usize,
    /// The length that the content really has.
    pub(super) actual: usize,
    /// The checksum that stands behind it, if one does.
    pub(super) got: Option<u8>,
    /// Whether CR LF closes it.
    pub(super) closed: bool,
}

/// Finds content and checksum of a frame: by its length when that fits, else by its end.
#[inline]
pub(super) fn cut(frame: &[u8], head: Head) -> Cut {
    let closed = frame.ends_with(b"\r\n");
    let last = frame.len() - if closed { 2 } else { 0 };
    let declared = head.comma + head.declared;
    // A frame that stops before its declared end and is not closed was cut off: its last bytes are content.
    let has_sum = closed || last > declared;
    let end = if has_sum && last >= head.comma + 3 { last - 2 } else { last };
    let got = frame.get(end..last).filter(|sum| sum.len() == 2).and_then(hex).map(|sum| sum as u8);
    Cut { end, actual: end.saturating_sub(head.comma), got, closed }
}
