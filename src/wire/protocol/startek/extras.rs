//! Fields 19 and on of a position, none of which has to stand: protocol code, fuel, temperature, OBD, and what no
//! paper knows (V1.6 section 3).

use super::super::super::ascii::{hex, number};
use super::super::super::pen::Pen;
use super::super::super::{Dec, Span, Trace, Value};
use super::body::{Field, Fields, misfit, whole};

/// Reads them as far as they go; those behind the known ones are kept.
pub(super) fn read<T: Trace>(fields: &mut Fields<'_>, pen: &mut Pen<'_, T>) {
    let Some(field) = fields.next() else { return };
    if let Some(code) = whole(field, "protocol_code", "", pen) {
        pen.also("protocol_code", field.1, Value::Dec(Dec::whole(code as i64)));
    }
    if let Some(field) = fields.next() {
        numbered(field, "fuel_l", "l", false, pen);
    }
    if let Some(field) = fields.next() {
        numbered(field, "temperature_c", "°C", true, pen);
    }
    if let Some(field) = fields.next() {
        diagnostics(field, pen);
    }
    for (index, (_, span)) in (1..=u8::MAX).zip(fields) {
        pen.put_nth("unknown", index, span, Value::Text(span), "");
    }
}

/// `NNHHHH|…`: the number of a tank or sensor and its tenths; a temperature has its sign in the highest bit.
fn numbered<T: Trace>(
    (text, span): Field<'_>,
    name: &'static str,
    unit: &'static str,
    signed: bool,
    pen: &mut Pen<'_, T>,
) {
    let mut at = span.at as usize;
    for part in text.split(|byte| *byte == b'|') {
        let span = Span::new(at, part.len());
        at += part.len() + 1;
        if part.is_empty() {
            continue;
        }
        let read = part.split_at_checked(2).filter(|_| part.len() == 6);
        let read = read.and_then(|(index, tenths)| Some((number(index)?, hex(tenths)?)));
        let Some((index, tenths)) = read else {
            misfit(pen, name, span, "two digits of a number and four hexadecimal ones");
            continue;
        };
        let tenths = tenths as i64;
        let tenths = if signed && tenths & 0x8000 != 0 { -(tenths & 0x7FFF) } else { tenths };
        pen.put_nth(name, index as u8, span, Value::Dec(Dec::new(tenths, 1)), unit);
    }
}

/// Name, unit, digits behind the point and offset of each value of the OBD field.
const OBD: [(&str, &str, u8, i64); 8] = [
    ("obd_rpm", "r/min", 0, 0),
    ("obd_load_pct", "%", 0, 0),
    ("obd_maf", "g/s", 0, 0),
    ("obd_intake_kpa", "kPa", 0, 0),
    ("obd_intake_c", "°C", 0, -40),
    ("obd_throttle_pct", "%", 0, 0),
    ("obd_coolant_c", "°C", 0, -40),
    ("obd_fuel_l_h", "l/h", 1, 0),
];

/// Nine values between bars, each of which may be empty; the last is the fuel in `n%` or `nL`.
fn diagnostics<T: Trace>((text, span): Field<'_>, pen: &mut Pen<'_, T>) {
    let mut at = span.at as usize;
    for (place, part) in text.split(|byte| *byte == b'|').enumerate() {
        let span = Span::new(at, part.len());
        at += part.len() + 1;
        if part.is_empty() {
            continue;
        }
        match OBD.get(place) {
            Some((name, unit, scale, offset)) => match Dec::parse(part).filter(|value| value.scale < 9) {
                Some(value) => {
                    let unit_m = 10_i64.pow(u32::from(value.scale));
                    let value = Dec::new(value.m + offset * unit_m, value.scale + scale);
                    pen.put(name, span, Value::Dec(value), unit);
                }
                None => misfit(pen, name, span, "a number"),
            },
            None if place == 8 => fuel(part, span, pen),
            None => return misfit(pen, "obd", span, "nine values between bars"),
        }
    }
}

fn fuel<T: Trace>(part: &[u8], span: Span, pen: &mut Pen<'_, T>) {
    let (name, unit) = match part.last() {
        Some(b'%') => ("obd_fuel_pct", "%"),
        Some(b'L') => ("obd_fuel_l", "l"),
        _ => return misfit(pen, "obd_fuel", span, "a number with % or L"),
    };
    match part.split_last().and_then(|(_, digits)| Dec::parse(digits)) {
        Some(value) => pen.put(name, span, Value::Dec(value), unit),
        None => misfit(pen, name, span, "a number with % or L"),
    }
}
