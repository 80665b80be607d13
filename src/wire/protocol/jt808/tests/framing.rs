//! Where a message ends, what speaks for it, and its header, by the standard: `7E`, escapes, number of the message,
//! attributes (bits 0 to 9 length, 10 to 12 encryption, 13 split, 14 header of 2019), identity, number, body, checksum.

use super::super::PROTOCOL;
use super::{answer, message, said, sealed};
use crate::wire::tests::support::{bytes, digits, framed, told};

const PLACE: &str = "00000000 00000002 000F4241 001E8480 0007 007D 005A 240301040000";

fn check(frame: &[u8], ended: bool, wanted: &str) {
    assert_eq!(framed(&PROTOCOL, frame, ended), wanted, "{} {ended}", digits(frame));
}

#[test]
fn a_message_stands_between_two_marks() {
    let short = "no: between two marks stands less than a header";
    let frame = message(0x0002, "");
    check(&frame, false, "15 fits, sum, id, 1");
    check(&[&frame[..], &[0x7E]].concat(), false, "15 fits, sum, id, 1");
    check(&[], false, "no: it does not begin with 7E, or with the E7 of a variant");
    check(&[0x7F, 0x7E], false, "no: it does not begin with 7E, or with the E7 of a variant");
    check(&[0x7E], false, "need");
    check(&[0x7E], true, short);
    check(&[0x7E, 0x7E], false, short);
    check(&frame[..14], false, "need");
    check(&frame[..14], true, short);
    check(&[&frame[..13], &[0x7E]].concat(), false, short);
    // Unclosed, with as many bytes as the length asks for; and with a byte behind the checksum.
    check(&[&frame[..14], &[0]].concat(), true, "15 partly, no sum, id, 1");
    check(&[&frame[..14], &[0]].concat(), false, "need");
    check(&[&frame[..14], &[0, 0]].concat(), true, "16 partly, no sum, id, 1");
}

#[test]
fn a_mark_is_looked_for_as_far_as_a_message_can_go() {
    let mut frame = vec![0x11; 2_199];
    frame[..2].copy_from_slice(&[0x7E, 0x22]);
    check(&frame, false, "need");
    check(&frame, true, "2199 partly, no sum, id, 0");
    frame.push(0x11);
    let far = "no: no 7E, or E7, closes it within the longest message";
    check(&frame, false, far);
    check(&frame, true, far);
    frame[2_199] = 0x7E;
    check(&frame, false, "2200 partly, no sum, id, 0");
    frame[2_199] = 0x11;
    frame.push(0x7E);
    check(&frame, false, far);
}

#[test]
fn length_checksum_and_identity_speak_for_a_message() {
    let with = |length: &str| sealed(&format!("0002 {length} 013812345678 0009 11"));
    check(&with("0001"), false, "16 fits, sum, id, 1");
    check(&with("0000"), false, "16 partly, sum, id, 1");
    check(&with("0002"), false, "16 partly, sum, id, 1");
    check(&bytes("7E 0002 0000 013812345678 0009 00 7E"), false, "15 fits, no sum, id, 1");
    check(&sealed("0002 0000 01381234567A 0009"), false, "15 fits, sum, no id, 1");
    // Escapes are counted as what they stand for.
    check(&sealed("0002 0002 013812345678 0009 7E7D"), false, "19 fits, sum, id, 1");
    // A byte less than the shortest message, of which one is escaped: what folds to nothing proves nothing.
    let mut frame = sealed("0002 0000 013812345678 7D");
    assert_eq!(frame.len(), 15);
    check(&frame, false, "15 partly, no sum, id, 1");
    frame.remove(12);
    check(&frame, false, "no: between two marks stands less than a header");
}

#[test]
fn a_place_with_a_date_on_this_earth_is_a_strong_mark() {
    let marks = |code: u16, body: &str| {
        let told = framed(&PROTOCOL, &message(code, body), false);
        told.rsplit(' ').next().unwrap().to_owned()
    };
    assert_eq!(marks(0x0200, PLACE), "5");
    assert_eq!(marks(0x0200, &PLACE.replace("240301", "240230")), "1");
    assert_eq!(marks(0x0200, &PLACE.replace("240301", "2A0301")), "1");
    for (lat, lon, wanted) in [
        ("055D4A80", "0ABA9500", "5"),
        ("055D4A81", "0ABA9500", "1"),
        ("055D4A80", "0ABA9501", "1"),
        ("00000000", "00000000", "5"),
    ] {
        let place = PLACE.replace("000F4241", lat).replace("001E8480", lon);
        assert_eq!(marks(0x0200, &place), wanted, "{lat} {lon}");
    }
    assert_eq!(marks(0x0200, &PLACE[..40]), "1");
    assert_eq!(marks(0x0900, PLACE), "1");
    assert_eq!(marks(0x0FFF, PLACE), "0");
}

#[test]
fn the_attributes_say_how_the_header_goes_on() {
    let old = "position: position; id 13812345678; serial 9";
    let check = |plain: &str, wanted: &str| assert_eq!(told(&PROTOCOL, &sealed(plain)), wanted, "{plain}");
    let part = "body a part of a longer message; rest 11223344";
    check(
        "0900 0004 013812345678 0009 11223344",
        "data: pass-through; id 013812345678; serial 9; rest 11223344",
    );
    check(
        "0200 2004 013812345678 0009 0002 0001 11223344",
        &format!("{}; {part}", old.replace("id ", "id 0")),
    );
    check("0200 6004 01 00000000013812345678 0009 0002 0001 11223344", &format!("{old}; {part}"));
    for bits in ["04", "08", "10"] {
        check(
            &format!("0200 {bits}04 013812345678 0009 11223344"),
            &format!("{}; body encrypted; rest 11223344", old.replace("id ", "id 0")),
        );
    }
    check(
        "0900 8004 013812345678 0009 11223344",
        "data: pass-through; id 013812345678; serial 9; rest 11223344",
    );
    // All ten bits of the length.
    let long = "11".repeat(0x3FF);
    check(
        &format!("0900 03FF 013812345678 0009 {long}"),
        &format!("data: pass-through; id 013812345678; serial 9; rest {long}"),
    );
    assert!(said(0x0900, &"22".repeat(0x200)).ends_with("2222"));
}

#[test]
fn identities_are_packed_digits_or_fourteen_digits_as_a_number() {
    let check = |head: &str, wanted: &str| {
        let told = told(&PROTOCOL, &sealed(&format!("0002 {head} 0009")));
        assert_eq!(told, format!("heartbeat: heartbeat; {wanted}"), "{head}");
    };
    let fault = |at: u32| format!("serial 9; ! device_id, byte {at}, is not packed digits");
    check("0000 013812345678", "id 013812345678; serial 9");
    check("0000 000000000000", "id 000000000000; serial 9");
    check("4000 01 00000869912033012424", "id 869912033012424; serial 9");
    check("4000 01 12345678901234567890", "id 12345678901234567890; serial 9");
    check("4000 01 00000000000000000000", "id 00000000000000000000; serial 9");
    check("4000 01 0000086991203301242A", &fault(6));
    check("4000 01 FFFFFFFFFFFFFFFFFFFF", &fault(6));
    // From 10,000,000,000,000 to 99,999,999,999,999; the check digits were computed by hand.
    check("0000 09184E72A000", "id 100000000000009; serial 9");
    check("0000 5AF3107A3FFF", "id 999999999999994; serial 9");
    check("0000 1234567890FF", "id 200159983413750; serial 9");
    check("0000 09184E729FFF", &fault(5));
    check("0000 5AF3107A4000", &fault(5));
}

#[test]
fn what_escapes_nothing_stays_as_it_is() {
    let frame = |body: &str, sum: &str| bytes(&format!("7E 0900 0002 013812345678 0009 {body} {sum} 7E"));
    let sum = |body: [u8; 2]| {
        let plain = bytes("0900 0002 013812345678 0009");
        format!("{:02X}", crate::wire::crc::xor8(&[&plain[..], &body].concat()))
    };
    for (raw, plain) in [
        ("7D01 7D02", [0x7D, 0x7E]),
        ("7D03", [0x7D, 3]),
        ("7D00", [0x7D, 0]),
        ("7C01", [0x7C, 1]),
        ("1102", [0x11, 2]),
        // Their escapes fold to nothing, too.
        ("7D01 7D01", [0x7D, 0x7D]),
    ] {
        let wanted = format!("data: pass-through; id 013812345678; serial 9; rest {}", digits(&plain));
        assert_eq!(told(&PROTOCOL, &frame(raw, &sum(plain))), wanted, "{raw}");
    }
}

#[test]
fn logs_whose_escapes_were_taken_out_are_read_and_told() {
    let frame = bytes("7E 0900 0002 013812345678 0009 7D01");
    let sum = crate::wire::crc::xor8(&frame[1..]);
    let frame = [&frame[..], &[sum, 0x7E]].concat();
    assert_eq!(
        told(&PROTOCOL, &frame),
        "data: pass-through; id 013812345678; serial 9; rest 7D01; ! escape, byte 13, is not in a log whose escapes were taken out"
    );
    assert_eq!(answer(&frame), None, "a flipped bit looks the same");
    // A wrong checksum with and without an escape is that and nothing else.
    for (raw, length, plain) in [("7D01", 1, "7D"), ("1122", 2, "1122")] {
        let frame = bytes(&format!("7E 0900 000{length} 013812345678 0009 {raw} 5A 7E"));
        let told = told(&PROTOCOL, &frame);
        let head =
            format!("data: pass-through; id 013812345678; serial 9; rest {plain}; ! the checksum is 5A, and");
        assert!(told.starts_with(&head) && told.matches('!').count() == 1, "{told}");
        assert_eq!(answer(&frame), None);
    }
}

#[test]
fn what_is_wrong_with_the_envelope_is_told_and_the_rest_is_read() {
    let head = "heartbeat: heartbeat; id 013812345678; serial 9";
    let check = |text: &str, wanted: &str| assert_eq!(told(&PROTOCOL, &bytes(text)), wanted, "{text}");
    let short = |there: u32| {
        format!(
            "unknown: unknown; ! the frame ends in header: it needs 13 bytes at byte 1, and {there} are there"
        )
    };
    check("7E", &short(0));
    check("7E 0002 0000 013812345678 0009", &short(12));
    check("7E 0002 0000 013812345678 0009 7E", &format!("{head}; ! the frame does not end in 7E"));
    let length = |there: u32| {
        format!(
            "! the frame declares a length of 0, and has {there} (counted over the body, without header, checksum and escapes)"
        )
    };
    check(
        "7E 0002 0000 013812345678 0009 5555",
        &format!("{head}; rest 5555; {}; ! the frame does not end in 7E", length(2)),
    );
    let mut frame = message(0x0002, "");
    frame[0] = 0x7F;
    assert_eq!(told(&PROTOCOL, &frame), format!("{head}; ! start, byte 0, is not 7E"));
    let long = sealed("0002 0000 013812345678 0009 55");
    assert_eq!(told(&PROTOCOL, &long), format!("{head}; rest 55; {}", length(1)));
}
