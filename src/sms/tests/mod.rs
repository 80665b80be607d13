//! Tables of the standards, examples worked by hand from them, and properties. What is expected here was written
//! down from the standards or packed by another program, never taken from this code.

mod addresses;
mod at;
mod damage;
mod data;
mod examples;
mod join;
mod random;
mod split;
mod tables;
mod times;

use super::{Damage, Decoded, Deliver, Direction, Message, Pdu, StatusReport, Submit};

/// Octets from digits with blanks between the fields.
fn octets(hex: &str) -> Vec<u8> {
    let digits: String = hex.split_whitespace().collect();
    assert_eq!(digits.len() % 2, 0, "{hex}");
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

fn to_mobile(hex: &str) -> Decoded {
    Pdu::decode(&octets(hex), Direction::ToMobile).unwrap()
}

fn from_mobile(hex: &str) -> Decoded {
    Pdu::decode(&octets(hex), Direction::FromMobile).unwrap()
}

fn deliver(hex: &str) -> (Deliver, Vec<Damage>) {
    match to_mobile(hex) {
        Decoded { pdu: Pdu { message: Message::Deliver(deliver), .. }, damage } => (deliver, damage),
        other => panic!("{other:?}"),
    }
}

fn submit(hex: &str) -> (Submit, Vec<Damage>) {
    match from_mobile(hex) {
        Decoded { pdu: Pdu { message: Message::Submit(submit), .. }, damage } => (submit, damage),
        other => panic!("{other:?}"),
    }
}

fn report(hex: &str) -> (StatusReport, Vec<Damage>) {
    match to_mobile(hex) {
        Decoded { pdu: Pdu { message: Message::StatusReport(report), .. }, damage } => (report, damage),
        other => panic!("{other:?}"),
    }
}

/// A DELIVER from +573001234567 of 2026-03-01 12:34:56 -05:00 with this first octet, DCS and user data.
fn delivered(first: &str, dcs: &str, data: &str) -> String {
    format!("00 {first} 0C91750310325476 00 {dcs} 6230102143650A {data}")
}
