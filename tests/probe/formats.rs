//! Every output format, read by programs of others where they are at hand, and runs that are cut short.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::homing_run::{Homing, Said, all};
use super::names;
use super::netns::skipped;
use super::servers::{self, Does};

/// Servers on this machine: one that is silent, one that hangs up, one that speaks first, and a port where nobody is:
/// no system hands out port 1 to a socket that asks for any.
fn endpoints() -> Vec<String> {
    let own = "127.0.0.1".parse().unwrap();
    let open = [Does::Silent, Does::Closes, Does::SpeaksFirst].map(|does| servers::tcp(own, 0, does));
    open.into_iter().chain([1]).map(|port| format!("127.0.0.1:{port}")).collect()
}

fn probe(endpoints: &[String], args: &[&str]) -> Said {
    let endpoints: Vec<&str> = endpoints.iter().map(String::as_str).collect();
    Homing::new(&["probe", "--hold=200ms"]).args(&endpoints).args(args).run()
}

/// Feeds a program of others; none when it is not installed.
fn feed(program: &str, args: &[&str], text: &str) -> Option<(i32, String)> {
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let Ok(mut child) = command.spawn() else {
        skipped(&format!("{program} is not installed"));
        return None;
    };
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    Some((output.status.code().unwrap(), String::from_utf8_lossy(&said).into_owned()))
}

#[test]
fn metrics_pass_the_check_of_prometheus_itself() {
    let said = probe(&endpoints(), &["--format=prometheus"]);
    assert_eq!(said.code, 1, "{said}");
    assert!(said.out.contains("probe_success 0\n"), "{said}");
    assert!(said.out.contains("verdict=\"open-but-closes\"} 1\n"), "{said}");
    if let Some((code, problems)) = feed("promtool", &["check", "metrics"], &said.out) {
        assert_eq!((code, problems.trim()), (0, ""), "{}", said.out);
    }
}

#[test]
fn metrics_replace_a_file_whole_and_readable_by_others() {
    use std::os::unix::fs::PermissionsExt;
    let folder = std::env::temp_dir().join(format!("homing-metrics-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("homing.prom");
    std::fs::write(&file, "old").unwrap();
    let said = probe(&endpoints(), &["--format=prometheus", "--output", file.to_str().unwrap()]);
    assert_eq!((said.code, said.out.as_str()), (1, ""), "{said}");
    assert!(std::fs::read_to_string(&file).unwrap().ends_with('\n'));
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o644);
    let left: Vec<_> = std::fs::read_dir(&folder).unwrap().flatten().collect();
    assert_eq!(left.len(), 1, "no temporary file stays: {left:?}");
    std::fs::remove_dir_all(folder).unwrap();
}

/// The first line of a plugin by the Monitoring Plugins Development Guidelines, taken apart: state, and for each datum
/// label, value, unit.
fn plugin(text: &str) -> (String, Vec<(String, String)>) {
    let first = text.lines().next().unwrap();
    let (said, data) = first.split_once(" | ").unwrap_or((first, ""));
    let (service, rest) = said.split_once(' ').unwrap();
    assert_eq!(service, "HOMING");
    let (state, message) = rest.split_once(" - ").unwrap();
    assert!(!message.is_empty() && !message.contains('|'));
    let mut found = Vec::new();
    for datum in data.split_whitespace() {
        let (label, rest) = datum.strip_prefix('\'').unwrap().split_once("'=").unwrap();
        assert!(!label.contains(['\'', '=']), "{datum}");
        let fields: Vec<&str> = rest.split(';').collect();
        assert!(fields.len() <= 5, "{datum}");
        let value = fields[0];
        let number = value.trim_end_matches("ms");
        assert!(value == "U" || number.parse::<f64>().is_ok_and(|_| value.ends_with("ms")), "{datum}");
        found.push((label.to_owned(), value.to_owned()));
    }
    (state.to_owned(), found)
}

#[test]
fn a_plugin_speaks_as_the_guidelines_ask_and_exits_by_its_state() {
    let endpoints = endpoints();
    let cases: [(&[usize], &[&str], &str, i32); 6] = [
        (&[0, 2], &[], "OK", 0),
        (&[0, 3], &[], "CRITICAL", 2),
        (&[1], &[], "CRITICAL", 2),
        (&[0], &["--warn=@0:60000"], "WARNING", 1),
        (&[0], &["--critical=@0:60000"], "CRITICAL", 2),
        (&[0], &["--warn=60000", "--critical=~:60000"], "OK", 0),
    ];
    for (which, args, state, code) in cases {
        let asked: Vec<String> = which.iter().map(|index| endpoints[*index].clone()).collect();
        let said = probe(&asked, &[&["--format=nagios"], args].concat());
        let (told, data) = plugin(&said.out);
        assert_eq!((told.as_str(), said.code), (state, code), "{said}");
        assert_eq!(data.len(), which.len(), "{said}");
    }
    let said = probe(&[format!("{}/udp", endpoints[0])], &["--format=nagios"]);
    assert_eq!((plugin(&said.out).0.as_str(), said.code), ("WARNING", 1), "{said}");
}

#[test]
fn what_is_not_proven_counts_as_the_user_wants_it() {
    let endpoint = [format!("{}/udp", endpoints()[0])];
    for (args, code, state) in [
        (&[][..], 3, "WARNING"),
        (&["--inconclusive=ok"], 0, "OK"),
        (&["--inconclusive=warn"], 0, "WARNING"),
        (&["--inconclusive=fail"], 1, "CRITICAL"),
    ] {
        let said = probe(&endpoint, &[&["--format=json"], args].concat());
        assert_eq!((said.code, said.json()["state"].as_str()), (code, Some(state)), "{said}");
    }
}

#[test]
fn a_plugin_that_cannot_begin_is_unknown() {
    let said = Homing::new(&["probe", "--format=nagios", "d.plaspy.com:99999"]).run();
    assert_eq!((plugin(&said.out).0.as_str(), said.code), ("UNKNOWN", 3), "{said}");
}

#[test]
fn junit_counts_failures_and_skips_what_was_not_tested() {
    let said = probe(&endpoints(), &["--format=junit"]);
    let head = said.out.lines().nth(2).unwrap();
    // Four endpoints: TCP of two fails, UDP of all is skipped.
    for part in ["tests=\"8\"", "failures=\"2\"", "errors=\"0\"", "skipped=\"4\""] {
        assert!(head.contains(part), "{part}: {said}");
    }
}

/// What xmllint says of a document by the project's schema; none when it is not installed.
fn by_schema(text: &str) -> Option<(i32, String)> {
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/junit.xsd");
    feed("xmllint", &["--noout", "--nonet", "--schema", schema, "-"], text)
}

#[test]
fn junit_is_as_its_schema_says_with_every_kind_of_case_and_broken_ones_are_refused() {
    let resolver = names::serve("127.0.0.1:0".parse().unwrap()).to_string();
    // Good, failed, not tested, this machine's own fault (no route to a multicast group by TCP), names of each kind.
    let mut asked = endpoints();
    asked.extend(["nx.test:1", "loop.test:1", "224.0.0.1:9/tcp"].map(str::to_owned));
    let said = probe(&asked, &["--format=junit", "--dns", &resolver]);
    for part in ["<failure ", "<error ", "<skipped ", "probe.dns", "\"/>\n"] {
        assert!(said.out.contains(part), "{part}: {said}");
    }
    let Some((code, problems)) = by_schema(&said.out) else { return };
    assert_eq!(code, 0, "{problems}\n{said}");
    for (from, to) in [
        ("<failure ", "<defeat "),
        (" tests=\"", " test=\""),
        ("classname=\"probe.tcp\"", "classname=\"probe.sctp\""),
        (" time=\"", " time=\"-"),
        (" timestamp=\"2", " timestamp=\"x2"),
        ("message=\"", "massage=\""),
        ("</testsuites>", ""),
    ] {
        let broken = said.out.replacen(from, to, 1);
        assert_ne!(broken, said.out, "{from}");
        assert_ne!(by_schema(&broken).unwrap().0, 0, "{from} -> {to} is taken");
    }
    // A run that was cut is one document too.
    let silent = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    let silent = silent.local_addr().map(|address| (silent, address.to_string())).unwrap();
    let args = ["--format=junit", "--dns", &silent.1, "--timeout=60s", "--deadline=1s", "waits.test"];
    let said = probe(&[], &args);
    assert_eq!(by_schema(&said.out).unwrap().0, 0, "{said}");
}

#[test]
fn annotations_are_commands_of_one_line_each() {
    let said = probe(&endpoints(), &["--format=github"]);
    let levels: Vec<&str> = said.out.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(levels, ["::error", "::error", "::notice"], "{said}");
    for line in said.out.lines() {
        let (head, _) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
        let (_, title) = head.split_once(" title=").unwrap();
        assert!(!title.contains([':', ',']), "{line}");
    }
}

#[test]
fn lines_of_json_come_one_for_each_result_and_end_with_a_summary() {
    let said = probe(&endpoints(), &["--format=ndjson"]);
    let kinds: Vec<String> = said
        .out
        .lines()
        .map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(line["schema"], "homing.probe-event/1");
            line["type"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(kinds.iter().filter(|kind| *kind == "result").count(), 8, "{said}");
    assert_eq!(kinds.last().unwrap(), "summary", "{said}");
}

#[test]
fn a_run_that_is_cut_short_still_gives_one_document() {
    // The silent name keeps the run waiting: a resolver that never answers.
    let resolver = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    let resolver = resolver.local_addr().map(|address| (resolver, address.to_string())).unwrap();
    let port = servers::tcp("127.0.0.1".parse().unwrap(), 0, Does::Silent);
    let open = format!("127.0.0.1:{port}");
    let args = ["probe", "--format=json", "--timeout=60s", "--dns", &resolver.1, "waits.test", &open];
    let check = |said: &Said, ended: &str, code: i32| {
        let json = said.json();
        assert_eq!((json["ended"].as_str(), said.code), (Some(ended), code), "{said}");
        assert_eq!(json["dns"][0]["verdict"], "inconclusive", "{said}");
        assert_eq!(json["results"][0]["verdict"], "open", "what is known stays known: {said}");
    };
    all(&[false, true], |by_hand| {
        if *by_hand {
            let child = Homing::new(&args).command().stdout(Stdio::piped()).spawn().unwrap();
            std::thread::sleep(Duration::from_secs(3));
            let id = nix::unistd::Pid::from_raw(i32::try_from(child.id()).unwrap());
            nix::sys::signal::kill(id, nix::sys::signal::Signal::SIGINT).unwrap();
            let output = child.wait_with_output().unwrap();
            let code = output.status.code().unwrap();
            let said = Said { code, out: String::from_utf8(output.stdout).unwrap(), err: String::new() };
            check(&said, "interrupted", 130);
        } else {
            check(&Homing::new(&args).args(&["--deadline=2s"]).run(), "deadline", 3);
        }
    });
}

#[test]
fn wrong_arguments_are_told_and_nothing_is_sent() {
    for (args, words) in [
        (&["--every=5s"][..], "at most every 10s"),
        (&["--every=30s", "--format=json"], "one document"),
        (&["--spacing=100ms", "d.plaspy.com"], "at least 1s"),
        (&["--payload=hello"], "hex: or text:"),
        (&["--payload=hex:123"], "odd number"),
        (&["--payload=text:a", "--expect=re:("], "no regular expression"),
        (&["--confirm=3/2"], "2/3"),
        (&["--tries=0"], "out of range"),
        (&["--warn=soon"], "no number"),
        (&["--dns=resolver"], "no DNS server"),
        (&["--source=203.0.113.9"], "203.0.113.9"),
        (&["--interface=none0"], "none0"),
        (&["127.0.0.1:8888/sctp"], "sctp"),
        (&["--output=x", "--format=table"], "--output writes"),
    ] {
        let said = Homing::new(&["probe"]).args(args).run();
        said.assert_err(2, &[words]);
        assert_eq!(said.out, "", "{said}");
    }
}

#[test]
fn a_dry_run_says_what_would_be_sent_and_sends_nothing() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let endpoint = listener.local_addr().unwrap().to_string();
    let said = Homing::new(&["probe", "--dry-run", "--payload=text:abc", &endpoint]).run();
    assert_eq!(said.code, 0, "{said}");
    assert!(said.says("3 bytes of --payload") && said.says("up to 3 datagrams"), "{said}");
    assert!(listener.accept().is_err(), "somebody connected");
}

#[test]
fn every_probe_that_the_readme_shows_is_one_that_the_program_takes() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let (mut open, mut inside, mut tried) = (false, false, 0);
    for line in readme.lines() {
        if line.starts_with("```") {
            open = !open;
            // Console blocks are run by `tests/readme.rs`.
            inside = open && !line.starts_with("```console");
            continue;
        }
        let Some((_, args)) = line.split_once("homing probe ").filter(|_| inside) else { continue };
        let args = args.split(" #").next().unwrap();
        let args = args.replace("$HOSTADDRESS$", "192.0.2.1").replace("$ARG1$", "5023");
        let args: Vec<&str> = args.split_whitespace().chain(["--dry-run"]).collect();
        let said = Homing::new(&["probe"]).args(&args).run();
        assert_eq!(said.code, 0, "{line}: {said}");
        tried += 1;
    }
    assert!(tried >= 5, "only {tried} commands were found");
}
