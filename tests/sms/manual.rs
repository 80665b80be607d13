//! A person with a phone: shown what to send, asked what came back. On a terminal of 80 columns and by a pipe.

use std::io::Write;
use std::process::Stdio;

use crate::NUMBER;
use crate::homing::{Homing, Said};
use crate::screen::Screen;
use crate::support::device::Brain;
use crate::support::hash::HashDevice;

fn manual(more: &[&str]) -> Homing {
    let args = ["send", "istartek-pt32", "--apn", "internet", "--phone", NUMBER, "--via", "manual"];
    Homing::new(&args).args(more)
}

/// What a person types, all at once.
pub(crate) fn typed(homing: &Homing, lines: &str) -> Said {
    let mut run = homing.command();
    let mut run = run.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    run.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = run.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

/// As iStartek's PT32 page and its makers print answers.
const VERSION: &str = "[VERSION]PT32_A7670E_V1.0.3_240711";
const PARAM: &str =
    "SN:869912033012424;APN:internet;IP:d.plaspy.com:8888;CENTER:0;TIMER:60;TimeZone:0.0;LANG:EN";

#[test]
fn a_pt32_is_set_and_read_back_on_a_terminal_of_80_columns() {
    let mut tracker = HashDevice::new();
    let mut screen = Screen::run(manual(&[]).command(), 80);
    let mut sent = Vec::new();
    for _ in 0..6 {
        screen.wait(&format!("Send this text from your phone to {NUMBER}:"));
        screen.wait("\n\n    ");
        let text = screen.line();
        screen.wait("answer> ");
        screen.enter(&tracker.hear(&text).unwrap());
        screen.wait("...> ");
        screen.enter("");
        sent.push(text);
    }
    let (code, seen) = screen.end();
    assert_eq!(code, 0, "{seen}");
    let sets = ["GMT,E,0#", "APN,internet#", "SERVER,1,d.plaspy.com,8888#", "TIMER,60#"];
    assert_eq!(sent, [&["VERSION#"][..], &sets, &["PARAM#"]].concat());
    assert!(seen.contains("verified"), "{seen}");
    assert_eq!(tracker.settings()["server"], "d.plaspy.com");
    // A QR code for each, and nothing is wider than the screen.
    assert!(seen.contains('\u{2588}') || seen.contains('\u{2580}'), "{seen}");
    // What is typed is not shown here, so what follows a prompt stands behind it.
    for line in seen.lines().filter_map(|line| line.rsplit("...> ").next()) {
        let width = console::measure_text_width(line);
        assert!(width <= 80, "{width} columns: {line}");
    }
}

#[test]
fn the_same_by_a_pipe() {
    let answers = format!("{VERSION}\n\nOK!\n\nOK!\n\nOK!\n\nOK!\n\n{PARAM}\n\n");
    let said = typed(&manual(&["--format", "json"]), &answers);
    said.assert_outcome(0, "verified", "");
    assert_eq!(said.err.matches("answer> ").count(), 6, "{said}");
    // No QR code where nobody can scan it.
    assert!(!said.err.contains('\u{2588}'), "{said}");
}

#[test]
fn silence_is_a_word_and_claims_nothing() {
    // Both questions of the dialect, and that of the other one.
    let said = typed(&manual(&["--format", "json"]), "silent\nsilent\nsilent\n");
    said.assert_outcome(3, "planned", "silent");
    // The APN is not answered, and PARAM# shows another one: no claim beyond what was read.
    let answers =
        format!("{VERSION}\n\nOK!\n\nsilent\nnext\nsilent\n{}\n\n", PARAM.replace("internet", "CMNET"));
    let said = typed(&manual(&["--format", "json"]), &answers);
    said.assert_outcome(1, "failed", "differs");
    let states: Vec<_> =
        said.json()["commands"].as_array().unwrap().iter().map(|command| command["state"].clone()).collect();
    assert_eq!(states, ["acknowledged", "unanswered", "unanswered", "unanswered"], "{said}");
}

#[test]
fn stopping_says_what_was_sent() {
    for (word, standing, state) in [("y", "unknown", "unknown"), ("n", "sent", "planned")] {
        let said = typed(&manual(&["--format", "json"]), &format!("{VERSION}\n\nOK!\n\nstop\n{word}\n"));
        said.assert_outcome(130, standing, "interrupted");
        assert_eq!(said.json()["commands"][1]["state"], state, "{said}");
        assert!(said.err.contains("Was this one sent? [y/N]"), "{said}");
    }
    // Nobody is there any more: whether the first one was sent is not known, and it changes nothing.
    let said = typed(&manual(&["--format", "json"]), "");
    said.assert_outcome(130, "planned", "interrupted");
}

#[test]
fn a_wrong_word_is_looked_at_again_and_then_taken_as_it_is() {
    let answers = format!("{VERSION}\n\nWHAT\n\nOK!\nOK!\n\nno idea\n\n\nOK!\n\n{PARAM}\n\n");
    let said = typed(&manual(&["--format", "json"]), &answers);
    said.assert_outcome(0, "verified", "");
    let commands = said.json()["commands"].clone();
    assert_eq!(commands[0]["reply"], serde_json::json!(["OK!"]), "{said}");
    assert_eq!(
        (&commands[2]["reply"][0], &commands[2]["state"]),
        (&"no idea".into(), &"unanswered".into()),
        "{said}"
    );
    assert!(said.err.contains("No known answer to this command looks like \"WHAT\""), "{said}");
    // What was typed is shown with its control characters written out.
    let said = typed(&manual(&["--format", "json"]), "\u{1b}[2J\u{7}\n\n\nstop\nn\n");
    assert!(!said.says("\u{1b}[2J") && !said.says("\u{7}"), "{said}");
}
