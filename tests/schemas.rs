//! Every JSON document that the program writes is as `docs/schemas/` says, and what is not so is refused.

#![cfg(test)]

#[cfg(target_os = "linux")]
#[path = "schemas/cable.rs"]
mod cable;
#[path = "schemas/check.rs"]
mod check;
#[path = "support/homing.rs"]
mod homing_run;
#[cfg(target_os = "linux")]
#[path = "support/lab.rs"]
mod lab;
#[cfg(target_os = "linux")]
#[path = "schemas/sms.rs"]
mod sms;
#[cfg(target_os = "linux")]
mod support;

use std::fs;

use check::{Edit, Schema};
use homing::engine::{Reason, Standing, State};
use homing::profile::{Evidence, FormName, Kind, Means, Severity};
use homing::report::SettingState;
use homing_run::Homing;
use serde_json::{Value, json};

/// Every schema there is, by the document's name.
const SCHEMAS: [&str; 29] = [
    "homing.apn/1",
    "homing.batch/1",
    "homing.batches/1",
    "homing.changes/1",
    "homing.check/1",
    "homing.decoded/1",
    "homing.doubts/1",
    "homing.estimate/1",
    "homing.findings/1",
    "homing.gateways/1",
    "homing.identified/1",
    "homing.inbox/1",
    "homing.lab/1",
    "homing.listen-event/1",
    "homing.located/1",
    "homing.message/1",
    "homing.modem/1",
    "homing.nat/1",
    "homing.outcome/1",
    "homing.plan/1",
    "homing.plans/1",
    "homing.ports/1",
    "homing.probe/1",
    "homing.probe-event/1",
    "homing.problems/1",
    "homing.profile/1",
    "homing.profiles/1",
    "homing.simulated/1",
    "homing.snapshot/1",
];

/// What `generate` is asked for, beside the format.
const GENERATE: [&[&str]; 14] = [
    &["istartek-pt32", "--apn=internet"],
    &[
        "istartek-pt32",
        "--apn=internet",
        "--by=ip",
        "--imei=869912033012424",
        "--phone=+447700900101",
        "--name=Rex",
    ],
    &["istartek-pt32", "--apn=internet", "--apn-user=user", "--apn-password=env:WORD", "--interval=5m"],
    &[
        "istartek-pt32",
        "--apn=internet",
        "--transport=udp",
        "--assume=udp",
        "--timezone=-05:30",
        "--assume=timezone",
    ],
    &["istartek-pt32", "--apn=internet", "--factory-reset", "--form=cable"],
    &["istartek-pt32", "--routine=verify"],
    &["istartek-pt32", "--routine=identify", "--form=cable"],
    &["istartek-vt", "--apn=internet"],
    &["istartek-vt", "--apn=internet", "--transport=udp", "--set=reliable=1", "--password=env:WORD"],
    &["istartek-vt", "--apn=internet", "--form=link", "--imei=869912033012424", "--packet=A"],
    &["istartek-vt", "--apn=internet", "--form=cable", "--iccid=8944110202600000178", "--sim-id=card 7"],
    &["istartek-vt", "--routine=verify", "--device-id=TRUCK7", "--form=link"],
    &["istartek-vt", "--step=distance", "--step=sleep", "--set=distance_m=200", "--set=sleep_mode=normal"],
    &["--fleet=examples/fleet.csv"],
];

fn run(args: &[&str]) -> homing_run::Said {
    let mut command = Homing::new(args).env("WORD", "pw37").command();
    homing_run::Said::of(command.current_dir(env!("CARGO_MANIFEST_DIR")))
}

/// A document of the program, which ended with this code.
fn document(args: &[&str], code: i32) -> Value {
    let said = run(args);
    assert_eq!(said.code, code, "{args:?}: {said}");
    said.json()
}

#[test]
fn plans_are_as_their_schema_says_in_one_document_and_line_by_line() {
    let (plans, plan) = (Schema::of("homing.plans/1"), Schema::of("homing.plan/1"));
    for args in GENERATE {
        let args = [&["generate"], args].concat();
        let whole = document(&[&args[..], &["--format=json"]].concat(), 0);
        plans.accepts(&whole);
        let lines = run(&[&args[..], &["--format=ndjson"]].concat());
        assert_eq!(lines.code, 0, "{lines}");
        let mut lines: Vec<Value> =
            lines.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for line in &mut lines {
            plan.accepts(line);
            // A line is a document of its own and names its schema; inside one document a plan does not.
            assert_eq!(line.as_object_mut().unwrap().remove("schema"), Some(json!("homing.plan/1")));
        }
        assert_eq!(Value::Array(lines), whole["plans"], "{args:?}");
    }
}

/// A profile's text as the schema for editors sees it.
fn profile(text: &str) -> Value {
    toml::from_str(text).unwrap()
}

#[test]
fn every_built_in_profile_and_the_template_are_as_the_schema_for_editors_says() {
    let schema = Schema::of("homing.profile/1");
    let mut count = 0;
    for entry in fs::read_dir("profiles").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            schema.accepts(&profile(&fs::read_to_string(&path).unwrap()));
            count += 1;
        }
    }
    assert!(count > 60, "{count}");
}

#[test]
fn a_profile_with_a_mistake_is_refused_by_the_schema_for_editors() {
    let template = profile(&fs::read_to_string("profiles/_template.toml").unwrap());
    Schema::of("homing.profile/1").refuses(
        &template,
        &[
            ("/schema", Edit::To(json!(2))),
            ("/id", Edit::To(json!("Acme A1"))),
            ("/models", Edit::To(json!([]))),
            ("/transports/0", Edit::To(json!("sctp"))),
            ("/routine/provision", Edit::Gone),
            ("/source/0/evidence", Edit::To(json!("hearsay"))),
            ("/step/0/kind", Edit::To(json!("write"))),
            ("/step/0/example", Edit::To(json!([]))),
            ("/step/0/reply/0/examples", Edit::Gone),
            ("/timeout/sms", Edit::To(json!("soon"))),
        ],
    );
}

#[test]
fn broken_plans_are_refused() {
    let plans = Schema::of("homing.plans/1");
    let document = document(&["generate", "--fleet=examples/fleet.csv", "--format=json"], 0);
    plans.refuses_anything_more_or_else(&document);
    plans.refuses(
        &document,
        &[
            ("/schema", Edit::To(json!("homing.plans/2"))),
            ("/schema", Edit::Gone),
            ("/plans", Edit::Gone),
            ("/plans/0/warnings", Edit::Gone),
            ("/plans/0/tracker/profile", Edit::Gone),
            ("/plans/0/tracker/settings", Edit::Gone),
            ("/plans/0/tracker/settings/port", Edit::To(json!(8888))),
            ("/plans/0/tracker/imei", Edit::To(json!("86418305310117"))),
            ("/plans/0/tracker/phone", Edit::To(json!("07700900101"))),
            ("/plans/0/tracker/name", Edit::To(json!(""))),
            ("/plans/0/tracker/line", Edit::To(json!(0))),
            ("/plans/0/commands/0/text", Edit::To(json!(""))),
            ("/plans/0/commands/0/text", Edit::Gone),
            ("/plans/0/commands/0/form", Edit::To(json!("cable"))),
            ("/plans/0/commands/0/sms", Edit::To(json!(null))),
            ("/plans/0/commands/0/sms", Edit::To(json!(0))),
            ("/plans/0/commands/0/sms", Edit::Gone),
            ("/plans/0/commands/0/evidence", Edit::To(json!("verified"))),
            ("/plans/0/commands/0/destructive", Edit::To(json!("no"))),
            ("/plans/0/commands/0/characters", Edit::To(json!(8.5))),
        ],
    );
    let plan = Schema::of("homing.plan/1");
    plan.refuses(
        &document["plans"][0],
        &[("/commands", Edit::Gone), ("/tracker", Edit::Gone), ("/warnings/0", Edit::To(json!(7)))],
    );
}

#[test]
fn problems_of_a_csv_are_as_their_schema_says() {
    let problems = Schema::of("homing.problems/1");
    let document_of = |csv: &str| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("fleet.csv");
        fs::write(&file, csv).unwrap();
        document(&["generate", &format!("--fleet={}", file.display()), "--format=json"], 2)
    };
    for csv in [
        "profil,imei\nistartek-pt32,1\n",
        "imei,imei\n1,2\n",
        "profile,apn\nistartek-pt32,\"internet\n",
        "PK\u{3}\u{4}",
        "profile,apn,set.pin\nistartek-vt,internet,12345\n,,\n",
        "",
    ] {
        problems.accepts(&document_of(csv));
    }
    let document = document(&["generate", "--fleet=examples/damaged.csv", "--format=json"], 2);
    problems.accepts(&document);
    problems.refuses_anything_more_or_else(&document);
    problems.refuses(
        &document,
        &[
            ("/schema", Edit::To(json!("homing.problem/1"))),
            ("/file", Edit::Gone),
            ("/problems", Edit::To(json!([]))),
            ("/problems/0/line", Edit::To(json!(-1))),
            ("/problems/0/line", Edit::To(json!("2"))),
            ("/problems/0/rule", Edit::To(json!("Two Words"))),
            ("/problems/0/severity", Edit::To(json!("note"))),
            ("/problems/0/message", Edit::To(json!(""))),
            ("/problems/0/message", Edit::Gone),
            ("/problems/0/fix", Edit::To(json!(null))),
        ],
    );
}

#[test]
fn the_catalogue_is_as_its_schema_says() {
    let profiles = Schema::of("homing.profiles/1");
    let document = document(&["profile", "list", "--format=json"], 0);
    profiles.accepts(&document);
    profiles.accepts(&self::document(&["profile", "find", "vt100", "--format=json"], 0));
    profiles.refuses_anything_more_or_else(&document);
    profiles.refuses(
        &document,
        &[
            ("/profiles", Edit::Gone),
            ("/profiles/0/id", Edit::To(json!("iStartek PT32"))),
            ("/profiles/0/transports", Edit::To(json!(["tcp", "sctp"]))),
            ("/profiles/0/transports", Edit::To(json!([]))),
            ("/profiles/0/evidence", Edit::To(json!("rumour"))),
            ("/profiles/0/evidence", Edit::Gone),
            ("/profiles/0/trials", Edit::To(json!(-1))),
            ("/profiles/0/trials", Edit::To(json!("none"))),
        ],
    );
}

#[test]
fn findings_are_as_their_schema_says() {
    let findings = Schema::of("homing.findings/1");
    findings.accepts(&document(&["profile", "check", "--format=json"], 0));
    findings.accepts(&document(&["profile", "check", "profiles/_template.toml", "--format=json"], 0));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("broken.toml");
    fs::write(&file, "schema = 1\nid = \"other\"\nvendr = \"\"\n[limits]\nparts = \"1\"\n").unwrap();
    let document = document(&["profile", "check", file.to_str().unwrap(), "--format=json"], 1);
    findings.accepts(&document);
    findings.refuses_anything_more_or_else(&document);
    findings.refuses(
        &document,
        &[
            ("/schema", Edit::To(json!("findings"))),
            ("/findings/0/line", Edit::To(json!(0))),
            ("/findings/0/column", Edit::To(json!(0))),
            ("/findings/0/column", Edit::Gone),
            ("/findings/0/severity", Edit::To(json!("fatal"))),
            ("/findings/0/rule", Edit::To(json!("missing_key"))),
            ("/findings/0/rule", Edit::Gone),
            ("/findings/0/file", Edit::To(json!(null))),
        ],
    );
}

#[test]
fn ports_are_as_their_schema_says() {
    let ports = Schema::of("homing.ports/1");
    ports.accepts(&document(&["port", "list", "--format=json"], 0));
    // This machine may have none: the full form is made of the value itself.
    let port = homing::courier::Port {
        path: "/dev/ttyUSB0".to_owned(),
        stable: Some("/dev/serial/by-id/usb-1a86".to_owned()),
        what: "CH340 USB-serial bridge".to_owned(),
        vendor_id: Some(0x1a86),
        product_id: Some(0x00ab),
        serial: None,
        interface: Some(0),
        in_use: Some("ModemManager".to_owned()),
    };
    let document = serde_json::to_value(homing::report::ports(&[port])).unwrap();
    ports.accepts(&document);
    ports.refuses_anything_more_or_else(&document);
    ports.refuses(
        &document,
        &[
            ("/ports", Edit::Gone),
            ("/ports/0/path", Edit::To(json!(null))),
            ("/ports/0/vendor_id", Edit::To(json!("0x1a86"))),
            ("/ports/0/vendor_id", Edit::To(json!(6790))),
            ("/ports/0/product_id", Edit::To(json!("AB"))),
            ("/ports/0/serial", Edit::Gone),
            ("/ports/0/in_use", Edit::To(json!(""))),
        ],
    );
}

#[test]
fn access_points_are_as_their_schema_says() {
    let schema = Schema::of("homing.apn/1");
    let of = |args: &[&str], code| {
        document(&[&["apn", "--database=built-in", "--format=json"], args].concat(), code)
    };
    schema.accepts(&of(&["--country=CO"], 0));
    schema.accepts(&of(&["--mcc-mnc=732103"], 0));
    schema.accepts(&of(&["--imsi=901405101234567"], 1));
    let document = of(&["--imsi=732101123456789"], 0);
    schema.accepts(&document);
    schema.refuses_anything_more_or_else(&document);
    schema.refuses(
        &document,
        &[
            ("/database/day", Edit::Gone),
            ("/networks/0", Edit::To(json!("732101"))),
            ("/networks", Edit::To(json!([732_101]))),
            ("/access_points/0/apn", Edit::To(json!(""))),
            ("/access_points/0/auto", Edit::To(json!("Claro"))),
            ("/access_points/0/password", Edit::Gone),
            ("/access_points/0/plans", Edit::To(json!("postpaid"))),
            ("/chosen", Edit::To(json!(true))),
        ],
    );
}

#[test]
fn estimates_are_as_their_schema_says() {
    let schema = Schema::of("homing.estimate/1");
    let of = |args: &[&str]| document(&[&["estimate", "istartek-pt32", "--format=json"], args].concat(), 0);
    schema.accepts(&of(&[]));
    schema.accepts(&of(&["--frame=130", "--answer=31"]));
    schema.accepts(&of(&["--protocol=watch", "--heartbeat=3m", "--sessions=0"]));
    // A profile whose uplink homing cannot write: nothing is known of its data.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("acme-a1.toml");
    let text = fs::read_to_string("profiles/_template.toml").unwrap();
    fs::write(&file, text.replace("\nuplink =", "\n# uplink =")).unwrap();
    let unknown = document(&["estimate", file.to_str().unwrap(), "--format=json"], 0);
    assert_eq!(unknown["data"], json!(null), "{unknown:#}");
    schema.accepts(&unknown);
    let document =
        of(&["--sms-price=0.07", "--currency=EUR", "--current-ma=12.5", "--protocol=gt06", "--heartbeat=3m"]);
    schema.accepts(&document);
    schema.refuses_anything_more_or_else(&document);
    schema.refuses(
        &document,
        &[
            ("/sms/cost", Edit::To(json!("0,56"))),
            ("/sms/cost", Edit::To(json!(0.56))),
            ("/sms/most", Edit::To(json!(-1))),
            ("/data/transport", Edit::To(json!("sctp"))),
            ("/data/interval_s", Edit::To(json!(0))),
            ("/data/items", Edit::To(json!([]))),
            ("/data/items/0/what", Edit::To(json!("frames"))),
            ("/data/login/frame", Edit::Gone),
            ("/battery/capacity_mah", Edit::To(json!(0))),
            ("/battery/days", Edit::To(json!("2.3"))),
            ("/assumptions/0/source", Edit::Gone),
        ],
    );
}

#[test]
fn each_schema_names_its_document_and_its_draft() {
    let folder = fs::read_dir(check::folder()).unwrap();
    let mut files: Vec<String> = folder.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    assert_eq!(files, SCHEMAS.map(check::file));
    for name in SCHEMAS {
        let schema = check::read(name);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
        assert_eq!(schema["title"], name);
        // A document of several forms names itself in each.
        let forms = schema["oneOf"].as_array().cloned().unwrap_or_else(|| vec![schema.clone()]);
        assert!(!forms.is_empty(), "{name}");
        for form in forms {
            // A profile is not of our making: its key holds the version of its keys alone.
            let named = if name == "homing.profile/1" { Value::from(1) } else { Value::from(name) };
            assert_eq!(form["properties"]["schema"]["const"], named, "{name}");
        }
    }
}

/// The words of a type, and a match that no longer compiles when a word is added.
macro_rules! words {
    ($type:ident: $($variant:ident)*) => {{
        let known = |one: &$type| match one { $($type::$variant => ()),* };
        let all = [$($type::$variant),*];
        all.iter().for_each(known);
        all.iter().map(|one| serde_json::to_value(one).unwrap()).collect::<Vec<Value>>()
    }};
}

#[test]
fn the_words_of_the_schemas_are_those_of_the_code() {
    let standings = words!(Standing: Planned Sent Acknowledged Verified Reporting Refused Unknown Failed);
    let states = words!(State: Planned Acknowledged Unanswered Refused Unknown Failed);
    let settings = words!(SettingState: Equal Differs NotRead Unreadable NotCompared);
    let reasons = words!(Reason: Refused Unsupported WrongPassword NotAuthorised Silent OtherDialect OtherTracker
        Differs NotReadBack NotRecognised OnlyEcho Garbage ModemPort PortLost NotSent Rejected NoOutcome Interrupted
        NoReport OneWay TrackerCap);
    let evidence = Vec::from(Evidence::WORDS.map(|(word, _)| json!(word)));
    let means = Vec::from(Means::WORDS.map(|(word, _)| json!(word)));
    let kinds = Vec::from(Kind::WORDS.map(|(word, _)| json!(word)));
    let forms = Vec::from(FormName::WORDS.map(|(word, _)| json!(word)));
    let severities =
        Vec::from([Severity::Note, Severity::Warning, Severity::Error].map(|s| json!(s.to_string())));
    let or_null = |words: &[Value]| [words, &[Value::Null]].concat();
    const BATCH: &str = "homing.batch/1";
    for (name, at, words) in [
        (BATCH, "/properties/trackers/items/properties/standing", standings.clone()),
        (BATCH, "/properties/trackers/items/properties/reason", or_null(&reasons)),
        (BATCH, "/properties/trackers/items/properties/commands/items/properties/state", states.clone()),
        ("homing.outcome/1", "/properties/standing", standings),
        ("homing.outcome/1", "/properties/reason", or_null(&reasons)),
        ("homing.outcome/1", "/$defs/spoken/properties/state", states),
        ("homing.outcome/1", "/$defs/spoken/properties/means", or_null(&means)),
        ("homing.outcome/1", "/$defs/spoken/properties/evidence", evidence.clone()),
        ("homing.outcome/1", "/$defs/setting/properties/evidence", evidence.clone()),
        ("homing.outcome/1", "/$defs/setting/properties/state", settings),
        ("homing.identified/1", "/properties/answers/items/properties/means", means),
        ("homing.identified/1", "/properties/answers/items/properties/evidence", evidence.clone()),
        ("homing.plan/1", "/$defs/command/properties/evidence", evidence.clone()),
        ("homing.plan/1", "/$defs/command/properties/kind", kinds),
        ("homing.plan/1", "/$defs/command/properties/form", forms),
        ("homing.profiles/1", "/properties/profiles/items/properties/evidence", or_null(&evidence)),
        ("homing.findings/1", "/properties/findings/items/properties/severity", severities),
    ] {
        let schema = check::read(name);
        assert_eq!(schema.pointer(&format!("{at}/enum")), Some(&Value::Array(words)), "{name} {at}");
    }
}

#[test]
fn gateways_are_as_their_schema_says_and_as_many_as_their_table_has() {
    let schema = Schema::of("homing.gateways/1");
    let gateways = document(&["gateway", "list", "--format", "json"], 0);
    schema.refuses_anything_more_or_else(&gateways);
    let table = run(&["gateway", "list"]);
    let rows = table.out.lines().filter(|line| line.starts_with("│ ")).count();
    // Its heading is one of them.
    assert_eq!(gateways["gateways"].as_array().unwrap().len() + 1, rows, "{table}");
    for gateway in gateways["gateways"].as_array().unwrap() {
        let file = format!("profiles/gateways/{}.toml", gateway["id"].as_str().unwrap());
        let toml: Value = toml::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        assert_eq!(gateway["name"], toml["name"]);
        let given: Vec<&str> = gateway["variables"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["name"].as_str().unwrap())
            .collect();
        let variables = toml["variable"].as_object();
        assert_eq!(given.len(), variables.map_or(0, serde_json::Map::len), "{gateway:#}");
        assert!(given.iter().all(|name| toml["variable"].get(name).is_some()), "{gateway:#}");
    }
}
