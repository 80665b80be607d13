//! The loopback check as a build server runs it.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::json;

use super::check::{Edit, Schema};
use super::homing_run::Homing;

#[test]
fn it_passes_and_its_document_is_as_its_schema_says() {
    let said = Homing::new(&["check", "--format=json"]).run();
    assert_eq!(said.code, 0, "{said}");
    let document = said.json();
    assert_eq!((&document["good"], &document["stopped"]), (&json!(true), &json!(false)));
    let rows: Vec<String> = document["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| format!("{} {}", row["protocol"].as_str().unwrap(), row["transport"].as_str().unwrap()))
        .collect();
    for row in ["startek tcp", "startek udp", "gt06 tcp", "eelink tcp", "eelink udp", "jt808 tcp"] {
        assert!(rows.contains(&row.to_owned()), "{rows:?}");
    }
    let schema = Schema::of("homing.check/1");
    schema.accepts(&document);
    schema.refuses_anything_more_or_else(&document);
    schema.refuses(
        &document,
        &[
            ("/schema", Edit::To(json!("homing.check/2"))),
            ("/exit", Edit::To(json!(2))),
            ("/rows/0/transport", Edit::To(json!("pigeon"))),
            ("/rows/0/groups/0/group", Edit::To(json!("other"))),
            ("/rows/0/groups/0/faults", Edit::Gone),
        ],
    );
}

#[test]
fn one_protocol_alone_is_checked_alone_and_the_same_way_twice() {
    let run = |seed: &str| {
        Homing::new(&["check", "--protocol=eelink", "--format=json", "--seed", seed]).run().json()
    };
    let numbers = |document: &serde_json::Value| -> Vec<String> {
        let row = |row: &serde_json::Value| format!("{} {} {}", row["frames"], row["fields"], row["answers"]);
        document["rows"].as_array().unwrap().iter().map(row).collect()
    };
    let (one, again) = (run("7"), run("7"));
    assert_eq!(one["rows"].as_array().unwrap().len(), 2);
    assert_eq!(numbers(&one), numbers(&again));
    Homing::new(&["check", "--protocol=startk"])
        .run()
        .assert_err(2, &["there is no protocol `startk`", "did you mean startek?"]);
}

#[test]
fn the_table_says_in_its_first_line_whether_it_passes() {
    let said = Homing::new(&["check", "--protocol=startek"]).run();
    assert_eq!(said.code, 0, "{said}");
    assert!(said.out.starts_with("the loopback check passes: "), "{said}");
    assert_eq!(said.out.matches("startek").count(), 2, "{said}");
}

#[test]
fn junit_is_xml_with_a_case_for_each_kind() {
    let said = Homing::new(&["check", "--format=junit"]).run();
    assert_eq!(said.code, 0, "{said}");
    let suites = said.out.matches("<testsuite ").count();
    assert!(suites >= 9 && said.out.matches("<testcase ").count() >= suites * 6, "{said}");
    let xmllint = Command::new("xmllint").args(["--noout", "-"]).stdin(Stdio::piped()).spawn();
    let Ok(mut xmllint) = xmllint else { return };
    xmllint.stdin.take().unwrap().write_all(said.out.as_bytes()).unwrap();
    assert!(xmllint.wait().unwrap().success());
}

#[test]
fn without_loopback_it_is_this_machines_fault() {
    let required = std::env::var_os("HOMING_REQUIRE_NETNS").is_some_and(|value| value == "1");
    // A network of its own, in which nothing is switched on.
    let run = Command::new("unshare").args(["-rn", env!("CARGO_BIN_EXE_homing"), "check"]).output();
    let Ok(output) = run else {
        assert!(!required, "unshare is not there");
        return;
    };
    let err = String::from_utf8(output.stderr).unwrap();
    if err.contains("unshare") {
        assert!(!required, "{err}");
        return;
    }
    assert_eq!(output.status.code(), Some(4), "{err}");
    assert!(err.contains("hint: the check needs TCP and UDP on 127.0.0.1"), "{err}");
}
