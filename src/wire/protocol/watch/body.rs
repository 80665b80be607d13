//! Reads a frame: maker, identity, length, and the fields of its content.

use super::super::super::ascii::{hex, is_latitude, is_longitude, number, six};
use super::super::super::pen::Pen;
use super::super::super::{
    Cell, Code, Damage, Dec, DeviceId, Direction, Kind, Message, Messages, Span, Trace, Value,
};
use super::{LENGTH_RULE, Start, start, whole_start};

/// Kind and name of a content by its first field.
fn describe(code: &[u8]) -> Option<(Kind, &'static str)> {
    Some(match code {
        b"LK" => (Kind::Heartbeat, "sign of life"),
        b"INIT" => (Kind::Login, "login"),
        b"UD2" => (Kind::Position, "buffered position"),
        _ if code.starts_with(b"UD") => (Kind::Position, "position"),
        _ if code.starts_with(b"AL") => (Kind::Position, "alarm"),
        b"WT" => (Kind::Position, "position, on weather's request"),
        b"TKQ" | b"TKQ2" => (Kind::Question, "is there sound"),
        b"TK" | b"JXTK" | b"IMG" | b"img" | b"rcapture" => (Kind::Data, "sound or photo"),
        b"PULSE" | b"heart" | b"bphrt" | b"BLOOD" | b"TEMP" | b"btemp2" | b"oxygen" => {
            (Kind::Status, "health")
        }
        b"CR" | b"UPLOAD" | b"IP" | b"APN" | b"CENTER" | b"SOS" | b"LZ" | b"RESET" | b"POWEROFF"
        | b"FIND" | b"VERNO" | b"TS" | b"PING" | b"CONFIG" => (Kind::Reply, "reply or command"),
        _ => return None,
    })
}

const STATUS: &[&str] = &[
    "battery low",
    "out of fence",
    "in fence",
    "bracelet on",
    "moving",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "SOS",
    "battery low alarm",
    "leaves fence",
    "enters fence",
    "taken off",
    "fall",
];

/// The first bit of the register that is an alarm.
const FIRST_ALARM: u32 = 16;

/// Decodes a frame as far as it goes.
pub(super) fn read<T: Trace>(frame: &[u8], out: &mut Messages, trace: &mut T) {
    let code = Code::Text(Span::default());
    let mut pen = Pen::new(out, trace, Message::new(Direction::Up, Kind::Unknown, code, "unknown"));
    let head = match start(frame) {
        Start::Head(head) => Some(head),
        Start::Partial | Start::No(_) => whole_start(frame),
    };
    match head {
        Some(head) => whole(frame, head, &mut pen),
        None => pen.damage(Damage::Field {
            field: "start",
            span: Span::new(0, frame.len().min(8)),
            expected: "[, maker, identity and length, divided by *",
        }),
    }
    pen.close();
}

fn whole<T: Trace>(frame: &[u8], head: super::Head, pen: &mut Pen<'_, T>) {
    let closed = frame.last() == Some(&b']');
    let content = Span::between(head.content, frame.len() - usize::from(closed));
    pen.show("start", Span::new(0, 1), Value::Text(Span::new(0, 1)), "");
    pen.show("maker", Span::new(1, 2), Value::Text(Span::new(1, 2)), "");
    let id = Span::between(4, head.id_end);
    pen.message.device_id = DeviceId::new(id.of(frame));
    pen.show("device_id", id, Value::Text(id), "");
    if let Some(index) = head.index {
        let span = Span::new(index, 4);
        pen.message.serial = hex(span.of(frame)).map(|index| index as u32);
        pen.show("serial", span, Value::Text(span), "");
    }
    pen.length(Span::new(head.length_at, 4), head.length, content.len as usize, LENGTH_RULE);
    if !closed {
        pen.damage(Damage::End { expected: "]" });
    }
    let mut fields = Fields { frame, at: head.content, end: content.end() };
    let (code, span) = fields.next().unwrap_or((&[], content));
    pen.message.code = Code::Text(span);
    if let Some((kind, name)) = describe(code) {
        (pen.message.kind, pen.message.name) = (kind, name);
    }
    let name = pen.message.name;
    pen.show("code", span, Value::Word(name), "");
    let result = match (pen.message.kind, code) {
        (Kind::Position, _) => position(&mut fields, pen),
        (Kind::Heartbeat, _) => alive(&mut fields, pen),
        (Kind::Status, _) => health(code, &mut fields, pen),
        _ => Ok(()),
    };
    pen.note(result);
    let rest = Span::between(fields.at.min(content.end()), content.end());
    if rest.len > 0 {
        pen.put("rest", rest, Value::Text(rest), "");
    }
}

/// Fields between commas, each with its place and without blanks around it.
struct Fields<'a> {
    frame: &'a [u8],
    at: usize,
    end: usize,
}

impl<'a> Iterator for Fields<'a> {
    type Item = (&'a [u8], Span);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.frame.get(self.at..self.end)?;
        let length = rest.iter().position(|byte| *byte == b',').unwrap_or(rest.len());
        let span = Span::new(self.at, length);
        self.at += length + 1;
        Some((rest.get(..length)?.trim_ascii(), span))
    }
}

impl<'a> Fields<'a> {
    fn need(&mut self, field: &'static str) -> Result<(&'a [u8], Span), Damage> {
        let at = self.at.min(self.end) as u32;
        self.next().ok_or(Damage::Short { field, at, needed: 1, present: 0 })
    }

    /// A number, nothing when the field is empty.
    fn number<T: Trace>(
        &mut self,
        field: &'static str,
        unit: &'static str,
        pen: &mut Pen<'_, T>,
    ) -> Result<Option<(Dec, Span)>, Damage> {
        let (text, span) = self.need(field)?;
        if text.is_empty() {
            return Ok(None);
        }
        match Dec::parse(text) {
            Some(value) => {
                pen.show(field, span, Value::Dec(value), unit);
                Ok(Some((value, span)))
            }
            None => {
                pen.damage(Damage::Field { field, span, expected: "a number" });
                Ok(None)
            }
        }
    }
}

/// `ddmmyy,hhmmss,A,lat,N,lon,E,km/h,course,altitude,satellites,signal %,battery %,steps,tumbles,status,cells…`
fn position<T: Trace>(fields: &mut Fields<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    moment(fields, pen)?;
    let (text, span) = fields.need("valid")?;
    pen.message.valid = match text {
        b"A" => Some(true),
        b"V" => Some(false),
        _ => None,
    };
    match pen.message.valid {
        Some(valid) => pen.show("valid", span, Value::Flag(valid), ""),
        None => pen.damage(Damage::Field { field: "valid", span, expected: "A or V" }),
    }
    pen.message.lat = degrees(fields, "lat", is_latitude, pen)?;
    pen.message.lon = degrees(fields, "lon", is_longitude, pen)?;
    pen.message.speed_kmh = fields.number("speed_kmh", "km/h", pen)?.map(|(value, _)| value);
    pen.message.course_deg = fields.number("course_deg", "degrees", pen)?.map(|(value, _)| value);
    pen.message.altitude_m = fields.number("altitude_m", "m", pen)?.map(|(value, _)| value);
    let satellites = fields.number("satellites", "", pen)?;
    pen.message.satellites =
        satellites.and_then(|(value, _)| value.round()).and_then(|count| u16::try_from(count).ok());
    if let Some((percent, span)) = fields.number("signal_pct", "%", pen)? {
        pen.also("signal_pct", span, Value::Dec(percent));
    }
    pen.message.battery_pct = fields.number("battery_pct", "%", pen)?.map(|(value, _)| value);
    for name in ["steps", "tumbles"] {
        if let Some((count, span)) = fields.number(name, "", pen)? {
            pen.also(name, span, Value::Dec(count));
        }
    }
    register(fields, pen)?;
    cells(fields, pen)
}

fn moment<T: Trace>(fields: &mut Fields<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let ((date, span), (clock, clock_span)) = (fields.need("time")?, fields.need("time")?);
    let six = six(&[date, clock].concat())
        .map(|[day, month, year, hour, minute, second]| [year, month, day, hour, minute, second]);
    pen.time(Span::between(span.at as usize, clock_span.end()), six, 0, "ddmmyy,hhmmss");
    Ok(())
}

/// Degrees with a letter for the side; some have a sign as well, which then stands.
fn degrees<T: Trace>(
    fields: &mut Fields<'_>,
    field: &'static str,
    fits: fn(Dec) -> bool,
    pen: &mut Pen<'_, T>,
) -> Result<Option<Dec>, Damage> {
    let value = fields.number(field, "degrees", pen)?;
    let (side, _) = fields.need(field)?;
    let Some((degrees, span)) = value else { return Ok(None) };
    if !fits(degrees) {
        pen.damage(Damage::Field { field, span, expected: "degrees of this earth" });
        return Ok(None);
    }
    let is_minus = matches!(side, b"S" | b"W");
    Ok(Some(if is_minus { degrees.min(degrees.negated()) } else { degrees }))
}

/// The register of states and, from bit 16 on, alarms, which only an alarm's frame raises.
fn register<T: Trace>(fields: &mut Fields<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let (text, span) = fields.need("status")?;
    let Some(value) = hex(text).and_then(|value| u32::try_from(value).ok()) else {
        pen.damage(Damage::Field { field: "status", span, expected: "hexadecimal digits" });
        return Ok(());
    };
    pen.put("status", span, Value::Bits { value, digits: text.len() as u8, names: STATUS }, "");
    if pen.message.name == "alarm" {
        for (bit, name) in (0..32_u32).zip(STATUS).skip(FIRST_ALARM as usize) {
            if value >> bit & 1 == 1 {
                pen.event(span, bit, name, None);
            }
        }
    }
    Ok(())
}

/// A count of cells, timing advance, country, network, then area, identity and signal of each. Not all have them.
fn cells<T: Trace>(fields: &mut Fields<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let Some((count, span)) = fields.next() else { return Ok(()) };
    let count = number(count).unwrap_or_default();
    pen.show("cells", span, Value::Text(span), "");
    if count == 0 || fields.at >= fields.end {
        return Ok(());
    }
    fields.need("timing advance")?;
    let (mcc, mnc) = (part(fields, number)?, part(fields, number)?);
    for _ in 0..count {
        if fields.at >= fields.end {
            break;
        }
        let from = fields.at;
        // Some write these two in hexadecimal; letters tell.
        let (lac, cid) = (part(fields, either)?, part(fields, either)?);
        fields.need("signal of a cell")?;
        let span = Span::between(from, fields.at.saturating_sub(1));
        pen.show("cell", span, Value::Text(span), "");
        let small = |value: Option<u64>| value.and_then(|value| u16::try_from(value).ok());
        let lac = lac.and_then(|lac| u32::try_from(lac).ok());
        pen.cell(Cell { mcc: small(mcc), mnc: small(mnc), lac, cid, rssi_dbm: None });
    }
    Ok(())
}

fn part(fields: &mut Fields<'_>, read: fn(&[u8]) -> Option<u64>) -> Result<Option<u64>, Damage> {
    Ok(read(fields.need("cell")?.0))
}

fn either(text: &[u8]) -> Option<u64> {
    number(text).or_else(|| hex(text))
}

/// `LK`, alone or with steps, tumbles and battery.
fn alive<T: Trace>(fields: &mut Fields<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    if fields.clone_rest().filter(|byte| *byte == b',').count() != 2 {
        return Ok(());
    }
    for name in ["steps", "tumbles"] {
        if let Some((count, span)) = fields.number(name, "", pen)? {
            pen.also(name, span, Value::Dec(count));
        }
    }
    pen.message.battery_pct = fields.number("battery_pct", "%", pen)?.map(|(value, _)| value);
    Ok(())
}

impl Fields<'_> {
    fn clone_rest(&self) -> impl Iterator<Item = u8> {
        self.frame.get(self.at..self.end).unwrap_or_default().iter().copied()
    }
}

fn health<T: Trace>(code: &[u8], fields: &mut Fields<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let names: &[(&'static str, &'static str)] = match code {
        b"PULSE" | b"heart" => &[("pulse", "1/min")],
        b"BLOOD" => &[("systolic", "mmHg"), ("diastolic", "mmHg")],
        b"TEMP" => &[("temperature_c", "°C")],
        _ => &[],
    };
    for (name, unit) in names {
        if let Some((value, span)) = fields.number(name, unit, pen)? {
            pen.also(name, span, Value::Dec(value));
        }
    }
    Ok(())
}

/// The marks of a content: a known first field.
pub(super) fn marks(content: &[u8]) -> u8 {
    let code = content.split(|byte| matches!(byte, b',' | b']')).next().unwrap_or_default();
    if describe(code).is_some() { 3 } else { 0 }
}
