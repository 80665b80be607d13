//! The user data header and its information elements (3GPP TS 23.040 section 9.2.3.24).
//! Elements that nobody here understands are kept; those that are read follow the standard's rules for faults.

use super::Damage;
use super::EncodeError;
use super::language::{Language, Tables};

const CONCATENATION_8: u8 = 0x00;
const PORTS_8: u8 = 0x04;
const PORTS_16: u8 = 0x05;
const CONCATENATION_16: u8 = 0x08;
const SINGLE_SHIFT: u8 = 0x24;
const LOCKING_SHIFT: u8 = 0x25;

/// The header in front of user data.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Header {
    /// Its information elements, in their order.
    pub elements: Vec<Element>,
}

/// One information element.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Element {
    /// The information element identifier.
    pub identifier: u8,
    /// Its data.
    pub data: Vec<u8>,
}

/// The reference that the parts of one message share; its width belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reference {
    /// Element 00.
    Bits8(u8),
    /// Element 08.
    Bits16(u16),
}

/// Which part of which message this is (sections 9.2.3.24.1 and 9.2.3.24.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Concatenation {
    /// What the parts share.
    pub reference: Reference,
    /// How many parts there are, from 1.
    pub total: u8,
    /// Which one this is, from 1.
    pub sequence: u8,
}

/// Application ports (sections 9.2.3.24.3 and 9.2.3.24.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ports {
    /// Where it goes.
    pub destination: u16,
    /// Where it comes from.
    pub source: u16,
}

impl Concatenation {
    /// Whether the part is one of its parts.
    #[must_use]
    pub fn is_possible(self) -> bool {
        (1..=self.total).contains(&self.sequence)
    }
}

impl Element {
    fn concatenation(&self) -> Option<Concatenation> {
        let found = match (self.identifier, self.data.as_slice()) {
            (CONCATENATION_8, &[reference, total, sequence]) => {
                Concatenation { reference: Reference::Bits8(reference), total, sequence }
            }
            (CONCATENATION_16, &[high, low, total, sequence]) => {
                let reference = Reference::Bits16(u16::from_be_bytes([high, low]));
                Concatenation { reference, total, sequence }
            }
            _ => return None,
        };
        found.is_possible().then_some(found)
    }

    fn ports(&self) -> Option<Ports> {
        match (self.identifier, self.data.as_slice()) {
            (PORTS_8, &[destination, source]) => {
                Some(Ports { destination: destination.into(), source: source.into() })
            }
            (PORTS_16, &[a, b, c, d]) => {
                Some(Ports { destination: u16::from_be_bytes([a, b]), source: u16::from_be_bytes([c, d]) })
            }
            _ => None,
        }
    }
}

impl From<Concatenation> for Element {
    fn from(concatenation: Concatenation) -> Self {
        let Concatenation { reference, total, sequence } = concatenation;
        match reference {
            Reference::Bits8(reference) => {
                Self { identifier: CONCATENATION_8, data: vec![reference, total, sequence] }
            }
            Reference::Bits16(reference) => {
                let [high, low] = reference.to_be_bytes();
                Self { identifier: CONCATENATION_16, data: vec![high, low, total, sequence] }
            }
        }
    }
}

impl From<Concatenation> for Header {
    fn from(concatenation: Concatenation) -> Self {
        Self { elements: vec![concatenation.into()] }
    }
}

impl Header {
    /// Which part of which message it is. Of several elements the last possible one counts.
    #[must_use]
    pub fn concatenation(&self) -> Option<Concatenation> {
        self.elements.iter().rev().find_map(Element::concatenation)
    }

    /// The application ports. Of several elements the last one counts.
    #[must_use]
    pub fn ports(&self) -> Option<Ports> {
        self.elements.iter().rev().find_map(Element::ports)
    }

    /// The national language identifier of the single shift table.
    #[must_use]
    pub fn single_shift(&self) -> Option<u8> {
        self.shift(SINGLE_SHIFT)
    }

    /// The national language identifier of the locking shift table.
    #[must_use]
    pub fn locking_shift(&self) -> Option<u8> {
        self.shift(LOCKING_SHIFT)
    }

    fn shift(&self, identifier: u8) -> Option<u8> {
        let shift = |element: &Element| match element.data.as_slice() {
            &[language] if element.identifier == identifier => Some(language),
            _ => None,
        };
        self.elements.iter().rev().find_map(shift)
    }

    /// The tables it asks for, as far as they are here.
    #[must_use]
    pub fn tables(&self) -> Tables {
        Tables {
            locking: self.locking_shift().and_then(Language::from_identifier),
            single: self.single_shift().and_then(Language::from_identifier),
        }
    }

    /// What cannot be followed in it.
    pub(super) fn note(&self, is_gsm7: bool, damage: &mut Vec<Damage>) {
        let concatenates = |e: &&Element| matches!(e.identifier, CONCATENATION_8 | CONCATENATION_16);
        if self.elements.iter().filter(concatenates).any(|element| element.concatenation().is_none()) {
            damage.push(Damage::ConcatenationIgnored);
        }
        for (shift, locking) in [(self.locking_shift(), true), (self.single_shift(), false)] {
            if let Some(identifier) = shift
                && is_gsm7
                && Language::from_identifier(identifier).is_none()
            {
                damage.push(Damage::NeedsTable { identifier, locking });
            }
        }
    }

    /// Reads the elements behind the header's length; none when they do not end where the header ends, in which
    /// case the whole header has to be ignored.
    pub(super) fn read(octets: &[u8]) -> Option<Self> {
        let (mut rest, mut elements) = (octets, Vec::new());
        while let [identifier, length, behind @ ..] = rest {
            let (data, left) = behind.split_at_checked(usize::from(*length))?;
            elements.push(Element { identifier: *identifier, data: data.to_vec() });
            rest = left;
        }
        rest.is_empty().then_some(Self { elements })
    }

    /// The elements behind the header's length.
    pub(super) fn octets(&self) -> Result<Vec<u8>, EncodeError> {
        let mut out = Vec::new();
        for Element { identifier, data } in &self.elements {
            let length = u8::try_from(data.len())
                .map_err(|_| EncodeError::Element { identifier: *identifier, octets: data.len() })?;
            out.extend([*identifier, length]);
            out.extend(data);
        }
        Ok(out)
    }
}
