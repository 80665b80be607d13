//! A place: `ddmmyy,hhmmss,A,lat,N,lon,E,km/h,course,altitude,satellites,signal %,battery %,steps,tumbles,status,cells…`,
//! with each field absent, wrong and at its limit, and where it stands.

use super::super::PROTOCOL;
use super::{frame, said};
use crate::wire::tests::shown::shown;

const FIELDS: [&str; 16] = [
    "290224", "123456", "A", "22.57", "N", "113.86", "E", "5.5", "152", "100", "5", "60", "90", "1000", "50",
    "00000001",
];
const HEAD: &str = "time 2024-02-29T12:34:56Z; valid true; lat 22.57; lon 113.86";
const TAIL: &str = "signal_pct 60; steps 1000; tumbles 50; status 00000001 (battery low)";
const TOLD: &str = "time 2024-02-29T12:34:56Z; valid true; lat 22.57; lon 113.86; altitude 100; speed 5.5; course 152; satellites 5; battery_pct 90; signal_pct 60; steps 1000; tumbles 50; status 00000001 (battery low)";

/// What is told of a place of which one field is another.
fn with(at: usize, field: &str) -> String {
    let mut fields = FIELDS;
    fields[at] = field;
    said(&format!("UD,{}", fields.join(",")))
}

/// What is told of a place with more behind its state.
fn more(behind: &str) -> String {
    said(&format!("UD,{}{behind}", FIELDS.join(",")))
}

#[test]
fn a_place_is_read_whichever_name_it_has() {
    for (name, wanted) in [
        ("UD", "position"),
        ("UD2", "buffered position"),
        ("WT", "position, on weather's request"),
        ("AL", "alarm"),
    ] {
        assert_eq!(said(&format!("{name},{}", FIELDS.join(","))), format!("position: {wanted}; {TOLD}"));
    }
}

#[test]
fn every_field_may_be_empty_but_for_time_flag_and_state() {
    let whole = format!("position: position; {TOLD}");
    for (at, gone) in [
        (3, "lat 22.57; "),
        (5, "lon 113.86; "),
        (7, "speed 5.5; "),
        (8, "course 152; "),
        (9, "altitude 100; "),
        (10, "satellites 5; "),
        (11, "signal_pct 60; "),
        (12, "battery_pct 90; "),
        (13, "steps 1000; "),
        (14, "tumbles 50; "),
    ] {
        assert_eq!(with(at, ""), whole.replace(gone, ""), "{gone}");
        let wrong = with(at, "x");
        let fault = format!(", byte {}, is not a number", 23 + FIELDS[..at].join(",").len() + 1);
        assert!(wrong.starts_with(&whole.replace(gone, "")) && wrong.ends_with(&fault), "{wrong}");
    }
    assert_eq!(with(10, "65536"), whole.replace("satellites 5; ", ""));
    assert!(with(10, "65535").contains("satellites 65535;"));
}

#[test]
fn times_and_flags_are_told_when_they_are_wrong() {
    for (at, wrong) in [(0, "300224"), (0, "2902"), (0, ""), (1, "246000"), (1, "12345x")] {
        let told = with(at, wrong);
        assert!(told.starts_with("position: position; valid true; lat"), "{told}");
        assert!(told.ends_with("! time, byte 23, is not ddmmyy,hhmmss"), "{told}");
    }
    assert!(with(2, "V").contains("valid false"));
    for wrong in ["", "N", "AA"] {
        let told = with(2, wrong);
        assert!(!told.contains("; valid "), "{told}");
        assert!(told.ends_with("! valid, byte 37, is not A or V"), "{told}");
    }
}

#[test]
fn degrees_have_a_letter_or_a_sign_or_both() {
    for (at, value, side, wanted) in [
        (3, "22.57", "S", "lat -22.57;"),
        (3, "-22.57", "S", "lat -22.57;"),
        (3, "-22.57", "N", "lat -22.57;"),
        (3, "0", "S", "lat 0;"),
        (3, "90", "N", "lat 90;"),
        (3, "-90", "N", "lat -90;"),
        (5, "113.86", "W", "lon -113.86;"),
        (5, "-113.86", "W", "lon -113.86;"),
        (5, "-113.86", "E", "lon -113.86;"),
        (5, "180", "W", "lon -180;"),
    ] {
        let mut fields = FIELDS;
        (fields[at], fields[at + 1]) = (value, side);
        let told = said(&format!("UD,{}", fields.join(",")));
        assert!(told.contains(wanted) && !told.contains('!'), "{told}");
    }
    for (at, beyond, fault) in [
        (3, "90.01", "! lat, byte 39, is not degrees of this earth"),
        (3, "-90.01", "! lat, byte 39, is not degrees of this earth"),
        (5, "180.01", "! lon, byte 47, is not degrees of this earth"),
    ] {
        let told = with(at, beyond);
        assert!(told.ends_with(fault) && told.contains("altitude 100"), "{told}");
    }
}

#[test]
fn each_bit_of_the_state_has_its_name_and_alarms_raise_theirs() {
    for (bit, name) in [
        (0, "battery low"),
        (1, "out of fence"),
        (2, "in fence"),
        (3, "bracelet on"),
        (4, "moving"),
        (16, "SOS"),
        (17, "battery low alarm"),
        (18, "leaves fence"),
        (19, "enters fence"),
        (20, "taken off"),
        (21, "fall"),
    ] {
        let state = format!("{:08X}", 1_u32 << bit);
        let wanted = TOLD.replace("00000001 (battery low)", &format!("{state} ({name})"));
        assert_eq!(with(15, &state), format!("position: position; {wanted}"), "a state is no alarm");
        let mut fields = FIELDS;
        fields[15] = &state;
        let event = if bit < 16 { String::new() } else { format!("event {bit} {name}; ") };
        let wanted = wanted.replace("signal_pct", &format!("{event}signal_pct"));
        assert_eq!(said(&format!("AL,{}", fields.join(","))), format!("position: alarm; {wanted}"));
    }
    assert!(with(15, "1").ends_with("status 1 (battery low)"));
    for wrong in ["", "x", "100000000"] {
        let fault = "! status, byte 84, is not hexadecimal digits";
        let told = with(15, wrong);
        assert!(told.ends_with(&format!("tumbles 50; {fault}")), "{told}");
    }
}

#[test]
fn a_place_that_ends_early_names_the_first_field_it_lacks() {
    for (count, field) in [
        (1, "time"),
        (2, "valid"),
        (3, "lat"),
        (4, "lat"),
        (5, "lon"),
        (6, "lon"),
        (7, "speed_kmh"),
        (8, "course_deg"),
        (9, "altitude_m"),
        (10, "satellites"),
        (11, "signal_pct"),
        (12, "battery_pct"),
        (13, "steps"),
        (14, "tumbles"),
        (15, "status"),
    ] {
        let content = format!("UD,{}", FIELDS[..count].join(","));
        let fault = format!(
            "! the frame ends in {field}: it needs 1 bytes at byte {}, and 0 are there",
            20 + content.len()
        );
        let told = said(&content);
        assert!(told.ends_with(&fault) && told.matches('!').count() == 1, "{told}");
    }
}

#[test]
fn cells_are_as_many_as_are_counted_and_there() {
    let whole = format!(
        "position: position; {HEAD}; altitude 100; speed 5.5; course 152; satellites 5; battery_pct 90"
    );
    let check = |behind: &str, cells: &str, rest: &str| {
        assert_eq!(more(behind), format!("{whole}{cells}; {TAIL}{rest}"), "{behind}");
    };
    check("", "", "");
    check(",0", "", "");
    check(",0,1,2", "", "; rest 1,2");
    check(",2", "", "");
    check(",x,1", "", "; rest 1");
    let one = "; cell 460/1/9360/4082";
    check(",1,1,460,1,9360,4082,131", one, "");
    check(",1,1,460,1,9360,4082,131,0", one, "; rest 0");
    check(",2,1,460,1,9360,4082,131,24A0,FFF1,120", &format!("{one}; cell 460/1/9376/65521"), "");
    check(",3,1,460,1,9360,4082,131", one, "");
    check(",1,1,65536,1,4294967296,4294967296,131", "; cell 0/1/0/4294967296", "");
    let short = |field: &str, at: usize| {
        format!("; ! the frame ends in {field}: it needs 1 bytes at byte {at}, and 0 are there")
    };
    check(",1,1", "", &short("cell", 96));
    check(",1,1,460", "", &short("cell", 100));
    check(",1,1,460,1,9360", "", &short("cell", 107));
    check(",1,1,460,1,9360,4082", "", &short("signal of a cell", 112));
}

#[test]
fn every_field_is_shown_where_it_stands() {
    let content = format!("UD,{},1,1,460,1,9360,4082,131", FIELDS.join(","));
    let hex = |text: &str| crate::wire::tests::support::digits(text.as_bytes());
    let mut wanted = vec![
        format!("time {} 2024-02-29T12:34:56Z", hex("290224,123456")),
        format!("valid {} true", hex("A")),
    ];
    for (name, at) in [
        ("lat", 3),
        ("lon", 5),
        ("speed_kmh", 7),
        ("course_deg", 8),
        ("altitude_m", 9),
        ("satellites", 10),
        ("signal_pct", 11),
        ("battery_pct", 12),
        ("steps", 13),
        ("tumbles", 14),
        ("status", 15),
    ] {
        wanted.push(format!("{name} {}", hex(FIELDS[at])));
    }
    wanted.push(format!("cells {}", hex("1")));
    wanted.push(format!("cell {}", hex("9360,4082,131")));
    assert_eq!(shown(&PROTOCOL, frame(&content).as_bytes())[5..], wanted);
}
