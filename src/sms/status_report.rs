//! SMS-STATUS-REPORT: what became of a message that was sent (3GPP TS 23.040 section 9.2.2.3).
//! What may be missing at its end is missing often, and costs nothing of the rest.

use super::reader::Reader;
use super::{Address, Damage, Dcs, EncodeError, PduError, Status, Timestamp, UserData};

/// Bits of TP-PI (section 9.2.3.27): which of the optional fields follow.
const HAS_PROTOCOL_IDENTIFIER: u8 = 0x01;
const HAS_DCS: u8 = 0x02;
const HAS_USER_DATA: u8 = 0x04;
const RESERVED: u8 = 0x78;
const EXTENDED: u8 = 0x80;

/// A report about an earlier message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusReport {
    /// TP-MMS: more messages are waiting in the service centre.
    pub more_messages: bool,
    /// TP-LP: it must not be forwarded or answered automatically.
    pub loop_prevention: bool,
    /// TP-SRQ: it is about an SMS-COMMAND, not about an SMS-SUBMIT.
    pub about_command: bool,
    /// TP-MR of the message that it is about.
    pub message_reference: u8,
    /// TP-RA: the recipient of that message.
    pub recipient: Address,
    /// TP-SCTS: when the service centre took that message.
    pub service_centre_time: Timestamp,
    /// TP-DT: when the status was reached, or tried last.
    pub discharge_time: Timestamp,
    /// TP-ST.
    pub status: Status,
    /// TP-PID, where there is one.
    pub protocol_identifier: Option<u8>,
    /// TP-DCS, where there is one.
    pub dcs: Option<Dcs>,
    /// TP-UD, where there is one.
    pub user_data: Option<UserData>,
}

impl StatusReport {
    /// A report without flags and without optional fields.
    #[must_use]
    pub fn new(message_reference: u8, recipient: Address, times: [Timestamp; 2], status: Status) -> Self {
        let [service_centre_time, discharge_time] = times;
        Self {
            more_messages: false,
            loop_prevention: false,
            about_command: false,
            message_reference,
            recipient,
            service_centre_time,
            discharge_time,
            status,
            protocol_identifier: None,
            dcs: None,
            user_data: None,
        }
    }

    /// Writes the TPDU; TP-PI only when an optional field is there.
    ///
    /// # Errors
    /// When the user data does not fit, or is not what the data coding scheme announces.
    pub fn tpdu(&self) -> Result<Vec<u8>, EncodeError> {
        let has_header = self.user_data.as_ref().is_some_and(|data| data.header.is_some());
        let flags = [
            (!self.more_messages, 0x04),
            (self.loop_prevention, 0x08),
            (self.about_command, 0x20),
            (has_header, 0x40),
        ];
        let first = flags.iter().filter(|(set, _)| *set).map(|(_, bit)| bit).sum::<u8>() | 0x02;
        let mut out = vec![first, self.message_reference];
        self.recipient.write(&mut out);
        out.extend(self.service_centre_time.octets());
        out.extend(self.discharge_time.octets());
        out.push(self.status.0);
        let indicator = [
            (self.protocol_identifier.is_some(), HAS_PROTOCOL_IDENTIFIER),
            (self.dcs.is_some(), HAS_DCS),
            (self.user_data.is_some(), HAS_USER_DATA),
        ];
        let indicator: u8 = indicator.iter().filter(|(set, _)| *set).map(|(_, bit)| bit).sum();
        if indicator != 0 {
            out.push(indicator);
        }
        out.extend(self.protocol_identifier);
        out.extend(self.dcs.map(|dcs| dcs.0));
        if let Some(user_data) = &self.user_data {
            user_data.write(self.dcs.unwrap_or(Dcs::GSM7), &mut out)?;
        }
        Ok(out)
    }

    /// Reads what follows the first octet.
    pub(super) fn read(
        first: u8,
        reader: &mut Reader<'_>,
        damage: &mut Vec<Damage>,
    ) -> Result<Self, PduError> {
        let message_reference = reader.octet("TP-MR")?;
        let recipient = Address::read(reader, "TP-RA", damage)?;
        let mut time = |reader: &mut Reader<'_>, field| {
            let time = Timestamp::from_octets(reader.array(field)?);
            damage.extend(time.fault().map(|fault| Damage::Time { field, fault }));
            Ok(time)
        };
        let times = [time(reader, "TP-SCTS")?, time(reader, "TP-DT")?];
        let status = Status(reader.octet("TP-ST")?);
        let mut report = Self {
            more_messages: first & 0x04 == 0,
            loop_prevention: first & 0x08 != 0,
            about_command: first & 0x20 != 0,
            ..Self::new(message_reference, recipient, times, status)
        };
        report.read_optional(first & 0x40 != 0, reader, damage)?;
        Ok(report)
    }

    /// Reads TP-PI and what it announces. Octets that are all FF are the rest of a SIM's record.
    fn read_optional(
        &mut self,
        has_header: bool,
        reader: &mut Reader<'_>,
        damage: &mut Vec<Damage>,
    ) -> Result<(), PduError> {
        let Some(&indicator) = reader.rest().first() else { return Ok(()) };
        if reader.rest().iter().all(|octet| *octet == 0xFF) {
            return Ok(());
        }
        let indicators = reader.rest().iter().take_while(|octet| *octet & EXTENDED != 0).count() + 1;
        let _ = reader.take_up_to(indicators);
        let mut optional = |bit, field| {
            let octet =
                if indicator & bit == 0 { return None } else { reader.take_up_to(1).first().copied() };
            damage.extend(octet.is_none().then_some(Damage::Missing { field }));
            octet
        };
        self.protocol_identifier = optional(HAS_PROTOCOL_IDENTIFIER, "TP-PID");
        self.dcs = optional(HAS_DCS, "TP-DCS").map(Dcs);
        if indicator & HAS_USER_DATA != 0 {
            if reader.rest().is_empty() {
                damage.push(Damage::Missing { field: "TP-UDL" });
                return Ok(());
            }
            let dcs = self.dcs.unwrap_or(Dcs::GSM7);
            self.user_data = Some(UserData::read(reader, dcs, has_header, damage)?);
        }
        if indicator & (RESERVED | EXTENDED) != 0 {
            // The standard announces further fields behind, which a mobile has to pass over.
            let _ = reader.take_up_to(usize::MAX);
        }
        Ok(())
    }
}
