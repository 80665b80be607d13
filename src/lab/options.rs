//! What a lab is made of, and why there is none.

use std::io::{self, Write};
use std::net::SocketAddr;

use super::fault::{Fault, FaultError};
use super::network::Subscriber;

/// What a lab is made of.
pub struct LabOptions {
    /// How many modems there are, each with a port.
    pub modems: usize,
    /// The trackers. Of two with the same number the first one keeps it.
    pub subscribers: Vec<Subscriber>,
    /// What goes wrong.
    pub faults: Vec<Fault>,
    /// Decides when faults strike that do not always.
    pub seed: u64,
    /// Where events go, one JSON object a line.
    pub log: Option<Box<dyn Write + Send>>,
    /// Whether every line between a modem and its client is logged.
    pub verbose: bool,
    /// Where the gateway listens: an address of loopback, port 0 for any. No address, no gateway.
    pub gateway: Option<SocketAddr>,
    /// Who stands in for the servers that trackers are pointed at; trackers report to nobody else.
    pub stand_ins: Vec<StandIn>,
}

/// A server on loopback that stands in for another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandIn {
    /// The name or address of the other one, as trackers are given it.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Where the stand-in takes connections.
    pub tcp: SocketAddr,
    /// Where it takes datagrams.
    pub udp: SocketAddr,
}

impl StandIn {
    /// Whether it stands in for this server.
    pub(super) fn is(&self, host: &str, port: u16) -> bool {
        self.port == port && self.host.eq_ignore_ascii_case(host)
    }
}

impl Default for LabOptions {
    fn default() -> Self {
        Self {
            modems: 1,
            subscribers: Vec::new(),
            faults: Vec::new(),
            seed: 0,
            log: None,
            verbose: false,
            gateway: None,
            stand_ins: Vec::new(),
        }
    }
}

/// Why there is no lab.
#[derive(Debug, thiserror::Error)]
pub enum LabError {
    /// A fault is given twice.
    #[error(transparent)]
    Fault(#[from] FaultError),
    /// The system gives no pseudo-terminal.
    #[error("the lab gets no port from the system: {0}")]
    Port(io::Error),
    /// The lab never leaves the machine.
    #[error("the lab's gateway listens on loopback only, and {0} is another address: use 127.0.0.1 or [::1]")]
    NotLoopback(SocketAddr),
    /// Reports never leave the machine either.
    #[error("the lab's trackers report to loopback only, and {0} is another address: use 127.0.0.1 or [::1]")]
    FarStandIn(SocketAddr),
    /// The gateway cannot listen.
    #[error("the lab's gateway cannot listen on {address}: {source}")]
    Gateway {
        /// Where it was to listen.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// No thread for it.
    #[error("the lab cannot start: {0}")]
    Thread(io::Error),
    /// This system has no pseudo-terminals.
    #[error(
        "the lab's modems need pseudo-terminals, which this system does not have: run it on Linux or macOS"
    )]
    NoPorts,
}
