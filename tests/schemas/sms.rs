//! What is told of a lab, of its modem and of what lies in it.

use std::fs;

use serde_json::{Value, json};

use crate::check::{Edit, Schema};
use crate::homing_run::Homing;
use crate::lab::Lab;

const NUMBER: &str = "+447700900123";

fn lab(more: &[&str]) -> Lab {
    Lab::with(&format!("profile,phone,apn\nistartek-vt,{NUMBER},internet\n"), more)
}

/// What `homing modem` says as JSON, whatever its exit code.
fn told(command: &str, lab: &Lab) -> Value {
    Homing::new(&["modem", command, lab.port(), "--format=json", "--quiet"]).run().json()
}

#[test]
fn a_lab_is_told_as_its_schema_says() {
    let schema = Schema::of("homing.lab/1");
    schema.accepts(Lab::start(&["--modems", "3"]).ready());
    let lab = Lab::start(&["--trackers=2", "--profile=istartek-vt", "--gateway=127.0.0.1:0"]);
    schema.refuses_anything_more_or_else(lab.ready());
    schema.refuses(
        lab.ready(),
        &[
            ("/schema", Edit::To(json!("homing.lab/2"))),
            ("/ports", Edit::Gone),
            ("/ports/0", Edit::To(json!(""))),
            ("/numbers/0", Edit::To(json!(99_910_000_000_u64))),
            ("/gateway", Edit::Gone),
            ("/gateway", Edit::To(json!(8080))),
            ("/echo", Edit::To(json!(null))),
            ("/trackers", Edit::To(json!(-1))),
            ("/trackers", Edit::To(json!("2"))),
            ("/first_tracker", Edit::Gone),
        ],
    );
}

#[test]
fn a_modem_is_told_as_its_schema_says() {
    let schema = Schema::of("homing.modem/1");
    for fault in ["pin", "puk", "not-registered", "storage-full"] {
        schema.accepts(&told("info", &lab(&["--fault", fault])));
    }
    let document = told("info", &lab(&[]));
    schema.refuses_anything_more_or_else(&document);
    schema.refuses(
        &document,
        &[
            ("/schema", Edit::To(json!("homing.modem"))),
            ("/port", Edit::To(json!(""))),
            ("/imei", Edit::Gone),
            ("/imei", Edit::To(json!(1_010_000_000_008_u64))),
            ("/card", Edit::To(json!(null))),
            ("/signal_dbm", Edit::To(json!(-150))),
            ("/signal_dbm", Edit::To(json!("-67"))),
            ("/signal_bars", Edit::To(json!(6))),
            ("/pdu_mode", Edit::To(json!("yes"))),
            ("/stores", Edit::To(json!(null))),
            ("/store/used", Edit::To(json!(-1))),
            ("/store/total", Edit::Gone),
            ("/ready", Edit::To(json!(null))),
            ("/warnings", Edit::To(json!([""]))),
        ],
    );
}

#[test]
fn an_inbox_is_told_as_its_schema_says() {
    let schema = Schema::of("homing.inbox/1");
    schema.accepts(&told("inbox", &lab(&[])));
    schema.accepts(&told("inbox", &lab(&["--fault", "pin"])));
    // Answers whose parts are long, that cannot be deleted, that hold control characters.
    let lab = lab(&["--fault", "delete-fails", "--fault", "hostile-answer"]);
    let send =
        ["send", "istartek-vt", "--phone", NUMBER, "--apn=internet", "--yes", "--timeout=1s", "--quiet"];
    Homing::new(&send).args(&["--via", &lab.via()]).run();
    let document = told("inbox", &lab);
    assert!(document["messages"][0]["text"].as_str().unwrap().contains('\u{1b}'), "{document:#}");
    schema.refuses_anything_more_or_else(&document);
    schema.refuses(
        &document,
        &[
            ("/port", Edit::Gone),
            ("/complete", Edit::To(json!("yes"))),
            ("/messages/0/from", Edit::To(json!(""))),
            ("/messages/0/time", Edit::To(json!("2026-08-01 12:34:56"))),
            ("/messages/0/time", Edit::Gone),
            ("/messages/0/text", Edit::To(json!(null))),
            ("/messages/0/parts", Edit::To(json!(0))),
            ("/messages/0/missing", Edit::To(json!(-1))),
            ("/messages/0/places/0/index", Edit::To(json!("1"))),
            ("/messages/0/places/0/store", Edit::Gone),
            ("/unreadable", Edit::To(json!([""]))),
        ],
    );
}

#[test]
fn outcomes_by_short_messages_are_as_their_schema_says() {
    let schema = Schema::of("homing.outcome/1");
    let rows = [
        ("lab", "verified"),
        ("lab?fault=cms=21", "failed"),
        ("lab?fault=vanish", "unknown"),
        ("lab?fault=error-at-prompt", "planned"),
        ("lab:wrong_password", "refused"),
    ];
    crate::homing_run::all(&rows, |(via, standing)| {
        let args = ["send", "istartek-vt", "--apn=internet", "--no-identify", "--via", via, "--format=json"];
        let document = Homing::new(&args).args(&["--quiet"]).run().json();
        assert_eq!(document["standing"], *standing, "{document:#}");
        schema.accepts(&document);
        schema.refuses_anything_more_or_else(&document);
        if *standing == "unknown" {
            schema.refuses(&document, &[("/hint", Edit::To(json!("")))]);
        }
    });
}

#[test]
fn what_was_asked_to_recognise_a_tracker_is_told_as_its_schema_says() {
    let schema = Schema::of("homing.identified/1");
    let lab = Lab::with(&format!("profile,phone,apn\nruptela,{NUMBER},internet\n"), &[]);
    let via = lab.via();
    // By the name on its box, as four messages to whatever it may be do not reach every family.
    let args = [
        "identify",
        "--hint",
        "FM-Eco3",
        "--phone",
        NUMBER,
        "--yes",
        "--timeout",
        "2s",
        "--format=json",
        "--quiet",
        "--via",
        &via,
    ];
    let said = Homing::new(&args).run();
    let document = said.json();
    assert_eq!((said.code, &document["profiles"]), (0, &json!(["ruptela"])), "{said}");
    assert_eq!(document["sms"], lab.submitted().len(), "{said}");
    assert!(lab.submitted().len() <= 4, "{said}");
    schema.refuses_anything_more_or_else(&document);
    schema.refuses(
        &document,
        &[
            ("/sms", Edit::To(json!(-1))),
            ("/sms", Edit::Gone),
            ("/asked", Edit::Gone),
            ("/asked/0/answered", Edit::To(json!("maybe"))),
            ("/asked/0/text", Edit::Gone),
            ("/candidates", Edit::To(json!(null))),
        ],
    );
    let among = ["--among", "concox-gt06,goome", "--via", "lab:silent", "--timeout", "200ms"];
    let silent = Homing::new(&["identify", "--format=json", "--quiet"]).args(&among).run();
    assert_eq!((silent.code, &silent.json()["verdict"]), (3, &json!("silent")), "{silent}");
    schema.accepts(&silent.json());
    schema.refuses(
        &silent.json(),
        &[("/candidates/0/look", Edit::Gone), ("/candidates/0/profile", Edit::To(json!("")))],
    );
}

/// A run against a lab that goes on: what it was set to is kept.
fn asked(lab: &Lab, args: &[&str]) -> Value {
    let via = lab.via();
    let more = ["--phone", NUMBER, "--via", &via, "--yes", "--timeout=5s", "--format=json", "--quiet"];
    Homing::new(args).args(&more).run().json()
}

#[test]
fn a_snapshot_what_changed_since_and_where_it_is_are_as_their_schemas_say() {
    let lab = Lab::with(&format!("profile,phone,apn\nistartek-vt,{NUMBER},internet\n"), &[]);
    let file = lab.path("before.json");
    let file = file.to_str().unwrap();
    asked(&lab, &["verify", "istartek-vt", "--snapshot", file]);
    let snapshot: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    Schema::of("homing.snapshot/1").refuses(
        &snapshot,
        &[
            ("/schema", Edit::To(json!("homing.snapshot/2"))),
            ("/profile", Edit::Gone),
            ("/time", Edit::To(json!("yesterday"))),
            ("/settings", Edit::Gone),
            ("/settings/server", Edit::To(json!(8011))),
        ],
    );
    asked(&lab, &["send", "istartek-vt", "--step=interval", "--interval=300"]);
    let changes = asked(&lab, &["verify", "istartek-vt", "--diff", file]);
    assert!(changes.to_string().contains(r#""became":"changed""#), "{changes:#}");
    let schema = Schema::of("homing.changes/1");
    schema.refuses_anything_more_or_else(&changes);
    schema.refuses(
        &changes,
        &[
            ("/since", Edit::To(json!(""))),
            ("/sentence", Edit::Gone),
            ("/changes/0/became", Edit::To(json!("better"))),
            ("/changes/0/is", Edit::Gone),
        ],
    );
    let located = asked(&lab, &["locate", "istartek-vt"]);
    assert_eq!(located["latitude"], "22.646430", "{located:#}");
    let schema = Schema::of("homing.located/1");
    schema.refuses_anything_more_or_else(&located);
    schema.refuses(
        &located,
        &[
            ("/asked", Edit::To(json!("horn"))),
            ("/latitude", Edit::To(json!(22.6))),
            ("/answers/0/means", Edit::Gone),
            ("/link", Edit::Gone),
        ],
    );
}
