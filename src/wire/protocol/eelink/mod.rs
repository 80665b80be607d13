//! Eelink: `67 67` packets on a connection, and the same behind an `EL` head with identity and checksum by UDP.
//! On a connection the tracker says who it is in its login only; there is no checksum.

use super::super::crc::rotating_sum;
use super::super::{
    Carries, Code, Dec, DeviceId, Direction, Evidence, Fit, Framing, Kind, Message, Messages, UtcTime,
};
use super::{Protocol, Transport};

mod body;
mod encode;
#[cfg(test)]
mod tests;

/// The protocol's line in the table.
pub(in super::super) static PROTOCOL: Protocol = Protocol {
    name: "eelink",
    title: "Eelink",
    transports: &[Transport::Tcp, Transport::Udp],
    carries: Carries {
        // A unit is 1/1,800,000 of a degree; what is read is rounded to seven digits.
        degrees: Dec::new(4, 7),
        altitude_m: Some(Dec::new(5, 1)),
        speed_kmh: Some(Dec::new(5, 1)),
        course: true,
        satellites: Some(255),
        hdop: None,
        odometer_m: Some(Dec::new(0, 0)),
        battery_v: Some(Dec::new(5, 4)),
        battery_pct: false,
        power_v: None,
        csq: false,
        cell: true,
        event: true,
        bare_imei: false,
    },
    heads: b"gE",
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

/// The longest packet that is believed.
const LONGEST: usize = 4_096;

/// What the length of a packet counts.
const LENGTH_RULE: &str = "counted from behind the length to the end";

/// What the checksum of a datagram covers.
const SUM_RULE: &str = "rotating sum of what follows it";

fn framing(bytes: &[u8], ended: bool) -> Framing {
    let (head, total) = match bytes {
        [0x67, 0x67, _, high, low, ..] => (5, usize::from(u16::from_be_bytes([*high, *low])) + 5),
        [b'E', b'L', high, low, ..] => (6, usize::from(u16::from_be_bytes([*high, *low])) + 4),
        [0x67] | [0x67, 0x67, ..] | [b'E'] | [b'E', b'L', ..] if !ended => return Framing::Need,
        [0x67, 0x67, ..] | [b'E', b'L', ..] => return Framing::No("it ends within its first bytes"),
        _ => return Framing::No("it does not begin with 67 67 or EL"),
    };
    if total > LONGEST || total < head + 2 {
        return Framing::No("no packet has the length that it declares");
    }
    let Some(frame) = bytes.get(..total) else {
        return if ended { cut_short(bytes) } else { Framing::Need };
    };
    // What follows does not count: it may not be there yet.
    let framing = Fit::Fits;
    let (checksum, id) = if head == 6 {
        let id = frame.get(6..14).is_some_and(|id| DeviceId::from_bcd(id, true).is_some());
        (sums(frame).map(|(got, want)| got == want), id)
    } else {
        (None, body::kind_of(frame.get(2).copied().unwrap_or_default()).is_some())
    };
    let evidence = Evidence { checksum, framing, id, marks: body::marks(frame) };
    Framing::Frame { len: total, evidence }
}

/// What was cut off can still be read as far as it goes.
fn cut_short(bytes: &[u8]) -> Framing {
    let evidence = Evidence { checksum: None, framing: Fit::Against, id: false, marks: body::marks(bytes) };
    Framing::Frame { len: bytes.len(), evidence }
}

/// The checksum that a datagram carries, and the one that its bytes give.
fn sums(frame: &[u8]) -> Option<(u16, u16)> {
    let carried: [u8; 2] = frame.get(4..6)?.try_into().ok()?;
    Some((u16::from_be_bytes(carried), rotating_sum(frame.get(6..)?)))
}

/// Every packet is answered with its type and number, but the old position (02) and broadcasts (81); a login is told
/// the time. A datagram whose checksum does not fit is not answered.
fn acknowledge(frame: &[u8], messages: &Messages, now: UtcTime, out: &mut Vec<u8>) -> bool {
    let mut answers = Vec::new();
    for message in &messages.list {
        let Message {
            direction: Direction::Up, code: Code::Number(code, _), serial: Some(serial), kind, ..
        } = message
        else {
            continue;
        };
        if matches!(code, 0x02 | 0x81) || *kind == Kind::Unknown {
            continue;
        }
        let seconds = u32::try_from(now.unix()).unwrap_or_default().to_be_bytes();
        let extra = if *code == 0x01 { [&seconds[..], &[0, 1, 0]].concat() } else { Vec::new() };
        encode::packet(*code as u8, *serial as u16, &extra, &mut answers);
    }
    if answers.is_empty() || !messages.is_whole() {
        return false;
    }
    match frame.get(6..14).filter(|_| frame.starts_with(b"EL")) {
        Some(id) => encode::datagram(id, &answers, out),
        None => out.extend_from_slice(&answers),
    }
    true
}
