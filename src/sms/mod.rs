//! Short messages: alphabets, addresses, SUBMIT, DELIVER and STATUS-REPORT as octets and as values, long texts in
//! parts (3GPP TS 23.038, TS 23.040, TS 24.011). Pure: texts, octets and times in, the same out; no modem, no clock.

mod address;
mod alphabet;
mod at;
mod damage;
mod dcs;
mod deliver;
mod error;
mod header;
mod join;
mod language;
mod pdu;
mod reader;
mod septet;
mod split;
mod status;
mod status_report;
mod submit;
mod text;
mod timestamp;
mod user_data;
mod validity;

#[cfg(test)]
mod tests;

pub use address::{Address, AddressError, TypeOfNumber};
pub use alphabet::{Alphabet, Size, extension_septet, measure};
pub use at::AtPdu;
pub use damage::Damage;
pub use dcs::{Coding, Dcs, Group, Waiting, WaitingKind};
pub use deliver::Deliver;
pub use error::{EncodeError, PduError};
pub use header::{Concatenation, Element, Header, Ports, Reference};
pub use join::{Accepted, Before, Gathered, Joined, Joiner, Key, Part};
pub use language::{Language, Tables};
pub use pdu::{Decoded, Direction, Message, Pdu};
pub use split::{Split, split};
pub use status::{Delivery, Status};
pub use status_report::StatusReport;
pub use submit::Submit;
pub use timestamp::{Civil, TimeFault, Timestamp};
pub use user_data::{Payload, UserData};
pub use validity::{Enhanced, Period, Validity};
