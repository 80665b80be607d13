//! JSON written straight into bytes, for what there are millions of: strings, numbers with the digits of the wire,
//! objects. Strings that need an escape go the way of all other JSON, so that both spell them alike.

use std::io::{self, Write as _};

use super::json::compact;
use crate::wire::{Attribute, Civil, Dec, UtcTime};

/// An object that is being written.
pub(super) struct Object<'o> {
    out: &'o mut Vec<u8>,
    begun: bool,
}

impl<'o> Object<'o> {
    pub(super) fn open(out: &'o mut Vec<u8>) -> Self {
        out.push(b'{');
        Self { out, begun: false }
    }

    /// Writes a key of letters and digits, and gives where its value goes.
    pub(super) fn key(&mut self, key: &str) -> &mut Vec<u8> {
        self.start(key);
        self.out.extend_from_slice(b"\":");
        self.out
    }

    /// The key of an attribute: its name, with its number behind it where there are several. A frame that says the
    /// same `again` gets `.2`, `.3` and so on behind it.
    pub(super) fn nth(&mut self, attribute: &Attribute, again: usize) -> &mut Vec<u8> {
        self.start(attribute.name);
        if attribute.index > 0 {
            self.out.push(b'_');
            unsigned(self.out, attribute.index.into());
        }
        if again > 0 {
            self.out.push(b'.');
            unsigned(self.out, again as u64 + 1);
        }
        self.out.extend_from_slice(b"\":");
        self.out
    }

    fn start(&mut self, key: &str) {
        if self.begun {
            self.out.push(b',');
        }
        self.begun = true;
        self.out.push(b'"');
        self.out.extend_from_slice(key.as_bytes());
    }

    pub(super) fn text(&mut self, key: &str, value: &str) -> io::Result<()> {
        text(self.key(key), value)
    }

    /// An entry, or nothing.
    pub(super) fn maybe<T>(&mut self, key: &str, value: Option<T>, write: impl FnOnce(&mut Vec<u8>, T)) {
        if let Some(value) = value {
            write(self.key(key), value);
        }
    }

    pub(super) fn close(self) {
        self.out.push(b'}');
    }
}

pub(super) fn list<T>(
    out: &mut Vec<u8>,
    items: &[T],
    mut write: impl FnMut(&mut Vec<u8>, &T) -> io::Result<()>,
) -> io::Result<()> {
    out.push(b'[');
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            out.push(b',');
        }
        write(out, item)?;
    }
    out.push(b']');
    Ok(())
}

/// A string. What needs an escape goes the way of all other JSON.
pub(super) fn text(out: &mut Vec<u8>, text: &str) -> io::Result<()> {
    let plain = |byte: u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    if !text.bytes().all(plain) {
        return compact(out, &text).map_err(io::Error::from);
    }
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
    Ok(())
}

pub(super) fn flag(out: &mut Vec<u8>, yes: bool) {
    out.extend_from_slice(if yes { b"true" } else { b"false" });
}

/// A decimal as a JSON number with the digits that it has on the wire, without zeros at its end.
pub(super) fn decimal(out: &mut Vec<u8>, number: Dec) {
    let short = number.short();
    if short.m < 0 {
        out.push(b'-');
    }
    let (digits, scale) = (short.m.unsigned_abs(), u32::from(short.scale));
    let unit = 10_u64.pow(scale);
    unsigned(out, digits / unit);
    if scale > 0 {
        out.push(b'.');
        let from = out.len();
        unsigned(out, digits % unit);
        let missing = (scale as usize).saturating_sub(out.len() - from);
        out.splice(from..from, std::iter::repeat_n(b'0', missing));
    }
}

pub(super) fn unsigned(out: &mut Vec<u8>, number: u64) {
    let (mut room, mut at, mut rest) = ([0; 20], 20, number);
    while let Some(place) = room.get_mut(..at).and_then(<[u8]>::last_mut) {
        *place = b'0' + (rest % 10) as u8;
        (at, rest) = (at - 1, rest / 10);
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(room.get(at..).unwrap_or_default());
}

/// A moment as `2026-02-24T04:45:57Z`.
pub(super) fn moment(out: &mut Vec<u8>, time: UtcTime) {
    let Civil { year, month, day, hour, minute, second } = time.civil();
    let Some(year) = u16::try_from(year).ok().filter(|year| *year < 10_000) else {
        // Memory takes everything.
        let _ = write!(out, "\"{time}\"");
        return;
    };
    let parts = [(year / 100) as u8, (year % 100) as u8, month, day, hour, minute, second];
    out.push(b'"');
    for (part, behind) in parts.into_iter().zip(["", "-", "-", "T", ":", ":", "Z\""]) {
        out.extend_from_slice(&[b'0' + part / 10, b'0' + part % 10]);
        out.extend_from_slice(behind.as_bytes());
    }
}

/// Bytes as a string of capital hexadecimal digits.
pub(super) fn digits_of(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'"');
    out.reserve(2 * bytes.len() + 1);
    out.extend(bytes.iter().flat_map(|byte| pair(*byte)));
    out.push(b'"');
}

pub(super) fn pair(byte: u8) -> [u8; 2] {
    let digit = |half: u8| if half < 10 { b'0' + half } else { b'A' + half - 10 };
    [digit(byte >> 4), digit(byte & 15)]
}

/// Bytes in capital hexadecimal digits, without anything between them.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| pair(*byte)).map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_are_written_with_the_digits_of_the_wire() {
        for (m, scale, text) in [
            (-38_093_638, 6, "-38.093638"),
            (1_250, 2, "12.5"),
            (4_000, 3, "4"),
            (-5, 2, "-0.05"),
            (7, 9, "0.000000007"),
            (0, 4, "0"),
            (i64::MIN, 0, "-9223372036854775808"),
            (i64::MAX, 18, "9.223372036854775807"),
        ] {
            assert_eq!(written(|out| decimal(out, Dec::new(m, scale))), text);
        }
        assert_eq!(written(|out| unsigned(out, u64::MAX)), "18446744073709551615");
        assert_eq!(written(|out| unsigned(out, 0)), "0");
    }

    #[test]
    fn moments_are_written_as_everywhere_else() {
        for seconds in [0, 951_782_400, 1_795_564_799, 4_102_444_799, -62_135_596_800] {
            let time = UtcTime::from_unix(seconds);
            assert_eq!(written(|out| moment(out, time)), format!("\"{time}\""));
        }
    }

    #[test]
    fn strings_are_escaped_as_all_other_json() {
        for string in ["plain", "a\"b\\c", "line\r\n\u{1b}[2J", "\u{202e}x", "mañana"] {
            let (mut own, mut other) = (Vec::new(), Vec::new());
            text(&mut own, string).unwrap();
            compact(&mut other, &string).unwrap();
            assert_eq!(own, other);
            assert_eq!(serde_json::from_slice::<String>(&own).unwrap(), string);
        }
    }

    #[test]
    fn bytes_are_written_in_capital_digits() {
        assert_eq!(written(|out| digits_of(out, &[0x00, 0x9A, 0xBC, 0xFF])), "\"009ABCFF\"");
        assert_eq!(hex(&[0x78, 0x0D]), "780D");
    }
}
