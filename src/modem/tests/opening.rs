//! Getting a modem ready.

use std::time::Duration;

use super::super::quirks::{Manner, QUIRKS, sources, tries_left};
use super::super::{Card, Event, Options, Purpose, Registration};
use super::fake::Fake;
use super::receiving::delivered;
use super::{Pair, looking};
use crate::secret::Secret;

fn up(pair: &mut Pair) -> super::super::About {
    match pair.until(|event| matches!(event, Event::Up(_))) {
        Event::Up(about) => *about,
        _ => unreachable!(),
    }
}

fn stopped(pair: &mut Pair) -> String {
    match pair.until(|event| matches!(event, Event::Down { last: true, .. })) {
        Event::Down { why, .. } => why.sentence,
        _ => unreachable!(),
    }
}

#[test]
fn a_good_modem_comes_up_and_tells_all_about_itself() {
    let mut pair = Pair::new(Fake::good(), Options::default());
    let about = up(&mut pair);
    assert_eq!(about.manufacturer.as_deref(), Some("Works of Tests"));
    assert_eq!(about.model.as_deref(), Some("T1"));
    assert_eq!(about.imei.as_deref(), Some("490154203237518"));
    assert_eq!(about.imsi.as_deref(), Some("001010123456789"));
    assert_eq!(about.iccid.as_deref(), Some("8944500102030405061"));
    assert_eq!(about.number.as_deref(), Some("+447700900456"));
    assert_eq!(about.operator.as_deref(), Some("Test Net"));
    assert_eq!(about.registration, Some(Registration(1)));
    assert_eq!((about.dbm(), about.bars()), (Some(-73), Some(5)));
    assert_eq!(about.service_centre.as_deref(), Some("+447700900000"));
    assert_eq!(about.stores, ["ME", "SM"]);
    assert_eq!(about.card, Card::Ready);
    assert_eq!((about.pdu_mode, about.is_ready()), (Some(true), true));
    assert_eq!(about.notes, []);
    let said = pair.fake.said.join(" ");
    assert!(said.contains("AT+CPMS=\"ME\",\"ME\",\"ME\""), "{said}");
    assert!(said.contains("AT+CNMI=2,1,0,1,0"), "{said}");
    assert!(said.find("AT+CNMI=2").unwrap() < said.find("AT+CMGL=4").unwrap(), "{said}");
}

#[test]
fn whoever_only_looks_changes_nothing_and_waits_for_nothing() {
    let mut fake = Fake::good();
    fake.answer("AT+CREG?", &["+CREG: 0,2", "OK"]);
    fake.answer("AT+CPIN?", &["+CPIN: SIM PIN", "OK"]);
    let mut pair = Pair::new(fake, looking());
    let found = pair.until(|event| matches!(event, Event::Found(_)));
    let Event::Found(about) = found else { unreachable!() };
    assert_eq!(about.card, Card::Pin);
    assert!(!about.is_ready());
    assert!(about.notes.iter().any(|why| why.sentence.contains("searching")), "{:?}", about.notes);
    pair.until(|event| *event == Event::Closed);
    for word in ["CPMS=\"", "CNMI=2", "CMGD", "CMGS", "CMGL", "+CPIN=", "QURCCFG"] {
        assert!(!pair.fake.said.iter().any(|said| said.contains(word)), "{word}: {:?}", pair.fake.said);
    }
}

#[test]
fn whoever_looks_with_a_pin_that_is_not_entered_is_told_why_and_the_rest_all_the_same() {
    let mut fake = Fake::good();
    fake.answer("AT+CPIN?", &["+CPIN: SIM PIN", "OK"]);
    // This modem does not tell how many tries are left.
    let mut pair = Pair::new(fake, Options { pin: Some(Secret::new("1234")), ..looking() });
    let found = pair.until(|event| matches!(event, Event::Found(_)));
    let Event::Found(about) = found else { unreachable!() };
    assert!(about.notes.iter().any(|why| why.sentence.contains("how many tries")), "{:?}", about.notes);
    assert_eq!((about.card, about.registration), (Card::Pin, Some(Registration(1))));
    assert!(!pair.fake.said.iter().any(|said| said.contains("+CPIN=")), "{:?}", pair.fake.said);
}

#[test]
fn a_port_without_a_modem_is_told_so() {
    let mut fake = Fake::good();
    fake.default = Vec::new();
    fake.answers.clear();
    fake.echo = false;
    let mut pair = Pair::new(fake, Options::default());
    assert_eq!(stopped(&mut pair), "nothing at this port answers AT as a modem does");
    assert!(pair.fake.said.iter().all(|said| said == "AT"), "{:?}", pair.fake.said);
    assert!(pair.host.is_closed() && pair.host.deadline().is_none());
}

#[test]
fn the_first_byte_is_an_escape_and_no_line_end() {
    let mut host = super::super::Host::new(Duration::ZERO, Options::default());
    host.tick(Duration::ZERO);
    assert_eq!(host.say(), Some(vec![0x1B]));
    assert_eq!(host.say(), None);
    let at = host.deadline().unwrap();
    host.tick(at);
    assert_eq!(host.say(), Some(b"AT\r".to_vec()));
}

#[test]
fn what_a_killed_program_left_half_written_is_thrown_away() {
    let mut fake = Fake::good();
    fake.left(true, Duration::ZERO);
    let mut pair = Pair::new(fake, Options::default());
    up(&mut pair);
    assert_eq!((pair.fake.cancelled, pair.fake.texts.len()), (1, 0));
    assert_eq!(pair.fake.said[0], "AT");
}

#[test]
fn a_modem_that_still_hands_over_for_a_killed_program_is_waited_for() {
    let mut fake = Fake::good();
    fake.left(false, Duration::from_secs(45));
    let mut pair = Pair::new(fake, Options::default());
    pair.until(|event| matches!(event, Event::Down { last: false, .. }));
    up(&mut pair);
    assert_eq!(pair.count(|event| matches!(event, Event::Down { .. })), 1);
}

#[test]
fn a_pin_is_entered_once_and_only_with_tries_to_spare() {
    for (tries, expected) in [
        (&["+CPINR: SIM PIN,3,3", "OK"][..], "the PIN is wrong"),
        (&["+CPINR: SIM PIN,1,3", "OK"], "one try left"),
        (&["ERROR"], "does not tell how many tries"),
    ] {
        let mut fake = Fake::good();
        fake.answer("AT+CPIN?", &["+CPIN: SIM PIN", "OK"]);
        fake.answer("AT+CPINR=\"SIM PIN\"", tries);
        fake.answer("AT+CPIN=\"1234\"", &["+CME ERROR: 16"]);
        let options = Options { pin: Some(Secret::new("1234")), ..Options::default() };
        let mut pair = Pair::new(fake, options);
        let sentence = stopped(&mut pair);
        assert!(sentence.contains(expected), "{sentence}");
        let entered = pair.fake.said.iter().filter(|said| said.starts_with("AT+CPIN=")).count();
        assert_eq!(entered, usize::from(expected.contains("wrong")));
        assert!(!format!("{:?}", pair.host).contains("1234"));
    }
}

#[test]
fn a_right_pin_opens_the_card() {
    let mut fake = Fake::good();
    fake.first.insert("AT+CPIN?".to_owned(), (1, "+CPIN: SIM PIN\r\n\r\nOK".to_owned()));
    fake.answer("AT+CPINR=\"SIM PIN\"", &["+CPINR: SIM PIN,3,3", "OK"]);
    let options = Options { pin: Some(Secret::new("1234")), ..Options::default() };
    let mut pair = Pair::new(fake, options);
    up(&mut pair);
    assert_eq!(pair.fake.said.iter().filter(|said| *said == "AT+CPIN=\"1234\"").count(), 1);
}

#[test]
fn what_only_a_person_can_help_with_stops_it_in_words() {
    for (command, answer, expected) in [
        ("AT+CPIN?", "+CPIN: SIM PUK", "wants its PUK"),
        ("AT+CPIN?", "+CPIN: SIM PIN", "none was given"),
        ("AT+CPIN?", "+CME ERROR: 10", "no SIM card"),
        ("AT+CPIN?", "+CME ERROR: SIM not inserted", "no SIM card"),
        ("AT+CPIN?", "+CME ERROR: 13", "failed"),
        ("AT+CPIN?", "+CPIN: PH-NET PIN", "PH-NET PIN"),
        ("AT+CSCA?", "+CSCA: \"\",129", "no number of a service centre"),
        ("AT+CMGF=0", "ERROR", "PDU mode"),
    ] {
        let mut fake = Fake::good();
        let lines: Vec<&str> = if answer.contains("ERROR") { vec![answer] } else { vec![answer, "OK"] };
        fake.answer(command, &lines);
        let mut pair = Pair::new(fake, Options::default());
        pair.submit(1, "WHERE#");
        let sentence = stopped(&mut pair);
        assert!(sentence.contains(expected), "{sentence}");
        assert_eq!(pair.count(|event| matches!(event, Event::NotSent(..))), 1);
        assert_eq!(pair.fake.texts.len(), 0);
    }
}

#[test]
fn a_modem_that_has_just_started_is_waited_for() {
    let mut fake = Fake::good();
    for command in ["AT+CPIN?", "AT+CSCA?", "AT+CMGF=0"] {
        fake.first.insert(command.to_owned(), (3, "+CME ERROR: 14".to_owned()));
    }
    let mut pair = Pair::new(fake, Options::default());
    let about = up(&mut pair);
    assert_eq!(about.service_centre.as_deref(), Some("+447700900000"));
}

#[test]
fn a_searching_modem_is_down_for_now_and_comes_up_by_itself() {
    for (state, words) in [(2, "searching"), (3, "refused")] {
        let mut fake = Fake::good();
        for name in ["CREG", "CGREG", "CEREG"] {
            fake.answer(&format!("AT+{name}?"), &[&format!("+{name}: 0,{state}"), "OK"]);
        }
        let mut pair = Pair::new(fake, Options::default());
        let down = pair.until(|event| matches!(event, Event::Down { .. }));
        let Event::Down { why, last } = down else { unreachable!() };
        assert!(why.sentence.contains(words) && !last, "{why:?}");
        pair.submit(1, "WHERE#");
        assert_eq!(pair.count(|event| matches!(event, Event::NotSent(..))), 1);
        pair.fake.answer("AT+CEREG?", &["+CEREG: 0,6", "OK"]);
        assert_eq!(up(&mut pair).registration, Some(Registration(6)));
    }
}

#[test]
fn a_weak_signal_and_a_store_that_fills_up_are_warned_of() {
    let mut fake = Fake::good();
    fake.answer("AT+CSQ", &["+CSQ: 3,99", "OK"]);
    for index in 1..=16 {
        let (length, pdu) = super::receiving::delivered("from yesterday", i64::from(index));
        fake.put("ME", index, length, &pdu);
    }
    let notes = up(&mut Pair::new(fake, Options::default())).notes;
    assert!(notes.iter().any(|why| why.sentence.contains("-107 dBm")), "{notes:?}");
    assert!(
        notes
            .iter()
            .any(|why| why.sentence.contains("nearly full: 16 of 20 places are used (16 from +447…23)")),
        "{notes:?}"
    );
}

#[test]
fn settings_that_a_modem_refuses_are_tried_in_other_forms() {
    let mut fake = Fake::good();
    fake.answer("AT+CMEE=1", &["ERROR"]);
    fake.answer("AT+CNMI=?", &["ERROR"]);
    fake.answer("AT+CNMI=2,1,0,1,0", &["+CMS ERROR: 303"]);
    fake.answer("AT+CPMS=\"ME\",\"ME\",\"ME\"", &["ERROR"]);
    fake.answer("AT+CPMS=\"SM\",\"SM\",\"SM\"", &["ERROR"]);
    let mut pair = Pair::new(fake, Options::default());
    up(&mut pair);
    for said in ["AT+CMEE=2", "AT+CNMI=2,1,0,2,0", "AT+CPMS=\"ME\""] {
        assert!(pair.fake.said.iter().any(|line| line == said), "{said}: {:?}", pair.fake.said);
    }
}

#[test]
fn a_modem_that_leaves_one_question_without_an_answer_comes_up_all_the_same() {
    for command in ["AT+CNUM", "AT+CCID", "AT+COPS?", "AT+CSMS?", "AT+CREG?", "ATV1", "AT+CMGL=4"] {
        let mut fake = Fake::good();
        fake.answers.insert(command.to_owned(), Vec::new());
        up(&mut Pair::new(fake, Options::default()));
    }
}

#[test]
fn the_rehearsal_modem_is_treated_as_quick() {
    let manner = Manner::of(Some("homing"), Some("lab"));
    let seconds = Duration::from_secs;
    assert_eq!((manner.gap, manner.prompt, manner.accept), (Duration::ZERO, seconds(5), seconds(10)));
    assert_eq!(manner.answer_within, Some(seconds(5)));
    let mut fake = Fake::good();
    fake.answer("AT+CGMI", &["homing", "OK"]);
    fake.answer("AT+CGMM", &["lab", "OK"]);
    assert_eq!(up(&mut Pair::new(fake, Options::default())).answer_within, Some(seconds(5)));
    assert_eq!(Manner::of(None, None).answer_within, None);
}

#[test]
fn every_quirk_has_a_source_and_the_first_row_says_everything() {
    assert!(sources().all(|source| !source.is_empty()));
    assert_eq!(sources().count(), QUIRKS.len());
    let manner = Manner::of(None, None);
    assert!(manner.gap >= Duration::from_millis(20) && manner.accept >= Duration::from_secs(120));
}

#[test]
fn tries_are_read_in_every_makers_words() {
    for (line, tries) in [
        ("+CPINR: SIM PIN,3,3", Some(3)),
        ("+CPINR: \"SIM PIN\",2", Some(2)),
        ("^CPIN: SIM PIN,3,10,3,10,3", Some(3)),
        ("+QPINC: \"SC\",3,10", Some(3)),
        ("+SPIC: 3,10,0,10", Some(3)),
        ("#PCT: 1", Some(1)),
        ("^SPIC: 2", Some(2)),
        ("+CPINR: SIM PUK,10", None),
        ("OK", None),
    ] {
        assert_eq!(tries_left(&[line.to_owned()]), tries, "{line}");
    }
}

#[test]
fn whoever_lists_reads_every_store_and_deletes_nothing() {
    let mut fake = Fake::good();
    let (length, pdu) = delivered("OK!", 0);
    fake.put("ME", 3, length, &pdu);
    let (length, pdu) = delivered("another", 60);
    fake.put("SM", 1, length, &pdu);
    let mut pair = Pair::new(fake, Options { purpose: Purpose::List, ..Options::default() });
    pair.until(|event| *event == Event::Closed);
    assert_eq!(pair.count(|event| matches!(event, Event::Message(_))), 2);
    assert_eq!(pair.count(|event| matches!(event, Event::Found(_))), 1);
    assert_eq!(pair.fake.places.len(), 2);
}
