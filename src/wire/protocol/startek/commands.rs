//! What a frame is, by its command: a position, a reply, an acknowledgement, a command of the server.

use super::super::super::ascii::number;
use super::super::super::checksum::sum8;
use super::super::super::pen::Pen;
use super::super::super::{Code, Damage, DeviceId, Direction, Kind, Message, Messages, Span, Trace, Value};
use super::body::{self, Fields};
use super::envelope::{Head, LENGTH_RULE, SUM_RULE, Start, cut, start};

/// Decodes a frame as far as it goes.
pub(super) fn read<T: Trace>(frame: &[u8], out: &mut Messages, trace: &mut T) {
    let direction = if frame.first() == Some(&b'$') { Direction::Down } else { Direction::Up };
    let message = Message::new(direction, Kind::Unknown, Code::Text(Span::default()), "unknown");
    let mut pen = Pen::new(out, trace, message);
    match start(frame) {
        Start::Head(head) => content(frame, head, &mut pen),
        Start::Partial | Start::No(_) => pen.damage(Damage::Field {
            field: "start",
            span: Span::new(0, frame.len().min(8)),
            expected: "&& or $$, a frame number, a length and a comma",
        }),
    }
    pen.close();
}

fn content<T: Trace>(frame: &[u8], head: Head, pen: &mut Pen<'_, T>) {
    let cut = cut(frame, head);
    pen.message.serial = Some(u32::from(head.number));
    pen.show("start", Span::new(0, 2), Value::Text(Span::new(0, 2)), "");
    pen.show("serial", Span::new(2, 1), Value::int(head.number), "");
    pen.length(Span::between(3, head.comma), head.declared, cut.actual, LENGTH_RULE);
    let mut fields = Fields::new(frame, head.comma + 1, cut.end);
    identity(&mut fields, pen);
    command(&mut fields, pen);
    let want = u32::from(sum8(frame.get(..cut.end).unwrap_or_default()));
    match cut.got {
        Some(got) => pen.checksum(Span::new(cut.end, 2), u32::from(got), want, 2, SUM_RULE),
        None => pen.damage(Damage::NoChecksum { rule: SUM_RULE }),
    }
    if cut.closed {
        pen.show("end", Span::new(frame.len() - 2, 2), Value::Word("CR LF"), "");
    }
    // The faults of the envelope come first: they explain those of the fields.
    pen.out.damage.sort_by_key(|damage| matches!(damage, Damage::Field { .. } | Damage::Short { .. }));
}

#[inline]
fn identity<T: Trace>(fields: &mut Fields<'_>, pen: &mut Pen<'_, T>) {
    let Some((text, span)) = fields.next() else { return };
    let id = DeviceId::new(text).filter(|_| (3..=16).contains(&text.len()));
    pen.message.device_id = id;
    match id {
        Some(id) => pen.show("device_id", span, Value::Id(id), ""),
        None => pen.damage(Damage::Field { field: "device_id", span, expected: "3 to 16 letters or digits" }),
    }
}

#[inline]
fn command<T: Trace>(fields: &mut Fields<'_>, pen: &mut Pen<'_, T>) {
    let (text, span) = fields.next().unwrap_or((&[], fields.rest().1));
    pen.message.code = Code::Text(span);
    pen.show("code", span, Value::Text(span), "");
    let direction = pen.message.direction;
    let (kind, name) = describe(direction, text, fields.rest().0);
    (pen.message.kind, pen.message.name) = (kind, name);
    match (kind, text) {
        (Kind::Position, _) => body::read(fields, pen),
        (Kind::Unknown, _) => {
            pen.damage(Damage::Field { field: "code", span, expected: "a command of three digits" });
            pen.keep("data", fields.rest().1);
        }
        (Kind::Data, b"710") => lines(fields, pen),
        (Kind::Data | Kind::Firmware, _) => pen.keep("data", fields.rest().1),
        (Kind::Reply, _) => reply(text, fields, pen),
        _ => {
            let span = fields.rest().1;
            if span.len > 0 {
                pen.put("data", span, Value::Text(span), "");
            }
        }
    }
}

/// Kind and name of a command. A 000 that does not hold a body is the server's, or another's.
fn describe(direction: Direction, code: &[u8], data: &[u8]) -> (Kind, &'static str) {
    if code.len() != 3 || number(code).is_none() {
        return (Kind::Unknown, "unknown");
    }
    match (direction, code) {
        (Direction::Up, b"000") => (Kind::Position, "position"),
        (Direction::Up, b"010") => (Kind::Position, "position, to be confirmed"),
        (Direction::Up, b"020") => (Kind::Data, "compressed positions, to be confirmed"),
        (Direction::Up, b"710") => (Kind::Data, "pass-through of an accessory"),
        (Direction::Up, b"265") if data.len() > 12 => (Kind::Data, "part of a photo"),
        (_, b"990" | b"991" | b"992" | b"993" | b"994" | b"995") => (Kind::Firmware, "firmware update"),
        (Direction::Up, _) => (Kind::Reply, "reply"),
        (Direction::Down, b"010" | b"020") => (Kind::Acknowledgement, "acknowledgement"),
        (Direction::Down, _) => (Kind::Command, "command"),
    }
}

/// 710: lines divided by CR LF, each kept as it came.
fn lines<T: Trace>(fields: &mut Fields<'_>, pen: &mut Pen<'_, T>) {
    let (_, span) = fields.rest();
    let mut at = span.at as usize;
    let mut index = 0_u8;
    while at < span.end() {
        let rest = Span::between(at, span.end());
        let length = rest.of(fields.frame()).windows(2).position(|pair| pair == b"\r\n");
        let line = Span::new(at, length.unwrap_or(rest.len as usize));
        at = line.end() + 2;
        index = index.saturating_add(1);
        if line.len > 0 {
            pen.put_nth("line", index, line, Value::Text(line), "");
        }
    }
}

/// The answer to a command: its result, and what the paper says of the fields of some.
fn reply<T: Trace>(code: &[u8], fields: &mut Fields<'_>, pen: &mut Pen<'_, T>) {
    let (text, span) = fields.rest();
    if span.len == 0 {
        return;
    }
    let word = text.split(|byte| !byte.is_ascii_alphabetic()).next().unwrap_or_default();
    let result = [("ok", "ok"), ("unsupport", "unsupported"), ("failed", "failed")]
        .into_iter()
        .find(|(spelling, _)| word.eq_ignore_ascii_case(spelling.as_bytes()));
    if let Some((_, result)) = result {
        pen.put("result", span, Value::Word(result), "");
        return;
    }
    let names: &[&'static str] = match code {
        b"801" => &["serial_number", "imei", "version"],
        b"802" => &["status", "inputs", "outputs", "csq", "satellites", "battery_v", "power_v"],
        b"803" => &["iccid"],
        b"808" => &["parameter"],
        _ => &[],
    };
    let mut known = fields.clone();
    for (name, (_, span)) in names.iter().zip(&mut known) {
        pen.put(name, span, Value::Text(span), "");
    }
    let (_, rest) = known.rest();
    if rest.len > 0 {
        pen.put("text", rest, Value::Text(rest), "");
    }
}
