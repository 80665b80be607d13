//! What a server has to answer to a frame, written down a second time from the documents and from the bytes that were
//! sent alone: the check compares the listener's answers with these.

use crate::wire::UtcTime;
use crate::wire::checksum::sum8;
use crate::wire::crc::{crc16_ccitt_false, crc16_x25, rotating_sum, xor8};

/// The answer to one whole frame of this protocol; nothing where none is wanted. `now` is what the server's clock says.
pub(super) fn answer(protocol: &str, frame: &[u8], now: UtcTime) -> Vec<u8> {
    let answer = match protocol {
        "startek" => startek(frame),
        "gt06" => gt06(frame, now),
        "eelink" => eelink(frame, now),
        "jt808" => jt808(frame),
        "meiligao" => meiligao(frame),
        "watch" => watch(frame),
        _ => None,
    };
    answer.unwrap_or_default()
}

/// V1.6, section 3: 010 and 020 get `$$<same no><len>,<ID>,<command>,1<sum>`.
fn startek(frame: &[u8]) -> Option<Vec<u8>> {
    let text = frame.get(3..)?;
    let mut fields = text.split(|byte| *byte == b',');
    let (_, id, command) = (fields.next()?, fields.next()?, fields.next()?);
    if !matches!(command, b"010" | b"020") {
        return None;
    }
    // From the comma before the ID to the 1: two commas and a third, ID, command, 1.
    let length = (3 + id.len() + command.len() + 1).to_string();
    let mut answer = [b"$$", frame.get(2..3)?, length.as_bytes(), b",", id, b",", command, b",1"].concat();
    let sum = format!("{:02X}\r\n", sum8(&answer));
    answer.extend_from_slice(sum.as_bytes());
    Some(answer)
}

/// The GT06 paper: login, heartbeat and alarm get their own type and number; a question for the time gets the time.
fn gt06(frame: &[u8], now: UtcTime) -> Option<Vec<u8>> {
    let (code, serial) = (*frame.get(3)?, frame.get(frame.len().checked_sub(6)?..frame.len() - 4)?);
    let content = match code {
        0x01 | 0x13 | 0x26 => Vec::new(),
        0x8A => now.two_digits()?.to_vec(),
        _ => return None,
    };
    let inner = [&[content.len() as u8 + 5, code][..], &content, serial].concat();
    let sum = crc16_x25(&inner).to_be_bytes();
    Some([b"xx", &inner[..], &sum, b"\r\n"].concat())
}

/// Every packet gets its type and number with a length of 2; a login also the time, version 1 and action 0. On UDP the
/// answers to the packets of a datagram share one envelope with the tracker's identity.
fn eelink(frame: &[u8], now: UtcTime) -> Option<Vec<u8>> {
    let Some(inner) = frame.strip_prefix(b"EL").and_then(|rest| rest.get(4..)) else {
        return packet(frame, now).map(|(answer, _)| answer);
    };
    let (id, mut packets) = inner.split_at_checked(8)?;
    let mut answers = id.to_vec();
    while !packets.is_empty() {
        let (answer, len) = packet(packets, now)?;
        answers.extend_from_slice(&answer);
        packets = packets.get(len..)?;
    }
    let length = (answers.len() as u16 + 2).to_be_bytes();
    Some([b"EL", &length[..], &rotating_sum(&answers).to_be_bytes(), &answers].concat())
}

fn packet(packet: &[u8], now: UtcTime) -> Option<(Vec<u8>, usize)> {
    let [0x67, 0x67, code, high, low, first, second, ..] = *packet else { return None };
    let len = usize::from(u16::from_be_bytes([high, low])) + 5;
    let mut answer = vec![0x67, 0x67, code, 0, 2, first, second];
    if code == 1 {
        answer[4] = 9;
        answer.extend_from_slice(&u32::try_from(now.unix()).ok()?.to_be_bytes());
        answer.extend_from_slice(&[0, 1, 0]);
    }
    Some((answer, len))
}

/// JT/T 808: a registration gets 8100 with its number, result 0 and a code; heartbeat, login and places get 8001 with
/// their number, their message and result 0. The documents leave the code and the platform's own number open: the house
/// takes the identity, and the number of the message.
fn jt808(frame: &[u8]) -> Option<Vec<u8>> {
    let plain = unescaped(frame.strip_prefix(b"~")?.strip_suffix(b"~")?);
    let (code, attributes) = (plain.get(..2)?, plain.get(2..4)?);
    let is_2019 = attributes.first()? & 0x40 != 0;
    let (from, to) = if is_2019 { (5, 15) } else { (4, 10) };
    let (id, serial) = (plain.get(from..to)?, plain.get(to..to + 2)?);
    let (message, body) = match code {
        [0x01, 0x00] => {
            let digits: String = id.iter().map(|byte| format!("{byte:02X}")).collect();
            let digits = if is_2019 { digits.trim_start_matches('0') } else { &digits };
            ([0x81, 0x00], [serial, &[0], digits.as_bytes()].concat())
        }
        [0x00, 0x02] | [0x01, 0x02] | [0x02, 0x00] => ([0x80, 0x01], [serial, code, &[0]].concat()),
        _ => return None,
    };
    let attributes = body.len() as u16 | if is_2019 { 0x4000 } else { 0 };
    let version: &[u8] = if is_2019 { &[1] } else { &[] };
    let mut answer = [&message, &attributes.to_be_bytes()[..], version, id, serial, &body].concat();
    answer.push(xor8(&answer));
    let escaped = answer.iter().flat_map(|byte| match byte {
        0x7D => vec![0x7D, 1],
        0x7E => vec![0x7D, 2],
        _ => vec![*byte],
    });
    Some([0x7E].into_iter().chain(escaped).chain([0x7E]).collect())
}

fn unescaped(bytes: &[u8]) -> Vec<u8> {
    let (mut plain, mut rest) = (Vec::new(), bytes);
    while let Some((first, tail)) = rest.split_first() {
        let (byte, tail) = match (first, tail.split_first()) {
            (0x7D, Some((1, tail))) => (0x7D, tail),
            (0x7D, Some((2, tail))) => (0x7E, tail),
            _ => (*first, tail),
        };
        plain.push(byte);
        rest = tail;
    }
    plain
}

/// A login (5000) gets 4000 with 01, a heartbeat (0001) itself with 01.
fn meiligao(frame: &[u8]) -> Option<Vec<u8>> {
    let (id, code) = (frame.get(4..11)?, frame.get(11..13)?);
    let code: &[u8] = match code {
        [0x50, 0x00] => &[0x40, 0x00],
        [0x00, 0x01] => &[0x00, 0x01],
        _ => return None,
    };
    // Head, length, identity, command, one byte, checksum, end.
    let length = (2 + 2 + 7 + 2 + 1 + 2 + 2_u16).to_be_bytes();
    let answer = [b"@@", &length[..], id, code, &[1]].concat();
    Some([&answer[..], &crc16_ccitt_false(&answer).to_be_bytes(), b"\r\n"].concat())
}

/// `LK`, alarms and questions for sound get their own name, `INIT` gets `INIT,1`; positions want nothing.
fn watch(frame: &[u8]) -> Option<Vec<u8>> {
    let text = str::from_utf8(frame).ok()?.strip_prefix('[')?.strip_suffix(']')?;
    let (head, content) = text.rsplit_once('*')?;
    let head = head.rsplit_once('*')?.0;
    let answer = match content.split(',').next()? {
        "LK" => "LK",
        "AL" => "AL",
        "TKQ" => "TKQ",
        "INIT" => "INIT,1",
        _ => return None,
    };
    Some(format!("[{head}*{:04X}*{answer}]", answer.len()).into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_documents_come_out() {
        let now = UtcTime::from_two_digits([24, 2, 29, 23, 59, 59]).unwrap();
        for (protocol, frame, want) in [
            // Computed from V1.6, section 2.1.
            (
                "startek",
                &b"&&x25,869912033012424,010,1,,00\r\n"[..],
                &b"$$x22,869912033012424,010,170\r\n"[..],
            ),
            // The GT06 paper's login.
            (
                "gt06",
                b"\x78\x78\x0D\x01\x01\x23\x45\x67\x89\x01\x23\x45\x00\x01\x8C\xDD\x0D\x0A",
                b"\x78\x78\x05\x01\x00\x01\xD9\xDC\x0D\x0A",
            ),
            // The watch paper's sign of life.
            ("watch", b"[SG*8800000015*0002*LK]", b"[SG*8800000015*0002*LK]"),
        ] {
            assert_eq!(answer(protocol, frame, now), want, "{protocol}");
        }
    }

    #[test]
    fn no_answer_is_made_of_pieces() {
        let now = UtcTime::from_unix(0);
        for protocol in ["startek", "gt06", "eelink", "jt808", "meiligao", "watch", "other"] {
            for frame in [&b""[..], b"&", b"xx", b"gg\x01\0", b"~", b"~~", b"$$", b"[3G*1*2]", b"EL\0\0\0\0"]
            {
                answer(protocol, frame, now);
            }
            assert_eq!(answer(protocol, b"", now), b"");
        }
    }
}
