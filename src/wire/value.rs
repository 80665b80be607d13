//! The small values of a message: identities, cells, events, attributes. None of them owns memory or borrows any.

use std::fmt;

use super::{Dec, Span, UtcTime};

/// What an attribute says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// A number.
    Dec(Dec),
    /// Yes or no.
    Flag(bool),
    /// Text that stands in the frame.
    Text(Span),
    /// Bytes of the frame, to be shown as hexadecimal digits.
    Bytes(Span),
    /// A word of the protocol's own list.
    Word(&'static str),
    /// A register of bits, with the names of those that have one, from bit 0. An empty name is an unknown bit.
    Bits {
        /// All bits.
        value: u32,
        /// Hexadecimal digits that it has on the wire.
        digits: u8,
        /// The names from bit 0.
        names: &'static [&'static str],
    },
    /// A moment.
    Time(UtcTime),
    /// An identity.
    Id(DeviceId),
    /// A diagnostic trouble code of SAE J2012: the number that is written `P0195`.
    Trouble(u16),
}

impl Value {
    /// A whole number.
    #[must_use]
    pub fn int(number: impl Into<i64>) -> Self {
        Self::Dec(Dec::whole(number.into()))
    }

    /// A trouble code as mechanics write it: `P0195`, `C0040`, `B1000`, `U0100`.
    #[must_use]
    pub fn trouble_text(code: u16) -> String {
        let letter = match code >> 14 {
            0 => 'P',
            1 => 'C',
            2 => 'B',
            _ => 'U',
        };
        format!("{letter}{:04X}", code & 0x3FFF)
    }

    /// The names of the bits that are set, where they have one.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let (value, names) = match self {
            Self::Bits { value, names, .. } => (value, names),
            _ => (0, &[][..]),
        };
        let set = move |bit: &usize| value.checked_shr(*bit as u32).is_some_and(|value| value & 1 == 1);
        let named = names.iter().enumerate().filter(move |(bit, name)| set(bit) && !name.is_empty());
        named.map(|(_, name)| *name)
    }
}

/// An attribute of a message beyond the fields that all protocols share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Attribute {
    /// Its name, for example `ignition`.
    pub name: &'static str,
    /// Which of several, from 1; 0 when there is one.
    pub index: u8,
    /// What it says.
    pub value: Value,
    /// The unit of a number, or nothing.
    pub unit: &'static str,
    /// Where it stands.
    pub span: Span,
}

/// An event or alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// The protocol's number for it.
    pub code: u32,
    /// Its name in plain words; `unknown` when no document gives one.
    pub name: &'static str,
    /// What comes with it (a fence's number, a card's id), where it stands.
    pub data: Option<Span>,
}

/// A cell of the mobile network. What the frame does not say is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cell {
    /// Mobile country code.
    pub mcc: Option<u16>,
    /// Mobile network code.
    pub mnc: Option<u16>,
    /// Location or tracking area code.
    pub lac: Option<u32>,
    /// Cell identity; up to 36 bits.
    pub cid: Option<u64>,
    /// The signal of this cell as the tracker states it, dBm.
    pub rssi_dbm: Option<i16>,
}

/// The longest identity that is kept: the 20 digits of a JT/T 808 terminal of 2019.
pub const LONGEST_ID: usize = 20;

/// An identity as it stands on the wire, as text: letters and digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct DeviceId {
    length: u8,
    text: [u8; LONGEST_ID],
}

impl DeviceId {
    /// From 1 to 20 letters, digits, `-`, `_` or `.`; none for anything else.
    #[must_use]
    #[inline]
    pub fn new(text: &[u8]) -> Option<Self> {
        let fits = text.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
        let mut id = Self { length: text.len() as u8, text: [0; LONGEST_ID] };
        if text.is_empty() || !fits {
            return None;
        }
        id.text.get_mut(..text.len())?.copy_from_slice(text);
        Some(id)
    }

    /// From digits packed two to a byte. A first 0 of an even number of digits is dropped when `drop_zero` asks for
    /// it, and an F at the end is padding. None when another half byte is no digit, or none is left.
    #[must_use]
    pub fn from_bcd(bytes: &[u8], drop_zero: bool) -> Option<Self> {
        let (mut text, mut count, mut ended) = ([0; LONGEST_ID], 0, false);
        for half in bytes.iter().flat_map(|byte| [byte >> 4, byte & 0x0F]) {
            match half {
                0..=9 if !ended => {
                    *text.get_mut(count)? = b'0' + half;
                    count += 1;
                }
                15 => ended = true,
                _ => return None,
            }
        }
        let digits = text.get(..count)?;
        Self::new(digits.strip_prefix(b"0").filter(|_| drop_zero).unwrap_or(digits))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only ASCII gets in.
        self.text
            .get(..usize::from(self.length))
            .and_then(|text| str::from_utf8(text).ok())
            .unwrap_or_default()
    }

    /// The text as bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.as_str().as_bytes()
    }

    /// Fifteen digits as sixteen, packed two to a byte with a zero before them; none for any other identity.
    #[must_use]
    pub fn packed(&self) -> Option<[u8; 8]> {
        let digits = self.as_bytes();
        if digits.len() != 15 || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let mut packed = [0; 8];
        for (place, digit) in (1..).zip(digits) {
            *packed.get_mut(place / 2)? |= (digit - b'0') << if place % 2 == 0 { 4 } else { 0 };
        }
        Some(packed)
    }

    /// Whether it is 15 digits with a check digit that fits: an IMEI, or what looks like one.
    #[must_use]
    pub fn is_imei(&self) -> bool {
        match self.as_bytes().split_last() {
            Some((check, rest)) if rest.len() == 14 => luhn(rest) == Some(*check),
            _ => false,
        }
    }

    /// The identity with the check digit that belongs behind its 14 digits; none when it has not 14.
    #[must_use]
    pub fn with_check_digit(&self) -> Option<Self> {
        let digits = self.as_bytes();
        let check = luhn(digits).filter(|_| digits.len() == 14)?;
        let mut whole = *self;
        *whole.text.get_mut(14)? = check;
        whole.length = 15;
        Some(whole)
    }
}

/// The check digit that belongs behind digits (ISO/IEC 7812-1, annex B), none when one of them is no digit.
fn luhn(digits: &[u8]) -> Option<u8> {
    let mut sum = 0;
    for (place, byte) in digits.iter().rev().enumerate() {
        let digit = u32::from(byte.checked_sub(b'0').filter(|digit| *digit <= 9)?);
        let doubled = if place % 2 == 0 { digit * 2 } else { digit };
        sum += doubled / 10 + doubled % 10;
    }
    Some(b'0' + ((10 - sum % 10) % 10) as u8)
}

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceId({})", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_digits_lose_their_leading_zero_and_their_padding() {
        let id = |bytes: &[u8], drop| DeviceId::from_bcd(bytes, drop).map(|id| id.to_string());
        let login = [1, 0x23, 0x45, 0x67, 0x89, 1, 0x23, 0x45];
        assert_eq!(id(&login, true).as_deref(), Some("123456789012345"));
        assert_eq!(id(&login, false).as_deref(), Some("0123456789012345"));
        assert_eq!(id(&[0x12, 0x34, 0x5F, 0xFF], false).as_deref(), Some("12345"));
        assert_eq!(id(&[0x12, 0xF4], false), None, "a digit behind the padding");
        assert_eq!(id(&[0x1A], false), None);
        assert_eq!(id(&[0xFF], false), None);
        assert_eq!(id(&[0x11; 11], false), None, "22 digits are too many");
    }

    #[test]
    fn the_check_digit_is_that_of_known_imeis() {
        // 490154203237518 is the example that the GSM Association's own papers use.
        let body = DeviceId::new(b"49015420323751").unwrap();
        assert_eq!(body.with_check_digit().unwrap().as_str(), "490154203237518");
        assert!(DeviceId::new(b"490154203237518").unwrap().is_imei());
        assert!(!DeviceId::new(b"490154203237519").unwrap().is_imei());
        assert!(!DeviceId::new(b"CAR12").unwrap().is_imei());
        assert_eq!(DeviceId::new(b"123").unwrap().with_check_digit(), None);
    }

    #[test]
    fn an_identity_holds_letters_and_digits_only() {
        for text in [&b""[..], b"a b", b"\x1b[2J", b"123456789012345678901", b"caf\xc3\xa9"] {
            assert_eq!(DeviceId::new(text), None);
        }
        assert_eq!(DeviceId::new(b"myID-1_2.3").unwrap().as_str(), "myID-1_2.3");
    }

    #[test]
    fn trouble_codes_are_written_as_mechanics_do() {
        for (code, text) in [(0x0195, "P0195"), (0x4040, "C0040"), (0x9234, "B1234"), (0xC100, "U0100")] {
            assert_eq!(Value::trouble_text(code), text);
        }
    }

    #[test]
    fn bits_are_named_where_they_have_a_name() {
        let names = &["first", "", "third"];
        let bits = Value::Bits { value: 0b1_0111, digits: 2, names };
        assert_eq!(bits.names().collect::<Vec<_>>(), ["first", "third"]);
        assert_eq!(Value::Flag(true).names().count(), 0);
    }
}
