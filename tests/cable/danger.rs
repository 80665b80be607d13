//! What erases a tracker needs a word of a person, and a dry run touches nothing.

use crate::homing::{Homing, PATIENT};
use crate::mutants::profile_with;
use crate::support::device::Habits;
use crate::support::hash::HashDevice;

#[test]
fn a_factory_reset_needs_a_yes() {
    let device = HashDevice::plug(Habits::default());
    let said = Homing::new(&["send", "istartek-pt32", "--apn=internet", "--factory-reset"])
        .args(&["--via", &device.via(), "--timeout", PATIENT])
        .run();
    said.assert_err(2, &["error: the plan holds factory, which cannot be undone", "hint: --yes"]);
    assert_eq!(device.bytes_received(), 0);
}

#[test]
fn with_a_yes_the_factory_reset_comes_first() {
    let device = HashDevice::plug(Habits::default());
    // As it is, but for the half minute that a real tracker takes to restart.
    let profile = profile_with("istartek-pt32", &[("wait_after = \"30s\"", "wait_after = \"0s\"")]);
    let said = Homing::new(&["send", profile.path(), "--apn=internet", "--factory-reset", "--yes"])
        .args(&["--via", &device.via(), "--timeout", PATIENT, "--format", "json"])
        .run();
    said.assert_outcome(0, "verified", "");
    let commands = device.commands();
    assert_eq!(commands[..3], ["VERSION#", "FACTORY#", "GMT,E,0#"], "only a question came before it");
    assert_eq!(commands.iter().filter(|command| *command == "FACTORY#").count(), 1);
    assert_eq!(device.settings()["server"], "d.plaspy.com");
}

#[test]
fn without_the_flag_nothing_destructive_is_sent() {
    for profile in ["istartek-pt32", "istartek-vt"] {
        let said = Homing::new(&["send", profile, "--apn=internet", "--dry-run"])
            .args(&["--via", "cable:/dev/ttyNOTHERE7"])
            .run();
        assert_eq!(said.code, 0, "{said}");
        assert!(!said.out.contains("FACTORY") && !said.out.contains(",612"), "{said}");
    }
}

#[test]
fn a_dry_run_opens_no_port() {
    let said = Homing::new(&["send", "istartek-pt32", "--apn=internet", "--interval=60", "--factory-reset"])
        .args(&["--via", "cable:/dev/ttyNOTHERE7", "--dry-run"])
        .run();
    assert_eq!(said.code, 0, "{said}");
    let lines: Vec<&str> = said.out.lines().filter_map(|line| line.strip_prefix("  ")).collect();
    let asked = ["VERSION#", "PARAM#"];
    let sent = ["FACTORY#", "GMT,E,0#", "APN,internet#", "SERVER,1,d.plaspy.com,8888#", "TIMER,60#"];
    assert_eq!(lines, [&asked[..], &sent, &["PARAM#"]].concat());
    assert!(said.err.contains("nothing was sent"), "{said}");

    let device = HashDevice::plug(Habits::default());
    let said =
        Homing::new(&["send", "istartek-pt32", "--apn=internet", "--via", &device.via(), "--dry-run"]).run();
    assert_eq!((said.code, device.bytes_received()), (0, 0), "{said}");
}
