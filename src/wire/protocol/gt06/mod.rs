//! GT06, the protocol of Concox, Jimi and many others: `78 78` and `79 79` frames.
//! The tracker says who it is in its login only, and hangs up when the login is not answered with its own number.

use super::super::ascii::line_end;
use super::super::crc::crc16_x25;
use super::super::{Carries, Code, Dec, Direction, Evidence, Fit, Framing, Message, Messages, UtcTime};
use super::{Protocol, Transport};

mod body;
mod encode;
mod place;
mod rare;
#[cfg(test)]
mod tests;
mod types;

/// The protocol's line in the table.
pub(in super::super) static PROTOCOL: Protocol = Protocol {
    name: "gt06",
    title: "GT06 (Concox, Jimi and others)",
    transports: &[Transport::Tcp],
    carries: Carries {
        // A unit is 1/1,800,000 of a degree; what is read is rounded to seven digits.
        degrees: Dec::new(4, 7),
        altitude_m: None,
        speed_kmh: Some(Dec::new(5, 1)),
        course: true,
        satellites: Some(15),
        hdop: None,
        odometer_m: None,
        battery_v: None,
        battery_pct: false,
        power_v: None,
        csq: false,
        cell: true,
        event: true,
        bare_imei: false,
    },
    heads: b"xy",
    summed: true,
    shares: false,
    doubt: Some(
        "the topin dialect begins alike, without a checksum and a true length, and its trackers need other answers",
    ),
    frame: framing,
    decode: body::read,
    explain: body::read,
    acknowledge,
    encode: encode::uplink,
    command: encode::command,
};

/// The longest content that is believed of a `79 79` frame, whose length could say 65,535.
const LONGEST: usize = 8_192;

/// How far behind a `79 79` head the end is looked for when the length is not to be believed.
const REACH: usize = 1_024;

/// What the length counts.
const LENGTH_RULE: &str = "counted from the type to the checksum";

/// What the checksum covers.
const SUM_RULE: &str = "CRC-16/X-25 from the length to the serial number";

/// Where the type stands: behind a length of one byte or of two.
fn type_at(bytes: &[u8]) -> usize {
    if bytes.first() == Some(&0x79) { 4 } else { 3 }
}

/// The declared length, counted from the type to the checksum.
fn declared(bytes: &[u8]) -> Option<usize> {
    match (bytes.first()?, bytes.get(2)?) {
        (0x78, length) => Some(usize::from(*length)),
        (_, high) => Some(u16::from_be_bytes([*high, *bytes.get(3)?]).into()),
    }
}

fn framing(bytes: &[u8], ended: bool) -> Framing {
    match (bytes.first(), bytes.get(1)) {
        (Some(0x78), Some(0x78)) | (Some(0x79), Some(0x79)) => {}
        (Some(0x78 | 0x79), None) if !ended => return Framing::Need,
        _ => return Framing::No("it does not begin with 78 78 or 79 79"),
    }
    let at = type_at(bytes);
    let Some(length) = declared(bytes).filter(|_| bytes.len() > at) else {
        return if ended { Framing::No("it ends within its first bytes") } else { Framing::Need };
    };
    let total = at + length + 2;
    if (5..=LONGEST).contains(&length) {
        if bytes.get(total - 2..total) == Some(b"\r\n") {
            return found(bytes, total, Fit::Fits);
        }
        if bytes.len() < total && !ended {
            return Framing::Need;
        }
    }
    // An end that is not where the length says is looked for as far as such a frame can go.
    let reach = if at == 3 { 0xFF + 2 } else { length.clamp(REACH, LONGEST) };
    let tail = bytes.get(at..at + reach.min(bytes.len() - at)).unwrap_or_default();
    match line_end(tail) {
        Some(end) => {
            let len = at + end + 2;
            let near = len.abs_diff(total) <= 2 && length >= 5;
            found(bytes, len, if near { Fit::Partly } else { Fit::Against })
        }
        None if ended => {
            let fit = if bytes.len() == total { Fit::Partly } else { Fit::Against };
            found(bytes, bytes.len(), fit)
        }
        None if tail.len() < reach => Framing::Need,
        None => Framing::No("no 0D 0A follows within the longest frame there is"),
    }
}

fn found(bytes: &[u8], len: usize, framing: Fit) -> Framing {
    let frame = bytes.get(..len).unwrap_or(bytes);
    let checksum = Some(framing == Fit::Fits && sums(frame).is_some_and(|(got, want)| got == want));
    let is_known = frame.get(type_at(frame)).is_some_and(|code| types::find(*code).is_some());
    let marks = body::marks(frame) * 2;
    Framing::Frame { len, evidence: Evidence { checksum, framing, id: is_known, marks } }
}

/// The checksum that a closed frame carries, and the one that its bytes give.
fn sums(frame: &[u8]) -> Option<(u16, u16)> {
    let end = frame.len().checked_sub(4)?;
    let carried: [u8; 2] = frame.get(end..end + 2)?.try_into().ok()?;
    Some((u16::from_be_bytes(carried), crc16_x25(frame.get(2..end)?)))
}

/// A login, a heartbeat and an alarm are answered with their own type and number; a question for the time with the
/// time (GT06 paper, sections 5.1 to 5.4). Nothing is answered that the checksum does not prove: a wrong answer makes
/// trackers of a dialect believe that all is well.
fn acknowledge(_: &[u8], messages: &Messages, now: UtcTime, out: &mut Vec<u8>) -> bool {
    let Some(&Message {
        direction: Direction::Up, code: Code::Number(code, _), serial: Some(serial), ..
    }) = messages.first()
    else {
        return false;
    };
    if !messages.is_whole() {
        return false;
    }
    let content: &[u8] = match (code, now.two_digits()) {
        (0x01 | 0x13 | 0x16 | 0x23 | 0x26 | 0x27 | 0xA4, _) => &[],
        (0x8A, Some(six)) => &six.map(|part| part),
        _ => return false,
    };
    encode::short(code as u8, content, serial as u16, out);
    true
}
