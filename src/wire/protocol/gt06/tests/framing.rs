//! Where a frame ends, and what speaks for it, by the paper: `78 78`, a length counted from the type to the checksum,
//! `0D 0A`. Frames whose length is wrong are found by their end, as far as a frame can go.

use super::super::PROTOCOL;
use super::{LOGIN, answer, framed_by_hand};
use crate::wire::tests::support::{bytes, framed, told, unhex};

fn check(text: &str, ended: bool, wanted: &str) {
    assert_eq!(framed(&PROTOCOL, &bytes(text), ended), wanted, "{text} {ended}");
}

#[test]
fn the_first_bytes_are_waited_for_and_others_are_refused() {
    let (start, short) = ("no: it does not begin with 78 78 or 79 79", "no: it ends within its first bytes");
    for text in ["78", "79"] {
        check(text, false, "need");
        check(text, true, start);
    }
    for text in ["77", "7879", "7978", "0078"] {
        check(text, false, start);
    }
    for text in ["7878", "787805", "7979", "797900", "79790005"] {
        check(text, false, "need");
        check(text, true, short);
    }
    check("78780501", false, "need");
    check("7979000501", false, "need");
}

#[test]
fn a_whole_frame_ends_where_its_length_says() {
    check(LOGIN, false, "18 fits, sum, id, 2");
    check(&format!("{LOGIN}7878"), false, "18 fits, sum, id, 2");
    check(&LOGIN.replace("8CDD", "8CDE"), false, "18 fits, no sum, id, 2");
    check(&LOGIN.replace("0123456789012345", "01234567890123A5"), false, "18 fits, no sum, id, 0");
    check(&LOGIN[..34], false, "need");
    // Nothing closes it, though all bytes are there.
    check(&format!("{}0000", &LOGIN[..32]), false, "need");
    check(&format!("{}0000", &LOGIN[..32]), true, "18 partly, no sum, id, 2");
    check(&LOGIN[..34], true, "17 against, no sum, id, 2");
    check(&format!("{}000000", &LOGIN[..32]), true, "19 against, no sum, id, 2");
    // A length of two bytes.
    check("7979 0005 F5 0001 0000 0D0A", false, "11 fits, no sum, no id, 0");
    check("7979 0106 F5 0001 0000 0D0A", false, "need");
}

#[test]
fn the_shortest_and_the_longest_lengths_are_believed() {
    check("78780501 0001 D9DC 0D0A", false, "10 fits, sum, id, 0");
    check("78780401 0001 D9 0D0A", false, "9 against, no sum, id, 0");
    for (length, wanted) in
        [(0x2000, "8198 fits, no sum, no id, 0"), (0x2001, "8199 partly, no sum, no id, 0")]
    {
        let mut frame = vec![0; length + 6];
        frame[..5].copy_from_slice(&[0x79, 0x79, (length >> 8) as u8, length as u8, 0xF5]);
        frame[length + 4..].copy_from_slice(b"\r\n");
        assert_eq!(framed(&PROTOCOL, &frame, true), wanted);
    }
}

#[test]
fn an_end_near_to_where_the_length_says_speaks_less_against_it() {
    let frame = |length: u8| format!("7878{length:02X}{}", &LOGIN[6..]);
    for (length, fit) in [
        (0x0A, "against"),
        (0x0B, "partly"),
        (0x0C, "partly"),
        (0x0E, "partly"),
        (0x0F, "partly"),
        (0x10, "against"),
    ] {
        check(&frame(length), true, &format!("18 {fit}, no sum, id, 2"));
    }
    // Shorter ones are found at once, longer ones when no more comes.
    check(&frame(0x0C), false, "18 partly, no sum, id, 2");
    check(&frame(0x0E), false, "need");
    // A length that no frame has is not near to anything.
    check("78780401 0001 0000 0D0A", false, "10 against, no sum, id, 0");
}

#[test]
fn a_checksum_that_fits_proves_nothing_where_the_length_is_wrong() {
    let mut frame = unhex("78780601086471700366446700090000");
    let sum = crate::wire::crc::crc16_x25(&frame[2..14]).to_be_bytes();
    frame[14..16].copy_from_slice(&sum);
    frame.extend_from_slice(b"\r\n");
    assert_eq!(framed(&PROTOCOL, &frame, true), "18 against, no sum, id, 2");
    assert_eq!(answer(&frame), None);
}

#[test]
fn an_end_is_looked_for_as_far_as_a_frame_can_go() {
    let far = "no: no 0D 0A follows within the longest frame there is";
    // 255 bytes behind the length, and the two of the end.
    for (head, reach) in [("787804", 257), ("79790004", 1_024), ("79792001", 8_192), ("7979FFFF", 8_192)] {
        let mut frame = unhex(head);
        frame.resize(frame.len() + reach - 1, 0);
        assert_eq!(framed(&PROTOCOL, &frame, false), "need", "{head}");
        frame.push(0);
        assert_eq!(framed(&PROTOCOL, &frame, false), far, "{head}");
        let at = frame.len() - 2;
        frame[at..].copy_from_slice(b"\r\n");
        assert!(framed(&PROTOCOL, &frame, false).starts_with(&format!("{} against", frame.len())), "{head}");
    }
}

#[test]
fn a_place_and_a_time_speak_for_a_frame_and_either_alone_does_not() {
    for (code, content, marks) in [
        (0x12, "18021D0C2238 C5 001B7740 0036EE80 50 145A", 2),
        (0x12, "18021E0C2238 C5 001B7740 0036EE80 50 145A", 0),
        (0x12, "18021D0C2238 C5 09A7EC81 0036EE80 50 145A", 0),
        (0x13, "18021D0C2238 C5 001B7740 0036EE80 50 145A", 0),
        (0x01, "0864717003664467", 2),
        (0x01, "0864717003664A67", 0),
        (0x01, "08647170036644A7", 0),
    ] {
        let frame = framed_by_hand(code, content);
        assert_eq!(
            framed(&PROTOCOL, &frame, false),
            format!("{} fits, sum, id, {marks}", frame.len()),
            "{content}"
        );
    }
    let unknown = framed_by_hand(0x55, "");
    assert_eq!(framed(&PROTOCOL, &unknown, false), "10 fits, sum, no id, 0");
}

#[test]
fn frames_of_two_bytes_of_length_are_read_alike() {
    let mut frame = bytes("7979 0009 94 0A 1122 33 0009 0000");
    let sum = crate::wire::crc::crc16_x25(&frame[2..11]).to_be_bytes();
    frame[11..].copy_from_slice(&sum);
    frame.extend_from_slice(b"\r\n");
    assert_eq!(told(&PROTOCOL, &frame), "status: information; serial 9; information 10; rest 112233");
    assert_eq!(framed(&PROTOCOL, &frame, false), "15 fits, sum, id, 0");
}

#[test]
fn what_is_wrong_with_the_envelope_is_told_and_the_rest_is_read() {
    let no_sum =
        "! no checksum can be read where one has to stand (CRC-16/X-25 from the length to the serial number)";
    let end = "! the frame does not end in 0D 0A";
    let length = |declared: u32, actual: u32| {
        format!(
            "! the frame declares a length of {declared}, and has {actual} (counted from the type to the checksum)"
        )
    };
    let check = |frame: &str, wanted: &str| assert_eq!(told(&PROTOCOL, &bytes(frame)), wanted, "{frame}");
    // Cut within its head, behind its identity, and before its end.
    check("7878", "unknown: unknown; ! the frame ends in start: it needs 4 bytes at byte 0, and 2 are there");
    let login = "login: login; id 123456789012345";
    check(&LOGIN[..26], &format!("{login}; rest 00; {}; {no_sum}; {end}", length(13, 10)));
    check(&LOGIN[..30], &format!("{login}; rest 00018C; {}; {no_sum}; {end}", length(13, 12)));
    check(&LOGIN[..32], &format!("{login}; serial 1; {no_sum}; {end}"));
    // Number and checksum are looked for behind the type alone.
    check(
        "7878 03 13 AABB 0D0A",
        &format!(
            "heartbeat: heartbeat; serial 43707; {no_sum}; ! the frame ends in state: it needs 1 bytes at byte 4, and 0 are there"
        ),
    );
    check(
        "7878 04 13 AABBCC 0D0A",
        &format!(
            "heartbeat: heartbeat; serial 43707; {no_sum}; ! the frame ends in state: it needs 1 bytes at byte 4, and 0 are there"
        ),
    );
    // What is another protocol's is told, with its start.
    let other = told(&PROTOCOL, &unhex(&LOGIN.replacen("7878", "7877", 1)));
    assert!(other.ends_with("; ! start, byte 0, is not 78 78 or 79 79"), "{other}");
    assert!(told(&PROTOCOL, &unhex(LOGIN)).ends_with("serial 1"), "nothing is wrong with it");
}
