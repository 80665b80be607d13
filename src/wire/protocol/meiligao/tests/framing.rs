//! Where a frame ends, and what speaks for it, by the paper: `$$` or `@@`, a length of the whole frame, an identity in
//! packed digits, a command, a CRC-16/CCITT-FALSE over all before it, CR LF. Frames whose length was taken out end at
//! the first CR LF.

use super::super::PROTOCOL;
use super::{by_hand, frame, said};
use crate::wire::tests::support::{bytes, digits, framed, told};
use crate::wire::{Messages, Session, UtcTime};

/// A login whose checksum was computed elsewhere.
const LOGIN: &str = "2424001112345678FFFFFF500097FA0D0A";
const LINE: &[u8] = b"143345.000,A,4030.0000,N,00345.6000,W,10.00,180.5,290224,,*00|0.9|667|0102";

fn check(frame: &[u8], ended: bool, wanted: &str) {
    assert_eq!(framed(&PROTOCOL, frame, ended), wanted, "{} {ended}", digits(frame));
}

#[test]
fn the_first_bytes_are_waited_for_and_others_are_refused() {
    let (start, short) = ("no: it does not begin with $$ or @@", "no: it ends within its first bytes");
    for text in [&b"$"[..], b"@"] {
        check(text, false, "need");
        check(text, true, start);
    }
    for text in [&b""[..], b"$@", b"@$", b"#$", b"x"] {
        check(text, false, start);
    }
    for text in [&b"$$"[..], b"@@", b"$$\0"] {
        check(text, false, "need");
        check(text, true, short);
    }
    let login = bytes(LOGIN);
    check(&login[..4], false, "need");
    check(&login[..12], false, "need");
    check(&login[..12], true, short);
    check(&login[..13], true, "13 partly, no sum, id, 2");
    check(&bytes("2424 0000 12345678FFFFFF 50"), false, "need");
    check(&bytes("2424 0000 12345678FFFFFF 50"), true, short);
}

#[test]
fn a_whole_frame_ends_where_its_length_says() {
    let login = bytes(LOGIN);
    assert_eq!(login, frame(0x5000, b""));
    check(&login, false, "17 fits, sum, id, 2");
    check(&[&login[..], b"$$"].concat(), false, "17 fits, sum, id, 2");
    check(&login[..16], false, "need");
    check(&by_hand("@@", "12345678FFFFFF", 0x4000, &[1]), false, "18 fits, sum, id, 2");
    // A line end within it is not its end.
    let inner = frame(0x9955, b"12\r\n56");
    check(&inner, false, "23 fits, sum, id, 2");
    check(&inner[..22], false, "need");
    // All bytes are there and do not end in CR LF: the first one counts.
    let mut wrong = inner;
    wrong[22] = 0;
    check(&wrong, false, "17 partly, no sum, id, 2");
    check(&wrong[..22], true, "17 partly, no sum, id, 2");
    wrong[17] = 0x11;
    wrong[16] = 0x11;
    wrong[15] = 0x11;
    check(&wrong, false, "need");
    check(&wrong, true, "23 partly, no sum, id, 2");
}

#[test]
fn lengths_that_no_frame_has_are_not_believed() {
    let with = |length: &str| bytes(&format!("2424 {length} 12345678FFFFFF 5000 1111 0D0A"));
    for length in ["0000", "0001", "0010"] {
        check(&with(length), false, "17 partly, no sum, id, 2");
    }
    check(&bytes("2424 0010 12345678FFFFFF 5000 11 0D0A 22 0D0A"), false, "19 partly, no sum, id, 2");
    check(&with("0011"), false, "17 fits, no sum, id, 2");
    check(&with("0012"), false, "need");
    check(&with("0800"), false, "need");
    check(&with("0801"), false, "no: no frame is as long as it declares");
}

#[test]
fn an_end_is_looked_for_as_far_as_a_frame_can_go() {
    let far = "no: no CR LF follows within the longest frame there is";
    let mut frame = bytes("2424 0000 12345678FFFFFF 5000");
    frame.resize(2_047, 0x11);
    check(&frame, false, "need");
    check(&frame, true, "2047 partly, no sum, id, 2");
    frame.push(0x11);
    check(&frame, false, far);
    check(&frame, true, far);
    frame[2_046..].copy_from_slice(b"\r\n");
    check(&frame, false, "2048 partly, no sum, id, 2");
}

#[test]
fn an_identity_is_digits_with_f_behind_them() {
    let no = "no: no identity in packed digits follows the length";
    for (id, wanted) in [
        ("12345678901234", "17 fits, sum, id, 2"),
        ("1FFFFFFFFFFFFF", "17 fits, sum, id, 2"),
        ("90FFFFFFFFFFFF", "17 fits, sum, id, 2"),
        ("FFFFFFFFFFFFFF", "17 fits, sum, no id, 2"),
        ("123456789012A4", no),
        ("A2345678901234", no),
        ("1234F6FFFFFFFF", no),
        ("123FFFFFFFFFF1", no),
        ("12345678FFFFFE", no),
    ] {
        check(&by_hand("$$", id, 0x5000, b""), false, wanted);
    }
}

#[test]
fn a_clock_with_a_flag_speaks_for_a_line() {
    let marks = |code: u16, data: &[u8]| {
        framed(&PROTOCOL, &frame(code, data), false).rsplit(' ').next().unwrap().to_owned()
    };
    let behind = |count: usize| [&vec![0x11; count][..], LINE].concat();
    for (code, count) in [(0x9955, 0), (0x9999, 1), (0x6688, 2), (0x9016, 6)] {
        assert_eq!(marks(code, &behind(count)), "4", "{code:04X}");
        assert_eq!(marks(code, &behind(count + 1)), "2", "{code:04X}");
    }
    for (line, wanted) in [
        ("143345,V,", "4"),
        ("43345,A,", "4"),
        ("3345,A,", "2"),
        ("1143345,A,", "2"),
        ("143345,N,", "2"),
        ("143345,A", "2"),
        ("143345.000", "2"),
        ("", "2"),
    ] {
        assert_eq!(marks(0x9955, line.as_bytes()), wanted, "{line}");
    }
    assert_eq!(marks(0x9966, LINE), "2");
    assert_eq!(marks(0x5555, LINE), "0");
}

#[test]
fn what_is_wrong_with_the_envelope_is_told_and_the_rest_is_read() {
    let no_sum =
        "! no checksum can be read where one has to stand (CRC-16/CCITT-FALSE over everything before it)";
    let end = "! the frame does not end in CR LF";
    let length = |declared: u32, actual: u32| {
        format!(
            "! the frame declares a length of {declared}, and has {actual} (counted over the whole frame, CR LF included)"
        )
    };
    let check = |frame: &[u8], wanted: &str| assert_eq!(told(&PROTOCOL, frame), wanted, "{}", digits(frame));
    let login = bytes(LOGIN);
    let head = "login: login; id 12345678";
    check(&login, head);
    check(&login[..13], &format!("{head}; {}; {no_sum}; {end}", length(17, 13)));
    check(&login[..15], &format!("{head}; data {}; {}; {no_sum}; {end}", &LOGIN[26..30], length(17, 15)));
    let mut wrong = login.clone();
    wrong[2..4].fill(0);
    let told = told(&PROTOCOL, &wrong);
    assert!(told.starts_with(&format!("{head}; {}; ! the checksum is ", length(0, 17))), "{told}");
    wrong = by_hand("$$", "1234567A901234", 0x5000, b"");
    check(&wrong, "login: login; ! device_id, byte 4, is not packed digits, F behind them");
    check(
        b"\r\n",
        &format!(
            "unknown: unknown; {no_sum}; ! the frame ends in length: it needs 2 bytes at byte 2, and 0 are there"
        ),
    );
    assert!(
        said(0x9999, b"")
            .ends_with("! the frame ends in head of the text: it needs 1 bytes at byte 13, and 0 are there")
    );
}

#[test]
fn answers_are_for_logins_and_heartbeats_whose_checksum_fits() {
    let answer = |frame: &[u8]| {
        let (mut messages, mut out) = (Messages::new(), Vec::new());
        PROTOCOL.decode(frame, &mut Session::new(), &mut messages);
        PROTOCOL.acknowledge(frame, &messages, UtcTime::from_unix(0), &mut out).then_some(out)
    };
    let mut login = bytes(LOGIN);
    let wanted = |code| Some(by_hand("@@", "12345678FFFFFF", code, &[1]));
    assert_eq!(answer(&login), wanted(0x4000));
    assert_eq!(answer(&frame(0x0001, b"")), wanted(0x0001));
    for code in [0x0002, 0x9955, 0x9999, 0x4000, 0x5555] {
        assert_eq!(answer(&frame(code, LINE)), None, "{code:04X}");
    }
    assert_eq!(answer(&by_hand("@@", "12345678FFFFFF", 0x5000, b"")), None, "the server's own");
    login[14] ^= 1;
    assert_eq!(answer(&login), None, "a checksum that does not fit");
    assert_eq!(answer(&login[..13]), None, "none at all");
}
