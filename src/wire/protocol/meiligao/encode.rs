//! Frames of trackers and of the server: login 5000, heartbeat 0001, position 9955, alarm 9999.

use super::super::super::crc::crc16_ccitt_false;
use super::super::super::{Dec, EncodeError, Report, Session, Uplink};

const NAME: &str = "meiligao";

/// Appends a frame. Data above what is believed on the other side is cut.
pub(super) fn frame(head: [u8; 2], id: &[u8], code: u16, data: &[u8], out: &mut Vec<u8>) {
    let from = out.len();
    let data = data.get(..data.len().min(2_000)).unwrap_or_default();
    out.extend_from_slice(&head);
    out.extend_from_slice(&(data.len() as u16 + 17).to_be_bytes());
    out.extend_from_slice(id);
    out.extend_from_slice(&code.to_be_bytes());
    out.extend_from_slice(data);
    let sum = crc16_ccitt_false(out.get(from..).unwrap_or_default());
    out.extend_from_slice(&sum.to_be_bytes());
    out.extend_from_slice(b"\r\n");
}

/// One thing a tracker says.
pub(super) fn uplink(
    uplink: &Uplink<'_>,
    session: &mut Session,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let id = packed(session)?;
    let (code, data) = match uplink {
        Uplink::Login => (0x5000, Vec::new()),
        Uplink::Heartbeat(_) => (0x0001, Vec::new()),
        Uplink::Position(report) | Uplink::Confirmed(report) => match report.event {
            None | Some(0) => (0x9955, line(report)?),
            Some(event) => {
                let event = u8::try_from(event).map_err(|_| range("event", event, "0 to 255"))?;
                (0x9999, [&[event], &line(report)?[..]].concat())
            }
        },
        Uplink::Reply { code, text } => (number(code)?, text.as_bytes().to_vec()),
    };
    frame(*b"$$", &id, code, &data, out);
    Ok(())
}

/// A command of the server: four hexadecimal digits, and what follows a comma as bytes.
pub(super) fn command(text: &str, session: &mut Session, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let (code, data) = text.split_once(',').unwrap_or((text, ""));
    let (code, id) = (number(code)?, packed(session)?);
    frame(*b"@@", &id, code, data.as_bytes(), out);
    Ok(())
}

fn number(code: &str) -> Result<u16, EncodeError> {
    let takes = "four hexadecimal digits";
    let digits =
        Some(code).filter(|code| code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let read = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok());
    read.ok_or_else(|| range("command", code, takes))
}

/// Up to 14 digits, F behind them; of an IMEI the check digit is left out.
fn packed(session: &Session) -> Result<[u8; 7], EncodeError> {
    let id = session.device_id.ok_or(EncodeError::NoIdentity { protocol: NAME })?;
    let digits = id.as_bytes();
    let digits = digits.get(..14).filter(|_| id.is_imei()).unwrap_or(digits);
    if digits.len() > 14 || !digits.iter().all(u8::is_ascii_digit) {
        let takes = "an IMEI, or up to 14 digits";
        return Err(EncodeError::Identity { protocol: NAME, id: id.to_string(), takes });
    }
    let mut packed = [0xFF; 7];
    for (pair, byte) in digits.chunks(2).zip(&mut packed) {
        let half = |at: usize| pair.get(at).map_or(0x0F, |digit| digit - b'0');
        *byte = half(0) * 16 + half(1);
    }
    Ok(packed)
}

fn range(field: &'static str, value: impl ToString, takes: &'static str) -> EncodeError {
    EncodeError::Range { protocol: NAME, field, value: value.to_string(), takes }
}

/// `hhmmss.000,A,ddmm.mmmm,N,dddmm.mmmm,E,speed,course,ddmmyy,,*00|hdop|altitude|0000`
fn line(report: &Report) -> Result<Vec<u8>, EncodeError> {
    let six = report.time.two_digits().ok_or_else(|| range("time", report.time, "the years 2000 to 2099"))?;
    let [year, month, day, hour, minute, second] = six;
    let (lat, lon) = (minutes("latitude", report.lat, 90)?, minutes("longitude", report.lon, 180)?);
    let side = |degrees: Dec, plus, minus| if degrees < Dec::whole(0) { minus } else { plus };
    let speed = report.speed_kmh.unwrap_or(Dec::whole(0));
    // A knot is 1.852 km/h: hundredths of a knot are 1000/1852 of hundredths of a km/h.
    let knots = speed.at_scale(2).and_then(|speed| Dec::ratio(speed.checked_mul(1_000)?, 185_200, 2));
    let knots = knots
        .filter(|knots| *knots >= Dec::whole(0))
        .ok_or_else(|| range("speed", speed, "0 km/h and more"))?;
    let line = format!(
        "{hour:02}{minute:02}{second:02}.000,{valid},{lat},{north},{lon},{east},{knots},{course},\
         {day:02}{month:02}{year:02},,*00|{hdop}|{altitude}|0000",
        valid = if report.valid { 'A' } else { 'V' },
        lat = Text(lat, 4),
        lon = Text(lon, 5),
        north = side(report.lat, 'N', 'S'),
        east = side(report.lon, 'E', 'W'),
        course = report.course_deg.unwrap_or_default(),
        hdop = report.hdop.map_or_else(String::new, |hdop| format!("{hdop:.1}")),
        altitude = report.altitude_m.map_or_else(String::new, |altitude| format!("{altitude:.0}")),
    );
    Ok(line.into_bytes())
}

/// Degrees times 100 plus minutes, in ten-thousandths.
fn minutes(field: &'static str, degrees: Dec, most: i64) -> Result<u64, EncodeError> {
    let parts = degrees.times(Dec::whole(60)).and_then(|minutes| minutes.at_scale(4));
    let parts = parts.map(i64::unsigned_abs).filter(|parts| *parts <= most.unsigned_abs() * 600_000);
    let parts = parts.ok_or_else(|| range(field, degrees, "degrees of this earth"))?;
    Ok(parts / 600_000 * 1_000_000 + parts % 600_000)
}

/// Ten-thousandths with so many digits before the point.
struct Text(u64, usize);

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:0width$}.{:04}", self.0 / 10_000, self.0 % 10_000, width = self.1)
    }
}
