//! iStartek's protocol of `&&` and `$$` frames (vendor's protocol V1.6, with what real frames add).
//! The envelope is cut by its length first; every field is read on its own, and what follows the known ones is kept.

use super::super::checksum::sum8;
use super::super::{Carries, Code, Dec, Direction, Kind, Message, Messages, Session, UtcTime};
use super::{Protocol, Transport};

mod body;
mod commands;
mod encode;
mod envelope;
#[cfg(test)]
mod envelope_tests;
mod events;
mod extras;
#[cfg(test)]
mod field_tests;
#[cfg(test)]
mod tests;

pub use encode::{Extras, frame, position};
pub use events::event_name;

/// The protocol's line in the table.
pub(in super::super) static PROTOCOL: Protocol = Protocol {
    name: "startek",
    title: "iStartek",
    transports: &[Transport::Tcp, Transport::Udp],
    carries: Carries {
        degrees: Dec::new(5, 7),
        altitude_m: Some(Dec::new(0, 0)),
        speed_kmh: Some(Dec::new(0, 0)),
        course: true,
        satellites: Some(99),
        hdop: Some(Dec::new(5, 2)),
        odometer_m: Some(Dec::new(0, 0)),
        battery_v: Some(Dec::new(5, 3)),
        battery_pct: false,
        power_v: Some(Dec::new(5, 3)),
        csq: true,
        cell: true,
        event: true,
        bare_imei: false,
    },
    heads: b"&$",
    summed: true,
    shares: false,
    doubt: None,
    frame: envelope::framing,
    decode: commands::read,
    explain: commands::read,
    acknowledge,
    encode: encode::uplink,
    command: encode::command,
};

/// 010 and 020 ask for an answer with the same number; nothing else does (V1.6 section 3).
/// Only a whole frame is confirmed: the tracker deletes what was.
fn acknowledge(frame_bytes: &[u8], messages: &Messages, _: UtcTime, out: &mut Vec<u8>) -> bool {
    let Some(Message { direction: Direction::Up, code: Code::Text(code), device_id, serial, kind, .. }) =
        messages.first()
    else {
        return false;
    };
    let asks = matches!(code.of(frame_bytes), b"010" | b"020") && *kind != Kind::Reply;
    let (Some(id), Some(number)) = (device_id, serial.and_then(|serial| u8::try_from(serial).ok())) else {
        return false;
    };
    if !asks || !messages.is_whole() {
        return false;
    }
    frame(*b"$$", number, id.as_str(), if code.of(frame_bytes) == b"010" { "010" } else { "020" }, b"1", out);
    true
}

/// The words of a frame from its command to its last field, which is what a short message would hold: `102,OK` of the
/// answer to command 102. None when it is cut short or its checksum is not as it has to be.
#[must_use]
pub fn words(frame: &[u8]) -> Option<&[u8]> {
    let envelope::Start::Head(head) = envelope::start(frame) else { return None };
    let cut = envelope::cut(frame, head);
    let content = frame.get(head.comma + 1..cut.end)?;
    let whole = cut.actual == head.declared && cut.got == Some(sum8(frame.get(..cut.end)?));
    let command = content.iter().position(|byte| *byte == b',')? + 1;
    content.get(command..).filter(|_| whole)
}

/// The number of the next frame: 0x3A to 0x7E, and again from the start.
fn next_number(session: &mut Session) -> u8 {
    let number = 0x3A + (session.number % 69) as u8;
    session.number = (session.number + 1) % 69;
    number
}
