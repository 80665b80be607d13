//! Answers of servers put together by hand from the protocols' papers: which of them answer a greeting, and which do not.

use crate::probe::{Greeting, Judged, Talk};
use crate::tracker::Transport;
use crate::wire::by_name;

fn greeting(protocol: &str) -> Greeting {
    Greeting::new(by_name(protocol).unwrap(), &"001017000000003".parse().unwrap()).unwrap()
}

/// Whether these bytes answer the first greeting over TCP.
fn answers(protocol: &str, received: &[u8]) -> bool {
    let greeting = greeting(protocol);
    greeting.judge(&greeting.question(Transport::Tcp, 0), received) == Judged::Wanted
}

/// A message of the platform in the header of 2019: its own number, then the body; an XOR over all between the marks.
/// Nothing in these needs an escape.
fn jt808(number: u8, id: &[u8], body: [u8; 5]) -> Vec<u8> {
    let mut bytes = [&[0x80, 0x01, 0x40, 0x05, 0x01], id, &[0x01, number], &body].concat();
    bytes.push(bytes.iter().fold(0, |sum, byte| sum ^ byte));
    [&[0x7E], &bytes[..], &[0x7E]].concat()
}

#[test]
fn a_jt808_platform_answers_with_a_number_of_its_own_and_names_ours() {
    // 15 digits behind five zeros, two to a byte: 00000 001017000000003.
    let id = [0x00, 0x00, 0x00, 0x01, 0x01, 0x70, 0x00, 0x00, 0x00, 0x03];
    assert!(answers("jt808", &jt808(0x23, &id, [0, 1, 0, 2, 0])), "number 1, heartbeat, well");
    assert!(!answers("jt808", &jt808(0x23, &id, [0, 2, 0, 2, 0])), "to another number");
    assert!(!answers("jt808", &jt808(0x01, &id, [0, 1, 2, 0, 0])), "to a position");
    assert!(!answers("jt808", &jt808(0x23, &id, [0, 1, 0, 2, 1])), "refused");
    let mut other = id;
    other[9] = 0x11;
    assert!(!answers("jt808", &jt808(0x23, &other, [0, 1, 0, 2, 0])), "to another terminal");
}

#[test]
fn an_eelink_server_may_tell_the_time_or_leave_it_out() {
    assert!(answers("eelink", &[0x67, 0x67, 1, 0, 2, 0, 1]));
    assert!(answers("eelink", &[0x67, 0x67, 1, 0, 9, 0, 1, 0x65, 0x92, 0x00, 0x80, 0, 1, 0]));
    assert!(!answers("eelink", &[0x67, 0x67, 1, 0, 2, 0, 2]), "another number");
    assert!(!answers("eelink", &[0x67, 0x67, 3, 0, 2, 0, 1]), "to a heartbeat");
    assert!(!answers("eelink", &[0x67, 0x67, 1, 0, 9, 0, 1]), "half of it");
}

/// CRC-16/CCITT-FALSE, bit by bit (the catalogue's check value is 0x29B1 for "123456789").
fn ccitt(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |crc, byte| {
        (0..8).fold(
            crc ^ u16::from(*byte) << 8,
            |crc, _| {
                if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 }
            },
        )
    })
}

fn meiligao(id: [u8; 7], code: [u8; 2], data: u8) -> Vec<u8> {
    let mut bytes = [b"@@\x00\x12", &id[..], &code, &[data]].concat();
    bytes.extend(ccitt(&bytes).to_be_bytes());
    bytes.extend(b"\r\n");
    bytes
}

#[test]
fn a_meiligao_server_confirms_a_login_with_one_and_refuses_it_otherwise() {
    assert_eq!(ccitt(b"123456789"), 0x29B1);
    // The IMEI without its check digit.
    let id = [0x00, 0x10, 0x17, 0x00, 0x00, 0x00, 0x00];
    assert!(answers("meiligao", &meiligao(id, [0x40, 0x00], 1)));
    assert!(!answers("meiligao", &meiligao(id, [0x40, 0x00], 0)), "refused");
    assert!(!answers("meiligao", &meiligao(id, [0x00, 0x01], 1)), "to a heartbeat");
    let other = [0x00, 0x10, 0x17, 0x00, 0x00, 0x00, 0x01];
    assert!(!answers("meiligao", &meiligao(other, [0x40, 0x00], 1)), "to another tracker");
}

#[test]
fn a_watchs_server_repeats_its_sign_of_life() {
    assert!(answers("watch", b"[3G*001017000000003*0002*LK]"));
    assert!(!answers("watch", b"[3G*001017000000011*0002*LK]"), "to another watch");
    assert!(!answers("watch", b"[3G*001017000000003*0002*CR]"), "a command");
}

#[test]
fn every_protocol_whose_server_must_answer_is_named() {
    // startek has neither a login nor a sign of life (its protocol paper).
    let names: Vec<&str> = Greeting::protocols().map(|protocol| protocol.name).collect();
    assert_eq!(names, ["gt06", "eelink", "jt808", "meiligao", "watch"]);
}

#[test]
fn what_is_said_is_no_position_and_no_registration() {
    let said = |protocol| greeting(protocol).question(Transport::Tcp, 0);
    assert_eq!(said("watch"), b"[3G*001017000000003*0002*LK]");
    assert_eq!(said("jt808")[1..3], [0x00, 0x02], "a heartbeat");
    assert_eq!(said("eelink")[..3], [0x67, 0x67, 0x01]);
    assert_eq!(said("meiligao")[11..13], [0x50, 0x00]);
    assert_eq!(said("gt06")[..4], [0x78, 0x78, 0x0D, 0x01]);
}
