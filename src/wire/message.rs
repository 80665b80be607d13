//! One decoded record, and the reusable shelf that holds those of a frame.
//! Text stays in the frame and is pointed at; lists lie on shared shelves: decoding a stream of frames allocates nothing.

use std::borrow::Cow;
use std::ops::Range;

use super::{Attribute, Cell, Damage, Dec, DeviceId, Event, Span, UtcTime};

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

/// A checksum as carried and as computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checksum {
    /// What the frame carries.
    pub got: u32,
    /// What its bytes give.
    pub want: u32,
    /// Hexadecimal digits of either.
    pub digits: u8,
}

/// A length as declared and as counted, by the protocol's own rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// What the frame says.
    pub declared: u32,
    /// What was counted.
    pub actual: u32,
}

/// The messages of one frame, and what is wrong with it. To be used again and again.
#[derive(Debug, Clone, Default)]
pub struct Messages {
    pub(super) list: Vec<Message>,
    pub(super) cells: Vec<Cell>,
    pub(super) events: Vec<Event>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) damage: Vec<Damage>,
    pub(super) checksum: Option<Checksum>,
    pub(super) length: Option<Length>,
    /// The frame without its escapes, for protocols that have some.
    pub(super) plain: Vec<u8>,
    /// Where in `plain` a byte took two in the frame.
    pub(super) escapes: Vec<u32>,
}

impl Messages {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets everything and keeps the room. Decoding does this itself.
    #[inline]
    pub fn clear(&mut self) {
        self.list.clear();
        self.cells.clear();
        self.events.clear();
        self.attributes.clear();
        self.damage.clear();
        self.plain.clear();
        self.escapes.clear();
        (self.checksum, self.length) = (None, None);
    }

    /// How many messages the frame holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether the frame holds no message.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// What is wrong with the frame, the gravest first.
    #[must_use]
    pub fn damage(&self) -> &[Damage] {
        &self.damage
    }

    /// The checksum, for protocols that have one.
    #[must_use]
    pub fn checksum(&self) -> Option<Checksum> {
        self.checksum
    }

    /// The declared and counted length, for protocols that declare one.
    #[must_use]
    pub fn length(&self) -> Option<Length> {
        self.length
    }

    /// The first message, which is the only one of most frames.
    #[must_use]
    #[inline]
    pub fn first(&self) -> Option<&Message> {
        self.list.first()
    }

    /// The messages with everything that belongs to them. `frame` is the one that was decoded.
    pub fn views<'a>(&'a self, frame: &'a [u8]) -> impl ExactSizeIterator<Item = View<'a>> {
        self.list.iter().map(move |message| View { message, messages: self, frame })
    }

    /// The bytes that spans point into: the frame, without its escapes where the protocol has some.
    #[must_use]
    pub fn plain<'a>(&'a self, frame: &'a [u8]) -> &'a [u8] {
        if self.plain.is_empty() { frame } else { &self.plain }
    }

    /// Where a span stands in the frame as it came, escapes included.
    #[must_use]
    pub fn raw_span(&self, span: Span) -> Span {
        let raw = |at: usize| at + self.escapes.partition_point(|escaped| (*escaped as usize) < at);
        Span::between(raw(span.at as usize), raw(span.end()))
    }
}

/// A message together with what it points at.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    message: &'a Message,
    messages: &'a Messages,
    frame: &'a [u8],
}

impl<'a> View<'a> {
    /// The whole frame, as it came.
    #[must_use]
    pub fn frame(&self) -> &'a [u8] {
        self.frame
    }

    /// Everything that the frame's messages share: checksum, length, damage.
    #[must_use]
    pub fn messages(&self) -> &'a Messages {
        self.messages
    }

    /// The cells it names, the serving one first.
    #[must_use]
    pub fn cells(&self) -> &'a [Cell] {
        part(&self.messages.cells, self.message.shelves.cells)
    }

    /// Its events and alarms.
    #[must_use]
    pub fn events(&self) -> &'a [Event] {
        part(&self.messages.events, self.message.shelves.events)
    }

    /// What it says beyond the shared fields.
    #[must_use]
    pub fn attributes(&self) -> &'a [Attribute] {
        part(&self.messages.attributes, self.message.shelves.attributes)
    }

    /// An attribute by its name; of several, the first.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&'a Attribute> {
        self.attributes().iter().find(|attribute| attribute.name == name)
    }

    /// The bytes of a span.
    #[must_use]
    pub fn bytes(&self, span: Span) -> &'a [u8] {
        span.of(self.messages.plain(self.frame))
    }

    /// The text of a span. What is no UTF-8 becomes U+FFFD; control characters are left as they came.
    #[must_use]
    pub fn text(&self, span: Span) -> Cow<'a, str> {
        String::from_utf8_lossy(self.bytes(span))
    }

    /// The protocol's own name of the message's type: `000`, `0x12`, `UD_LTE`.
    #[must_use]
    pub fn code(&self) -> Cow<'a, str> {
        match self.message.code {
            Code::Number(number, digits) => {
                Cow::Owned(format!("0x{number:0digits$X}", digits = usize::from(digits)))
            }
            Code::Text(span) => self.text(span),
        }
    }
}

impl std::ops::Deref for View<'_> {
    type Target = Message;

    fn deref(&self) -> &Message {
        self.message
    }
}

fn part<T>(shelf: &[T], (from, to): (u32, u32)) -> &[T] {
    shelf.get(Range { start: from as usize, end: to as usize }).unwrap_or_default()
}
