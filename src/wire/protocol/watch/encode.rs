//! Frames of watches and of the server: `LK`, `UD`, `AL`, and commands as they are.

use super::super::super::{Dec, EncodeError, Report, Session, Uplink};

const NAME: &str = "watch";

/// One thing a watch says.
pub(super) fn uplink(
    uplink: &Uplink<'_>,
    session: &mut Session,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let content = match uplink {
        Uplink::Login => "LK".to_owned(),
        Uplink::Heartbeat(report) => match report.battery_pct {
            Some(percent) => format!("LK,0,0,{percent}"),
            None => "LK".to_owned(),
        },
        Uplink::Position(report) | Uplink::Confirmed(report) => format!("UD,{}", position(report)?),
        Uplink::Reply { code, text: "" } => (*code).to_owned(),
        Uplink::Reply { code, text } => format!("{code},{text}"),
    };
    frame(&content, session, out)
}

/// A command of the server, for example `UPLOAD,60`.
pub(super) fn command(text: &str, session: &mut Session, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    frame(text, session, out)
}

fn frame(content: &str, session: &Session, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let id = session.device_id.ok_or(EncodeError::NoIdentity { protocol: NAME })?;
    let fits = (5..=20).contains(&id.as_bytes().len()) && id.as_bytes().iter().all(u8::is_ascii_alphanumeric);
    if !fits {
        let takes = "5 to 20 letters or digits";
        return Err(EncodeError::Identity { protocol: NAME, id: id.to_string(), takes });
    }
    let length = u16::try_from(content.len()).map_err(|_| range("content", content.len(), "65535 bytes"))?;
    let maker = if session.maker == [0, 0] { *b"3G" } else { session.maker };
    out.push(b'[');
    out.extend_from_slice(&maker);
    out.extend_from_slice(format!("*{id}*{length:04X}*{content}]").as_bytes());
    Ok(())
}

fn range(field: &'static str, value: impl ToString, takes: &'static str) -> EncodeError {
    EncodeError::Range { protocol: NAME, field, value: value.to_string(), takes }
}

fn position(report: &Report) -> Result<String, EncodeError> {
    let six = report.time.two_digits().ok_or_else(|| range("time", report.time, "the years 2000 to 2099"))?;
    let [year, month, day, hour, minute, second] = six;
    let zero = Dec::whole(0);
    let place = |degrees: Dec, plus, minus| {
        let (size, side) = if degrees < zero { (degrees.negated(), minus) } else { (degrees, plus) };
        format!("{size:.6},{side}")
    };
    // 0 to 31 of the modem as per cent, as watches state it.
    let signal = u16::from(report.csq.unwrap_or_default().min(31)) * 100 / 31;
    let cell = report.cell.map_or_else(
        || "0,0".to_owned(),
        |cell| {
            let (mcc, mnc) = (cell.mcc.unwrap_or_default(), cell.mnc.unwrap_or_default());
            let (lac, cid) = (cell.lac.unwrap_or_default(), cell.cid.unwrap_or_default());
            format!("1,0,{mcc},{mnc},{lac},{cid},0")
        },
    );
    Ok(format!(
        "{day:02}{month:02}{year:02},{hour:02}{minute:02}{second:02},{valid},{lat},{lon},{speed:.2},{course},\
         {altitude:.0},{satellites},{signal},{battery},0,0,00000000,{cell}",
        valid = if report.valid { 'A' } else { 'V' },
        lat = place(report.lat, 'N', 'S'),
        lon = place(report.lon, 'E', 'W'),
        speed = report.speed_kmh.unwrap_or(zero),
        course = report.course_deg.unwrap_or_default(),
        altitude = report.altitude_m.unwrap_or(zero),
        satellites = report.satellites.unwrap_or_default(),
        battery = report.battery_pct.map_or_else(String::new, |percent| percent.to_string()),
    ))
}
