//! The fields of a frame: over its bytes, each where it stands; and as a list with units and what they mean.

use crate::report::hex;
use crate::wire::{Dec, DeviceId, Direction, Length, Seen, Span, View};

use super::super::term::{Term, escape};
use super::{Frame, words};

/// Bytes on a line, and on one of a narrow terminal.
const WIDTH: usize = 12;
const NARROW: usize = 8;
/// Fewer columns than these are narrow.
const WIDE: usize = 100;
/// The most characters of a value beside its bytes.
const VALUE: usize = 48;
/// Lines of bytes of one field; of a longer one the rest is left out.
const LINES: usize = 8;

/// The longest frame whose bytes are shown in one piece, too.
const COPIED: usize = 64;

/// A stretch of the frame and the field that stands there.
struct Stretch<'s> {
    span: Span,
    seen: Option<&'s Seen>,
    /// Whether it lies inside of the one before.
    inner: bool,
}

/// The fields in the order in which they stand, with what is between them. A separator goes with the field before it.
fn rows<'s>(frame: &Frame<'s>) -> Vec<Stretch<'s>> {
    let place = |seen: &Seen| frame.messages.raw_span(seen.span);
    let mut fields: Vec<&Seen> = frame.spans.fields().iter().filter(|seen| seen.span.len > 0).collect();
    fields.sort_by_key(|seen| (place(seen).at, std::cmp::Reverse(place(seen).len)));
    let (mut rows, mut cursor) = (Vec::<Stretch<'s>>::new(), 0);
    for seen in fields {
        let span = place(seen);
        let from = span.at as usize;
        if from > cursor {
            between(&mut rows, cursor, from);
        }
        rows.push(Stretch { span, seen: Some(seen), inner: from < cursor });
        cursor = cursor.max(span.end());
    }
    if frame.bytes.len() > cursor {
        between(&mut rows, cursor, frame.bytes.len());
    }
    rows
}

fn between(rows: &mut Vec<Stretch<'_>>, from: usize, to: usize) {
    match rows.last_mut().filter(|last| to - from == 1 && last.span.end() == from) {
        Some(last) => last.span.len += 1,
        None => rows.push(Stretch { span: Span::between(from, to), seen: None, inner: false }),
    }
}

/// The bytes of a frame: where, the bytes, the text they are, the field's name and what it says.
pub(super) fn dump(frame: &Frame<'_>, term: &mut Term) {
    let view = frame.messages.views(frame.bytes).next();
    for row in rows(frame) {
        let label = match (row.seen, view) {
            (Some(seen), Some(view)) => {
                let value = words::value(seen.value, &view);
                let mark = if row.inner { "└ " } else { "" };
                format!("{mark}{} = {}", words::seen_name(seen), short(&value, VALUE))
            }
            _ => String::new(),
        };
        lines(frame.bytes, row.span, &label, term);
    }
}

/// Bytes that nobody explains.
pub(super) fn plain(bytes: &[u8], term: &mut Term) {
    lines(bytes, Span::new(0, bytes.len()), "", term);
}

fn lines(bytes: &[u8], span: Span, label: &str, term: &mut Term) {
    let bytes_a_line = if term.width().is_some_and(|width| width < WIDE) { NARROW } else { WIDTH };
    let digits_width = bytes_a_line * 3;
    // What stands left of the name; the list below has the whole value.
    let left = 8 + digits_width + 1 + bytes_a_line + 2;
    let label =
        &short(label, term.width().map_or(usize::MAX, |width| width.saturating_sub(left).max(VALUE / 2)));
    for (number, piece) in span.of(bytes).chunks(bytes_a_line).enumerate() {
        let at = span.at as usize + number * bytes_a_line;
        if number >= LINES {
            term.line(format!("  …     {} more bytes", span.end().saturating_sub(at)));
            return;
        }
        let digits: Vec<String> = piece.iter().map(|byte| format!("{byte:02X}")).collect();
        let text: String = piece
            .iter()
            .map(|byte| if byte.is_ascii_graphic() || *byte == b' ' { char::from(*byte) } else { '.' })
            .collect();
        let label = if number == 0 { label } else { "" };
        let line = format!("  {at:04X}  {:<digits_width$} {text:<bytes_a_line$}  {label}", digits.join(" "));
        term.line(line.trim_end());
    }
}

/// The beginning of a text that has more characters than these.
fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// The fields of a message, with units, and what there is to know about some of them.
pub(super) fn list(view: &View<'_>, term: &mut Term) {
    let rows = fields(view);
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    for (name, value) in rows {
        term.sentence(&format!("  {name:<width$}  {value}"));
    }
}

/// A field's name and what it says.
type Row = (String, String);

fn fields(view: &View<'_>) -> Vec<Row> {
    let mut rows = vec![("kind".to_owned(), view.kind.word().to_owned())];
    shared(view, &mut rows);
    for cell in view.cells() {
        rows.push(("cell".to_owned(), words::cell(cell)));
    }
    for event in view.events() {
        let data = event.data.map_or_else(String::new, |span| format!(", data {}", escape(&view.text(span))));
        rows.push(("event".to_owned(), format!("{} {}{data}", event.code, words::event_name(event))));
    }
    for attribute in view.attributes() {
        let value = format!("{} {}", words::value(attribute.value, view), attribute.unit);
        rows.push((words::attribute_name(attribute), value.trim_end().to_owned()));
    }
    envelope(view, &mut rows);
    rows
}

/// The fields that all protocols share.
fn shared(view: &View<'_>, rows: &mut Vec<Row>) {
    let mut put =
        |name: &str, value: Option<String>| rows.extend(value.map(|value| (name.to_owned(), value)));
    let with =
        |value: Option<Dec>, unit: &str| value.map(|value| format!("{value} {unit}").trim_end().to_owned());
    let speaks = view.direction == Direction::Up && view.id_in_frame;
    let register =
        |id: DeviceId| if speaks { format!("{id}  ({})", words::register(&id)) } else { id.to_string() };
    put("device_id", view.device_id.map(register));
    put("time", view.time.map(|time| time.to_string()));
    let fix =
        |valid| if valid { "yes, there is a fix" } else { "no fix: the position is an old one or none" };
    put("valid", view.valid.map(|valid| fix(valid).to_owned()));
    let place = |(lat, lon)| format!("{lat}, {lon} degrees  (geo:{lat},{lon})");
    put("position", view.lat.zip(view.lon).map(place));
    put("altitude_m", with(view.altitude_m, "m"));
    put("speed_kmh", with(view.speed_kmh, "km/h"));
    put("course_deg", with(view.course_deg, "degrees"));
    put("satellites", view.satellites.map(|number| number.to_string()));
    put("hdop", with(view.hdop, ""));
    put("odometer_m", with(view.odometer_m, "m"));
    put("battery_v", with(view.battery_v, "V"));
    put("battery_pct", with(view.battery_pct, "%"));
    put("power_v", with(view.power_v, "V"));
    put("rssi_dbm", view.rssi_dbm.map(|dbm| format!("{dbm} dBm  ({})", bars(dbm))));
}

/// Length, checksum, and the bytes of a short frame in one piece, to be copied.
fn envelope(view: &View<'_>, rows: &mut Vec<Row>) {
    if let Some(Length { declared, actual }) = view.messages().length() {
        rows.push((
            "length".to_owned(),
            fits(declared == actual, &declared.to_string(), &actual.to_string()),
        ));
    }
    if let Some(sum) = view.messages().checksum() {
        let text = |value: u32| format!("{value:0digits$X}", digits = usize::from(sum.digits));
        rows.push(("checksum".to_owned(), fits(sum.got == sum.want, &text(sum.got), &text(sum.want))));
    }
    if view.frame().len() <= COPIED {
        rows.push(("raw".to_owned(), hex(view.frame())));
    }
}

fn fits(ok: bool, got: &str, want: &str) -> String {
    if ok { format!("{got}, fits") } else { format!("{got}, and it is {want}") }
}

/// The signal as phones show it.
fn bars(dbm: i16) -> &'static str {
    match dbm {
        ..=-110 => "no signal to speak of",
        -109..=-100 => "weak",
        -99..=-86 => "fair",
        -85..=-71 => "good",
        _ => "very good",
    }
}
