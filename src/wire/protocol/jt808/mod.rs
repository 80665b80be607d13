//! JT/T 808, the Chinese standard: messages between `7E`, with escapes, an identity of packed digits and a folded
//! checksum. Times are eight hours ahead of UTC by the standard.

use super::super::crc::xor8;
use super::super::{Carries, Code, Dec, Direction, Evidence, Fit, Framing, Message, Messages, UtcTime};
use super::{Protocol, Transport};

mod body;
mod encode;
mod header;
mod items;
#[cfg(test)]
mod tests;

/// The protocol's line in the table.
pub(in super::super) static PROTOCOL: Protocol = Protocol {
    name: "jt808",
    title: "JT/T 808",
    transports: &[Transport::Tcp],
    carries: Carries {
        degrees: Dec::new(5, 7),
        altitude_m: Some(Dec::new(5, 1)),
        speed_kmh: Some(Dec::new(5, 2)),
        course: true,
        satellites: Some(255),
        hdop: None,
        odometer_m: Some(Dec::whole(50)),
        battery_v: None,
        battery_pct: false,
        power_v: None,
        csq: false,
        cell: false,
        event: true,
        bare_imei: false,
    },
    heads: &MARKS,
    summed: true,
    shares: true,
    doubt: None,
    frame: framing,
    decode: body::read,
    explain: body::read,
    acknowledge,
    encode: encode::uplink,
    command: encode::command,
};

/// Stands at both ends of a message.
const MARK: u8 = 0x7E;

/// The mark of a variant with escapes of its own and an identity of seven bytes.
const VARIANT: u8 = 0xE7;

/// What a message can begin with.
const MARKS: [u8; 2] = [MARK, VARIANT];

/// The longest frame that is believed: 1,023 bytes of body and the longest header, all escaped.
const LONGEST: usize = 2_200;

/// The shortest: two marks, header, checksum.
const SHORTEST: usize = 15;

/// Seconds by which the standard's times are ahead of UTC.
const AHEAD: i64 = 8 * 3_600;

/// What the length counts.
const LENGTH_RULE: &str = "counted over the body, without header, checksum and escapes";

/// What the checksum covers.
const SUM_RULE: &str = "exclusive or of header and body, without escapes";

fn framing(bytes: &[u8], ended: bool) -> Framing {
    let Some(mark) = bytes.first().filter(|first| MARKS.contains(first)) else {
        return Framing::No("it does not begin with 7E, or with the E7 of a variant");
    };
    let tail = bytes.get(1..LONGEST.min(bytes.len())).unwrap_or_default();
    let (len, closed) = match tail.iter().position(|byte| byte == mark) {
        Some(end) => (end + 2, true),
        None if bytes.len() >= LONGEST => {
            return Framing::No("no 7E, or E7, closes it within the longest message");
        }
        None if !ended => return Framing::Need,
        None => (bytes.len(), false),
    };
    if len < SHORTEST {
        return Framing::No("between two marks stands less than a header");
    }
    let frame = bytes.get(..len).unwrap_or_default();
    let (mut plain, mut escapes) = (Vec::new(), Vec::new());
    header::unescape(frame, &mut plain, &mut escapes);
    let head = header::read(&plain);
    let fits = head.is_some_and(|head| head.at + head.length + 1 + usize::from(closed) == plain.len());
    let checksum =
        Some(if closed { sum_fits(&plain) } else { fits && xor8(plain.get(1..).unwrap_or_default()) == 0 });
    let framing = if fits && closed { Fit::Fits } else { Fit::Partly };
    let id = head.is_some_and(|head| header::identity(head.id(&plain)).is_some());
    let marks = head.map_or(0, |head| body::marks(head, &plain));
    Framing::Frame { len, evidence: Evidence { checksum, framing, id, marks } }
}

/// Whether header, body and checksum fold to nothing.
fn sum_fits(plain: &[u8]) -> bool {
    plain.len() >= SHORTEST && xor8(plain.get(1..plain.len() - 1).unwrap_or_default()) == 0
}

/// A registration (0100) is answered by 8100 with a code for the login that follows; login, heartbeat, places and what
/// is passed through by 8001, naming number and message. Only a message whose checksum fits is answered.
fn acknowledge(_: &[u8], messages: &Messages, _: UtcTime, out: &mut Vec<u8>) -> bool {
    let plain = &messages.plain;
    let (Some(message), Some(head)) = (messages.first(), header::read(plain)) else { return false };
    let Message { direction: Direction::Up, code: Code::Number(code, _), serial: Some(serial), .. } = message
    else {
        return false;
    };
    // Lengths of bodies are stated wrongly by several makers; the checksum bears the rest.
    if !messages.is_whole_but_for_its_length() {
        return false;
    }
    let [high, low] = (*serial as u16).to_be_bytes();
    let [first, second] = (*code as u16).to_be_bytes();
    match code {
        0x0100 => {
            let code = message.device_id.map(|id| id.to_string()).unwrap_or_default();
            encode::answer(head, plain, 0x8100, &[&[high, low, 0], code.as_bytes()].concat(), out);
        }
        0x0002 | 0x0102 | 0x0200 | 0x0704 | 0x0900 => {
            encode::answer(head, plain, 0x8001, &[high, low, first, second, 0], out);
        }
        _ => return false,
    }
    true
}
