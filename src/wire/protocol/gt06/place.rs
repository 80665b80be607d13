//! A place as GT06 packs it, and the cells that follow it.

use super::super::super::pen::Pen;
use super::super::super::reader::Reader;
use super::super::super::{Cell, Damage, Dec, Span, Trace, Value};

/// Units of a degree.
pub(super) const UNITS: i64 = 1_800_000;

/// The flags beside the course: north, west, and whether there is a fix.
pub(super) const NORTH: u16 = 0x0400;
pub(super) const WEST: u16 = 0x0800;
pub(super) const VALID: u16 = 0x1000;

/// Date, satellites, place, speed, course: 18 bytes.
pub(super) fn whole<T: Trace>(reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    date(reader, pen)?;
    satellites(reader, pen)?;
    let place = degrees(reader)?;
    let (speed, span) = reader.u8("speed_kmh")?;
    pen.message.speed_kmh = pen.dec("speed_kmh", span, Dec::whole(speed.into()), "km/h");
    course(reader, place, pen)
}

/// Six bytes of date and time, UTC by the paper. One that is none is noted, and reading goes on.
pub(super) fn date<T: Trace>(reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let (six, span) = reader.array("time")?;
    pen.time(span, Some(six), 0, "a date and time");
    Ok(())
}

/// The number of satellites in the low half; the high half is the length of the place.
pub(super) fn satellites<T: Trace>(reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let (byte, span) = reader.u8("satellites")?;
    pen.message.satellites = Some(u16::from(byte & 0x0F));
    pen.show("satellites", span, Value::int(byte & 0x0F), "");
    Ok(())
}

/// Latitude and longitude without their signs, which come with the course.
pub(super) type Degrees = ((Dec, Span), (Dec, Span));

/// Reads latitude and longitude.
pub(super) fn degrees(reader: &mut Reader<'_>) -> Result<Degrees, Damage> {
    let mut one = |field: &'static str, most: i64| {
        let (units, span) = reader.u32(field)?;
        let degrees = Dec::ratio(units.into(), UNITS, 7).filter(|degrees| *degrees <= Dec::whole(most));
        Ok((degrees.ok_or(Damage::Field { field, span, expected: "degrees of this earth" })?, span))
    };
    Ok((one("lat", 90)?, one("lon", 180)?))
}

/// The course, and in its upper bits the signs and whether there is a fix.
pub(super) fn course<T: Trace>(
    reader: &mut Reader<'_>,
    ((lat, lat_span), (lon, lon_span)): Degrees,
    pen: &mut Pen<'_, T>,
) -> Result<(), Damage> {
    let (flags, span) = reader.u16("course_deg")?;
    let lat = if flags & NORTH == 0 { lat.negated() } else { lat };
    let lon = if flags & WEST == 0 { lon } else { lon.negated() };
    pen.message.lat = pen.dec("lat", lat_span, lat, "degrees");
    pen.message.lon = pen.dec("lon", lon_span, lon, "degrees");
    pen.message.course_deg = pen.dec("course_deg", span, Dec::whole((flags & 0x3FF).into()), "degrees");
    pen.message.valid = Some(flags & VALID != 0);
    pen.show("valid", span, Value::Flag(flags & VALID != 0), "");
    Ok(())
}

/// A cell: country, network (one byte, or two when the country's highest bit is set), area and identity of so many
/// bytes. All zeros are no cell.
pub(super) fn cell<T: Trace>(
    reader: &mut Reader<'_>,
    widths: (usize, usize),
    pen: &mut Pen<'_, T>,
) -> Result<(), Damage> {
    let from = reader.at();
    let (mcc, _) = reader.u16("mcc")?;
    let (mnc, _) = reader.uint("mnc", if mcc & 0x8000 == 0 { 1 } else { 2 })?;
    let (lac, _) = reader.uint("lac", widths.0)?;
    let (cid, _) = reader.uint("cid", widths.1)?;
    let mcc = mcc & 0x7FFF;
    if mcc == 0 && lac == 0 && cid == 0 {
        return Ok(());
    }
    let span = Span::between(from, reader.at());
    pen.show("cell", span, Value::Bytes(span), "");
    let (mcc, mnc, lac) = (Some(mcc), Some(mnc as u16), Some(lac as u32));
    pen.cell(Cell { mcc, mnc, lac, cid: Some(cid), rssi_dbm: None });
    Ok(())
}
