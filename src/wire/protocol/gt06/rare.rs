//! Layouts that few types have: events of cameras, counted places, parts, texts.

use super::super::super::ascii;
use super::super::super::pen::Pen;
use super::super::super::reader::Reader;
use super::super::super::{Damage, Dec, Kind, Span, Trace, UtcTime, Value};
use super::place;

/// A camera's event: place without satellites; or, behind FF FF 01, place with satellites, speed of two bytes, supply.
pub(super) fn camera<T: Trace>(
    reader: &mut Reader<'_>,
    end: usize,
    pen: &mut Pen<'_, T>,
) -> Result<(), Damage> {
    let is_long = reader.rest().starts_with(&[0xFF, 0xFF]);
    if is_long {
        reader.skip(3);
    }
    place::date(reader, pen)?;
    if end.saturating_sub(reader.at()) >= 11 {
        if is_long {
            place::satellites(reader, pen)?;
        }
        let degrees = place::degrees(reader)?;
        place::course(reader, degrees, pen)?;
        if is_long {
            let (speed, span) = reader.u16("speed_kmh")?;
            pen.message.speed_kmh = pen.dec("speed_kmh", span, Dec::whole(speed.into()), "km/h");
            let (supply, span) = reader.u16("power_v")?;
            pen.message.power_v = pen.dec("power_v", span, Dec::new(supply.into(), 1), "V");
        }
    }
    if pen.message.lat.is_none() {
        pen.message.kind = Kind::Status;
    }
    let (event, span) = reader.u8("event")?;
    pen.event(span, event.into(), "event of a camera", None);
    Ok(())
}

/// Whether behind the date stands the length of a place, 0 or 12, and the satellites.
pub(super) fn is_counted(reader: &Reader<'_>) -> bool {
    match reader.rest().get(6..8) {
        Some(&[12, satellites]) => satellites >> 4 >= 0x0C,
        Some(&[0, cells]) => cells == 9,
        _ => false,
    }
}

pub(super) fn counted<T: Trace>(reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    place::date(reader, pen)?;
    pen.message.valid = Some(false);
    let (length, _) = reader.u8("length of the place")?;
    if length >= 12 {
        place::satellites(reader, pen)?;
        let degrees = place::degrees(reader)?;
        let (speed, span) = reader.u8("speed_kmh")?;
        pen.message.speed_kmh = pen.dec("speed_kmh", span, Dec::whole(speed.into()), "km/h");
        place::course(reader, degrees, pen)?;
    }
    Ok(())
}

/// Type 70: parts, each with a number, a length and its content. Part 33 is the place.
pub(super) fn parts<T: Trace>(
    reader: &mut Reader<'_>,
    end: usize,
    pen: &mut Pen<'_, T>,
) -> Result<(), Damage> {
    pen.message.kind = Kind::Status;
    reader.take("head of the parts", 5)?;
    while end.saturating_sub(reader.at()) >= 4 {
        let (number, _) = reader.u16("number of a part")?;
        let (length, _) = reader.u16("length of a part")?;
        let (content, span) = reader.take("part", length.into())?;
        if number != 0x33 || content.len() < 18 {
            pen.put_nth("part", number.min(255) as u8, span, Value::Bytes(span), "");
            continue;
        }
        pen.message.kind = Kind::Position;
        let mut part = reader.part(span);
        let (seconds, span) = part.u32("time")?;
        pen.message.time = Some(UtcTime::from_unix(seconds.into()));
        pen.show("time", span, Value::Time(UtcTime::from_unix(seconds.into())), "");
        let (satellites, span) = part.u8("satellites")?;
        pen.message.satellites = Some(satellites.into());
        pen.show("satellites", span, Value::int(satellites), "");
        let (altitude, span) = part.i16("altitude_m")?;
        pen.message.altitude_m = pen.dec("altitude_m", span, Dec::whole(altitude.into()), "m");
        let degrees = place::degrees(&mut part)?;
        let (speed, span) = part.u8("speed_kmh")?;
        pen.message.speed_kmh = pen.dec("speed_kmh", span, Dec::whole(speed.into()), "km/h");
        place::course(&mut part, degrees, pen)?;
    }
    Ok(())
}

/// A text with its length before it: four bytes of the server's own, then what is said.
pub(super) fn text<T: Trace>(
    reader: &mut Reader<'_>,
    end: usize,
    pen: &mut Pen<'_, T>,
) -> Result<(), Damage> {
    let (length, _) = reader.u8("length of the text")?;
    let (_, span) = reader.take("mark of the server", 4)?;
    pen.show("server_mark", span, Value::Bytes(span), "");
    let room = end.saturating_sub(reader.at());
    let span = reader.skip(usize::from(length).saturating_sub(4).min(room));
    said(reader, span, pen);
    Ok(())
}

pub(super) fn long_text<T: Trace>(
    reader: &mut Reader<'_>,
    end: usize,
    pen: &mut Pen<'_, T>,
) -> Result<(), Damage> {
    let (_, span) = reader.take("mark of the server", 4)?;
    pen.show("server_mark", span, Value::Bytes(span), "");
    let (encoding, span) = reader.u8("encoding")?;
    pen.put("encoding", span, Value::Word(if encoding == 2 { "UTF-16" } else { "ASCII" }), "");
    let span = reader.skip(end.saturating_sub(reader.at()));
    said(reader, span, pen);
    Ok(())
}

/// A text, and the place it may speak of.
fn said<T: Trace>(reader: &Reader<'_>, span: Span, pen: &mut Pen<'_, T>) {
    pen.put("text", span, Value::Text(span), "");
    if let Some(place) = ascii::place(reader.bytes(span)) {
        let message = &mut pen.message;
        (message.lat, message.lon, message.time) = (Some(place.lat), Some(place.lon), place.time);
        (message.speed_kmh, message.course_deg) = (place.speed_kmh, place.course_deg);
    }
}
