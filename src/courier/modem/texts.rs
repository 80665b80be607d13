//! Texts and numbers of the engine as PDUs, and what came of them back in the engine's words.
//! Nothing here waits or writes.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use crate::engine::{Cause, Fate, Receipt, Recipient, Sender, StoreKey};
use crate::modem::Why;
use crate::sms::{
    Address, AtPdu, Delivery, EncodeError, Message, Pdu, Reference, StatusReport, Submit, Timestamp,
    TypeOfNumber, UserData, Validity, split,
};

/// Turns texts into PDUs.
#[derive(Debug)]
pub(super) struct Writer {
    validity: Validity,
    /// The next reference of a message in several parts.
    reference: u8,
}

impl Writer {
    /// The references begin anywhere, so that those of two runs seldom meet in one tracker.
    pub(super) fn new(validity: Duration) -> Self {
        let [reference, ..] = RandomState::new().hash_one(0_u8).to_le_bytes();
        Self { validity: Validity::at_most(validity), reference }
    }

    /// The PDUs of a text, or why it cannot be sent.
    pub(super) fn write(&mut self, to: &Recipient, text: &str) -> Result<Vec<AtPdu>, Cause> {
        let Some(phone) = &to.phone else {
            return Err(Cause::new(
                "a modem needs the telephone number of the tracker's SIM card, and none is given",
            ));
        };
        if text.is_empty() {
            return Err(Cause::new("there is no text to send"));
        }
        let to = Address::e164(phone.as_str()).map_err(|error| Cause::new(error.to_string()))?;
        self.reference = self.reference.wrapping_add(1);
        let template = Submit {
            status_report_request: true,
            validity: Some(self.validity),
            ..Submit::new(to, UserData::from_text(""))
        };
        let parts = split(text, Reference::Bits8(self.reference)).map_err(|error| unsendable(&error))?;
        parts.submits(&template).into_iter().map(pdu).collect()
    }
}

fn pdu(submit: Submit) -> Result<AtPdu, Cause> {
    Pdu { service_centre: None, message: Message::Submit(submit) }.to_at().map_err(|error| unsendable(&error))
}

fn unsendable(error: &EncodeError) -> Cause {
    Cause::new(format!("the text cannot be sent as a short message: {error}"))
}

/// A reason in the engine's words.
pub(super) fn cause(why: Why) -> Cause {
    Cause { code: why.code, sentence: why.sentence, hint: why.hint, of_courier: false }
}

/// A sender or recipient in the engine's words.
pub(super) fn sender(address: &Address) -> Sender {
    let value = address.value().to_owned();
    if address.is_alphanumeric() {
        return Sender::Name(value);
    }
    match address.type_of_number() {
        TypeOfNumber::International => Sender::International(value),
        _ => Sender::National(value),
    }
}

/// A service centre's time in milliseconds since 1970.
pub(super) fn milliseconds(time: Timestamp) -> Option<i64> {
    time.unix().and_then(|seconds| seconds.checked_mul(1000))
}

/// A status report in the engine's words.
pub(super) fn receipt(key: Option<StoreKey>, report: &StatusReport) -> Receipt {
    let fate = match report.status.delivery() {
        Delivery::Delivered if report.status.is_confirmed() => Fate::Delivered,
        Delivery::Trying => Fate::Trying,
        Delivery::Permanent | Delivery::GaveUp => Fate::Failed,
        Delivery::Delivered | Delivery::Unknown => Fate::Unclear,
    };
    Receipt {
        key,
        reference: report.message_reference.to_string(),
        recipient: Some(sender(&report.recipient)),
        at_ms: milliseconds(report.discharge_time),
        fate,
    }
}
