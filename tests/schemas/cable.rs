//! Outcomes and verdicts of real conversations, over pseudo-terminals with hand-written devices.

use serde_json::{Value, json};

use crate::check::{Edit, Schema};
use crate::homing_run::{BRIEF, Homing, MEDIUM, PATIENT};
use crate::support::device::{Device, Habits};
use crate::support::hash::HashDevice;
use crate::support::numeric::NumericDevice;
use crate::support::plain::{EchoDevice, GarbageDevice, ModemDevice, SilentDevice};

/// What `homing` says as JSON about a device, and the standing or verdict in it.
fn said(device: &Device, args: &[&str]) -> Value {
    Homing::new(args).args(&["--via", &device.via(), "--format=json", "--quiet"]).run().json()
}

#[test]
fn outcomes_are_as_their_schema_says() {
    let outcome = Schema::of("homing.outcome/1");
    let refusing = Habits { refuse: Some("TIMER"), ..Habits::default() };
    let claiming = Habits { only_claim: Some(",102,"), ..Habits::default() };
    let silent = Habits { obey_silently: Some("APN"), ..Habits::default() };
    let vanishing = Habits { vanish_after: Some(4), ..Habits::default() };
    let send = |profile: &'static str| ["send", profile, "--apn=internet", "--timeout"];
    let rows = [
        (HashDevice::plug(Habits::default()), send("istartek-pt32"), PATIENT, "verified"),
        (NumericDevice::plug(Habits::default()), send("istartek-vt"), PATIENT, "verified"),
        (HashDevice::plug(refusing), send("istartek-pt32"), MEDIUM, "refused"),
        (NumericDevice::plug(claiming), send("istartek-vt"), MEDIUM, "failed"),
        (HashDevice::plug(silent), send("istartek-pt32"), MEDIUM, "verified"),
        (HashDevice::plug(vanishing), send("istartek-pt32"), MEDIUM, "unknown"),
        (NumericDevice::plug(Habits::default()), send("istartek-pt32"), BRIEF, "failed"),
        (SilentDevice::plug(), send("istartek-vt"), BRIEF, "planned"),
        (EchoDevice::plug(), send("istartek-vt"), BRIEF, "planned"),
        (GarbageDevice::plug(), send("istartek-vt"), BRIEF, "planned"),
    ];
    crate::homing_run::all(&rows, |(device, args, timeout, standing)| {
        let document = said(device, &[&args[..], &[timeout]].concat());
        assert_eq!(document["standing"], *standing, "{document:#}");
        outcome.accepts(&document);
        outcome.refuses_anything_more_or_else(&document);
    });
}

#[test]
fn broken_outcomes_are_refused() {
    let outcome = Schema::of("homing.outcome/1");
    let device = HashDevice::plug(Habits::default());
    let document = said(&device, &["send", "istartek-pt32", "--apn=internet", "--timeout", PATIENT]);
    outcome.refuses(
        &document,
        &[
            ("/schema", Edit::Gone),
            ("/standing", Edit::To(json!("done"))),
            ("/standing", Edit::Gone),
            ("/reason", Edit::To(json!("because"))),
            ("/reason", Edit::Gone),
            ("/sentence", Edit::To(json!(""))),
            ("/commands/0/state", Edit::To(json!("sent"))),
            ("/commands/0/means", Edit::To(json!("OK"))),
            ("/commands/0/reply", Edit::To(json!("OK!"))),
            ("/questions", Edit::Gone),
            ("/settings/0/name", Edit::To(json!("Time zone"))),
            ("/settings/0/equal", Edit::To(json!(null))),
            ("/settings/0/found", Edit::To(json!(null))),
            ("/settings/0/wanted", Edit::To(json!(60))),
            ("/settings/0/wanted", Edit::Gone),
        ],
    );
}

#[test]
fn verdicts_are_as_their_schema_says() {
    let identified = Schema::of("homing.identified/1");
    let rows = [
        (HashDevice::plug(Habits::default()), MEDIUM, "alike"),
        (NumericDevice::plug(Habits::default()), MEDIUM, "recognised"),
        (Device::plug(NumericDevice::with_password("PW37"), Habits::default()), MEDIUM, "recognised"),
        (SilentDevice::plug(), BRIEF, "silent"),
        (GarbageDevice::plug(), BRIEF, "garbage"),
        (EchoDevice::plug(), BRIEF, "only_echo"),
        (ModemDevice::plug(), BRIEF, "modem_port"),
    ];
    crate::homing_run::all(&rows, |(device, timeout, verdict)| {
        let document = said(device, &["identify", "--timeout", timeout]);
        assert_eq!(document["verdict"], *verdict, "{document:#}");
        identified.accepts(&document);
        identified.refuses_anything_more_or_else(&document);
    });
}

#[test]
fn broken_verdicts_are_refused() {
    let identified = Schema::of("homing.identified/1");
    let device = NumericDevice::plug(Habits::default());
    let document = said(&device, &["identify", "--timeout", MEDIUM]);
    identified.refuses(
        &document,
        &[
            ("/verdict", Edit::To(json!("yes"))),
            ("/verdict", Edit::To(json!("several"))),
            ("/verdict", Edit::To(json!("silent"))),
            ("/verdict", Edit::Gone),
            ("/profiles", Edit::To(json!([]))),
            ("/profiles", Edit::To(json!(["istartek-vt", "istartek-pt32"]))),
            ("/told/imei", Edit::To(json!(869_912_033_012_424_u64))),
            ("/told", Edit::Gone),
            ("/answers/0/means", Edit::To(json!(null))),
            ("/answers/0/evidence", Edit::Gone),
            ("/via", Edit::To(json!(""))),
        ],
    );
}
