//! Addresses of short messages (3GPP TS 23.040 section 9.1.2.5) and of service centres (TS 24.011 section 8.2.5.1).
//! A type of address is kept as it came; which country a number belongs to is nothing that is known here.

use std::fmt;

use super::language::Tables;
use super::reader::Reader;
use super::text::{from_septets, to_septets};
use super::{Damage, PduError, septet};

/// The digits by semi-octet; 1111 is the end mark.
const DIGITS: [char; 15] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#', 'a', 'b', 'c'];

/// Semi-octets of the longest address value: ten octets.
const LONGEST: usize = 20;

/// Octets of the longest service centre address, its type included.
const LONGEST_SERVICE_CENTRE: u8 = 11;

/// The type of number, bits 6 to 4 of the type of address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TypeOfNumber {
    /// 000: as it is dialled; nothing is known about it.
    Unknown,
    /// 001: it begins with the calling code, and no prefix.
    International,
    /// 010: a number inside its country, without prefix.
    National,
    /// 011: known to one network.
    NetworkSpecific,
    /// 100: a number of a subscriber, short in a service centre.
    Subscriber,
    /// 101: a name in the GSM 7-bit alphabet.
    Alphanumeric,
    /// 110: an abbreviated number.
    Abbreviated,
    /// 111: reserved for extension.
    Reserved,
}

/// Who a message is from or for: a type of address, and digits or a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    type_of_address: u8,
    /// Digits, or a name when the type of number is alphanumeric.
    value: String,
}

/// Why a text is no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Neither a `+` nor digits behind it.
    #[error("`{0}` is no international number: write + and 1 to 15 digits")]
    NotInternational(String),
    /// A character that an address cannot hold.
    #[error("an address cannot hold {0:?}")]
    Character(char),
    /// More than an address can hold.
    #[error("the address takes {semi_octets} semi-octets, and 20 is the most (20 digits, or 11 characters)")]
    TooLong {
        /// What it takes.
        semi_octets: usize,
    },
    /// Digits with the type of address of a name.
    #[error("the type of address 0x{0:02X} is that of a name, not of a number")]
    NotANumber(u8),
}

impl Address {
    /// An international number in the numbering plan of E.164 (type of address 0x91).
    ///
    /// # Errors
    /// When it is not `+` and 1 to 15 digits.
    pub fn e164(number: &str) -> Result<Self, AddressError> {
        match number.strip_prefix('+') {
            Some(digits)
                if (1..=15).contains(&digits.len()) && digits.bytes().all(|d| d.is_ascii_digit()) =>
            {
                Self::number(0x91, digits)
            }
            _ => Err(AddressError::NotInternational(number.to_owned())),
        }
    }

    /// A number as it is dialled, or a short code (type of address 0x81).
    ///
    /// # Errors
    /// When it has something else than `0`-`9`, `*`, `#`, `a`, `b`, `c`, or more than 20 of them.
    pub fn dialled(digits: &str) -> Result<Self, AddressError> {
        Self::number(0x81, digits)
    }

    /// Digits with the type of address they are to have.
    ///
    /// # Errors
    /// As [`Address::dialled`], and when the type is that of a name.
    pub fn number(type_of_address: u8, digits: &str) -> Result<Self, AddressError> {
        if type_of_number(type_of_address) == TypeOfNumber::Alphanumeric {
            return Err(AddressError::NotANumber(type_of_address));
        }
        if let Some(stranger) = digits.chars().find(|digit| semi_octet(*digit).is_none()) {
            return Err(AddressError::Character(stranger));
        }
        fits(digits.len())?;
        Ok(Self { type_of_address, value: digits.to_ascii_lowercase() })
    }

    /// A name of up to eleven characters of the GSM alphabet (type of address 0xD0).
    ///
    /// # Errors
    /// When the alphabet lacks a character, or when it is too long.
    pub fn alphanumeric(name: &str) -> Result<Self, AddressError> {
        let septets = to_septets(name, Tables::default()).map_err(AddressError::Character)?;
        fits(useful_semi_octets(septets.len()))?;
        Ok(Self { type_of_address: 0xD0, value: name.to_owned() })
    }

    /// The type of address as it came or goes.
    #[must_use]
    pub fn type_of_address(&self) -> u8 {
        self.type_of_address
    }

    /// The type of number in it.
    #[must_use]
    pub fn type_of_number(&self) -> TypeOfNumber {
        type_of_number(self.type_of_address)
    }

    /// The numbering plan in it, bits 3 to 0: 1 is E.164, 5 and 6 belong to one service centre.
    #[must_use]
    pub fn numbering_plan(&self) -> u8 {
        self.type_of_address & 0x0F
    }

    /// Whether it is a name and no number.
    #[must_use]
    pub fn is_alphanumeric(&self) -> bool {
        self.type_of_number() == TypeOfNumber::Alphanumeric
    }

    /// The digits or the name, without any `+`.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Reads TP-OA, TP-DA or TP-RA: its length counts useful semi-octets.
    pub(super) fn read(
        reader: &mut Reader<'_>,
        field: &'static str,
        damage: &mut Vec<Damage>,
    ) -> Result<Self, PduError> {
        let offset = reader.offset();
        let claimed = reader.octet(field)?;
        let count = usize::from(claimed);
        if count > LONGEST {
            let (unit, limit) = ("semi-octets", LONGEST as u8);
            return Err(PduError::AddressLength { field, offset, claimed, unit, limit });
        }
        let type_of_address = reader.octet(field)?;
        let address = Self::from_octets(type_of_address, reader.take(field, count.div_ceil(2))?, count);
        if !address.is_alphanumeric() && address.value.len() < count {
            damage.push(Damage::EarlyEnd { field });
        }
        Ok(address)
    }

    /// Reads the service centre's address in front of a TPDU: its length counts octets, and 0 stands for none.
    pub(super) fn read_service_centre(reader: &mut Reader<'_>) -> Result<Option<Self>, PduError> {
        let (field, offset) = ("SCA", reader.offset());
        let claimed = reader.octet(field)?;
        if claimed > LONGEST_SERVICE_CENTRE {
            let (unit, limit) = ("octets", LONGEST_SERVICE_CENTRE);
            return Err(PduError::AddressLength { field, offset, claimed, unit, limit });
        }
        let Some(octets) = usize::from(claimed).checked_sub(1) else { return Ok(None) };
        let type_of_address = reader.octet(field)?;
        Ok(Some(Self::from_octets(type_of_address, reader.take(field, octets)?, octets * 2)))
    }

    fn from_octets(type_of_address: u8, octets: &[u8], semi_octets: usize) -> Self {
        let value = if type_of_number(type_of_address) == TypeOfNumber::Alphanumeric {
            from_septets(&septet::unpack(octets, 0, semi_octets * 4 / 7), Tables::default()).0
        } else {
            let halves = octets.iter().flat_map(|octet| [octet & 0x0F, octet >> 4]);
            halves.take(semi_octets).map_while(|half| DIGITS.get(usize::from(half))).collect()
        };
        Self { type_of_address, value }
    }

    /// Writes it as TP-OA, TP-DA or TP-RA.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let (semi_octets, octets) = self.packed();
        out.extend([semi_octets as u8, self.type_of_address]);
        out.extend(octets);
    }

    /// Writes it as a service centre's address.
    pub(super) fn write_service_centre(&self, out: &mut Vec<u8>) {
        let (_, octets) = self.packed();
        out.extend([octets.len() as u8 + 1, self.type_of_address]);
        out.extend(octets);
    }

    /// Useful semi-octets, and the octets of the value.
    fn packed(&self) -> (usize, Vec<u8>) {
        if self.is_alphanumeric() {
            let septets = to_septets(&self.value, Tables::default()).unwrap_or_default();
            return (useful_semi_octets(septets.len()), septet::pack(&septets, 0));
        }
        let halves: Vec<u8> = self.value.chars().filter_map(semi_octet).collect();
        let octet = |pair: &[u8]| pair.first().unwrap_or(&0xF) | pair.get(1).unwrap_or(&0xF) << 4;
        (halves.len(), halves.chunks(2).map(octet).collect())
    }
}

/// A `+` in front of an international number, nothing in front of any other, and a name as it is.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plus = if self.type_of_number() == TypeOfNumber::International { "+" } else { "" };
        write!(f, "{plus}{}", self.value)
    }
}

fn type_of_number(type_of_address: u8) -> TypeOfNumber {
    match type_of_address >> 4 & 0b111 {
        0 => TypeOfNumber::Unknown,
        1 => TypeOfNumber::International,
        2 => TypeOfNumber::National,
        3 => TypeOfNumber::NetworkSpecific,
        4 => TypeOfNumber::Subscriber,
        5 => TypeOfNumber::Alphanumeric,
        6 => TypeOfNumber::Abbreviated,
        _ => TypeOfNumber::Reserved,
    }
}

fn semi_octet(digit: char) -> Option<u8> {
    DIGITS.iter().position(|known| *known == digit.to_ascii_lowercase()).map(|at| at as u8)
}

fn useful_semi_octets(septets: usize) -> usize {
    (septets * 7).div_ceil(4)
}

fn fits(semi_octets: usize) -> Result<(), AddressError> {
    if semi_octets > LONGEST { Err(AddressError::TooLong { semi_octets }) } else { Ok(()) }
}
