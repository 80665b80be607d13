//! PDUs as AT commands carry them: hexadecimal digits, and a length that leaves the service centre out
//! (3GPP TS 27.005 sections 3.1 and 4). It writes and reads those digits only; the dialogue is not here.

use std::fmt::Write as _;

use super::{Damage, Decoded, Direction, EncodeError, Pdu, PduError};

/// What goes to a modem: `AT+CMGS=<length>`, and the digits behind the prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtPdu {
    /// Octets of the TPDU, without those of the service centre's address.
    pub length: usize,
    /// The whole PDU in hexadecimal digits.
    pub hex: String,
}

impl Pdu {
    /// Writes it for `AT+CMGS` or `AT+CMGW`; no service centre becomes `00`, for the modem to put in its own.
    ///
    /// # Errors
    /// As [`Pdu::octets`].
    pub fn to_at(&self) -> Result<AtPdu, EncodeError> {
        let length = self.tpdu()?.len();
        let mut hex = String::new();
        for octet in self.octets()? {
            // Writing to a String cannot fail.
            let _ = write!(hex, "{octet:02X}");
        }
        Ok(AtPdu { length, hex })
    }

    /// Reads hexadecimal digits that begin with a service centre's address, as most modems give them.
    ///
    /// # Errors
    /// When they are no digits, or no PDU that is read here.
    pub fn from_hex(hex: &str, direction: Direction) -> Result<Decoded, PduError> {
        Self::decode(&octets(hex)?, direction)
    }

    /// Reads hexadecimal digits that somebody pasted, with a service centre's address in front: as SMS-SUBMIT when
    /// the message type can be one, and otherwise as what a mobile receives.
    ///
    /// # Errors
    /// As [`Pdu::from_hex`].
    pub fn from_pasted(hex: &str) -> Result<Decoded, PduError> {
        let octets = octets(hex)?;
        Self::decode(&octets, kept_direction(prefixed_type(&octets)))
    }

    /// Reads what a modem just received (`+CMT`, `+CDS`) or is to send: hexadecimal digits, and the length that
    /// stood in front of them. A modem whose length counts every octet gives no service centre's address, unless
    /// the octets make more sense with one. A length that fits neither way is noted, not believed.
    ///
    /// # Errors
    /// As [`Pdu::from_hex`].
    pub fn from_at(length: usize, hex: &str, direction: Direction) -> Result<Decoded, PduError> {
        announced(length, &octets(hex)?, |_| direction)
    }

    /// Reads what a modem keeps (`+CMGR`, `+CMGL`), as [`Pdu::from_at`] does. Stores hold what was received and
    /// what was or is to be sent, but no acknowledgements, so that the message type says which way it travels.
    ///
    /// # Errors
    /// As [`Pdu::from_hex`].
    pub fn from_stored(length: usize, hex: &str) -> Result<Decoded, PduError> {
        announced(length, &octets(hex)?, kept_direction)
    }
}

/// The first octet of the TPDU behind a service centre's address.
fn prefixed_type(octets: &[u8]) -> Option<u8> {
    octets.get(usize::from(*octets.first()?) + 1).copied()
}

/// Which way a TPDU that is kept somewhere travels, by its first octet.
fn kept_direction(first: Option<u8>) -> Direction {
    let is_submit = first.is_some_and(|first| first & 0b11 == 0b01);
    if is_submit { Direction::FromMobile } else { Direction::ToMobile }
}

/// Reads octets of which a modem announced the length.
fn announced(
    length: usize,
    octets: &[u8],
    direction: impl Fn(Option<u8>) -> Direction,
) -> Result<Decoded, PduError> {
    let in_front = octets.first().map_or(0, |length| usize::from(*length) + 1);
    let present = octets.len().saturating_sub(in_front);
    let mut prefixed = Pdu::decode(octets, direction(prefixed_type(octets)));
    if present != length
        && let Ok(decoded) = &mut prefixed
    {
        decoded.damage.insert(0, Damage::Length { claimed: length, present });
    }
    if octets.len() != length {
        return prefixed;
    }
    match (Pdu::decode_tpdu(octets, direction(octets.first().copied())), prefixed) {
        (Ok(bare), Ok(prefixed)) if prefixed.damage.len() < bare.damage.len() => Ok(prefixed),
        (Err(_), Ok(prefixed)) => Ok(prefixed),
        (bare, _) => bare,
    }
}

/// Octets, one at least, from hexadecimal digits; white space around them does not count.
fn octets(hex: &str) -> Result<Vec<u8>, PduError> {
    let hex = hex.trim();
    if hex.is_empty() {
        return Err(PduError::Empty);
    }
    let digit = |(at, found): (usize, char)| {
        let value = found.to_digit(16).map(|value| value as u8);
        value.ok_or(PduError::NotHex { position: at + 1, found })
    };
    let digits = hex.chars().enumerate().map(digit).collect::<Result<Vec<u8>, _>>()?;
    let (pairs, half) = digits.as_chunks::<2>();
    if !half.is_empty() {
        return Err(PduError::HalfOctet { digits: digits.len() });
    }
    Ok(pairs.iter().map(|[high, low]| high << 4 | low).collect())
}
