//! The truth lab once more, with what programs of others say of the same network: the table of `docs/probe-truth.md`.
//! `HOMING_BLESS=1` asks them and writes it; without, this program's columns are compared, as what others say of a
//! silent port depends on how busy the machine is.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;

use super::homing_run::all;
use super::netns::{At, Net, skipped};
use super::truth::{self, Case, To};

/// Programs of others, with the arguments for one address and port.
const PEERS: [(&str, &str); 6] = [
    ("nmap -sS", "tcp"),
    ("nmap -sT", "tcp"),
    ("check_tcp", "tcp"),
    ("nc -z", "tcp"),
    ("nmap -sU", "udp"),
    ("check_udp", "udp"),
];

fn say(net: &Net, peer: &str, case: &Case) -> Option<String> {
    let (address, port) = (case.to.address(0), case.port.to_string());
    let (program, args): (&str, Vec<&str>) = match peer {
        "nmap -sS" | "nmap -sT" | "nmap -sU" => (
            "nmap",
            vec![
                &peer[5..],
                "-n",
                "-Pn",
                "--max-retries",
                "2",
                "--host-timeout",
                "30s",
                "-oG",
                "-",
                "-p",
                &port,
                address,
            ],
        ),
        "check_tcp" => (CHECK_TCP, vec!["-H", address, "-p", &port, "-t", "5"]),
        "check_udp" => {
            (CHECK_UDP, vec!["-H", address, "-p", &port, "-t", "5", "-s", "hello", "-e", "LOAD hello"])
        }
        _ => ("nc", vec!["-z", "-w", "5", address, &port]),
    };
    let output = net.command(At::Client, program).args(args).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let code = output.status.code()?;
    Some(match program {
        "nmap" => {
            let state = text.lines().find_map(|line| line.split_once("Ports: ")?.1.split('/').nth(1));
            state.map_or_else(|| "no verdict".to_owned(), str::to_owned)
        }
        "nc" => {
            if code == 0 {
                "succeeded".to_owned()
            } else {
                format!("failed, {code}")
            }
        }
        _ => {
            let state = ["OK", "WARNING", "CRITICAL", "UNKNOWN"].get(usize::try_from(code).ok()?)?;
            (*state).to_owned()
        }
    })
}

const CHECK_TCP: &str = "/usr/lib/nagios/plugins/check_tcp";
const CHECK_UDP: &str = "/usr/lib/nagios/plugins/check_udp";

#[test]
fn the_document_says_of_this_program_what_the_lab_holds_it_to() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/probe-truth.md");
    if std::env::var_os("HOMING_BLESS").is_some()
        && let Some(said) = ask_peers()
    {
        std::fs::write(&path, page(&said)).unwrap();
    }
    let document = own_columns(&std::fs::read_to_string(&path).unwrap_or_default());
    assert_eq!(
        document,
        own_columns(&page(&BTreeMap::new())),
        "HOMING_BLESS=1 writes docs/probe-truth.md anew"
    );
}

/// The rows without what others say.
fn own_columns(text: &str) -> Vec<String> {
    let rows = text.lines().filter(|line| line.starts_with('|'));
    rows.map(|row| row.split('|').take(5).collect::<Vec<_>>().join("|")).collect()
}

/// What programs of others say of every state; none where they, or network namespaces, are missing.
fn ask_peers() -> Option<BTreeMap<(String, &'static str), String>> {
    let net = truth::lab()?;
    let there = |program: &&str| std::process::Command::new(program).arg("-h").output().is_ok();
    if !["nmap", "nc", CHECK_TCP, CHECK_UDP].iter().all(there) {
        skipped("nmap, nc and the monitoring plugins are not all installed");
        return None;
    }
    truth::hold(&truth::verdicts(&net));
    let jobs: Vec<(Case, &str)> =
        truth::CASES.into_iter().flat_map(|case| PEERS.map(|(peer, _)| (case, peer))).collect();
    let said: Mutex<BTreeMap<(String, &str), String>> = Mutex::new(BTreeMap::new());
    for part in jobs.chunks(24) {
        all(part, |(case, peer)| {
            if let Some(text) = say(&net, peer, case) {
                said.lock().unwrap().insert((case.built.to_owned(), peer), text);
            }
        });
    }
    said.into_inner().ok()
}

fn page(said: &BTreeMap<(String, &'static str), String>) -> String {
    let mut text = String::from(HEAD);
    for (title, transport) in [("TCP", "tcp"), ("UDP, with a payload and an expected answer", "udp")] {
        let peers: Vec<&str> =
            PEERS.iter().filter(|(_, over)| *over == transport).map(|(peer, _)| *peer).collect();
        text.push_str(&format!(
            "\n## {title}\n\n| built | homing | exit | state | {} |\n",
            peers.join(" | ")
        ));
        text.push_str(&format!("|---|---|---|---{}|\n", "|---".repeat(peers.len())));
        for case in truth::CASES {
            let truth = if transport == "tcp" { case.tcp } else { case.udp };
            let cells: Vec<&str> = peers
                .iter()
                .map(|peer| said.get(&(case.built.to_owned(), *peer)).map_or("", String::as_str))
                .collect();
            let cells = cells.join(" | ").replace("open|filtered", "open\\|filtered");
            let place = if case.to == To::Target { "" } else { " (client's routing)" };
            text.push_str(&format!(
                "| {}{place} | {} | {} | {} | {cells} |\n",
                case.built, truth.verdict, truth.exit, truth.state
            ));
        }
    }
    text
}

const HEAD: &str = "\
# What is said of a network whose state is known

A test builds a client, a router and a target as network namespaces, puts each into the state in the first column, and
asks `homing probe` and programs of others (Debian 12: nmap 7.93, monitoring plugins 2.3.3, netcat-openbsd). The test
fails when `homing` says anything else than what was built, for IPv4 and IPv6; the others' columns are IPv4 and shown for
comparison. Written by `HOMING_BLESS=1 cargo test --test probe`, as root.

Where they differ, and why `homing` says what it says:

- A server that accepts and hangs up, or resets, is no server a tracker can report to: `open` and `OK` are false there.
- A port unreachable for TCP is a firewall's word, as a host without a listener answers with a reset: `nmap -sS` agrees,
  and `nmap -sT` cannot see it.
- For UDP, \"no data received\" and \"time-out\" are one state to check_udp; whether the host, a router or this machine
  refuses is in `homing`'s evidence.
- This machine's own drop looks to TCP like one on the way; UDP is told by the system.
";
