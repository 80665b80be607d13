//! One decoded record: what a tracker says, field by field. It owns nothing and borrows nothing; its text stays in
//! the frame, and its lists lie on the shelves of [`super::Messages`].

use super::{Dec, DeviceId, Span, UtcTime};

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The tracker, to its server.
    Up,
    /// The server, to a tracker.
    Down,
}

/// What a message is for, in the words that all protocols share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Says who the tracker is, and opens a session.
    Login,
    /// A sign of life, perhaps with the state of battery and signal.
    Heartbeat,
    /// Where the tracker is, or was; also without a fix.
    Position,
    /// The state of the tracker without a place.
    Status,
    /// The answer of the tracker to a command.
    Reply,
    /// A command of the server.
    Command,
    /// An acknowledgement, in either direction.
    Acknowledgement,
    /// A question of the tracker: what time is it, where am I.
    Question,
    /// Content that is passed on and not looked into: photos, sound, accessories.
    Data,
    /// A part of a firmware update.
    Firmware,
    /// A message that no document explains.
    Unknown,
}

impl Kind {
    /// The word for it in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Heartbeat => "heartbeat",
            Self::Position => "position",
            Self::Status => "status",
            Self::Reply => "reply",
            Self::Command => "command",
            Self::Acknowledgement => "acknowledgement",
            Self::Question => "question",
            Self::Data => "data",
            Self::Firmware => "firmware",
            Self::Unknown => "unknown",
        }
    }
}

impl Direction {
    /// The word for it in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

/// The protocol's own name of a message's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// A number, and how many hexadecimal digits it has.
    Number(u32, u8),
    /// Text that stands in the frame.
    Text(Span),
}

/// One decoded record. What the frame does not say is absent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Message {
    /// Who speaks.
    pub direction: Direction,
    /// What it is for.
    pub kind: Kind,
    /// The protocol's own name of its type.
    pub code: Code,
    /// What that type is called in plain words.
    pub name: &'static str,
    /// Who it is about; from the frame, or from the session's login.
    pub device_id: Option<DeviceId>,
    /// Whether `device_id` stands in this frame, and not in an earlier one.
    pub id_in_frame: bool,
    /// The running number of the frame; an answer repeats it.
    pub serial: Option<u32>,
    /// When it was so, UTC.
    pub time: Option<UtcTime>,
    /// Whether the tracker says that it has a fix; without one, the place is an old one or none.
    pub valid: Option<bool>,
    /// Degrees, south negative.
    pub lat: Option<Dec>,
    /// Degrees, west negative.
    pub lon: Option<Dec>,
    /// Metres above the sea.
    pub altitude_m: Option<Dec>,
    /// Kilometres an hour.
    pub speed_kmh: Option<Dec>,
    /// Degrees from north, eastwards.
    pub course_deg: Option<Dec>,
    /// How many satellites were used.
    pub satellites: Option<u16>,
    /// Horizontal dilution of precision.
    pub hdop: Option<Dec>,
    /// Metres driven.
    pub odometer_m: Option<Dec>,
    /// Volts of the tracker's own battery.
    pub battery_v: Option<Dec>,
    /// Per cent of the tracker's own battery, only where it states per cent.
    pub battery_pct: Option<Dec>,
    /// Volts of the supply outside.
    pub power_v: Option<Dec>,
    /// Signal of the mobile network, dBm, only where it can be computed from what is stated.
    pub rssi_dbm: Option<i16>,
    pub(super) shelves: Shelves,
}

/// Which parts of the shared shelves belong to a message.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Shelves {
    pub(super) cells: (u32, u32),
    pub(super) events: (u32, u32),
    pub(super) attributes: (u32, u32),
}

impl Message {
    /// A message that says nothing yet.
    #[must_use]
    #[inline]
    pub(super) const fn new(direction: Direction, kind: Kind, code: Code, name: &'static str) -> Self {
        Self {
            direction,
            kind,
            code,
            name,
            device_id: None,
            id_in_frame: false,
            serial: None,
            time: None,
            valid: None,
            lat: None,
            lon: None,
            altitude_m: None,
            speed_kmh: None,
            course_deg: None,
            satellites: None,
            hdop: None,
            odometer_m: None,
            battery_v: None,
            battery_pct: None,
            power_v: None,
            rssi_dbm: None,
            shelves: Shelves { cells: (0, 0), events: (0, 0), attributes: (0, 0) },
        }
    }
}
