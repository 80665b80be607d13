//! The samples of the GT06 paper, and frames put together by hand from its description.

use super::super::super::tests::support::{self, dec, unhex};
use super::super::super::*;
use super::{PROTOCOL, encode};

mod framing;
mod layouts;
mod limits;
mod rare;
mod tables;

/// A frame of a type with the number 9, its content in hexadecimal digits.
fn framed_by_hand(code: u8, content: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    encode::short(code, &support::bytes(content), 9, &mut bytes);
    bytes
}

fn decoded(frame: &[u8], session: &mut Session) -> Messages {
    let mut messages = Messages::new();
    PROTOCOL.decode(frame, session, &mut messages);
    messages
}

fn answer(frame: &[u8]) -> Option<String> {
    let (mut out, messages) = (Vec::new(), decoded(frame, &mut Session::new()));
    // 2024-02-29 12:34:56 UTC.
    let answers = PROTOCOL.acknowledge(frame, &messages, UtcTime::from_unix(1_709_210_096), &mut out);
    answers.then(|| out.iter().map(|byte| format!("{byte:02X}")).collect())
}

/// The login that the paper prints, with its answer.
const LOGIN: &str = "78780D01012345678901234500018CDD0D0A";

#[test]
fn the_papers_login_is_answered_as_the_paper_prints_it() {
    assert_eq!(answer(&unhex(LOGIN)).as_deref(), Some("787805010001D9DC0D0A"));
    let mut session = Session::new();
    let messages = decoded(&unhex(LOGIN), &mut session);
    assert_eq!(messages.damage(), []);
    let login = messages.first().unwrap();
    assert_eq!((login.kind, login.serial, login.id_in_frame), (Kind::Login, Some(1), true));
    assert_eq!(session.device_id.unwrap().as_str(), "123456789012345");
    let mut written = Vec::new();
    PROTOCOL.encode(&Uplink::Login, &mut Session::of(session.device_id.unwrap()), &mut written).unwrap();
    assert_eq!(written, unhex(LOGIN));
}

#[test]
fn a_login_whose_checksum_is_wrong_is_read_and_not_answered() {
    let bytes = unhex("78780D01012345678901234500018CDE0D0A");
    let messages = decoded(&bytes, &mut Session::new());
    let wanted =
        "the checksum is 8CDE, and the bytes give 8CDD (CRC-16/X-25 from the length to the serial number)";
    assert_eq!(messages.damage().iter().map(ToString::to_string).collect::<Vec<_>>(), [wanted]);
    assert_eq!(messages.first().unwrap().device_id.unwrap().as_str(), "123456789012345");
    assert_eq!(answer(&bytes), None);
}

#[test]
fn what_is_cut_short_has_no_number_and_shows_what_came_as_content() {
    // All but the last five bytes of the paper's login: what stands last is its identity.
    let bytes = unhex("78780D01012345678901234500");
    let messages = decoded(&bytes, &mut Session::new());
    let login = messages.first().unwrap();
    assert_eq!((login.serial, login.device_id.unwrap().as_str()), (None, "123456789012345"));
}

#[test]
fn positions_have_no_identity_of_their_own_and_get_that_of_the_login() {
    // Date 11 08 29 17:46:16; 12 satellites; latitude 0x027AC7EB and longitude 0x0C465849 of 1/1,800,000 degree;
    // course and flags 0x148F: bit 10 north, bit 12 fix, 143 degrees; 460, 0, 0x287D, 0x001FB8.
    let content = unhex("0B081D112E10CC027AC7EB0C46584900148F01CC00287D001FB8");
    let mut bytes = Vec::new();
    encode::short(0x12, &content, 3, &mut bytes);
    let mut session = Session::new();
    decoded(&unhex(LOGIN), &mut session);
    let messages = decoded(&bytes, &mut session);
    assert_eq!(messages.damage(), []);
    let view = messages.views(&bytes).next().unwrap();
    assert_eq!(view.device_id.unwrap().as_str(), "123456789012345");
    assert!(!view.id_in_frame);
    assert_eq!(view.time.unwrap().to_string(), "2011-08-29T17:46:16Z");
    // 41,600,003 and 205,936,713 units, divided by hand.
    assert_eq!((view.lat, view.lon), (Some(dec("23.1116683")), Some(dec("114.4092850"))));
    assert_eq!((view.valid, view.course_deg, view.satellites), (Some(true), Some(dec("143")), Some(12)));
    let cell = Cell { mcc: Some(460), mnc: Some(0), lac: Some(0x287D), cid: Some(0x1FB8), rssi_dbm: None };
    assert_eq!(view.cells(), [cell]);
    assert_eq!(answer(&bytes), None, "a position wants no answer");
}

#[test]
fn south_and_west_have_a_minus() {
    // Bits 10 and 11: north is set, west is set.
    for (flags, lat, lon) in
        [("1400", "1", "2"), ("1C00", "1", "-2"), ("1000", "-1", "2"), ("1800", "-1", "-2")]
    {
        let mut bytes = Vec::new();
        let content = unhex(&format!("18021D0C2238C5001B774000 36EE8000{flags}").replace(' ', ""));
        encode::short(0x10, &content, 3, &mut bytes);
        let messages = decoded(&bytes, &mut Session::new());
        let message = messages.first().unwrap();
        assert_eq!((message.lat, message.lon), (Some(dec(lat)), Some(dec(lon))), "{flags}");
    }
}

#[test]
fn a_question_for_the_time_is_answered_with_it() {
    let mut bytes = Vec::new();
    encode::short(0x8A, &[], 6, &mut bytes);
    let answer = answer(&bytes).unwrap();
    // Length 0B: type, six bytes of time, number, checksum. 2024-02-29 12:34:56.
    assert!(answer.starts_with("78780B8A18021D0C22380006"), "{answer}");
}

#[test]
fn a_time_zone_of_the_login_is_told() {
    // Hours times 100 plus minutes in the upper twelve bits, bit 3 for west: 0x190A is 4:00 west.
    for (zone, minutes) in [("190A", -240), ("3200", 480), ("2120", 330)] {
        let mut bytes = Vec::new();
        encode::short(0x01, &unhex(&format!("086471700366446710 0F{zone}").replace(' ', "")), 2, &mut bytes);
        let messages = decoded(&bytes, &mut Session::new());
        let view = messages.views(&bytes).next().unwrap();
        assert_eq!(view.attribute("zone_min").map(|zone| zone.value), Some(Value::int(minutes)), "{zone}");
        assert_eq!(view.device_id.unwrap().as_str(), "864717003664467");
    }
}

#[test]
fn alarms_have_names_and_answers() {
    let report =
        Report { event: Some(0x14), ..Report::at(UtcTime::from_unix(1_709_210_096), dec("1"), dec("2")) };
    let mut bytes = Vec::new();
    PROTOCOL.encode(&Uplink::Position(&report), &mut Session::new(), &mut bytes).unwrap();
    let messages = decoded(&bytes, &mut Session::new());
    let view = messages.views(&bytes).next().unwrap();
    assert_eq!(view.events(), [Event { code: 0x14, name: "door", data: None }]);
    assert!(answer(&bytes).is_some());
}

#[test]
fn types_are_in_the_order_in_which_they_are_searched() {
    assert!((0..=255_u8).filter_map(super::types::find).map(|kind| kind.code).is_sorted());
    assert_eq!((0..=255_u8).filter_map(super::types::find).count(), 45);
}
