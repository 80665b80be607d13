//! Whole CSVs through the program: what comes out, what is told, and that nothing comes out of a damaged one.
#![cfg(test)]

#[path = "support/homing.rs"]
mod homing;

use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use homing::{Homing, Said};
use serde_json::Value;

const GOOD: &str = "\
name,profile,imei,phone,apn,interval,owner
Rex,pt32,864183053101175,+447700900101,internet,60,Anna
Luna,istartek-vt,862906064051456,+447700900114,internet,30,Ben
";

const BAD: &str = "\
name,profile,imei,phone,apn,interval,owner
Rex,pt32,864183053101176,+447700900101,internet,60,Anna
Luna,istartek-vt,862906064051456,+447700900114,internet,30,Ben
Max,pt32,864183053180369,+447700900127,inter;net,60,Ben
";

fn generate(text: &str, args: &[&str]) -> Said {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("fleet.csv");
    fs::write(&path, text).unwrap();
    Homing::new(&["generate", "--fleet", path.to_str().unwrap()]).args(args).run()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn every_row_becomes_its_plan_and_keeps_its_own_columns() {
    let said = generate(GOOD, &["--format", "json"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let plans = json(&said.out);
    let texts = |at: usize| -> Vec<&str> {
        plans["plans"][at]["commands"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["text"].as_str().unwrap())
            .collect()
    };
    assert_eq!(texts(0), ["GMT,E,0#", "APN,internet#", "SERVER,1,d.plaspy.com,8888#", "TIMER,60#"]);
    assert_eq!(texts(1), ["0000,109,internet", "0000,100,1,d.plaspy.com,8888", "0000,102,30", "0000,103,0"]);
    assert_eq!(plans["plans"][0]["tracker"]["columns"]["owner"], "Anna");
    assert_eq!(plans["plans"][1]["tracker"]["register"], "862906064051456");
}

#[test]
fn one_bad_row_and_nothing_comes_out_in_any_format() {
    for format in ["text", "table", "csv", "qr"] {
        let said = generate(BAD, &["--format", format]);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{format}");
        assert!(said.err.contains(":2: imei:") && said.err.contains(":4: apn:"), "{}", said.err);
        assert!(said.err.contains("nothing was done") && said.err.contains("--skip-bad"), "{}", said.err);
    }
}

#[test]
fn what_is_wrong_on_many_rows_alike_is_told_three_times_and_then_counted() {
    let rows: String = (0..50).map(|at| format!("t{at},+4477009001{at:02},queclink-at,internet\n")).collect();
    let said = generate(&format!("name,phone,profile,apn\n{rows}"), &[]);
    said.assert_err(2, &["50 of 50 rows"]);
    // One sentence a row, although five steps of the profile want the password.
    let told = |line: usize| said.err.matches(&format!(".csv:{line}: ")).count();
    assert_eq!((told(2), told(3), told(4), told(5)), (1, 1, 1, 0), "{said}");
    assert!(said.says("the same on 47 more rows: password: the steps"), "{said}");
    assert!(said.says("(lines 5, 6, 7, ") && said.says(" and 27 more)"), "{said}");
    // What is not there is shown as nothing, also where it would be a secret.
    assert!(!said.says("****"), "{said}");
    // Nothing is lost for a program.
    let document = generate(&format!("name,phone,profile,apn\n{rows}"), &["--format=json"]);
    assert_eq!(document.json()["problems"].as_array().unwrap().len(), 50);
}

#[test]
fn problems_come_as_json_where_json_is_asked_for() {
    for format in ["json", "ndjson"] {
        let said = generate(BAD, &["--format", format]);
        let problems = json(&said.out);
        assert_eq!((said.code, &problems["schema"]), (2, &Value::from("homing.problems/1")), "{format}");
        let first = &problems["problems"][0];
        assert_eq!((&first["line"], &first["column"]), (&Value::from(2), &Value::from("imei")));
        assert_eq!(first["value"], "864183053101176");
    }
}

#[test]
fn skipping_bad_rows_goes_on_lists_them_and_does_not_end_as_done() {
    let said = generate(BAD, &["--format", "json", "--skip-bad"]);
    assert_eq!(said.code, 1, "{}", said.err);
    assert_eq!(json(&said.out)["plans"].as_array().unwrap().len(), 1);
    assert!(said.err.contains("left out 2 of 3 rows: lines 2, 4"), "{}", said.err);
}

#[test]
fn flags_fill_empty_cells_and_do_not_overwrite_full_ones() {
    let text = "profile,imei,apn\npt32,864183053101175,\npt32,864183053180369,own.apn\n";
    let said = generate(text, &["--format", "json", "--apn", "internet", "--by", "ip"]);
    let plans = json(&said.out);
    let text = |at: usize, command: usize| plans["plans"][at]["commands"][command]["text"].clone();
    assert_eq!((text(0, 1), text(1, 1)), ("APN,internet#".into(), "APN,own.apn#".into()));
    assert_eq!(text(0, 2), "SERVER,0,54.85.159.138,8888#");
}

#[test]
fn a_fleet_comes_from_standard_input_too() {
    let mut child = Homing::new(&["generate", "--fleet", "-", "--format", "csv"])
        .command()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(GOOD.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), 9);
    assert!(text.starts_with("name,line,profile,imei,phone,register,") && text.contains(",owner\n"));
}

#[test]
fn whoever_stops_reading_ends_it_without_a_word() {
    let rows: String = (0..5000).map(|at| format!("pt32,D{at:05},internet\n")).collect();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("fleet.csv");
    fs::write(&path, format!("profile,device_id,apn\n{rows}")).unwrap();
    let mut child = Homing::new(&["generate", "-q", "--format", "csv", "--fleet", path.to_str().unwrap()])
        .command()
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{:?}", output.status);
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn a_full_disk_is_told_and_is_this_machines_fault() {
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let output =
        Homing::new(&["generate", "pt32", "--apn", "internet"]).command().stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(4));
    assert!(String::from_utf8_lossy(&output.stderr).contains("could not be written"));
}

#[test]
fn flags_that_name_one_tracker_do_not_go_with_a_fleet() {
    let said = generate(GOOD, &["--imei", "864183053101175"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("--imei is one tracker's"), "{}", said.err);
}

#[test]
fn the_sample_fleet_of_the_readme_is_whole() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/fleet.csv");
    let said = Homing::new(&["generate", "--fleet", path, "--format", "ndjson"]).run();
    assert_eq!(said.code, 0, "{}", said.err);
    let profiles: Vec<Value> =
        said.out.lines().map(|line| json(line)["tracker"]["profile"].clone()).collect();
    assert_eq!(profiles.len(), 20);
    assert_eq!(profiles.iter().filter(|profile| *profile == "istartek-vt").count(), 8);
}

#[test]
fn defaults_of_the_configuration_reach_the_rows_that_have_the_setting() {
    let dir = tempfile::tempdir().unwrap();
    let config = dir.path().join("config.toml");
    fs::write(&config, "[defaults]\napn = \"home\"\nreliable = 1\nserver = \"depot\"\n[server.depot]\nhost = \"gps.example.org\"\nport = 5023\n").unwrap();
    let text = "profile,imei\npt32,864183053101175\nistartek-vt,862906064051456\n";
    let said = generate(text, &["--format", "json", "--config", config.to_str().unwrap()]);
    assert_eq!(said.code, 0, "{}", said.err);
    let plans = json(&said.out);
    assert_eq!(plans["plans"][0]["commands"][2]["text"], "SERVER,1,gps.example.org,5023#");
    assert_eq!(plans["plans"][1]["commands"][3]["text"], "0000,103,1");
    fs::write(&config, "[defaults]\napn = \n").unwrap();
    let broken = generate(text, &["--config", config.to_str().unwrap()]);
    assert_eq!((broken.code, broken.out.as_str()), (2, ""));
    assert!(broken.err.contains("config.toml line 2"), "{}", broken.err);
}

/// `gprs123456,1,1` is UDP, and the platform prints no time zone but UTC.
#[test]
fn a_default_of_the_configuration_reaches_lines_that_do_not_hold_its_value() {
    let dir = tempfile::tempdir().unwrap();
    let config = dir.path().join("config.toml");
    let coban = |default: &str| {
        fs::write(&config, format!("[defaults]\n{default}\n")).unwrap();
        Homing::new(&["generate", "coban", "--apn=internet", "--config", config.to_str().unwrap()]).run()
    };
    assert!(coban("transport = \"udp\"").says("gprs123456,1,1\n"));
    coban("timezone = \"+05:30\"").assert_err(2, &["timezone \"+05:30\"", "Coban takes +00:00"]);
}

/// The cells of a CSV, line by line.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let line =
        |record: Result<csv::StringRecord, csv::Error>| record.unwrap().iter().map(str::to_owned).collect();
    reader.records().map(line).collect()
}

#[test]
fn a_csv_keeps_every_value_in_its_own_column() {
    let text = "\
profile,imei,apn,iccid,imsi,sim id,notes,lab,order,text,owner
pt32,864183053101175,internet,8944110202600000178,,card 7,a note,,,T1,Anna
pt32,864183053180369,internet,,234107700900114,,,bench,7,,
";
    let said = generate(text, &["--format", "csv"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let rows = cells(&said.out);
    let value = |row: usize, name: &str| {
        let at: Vec<usize> = (0..rows[0].len()).filter(|at| rows[0][*at] == name).collect();
        assert_eq!(at.len(), 1, "{name} in {:?}", rows[0]);
        rows[row][at[0]].as_str()
    };
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    let last = rows.len() - 1;
    for (name, first, second) in [
        ("imei", "864183053101175", "864183053180369"),
        ("iccid", "8944110202600000178", ""),
        ("sim_id", "card 7", ""),
        ("imsi", "", "234107700900114"),
        ("notes", "a note", ""),
        ("lab", "", "bench"),
        ("order", "1", "4"),
        ("column.order", "", "7"),
        ("column.text", "T1", ""),
        ("owner", "Anna", ""),
        ("text", "GMT,E,0#", "TIMER,60#"),
    ] {
        assert_eq!((value(1, name), value(last, name)), (first, second), "{name}");
    }
}

#[test]
fn a_csv_tells_the_warnings_of_its_plans() {
    let text = "profile,imei,apn,transport\npt32,864183053101175,internet,udp\n";
    let warnings = |format: &str| {
        let said = generate(text, &["--format", format, "--assume", "udp"]);
        assert_eq!(said.code, 0, "{}", said.err);
        said.err.lines().filter(|line| line.starts_with("warning: ")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(warnings("csv"), warnings("text"));
    assert!(!warnings("csv").is_empty());
}

#[test]
fn a_secret_of_set_is_refused_on_the_command_line_and_read_from_its_place() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["pin=1234", "set.PIN=1234", "sim-pin=1234"] {
        let said = generate(GOOD, &["--set", name]);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
        let name = name.trim_end_matches("=1234");
        let hint = format!("hint: --set {name}=file:PATH, --set {name}=env:NAME or --set {name}=ask\n");
        assert!(said.err.contains(&hint) && !said.err.contains("1234"), "{}", said.err);
    }
    let pin = dir.path().join("pin");
    fs::write(&pin, "4711\n").unwrap();
    let said = generate(GOOD, &["--format", "json", "--set", &format!("pin=file:{}", pin.display())]);
    assert!(!said.out.contains("4711") && !said.err.contains("4711"), "{} {}", said.out, said.err);
}

#[test]
fn a_wrong_value_is_told_with_the_place_it_came_from() {
    let dir = tempfile::tempdir().unwrap();
    let config = dir.path().join("config.toml");
    fs::write(&config, "[defaults]\ntransport = \"pigeon\"\n").unwrap();
    let one = |args: &[&str]| Homing::new(&["generate", "pt32", "--apn", "internet"]).args(args).run();
    for (args, words) in [
        (vec!["--interval", "x"], "error: --interval: "),
        (vec!["--set", "interval=x"], "error: --set interval: "),
        (vec!["--config", config.to_str().unwrap()], "error: [defaults] transport: "),
        (vec!["--server", "a b"], "error: --server: "),
    ] {
        for said in [one(&args), generate(GOOD, &args)] {
            assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
            assert!(said.err.contains(words), "{words}: {}", said.err);
        }
    }
}

#[test]
fn a_default_that_is_no_setting_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let config = dir.path().join("config.toml");
    let config = config.to_str().unwrap();
    for (name, words) in [
        ("intervall", "did you mean interval?"),
        ("relaible", "did you mean reliable?"),
        ("imei", "it is a profile's setting, or one of apn, "),
        ("port", "the port stands behind the server"),
    ] {
        fs::write(config, format!("[defaults]\n{name} = 1\n")).unwrap();
        for said in [
            Homing::new(&["generate", "pt32", "--apn", "internet", "--config", config]).run(),
            generate(GOOD, &["--config", config]),
        ] {
            assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
            assert!(said.err.contains(&format!("[defaults] {name} is no setting")), "{}", said.err);
            assert!(said.err.contains(words), "{}", said.err);
        }
    }
    fs::write(config, "[defaults]\napn_password = \"Sesam0pen\"\ninterval = 90\n").unwrap();
    let said =
        Homing::new(&["generate", "pt32", "--apn", "internet", "--apn-user", "me", "--config", config]).run();
    assert_eq!(said.code, 0, "{}", said.err);
}

#[test]
fn what_a_profile_keeps_secret_is_masked_in_every_problem() {
    let dir = tempfile::tempdir().unwrap();
    let own = include_str!("../profiles/istartek-vt.toml")
        .replace("id = \"istartek-vt\"", "id = \"own\"")
        .replace("[setting.reliable]", "[setting.reliable]\nsecret = true");
    fs::write(dir.path().join("own.toml"), own).unwrap();
    let dir = dir.path().to_str().unwrap();
    let text = "profile,imei,apn,set.reliable\nown,862906064051456,internet,Sesam0pen\n";
    for format in ["text", "json"] {
        let said = generate(text, &["--profile-dir", dir, "--format", format]);
        assert_eq!(said.code, 2, "{} {}", said.out, said.err);
        let told = said.out + &said.err;
        assert!(told.contains("set.reliable") && told.contains("****"), "{told}");
        assert!(!told.contains("Sesam0pen"), "{told}");
    }
    let said = generate(GOOD, &["--profile-dir", dir, "--set", "reliable=1"]);
    assert_eq!(said.code, 2, "{}", said.err);
    assert!(said.err.contains("--set reliable takes a place to read the secret from"), "{}", said.err);
}
