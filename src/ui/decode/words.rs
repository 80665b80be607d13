//! Sentences and words that several formats share.

use crate::diagnose::Finding;
use crate::report::hex;
use crate::wire::{Attribute, Cell, Damage, DeviceId, Seen, Value, View};

use super::super::term::escape;
use super::{Frame, Other, Place};

/// A text with its place in front. The text is taken as escaped.
pub(super) fn placed(place: &Place, text: &str) -> String {
    let place = escape(&place.to_string());
    if place.is_empty() { text.to_owned() } else { format!("{place}: {text}") }
}

/// What is wrong with a frame, each as a sentence.
pub(super) fn faults(frame: &Frame<'_>) -> Vec<String> {
    let cut = frame.cut.then(|| "the frame breaks off: its end never came".to_owned());
    frame.messages.damage().iter().map(ToString::to_string).chain(cut).map(|text| escape(&text)).collect()
}

/// What is wrong with a frame, in short: `declares 147, has 158; checksum 46, want 71`, and how much else.
pub(super) fn short_faults(frame: &Frame<'_>) -> String {
    let (mut parts, mut others) = (Vec::new(), usize::from(frame.cut));
    for damage in frame.messages.damage() {
        match *damage {
            Damage::Length { declared, actual, .. } => {
                parts.push(format!("declares {declared}, has {actual}"))
            }
            Damage::Checksum { got, want, digits, .. } => {
                let digits = usize::from(digits);
                parts.push(format!("checksum {got:0digits$X}, want {want:0digits$X}"));
            }
            _ => others += 1,
        }
    }
    if others > 0 {
        parts.push(count(others, if parts.is_empty() { "fault" } else { "more fault" }));
    }
    parts.join("; ")
}

/// That a frame only may be of a protocol.
pub(super) fn possible(frame: &Frame<'_>) -> String {
    let name = frame.protocol.name;
    match frame.rival {
        Some(rival) => {
            format!(
                "possible: {name} or {}, and nothing decides between them; --protocol {name} decodes it as such",
                rival.name
            )
        }
        None => {
            let doubt = frame.protocol.doubt.map(|doubt| format!("; {doubt}")).unwrap_or_default();
            format!(
                "possible: {name}, with too little that speaks for it; --protocol {name} decodes it as such{doubt}"
            )
        }
    }
}

/// What is no frame, in a sentence.
pub(super) fn other(other: &Other<'_>) -> String {
    match other {
        Other::NotRecognised(bytes, length) => format!("not recognised: {}", beginning(bytes, *length)),
        Other::Noise(bytes, length) => format!("noise: {} and are no frame", beginning(bytes, *length)),
        Other::Foreign(foreign, _) => format!("no tracker: {}", foreign.word()),
        Other::Refused(why) => format!("cannot be read: {}", escape(why)),
        Other::Missing(bytes) => format!("the capture does not hold {bytes} bytes of the connection here"),
    }
}

/// How many bytes there are and how they begin.
fn beginning(bytes: &[u8], length: u64) -> String {
    let shown = hex(bytes.get(..16).unwrap_or(bytes));
    let more = if length > 16 { "…" } else { "" };
    format!("{} that begin {shown}{more}", plural(length, "byte"))
}

/// A number with its word in the right form.
pub(super) fn count(number: usize, word: &str) -> String {
    if number == 1 { format!("1 {word}") } else { format!("{number} {word}s") }
}

/// The two sentences of a finding, escaped; the first with its weight, code and tracker.
pub(super) fn finding(finding: &Finding) -> (String, String) {
    let who = finding.device_id.as_ref().map(|id| format!("{id}: ")).unwrap_or_default();
    let (weight, code) = (finding.code.weight().word(), finding.code.word());
    (escape(&format!("{weight}[{code}]: {who}{}", finding.evidence)), finding.advice.clone())
}

/// What an attribute or field says, without its unit. What a tracker wrote is escaped.
pub(super) fn value(value: Value, view: &View<'_>) -> String {
    match value {
        Value::Dec(number) => number.to_string(),
        Value::Flag(flag) => if flag { "yes" } else { "no" }.to_owned(),
        Value::Text(span) => escape(&view.text(span)),
        Value::Bytes(span) => hex(view.bytes(span)),
        Value::Word(word) => word.to_owned(),
        Value::Bits { value: bits, digits, .. } => {
            let names: Vec<_> = value.names().collect();
            let number = format!("{bits:0digits$X}", digits = usize::from(digits));
            if names.is_empty() { number } else { format!("{number}: {}", names.join(", ")) }
        }
        Value::Time(time) => time.to_string(),
        Value::Id(id) => id.to_string(),
        Value::Trouble(code) => Value::trouble_text(code),
    }
}

/// The name of a field, with its number where there are several.
pub(super) fn name(name: &str, index: u8) -> String {
    if index == 0 { name.to_owned() } else { format!("{name}_{index}") }
}

pub(super) fn seen_name(seen: &Seen) -> String {
    name(seen.name, seen.index)
}

pub(super) fn attribute_name(attribute: &Attribute) -> String {
    name(attribute.name, attribute.index)
}

/// A cell as `MCC-MNC-LAC-CID`, `?` for what is not said, and its signal.
pub(super) fn cell(cell: &Cell) -> String {
    let shown = |part: Option<u64>| part.map_or_else(|| "?".to_owned(), |part| part.to_string());
    let parts = [cell.mcc.map(u64::from), cell.mnc.map(u64::from), cell.lac.map(u64::from), cell.cid];
    let text = parts.map(shown).join("-");
    cell.rssi_dbm.map_or(text.clone(), |dbm| format!("{text} ({dbm} dBm)"))
}

/// The events of a message by their names.
pub(super) fn events(view: &View<'_>) -> String {
    let one = |event: &crate::wire::Event| match event.data {
        Some(span) => format!("{} ({})", event_name(event), view.text(span)),
        None => event_name(event),
    };
    view.events().iter().map(one).collect::<Vec<_>>().join("; ")
}

/// An event's name; one without a name is told by its number.
pub(super) fn event_name(event: &crate::wire::Event) -> String {
    if event.name == "unknown" { format!("event {}", event.code) } else { event.name.to_owned() }
}

/// What to register at the server for an identity as it stands on the wire.
pub(super) fn register(id: &DeviceId) -> String {
    let digits = id.as_bytes().iter().all(u8::is_ascii_digit);
    match (id.with_check_digit(), id.as_bytes().len()) {
        (Some(whole), _) => format!("register {id}, or {whole}, which has the check digit of an IMEI"),
        (None, 15) if id.is_imei() => format!("register {id}, an IMEI"),
        (None, 15) if digits => format!("register {id}; its check digit is not that of an IMEI"),
        _ => format!("register {id}, which is no IMEI, exactly as it stands"),
    }
}

/// What it all came to, in a line.
pub(super) fn tally(tally: &super::Tally) -> String {
    let mut text = format!("{} in {}", plural(tally.messages, "message"), plural(tally.frames, "frame"));
    let parts = [
        (tally.damaged, "damaged"),
        (tally.possible, "possible only"),
        (tally.unknown, "not recognised"),
        (tally.noise, "with noise between frames"),
        (tally.foreign, "no tracker's"),
        (tally.refused, "not readable"),
        (tally.missing, "with bytes missing"),
    ];
    for (number, what) in parts.into_iter().filter(|(number, _)| *number > 0) {
        text.push_str(&format!(", {number} {what}"));
    }
    text
}

fn plural(number: u64, word: &str) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX), word)
}
