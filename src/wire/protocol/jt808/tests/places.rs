//! Where things stand in a place and in a batch of them, each value at its limit and beyond it.

use super::super::PROTOCOL;
use super::{message, said};
use crate::wire::tests::shown::shown;

/// The parts of a place, of which one is changed.
const PLACE: [&str; 8] =
    ["00000000", "00000002", "000F4241", "001E8480", "0007", "007D", "005A", "240301040000"];

fn with(at: usize, part: &str) -> String {
    let mut place = PLACE;
    place[at] = part;
    said(0x0200, &place.join(" "))
}

#[test]
fn degrees_are_of_this_earth_and_have_the_signs_of_the_status() {
    for (status, wanted) in [
        ("00000002", "valid true; lat 1.000001; lon 2;"),
        ("00000006", "valid true; lat -1.000001; lon 2;"),
        ("0000000A", "valid true; lat 1.000001; lon -2;"),
        ("0000000C", "valid false; lat -1.000001; lon -2;"),
    ] {
        assert!(with(1, status).contains(wanted), "{}", with(1, status));
    }
    assert!(with(2, "055D4A80").contains("lat 90;"));
    assert!(with(3, "0ABA9500").contains("lon 180;"));
    let north = with(2, "055D4A81");
    assert!(north.contains("valid true; lon 2;"), "{north}");
    assert!(north.ends_with("! lat, byte 21, is not degrees of this earth"), "{north}");
    let east = with(3, "0ABA9501");
    assert!(east.contains("lat 1.000001; altitude 7;"), "{east}");
    assert!(east.ends_with("! lon, byte 25, is not degrees of this earth"), "{east}");
}

#[test]
fn numbers_of_two_bytes_are_read_whole() {
    assert!(with(4, "FFFE").contains("altitude -2;"));
    assert!(with(4, "0102").contains("altitude 258;"));
    assert!(with(5, "FFFF").contains("speed 6553.5;"));
    assert!(with(6, "0167").contains("course 359;"));
}

#[test]
fn times_are_eight_hours_ahead_and_of_a_calendar() {
    assert!(with(7, "240301040000").contains("time 2024-02-29T20:00:00Z;"));
    assert!(with(7, "240301080000").contains("time 2024-03-01T00:00:00Z;"));
    // A clock that was never set has no time, and the message is whole.
    let unset = with(7, "000000000000");
    assert!(!unset.contains("; time ") && !unset.contains('!'), "{unset}");
    for wrong in ["240230040000", "24030104000A", "000000000001"] {
        let told = with(7, wrong);
        assert!(!told.contains("; time "), "{told}");
        assert!(told.ends_with("! time, byte 35, is not YYMMDDhhmmss in packed digits"), "{told}");
    }
    assert!(with(7, "2403").ends_with("it needs 6 bytes at byte 35, and 2 are there"));
}

#[test]
fn a_place_on_request_says_first_what_it_answers() {
    let place = PLACE.join(" ");
    let (plain, asked) = (said(0x0200, &place), said(0x0201, &format!("0102 {place}")));
    let wanted = plain.replace("position: position;", "position: position, on request;");
    assert_eq!(asked, wanted.replace("; status ", "; answers 258; status "));
}

#[test]
fn every_field_is_shown_where_it_stands() {
    let frame = message(0x0200, &format!("{} 31 01 09", PLACE.join(" ")));
    let checksum = format!("checksum {:02X} fits", frame[frame.len() - 2]);
    let wanted = [
        "code 0200 position",
        "length 001F",
        "device_id 013812345678",
        "serial 0009",
        "alarms 00000000",
        "status 00000002",
        "lat 000F4241",
        "lon 001E8480",
        "altitude_m 0007",
        "speed_kmh 007D01",
        "course_deg 005A",
        "time 240301040000 2024-02-29T20:00:00Z",
        "satellites 09",
        &checksum,
    ];
    assert_eq!(shown(&PROTOCOL, &frame), wanted);
    let batch =
        |kind: &str| shown(&PROTOCOL, &message(0x0704, &format!("0001 {kind} 001C {}", PLACE.join(" "))));
    assert_eq!(batch("00")[4..6], ["count 0001", "batch_type 00 normal"]);
    assert_eq!(batch("01")[4..6], ["count 0001", "batch_type 01 kept back"]);
}

#[test]
fn a_batch_holds_as_many_places_as_it_counts() {
    let (place, one) = (PLACE.join(" "), said(0x0200, &PLACE.join(" ")));
    let part = format!("001C {place}");
    let head = |old: bool| {
        let told = one.replace("position: position;", "position: positions;");
        told.replace("; status ", &format!("; archived {old}; status "))
    };
    assert_eq!(said(0x0704, &format!("0001 00 {part}")), head(false));
    assert_eq!(said(0x0704, &format!("0002 01 {part} {part}")), format!("{0}; {0}", head(true)));
    // One place more than is counted is kept, one less is told.
    let hex = part.replace(' ', "");
    assert_eq!(said(0x0704, &format!("0001 00 {part} {part}")), format!("{}; rest {hex}", head(false)));
    let fewer = "! count, byte 13, is not as many places as are counted";
    assert_eq!(said(0x0704, &format!("0002 01 {part}")), format!("{}; {fewer}", head(true)));
    // Two bytes are a length of nothing, three are a place that ends at once.
    assert_eq!(said(0x0704, &format!("0002 01 {part} 0001")), format!("{}; rest 0001; {fewer}", head(true)));
    assert_eq!(
        said(0x0704, &format!("0002 01 {part} 0001 11")),
        format!(
            "{}; position: positions; archived true; ! the frame ends in alarms: it needs 4 bytes at byte 48, and 1 are there",
            head(true)
        )
    );
    assert_eq!(said(0x0704, "0000 01"), "position: positions");
    assert_eq!(said(0x0704, "0001 01"), format!("position: positions; {fewer}"));
}
