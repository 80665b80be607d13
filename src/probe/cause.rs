//! From the system's error to the verdict it earns. Pure: `tests/causes.rs` holds this table against what the kernel
//! does, and `tests/probe.rs` shows each row in a network of the test's own.

use std::net::IpAddr;

use super::evidence::{Icmp, Phase};
use super::verdict::Verdict;

/// An error of the system with what is known about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cause {
    /// The error's name, as `ECONNREFUSED`.
    pub errno: String,
    /// The ICMP message on the socket's error queue, if there was one.
    pub icmp: Option<Icmp>,
    /// Where the probe was.
    pub phase: Phase,
    /// The address asked for.
    pub target: IpAddr,
    /// The address of this machine that was used, once one was chosen.
    pub source: Option<IpAddr>,
}

/// Who raised an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// This machine, without any packet.
    Here,
    /// An ICMP message that this machine made for itself.
    HereByIcmp,
    /// An ICMP message of the host that was asked.
    Target,
    /// An ICMP message of a third, or of one that the system does not name.
    Between,
}

impl Cause {
    fn origin(&self) -> Origin {
        let Some(icmp) = self.icmp else { return Origin::Here };
        let own = self.target.is_loopback() || self.source == Some(self.target);
        match icmp.from {
            Some(from) if from == self.target => Origin::Target,
            Some(from) if Some(from) == self.source && !own => Origin::HereByIcmp,
            _ => Origin::Between,
        }
    }

    /// Whether this machine itself raised the error.
    #[must_use]
    pub(super) fn is_local(&self) -> bool {
        // A refusal without ICMP is the other side's RST.
        match self.origin() {
            Origin::Here => {
                !matches!(self.errno.as_str(), "ECONNREFUSED" | "ECONNRESET" | "EPIPE" | "ETIMEDOUT")
            }
            Origin::HereByIcmp => true,
            Origin::Target | Origin::Between => false,
        }
    }

    /// What a failed TCP connect means. On a plain RST there is no ICMP and the host itself refused; an ICMP port
    /// unreachable never comes from a TCP that has no listener, but from a firewall (Linux's REJECT).
    #[must_use]
    pub(super) fn tcp(&self) -> Verdict {
        match self.errno.as_str() {
            "ECONNREFUSED" if self.icmp.is_none() => Verdict::Closed,
            "ETIMEDOUT" => Verdict::Filtered,
            // A reset before the handshake is a refusal; this one came after it, before anyone looked.
            "ECONNRESET" | "EPIPE" => Verdict::OpenButResets,
            _ => self.either(),
        }
    }

    /// What an error of a connected UDP socket means. A port unreachable of the host itself says that nothing listens
    /// there; from anyone else it is a firewall's word.
    #[must_use]
    pub(super) fn udp(&self) -> Verdict {
        let port = self.icmp.is_none_or(|icmp| icmp.is_port_unreachable());
        match self.errno.as_str() {
            "ECONNREFUSED" if port && matches!(self.origin(), Origin::Target | Origin::Here) => {
                Verdict::Closed
            }
            _ => self.either(),
        }
    }

    fn either(&self) -> Verdict {
        match (self.errno.as_str(), self.origin()) {
            // A local rule's drop on the way out (UDP), or a policy.
            ("EPERM", _) => Verdict::BlockedHere,
            // A route of the type `prohibit`.
            ("EACCES", Origin::Here) => Verdict::BlockedHere,
            // A route of the type `blackhole`.
            ("EINVAL", Origin::Here) => Verdict::NoRoute,
            ("ENETUNREACH" | "ENETDOWN", Origin::Here) => Verdict::NoRoute,
            // At once it is a route of the type `unreachable`; later, nobody answered for the address.
            ("EHOSTUNREACH", Origin::Here) if self.phase == Phase::Route => Verdict::NoRoute,
            ("EHOSTUNREACH", Origin::Here) => Verdict::Unreachable,
            // Linux writes this message to itself when no neighbour answers; other codes are its firewall's REJECT.
            ("EHOSTUNREACH", Origin::HereByIcmp) if self.says_host() => Verdict::Unreachable,
            (_, Origin::HereByIcmp) => Verdict::BlockedHere,
            ("ECONNREFUSED" | "EHOSTUNREACH" | "ENETUNREACH" | "EACCES" | "ENOPROTOOPT" | "EPROTO", _) => {
                Verdict::Filtered
            }
            (errno, Origin::Here) if LOCAL.contains(&errno) => Verdict::LocalFault,
            _ => Verdict::Inconclusive,
        }
    }

    fn says_host(&self) -> bool {
        self.icmp.is_some_and(|icmp| icmp.is_host_unreachable())
    }
}

/// Errors by which this machine says that it could not try.
const LOCAL: [&str; 12] = [
    "EADDRNOTAVAIL",
    "EADDRINUSE",
    "EAGAIN",
    "EAFNOSUPPORT",
    "EMFILE",
    "ENFILE",
    "ENOBUFS",
    "ENOMEM",
    "ENODEV",
    "EMSGSIZE",
    "EIO",
    "ENETRESET",
];

/// A connect that nobody answered counts as filtered only when at least three SYNs went out, as fewer may simply be
/// lost. Linux sends them at 0, 1 and 3 seconds (RFC 6298, initial time-out of 1 s, doubled), newer ones at 0, 1 and 2.
pub(super) const THREE_SYNS_MS: u64 = 3_100;

/// What silence means for a TCP connect that was waited for so long, in milliseconds.
#[must_use]
pub(super) fn silent_connect(waited_ms: u64) -> Verdict {
    if waited_ms >= THREE_SYNS_MS { Verdict::Filtered } else { Verdict::Inconclusive }
}
