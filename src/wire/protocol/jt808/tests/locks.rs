//! Messages of locks (55xx), as captures show them: a header with a number of one byte, times in UTC, degrees and
//! minutes in packed digits, and a half byte for the sides of the earth.

use super::super::PROTOCOL;
use super::sealed;
use crate::wire::tests::shown::shown;
use crate::wire::tests::support::told;

fn frame(code: u16, body: &str) -> Vec<u8> {
    let length = body.replace(' ', "").len() / 2;
    sealed(&format!("{code:04X} {length:04X} 013812345678 09 {body}"))
}

fn said(code: u16, body: &str) -> String {
    told(&PROTOCOL, &frame(code, body)).replace("; id 013812345678; serial 9", "")
}

#[test]
fn a_place_of_a_lock_has_its_sides_in_the_last_half_byte() {
    // 22 degrees 30.6000 minutes, 114 degrees 3.0001 minutes.
    for (sides, lat, lon) in [
        ("0", "-22.51", "-114.0500017"),
        ("2", "22.51", "-114.0500017"),
        ("4", "-22.51", "114.0500017"),
        ("6", "22.51", "114.0500017"),
        ("E", "22.51", "114.0500017"),
    ] {
        assert_eq!(
            said(0x5501, &format!("290224123456 22306000 114030001{sides} 50")),
            format!(
                "position: position of a lock; time 2024-02-29T12:34:56Z; valid true; lat {lat}; lon {lon}; speed 80"
            )
        );
    }
}

#[test]
fn only_one_of_the_three_is_without_reception() {
    let body = "290224123456 22306000 1140300006 50 11";
    let tail = "time 2024-02-29T12:34:56Z";
    let place = "lat 22.51; lon 114.05; speed 80; rest 11";
    for (code, name, valid) in [
        (0x5501, "position of a lock", true),
        (0x5502, "position of a lock, without reception", false),
        (0x5504, "position of a lock, on request", true),
    ] {
        assert_eq!(said(code, body), format!("position: {name}; {tail}; valid {valid}; {place}"));
    }
}

#[test]
fn degrees_and_minutes_end_at_their_limits() {
    let fault = "! lat, byte 18, is not degrees and minutes";
    for (lat, lon, wanted) in [
        ("90000000", "1800000006", "lat 90; lon 180; speed 80"),
        ("90000001", "1800000006", "speed 80; "),
        ("90000000", "1800000016", "speed 80; "),
        ("00599999", "0005999996", "lat 0.9999983; lon 0.9999983; speed 80"),
        ("00600000", "0005999996", "speed 80; "),
        ("00599999", "0006000006", "speed 80; "),
        ("0A000000", "0005999996", "speed 80; "),
        ("00000000", "00000000A6", "speed 80; "),
        ("00000000", "00A0000006", "speed 80; "),
        ("00000000", "0000000096", "lat 0; lon 0.000015; speed 80"),
    ] {
        let mut wanted =
            format!("position: position of a lock; time 2024-02-29T12:34:56Z; valid true; {wanted}");
        if wanted.ends_with("; ") {
            wanted.push_str(fault);
        }
        assert_eq!(said(0x5501, &format!("290224123456 {lat} {lon} 50")), wanted, "{lat} {lon}");
    }
}

#[test]
fn a_wrong_date_is_told_and_the_place_read() {
    assert_eq!(
        said(0x5501, "300224123456 22306000 1140300006 50"),
        "position: position of a lock; valid true; lat 22.51; lon 114.05; speed 80; ! time, byte 12, is not ddmmyyhhmmss in packed digits"
    );
    assert!(said(0x5501, "2902241234").ends_with("it needs 6 bytes at byte 12, and 5 are there"));
}

#[test]
fn the_header_of_a_lock_has_no_bits_for_splitting_or_encryption() {
    let frame = sealed("5501 7C14 013812345678 09 290224123456 22306000 1140300006 50 11223344");
    let told = told(&PROTOCOL, &frame);
    assert!(
        told.contains("id 013812345678; serial 9; time 2024-02-29T12:34:56Z; valid true; lat 22.51"),
        "{told}"
    );
    assert_eq!(
        shown(&PROTOCOL, &frame)[..4],
        ["code 5501 position of a lock", "length 7C14", "device_id 013812345678", "serial 09"]
    );
}
