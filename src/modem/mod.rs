//! The dialogue with a GSM modem in PDU mode (3GPP TS 27.005, TS 27.007) as a pure state machine.
//! Pure: bytes and times in, bytes and events out; it knows no port, no clock, no thread and no tracker.

mod about;
mod codes;
mod event;
mod fields;
mod flight;
mod host;
mod inbox;
mod lines;
mod opening;
mod quirks;
mod receiving;
mod recovery;
mod sending;

#[cfg(test)]
mod tests;

pub use about::{About, Card, Registration, Store};
pub use event::{Event, Key, Options, Purpose, Received, SendId, Slot, Why};
pub use host::Host;
