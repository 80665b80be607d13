//! A journal that cannot be used, and usage that cannot be meant: a sentence, a code, and nothing sent.

use std::fs;
use std::process::Stdio;

use crate::desk::{Desk, csv};
use crate::flows::wait;

#[test]
fn a_journal_that_cannot_be_used_is_told_and_nothing_is_sent() {
    let desk = Desk::new(&csv(2, |_| ""), &[]);
    let journal = desk.path("journal.db");
    fs::write(&journal, "this is no database, though it is long enough to be looked at by one".repeat(20))
        .unwrap();
    desk.run(&[]).run().assert_err(4, &["is no journal of homing", "--journal"]);
    fs::remove_file(&journal).unwrap();
    fs::create_dir(&journal).unwrap();
    assert_eq!(desk.run(&[]).run().code, 4);
    fs::remove_dir(&journal).unwrap();
    assert_eq!(desk.lab.submitted(), Vec::<String>::new());
}

#[test]
fn one_process_writes_and_others_may_look() {
    let desk = Desk::new(&csv(10, |_| ""), &[]);
    let run = desk.run(&["--per-minute", "60"]);
    let mut child = run.command().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    wait(|| desk.lab.submitted().len() >= 2);
    desk.run(&[]).run().assert_err(4, &["is in use by", "list, status and report work meanwhile"]);
    let state = desk.batch(&["status", "--json"]).run().json();
    assert_eq!((&state["state"], &state["total"]), (&"open".into(), &10.into()));
    assert_eq!(desk.report()["trackers"].as_array().unwrap().len(), 10);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn usage_that_cannot_be_meant_sends_nothing() {
    let desk = Desk::new(&csv(2, |_| ""), &[]);
    let file = desk.path("fleet.csv").display().to_string();
    let via = desk.lab.via();
    for (args, parts) in [
        (vec!["run", &file, "--yes"], vec!["no courier is named"]),
        (
            vec!["run", &file, "--yes", "--via", "cable:/dev/null"],
            vec!["serves one tracker at a time", "homing send"],
        ),
        (vec!["run", &file, "--yes", "--via", "manual"], vec!["serves one tracker at a time"]),
        (
            vec!["run", &file, "--yes", "--via", "lab", "--via", &via],
            vec!["a rehearsal is no courier beside real ones"],
        ),
        (vec!["run", &file, "--yes", "--via", &via, "--via", &via], vec!["is given twice"]),
        (
            vec!["run", &file, "--via", &via],
            vec!["up to", "short messages to 2 trackers", "--yes sends without asking"],
        ),
        (vec!["run", &file, "--yes", "--via", &via, "--pilot", "0"], vec!["--pilot"]),
        (vec!["run", &file, "--yes", "--via", &via, "--per-minute", "0"], vec!["is no pace"]),
        (vec!["resume", "nothing"], vec!["there is no journal"]),
        (vec!["report", "--only", "verifed"], vec!["did you mean verified?"]),
        (vec!["list"], vec!["there is no journal"]),
    ] {
        desk.batch(&args).run().assert_err(2, &parts);
    }
    let said = desk.batch(&["run", &file, "--dry-run", "--sms-price", "0.08", "--per-minute", "6"]).run();
    assert_eq!(said.code, 0, "{said}");
    for part in ["APN,internet#", "2 trackers, 12 to", "cost: 0.96 to", "nothing was sent"] {
        assert!(said.says(part), "{part}: {said}");
    }
    assert!(!desk.path("journal.db").exists());
    assert_eq!(desk.lab.submitted(), Vec::<String>::new());
}
