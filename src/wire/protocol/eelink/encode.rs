//! Packets of trackers and of the server: login 01, heartbeat 03, position 12, alarm 14, text 80; a session whose
//! `variant` is set wraps them for UDP.

use super::super::super::ascii::{is_latitude, is_longitude};
use super::super::super::crc::rotating_sum;
use super::super::super::{Dec, EncodeError, Report, Session, Uplink};
use super::body::UNITS;

const NAME: &str = "eelink";

/// The longest text of a packet, so that it is believed in a datagram too.
const LONGEST_TEXT: usize = 3_996;

/// Appends a packet. The content is shorter than the longest packet that is believed.
pub(super) fn packet(code: u8, serial: u16, content: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(&[0x67, 0x67, code]);
    out.extend_from_slice(&(content.len() as u16 + 2).to_be_bytes());
    out.extend_from_slice(&serial.to_be_bytes());
    out.extend_from_slice(content);
}

/// Appends a datagram: identity and checksum before the packets.
pub(super) fn datagram(id: &[u8], packets: &[u8], out: &mut Vec<u8>) {
    let inner = [id, packets].concat();
    out.extend_from_slice(b"EL");
    out.extend_from_slice(&(inner.len() as u16 + 2).to_be_bytes());
    out.extend_from_slice(&rotating_sum(&inner).to_be_bytes());
    out.extend_from_slice(&inner);
}

/// One thing a tracker says.
pub(super) fn uplink(
    uplink: &Uplink<'_>,
    session: &mut Session,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let (code, content) = match uplink {
        Uplink::Login => (0x01, [&packed(session)?[..], &[1, 0]].concat()),
        Uplink::Heartbeat(report) => (0x03, status(report).to_vec()),
        Uplink::Position(report) | Uplink::Confirmed(report) => position(report)?,
        Uplink::Reply { text, .. } => (0x80, said(text)?),
    };
    wrap(code, &content, session, out)
}

/// A command of the server: type 80, with four bytes of the server's own that the answer repeats.
pub(super) fn command(text: &str, session: &mut Session, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    wrap(0x80, &said(text)?, session, out)
}

/// Four bytes of the server's own, and a text.
fn said(text: &str) -> Result<Vec<u8>, EncodeError> {
    if text.len() > LONGEST_TEXT {
        return Err(range("text", text.len(), "up to 3996 bytes of text"));
    }
    Ok([&[0; 4], text.as_bytes()].concat())
}

fn wrap(code: u8, content: &[u8], session: &mut Session, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let id = if session.variant { Some(packed(session)?) } else { None };
    session.number = session.number.wrapping_add(1);
    match id {
        Some(id) => {
            let mut inner = Vec::new();
            packet(code, session.number, content, &mut inner);
            datagram(&id, &inner, out);
        }
        None => packet(code, session.number, content, out),
    }
    Ok(())
}

fn packed(session: &Session) -> Result<[u8; 8], EncodeError> {
    let id = session.device_id.ok_or(EncodeError::NoIdentity { protocol: NAME })?;
    let takes = "15 digits";
    id.packed().ok_or_else(|| EncodeError::Identity { protocol: NAME, id: id.to_string(), takes })
}

fn range(field: &'static str, value: impl ToString, takes: &'static str) -> EncodeError {
    EncodeError::Range { protocol: NAME, field, value: value.to_string(), takes }
}

fn status(report: &Report) -> [u8; 2] {
    u16::from(report.valid).to_be_bytes()
}

fn position(report: &Report) -> Result<(u8, Vec<u8>), EncodeError> {
    let mut content = place(report)?;
    if let Some(cell) = report.cell {
        let takes = "an area below 65536 and a cell below 4294967296";
        let fault = || range("cell", format!("{cell:?}"), takes);
        content.extend_from_slice(&cell.mcc.unwrap_or_default().to_be_bytes());
        content.extend_from_slice(&cell.mnc.unwrap_or_default().to_be_bytes());
        let lac = u16::try_from(cell.lac.unwrap_or_default()).map_err(|_| fault())?;
        content.extend_from_slice(&lac.to_be_bytes());
        let cid = u32::try_from(cell.cid.unwrap_or_default()).map_err(|_| fault())?;
        content.extend_from_slice(&cid.to_be_bytes());
        content.push(report.csq.unwrap_or_default());
    }
    let code = match report.event {
        None | Some(0) => 0x12,
        Some(event) => {
            content.push(u8::try_from(event).map_err(|_| range("event", event, "0 to 255"))?);
            0x14
        }
    };
    content.extend_from_slice(&status(report));
    content.extend(energy(report)?);
    Ok((code, content))
}

/// Time, mask, place, altitude, speed, course, satellites.
fn place(report: &Report) -> Result<Vec<u8>, EncodeError> {
    let takes = "the years 1970 to 2106";
    let time = u32::try_from(report.time.unix()).map_err(|_| range("time", report.time, takes))?;
    let units = |field, degrees: Dec, is_there: fn(Dec) -> bool| {
        let units = degrees.times(Dec::whole(UNITS)).and_then(Dec::round).filter(|_| is_there(degrees));
        let units = units.and_then(|units| i32::try_from(units).ok());
        units.ok_or_else(|| range(field, degrees, "degrees of this earth"))
    };
    let speed = report.speed_kmh.unwrap_or(Dec::whole(0));
    let whole = speed.round().and_then(|speed| u16::try_from(speed).ok());
    let altitude = report.altitude_m.unwrap_or(Dec::whole(0));
    let metres = altitude.round().and_then(|altitude| i16::try_from(altitude).ok());
    let mut content = time.to_be_bytes().to_vec();
    content.push(1 | if report.cell.is_some() { 2 } else { 0 });
    content.extend_from_slice(&units("latitude", report.lat, is_latitude)?.to_be_bytes());
    content.extend_from_slice(&units("longitude", report.lon, is_longitude)?.to_be_bytes());
    let metres = metres.ok_or_else(|| range("altitude", altitude, "-32768 to 32767 m"))?;
    content.extend_from_slice(&metres.to_be_bytes());
    let whole = whole.ok_or_else(|| range("speed", speed, "0 to 65535 km/h"))?;
    content.extend_from_slice(&whole.to_be_bytes());
    content.extend_from_slice(&report.course_deg.unwrap_or_default().to_be_bytes());
    content.push(report.satellites.unwrap_or_default());
    Ok(content)
}

/// Battery, analogue inputs, odometer; as far as the report tells them, from the front.
fn energy(report: &Report) -> Result<Vec<u8>, EncodeError> {
    let mut content = Vec::new();
    if report.battery_v.is_none() && report.odometer_m.is_none() {
        return Ok(content);
    }
    let volts = report.battery_v.unwrap_or(Dec::whole(0));
    let millivolts = volts.at_scale(3).and_then(|volts| u16::try_from(volts).ok());
    let millivolts = millivolts.ok_or_else(|| range("battery", volts, "0 to 65.535 V"))?;
    content.extend_from_slice(&millivolts.to_be_bytes());
    if let Some(odometer) = report.odometer_m {
        let metres =
            u32::try_from(odometer).map_err(|_| range("odometer", odometer, "up to 4294967295 m"))?;
        content.extend_from_slice(&[0; 4]);
        content.extend_from_slice(&metres.to_be_bytes());
    }
    Ok(content)
}
