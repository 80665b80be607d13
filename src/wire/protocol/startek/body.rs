//! The body of a position: eighteen fields that always stand, and what may follow (V1.6 section 3).

use super::super::super::ascii::{hex, is_latitude, is_longitude, number, six};
use super::super::super::pen::Pen;
use super::super::super::{Cell, Damage, Dec, Span, Trace, Value};
use super::{events, extras};

/// The fields of a frame between commas, one after another.
#[derive(Debug, Clone)]
pub(super) struct Fields<'a> {
    frame: &'a [u8],
    at: usize,
    end: usize,
}

impl<'a> Fields<'a> {
    /// The fields of `frame` from `at` to the byte before `end`.
    pub(super) fn new(frame: &'a [u8], at: usize, end: usize) -> Self {
        let end = end.min(frame.len());
        Self { frame, at, end }
    }

    /// What has not been read, commas included.
    pub(super) fn rest(&self) -> (&'a [u8], Span) {
        let span = Span::between(self.at.min(self.end), self.end);
        (span.of(self.frame), span)
    }

    /// The frame with all fields, to which spans refer.
    pub(super) fn frame(&self) -> &'a [u8] {
        self.frame
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = (&'a [u8], Span);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.frame.get(self.at..self.end)?;
        let length = rest.iter().position(|byte| *byte == b',').unwrap_or(rest.len());
        let span = Span::new(self.at, length);
        // Behind the last field stands no comma: the next call finds nothing.
        self.at += length + 1;
        Some((rest.get(..length)?, span))
    }
}

const SYSTEM: &[&str] = &[
    "server 1 connected",
    "server 2 connected",
    "GNSS fix valid",
    "external power connected",
    "GNSS antenna connected",
    "stopped",
    "armed",
    "RFID or iButton logged in",
    "device shedding",
];
const INPUTS: &[&str] = &[
    "input 1 (SOS)",
    "input 2 (ignition)",
    "input 3 (door)",
    "input 4",
    "input 5",
    "input 6",
    "input 7",
    "input 8",
];
const OUTPUTS: &[&str] =
    &["output 1", "output 2", "output 3", "output 4", "output 5", "output 6", "output 7", "output 8"];

/// Reads a body. Every field that does not fit is noted, and the next one is read.
pub(super) fn read<T: Trace>(fields: &mut Fields<'_>, pen: &mut Pen<'_, T>) {
    let complete = place(fields, pen).and_then(|()| state(fields, pen));
    if complete.is_none() {
        let at = fields.frame.len() as u32;
        pen.damage(Damage::Short { field: "position", at, needed: 1, present: 0 });
        return;
    }
    extras::read(fields, pen);
}

/// Fields 1 to 12: event, time, place. None when the frame ends in one of them.
#[inline]
fn place<T: Trace>(fields: &mut Fields<'_>, pen: &mut Pen<'_, T>) -> Option<()> {
    event(fields.next()?, fields.next()?, pen);
    let (text, span) = fields.next()?;
    pen.time(span, six(text), 0, "YYMMDDHHmmss");
    let (text, span) = fields.next()?;
    pen.message.valid = match text {
        b"A" => Some(true),
        b"V" => Some(false),
        _ => None,
    };
    match pen.message.valid {
        Some(valid) => pen.show("valid", span, Value::Flag(valid), ""),
        None => misfit(pen, "valid", span, "A or V"),
    }
    pen.message.lat = degrees(fields.next()?, "lat", is_latitude, pen);
    pen.message.lon = degrees(fields.next()?, "lon", is_longitude, pen);
    pen.message.satellites = whole(fields.next()?, "satellites", "", pen).and_then(|n| u16::try_from(n).ok());
    pen.message.hdop = decimal(fields.next()?, "hdop", "", pen);
    pen.message.speed_kmh = decimal(fields.next()?, "speed_kmh", "km/h", pen);
    pen.message.course_deg = decimal(fields.next()?, "course_deg", "degrees", pen);
    pen.message.altitude_m = decimal(fields.next()?, "altitude_m", "m", pen);
    pen.message.odometer_m = decimal(fields.next()?, "odometer_m", "m", pen);
    Some(())
}

/// Fields 13 to 18: network, status, inputs, outputs, voltages.
#[inline]
fn state<T: Trace>(fields: &mut Fields<'_>, pen: &mut Pen<'_, T>) -> Option<()> {
    cell(fields.next()?, pen);
    signal(fields.next()?, pen);
    register(fields.next()?, "status", SYSTEM, pen);
    register(fields.next()?, "inputs", INPUTS, pen);
    register(fields.next()?, "outputs", OUTPUTS, pen);
    voltages(fields.next()?, pen);
    Some(())
}

/// Notes a field that does not fit.
pub(super) fn misfit<T: Trace>(
    pen: &mut Pen<'_, T>,
    field: &'static str,
    span: Span,
    expected: &'static str,
) {
    pen.show(field, span, Value::Word("not readable"), "");
    pen.damage(Damage::Field { field, span, expected });
}

/// A field's text and where it stands.
pub(super) type Field<'a> = (&'a [u8], Span);

#[inline]
fn event<T: Trace>(code: Field<'_>, data: Field<'_>, pen: &mut Pen<'_, T>) {
    let Some(number) = number(code.0).and_then(|number| u32::try_from(number).ok()) else {
        return misfit(pen, "event", code.1, "a number");
    };
    let (_, name, meaning) = events::entry(number);
    pen.event(code.1, number, name, Some(data.1).filter(|data| data.len > 0));
    if data.1.len == 0 {
        return;
    }
    pen.show(meaning, data.1, Value::Text(data.1), "");
    if meaning == events::TROUBLE {
        trouble(data, pen);
    }
}

/// Event 56: a byte for the standard, then three for each code. J1939 has its number with the low byte first: only
/// so does the vendor's example fit.
fn trouble<T: Trace>((text, span): Field<'_>, pen: &mut Pen<'_, T>) {
    let standard = text.get(..2).and_then(hex);
    for (index, at) in (1..=u8::MAX).zip((2..text.len()).step_by(6)) {
        let digits = text.get(at..).map_or(text, |rest| rest.get(..6).unwrap_or(rest));
        let part = Span::new(span.at as usize + at, digits.len());
        match (standard, Some(digits).filter(|digits| digits.len() == 6).and_then(hex)) {
            (Some(0), Some(code)) => {
                pen.put_nth("trouble_code", index, part, Value::Trouble((code >> 8) as u16), "");
                let state = match code & 0xFF {
                    1 => "solved",
                    2 => "pending",
                    _ => "unknown",
                };
                pen.put_nth("trouble_state", index, part, Value::Word(state), "");
            }
            (Some(1), Some(code)) => {
                let [_, b0, b1, b2] = (code as u32).to_be_bytes();
                let number = u32::from(b0) | u32::from(b1) << 8 | u32::from(b2 >> 5) << 16;
                pen.put_nth("trouble_spn", index, part, Value::int(number), "");
                pen.put_nth("trouble_fmi", index, part, Value::int(b2 & 31), "");
            }
            _ => {
                return misfit(pen, events::TROUBLE, part, "three bytes in hexadecimal digits for each code");
            }
        }
    }
}

#[inline]
fn decimal<T: Trace>(
    (text, span): Field<'_>,
    name: &'static str,
    unit: &'static str,
    pen: &mut Pen<'_, T>,
) -> Option<Dec> {
    if text.is_empty() {
        return None;
    }
    match Dec::parse(text) {
        Some(value) => pen.dec(name, span, value, unit),
        None => {
            misfit(pen, name, span, "a number");
            None
        }
    }
}

/// A whole number; nothing when the field is empty or is none.
#[inline]
pub(super) fn whole<T: Trace>(
    (text, span): Field<'_>,
    name: &'static str,
    unit: &'static str,
    pen: &mut Pen<'_, T>,
) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    let value = number(text);
    match value {
        Some(value) => pen.show(name, span, Value::Dec(Dec::whole(value as i64)), unit),
        None => misfit(pen, name, span, "a whole number"),
    }
    value
}

#[inline]
fn degrees<T: Trace>(
    (text, span): Field<'_>,
    name: &'static str,
    fits: fn(Dec) -> bool,
    pen: &mut Pen<'_, T>,
) -> Option<Dec> {
    if text.is_empty() {
        return None;
    }
    match Dec::parse(text).filter(|value| fits(*value)) {
        Some(value) => pen.dec(name, span, value, "degrees"),
        None => {
            misfit(pen, name, span, "degrees with a sign, on this earth");
            None
        }
    }
}

/// `MCC|MNC|LAC|CI`: two decimal numbers, two hexadecimal ones; each may be empty.
#[inline]
fn cell<T: Trace>((text, span): Field<'_>, pen: &mut Pen<'_, T>) {
    if text.iter().all(|byte| *byte == b'|') {
        return;
    }
    let mut parts = text.split(|byte| *byte == b'|');
    let mut part = |read: fn(&[u8]) -> Option<u64>| match parts.next() {
        Some(b"") => Some(None),
        Some(part) => read(part).map(Some),
        None => None,
    };
    let read = (part(number), part(number), part(hex), part(hex));
    let fits = |value: Option<u64>| value.is_none_or(|value| value <= 0xFFFF);
    let (Some(mcc), Some(mnc), Some(lac), Some(cid), None) = (read.0, read.1, read.2, read.3, parts.next())
    else {
        return misfit(pen, "cell", span, "MCC|MNC|LAC|CI");
    };
    if !(fits(mcc) && fits(mnc) && lac.is_none_or(|lac| lac <= 0xFFFF_FFFF)) {
        return misfit(pen, "cell", span, "MCC|MNC|LAC|CI");
    }
    pen.show("cell", span, Value::Text(span), "");
    let (mcc, mnc) = (mcc.map(|mcc| mcc as u16), mnc.map(|mnc| mnc as u16));
    pen.cell(Cell { mcc, mnc, lac: lac.map(|lac| lac as u32), cid, rssi_dbm: None });
}

/// 0 to 31; 99 is unknown. A step is two decibels, and 0 is -113 dBm or less.
#[inline]
fn signal<T: Trace>(field: Field<'_>, pen: &mut Pen<'_, T>) {
    match whole(field, "csq", "", pen) {
        Some(csq @ 0..=31) => pen.message.rssi_dbm = Some(-113 + 2 * csq as i16),
        Some(99) | None => {}
        Some(_) => misfit(pen, "csq", field.1, "0 to 31, or 99"),
    }
}

#[inline]
fn register<T: Trace>(
    (text, span): Field<'_>,
    name: &'static str,
    names: &'static [&'static str],
    pen: &mut Pen<'_, T>,
) {
    if text.is_empty() {
        return;
    }
    match hex(text).and_then(|value| u32::try_from(value).ok()) {
        Some(value) => pen.put(name, span, Value::Bits { value, digits: text.len() as u8, names }, ""),
        None => misfit(pen, name, span, "up to 8 hexadecimal digits"),
    }
}

/// `ext|bat|ad1|…`, hexadecimal hundredths of a volt.
#[inline]
fn voltages<T: Trace>((text, span): Field<'_>, pen: &mut Pen<'_, T>) {
    let mut at = span.at as usize;
    for (place, part) in (0..=u8::MAX).zip(text.split(|byte| *byte == b'|')) {
        let span = Span::new(at, part.len());
        at += part.len() + 1;
        if part.is_empty() {
            continue;
        }
        let Some(volts) = hex(part).filter(|hundredths| *hundredths <= 0xFFFF) else {
            return misfit(pen, "voltages", span, "hexadecimal digits of hundredths of a volt");
        };
        let volts = Dec::new(volts as i64, 2);
        match place {
            0 => pen.message.power_v = pen.dec("power_v", span, volts, "V"),
            1 => pen.message.battery_v = pen.dec("battery_v", span, volts, "V"),
            _ => pen.put_nth("ad_v", place - 1, span, Value::Dec(volts), "V"),
        }
    }
}
