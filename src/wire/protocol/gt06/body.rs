//! Reads a frame: envelope, type, content by its layout, number, checksum.

use super::super::super::pen::{Pen, up};
use super::super::super::reader::Reader;
use super::super::super::{Code, Damage, Dec, DeviceId, Direction, Kind, Messages, Off, Span, Trace, Value};
use super::types::{self, After, Layout, STATE};
use super::{LENGTH_RULE, SUM_RULE, declared, sums, type_at};
use super::{place, rare};

/// Decodes a frame as far as it goes.
pub(super) fn read<T: Trace>(frame: &[u8], out: &mut Messages, trace: &mut T) {
    let mut pen = Pen::new(out, trace, up(Kind::Unknown, 0, 2, "unknown"));
    let at = type_at(frame);
    match (declared(frame), frame.get(at)) {
        (Some(length), Some(&code)) => whole(frame, length, at, code, &mut pen),
        _ => pen.damage(Damage::Short {
            field: "start",
            at: 0,
            needed: at as u32 + 1,
            present: frame.len() as u32,
        }),
    }
    pen.close();
}

fn whole<T: Trace>(frame: &[u8], length: usize, at: usize, code: u8, pen: &mut Pen<'_, T>) {
    let closed = frame.ends_with(b"\r\n");
    let last = frame.len() - if closed { 2 } else { 0 };
    let start = Span::new(0, 2);
    pen.show("start", start, Value::Bytes(start), "");
    if !(frame.starts_with(b"xx") || frame.starts_with(b"yy")) {
        pen.damage(Damage::Field { field: "start", span: start, expected: "78 78 or 79 79" });
    }
    pen.length(Span::between(2, at), length, last.saturating_sub(at), LENGTH_RULE);
    describe(code, at, last.saturating_sub(at), pen);
    // Number and checksum stand at the end, where there is room for them behind the type. Of a frame that is cut short
    // the end did not come, and what stands last is content.
    let is_cut = !closed && last.saturating_sub(at) < length;
    let end = if is_cut { last } else { last.saturating_sub(4).max(at + 1).min(last) };
    // Where the length fits, no field is read out of them; where it does not, the content may be what is longer.
    let reach = if last.saturating_sub(at) == length { end } else { last };
    let result = content(&mut Reader::new(frame, at + 1, reach), end, pen);
    pen.note(result);
    let mut tail = Reader::new(frame, end, last);
    if let Ok((serial, span)) = tail.u16("serial") {
        pen.message.serial = Some(serial.into());
        pen.show("serial", span, Value::int(serial), "");
    }
    match sums(frame).filter(|_| closed && last >= at + 5) {
        Some((got, want)) => {
            pen.checksum(Span::new(last - 2, 2), got.into(), want.into(), 4, SUM_RULE);
        }
        None => pen.damage(Damage::NoChecksum { rule: SUM_RULE }),
    }
    if !closed {
        pen.damage(Damage::End { expected: "0D 0A" });
    }
    pen.out.damage.sort_by_key(|damage| matches!(damage, Damage::Field { .. } | Damage::Short { .. }));
}

/// Type, kind and direction. What has no content and asks no question is an answer of the server.
fn describe<T: Trace>(code: u8, at: usize, length: usize, pen: &mut Pen<'_, T>) {
    let message = &mut pen.message;
    message.code = Code::Number(code.into(), 2);
    if let Some(kind) = types::find(code) {
        (message.kind, message.name) = (kind.kind, kind.name);
    }
    if length == 5 && !matches!(code, 0x8A | 0x80) {
        (message.kind, message.name, message.direction) =
            (Kind::Acknowledgement, "acknowledgement", Direction::Down);
    } else if (code, length) == (0x8A, 5 + 6) {
        // The six are year, month, day, hour, minute and second.
        (message.kind, message.name, message.direction) =
            (Kind::Acknowledgement, "the time", Direction::Down);
    } else if message.kind == Kind::Command {
        message.direction = Direction::Down;
    }
    let name = message.name;
    pen.show("code", Span::new(at, 1), Value::Word(name), "");
}

/// The content by its layout. `end` is where it ends when nothing is wrong.
fn content<T: Trace>(reader: &mut Reader<'_>, end: usize, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let Code::Number(code, _) = pen.message.code else { return Ok(()) };
    let layout = types::find(code as u8).map_or(Layout::Raw, |kind| kind.layout);
    if pen.message.kind == Kind::Acknowledgement {
        return Ok(());
    }
    match layout {
        Layout::Login => login(reader, end, pen)?,
        Layout::Place(_) if code == 0x24 && reader.rest().get(6).is_none_or(|byte| byte >> 4 != 0xC) => {
            // The same number is used for lists of cells; a place says that it is 12 bytes long.
            (pen.message.kind, pen.message.name) = (Kind::Status, "cells");
        }
        // Others use the number for a state without a place.
        Layout::Place(_) if code == 0xA3 && end.saturating_sub(reader.at()) < 30 => {
            (pen.message.kind, pen.message.name) = (Kind::Status, "state");
        }
        Layout::Place(_) if code == 0x32 && rare::is_counted(reader) => {
            rare::counted(reader, pen)?;
        }
        Layout::Place(after) => {
            place::whole(reader, pen)?;
            follow(reader, end, after, code, pen)?;
        }
        Layout::Camera => rare::camera(reader, end, pen)?,
        Layout::Counted => rare::counted(reader, pen)?,
        Layout::Parts => rare::parts(reader, end, pen)?,
        Layout::State => state(reader, pen)?,
        Layout::Voltage => voltage(reader, pen)?,
        Layout::Text => rare::text(reader, end, pen)?,
        Layout::LongText => rare::long_text(reader, end, pen)?,
        Layout::Information => {
            let (number, span) = reader.u8("information")?;
            pen.put("information", span, Value::int(number), "");
        }
        Layout::Raw => {}
    }
    pen.keep("rest", Span::between(reader.at(), end));
    Ok(())
}

fn login<T: Trace>(reader: &mut Reader<'_>, end: usize, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let (digits, span) = reader.take("device_id", 8)?;
    let id = DeviceId::from_bcd(digits, true);
    pen.message.device_id = id;
    match id {
        Some(id) => pen.show("device_id", span, Value::Id(id), ""),
        None => {
            let expected = "16 packed digits";
            return Err(Damage::Field { field: "device_id", span, expected });
        }
    }
    if end.saturating_sub(reader.at()) >= 4 {
        let (model, span) = reader.u16("model")?;
        pen.put("model", span, Value::int(model), "");
        let (zone, span) = reader.u16("zone")?;
        // Hours times 100 plus minutes in the upper twelve bits, and bit 3 for west.
        let (hours, west) = (i64::from(zone >> 4), zone & 0x08 != 0);
        let minutes = hours / 100 * 60 + hours % 100;
        pen.put("zone_min", span, Value::int(if west { -minutes } else { minutes }), "min");
    }
    Ok(())
}

fn follow<T: Trace>(
    reader: &mut Reader<'_>,
    end: usize,
    after: After,
    code: u32,
    pen: &mut Pen<'_, T>,
) -> Result<(), Damage> {
    let left = end.saturating_sub(reader.at());
    let first = reader.rest().first().copied().unwrap_or_default();
    match after {
        After::Cell | After::Report if left >= 8 => {
            place::cell(reader, (2, 3), pen)?;
            if after == After::Report && end.saturating_sub(reader.at()) >= 3 {
                why(reader, pen)?;
            }
        }
        After::LongReport if left >= 15 => {
            place::cell(reader, (4, 8), pen)?;
            if end.saturating_sub(reader.at()) >= 3 {
                why(reader, pen)?;
            }
        }
        After::LongAlarm if left >= 21 && first >= 15 => {
            reader.skip(1);
            place::cell(reader, (4, 8), pen)?;
            state(reader, pen)?;
        }
        // The length of the cell stands before it, counted with itself or without; some leave it out.
        After::Alarm if left >= 14 && matches!(first, 8 | 9) => {
            reader.skip(1);
            let is_long = left == 15 && code != 0x27;
            place::cell(reader, (2, if is_long { 4 } else { 3 }), pen)?;
            state(reader, pen)?;
        }
        After::Alarm if left == 13 => {
            place::cell(reader, (2, 3), pen)?;
            state(reader, pen)?;
        }
        _ => {}
    }
    Ok(())
}

/// Ignition, why it reports, and whether it is sent later than it was written.
fn why<T: Trace>(reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let (ignition, span) = reader.u8("ignition")?;
    pen.put("ignition", span, Value::Flag(ignition != 0), "");
    let (mode, span) = reader.u8("upload_mode")?;
    pen.put("upload_mode", span, Value::int(mode), "");
    let (archived, span) = reader.u8("archived")?;
    pen.put("archived", span, Value::Flag(archived != 0), "");
    Ok(())
}

/// Register, battery, signal, alarm, language. The battery is a level of 0 to 6, or per cent.
fn state<T: Trace>(reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    register(reader, pen)?;
    let (battery, span) = reader.u8("battery")?;
    match battery {
        0..=6 => pen.put("battery_level", span, Value::int(battery), "of 6"),
        7..=100 => pen.message.battery_pct = pen.dec("battery_pct", span, Dec::whole(battery.into()), "%"),
        _ => pen.put("battery_level", span, Value::int(battery), ""),
    }
    signal_and_alarm(reader, pen)
}

fn register<T: Trace>(reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let (register, span) = reader.u8("state")?;
    pen.put("state", span, Value::Bits { value: register.into(), digits: 2, names: STATE }, "");
    Ok(())
}

fn voltage<T: Trace>(reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    register(reader, pen)?;
    let (hundredths, span) = reader.u16("battery_v")?;
    pen.message.battery_v = pen.dec("battery_v", span, Dec::new(hundredths.into(), 2), "V");
    signal_and_alarm(reader, pen)
}

fn signal_and_alarm<T: Trace>(reader: &mut Reader<'_>, pen: &mut Pen<'_, T>) -> Result<(), Damage> {
    let (signal, span) = reader.u8("gsm_level")?;
    pen.put("gsm_level", span, Value::int(signal), if signal <= 4 { "of 4" } else { "" });
    let (alarm, span) = reader.u8("event")?;
    let is_event = alarm != 0 && pen.message.kind == Kind::Position;
    if is_event {
        pen.event(span, alarm.into(), types::alarm(alarm), None);
    }
    let (language, span) = reader.u8("language")?;
    pen.show("language", span, Value::int(language), "");
    Ok(())
}

/// How many marks of a place the content has: a date of this time and degrees of this earth.
pub(super) fn marks(frame: &[u8]) -> u8 {
    let at = type_at(frame);
    let code = frame.get(at).copied().unwrap_or_default();
    if !matches!(types::find(code).map(|kind| kind.layout), Some(Layout::Place(_) | Layout::Login)) {
        return 0;
    }
    let (mut out, mut off) = (Messages::new(), Off);
    let mut pen = Pen::new(&mut out, &mut off, up(Kind::Unknown, 0, 2, ""));
    let mut reader = Reader::new(frame, at + 1, frame.len());
    if code == 1 {
        return u8::from(DeviceId::from_bcd(frame.get(at + 1..at + 9).unwrap_or_default(), true).is_some());
    }
    let read = place::whole(&mut reader, &mut pen).is_ok();
    u8::from(read && pen.message.time.is_some())
}
