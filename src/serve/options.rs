//! What a listener is to do, and how much it gives each peer.

use std::net::SocketAddr;
use std::time::Duration;

use crate::wire::{DeviceId, LARGEST, Transport, UtcTime};

/// What is done with what trackers say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It is read, and answered as the protocol asks.
    Answer,
    /// It is read, and passed on to this server unchanged; what the server says comes back unchanged.
    Relay(SocketAddr),
    /// It is sent back as it came and not looked into: for measuring what lies on the way.
    Echo,
}

/// The clock that trackers are told the time from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The machine's.
    System,
    /// One that stands still, so that answers can be compared byte for byte.
    Fixed(UtcTime),
}

/// How much a listener gives to its peers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connections at one time; more are closed at once.
    pub connections: usize,
    /// Addresses that datagrams come from, of which something is remembered.
    pub peers: usize,
    /// How long a connection may take until its first frame.
    pub first: Duration,
    /// How long a frame that was begun may take to its end.
    pub frame: Duration,
    /// How long a tracker may be silent between two frames.
    pub idle: Duration,
    /// How long a peer may take to accept an answer, and a server to be reached.
    pub write: Duration,
    /// Bytes of frames that are begun and not whole, over all connections. One connection holds at most
    /// [`LARGEST`] of them.
    pub memory: usize,
    /// Datagrams a second that are sent back to one address by an echo.
    pub echoes: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 20_000,
            peers: 20_000,
            first: Duration::from_secs(60),
            frame: Duration::from_secs(30),
            idle: Duration::from_secs(3_600),
            write: Duration::from_secs(10),
            memory: 1_024 * LARGEST,
            echoes: 20,
        }
    }
}

/// Something for one tracker, which is sent to it once, on its own connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errand {
    /// For whom.
    pub to: DeviceId,
    /// The names of the protocols that understand it: whoever speaks another is not sent it.
    pub protocols: Vec<String>,
    /// The frame.
    pub frame: Vec<u8>,
}

/// Where and how to listen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Addresses for connections.
    pub tcp: Vec<SocketAddr>,
    /// Addresses for datagrams.
    pub udp: Vec<SocketAddr>,
    /// What is done.
    pub mode: Mode,
    /// What each peer gets.
    pub limits: Limits,
    /// The time that trackers are told.
    pub clock: Clock,
    /// What one of them is sent. Only who is answered is sent anything.
    pub errand: Option<Errand>,
}

impl Options {
    /// Answers, and nothing to listen at yet.
    #[must_use]
    pub fn new(mode: Mode) -> Self {
        let limits = Limits::default();
        Self { tcp: Vec::new(), udp: Vec::new(), mode, limits, clock: Clock::System, errand: None }
    }
}

/// Why a listener cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// An address that cannot be listened at.
    #[error("{} {address} cannot be listened at: {error}", transport.word())]
    Bind {
        /// By what.
        transport: Transport,
        /// The address.
        address: SocketAddr,
        /// What the system says.
        error: std::io::Error,
    },
    /// A socket that the runtime does not take.
    #[error("the sockets cannot be watched: {0}")]
    Watch(#[source] std::io::Error),
}

impl ServeError {
    /// What may help.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let Self::Bind { address, error, .. } = self else { return None };
        match error.kind() {
            std::io::ErrorKind::AddrInUse => Some(
                "another program listens there; end it, or take another port: port 0 is any free one".into(),
            ),
            std::io::ErrorKind::PermissionDenied => {
                Some(format!("ports below 1024 want root; take one above, in place of {}", address.port()))
            }
            std::io::ErrorKind::AddrNotAvailable => {
                Some("this machine has no such address; 0.0.0.0 is all that it has".into())
            }
            _ => None,
        }
    }
}
