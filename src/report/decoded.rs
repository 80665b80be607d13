//! `homing.decoded/1`: a whole capture in one document; and positions as GeoJSON. The document is written piece by
//! piece, as a capture can be long: its messages first (see `message.rs`), then what is here.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::diagnose::Finding;
use crate::wire::{Dec, Protocol, View};

use super::write::hex;

/// The schema of one document.
pub const DECODED: &str = "homing.decoded/1";

/// Bytes of a trouble that are shown.
const SHOWN: usize = 1_024;

/// Something that is no whole message.
#[derive(Debug, Serialize)]
pub struct TroubleView<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<u64>,
    text: &'a str,
    raw: String,
}

/// A view of something that is no whole message: `text` says what, in a sentence. Of the bytes the first 1,024 are
/// shown.
#[must_use]
pub fn decoded_trouble<'a>(
    kind: &'static str,
    line: Option<u64>,
    at: Option<u64>,
    text: &'a str,
    raw: &[u8],
) -> TroubleView<'a> {
    TroubleView { kind, line, at, text, raw: hex(raw.get(..SHOWN).unwrap_or(raw)) }
}

/// A finding of the diagnosis.
#[derive(Debug, Serialize)]
pub struct DiagnosisView<'a> {
    code: &'static str,
    weight: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    device_id: Option<&'a str>,
    evidence: &'a str,
    advice: &'a str,
}

/// A view of a finding.
#[must_use]
pub fn diagnosis(finding: &Finding) -> DiagnosisView<'_> {
    DiagnosisView {
        code: finding.code.word(),
        weight: finding.code.weight().word(),
        device_id: finding.device_id.as_deref(),
        evidence: &finding.evidence,
        advice: &finding.advice,
    }
}

/// What stands behind the messages and the troubles, in this order.
#[must_use]
pub fn decoded_end<const N: usize>(
    findings: &[Finding],
    left_out: u64,
    counts: [(&'static str, u64); N],
) -> [(&'static str, Value); 3] {
    let findings: Vec<_> = findings.iter().map(diagnosis).map(|view| json!(view)).collect();
    let counts: Map<String, Value> =
        counts.into_iter().map(|(name, number)| (name.to_owned(), number.into())).collect();
    [("troubles_left_out", left_out.into()), ("findings", findings.into()), ("counts", counts.into())]
}

/// Latitude and longitude of a message that has a fix.
#[must_use]
pub fn has_fix(view: &View<'_>) -> Option<(Dec, Dec)> {
    view.lat.zip(view.lon).filter(|_| view.valid == Some(true))
}

/// A position with a fix as a GeoJSON feature; none for any other message.
#[must_use]
pub fn feature(protocol: &'static Protocol, view: &View<'_>, line: Option<u64>) -> Option<Value> {
    let (lat, lon) = has_fix(view)?;
    let mut coordinates = vec![number(lon), number(lat)];
    coordinates.extend(view.altitude_m.map(number));
    let mut properties = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            properties.insert(key.to_owned(), value);
        }
    };
    put("protocol", Some(protocol.name.into()));
    put("device_id", view.device_id.map(|id| id.to_string().into()));
    put("time", view.time.map(|time| time.to_string().into()));
    put("speed_kmh", view.speed_kmh.map(number));
    put("course_deg", view.course_deg.map(number));
    put("satellites", view.satellites.map(Value::from));
    put("hdop", view.hdop.map(number));
    let events: Vec<Value> = view.events().iter().map(|event| event.name.into()).collect();
    put("events", Some(events.into()).filter(|_| !view.events().is_empty()));
    put("line", line.map(Value::from));
    Some(json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": coordinates },
        "properties": properties,
    }))
}

fn number(value: Dec) -> Value {
    let short = value.short();
    if short.scale == 0 { short.m.into() } else { short.to_f64().into() }
}
