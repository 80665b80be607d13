//! Meiligao, which iStartek's older units speak: `$$` and `@@` with a binary length, identity in packed digits, a
//! command of two bytes, and mostly text behind it. Public frames often have their length or checksum redacted.

use super::super::ascii::line_end;
use super::super::crc::crc16_ccitt_false;
use super::super::{
    Carries, Code, Dec, DeviceId, Direction, Evidence, Fit, Framing, Message, Messages, UtcTime,
};
use super::{Protocol, Transport};

mod body;
mod encode;
#[cfg(test)]
mod tests;

/// The protocol's line in the table.
pub(in super::super) static PROTOCOL: Protocol = Protocol {
    name: "meiligao",
    title: "Meiligao, and older iStartek",
    transports: &[Transport::Tcp, Transport::Udp],
    carries: Carries {
        // Ten-thousandths of a minute, and what is read is rounded to seven digits.
        degrees: Dec::new(9, 7),
        altitude_m: Some(Dec::new(5, 1)),
        speed_kmh: Some(Dec::new(1, 2)),
        course: true,
        satellites: None,
        hdop: Some(Dec::new(5, 2)),
        odometer_m: None,
        battery_v: None,
        battery_pct: false,
        power_v: None,
        csq: false,
        cell: false,
        event: true,
        bare_imei: true,
    },
    heads: b"$@",
    summed: true,
    shares: false,
    doubt: None,
    frame: framing,
    decode: body::read,
    explain: body::read,
    acknowledge,
    encode: encode::uplink,
    command: encode::command,
};

/// The longest frame that is believed.
const LONGEST: usize = 2_048;

/// The shortest: head, length, identity, command, checksum, CR LF.
const SHORTEST: usize = 17;

/// What the length counts.
const LENGTH_RULE: &str = "counted over the whole frame, CR LF included";

/// What the checksum covers.
const SUM_RULE: &str = "CRC-16/CCITT-FALSE over everything before it";

fn framing(bytes: &[u8], ended: bool) -> Framing {
    match bytes {
        [b'$', b'$', ..] | [b'@', b'@', ..] => {}
        [b'$'] | [b'@'] if !ended => return Framing::Need,
        _ => return Framing::No("it does not begin with $$ or @@"),
    }
    let Some(&[high, low]) = bytes.get(2..4) else {
        return if ended { Framing::No("it ends within its first bytes") } else { Framing::Need };
    };
    let declared = usize::from(u16::from_be_bytes([high, low]));
    if declared > LONGEST {
        return Framing::No("no frame is as long as it declares");
    }
    let head = bytes.get(4..11.min(bytes.len())).unwrap_or_default();
    if !packed(head) {
        return Framing::No("no identity in packed digits follows the length");
    }
    if declared >= SHORTEST {
        if bytes.get(declared - 2..declared) == Some(b"\r\n") {
            return found(bytes, declared, Fit::Fits);
        }
        if bytes.len() < declared && !ended {
            return Framing::Need;
        }
    }
    let tail = bytes.get(SHORTEST - 2..LONGEST.min(bytes.len())).unwrap_or_default();
    match line_end(tail) {
        Some(end) => found(bytes, SHORTEST + end, Fit::Partly),
        None if bytes.len() >= LONGEST => Framing::No("no CR LF follows within the longest frame there is"),
        None if ended && bytes.len() >= SHORTEST - 4 => found(bytes, bytes.len(), Fit::Partly),
        None if ended => Framing::No("it ends within its first bytes"),
        None => Framing::Need,
    }
}

/// Digits two to a byte, and F behind them.
fn packed(bytes: &[u8]) -> bool {
    let mut halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0x0F]).skip_while(|half| *half <= 9);
    halves.all(|half| half == 15)
}

fn found(bytes: &[u8], len: usize, framing: Fit) -> Framing {
    let frame = bytes.get(..len).unwrap_or(bytes);
    let checksum = Some(sums(frame).is_some_and(|(got, want)| got == want));
    let id = frame.get(4..11).is_some_and(|id| DeviceId::from_bcd(id, false).is_some());
    Framing::Frame { len, evidence: Evidence { checksum, framing, id, marks: body::marks(frame) } }
}

/// The checksum that a closed frame carries, and the one that its bytes give.
fn sums(frame: &[u8]) -> Option<(u16, u16)> {
    let end = frame.len().checked_sub(4).filter(|_| frame.ends_with(b"\r\n"))?;
    let carried: [u8; 2] = frame.get(end..end + 2)?.try_into().ok()?;
    Some((u16::from_be_bytes(carried), crc16_ccitt_false(frame.get(..end)?)))
}

/// A login (5000) is answered by 4000, a heartbeat (0001) by itself, both with 01. The question for the server's
/// address (0002) is not answered: that is for the person who runs the server.
fn acknowledge(frame: &[u8], messages: &Messages, _: UtcTime, out: &mut Vec<u8>) -> bool {
    let Some(Message { direction: Direction::Up, code: Code::Number(code, _), .. }) = messages.first() else {
        return false;
    };
    let answer = match code {
        0x5000 => 0x4000,
        0x0001 => 0x0001,
        _ => return false,
    };
    if sums(frame).is_none_or(|(got, want)| got != want) {
        return false;
    }
    encode::frame(*b"@@", frame.get(4..11).unwrap_or_default(), answer, &[1], out);
    true
}
