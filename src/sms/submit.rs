//! SMS-SUBMIT: a message from a mobile to the service centre (3GPP TS 23.040 section 9.2.2.2).
//! Written for modems, and read by the lab and from a modem's store.

use super::reader::Reader;
use super::{Address, Damage, Dcs, EncodeError, PduError, UserData, Validity};

/// A message to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submit {
    /// TP-RD: the service centre is to refuse it when it holds one with the same reference and destination.
    pub reject_duplicates: bool,
    /// TP-SRR: a status report is wanted.
    pub status_report_request: bool,
    /// TP-RP: the answer is to go through the same service centre.
    pub reply_path: bool,
    /// TP-MR: 0 for the modem to fill in.
    pub message_reference: u8,
    /// TP-DA: the recipient.
    pub destination: Address,
    /// TP-PID.
    pub protocol_identifier: u8,
    /// TP-DCS.
    pub dcs: Dcs,
    /// TP-VP, where one is given.
    pub validity: Option<Validity>,
    /// TP-UD.
    pub user_data: UserData,
}

impl Submit {
    /// A message with no flag set, no validity period, reference 0 and the data coding scheme of its user data.
    #[must_use]
    pub fn new(destination: Address, user_data: UserData) -> Self {
        Self {
            reject_duplicates: false,
            status_report_request: false,
            reply_path: false,
            message_reference: 0,
            destination,
            protocol_identifier: 0,
            dcs: user_data.dcs().unwrap_or(Dcs::GSM7),
            validity: None,
            user_data,
        }
    }

    /// Writes the TPDU.
    ///
    /// # Errors
    /// When the user data does not fit, or is not what the data coding scheme announces.
    pub fn tpdu(&self) -> Result<Vec<u8>, EncodeError> {
        let flags = [
            (self.reject_duplicates, 0x04),
            (self.status_report_request, 0x20),
            (self.user_data.header.is_some(), 0x40),
            (self.reply_path, 0x80),
        ];
        let flags: u8 = flags.iter().filter(|(set, _)| *set).map(|(_, bit)| bit).sum();
        let mut out = vec![0x01 | Validity::format(self.validity) | flags, self.message_reference];
        self.destination.write(&mut out);
        out.extend([self.protocol_identifier, self.dcs.0]);
        if let Some(validity) = self.validity {
            validity.write(&mut out);
        }
        self.user_data.write(self.dcs, &mut out)?;
        Ok(out)
    }

    /// Reads what follows the first octet.
    pub(super) fn read(
        first: u8,
        reader: &mut Reader<'_>,
        damage: &mut Vec<Damage>,
    ) -> Result<Self, PduError> {
        let message_reference = reader.octet("TP-MR")?;
        let destination = Address::read(reader, "TP-DA", damage)?;
        let protocol_identifier = reader.octet("TP-PID")?;
        let dcs = Dcs(reader.octet("TP-DCS")?);
        let validity = Validity::read(first, reader)?;
        if let Some(fault) = validity.and_then(Validity::fault) {
            damage.push(Damage::Time { field: "TP-VP", fault });
        }
        Ok(Self {
            reject_duplicates: first & 0x04 != 0,
            status_report_request: first & 0x20 != 0,
            reply_path: first & 0x80 != 0,
            message_reference,
            destination,
            protocol_identifier,
            dcs,
            validity,
            user_data: UserData::read(reader, dcs, first & 0x40 != 0, damage)?,
        })
    }
}
