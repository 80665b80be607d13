//! Every line of the protocol's tables, each through a packet.

use super::super::PROTOCOL;
use super::{answer, check, packet};
use crate::wire::tests::support::{bytes, told};

const TYPES: &[(u8, &str)] = &[
    (0x01, "login: login"),
    (0x02, "position: position, old layout"),
    (0x03, "heartbeat: heartbeat"),
    (0x04, "position: alarm, old layout"),
    (0x05, "position: state, old layout"),
    (0x06, "status: state"),
    (0x07, "status: values of the engine"),
    (0x0E, "data: pass-through"),
    (0x0F, "data: pass-through"),
    (0x12, "position: position"),
    (0x14, "position: alarm"),
    (0x15, "position: report"),
    (0x16, "data: pass-through"),
    (0x17, "status: values of the engine"),
    (0x80, "reply: reply or command"),
    (0x81, "data: broadcast"),
];

/// Long enough for every type, and an identity for the login.
const CONTENT: &str = "0352544071750518 000000000000000000000000000000000000000000000000";

#[test]
fn every_type_has_its_kind_and_name_and_no_other_has_any() {
    for code in 0..=255 {
        let listed = TYPES.iter().find(|(listed, _)| *listed == code).map(|(_, told)| *told);
        let wanted = listed.unwrap_or("unknown: unknown");
        let whole = told(&PROTOCOL, &packet(code, CONTENT));
        assert!(whole.starts_with(&format!("{wanted}; ")), "{code:02X}: {whole}");
        check(code, "", "down acknowledgement: acknowledgement; serial 9");
    }
}

#[test]
fn every_type_is_answered_but_old_positions_broadcasts_and_those_that_nobody_knows() {
    for code in 0..=255 {
        let head = format!("6767{code:02X}");
        let wanted = match code {
            0x01 => Some(format!("{head} 0009 0009 65E07C70 0001 00")),
            0x02 | 0x81 => None,
            _ if TYPES.iter().any(|(listed, _)| *listed == code) => Some(format!("{head} 0002 0009")),
            _ => None,
        };
        let wanted = wanted.map(|wanted| bytes(&wanted));
        assert_eq!(answer(&packet(code, CONTENT)), wanted, "{code:02X}");
        assert_eq!(answer(&packet(code, "")), None, "{code:02X}: an answer is not answered");
    }
}

/// The names that the paper gives, in both layouts.
#[test]
fn every_alarm_has_its_name() {
    let names = [(1, "external power cut"), (2, "SOS"), (3, "battery low"), (4, "vibration")];
    for code in 0..=255_u8 {
        let name = names.iter().find(|(listed, _)| *listed == code).map_or("alarm", |(_, name)| *name);
        for frame in [
            packet(0x14, &format!("65E079F0 00 {code:02X} 0000")),
            packet(0x04, &format!("65E079F0 001B7740 0036EE80 50 005A 0000 0000 0000 000000 01 {code:02X}")),
        ] {
            let whole = told(&PROTOCOL, &frame);
            assert!(
                format!("{whole}; ").contains(&format!("; event {code} {name}; ")),
                "{code:02X}: {whole}"
            );
        }
    }
}

#[test]
fn every_bit_of_the_state_has_its_name() {
    // The captures have 0489 (at rest), 066A (moving), 0400 (the receiver runs), 006E (ignition on), 001F (armed).
    let names = [
        "fix",
        "car",
        "ignition on",
        "can be armed",
        "armed",
        "can be cut",
        "cut",
        "can be charged",
        "charging",
        "moving",
        "GPS on",
        "",
        "",
        "",
        "",
        "",
    ];
    for (bit, name) in names.iter().enumerate() {
        let state = 1_u16 << bit;
        check(
            0x03,
            &format!("{state:04X}"),
            &format!("heartbeat: heartbeat; serial 9; status {state:04X} ({name})"),
        );
        check(
            0x06,
            &format!("{state:04X}"),
            &format!("status: state; serial 9; status {state:04X} ({name})"),
        );
    }
}
