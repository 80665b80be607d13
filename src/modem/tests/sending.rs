//! The way out: prompt, release, one write of text and 0x1A, and what each ending says of the message.

use std::time::Duration;

use super::super::codes::{Final, Verdict};
use super::super::{Event, SendId};
use super::Pair;
use super::fake::{Fake, Then};

const LONG: &str = "0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz\
    0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz\
    0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz";

/// Whether an event ends a message.
fn is_outcome(event: &Event) -> bool {
    matches!(event, Event::Accepted(..) | Event::NotSent(..) | Event::Rejected { .. } | Event::Unknown(..))
}

fn ready(then: &[Then]) -> Pair {
    let mut fake = Fake::good();
    fake.then = then.to_vec().into();
    Pair::ready(fake)
}

#[test]
fn nothing_leaves_before_the_release() {
    let mut pair = ready(&[]);
    pair.submit(1, "WHERE#");
    pair.pass(Duration::from_secs(600));
    assert_eq!(pair.fake.texts.len(), 0);
    assert_eq!(pair.count(|event| *event == Event::Prompt(SendId(1))), 1);
    pair.release(1);
    let pdu = super::pdus("WHERE#").remove(0);
    assert_eq!(pair.until(is_outcome), Event::Accepted(SendId(1), vec!["42".to_owned()]));
    assert_eq!(pair.fake.texts, [pdu.hex]);
    assert!(pair.fake.said.contains(&format!("AT+CMGS={}", pdu.length)));
}

#[test]
fn a_message_that_is_taken_back_at_the_prompt_is_cancelled_there() {
    let mut pair = ready(&[]);
    pair.submit(1, "WHERE#");
    pair.until(|event| *event == Event::Prompt(SendId(1)));
    pair.host.abort(pair.now, SendId(1));
    pair.exchange();
    assert!(matches!(pair.until(is_outcome), Event::NotSent(SendId(1), _)));
    assert_eq!((pair.fake.cancelled, pair.fake.texts.len()), (1, 0));
    pair.release(1);
    pair.send(2, "PARAM#");
    assert!(matches!(
        pair.until(|event| matches!(event, Event::Accepted(..))),
        Event::Accepted(SendId(2), _)
    ));
}

#[test]
fn the_parts_of_a_long_text_go_one_after_the_other_with_one_release() {
    let mut pair = ready(&[]);
    pair.send(1, LONG);
    let references = vec!["42".to_owned(), "43".to_owned()];
    assert_eq!(pair.until(is_outcome), Event::Accepted(SendId(1), references));
    assert_eq!(pair.fake.texts.len(), 2);
}

#[test]
fn messages_wait_for_each_other() {
    let mut pair = ready(&[]);
    pair.submit(1, "one");
    pair.submit(2, "two");
    pair.until(|event| *event == Event::Prompt(SendId(1)));
    pair.pass(Duration::from_secs(60));
    assert_eq!(pair.count(|event| matches!(event, Event::Prompt(_))), 1);
    pair.release(1);
    pair.until(|event| *event == Event::Prompt(SendId(2)));
}

/// facts/sms-over-at.md section 5, row by row: what ends a submission, and what may be done again.
#[test]
fn every_code_after_the_text_says_what_the_table_says() {
    let permanent = Verdict::Rejected { temporary: false };
    let temporary = Verdict::Rejected { temporary: true };
    let verdict = |line: &str| Final::of(line).unwrap().verdict();
    let local = (300..=305).chain(310..=313).chain(315..=318).chain(320..=322).chain([330, 340]);
    let network = [1, 8, 10, 21, 27, 28, 29, 30, 50, 69, 81, 95, 96, 97, 99, 111, 127];
    for code in local.chain(network) {
        assert_eq!(verdict(&format!("+CMS ERROR: {code}")), permanent, "{code}");
    }
    for code in [38, 41, 42, 47, 17, 22] {
        assert_eq!(verdict(&format!("+CMS ERROR: {code}")), temporary, "{code}");
    }
    for line in
        ["+CMS ERROR: 332", "+CMS ERROR: 500", "+CMS ERROR: 331", "+CMS ERROR: 512", "+CMS ERROR: ?", "ERROR"]
    {
        assert_eq!(verdict(line), Verdict::Unknown, "{line}");
    }
    for code in [3, 4, 10, 11, 12, 13, 16, 20] {
        assert_eq!(verdict(&format!("+CME ERROR: {code}")), permanent, "{code}");
    }
}

#[test]
fn what_a_modem_says_after_the_text_ends_the_message_as_the_table_says() {
    for (line, expected) in [
        ("+CMS ERROR: 38", "temporary"),
        ("+CMS ERROR: 21", "rejected"),
        ("+CMS ERROR: 304", "rejected"),
        ("+CMS ERROR: 500", "unknown"),
        ("+CMS ERROR: 331", "unknown"),
        ("ERROR", "unknown"),
        ("+CMS ERROR: network timeout", "unknown"),
        ("+CMS ERROR: SMSC address unknown", "rejected"),
    ] {
        let mut pair = ready(&[Then::Say(line.to_owned())]);
        pair.send(1, "WHERE#");
        let outcome = match pair.until(is_outcome) {
            Event::Rejected { temporary: true, .. } => "temporary",
            Event::Rejected { .. } => "rejected",
            Event::Unknown(..) => "unknown",
            _ => "other",
        };
        assert_eq!(outcome, expected, "{line}");
        pair.pass(Duration::from_secs(300));
        assert_eq!(pair.fake.texts.len(), 1, "{line}");
    }
}

#[test]
fn what_comes_in_place_of_the_prompt_means_that_nothing_was_sent() {
    for line in ["ERROR", "+CMS ERROR: 500", "+CMS ERROR: 38", "+CME ERROR: 100", "+CMS ERROR: 331"] {
        let mut fake = Fake::good();
        fake.no_prompt.push_back(line.to_owned());
        let mut pair = Pair::ready(fake);
        pair.submit(1, "WHERE#");
        assert!(matches!(pair.until(is_outcome), Event::NotSent(SendId(1), _)), "{line}");
        pair.send(2, "PARAM#");
        let accepted = pair.until(|event| matches!(event, Event::Accepted(..)));
        assert_eq!(accepted, Event::Accepted(SendId(2), vec!["42".to_owned()]));
        assert_eq!(pair.fake.texts.len(), 1);
    }
}

#[test]
fn a_sim_card_that_fails_stops_the_modem() {
    let mut fake = Fake::good();
    fake.no_prompt.push_back("+CMS ERROR: 313".to_owned());
    let mut pair = Pair::ready(fake);
    pair.submit(1, "WHERE#");
    pair.until(|event| matches!(event, Event::Down { last: true, .. }));
    assert_eq!(pair.count(|event| matches!(event, Event::NotSent(..))), 1);
}

#[test]
fn a_modem_that_asks_to_wait_is_asked_again() {
    let mut fake = Fake::good();
    fake.no_prompt.extend(["+CMS ERROR: 314".to_owned(), "+CMS ERROR: 515".to_owned()]);
    let mut pair = Pair::ready(fake);
    pair.send(1, "WHERE#");
    assert!(matches!(pair.until(is_outcome), Event::Accepted(..)));
}

#[test]
fn silence_behind_the_text_is_unknown_and_nothing_goes_out_before_it_answers_again() {
    let still = Duration::from_secs(400);
    let mut pair = ready(&[Then::Silence { still, late: false }]);
    pair.send(1, "WHERE#");
    assert!(matches!(pair.until(is_outcome), Event::Unknown(SendId(1), _)));
    pair.until(|event| matches!(event, Event::Down { last: false, .. }));
    pair.submit(2, "PARAM#");
    assert_eq!(pair.count(|event| matches!(event, Event::NotSent(SendId(2), _))), 1);
    let from = pair.fake.said.len();
    pair.until(|event| matches!(event, Event::Up(_)));
    assert!(pair.now > still);
    assert_eq!(pair.fake.said.get(from).map(String::as_str), Some("AT"), "{:?}", &pair.fake.said[from..]);
    pair.pass(Duration::from_secs(600));
    assert_eq!(pair.fake.texts.len(), 1);
    assert_eq!(pair.count(|event| is_outcome(event) && !matches!(event, Event::NotSent(SendId(2), _))), 1);
    pair.send(3, "PARAM#");
    pair.until(|event| matches!(event, Event::Accepted(SendId(3), _)));
}

#[test]
fn a_reference_that_comes_late_turns_unknown_into_accepted() {
    let still = Duration::from_secs(400);
    let mut pair = ready(&[Then::Silence { still, late: true }]);
    pair.send(1, "WHERE#");
    assert!(matches!(pair.until(is_outcome), Event::Unknown(SendId(1), _)));
    let accepted = pair.until(|event| matches!(event, Event::Accepted(..)));
    assert_eq!(accepted, Event::Accepted(SendId(1), vec!["42".to_owned()]));
    pair.until(|event| matches!(event, Event::Up(_)));
    pair.pass(Duration::from_secs(600));
    assert_eq!((pair.fake.texts.len(), pair.count(is_outcome)), (1, 2));
}

#[test]
fn a_slow_network_is_waited_for() {
    let mut pair = ready(&[Then::Silence { still: Duration::from_secs(140), late: true }]);
    pair.send(1, "WHERE#");
    assert!(matches!(pair.until(is_outcome), Event::Accepted(..)));
}

#[test]
fn a_port_that_goes_away_leaves_what_was_written_unknown_and_the_rest_not_sent() {
    let still = Duration::from_secs(400);
    let mut pair = ready(&[Then::Silence { still, late: false }]);
    pair.send(1, "one");
    pair.submit(2, "two");
    pair.host.gone(pair.now, super::super::Why::new("the port vanished"));
    pair.exchange();
    assert_eq!(pair.count(|event| matches!(event, Event::Unknown(SendId(1), _))), 1);
    assert_eq!(pair.count(|event| matches!(event, Event::NotSent(SendId(2), _))), 1);
    assert_eq!(pair.count(|event| matches!(event, Event::Down { last: true, .. })), 1);
    assert!(pair.host.is_closed());
    pair.submit(3, "three");
    assert_eq!(pair.count(|event| matches!(event, Event::NotSent(SendId(3), _))), 1);
}

#[test]
fn a_modem_that_restarts_at_the_prompt_has_sent_nothing() {
    let mut pair = ready(&[]);
    pair.submit(1, "WHERE#");
    pair.until(|event| *event == Event::Prompt(SendId(1)));
    pair.fake.call(pair.now, "\r\nRDY\r\n");
    pair.exchange();
    pair.release(1);
    assert!(matches!(pair.until(is_outcome), Event::NotSent(SendId(1), _)));
    pair.until(|event| matches!(event, Event::Up(_)));
    assert_eq!(pair.fake.texts.len(), 0);
}

#[test]
fn a_modem_that_restarts_behind_the_text_leaves_it_unknown() {
    let mut pair = ready(&[Then::Say("RDY".to_owned())]);
    pair.send(1, "WHERE#");
    assert!(matches!(pair.until(is_outcome), Event::Unknown(SendId(1), _)));
    pair.until(|event| matches!(event, Event::Up(_)));
    pair.pass(Duration::from_secs(600));
    assert_eq!(pair.fake.texts.len(), 1);
}

#[test]
fn closing_waits_for_what_was_written_and_takes_back_the_rest() {
    let mut pair = ready(&[Then::Silence { still: Duration::from_secs(100), late: true }]);
    pair.send(1, "one");
    pair.submit(2, "two");
    pair.host.close(pair.now);
    pair.exchange();
    pair.until(|event| *event == Event::Closed);
    assert_eq!(pair.count(|event| matches!(event, Event::Accepted(SendId(1), _))), 1);
    assert_eq!(pair.count(|event| matches!(event, Event::NotSent(SendId(2), _))), 1);
    assert_eq!(pair.fake.texts.len(), 1);
}

#[test]
fn a_line_in_the_middle_of_anything_is_no_answer() {
    let mut pair = ready(&[Then::Say(
        "^RSSI: 17\r\n\r\n+CMGS: 9\r\n\r\n+CREG: 1\r\n\r\n+QIND: \"csq\",20,99\r\n\r\nOK".to_owned(),
    )]);
    pair.send(1, "WHERE#");
    assert_eq!(pair.until(is_outcome), Event::Accepted(SendId(1), vec!["9".to_owned()]));
}

#[test]
fn a_modem_that_echoes_the_text_in_spite_of_its_settings_goes_on_working() {
    let pdu = super::pdus("WHERE#").remove(0).hex;
    let mut pair = ready(&[Then::Say(format!("{pdu}\r\n\r\n+CMGS: 9\r\n\r\nOK"))]);
    pair.send(1, "WHERE#");
    pair.until(|event| matches!(event, Event::Accepted(..)));
    pair.pass(Duration::from_secs(60));
    assert_eq!(pair.count(|event| matches!(event, Event::Down { .. })), 0);
}
