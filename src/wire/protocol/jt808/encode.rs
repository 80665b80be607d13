//! Messages of terminals and of the platform: registration 0100, heartbeat 0002, position 0200, command 8300.

use super::super::super::crc::xor8;
use super::super::super::reader::to_bcd;
use super::super::super::{Dec, EncodeError, Report, Session, Uplink};
use super::header::{Header, escapes};
use super::{AHEAD, MARK};

const NAME: &str = "jt808";

/// Appends a message: header, body and checksum, escaped and between marks of 7E.
fn message(code: u16, id: &[u8], serial: u16, body: &[u8], out: &mut Vec<u8>) {
    between(MARK, code, id, serial, body, out);
}

/// The same between these marks.
fn between(mark: u8, code: u16, id: &[u8], serial: u16, body: &[u8], out: &mut Vec<u8>) {
    let body = body.get(..body.len().min(0x3FF)).unwrap_or_default();
    let is_2019 = id.len() == 10;
    let attributes = body.len() as u16 + if is_2019 { 1 << 14 } else { 0 };
    let mut plain = [code.to_be_bytes(), attributes.to_be_bytes()].concat();
    if is_2019 {
        plain.push(1);
    }
    plain.extend_from_slice(id);
    plain.extend_from_slice(&serial.to_be_bytes());
    plain.extend_from_slice(body);
    plain.push(xor8(&plain));
    out.push(mark);
    for byte in plain {
        match byte {
            byte if byte == mark => out.extend_from_slice(&[mark - 1, 2]),
            byte if escapes(Some(mark), byte) => out.extend_from_slice(&[byte, 1]),
            _ => out.push(byte),
        }
    }
    out.push(mark);
}

/// Appends an answer to a message, with its identity and its kind of header.
pub(super) fn answer(head: Header, plain: &[u8], code: u16, body: &[u8], out: &mut Vec<u8>) {
    let serial = plain.get(head.serial.0..head.serial.0 + 2).and_then(|two| two.try_into().ok());
    let mark = plain.first().copied().unwrap_or(MARK);
    between(mark, code, head.id(plain), serial.map_or(0, u16::from_be_bytes), body, out);
}

/// One thing a tracker says.
pub(super) fn uplink(
    uplink: &Uplink<'_>,
    session: &mut Session,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let id = packed(session)?;
    let (code, body) = match uplink {
        Uplink::Login => (0x0100, registration(session, id.len() == 10)),
        Uplink::Heartbeat(_) => (0x0002, Vec::new()),
        Uplink::Position(report) | Uplink::Confirmed(report) => (0x0200, position(report)?),
        Uplink::Reply { text, .. } => (0x1300, text.as_bytes().to_vec()),
    };
    message(code, &id, next(session), &body, out);
    Ok(())
}

/// A text for the terminal (8300), of which the first byte says that it is for the terminal itself.
pub(super) fn command(text: &str, session: &mut Session, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let id = packed(session)?;
    if text.len() > 1_000 {
        return Err(range("text", text.len(), "up to 1000 bytes of text"));
    }
    message(0x8300, &id, next(session), &[&[1], text.as_bytes()].concat(), out);
    Ok(())
}

fn next(session: &mut Session) -> u16 {
    session.number = session.number.wrapping_add(1);
    session.number
}

/// Twelve packed digits, or twenty in the header of 2019 when there are more than twelve or the session wants it.
fn packed(session: &Session) -> Result<Vec<u8>, EncodeError> {
    let id = session.device_id.ok_or(EncodeError::NoIdentity { protocol: NAME })?;
    let digits = id.as_bytes();
    if !digits.iter().all(u8::is_ascii_digit) {
        let takes = "up to 20 digits";
        return Err(EncodeError::Identity { protocol: NAME, id: id.to_string(), takes });
    }
    let room = if session.variant || digits.len() > 12 { 20 } else { 12 };
    let mut all = vec![b'0'; room - digits.len()];
    all.extend_from_slice(digits);
    let half = |digit: &u8| digit - b'0';
    Ok(all.chunks_exact(2).map(|pair| pair.iter().fold(0, |byte, digit| byte * 16 + half(digit))).collect())
}

/// Province, city, maker, model, the terminal's own name, colour and plate: zeros but for the name.
fn registration(session: &Session, is_2019: bool) -> Vec<u8> {
    let (maker, model, name) = if is_2019 { (11, 30, 30) } else { (5, 20, 7) };
    let mut body = vec![0; 4 + maker + model];
    let id = session.device_id.map(|id| id.to_string()).unwrap_or_default();
    let tail = id.as_bytes().get(id.len().saturating_sub(name)..).unwrap_or_default();
    body.extend_from_slice(tail);
    body.resize(4 + maker + model + name + 1, 0);
    body
}

fn range(field: &'static str, value: impl ToString, takes: &'static str) -> EncodeError {
    EncodeError::Range { protocol: NAME, field, value: value.to_string(), takes }
}

fn position(report: &Report) -> Result<Vec<u8>, EncodeError> {
    let ahead = report.time.plus(AHEAD).two_digits();
    let six = ahead
        .ok_or_else(|| range("time", report.time, "the years 2000 to 2099, eight hours ahead of UTC"))?;
    let micro = |field, degrees: Dec, most: u64| {
        let micro = degrees.at_scale(6).map(i64::unsigned_abs);
        let micro = micro.filter(|micro| *micro <= most);
        micro
            .map(|micro| (micro as u32).to_be_bytes())
            .ok_or_else(|| range(field, degrees, "degrees of this earth"))
    };
    let zero = Dec::whole(0);
    let flag = |set: bool, bit: u32| u32::from(set) << bit;
    let status = flag(report.valid, 1) + flag(report.lat < zero, 2) + flag(report.lon < zero, 3);
    let alarms = match report.event {
        None => 0,
        Some(bit @ 0..=31) => 1_u32 << bit,
        Some(bit) => return Err(range("event", bit, "0 to 31, the number of an alarm's bit")),
    };
    let mut body = [alarms.to_be_bytes(), status.to_be_bytes()].concat();
    body.extend_from_slice(&micro("latitude", report.lat, 90_000_000)?);
    body.extend_from_slice(&micro("longitude", report.lon, 180_000_000)?);
    let altitude = report.altitude_m.unwrap_or(zero);
    let metres = altitude.round().and_then(|altitude| i16::try_from(altitude).ok());
    let metres = metres.ok_or_else(|| range("altitude", altitude, "-32768 to 32767 m"))?;
    let speed = report.speed_kmh.unwrap_or(zero);
    let tenths = speed.at_scale(1).and_then(|speed| u16::try_from(speed).ok());
    let tenths = tenths.ok_or_else(|| range("speed", speed, "0 to 6553.5 km/h"))?;
    body.extend_from_slice(&metres.to_be_bytes());
    body.extend_from_slice(&tenths.to_be_bytes());
    body.extend_from_slice(&report.course_deg.unwrap_or_default().to_be_bytes());
    body.extend(six.map(to_bcd));
    items(report, &mut body)?;
    Ok(body)
}

fn items(report: &Report, body: &mut Vec<u8>) -> Result<(), EncodeError> {
    if let Some(odometer) = report.odometer_m {
        let tenths = u32::try_from(odometer.saturating_add(50) / 100);
        let tenths = tenths.map_err(|_| range("odometer", odometer, "up to 429496729500 m"))?;
        body.extend_from_slice(&[0x01, 4]);
        body.extend_from_slice(&tenths.to_be_bytes());
    }
    if let Some(csq) = report.csq {
        body.extend_from_slice(&[0x30, 1, csq]);
    }
    if let Some(satellites) = report.satellites {
        body.extend_from_slice(&[0x31, 1, satellites]);
    }
    Ok(())
}
