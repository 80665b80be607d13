//! Misuse, and a journal that cannot be used: each has its exit code and its sentence, and nothing is sent.

use std::fs;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use rusqlite::Connection;

use crate::desk::{Desk, fleet};
use crate::homing::{Homing, all};

/// A batch that was begun and stopped: one message of it is out.
fn begun(csv: &str) -> Desk {
    let desk = Desk::new("fleet", csv, &[]);
    let said = desk.run(&["--max-sms", "1"]).run();
    said.assert_err(
        3,
        &["the one short message of --max-sms is used up", "hint: `homing batch resume fleet --max-sms N`"],
    );
    assert_eq!(desk.lab.submitted().len(), 1);
    desk
}

/// Fails unless a run ends so and the lab has not seen a message of it.
#[track_caller]
fn ends(desk: &Desk, homing: &Homing, code: i32, parts: &[&str]) {
    let before = desk.lab.submitted().len();
    homing.run().assert_err(code, parts);
    assert_eq!(desk.lab.submitted().len(), before, "something was sent");
}

#[test]
fn what_cannot_be_meant_is_refused_before_anything_is_sent() {
    let desk = Desk::new("fleet", &fleet(2), &["--modems", "2"]);
    let csv = desk.csv();
    let csv = csv.to_str().unwrap();
    let no_phone = desk.path("no_phone.csv");
    fs::write(&no_phone, "name,profile,imei,apn\nT0,istartek-pt32,864183053101175,internet\n").unwrap();
    let no_phone = no_phone.to_str().unwrap();
    let via = desk.lab.via();
    let rows: [(&[&str], &[&str]); 14] = [
        (&["run", csv, "--yes"], &["no courier is named", "--via modem:PORT"]),
        (
            &["run", csv, "--yes", "--via", "cable:/dev/null"],
            &["cable:/dev/null serves one tracker at a time", "homing send"],
        ),
        (&["run", csv, "--yes", "--via", "manual"], &["manual serves one tracker at a time"]),
        (&["run", csv, "--yes", "--via", "lab", "--via", "lab"], &["--via lab is given twice"]),
        (
            &["run", csv, "--yes", "--via", "lab", "--via", "lab:silent"],
            &["a rehearsal is no courier beside real ones"],
        ),
        (
            &["run", csv, "--yes", "--via", "lab", "--via", &via],
            &["a rehearsal is no courier beside real ones"],
        ),
        (&["run", csv, "--yes", "--via", &via, "--via", &via], &["is given twice"]),
        (
            &["run", no_phone, "--yes", "--via", &via],
            &["no_phone.csv:2: phone: modem:", "reaches a tracker by its number", "fill the column phone"],
        ),
        (&["run", csv, "--via", &via, "--pilot", "0"], &["--pilot <N>", "0"]),
        (
            &["run", csv, "--via", &via, "--pilot-pass", "50%"],
            &["--pilot-pass is a share of the pilot, and there is none", "--pilot N"],
        ),
        (
            &["run", csv, "--via", &via, "--pilot", "1", "--pilot-pass", "150%"],
            &["\"150%\" is no share: a number from 0 to 100"],
        ),
        (&["run", csv, "--via", &via, "--per-minute", "0"], &["\"0\" is no pace: a number above 0"]),
        // Nobody is there to be asked.
        (
            &["run", csv, "--via", &via],
            &["short messages to 2 trackers", "--yes sends without asking; --dry-run shows every message"],
        ),
        (&["run", "nowhere.csv", "--yes", "--via", &via], &["nowhere.csv"]),
    ];
    for (args, parts) in rows {
        ends(&desk, &desk.batch(args), 2, parts);
    }
    // None of it has left a batch behind.
    let list = desk.batch(&["list"]).run();
    assert!(list.code == 2 || list.out.contains("no batch is there"), "{list}");
    assert_eq!(desk.lab.submitted(), [""; 0]);
}

#[test]
fn without_a_batch_every_other_command_says_how_to_begin_one() {
    let desk = Desk::new("fleet", &fleet(1), &[]);
    for args in [&["list"][..], &["status"], &["report"], &["resolve"]] {
        ends(
            &desk,
            &desk.batch(args),
            2,
            &["there is no journal", "`homing batch run FILE --via …` begins a batch"],
        );
    }
    ends(&desk, &desk.batch(&["resume", "--yes"]), 2, &["there is no journal", "makes one"]);
    ends(&desk, &desk.batch(&["cancel", "fleet", "--yes"]), 2, &["there is no journal"]);
    assert!(!desk.journal().exists(), "a journal was made by looking for one");
}

#[test]
fn a_batch_that_is_there_is_gone_on_with_only_as_it_was_begun() {
    let desk = begun(&fleet(2));
    let csv = desk.csv();
    let text = fs::read_to_string(&csv).unwrap();
    fs::write(&csv, text.replace("internet\n", "internet.other\n")).unwrap();
    let resume =
        format!("`homing batch resume fleet --with {}` goes on with the changed rows", csv.display());
    let changed = "is not what the batch fleet began with";
    ends(&desk, &desk.run(&[]), 2, &[changed, &resume, "--name begins another batch"]);
    ends(&desk, &desk.resume(&[]), 2, &[changed, &resume]);
    for (args, parts) in [
        (
            &["report", "--only", "broken"][..],
            &["--only: there is no standing \"broken\"", "they are planned, sent"][..],
        ),
        (&["report", "--only", "verifed"], &["did you mean verified?"]),
        (&["report", "flet"], &["the journal has no batch \"flet\"", "did you mean fleet?"]),
        (
            &["resolve", "--sent", "T0"],
            &["no tracker \"T0\" stands unknown", "`homing batch resolve` lists them"],
        ),
        (&["cancel", "fleet"], &["a batch is not cancelled without a word", "--yes says it"]),
    ] {
        ends(&desk, &desk.batch(args), 2, parts);
    }
    let nothing = desk.batch(&["resolve"]).run();
    assert_eq!((nothing.code, nothing.out.as_str()), (0, "nothing is unknown\n"), "{nothing}");
    ends(&desk, &desk.batch(&["cancel", "fleet", "--yes"]), 0, &["cancelled; `homing batch report fleet`"]);
    ends(&desk, &desk.resume(&[]), 2, &["the batch fleet was cancelled"]);
    ends(&desk, &desk.run(&[]), 2, &["the batch fleet was cancelled", "--name begins another one"]);
}

#[test]
fn a_number_that_changed_in_the_csv_is_named_and_gets_nothing() {
    let desk = begun(&fleet(4));
    let csv = desk.csv();
    let text = fs::read_to_string(&csv).unwrap();
    // Somebody sorted one column, and corrected an access point further up.
    let moved = text.replace("+447700900002", "+447700900077").replacen("internet", "internet.other", 1);
    fs::write(&csv, &moved).unwrap();
    let told = "began with: line 4 (T2) has the phone +447700900077, and the journal +447700900002";
    ends(&desk, &desk.run(&["--max-sms", "100"]), 2, &[told]);
    ends(&desk, &desk.resume(&["--max-sms", "100"]), 2, &[told]);
    let with = desk.batch(&["resume", "fleet", "--with", csv.to_str().unwrap()]);
    ends(&desk, &with, 2, &[told.strip_prefix("began with: ").unwrap()]);
    // By the number alone a tracker is told from others here: it has another key with another number.
    let nameless = |text: &str| {
        let rows = text.lines().map(|row| row.split(',').enumerate().filter(|(at, _)| *at != 2));
        let rows = rows.map(|cells| cells.map(|(_, cell)| cell).collect::<Vec<_>>().join(",") + "\n");
        rows.collect::<String>()
    };
    let other = desk.path("bare.csv");
    fs::write(&other, nameless(&text)).unwrap();
    let vias = desk.vias();
    let run = ["run", other.to_str().unwrap(), "--yes", &vias[0], &vias[1], "--max-sms", "1"];
    desk.batch(&["cancel", "fleet", "--yes"]).run();
    desk.batch(&run).run().assert_err(3, &["the one short message of --max-sms is used up"]);
    fs::write(&other, nameless(&text.replace("+447700900002", "+447700900077"))).unwrap();
    let resume = desk.batch(&["resume", "bare", "--yes", "--max-sms", "100"]);
    ends(&desk, &resume, 2, &[told]);
    // With a person's word it is another number, and said so before anything is sent.
    let with = desk.batch(&["resume", "bare", "--with", other.to_str().unwrap()]);
    ends(&desk, &with, 2, &["up to 1 short message to 4 trackers"]);
    // What the journal holds goes on as it is, whatever became of the CSV.
    fs::remove_file(&other).unwrap();
    desk.batch(&["resume", "bare", "--yes", "--max-sms", "100"]).run();
    let events = desk.lab.events("submit");
    assert!(events.len() > 4 && events.iter().all(|event| event["to"] != "+447700900077"), "{events:#?}");
}

#[test]
fn a_batch_that_is_done_is_shown_and_nothing_more() {
    let desk = Desk::new("fleet", &fleet(1), &[]);
    assert_eq!(desk.run(&[]).run().code, 0);
    for homing in [desk.run(&[]), desk.resume(&[])] {
        ends(&desk, &homing, 0, &["the batch fleet is done; this is its report"]);
    }
}

#[test]
fn a_csv_that_is_gone_matters_only_where_it_held_a_secret() {
    let desk = begun(&fleet(2));
    fs::remove_file(desk.csv()).unwrap();
    let said = desk.resume(&["--max-sms", "100"]).run();
    said.assert_err(0, &["is gone: the batch goes on with what the journal keeps"]);
    let desk = begun(&fleet(3));
    fs::remove_file(desk.csv()).unwrap();
    // Nobody is there to be asked.
    let resume = desk.batch(&["resume", "fleet", "--max-sms", "100"]);
    ends(&desk, &resume, 2, &["what is left of the short messages to 3 trackers of the batch fleet"]);

    let secret = "name,profile,imei,phone,apn,password\n\
                  V0,istartek-vt,862906064051456,+447700900257,internet,4711\n\
                  V1,istartek-vt,862906064130649,+447700900270,internet,4712\n";
    let desk = begun(secret);
    let csv = desk.csv();
    let away = desk.path("away.csv");
    fs::rename(&csv, &away).unwrap();
    let sentence = "the passwords of 2 trackers, the first of them on line 2, are not at hand: the journal keeps no secret";
    ends(
        &desk,
        &desk.resume(&["--max-sms", "100"]),
        2,
        &[sentence, "put ", "back, or give the CSV with --with FILE"],
    );
    let said = desk.resume(&["--max-sms", "100", "--with", away.to_str().unwrap()]).run();
    assert_eq!(said.code, 0, "{said}");
    assert!(!said.says("4711"), "{said}");
}

/// Of a journal that is one, and not whole.
const DAMAGED: &str = "is damaged";

/// What is done to a journal before the next run, and what that says.
type Damage = (fn(&Path), &'static [&'static str]);

#[test]
fn a_journal_that_cannot_be_used_is_not_touched_and_nothing_is_sent() {
    let rows: [Damage; 4] = [
        (
            |path| fs::write(path, "name,profile\n").unwrap(),
            &["is no journal of homing: it is no SQLite file", "this one was not touched"],
        ),
        (
            |path| {
                fs::remove_file(path).unwrap();
                Connection::open(path).unwrap().execute_batch("CREATE TABLE shopping (item TEXT)").unwrap();
            },
            &["is no journal of homing"],
        ),
        (
            |path| {
                let mut file = fs::File::options().write(true).open(path).unwrap();
                // Page 3 of 4,096 octets: a table or an index of the journal.
                file.seek(SeekFrom::Start(2 * 4096)).unwrap();
                file.write_all(&[0x5A; 4096]).unwrap();
            },
            &[DAMAGED, "sqlite3", ".recover"],
        ),
        (
            |path| Connection::open(path).unwrap().pragma_update(None, "user_version", 99).unwrap(),
            &["has version 99, and this homing knows versions up to 1", "update homing"],
        ),
    ];
    all(&rows, |(damage, parts)| {
        let desk = begun(&fleet(2));
        damage(&desk.journal());
        let before = fs::read(desk.journal()).unwrap();
        for homing in [desk.run(&[]), desk.resume(&["--max-sms", "100"])] {
            ends(&desk, &homing, 4, parts);
        }
        assert_eq!(fs::read(desk.journal()).unwrap(), before, "it was touched");
        // Whoever only reads needs the pages that tell it what it is to say, and no others.
        for args in [&["status"][..], &["report"], &["list"]] {
            let said = desk.batch(args).run();
            assert!(said.code == 4 && said.err.contains(parts[0]) || parts[0] == DAMAGED, "{said}");
        }
    });
}

#[test]
fn one_process_works_on_a_journal_and_the_others_may_look() {
    let desk = Desk::new("fleet", &fleet(60), &["--fault", "late-cmgs=100ms"]);
    let mut running = desk.run(&[]).command().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while desk.lab.submitted().is_empty() {
        thread::sleep(Duration::from_millis(5));
    }
    let keeper = format!("is in use by homing (pid {})", running.id());
    let stop = format!("`kill -INT {}`", running.id());
    let other = Desk::new("other", &fleet(1), &[]);
    let journal = desk.journal();
    let run = Homing::new(&["batch", "--journal", journal.to_str().unwrap(), "run"]);
    let run = run.args(&[other.csv().to_str().unwrap(), "--yes", "--via", &other.lab.via()]);
    for homing in [run, desk.batch(&["resume", "--yes"]), desk.batch(&["cancel", "fleet", "--yes"])] {
        homing.run().assert_err(4, &[&keeper, &stop, "list, status and report work meanwhile"]);
    }
    assert_eq!(other.lab.submitted(), [""; 0]);
    // Nothing is proven of it as a whole yet, and some of it is.
    let status = desk.batch(&["status", "--json"]).run();
    assert_eq!(status.code, 3, "{status}");
    assert_eq!((&status.json()["state"], &status.json()["total"]), (&"open".into(), &60.into()), "{status}");
    let list = desk.batch(&["list", "--format", "json"]).run();
    assert_eq!(list.json()["batches"][0]["state"], "open", "{list}");
    let report = desk.report();
    assert_eq!(report["trackers"].as_array().unwrap().len(), 60);
    assert!(running.try_wait().unwrap().is_none(), "it had ended meanwhile");
    running.kill().unwrap();
    running.wait().unwrap();
}
