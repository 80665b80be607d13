//! What a verdict rests on: the phase, the error's name, and the ICMP message with who sent it.
//! Values only; the words for them are here, so that every format says the same.

use std::fmt;
use std::net::IpAddr;

/// Where a probe was when it was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Making the socket and choosing a route.
    Route,
    /// Waiting for the connection.
    Connect,
    /// Handing over the question.
    Send,
    /// Connected and waiting, with nothing asked.
    Hold,
    /// Waiting for the answer to the question.
    Answer,
}

impl Phase {
    /// The word in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Route => "route",
            Self::Connect => "connect",
            Self::Send => "send",
            Self::Hold => "hold",
            Self::Answer => "answer",
        }
    }
}

/// An ICMP message that came back for what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Icmp {
    /// Whether it is ICMPv6.
    pub v6: bool,
    /// Its type.
    pub kind: u8,
    /// Its code.
    pub code: u8,
    /// Who sent it, as far as the system says.
    pub from: Option<IpAddr>,
}

impl Icmp {
    /// What the type and code mean, in a few words (RFC 792, RFC 1812 section 5.2.7.1, RFC 4443 section 3).
    #[must_use]
    pub fn meaning(&self) -> &'static str {
        match (self.v6, self.kind, self.code) {
            (false, 3, 0 | 6) | (true, 1, 0) => "network unreachable",
            (false, 3, 1 | 7) => "host unreachable",
            (false, 3, 2) => "protocol unreachable",
            (false, 3, 3) | (true, 1, 4) => "port unreachable",
            (false, 3, 4) | (true, 2, _) => "packet too big",
            (false, 3, 5) => "source route failed",
            (false, 3, 9) => "network prohibited",
            (false, 3, 10) => "host prohibited",
            (false, 3, 13) | (true, 1, 1) => "prohibited by an administrator",
            (true, 1, 2) => "beyond the scope of the source address",
            (true, 1, 3) => "address unreachable",
            (true, 1, 5) => "source address refused by policy",
            (true, 1, 6) => "route rejected",
            (false, 11, _) | (true, 3, _) => "time to live exceeded",
            (false, 12, _) | (true, 4, _) => "parameter problem",
            _ => "an error",
        }
    }

    /// Whether it says that the port is closed.
    #[must_use]
    pub fn is_port_unreachable(&self) -> bool {
        matches!((self.v6, self.kind, self.code), (false, 3, 3) | (true, 1, 4))
    }

    /// Whether it says that no one answers for the address.
    #[must_use]
    pub fn is_host_unreachable(&self) -> bool {
        matches!((self.v6, self.kind, self.code), (false, 3, 1) | (true, 1, 3))
    }
}

impl fmt::Display for Icmp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let version = if self.v6 { "ICMPv6" } else { "ICMP" };
        write!(f, "{} ({version} {}/{}", self.meaning(), self.kind, self.code)?;
        match self.from {
            Some(from) => write!(f, " from {from})"),
            None => f.write_str(")"),
        }
    }
}

/// What a verdict rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Where the probe was when it was decided.
    pub phase: Phase,
    /// The name of the system's error, as `ECONNREFUSED`.
    pub errno: Option<String>,
    /// The ICMP message behind it.
    pub icmp: Option<Icmp>,
    /// Whether this machine itself raised the error, and no packet of another.
    pub local: bool,
    /// Application bytes that were sent.
    pub sent: usize,
    /// Datagrams that were sent over UDP.
    pub datagrams: u32,
    /// The first bytes that came, at most [`Evidence::KEPT`].
    pub received: Vec<u8>,
    /// How many bytes came.
    pub received_len: usize,
    /// The address of this machine that was used.
    pub source: Option<IpAddr>,
}

impl Evidence {
    /// How many bytes of an answer are kept.
    pub const KEPT: usize = 64;

    /// Nothing but the phase.
    #[must_use]
    pub fn new(phase: Phase) -> Self {
        Self {
            phase,
            errno: None,
            icmp: None,
            local: false,
            sent: 0,
            datagrams: 0,
            received: Vec::new(),
            received_len: 0,
            source: None,
        }
    }

    /// Keeps what came: its length, and its first bytes.
    pub fn keep(&mut self, received: &[u8]) {
        self.received_len = received.len();
        self.received = received.iter().copied().take(Self::KEPT).collect();
    }
}

/// Bytes as hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
