//! Trackers that say no, that keep quiet, that only claim, and that are not the one that is meant.

use serde_json::Value;

use crate::assert_nothing_set;
use crate::homing::{Homing, MEDIUM, PATIENT, Said, all};
use crate::support::device::{Device, Habits};
use crate::support::hash::HashDevice;
use crate::support::numeric::NumericDevice;

const HASH_IMEI: &str = "355139089215765";
const NUMERIC_IMEI: &str = "869912033012424";
const OTHER_IMEI: &str = "490154203237518";

fn send(profile: &str, device: &Device, timeout: &str, args: &[&str]) -> Said {
    Homing::new(&["send", profile, "--apn=internet", "--interval=60", "--via", &device.via()])
        .args(&["--timeout", timeout, "--format", "json"])
        .args(args)
        .run()
}

fn states(said: &Said) -> Vec<String> {
    let state = |command: &Value| command["state"].as_str().unwrap().to_owned();
    said.json()["commands"].as_array().unwrap().iter().map(state).collect()
}

#[test]
fn it_stops_at_a_refusal() {
    let device = HashDevice::plug(Habits { refuse: Some("SERVER"), ..Habits::default() });
    let said = send("istartek-pt32", &device, PATIENT, &[]);
    said.assert_outcome(1, "refused", "unsupported");
    assert!(said.err.contains("\"server\" was answered with \"Not support!\""), "{said}");
    assert_eq!(states(&said), ["acknowledged", "acknowledged", "refused", "planned"]);
    assert_eq!(device.commands().last().unwrap(), "SERVER,1,d.plaspy.com,8888#");
    assert_eq!(device.settings()["interval"], "10", "the interval was not sent any more");

    let device = NumericDevice::plug(Habits { refuse: Some(",100,"), ..Habits::default() });
    let said = send("istartek-vt", &device, PATIENT, &[]);
    said.assert_outcome(1, "refused", "refused");
    assert!(said.err.contains("\"server\" was answered with \"100,Failed\""), "{said}");
    assert_eq!(states(&said), ["acknowledged", "refused", "planned", "planned"]);
    assert_eq!(device.commands(), ["0000,801", "0000,109,internet", "0000,100,1,d.plaspy.com,8888"]);
}

#[test]
fn a_refusal_in_the_text_form_shows_what_was_not_sent() {
    let device = NumericDevice::plug(Habits { refuse: Some(",100,"), ..Habits::default() });
    let said = Homing::new(&["send", "istartek-vt", "--apn=internet", "--via", &device.via()]).run();
    assert_eq!(said.code, 1, "{said}");
    assert!(said.out.starts_with("refused: \"server\" was answered with"), "{said}");
    assert_eq!(
        said.out.matches("not sent").count(),
        2 + 4,
        "interval, reliable and what is read back: {said}"
    );
}

#[test]
fn a_wrong_password_is_told_before_anything_is_set() {
    let device = Device::plug(NumericDevice::with_password("PW37"), Habits::default());
    let said = send("istartek-vt", &device, PATIENT, &[]);
    said.assert_outcome(1, "refused", "wrong_password");
    assert!(said.err.contains("hint: give the tracker's password with --password"), "{said}");
    assert_eq!(device.commands(), ["0000,801"]);
}

#[test]
fn a_tracker_that_obeys_without_a_word_is_verified_by_what_it_reads_back() {
    let mute = |part: &'static str| Habits { obey_silently: Some(part), ..Habits::default() };
    let rows = [
        // The OK after the silence names no command and may be the late one: it is not believed.
        (HashDevice::plug(mute("SERVER")), "istartek-pt32", ["acknowledged", "unanswered", "unanswered"]),
        (NumericDevice::plug(mute(",100,")), "istartek-vt", ["unanswered", "acknowledged", "acknowledged"]),
    ];
    all(&rows, |(device, profile, last)| {
        let said = send(profile, device, MEDIUM, &[]);
        said.assert_outcome(0, "verified", "");
        assert_eq!(states(&said)[0], "acknowledged", "{said}");
        assert_eq!(states(&said)[1..], *last, "{said}");
        assert_eq!(device.settings()["server"], "d.plaspy.com");
    });
}

#[test]
fn what_is_neither_answered_nor_readable_is_not_verified() {
    let device = NumericDevice::plug(Habits { obey_silently: Some(",103,"), ..Habits::default() });
    let said = send("istartek-vt", &device, MEDIUM, &[]);
    said.assert_outcome(3, "sent", "silent");
    assert!(said.err.contains("\"reliable\" was not answered"), "{said}");
}

#[test]
fn a_tracker_that_only_claims_to_obey_has_failed() {
    let rows = [
        (HashDevice::plug(Habits { only_claim: Some("SERVER"), ..Habits::default() }), "istartek-pt32"),
        (NumericDevice::plug(Habits { only_claim: Some(",100,"), ..Habits::default() }), "istartek-vt"),
    ];
    all(&rows, |(device, profile)| {
        let said = send(profile, device, PATIENT, &[]);
        said.assert_outcome(1, "failed", "differs");
        assert!(states(&said).iter().all(|state| state == "acknowledged"), "{said}");
        assert!(said.err.contains("server reads back as "), "{said}");
        assert!(said.err.contains(", it should be d.plaspy.com"), "{said}");
    });
}

#[test]
fn a_tracker_that_falls_silent_before_the_read_back_is_not_verified() {
    let device = HashDevice::plug(Habits { silent_after: Some(5), ..Habits::default() });
    let said = send("istartek-pt32", &device, MEDIUM, &[]);
    said.assert_outcome(3, "acknowledged", "not_read_back");
    assert!(said.err.contains("timezone, apn, server, port and interval were not read back"), "{said}");
    assert!(said.err.contains("hint: `homing verify` asks once more"), "{said}");
}

#[test]
fn a_tracker_of_another_dialect_gets_no_command() {
    let rows = [
        (NumericDevice::plug(Habits::default()), "istartek-pt32", "istartek-vt"),
        (HashDevice::plug(Habits::default()), "istartek-vt", "istartek-pt32"),
    ];
    all(&rows, |(device, profile, other)| {
        let said = send(profile, device, MEDIUM, &[]);
        said.assert_outcome(1, "failed", "other_dialect");
        assert!(said.err.contains(&format!("obeys the dialect of {other}")), "{said}");
        assert!(said.err.contains("nothing was changed"), "{said}");
        assert!(said.err.contains("hint: use the profile it obeys"), "{said}");
        assert_nothing_set(device);
    });
}

/// A device of each dialect, its profile and the IMEI it tells.
fn meant() -> [(Device, &'static str, &'static str); 2] {
    [
        (HashDevice::plug(Habits::default()), "istartek-pt32", HASH_IMEI),
        (NumericDevice::plug(Habits::default()), "istartek-vt", NUMERIC_IMEI),
    ]
}

#[test]
fn another_tracker_than_the_one_meant_gets_no_command() {
    all(&meant(), |(device, profile, told)| {
        let said = send(profile, device, PATIENT, &["--imei", OTHER_IMEI]);
        said.assert_outcome(1, "failed", "other_tracker");
        let sentence = format!("this tracker says its IMEI is {told}, the plan is for {OTHER_IMEI}");
        assert!(said.err.contains(&sentence), "{said}");
        assert!(said.err.contains("hint: check which tracker this is"), "{said}");
        assert_nothing_set(device);
    });
}

#[test]
fn the_tracker_that_is_meant_is_configured() {
    all(&meant(), |(device, profile, imei)| {
        let said = send(profile, device, PATIENT, &["--imei", imei]);
        said.assert_outcome(0, "verified", "");
        assert_eq!(said.json()["tracker"], *imei);
    });
}

#[test]
fn a_tracker_that_does_not_tell_its_imei_is_not_kept_from_being_configured() {
    let device = HashDevice::plug(Habits { refuse: Some("PARAM"), ..Habits::default() });
    let said = send("istartek-pt32", &device, PATIENT, &["--imei", HASH_IMEI]);
    said.assert_outcome(3, "acknowledged", "not_read_back");
    assert!(said.err.contains("timezone, apn, server, port and interval cannot be read back"), "{said}");
    assert!(said.err.contains("hint: no answer of this tracker shows it"), "{said}");
    assert_eq!(device.settings()["server"], "d.plaspy.com");
}
