//! The lines of text: `hhmmss.sss,A,ddmm.mmmm,N,dddmm.mmmm,E,speed,course,ddmmyy|hdop|altitude|state|inputs`, with each
//! field absent, wrong and at its limit, and where it stands.

use super::super::PROTOCOL;
use super::{by_hand, frame, said};
use crate::wire::tests::shown::shown;
use crate::wire::tests::support::told;

const FIELDS: [&str; 9] =
    ["143345.000", "A", "4030.0000", "N", "00345.6000", "W", "10.00", "180.5", "290224"];
const TOLD: &str = "time 2024-02-29T14:33:45Z; valid true; lat 40.5; lon -3.76; speed 18.52; course 180.5";

/// What is told of a position of which one field is another.
fn with(at: usize, field: &str) -> String {
    let mut fields = FIELDS;
    fields[at] = field;
    said(0x9955, fields.join(","))
}

#[test]
fn what_stands_behind_the_bars_is_told() {
    let line = FIELDS.join(",");
    let head = format!("position: position; {TOLD}");
    let check =
        |behind: &str, wanted: &str| assert_eq!(said(0x9955, format!("{line}{behind}")), wanted, "{behind}");
    let whole = "position: position; time 2024-02-29T14:33:45Z; valid true; lat 40.5; lon -3.76; altitude 667; speed 18.52; course 180.5; hdop 0.9";
    check(
        ",,*00|0.9|667|0102|0000,0010",
        &format!("{whole}; state 0102 (output 2, input 1); part 3 0000,0010"),
    );
    check("|0.9|667", whole);
    check("", &head);
    check("||||", &head);
    check("||||x|y", &format!("{head}; part 3 x; part 4 y"));
    // A state is up to four hexadecimal digits.
    check("|||1", &format!("{head}; state 1 (output 1)"));
    check("|||0001F", &format!("{head}; part 2 0001F"));
    check("|||0x1", &format!("{head}; part 2 0x1"));
    check("|x", &format!("{head}; ! hdop, byte 70, is not a number"));
    check("||x", &format!("{head}; ! altitude_m, byte 71, is not a number"));
    check(
        "|x|y",
        &format!("{head}; ! hdop, byte 70, is not a number; ! altitude_m, byte 72, is not a number"),
    );
}

#[test]
fn degrees_have_their_sides_and_limits() {
    for (at, side, wanted) in [
        (3, "N", "lat 40.5; lon -3.76"),
        (3, "S", "lat -40.5; lon -3.76"),
        (5, "E", "lat 40.5; lon 3.76"),
        (5, "W", "lat 40.5; lon -3.76"),
    ] {
        assert!(with(at, side).contains(wanted), "{side}");
    }
    assert!(with(2, "9000.0000").contains("lat 90;"));
    assert!(with(4, "18000.0000").contains("lon -180;"));
    for beyond in ["9000.0001", "4060.0000", "40x0.0000", ""] {
        let told = with(2, beyond);
        assert!(
            told.contains("valid true; lon -3.76; speed 18.52")
                && told.ends_with("! lat, byte 26, is not degrees and minutes"),
            "{told}"
        );
    }
    for beyond in ["18000.0001", "x"] {
        let told = with(4, beyond);
        assert!(
            told.contains("lat 40.5; speed 18.52")
                && told.ends_with("! lon, byte 38, is not degrees and minutes"),
            "{told}"
        );
    }
}

#[test]
fn speed_and_course_may_be_absent_and_are_told_when_wrong() {
    let head = "position: position; time 2024-02-29T14:33:45Z; valid true; lat 40.5; lon -3.76";
    assert_eq!(with(6, ""), format!("{head}; course 180.5"));
    assert_eq!(with(6, "x"), format!("{head}; course 180.5; ! speed_kmh, byte 51, is not knots"));
    assert_eq!(with(7, ""), format!("{head}; speed 18.52"));
    assert_eq!(with(7, "x"), format!("{head}; speed 18.52; ! course_deg, byte 57, is not degrees"));
}

#[test]
fn a_flag_is_one_of_two() {
    assert!(with(1, "V").contains("valid false"));
    for wrong in ["B", "", "AA"] {
        let told = with(1, wrong);
        assert!(!told.contains("; valid ") && told.ends_with("! valid, byte 24, is not A or V"), "{told}");
    }
}

#[test]
fn clocks_may_lack_the_zeros_at_their_front() {
    for (clock, wanted) in
        [("143345", "14:33:45"), ("43345.99", "04:33:45"), ("45.000", "00:00:45"), ("", "00:00:00")]
    {
        assert!(with(0, clock).contains(&format!("time 2024-02-29T{wanted}Z")), "{clock}");
    }
    for clock in ["1433450", "14334x", "243345", "146045"] {
        let told = with(0, clock);
        assert!(told.ends_with("! time, byte 13, is not hhmmss, and ddmmyy behind the course"), "{told}");
        assert!(!told.contains("; time "), "{told}");
    }
    for date in ["300224", "2902", "2902245", ""] {
        assert!(
            with(8, date).ends_with("! time, byte 13, is not hhmmss, and ddmmyy behind the course"),
            "{date}"
        );
    }
}

#[test]
fn a_line_that_ends_early_names_the_first_field_it_lacks() {
    for (count, field) in [
        (1, "valid"),
        (2, "lat"),
        (3, "lat"),
        (4, "lon"),
        (5, "lon"),
        (6, "speed_kmh"),
        (7, "course_deg"),
        (8, "time"),
    ] {
        let line = FIELDS[..count].join(",");
        let fault = format!(
            "! the frame ends in {field}: it needs 1 bytes at byte {}, and 0 are there",
            13 + line.len()
        );
        assert_eq!(said(0x9955, &line), format!("position: position; {fault}"));
    }
}

#[test]
fn lines_of_a_batch_are_divided_by_backslashes() {
    let (first, second) = (FIELDS.join(","), FIELDS.join(",").replace("143345", "143346"));
    let other = TOLD.replace(":45Z", ":46Z");
    let head = "position: positions";
    let both = format!("\x02\x0A{first}|0.9\\\x0B{second}||7");
    assert_eq!(
        said(0x6688, &both),
        format!("{head}; {TOLD}; hdop 0.9; {head}; {}", other.replace("; speed", "; altitude 7; speed"))
    );
    assert_eq!(
        said(0x6688, format!("\x02\x0A{first}\\\x0B143346")),
        format!(
            "{head}; {TOLD}; {head}; ! the frame ends in valid: it needs 1 bytes at byte 79, and 0 are there"
        )
    );
    let all = shown(&PROTOCOL, &frame(0x6688, both.as_bytes()));
    assert_eq!(
        all[4..7],
        ["count 02", "time 3134333334352E303030 2024-02-29T14:33:45Z", "date 323930323234"]
    );
    assert!(all.contains(&"time 3134333334362E303030 2024-02-29T14:33:46Z".to_owned()), "{all:?}");
    assert!(all.contains(&"hdop 302E39".to_owned()) && all.contains(&"altitude_m 37".to_owned()), "{all:?}");
}

#[test]
fn a_card_has_its_place_behind_the_last_bar() {
    let line = "143345,290224,4030.0000,N,00345.6000,W";
    let told = "position: card; time 2024-02-29T14:33:45Z; lat 40.5; lon -3.76";
    assert_eq!(said(0x9966, format!("AB|{line}")), format!("{told}; card 4142"));
    assert_eq!(said(0x9966, format!("A|B|{line}")), format!("{told}; card 417C42"));
    assert_eq!(said(0x9966, format!("|{line}")), told);
    assert_eq!(
        said(0x9966, "AB|143345"),
        "position: card; card 4142; ! the frame ends in time: it needs 1 bytes at byte 22, and 0 are there"
    );
    assert_eq!(
        said(0x9966, "AB|143345,290224,4030.0000"),
        "position: card; time 2024-02-29T14:33:45Z; card 4142; ! the frame ends in lat: it needs 1 bytes at byte 39, and 0 are there"
    );
}

#[test]
fn an_identity_of_fourteen_digits_is_an_imei_without_its_check_digit() {
    let told = |id: &str| told(&PROTOCOL, &by_hand("$$", id, 0x5000, b""));
    assert_eq!(told("86991203301242"), "login: login; id 86991203301242; imei 869912033012424");
    assert_eq!(told("8699120330124F"), "login: login; id 8699120330124");
}

#[test]
fn every_field_is_shown_where_it_stands() {
    let sent = frame(0x9999, format!("\x01{},,*00|0.9|667|0102|5", FIELDS.join(",")).as_bytes());
    let hex = |text: &str| crate::wire::tests::support::digits(text.as_bytes());
    let checksum = format!(
        "checksum {} fits",
        crate::wire::tests::support::digits(&sent[sent.len() - 4..sent.len() - 2])
    );
    let wanted = [
        "start 2424".to_owned(),
        format!("length {:04X}", sent.len()),
        "device_id 12345678FFFFFF".to_owned(),
        "code 9999 alarm".to_owned(),
        "event 01 SOS, or input 1 active".to_owned(),
        format!("time {} 2024-02-29T14:33:45Z", hex("143345.000")),
        format!("date {}", hex("290224")),
        format!("valid {} true", hex("A")),
        format!("lat {}", hex("4030.0000")),
        format!("lon {}", hex("00345.6000")),
        format!("speed_kmh {}", hex("10.00")),
        format!("course_deg {}", hex("180.5")),
        format!("hdop {}", hex("0.9")),
        format!("altitude_m {}", hex("667")),
        format!("state {}", hex("0102")),
        format!("part {}", hex("5")),
        checksum,
    ];
    assert_eq!(shown(&PROTOCOL, &sent), wanted);
}
