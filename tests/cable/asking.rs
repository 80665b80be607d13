//! `verify` and `identify`: they tell, and they change nothing.

use crate::assert_nothing_set;
use crate::homing::{BRIEF, Homing, MEDIUM, PATIENT, Said, all};
use crate::support::device::{Brain, Device, Habits};
use crate::support::hash::HashDevice;
use crate::support::numeric::NumericDevice;
use crate::support::plain::SilentDevice;

fn configured<B: Brain>(mut brain: B, commands: &[&str]) -> Device {
    for command in commands {
        assert!(brain.hear(command).is_some_and(|answer| answer.contains("OK")), "{command}");
    }
    Device::plug(brain, Habits::default())
}

fn hash(server: &str) -> Device {
    configured(HashDevice::new(), &["GMT,E,0#", "APN,internet#", server, "TIMER,60#"])
}

fn numeric(server: &str) -> Device {
    configured(NumericDevice::new(), &["0000,109,internet", server, "0000,102,60"])
}

fn ask(command: &str, device: &Device, args: &[&str]) -> Said {
    Homing::new(&[command, "--via", &device.via(), "--format", "json"]).args(args).run()
}

#[test]
fn a_tracker_that_is_as_it_should_be_is_verified() {
    let device = hash("SERVER,1,d.plaspy.com,8888#");
    let said = ask("verify", &device, &["istartek-pt32", "--apn=internet", "--timeout", PATIENT]);
    said.assert_outcome(0, "verified", "");
    assert_nothing_set(&device);

    let device = numeric("0000,100,2,54.85.159.138,8888");
    let said = ask(
        "verify",
        &device,
        &["istartek-vt", "--apn=internet", "--transport=udp", "--by=ip", "--timeout", PATIENT],
    );
    said.assert_outcome(0, "verified", "");
    assert!(device.commands().iter().all(|command| command.contains(",80")), "{:?}", device.commands());
}

#[test]
fn a_tracker_that_reports_elsewhere_is_told_with_the_setting() {
    let device = hash("SERVER,1,gps.example.org,8888#");
    let said = ask("verify", &device, &["istartek-pt32", "--apn=internet", "--timeout", PATIENT]);
    said.assert_outcome(1, "failed", "differs");
    assert!(said.err.contains("server reads back as gps.example.org, it should be d.plaspy.com"), "{said}");
    let outcome = said.json();
    let server = outcome["settings"].as_array().unwrap().iter().find(|one| one["name"] == "server").unwrap();
    assert_eq!(server["equal"], false);

    let device = numeric("0000,100,2,d.plaspy.com,8888");
    let said = ask("verify", &device, &["istartek-vt", "--timeout", PATIENT]);
    said.assert_outcome(1, "failed", "differs");
    assert!(said.err.contains("transport reads back as udp, it should be tcp"), "{said}");
}

#[test]
fn verifying_without_an_apn_leaves_the_apn_out() {
    let device = hash("SERVER,1,d.plaspy.com,8888#");
    let said = ask("verify", &device, &["istartek-pt32", "--timeout", PATIENT]);
    said.assert_outcome(0, "verified", "");
    assert!(!said.json()["sentence"].as_str().unwrap().contains("apn"), "{said}");
}

#[test]
fn another_tracker_than_the_one_meant_is_not_verified() {
    let device = numeric("0000,100,1,d.plaspy.com,8888");
    let said = ask("verify", &device, &["istartek-vt", "--imei=490154203237518", "--timeout", PATIENT]);
    said.assert_outcome(1, "failed", "other_tracker");
    assert!(said.err.contains("869912033012424"), "{said}");
}

#[test]
fn identify_names_only_whose_own_words_it_hears() {
    let echo = Habits { echo: true, ..Habits::default() };
    // What the `#` dialect answers is known of other makers than iStartek.
    let rows = [
        (
            HashDevice::plug(echo),
            3,
            "alike",
            &["concox-gt06", "istartek-pt32"][..],
            ("firmware", "PT32_A7670E_V1.0.3_240711"),
        ),
        (
            NumericDevice::plug(Habits::default()),
            0,
            "recognised",
            &["istartek-vt"],
            ("imei", "869912033012424"),
        ),
    ];
    all(&rows, |(device, code, verdict, profiles, (name, value))| {
        let said = ask("identify", device, &["--timeout", MEDIUM]);
        assert_eq!((said.code, &said.json()["verdict"]), (*code, &serde_json::json!(verdict)), "{said}");
        assert_eq!(said.json()["profiles"], serde_json::json!(profiles), "{said}");
        assert_eq!(said.json()["told"][name], *value, "{said}");
        assert_nothing_set(device);
    });
}

#[test]
fn identify_knows_the_numeric_dialect_by_its_refusal_of_a_password() {
    let device = Device::plug(NumericDevice::with_password("PW37"), Habits::default());
    let said = Homing::new(&["identify", "--via", &device.via(), "--timeout", MEDIUM]).run();
    assert_eq!(said.code, 0, "{said}");
    assert!(said.out.contains("istartek-vt: it obeys"), "{said}");
    assert!(said.out.contains("it is the password that is wrong"), "{said}");
}

#[test]
fn identify_says_when_it_cannot_tell() {
    let device = SilentDevice::plug();
    let said = ask("identify", &device, &["--timeout", BRIEF]);
    said.assert_err(3, &["error: nothing came back", "charge-only cable", "hint: "]);
    assert_eq!(said.json()["verdict"], "silent");
    assert_eq!(said.json()["profiles"], serde_json::json!([]));
    assert_nothing_set(&device);
    let said = Homing::new(&["identify", "--via", &device.via(), "--timeout", BRIEF]).run();
    assert_eq!(said.code, 3, "{said}");
    assert!(said.out.starts_with("cannot tell: "), "{said}");
}
