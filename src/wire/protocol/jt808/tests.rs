//! Messages put together by hand from the standard's description.

use super::super::super::tests::support::{dec, unhex};
use super::super::super::*;
use super::PROTOCOL;
use crate::wire::crc::xor8;
use crate::wire::tests::support::told;

mod framing;
mod limits;
mod locks;
mod places;
mod tables;

/// Marks, checksum and escapes around header and body.
fn sealed(plain: &str) -> Vec<u8> {
    let mut plain = unhex(&plain.replace(' ', ""));
    plain.push(xor8(&plain));
    let escaped = plain.iter().flat_map(|byte| match byte {
        0x7E => vec![0x7D, 2],
        0x7D => vec![0x7D, 1],
        other => vec![*other],
    });
    std::iter::once(0x7E).chain(escaped).chain([0x7E]).collect()
}

/// A message of 013812345678 with the number 9, its body in hexadecimal digits.
fn message(code: u16, body: &str) -> Vec<u8> {
    let length = body.replace(' ', "").len() / 2;
    sealed(&format!("{code:04X} {length:04X} 013812345678 0009 {body}"))
}

/// What is told of a message beside who sent it under which number.
fn said(code: u16, body: &str) -> String {
    told(&PROTOCOL, &message(code, body)).replace("; id 013812345678; serial 9", "")
}

fn decoded(frame: &[u8]) -> Messages {
    let mut messages = Messages::new();
    PROTOCOL.decode(frame, &mut Session::new(), &mut messages);
    messages
}

fn answer(frame: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    PROTOCOL.acknowledge(frame, &decoded(frame), UtcTime::from_unix(0), &mut out).then_some(out)
}

/// Alarm bit 0, status 0E (fix, south, west); 1.000001 and 2.00007E degrees in millionths, which has to be escaped;
/// 7 m, 12.5 km/h, 90 degrees, 2024-03-01 04:00:00 of the standard's zone; 12.3 km; 9 satellites.
const PLACE: &str = "00000001 0000000E 000F4241 001E84FE 0007 007D 005A 240301040000 01 04 0000007B 31 01 09";

#[test]
fn a_place_is_read_in_utc_and_in_our_units() {
    let frame = sealed(&format!("0200 0025 013812345678 007E {PLACE}"));
    let messages = decoded(&frame);
    assert_eq!(messages.damage(), []);
    let view = messages.views(&frame).next().unwrap();
    assert_eq!((view.device_id.unwrap().as_str(), view.serial), ("013812345678", Some(0x7E)));
    assert_eq!(view.time.unwrap().to_string(), "2024-02-29T20:00:00Z");
    assert_eq!((view.lat, view.lon), (Some(dec("-1.000001")), Some(dec("-2.000126"))));
    assert_eq!(
        (view.altitude_m, view.speed_kmh, view.course_deg),
        (Some(dec("7")), Some(dec("12.5")), Some(dec("90")))
    );
    assert_eq!((view.odometer_m, view.satellites), (Some(dec("12300")), Some(9)));
    assert_eq!(view.events(), [Event { code: 0, name: "SOS", data: None }]);
}

#[test]
fn spans_are_found_in_the_frame_as_it_came() {
    let frame = sealed(&format!("0200 0025 013812345678 007E {PLACE}"));
    let (mut messages, mut spans) = (Messages::new(), Spans::new());
    PROTOCOL.explain(&frame, &mut Session::new(), &mut messages, &mut spans);
    let speed = spans.fields().iter().find(|seen| seen.name == "speed_kmh").unwrap();
    assert_eq!(messages.raw_span(speed.span).of(&frame), [0, 0x7D, 1], "007D with its escape");
}

#[test]
fn a_batch_holds_many_places() {
    let part = "001C 00000000 00000002 000F4241 001E8480 0007 0000 005A 2403010400";
    let frame = sealed(&format!("0704 003F 013812345678 0001 0002 01 {part}00 {part}30"));
    let messages = decoded(&frame);
    assert_eq!((messages.len(), messages.damage()), (2, &[][..]));
    let times: Vec<_> = messages.views(&frame).map(|view| view.time.unwrap().to_string()).collect();
    assert_eq!(times, ["2024-02-29T20:00:00Z", "2024-02-29T20:00:30Z"]);
    assert!(
        messages
            .views(&frame)
            .all(|view| view.attribute("archived").map(|old| old.value) == Some(Value::Flag(true)))
    );
}

#[test]
fn answers_name_number_and_message_and_repeat_the_kind_of_header() {
    let frame = sealed("0002 0000 013812345678 0007");
    assert_eq!(answer(&frame), Some(sealed("8001 0005 013812345678 0007 0007 0002 00")));
    // The header of 2019 has bit 14, a version and ten bytes of identity.
    let frame = sealed("0002 4000 01 00000869912033012424 0007");
    assert_eq!(decoded(&frame).first().unwrap().device_id.unwrap().as_str(), "869912033012424");
    assert_eq!(answer(&frame), Some(sealed("8001 4005 01 00000869912033012424 0007 0007 0002 00")));
    let frame = sealed("0100 0000 013812345678 0008");
    assert_eq!(answer(&frame), Some(sealed("8100 000F 013812345678 0008 0008 00 303133383132333435363738")));
}

#[test]
fn a_length_of_an_item_that_runs_past_the_end_is_told_and_the_rest_kept() {
    let frame = sealed(
        "0200 001F 013812345678 0001 00000000 00000002 000F4241 001E8480 0007 0000 005A 240301040000 01 FF 00",
    );
    let messages = decoded(&frame);
    assert!(messages.damage().iter().any(|damage| matches!(damage, Damage::Short { field: "item", .. })));
    let view = messages.views(&frame).next().unwrap();
    assert_eq!(view.lat, Some(dec("1.000001")));
    assert!(view.attribute("rest").is_some());
}
