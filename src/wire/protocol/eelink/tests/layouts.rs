//! What each layout holds, field by field, and where it may end.

use super::super::PROTOCOL;
use super::{check, datagram, packet};
use crate::wire::tests::support::{bytes, told};
use crate::wire::{Messages, Session, Spans};

/// 2024-02-29 12:34:56; 1 degree north, 2 degrees east.
const PLACE: &str = "65E079F0 001B7740 0036EE80";
/// 80 km/h, 90 degrees, a cell whose identity has three bytes.
const OLD: &str = "50 005A 01CC 0001 287D 001FB8";
const TOLD: &str = "time 2024-02-29T12:34:56Z; valid true; lat 1; lon 2";

#[test]
fn the_old_layout_has_a_speed_of_one_byte_and_a_cell_of_three() {
    let cell = "cell 460/1/10365/8120";
    let old = |name: &str| format!("position: {name}, old layout; serial 9; {TOLD}; speed 80; course 90");
    check(0x02, &format!("{PLACE} {OLD} 01"), &format!("{}; {cell}", old("position")));
    // State and battery may follow a position.
    for (more, wanted) in [
        ("00", "rest 00"),
        ("0011", "status 0011 (fix, armed)"),
        ("0011 10", "status 0011 (fix, armed); rest 10"),
        ("0011 1045 0031", "status 0011 (fix, armed); rest 0031"),
    ] {
        let battery = if wanted.contains("rest 0031") { "; battery_v 4.165" } else { "" };
        check(
            0x02,
            &format!("{PLACE} {OLD} 01 {more}"),
            &format!("{}{battery}; {cell}; {wanted}", old("position")),
        );
    }
    check(
        0x02,
        &format!("{PLACE} {OLD} 01 0011 1045"),
        &format!("{}; battery_v 4.165; {cell}; status 0011 (fix, armed)", old("position")),
    );
    // An event follows the others.
    check(
        0x04,
        &format!("{PLACE} {OLD} 01 02 77"),
        &format!("{}; {cell}; event 2 SOS; rest 77", old("alarm")),
    );
    check(0x05, &format!("{PLACE} {OLD} 01 02"), &format!("{}; {cell}; event 2 state", old("state")));
    // Only the lowest bit tells a fix.
    let none = old("position").replace("valid true", "valid false");
    check(0x02, &format!("{PLACE} {OLD} FE"), &format!("{none}; {cell}"));
    check(
        0x04,
        &format!("{PLACE} {OLD} 01"),
        &format!(
            "{}; {cell}; ! the frame ends in event: it needs 1 bytes at byte 32, and 0 are there",
            old("alarm")
        ),
    );
}

#[test]
fn each_bit_of_the_mask_has_its_part() {
    let time = "position: position; serial 9; time 2024-02-29T12:34:56Z";
    // Altitude -7 m, 336 km/h, 359 degrees, 8 satellites.
    let place = "001B7740 0036EE80 FFF9 0150 0167 08";
    let told = "lat 1; lon 2; altitude -7; speed 336; course 359; satellites 8";
    let state = "status 0001 (fix)";
    for (mask, content, wanted) in [
        ("00", String::new(), format!("valid true; {state}")),
        ("01", place.to_owned(), format!("valid true; {told}; {state}")),
        (
            "02",
            "01CC 0001 287D 00001FB8 29".to_owned(),
            format!("valid true; cell 460/1/10365/8120; {state}"),
        ),
        ("04", "11121314151617".to_owned(), format!("valid true; neighbour_cell 1 11121314151617; {state}")),
        ("08", "11121314151617".to_owned(), format!("valid true; neighbour_cell 2 11121314151617; {state}")),
        ("10", "11121314151617".to_owned(), format!("valid true; wifi 1 11121314151617; {state}")),
        ("20", "11121314151617".to_owned(), format!("valid true; wifi 2 11121314151617; {state}")),
        ("40", "11121314151617".to_owned(), format!("valid true; wifi 3 11121314151617; {state}")),
        // How a part of LTE is laid out is not known: all that follows is kept.
        ("80", "11".to_owned(), "rest 110001".to_owned()),
        ("81", place.to_owned(), format!("{told}; rest 0001")),
    ] {
        check(0x12, &format!("65E079F0 {mask} {content} 0001"), &format!("{time}; {wanted}"));
    }
}

#[test]
fn the_mask_is_explained_by_the_names_of_its_bits() {
    let frame = packet(0x12, "65E079F0 FF");
    let (mut messages, mut spans) = (Messages::new(), Spans::new());
    PROTOCOL.explain(&frame, &mut Session::new(), &mut messages, &mut spans);
    let mask = spans.fields().iter().find(|seen| seen.name == "mask").unwrap();
    assert_eq!(
        mask.value.names().collect::<Vec<_>>(),
        ["place", "cell", "neighbour cell 1", "neighbour cell 2", "WiFi 1", "WiFi 2", "WiFi 3", "LTE"]
    );
}

#[test]
fn behind_the_state_come_the_battery_then_the_inputs_and_the_odometer() {
    let told = "position: position; serial 9; time 2024-02-29T12:34:56Z";
    let state = "status 0002 (car)";
    for (more, numbers, rest) in [
        ("", "", ""),
        ("10", "", "; rest 10"),
        ("1032", "; battery_v 4.146", ""),
        ("1032 11223344 00007B", "; battery_v 4.146", "; rest 1122334400007B"),
        ("1032 11223344 00007B73", "; odometer 31603; battery_v 4.146", ""),
        ("1032 11223344 00007B73 20", "; odometer 31603; battery_v 4.146", "; rest 20"),
    ] {
        check(
            0x12,
            &format!("65E079F0 00 0002 {more}"),
            &format!("{told}; valid false{numbers}; {state}{rest}"),
        );
    }
}

#[test]
fn alarms_and_reports_have_an_event_before_the_state() {
    let rest = "serial 9; time 2024-02-29T12:34:56Z; valid false";
    check(0x14, "65E079F0 00 02 0000", &format!("position: alarm; {rest}; event 2 SOS; status 0000 ()"));
    check(0x15, "65E079F0 00 02 0000", &format!("position: report; {rest}; event 2 report; status 0000 ()"));
}

#[test]
fn a_cell_is_one_where_anything_but_its_network_is_told() {
    let told = "position: position; serial 9; time 2024-02-29T12:34:56Z; valid false";
    for (cell, wanted) in [
        ("0000 0000 0000 00000000", ""),
        ("0000 0001 0000 00000000", ""),
        ("01CC 0000 0000 00000000", "; cell 460/0/0/0"),
        ("0000 0000 287D 00000000", "; cell 0/0/10365/0"),
        ("0000 0000 0000 06455D11", "; cell 0/0/0/105209105"),
    ] {
        check(0x12, &format!("65E079F0 02 {cell} 22 0000"), &format!("{told}{wanted}; status 0000 ()"));
    }
}

#[test]
fn degrees_are_those_of_this_earth_to_the_last_unit() {
    let told = |lat: &str, lon: &str| {
        told(&PROTOCOL, &packet(0x12, &format!("65E079F0 01 {lat} {lon} 0000 0000 0000 00 0000")))
    };
    for (lat, lon, wanted) in
        [("09A7EC80", "134FD900", "lat 90; lon 180; "), ("F6581380", "ECB02700", "lat -90; lon -180; ")]
    {
        let told = told(lat, lon);
        assert!(told.contains(wanted) && !told.contains('!'), "{told}");
    }
    for (lat, lon, field) in [
        ("09A7EC81", "00000000", "lat, byte 12,"),
        ("F658137F", "00000000", "lat, byte 12,"),
        ("00000000", "134FD901", "lon, byte 16,"),
        ("00000000", "ECB026FF", "lon, byte 16,"),
    ] {
        let told = told(lat, lon);
        assert!(told.ends_with(&format!("! {field} is not degrees of this earth")), "{told}");
    }
}

#[test]
fn a_text_has_four_bytes_of_the_servers_own_before_it_and_may_tell_a_place() {
    check(0x80, "00000001 4F4B", "reply: reply or command; serial 9; text OK");
    check(0x81, "00000001 4F4B", "data: broadcast; serial 9; text OK");
    let said = "Lat:N1.5,Lon:W2.25,Course:90.5,Speed:7.5,DateTime:2024-02-29 12:34:56";
    let content: String = said.bytes().map(|byte| format!("{byte:02X}")).collect();
    check(
        0x80,
        &format!("00000001 {content}"),
        &format!(
            "reply: reply or command; serial 9; time 2024-02-29T12:34:56Z; lat 1.5; lon -2.25; speed 7.5; course 90.5; text {said}"
        ),
    );
    let short = "! the frame ends in mark of the server: it needs 4 bytes at byte 7, and 3 are there";
    check(0x80, "000000", &format!("reply: reply or command; serial 9; {short}"));
}

#[test]
fn a_login_with_seven_bytes_is_the_servers_and_any_other_an_identity() {
    check(0x01, "65E07C70 0001 00", "down acknowledgement: acknowledgement; serial 9; rest 65E07C70000100");
    check(0x01, "0352544071750518 01", "login: login; id 352544071750518; serial 9; rest 01");
    let short = "! the frame ends in device_id: it needs 8 bytes at byte 7, and 6 are there";
    check(0x01, "035254407175", &format!("login: login; serial 9; {short}"));
    let no_digits = "! device_id, byte 7, is not 16 packed digits";
    check(0x01, "03525440717505A8", &format!("login: login; serial 9; {no_digits}"));
    // Of another type seven bytes are no answer.
    check(
        0x03,
        "006E 0011223344",
        "heartbeat: heartbeat; serial 9; status 006E (car, ignition on, can be armed, can be cut, cut); rest 0011223344",
    );
}

#[test]
fn the_packets_of_a_datagram_are_each_their_own() {
    let heartbeat = "heartbeat: heartbeat; id 352544071750518; serial 9; status 0001 (fix)";
    let one = packet(0x03, "0001");
    let both = |second: &[u8]| told(&PROTOCOL, &datagram(&[&one, second].concat()));
    assert_eq!(
        both(&bytes("67670600040008 0002")),
        format!("{heartbeat}; status: state; id 352544071750518; serial 8; status 0002 (car)")
    );
    // Where a second one begins nothing is read of it, and it has not the number of the first.
    assert_eq!(
        both(&bytes("67680600040008 0002")),
        format!("{heartbeat}; unknown: unknown; id 352544071750518; ! start, byte 23, is not 67 67")
    );
    let rule = "counted from behind the length to the end";
    assert_eq!(
        both(&bytes("67670600050008 0002")),
        format!(
            "{heartbeat}; status: state; id 352544071750518; serial 8; status 0002 (car); ! the frame declares a length of 5, and has 4 ({rule})"
        )
    );
    // A length within the datagram is believed, and its content is not read beyond it.
    assert_eq!(
        told(&PROTOCOL, &datagram(&bytes("67670300030008 00 67670300040009 0001"))),
        "heartbeat: heartbeat; id 352544071750518; serial 8; ! the frame ends in status: it needs 2 bytes at byte 21, and 1 are there"
    );
}
