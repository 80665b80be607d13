//! The types of frames by number: what each is for and how its content is laid out.
//! Numbers mean different things to different makers; where the captures contradict, the content is kept as it is.

use super::super::super::Kind;

/// How the content of a type is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Identity in packed digits, perhaps model and time zone.
    Login,
    /// A place, and what follows it.
    Place(After),
    /// A place without satellites and speed, and an event (cameras).
    Camera,
    /// Date, length of the place, place (`79 79` frames of some makers).
    Counted,
    /// Parts with a number and a length each.
    Parts,
    /// State of the tracker: register, battery, signal, alarm, language.
    State,
    /// The same with the voltage in hundredths of a volt.
    Voltage,
    /// Length, four bytes of the server's own, text, language.
    Text,
    /// Four bytes of the server's own, encoding, text.
    LongText,
    /// A number and what it says.
    Information,
    /// Nothing that is looked into.
    Raw,
}

/// What follows a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    /// Bytes that are kept.
    Rest,
    /// A cell, then bytes that are kept.
    Cell,
    /// A cell, ignition, why it reports, whether it is an old one.
    Report,
    /// A cell with its length, state, perhaps a fence.
    Alarm,
    /// A cell of LTE, ignition, why it reports, whether it is an old one.
    LongReport,
    /// A cell of LTE with its length, state, perhaps a fence.
    LongAlarm,
}

/// A type of frame.
#[derive(Debug, Clone, Copy)]
pub(super) struct Type {
    pub(super) code: u8,
    pub(super) kind: Kind,
    pub(super) name: &'static str,
    pub(super) layout: Layout,
}

const fn of(code: u8, kind: Kind, name: &'static str, layout: Layout) -> Type {
    Type { code, kind, name, layout }
}

/// All types that have a name.
static TYPES: [Type; 45] = [
    of(0x01, Kind::Login, "login", Layout::Login),
    of(0x10, Kind::Position, "position", Layout::Place(After::Rest)),
    of(0x11, Kind::Position, "position", Layout::Place(After::Rest)),
    of(0x12, Kind::Position, "position and cell", Layout::Place(After::Cell)),
    of(0x13, Kind::Heartbeat, "heartbeat", Layout::State),
    of(0x15, Kind::Reply, "reply", Layout::Text),
    of(0x16, Kind::Position, "alarm", Layout::Place(After::Alarm)),
    of(0x17, Kind::Status, "cells", Layout::Raw),
    of(0x18, Kind::Status, "cells", Layout::Raw),
    of(0x19, Kind::Status, "cell and state", Layout::Raw),
    of(0x1A, Kind::Question, "where am I", Layout::Place(After::Rest)),
    of(0x21, Kind::Reply, "reply", Layout::LongText),
    of(0x22, Kind::Position, "position", Layout::Place(After::Report)),
    of(0x23, Kind::Heartbeat, "heartbeat", Layout::Voltage),
    of(0x24, Kind::Position, "position or cells", Layout::Place(After::Cell)),
    of(0x26, Kind::Position, "alarm", Layout::Place(After::Alarm)),
    of(0x27, Kind::Position, "alarm of a fence", Layout::Place(After::Alarm)),
    of(0x28, Kind::Status, "cells", Layout::Raw),
    of(0x2A, Kind::Question, "where am I", Layout::Place(After::Rest)),
    of(0x2C, Kind::Status, "wireless networks", Layout::Raw),
    of(0x2D, Kind::Position, "position and cell", Layout::Place(After::Cell)),
    of(0x31, Kind::Position, "position", Layout::Place(After::Cell)),
    of(0x32, Kind::Position, "position", Layout::Place(After::Rest)),
    of(0x33, Kind::Position, "position", Layout::Counted),
    of(0x36, Kind::Heartbeat, "heartbeat", Layout::State),
    of(0x37, Kind::Position, "position", Layout::Place(After::Rest)),
    of(0x66, Kind::Status, "values of the engine", Layout::Raw),
    of(0x69, Kind::Status, "wireless networks", Layout::Raw),
    of(0x70, Kind::Position, "parts", Layout::Parts),
    of(0x80, Kind::Command, "command", Layout::Text),
    of(0x81, Kind::Reply, "reply", Layout::Text),
    of(0x8A, Kind::Question, "what time is it", Layout::Raw),
    of(0x8C, Kind::Status, "values of the engine", Layout::Raw),
    of(0x94, Kind::Status, "information", Layout::Information),
    of(0x95, Kind::Position, "event of a camera", Layout::Camera),
    of(0x97, Kind::Command, "address", Layout::Raw),
    of(0x9B, Kind::Data, "pass-through", Layout::Raw),
    of(0xA0, Kind::Position, "position", Layout::Place(After::LongReport)),
    of(0xA1, Kind::Status, "cells of LTE", Layout::Raw),
    of(0xA2, Kind::Status, "wireless networks", Layout::Raw),
    of(0xA3, Kind::Position, "position and cell", Layout::Place(After::Rest)),
    of(0xA4, Kind::Position, "alarm", Layout::Place(After::LongAlarm)),
    of(0xA5, Kind::Status, "cell and state", Layout::Raw),
    of(0xF3, Kind::Status, "wireless networks", Layout::Raw),
    of(0xFD, Kind::Status, "identity", Layout::Raw),
];

/// A type by its number.
pub(super) fn find(code: u8) -> Option<&'static Type> {
    TYPES.binary_search_by_key(&code, |entry| entry.code).ok().and_then(|at| TYPES.get(at))
}

/// Alarms by number, as the papers of Concox list them.
pub(super) fn alarm(code: u8) -> &'static str {
    match code {
        0x01 => "SOS",
        0x02 => "power cut",
        0x03 => "vibration",
        0x04 => "enters fence",
        0x05 => "leaves fence",
        0x06 => "speeding",
        0x09 => "displacement",
        0x0A => "GPS signal lost",
        0x0B => "GPS signal found",
        0x0C => "power on",
        0x0D => "first GPS fix",
        0x0E => "external power low",
        0x0F => "external power low, protection",
        0x10 => "SIM changed",
        0x11 => "power off",
        0x12 => "flight mode",
        0x13 => "tampering",
        0x14 => "door",
        0x15 => "low battery, shuts down",
        0x19 => "battery low",
        0xFE => "ignition on",
        0xFF => "ignition off",
        _ => "unknown",
    }
}

/// The bits of the state register, from bit 0; bits 3 to 5 are a number for the last alarm.
pub(super) const STATE: &[&str] =
    &["armed", "ignition on", "charging", "", "", "", "GPS on", "oil and electricity cut"];
