//! The words a probe ends with, one for each address and transport and one for each name.
//! They hold no evidence and read no socket: `cause.rs` says which word an event earns.

use std::fmt;

/// What a probe of one address over one transport came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Something was said and the answer is the one that was wanted.
    Answered,
    /// Something was said and another answer came: the port is open, the service is not the one that was wanted.
    AnsweredUnexpected,
    /// TCP: connected and held.
    Open,
    /// TCP: connected, and closed by the other side at once without a byte.
    OpenButCloses,
    /// TCP: connected, and reset by the other side.
    OpenButResets,
    /// The host itself says that nothing listens.
    Closed,
    /// Refused on the way by a router or firewall, which says so; or, over TCP, dropped without a word.
    Filtered,
    /// UDP: silence. Nothing is proven.
    OpenOrFiltered,
    /// Nobody answers for the address, or for the gateway to it, on the local network.
    Unreachable,
    /// This machine has no route to the address.
    NoRoute,
    /// This machine's own firewall or routing forbids it.
    BlockedHere,
    /// This machine could not try: too many open files, no free port, an interface that is down.
    LocalFault,
    /// Nothing was sent, because nothing was given that a server could answer.
    NotTested,
    /// The time was too short, or the run was ended before.
    Inconclusive,
}

impl Verdict {
    /// Every verdict, the best first.
    pub const ALL: [Self; 14] = [
        Self::Answered,
        Self::Open,
        Self::AnsweredUnexpected,
        Self::OpenButCloses,
        Self::OpenButResets,
        Self::Closed,
        Self::Filtered,
        Self::OpenOrFiltered,
        Self::Unreachable,
        Self::NoRoute,
        Self::BlockedHere,
        Self::LocalFault,
        Self::NotTested,
        Self::Inconclusive,
    ];

    /// The word in tables, JSON and metrics.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::AnsweredUnexpected => "answered-unexpected",
            Self::Open => "open",
            Self::OpenButCloses => "open-but-closes",
            Self::OpenButResets => "open-but-resets",
            Self::Closed => "closed",
            Self::Filtered => "filtered",
            Self::OpenOrFiltered => "open-or-filtered",
            Self::Unreachable => "unreachable",
            Self::NoRoute => "no-route",
            Self::BlockedHere => "blocked-here",
            Self::LocalFault => "local-fault",
            Self::NotTested => "not-tested",
            Self::Inconclusive => "inconclusive",
        }
    }

    /// What the verdict says about what was asked. With a question in hand (`talking`), an open port that did not
    /// answer it proves nothing.
    #[must_use]
    pub fn outcome(self, talking: bool) -> Outcome {
        match self {
            Self::Answered => Outcome::Good,
            Self::Open if talking => Outcome::Unproven,
            Self::Open => Outcome::Good,
            Self::AnsweredUnexpected
            | Self::OpenButCloses
            | Self::OpenButResets
            | Self::Closed
            | Self::Filtered
            | Self::Unreachable => Outcome::Failed,
            Self::OpenOrFiltered | Self::NotTested | Self::Inconclusive => Outcome::Unproven,
            Self::NoRoute | Self::BlockedHere | Self::LocalFault => Outcome::Machine,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What looking up one name came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DnsVerdict {
    /// There is at least one address.
    Resolved,
    /// The name does not exist.
    Nxdomain,
    /// The name exists and has no address.
    Nodata,
    /// The resolver could not find out.
    Servfail,
    /// The resolver does not serve this machine.
    Refused,
    /// The name leads back to itself.
    CnameLoop,
    /// No resolver answered in time.
    Timeout,
    /// The resolver cannot be reached: its port is closed or there is no route to it.
    ResolverUnreachable,
    /// Anything else that is no address: a malformed answer, an uncommon code, a word of the system's resolver.
    Failed,
    /// The run was ended before.
    Inconclusive,
}

impl DnsVerdict {
    /// Every verdict.
    pub const ALL: [Self; 10] = [
        Self::Resolved,
        Self::Nxdomain,
        Self::Nodata,
        Self::Servfail,
        Self::Refused,
        Self::CnameLoop,
        Self::Timeout,
        Self::ResolverUnreachable,
        Self::Failed,
        Self::Inconclusive,
    ];

    /// The word in tables, JSON and metrics.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Resolved => "resolved",
            Self::Nxdomain => "nxdomain",
            Self::Nodata => "nodata",
            Self::Servfail => "servfail",
            Self::Refused => "refused",
            Self::CnameLoop => "cname-loop",
            Self::Timeout => "timeout",
            Self::ResolverUnreachable => "resolver-unreachable",
            Self::Failed => "failed",
            Self::Inconclusive => "inconclusive",
        }
    }

    /// What the verdict says about the name.
    #[must_use]
    pub fn outcome(self) -> Outcome {
        match self {
            Self::Resolved => Outcome::Good,
            Self::ResolverUnreachable => Outcome::Machine,
            Self::Inconclusive => Outcome::Unproven,
            _ => Outcome::Failed,
        }
    }
}

impl fmt::Display for DnsVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What a verdict says about one thing that was asked; the program's exit codes rest on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Proven.
    Good,
    /// Not proven either way.
    Unproven,
    /// Proven not to work.
    Failed,
    /// This machine stands in the way: nothing is known about the server.
    Machine,
}
