//! A person's word on a batch, and what the program says to people: what was cancelled stays so, what never began leaves
//! nothing behind, rows are named as they stand, and a hint names only what is there.

use std::fs;
use std::net::TcpListener;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::desk::{Desk, fleet, tracker};
use crate::flows::{in_doubt, until};
use crate::homing::{Homing, Said};
use crate::lab::Lab;

/// The batches of a journal: name and state, the latest first.
fn batches(desk: &Desk) -> Vec<(String, String)> {
    let list = desk.batch(&["list", "--format", "json"]).run().json();
    let word = |batch: &Value, name: &str| batch[name].as_str().unwrap().to_owned();
    let batches = list["batches"].as_array().unwrap().iter();
    batches.map(|batch| (word(batch, "name"), word(batch, "state"))).collect()
}

fn pair(name: &str, state: &str) -> (String, String) {
    (name.to_owned(), state.to_owned())
}

#[test]
fn a_batch_that_was_cancelled_takes_a_word_and_sends_nothing_more() {
    let desk = in_doubt();
    assert_eq!(desk.batch(&["cancel", "doubt", "--yes"]).run().code, 0);
    let before = desk.lab.submitted().len();
    desk.batch(&["resolve", "--resend", "T1", "--yes"]).run().assert_err(
        2,
        &["the batch doubt was cancelled: nothing more of it is sent", "--sent TRACKER keeps what you know"],
    );
    let said = desk.batch(&["resolve", "--sent", "T0"]).run();
    said.assert_err(0, &["taken for 1 of 3"]);
    assert!(!said.says("resume"), "{said}");
    assert_eq!(batches(&desk), [pair("doubt", "cancelled")]);
    desk.resume(&[]).run().assert_err(2, &["the batch doubt was cancelled"]);
    let report = desk.report();
    assert_eq!(tracker(&report, "T0")["standing"], "sent", "{report:#}");
    let attempt = &tracker(&report, "T0")["commands"][0]["attempts"][0];
    assert_eq!(
        (&attempt["state"], &attempt["evidence"][0]["kind"]),
        (&json!("unanswered"), &json!("person"))
    );
    assert_eq!(tracker(&report, "T1")["standing"], "unknown", "{report:#}");
    assert_eq!(desk.lab.submitted().len(), before);
    // Its trackers are free for another one.
    let whole = Lab::with(&fs::read_to_string(desk.csv()).unwrap(), &[]);
    let csv = desk.csv();
    let run = ["run", csv.to_str().unwrap(), "--name", "later", "--step", "apn", "--no-identify"];
    let said = desk.batch(&run).args(&["--timeout", "1s", "--yes", "--via", &whole.via()]).run();
    said.assert_err(
        3,
        &["for 2 of these trackers nobody knows whether a command of the batch doubt arrived"],
    );
    names_only_its_own(&["batch", "run"], &said);
    assert_eq!(whole.submitted().iter().filter(|text| *text == "APN,internet#").count(), 3, "{said}");
}

#[test]
fn a_new_batch_counts_the_doubts_of_another_one_as_resolve_lists_them() {
    let desk = Desk::new("doubt", &fleet(3), &["--fault", "cms=500:100%"]);
    let said = desk.run(&["--no-identify", "--timeout", "500ms"]).run();
    assert_eq!(said.code, 3, "{said}");
    let report = desk.report();
    let commands =
        report["trackers"].as_array().unwrap().iter().flat_map(|one| one["commands"].as_array().unwrap());
    let unknown = commands.filter(|one| one["attempts"][0]["state"] == "unknown").count();
    assert!(unknown > 3, "questions in doubt are what this is about: {report:#}");
    let listed = desk.batch(&["resolve"]).run();
    let rows = ["T0", "T1", "T2"].iter().filter(|name| listed.out.contains(*name)).count();
    assert_eq!(rows, 3, "{listed}");
    let said = desk.run(&["--name", "again", "--no-identify", "--timeout", "500ms", "--max-sms", "1"]).run();
    said.assert_err(3, &["for 3 of these trackers nobody knows whether a command of the batch doubt arrived: `homing batch resolve doubt` lists them"]);
}

#[test]
fn a_run_that_did_not_begin_leaves_no_batch_behind() {
    let desk = Desk::new("good", &fleet(2), &["--fault", "late-cmgs=200ms"]);
    assert_eq!(desk.run(&[]).run().code, 0);
    let csv = desk.csv();
    let run = desk.batch(&["run", csv.to_str().unwrap(), "--name", "bad", "--yes"]);
    let via = desk.lab.via();
    assert_eq!(run.clone().args(&["--via", "modem:/dev/nope"]).run().code, 4);
    assert_eq!(batches(&desk), [pair("good", "done")]);
    // A port of reports that is taken.
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let said = run.clone().args(&["--via", &via, "--expect-report", &port]).run();
    assert_eq!(said.code, 4, "{said}");
    assert_eq!(batches(&desk), [pair("good", "done")]);
    // What another batch has on its way.
    let mut killed = desk.run(&["--name", "killed"]).command();
    let mut killed = killed.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let before = desk.lab.submitted().len();
    until("a message of the batch to be killed", || desk.lab.submitted().len() > before);
    killed.kill().unwrap();
    killed.wait().unwrap();
    let said = run.args(&["--via", &via]).run();
    said.assert_err(2, &["of the batch killed on its way", "nothing was sent"]);
    // And one that nobody runs does not look like one at work.
    assert_eq!(batches(&desk), [pair("killed", "paused"), pair("good", "done")]);
    let status = desk.batch(&["status"]).run();
    assert!(status.out.starts_with("killed: paused, begun "), "{status}");
}

/// A fleet of three with `--max-sms 1` used up, then a CSV without its first row and with another APN on its last.
fn corrected() -> (Desk, String) {
    let desk = Desk::new("rows", &fleet(3), &[]);
    assert_eq!(desk.run(&[]).run().code, 0);
    let text = fs::read_to_string(desk.csv()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let other = lines[3].replace("internet", "iot.example");
    let file = desk.path("other.csv");
    fs::write(&file, format!("{}\n{}\n{other}\n", lines[0], lines[2])).unwrap();
    (desk, file.to_str().unwrap().to_owned())
}

#[test]
fn rows_are_numbered_as_in_the_csv_that_was_given_last() {
    let (desk, file) = corrected();
    let said = desk.resume(&["--with", &file]).run();
    assert_eq!(said.code, 0, "{said}");
    let report = desk.report();
    let lines = ["T0", "T1", "T2"].map(|name| tracker(&report, name)["line"].clone());
    assert_eq!(lines, [json!(null), json!(2), json!(3)], "{report:#}");
    let table = desk.batch(&["report"]).run();
    assert_eq!(table.out.lines().filter(|line| line.starts_with("│ 3 ")).count(), 1, "{table}");
    let csv = desk.batch(&["report", "--format", "csv"]).run();
    let last: Vec<&str> = csv.out.lines().skip(1).map(|line| line.rsplit(',').next().unwrap()).collect();
    assert_eq!(last, ["2", "3", ""], "{csv}");
}

#[test]
fn a_name_of_several_trackers_is_answered_with_their_keys() {
    let csv = fleet(3).replace("T1,", "T0,");
    let desk = Desk::new("twins", &csv, &["--fault", "cms=500:100%"]);
    let said = desk.run(&["--no-identify", "--step", "apn", "--timeout", "500ms"]).run();
    said.assert_err(3, &["`homing batch resolve twins` lists what nobody knows"]);
    names_only_its_own(&["batch", "run"], &said);
    let key = |row: usize| csv.lines().nth(row).unwrap().split(',').nth(2).unwrap().to_owned();
    let listed = desk.batch(&["resolve"]).run();
    for row in 1..=3 {
        assert!(listed.out.contains(&key(row)), "{listed}");
    }
    desk.batch(&["resolve", "--sent", "T0"])
        .run()
        .assert_err(2, &["\"T0\" names 2 trackers", &format!("their keys are {} and {}", key(1), key(2))]);
    desk.batch(&["resolve", "--sent", &key(2)]).run().assert_err(0, &["taken for 1 of 3"]);
}

#[test]
fn what_a_lab_is_said_to_play_fills_the_empty_cells_of_its_column() {
    let desk = Desk::new("plays", &fleet(2), &[]);
    let run = |csv: &str, via: &str| {
        fs::write(desk.csv(), csv).unwrap();
        desk.batch(&["run", desk.csv().to_str().unwrap(), "--via", via, "--timeout", "1s", "--yes"]).run()
    };
    let said = run(&fleet(2), "lab:silent");
    assert_eq!(said.code, 3, "{said}");
    assert!(said.out.contains("plays: 2 planned"), "{said}");
    let said = run(&fleet(2), "lab:not_authorised");
    assert!(said.out.contains("plays: 2 refused"), "{said}");
    // A cell that says something counts before the flag.
    let said = run(&crate::desk::played(2, &[(1, "obeys")]), "lab:not_authorised");
    assert!(said.out.contains("plays: 1 refused, 1 reporting"), "{said}");
    let said = run(&fleet(2), "lab:silnt");
    said.assert_err(2, &["silnt", "silent"]);
}

/// Fails when a hint names an option that the command which says it does not have. What stands in backticks is another
/// command, with options of its own.
#[track_caller]
fn names_only_its_own(command: &[&str], said: &Said) {
    let help = Homing::new(command).args(&["--help"]).run();
    for hint in said.err.lines().filter_map(|line| line.strip_prefix("hint: ")) {
        let own: String = hint.split('`').step_by(2).collect();
        let words = own.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
        for option in words.filter(|word| word.starts_with("--") && word.len() > 2) {
            let has =
                help.out.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).any(|word| word == option);
            assert!(has, "{} has no {option}: {said}", command.join(" "));
        }
    }
}

#[test]
fn a_hint_names_only_options_of_the_command_that_gives_it() {
    let desk = Desk::new("fleet", &fleet(2), &[]);
    assert_eq!(desk.run(&["--max-sms", "1"]).run().code, 3);
    let twice = desk.path("twice.csv");
    let rows = "name,profile,imei,phone,apn,iccid\n\
                T0,istartek-pt32,864183053100011,+447700900001,internet,8944500102198304826\n\
                T1,istartek-pt32,864183053100029,+447700900002,internet,8944500102198304826\n\
                T2,istartek-pt32,864183053100037,+447700900003,internet,\n";
    fs::write(&twice, rows).unwrap();
    let (twice, via) = (twice.to_str().unwrap(), desk.lab.via());
    let csv = desk.csv();
    let csv = csv.to_str().unwrap();
    let rows: [(&[&str], &[&str]); 10] = [
        (&["run"], &[csv, "--name", "other", "--via", &via]),
        (&["run"], &[twice, "--name", "other", "--via", &via, "--yes"]),
        (&["run"], &[csv, "--name", "other", "--yes"]),
        (&["run"], &[csv, "--name", "other", "--via", &via, "--step", "nothing", "--yes"]),
        (&["resume"], &["fleet"]),
        (&["resume"], &["fleet", "--with", twice]),
        (&["resume"], &["fleet", "--with", csv]),
        (&["resume"], &["fleet", "--via", "modem:/dev/nope", "--yes"]),
        (&["resume"], &["fleet", "--via", "gateway:nowhere", "--yes"]),
        (&["cancel"], &["fleet"]),
    ];
    for (command, args) in rows {
        let said = desk.batch(command).args(args).run();
        assert!(said.err.contains("hint: ") && said.code > 0, "{command:?} {args:?}: {said}");
        names_only_its_own(&["batch", command[0]], &said);
    }
    let listen = [
        "listen",
        "--tcp",
        "0",
        "--send",
        "status",
        "--profile",
        "istartek-pt32",
        "--imei",
        "864183053101175",
    ];
    let said = Homing::new(&listen).run();
    said.assert_err(2, &["takes no commands by link", "sms, cable"]);
    assert!(!said.says("--form"), "{said}");
}

#[test]
fn a_report_of_nobody_says_so_and_keeps_its_columns() {
    let desk = Desk::new("fleet", &fleet(2), &[]);
    assert_eq!(desk.run(&["--max-sms", "1"]).run().code, 3);
    let table = desk.batch(&["report", "--only", "reporting,failed"]).run();
    assert_eq!(table.out, "", "{table}");
    table.assert_err(3, &["no tracker of fleet stands reporting or failed"]);
    let csv = |more: &[&str]| {
        let said = desk.batch(&["report", "--format", "csv"]).args(more).run();
        said.out.lines().next().unwrap().to_owned()
    };
    assert_eq!(csv(&["--only", "reporting"]), csv(&[]));
    let help = Homing::new(&["batch", "report", "--help"]).run();
    assert!(help.out.split_whitespace().any(|word| word == "reporting,"), "{help}");
}

#[test]
fn a_report_that_cannot_be_written_is_named_and_leaves_the_old_one_as_it_was() {
    let desk = Desk::new("fleet", &fleet(600), &[]);
    assert_eq!(desk.run(&["--max-sms", "1"]).run().code, 3);
    let said = desk.batch(&["report", "--format", "json", "--out", "/dev/full"]).run();
    said.assert_err(4, &["error: /dev/full cannot be written: No space left on device"]);
    let nowhere = desk.path("nowhere").join("file");
    let nowhere = nowhere.to_str().unwrap();
    let probe = Homing::new(&["probe", "127.0.0.1:1", "--format", "json", "-o", nowhere]);
    for homing in [desk.batch(&["report", "--out", nowhere]), probe] {
        let said = homing.run();
        said.assert_err(4, &[&format!("error: {nowhere} cannot be written: No such file or directory")]);
        assert!(!said.says(".homing"), "{said}");
    }
    let old = desk.path("old.html");
    fs::write(&old, "what was there").unwrap();
    let report = desk.batch(&["report", "--format", "html", "--out", old.to_str().unwrap()]);
    let mut full = report.command();
    // No file may grow beyond what the index of the journal's log takes and a little more; the signal that says so is
    // ignored, so that the write fails.
    let script = "trap '' XFSZ; ulimit -f 80; exec \"$0\" \"$@\"";
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", script]).arg(full.get_program()).args(full.get_args()).env_clear();
    let said = Said::of(shell.stdin(Stdio::null()));
    said.assert_err(4, &["old.html cannot be written"]);
    assert_eq!(fs::read_to_string(&old).unwrap(), "what was there");
    let left: Vec<_> = fs::read_dir(desk.path("")).unwrap().map(|one| one.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("tmp")), "{left:?}");
    assert_eq!(Said::of(&mut full).code, 3);
    assert!(fs::read_to_string(&old).unwrap().ends_with("</html>\n"));
}

#[test]
fn one_is_not_many() {
    let desk = Desk::new("one", &fleet(1), &[]);
    let said = desk.run(&["--max-sms", "1"]).run();
    said.assert_err(3, &["the one short message of --max-sms is used up"]);
    assert!(!said.says("(s)"), "{said}");
}

#[test]
fn a_rehearsal_tells_nobody_to_go_on_with_what_no_journal_has() {
    let desk = Desk::new("play", &fleet(2), &[]);
    for more in [&["--max-sms", "1"][..], &["--tracker-cap", "2"], &["--max-sms", "2", "--pilot", "1"]] {
        let said =
            desk.batch(&["run", desk.csv().to_str().unwrap(), "--via", "lab", "--yes"]).args(more).run();
        assert!(said.err.contains("error: ") && !said.says("homing batch"), "{said}");
    }
}

#[test]
fn status_and_resolve_are_read_by_scripts() {
    let desk = in_doubt();
    let status = desk.batch(&["status", "--format", "json"]).run();
    assert_eq!(status.json(), desk.batch(&["status", "--json"]).run().json());
    let resolve = desk.batch(&["resolve", "--format", "json"]).run();
    assert_eq!(resolve.code, 3, "{resolve}");
    let (document, report) = (resolve.json(), desk.report());
    let schema = crate::check::Schema::of("homing.doubts/1");
    schema.refuses_anything_more_or_else(&document);
    assert_eq!((&document["schema"], &document["batch"]), (&json!("homing.doubts/1"), &json!("doubt")));
    let doubts = document["doubts"].as_array().unwrap();
    assert_eq!(doubts.len(), 3, "{document:#}");
    for doubt in doubts {
        let tracker = tracker(&report, doubt["name"].as_str().unwrap());
        assert_eq!((&doubt["key"], &doubt["line"]), (&tracker["key"], &tracker["line"]));
        assert_eq!(doubt["command"], tracker["commands"][0]);
    }
    // Nothing is a document too.
    let other = Desk::new("calm", &fleet(1), &[]);
    other.run(&[]).run();
    let calm = other.batch(&["resolve", "--format", "json"]).run();
    assert_eq!((calm.code, calm.json()["doubts"].clone()), (0, json!([])), "{calm}");
}
