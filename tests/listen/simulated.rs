//! Simulated trackers towards a listener, each a process of its own.

use std::fs;
use std::net::TcpListener;
use std::process::Stdio;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::json;

use super::check::{Edit, Schema};
use super::homing_run::{Homing, Said, all};
use super::running::Listening;

/// Runs trackers; the document of what they did.
fn simulate(args: &[&str]) -> Said {
    Homing::new(&["simulate"]).args(args).args(&["--format=json"]).run()
}

#[test]
fn every_message_of_every_protocol_arrives() {
    let rows = [
        ("startek", "tcp", 0),
        ("startek", "udp", 0),
        ("gt06", "tcp", 1),
        ("eelink", "tcp", 1),
        ("eelink", "udp", 1),
        ("jt808", "tcp", 1),
        ("meiligao", "tcp", 1),
        ("meiligao", "udp", 1),
        ("watch", "tcp", 1),
    ];
    all(&rows, |(protocol, transport, logins)| {
        let mut listening = Listening::start(&[]);
        let to = listening.endpoint(transport);
        let said = simulate(&[protocol, "--to", &to, "--count=20", "--messages=10", "--interval=20ms"]);
        assert_eq!(said.code, 0, "{said}");
        let did = said.json();
        assert_eq!(did["sent"], 20 * (10 + logins), "{said}");
        assert_eq!((&did["positions"], &did["lost"]), (&json!(200), &json!(0)), "{said}");
        listening.interrupt();
        listening.end();
        let summary = listening.all("summary")[0].clone();
        for key in ["messages", "frames"] {
            assert_eq!(summary[key], did["sent"], "{key} {summary}");
        }
        assert_eq!((&summary["damaged"], &summary["strange"]), (&json!(0), &json!(0)), "{summary}");
        assert_eq!(summary["received"], did["bytes"], "{summary}");
        let mut ids: Vec<String> =
            listening.all("message").iter().map(|line| line["message"]["device_id"].to_string()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 20, "{protocol}: {ids:?}");
    });
}

#[test]
fn what_they_did_is_as_its_schema_says() {
    let listening = Listening::start(&[]);
    let said = simulate(&["gt06", "--to", &listening.endpoint("tcp"), "--messages=2", "--interval=10ms"]);
    let schema = Schema::of("homing.simulated/1");
    let document = said.json();
    schema.accepts(&document);
    schema.refuses(
        &document,
        &[
            ("/schema", Edit::To(json!("homing.simulated/2"))),
            ("/trackers", Edit::To(json!(0))),
            ("/sent", Edit::To(json!(-1))),
            ("/trouble", Edit::Gone),
        ],
    );
}

#[test]
fn nothing_goes_to_another_machine_unless_all_of_it_was_said() {
    // Addresses of documentation (RFC 5737): nobody has them, and nothing is sent there.
    let to = "--to=192.0.2.1:8888";
    let run = |args: &[&str]| Homing::new(&["simulate", "startek"]).args(args).run();
    run(&[to]).assert_err(2, &["192.0.2.1:8888 is another machine", "--yes-really-send"]);
    run(&[to, "--yes-really-send"]).assert_err(2, &["made-up trackers do not go there", "--imei"]);
    run(&[to, "--yes-really-send", "--count=3"]).assert_err(2, &["made-up trackers do not go there"]);
    run(&[to, "--yes-really-send", "--imei=869912033012424"])
        .assert_err(2, &["869912033012424 is the example of iStartek's protocol paper"]);
    run(&[to, "--yes-really-send", "--imei=868123050000018", "--interval=100ms"])
        .assert_err(2, &["at least 1s lies between two positions"]);
    run(&[to, "--imei=868123050000018"]).assert_err(2, &["192.0.2.1:8888 is another machine"]);
    run(&["--to=d.plaspy.com"]).assert_err(2, &["none is looked up unless you say so", "--resolve"]);
    // This name needs no server to be asked.
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let said = run(&["--to", &format!("localhost:{nobody}"), "--messages=1", "--for=100ms"]);
    said.assert_err(1, &[&format!("towards 127.0.0.1:{nobody}/tcp")]);
}

#[test]
fn identities_are_checked_before_anything_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("imeis");
    let run = |text: &str| {
        fs::write(&file, text).unwrap();
        let file = file.to_str().unwrap();
        Homing::new(&["simulate", "startek", "--to=127.0.0.1:9", "--imeis", file]).run()
    };
    run("# nobody\n\n").assert_err(2, &["has no IMEI in it"]);
    run("868123050000018\n\n868123050000018\n").assert_err(2, &["imeis:3", "is there twice"]);
    run("86812305000001\n").assert_err(2, &["imeis:1", "check digit"]);
    run("868123050000019\n").assert_err(2, &["imeis:1", "want 8"]);
}

#[test]
fn a_track_is_followed_under_the_names_that_were_given() {
    let folder = tempfile::tempdir().unwrap();
    let (gpx, geojson, imeis) =
        (folder.path().join("a.gpx"), folder.path().join("a.geojson"), folder.path().join("imeis"));
    fs::write(&gpx, "<gpx><trk><trkseg><trkpt lat='-33.5' lon='-70.5'><ele>520</ele></trkpt><trkpt lat='-33.5' lon='-70.4'/></trkseg></trk></gpx>").unwrap();
    fs::write(&geojson, r#"{"type":"LineString","coordinates":[[-70.5,-33.5,520],[-70.4,-33.5]]}"#).unwrap();
    fs::write(&imeis, "868123050000018\n868123050000026\n").unwrap();
    for track in [gpx, geojson] {
        let mut listening = Listening::start(&["--count=6"]);
        let said = simulate(&[
            "startek",
            "--to",
            &listening.endpoint("tcp"),
            "--imeis",
            imeis.to_str().unwrap(),
            "--track",
            track.to_str().unwrap(),
            "--messages=3",
            "--interval=20ms",
            "--speed=72",
        ]);
        assert_eq!(said.code, 0, "{said}");
        assert_eq!(listening.end().0, 0);
        for line in listening.all("message") {
            let message = &line["message"];
            assert_eq!((&message["lat"], &message["speed_kmh"]), (&json!(-33.5), &json!(72)), "{message}");
            // Eastwards, all along the way.
            assert_eq!(
                (&message["course_deg"], &message["altitude_m"]),
                (&json!(90), &json!(520)),
                "{message}"
            );
            let lon = message["lon"].as_f64().unwrap();
            assert!((-70.5..=-70.4).contains(&lon), "{message}");
            let id = message["device_id"].as_str().unwrap();
            assert!(["868123050000018", "868123050000026"].contains(&id), "{message}");
        }
    }
    let missing = simulate(&["startek", "--to=127.0.0.1:9", "--track=/nonexistent.gpx"]);
    missing.assert_err(2, &["/nonexistent.gpx cannot be read"]);
}

#[test]
fn a_profile_stands_for_what_its_trackers_speak() {
    let mut listening = Listening::start(&["--count=1"]);
    let said = simulate(&["PT32", "--to", &listening.endpoint("tcp"), "--messages=1"]);
    said.assert_err(0, &["may speak startek, gt06, eelink, jt808: startek is taken"]);
    listening.end();
    assert_eq!(listening.all("message")[0]["message"]["protocol"], "startek");
    let said = Homing::new(&["simulate", "startk", "--to=127.0.0.1:9"]).run();
    said.assert_err(2, &["`startk` is neither a protocol nor a profile", "startek"]);
}

#[test]
fn faults_show_at_the_listener() {
    let mut listening = Listening::start(&[]);
    let said = simulate(&[
        "startek",
        "--to",
        &listening.endpoint("tcp"),
        "--messages=200",
        "--interval=1ms",
        "--fault=bad-checksum=0.3",
        "--fault=no-fix=0.3",
        "--fault=drop=0.2",
        "--fault=hang-up=0.05",
    ]);
    assert_eq!(said.code, 0, "{said}");
    let did = said.json();
    let count = |key: &str| did[key].as_u64().unwrap();
    assert!(count("spoiled") > 20 && count("dropped") > 10 && count("connected") > 2, "{said}");
    listening.interrupt();
    listening.end();
    let summary = listening.all("summary")[0];
    assert_eq!(summary["damaged"], did["spoiled"]);
    assert_eq!(summary["messages"], did["sent"]);
    assert_eq!(summary["connections"], did["connected"]);
    let unfixed = listening.all("message").iter().filter(|line| line["message"]["valid"] == false).count();
    assert!(unfixed > 20, "{unfixed}");
}

#[test]
fn a_server_that_is_not_there_or_does_not_answer_is_told() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let said = simulate(&["startek", "--to", &nobody.to_string(), "--messages=1", "--for=300ms"]);
    assert_eq!(said.code, 1, "{said}");
    assert!(said.json()["trouble"].as_str().unwrap().contains("refused"), "{said}");
    // It takes connections, and never says a word.
    let deaf = TcpListener::bind("127.0.0.1:0").unwrap();
    let said = simulate(&[
        "gt06",
        "--to",
        &deaf.local_addr().unwrap().to_string(),
        "--messages=1",
        "--interval=1ms",
    ]);
    assert_eq!(said.code, 3, "{said}");
    assert_eq!(said.json()["unanswered"], 1, "{said}");
}

#[test]
fn ctrl_c_ends_with_what_was_done() {
    let mut listening = Listening::start(&[]);
    let run = Homing::new(&["simulate", "startek", "--to", &listening.endpoint("tcp"), "--interval=20ms"]);
    let child =
        run.args(&["--format=json"]).command().stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    for _ in 0..3 {
        listening.until("message");
    }
    kill(Pid::from_raw(child.id() as i32), Signal::SIGINT).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    let did: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(did["ended"], "interrupted");
    assert!(did["sent"].as_u64().unwrap() >= 3, "{did}");
    // Give the listener nothing more to do than to end.
    std::thread::sleep(Duration::from_millis(10));
}
