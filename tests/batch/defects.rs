//! With deliberate defects, which only the feature `defects` builds in: what the journal's rules are for, and death at
//! every write point. `cargo test --features defects --test batch defects` runs these.

use std::collections::BTreeSet;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::desk::{Desk, fleet, tell};
use crate::homing::{Homing, Said, all};

/// The environment variable that asks for a defect.
const DEFECT: &str = "HOMING_DEFECT";

/// Makes a batch that was killed at a bad moment.
type Killed = fn() -> Desk;

fn with(homing: &Homing, defect: &str) -> Said {
    homing.clone().env(DEFECT, defect).run()
}

/// Runs a batch until `ripe` says that the moment has come, and kills it there.
fn killed_when(desk: &Desk, homing: &Homing, ripe: impl Fn(&Desk) -> bool) {
    let mut run = homing.command().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let end = Instant::now() + Duration::from_secs(60);
    while !ripe(desk) {
        assert!(run.try_wait().unwrap().is_none() && Instant::now() < end, "the moment does not come");
        thread::sleep(Duration::from_millis(1));
    }
    run.kill().unwrap();
    run.wait().unwrap();
}

/// Every attempt of a report.
fn attempts(report: &Value) -> Vec<Value> {
    let trackers = report["trackers"].as_array().unwrap().iter();
    let commands = trackers.flat_map(|tracker| tracker["commands"].as_array().unwrap());
    commands.flat_map(|command| command["attempts"].as_array().unwrap().clone()).collect()
}

fn has_attempt(desk: &Desk, state: &str) -> bool {
    let said = desk.batch(&["report", "--format", "json"]).run();
    said.code != 2 && said.code != 4 && attempts(&said.json()).iter().any(|attempt| attempt["state"] == state)
}

/// A batch that was killed with a message let out and no word of it from the modem.
fn killed_behind_ctrl_z() -> Desk {
    let desk = Desk::new("defect", &fleet(1), &["--fault", "late-cmgs=2s"]);
    let run = desk.run(&["--timeout", "1s", "--no-identify", "--step", "apn"]);
    killed_when(&desk, &run, |desk| !desk.lab.events("submit").is_empty());
    assert!(has_attempt(&desk, "committed"), "{:#}", desk.report());
    desk
}

/// A batch that was killed while the outcome of a message is unknown and its answer is waited for.
fn killed_in_doubt() -> Desk {
    let csv = fleet(1).replace("apn\n", "apn,lab\n").replace("internet\n", "internet,silent\n");
    let desk = Desk::new("defect", &csv, &["--fault", "silent-after-ctrl-z", "--fault", "report-lost"]);
    let via = format!("{}?accept=300ms", desk.lab.via());
    let csv = desk.csv();
    let run = [
        "run",
        csv.to_str().unwrap(),
        "--yes",
        "--timeout",
        "60s",
        "--no-identify",
        "--step",
        "apn",
        "--via",
        &via,
    ];
    // No tracker answers, so nothing resolves it.
    killed_when(&desk, &desk.batch(&run), |desk| has_attempt(desk, "unknown"));
    desk
}

#[test]
fn a_resume_that_sends_again_what_may_have_arrived_is_stopped_by_the_journal() {
    let rows: [(Killed, &str); 2] = [
        (killed_behind_ctrl_z, "a command is on its way to T0 already"),
        (killed_in_doubt, "may have arrived"),
    ];
    all(&rows, |(killed, sentence)| {
        let desk = killed();
        let before = desk.lab.submitted();
        let said = with(&desk.resume(&[]), "resend");
        said.assert_err(4, &[sentence]);
        assert_eq!(desk.lab.submitted(), before, "{said}");
        assert!(desk.count().twice.is_empty());
    });
}

#[test]
fn without_the_journals_rules_the_same_resume_sends_twice_and_the_checker_says_so() {
    let rows: [Killed; 2] = [killed_behind_ctrl_z, killed_in_doubt];
    all(&rows, |killed| {
        let desk = killed();
        let before = desk.lab.submitted();
        let said = with(&desk.resume(&["--timeout", "1s"]), "resend,no-unique");
        let counted = desk.count();
        assert_eq!(counted.submitted, desk.lab.submitted().len());
        let again = desk.lab.submitted().iter().filter(|text| **text == before[0]).count();
        tell(&format!("without the rules: {counted}"));
        assert!(again > 1, "{said}");
        assert!(!counted.twice.is_empty(), "the checker does not see it: {counted}\n{said}");
    });
}

#[test]
fn dead_at_every_write_point_and_gone_on_with_nothing_is_lost_and_nothing_twice() {
    let mut seen: BTreeSet<(String, bool)> = BTreeSet::new();
    let mut ended = false;
    let mut points = 0;
    // Two points with every group that is written, until the batch ends before its point comes.
    for first in (1..200).step_by(4) {
        let here: Vec<u32> = (first..first + 4).collect();
        let found = std::sync::Mutex::new(Vec::new());
        all(&here, |point| {
            let (alive, states) = dead_at(*point);
            found.lock().unwrap().push((alive, states));
        });
        for (alive, states) in found.into_inner().unwrap() {
            ended |= alive;
            points += usize::from(!alive);
            seen.extend(states);
        }
        if ended {
            break;
        }
    }
    assert!(ended, "the batch never came to its end");
    tell(&format!("died at {points} points; found there: {seen:?}"));
    for (state, left) in [
        ("none", false),
        // W1 and what lies behind it.
        ("handed", false),
        // W2, before the word that lets it out was given, and behind it.
        ("committed", false),
        ("committed", true),
        // W3, and W4 with what it ends.
        ("accepted", true),
        ("answered", true),
    ] {
        assert!(seen.contains(&(state.to_owned(), left)), "never died at {state}, {left}: {seen:?}");
    }
}

/// Lets a batch of three trackers die at a point, and go on. Whether it came to its end before, and how far the last
/// attempt of each tracker was by the journal when it died, with whether the network had the message.
fn dead_at(point: u32) -> (bool, Vec<(String, bool)>) {
    let desk = Desk::new("points", &fleet(3), &[]);
    let run = desk.run(&["--timeout", "1s", "--no-identify", "--step", "apn"]);
    let said = with(&run, &format!("crash:{point}"));
    if said.code == 0 {
        return (true, Vec::new());
    }
    assert_eq!(said.code, -1, "no signal ended it at {point}: {said}");
    let states = states(&desk);
    let last = desk.resume(&[]).run();
    let counted = desk.count();
    counted.must_be_right();
    counted.must_fit(&last);
    (false, states)
}

fn states(desk: &Desk) -> Vec<(String, bool)> {
    let phones = desk.phones();
    let report = desk.report();
    let submits = desk.lab.events("submit");
    let state = |tracker: &Value| {
        let commands = tracker["commands"].as_array().unwrap();
        let Some(last) = commands.last() else { return ("none".to_owned(), false) };
        let attempt = last["attempts"].as_array().unwrap().last();
        let state = attempt.map_or("none", |attempt| attempt["state"].as_str().unwrap());
        let phone = &phones[tracker["name"].as_str().unwrap()];
        let left = submits.iter().any(|event| event["to"] == **phone && event["text"] == last["text"]);
        (state.to_owned(), left)
    };
    report["trackers"].as_array().unwrap().iter().map(state).collect()
}
