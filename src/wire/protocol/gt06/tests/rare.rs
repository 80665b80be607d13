//! Layouts that few types have: texts, numbers that several makers use, counted places, cameras, parts.

use super::layouts::{CELL, PLACE, TOLD, check};

#[test]
fn texts_stand_behind_their_length_and_the_mark_of_the_server() {
    for (code, wanted) in [(0x15, "reply: reply"), (0x80, "down command: command"), (0x81, "reply: reply")] {
        for (content, text) in [
            ("06 01020304 4F4B 0002", "text OK; rest 0002"),
            // A length that is longer than what is there, and lengths that leave no text.
            ("FF 01020304 4F4B", "text OK"),
            ("04 01020304 0002", "text ; rest 0002"),
            ("03 01020304 0002", "text ; rest 0002"),
        ] {
            check(code, content, &format!("{wanted}; serial 9; {text}"));
        }
    }
    for (encoding, word) in [("01", "ASCII"), ("02", "UTF-16")] {
        check(
            0x21,
            &format!("01020304 {encoding} 4F4B"),
            &format!("reply: reply; serial 9; encoding {word}; text OK"),
        );
    }
    let said = "Lat:N1.5,Lon:W2.25,Course:90.5,Speed:7.5,DateTime:2024-02-29 12:34:56";
    let content: String = said.bytes().map(|byte| format!("{byte:02X}")).collect();
    check(
        0x15,
        &format!("{:02X} 00000000 {content}", said.len() + 4),
        &format!(
            "reply: reply; serial 9; time 2024-02-29T12:34:56Z; lat 1.5; lon -2.25; speed 7.5; course 90.5; text {said}"
        ),
    );
}

#[test]
fn a_number_that_several_makers_use_is_told_apart_by_what_stands_there() {
    let place = format!("position: position or cells; serial 9; {TOLD}");
    check(0x24, &format!("{PLACE} {CELL}"), &format!("{place}; cell 460/0/10365/8120"));
    check(0x24, "18021D0C2238 0501", "status: cells; serial 9; rest 18021D0C22380501");
    check(0x24, "18021D0C2238", "status: cells; serial 9; rest 18021D0C2238");
    // Another type with no length before its satellites is a place all the same.
    check(0x10, &PLACE.replace(" C5 ", " 05 "), &format!("position: position; serial 9; {TOLD}"));
    let rest = "00112233445566778899AABB";
    check(
        0xA3,
        &format!("{PLACE} {rest}"),
        &format!("position: position and cell; serial 9; {TOLD}; rest {rest}"),
    );
    let flat = PLACE.replace(' ', "");
    check(
        0xA3,
        &format!("{PLACE} {}", &rest[2..]),
        &format!("status: state; serial 9; rest {flat}{}", &rest[2..]),
    );
    check(0x37, PLACE, &format!("position: position; serial 9; {TOLD}"));
}

#[test]
fn a_counted_place_stands_behind_its_length() {
    let place = "001B7740 0036EE80 50 145A";
    for satellites in ["C5", "D5"] {
        for code in [0x32, 0x33] {
            check(
                code,
                &format!("18021D0C2238 0C {satellites} {place} 77"),
                &format!("position: position; serial 9; {TOLD}; rest 77"),
            );
        }
    }
    // No place, and nine bytes of cells.
    for code in [0x32, 0x33] {
        check(
            code,
            "18021D0C2238 00 09 01",
            "position: position; serial 9; time 2024-02-29T12:34:56Z; valid false; rest 0901",
        );
    }
    check(
        0x33,
        "18021D0C2238 0B C5",
        "position: position; serial 9; time 2024-02-29T12:34:56Z; valid false; rest C5",
    );
    // Neither: what stands behind the date are satellites and a place. 203,522,880 units are above 90 degrees.
    let flat = "! lat, byte 11, is not degrees of this earth";
    check(
        0x32,
        "18021D0C2238 0C B51B7740 0036EE80 50 145A",
        &format!("position: position; serial 9; time 2024-02-29T12:34:56Z; satellites 12; {flat}"),
    );
    check(
        0x32,
        "18021D0C2238 00 08000000 0036EE80 50 145A",
        "position: position; serial 9; time 2024-02-29T12:34:56Z; valid true; lat 74.5654044; lon 2; speed 80; course 90; satellites 0",
    );
    // Another type is not looked at that way.
    check(
        0x37,
        "18021D0C2238 0C C0000000 0036EE80 50 145A",
        &format!("position: position; serial 9; time 2024-02-29T12:34:56Z; satellites 12; {flat}"),
    );
}

#[test]
fn a_camera_tells_an_event_with_a_place_or_without() {
    let place = "001B7740 0036EE80 145A";
    let told = "time 2024-02-29T12:34:56Z; valid true; lat 1; lon 2";
    check(
        0x95,
        &format!("18021D0C2238 {place} 07"),
        &format!("position: event of a camera; serial 9; {told}; course 90; event 7 event of a camera"),
    );
    check(
        0x95,
        "18021D0C2238 07 112233445566778899",
        "status: event of a camera; serial 9; time 2024-02-29T12:34:56Z; event 7 event of a camera; rest 112233445566778899",
    );
    // With satellites, a speed of two bytes and the supply in tenths of a volt.
    check(
        0x95,
        &format!("FFFF01 18021D0C2238 C5 {place} 0150 007B 07 99"),
        &format!(
            "position: event of a camera; serial 9; {told}; speed 336; course 90; satellites 5; power_v 12.3; event 7 event of a camera; rest 99"
        ),
    );
}

#[test]
fn parts_have_a_number_and_a_length_and_part_33_is_the_place() {
    // Seconds of 2024-02-29 12:34:56; 5 satellites; -7 m.
    let place = "65E079F0 05 FFF9 001B7740 0036EE80 50 145A";
    let told =
        "time 2024-02-29T12:34:56Z; valid true; lat 1; lon 2; altitude -7; speed 80; course 90; satellites 5";
    let head = "0102030405";
    check(0x70, &format!("{head} 0033 0012 {place}"), &format!("position: parts; serial 9; {told}"));
    check(
        0x70,
        &format!("{head} 0033 0013 {place} 77 002A 0002 1122"),
        &format!("position: parts; serial 9; {told}; part 42 1122"),
    );
    let short = &place.replace(' ', "")[..34];
    check(0x70, &format!("{head} 0033 0011 {short}"), &format!("status: parts; serial 9; part 51 {short}"));
    check(
        0x70,
        &format!("{head} 0034 0012 {place}"),
        &format!("status: parts; serial 9; part 52 {}", place.replace(' ', "")),
    );
    check(0x70, &format!("{head} 0001 0000"), "status: parts; serial 9; part 1 ");
    check(0x70, &format!("{head} 000100"), "status: parts; serial 9; rest 000100");
}
