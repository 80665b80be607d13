//! `homing.message/1`: one decoded message. What the frame does not say is absent; numbers have the digits of the wire.
//! Written straight into bytes, as a capture has millions of them and a general serializer takes most of the time.

use std::io;

use serde::Serialize;
use serde::ser::{Error as _, Serializer};

use super::write::{Object, decimal, digits_of, flag, list, moment, pair, text, unsigned};
use crate::wire::{Cell, Checksum, Dec, Event, Length, Protocol, Value, View};

/// The schema of one message.
pub const MESSAGE: &str = "homing.message/1";

/// A view of one message.
#[derive(Debug, Clone, Copy)]
pub struct MessageView<'a> {
    protocol: &'static Protocol,
    view: View<'a>,
    line: Option<u64>,
}

/// A view of a message of a protocol. `line` is the line of the input it stood in, counted from 1, where there are
/// lines.
#[must_use]
pub fn message<'a>(protocol: &'static Protocol, view: View<'a>, line: Option<u64>) -> MessageView<'a> {
    MessageView { protocol, view, line }
}

impl MessageView<'_> {
    /// Appends the message as JSON, in one line without a line break.
    ///
    /// # Errors
    /// None in practice: memory takes everything.
    pub fn write(&self, out: &mut Vec<u8>) -> io::Result<()> {
        let view = &self.view;
        let mut object = Object::open(out);
        object.text("schema", MESSAGE)?;
        object.text("protocol", self.protocol.name)?;
        object.text("direction", view.direction.word())?;
        object.text("kind", view.kind.word())?;
        if let Some(id) = &view.device_id {
            object.text("device_id", id.as_str())?;
        }
        object.maybe("time", view.time, moment);
        object.maybe("valid", view.valid, flag);
        object.maybe("lat", view.lat, decimal);
        object.maybe("lon", view.lon, decimal);
        object.maybe("altitude_m", view.altitude_m, decimal);
        object.maybe("speed_kmh", view.speed_kmh, decimal);
        object.maybe("course_deg", view.course_deg, decimal);
        object.maybe("satellites", view.satellites, |out, number| unsigned(out, number.into()));
        object.maybe("hdop", view.hdop, decimal);
        object.maybe("odometer_m", view.odometer_m, decimal);
        object.maybe("battery_v", view.battery_v, decimal);
        object.maybe("battery_pct", view.battery_pct, decimal);
        object.maybe("power_v", view.power_v, decimal);
        object.maybe("rssi_dbm", view.rssi_dbm, |out, dbm| decimal(out, Dec::whole(dbm.into())));
        if !view.cells().is_empty() {
            list(object.key("cells"), view.cells(), cell)?;
        }
        if !view.events().is_empty() {
            list(object.key("events"), view.events(), |out, event| self.event(out, event))?;
        }
        attributes(object.key("attributes"), view)?;
        object.maybe("checksum", view.messages().checksum(), checksum);
        object.maybe("length", view.messages().length(), length);
        digits_of(object.key("raw"), view.frame());
        object.maybe("line", self.line, unsigned);
        object.close();
        Ok(())
    }

    fn event(&self, out: &mut Vec<u8>, event: &Event) -> io::Result<()> {
        let mut object = Object::open(out);
        unsigned(object.key("code"), event.code.into());
        object.text("name", event.name)?;
        if let Some(span) = event.data {
            object.text("data", &self.view.text(span))?;
        }
        object.close();
        Ok(())
    }
}

/// Where a message stands inside of another document, it is the same JSON.
impl Serialize for MessageView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = Vec::new();
        self.write(&mut text).map_err(S::Error::custom)?;
        let value: serde_json::Value = serde_json::from_slice(&text).map_err(S::Error::custom)?;
        value.serialize(serializer)
    }
}

/// How far back an attribute of the same name is looked for. Frames that say the same thing twice say it close together.
const LOOK_BACK: usize = 256;

/// Appends what a message says beyond the shared fields, and what its frame is called by its protocol.
///
/// # Errors
/// None in practice: memory takes everything.
pub fn attributes(out: &mut Vec<u8>, view: &View<'_>) -> io::Result<()> {
    let mut object = Object::open(out);
    object.text("type", &view.code())?;
    object.text("type_name", view.name)?;
    object.maybe("serial", view.serial, |out, number| unsigned(out, number.into()));
    for (place, attribute) in view.attributes().iter().enumerate() {
        let before = view.attributes().get(place.saturating_sub(LOOK_BACK)..place).unwrap_or_default();
        let again =
            before.iter().filter(|other| other.index == attribute.index && other.name == attribute.name);
        content(object.nth(attribute, again.count()), attribute.value, view)?;
    }
    object.close();
    Ok(())
}

/// What an attribute says.
fn content(out: &mut Vec<u8>, value: Value, view: &View<'_>) -> io::Result<()> {
    match value {
        Value::Dec(number) => decimal(out, number),
        Value::Flag(yes) => flag(out, yes),
        Value::Text(span) => text(out, &view.text(span))?,
        Value::Bytes(span) => digits_of(out, view.bytes(span)),
        Value::Word(word) => text(out, word)?,
        Value::Bits { value: bits, .. } => {
            let mut object = Object::open(out);
            unsigned(object.key("value"), bits.into());
            names(object.key("set"), value)?;
            object.close();
        }
        Value::Time(time) => moment(out, time),
        Value::Id(id) => text(out, id.as_str())?,
        Value::Trouble(code) => text(out, &Value::trouble_text(code))?,
    }
    Ok(())
}

/// The names of the bits that are set.
fn names(out: &mut Vec<u8>, bits: Value) -> io::Result<()> {
    out.push(b'[');
    for (number, name) in bits.names().enumerate() {
        if number > 0 {
            out.push(b',');
        }
        text(out, name)?;
    }
    out.push(b']');
    Ok(())
}

fn cell(out: &mut Vec<u8>, cell: &Cell) -> io::Result<()> {
    let mut object = Object::open(out);
    object.maybe("mcc", cell.mcc, |out, number| unsigned(out, number.into()));
    object.maybe("mnc", cell.mnc, |out, number| unsigned(out, number.into()));
    object.maybe("lac", cell.lac, |out, number| unsigned(out, number.into()));
    object.maybe("cid", cell.cid, unsigned);
    object.maybe("rssi_dbm", cell.rssi_dbm, |out, dbm| decimal(out, Dec::whole(dbm.into())));
    object.close();
    Ok(())
}

/// A checksum; its digits are hexadecimal, as papers write them.
fn checksum(out: &mut Vec<u8>, sum: Checksum) {
    let mut object = Object::open(out);
    for (key, value) in [("got", sum.got), ("want", sum.want)] {
        let pairs = value.to_be_bytes().map(pair);
        let all = pairs.as_flattened();
        let from = all.len().saturating_sub(usize::from(sum.digits));
        let out = object.key(key);
        out.push(b'"');
        out.extend_from_slice(all.get(from..).unwrap_or_default());
        out.push(b'"');
    }
    flag(object.key("ok"), sum.got == sum.want);
    object.close();
}

fn length(out: &mut Vec<u8>, length: Length) {
    let mut object = Object::open(out);
    unsigned(object.key("declared"), length.declared.into());
    unsigned(object.key("actual"), length.actual.into());
    flag(object.key("ok"), length.declared == length.actual);
    object.close();
}
