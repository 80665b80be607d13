//! Every output format of one probe, held to the letter: what differs between two runs (ports, times, milliseconds) is
//! put aside. `HOMING_BLESS=1` writes the files anew; whoever does so reads the difference.

use std::fs;
use std::path::PathBuf;

use super::homing_run::Homing;
use super::servers::{self, Does};

/// The run without what no two runs have in common.
fn settled(text: &str, ports: &[u16]) -> String {
    let mut text = text.to_owned();
    for (port, name) in ports.iter().zip(["1001", "1002", "1003"]) {
        text = text.replace(&port.to_string(), name);
    }
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, behind) = rest.split_at(at);
        let length = behind.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(behind.len());
        let (number, after) = behind.split_at(length);
        out.push_str(before);
        let whole = number.trim_end_matches('.');
        let fraction = whole.split('.').count() == 2 && whole.split('.').all(|part| !part.is_empty());
        // An address has more points, and a moment since 1970 ten digits or more. XML's own number stays; any other
        // `1.0` is a time that came out even.
        let of_xml = before.ends_with("<?xml version=\"");
        let moves = (fraction && !of_xml) || (!whole.contains('.') && whole.len() >= 10);
        out.push_str(if moves { "N" } else { whole });
        out.push_str(&number[whole.len()..]);
        rest = after;
    }
    out.push_str(rest);
    out.lines().map(dated).collect::<Vec<_>>().join("\n") + "\n"
}

/// A line with its RFC 3339 times put aside, and its columns drawn anew where their width hung on a number.
fn dated(line: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in line.split_inclusive(['"', ' ']) {
        let body = word.trim_end_matches(['"', ' ', ',']);
        let is_time = body.len() >= 19 && body.as_bytes().get(10) == Some(&b'T') && body.starts_with("20");
        words.push(if is_time { word.replace(body, "TIME") } else { word.to_owned() });
    }
    let line = words.concat();
    if line.contains('│') {
        return line.split('│').map(str::trim).collect::<Vec<_>>().join(" │ ").trim().to_owned();
    }
    if line.starts_with(['┌', '├', '└']) { line.chars().take(1).collect() } else { line }
}

#[test]
fn a_time_that_comes_out_even_is_put_aside_as_any_other_is() {
    assert_eq!(
        settled("│ closed │ 1.0 │ took 12.5 of 127.0.0.1", &[]),
        settled("│ closed │ 0.3 │ took 1.0 of 127.0.0.1", &[])
    );
    assert_eq!(settled("<?xml version=\"1.0\" time=\"1.0\"?>", &[]), "<?xml version=\"1.0\" time=\"N\"?>\n");
}

#[test]
fn every_format_says_what_it_said_when_a_person_last_read_it() {
    let own = "127.0.0.1".parse().unwrap();
    let ports = [Does::Silent, Does::Closes, Does::SpeaksFirst].map(|does| servers::tcp(own, 0, does));
    // The fourth is a port where nobody is; the fifth cannot be known without sending something.
    let mut endpoints: Vec<String> = ports.iter().map(|port| format!("127.0.0.1:{port}/tcp")).collect();
    endpoints.extend(["127.0.0.1:1/tcp".to_owned(), "127.0.0.1:1/udp".to_owned()]);
    let endpoints: Vec<&str> = endpoints.iter().map(String::as_str).collect();
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/probe/snapshots"));
    let mut different = Vec::new();
    for format in ["table", "json", "ndjson", "nagios", "prometheus", "junit", "github"] {
        let run = Homing::new(&["probe", "--hold=200ms", "--format", format]).args(&endpoints);
        let said = run.run();
        let mut out = settled(&said.out, &ports);
        if format == "ndjson" {
            // Whoever is known first is told first.
            let mut lines: Vec<&str> = out.lines().collect();
            lines.sort_unstable();
            out = lines.join("\n") + "\n";
        }
        let text = format!("exit {}\n{out}--- stderr\n{}", said.code, settled(&said.err, &ports));
        let file = folder.join(format);
        if std::env::var_os("HOMING_BLESS").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&file, &text).unwrap();
        }
        let wanted = fs::read_to_string(&file).unwrap_or_default();
        if wanted != text {
            different.push(format!("{format}:\n--- wanted\n{wanted}\n--- is\n{text}"));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}
