//! What others put into messages: control characters, escape sequences, formulas, other numbers, old and doubled
//! answers. It is shown safely, and proves nothing that it should not.

use crate::homing::{Homing, Said, all};
use crate::lab::Lab;
use crate::modem::{First, Letter, Modem, Post, Sender, TRACKER, honest};
use crate::screen::Screen;
use crate::{JSON, NUMBER, send};

/// Bytes that would drive a terminal: all below a blank but the end of a line, and DEL.
fn is_plain(text: &str) -> bool {
    !text.chars().any(|c| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c))
}

#[track_caller]
fn assert_plain(said: &Said) {
    assert!(is_plain(&said.out) && is_plain(&said.err), "{:?}", (&said.out, &said.err));
}

/// Ends a line, clears the screen, rings, goes back, starts a formula and turns the direction of writing.
const EVIL: &str = "=HYPERLINK(\"x\");\u{1b}[2J\u{1b}]0;owned\u{7}\r\n\u{8}\u{9}\u{7f}\u{9b}31m\u{202e}";

fn evil(text: &str, answer: Option<String>) -> Vec<Letter> {
    let answer = answer.map(|answer| Letter::of_tracker(&format!("{EVIL}{answer}{EVIL}")));
    // Beside the answers one that nobody waits for, and one of a stranger.
    let stranger = Letter { from: Sender::Number("+15005550001"), text: EVIL.to_owned(), age: 0 };
    let quoted = Letter::of_tracker(&format!("{text}{EVIL}"));
    [stranger, quoted].into_iter().chain(answer).collect()
}

#[test]
fn a_reply_that_drives_terminals_and_spreadsheets_is_shown_with_its_characters_written_out() {
    all(&[&JSON[..], &["--format", "text"]], |format| {
        let modem = Modem::plug(First::Taken, evil);
        let via = format!("modem:{}", modem.path());
        let said = send(&via, &["--timeout", "1s", "--verbose", "--no-identify"]).args(format).run();
        assert_plain(&said);
        assert_eq!(said.code, 3, "{said}");
        assert!(said.says("=HYPERLINK") && said.says("u{1b}[2J") || said.says("\\u001b[2J"), "{said}");
    });
}

#[test]
fn the_same_through_the_lab_as_a_process_of_its_own_and_inside() {
    let csv = format!("profile,phone,apn\nistartek-vt,{NUMBER},internet\n");
    let lab = Lab::with(&csv, &["--fault", "hostile-answer"]);
    let vias = [lab.via(), "lab?fault=hostile-answer".to_owned()];
    all(&vias, |via| {
        let said = send(via, &["--timeout", "1s", "--verbose"]).run();
        assert_plain(&said);
        assert_eq!(said.code, 3, "{said}");
        assert!(
            said.out.starts_with("planned: the device answers, but with nothing this dialect knows"),
            "{said}"
        );
    });
    let inbox = |format: &str| Homing::new(&["modem", "inbox", lab.port(), "--format", format]).run();
    for said in [inbox("table"), inbox("json")] {
        assert_plain(&said);
        assert_eq!(said.code, 0, "{said}");
    }
}

#[test]
fn on_a_terminal_it_does_nothing_either() {
    for via in ["lab?fault=hostile-answer", "modem"] {
        let modem = Modem::plug(First::Taken, evil);
        let via = if via == "modem" { format!("modem:{}", modem.path()) } else { via.to_owned() };
        let command = send(&via, &["--timeout", "1s", "--verbose"]).command();
        let (code, seen) = Screen::run(command, 80).end();
        assert_eq!(code, 3, "{seen}");
        // Colours and the line that shows progress are the program's own.
        for bad in ["\u{1b}[2J", "\u{1b}]0", "\u{7}", "\u{8}", "\u{9b}", "\u{202e}"] {
            assert!(!seen.contains(bad), "{bad:?} in {seen:?}");
        }
        assert!(seen.contains("u{1b}"), "{seen}");
    }
}

/// What a forger sends in place of the answer.
fn forged(from: Sender, age: i64, answer: Option<String>) -> Vec<Letter> {
    answer.into_iter().map(|text| Letter { from, text, age }).collect()
}

/// Messages with the right words that are no answers, by what is wrong with them.
const FORGERIES: [(&str, Post); 6] = [
    // Another country, and the same national number: compared by E.164.
    ("another country", |_, answer| forged(Sender::Number("+577700900123"), 0, answer)),
    ("digits before it", |_, answer| forged(Sender::Number("+1447700900123"), 0, answer)),
    ("the last seven digits", |_, answer| forged(Sender::Number("0900123"), 0, answer)),
    // TS 23.040 section 9.1.2.5: an alphanumeric sender is a name, whatever it looks like.
    ("a name", |_, answer| forged(Sender::Name("447700900"), 0, answer)),
    ("a name with all digits", |_, answer| forged(Sender::Name("07700900123"), 0, answer)),
    ("an hour old", |_, answer| forged(Sender::Number(TRACKER), 3600, answer)),
];

#[test]
fn right_words_of_a_wrong_sender_or_time_prove_nothing() {
    all(&FORGERIES, |(what, post)| {
        let modem = Modem::plug(First::Taken, *post);
        let via = format!("modem:{}", modem.path());
        let said = send(&via, &["--timeout", "500ms", "--no-identify", "--verbose"]).args(&JSON).run();
        said.assert_outcome(3, "sent", "silent");
        let outcome = said.json();
        let settings = outcome["settings"].as_array().unwrap();
        assert!(settings.iter().all(|setting| setting["found"].is_null()), "{what}: {said}");
        assert!(said.err.contains("a message"), "{what}: it was not told: {said}");
    });
}

#[test]
fn the_tracker_is_known_by_its_national_number_too() {
    // Some networks show a sender of the same country without its country code.
    let modem = Modem::plug(First::Taken, |_, answer| forged(Sender::Number("07700900123"), 0, answer));
    let said = send(&format!("modem:{}", modem.path()), &JSON).args(&["--timeout", "5s"]).run();
    said.assert_outcome(0, "verified", "");
}

#[test]
fn an_answer_that_comes_twice_is_one_answer() {
    let doubled: Post = |text, answer| [honest(text, answer.clone()), honest(text, answer)].concat();
    let modem = Modem::plug(First::Taken, doubled);
    let said = send(&format!("modem:{}", modem.path()), &JSON).args(&["--timeout", "5s"]).run();
    said.assert_outcome(0, "verified", "");
    assert!(!said.err.contains("not taken as an answer"), "{said}");
}

#[test]
fn a_read_back_of_another_time_than_after_the_last_command_is_none() {
    // The tracker claims to obey; what it shows is what it showed before, an hour ago, with the wanted values in it.
    let claims: Post = |text, answer| {
        let age = if text.contains(",808,") { 3600 } else { 0 };
        forged(Sender::Number(TRACKER), age, answer)
    };
    let modem = Modem::plug(First::Taken, claims);
    let said = send(&format!("modem:{}", modem.path()), &JSON).args(&["--timeout", "4s"]).run();
    said.assert_outcome(3, "acknowledged", "not_read_back");
    assert!(said.err.contains("it is dated before"), "{said}");
}
