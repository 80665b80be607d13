//! The items behind a place: a number, a length, and content. Those of the standard are read, others are kept.

use super::super::super::pen::Pen;
use super::super::super::reader::Reader;
use super::super::super::{Damage, Dec, Span, Trace, Value};

/// Number, bytes, name, unit and digits behind the point of items that are one number.
const NUMBERS: [(u8, usize, &str, &str, u8); 5] = [
    (0x02, 2, "fuel_l", "l", 1),
    (0x03, 2, "recorder_kmh", "km/h", 1),
    (0x04, 2, "alarm_to_confirm", "", 0),
    (0x25, 4, "vehicle_signals", "", 0),
    (0x30, 1, "signal", "", 0),
];

/// Reads all items. A length above what is there ends the reading; what is left is kept.
pub(super) fn read<T: Trace>(reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    while reader.left() >= 2 {
        let mut look = reader.clone();
        let ((number, _), (length, _)) = (look.u8("item")?, look.u8("length of an item")?);
        let (content, span) = look.take("item", length.into())?;
        *reader = look;
        item(number, content, span, pen);
    }
    Ok(())
}

fn item<T: Trace>(number: u8, content: &[u8], span: Span, pen: &mut Pen<'_, T>) {
    let value = content.iter().take(7).fold(0_i64, |value, byte| value * 256 + i64::from(*byte));
    match (number, content.len()) {
        (0x01, 4) => {
            // Tenths of a kilometre.
            pen.message.odometer_m = pen.dec("odometer_m", span, Dec::whole(value * 100), "m");
        }
        (0x31, 1) => {
            pen.message.satellites = Some(value as u16);
            pen.show("satellites", span, Value::Dec(Dec::whole(value)), "");
        }
        (_, length) => match NUMBERS.iter().find(|entry| (entry.0, entry.1) == (number, length)) {
            Some((_, _, name, unit, scale)) => {
                pen.put(name, span, Value::Dec(Dec::new(value, *scale)), unit);
            }
            None => pen.put_nth("item", number, span, Value::Bytes(span), ""),
        },
    }
}
