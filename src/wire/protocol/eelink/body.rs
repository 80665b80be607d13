//! Reads packets: login, heartbeat, positions of the old and the new layout, texts.

use super::super::super::ascii;
use super::super::super::pen::{Pen, up};
use super::super::super::reader::Reader;
use super::super::super::{
    Cell, Code, Damage, Dec, DeviceId, Direction, Kind, Messages, Span, Trace, UtcTime, Value,
};
use super::{LENGTH_RULE, SUM_RULE, sums};

/// Units of a degree.
pub(super) const UNITS: i64 = 1_800_000;

const STATUS: &[&str] = &[
    "fix",
    "car",
    "ignition on",
    "can be armed",
    "armed",
    "can be cut",
    "cut",
    "can be charged",
    "charging",
    "moving",
    "GPS on",
];

/// Kind and name of a packet by its type.
pub(super) fn kind_of(code: u8) -> Option<(Kind, &'static str)> {
    Some(match code {
        0x01 => (Kind::Login, "login"),
        0x02 => (Kind::Position, "position, old layout"),
        0x03 => (Kind::Heartbeat, "heartbeat"),
        0x04 => (Kind::Position, "alarm, old layout"),
        0x05 => (Kind::Position, "state, old layout"),
        0x06 => (Kind::Status, "state"),
        0x07 | 0x17 => (Kind::Status, "values of the engine"),
        0x0E | 0x0F | 0x16 => (Kind::Data, "pass-through"),
        0x12 => (Kind::Position, "position"),
        0x14 => (Kind::Position, "alarm"),
        0x15 => (Kind::Position, "report"),
        0x80 => (Kind::Reply, "reply or command"),
        0x81 => (Kind::Data, "broadcast"),
        _ => return None,
    })
}

/// Decodes a packet, or all of a datagram.
pub(super) fn read<T: Trace>(frame: &[u8], out: &mut Messages, trace: &mut T) {
    let mut pen = Pen::new(out, trace, up(Kind::Unknown, 0, 2, "unknown"));
    let mut reader = Reader::new(frame, 0, frame.len());
    let result = if frame.starts_with(b"EL") {
        datagram(frame, &mut reader, &mut pen)
    } else {
        packet(&mut reader, &mut pen)
    };
    pen.note(result);
    pen.close();
}

/// The last message is left for the caller to put down: it is there even when nothing of it can be read.
fn datagram<T: Trace>(frame: &[u8], reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let (_, span) = reader.take("start", 2)?;
    pen.show("start", span, Value::Text(span), "");
    let (length, span) = reader.u16("length")?;
    pen.length(span, length.into(), reader.left(), LENGTH_RULE);
    let (_, span) = reader.u16("checksum")?;
    if let Some((got, want)) = sums(frame) {
        pen.checksum(span, got.into(), want.into(), 4, SUM_RULE);
    }
    identity(reader, pen)?;
    packet(reader, pen)?;
    while reader.left() > 0 {
        pen.close();
        pen.next(Kind::Unknown, "unknown");
        // The number and the type are each packet's own.
        (pen.message.serial, pen.message.code) = (None, Code::Number(0, 2));
        packet(reader, pen)?;
    }
    Ok(())
}

fn identity<T: Trace>(reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let (digits, span) = reader.take("device_id", 8)?;
    pen.message.device_id = DeviceId::from_bcd(digits, true);
    match pen.message.device_id {
        Some(id) => {
            pen.show("device_id", span, Value::Id(id), "");
            Ok(())
        }
        None => Err(Damage::Field { field: "device_id", span, expected: "16 packed digits" }),
    }
}

/// One packet, of which the length is not believed before it was compared with what is there.
fn packet<T: Trace>(reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let (start, span) = reader.u16("start")?;
    if start != 0x6767 {
        return Err(Damage::Field { field: "start", span, expected: "67 67" });
    }
    pen.show("start", span, Value::Bytes(span), "");
    let (code, span) = reader.u8("code")?;
    pen.message.code = Code::Number(code.into(), 2);
    if let Some((kind, name)) = kind_of(code) {
        (pen.message.kind, pen.message.name) = (kind, name);
    }
    let name = pen.message.name;
    pen.show("code", span, Value::Word(name), "");
    let (length, span) = reader.u16("length")?;
    let length = usize::from(length);
    // Several packets of a datagram have a length each; that of the datagram is the frame's.
    if pen.out.length.is_none() || length > reader.left() {
        pen.length(span, length, length.min(reader.left()), LENGTH_RULE);
    }
    let content = reader.skip(length);
    let mut inner = reader.part(content);
    let (serial, span) = inner.u16("serial")?;
    pen.message.serial = Some(serial.into());
    pen.show("serial", span, Value::int(serial), "");
    if inner.left() == 0 || code == 0x01 && inner.left() == 7 {
        (pen.message.kind, pen.message.name, pen.message.direction) =
            (Kind::Acknowledgement, "acknowledgement", Direction::Down);
    } else {
        body(code, &mut inner, pen)?;
    }
    pen.keep("rest", inner.rest_span());
    Ok(())
}

fn body<T: Trace>(code: u8, reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    match code {
        0x01 => identity(reader, pen),
        0x02 | 0x04 | 0x05 => old(code, reader, pen),
        0x03 | 0x06 => state(reader, pen).map(|_| ()),
        0x12 | 0x14 | 0x15 => place(code, reader, pen),
        0x80 | 0x81 => text(reader, pen),
        _ => Ok(()),
    }
}

fn time<T: Trace>(reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let (seconds, span) = reader.u32("time")?;
    let time = UtcTime::from_unix(seconds.into());
    pen.message.time = Some(time);
    pen.show("time", span, Value::Time(time), "");
    Ok(())
}

fn degrees<T: Trace>(reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    for (field, most) in [("lat", 90), ("lon", 180)] {
        let (units, span) = reader.i32(field)?;
        let degrees = Dec::ratio(units.into(), UNITS, 7);
        let degrees = degrees.filter(|degrees| (Dec::whole(-most)..=Dec::whole(most)).contains(degrees));
        let degrees = degrees.ok_or(Damage::Field { field, span, expected: "degrees of this earth" })?;
        let seen = pen.dec(field, span, degrees, "degrees");
        if most == 90 {
            pen.message.lat = seen;
        } else {
            pen.message.lon = seen;
        }
    }
    Ok(())
}

fn valid<T: Trace>(span: Span, valid: bool, pen: &mut Pen<'_, T>) {
    pen.message.valid = Some(valid);
    pen.show("valid", span, Value::Flag(valid), "");
}

/// The layout of types 02, 04 and 05: time, place, speed of one byte, course, cell, fix.
fn old<T: Trace>(code: u8, reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    time(reader, pen)?;
    degrees(reader, pen)?;
    let (speed, span) = reader.u8("speed_kmh")?;
    pen.message.speed_kmh = pen.dec("speed_kmh", span, Dec::whole(speed.into()), "km/h");
    let (course, span) = reader.u16("course_deg")?;
    pen.message.course_deg = pen.dec("course_deg", span, Dec::whole(course.into()), "degrees");
    cell(reader, 3, pen)?;
    let (fix, span) = reader.u8("valid")?;
    valid(span, fix & 1 == 1, pen);
    if code == 0x02 {
        if reader.left() >= 2 {
            state(reader, pen)?;
        }
        if reader.left() >= 2 {
            battery(reader, pen)?;
        }
        return Ok(());
    }
    let (event, span) = reader.u8("event")?;
    pen.event(span, event.into(), if code == 0x04 { alarm(event) } else { "state" }, None);
    Ok(())
}

/// The layout of types 12, 14 and 15: a mask says what is there.
fn place<T: Trace>(code: u8, reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    time(reader, pen)?;
    let (mask, span) = reader.u8("mask")?;
    pen.show("mask", span, Value::Bits { value: mask.into(), digits: 2, names: MASK }, "");
    if mask & 1 == 1 {
        degrees(reader, pen)?;
        let (altitude, span) = reader.i16("altitude_m")?;
        pen.message.altitude_m = pen.dec("altitude_m", span, Dec::whole(altitude.into()), "m");
        let (speed, span) = reader.u16("speed_kmh")?;
        pen.message.speed_kmh = pen.dec("speed_kmh", span, Dec::whole(speed.into()), "km/h");
        let (course, span) = reader.u16("course_deg")?;
        pen.message.course_deg = pen.dec("course_deg", span, Dec::whole(course.into()), "degrees");
        let (satellites, span) = reader.u8("satellites")?;
        pen.message.satellites = Some(satellites.into());
        pen.show("satellites", span, Value::int(satellites), "");
    }
    if mask & 2 == 2 {
        cell(reader, 4, pen)?;
        let (signal, span) = reader.u8("cell_signal")?;
        pen.show("cell_signal", span, Value::int(signal), "");
    }
    for bit in 2..7 {
        if mask >> bit & 1 == 1 {
            let name = if bit < 4 { "neighbour_cell" } else { "wifi" };
            let (_, span) = reader.take(name, 7)?;
            pen.put_nth(name, if bit < 4 { bit - 1 } else { bit - 3 }, span, Value::Bytes(span), "");
        }
    }
    if mask >> 7 == 1 {
        // How the part for LTE is laid out is not known: what follows is kept as it is.
        return Ok(());
    }
    if code != 0x12 {
        let (event, span) = reader.u8("event")?;
        pen.event(span, event.into(), if code == 0x14 { alarm(event) } else { "report" }, None);
    }
    let (register, span) = state(reader, pen)?;
    valid(span, register & 1 == 1, pen);
    if reader.left() >= 2 {
        battery(reader, pen)?;
    }
    if reader.left() >= 8 {
        reader.take("analogue inputs", 4)?;
        let (odometer, span) = reader.u32("odometer_m")?;
        pen.message.odometer_m = pen.dec("odometer_m", span, Dec::whole(odometer.into()), "m");
    }
    Ok(())
}

const MASK: &[&str] =
    &["place", "cell", "neighbour cell 1", "neighbour cell 2", "WiFi 1", "WiFi 2", "WiFi 3", "LTE"];

fn cell<T: Trace>(reader: &mut Reader<'_>, width: usize, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let from = reader.at();
    let ((mcc, _), (mnc, _)) = (reader.u16("mcc")?, reader.u16("mnc")?);
    let ((lac, _), (cid, _)) = (reader.u16("lac")?, reader.uint("cid", width)?);
    let span = Span::between(from, reader.at());
    if mcc != 0 || lac != 0 || cid != 0 {
        pen.show("cell", span, Value::Bytes(span), "");
        let (mcc, mnc, lac) = (Some(mcc), Some(mnc), Some(lac.into()));
        pen.cell(Cell { mcc, mnc, lac, cid: Some(cid), rssi_dbm: None });
    }
    Ok(())
}

fn state<T: Trace>(reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(u16, Span), Damage> {
    let (register, span) = reader.u16("status")?;
    pen.put("status", span, Value::Bits { value: register.into(), digits: 4, names: STATUS }, "");
    Ok((register, span))
}

fn battery<T: Trace>(reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let (millivolts, span) = reader.u16("battery_v")?;
    pen.message.battery_v = pen.dec("battery_v", span, Dec::new(millivolts.into(), 3), "V");
    Ok(())
}

/// Four bytes of the server's own, then what is said, and perhaps the place that it speaks of.
fn text<T: Trace>(reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let (_, span) = reader.take("mark of the server", 4)?;
    pen.show("server_mark", span, Value::Bytes(span), "");
    let span = reader.skip(reader.left());
    pen.put("text", span, Value::Text(span), "");
    if let Some(place) = ascii::place(reader.bytes(span)) {
        let message = &mut pen.message;
        (message.lat, message.lon, message.time) = (Some(place.lat), Some(place.lon), place.time);
        (message.speed_kmh, message.course_deg) = (place.speed_kmh, place.course_deg);
    }
    Ok(())
}

fn alarm(code: u8) -> &'static str {
    match code {
        0x01 => "external power cut",
        0x02 => "SOS",
        0x03 => "battery low",
        0x04 => "vibration",
        _ => "alarm",
    }
}

/// The marks of a packet: a content of the length its type has, and a time of this time. The mark of a datagram is that
/// a packet begins in it.
pub(super) fn marks(frame: &[u8]) -> u8 {
    if frame.starts_with(b"EL") {
        return u8::from(frame.get(14..16) == Some(&b"gg"[..])) * 2;
    }
    let code = frame.get(2).copied().unwrap_or_default();
    let content = frame.get(7..).unwrap_or_default();
    let date = content.get(..4).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes);
    // 2009 to 2040.
    let timely = date.is_some_and(|seconds| (1_230_000_000..2_240_000_000).contains(&seconds));
    match code {
        0x01 => {
            u8::from(content.get(..8).is_some_and(|digits| DeviceId::from_bcd(digits, true).is_some())) * 2
        }
        0x02 | 0x04 | 0x05 | 0x12 | 0x14 | 0x15 => u8::from(timely) * 2,
        0x03 if content.len() == 2 => 1,
        0x80 | 0x81 => u8::from(content.get(4..).is_some_and(|text| {
            text.iter().all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace())
        })),
        _ => 0,
    }
}
