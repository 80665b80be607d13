//! Frames of trackers and of the server, written by the vendor's template (V1.6 sections 2 and 3).

use super::super::super::checksum::sum8;
use super::super::super::{Dec, EncodeError, Report, Session, Uplink};

const NAME: &str = "startek";

/// What a body can say beyond a [`Report`]. The default is the short form of a PT60-L: it ends after the voltages.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extras {
    /// Data of the event.
    pub event_data: String,
    /// The system status, and how many hexadecimal digits it is written with (4 or 8; 0 is 4).
    pub status: (u32, u8),
    /// Inputs from bit 0.
    pub inputs: u8,
    /// Outputs from bit 0.
    pub outputs: u8,
    /// Volts of the analogue inputs, 0 to 655.35.
    pub analogue_v: Vec<Dec>,
    /// The protocol code; without it, nothing behind it is sent either.
    pub protocol_code: Option<u32>,
    /// Litres of each tank by its number (0 to 99), 0 to 6,553.5.
    pub fuel_l: Vec<(u8, Dec)>,
    /// Degrees Celsius of each sensor by its number (0 to 99), -3,276.7 to 3,276.7.
    pub temperature_c: Vec<(u8, Dec)>,
    /// The OBD field as it stands on the wire.
    pub obd: Option<String>,
    /// Fields behind the OBD field.
    pub tail: Vec<String>,
}

/// Appends a frame: head (`&&` or `$$`), number, ID, command, data, checksum, CR LF.
/// Without data no comma follows the command, as in the vendor's sample.
pub fn frame(head: [u8; 2], number: u8, id: &str, command: &str, data: &[u8], out: &mut Vec<u8>) {
    let from = out.len();
    let length = 2 + id.len() + command.len() + if data.is_empty() { 0 } else { 1 + data.len() };
    out.extend_from_slice(&head);
    out.push(number);
    out.extend_from_slice(length.to_string().as_bytes());
    for part in [id.as_bytes(), command.as_bytes()] {
        out.push(b',');
        out.extend_from_slice(part);
    }
    if !data.is_empty() {
        out.push(b',');
        out.extend_from_slice(data);
    }
    let sum = sum8(out.get(from..).unwrap_or_default());
    out.extend_from_slice(format!("{sum:02X}\r\n").as_bytes());
}

/// Appends a position with everything it can say; `confirmed` makes it a 010.
///
/// # Errors
/// When a value has no room in its field, or the session knows no identity. Nothing is appended then.
pub fn position(
    report: &Report,
    extras: &Extras,
    confirmed: bool,
    session: &mut Session,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let id = identity(session)?;
    let body = body(report, extras)?;
    let number = super::next_number(session);
    frame(*b"&&", number, &id, if confirmed { "010" } else { "000" }, body.as_bytes(), out);
    Ok(())
}

/// One thing a tracker says. The protocol has no login, and its heartbeat is a position with event 31.
pub(super) fn uplink(
    uplink: &Uplink<'_>,
    session: &mut Session,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let extras = Extras::default();
    match uplink {
        Uplink::Login => Err(EncodeError::Nothing { protocol: NAME, what: uplink.word() }),
        Uplink::Heartbeat(report) => {
            let report = Report { event: Some(31), ..(*report).clone() };
            position(&report, &extras, false, session, out)
        }
        Uplink::Position(report) => position(report, &extras, false, session, out),
        Uplink::Confirmed(report) => position(report, &extras, true, session, out),
        Uplink::Reply { code, text } => {
            let id = identity(session)?;
            let number = super::next_number(session);
            frame(*b"&&", number, &id, code, text.as_bytes(), out);
            Ok(())
        }
    }
}

/// A command of the server, for example `102,60`.
pub(super) fn command(text: &str, session: &mut Session, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let id = identity(session)?;
    let number = super::next_number(session);
    let (code, data) = text.split_once(',').unwrap_or((text, ""));
    frame(*b"$$", number, &id, code, data.as_bytes(), out);
    Ok(())
}

fn identity(session: &Session) -> Result<String, EncodeError> {
    let id = session.device_id.ok_or(EncodeError::NoIdentity { protocol: NAME })?;
    let fits = (3..=16).contains(&id.as_bytes().len()) && id.as_bytes().iter().all(u8::is_ascii_alphanumeric);
    let takes = "3 to 16 letters or digits";
    if fits {
        Ok(id.to_string())
    } else {
        Err(EncodeError::Identity { protocol: NAME, id: id.to_string(), takes })
    }
}

fn range(field: &'static str, value: impl ToString, takes: &'static str) -> EncodeError {
    EncodeError::Range { protocol: NAME, field, value: value.to_string(), takes }
}

fn shown(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// Fields 1 to 18, and those behind them when there is a protocol code.
fn body(report: &Report, extras: &Extras) -> Result<String, EncodeError> {
    let time =
        report.time.two_digits().ok_or_else(|| range("time", report.time, "the years 2000 to 2099"))?;
    let time: String = time.iter().map(|part| format!("{part:02}")).collect();
    let place = |field, value: Dec| {
        let micro = value.at_scale(6).ok_or_else(|| range(field, value, "degrees"))?;
        Ok(format!("{:.6}", Dec::new(micro, 6)))
    };
    let cell = report.cell.unwrap_or_default();
    let (lac, cid) = (cell.lac.map(|lac| format!("{lac:X}")), cell.cid.map(|cid| format!("{cid:X}")));
    let fields = [
        shown(report.event.or(Some(0))),
        extras.event_data.clone(),
        time,
        if report.valid { "A" } else { "V" }.to_owned(),
        place("latitude", report.lat)?,
        place("longitude", report.lon)?,
        shown(report.satellites),
        shown(report.hdop.map(|hdop| format!("{hdop:.1}"))),
        shown(report.speed_kmh.map(|speed| format!("{speed:.0}"))),
        shown(report.course_deg),
        shown(report.altitude_m.map(|altitude| format!("{altitude:.0}"))),
        shown(report.odometer_m),
        format!("{}|{}|{}|{}", shown(cell.mcc), shown(cell.mnc), shown(lac), shown(cid)),
        shown(report.csq),
        format!("{:0digits$X}", extras.status.0, digits = usize::from(extras.status.1.max(4))),
        format!("{:02X}", extras.inputs),
        format!("{:02X}", extras.outputs),
        voltages(report, extras)?,
    ];
    let mut body = fields.join(",");
    if let Some(code) = extras.protocol_code {
        for field in behind(code, extras)? {
            body.push(',');
            body.push_str(&field);
        }
    }
    Ok(body)
}

fn voltages(report: &Report, extras: &Extras) -> Result<String, EncodeError> {
    let hundredths = |volts: Dec| {
        let value = volts.at_scale(2).and_then(|value| u16::try_from(value).ok());
        value.map(|value| format!("{value:04X}")).ok_or_else(|| range("voltage", volts, "0 to 655.35 V"))
    };
    let mut parts = Vec::new();
    for volts in [report.power_v, report.battery_v] {
        parts.push(volts.map(hundredths).transpose()?.unwrap_or_default());
    }
    for volts in &extras.analogue_v {
        parts.push(hundredths(*volts)?);
    }
    Ok(parts.join("|"))
}

/// The fields from the protocol code on; empty ones at the end are left out.
fn behind(code: u32, extras: &Extras) -> Result<Vec<String>, EncodeError> {
    let tenths = |field, (index, value): &(u8, Dec), signed: bool| {
        let takes = if signed { "-3276.7 to 3276.7" } else { "0 to 6553.5" };
        let fault = || range(field, value, takes);
        let tenths = value.at_scale(1).ok_or_else(fault)?;
        let most = if signed { 0x7FFF } else { 0xFFFF };
        if *index > 99 || tenths > most || tenths < if signed { -most } else { 0 } {
            return Err(fault());
        }
        let bits = if tenths < 0 { 0x8000 | tenths.unsigned_abs() } else { tenths.unsigned_abs() };
        Ok(format!("{index:02}{bits:04X}"))
    };
    let list = |field, values: &[(u8, Dec)], signed| {
        let parts: Result<Vec<_>, _> = values.iter().map(|value| tenths(field, value, signed)).collect();
        parts.map(|parts| parts.join("|"))
    };
    let mut fields = vec![
        code.to_string(),
        list("fuel", &extras.fuel_l, false)?,
        list("temperature", &extras.temperature_c, true)?,
        extras.obd.clone().unwrap_or_default(),
    ];
    fields.extend(extras.tail.iter().cloned());
    while fields.len() > 1 && fields.last().is_some_and(String::is_empty) {
        fields.pop();
    }
    Ok(fields)
}
