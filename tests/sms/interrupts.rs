//! What takes minutes can be ended: Ctrl-C while a refusal is waited out, or while a network is looked for.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::homing::Homing;
use crate::{JSON, send};

/// Runs until a line on standard error holds `part`, then presses Ctrl-C; the exit code and the outcome.
pub(crate) fn interrupted(homing: &Homing, part: &str) -> (Option<i32>, serde_json::Value) {
    let mut command = homing.command();
    let mut run = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(run.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.contains(part)), "{part:?} was not said");
    kill(Pid::from_raw(run.id().try_into().unwrap()), Signal::SIGINT).unwrap();
    lines.for_each(drop);
    let mut out = String::new();
    run.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    (run.wait().unwrap().code(), serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}")))
}

#[test]
fn a_temporary_refusal_is_waited_out_with_growing_pauses_until_a_person_stops_it() {
    // CMS 38: repeat with growing pauses, and mark it (section 5 of the facts).
    let (code, outcome) = interrupted(&send("lab?fault=cms=38", &JSON), "once more in 5s");
    assert_eq!((code, &outcome["standing"]), (Some(130), &"planned".into()), "{outcome:#}");
    assert_eq!(outcome["reason"], "interrupted", "{outcome:#}");
}

#[test]
fn a_modem_without_a_network_is_waited_for_until_a_person_stops_it() {
    let (code, outcome) =
        interrupted(&send("lab?fault=not-registered", &JSON), "the modem is not registered, searching");
    assert_eq!((code, &outcome["standing"]), (Some(130), &"planned".into()), "{outcome:#}");
    assert_eq!(outcome["reason"], "interrupted", "{outcome:#}");
}
