//! What is asked before money is spent, and that a refusal costs nothing.

use crate::NUMBER;
use crate::homing::{Homing, all};
use crate::modem::{First, Modem, honest};
use crate::screen::Screen;

/// Counted by hand from V1.6: 801 and VERSION# to recognise it, 109 100 102 103 to set it, 801 and 808 with 109, 100
/// and 102 to read back.
const COUNT: &str =
    "up to 10 short messages to +447700900123 (2 to recognise it, 4 to set it, 4 to read back)";

fn asking(command: &str, via: &str) -> Homing {
    let profile: &[&str] = if command == "identify" { &[] } else { &["istartek-vt", "--apn", "internet"] };
    Homing::new(&[command]).args(profile).args(&["--phone", NUMBER, "--via", via])
}

#[test]
fn without_a_terminal_and_without_yes_nothing_is_sent_and_nothing_is_asked_of_the_modem() {
    all(&["send", "verify", "identify"], |command| {
        let modem = Modem::plug(First::Taken, honest);
        let said = asking(command, &format!("modem:{}", modem.path())).run();
        said.assert_err(
            2,
            &["error: up to ", " short messages to +447700900123", "hint: --yes sends without asking"],
        );
        assert_eq!(modem.bytes_received(), 0, "{said}");
    });
}

#[test]
fn the_question_shows_count_and_cost_and_no_is_heard() {
    for answer in ["n", ""] {
        let modem = Modem::plug(First::Taken, honest);
        let homing = asking("send", &format!("modem:{}", modem.path())).args(&["--sms-price", "0.08"]);
        let mut screen = Screen::run(homing.command(), 200);
        screen.wait(&format!("{COUNT}, at most 0.80. Send?"));
        screen.enter(answer);
        let (code, seen) = screen.end();
        assert_eq!((code, modem.bytes_received()), (2, 0), "{seen}");
        assert!(seen.contains("nothing was sent"), "{seen}");
    }
}

#[test]
fn a_person_who_stops_at_a_hidden_question_sees_again_what_they_type() {
    let homing = Homing::new(&["generate", "istartek-vt", "--apn", "internet", "--password", "ask"]);
    let mut screen = Screen::with(homing.command(), 80, "echo");
    screen.wait("password (not shown): ");
    while screen.echoes() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    screen.interrupt();
    let (code, seen) = screen.end();
    assert_eq!(code, 130, "{seen}");
    assert!(screen.echoes(), "{seen}");
}

#[test]
fn yes_sends() {
    let modem = Modem::plug(First::Taken, honest);
    let mut screen = Screen::run(asking("send", &format!("modem:{}", modem.path())).command(), 200);
    screen.wait(&format!("{COUNT}. Send?"));
    assert_eq!(modem.bytes_received(), 0);
    screen.enter("y");
    screen.wait("verified");
    let (code, seen) = screen.end();
    assert_eq!(code, 0, "{seen}");
    // All that was said before, without the question of the other dialect.
    assert_eq!(modem.texts().len(), 9, "{seen}");
}

#[test]
fn a_dry_run_asks_nothing_and_opens_nothing() {
    let modem = Modem::plug(First::Taken, honest);
    let said = asking("send", &format!("modem:{}", modem.path())).args(&["--dry-run"]).run();
    assert_eq!((said.code, modem.bytes_received()), (0, 0), "{said}");
    assert!(said.out.contains("****,109,internet") && said.err.contains("nothing was sent"), "{said}");
}

#[test]
fn a_tracker_without_a_number_is_a_wrong_usage() {
    let said =
        Homing::new(&["send", "istartek-vt", "--apn=x", "--via", "modem:/dev/ttyNOTHERE7", "--yes"]).run();
    said.assert_err(
        2,
        &["modem:/dev/ttyNOTHERE7 reaches a tracker by its number, which is not given", "give it as --phone"],
    );
}

#[test]
fn whoever_names_no_courier_is_shown_which_there_are() {
    for command in ["send", "verify"] {
        let said = Homing::new(&[command, "istartek-vt", "--phone=+447700900101"]).run();
        said.assert_err(
            2,
            &["--via <COURIER>", "hint: --via cable:/dev/ttyUSB0", "gateway:NAME", "lab is a rehearsal"],
        );
    }
    // Another flag that is missing is no question of couriers.
    assert!(!Homing::new(&["batch", "run"]).run().says("--via"));
}

#[test]
fn a_question_is_broken_between_words_and_what_follows_the_end_of_input_has_a_line_of_its_own() {
    let modem = Modem::plug(First::Taken, honest);
    let mut screen = Screen::run(asking("send", &format!("modem:{}", modem.path())).command(), 40);
    screen.wait("[y/N]");
    // Ctrl-D.
    screen.enter("\u{4}");
    let (code, seen) = screen.end();
    assert_eq!((code, modem.bytes_received()), (2, 0), "{seen}");
    let lines: Vec<&str> = seen.lines().map(str::trim_end).collect();
    assert!(lines.iter().all(|line| line.chars().count() <= 40), "{seen}");
    let asked = lines
        .iter()
        .skip_while(|line| !line.starts_with("up to"))
        .take_while(|line| !line.starts_with("error"));
    let asked = asked.map(|line| line.trim()).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    assert_eq!(asked, format!("{COUNT}. Send? [y/N]"), "{seen}");
    assert!(lines.iter().any(|line| line.starts_with("error: nothing was sent")), "{seen}");
}
