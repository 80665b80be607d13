//! Every line of the protocol's tables, as the papers of Concox and the captures have them, each through a frame.

use super::super::PROTOCOL;
use super::{answer, framed_by_hand};
use crate::wire::tests::support::told;

/// Every type that has a name. Those that are told apart by their content are in `layouts`.
const TYPES: &[(u8, &str)] = &[
    (0x01, "login: login"),
    (0x10, "position: position"),
    (0x11, "position: position"),
    (0x12, "position: position and cell"),
    (0x13, "heartbeat: heartbeat"),
    (0x15, "reply: reply"),
    (0x16, "position: alarm"),
    (0x17, "status: cells"),
    (0x18, "status: cells"),
    (0x19, "status: cell and state"),
    (0x1A, "question: where am I"),
    (0x21, "reply: reply"),
    (0x22, "position: position"),
    (0x23, "heartbeat: heartbeat"),
    (0x24, "position: position or cells"),
    (0x26, "position: alarm"),
    (0x27, "position: alarm of a fence"),
    (0x28, "status: cells"),
    (0x2A, "question: where am I"),
    (0x2C, "status: wireless networks"),
    (0x2D, "position: position and cell"),
    (0x31, "position: position"),
    (0x32, "position: position"),
    (0x33, "position: position"),
    (0x36, "heartbeat: heartbeat"),
    (0x37, "position: position"),
    (0x66, "status: values of the engine"),
    (0x69, "status: wireless networks"),
    (0x70, "status: parts"),
    (0x80, "down command: command"),
    (0x81, "reply: reply"),
    (0x8A, "question: what time is it"),
    (0x8C, "status: values of the engine"),
    (0x94, "status: information"),
    (0x95, "position: event of a camera"),
    (0x97, "down command: address"),
    (0x9B, "data: pass-through"),
    (0xA0, "position: position"),
    (0xA1, "status: cells of LTE"),
    (0xA2, "status: wireless networks"),
    (0xA3, "position: position and cell"),
    (0xA4, "position: alarm"),
    (0xA5, "status: cell and state"),
    (0xF3, "status: wireless networks"),
    (0xFD, "status: identity"),
];

/// A place, and 24 bytes behind it.
const CONTENT: &str =
    "18021D0C2238 C5 001B7740 0036EE80 50 145A 000000000000000000000000000000000000000000000000";

#[test]
fn every_type_has_its_kind_and_name_and_no_other_has_any() {
    for code in 0..=255 {
        let wanted =
            TYPES.iter().find(|(listed, _)| *listed == code).map_or("unknown: unknown", |(_, told)| *told);
        // Without lists of parts a frame of them has no place, and a camera's place has no satellites.
        let content = match code {
            0x70 => "0000000000",
            0x95 => "18021D0C2238 001B7740 0036EE80 145A 00",
            _ => CONTENT,
        };
        let whole = told(&PROTOCOL, &framed_by_hand(code, content));
        assert!(whole.starts_with(&format!("{wanted}; ")), "{code:02X}: {whole}");
        let empty = told(&PROTOCOL, &framed_by_hand(code, ""));
        let question = match code {
            0x8A => "question: what time is it; serial 9",
            0x80 => "down command: command; serial 9",
            _ => "down acknowledgement: acknowledgement; serial 9",
        };
        assert!(empty.starts_with(question), "{code:02X}: what has no content is an answer of the server");
    }
}

#[test]
fn every_alarm_has_the_name_that_the_papers_give_it() {
    let names = [
        (0x01, "SOS"),
        (0x02, "power cut"),
        (0x03, "vibration"),
        (0x04, "enters fence"),
        (0x05, "leaves fence"),
        (0x06, "speeding"),
        (0x09, "displacement"),
        (0x0A, "GPS signal lost"),
        (0x0B, "GPS signal found"),
        (0x0C, "power on"),
        (0x0D, "first GPS fix"),
        (0x0E, "external power low"),
        (0x0F, "external power low, protection"),
        (0x10, "SIM changed"),
        (0x11, "power off"),
        (0x12, "flight mode"),
        (0x13, "tampering"),
        (0x14, "door"),
        (0x15, "low battery, shuts down"),
        (0x19, "battery low"),
        (0xFE, "ignition on"),
        (0xFF, "ignition off"),
    ];
    for code in 1..=255_u8 {
        let name = names.iter().find(|(listed, _)| *listed == code).map_or("unknown", |(_, name)| *name);
        let content =
            format!("18021D0C2238 C5 001B7740 0036EE80 50 145A 09 01CC00287D001FB8 46 04 03 {code:02X} 02");
        let whole = told(&PROTOCOL, &framed_by_hand(0x26, &content));
        assert!(whole.contains(&format!("; event {code} {name}; ")), "{code:02X}: {whole}");
    }
}

#[test]
fn logins_heartbeats_alarms_and_the_question_for_the_time_are_answered_and_nothing_else_is() {
    for code in 0..=255 {
        let content = if code == 0x01 { "0864717003664467" } else { CONTENT };
        let wanted = match code {
            0x01 | 0x13 | 0x16 | 0x23 | 0x26 | 0x27 | 0xA4 => Some(framed_by_hand(code, "")),
            0x8A => Some(framed_by_hand(code, "18021D0C2238")),
            _ => None,
        };
        let wanted = wanted.map(|bytes| crate::wire::tests::support::digits(&bytes));
        assert_eq!(answer(&framed_by_hand(code, content)), wanted, "{code:02X}");
    }
}
