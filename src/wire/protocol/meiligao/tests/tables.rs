//! Every line of the tables of the paper, each through a frame.

use super::super::PROTOCOL;
use super::{by_hand, said};
use crate::wire::tests::support::told;

const LINE: &str = "143345,A,4030.0000,N,00345.6000,W,10.00,180.5,290224";

#[test]
fn commands_have_their_kinds_and_names() {
    for (code, wanted) in [
        (0x5000, "login: login; data 41"),
        (0x4000, "acknowledgement: login confirmed; data 41"),
        (0x0001, "heartbeat: heartbeat; data 41"),
        (0x0002, "question: which server; data 41"),
        (0x9901, "status: values of the engine; data 41"),
        (0x9902, "status: values of the trip; data 41"),
        (0x9903, "status: trouble codes; data 41"),
        (0x4101, "command: command; data 41"),
        (0x4102, "command: command; data 41"),
        (0x4103, "command: command; data 41"),
        (0x4105, "command: command; data 41"),
        (0x4106, "command: command; data 41"),
        (0x4114, "command: command; data 41"),
        (0x4115, "command: command; data 41"),
        (0x4132, "command: command; data 41"),
        (0x4902, "command: command; data 41"),
        (0x0800, "data: photo; data 41"),
        (0x9988, "data: photo; data 41"),
        (0x9989, "data: photo; data 41"),
        (0x5555, "unknown: unknown; data 41"),
    ] {
        assert_eq!(said(code, "A"), wanted, "{code:04X}");
        let down = told(&PROTOCOL, &by_hand("@@", "12345678FFFFFF", code, b"A"));
        let way = if matches!(code, 0x9901..=0x9903) { "" } else { "down " };
        assert_eq!(down, format!("{way}{}", wanted.replace("; data", "; id 12345678; data")), "{code:04X}");
    }
}

#[test]
fn commands_with_a_line_have_so_many_bytes_before_it() {
    let told = "time 2024-02-29T14:33:45Z; valid true; lat 40.5; lon -3.76; speed 18.52; course 180.5";
    for (code, before, wanted) in [
        (0x9955, &b""[..], format!("position: position; {told}")),
        (
            0x9016,
            b"\x01\x02\x03\x04\x05\x06",
            format!("position: logged position; {told}; head 010203040506"),
        ),
        (0x9999, b"\x11", format!("position: alarm; {told}; event 17 speeding")),
        (0x6688, b"\x01\x02", format!("position: positions; {told}")),
    ] {
        assert_eq!(said(code, [before, LINE.as_bytes()].concat()), wanted);
    }
}

#[test]
fn alarms_have_their_names() {
    for (code, name) in [
        (0x01, "SOS, or input 1 active"),
        (0x10, "battery low"),
        (0x11, "speeding"),
        (0x12, "movement"),
        (0x13, "fence"),
        (0x50, "external power cut"),
        (0x00, "alarm"),
        (0x51, "alarm"),
        (0xFF, "alarm"),
    ] {
        let told = said(0x9999, [&[code], LINE.as_bytes()].concat());
        assert!(told.ends_with(&format!("; event {code} {name}")), "{told}");
    }
}

#[test]
fn each_bit_of_the_state_has_its_name() {
    for (bit, name) in [
        (0, "output 1"),
        (1, "output 2"),
        (2, "output 3"),
        (3, "output 4"),
        (4, "output 5"),
        (8, "input 1"),
        (9, "input 2"),
        (10, "input 3"),
        (11, "input 4"),
        (12, "input 5"),
    ] {
        let state = format!("{:04X}", 1 << bit);
        let told = said(0x9955, format!("{LINE}|||{state}"));
        assert!(told.ends_with(&format!("; state {state} ({name})")), "{told}");
    }
}
