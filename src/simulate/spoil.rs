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
        // One byte before the mark, or the second of the two that stand for it.
        ("jt808", _) => end.checked_sub(2),
        _ => None,
    };
    let escaped = end.checked_sub(3).and_then(|at| frame.get(at)) == Some(&0x7D);
    let Some(byte) = at.and_then(|at| frame.get_mut(at)) else { return false };
    *byte = match (protocol.name, *byte) {
        ("startek", b'0') => b'1',
        ("startek", _) => b'0',
        // 7D 01 and 7D 02 are each other's neighbours; else no escape may come about.
        ("jt808", byte) if escaped => byte ^ 0x03,
        ("jt808", byte @ (0x6D | 0x6E)) => byte ^ 0x01,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Code, Messages, Session, by_name};

    /// What is read of a frame: the message's number, and whether the checksum fits.
    fn read(protocol: &'static Protocol, frame: &[u8]) -> (Option<Code>, Option<bool>) {
        let mut messages = Messages::new();
        protocol.decode(frame, &mut Session::new(), &mut messages);
        let checksum = messages.checksum().map(|checksum| checksum.got == checksum.want);
        (messages.first().map(|message| message.code), checksum)
    }

    #[test]
    fn of_a_message_whose_checksum_is_spoiled_everything_else_is_as_it_was() {
        let jt808 = by_name("jt808").unwrap();
        // A heartbeat with every serial number of one byte, so with every checksum: escaped ones as well.
        for serial in 0..=255_u8 {
            let plain = [0, 2, 0, 0, 1, 0x38, 0, 0x13, 0x80, 0, 0, serial];
            let sum = plain.iter().fold(0, |sum, byte| sum ^ byte);
            let mut frame = vec![0x7E];
            for byte in plain.into_iter().chain([sum]) {
                match byte {
                    0x7D => frame.extend([0x7D, 1]),
                    0x7E => frame.extend([0x7D, 2]),
                    byte => frame.push(byte),
                }
            }
            frame.push(0x7E);
            let whole = read(jt808, &frame);
            assert_eq!(whole.1, Some(true), "{frame:02X?}");
            assert!(checksum(jt808, Transport::Tcp, &mut frame));
            assert_eq!(read(jt808, &frame), (whole.0, Some(false)), "{frame:02X?}");
        }
    }
}
