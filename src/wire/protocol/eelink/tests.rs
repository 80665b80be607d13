//! Packets put together by hand from the description of the layout.

use super::super::super::tests::support::{bytes, dec, told, unhex};
use super::super::super::*;
use super::PROTOCOL;
use crate::wire::crc::rotating_sum;

mod framing;
mod layouts;
mod limits;
mod tables;

/// A packet of a type with the number 9, its content in hexadecimal digits.
fn packet(code: u8, content: &str) -> Vec<u8> {
    let content = bytes(content);
    let length = (content.len() as u16 + 2).to_be_bytes();
    [&[0x67, 0x67, code], &length[..], &[0, 9], &content].concat()
}

/// A datagram of the tracker 352544071750518 with packets.
fn datagram(packets: &[u8]) -> Vec<u8> {
    let inner = [unhex("0352544071750518"), packets.to_vec()].concat();
    let length = (inner.len() as u16 + 2).to_be_bytes();
    [b"EL", &length[..], &rotating_sum(&inner).to_be_bytes(), &inner].concat()
}

/// What a packet of a type with a content says.
fn check(code: u8, content: &str, wanted: &str) {
    assert_eq!(told(&PROTOCOL, &packet(code, content)), wanted, "{code:02X} {content}");
}

fn decoded(frame: &[u8]) -> Messages {
    let mut messages = Messages::new();
    PROTOCOL.decode(frame, &mut Session::new(), &mut messages);
    messages
}

fn answer(frame: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    // 0x65E07C70 seconds.
    let now = UtcTime::from_unix(0x65E0_7C70);
    PROTOCOL.acknowledge(frame, &decoded(frame), now, &mut out).then_some(out)
}

const LOGIN: &str = "676701000C007B03525440717505180104";

#[test]
fn a_login_is_answered_with_the_time_and_other_packets_with_their_number() {
    assert_eq!(answer(&unhex(LOGIN)), Some(unhex("6767010009007B65E07C70000100")));
    assert_eq!(decoded(&unhex(LOGIN)).first().unwrap().device_id.unwrap().as_str(), "352544071750518");
    // A heartbeat with the status 006E.
    assert_eq!(answer(&unhex("67670300040021006E")), Some(unhex("67670300020021")));
}

#[test]
fn a_datagram_has_identity_and_checksum_and_may_hold_several_packets() {
    let bytes = datagram(&unhex("67670300040021006E67670300040022006F"));
    let messages = decoded(&bytes);
    assert_eq!((messages.len(), messages.damage()), (2, &[][..]));
    for (view, serial) in messages.views(&bytes).zip([0x21, 0x22]) {
        assert_eq!((view.kind, view.serial), (Kind::Heartbeat, Some(serial)));
        assert_eq!(view.device_id.unwrap().as_str(), "352544071750518");
    }
    let answer = answer(&bytes).unwrap();
    assert!(answer.starts_with(b"EL") && answer.ends_with(&unhex("6767030002002167670300020022")));
    assert_eq!(answer[4..6], rotating_sum(&answer[6..]).to_be_bytes());
}

#[test]
fn a_position_has_what_its_mask_says() {
    // Mask 01; 1.5 and -2.25 degrees in 1/1,800,000; -7 m; 80 km/h; 359 degrees; 8 satellites; status 0489 with a fix;
    // 4.146 V; two analogue inputs; 31,603 m.
    let bytes = unhex(
        "6767120022000559C182920100 2932E0 FFC233B0 FFF9 0050 0167 08 0489 1032 00000000 00007B73"
            .replace(' ', "")
            .as_str(),
    );
    let messages = decoded(&bytes);
    assert_eq!(messages.damage(), []);
    let view = messages.views(&bytes).next().unwrap();
    assert_eq!((view.lat, view.lon), (Some(dec("1.5")), Some(dec("-2.25"))));
    assert_eq!(
        (view.altitude_m, view.speed_kmh, view.course_deg),
        (Some(dec("-7")), Some(dec("80")), Some(dec("359")))
    );
    assert_eq!((view.satellites, view.valid, view.battery_v), (Some(8), Some(true), Some(dec("4.146"))));
    assert_eq!(view.odometer_m, Some(dec("31603")));
}

#[test]
fn a_length_that_runs_past_the_end_is_told() {
    let messages = decoded(&unhex("6767030004002100"));
    assert_eq!(messages.length(), Some(Length { declared: 4, actual: 3 }));
    assert!(messages.damage().iter().any(|damage| matches!(damage, Damage::Short { field: "status", .. })));
}
