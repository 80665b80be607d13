//! SMS-DELIVER: a message from the service centre to a mobile (3GPP TS 23.040 section 9.2.2.1).
//! Read from modems, and written by the lab.

use super::header::{Concatenation, Header};
use super::reader::Reader;
use super::{Address, Damage, Dcs, EncodeError, PduError, Timestamp, UserData};

/// A message that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deliver {
    /// TP-MMS: more messages are waiting in the service centre.
    pub more_messages: bool,
    /// TP-LP: it must not be forwarded or answered automatically.
    pub loop_prevention: bool,
    /// TP-SRI: the sender wants a status report.
    pub status_report_indication: bool,
    /// TP-RP: the service centre takes the answer too.
    pub reply_path: bool,
    /// TP-OA: the sender.
    pub originator: Address,
    /// TP-PID.
    pub protocol_identifier: u8,
    /// TP-DCS.
    pub dcs: Dcs,
    /// TP-SCTS: when the service centre took it.
    pub service_centre_time: Timestamp,
    /// TP-UD.
    pub user_data: UserData,
}

impl Deliver {
    /// A message with no flag set and the data coding scheme of its user data.
    #[must_use]
    pub fn new(originator: Address, service_centre_time: Timestamp, user_data: UserData) -> Self {
        Self {
            more_messages: false,
            loop_prevention: false,
            status_report_indication: false,
            reply_path: false,
            originator,
            protocol_identifier: 0,
            dcs: user_data.dcs().unwrap_or(Dcs::GSM7),
            service_centre_time,
            user_data,
        }
    }

    /// Which part of which message it is.
    #[must_use]
    pub fn concatenation(&self) -> Option<Concatenation> {
        self.user_data.header.as_ref().and_then(Header::concatenation)
    }

    /// Writes the TPDU.
    ///
    /// # Errors
    /// When the user data does not fit, or is not what the data coding scheme announces.
    pub fn tpdu(&self) -> Result<Vec<u8>, EncodeError> {
        let flags = [
            (!self.more_messages, 0x04),
            (self.loop_prevention, 0x08),
            (self.status_report_indication, 0x20),
            (self.user_data.header.is_some(), 0x40),
            (self.reply_path, 0x80),
        ];
        let mut out = vec![flags.iter().filter(|(set, _)| *set).map(|(_, bit)| bit).sum()];
        self.originator.write(&mut out);
        out.extend([self.protocol_identifier, self.dcs.0]);
        out.extend(self.service_centre_time.octets());
        self.user_data.write(self.dcs, &mut out)?;
        Ok(out)
    }

    /// Reads what follows the first octet.
    pub(super) fn read(
        first: u8,
        reader: &mut Reader<'_>,
        damage: &mut Vec<Damage>,
    ) -> Result<Self, PduError> {
        let originator = Address::read(reader, "TP-OA", damage)?;
        let protocol_identifier = reader.octet("TP-PID")?;
        let dcs = Dcs(reader.octet("TP-DCS")?);
        let service_centre_time = Timestamp::from_octets(reader.array("TP-SCTS")?);
        if let Some(fault) = service_centre_time.fault() {
            damage.push(Damage::Time { field: "TP-SCTS", fault });
        }
        Ok(Self {
            more_messages: first & 0x04 == 0,
            loop_prevention: first & 0x08 != 0,
            status_report_indication: first & 0x20 != 0,
            reply_path: first & 0x80 != 0,
            originator,
            protocol_identifier,
            dcs,
            service_centre_time,
            user_data: UserData::read(reader, dcs, first & 0x40 != 0, damage)?,
        })
    }
}
