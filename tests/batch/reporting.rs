//! The last step: trackers that report to where they were pointed, over real sockets, and what a platform's export says.

use std::fs;
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::process::Child;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::desk::{Desk, fleet, played, tracker};
use crate::homing::{Homing, Said};

/// A port of loopback that is free for both transports.
fn port() -> u16 {
    let free = (0..50).find_map(|_| {
        let tcp = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        UdpSocket::bind(tcp).ok().map(|_| tcp.port())
    });
    free.unwrap()
}

/// A fleet whose trackers, once they are pointed at Plaspy, report to this port.
fn desk(name: &str, csv: &str, port: u16) -> Desk {
    Desk::new(name, csv, &["--stand-in", &format!("d.plaspy.com:8888=127.0.0.1:{port}")])
}

/// The first tracker of a fleet, as a program of its own.
fn simulate(csv: &str, row: usize, to: &str) -> Said {
    let imei = csv.lines().nth(row + 1).unwrap().split(',').nth(2).unwrap().to_owned();
    Homing::new(&["simulate", "startek", "--to", to, "--imei", &imei, "--messages", "1"]).run()
}

/// Waits until somebody listens.
fn until_open(port: u16, child: &mut Child) {
    let end = Instant::now() + Duration::from_secs(30);
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it listened");
        assert!(Instant::now() < end, "nobody listens");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn who_reports_where_it_is_expected_ends_so_and_the_others_say_why_not() {
    let at = port();
    let desk = desk("fleet", &played(6, &[(1, "offline"), (2, "not_authorised")]), at);
    let said = desk.run(&["--expect-report", &at.to_string(), "--report-within", "2s"]).run();
    assert_eq!(said.code, 1, "{said}");
    assert!(said.err.contains("only programs on this machine can reach it"), "{said}");
    let report = desk.report();
    assert_eq!(report["counts"], json!({"refused": 1, "reporting": 4, "verified": 1}), "{said}");
    let offline = tracker(&report, "T1");
    assert_eq!(offline["reason"], "no_report", "{offline:#}");
    assert!(offline["why"].as_str().unwrap().ends_with("no message of it came within 2s"), "{offline:#}");
    let there = tracker(&report, "T0");
    let why = there["why"].as_str().unwrap();
    let imei = there["key"].as_str().unwrap();
    assert!(why.ends_with(&format!("; it reports by TCP in startek as {imei}")), "{why}");
    assert_eq!(there["reason"], serde_json::Value::Null);
    // The lab's own record of it: by what, from whom and to where each of them reported.
    let reports = desk.lab.events("report");
    let of = |event: &&serde_json::Value| event["id"] == imei;
    let last = reports.iter().rfind(of).unwrap();
    assert_eq!((&last["transport"], &last["to"]), (&json!("tcp"), &json!("d.plaspy.com:8888")));
    desk.count().must_be_right();
}

#[test]
fn trackers_set_to_udp_report_by_it() {
    let at = port();
    let csv = "name,profile,imei,phone,apn,transport\n\
               A,istartek-pt32,864183053101175,+447700900101,internet,udp\n\
               B,istartek-vt,862906064051456,+447700900102,internet,udp\n";
    let desk = desk("udp", csv, at);
    let said =
        desk.run(&["--expect-report", &at.to_string(), "--report-within", "20s", "--assume", "udp"]).run();
    assert_eq!(said.code, 0, "{said}");
    let report = desk.report();
    for name in ["A", "B"] {
        let why = tracker(&report, name)["why"].as_str().unwrap();
        assert!(why.contains("it reports by UDP in startek"), "{why}");
    }
}

#[test]
fn a_report_by_another_transport_or_of_a_stranger_is_told_and_proves_nothing() {
    let at = port();
    let csv = played(2, &[(0, "offline"), (1, "offline")]);
    let desk = desk("amiss", &csv, at);
    let run = desk.run(&["--expect-report", &at.to_string(), "--report-within", "4s"]);
    let mut command = run.command();
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    until_open(at, &mut child);
    let to = format!("127.0.0.1:{at}");
    let said = simulate(&csv, 0, &format!("{to}/udp"));
    assert_eq!(said.code, 0, "{said}");
    let stranger = "name,profile,imei\nX,istartek-pt32,862906064051456\n";
    let said = simulate(stranger, 0, &format!("{to}/tcp"));
    assert_eq!(said.code, 0, "{said}");
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{err}");
    assert!(err.contains("it reports by UDP, and TCP was planned"), "{err}");
    assert!(err.contains("862906064051456 reported too, and is not of this batch"), "{err}");
    assert_eq!(desk.report()["counts"], json!({"verified": 2}), "{err}");
}

#[test]
fn a_batch_killed_while_it_waits_for_reports_goes_on_to_wait_and_sends_nothing() {
    let at = port();
    let csv = played(2, &[(0, "offline"), (1, "offline")]);
    let desk = desk("killed", &csv, at);
    let running = desk.run(&["--expect-report", &at.to_string(), "--report-within", "10m"]).begin();
    let end = Instant::now() + Duration::from_secs(60);
    let verified = || {
        let said = desk.batch(&["status", "killed", "--json"]).run();
        serde_json::from_str::<serde_json::Value>(&said.out)
            .is_ok_and(|status| status["counts"]["verified"] == 2)
    };
    while !verified() {
        assert!(Instant::now() < end, "it does not come to wait");
        std::thread::sleep(Duration::from_millis(50));
    }
    drop(running);
    let before = desk.lab.submitted().len();
    let mut child = desk.resume(&[]).command().stderr(std::process::Stdio::null()).spawn().unwrap();
    until_open(at, &mut child);
    for row in 0..2 {
        let said = simulate(&csv, row, &format!("127.0.0.1:{at}/tcp"));
        assert_eq!(said.code, 0, "{said}");
    }
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(desk.report()["counts"], json!({"reporting": 2}));
    assert_eq!(desk.lab.submitted().len(), before, "something was sent again");
}

#[test]
fn a_wait_for_reports_needs_a_place_to_listen_at() {
    let desk = Desk::new("place", &fleet(1), &[]);
    desk.run(&["--report-within", "1m"]).run().assert_err(2, &["nobody listens", "--expect-report ADDR"]);
    desk.run(&["--expect-report", "localhost:1"]).run().assert_err(2, &["write a port"]);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = taken.local_addr().unwrap().port().to_string();
    desk.run(&["--expect-report", &at])
        .run()
        .assert_err(4, &["cannot be listened at", "another program listens there"]);
    assert!(desk.lab.submitted().is_empty());
}

/// A batch whose three trackers are verified, and their identities.
fn done() -> (Desk, Vec<String>) {
    let csv = fleet(3);
    let desk = Desk::new("done", &csv, &[]);
    assert_eq!(desk.run(&[]).run().code, 0);
    let ids = csv.lines().skip(1).map(|row| row.split(',').nth(2).unwrap().to_owned()).collect();
    (desk, ids)
}

fn confirm(desk: &Desk, text: impl AsRef<[u8]>, more: &[&str]) -> Said {
    let file = desk.path("export.csv");
    fs::write(&file, text).unwrap();
    let args = ["confirm", "done", "--from", file.to_str().unwrap()];
    desk.batch(&args).args(&["--id-column", "Unit ID", "--seen-column", "Last seen"]).args(more).run()
}

/// The clock in seconds, in a second that begins after all that was done before.
fn now() -> u64 {
    std::thread::sleep(Duration::from_millis(1100));
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
}

#[test]
fn what_a_platform_exports_confirms_who_was_seen_after_the_last_command() {
    let (desk, ids) = done();
    let before = desk.report();
    // Seconds since 1970 name their zone by themselves; a day from now and the year 2020 prove nothing.
    let now = now();
    let [a, b, c] = [&ids[0], &ids[1], &ids[2]];
    let text = format!(
        "Name;Unit ID;Last seen\nRex;{a};{now}\nLuna;{b};{}\nBella;{c};2020-02-29 10:00Z\nOther;862906064051456;03/04/26\n",
        now + 86_400,
    );
    let exact = ["--slack", "0s"];
    let said = confirm(&desk, &text, &exact);
    assert_eq!(said.code, 3, "{said}");
    for part in ["done: 1 of 3 trackers reporting", "before its last command", "is the time zone right?"] {
        assert!(said.out.contains(part), "{part}: {said}");
    }
    let report = desk.report();
    assert_eq!(report["counts"], json!({"reporting": 1, "verified": 2}), "{said}");
    let [was, is] =
        [&before, &report].map(|report| tracker(report, "T0")["why"].as_str().unwrap().to_owned());
    assert!(is.starts_with(&format!("{was}; seen at 20")), "{is}");
    // All of them, and again: nothing changes any more.
    let text = format!("Unit ID,Last seen\n{a},{now}\n{b},{now}\n{c},{now}\n");
    assert_eq!(confirm(&desk, &text, &exact).code, 0);
    let report = desk.report();
    assert_eq!(report["counts"], json!({"reporting": 3}));
    assert_eq!(confirm(&desk, &text, &exact).code, 0);
    assert_eq!(desk.report(), report);
}

#[test]
fn a_platform_whose_clock_may_be_off_confirms_only_what_it_saw_well_after_the_last_command() {
    let (desk, ids) = done();
    let now = now();
    // Within the two minutes that clocks may differ by, a message of before the command can look like one of after it:
    // on this side of now and, by a clock that is ahead, on the other.
    for seen in [now, now + 60] {
        let said = confirm(&desk, format!("Unit ID,Last seen\n{},{seen}\n", ids[0]), &[]);
        assert_eq!(said.code, 3, "{said}");
        assert!(said.out.contains("less than 2m after its last command"), "{said}");
    }
    assert_eq!(desk.report()["counts"], json!({"verified": 3}));
}

#[test]
fn an_export_is_read_however_it_is_written_and_says_what_a_spreadsheet_did_to_it() {
    let (desk, ids) = done();
    let now = now();
    let [a, c] = [&ids[0], &ids[2]];
    // UTF-16 with its mark, a tab between cells, headers in quotes; one identity as text for a spreadsheet, one spoilt.
    let text = format!(
        "sep=\t\r\nNombre\t\"unit id \"\tLast seen\r\nÑandú\t=\"{a}\"\t{now}\r\nsin fin\r\nRex\t8.64183E+14\t{now}\r\nLuna\t'{c}\tNever\r\n"
    );
    let bytes: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let said = confirm(&desk, bytes, &["--slack", "0s"]);
    assert_eq!(said.code, 3, "{said}");
    for part in ["1 identity is spoilt by a spreadsheet (`8.64183E+14` on line 5)", "the row was passed over"]
    {
        assert!(said.err.contains(part), "{part}: {said}");
    }
    for part in
        ["done: 1 of 3 trackers reporting", "has no unit with its identity; 1 identity", "has never seen it"]
    {
        assert!(said.out.contains(part), "{part}: {said}");
    }
    let report = desk.report();
    assert_eq!(tracker(&report, "T0")["standing"], "reporting");
}

#[test]
fn an_export_that_cannot_be_read_in_one_way_only_confirms_nobody() {
    let (desk, ids) = done();
    let row = |time: &str| format!("Unit ID,Last seen\n{},{time}\n", ids[0]);
    let cases: [(String, &[&str], &str); 7] = [
        (row("2099-01-01 00:00:00"), &[], "names no time zone"),
        (row("03/04/2026 10:00"), &[], "is no time that can only be read in one way"),
        (row("2099-01-01 00:00:00"), &["--zone", "Lima"], "no time zone"),
        ("Unit,Last seen\n".to_owned(), &[], "it has Unit, Last seen"),
        ("Unit ID,Last seen\n".to_owned(), &[], "has no row with an identity"),
        ("Unit ID,Last seen\n8.64183E+14,1795608000\n".to_owned(), &[], "1 identity is spoilt"),
        (row("\"1795608000\"x\n"), &[], "a quote closes in the middle of a cell"),
    ];
    for (text, more, part) in cases {
        confirm(&desk, &text, more).assert_err(2, &[part]);
    }
    let gone = ["confirm", "done", "--from", "no-such.csv", "--id-column", "a", "--seen-column", "b"];
    desk.batch(&gone).run().assert_err(2, &["no-such.csv cannot be opened"]);
    // A day of 2099 in a zone that was given is still to come.
    let said = confirm(&desk, row("2099-01-01 00:00:00"), &["--zone", "UTC"]);
    assert_eq!(said.code, 3, "{said}");
    assert_eq!(desk.report()["counts"], json!({"verified": 3}));
}
