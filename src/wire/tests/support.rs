//! Captures of others, read where they are; and small helpers.

use std::path::PathBuf;

use serde_json::Value as Json;

use super::super::{
    Attribute, Dec, Direction, EncodeError, Evidence, Fit, Found, Framing, Messages, Protocol, Session,
    Stream, Uplink, Value, View, What,
};

/// One captured input and what another decoder makes of it.
pub(in super::super) struct Capture {
    pub(in super::super) protocol: String,
    pub(in super::super) place: (i64, i64),
    pub(in super::super) bytes: Vec<u8>,
    pub(in super::super) positions: Vec<Json>,
}

#[expect(clippy::print_stderr, reason = "whoever reads the test's output is told that nothing was compared")]
/// The captures, or none with a word about it: they are not part of the project.
pub(in super::super) fn captures() -> Vec<Capture> {
    let folder = std::env::var_os("HOMING_VECTORS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors"), PathBuf::from);
    let Ok(text) = std::fs::read_to_string(folder.join("protocols.jsonl")) else {
        eprintln!("skipped: no captures in {} (HOMING_VECTORS names another folder)", folder.display());
        return Vec::new();
    };
    text.lines().map(capture).collect()
}

fn capture(line: &str) -> Capture {
    let row: Json = serde_json::from_str(line).unwrap();
    let text = |key: &str| row.get(key).and_then(Json::as_str).unwrap_or_default();
    let frame = if text("frame").is_empty() { text("bodyHex") } else { text("frame") };
    let bytes = if text("kind") == "text" { frame.as_bytes().to_vec() } else { unhex(frame) };
    Capture {
        protocol: text("protocol").to_owned(),
        place: (row["session"].as_i64().unwrap_or(-1), row["n"].as_i64().unwrap_or(-1)),
        bytes,
        positions: row["reference_output"].as_array().cloned().unwrap_or_default(),
    }
}

/// Bytes of hexadecimal digits; of anything else, the text itself.
pub(in super::super) fn unhex(text: &str) -> Vec<u8> {
    let byte = |at: usize| text.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let bytes: Option<Vec<u8>> = (0..text.len()).step_by(2).map(byte).collect();
    bytes.unwrap_or_else(|| text.as_bytes().to_vec())
}

/// A whole stream in pieces, handed to `each` with everything that is found.
pub(in super::super) fn pour(mut stream: Stream, pieces: &[&[u8]], mut each: impl FnMut(Found<'_>)) {
    for piece in pieces {
        let mut rest = *piece;
        while !rest.is_empty() {
            let taken = stream.push(rest);
            rest = &rest[taken..];
            let mut before = usize::MAX;
            while let Some(found) = stream.next() {
                each(found);
                before = before.wrapping_sub(1);
            }
            assert!(taken > 0 || before < usize::MAX, "the stream does not get on");
        }
    }
    stream.end();
    while let Some(found) = stream.next() {
        each(found);
    }
}

/// Every message of a stream of one protocol, shown to `each`.
pub(in super::super) fn read(protocol: &'static Protocol, pieces: &[&[u8]], mut each: impl FnMut(View<'_>)) {
    let (mut session, mut messages) = (Session::new(), Messages::new());
    pour(Stream::of(protocol), pieces, |found| {
        if let What::Frame { .. } | What::Cut { .. } = found.what {
            protocol.decode(found.bytes, &mut session, &mut messages);
            messages.views(found.bytes).for_each(&mut each);
        }
    });
}

/// A decimal of a text, for expectations.
pub(in super::super) fn dec(text: &str) -> Dec {
    Dec::parse(text.as_bytes()).unwrap()
}

/// Bytes of hexadecimal digits with blanks between them, for frames written by hand.
pub(in super::super) fn bytes(text: &str) -> Vec<u8> {
    unhex(&text.replace(' ', ""))
}

/// Hexadecimal digits of bytes.
pub(in super::super) fn digits(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// Everything that a frame says, a thing after the other: first what it is, last what is wrong with it.
pub(in super::super) fn told(protocol: &Protocol, frame: &[u8]) -> String {
    let mut messages = Messages::new();
    protocol.decode(frame, &mut Session::new(), &mut messages);
    let mut all: Vec<String> = messages.views(frame).flat_map(|view| said(&view)).collect();
    all.extend(messages.damage().iter().map(|damage| format!("! {damage}")));
    all.join("; ")
}

fn said(view: &View<'_>) -> Vec<String> {
    let down = if view.direction == Direction::Down { "down " } else { "" };
    let mut all = vec![format!("{down}{}: {}", view.kind.word(), view.name)];
    let mut add =
        |name: &str, value: Option<String>| all.extend(value.map(|value| format!("{name} {value}")));
    add("id", view.device_id.map(|id| id.to_string()));
    add("serial", view.serial.map(|serial| serial.to_string()));
    add("time", view.time.map(|time| time.to_string()));
    add("valid", view.valid.map(|valid| valid.to_string()));
    for (name, value) in [
        ("lat", view.lat),
        ("lon", view.lon),
        ("altitude", view.altitude_m),
        ("speed", view.speed_kmh),
        ("course", view.course_deg),
        ("satellites", view.satellites.map(|count| Dec::whole(count.into()))),
        ("hdop", view.hdop),
        ("odometer", view.odometer_m),
        ("battery_v", view.battery_v),
        ("battery_pct", view.battery_pct),
        ("power_v", view.power_v),
    ] {
        add(name, value.map(|value| value.short().to_string()));
    }
    for cell in view.cells() {
        let (mcc, mnc) = (cell.mcc.unwrap_or_default(), cell.mnc.unwrap_or_default());
        let (lac, cid) = (cell.lac.unwrap_or_default(), cell.cid.unwrap_or_default());
        add("cell", Some(format!("{mcc}/{mnc}/{lac}/{cid}")));
    }
    for event in view.events() {
        add("event", Some(format!("{} {}", event.code, event.name)));
    }
    for Attribute { name, index, value, unit, .. } in view.attributes() {
        let name = if *index == 0 { (*name).to_owned() } else { format!("{name} {index}") };
        let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
        add(&name, Some(format!("{}{unit}", self::value(view, *value))));
    }
    all
}

fn value(view: &View<'_>, value: Value) -> String {
    match value {
        Value::Dec(number) => number.short().to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Text(span) => view.text(span).into_owned(),
        Value::Bytes(span) => digits(view.bytes(span)),
        Value::Word(word) => word.to_owned(),
        Value::Bits { value: bits, digits, .. } => {
            let names: Vec<_> = value.names().collect();
            format!("{bits:0width$X} ({})", names.join(", "), width = usize::from(digits))
        }
        Value::Time(time) => time.to_string(),
        Value::Id(id) => id.to_string(),
        Value::Trouble(code) => Value::trouble_text(code),
    }
}

/// What a protocol makes of the first bytes of a stream, in words.
pub(in super::super) fn framed(protocol: &Protocol, bytes: &[u8], ended: bool) -> String {
    match protocol.frame(bytes, ended) {
        Framing::No(why) => format!("no: {why}"),
        Framing::Need => "need".to_owned(),
        Framing::Frame { len, evidence: Evidence { checksum, framing, id, marks } } => {
            let checksum = match checksum {
                Some(true) => "sum",
                Some(false) => "no sum",
                None => "unsummed",
            };
            let fit = match framing {
                Fit::Fits => "fits",
                Fit::Partly => "partly",
                Fit::Against => "against",
            };
            format!("{len} {fit}, {checksum}, {}, {marks}", if id { "id" } else { "no id" })
        }
    }
}

/// What is written for a tracker, in hexadecimal digits, or why it cannot be.
pub(in super::super) fn written(
    protocol: &Protocol,
    uplink: &Uplink<'_>,
    mut session: Session,
) -> Result<String, String> {
    let mut out = Vec::new();
    let written = protocol.encode(uplink, &mut session, &mut out);
    finished(written, &out)
}

/// What is written for a server, the same way.
pub(in super::super) fn commanded(
    protocol: &Protocol,
    text: &str,
    mut session: Session,
) -> Result<String, String> {
    let mut out = Vec::new();
    let written = protocol.command(text, &mut session, &mut out);
    finished(written, &out)
}

fn finished(written: Result<(), EncodeError>, out: &[u8]) -> Result<String, String> {
    assert!(written.is_ok() || out.is_empty(), "something was written before the fault was found");
    written.map(|()| digits(out)).map_err(|fault| fault.to_string())
}
