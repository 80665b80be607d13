//! Who the lab's modems are.

use super::numbers::{SERVICE_CENTRE, modem_number};
use crate::lab::modem::Identity;

/// Who a modem of the lab and its SIM card are: of the test ranges of IMEI (type allocation codes that begin with 00)
/// and IMSI (country code 001, network code 01).
pub(super) fn identity(index: usize) -> Identity {
    Identity {
        index,
        imei: with_check(&format!("00101000{:06}", index % 1_000_000)),
        imsi: format!("00101{index:010}"),
        iccid: with_check(&format!("8999901{index:011}")),
        number: modem_number(index),
        service_centre: SERVICE_CENTRE.to_owned(),
    }
}

/// Digits and their check digit (ISO/IEC 7812-1 annex B).
pub(in crate::lab) fn with_check(digits: &str) -> String {
    let doubled = |(at, digit): (usize, char)| {
        let value = digit.to_digit(10).unwrap_or(0) * if at % 2 == 0 { 2 } else { 1 };
        value / 10 + value % 10
    };
    let sum: u32 = digits.chars().rev().enumerate().map(doubled).sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}
