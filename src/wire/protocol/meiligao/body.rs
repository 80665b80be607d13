//! Reads a frame: length, identity, command, and the line of text that most commands carry.

use super::super::super::ascii::{degrees_and_minutes, hex, is_latitude, is_longitude, knots, six};
use super::super::super::pen::{Pen, up};
use super::super::super::reader::Reader;
use super::super::super::{Code, Damage, Dec, DeviceId, Direction, Kind, Messages, Span, Trace, Value};
use super::{LENGTH_RULE, SUM_RULE, sums};

/// What a command is: kind, name, and how many bytes stand before its text; none where there is no position in it.
fn describe(code: u16) -> Option<(Kind, &'static str, Option<usize>)> {
    Some(match code {
        0x5000 => (Kind::Login, "login", None),
        0x4000 => (Kind::Acknowledgement, "login confirmed", None),
        0x0001 => (Kind::Heartbeat, "heartbeat", None),
        0x0002 => (Kind::Question, "which server", None),
        0x9955 => (Kind::Position, "position", Some(0)),
        0x9016 => (Kind::Position, "logged position", Some(6)),
        0x9999 => (Kind::Position, "alarm", Some(1)),
        0x6688 => (Kind::Position, "positions", Some(2)),
        0x9966 => (Kind::Position, "card", None),
        0x9901 => (Kind::Status, "values of the engine", None),
        0x9902 => (Kind::Status, "values of the trip", None),
        0x9903 => (Kind::Status, "trouble codes", None),
        0x4101 | 0x4102 | 0x4103 | 0x4105 | 0x4106 | 0x4114 | 0x4115 | 0x4132 | 0x4902 => {
            (Kind::Command, "command", None)
        }
        0x0800 | 0x9988 | 0x9989 => (Kind::Data, "photo", None),
        _ => return None,
    })
}

/// Decodes a frame as far as it goes.
pub(super) fn read<T: Trace>(frame: &[u8], out: &mut Messages, trace: &mut T) {
    let mut pen = Pen::new(out, trace, up(Kind::Unknown, 0, 4, "unknown"));
    let closed = frame.ends_with(b"\r\n");
    let end = frame.len().saturating_sub(if closed { 4 } else { 0 }).max(4.min(frame.len()));
    let mut reader = Reader::new(frame, 0, end);
    let result = whole(&mut reader, frame, &mut pen);
    pen.note(result);
    pen.close();
    match sums(frame) {
        // In a frame shorter than a head it stands where the head should.
        Some((got, want)) => {
            let span = Span::new(frame.len().saturating_sub(4), 2);
            pen.checksum(span, got.into(), want.into(), 4, SUM_RULE);
        }
        None => pen.damage(Damage::NoChecksum { rule: SUM_RULE }),
    }
    if !closed {
        pen.damage(Damage::End { expected: "CR LF" });
    }
    pen.out.damage.sort_by_key(|damage| matches!(damage, Damage::Field { .. } | Damage::Short { .. }));
}

fn whole<T: Trace>(reader: &mut Reader<'_>, frame: &[u8], pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let (_, span) = reader.take("start", 2)?;
    pen.show("start", span, Value::Text(span), "");
    let (length, span) = reader.u16("length")?;
    pen.length(span, length.into(), frame.len(), LENGTH_RULE);
    let (digits, span) = reader.take("device_id", 7)?;
    let id = DeviceId::from_bcd(digits, false);
    pen.message.device_id = id;
    match id {
        Some(id) => pen.show("device_id", span, Value::Id(id), ""),
        None => {
            pen.damage(Damage::Field { field: "device_id", span, expected: "packed digits, F behind them" })
        }
    }
    let identity = span;
    imei(identity, pen);
    let (code, span) = reader.u16("code")?;
    pen.message.code = Code::Number(code.into(), 4);
    let (kind, name, text) = describe(code).unwrap_or((Kind::Unknown, "unknown", None));
    (pen.message.kind, pen.message.name) = (kind, name);
    // Vehicles' units send their engine's values with the head of the server.
    if frame.first() == Some(&b'@') && !matches!(code, 0x9901..=0x9903) {
        pen.message.direction = Direction::Down;
    }
    pen.show("code", span, Value::Word(name), "");
    match (code, text) {
        (0x6688, _) => batch(reader, identity, pen),
        (0x9966, _) => card(reader, pen),
        (_, Some(before)) => {
            let (head, span) = reader.take("head of the text", before)?;
            match (code, head) {
                (0x9999, [alarm]) => pen.event(span, (*alarm).into(), self::alarm(*alarm), None),
                _ => pen.keep("head", span),
            }
            let span = reader.rest_span();
            position(reader, span, pen)
        }
        _ => {
            pen.keep("data", reader.rest_span());
            Ok(())
        }
    }
}

/// The IMEI, of which the wire has all digits but the last.
fn imei<T: Trace>(identity: Span, pen: &mut Pen<'_, T>) {
    if let Some(imei) = pen.message.device_id.and_then(|id| id.with_check_digit()) {
        pen.also("imei", identity, Value::Id(imei));
    }
}

fn alarm(code: u8) -> &'static str {
    match code {
        0x01 => "SOS, or input 1 active",
        0x10 => "battery low",
        0x11 => "speeding",
        0x12 => "movement",
        0x13 => "fence",
        0x50 => "external power cut",
        _ => "alarm",
    }
}

/// A count, then lines divided by backslashes, each with a byte before it.
fn batch<T: Trace>(reader: &mut Reader<'_>, identity: Span, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let (count, span) = reader.u8("count")?;
    pen.show("count", span, Value::int(count), "");
    let rest = reader.rest_span();
    let mut at = rest.at as usize;
    let mut result = Ok(());
    for part in reader.rest().split(|byte| *byte == b'\\') {
        if at > rest.at as usize {
            pen.close();
            pen.next(Kind::Position, "positions");
            imei(identity, pen);
        }
        let read = position(reader, Span::new(at + 1, part.len().saturating_sub(1)), pen);
        result = result.and(read);
        at += part.len() + 1;
    }
    result
}

/// The fields of a line, each with its place.
fn fields<'a>(reader: &Reader<'a>, span: Span, by: u8) -> impl Iterator<Item = (&'a [u8], Span)> {
    let mut at = span.at as usize;
    reader.bytes(span).split(move |byte| *byte == by).map(move |part| {
        let span = Span::new(at, part.len());
        at += part.len() + 1;
        (part, span)
    })
}

/// `hhmmss.sss,A,ddmm.mmmm,N,dddmm.mmmm,E,speed,course,ddmmyy,…|hdop|altitude|state|inputs|…`
fn position<T: Trace>(reader: &Reader<'_>, span: Span, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let mut bars = fields(reader, span, b'|');
    let line = bars.next().unwrap_or((&[], span));
    sentence(reader, line.1, pen)?;
    for (place, (text, span)) in (0..=u8::MAX).zip(bars) {
        match (place, Dec::parse(text)) {
            _ if text.is_empty() => {}
            (0, Some(hdop)) => pen.message.hdop = pen.dec("hdop", span, hdop, ""),
            (1, Some(altitude)) => pen.message.altitude_m = pen.dec("altitude_m", span, altitude, "m"),
            (0 | 1, None) => {
                let field = if place == 0 { "hdop" } else { "altitude_m" };
                pen.damage(Damage::Field { field, span, expected: "a number" });
            }
            (2, _) if hex(text).is_some() && text.len() <= 4 => {
                let value = hex(text).unwrap_or_default() as u32;
                pen.put("state", span, Value::Bits { value, digits: text.len() as u8, names: STATE }, "");
            }
            _ => pen.put_nth("part", place, span, Value::Text(span), ""),
        }
    }
    Ok(())
}

const STATE: &[&str] = &[
    "output 1", "output 2", "output 3", "output 4", "output 5", "", "", "", "input 1", "input 2", "input 3",
    "input 4", "input 5",
];

fn sentence<T: Trace>(reader: &Reader<'_>, span: Span, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let mut parts = fields(reader, span, b',');
    let end = span.end();
    let mut next = |field: &'static str| {
        parts.next().ok_or(Damage::Short { field, at: end as u32, needed: 1, present: 0 })
    };
    let (clock, valid) = (next("time")?, next("valid")?);
    let (lat, north, lon, east) = (next("lat")?, next("lat")?, next("lon")?, next("lon")?);
    let (speed, course, date) = (next("speed_kmh")?, next("course_deg")?, next("time")?);
    // Without a fix the date may be empty.
    if !date.0.is_empty() || valid.0 != b"V" {
        moment(clock, date, pen);
    }
    flag(valid, pen);
    pen.message.lat = degrees("lat", lat, north, is_latitude, pen);
    pen.message.lon = degrees("lon", lon, east, is_longitude, pen);
    if !speed.0.is_empty() {
        match Dec::parse(speed.0).and_then(knots) {
            Some(kmh) => pen.message.speed_kmh = pen.dec("speed_kmh", speed.1, kmh, "km/h"),
            None => pen.damage(Damage::Field { field: "speed_kmh", span: speed.1, expected: "knots" }),
        }
    }
    if !course.0.is_empty() {
        match Dec::parse(course.0) {
            Some(degrees) => pen.message.course_deg = pen.dec("course_deg", course.1, degrees, "degrees"),
            None => pen.damage(Damage::Field { field: "course_deg", span: course.1, expected: "degrees" }),
        }
    }
    Ok(())
}

type Field<'a> = (&'a [u8], Span);

/// `hhmmss.sss` and `ddmmyy`, UTC.
fn moment<T: Trace>(clock: Field<'_>, date: Field<'_>, pen: &mut Pen<'_, T>) {
    let six = clock_digits(clock.0).and_then(|clock| six(&[date.0, &clock].concat()));
    let six = six.map(|[day, month, year, hour, minute, second]| [year, month, day, hour, minute, second]);
    pen.time(clock.1, six, 0, "hhmmss, and ddmmyy behind the course");
    pen.show("date", date.1, Value::Text(date.1), "");
}

/// Six digits of a clock; some frames leave out the zeros at its front.
fn clock_digits(text: &[u8]) -> Option<[u8; 6]> {
    let digits = text.split(|byte| *byte == b'.').next()?;
    let mut clock = [b'0'; 6];
    clock.get_mut(6_usize.checked_sub(digits.len())?..)?.copy_from_slice(digits);
    Some(clock)
}

fn flag<T: Trace>((text, span): Field<'_>, pen: &mut Pen<'_, T>) {
    pen.message.valid = match text {
        b"A" => Some(true),
        b"V" => Some(false),
        _ => None,
    };
    match pen.message.valid {
        Some(valid) => pen.show("valid", span, Value::Flag(valid), ""),
        None => pen.damage(Damage::Field { field: "valid", span, expected: "A or V" }),
    }
}

fn degrees<T: Trace>(
    field: &'static str,
    value: Field<'_>,
    side: Field<'_>,
    fits: fn(Dec) -> bool,
    pen: &mut Pen<'_, T>,
) -> Option<Dec> {
    // Without a fix it may be empty, as in the sentences of all receivers.
    if value.0.is_empty() && pen.message.valid == Some(false) {
        return None;
    }
    let Some(degrees) = degrees_and_minutes(value.0).filter(|degrees| fits(*degrees)) else {
        pen.damage(Damage::Field { field, span: value.1, expected: "degrees and minutes" });
        return None;
    };
    let is_minus = matches!(side.0, b"S" | b"W");
    pen.dec(field, value.1, if is_minus { degrees.negated() } else { degrees }, "degrees")
}

/// A card: bytes, and behind a bar `hhmmss,ddmmyy,lat,N,lon,E`.
fn card<T: Trace>(reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let span = reader.rest_span();
    let bar = reader.rest().iter().rposition(|byte| *byte == b'|').unwrap_or(0);
    pen.keep("card", Span::new(span.at as usize, bar));
    let line = Span::between(span.at as usize + bar + 1, span.end());
    let mut parts = fields(reader, line, b',');
    let mut next = |field: &'static str| {
        parts.next().ok_or(Damage::Short { field, at: line.end() as u32, needed: 1, present: 0 })
    };
    let (clock, date) = (next("time")?, next("time")?);
    moment(clock, date, pen);
    let (lat, north, lon, east) = (next("lat")?, next("lat")?, next("lon")?, next("lon")?);
    pen.message.lat = degrees("lat", lat, north, is_latitude, pen);
    pen.message.lon = degrees("lon", lon, east, is_longitude, pen);
    Ok(())
}

/// The marks of a frame: a known command, and a clock with a flag behind it.
pub(super) fn marks(frame: &[u8]) -> u8 {
    let code = frame.get(11..13).and_then(|two| two.try_into().ok()).map(u16::from_be_bytes);
    let Some((_, _, text)) = code.and_then(describe) else { return 0 };
    let line = text.and_then(|before| frame.get(13 + before..)).unwrap_or_default();
    let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let flag = line.iter().position(|byte| *byte == b',').and_then(|comma| line.get(comma + 1..comma + 3));
    let is_line = (5..=6).contains(&digits) && matches!(flag, Some(b"A," | b"V,"));
    2 + if is_line { 2 } else { 0 }
}
