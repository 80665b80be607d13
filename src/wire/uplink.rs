//! What a tracker has to say, before it is put into the words of a protocol: for simulated trackers and the checks.

use super::{Cell, Dec, UtcTime};

/// Where a tracker is and how it does. What is absent is left out, or sent as the protocol's "unknown".
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// When, UTC; 2000 to 2099.
    pub time: UtcTime,
    /// Whether there is a fix.
    pub valid: bool,
    /// Degrees, south negative.
    pub lat: Dec,
    /// Degrees, west negative.
    pub lon: Dec,
    /// Metres above the sea.
    pub altitude_m: Option<Dec>,
    /// Kilometres an hour.
    pub speed_kmh: Option<Dec>,
    /// Degrees, 0 to 359.
    pub course_deg: Option<u16>,
    /// Satellites used.
    pub satellites: Option<u8>,
    /// Horizontal dilution of precision.
    pub hdop: Option<Dec>,
    /// Metres driven.
    pub odometer_m: Option<u64>,
    /// Volts of the battery.
    pub battery_v: Option<Dec>,
    /// Per cent of the battery, 0 to 100.
    pub battery_pct: Option<u8>,
    /// Volts of the supply.
    pub power_v: Option<Dec>,
    /// Signal as the modem gives it, 0 to 31.
    pub csq: Option<u8>,
    /// The serving cell.
    pub cell: Option<Cell>,
    /// The protocol's own number of an event; none is an ordinary report.
    pub event: Option<u32>,
}

impl Report {
    /// A place with a fix at a moment, and nothing else.
    #[must_use]
    pub const fn at(time: UtcTime, lat: Dec, lon: Dec) -> Self {
        Self {
            time,
            valid: true,
            lat,
            lon,
            altitude_m: None,
            speed_kmh: None,
            course_deg: None,
            satellites: None,
            hdop: None,
            odometer_m: None,
            battery_v: None,
            battery_pct: None,
            power_v: None,
            csq: None,
            cell: None,
            event: None,
        }
    }
}

/// One thing that a tracker says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Uplink<'a> {
    /// Who it is. Protocols that have no login have nothing to send.
    Login,
    /// That it is alive, with what the report says of battery and signal where the protocol has room for it.
    Heartbeat(&'a Report),
    /// Where it is.
    Position(&'a Report),
    /// Where it is, to be confirmed by the server; the same as `Position` where the protocol knows one kind only.
    Confirmed(&'a Report),
    /// The answer to a command: the command's name or number, and the text.
    Reply {
        /// The command it answers, for protocols that repeat it.
        code: &'a str,
        /// What it says.
        text: &'a str,
    },
}

impl Uplink<'_> {
    /// What it is, in plain words.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Heartbeat(_) => "heartbeat",
            Self::Position(_) => "position",
            Self::Confirmed(_) => "confirmed position",
            Self::Reply { .. } => "reply",
        }
    }
}

/// Why something cannot be said in a protocol.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// The session does not know who the tracker is.
    #[error("the tracker has no identity yet, and {protocol} needs one: give it an IMEI")]
    NoIdentity {
        /// The protocol's name.
        protocol: &'static str,
    },
    /// The identity has not the form that the protocol has room for.
    #[error("the identity `{id}` cannot be sent by {protocol}: it takes {takes}")]
    Identity {
        /// The protocol's name.
        protocol: &'static str,
        /// The identity.
        id: String,
        /// What it takes.
        takes: &'static str,
    },
    /// A value outside of what the field holds.
    #[error("{field} is {value}, and {protocol} has room for {takes}")]
    Range {
        /// The protocol's name.
        protocol: &'static str,
        /// The field.
        field: &'static str,
        /// The value.
        value: String,
        /// What fits.
        takes: &'static str,
    },
    /// The protocol has no such message.
    #[error("{protocol} has no {what}")]
    Nothing {
        /// The protocol's name.
        protocol: &'static str,
        /// What was to be sent.
        what: &'static str,
    },
}

/// Which fields of a report come through a protocol, and how exactly: the largest difference between what was sent
/// and what is read, or none where the field is not carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carries {
    /// Degrees of latitude and longitude.
    pub degrees: Dec,
    /// Metres of altitude.
    pub altitude_m: Option<Dec>,
    /// Kilometres an hour.
    pub speed_kmh: Option<Dec>,
    /// Degrees of course; whole ones are carried by all that carry any.
    pub course: bool,
    /// The number of satellites, up to this one.
    pub satellites: Option<u8>,
    /// Dilution of precision.
    pub hdop: Option<Dec>,
    /// Metres of the odometer.
    pub odometer_m: Option<Dec>,
    /// Volts of the battery.
    pub battery_v: Option<Dec>,
    /// Whether per cent of the battery are carried.
    pub battery_pct: bool,
    /// Volts of the supply.
    pub power_v: Option<Dec>,
    /// Whether the signal is carried so that dBm can be told from it.
    pub csq: bool,
    /// Whether the serving cell is carried.
    pub cell: bool,
    /// Whether the event's number is carried.
    pub event: bool,
    /// Whether an IMEI travels without its check digit, so that 14 digits are read.
    pub bare_imei: bool,
}
