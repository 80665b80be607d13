//! The other side, in software: modems on pseudo-terminals, the network behind them, and trackers that obey.
//! Bytes, times and seeds go in, bytes and events come out; ptys, threads and clocks are a thin shell around that.
//!
//! ```text
//! client ⇄ pty ⇄ modem ⇄ network ⇄ trackers, echo
//!                           ⇅
//!                        gateway ⇄ client
//!
//! trackers ⇢ reports over real sockets, to whoever stands in for their server
//! ```

mod chance;
mod event;
mod exchange;
mod fault;
mod gateway;
#[cfg(unix)]
mod lines;
mod log;
mod modem;
mod network;
mod options;
#[cfg(unix)]
mod port;
#[cfg(unix)]
mod pty;
#[cfg(unix)]
mod reporter;
#[cfg(unix)]
mod shell;
#[cfg(not(unix))]
#[path = "shell_elsewhere.rs"]
mod shell;
#[cfg(unix)]
mod stable;
#[cfg(test)]
mod tests;
mod uplink;
mod virtual_tracker;

pub use chance::Chance;
pub use event::{Arrived, Event, Now, PartOf};
pub use exchange::{Exchange, Fate, Letter, Refused};
pub use fault::{Entry, FAULTS, Fault, FaultError, FaultKind, Faults, Needs};
pub use gateway::{Gateway, PASSWORD as GATEWAY_PASSWORD, USER as GATEWAY_USER};
pub use modem::{Effect, Identity, Incoming, Modem, Scene};
pub use network::{
    ECHO, GATEWAY, Network, Output, SERVICE_CENTRE, STRANGER, Setup, Subscriber, modem_number, tracker_number,
};
pub use options::{LabError, LabOptions, StandIn};
pub use shell::Lab;
pub use uplink::Call;
pub use virtual_tracker::{Behaviour, BehaviourError, Hearing, TrackerError, VirtualTracker, Whim};
