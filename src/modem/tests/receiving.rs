//! The way in: stores, announcements, parts, copies, and what is deleted when.

use std::time::Duration;

use super::super::{Event, Options, Received, Slot};
use super::Pair;
use super::fake::Fake;
use crate::modem::SendId;
use crate::sms::{
    Address, Deliver, Message, Pdu, Reference, Status, StatusReport, Submit, Timestamp, UserData, split,
};

const POLL: Duration = Duration::from_secs(15);

fn time(seconds: i64) -> Timestamp {
    Timestamp::from_unix(1_790_000_000 + seconds, 0).unwrap()
}

fn sender() -> Address {
    Address::e164("+447700900123").unwrap()
}

fn at(message: Message) -> (usize, String) {
    let pdu = Pdu { service_centre: None, message }.to_at().unwrap();
    (pdu.length, pdu.hex)
}

/// A received text, some seconds after a fixed moment: its length and its digits.
pub(super) fn delivered(text: &str, seconds: i64) -> (usize, String) {
    at(Message::Deliver(Deliver::new(sender(), time(seconds), UserData::from_text(text))))
}

/// The parts of a long text.
fn parts(text: &str) -> Vec<(usize, String)> {
    parts_at(text, 0)
}

/// The parts of one that the service centre got some seconds after a fixed moment; they all have one reference.
fn parts_at(text: &str, seconds: i64) -> Vec<(usize, String)> {
    let parts = split(text, Reference::Bits8(200)).unwrap().parts;
    let part = |data| at(Message::Deliver(Deliver::new(sender(), time(seconds), data)));
    parts.into_iter().map(part).collect()
}

fn messages(pair: &Pair) -> Vec<&Received> {
    fn message(event: &Event) -> Option<&Received> {
        match event {
            Event::Message(received) => Some(received),
            _ => None,
        }
    }
    pair.events.iter().filter_map(message).collect()
}

/// Puts a message into the store and announces it.
fn arrive(pair: &mut Pair, store: &str, index: u32, (length, pdu): &(usize, String)) {
    pair.fake.put(store, index, *length, pdu);
    pair.fake.call(pair.now, &format!("\r\n+CMTI: \"{store}\",{index}\r\n"));
    pair.exchange();
    pair.pass(Duration::from_secs(1));
}

#[test]
fn a_message_that_is_announced_is_read_and_deleted_only_once_it_is_kept() {
    let mut pair = Pair::ready(Fake::good());
    arrive(&mut pair, "ME", 4, &delivered("SERVER,0#OK!", 0));
    let received = messages(&pair)[0].clone();
    assert_eq!((received.text.as_str(), received.old, received.missing), ("SERVER,0#OK!", false, (0, 1)));
    assert_eq!(received.slots, [Slot { store: "ME".to_owned(), index: 4 }]);
    pair.pass(POLL * 10);
    assert_eq!(pair.fake.places.len(), 1);
    assert_eq!(messages(&pair).len(), 1);
    pair.host.forget(pair.now, received.key);
    pair.exchange();
    pair.pass(Duration::from_secs(1));
    assert!(pair.fake.places.is_empty());
    assert!(!pair.fake.said.iter().any(|said| said.starts_with("AT+CMGD=1,")), "{:?}", pair.fake.said);
}

#[test]
fn what_lay_there_before_is_old_and_what_comes_without_a_word_is_found() {
    let mut fake = Fake::good();
    let (length, pdu) = delivered("from yesterday", 0);
    fake.put("ME", 1, length, &pdu);
    let mut pair = Pair::new(fake, super::Options::default());
    pair.until(|event| matches!(event, Event::Up(_)));
    assert!(messages(&pair)[0].old);
    let (length, pdu) = delivered("new", 60);
    pair.fake.put("ME", 2, length, &pdu);
    pair.pass(POLL * 2);
    let found = messages(&pair);
    assert_eq!((found.len(), found[1].text.as_str(), found[1].old), (2, "new", false));
}

#[test]
fn a_message_in_the_other_store_is_read_there() {
    let mut pair = Pair::ready(Fake::good());
    arrive(&mut pair, "SM", 7, &delivered("OK", 0));
    let key = messages(&pair)[0].key;
    pair.host.forget(pair.now, key);
    pair.exchange();
    pair.pass(POLL * 6);
    assert!(pair.fake.places.is_empty());
    assert_eq!(messages(&pair).len(), 1);
}

#[test]
fn parts_come_in_any_order_and_are_deleted_together() {
    let text = "The tracker's long answer. ".repeat(14);
    let all = parts(&text);
    assert_eq!(all.len(), 3);
    let mut pair = Pair::ready(Fake::good());
    for (place, part) in [(9, 2), (3, 0), (5, 2), (4, 1)] {
        arrive(&mut pair, "ME", place, &all[part]);
    }
    let received = messages(&pair);
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].text, text);
    let key = received[0].key;
    pair.host.forget(pair.now, key);
    pair.exchange();
    pair.pass(POLL * 2);
    assert!(pair.fake.places.is_empty(), "{:?}", pair.fake.places.keys());
}

#[test]
fn two_long_messages_of_one_reference_at_once_are_each_told_and_deleted_alone() {
    let texts = ["first", "other"].map(|word| format!("{word} {}", "The tracker's long answer. ".repeat(10)));
    let (first, other) = (parts_at(&texts[0], 0), parts_at(&texts[1], 60));
    assert_eq!((first.len(), other.len()), (2, 2));
    let mut pair = Pair::ready(Fake::good());
    for (place, part) in [(1, &first[0]), (2, &other[0]), (3, &first[1]), (4, &other[1])] {
        arrive(&mut pair, "ME", place, part);
    }
    let told: Vec<_> = messages(&pair).into_iter().map(|one| (one.text.clone(), one.missing)).collect();
    assert_eq!(told, texts.map(|text| (text, (0, 2))));
    let key = messages(&pair)[0].key;
    pair.host.forget(pair.now, key);
    pair.exchange();
    pair.pass(POLL * 2);
    let left: Vec<u32> = pair.fake.places.keys().map(|(_, index)| *index).collect();
    assert_eq!(left, [2, 4]);
}

#[test]
fn a_part_that_never_comes_is_said_to_be_missing() {
    let all = parts(&"The tracker's long answer. ".repeat(14));
    let mut pair = Pair::ready(Fake::good());
    arrive(&mut pair, "ME", 1, &all[0]);
    arrive(&mut pair, "ME", 2, &all[2]);
    assert_eq!(messages(&pair).len(), 0);
    pair.pass(Duration::from_secs(180));
    assert_eq!(messages(&pair)[0].missing, (1, 3));
    assert!(messages(&pair)[0].text.contains('…'));
}

#[test]
fn a_part_that_comes_late_completes_a_message_that_was_told_and_deleted_without_it() {
    let text = "The tracker's long answer. ".repeat(14);
    let all = parts(&text);
    let mut pair = Pair::ready(Fake::good());
    arrive(&mut pair, "ME", 1, &all[0]);
    arrive(&mut pair, "ME", 2, &all[2]);
    pair.pass(Duration::from_secs(180));
    let early = messages(&pair)[0].clone();
    pair.host.forget(pair.now, early.key);
    pair.exchange();
    pair.pass(Duration::from_secs(3600));
    assert!(pair.fake.places.is_empty());
    arrive(&mut pair, "ME", 5, &all[1]);
    let [_, late] = messages(&pair)[..] else { panic!("{:?}", pair.events) };
    assert_eq!((late.text.as_str(), late.missing, late.old), (text.as_str(), (0, 3), false));
    // It is a message of its own: nothing of it was said to be kept yet.
    assert_ne!(late.key, early.key);
    let key = late.key;
    pair.pass(POLL * 3);
    assert_eq!(pair.fake.places.len(), 1);
    pair.host.forget(pair.now, key);
    pair.exchange();
    pair.pass(POLL * 3);
    assert!(pair.fake.places.is_empty());
}

#[test]
fn what_is_nobodys_here_is_deleted_only_where_that_is_allowed_and_room_is_short() {
    // The store has 20 places (`fake.rs`): four fifths are 16.
    for (empty, count, left) in [(true, 15, 15), (true, 16, 10), (false, 16, 16)] {
        let mut pair = Pair::new(Fake::good(), Options { empty, ..Options::default() });
        pair.until(|event| matches!(event, Event::Up(_)));
        for index in 1..=count {
            arrive(&mut pair, "ME", index, &delivered(&format!("nobody's {index}"), i64::from(index)));
            let key = messages(&pair)[messages(&pair).len() - 1].key;
            pair.host.spare(pair.now, key);
            pair.exchange();
        }
        pair.pass(POLL * 6);
        assert_eq!(pair.fake.places.len(), left, "{empty} {count}");
        // Those that came last are still there.
        assert!(pair.fake.places.contains_key(&("ME".to_owned(), count)));
        let told =
            |event: &Event| matches!(event, Event::Note(why) if why.sentence.contains("16 from +447…23"));
        assert_eq!(pair.count(told), usize::from(count == 16 && !empty), "{:?}", pair.events);
    }
}

#[test]
fn what_is_announced_while_the_stores_are_first_read_is_told_behind_what_lies_there() {
    let mut fake = Fake::good();
    for (index, text) in [(1, "109,OK"), (2, "808,109,internet,,")] {
        let (length, pdu) = delivered(text, i64::from(index));
        fake.put("ME", index, length, &pdu);
    }
    let mut pair = Pair::new(fake, Options::default());
    while !pair.fake.said.iter().any(|line| line.starts_with("AT+CNMI=2")) {
        assert!(pair.step());
    }
    pair.fake.call(pair.now, "\r\n+CMTI: \"ME\",2\r\n");
    pair.until(|event| matches!(event, Event::Up(_)));
    let texts: Vec<&str> = messages(&pair).iter().map(|message| message.text.as_str()).collect();
    assert_eq!(texts, ["109,OK", "808,109,internet,,"]);
}

/// A modem all of whose places are taken (`fake.rs`: 20).
fn stuffed(text: &str) -> Fake {
    let mut fake = Fake::good();
    for index in 1..=20 {
        let (length, pdu) = delivered(&format!("{text} {index}"), i64::from(index));
        fake.put("ME", index, length, &pdu);
    }
    fake
}

#[test]
fn nothing_is_sent_while_the_store_is_full_of_what_is_nobodys_here() {
    let mut pair = Pair::new(stuffed("nobody's"), Options::default());
    let down = pair.until(|event| matches!(event, Event::Down { .. }));
    let Event::Down { why, last: false } = down else { panic!("{down:?}") };
    assert!(why.sentence.contains("ME is full: 20 of 20 places are used (20 from +447…23)"), "{why:?}");
    assert!(why.hint.is_some_and(|hint| hint.contains("empty=yes")));
    pair.submit(1, "WHERE#");
    pair.pass(POLL * 20);
    let is_up = |event: &Event| matches!(event, Event::Up(_) | Event::Prompt(_));
    assert_eq!((pair.count(is_up), pair.count(|event| matches!(event, Event::Down { .. }))), (0, 1));
    // Somebody takes a message out of it.
    pair.fake.places.remove(&("ME".to_owned(), 7));
    pair.until(|event| matches!(event, Event::Up(_)));
    pair.submit(2, "WHERE#");
    pair.until(|event| *event == Event::Prompt(SendId(2)));
    pair.release(2);
    // It fills up again while it works.
    arrive(&mut pair, "ME", 7, &delivered("nobody's 21", 21));
    pair.pass(POLL * 6);
    assert_eq!(pair.count(|event| matches!(event, Event::Down { .. })), 2);
}

#[test]
fn a_store_full_of_answers_that_are_kept_elsewhere_at_once_is_no_trouble() {
    let mut pair = Pair::new(stuffed("OK!"), Options::default());
    let mut kept = 0;
    for _ in 0..2_000 {
        if pair.count(|event| matches!(event, Event::Up(_))) > 0 {
            break;
        }
        let keys: Vec<_> = messages(&pair)[kept..].iter().map(|message| message.key).collect();
        kept += keys.len();
        keys.into_iter().for_each(|key| pair.host.forget(pair.now, key));
        pair.exchange();
        pair.step();
    }
    pair.until(|event| matches!(event, Event::Up(_)));
    assert_eq!((kept, pair.fake.places.len()), (20, 0));
    assert_eq!(pair.count(|event| matches!(event, Event::Down { .. })), 0);
}

#[test]
fn what_is_only_left_or_not_decided_yet_is_never_deleted() {
    let mut pair = Pair::new(Fake::good(), Options { empty: true, ..Options::default() });
    pair.until(|event| matches!(event, Event::Up(_)));
    for index in 1..=18 {
        arrive(&mut pair, "ME", index, &delivered(&format!("a letter {index}"), i64::from(index)));
        let key = messages(&pair)[messages(&pair).len() - 1].key;
        if index % 2 == 0 {
            pair.host.leave(pair.now, key);
        }
    }
    pair.fake.call(pair.now, "\r\n^SMMEMFULL: \"ME\"\r\n");
    pair.exchange();
    pair.pass(POLL * 6);
    assert_eq!(pair.fake.places.len(), 18);
}

#[test]
fn the_same_message_twice_is_one_message() {
    let mut pair = Pair::ready(Fake::good());
    let message = delivered("SERVER,0#OK!", 0);
    arrive(&mut pair, "ME", 1, &message);
    arrive(&mut pair, "ME", 2, &message);
    arrive(&mut pair, "SM", 2, &message);
    assert_eq!(messages(&pair).len(), 1);
    let key = messages(&pair)[0].key;
    pair.host.forget(pair.now, key);
    pair.exchange();
    pair.pass(POLL * 6);
    assert!(pair.fake.places.is_empty());
    // The same words at another time are another message.
    arrive(&mut pair, "ME", 1, &delivered("SERVER,0#OK!", 30));
    assert_eq!(messages(&pair).len(), 2);
}

#[test]
fn a_deletion_that_the_modem_only_claims_is_tried_again_and_then_told() {
    for (keeps, told) in [(1, 0), (9, 1)] {
        let mut fake = Fake::good();
        fake.keeps = keeps;
        let mut pair = Pair::ready(fake);
        arrive(&mut pair, "ME", 1, &delivered("OK", 0));
        let key = messages(&pair)[0].key;
        pair.host.forget(pair.now, key);
        pair.exchange();
        pair.pass(POLL * 12);
        let note =
            |event: &Event| matches!(event, Event::Note(why) if why.sentence.contains("does not delete"));
        assert_eq!(pair.count(note), told);
        assert_eq!(pair.fake.places.is_empty(), told == 0);
        assert_eq!(messages(&pair).len(), 1);
    }
}

#[test]
fn a_message_that_is_handed_over_is_acknowledged_where_the_service_wants_it() {
    for (service, acknowledged) in [(0, 0), (1, 1)] {
        let mut fake = Fake::good();
        fake.answer("AT+CSMS?", &[&format!("+CSMS: {service},1,1,1"), "OK"]);
        let mut pair = Pair::ready(fake);
        let (length, pdu) = delivered("OK", 0);
        pair.fake.call(pair.now, &format!("\r\n+CMT: ,{length}\r\n{pdu}\r\n"));
        pair.exchange();
        pair.pass(Duration::from_secs(1));
        assert_eq!(messages(&pair)[0].text, "OK");
        assert_eq!(pair.fake.said.iter().filter(|said| *said == "AT+CNMA").count(), acknowledged);
    }
}

#[test]
fn reports_come_both_ways() {
    let mut pair = Pair::ready(Fake::good());
    let report = |reference| {
        at(Message::StatusReport(StatusReport::new(reference, sender(), [time(0), time(5)], Status(0))))
    };
    let (length, pdu) = report(9);
    pair.fake.call(pair.now, &format!("\r\n+CDS: {length}\r\n{pdu}\r\n"));
    let (length, pdu) = report(10);
    pair.fake.put("SM", 3, length, &pdu);
    pair.fake.call(pair.now, "\r\n+CDSI: \"SM\",3\r\n");
    pair.exchange();
    pair.pass(Duration::from_secs(1));
    let references: Vec<u8> = pair
        .events
        .iter()
        .filter_map(|event| match event {
            Event::Report { report, .. } => Some(report.message_reference),
            _ => None,
        })
        .collect();
    assert_eq!(references, [9, 10]);
}

#[test]
fn an_announcement_without_a_place_is_told() {
    let mut pair = Pair::ready(Fake::good());
    pair.fake.call(pair.now, "\r\n+CMTI: ,-1\r\n");
    pair.exchange();
    assert_eq!(
        pair.count(|event| matches!(event, Event::Note(why) if why.sentence.contains("+CMTI: ,-1"))),
        1
    );
}

#[test]
fn a_full_store_is_told_while_it_works() {
    let mut pair = Pair::ready(Fake::good());
    pair.fake.call(pair.now, "\r\n^SMMEMFULL: \"SM\"\r\n");
    pair.exchange();
    assert_eq!(pair.count(|event| matches!(event, Event::Note(why) if why.sentence.contains("full"))), 1);
}

#[test]
fn a_modem_that_cannot_list_is_read_place_by_place() {
    let mut fake = Fake::good();
    fake.answer("AT+CMGL=4", &["+CMS ERROR: 303"]);
    let (length, pdu) = delivered("OK", 0);
    fake.put("ME", 5, length, &pdu);
    let mut pair = Pair::new(fake, super::Options::default());
    pair.until(|event| matches!(event, Event::Up(_)));
    assert_eq!(messages(&pair)[0].text, "OK");
    let key = messages(&pair)[0].key;
    pair.host.forget(pair.now, key);
    pair.exchange();
    pair.pass(POLL * 10);
    assert!(pair.fake.places.is_empty());
    assert_eq!(messages(&pair).len(), 1);
}

#[test]
fn what_is_no_message_is_left_where_it_is() {
    let mut pair = Pair::ready(Fake::good());
    arrive(&mut pair, "ME", 1, &(78, "0011".to_owned()));
    let sent = at(Message::Submit(Submit::new(sender(), UserData::from_text("a draft"))));
    arrive(&mut pair, "ME", 2, &sent);
    pair.pass(POLL * 10);
    assert_eq!(pair.count(|event| matches!(event, Event::Unreadable { .. })), 1);
    assert_eq!(messages(&pair).len(), 0);
    assert_eq!(pair.fake.places.len(), 2);
}

#[test]
fn closing_looks_once_more() {
    let mut pair = Pair::ready(Fake::good());
    let (length, pdu) = delivered("late", 0);
    pair.fake.put("ME", 1, length, &pdu);
    pair.host.close(pair.now);
    pair.exchange();
    pair.until(|event| *event == Event::Closed);
    assert_eq!(messages(&pair)[0].text, "late");
    assert_eq!(pair.fake.places.len(), 1);
}

#[test]
fn a_network_that_is_lost_takes_the_modem_down_until_it_is_back() {
    let mut pair = Pair::ready(Fake::good());
    for name in ["CREG", "CGREG", "CEREG"] {
        pair.fake.answer(&format!("AT+{name}?"), &[&format!("+{name}: 0,2"), "OK"]);
    }
    pair.until(|event| matches!(event, Event::Down { last: false, .. }));
    pair.fake.answer("AT+CREG?", &["+CREG: 0,5", "OK"]);
    pair.until(|event| matches!(event, Event::Up(_)));
    pair.send(1, "WHERE#");
    pair.until(|event| matches!(event, Event::Accepted(..)));
}
