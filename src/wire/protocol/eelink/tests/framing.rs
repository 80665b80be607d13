//! Where a packet or a datagram ends, what speaks for it, and what is told of one that is damaged.

use super::super::PROTOCOL;
use super::{LOGIN, answer, check as says, datagram, packet};
use crate::wire::tests::support::{bytes, digits, framed, told, unhex};

fn check(text: &str, ended: bool, wanted: &str) {
    assert_eq!(framed(&PROTOCOL, &bytes(text), ended), wanted, "{text} {ended}");
}

#[test]
fn the_first_bytes_are_waited_for_and_others_are_refused() {
    let (start, short) = ("no: it does not begin with 67 67 or EL", "no: it ends within its first bytes");
    for text in ["67", "45"] {
        check(text, false, "need");
        check(text, true, start);
    }
    for text in ["66", "6768", "454D", "0067"] {
        check(text, false, start);
    }
    for text in ["6767", "676701", "67670100", "454C", "454C00"] {
        check(text, false, "need");
        check(text, true, short);
    }
}

#[test]
fn the_shortest_and_the_longest_lengths_are_believed() {
    let no = "no: no packet has the length that it declares";
    check("6767030002 0009", false, "7 fits, unsummed, id, 0");
    check("6767030001 00", false, no);
    check("454C0004 0000 0000", false, "8 fits, sum, no id, 0");
    check("454C0003 0000 00", false, no);
    for (head, longest) in [("676703", 4_091), ("454C", 4_092)] {
        for (length, wanted) in [(longest, "need"), (longest + 1, no)] {
            check(&format!("{head}{length:04X}"), false, wanted);
        }
        let mut frame = unhex(&format!("{head}{longest:04X}"));
        frame.resize(4_096, 0);
        assert!(framed(&PROTOCOL, &frame, false).starts_with("4096 fits"), "{head}");
    }
}

#[test]
fn a_packet_ends_where_its_length_says() {
    check(LOGIN, false, "17 fits, unsummed, id, 2");
    check(&format!("{LOGIN}6767"), false, "17 fits, unsummed, id, 2");
    check(&LOGIN[..32], false, "need");
    check(&LOGIN[..32], true, "16 against, unsummed, no id, 2");
    check("6767550002 0009", false, "7 fits, unsummed, no id, 0");
}

#[test]
fn a_datagram_ends_where_its_length_says() {
    let whole = digits(&datagram(&packet(0x03, "0001")));
    check(&whole, false, "23 fits, sum, id, 2");
    check(&format!("{whole}454C"), false, "23 fits, sum, id, 2");
    check(&whole.replace("0352544071750518", "0352544071750519"), false, "23 fits, no sum, id, 2");
    check(&whole.replace("0352544071750518", "035254407175051A"), false, "23 fits, no sum, no id, 2");
    check(&whole.replace("676703", "676603"), false, "23 fits, no sum, id, 0");
    check(&whole[..44], false, "need");
    check(&whole[..44], true, "22 against, unsummed, no id, 2");
    check(&whole[..30], true, "15 against, unsummed, no id, 0");
    // The upper byte of its length is no type of a packet, though 02 would be a position and this a time.
    check("454C0201000065 65E079F0", true, "11 against, unsummed, no id, 0");
}

#[test]
fn what_a_type_has_to_hold_speaks_for_a_packet() {
    // 1,230,000,000 seconds are the first that are of this time, 2,240,000,000 the first that are no more.
    for code in [0x02, 0x04, 0x05, 0x12, 0x14, 0x15] {
        for (time, marks) in
            [("49504F7F", 0), ("49504F80", 2), ("8583AFFF", 2), ("8583B000", 0), ("65E079", 0)]
        {
            let frame = packet(code, time);
            let wanted = format!("{} fits, unsummed, id, {marks}", frame.len());
            assert_eq!(framed(&PROTOCOL, &frame, false), wanted, "{code:02X} {time}");
        }
    }
    for (code, content, marks) in [
        (0x01, "0352544071750518", 2),
        (0x01, "035254407175051801", 2),
        (0x01, "035254407175051A", 0),
        (0x01, "03525440717505", 0),
        (0x03, "0001", 1),
        (0x03, "00", 0),
        (0x03, "000100", 0),
        (0x06, "65E079F0", 0),
        (0x80, "00000000 4F4B 20 0A 7E", 1),
        (0x81, "FF000000 4F4B", 1),
        (0x80, "00000000 4F4B 07", 0),
        (0x80, "000000", 0),
    ] {
        let frame = packet(code, content);
        let wanted = format!("{} fits, unsummed, id, {marks}", frame.len());
        assert_eq!(framed(&PROTOCOL, &frame, false), wanted, "{code:02X} {content}");
    }
}

#[test]
fn what_is_wrong_with_a_packet_is_told_and_the_rest_is_read() {
    let rule = "counted from behind the length to the end";
    let check = |text: &str, wanted: &str| assert_eq!(told(&PROTOCOL, &bytes(text)), wanted, "{text}");
    check("6768030004 0009 0001", "unknown: unknown; ! start, byte 0, is not 67 67");
    check("6767", "unknown: unknown; ! the frame ends in code: it needs 1 bytes at byte 2, and 0 are there");
    check(
        "67670300",
        "heartbeat: heartbeat; ! the frame ends in length: it needs 2 bytes at byte 3, and 1 are there",
    );
    check(
        "6767030004 00",
        &format!(
            "heartbeat: heartbeat; ! the frame declares a length of 4, and has 1 ({rule}); ! the frame ends in serial: it needs 2 bytes at byte 5, and 1 are there"
        ),
    );
    // Nothing beyond the declared length is read.
    check(
        "6767030003 0009 0001",
        "heartbeat: heartbeat; serial 9; ! the frame ends in status: it needs 2 bytes at byte 7, and 1 are there",
    );
    says(
        0x12,
        "65E079",
        "position: position; serial 9; ! the frame ends in time: it needs 4 bytes at byte 7, and 3 are there",
    );
}

#[test]
fn what_is_wrong_with_a_datagram_is_told_and_the_rest_is_read() {
    let whole = digits(&datagram(&packet(0x03, "0001")));
    let check = |text: &str, wanted: &str| assert_eq!(told(&PROTOCOL, &bytes(text)), wanted, "{text}");
    let heartbeat = "heartbeat: heartbeat; id 352544071750518; serial 9; status 0001 (fix)";
    check(&whole, heartbeat);
    let sum = &whole[8..12];
    let rule = "rotating sum of what follows it";
    check(
        &whole.replacen(sum, "0000", 1),
        &format!("{heartbeat}; ! the checksum is 0000, and the bytes give {sum} ({rule})"),
    );
    check(
        &whole.replacen("454C0013", "454C0014", 1),
        &format!(
            "{heartbeat}; ! the frame declares a length of 20, and has 19 (counted from behind the length to the end)"
        ),
    );
    check(
        "454C00",
        "unknown: unknown; ! the frame ends in length: it needs 2 bytes at byte 2, and 1 are there",
    );
    let cut = told(&PROTOCOL, &bytes(&whole[..26]));
    assert!(cut.starts_with("unknown: unknown; ! the frame declares a length of 19, and has 9 "), "{cut}");
    assert!(
        cut.ends_with("! the frame ends in device_id: it needs 8 bytes at byte 6, and 7 are there"),
        "{cut}"
    );
    let none = told(&PROTOCOL, &datagram(&[]));
    assert_eq!(
        none,
        "unknown: unknown; id 352544071750518; ! the frame ends in start: it needs 2 bytes at byte 14, and 0 are there"
    );
    let no_digits = told(&PROTOCOL, &bytes(&whole.replace("0352544071750518", "A352544071750518")));
    assert!(no_digits.ends_with("; ! device_id, byte 6, is not 16 packed digits"), "{no_digits}");
}

#[test]
fn what_is_damaged_is_not_answered() {
    let whole = datagram(&packet(0x03, "0001"));
    assert_eq!(answer(&whole), Some(datagram(&packet(0x03, ""))));
    let mut wrong = whole.clone();
    wrong[4] ^= 1;
    assert_eq!(answer(&wrong), None);
    assert_eq!(answer(&unhex("6767030004000900")), None);
    // An old position in a datagram is passed over, and what stands beside it is not.
    let old = packet(0x02, "65E079F0 001B7740 0036EE80 50 005A 0000 0000 0000 000000 01");
    assert_eq!(
        answer(&datagram(&[old.clone(), packet(0x03, "0001")].concat())),
        Some(datagram(&packet(0x03, "")))
    );
    assert_eq!(answer(&datagram(&old)), None);
}
