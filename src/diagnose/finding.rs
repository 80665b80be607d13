//! What the diagnosis has to say: a code for programs, and two sentences for a person.

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// Bytes that no protocol knows, or frames that are damaged: a strict server drops them.
    WouldDrop,
    /// Messages that name nobody, on a connection that began without a login.
    NoIdentity,
    /// Not the tracker that was expected.
    OtherIdentity,
    /// The expected tracker, which calls itself by a part of its IMEI.
    ShortIdentity,
    /// A login again and again, and nothing behind it.
    LoginRepeated,
    /// One and the same frame again and again.
    MessageRepeated,
    /// Connections that come and go.
    Churn,
    /// A transport that the protocol is not known to travel by.
    WrongTransport,
    /// A second server is in use.
    SecondServer,
    /// No position with a fix.
    NoFix,
    /// The clock was never set.
    ClockNotSet,
    /// The clock is 1,024 weeks behind, or a multiple of that.
    WeekRollover,
    /// The clock goes by another time zone than UTC.
    TimeZone,
    /// The clock is wrong by a time that is neither.
    ClockSkew,
    /// Single messages with a time that is still to come.
    FutureTime,
    /// One and the same time again and again.
    StaleTime,
    /// Messages that were kept back and came late.
    BufferedUpload,
    /// It reports more or less often than set.
    IntervalDiffers,
    /// Reports are missing in between.
    Gaps,
    /// The battery is low.
    BatteryLow,
    /// The supply is off or cut.
    NoPower,
    /// The signal of the mobile network is weak.
    WeakSignal,
    /// Traffic that is no tracker's.
    Foreign,
}

impl Code {
    /// The word for it in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::WouldDrop => "would-drop",
            Self::NoIdentity => "no-identity",
            Self::OtherIdentity => "other-identity",
            Self::ShortIdentity => "short-identity",
            Self::LoginRepeated => "login-repeated",
            Self::MessageRepeated => "message-repeated",
            Self::Churn => "connections-come-and-go",
            Self::WrongTransport => "wrong-transport",
            Self::SecondServer => "second-server",
            Self::NoFix => "no-fix",
            Self::ClockNotSet => "clock-not-set",
            Self::WeekRollover => "week-rollover",
            Self::TimeZone => "time-zone",
            Self::ClockSkew => "clock-skew",
            Self::FutureTime => "future-time",
            Self::StaleTime => "stale-time",
            Self::BufferedUpload => "buffered-upload",
            Self::IntervalDiffers => "interval-differs",
            Self::Gaps => "gaps",
            Self::BatteryLow => "battery-low",
            Self::NoPower => "no-power",
            Self::WeakSignal => "weak-signal",
            Self::Foreign => "foreign-traffic",
        }
    }

    /// How much it matters.
    #[must_use]
    pub const fn weight(self) -> Weight {
        match self {
            Self::WouldDrop
            | Self::NoIdentity
            | Self::OtherIdentity
            | Self::LoginRepeated
            | Self::MessageRepeated
            | Self::WrongTransport
            | Self::NoFix
            | Self::ClockNotSet
            | Self::WeekRollover
            | Self::TimeZone
            | Self::ClockSkew => Weight::Problem,
            Self::Churn
            | Self::SecondServer
            | Self::FutureTime
            | Self::StaleTime
            | Self::IntervalDiffers
            | Self::Gaps
            | Self::BatteryLow
            | Self::WeakSignal => Weight::Warning,
            // A tracker that is carried around has no supply outside most of the time.
            Self::ShortIdentity | Self::BufferedUpload | Self::NoPower | Self::Foreign => Weight::Note,
        }
    }
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The tracker will not be seen, or in the wrong place or time.
    Problem,
    /// It works, and something is not as it should be.
    Warning,
    /// Good to know.
    Note,
}

impl Weight {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Problem => "problem",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One thing that the diagnosis has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub code: Code,
    /// The tracker's identity, where it is about one.
    pub device_id: Option<String>,
    /// One sentence with what shows it.
    pub evidence: String,
    /// One sentence on what to do.
    pub advice: String,
}

impl Finding {
    /// A finding about everything.
    #[must_use]
    pub(super) fn new(code: Code, evidence: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { code, device_id: None, evidence: evidence.into(), advice: advice.into() }
    }

    /// The same about one tracker.
    #[must_use]
    pub(super) fn of(mut self, device_id: Option<&str>) -> Self {
        self.device_id = device_id.map(str::to_owned);
        self
    }
}
