//! Where a frame ends, and what speaks for it: `[`, two letters of a maker, an identity, perhaps an index, a length of
//! the content in four hexadecimal digits, the content, `]`, with stars between them.

use super::super::PROTOCOL;
use super::{answer, frame};
use crate::wire::tests::shown::shown;
use crate::wire::tests::support::{framed, told};

const START: &str = "no: it does not begin with [, two letters of a maker and *";
const IDENTITY: &str = "no: no identity of 5 to 20 digits follows the maker";
const LENGTH: &str = "no: no length of four hexadecimal digits follows the identity";
const SHORT: &str = "no: it ends within its first bytes";

fn check(text: &str, ended: bool, wanted: &str) {
    assert_eq!(framed(&PROTOCOL, text.as_bytes(), ended), wanted, "{text} {ended}");
}

#[test]
fn a_head_is_a_maker_an_identity_and_a_length() {
    for text in ["x", "3G*8800000015", "[3g*", "[-G*", "[3-*", "[3G-", "[3G*-"] {
        check(text, false, if text == "[3G*-" { IDENTITY } else { START });
    }
    for text in [
        "[",
        "[3",
        "[3G",
        "[3G*",
        "[3G*8",
        "[3G*8800000015",
        "[3G*8800000015*",
        "[3G*8800000015*0",
        "[3G*8800000015*0002",
    ] {
        check(text, false, "need");
        check(text, true, SHORT);
    }
    for (id, wanted) in [
        ("1234", IDENTITY),
        ("12345", "18 fits, unsummed, no id, 3"),
        ("123456789", "22 fits, unsummed, no id, 3"),
        ("1234567890", "23 fits, unsummed, id, 3"),
        ("A234567890", "23 fits, unsummed, no id, 3"),
        ("12345678901234567890", "33 fits, unsummed, id, 3"),
        ("123456789012345678901", IDENTITY),
        ("12345-7890", IDENTITY),
    ] {
        check(&format!("[3G*{id}*0002*LK]"), false, wanted);
    }
    check("[3G*12345678901234567890", false, "need");
    check("[3G*123456789012345678901", false, IDENTITY);
    check("[3G*123456789012345678901*", false, IDENTITY);
    for length in ["000x*", "00002", "002*L", "000-*LK]       "] {
        check(&format!("[3G*8800000015*{length}"), false, LENGTH);
    }
    check("[3G*8800000015*x", false, "need");
    check("[3G*8800000015*xxxxx", false, LENGTH);
}

#[test]
fn an_index_may_stand_before_the_length() {
    check("[ZJ*5678901234*0001*0002*LK]", false, "28 fits, unsummed, id, 3");
    check("[ZJ*5678901234*0001*0002*", false, "need");
    // As long as nothing but digits follows the first number, it may be either.
    for text in ["0001*", "0001*A", "0001*ABCD"] {
        check(&format!("[ZJ*5678901234*{text}"), false, "need");
    }
    check("[ZJ*5678901234*0005*ABCDE]", false, "26 fits, unsummed, id, 0");
    check("[ZJ*5678901234*0004*ABCD]", false, "25 fits, unsummed, id, 0");
    check("[ZJ*5678901234*0002*AB]", false, "23 fits, unsummed, id, 0");
    check("[ZJ*5678901234*0001*000x*LK]", false, "28 partly, unsummed, id, 0");
    let told = told(&PROTOCOL, b"[ZJ*5678901234*01AF*0002*LK]");
    assert_eq!(told, "heartbeat: sign of life; id 5678901234; serial 431");
    assert_eq!(
        shown(&PROTOCOL, b"[ZJ*5678901234*01AF*0002*LK]"),
        [
            "start 5B",
            "maker 5A4A",
            "device_id 35363738393031323334",
            "serial 30314146",
            "length 30303032",
            "code 4C4B sign of life",
        ]
    );
}

#[test]
fn what_ends_in_its_head_is_read_as_far_as_it_goes() {
    for (text, there, length) in [("[3G*8800000015*0002*", 0, 20), ("[3G*8800000015*0002*AB1", 3, 23)] {
        check(text, false, "need");
        check(text, true, &format!("{length} against, unsummed, id, 0"));
        let wanted = format!(
            "unknown: unknown; id 8800000015; ! the frame declares a length of 2, and has {there} (counted over the content, between the last star of the head and the bracket); ! the frame does not end in ]"
        );
        assert_eq!(told(&PROTOCOL, text.as_bytes()), wanted);
        let all = shown(&PROTOCOL, text.as_bytes());
        let code = &text[20..];
        let hex = crate::wire::tests::support::digits(code.as_bytes());
        assert_eq!(
            all[2..],
            [
                "device_id 38383030303030303135".to_owned(),
                "length 30303032".to_owned(),
                format!("code {hex} unknown")
            ]
        );
    }
    check("[3G*12345678901234567890*0002*AB", true, "32 against, unsummed, id, 0");
    assert_eq!(
        told(&PROTOCOL, b"[3G*1234*LK]"),
        "unknown: unknown; ! start, byte 0, is not [, maker, identity and length, divided by *"
    );
}

#[test]
fn the_bracket_at_the_counted_place_is_the_end() {
    check(&frame("LK"), false, "23 fits, unsummed, id, 3");
    check(&frame("TK,a]b"), false, "27 fits, unsummed, id, 3");
    check(&format!("{}{}", frame("LK"), frame("LK")), false, "23 fits, unsummed, id, 3");
    check(&frame("LK")[..22], false, "need");
    check(&frame("LK")[..22], true, "22 against, unsummed, id, 3");
    check(&frame("XY"), false, "23 fits, unsummed, id, 0");
    check(&frame("LK,0,10,100"), false, "32 fits, unsummed, id, 3");
}

#[test]
fn a_length_that_does_not_fit_leaves_it_to_the_brackets() {
    let next = frame("LK");
    // The length is too small: the first bracket.
    check("[3G*8800000015*0001*LK]", false, "23 partly, unsummed, id, 3");
    check("[3G*8800000015*0000*LK]", false, "23 partly, unsummed, id, 3");
    check("[3G*8800000015*0000*LK", false, "need");
    check("[3G*8800000015*0000*LK", true, "22 against, unsummed, id, 3");
    // It is too large: a text that the last byte closes is over; of sound, more is waited for.
    for length in ["0003", "0100", "FFFF"] {
        let sound = format!("[3G*8800000015*{length}*L\u{1}]");
        check(&sound, false, "need");
        let wrong = format!("[3G*8800000015*{length}*LK]");
        check(&wrong, false, "23 partly, unsummed, id, 3");
        check(&wrong, true, "23 partly, unsummed, id, 3");
        check(&format!("{wrong}{next}"), false, "23 partly, unsummed, id, 3");
    }
    let wrong = "[3G*8800000015*0100*TK,a][b]";
    check(wrong, false, "need");
    check(&format!("{wrong}{next}"), false, "28 partly, unsummed, id, 3");
}

#[test]
fn a_bracket_is_looked_for_as_far_as_a_length_can_count() {
    let with = |count: usize| format!("[3G*8800000015*0001*{}", "x".repeat(count));
    assert_eq!(framed(&PROTOCOL, with(0xFFFF).as_bytes(), false), "need");
    assert_eq!(framed(&PROTOCOL, with(0x1_0000).as_bytes(), false), "no: no bracket closes it");
    assert_eq!(framed(&PROTOCOL, with(0x1_0000).as_bytes(), true), "65556 against, unsummed, id, 0");
}

#[test]
fn what_wants_an_answer_gets_its_own_name_and_nothing_else_does() {
    for (content, wanted) in [
        ("LK", Some("0002*LK")),
        ("LK,0,10,100", Some("0002*LK")),
        ("INIT,1,2", Some("0006*INIT,1")),
        ("TKQ", Some("0003*TKQ")),
        ("TKQ2", Some("0004*TKQ2")),
        ("AL,1", Some("0002*AL")),
        ("ALCUSTOMER12,1", Some("000C*ALCUSTOMER12")),
        ("ALCUSTOMER123,1", None),
        ("UD,1", None),
        ("UD2,1", None),
        ("TK,1", None),
        ("XY", None),
    ] {
        let wanted = wanted.map(|content| format!("[3G*8800000015*{content}]"));
        assert_eq!(answer(frame(content).as_bytes()), wanted, "{content}");
    }
    assert_eq!(answer(b"[ZJ*5678901234*01AF*0004*AL,1]").as_deref(), Some("[ZJ*5678901234*01AF*0002*AL]"));
}
