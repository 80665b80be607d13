//! What the listener made of a frame, kept beyond the frame, each field under the name that JSON has for it.

use crate::wire::{
    Attribute, Cell, Checksum, Damage, Dec, Event, Kind, Length, Message, Protocol, Value, View,
};

/// A decoded message that owns what it says.
#[derive(Debug, Clone)]
pub(super) struct Got {
    pub(super) protocol: &'static Protocol,
    pub(super) claimed: bool,
    pub(super) message: Message,
    code: String,
    cell: Option<Cell>,
    event: Option<Event>,
    event_data: Option<String>,
    attributes: Vec<(String, Seen)>,
    pub(super) damage: Vec<Damage>,
    checksum: Option<Checksum>,
    length: Option<Length>,
}

/// A field as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Seen {
    Number(Dec),
    Text(String),
}

impl std::fmt::Display for Seen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => number.short().fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl Got {
    pub(super) fn new(protocol: &'static Protocol, claimed: bool, view: &View<'_>) -> Self {
        let event = view.events().first().copied();
        Self {
            protocol,
            claimed,
            message: **view,
            code: view.code().into_owned(),
            cell: view.cells().first().copied(),
            event,
            event_data: event.and_then(|event| event.data).map(|span| view.text(span).into_owned()),
            attributes: view.attributes().iter().map(|attribute| named(attribute, view)).collect(),
            damage: view.messages().damage().to_vec(),
            checksum: view.messages().checksum(),
            length: view.messages().length(),
        }
    }

    /// A field by its name. Attributes of which there are several have their number behind them: `ad_v2`.
    pub(super) fn field(&self, name: &str) -> Option<Seen> {
        let message = &self.message;
        let number = |value: Option<Dec>| value.map(Seen::Number);
        let whole = |value: Option<i64>| value.map(|value| Seen::Number(Dec::whole(value)));
        let cell = |part: fn(&Cell) -> Option<i64>| self.cell.as_ref().and_then(part);
        match name {
            "protocol" => Some(Seen::Text(self.protocol.name.to_owned())),
            "kind" => Some(Seen::Text(message.kind.word().to_owned())),
            "code" => Some(Seen::Text(self.code.clone())),
            "device_id" => message.device_id.map(|id| Seen::Text(id.to_string())),
            "serial" => whole(message.serial.map(i64::from)),
            "time" => message.time.map(|time| Seen::Text(time.to_string())),
            "valid" => message.valid.map(|valid| Seen::Text(valid.to_string())),
            "lat" => number(message.lat),
            "lon" => number(message.lon),
            "altitude_m" => number(message.altitude_m),
            "speed_kmh" => number(message.speed_kmh),
            "course_deg" => number(message.course_deg),
            "satellites" => whole(message.satellites.map(i64::from)),
            "hdop" => number(message.hdop),
            "odometer_m" => number(message.odometer_m),
            "battery_v" => number(message.battery_v),
            "battery_pct" => number(message.battery_pct),
            "power_v" => number(message.power_v),
            "rssi_dbm" => whole(message.rssi_dbm.map(i64::from)),
            "mcc" => whole(cell(|cell| cell.mcc.map(i64::from))),
            "mnc" => whole(cell(|cell| cell.mnc.map(i64::from))),
            "lac" => whole(cell(|cell| cell.lac.map(i64::from))),
            "cid" => whole(cell(|cell| cell.cid.and_then(|cid| i64::try_from(cid).ok()))),
            "event" => whole(self.event.map(|event| i64::from(event.code))),
            "event_name" => self.event.map(|event| Seen::Text(event.name.to_owned())),
            "event_data" => self.event_data.clone().map(Seen::Text),
            "length_declared" => whole(self.length.map(|length| i64::from(length.declared))),
            "length_actual" => whole(self.length.map(|length| i64::from(length.actual))),
            "checksum_got" => self.sum(|sum| sum.got),
            "checksum_want" => self.sum(|sum| sum.want),
            _ => self.attribute(name),
        }
    }

    fn sum(&self, which: fn(&Checksum) -> u32) -> Option<Seen> {
        let text = |sum: &Checksum| format!("{:0digits$X}", which(sum), digits = usize::from(sum.digits));
        self.checksum.as_ref().map(|sum| Seen::Text(text(sum)))
    }

    fn attribute(&self, name: &str) -> Option<Seen> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, seen)| seen.clone())
    }

    /// Whether it is a message of this kind, for a sentence.
    pub(super) fn kind(&self) -> Kind {
        self.message.kind
    }
}

fn named(attribute: &Attribute, view: &View<'_>) -> (String, Seen) {
    let name = match attribute.index {
        0 => attribute.name.to_owned(),
        index => format!("{}{index}", attribute.name),
    };
    let seen = match attribute.value {
        Value::Dec(number) => Seen::Number(number),
        Value::Flag(flag) => Seen::Text(flag.to_string()),
        Value::Text(span) => Seen::Text(view.text(span).into_owned()),
        Value::Bytes(span) => Seen::Text(hex(view.bytes(span))),
        Value::Word(word) => Seen::Text(word.to_owned()),
        Value::Bits { value, digits, .. } => {
            Seen::Text(format!("{value:0digits$X}", digits = usize::from(digits)))
        }
        Value::Time(time) => Seen::Text(time.to_string()),
        Value::Id(id) => Seen::Text(id.to_string()),
        Value::Trouble(code) => Seen::Text(Value::trouble_text(code)),
    };
    (name, seen)
}

/// Bytes as upper-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}
