//! Frames put together by hand from the maker's paper.

use super::super::super::tests::support::{dec, unhex};
use super::super::super::*;
use super::{PROTOCOL, encode};
use crate::wire::crc::crc16_ccitt_false;
use crate::wire::tests::support::{bytes, told};

mod framing;
mod limits;
mod lines;
mod tables;

/// A frame put together by hand: its length, its checksum and its end are right. Nothing of the encoder is used.
fn by_hand(head: &str, id: &str, code: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 17).unwrap();
    let mut frame = [head.as_bytes(), &length.to_be_bytes(), &bytes(id), &code.to_be_bytes(), data].concat();
    frame.extend_from_slice(&crc16_ccitt_false(&frame).to_be_bytes());
    frame.extend_from_slice(b"\r\n");
    frame
}

/// A frame of the tracker 12345678.
fn frame(code: u16, data: &[u8]) -> Vec<u8> {
    by_hand("$$", "12345678FFFFFF", code, data)
}

/// What is told of it beside who sent it.
fn said(code: u16, data: impl AsRef<[u8]>) -> String {
    told(&PROTOCOL, &frame(code, data.as_ref())).replace("; id 12345678", "")
}

fn decoded(frame: &[u8]) -> Messages {
    let mut messages = Messages::new();
    PROTOCOL.decode(frame, &mut Session::new(), &mut messages);
    messages
}

#[test]
fn a_login_is_answered_by_4000_and_a_heartbeat_by_itself() {
    for (code, wanted) in [(0x5000, "40400012123456FFFFFFFF400001"), (0x0001, "40400012123456FFFFFFFF000101")]
    {
        let (mut bytes, mut out) = (Vec::new(), Vec::new());
        encode::frame(*b"$$", &unhex("123456FFFFFFFF"), code, &[], &mut bytes);
        let messages = decoded(&bytes);
        assert_eq!(messages.damage(), []);
        assert!(PROTOCOL.acknowledge(&bytes, &messages, UtcTime::from_unix(0), &mut out));
        assert_eq!(out[..out.len() - 4], unhex(wanted));
        assert_eq!(decoded(&out).first().map(|message| message.direction), Some(Direction::Down));
    }
}

#[test]
fn a_position_is_read_in_our_units() {
    let mut bytes = Vec::new();
    let line = b"143345.000,A,4030.0000,N,00345.6000,W,10.00,180.5,290224,,*00|0.9|667|0102|0000,0010";
    encode::frame(*b"$$", &unhex("86991203301242"), 0x9955, line, &mut bytes);
    let messages = decoded(&bytes);
    assert_eq!(messages.damage(), []);
    let view = messages.views(&bytes).next().unwrap();
    assert_eq!(view.time.unwrap().to_string(), "2024-02-29T14:33:45Z");
    // 45.6 minutes are 0.76 degrees; ten knots are 18.52 km/h.
    assert_eq!((view.lat, view.lon), (Some(dec("40.5")), Some(dec("-3.76"))));
    assert_eq!((view.speed_kmh, view.course_deg), (Some(dec("18.52")), Some(dec("180.5"))));
    assert_eq!((view.hdop, view.altitude_m), (Some(dec("0.9")), Some(dec("667"))));
    assert_eq!(view.device_id.unwrap().as_str(), "86991203301242");
    assert_eq!(
        view.attribute("imei").map(|imei| imei.value),
        DeviceId::new(b"869912033012424").map(Value::Id)
    );
}

#[test]
fn fields_that_are_empty_without_a_fix_are_no_fault() {
    // As sentences of receivers are: NMEA 0183 leaves out what is not known.
    for line in ["000000.000,V,,,,,,,010120|||", "001500.000,V,,,,,,,", ",V,,,,,,,|||", ",V,,N,,E,,,"] {
        let messages = decoded(&frame(0x9955, line.as_bytes()));
        assert_eq!(messages.damage(), [], "{line}");
        let message = messages.first().unwrap();
        assert_eq!((message.valid, message.lat, message.lon), (Some(false), None, None), "{line}");
    }
    let messages = decoded(&frame(0x9955, b"000000.000,V,,,,,,,010120|||"));
    assert_eq!(messages.first().unwrap().time.unwrap().to_string(), "2020-01-01T00:00:00Z");
    assert_eq!(decoded(&frame(0x9955, b"001500.000,V,,,,,,,")).first().unwrap().time, None);
}

#[test]
fn every_position_of_a_batch_has_the_imei() {
    let line = "235959.000,A,3330.0000,S,07015.0000,W,10.0,359.9,290224|1|2|0|0";
    let data = [b"\x02\x00", line.as_bytes(), b"\\\x00", line.as_bytes()].concat();
    let bytes = by_hand("$$", "86991203301242", 0x6688, &data);
    let messages = decoded(&bytes);
    let imeis: Vec<_> =
        messages.views(&bytes).map(|view| view.attribute("imei").map(|imei| imei.value)).collect();
    assert_eq!(imeis, [DeviceId::new(b"869912033012424").map(Value::Id); 2]);
}

#[test]
fn redacted_lengths_and_checksums_are_told_and_the_rest_is_read() {
    let mut bytes = Vec::new();
    encode::frame(*b"$$", &unhex("86991203301242"), 0x9999, b"\x01143345.000,V,,,,,,,290224", &mut bytes);
    bytes[2..4].fill(0);
    let messages = decoded(&bytes);
    assert!(matches!(messages.damage()[0], Damage::Checksum { .. } | Damage::Length { declared: 0, .. }));
    let view = messages.views(&bytes).next().unwrap();
    assert_eq!((view.valid, view.lat, view.events()[0].code), (Some(false), None, 1));
}
