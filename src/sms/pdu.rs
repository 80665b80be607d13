//! A whole PDU: the service centre's address and a TPDU, whose type depends on which way it travels
//! (3GPP TS 23.040 section 9.2.3.1). Here the one is told from the other; each type has its own file.

use std::fmt;

use super::reader::Reader;
use super::{Address, Damage, Deliver, EncodeError, PduError, StatusReport, Submit};

/// Which way a TPDU travels; the message type alone does not say what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the service centre: what a mobile receives (`+CMT`, `+CDS`, and stored as received).
    ToMobile,
    /// To the service centre: what a mobile sends (`AT+CMGS`, and stored as sent or unsent).
    FromMobile,
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ToMobile => "to a mobile",
            Self::FromMobile => "from a mobile",
        })
    }
}

/// The TPDUs that carry something for somebody here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A message that arrived.
    Deliver(Deliver),
    /// A message to be sent.
    Submit(Submit),
    /// What became of a message.
    StatusReport(StatusReport),
}

/// A service centre's address and a TPDU, as AT commands carry them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdu {
    /// The service centre; none leaves it to the modem, or was not said.
    pub service_centre: Option<Address>,
    /// The TPDU.
    pub message: Message,
}

/// A PDU that was read, and what was wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The PDU.
    pub pdu: Pdu,
    /// Faults that were tolerated, in the order in which they were met.
    pub damage: Vec<Damage>,
}

impl From<Message> for Pdu {
    fn from(message: Message) -> Self {
        Self { service_centre: None, message }
    }
}

impl From<Submit> for Pdu {
    fn from(submit: Submit) -> Self {
        Message::Submit(submit).into()
    }
}

impl From<Deliver> for Pdu {
    fn from(deliver: Deliver) -> Self {
        Message::Deliver(deliver).into()
    }
}

impl From<StatusReport> for Pdu {
    fn from(report: StatusReport) -> Self {
        Message::StatusReport(report).into()
    }
}

impl Pdu {
    /// Reads octets that begin with a service centre's address.
    ///
    /// # Errors
    /// When a field that must be there is not, when a length cannot be believed, or when the TPDU is of a type
    /// that is not read here.
    pub fn decode(octets: &[u8], direction: Direction) -> Result<Decoded, PduError> {
        let mut reader = Reader::new(octets);
        if octets.is_empty() {
            return Err(PduError::Empty);
        }
        let service_centre = Address::read_service_centre(&mut reader)?;
        read(service_centre, &mut reader, direction)
    }

    /// Reads a TPDU without a service centre's address.
    ///
    /// # Errors
    /// As [`Pdu::decode`].
    pub fn decode_tpdu(octets: &[u8], direction: Direction) -> Result<Decoded, PduError> {
        if octets.is_empty() {
            return Err(PduError::Empty);
        }
        read(None, &mut Reader::new(octets), direction)
    }

    /// Writes the service centre's address, `00` for none, and the TPDU.
    ///
    /// # Errors
    /// As [`Pdu::tpdu`].
    pub fn octets(&self) -> Result<Vec<u8>, EncodeError> {
        let mut out = Vec::new();
        match &self.service_centre {
            Some(address) => address.write_service_centre(&mut out),
            None => out.push(0),
        }
        out.extend(self.tpdu()?);
        Ok(out)
    }

    /// Writes the TPDU alone.
    ///
    /// # Errors
    /// When the user data does not fit, or is not what the data coding scheme announces.
    pub fn tpdu(&self) -> Result<Vec<u8>, EncodeError> {
        match &self.message {
            Message::Deliver(deliver) => deliver.tpdu(),
            Message::Submit(submit) => submit.tpdu(),
            Message::StatusReport(report) => report.tpdu(),
        }
    }
}

fn read(
    service_centre: Option<Address>,
    reader: &mut Reader<'_>,
    direction: Direction,
) -> Result<Decoded, PduError> {
    let first = reader.octet("the first octet")?;
    let mut damage = Vec::new();
    let unwanted = |name| Err(PduError::Unwanted { name, direction });
    let message = match (direction, first & 0b11) {
        (Direction::ToMobile, 0b00) => Message::Deliver(Deliver::read(first, reader, &mut damage)?),
        (Direction::ToMobile, 0b01) => return unwanted("an SMS-SUBMIT-REPORT"),
        (Direction::ToMobile, 0b10) => Message::StatusReport(StatusReport::read(first, reader, &mut damage)?),
        (Direction::ToMobile, _) => {
            damage.push(Damage::ReservedType);
            Message::Deliver(Deliver::read(first, reader, &mut damage)?)
        }
        (Direction::FromMobile, 0b00) => return unwanted("an SMS-DELIVER-REPORT"),
        (Direction::FromMobile, 0b01) => Message::Submit(Submit::read(first, reader, &mut damage)?),
        (Direction::FromMobile, 0b10) => return unwanted("an SMS-COMMAND"),
        (Direction::FromMobile, _) => return unwanted("a TPDU of a reserved type"),
    };
    let octets = reader.rest().len();
    if octets > 0 {
        damage.push(Damage::Trailing { octets });
    }
    Ok(Decoded { pdu: Pdu { service_centre, message }, damage })
}
