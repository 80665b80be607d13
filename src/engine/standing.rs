//! Where a tracker stands, and why: the last thing that was proven, never more.

use std::fmt;

use crate::profile::Means;

/// Where a tracker stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing that changes it was handed over.
    Planned,
    /// Commands were handed over, and not all were answered.
    Sent,
    /// Every command was answered, and the answers say done.
    Acknowledged,
    /// Read back after the last command: server, port and everything readable are as wanted.
    Verified,
    /// Its first message after the last command came to where it was pointed, with the identity and by the transport
    /// planned.
    Reporting,
    /// It answered with a refusal.
    Refused,
    /// Handed over, with no outcome.
    Unknown,
    /// It did not work, and that is known.
    Failed,
}

impl Standing {
    /// All of them, the least proven first; what ended otherwise stands behind.
    pub const ALL: [Self; 8] = [
        Self::Planned,
        Self::Sent,
        Self::Acknowledged,
        Self::Verified,
        Self::Reporting,
        Self::Refused,
        Self::Unknown,
        Self::Failed,
    ];
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Planned => "planned",
            Self::Sent => "sent",
            Self::Acknowledged => "acknowledged",
            Self::Verified => "verified",
            Self::Reporting => "reporting",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
            Self::Failed => "failed",
        })
    }
}

/// Why a tracker stands where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It refused the form or a value.
    Refused,
    /// It does not have the command.
    Unsupported,
    /// The password is not its own.
    WrongPassword,
    /// The sender may not do this.
    NotAuthorised,
    /// Not a byte came back.
    Silent,
    /// It answered another dialect's question.
    OtherDialect,
    /// It says it is another tracker than the one meant.
    OtherTracker,
    /// A setting reads back as something else.
    Differs,
    /// Settings that could be read back were not.
    NotReadBack,
    /// It answered, and no known reply form fits.
    NotRecognised,
    /// Only our own words came back.
    OnlyEcho,
    /// What came back is no text.
    Garbage,
    /// The port is a modem's own AT port.
    ModemPort,
    /// The port went away in the middle.
    PortLost,
    /// A command could not be handed over: nothing left this machine.
    NotSent,
    /// The network or the gateway refused a command.
    Rejected,
    /// A command was let out, and nothing tells whether it arrived.
    NoOutcome,
    /// A person stopped it.
    Interrupted,
    /// It was set, and no message of it came in the time given for it.
    NoReport,
    /// No answer can come back on the way that its commands went.
    OneWay,
    /// It got as many short messages as each tracker may get; a later run may allow more.
    TrackerCap,
}

impl Reason {
    /// The reason a refusal gives.
    #[must_use]
    pub fn of(means: Means) -> Self {
        match means {
            Means::Unsupported => Self::Unsupported,
            Means::BadPassword => Self::WrongPassword,
            Means::NotAuthorised => Self::NotAuthorised,
            _ => Self::Refused,
        }
    }
}
