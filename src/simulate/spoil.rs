//! Makes a whole frame wrong in one place, as lines and firmware do: for trackers with faults, and for checks that
//! want to see such frames noticed.

use crate::wire::checksum::sum8;
use crate::wire::{Protocol, Transport};

/// Changes the checksum that a frame carries. False for protocols that have none.
#[must_use]
pub fn checksum(protocol: &Protocol, transport: Transport, frame: &mut [u8]) -> bool {
    let end = frame.len();
    let at = match (protocol.name, transport) {
        // Two hexadecimal digits before CR LF, of which the last changes.
        ("startek", _) => end.checked_sub(3),
        // Two bytes before CR LF.
        ("gt06" | "meiligao", _) => end.checked_sub(4),
        ("eelink", Transport::Udp) => Some(5),
        // One byte before the mark; the last byte of the header's number, so that no escape comes or goes.
        ("jt808", _) => Some(1),
        _ => None,
    };
    let Some(byte) = at.and_then(|at| frame.get_mut(at)) else { return false };
    *byte = match (protocol.name, *byte) {
        ("startek", b'0') => b'1',
        ("startek", _) => b'0',
        // The number of the message, 01 and 02 become 81 and 82 would be the server's: the bit below is free.
        ("jt808", byte) => byte ^ 0x10,
        (_, byte) => byte ^ 0x01,
    };
    true
}

/// The same frame with a declared length that is so much more or less; none where that cannot be said.
#[must_use]
pub fn length(protocol: &Protocol, frame: &[u8], by: i32) -> Option<Vec<u8>> {
    match protocol.name {
        "startek" => digits(frame, by),
        "watch" => content(frame, by),
        "gt06" => byte(frame, 2, by),
        "eelink" if frame.starts_with(b"EL") => word(frame, 2, by),
        // A line end between frames is nobody's fault, so that a byte left over that is one would not be told.
        "eelink" if by == -1 && matches!(frame.last(), Some(b'\r' | b'\n')) => None,
        "eelink" => word(frame, 3, by),
        "meiligao" => word(frame, 2, by),
        // Ten bits of the attributes.
        "jt808" => byte(frame, 4, by).filter(|frame| !matches!(frame.get(4), Some(0x7D | 0x7E))),
        _ => None,
    }
}

/// Whether bytes whose length was spoiled are a whole frame all the same: one in 256 has by chance, at the place where
/// the wrong length puts it, the checksum that belongs there. `CR LF` may be missing, so that nothing tells.
#[must_use]
pub fn is_whole_by_chance(protocol: &Protocol, bytes: &[u8]) -> bool {
    if protocol.name != "startek" {
        return false;
    }
    let comma = bytes.iter().position(|byte| *byte == b',').unwrap_or_default();
    let digits = bytes.get(3..comma).and_then(|digits| str::from_utf8(digits).ok()).unwrap_or_default();
    let end = comma + digits.parse().unwrap_or(0_usize);
    bytes
        .split_at_checked(end)
        .is_some_and(|(frame, rest)| rest.starts_with(format!("{:02X}", sum8(frame)).as_bytes()))
}

fn byte(frame: &[u8], at: usize, by: i32) -> Option<Vec<u8>> {
    let mut frame = frame.to_vec();
    let byte = frame.get_mut(at)?;
    *byte = u8::try_from(i32::from(*byte) + by).ok()?;
    Some(frame)
}

fn word(frame: &[u8], at: usize, by: i32) -> Option<Vec<u8>> {
    let mut frame = frame.to_vec();
    let word: &mut [u8; 2] = frame.get_mut(at..at + 2)?.try_into().ok()?;
    *word = u16::try_from(i32::from(u16::from_be_bytes(*word)) + by).ok()?.to_be_bytes();
    Some(frame)
}

/// Decimal digits before the first comma. The checksum is made to fit again, so that the length alone is wrong.
fn digits(frame: &[u8], by: i32) -> Option<Vec<u8>> {
    let comma = frame.iter().position(|byte| *byte == b',')?;
    let declared: i32 = str::from_utf8(frame.get(3..comma)?).ok()?.parse().ok()?;
    let declared = u32::try_from(declared + by).ok()?.to_string();
    let end = frame.len().checked_sub(4)?;
    let mut spoiled = [frame.get(..3)?, declared.as_bytes(), frame.get(comma..end)?].concat();
    spoiled.extend_from_slice(format!("{:02X}\r\n", sum8(&spoiled)).as_bytes());
    Some(spoiled)
}

/// Four hexadecimal digits behind the second star.
fn content(frame: &[u8], by: i32) -> Option<Vec<u8>> {
    let text = str::from_utf8(frame).ok()?;
    let mut parts: Vec<&str> = text.splitn(4, '*').collect();
    let declared = i32::from_str_radix(parts.get(2)?, 16).ok()? + by;
    let declared = format!("{:04X}", u16::try_from(declared).ok()?);
    *parts.get_mut(2)? = &declared;
    Some(parts.join("*").into_bytes())
}
