//! What a fleet admin does: run, stop, go on, correct, try a pilot, cancel.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::check::{Edit, Schema};
use crate::desk::{Desk, csv, says};
use crate::homing_run::Homing;

#[test]
fn the_sample_fleet_ends_as_it_really_stands_and_can_be_run_again_at_once() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/fleet.csv");
    for _ in 0..2 {
        let said = Homing::new(&["batch", "run", file, "--via", "lab", "--yes"]).run();
        assert_eq!(said.code, 1, "{said}");
        let row =
            |name: &str| said.out.lines().find(|line| line.contains(name)).unwrap_or_default().to_owned();
        for (name, standing, why) in [
            ("Rex", "verified", "read back as wanted"),
            ("Coco", "planned", "nothing came back"),
            ("Lola", "refused", "obeys only numbers that are set in it"),
            ("Van 3", "refused", "the password that is wrong"),
            ("Moto 1", "failed", "obeys the dialect of istartek-pt32"),
            ("Truck 1", "verified", "apn_user, apn_password"),
        ] {
            assert!(row(name).contains(standing) && row(name).contains(why), "{name}: {said}");
        }
        says(&said, &["fleet: 1 failed, 1 planned, 2 refused, 16 verified"]);
    }
}

#[test]
fn ctrl_c_finishes_what_is_in_hand_and_resume_does_the_rest() {
    let desk = Desk::new(&csv(20, |_| ""), &[]);
    let run = desk.run(&["--per-minute", "300"]);
    let mut child = run.command().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    wait(|| desk.lab.submitted().len() >= 10);
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let state = desk.batch(&["status", "--json"]).run().json();
    assert_eq!(state["state"], "paused");
    assert!(state["open"].as_u64().unwrap() > 0, "{state}");
    let said = desk.batch(&["resume", "--yes", "--per-minute", "6000"]).run();
    assert_eq!(said.code, 0, "{said}");
    assert_eq!(desk.agrees(), 0);
    assert!(desk.standings().values().all(|standing| standing == "verified"));
    // Done is done: nothing more is sent.
    let before = desk.lab.submitted().len();
    let said = desk.run(&[]).run();
    assert_eq!(said.code, 0, "{said}");
    says(&said, &["is done; this is its report"]);
    assert_eq!(desk.lab.submitted().len(), before);
}

#[test]
fn only_the_corrected_rows_are_touched() {
    let wrong = |at| if at == 3 { "not_authorised" } else { "" };
    let desk = Desk::new(&csv(6, wrong), &[]);
    let said = desk.run(&[]).run();
    assert_eq!(said.code, 1, "{said}");
    let bad = desk.batch(&["report", "--only", "refused,failed", "--format", "csv"]).run();
    assert_eq!(bad.out.lines().count(), 2, "{bad}");
    assert!(bad.out.contains("T3"), "{bad}");
    // A changed file under the same name is no accident that goes unnoticed.
    let text = fs::read_to_string(desk.path("fleet.csv")).unwrap();
    let changed: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(at, line)| if at == 4 { line.replace("internet", "iot.example") } else { line.to_owned() })
        .collect();
    fs::write(desk.path("fleet.csv"), changed.join("\n") + "\n").unwrap();
    desk.run(&[])
        .run()
        .assert_err(2, &["is not what the batch fleet began with", "batch resume fleet --with"]);
    let before = desk.lab.submitted().len();
    let with = desk.path("fleet.csv").display().to_string();
    let said = desk.batch(&["resume", "--with", &with, "--yes"]).run();
    says(&said, &["changed  line 5: T3"]);
    let sent = desk.lab.events("submit").split_off(before);
    assert!(!sent.is_empty());
    assert!(sent.iter().all(|event| event["to"] == crate::desk::number(3)), "{sent:?}");
    // What was corrected can itself be run: the report's CSV has every column of the sheet.
    let file = desk.path("again.csv");
    fs::write(&file, bad.out).unwrap();
    let said = desk.batch(&["run", file.to_str().unwrap(), "--dry-run"]).run();
    assert_eq!(said.code, 0, "{said}");
    says(&said, &["APN,internet#"]);
}

#[test]
fn reports_are_as_their_schemas_say_and_as_programs_of_others_read_them() {
    let desk = Desk::new(&csv(4, |at| if at == 2 { "not_authorised" } else { "" }), &[]);
    desk.run(&["--max-sms", "20"]).run();
    let (batch, batches) = (Schema::of("homing.batch/1"), Schema::of("homing.batches/1"));
    let report = desk.report();
    batch.accepts(&report);
    batch.accepts(&desk.batch(&["status", "--json"]).run().json());
    batches.accepts(&desk.batch(&["list", "--format", "json"]).run().json());
    batch.refuses_anything_more_or_else(&report);
    batch.refuses(
        &report,
        &[
            ("/counts", Edit::Gone),
            ("/state", Edit::To(json!("running"))),
            ("/trackers/0/standing", Edit::To(json!("perfect"))),
            ("/trackers/0/commands/0/attempts/0/state", Edit::To(json!("sent"))),
            ("/trackers/0/line", Edit::To(json!(0))),
        ],
    );
    let junit = desk.path("junit.xml");
    desk.batch(&["report", "--format", "junit", "--out", junit.to_str().unwrap()]).run();
    let count = "import sys, xml.dom.minidom as m; d = m.parse(sys.argv[1]); \
                 print(*[len(d.getElementsByTagName(n)) for n in ('testcase', 'failure', 'error')])";
    let read = Command::new("python3").args(["-c", count]).arg(&junit).output().unwrap();
    let open = report["open"].as_u64().unwrap();
    assert_eq!(String::from_utf8_lossy(&read.stdout).trim(), format!("4 1 {open}"), "{read:?}");
}

#[test]
fn a_pilot_that_fails_stops_before_the_others() {
    let desk = Desk::new(&csv(8, |at| if at < 2 { "not_authorised" } else { "" }), &[]);
    let said = desk.run(&["--pilot", "4"]).run();
    said.assert_err(1, &["only 2 of the 4 trackers of the pilot ended well", "--no-pilot"]);
    let to: BTreeMap<String, ()> = desk
        .lab
        .events("submit")
        .iter()
        .map(|event| (event["to"].as_str().unwrap().to_owned(), ()))
        .collect();
    assert_eq!(to.len(), 4);
    let said = desk.batch(&["resume", "--no-pilot", "--yes"]).run();
    assert_eq!(said.code, 1, "{said}");
    assert_eq!(desk.standings().values().filter(|standing| *standing == "verified").count(), 6);
    desk.agrees();
}

#[test]
fn the_allowance_of_messages_is_kept_over_runs() {
    let desk = Desk::new(&csv(6, |_| ""), &[]);
    let said = desk.run(&["--max-sms", "17"]).run();
    said.assert_err(3, &["17 short messages of --max-sms are used up", "--max-sms N"]);
    assert_eq!(desk.lab.submitted().len(), 17);
    let said = desk.batch(&["resume", "--yes", "--max-sms", "500"]).run();
    assert_eq!(said.code, 0, "{said}");
    assert_eq!(desk.agrees(), 0);
}

#[test]
fn what_is_unknown_is_settled_by_a_person() {
    // The network takes every message, the modem says nothing of it, and the trackers are silent: nobody knows.
    let desk = Desk::new(&csv(2, |_| "silent"), &["--fault", "silent-after-ctrl-z"]);
    let ports = desk.lab.ready()["ports"].as_array().unwrap();
    let via = format!("modem:{}?accept=1s", ports[0].as_str().unwrap());
    let file = desk.path("fleet.csv").display().to_string();
    let said = desk.batch(&["run", &file, "--yes", "--no-identify", "--timeout", "1s", "--via", &via]).run();
    assert_eq!(said.code, 3, "{said}");
    assert!(desk.standings().values().all(|standing| standing == "unknown"), "{said}");
    let listed = desk.batch(&["resolve"]).run();
    says(&listed, &["GMT,E,0#", "--resend TRACKER"]);
    desk.batch(&["resolve", "--resend", "T0"]).run().assert_err(2, &["--yes says it"]);
    desk.batch(&["resolve", "--sent", "nobody"])
        .run()
        .assert_err(2, &["no tracker \"nobody\" stands unknown"]);
    let said = desk.batch(&["resolve", "--resend", "T0", "--yes"]).run();
    assert_eq!(said.code, 0, "{said}");
    let times = |text: &str, to: usize| {
        let events = desk.lab.events("submit");
        events.iter().filter(|event| event["text"] == text && event["to"] == crate::desk::number(to)).count()
    };
    assert_eq!((times("GMT,E,0#", 0), times("GMT,E,0#", 1)), (1, 1));
    desk.batch(&["resume", "--yes"]).run();
    assert_eq!((times("GMT,E,0#", 0), times("GMT,E,0#", 1)), (2, 1));
}

#[test]
fn a_cancelled_batch_sends_nothing_more() {
    let desk = Desk::new(&csv(4, |_| ""), &[]);
    desk.run(&["--max-sms", "5"]).run();
    desk.batch(&["cancel", "fleet"]).run().assert_err(2, &["--yes says it"]);
    let said = desk.batch(&["cancel", "fleet", "--yes"]).run();
    assert_eq!(said.code, 0, "{said}");
    let before = desk.lab.submitted().len();
    desk.batch(&["resume", "--yes"]).run().assert_err(2, &["was cancelled"]);
    desk.run(&[]).run().assert_err(2, &["was cancelled"]);
    assert_eq!(desk.lab.submitted().len(), before);
}

#[test]
fn no_secret_is_kept_or_said() {
    let csv = format!(
        "name,profile,imei,phone,apn,apn_user,apn_password,password\n\
         T0,istartek-vt,{},{},internet,ana,hunter2,4711\n",
        crate::desk::imei(0),
        crate::desk::number(0)
    );
    let desk = Desk::new(&csv, &[]);
    let said = desk.run(&["--verbose"]).run();
    assert_eq!(said.code, 0, "{said}");
    let mut all = format!("{}{}", said.out, said.err);
    for format in ["table", "json", "csv", "junit", "html"] {
        let said = desk.batch(&["report", "--format", format]).run();
        all.push_str(&said.out);
        all.push_str(&said.err);
    }
    assert!(!all.contains("hunter2"), "the APN's password was said");
    // The journal keeps answers as they came, and this tracker's tell the APN's password; its own password, which every
    // command begins with, stands nowhere.
    for end in ["", "-wal", "-shm"] {
        let bytes = fs::read(desk.path(&format!("journal.db{end}"))).unwrap_or_default();
        all.push_str(&String::from_utf8_lossy(&bytes));
    }
    assert!(!all.contains("4711,"), "the tracker's password is somewhere");
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &fs::metadata(desk.path("journal.db")).unwrap().permissions(),
    );
    assert_eq!(mode & 0o777, 0o600);
    // Without the CSV the journal does not know the passwords, and says so before anything goes out.
    let desk = Desk::new(&csv, &[]);
    desk.run(&["--max-sms", "1"]).run();
    let before = desk.lab.submitted().len();
    fs::remove_file(desk.path("fleet.csv")).unwrap();
    let said = desk.batch(&["resume", "--yes"]).run();
    said.assert_err(2, &["are not at hand: the journal keeps no secret"]);
    assert_eq!(desk.lab.submitted().len(), before);
}

/// Waits for something that takes a while; the limit is for a test that fails.
pub(crate) fn wait(is_so: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !is_so() {
        assert!(Instant::now() < end, "it did not happen");
        std::thread::sleep(Duration::from_millis(20));
    }
}
