//! Frames of trackers and of the server, by the GT06 paper: login 01, heartbeat 13, position 22, alarm 26, reply 15.

use super::super::super::crc::crc16_x25;
use super::super::super::{Dec, EncodeError, Report, Session, Uplink};
use super::place::{NORTH, UNITS, VALID, WEST};

const NAME: &str = "gt06";

/// Appends a `78 78` frame. Its length has one byte: content above 250 bytes does not fit and is cut.
pub(super) fn short(code: u8, content: &[u8], serial: u16, out: &mut Vec<u8>) {
    let content = content.get(..content.len().min(250)).unwrap_or_default();
    let from = out.len();
    out.extend_from_slice(&[0x78, 0x78, content.len() as u8 + 5, code]);
    out.extend_from_slice(content);
    out.extend_from_slice(&serial.to_be_bytes());
    let sum = crc16_x25(out.get(from + 2..).unwrap_or_default());
    out.extend_from_slice(&sum.to_be_bytes());
    out.extend_from_slice(b"\r\n");
}

/// One thing a tracker says.
pub(super) fn uplink(
    uplink: &Uplink<'_>,
    session: &mut Session,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let (code, content) = match uplink {
        Uplink::Login => (0x01, packed(session)?.to_vec()),
        Uplink::Heartbeat(report) => (0x13, [state(report), vec![0, 1]].concat()),
        Uplink::Position(report) | Uplink::Confirmed(report) => position(report)?,
        Uplink::Reply { text, .. } => (0x15, said(text, &[0, 2])?),
    };
    short(code, &content, next(session), out);
    Ok(())
}

/// A command of the server: type 80, with four bytes of the server's own that the answer repeats.
pub(super) fn command(text: &str, session: &mut Session, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    short(0x80, &said(text, &[0, 2])?, next(session), out);
    Ok(())
}

/// The number of the next frame: from 1, as in the paper's login.
fn next(session: &mut Session) -> u16 {
    session.number = session.number.wrapping_add(1);
    session.number
}

fn said(text: &str, language: &[u8]) -> Result<Vec<u8>, EncodeError> {
    let takes = "up to 200 bytes of text";
    if text.len() > 200 {
        return Err(range("text", text.len(), takes));
    }
    Ok([&[text.len() as u8 + 4, 0, 0, 0, 0], text.as_bytes(), language].concat())
}

fn packed(session: &Session) -> Result<[u8; 8], EncodeError> {
    let id = session.device_id.ok_or(EncodeError::NoIdentity { protocol: NAME })?;
    let takes = "15 digits";
    id.packed().ok_or_else(|| EncodeError::Identity { protocol: NAME, id: id.to_string(), takes })
}

fn range(field: &'static str, value: impl ToString, takes: &'static str) -> EncodeError {
    EncodeError::Range { protocol: NAME, field, value: value.to_string(), takes }
}

/// Register, battery level of 6 and signal level of 4, as far as the report tells them.
fn state(report: &Report) -> Vec<u8> {
    let level = report.battery_pct.map_or(6, |percent| u16::from(percent.min(100)) * 6 / 100);
    let signal = report.csq.map_or(4, |csq| csq.min(31) / 7);
    vec![if report.valid { 0x40 } else { 0 }, level as u8, signal]
}

fn position(report: &Report) -> Result<(u8, Vec<u8>), EncodeError> {
    let mut content = place(report)?;
    let cell = cell(report)?;
    match report.event {
        None | Some(0) => {
            content.extend_from_slice(&cell);
            content.extend_from_slice(&[0, 0, 0]);
            Ok((0x22, content))
        }
        Some(event) => {
            let event = u8::try_from(event).map_err(|_| range("event", event, "0 to 255"))?;
            content.push(9);
            content.extend_from_slice(&cell);
            content.extend(state(report));
            content.extend_from_slice(&[event, 2]);
            Ok((0x26, content))
        }
    }
}

/// Date, satellites, place, speed, course: 18 bytes.
fn place(report: &Report) -> Result<Vec<u8>, EncodeError> {
    let six = report.time.two_digits().ok_or_else(|| range("time", report.time, "the years 2000 to 2099"))?;
    let units = |field, degrees: Dec, most: u32| {
        let units = degrees.times(Dec::whole(UNITS)).and_then(Dec::round);
        let units = units.and_then(|units| u32::try_from(units.unsigned_abs()).ok());
        units
            .filter(|units| *units <= most * UNITS as u32)
            .ok_or_else(|| range(field, degrees, "degrees of this earth"))
    };
    let (lat, lon) = (units("latitude", report.lat, 90)?, units("longitude", report.lon, 180)?);
    let speed = report.speed_kmh.unwrap_or(Dec::whole(0));
    let knobs = speed.round().and_then(|speed| u8::try_from(speed).ok());
    let speed = knobs.ok_or_else(|| range("speed", speed, "0 to 255 km/h"))?;
    let course = report.course_deg.unwrap_or_default();
    if course > 359 {
        return Err(range("course", course, "0 to 359 degrees"));
    }
    let flag = |set: bool, flag: u16| if set { flag } else { 0 };
    let flags = course
        + flag(report.lat >= Dec::whole(0), NORTH)
        + flag(report.lon < Dec::whole(0), WEST)
        + flag(report.valid, VALID);
    let satellites = report.satellites.unwrap_or_default().min(15);
    let mut content = six.to_vec();
    content.push(0xC0 + satellites);
    content.extend_from_slice(&lat.to_be_bytes());
    content.extend_from_slice(&lon.to_be_bytes());
    content.push(speed);
    content.extend_from_slice(&flags.to_be_bytes());
    Ok(content)
}

/// Country, network, area, identity: 8 bytes; zeros for no cell.
fn cell(report: &Report) -> Result<[u8; 8], EncodeError> {
    let cell = report.cell.unwrap_or_default();
    let takes = "a network below 256, an area below 65536 and a cell below 16777216";
    let fault = || range("cell", format!("{cell:?}"), takes);
    let mnc = u8::try_from(cell.mnc.unwrap_or_default()).map_err(|_| fault())?;
    let lac = u16::try_from(cell.lac.unwrap_or_default()).map_err(|_| fault())?;
    let cid = u32::try_from(cell.cid.unwrap_or_default()).ok().filter(|cid| *cid < 1 << 24);
    let ([m0, m1], [l0, l1]) = ((cell.mcc.unwrap_or_default() & 0x7FFF).to_be_bytes(), lac.to_be_bytes());
    let [_, c0, c1, c2] = cid.ok_or_else(fault)?.to_be_bytes();
    Ok([m0, m1, mnc, l0, l1, c0, c1, c2])
}
