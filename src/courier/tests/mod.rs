//! The cable against hand-written devices on real pseudo-terminals.

#[path = "../../../tests/support/mod.rs"]
pub(in crate::courier) mod support;

mod devices;
mod opening;
mod talking;

use std::time::Duration;

use super::{Answer, Cable, Courier, SPEEDS, Trouble, Wait};
use support::device::Device;

/// Patient enough for a busy machine; an answer that is awaited ends it long before.
const PATIENT: Wait = Wait { timeout: Duration::from_secs(30), settle: Duration::from_millis(60) };

/// For devices that never answer.
const BRIEF: Wait = Wait { timeout: Duration::from_millis(250), settle: Duration::from_millis(60) };

fn open(device: &Device) -> Cable {
    Cable::open(device.path(), &SPEEDS).unwrap()
}

/// Asks and waits for a line that contains `awaited`.
fn ask(cable: &mut Cable, command: &str, awaited: &str) -> Answer {
    try_ask(cable, command, awaited, PATIENT).unwrap()
}

/// Asks and waits until the answer looks like that.
fn ask_until(cable: &mut Cable, command: &str, looks: fn(&Answer) -> bool) -> Answer {
    cable.ask(format!("{command}\r\n").as_bytes(), PATIENT, &mut |answer: &Answer| looks(answer)).unwrap()
}

/// Asks a device that will not answer at all.
fn ask_briefly(cable: &mut Cable, command: &str) -> Answer {
    try_ask(cable, command, "what never comes", BRIEF).unwrap()
}

fn try_ask(cable: &mut Cable, command: &str, awaited: &str, wait: Wait) -> Result<Answer, Trouble> {
    let mut enough = |answer: &Answer| answer.lines.iter().any(|line| line.contains(awaited));
    cable.ask(format!("{command}\r\n").as_bytes(), wait, &mut enough)
}
