//! Short messages as a user sends them: the built program against the lab, as `--via lab` and as a process of its own,
//! and against a scripted modem.

#![cfg(test)]
#![cfg(target_os = "linux")]

#[path = "support/homing.rs"]
mod homing;
#[path = "support/lab.rs"]
mod lab;
#[path = "support/modem.rs"]
mod modem;
#[path = "support/screen.rs"]
mod screen;
mod support;

#[path = "sms/apn.rs"]
mod apn;
#[path = "sms/asking.rs"]
mod asking;
#[path = "sms/at_hand.rs"]
mod at_hand;
#[path = "sms/gateways.rs"]
mod gateways;
#[path = "sms/interrupts.rs"]
mod interrupts;
#[path = "sms/manual.rs"]
mod manual;
#[path = "sms/replies.rs"]
mod replies;
#[path = "sms/silent.rs"]
mod silent;
#[path = "sms/standings.rs"]
mod standings;
#[path = "sms/told.rs"]
mod told;
#[path = "sms/worked.rs"]
mod worked;

/// A number of a tracker, of a range that is set aside for stories (Ofcom).
const NUMBER: &str = "+447700900123";

/// The outcome as JSON.
const JSON: [&str; 2] = ["--format", "json"];

/// `send` of the numeric dialect, which says yes.
fn send(via: &str, more: &[&str]) -> homing::Homing {
    let args = ["send", "istartek-vt", "--phone", NUMBER, "--apn", "internet", "--via", via, "--yes"];
    homing::Homing::new(&args).args(more)
}
