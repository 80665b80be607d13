//! The envelope of a message: escapes, header, identity.

use super::super::super::DeviceId;
use super::VARIANT;

/// Header of a message, of which the plain bytes begin with the mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header {
    /// The message.
    pub(super) code: u16,
    /// Whether the body is encrypted.
    pub(super) encrypted: bool,
    /// Whether the message is a part of a longer one.
    pub(super) split: bool,
    /// The declared length of the body.
    pub(super) length: usize,
    /// Where the identity stands.
    pub(super) id_at: usize,
    /// Bytes of the identity.
    pub(super) id_len: usize,
    /// Where the serial number stands, and how many bytes it has.
    pub(super) serial: (usize, usize),
    /// Where the body begins.
    pub(super) at: usize,
}

impl Header {
    /// The bytes of the identity.
    pub(super) fn id(self, plain: &[u8]) -> &[u8] {
        plain.get(self.id_at..self.id_at + self.id_len).unwrap_or_default()
    }
}

/// Whether a byte escapes the next one: 7D between marks of 7E, E6 and 3E between those of E7.
pub(super) fn escapes(mark: Option<u8>, byte: u8) -> bool {
    if mark == Some(VARIANT) { matches!(byte, 0xE6 | 0x3E) } else { byte == 0x7D }
}

/// Takes the escapes out: 7D 01 is 7D, 7D 02 is 7E, and likewise with E6 and 3E between marks of E7. The marks stay. A 7D
/// that escapes nothing is left as it is.
pub(super) fn unescape(frame: &[u8], plain: &mut Vec<u8>, escapes: &mut Vec<u32>) {
    let mark = frame.first().copied();
    let mut bytes = frame.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        let whole = match bytes.peek() {
            Some(1) if self::escapes(mark, byte) => byte,
            Some(2) if self::escapes(mark, byte) => byte + 1,
            _ => {
                plain.push(byte);
                continue;
            }
        };
        bytes.next();
        escapes.push(plain.len() as u32);
        plain.push(whole);
    }
}

/// Reads the header. Messages 55xx of locks have a serial number of one byte.
pub(super) fn read(plain: &[u8]) -> Option<Header> {
    let code = u16::from_be_bytes(plain.get(1..3)?.try_into().ok()?);
    let attributes = u16::from_be_bytes(plain.get(3..5)?.try_into().ok()?);
    let is_lock = code >> 8 == 0x55;
    let is_2019 = !is_lock && attributes >> 14 & 1 == 1;
    let split = !is_lock && attributes >> 13 & 1 == 1;
    let is_variant = plain.first() == Some(&VARIANT);
    let (id_at, id_len) = if is_2019 { (6, 10) } else { (5, if is_variant { 7 } else { 6 }) };
    let serial = (id_at + id_len, if is_lock { 1 } else { 2 });
    let at = serial.0 + serial.1 + if split { 4 } else { 0 };
    let encrypted = !is_lock && attributes >> 10 & 7 != 0;
    let length = usize::from(attributes & 0x3FF);
    let header = Header { code, encrypted, split, length, id_at, id_len, serial, at };
    (plain.len() > at).then_some(header)
}

/// The identity: packed digits; of the header of 2019 without the zeros before them. What is no digits is, on some
/// units, the 14 digits of an IMEI as a number, of which the check digit is added.
pub(super) fn identity(bytes: &[u8]) -> Option<DeviceId> {
    if let Some(id) = DeviceId::from_bcd(bytes, false).filter(|_| !bytes.contains(&0xFF)) {
        let digits = id.as_bytes();
        let first = digits.iter().position(|digit| *digit != b'0').unwrap_or(0);
        return if bytes.len() == 10 { DeviceId::new(digits.get(first..)?) } else { Some(id) };
    }
    let six: [u8; 6] = bytes.try_into().ok()?;
    let text = six.iter().fold(0, |value, byte| value * 256 + u64::from(*byte)).to_string();
    DeviceId::new(text.as_bytes())?.with_check_digit()
}
