//! `send`, `verify` and `identify` over a serial line, as a user runs them: the built program against hand-written
//! devices on real pseudo-terminals. The devices are written from the facts and read no profile.

#![cfg(test)]
#![cfg(target_os = "linux")]

#[path = "support/homing.rs"]
mod homing;
mod support;

#[path = "cable/asking.rs"]
mod asking;
#[path = "cable/danger.rs"]
mod danger;
#[path = "cable/mutants.rs"]
mod mutants;
#[path = "cable/ports.rs"]
mod ports;
#[path = "cable/refusals.rs"]
mod refusals;
#[path = "cable/secrets.rs"]
mod secrets;
#[path = "cable/sending.rs"]
mod sending;

use support::device::Device;

/// Every question that may be asked before a dialect was recognised. None of them changes a tracker.
const QUESTIONS: [&str; 6] =
    ["VERSION#", "PARAM#", "0000,801", "AT", "AT^GT_CM=VERSION#", "AT^GT_CM=GPRSSET#"];

/// Fails when a device heard anything but questions.
#[track_caller]
fn assert_nothing_set(device: &Device) {
    for command in device.commands() {
        assert!(QUESTIONS.contains(&command.as_str()), "the device heard {command:?}");
    }
}
