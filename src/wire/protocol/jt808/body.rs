//! Reads a message: header, body by its number, checksum.

use super::super::super::crc::xor8;
use super::super::super::pen::{Pen, up};
use super::super::super::reader::{Reader, bcd, bcd_six};
use super::super::super::{Code, Damage, Dec, Direction, Kind, Messages, Span, Trace, UtcTime, Value};
use super::header::{self, Header};
use super::{AHEAD, LENGTH_RULE, MARK, MARKS, SUM_RULE, items, sum_fits};

/// Kind and name of a message by its number.
fn describe(code: u16) -> Option<(Kind, &'static str)> {
    Some(match code {
        0x0001 => (Kind::Acknowledgement, "answer of the terminal"),
        0x0002 => (Kind::Heartbeat, "heartbeat"),
        0x0003 => (Kind::Status, "signs off"),
        0x0100 => (Kind::Login, "registration"),
        0x0102 => (Kind::Login, "login"),
        0x0104 => (Kind::Reply, "settings"),
        0x0107 => (Kind::Reply, "properties"),
        0x0109 => (Kind::Question, "what time is it"),
        0x0200 => (Kind::Position, "position"),
        0x0201 => (Kind::Position, "position, on request"),
        0x0210 => (Kind::Status, "battery"),
        0x0702 => (Kind::Status, "driver's card"),
        0x0704 => (Kind::Position, "positions"),
        0x0800 | 0x0801 => (Kind::Data, "photo, sound or film"),
        0x0900 => (Kind::Data, "pass-through"),
        0x1300 => (Kind::Reply, "reply"),
        0x5501 => (Kind::Position, "position of a lock"),
        0x5502 => (Kind::Position, "position of a lock, without reception"),
        0x5504 => (Kind::Position, "position of a lock, on request"),
        0x8001 => (Kind::Acknowledgement, "answer of the platform"),
        0x8100 => (Kind::Acknowledgement, "registration confirmed"),
        0x8004 | 0x8109 => (Kind::Acknowledgement, "the time"),
        0x8103..=0x8107 | 0x8201 | 0x8202 | 0x8300 | 0x8500 => (Kind::Command, "command"),
        _ => return None,
    })
}

/// Decodes a message as far as it goes.
pub(super) fn read<T: Trace>(frame: &[u8], out: &mut Messages, trace: &mut T) {
    let mut plain = std::mem::take(&mut out.plain);
    header::unescape(frame, &mut plain, &mut out.escapes);
    // Some logs hold messages whose escapes were taken out already. That is said, as one flipped bit in a message
    // with an escape can look the same.
    let inner = frame.get(1..frame.len().saturating_sub(1)).unwrap_or_default();
    if !sum_fits(&plain) && !out.escapes.is_empty() && xor8(inner) == 0 {
        let span = Span::new(out.escapes.first().map_or(0, |at| *at as usize), 2);
        out.damage.push(Damage::Field {
            field: "escape",
            span,
            expected: "in a log whose escapes were taken out",
        });
        plain.clear();
        plain.extend_from_slice(frame);
        out.escapes.clear();
    }
    let mut pen = Pen::new(out, trace, up(Kind::Unknown, 0, 4, "unknown"));
    match header::read(&plain) {
        Some(head) => whole(&plain, head, &mut pen),
        None => {
            // The shortest header, and at least the checksum behind it.
            let present = plain.len().saturating_sub(1) as u32;
            pen.damage(Damage::Short { field: "header", at: 1, needed: 13, present });
            pen.close();
        }
    }
    pen.out.damage.sort_by_key(|damage| matches!(damage, Damage::Field { .. } | Damage::Short { .. }));
    out.plain = plain;
}

fn whole<T: Trace>(plain: &[u8], head: Header, pen: &mut Pen<'_, T>) {
    let mark = plain.first().copied().filter(|first| MARKS.contains(first)).unwrap_or(MARK);
    let closed = plain.last() == Some(&mark);
    let last = plain.len() - usize::from(closed);
    // Without its last mark a message has its checksum all the same where its length says so.
    let summed = closed || last == head.at + head.length + 1;
    let end = if summed { (last - 1).max(head.at) } else { last };
    if plain.first() != Some(&mark) {
        pen.damage(Damage::Field { field: "start", span: Span::new(0, 1), expected: "7E" });
    }
    envelope(plain, head, end, pen);
    let mut reader = Reader::new(plain, head.at, end);
    let result = if head.encrypted || head.split { Ok(()) } else { content(head, &mut reader, pen) };
    pen.note(result);
    pen.keep("rest", reader.rest_span());
    pen.close();
    if summed && last > head.at {
        let (got, want) = (plain.get(last - 1).copied(), xor8(plain.get(1..last - 1).unwrap_or_default()));
        pen.checksum(Span::new(last - 1, 1), got.unwrap_or_default().into(), want.into(), 2, SUM_RULE);
    }
    if !closed || last <= head.at {
        pen.damage(Damage::End { expected: if mark == MARK { "7E" } else { "E7" } });
    }
}

fn envelope<T: Trace>(plain: &[u8], head: Header, end: usize, pen: &mut Pen<'_, T>) {
    let (kind, name) = describe(head.code).unwrap_or((Kind::Unknown, "unknown"));
    (pen.message.kind, pen.message.name) = (kind, name);
    pen.message.code = Code::Number(head.code.into(), 4);
    if head.code & 0x8000 != 0 {
        pen.message.direction = Direction::Down;
        if kind == Kind::Unknown {
            (pen.message.kind, pen.message.name) = (Kind::Command, "command");
        }
    }
    let name = pen.message.name;
    pen.show("code", Span::new(1, 2), Value::Word(name), "");
    pen.length(Span::new(3, 2), head.length, end.saturating_sub(head.at), LENGTH_RULE);
    let span = Span::new(head.id_at, head.id_len);
    pen.message.device_id = header::identity(head.id(plain));
    match pen.message.device_id {
        Some(id) => pen.show("device_id", span, Value::Id(id), ""),
        None => pen.damage(Damage::Field { field: "device_id", span, expected: "packed digits" }),
    }
    let span = Span::new(head.serial.0, head.serial.1);
    let serial = span.of(plain).iter().fold(0, |serial, byte| serial * 256 + u32::from(*byte));
    pen.message.serial = Some(serial);
    pen.show("serial", span, Value::int(serial), "");
    if head.split || head.encrypted {
        let word = if head.split { "a part of a longer message" } else { "encrypted" };
        pen.put("body", Span::new(3, 2), Value::Word(word), "");
    }
}

fn content<T: Trace>(head: Header, reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    match head.code {
        0x0200 => place(reader, pen),
        0x0201 => {
            let (serial, span) = reader.u16("number of the question")?;
            pen.put("answers", span, Value::int(serial), "");
            place(reader, pen)
        }
        0x0704 => batch(reader, pen),
        0x5501 | 0x5502 | 0x5504 => lock(head.code, reader, pen),
        0x0001 | 0x8001 => {
            let (serial, span) = reader.u16("number")?;
            pen.put("answers", span, Value::int(serial), "");
            let (code, span) = reader.u16("message")?;
            pen.put("answers_code", span, Value::Bits { value: code.into(), digits: 4, names: &[] }, "");
            let (result, span) = reader.u8("result")?;
            let words = ["ok", "failed", "wrong", "unsupported"];
            let word = words.get(usize::from(result)).copied().unwrap_or("unknown");
            pen.put("result", span, Value::Word(word), "");
            Ok(())
        }
        0x0102 | 0x1300 | 0x8300 if reader.rest().iter().all(|byte| !byte.is_ascii_control()) => {
            let span = reader.skip(reader.left());
            pen.put("text", span, Value::Text(span), "");
            Ok(())
        }
        _ => Ok(()),
    }
}

/// A number of places, whether they are old ones, and each with its length.
fn batch<T: Trace>(reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let (count, span) = reader.u16("count")?;
    pen.show("count", span, Value::int(count), "");
    let (kind, archive) = reader.u8("batch_type")?;
    pen.show("batch_type", archive, Value::Word(if kind == 1 { "kept back" } else { "normal" }), "");
    let mut result = Ok(());
    let mut read = 0_u16;
    while read < count && reader.left() > 2 {
        let (length, _) = reader.u16("length of a place")?;
        let span = reader.skip(length.into());
        if read > 0 {
            pen.close();
            pen.next(Kind::Position, "positions");
        }
        read += 1;
        pen.also("archived", archive, Value::Flag(kind == 1));
        let mut part = reader.part(span);
        result = result.and(place(&mut part, pen));
    }
    if read < count {
        let expected = "as many places as are counted";
        result = result.and(Err(Damage::Field { field: "count", span, expected }));
    }
    result
}

const STATUS: &[&str] = &[
    "ignition on",
    "fix",
    "south",
    "west",
    "out of service",
    "coordinates encrypted",
    "",
    "",
    "",
    "",
    "oil cut",
    "electricity cut",
    "doors locked",
    "",
    "",
    "",
    "",
    "",
    "GPS used",
    "BeiDou used",
    "GLONASS used",
    "Galileo used",
];

const ALARMS: [&str; 32] = [
    "SOS",
    "speeding",
    "fatigue driving",
    "danger ahead",
    "GNSS module broken",
    "GNSS antenna cut",
    "GNSS antenna shorted",
    "external power low",
    "external power cut",
    "display broken",
    "speech broken",
    "camera broken",
    "card module broken",
    "speeding soon",
    "fatigue soon",
    "",
    "",
    "",
    "too long on the road today",
    "too long at rest",
    "enters or leaves an area",
    "enters or leaves a route",
    "too short or long on a stretch",
    "off the route",
    "speed sensor broken",
    "fuel amiss",
    "stolen",
    "ignition not allowed",
    "moved not allowed",
    "collision",
    "rollover",
    "door opened not allowed",
];

/// Alarms, register, place, time; then items.
fn place<T: Trace>(reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let (alarms, span) = reader.u32("alarms")?;
    pen.show("alarms", span, Value::Bits { value: alarms, digits: 8, names: &ALARMS }, "");
    for (bit, name) in (0..32_u32).zip(ALARMS) {
        if alarms >> bit & 1 == 1 {
            pen.event(span, bit, if name.is_empty() { "unknown" } else { name }, None);
        }
    }
    let (status, span) = reader.u32("status")?;
    pen.put("status", span, Value::Bits { value: status, digits: 8, names: STATUS }, "");
    pen.message.valid = Some(status >> 1 & 1 == 1);
    for (field, most, bit) in [("lat", 90, 2), ("lon", 180, 3)] {
        let (micro, span) = reader.u32(field)?;
        let degrees = Dec::new(micro.into(), 6);
        if degrees > Dec::whole(most) {
            pen.damage(Damage::Field { field, span, expected: "degrees of this earth" });
            continue;
        }
        let degrees = if status >> bit & 1 == 1 { degrees.negated() } else { degrees };
        let seen = pen.dec(field, span, degrees, "degrees");
        if bit == 2 {
            pen.message.lat = seen;
        } else {
            pen.message.lon = seen;
        }
    }
    let (altitude, span) = reader.i16("altitude_m")?;
    pen.message.altitude_m = pen.dec("altitude_m", span, Dec::whole(altitude.into()), "m");
    let (speed, span) = reader.u16("speed_kmh")?;
    pen.message.speed_kmh = pen.dec("speed_kmh", span, Dec::new(speed.into(), 1), "km/h");
    let (course, span) = reader.u16("course_deg")?;
    pen.message.course_deg = pen.dec("course_deg", span, Dec::whole(course.into()), "degrees");
    time(reader, pen)?;
    items::read(reader, pen)
}

/// Six packed pairs of digits, eight hours ahead of UTC.
fn time<T: Trace>(reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let (six, span) = reader.array("time")?;
    pen.time(span, bcd_six(six), AHEAD, "YYMMDDhhmmss in packed digits");
    Ok(())
}

/// Locks: packed day, month, year and time in UTC, degrees and minutes, and a half byte for the sides. What is known
/// of this layout comes from captures.
fn lock<T: Trace>(code: u16, reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let (six, span) = reader.array("time")?;
    let six =
        bcd_six(six).map(|[day, month, year, hour, minute, second]| [year, month, day, hour, minute, second]);
    pen.time(span, six, 0, "ddmmyyhhmmss in packed digits");
    let (lat, lat_span) = reader.array::<4>("lat")?;
    let (lon, lon_span) = reader.array::<5>("lon")?;
    // The last half digit of the longitude shares its byte with the sides.
    let (last, sides) = (lon[4] >> 4, lon[4]);
    let lat = packed(&lat).and_then(|digits| minutes(digits, 90));
    let lon = packed(&lon[..4]).filter(|_| last < 10);
    let lon = lon.and_then(|digits| minutes(digits * 10 + i64::from(last), 180));
    let side = |degrees: Dec, bit: u8| if sides >> bit & 1 == 1 { degrees } else { degrees.negated() };
    match (lat, lon) {
        (Some(lat), Some(lon)) => {
            pen.message.lat = pen.dec("lat", lat_span, side(lat, 1), "degrees");
            pen.message.lon = pen.dec("lon", lon_span, side(lon, 2), "degrees");
        }
        _ => pen.damage(Damage::Field { field: "lat", span: lat_span, expected: "degrees and minutes" }),
    }
    pen.message.valid = Some(code != 0x5502);
    // Whether the speed is in knots or in km/h no document says, so that it has no unit here.
    let (speed, span) = reader.u8("speed")?;
    pen.put("speed", span, Value::int(speed), "");
    Ok(())
}

fn packed(bytes: &[u8]) -> Option<i64> {
    bytes.iter().try_fold(0, |number, byte| Some(number * 100 + i64::from(bcd(*byte)?)))
}

/// Degrees times 100 plus minutes, in ten-thousandths, as degrees.
fn minutes(digits: i64, most: i64) -> Option<Dec> {
    let (degrees, minutes) = (digits / 1_000_000, digits % 1_000_000);
    let whole = (minutes < 600_000).then_some(degrees * 600_000 + minutes)?;
    Dec::ratio(whole, 600_000, 7).filter(|degrees| *degrees <= Dec::whole(most))
}

/// The marks of a message: a known number, and a place with a time where it promises one.
pub(super) fn marks(head: Header, plain: &[u8]) -> u8 {
    if describe(head.code).is_none() {
        return 0;
    }
    let time = plain.get(head.at + 22..head.at + 28).and_then(|six| six.try_into().ok());
    let timely = time.and_then(bcd_six).and_then(UtcTime::from_two_digits).is_some();
    let micro =
        |at: usize| plain.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes);
    let on_earth = micro(head.at + 8).is_some_and(|lat| lat <= 90_000_000)
        && micro(head.at + 12).is_some_and(|lon| lon <= 180_000_000);
    1 + if head.code == 0x0200 && timely && on_earth { 4 } else { 0 }
}
