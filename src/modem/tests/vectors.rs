//! What real modems said: recorded answers, and modems of several makers as tables. Read from the folder of vectors
//! beside the project; where it is absent these tests say so and pass.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use super::super::about::{self, Registration, Store};
use super::super::codes::Final;
use super::super::fields::{behind, fields, text};
use super::super::flight::{Ask, Flight};
use super::super::inbox::{Found, Inbox};
use super::super::lines::{Heard, Lines};
use super::super::opening::Step;
use super::super::{Event, Options, SendId, Slot};
use super::Pair;
use super::fake::Fake;

fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors/modem");
    if folder.is_dir() {
        return Some(folder);
    }
    let mut told = std::io::stderr();
    let _ =
        std::io::Write::write_all(&mut told, b"no folder of vectors beside the project: nothing compared\n");
    None
}

/// The lines of an answer and its command.
fn lines(bytes: &str) -> Vec<String> {
    let mut lines = Lines::default();
    let line = |byte: char| match lines.push(byte as u8) {
        Some(Heard::Line(line)) => Some(line),
        _ => None,
    };
    bytes.chars().filter_map(line).collect()
}

fn recorded() -> Vec<(String, Vec<String>)> {
    let Some(folder) = folder() else { return Vec::new() };
    let text = std::fs::read_to_string(folder.join("answers.jsonl")).unwrap();
    let entry = |line: &str| {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap();
        let name = entry["source"].as_str().unwrap().rsplit(' ').next().unwrap().to_owned();
        (name, lines(entry["bytes"].as_str().unwrap()))
    };
    text.lines().map(entry).collect()
}

/// What the inbox makes of one recorded answer to `AT+CMGR`.
fn read(lines: &[String]) -> Vec<Event> {
    let slot = Slot { store: String::new(), index: 1 };
    let mut flight = Flight::new(Ask::Read(slot.clone(), false), "AT+CMGR=1".to_owned(), Duration::ZERO);
    for line in lines {
        flight.take(line);
    }
    flight.end();
    let mut events = std::collections::VecDeque::new();
    // A header without a PDU behind it is how an empty place looks, and a message in text mode.
    for stored in flight.stored.iter().filter(|stored| !stored.digits.is_empty()) {
        let mut inbox = Inbox::new(Duration::from_secs(30));
        let found = Found { slot: slot.clone(), length: stored.length, digits: &stored.digits, old: false };
        inbox.stored(Duration::ZERO, found, &mut events);
        inbox.flush(Duration::ZERO, &mut events);
    }
    events.into()
}

#[test]
fn every_recorded_message_is_read_or_said_to_be_unreadable() {
    let mut texts = BTreeMap::new();
    for (name, lines) in recorded().iter().filter(|(name, _)| name.contains("at-sms")) {
        let text_mode = name.contains("txt-detail");
        for event in read(lines) {
            match event {
                Event::Message(received) => drop(texts.insert(name.clone(), received.text)),
                Event::Unreadable { why, .. } => assert!(!why.sentence.is_empty()),
                Event::Report { .. } => {}
                other => panic!("{name}: {other:?}"),
            }
            assert!(!text_mode, "{name} was taken for a PDU");
        }
        let last = Final::of(lines.last().unwrap());
        assert!(last.is_some_and(|end| end.is_ok()), "{name}");
    }
    if folder().is_none() {
        return;
    }
    assert_eq!(texts.len(), 7, "{texts:#?}");
    assert_eq!(texts["tests/at-sms/03.dump"], "Ok sir");
}

#[test]
fn every_recorded_answer_about_the_network_is_understood() {
    for (name, lines) in recorded() {
        let said = |name: &str| lines.iter().find_map(|line| behind(line, name)).map(str::to_owned);
        match name.split('/').nth(1).unwrap_or_default() {
            "at-creg" | "at-creg-corner" => match said("+CREG") {
                Some(said) => assert_eq!(Registration::of(&said), Some(Registration(1)), "{name}"),
                None => assert!(name.contains("empty"), "{name}"),
            },
            "at-cnmi" => {
                // The first of them has neither 1 for the mode nor 1 for broadcasts; both have what is wanted.
                assert_eq!(
                    about::indications(&said("+CNMI").unwrap()).as_deref(),
                    Some("2,1,0,1,0"),
                    "{name}"
                );
            }
            "at-cpms" | "at-cpms-sm" => {
                let (read, both) = about::stores(&said("+CPMS").unwrap());
                assert_eq!(read, both, "{name}");
                assert!(read.contains(&"SM".to_owned()), "{name}");
            }
            "at-smsc" => {
                let said = said("+CSCA").unwrap();
                let number = text(fields(&said)[0]);
                assert!(number.trim_start_matches('+').bytes().all(|b| b.is_ascii_digit()), "{name}");
            }
            _ => {}
        }
    }
}

#[test]
fn every_recorded_model_is_shown_without_its_blanks_and_not_at_any_length() {
    for (name, lines) in recorded().iter().filter(|(name, _)| name.contains("at-model")) {
        let mut flight = Flight::new(Ask::Step(Step::Model), "AT+CGMM".to_owned(), Duration::ZERO);
        for line in lines.iter().skip(1) {
            if Final::of(line).is_none() {
                flight.take(line);
            }
        }
        let model = about::plain(&flight.info, "+CGMM").unwrap();
        assert!(!model.is_empty() && model.len() <= 100 && model.trim() == model, "{name}: {model:?}");
    }
}

#[test]
fn every_recorded_answer_can_be_heard_at_any_time() {
    for (name, lines) in recorded() {
        let mut pair = Pair::ready(Fake::good());
        for line in &lines {
            pair.fake.call(pair.now, &format!("\r\n{line}\r\n"));
            pair.exchange();
        }
        pair.pass(Duration::from_secs(120));
        pair.send(1, "WHERE#");
        pair.until(|event| matches!(event, Event::Accepted(SendId(1), _)));
        assert_eq!(pair.fake.texts.len(), 1, "{name}");
        let _ = Store::of(lines.first().map(String::as_str).unwrap_or_default(), "ME");
    }
}

#[test]
fn modems_of_several_makers_come_up_and_send() {
    let Some(folder) = folder() else { return };
    let text = std::fs::read_to_string(folder.join("personalities.json")).unwrap();
    let makers: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    assert!(makers.len() >= 4);
    for maker in &makers {
        let name = maker["personality"].as_str().unwrap();
        let strings = |value: &serde_json::Value| -> Vec<String> {
            value.as_array().unwrap().iter().filter_map(|line| line.as_str().map(str::to_owned)).collect()
        };
        let mut fake = Fake::plain();
        fake.default = strings(&maker["default"]);
        for (command, answer) in maker["answers"].as_object().unwrap() {
            fake.answers.insert(command.trim_end().to_owned(), strings(answer));
        }
        for command in strings(&maker["sim_busy_commands"]) {
            fake.first.insert(command.trim_end().to_owned(), (2, "+CME ERROR: 14".to_owned()));
        }
        for echo in [false, true] {
            let mut one = fake.clone();
            one.echo = echo;
            let mut pair = Pair::new(one, Options::default());
            let Event::Up(about) = pair.until(|event| matches!(event, Event::Up(_))) else { unreachable!() };
            assert_eq!(about.model.is_some(), name != "GenericTestModem", "{name}: {about:?}");
            pair.send(1, "WHERE#");
            let accepted = pair.until(|event| matches!(event, Event::Accepted(..)));
            assert_eq!(accepted, Event::Accepted(SendId(1), vec!["42".to_owned()]), "{name}");
        }
    }
}
