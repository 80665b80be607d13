//! What a gateway of the lab may ask of the network behind it. The gateway's own file speaks HTTP and knows only this.

use super::event::Event;
use super::fault::{Fault, FaultKind};

/// The network, as a gateway sees it. Nothing here waits: what the network has to say comes with the next look.
///
/// The lab starts a gateway with `Gateway::start(listen: SocketAddr, exchange: Arc<dyn Exchange>)`, which gives an
/// address and ends when it is dropped.
pub trait Exchange: Send + Sync {
    /// Hands over a text from a number of the gateway to a number, an ICCID or the id of a SIM card. It is split as
    /// its length wants. The id that comes back is the network's own, and counts from 1.
    ///
    /// # Errors
    /// When the network does not take it.
    fn submit(&self, from: &str, to: &str, text: &str) -> Result<u64, Refused>;

    /// What became of a text by now; none when there is no such id.
    fn fate(&self, id: u64) -> Option<Fate>;

    /// The texts that reached a number of the gateway behind the one numbered `after`, at most 1000; 0 asks from the
    /// first. Long texts are whole.
    fn inbox(&self, number: &str, after: u64) -> Vec<Letter>;

    /// Whether a fault of the gateway strikes this time; it is logged.
    fn strikes(&self, kind: FaultKind) -> Option<Fault>;

    /// Writes an event into the lab's log.
    fn log(&self, event: Event);
}

/// The network does not take a text: the cause of TS 24.011 that a modem would show as `+CMS ERROR`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the network refused it with cause {0}")]
pub struct Refused(pub u16);

/// How far a text came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The network has it.
    Accepted,
    /// The recipient has it.
    Delivered,
    /// It will never get there: there is no such number.
    Undeliverable,
}

/// A text that reached a number of a gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its number, from 1, in the order in which letters came.
    pub number: u64,
    /// Who sent it, as the network shows it.
    pub from: String,
    /// For whom: a number of the gateway.
    pub to: String,
    /// The text.
    pub text: String,
    /// The service centre's time, milliseconds since 1970 in UTC.
    pub sent_ms: i64,
    /// When the gateway could have it first, in the same unit.
    pub arrived_ms: i64,
}
