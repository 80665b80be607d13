//! What a fleet admin does with a batch: a limit, Ctrl-C, a modem that goes away, a doubt resolved, a row
//! corrected; each with what the lab saw.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;

use crate::desk::{Desk, fleet, played, texts_to, tracker};
use crate::homing::{Homing, Said};
use crate::lab::Lab;

/// Begins a run that a test will stop.
pub(crate) fn begin(homing: &Homing) -> Child {
    homing.command().stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Presses Ctrl-C, and waits for the end.
pub(crate) fn interrupt(run: Child) -> Said {
    kill(Pid::from_raw(run.id().try_into().unwrap()), Signal::SIGINT).unwrap();
    let output = run.wait_with_output().unwrap();
    Said {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[track_caller]
pub(crate) fn until(what: &str, ripe: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !ripe() {
        assert!(Instant::now() < end, "{what} does not come");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_limit_of_messages_is_never_passed_and_a_higher_one_goes_on() {
    let desk = Desk::new("limit", &fleet(4), &["--modems", "2"]);
    for most in [3, 3, 10, 11] {
        let limit = most.to_string();
        let said = desk.run(&["--max-sms", &limit]).run();
        let told = format!("the {most} short messages of --max-sms are used up");
        said.assert_err(3, &[&told, "`homing batch resume limit --max-sms N` goes on"]);
        assert_eq!(desk.lab.submitted().len(), most);
    }
    assert_eq!(desk.resume(&["--max-sms", "28"]).run().code, 0);
    let counted = desk.count();
    counted.must_be_right();
    assert_eq!(counted.submitted, 28);
}

#[test]
fn a_daily_cap_holds_over_runs_and_says_what_it_waits_for() {
    let desk = Desk::new("cap", &fleet(3), &[]);
    let mut run = desk.run(&["--daily-cap", "5"]).command();
    let mut run = run.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // It waits for tomorrow, and a person knows.
    let mut lines = BufReader::new(run.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.contains("5 short messages of --daily-cap")), "nothing was said");
    assert_eq!(interrupt(run).code, 130);
    assert_eq!(desk.lab.submitted().len(), 5);
    // Another run of the same day counts what the first one sent.
    let mut run = desk.resume(&[]).command().stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(run.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.contains("5 short messages of --daily-cap")), "nothing was said");
    assert_eq!(interrupt(run).code, 130);
    assert_eq!(desk.lab.submitted().len(), 5);
    assert_eq!(desk.resume(&["--daily-cap", "100"]).run().code, 0);
    desk.count().must_be_right();
}

#[test]
fn a_daily_cap_holds_where_many_are_in_hand_at_once() {
    let desk = Desk::new("cap", &fleet(10), &["--gateway", "127.0.0.1:0"]);
    let config = desk.gateway_config();
    let csv = desk.csv();
    let run = ["run", csv.to_str().unwrap(), "--yes", "--via", "gateway:phone", "--daily-cap", "4"];
    let run = desk.batch(&run).args(&["--config", config.to_str().unwrap()]);
    let mut run = run.command().stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(run.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.contains("4 short messages of --daily-cap")), "nothing was said");
    assert_eq!(interrupt(run).code, 130);
    assert_eq!(desk.lab.submitted().len(), 4);
}

#[test]
fn ctrl_c_finishes_what_is_in_hand_and_a_resume_does_the_rest() {
    let desk = Desk::new("stop", &fleet(40), &["--modems", "2", "--fault", "late-cmgs=50ms"]);
    let run = begin(&desk.run(&[]));
    until("the twentieth message", || desk.lab.submitted().len() >= 20);
    let said = interrupt(run);
    said.assert_err(
        130,
        &[
            "stopped: what was in hand is finished, and nothing more was sent",
            "hint: `homing batch resume stop` goes on",
        ],
    );
    assert_eq!(desk.batch(&["list", "--format", "json"]).run().json()["batches"][0]["state"], "paused");
    // Each message that was let out has its word of the modem.
    let states: Vec<Value> =
        attempts(&desk.report()).iter().map(|attempt| attempt["state"].clone()).collect();
    assert!(states.iter().all(|state| state != "handed" && state != "committed"), "{states:?}");
    assert!(desk.lab.submitted().len() < 280);
    assert_eq!(desk.resume(&[]).run().code, 0);
    let counted = desk.count();
    counted.must_be_right();
    assert_eq!((counted.submitted, counted.unknown), (280, 0), "{counted}");
}

fn attempts(report: &Value) -> Vec<&Value> {
    let trackers = report["trackers"].as_array().unwrap().iter();
    let commands = trackers.flat_map(|tracker| tracker["commands"].as_array().unwrap());
    commands.flat_map(|command| command["attempts"].as_array().unwrap()).collect()
}

/// Trackers that say nothing, behind a modem that says nothing: each first command ends in doubt.
pub(crate) fn in_doubt() -> Desk {
    let desk = Desk::new(
        "doubt",
        &played(3, &[(0, "silent"), (1, "silent"), (2, "silent")]),
        &["--fault", "silent-after-ctrl-z", "--fault", "report-lost"],
    );
    let via = format!("{}?accept=200ms", desk.lab.via());
    let csv = desk.csv();
    let run = [
        "run",
        csv.to_str().unwrap(),
        "--yes",
        "--timeout",
        "1s",
        "--no-identify",
        "--step",
        "apn",
        "--via",
        &via,
    ];
    let said = desk.batch(&run).run();
    said.assert_err(3, &["`homing batch resolve doubt` lists what nobody knows the outcome of"]);
    assert_eq!(desk.report()["counts"], serde_json::json!({"unknown": 3}), "{said}");
    desk
}

#[test]
fn what_nobody_knows_waits_for_a_persons_word_and_the_journal_keeps_it() {
    let desk = in_doubt();
    let apn = |lab: &Lab| lab.submitted().iter().filter(|text| *text == "APN,internet#").count();
    assert_eq!(apn(&desk.lab), 3);
    // Without a word nothing of it goes again.
    let before = desk.lab.submitted().len();
    desk.resume(&[]).run().assert_err(3, &["the batch doubt is done"]);
    let listed = desk.batch(&["resolve"]).run();
    assert_eq!(listed.code, 3, "{listed}");
    for name in ["T0", "T1", "T2"] {
        assert!(listed.out.contains(name) && listed.out.contains("APN,internet#"), "{listed}");
    }
    // Nobody is there to be asked.
    desk.batch(&["resolve", "--resend", "T1"])
        .run()
        .assert_err(2, &["nothing is sent a second time without a word"]);
    assert_eq!(desk.lab.submitted().len(), before);

    let sent = desk.batch(&["resolve", "--sent", "T0"]).run();
    sent.assert_err(0, &["taken for 1 of 3; `homing batch resume doubt` goes on"]);
    desk.batch(&["resolve", "--resend", "T1", "--yes"]).run().assert_err(0, &["taken for 1 of 2"]);
    // By a modem that says what it does.
    let whole = Lab::with(&played(3, &[(0, "silent")]), &[]);
    let said = desk.resume(&["--via", &whole.via()]).run();
    let report = desk.report();
    // What never left counts as nothing: a modem that fell silent before does not take the next message at once.
    let first = |name: &str| {
        let attempts = tracker(&report, name)["commands"][0]["attempts"].as_array().unwrap().clone();
        Value::Array(attempts.into_iter().filter(|attempt| attempt["state"] != "not_sent").collect())
    };
    let state = |attempt: &Value| attempt["state"].clone();
    let phones = desk.phones();

    // A person said that it was sent: it is not sent again, and what follows it is.
    let t0 = first("T0");
    assert_eq!(t0.as_array().unwrap().len(), 1, "{t0:#}");
    assert_eq!(state(&t0[0]), "unanswered", "{said}");
    assert_eq!(t0[0]["evidence"][0]["kind"], "person", "{t0:#}");
    assert!(!texts_to(&whole, &phones["T0"]).contains(&"APN,internet#".to_owned()));
    assert_eq!(tracker(&report, "T0")["standing"], "sent", "{said}");

    // A person wanted it once more: the first attempt gives way to the second.
    let t1 = first("T1");
    assert_eq!(state(&t1[0]), "superseded", "{t1:#}");
    assert_eq!((state(&t1[1]), &t1[1]["because"]), ("answered".into(), &"operator".into()), "{t1:#}");
    assert_eq!(t1[0]["evidence"][0]["kind"], "person", "{t1:#}");
    assert_eq!(texts_to(&whole, &phones["T1"])[0], "APN,internet#");
    assert_eq!(tracker(&report, "T1")["standing"], "acknowledged", "{said}");

    // Of the third nobody said anything.
    assert_eq!(state(&first("T2")[0]), "unknown");
    assert_eq!(tracker(&report, "T2")["standing"], "unknown");
    assert_eq!(texts_to(&whole, &phones["T2"]), [""; 0]);
    assert_eq!(apn(&whole), 1);
}

/// Vans with passwords that stand nowhere else.
const VANS: &str = "\
name,profile,imei,phone,apn,apn_user,apn_password,password
V0,istartek-vt,862906064051456,+447700900257,internet,fleet,Zq-Karte,Q7x9
V1,istartek-vt,862906064130649,+447700900270,internet,fleet,Zq-Karte,Q7x9
V2,istartek-vt,862906064209831,+447700900283,internet,,,Q7x9
";

#[test]
fn a_row_is_corrected_and_only_its_tracker_gets_messages() {
    let desk = Desk::new("vans", VANS, &[]);
    // As it is in the admin's CSV, one password is wrong.
    let wrong = VANS
        .replace("+447700900270,internet,fleet,Zq-Karte,Q7x9", "+447700900270,internet,fleet,Zq-Karte,W8y8");
    fs::write(desk.csv(), &wrong).unwrap();
    let said = desk.run(&[]).run();
    assert_eq!(said.code, 1, "{said}");
    assert_eq!(tracker(&desk.report(), "V1")["reason"], "wrong_password", "{said}");

    let rows = desk.batch(&["report", "--only", "refused,failed", "--format", "csv"]).run();
    let lines: Vec<&str> = rows.out.lines().collect();
    let [heading, row] = lines.as_slice() else { panic!("{rows}") };
    let columns: Vec<&str> = heading.split(',').collect();
    let at =
        |name: &str| columns.iter().position(|column| *column == name).unwrap_or_else(|| panic!("{heading}"));
    let mut cells: Vec<&str> = row.split(',').collect();
    assert_eq!(
        (cells[at("name")], cells[at("password")], cells[at("apn_password")]),
        ("V1", "", ""),
        "{rows}"
    );
    (cells[at("password")], cells[at("apn_password")]) = ("Q7x9", "Zq-Karte");
    let fixed = desk.path("fixed.csv");
    fs::write(&fixed, format!("{heading}\n{}\n", cells.join(","))).unwrap();

    let before = desk.lab.submitted().len();
    let said = desk.resume(&["--with", fixed.to_str().unwrap()]).run();
    assert_eq!(said.code, 0, "{said}");
    assert!(said.out.contains("changed  line 2: V1"), "{said}");
    said.assert_err(0, &["2 trackers of the batch are not in"]);
    let after: Vec<Value> = desk.lab.events("submit").split_off(before);
    assert!(!after.is_empty() && after.iter().all(|event| event["to"] == "+447700900270"), "{after:#?}");
    assert_eq!(desk.report()["counts"], serde_json::json!({"verified": 3}), "{said}");
    for secret in ["Q7x9", "W8y8", "Zq-Karte"] {
        assert!(!said.says(secret) && !rows.says(secret), "{secret} is shown: {said}\n{rows}");
    }
}

#[test]
fn of_a_reports_csv_only_what_was_corrected_counts() {
    let desk = Desk::new("herd", &played(4, &[(1, "not_authorised"), (2, "not_authorised")]), &[]);
    assert_eq!(desk.run(&[]).run().code, 1);
    let before = desk.lab.submitted().len();
    let rows = desk.batch(&["report", "--only", "refused", "--format", "csv"]).run();
    let file = desk.path("rows.csv");
    fs::write(&file, &rows.out).unwrap();
    let with = ["--with", file.to_str().unwrap()];
    desk.resume(&with).run().assert_err(1, &["nothing changed in the trackers of the batch"]);
    assert_eq!(desk.lab.submitted().len(), before);
    // Another note is no reason to send anything; another APN is.
    let second = rows.out.lines().nth(2).unwrap();
    assert!(second.starts_with("T2,"), "{rows}");
    fs::write(&file, rows.out.replace(second, &second.replace(",internet,", ",iot.example,"))).unwrap();
    let said = desk.resume(&with).run();
    assert!(said.out.contains("changed  line 3: T2") && !said.out.contains("line 2: T1"), "{said}");
    let phone = &desk.phones()["T2"];
    let after = desk.lab.events("submit").split_off(before);
    assert!(!after.is_empty() && after.iter().all(|event| event["to"] == **phone), "{after:#?}");
}

#[test]
fn a_secret_that_a_reports_csv_leaves_empty_is_missed_aloud() {
    let desk = Desk::new("vans", VANS, &[]);
    desk.run(&["--max-sms", "1"]).run();
    let before = desk.lab.submitted().len();
    let rows = desk.batch(&["report", "--format", "csv"]).run();
    let file = desk.path("rows.csv");
    fs::write(&file, &rows.out).unwrap();
    // Nobody is there to be asked, so nothing comes of it.
    let said = desk.batch(&["resume", "vans", "--with", file.to_str().unwrap()]).run();
    said.assert_err(
        2,
        &[
            "line 2 gives no apn_password and no password any more, which a report's CSV leaves empty",
            "line 4 gives no password any more",
        ],
    );
    assert_eq!(desk.lab.submitted().len(), before);
}

#[test]
fn a_dry_run_calls_unproven_only_what_some_tracker_is_given() {
    let rows = |second: &str| {
        format!(
            "name,phone,profile,apn,apn_user,apn_password\na,+447700900101,istartek-pt32,internet,,\nb,+447700900102,istartek-pt32,internet,{second}\n"
        )
    };
    for (second, told) in [(",", false), ("fleet,s3cret", true)] {
        let desk = Desk::new("unproven", &rows(second), &[]);
        let said = desk.batch(&["run", desk.csv().to_str().unwrap(), "--dry-run"]).run();
        assert_eq!(said.out.contains("not proven by reading back: apn_user, apn_password"), told, "{said}");
    }
}
